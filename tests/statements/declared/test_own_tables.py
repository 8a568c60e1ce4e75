"""Tables that a pack makes of the facts: columns that compare, rows of its own, one wide row, totals, formats."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gongkai.document.compose import render_disclosure, words_of
from gongkai.document.contexts import DeclaredTables
from gongkai.document.parse import parse_document
from gongkai.findings import FindingsError
from gongkai.output.data.opendata import open_data
from gongkai.output.xlsx.writer import render_xlsx
from gongkai.packs.open import AssembledPack, open_pack
from gongkai.prose.numbers import round_half_up
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.tables.table import Table, Value
from support.examples import budget_of, example_data
from support.fixtures import write_pack

HEAD = "名称: 自己\n上级: base\n选项:\n  预算:\n    表格: [收支总体, 自己的]\n    章节: []\n    部分: [公开表]\n"

COMPARED = """\
自己的:
  编号: 表 {序号}
  标题: 一般公共预算支出比较表（见{收支总体表号}）
  条件: {资金: 一般公共预算, 来路: 当年}
  行集: [{科目: [支出, 支出@上年]}]
  列数:
    本年: 支出
    上年: 支出@上年
    增减: "增减(支出, 支出@上年)"
    增减率: "增减率(支出, 支出@上年)"
    占比: "占比(支出, 支出[科目=全部])"
  栏目:
    - {标目: 编码, 类型: 编码, 宽: 14}
    - {标目: 科目名称, 类型: 文字, 宽: 26}
    - {标目: 本年, 宽: 12}
    - {标目: 上年, 宽: 12}
    - {标目: 增减, 宽: 12}
    - {标目: 增减率, 宽: 12}
    - {标目: 占比, 宽: 12}
  合计行: {列: 科目名称, 位置: 首行}
"""

WIDE = """\
自己的:
  标题: “三公”经费和机关运行经费表
  表头右: "单位：{表格金额单位}"
  格式: {单位: 元, 小数: 0, 零: —}
  行集: [{一行: 是}]
  列数: {合计: 三公经费, 机关运行经费: 机关运行经费, 会议费: 会议费}
  栏目:
    - {标目: 合计, 宽: 20}
    - {标目: 出国费, 数: "三公经费[三公项=因公出国（境）费]", 宽: 20}
    - {标目: 机关运行经费, 宽: 20, 格式: {单位: 万元, 小数: 2, 千分位: 否}}
    - {标目: 会议费, 宽: 20}
  合计行: {位置: 无}
"""

INCOME = """\
自己的:
  标题: 收入按科目
  行集: [{科目: 支出}]
  列数: {合计: 支出, 财政拨款: 财政拨款, 单位资金: 单位资金, 结转: 上年结转结余}
  栏目:
    - {标目: 编码, 类型: 编码, 宽: 20}
    - {标目: 合计, 宽: 20}
    - {标目: 财政拨款, 宽: 20}
    - {标目: 单位资金, 宽: 20}
    - {标目: 结转, 宽: 20}
  合计行: {列: 编码}
"""

PROJECTS = """\
自己的:
  标题: 项目表
  行集: [{项目: 项目资金}]
  列数: {金额: 项目资金, 占比: "占比(项目资金, 项目资金[项目=全部])"}
  栏目:
    - {标目: 项目, 列: 项目名称, 类型: 文字, 宽: 60}
    - {标目: 金额, 宽: 20}
    - {标目: 占比, 宽: 20}
  合计行: {列: 项目名称}
