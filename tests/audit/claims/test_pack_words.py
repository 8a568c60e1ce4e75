"""Sentences in a pack's own words are read by what prints them: its options and its templates."""

from __future__ import annotations

import pytest

from gongkai.audit.document import Audited
from gongkai.packs.open import open_pack
from support.claimed import document, findings
from support.fixtures import UNTOLD, write_pack

PACK = (
    "名称: 自有说法\n"
    "上级: base\n"
    f"{UNTOLD}"
    "选项:\n"
    "  增减句式:\n"
    '    增加: "同口径多{差额}万元（升{幅度}%）"\n'
    '    减少: "同口径少{差额}万元（降{幅度}%）"\n'
    '    上年为零: "上年没有，净增{差额}万元"\n'
    '  占比句式: {有合计: "比重{率}%", 合计为零: ""}\n'
    '  科目全称: "{类}类{款}款{项}项"\n'
    "  预算:\n"
    "    收入名称: {单位资金: 自筹部分}\n"
    "    章节: [总体, 财政拨款]\n"
)
SECTION = (
    '{% extends "parent:预算/说明/财政拨款.html" %}\n'
    "{% block 总额 scoped %}<p>全年统筹可用盘子{{ 金额(数.财政拨款) }}万元。</p>{% endblock %}\n"
)
FISCAL = [
    ["2024年财政拨款收支预算总体情况表"],
    ["编制单位：示例县商务局", "", "", "", "", "", "单位：万元"],
    ["财政拨款收入", "", "财政拨款支出", "", "", "", ""],
    ["项目", "预算数", "项目", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"],
    ["一般公共预算", "545.70", "201 一般公共服务支出", "545.70", "545.70", "", ""],
    ["收入总计", "545.70", "支出总计", "545.70", "545.70", "", ""],
]


@pytest.fixture
def said(tmp_path):
    write_pack(tmp_path, "own", {"pack.yaml": PACK, "预算/说明/财政拨款.html": SECTION})
    pack = open_pack("own", "预算", 2024, [tmp_path])

    def codes(*texts: str, **how: object) -> list[str]:
        made = document(*texts, **how)  # type: ignore[arg-type]
        return sorted(finding.code for finding in findings(Audited(made.printed, made.tables, pack)))

    return codes


def test_a_change(said):
    text = "单位资金501.12万元，同口径{}59.30万元（{}%）。"
    assert said(text.format("多", "升13.42")) == []
    assert said(text.format("多", "升14.32")) == ["GK851"]
    assert said(text.format("少", "降10.58")) == []
    assert said(text.format("少", "降13.42")) == ["GK851"]


def test_a_share(said):
    lines = ("收入预算1,046.82万元，其中：", "事业收入545.70万元，比重52.13%。", "自筹部分501.12万元，比重{}%。")
    assert said(*lines[:2], lines[2].format("47.87")) == []
    assert said(*lines[:2], lines[2].format("74.87")) == ["GK852"]


def test_a_full_name(said):
    heading = "（三）一般公共预算当年拨款具体使用情况"
    text = "1.一般公共服务支出类商贸事务款行政运行项：2024年预算数为{}万元。"
    assert said(heading, text.format("287.46")) == []
    assert said(heading, text.format("278.46")) == ["GK841"]


def test_what_only_a_template_calls_so(said):
    text = "全年统筹可用盘子{}万元。"
    assert said(text.format("545.70"), tables=(FISCAL,)) == []
    assert said(text.format("554.70"), tables=(FISCAL,)) == ["GK841"]


def test_without_the_pack_such_a_sentence_claims_nothing():
    made = document("全年统筹可用盘子554.70万元。", tables=(FISCAL,))
    assert findings(made) == []
