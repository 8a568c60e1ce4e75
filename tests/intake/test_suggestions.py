"""What is suggested for a wrong name: never another kind of money, and all that it may have been."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from gongkai.findings import Finding, FindingsError
from gongkai.intake.read import read
from gongkai.model.budget.budget import Income, OwnIncomeKind
from gongkai.model.budget.sources import Fund, Source
from gongkai.model.final.final_account import IncomeKind, Money
from gongkai.texts.suggest import MEANINGS, meant, suggestion
from support.fixtures import ROOT

VALID = (ROOT / "tests" / "errors" / "valid.yaml").read_text(encoding="utf-8")
SOURCES = [source.value for source in Source]
CARRIED = [source.value for source in Source if source.name.endswith("CARRIED")]
UPPER = [source.value for source in Source if source.name.endswith("UPPER")]
INCOME = [str(field.alias) for field in Income.model_fields.values()]
CHOICES = {
    "sources": SOURCES,
    "funds": [fund.value for fund in Fund],
    "income": INCOME,
    "money": [money.value for money in Money],
    "own income": [kind.value for kind in OwnIncomeKind],
    "other income": [kind.value for kind in IncomeKind],
}


def told(tmp_path: Path, before: str, after: str) -> list[Finding]:
    file = tmp_path / "预算.yaml"
    assert before in VALID
    file.write_text(VALID.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(FindingsError) as caught:
        read(file)
    return caught.value.findings


def test_every_name_of_money_has_its_meaning():
    assert set(MEANINGS) == set(itertools.chain.from_iterable(CHOICES.values()))


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("上年结转结余", CARRIED),
        ("结转", CARRIED),
        ("财政拨款结转", CARRIED[:3]),
        ("一般公共预算结转结余", ["一般公共预算结转"]),
        ("单位资金结余", ["单位资金结转结余"]),
        ("财政专户结转", ["财政专户结转结余"]),
        ("财政拨款", ["一般公共预算", "政府性基金预算", "国有资本经营预算"]),
        ("非财政拨款", ["财政专户", "单位资金"]),
        ("其他资金", ["财政专户", "单位资金"]),
        ("转移支付", UPPER),
        ("一般公共预算上级转移支付", ["上级一般公共预算转移支付"]),
        ("政府性基金", ["政府性基金预算"]),
        ("国资预算", ["国有资本经营预算"]),
        ("教育收费", ["财政专户"]),
        ("事业收入", ["单位资金"]),
        ("一般公供预算", ["一般公共预算"]),
        ("单位资金结转结佘", ["单位资金结转结余"]),
        ("预算", []),
        ("资金", []),
        ("项目资金", []),
        ("专项资金", []),
    ],
)
def test_a_source_is_suggested_by_its_meaning(word, names):
    assert meant(word, SOURCES) == names


@pytest.mark.parametrize("choices", CHOICES.values(), ids=CHOICES)
def test_a_slip_in_a_name_leads_to_no_other_money(choices):
    """One character lost, doubled, or another in its place: the name itself is suggested, or none is."""
    for name, at in [(choice, index) for choice in choices for index in range(len(choice))]:
        before, behind = name[:at], name[at + 1 :]
        for slip in {before + behind, before + name[at] * 2 + behind, f"{before}某{behind}"} - {*choices}:
            near = meant(slip, choices)
            assert not near or name in near, (slip, near)


@pytest.mark.parametrize("choices", CHOICES.values(), ids=CHOICES)
def test_a_name_that_is_another_kind_elsewhere_leads_to_no_other_kind(choices):
    funds = ("一般公共", "政府性基金", "国有资本", "财政专户", "单位资金")
    for name in MEANINGS:
        for near in meant(name, choices) if name not in choices else ():
            assert (
                not any(fund in name for fund in funds)
                or any(fund in name and fund in near for fund in funds)
                or (near in {"其他资金", "上年结转结余"})
            ), (name, near)


def test_carried_money_without_its_kind_is_asked_for_with_every_kind(tmp_path):
    [finding] = told(tmp_path, "项目支出: {一般公共预算: 20.00}", "项目支出: {上年结转结余: 20.00}")
    assert finding.code == "GK201"
    assert all(f"“{name}”（{MEANINGS[name]}）" in finding.advice for name in CARRIED)
    assert "是否想写" not in finding.advice


def test_a_source_without_its_amount_is_not_sent_to_another_section(tmp_path):
    [finding] = told(tmp_path, "项目支出: {一般公共预算: 20.00}", "项目支出: {一般公共预算: 20.00, 上年结转结余: }")
    assert "一般公共预算结转" in finding.advice
    assert "缩进" not in finding.advice


def test_the_source_of_a_project_is_suggested_likewise(tmp_path):
    [finding] = told(tmp_path, "来源: 一般公共预算", "来源: 上年结转结余")
    assert (finding.code, finding.advice[:7]) == ("GK204", "请从中选一个：")


@pytest.mark.parametrize(
    ("word", "choices", "names"),
    [
        ("公务用车费", ["因公出国（境）费", "公务用车购置费", "公务用车运行费"], ["公务用车购置费", "公务用车运行费"]),
        ("离退休", ["在职", "退休", "离休"], ["退休", "离休"]),
        ("结转和结余", ["年初结转和结余", "年末结转和结余", "收入"], ["年初结转和结余", "年末结转和结余"]),
        ("参照公务员单位", ["行政单位", "参公事业单位", "事业单位"], ["参公事业单位"]),
        ("名秤", ["名称", "性质"], ["名称"]),
    ],
)
def test_names_that_are_equally_near_are_all_suggested(word, choices, names):
    assert meant(word, choices) == names


def test_a_suggestion_tells_what_the_names_mean():
    assert suggestion("离退休", ["退休", "离休"], {"退休": "退休人员"}) == "请从中选一个：“退休”（退休人员）；“离休”"