"""


def pack_with(folder: Path, tables: str) -> AssembledPack:
    write_pack(folder, "own", {"pack.yaml": HEAD, "预算/表格.yaml": tables})
    return open_pack("own", "预算", 2024, (folder,))


def made(folder: Path, tables: str) -> tuple[Table, BudgetFigures]:
    budget = budget_of(example_data())
    pack, figures = pack_with(folder, tables), BudgetFigures(budget)
    table = DeclaredTables(figures, pack, words_of(budget, pack)).published()[1]
    return table, figures


def rows(table: Table) -> list[dict[str, Value]]:
    return [
        {column.key: cell.value for column, cell in zip(table.columns, row.cells, strict=True)} for row in table.rows
    ]


def test_columns_compare_with_last_year(tmp_path):
    table, figures = made(tmp_path, COMPARED)
    total, *items = rows(table)

    assert table.title == "一般公共预算支出比较表（见表 1）"
    assert table.number == "表 2"
    general = sum(item["本年"] for item in items)
    assert total["本年"] == general == figures.fund_total(figures.paying("201")[0])
    assert total["增减"] == total["本年"] - total["上年"]
    assert {item["编码"] for item in items} == {entry.code for entry in figures.budget.expenditures if entry.changes}
    assert total["占比"] == "100.00%"
    for item in items:
        assert item["增减"] == item["本年"] - item["上年"]
        assert (item["增减率"] is None) == (not item["上年"])
        if item["上年"]:
            assert str(item["增减率"]).startswith("-") == (round_half_up(item["增减"] * 100 / item["上年"]) < 0)


def test_one_wide_row_has_its_own_unit_and_formats(tmp_path):
    table, figures = made(tmp_path, WIDE)
    pack = open_pack("own", "预算", 2024, (tmp_path,))
    rendered = render_disclosure(figures.budget, pack)
    [row] = table.rows
    printed = [str(rendered.wording.table_amount(cell.value, cell.format).striptags()) for cell in row.cells]

    assert table.right_line == "单位：元"
    assert printed[0] == f"{figures.three_public() * 10_000:,.0f}"
    assert printed[1] == "—"
    assert printed[2] == f"{figures.running_costs:.2f}"


def test_the_workbook_and_the_open_data_have_the_table_too(tmp_path):
    _, figures = made(tmp_path, WIDE)
    pack = open_pack("own", "预算", 2024, (tmp_path,))
    rendered = render_disclosure(figures.budget, pack)
    document = parse_document(rendered)
    book = load_workbook(io.BytesIO(render_xlsx(document, rendered)))
    sheet = book[book.sheetnames[2]]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    files = open_data(rendered)
    [name] = [name for name in files if "机关运行经费" in name]
    table = list(csv.DictReader(io.StringIO(files[name].decode("utf-8-sig"))))

    assert [float(figures.three_public() * 10_000), "—", float(figures.running_costs)] == cells[-1][:3]
    assert table[0]["合计"] == f"{figures.three_public():.2f}"  # open data are 万元 whatever is printed


def test_incomes_stand_by_subject(tmp_path):
    table, figures = made(tmp_path, INCOME)
    *items, total = rows(table)

    assert total["合计"] == figures.total
    assert total["财政拨款"] + total["单位资金"] + total["结转"] == figures.total - figures.fund_total(
        next(fund for fund in type(figures.paying("201")[0]) if fund.value == "财政专户")
    )
    for key in ("合计", "财政拨款", "单位资金", "结转"):
        assert total[key] == sum(item[key] for item in items)


def test_a_project_has_its_share_of_all(tmp_path):
    table, figures = made(tmp_path, PROJECTS)
    *items, total = rows(table)

    assert [item["项目名称"] for item in items] == [project.name for project in figures.budget.projects]
    assert total["金额"] == figures.project()
    assert total["占比"] == "100.00%"
    assert sum(Decimal(str(item["占比"]).rstrip("%")) for item in items) == pytest.approx(
        Decimal(100), abs=Decimal("0.1")
    )


@pytest.mark.parametrize(
    ("changed", "says", "advice"),
    [
        (("行集: [{科目: ", "行集: [{科木: "), "不认识的名称", ""),
        (("  行集:", "  行级:"), "不认识的名称", ""),
        (("支出, 支出@上年", "支出, 三公经费"), "“三公经费”不分“来路”", "来路=全部"),
        (("资金: 一般公共预算", "资金: 一般公共予算"), "没有“资金”的值“一般公共予算”", "一般公共预算"),
        (("本年: 支出\n", "本年: 支初\n"), "没有名称“支初”", "支出"),
        (("    - {标目: 上年, ", "    - {标目: 去年, "), "没有列“去年”", "上年"),
        (("行集: [{科目: [支出, 支出@上年]}]", "行集: [{科目: 支出, 类: 支出}]"), "写且只写一样", ""),
        (
            ("行集: [{科目: [支出, 支出@上年]}]", "行集: [{清单: 项目.资金表}]"),
            "没有清单“项目.资金表”",
            "项目",
        ),
        (("  条件: {", "  当: 整体目标\n  条件: {"), "数据文件里没有“整体目标”", "整体绩效目标"),
        (("{收支总体表号}", "{收支总表号}"), "不认识 {收支总表号}", ""),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_mistake_is_told_with_the_table_the_line_and_what_there_is(tmp_path, changed, says, advice):
    assert changed[0] in COMPARED
    with pytest.raises(FindingsError) as caught:
        pack_with(tmp_path, COMPARED.replace(*changed, 1))
    finding = caught.value.findings[0]

    assert says in finding.message
    assert "自己的" in finding.message
    assert advice in (finding.advice or "")
    assert finding.place is not None
    assert finding.place.line
    assert finding.place.file.endswith("表格.yaml")


def test_all_mistakes_are_told_at_once(tmp_path):
    wrong = COMPARED.replace("本年: 支出\n", "本年: 支初\n").replace("占比(支出,", "占笔(支出,")
    with pytest.raises(FindingsError) as caught:
        pack_with(tmp_path, wrong)

    assert len(caught.value.findings) == 2


def test_a_name_of_a_table_does_not_change_what_others_mean(tmp_path):
    """机关运行经费 is 公用经费 as all tables have it, whatever one table calls so."""
    table = WIDE.replace("  行集:", "  量: {公用经费: 三公经费}\n  行集:").replace("会议费: 会议费", "会议费: 公用经费")
    found, figures = made(tmp_path, table)
    [row] = rows(found)

    assert row["会议费"] == figures.three_public()
    assert row["机关运行经费"] == figures.running_costs


BY_SUBJECT = """\
自己的:
  标题: 支出按科目
  行集: [{科目: 支出}]
  列数: {合计: 支出}
  栏目:
    - {标目: 编码, 类型: 编码, 宽: 20}
    - {标目: 合计, 宽: 20}
  合计行: {列: 编码}
