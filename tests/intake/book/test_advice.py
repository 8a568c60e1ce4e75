"""Advice that is written for YAML, as it is told of a book."""

from __future__ import annotations

import pytest

from gongkai.intake.book.advice import in_cells

TOLD = {
    "有数的请补上；确实没有的，写明 0，如“政府采购: {货物: 0}”“国有资产: {房屋: {面积: 0}}”":
        "有数的请补上；确实没有的，写明 0，如“政府采购 › 货物：0”“国有资产 › 房屋 › 面积：0”",
    "请按有钱的资金分开写，如 {一般公共预算: 人员工资, 政府性基金预算: 土地收储}":
        "请按有钱的资金分开写，如 “一般公共预算”、“政府性基金预算”",
    "请写明由哪些收入构成；全部是其他收入的，写“构成: {其他收入: 金额}”":
        "请写明由哪些收入构成；全部是其他收入的，写“构成 › 其他收入：金额”",
    "请在“总体变动”里写“收支总计”：{上年: …, 原因: …, 差异原因: …}；年初预算由预算文件得出":
        "请在“总体变动”里写“收支总计”：“上年”、“原因”、“差异原因”；年初预算由预算文件得出",
    "请一行写一个，以“- ”开头；或写作 [办公室, 业务科]，用半角逗号分开": "请一行写一个",
    "请一条一行，各以“- ”开头，不写序号；引语不用写": "请一条一行，不写序号；引语不用写",
    "每条一行，以“- ”开头，“-”后面空一格": "每条一行",
    "请核对两处金额": "请核对两处金额",
    "此处可写：元、万元": "此处可写：元、万元",
}  # fmt: skip


@pytest.mark.parametrize(("advice", "told"), TOLD.items())
def test_signs_of_yaml_become_rows_and_columns(advice: str, told: str) -> None:
    assert in_cells(advice) == told
