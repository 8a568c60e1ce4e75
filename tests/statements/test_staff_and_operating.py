"""303 is not always 人员经费: a 款 divided into 人员经费 and 公用经费, in every place that shows either."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from gongkai.document.compose import Rendered, render_disclosure
from gongkai.intake.read import read
from gongkai.output.data.opendata import FIGURES, open_data
from gongkai.packs.open import open_pack
from gongkai.produce.unit import Settings, check_unit
from support.examples import rows_of, total_of
from support.fixtures import ROOT, write_input
from support.strategies_final import file_data

Data = dict[str, Any]
BUDGET, FINAL = (ROOT / "examples" / f"minimal-{kind}.yaml" for kind in ("budget", "final"))
PENSIONS = {"人员经费": "20,000.50", "公用经费": "3052.00"}
"""Of the 离退休 money under 30302; it comes out of what the files have under 30101."""


def divided(example: Path, stated: Any = PENSIONS) -> Data:
    data = file_data(example)
    items = data["基本支出经济分类"]
    items["30101"] = f"{Decimal(items['30101']) - Decimal('23052.50')}"
    items["30302"] = stated
    return data


def rendered(folder: Path, data: Data) -> Rendered:
    model = read(write_input(folder, data)).model
    return render_disclosure(model, open_pack("base", model.kind, model.year))


def text_of(document: Rendered) -> str:
    return "".join(lxml.html.document_fromstring(document.html).text_content().split())


@pytest.mark.parametrize("example", [BUDGET, FINAL], ids=["预算", "决算"])
def test_nothing_is_found_in_a_divided_item(tmp_path, example):
    before = {finding.code for finding in check_unit(example, Settings(tmp_path)).findings}
    after = check_unit(write_input(tmp_path, divided(example)), Settings(tmp_path)).findings
    # With it 机关运行经费 is more than last year's, and its reason says less.
    assert {finding.code for finding in after} - before <= {"GK701"}


def test_table_6_of_a_budget_has_both_parts_in_their_columns(tmp_path):
    table = next(t for t in rendered(tmp_path, divided(BUDGET)).tables if t.key == "基本支出")
    rows = {f"{r['类']}{r['款']}": (r["合计"], r["人员经费"], r["公用经费"]) for r in rows_of(table)}
    assert rows["30302"] == rows["303"] == (Decimal("2.30525"), Decimal("2.00005"), Decimal("0.3052"))
    assert rows["30101"] == (Decimal("26.629317"), Decimal("26.629317"), Decimal(0))
    total = total_of(table)
    assert (total["人员经费"], total["公用经费"]) == (Decimal("28.629367"), Decimal("2.6052"))


def test_table_06_of_a_final_account_lists_it_on_both_sides(tmp_path):
    table = next(t for t in rendered(tmp_path, divided(FINAL)).tables if t.key == "基本支出")
    found = {(n, r[f"编码{n}"]): r[f"数{n}"] for r in rows_of(table) for n in (1, 2, 3) if r[f"数{n}"]}
    assert found[1, "30302"] == found[1, "303"] == Decimal("2.00005")
    assert found[3, "30302"] == found[3, "303"] == Decimal("0.3052")
    total = total_of(table)
    assert (total["数1"], total["数3"]) == (Decimal("28.629367"), Decimal("2.370633"))


@pytest.mark.parametrize(
    ("example", "amount", "include"), [(BUDGET, "2.61", "主要包括"), (FINAL, "2.37", "包括")], ids=["预算", "决算"]
)
def test_the_prose_names_it_under_both_and_counts_it_as_running_costs(tmp_path, example, amount, include):
    text = text_of(rendered(tmp_path, divided(example)))
    assert f"人员经费28.63万元，{include}：基本工资、退休费。" in text
    assert f"公用经费{amount}万元，{include}：办公费、退休费。" in text
    assert f"机关运行经费{'财政拨款预算' if example is BUDGET else '支出'}{amount}万元" in text


@pytest.mark.parametrize("example", [BUDGET, FINAL], ids=["预算", "决算"])
def test_open_data_tell_both_parts(tmp_path, example):
    facts = json.loads(open_data(rendered(tmp_path, divided(example)))[FIGURES])["事实"]
    assert facts["基本支出经济分类"]["30302"] == {"人员经费": 2.00005, "公用经费": 0.3052}
    assert facts["基本支出经济分类"]["30201"] in (2.3, 2.065433)


def test_one_part_alone_is_all_of_it(tmp_path):
    document = rendered(tmp_path, divided(BUDGET, {"公用经费": "23052.50"}))
    assert "公用经费4.61万元，主要包括：办公费、退休费。" in text_of(document)


def without_parts(data: Data) -> None:
    data["基本支出经济分类"]["30302"] = {}


def with_another_name(data: Data) -> None:
    data["基本支出经济分类"]["30302"] = {"公用": "3052.00", "人员经费": "20000.50"}


def negative(data: Data) -> None:
    data["基本支出经济分类"]["30302"] = {"公用经费": "-1", "人员经费": "23053.50"}


def a_list(data: Data) -> None:
    data["基本支出经济分类"]["30302"] = ["1"]


def not_the_sum(data: Data) -> None:
    data["基本支出经济分类"]["30302"]["公用经费"] = "3053.00"


@pytest.mark.parametrize(
    ("mistake", "code", "words"),
    [
        (without_parts, "GK202", "“基本支出经济分类 › 30302”：此处没有写“人员经费”，也没有写“公用经费”"),
        (with_another_name, "GK201", "“基本支出经济分类 › 30302”里不认识“公用”"),
        (negative, "GK206", "“基本支出经济分类 › 30302 › 公用经费”：金额“-1”是负数"),
        (a_list, "GK203", "“基本支出经济分类 › 30302”：此处应填金额，现为清单"),
        (not_the_sum, "GK401", "相差 1.00 元"),
    ],
)
def test_what_is_wrong_in_the_parts_is_told_there(tmp_path, mistake: Callable[[Data], None], code, words):
    data = divided(BUDGET)
    mistake(data)
    found = check_unit(write_input(tmp_path, data), Settings(tmp_path)).findings
    [finding] = [finding for finding in found if finding.level.name == "ERROR"]
    assert finding.code == code
    assert words in finding.message