"""


@pytest.mark.parametrize(
    "narrowed",
    [
        BY_SUBJECT.replace("  行集:", '  条件: {科目: "208"}\n  行集:'),
        BY_SUBJECT.replace("[{科目: 支出}]", '[{科目: 支出, 条件: {科目: "208"}}]'),
        BY_SUBJECT.replace("[{科目: 支出}]", "[{科目: 支出, 条件: {资金: 财政}}]"),
        BY_SUBJECT.replace("[{科目: 支出}]", '[{科目: 支出, 条件: {科目: "20805", 资金: 财政}}]'),
    ],
    ids=["of the table", "of the rows", "of the money", "of both"],
)
def test_a_condition_narrows_the_rows_and_their_total(tmp_path, narrowed):
    table, figures = made(tmp_path, narrowed)
    *items, total = rows(table)

    assert narrowed != BY_SUBJECT
    assert total["合计"] == sum(item["合计"] for item in items)
    assert 0 < total["合计"] < figures.total
    if "208" in narrowed:
        assert all(str(item["编码"]).startswith("208") for item in items)


def test_a_table_for_each_subject_has_the_money_of_that_subject(tmp_path):
    tables = "自己的:\n  标题: 一个科目\n  每: 支出\n  行集: [{一行: 是}]\n  列数: {合计: 支出}\n"
    tables += "  栏目: [{标目: 合计, 宽: 9}]\n  合计行: {位置: 无}\n"
    budget = budget_of(example_data())
    pack, figures = pack_with(tmp_path, tables), BudgetFigures(budget)
    found = DeclaredTables(figures, pack, words_of(budget, pack)).published()[1:]

    assert [table.rows[0].cells[0].value for table in found] == [figures.spent(e.code) for e in budget.expenditures]


def test_rows_that_are_there_for_a_part_of_their_money_need_a_total_of_their_own(tmp_path):
    part = BY_SUBJECT.replace("[{科目: 支出}]", '[{科目: "支出[资金=财政]"}]')
    with pytest.raises(FindingsError) as caught:
        pack_with(tmp_path / "a", part)
    [finding] = caught.value.findings
    stated = part.replace("列数: {合计: 支出}", '列数: {合计: 支出}\n  合计数: {合计: "支出[资金=财政]"}')

    assert "合计就不是各行之和" in finding.message
    assert pack_with(tmp_path / "b", stated)
    assert pack_with(tmp_path / "c", part.replace("{合计: 支出}", '{合计: "支出[资金=财政]"}'))
