"""Texts that nobody writes: reading them takes a time that grows with them, and ends with no crash."""

from __future__ import annotations

import pytest

from support.claimed import document, findings, found
from support.fixtures import ends_within

LONG = 8_000


@pytest.mark.parametrize(
    "piece",
    [
        "增加1万元",
        "比上年预算增加1万元，增长1%，",
        "一（类）二（款）三（项）",
        "一（类）二（款）",
        "主要原因是；人员经费1万元",
        "其中：基本支出1万元，",
        "1,",
        "9",
        "（",
        "与上年",
        "占占占",
        "比比比增加",
        "\u3000“”",
        "人员经费1万元，包括：、",
        "2024年1月-",
        "完成的",
        "万元",
    ],
)
def test_a_paragraph_of_one_thing_again_and_again(piece):
    text = piece * (LONG // len(piece))
    with ends_within(10):
        said = findings(document(text, text[::-1], f"一、{piece}", pack="外省式样"))
    assert all(len(finding.message) < LONG / 10 for finding in said)


def test_figures_beyond_all_measure_are_no_amounts_and_large_ones_are_told_whole():
    assert found(f"单位资金{'9' * 300}万元，比上年预算增加{'9' * 19}.{'9' * 6}万元，占{'1' * 30}%。") == []
    assert found(f"一般公共预算财政拨款支出{'9' * 12}.00万元。") == ["GK841"]
    [finding] = findings(document(f"单位资金5.00万元，比上年预算增加3.00万元，增长{'9' * 20}%。"))
    assert finding.message.endswith("增长 99,999,999,999,999,999,999.00%，按印出的金额计算应为 150.00%")


def test_no_text_and_no_table():
    assert findings(document(tables=())) == []
    assert findings(document("", "\n", tables=())) == []
