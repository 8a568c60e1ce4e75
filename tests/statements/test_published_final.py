"""The example says what 博尔塔拉蒙古自治州商务局 really published of its 2024 final account.

The golden files are the published text and the eight performance tables. The nine statements were
attachments that the published text lacks: their forms are checked against the prescribed ones, and
their figures against the sentences that repeat them.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache

import pytest
from lxml import html

from gongkai.document.compose import render_disclosure
from gongkai.packs.open import open_pack
from gongkai.statements.tables.table import Table
from support.examples import GOLDEN, ROOT, rows_of, total_of
from support.published import (
    assert_all_is_said,
    headings_of,
    plain,
    published_header,
    published_headings,
    published_rows,
    spanned_cells,
    text_of,
)
from support.strategies_final import account_of, file_data, final_tables_of

EXAMPLE = ROOT / "examples" / "bozhou-swj-2024-final.yaml"
FOLDER = GOLDEN / "bozhou-swj-2024-final"
TABLES = json.loads((FOLDER / "tables.json").read_text(encoding="utf-8"))
PARAGRAPHS = (FOLDER / "prose.txt").read_text(encoding="utf-8").splitlines()
PROSE = plain("".join(PARAGRAPHS))

MISPRINTS = {"指标设置依据": "指标值设置依据"}
"""Words of a form that one published table has otherwise than its seven neighbours."""


@cache
def document() -> html.HtmlElement:
    account = account_of(file_data(EXAMPLE))
    return html.document_fromstring(render_disclosure(account, open_pack("博州", "决算", account.year)).html)


@cache
def tables() -> dict[str, Table]:
    return final_tables_of(account_of(file_data(EXAMPLE)), "博州")


def sheets(*, numbered: bool) -> list[html.HtmlElement]:
    """The performance tables, or the statements, which have a number."""
    found = document().findall(".//section[@class='sheet']")
    return [sheet for sheet in found if (sheet.find("p[@class='table-id']") is not None) == numbered]


def spoken() -> list[html.HtmlElement]:
    """Headings and paragraphs outside the tables."""
    inside = {p for numbered in (True, False) for sheet in sheets(numbered=numbered) for p in sheet.iter("p")}
    parts = document().findall(".//section[@class='part']")
    return [e for part in parts for e in part.iter("h1", "h2", "h3", "p") if e not in inside]


# --------------------------------------------------------------------------------------
# What was published


def test_headings_are_as_published_in_their_order():
    assert headings_of(spoken()) == published_headings(PARAGRAPHS)


def test_every_published_sentence_is_said_in_its_order_and_nothing_else():
    assert_all_is_said(PARAGRAPHS, spoken())


@pytest.fixture(params=range(len(TABLES)), ids=[table["id"] for table in TABLES])
def pair(request):
    """A published performance table and the sheet of the rendered document in its place."""
    return TABLES[request.param], sheets(numbered=False)[request.param]


def test_one_table_for_the_unit_and_one_for_each_of_seven_projects():
    assert len(sheets(numbered=False)) == len(TABLES) == 8


def test_title_and_year_of_a_performance_table_are_as_published(pair):
    published, sheet = pair
    lines = {p.get("class"): plain(text_of(p)) for p in sheet.iter("p")}
    assert lines == {"table-title": plain(published["title"]), "table-subtitle": plain(published["unit_line"])}


def test_the_form_with_money_rate_and_goal_is_as_published(pair):
    published, sheet = pair
    form, _ = sheet.iter("table")
    rendered = [[text for text, _, _ in spanned_cells(row) if text] for row in form.iterfind("tbody/tr")]
    # The published form gives cells covered by a merge as empty ones.
    assert rendered == [[plain(cell) for cell in row if cell] for row in published["form"]]


def test_header_of_the_indicators_is_as_published(pair):
    published, sheet = pair
    _, grid = sheet.iter("table")
    expected = [[(MISPRINTS.get(text, text), *span) for text, *span in row] for row in published_header(published)]
    assert [spanned_cells(row) for row in grid.iterfind("thead/tr")] == expected


def test_every_indicator_and_the_total_score_are_as_published(pair):
    published, sheet = pair
    _, grid = sheet.iter("table")
    *indicators, total = [spanned_cells(row) for row in grid.iterfind("tbody/tr")]
    # The published rows give cells joined sideways as empty ones.
    total = [cell for text, across, _ in total for cell in [(text, 1, 1), *[("", 1, 1)] * (across - 1)]]
    assert [*indicators, total] == published_rows(published)


# --------------------------------------------------------------------------------------
# The nine statements: forms

ITEM = [("功能分类科目编码", 1, 1), ("科目名称", 1, 1)]


def tall(*texts: str, rows: int) -> list[tuple[str, int, int]]:
    return [(text, 1, rows) for text in texts]


FUND = [
    [("项目", 2, 1), *tall("年初结转和结余", "本年收入", rows=2), ("本年支出", 3, 1), ("年末结转和结余", 1, 2)],
    [*ITEM, *tall("小计", "基本支出", "项目支出", rows=1)],
    tall("栏次", "", *"123456", rows=1),
]
FORMS = {
    "收支总表": [
        [("收入", 3, 1), ("支出", 3, 1)],
        tall("项目", "行次", "决算数", "项目", "行次", "决算数", rows=1),
        tall("栏次", "", "1", "栏次", "", "2", rows=1),
    ],
    "收入": [
        [("项目", 2, 1), *tall("本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", rows=2),
         *tall("附属单位上缴收入", "其他收入", rows=2)],
        ITEM,
        tall("栏次", "", *"1234567", rows=1),
    ],
    "支出": [
        [("项目", 2, 1), *tall("本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", rows=2),
         ("对附属单位补助支出", 1, 2)],
        ITEM,
        tall("栏次", "", *"123456", rows=1),
    ],
    "财政拨款总表": [
        [("收入", 3, 1), ("支出", 6, 1)],
        tall("项目", "行次", "决算数", "项目", "行次", "合计", "一般公共预算财政拨款", "政府性基金预算财政拨款",
             "国有资本经营预算财政拨款", rows=1),
        tall("栏次", "", "1", "栏次", "", *"2345", rows=1),
    ],
    "一般公共预算支出": [
        [("项目", 2, 1), ("本年支出", 3, 1)],
        [*ITEM, *tall("小计", "基本支出", "项目支出", rows=1)],
        tall("栏次", "", *"123", rows=1),
    ],
    "基本支出": [
        [("人员经费", 3, 1), ("公用经费", 6, 1)],
        tall(*["科目代码", "科目名称", "决算数"] * 3, rows=1),
    ],
    "政府性基金": FUND,
    "国有资本经营": FUND,
    "三公经费": [
        [("预算数", 6, 1), ("决算数", 6, 1)],
        [*tall("合计", "因公出国（境）费", rows=2), ("公务用车购置及运行维护费", 3, 1), ("公务接待费", 1, 2)] * 2,
        tall(*["小计", "公务用车购置费", "公务用车运行维护费"] * 2, rows=1),
        tall(*map(str, range(1, 13)), rows=1),
    ],
}  # fmt: skip


@pytest.mark.parametrize("key", FORMS)
def test_the_header_of_a_statement_is_the_prescribed_one_with_its_column_numbers(key):
    assert [[(c.text, c.colspan, c.rowspan) for c in row] for row in tables()[key].header] == FORMS[key]


def test_the_statements_are_numbered_and_titled_in_the_published_order():
    titles = re.findall(r"[一二三四五六七八九]、《(.+?)》", PROSE[PROSE.index("第四部分") :])
    assert [(t.number, plain(t.title)) for t in tables().values()] == [
        (f"公开{number:02d}表", title) for number, title in enumerate(titles, 1)
    ]
    assert len(titles) == 9
    assert {(t.left_line, t.right_line) for t in tables().values()} == {
        ("部门：博尔塔拉蒙古自治州商务局", "金额单位：万元")
    }


@pytest.mark.parametrize(("key", "last"), [("收支总表", 31), ("财政拨款总表", 32)])
def test_the_lines_are_numbered_down_the_left_side_and_on_down_the_right(key, last):
    rows = rows_of(tables()[key])
    assert [row["收入行次"] for row in rows] == [str(n) for n in range(1, last + 1)]
    assert [row["支出行次"] for row in rows] == [str(n) for n in range(last + 1, 2 * last + 1)]


def test_an_empty_statement_says_so_and_no_other_does():
    notes = {key: [n for n in table.notes[1:] if "尾数" not in n] for key, table in tables().items()}
    said = {key: more for key, more in notes.items() if more}
    assert said == {
        "国有资本经营": ["说明：博尔塔拉蒙古自治州商务局本年度没有国有资本经营预算财政拨款收入和支出，故本表无数据。"]
    }


# --------------------------------------------------------------------------------------
# The nine statements: figures


def said(before: str) -> str:
    """The amount that follows these words in the published prose, for the first time."""
    return re.search(rf"{re.escape(plain(before))}([\d,.]+)万元", PROSE)[1]


def shown(value: object) -> str:
    assert isinstance(value, Decimal)
    return f"{value.quantize(Decimal('0.01'), 'ROUND_HALF_UP'):,}"


def by_label(key: str, label: str, column: str) -> dict[str, str]:
    return {str(r[label]): shown(r[column]) for r in rows_of(tables()[key]) if isinstance(r[column], Decimal)}


def test_the_overall_statement_says_what_sections_one_and_two_say():
    left = by_label("收支总表", "收入项目", "收入数")
    right = by_label("收支总表", "支出项目", "支出数")
    assert left["本年收入合计"] == said("本年收入合计")
    assert left["使用非财政拨款结余（含专用结余）"] == said("使用非财政拨款结余（含专用结余）")
    assert left["年初结转和结余"] == said("万元，年初结转和结余")
    assert left["八、其他收入"] == said("；其他收入")
    assert left["一、一般公共预算财政拨款收入"] == said("年度一般公共预算财政拨款支出")
    assert left["二、政府性基金预算财政拨款收入"] == said("政府性基金预算财政拨款收入总计")
    assert left["总计"] == right["总计"] == said("年度收入总计") == said("年度支出总计")
    assert right["本年支出合计"] == said("其中：本年支出合计")
    assert right["结余分配"] == said("结余分配")
    assert right["年末结转和结余"] == said("年末结转和结余")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("收入", {"合计": "本年收入", "财政拨款收入": "其中：财政拨款收入", "其他收入": "；其他收入"}),
        ("支出", {"合计": "支出决算情况说明本年支出", "基本支出": "其中：基本支出", "项目支出": "；项目支出"}),
        ("一般公共预算支出", {"合计": "年度一般公共预算财政拨款支出", "基本支出": "一般公共预算财政拨款基本支出"}),
        ("基本支出", {"数1": "其中：人员经费", "数3": "。公用经费"}),
        ("政府性基金", {"合计": "政府性基金预算财政拨款支出", "本年收入": "元，本年收入"}),
    ],
)
def test_the_total_of_a_statement_is_what_the_prose_says(key, words):
    total = total_of(tables()[key])
    assert {column: shown(total[column]) for column in words} == {c: said(text) for c, text in words.items()}


def test_the_appropriations_statement_says_what_section_four_says():
    left = by_label("财政拨款总表", "收入项目", "收入数")
    right = by_label("财政拨款总表", "支出项目", "支出数")
    assert left["本年收入合计"] == said("本年财政拨款收入")
    assert left["总计"] == right["总计"] == said("财政拨款收入总计") == said("财政拨款支出总计")
    assert right["本年支出合计"] == said("本年财政拨款支出")
    assert right["年末财政拨款结转和结余"] == said("年末财政拨款结转和结余")
    funds = by_label("财政拨款总表", "支出项目", "政府性基金预算")
    assert funds["本年支出合计"] == said("政府性基金预算财政拨款支出")


def test_every_class_and_item_of_the_general_budget_is_the_one_in_section_five():
    items = {str(r["编码"]): (r["科目名称"], shown(r["合计"])) for r in rows_of(tables()["一般公共预算支出"])}
    classes = re.findall(r"\d\.([^\d.]+?)\(类\)([\d,.]+)万元,占", PROSE)
    assert [v for code, v in items.items() if len(code) == 3] == classes
    spent = re.findall(r"\(款\)([^()]*(?:\(类\))?[^()]*)\(项\):支出决算数为([\d,.]+)万元", PROSE)
    assert [v for code, v in items.items() if len(code) == 7] == [
        (name, amount) for name, amount in spent if amount != "0.00" and name != "制造业"
    ]


def test_every_kind_of_basic_spending_in_section_six_has_an_amount_and_no_other():
    rows = rows_of(tables()["基本支出"])
    spent = [
        [
            str(r[f"名称{n}"])
            for r in rows
            if isinstance(r[f"数{n}"], Decimal) and r[f"数{n}"] and len(r[f"编码{n}"]) == 5
        ]
        for n in (1, 2, 3)
    ]
    staff, operating = re.findall(r"万元,包括:(.+?)。", PROSE)
    assert [plain(name) for name in spent[0]] == staff.split("、")
    assert [plain(name) for name in spent[1] + spent[2]] == operating.split("、")


def test_the_three_public_statement_says_what_section_nine_says():
    [row] = rows_of(tables()["三公经费"])
    names = {
        "合计": "“三公”经费支出",
        "出国": "因公出国(境)费",
        "购置": "公务用车购置费",
        "运行": "公务用车运行维护费",
        "接待": "公务接待费",
    }
    for key, name in names.items():
        budget, spent = re.search(
            rf"{re.escape(plain(name))}全年预算数([\d,.]+)万元,决算数([\d,.]+)万元", PROSE
        ).groups()
        assert (shown(row[f"预算{key}"]), shown(row[f"决算{key}"])) == (budget, spent)
