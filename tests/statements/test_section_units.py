"""分节金额单位: a section whose amounts are in another unit than the file's is read, and spoken of, in its own."""

from __future__ import annotations

from decimal import Decimal

import pytest
import yaml

from gongkai.checks.run import check
from gongkai.findings import FindingsError
from gongkai.intake.read import read
from gongkai.model.final.final_account import FinalAccount
from support.examples import ROOT, Data
from support.fixtures import write_input
from support.strategies_final import file_data

IN_YUAN = ROOT / "examples" / "shili-ju-2024-final.yaml"
OWN = {"整体绩效自评": "万元", "项目绩效自评": "万元", "核定数": "万元"}


def in_wan(funding: Data) -> Data:
    return {
        line: {key: f"{Decimal(amount) / 10_000:f}" for key, amount in amounts.items()}
        for line, amounts in funding.items()
    }


def mixed() -> Data:
    """The example with statements in 元 and self-evaluations in 万元."""
    data = file_data(IN_YUAN)
    unit = data["整体绩效自评"]
    unit["资金"] = in_wan(unit["资金"])
    for project in data["项目绩效自评"]:
        project |= in_wan({key: project[key] for key in ("财政拨款", "其他资金") if key in project})
    return data | {"分节金额单位": dict(OWN)}


def account_in(tmp_path, data: Data) -> FinalAccount:
    return read(write_input(tmp_path, data)).model


def test_the_same_money_is_read_in_either_unit(tmp_path):
    account = account_in(tmp_path, mixed())
    assert account.unit_evaluation.funding == read(IN_YUAN).model.unit_evaluation.funding
    assert account.accounts == read(IN_YUAN).model.accounts
    assert check(account) == []


def test_findings_speak_in_the_unit_of_the_section(tmp_path):
    data = mixed()
    data["整体绩效自评"]["资金"]["其他资金"]["执行"] = "97.43"
    found = {finding.code: finding for finding in check(account_in(tmp_path, data))}
    assert "整体自评的其他资金执行 97.43 万元" in found["GK469"].message
    assert "元，相差" not in found["GK469"].message.replace("万元", "")
    assert found["GK469"].stated == Decimal("97.43")

    data = mixed()
    data["基本支出经济分类"]["30201"] = "124100"
    [finding] = check(account_in(tmp_path, data))
    assert "8,067,600.00 元" in finding.message


def test_approved_totals_in_wan_are_printed_for_sums_in_yuan(tmp_path):
    data = mixed()
    data["科目收支"][1]["收入"]["经营收入"] = "64001.23"
    data["科目收支"][1]["经营支出"] = "51001.23"
    data["核定数"] = {"收支总计": "1284.35"}
    assert [f.code for f in check(account_in(tmp_path, data)) if f.code in {"GK404", "GK441"}] == []
    data["核定数"] = {"收支总计": "1284.37"}
    assert "GK404" in [f.code for f in check(account_in(tmp_path, data))]


def test_last_years_figures_are_supplied_in_the_unit_of_their_section(tmp_path):
    last = file_data(IN_YUAN) | {"年度": "2023", "公开日期": "2024-08-20"}
    (tmp_path / "last.yaml").write_text(yaml.safe_dump(last, allow_unicode=True), encoding="utf-8")
    data = file_data(IN_YUAN) | {"上年文件": "last.yaml", "分节金额单位": {"机关运行经费": "万元"}}
    del data["机关运行经费"]["上年"]
    data["机关运行经费"].pop("本年", None)
    account = account_in(tmp_path, data)
    stated = read(IN_YUAN).model
    assert account.running_costs.prior == sum(
        (a for c, a in stated.basic_by_economic.items() if c.startswith(("302", "31"))), Decimal(0)
    )


@pytest.mark.parametrize("units", [{"绩效": "万元"}, {"整体绩效自评": "亿元"}, "万元"])
def test_what_is_no_section_or_no_unit_is_told(tmp_path, units):
    with pytest.raises(FindingsError) as raised:
        account_in(tmp_path, file_data(IN_YUAN) | {"分节金额单位": units})
    [finding] = raised.value.findings
    assert finding.path[0] == "分节金额单位"
    assert finding.place.line
