"""The budget tables of another province, filled with an example's figures: its own titles, rows, columns, and 元."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

import openpyxl

from gongkai import catalog
from gongkai.intake.read import read
from gongkai.model.budget.sources import FISCAL_FUNDS, Fund, Source
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.budget.spending import APPROPRIATED, of_fund
from gongkai.statements.names import tree
from support.fixtures import ROOT

Cells = Sequence[Any]


class _Sheet:
    """Writes rows one below the other; a head may stand over several columns and rows."""

    def __init__(self, book: Any, name: str, title: str, unit: str, width: int, money: str = "元") -> None:
        self.sheet = book.create_sheet(name)
        self.row = 2
        self.sheet.cell(2, 1).value = title
        self.sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=width)
        self.sheet.cell(4, 1).value = f"编制部门：{unit}"
        self.sheet.cell(4, width).value = f"单位：{money}"
        self.row = 6

    def head(self, *cells: tuple[str, int, int, int]) -> None:
        """Heads of (text, column, columns, rows) in the row that is next."""
        for text, column, across, down in cells:
            self.sheet.cell(self.row, column).value = text
            if across > 1 or down > 1:
                self.sheet.merge_cells(
                    start_row=self.row, start_column=column, end_row=self.row + down - 1, end_column=column + across - 1
                )
        self.row += 1

    def line(self, *cells: Any) -> None:
        """A row of values; an amount in 万元 is written in 元, nothing as a blank cell."""
        for column, value in enumerate(cells, 1):
            if isinstance(value, Decimal):
                value = float(value * 10000) or None
            self.sheet.cell(self.row, column).value = value
        self.row += 1


def filled(example: str) -> openpyxl.Workbook:
    """The workbook."""
    f = BudgetFigures(read(ROOT / "examples" / f"{example}.yaml").model)
    book = openpyxl.Workbook()
    book.remove(book.active)
    _words(book)
    _overall(book, f)
    _income(book, f)
    unit, year = f.budget.unit.name, f.budget.year
    for name, head, sources in (
        ("部门支出总表", "支出预算", tuple(Source)),
        ("部门一般公共预算拨款表", "一般公共预算支出", of_fund(Fund.GENERAL)),
        ("部门政府性基金拨款表", "政府性基金预算支出", of_fund(Fund.GOVERNMENT)),
        ("部门国有资本经营预算拨款表 ", "国有资本经营预算支出", of_fund(Fund.CAPITAL)),
    ):  # fmt: skip
        title = "支出预算总表" if head == "支出预算" else f"{head}功能分类预算表"
        sheet = _Sheet(book, name, f"{year}年部门{title}", unit, 7)
        _by_code(sheet, head, ("合计", "基本支出", "项目支出"), f.codes(sources), f, _natures(f, sources))
    _appropriation(book, f)
    _economic(book, f)
    _three_public(book, f)
    return book


def _words(book: Any) -> None:
    cover = book.create_sheet("封面")
    cover["A3"] = "上海市示例区2024年区级部门预算"
    contents = book.create_sheet("目录")
    contents["A1"] = "目  录"
    for row, text in enumerate(("1. 2024年部门财务收支预算总表", "2. 2024年部门收入预算总表"), 9):
        contents.cell(row, 1).value = f"    {text}  ………………………………"
    other = book.create_sheet("其他相关情况说明")
    other["A3"] = "一、“三公”经费预算情况说明\n四、绩效目标设置情况：编报绩效目标的项目3个。"


def _overall(book: Any, f: BudgetFigures) -> None:
    sheet = _Sheet(book, "部门收支总表", f"{f.budget.year}年部门财务收支预算总表", f.budget.unit.name, 4)
    sheet.head(("本年收入", 1, 2, 1), ("本年支出", 3, 2, 1))
    sheet.head(("项目", 1, 1, 1), ("预算数", 2, 1, 1), ("项目", 3, 1, 1), ("预算数", 4, 1, 1))
    funds = [f.fund_total(fund) for fund in FISCAL_FUNDS]
    left = [
        ("一、财政拨款收入", sum(funds)),
        *zip(("1. 一般公共预算", "2. 政府性基金预算", "3. 国有资本经营预算"), funds, strict=True),
        ("二、事业收入", Decimal(0)),
        ("三、事业单位经营收入", Decimal(0)),
        ("四、其他收入", f.income(Source.UNIT)),
    ]
    _beside(sheet, left, f, lambda code: (f.spent(code),))
    sheet.line("收入总计", f.total, "支出总计", f.total)


_NUMERALS = "一二三四五六七八九十"


def _beside(sheet: _Sheet, left: Sequence[tuple[str, Any]], f: BudgetFigures, right: Callable[[str], Cells]) -> None:
    classes = f.codes(level=3)
    for at in range(max(len(left), len(classes)) + 1):
        item = left[at] if at < len(left) else (None, None)
        if at < len(classes):
            name = catalog.functional().name(classes[at])
            sheet.line(*item, f"{_NUMERALS[at]}、{name}", *right(classes[at]))
        else:
            sheet.line(*item, f"{_NUMERALS[at]}、…" if at == len(classes) else None)


def _natures(f: BudgetFigures, sources: Sequence[Source]) -> Callable[[str], Cells]:
    return lambda code: (f.spent(code, sources), f.basic(code, sources), f.project(code, sources))


def _by_code(
    sheet: _Sheet,
    head: str,
    heads: Sequence[str],
    codes: Iterable[str],
    f: BudgetFigures,
    values: Callable[[str], Cells],
) -> None:
    sheet.head(("项目", 1, 4, 1), (head, 5, len(heads), 1))
    lower = [(text, 5 + at, 1, 2) for at, text in enumerate(heads)]
    sheet.head(("功能分类科目编码", 1, 3, 1), ("功能分类科目名称", 4, 1, 2), *lower)
    sheet.head(("类", 1, 1, 1), ("款", 2, 1, 1), ("项", 3, 1, 1))
    for code in tree(codes):
        sheet.line(int(code[:3]), code[3:5] or None, code[5:7] or None, f.name(code), *values(code))
    sheet.line("…", None, None, "…")
    sheet.row += 1
    sheet.line("合计", None, None, None, *values(""))
    sheet.sheet.merge_cells(start_row=sheet.row - 1, start_column=1, end_row=sheet.row - 1, end_column=4)


def _income(book: Any, f: BudgetFigures) -> None:
    sheet = _Sheet(book, "部门收入总表", f"{f.budget.year}年部门收入预算总表", f.budget.unit.name, 9)

    def values(code: str) -> Cells:
        return f.spent(code), f.spent(code, APPROPRIATED), None, None, f.spent(code, (Source.UNIT,))

    heads = ("合计", "财政拨款收入", "事业收入", "事业单位\n经营收入", "其他收入")
    _by_code(sheet, "收入预算", heads, f.codes(), f, values)


def _appropriation(book: Any, f: BudgetFigures) -> None:
    sheet = _Sheet(book, "部门财政拨款收支总表", f"{f.budget.year}年部门财政拨款收支预算总表", f.budget.unit.name, 7)
    sheet.head(("财政拨款收入", 1, 2, 1), ("财政拨款支出", 3, 5, 1))
    names = ("项目", "预算数", "项目", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算")
    sheet.head(*((name, at, 1, 1) for at, name in enumerate(names, 1)))
    labels = ("一、一般公共预算", "二、政府性基金预算", "三、国有资本经营预算")
    left = [(label, f.fund_total(fund)) for label, fund in zip(labels, FISCAL_FUNDS, strict=True)]

    def right(code: str = "") -> Cells:
        return f.spent(code, APPROPRIATED), *(f.spent(code, of_fund(fund)) for fund in FISCAL_FUNDS)

    _beside(sheet, left, f, right)
    sheet.line("收入总计", f.appropriated, "支出总计", *right())


def _economic(book: Any, f: BudgetFigures) -> None:
    name, title = "部门一般公共预算拨款基本支出明细表", "年部门一般公共预算基本支出部门预算经济分类预算表"
    sheet = _Sheet(book, name, f"{f.budget.year}{title}", f.budget.unit.name, 6)
    sheet.head(("项目", 1, 3, 1), ("一般公共预算基本支出", 4, 3, 1))
    heads = (("合计", 4, 1, 2), ("人员经费", 5, 1, 2), ("公用经费", 6, 1, 2))
    sheet.head(("部门预算经济分类科目编码", 1, 2, 1), ("经济分类科目名称", 3, 1, 2), *heads)
    sheet.head(("类", 1, 1, 1), ("款", 2, 1, 1))

    def values(code: str = "") -> Cells:
        return f.economic(code), f.economic(code, operating=False), f.economic(code, operating=True)

    for code in tree(f.budget.basic_by_economic):
        sheet.line(int(code[:3]), code[3:] or None, f.economic_name(code), *values(code))
    sheet.line("合计", None, None, *values())


def _three_public(book: Any, f: BudgetFigures) -> None:
    sheet = book.create_sheet("部门“三公”经费和机关运行费预算表")
    sheet["A2"] = f"{f.budget.year}年部门“三公”经费和机关运行经费预算表"
    sheet.merge_cells("A2:G2")
    sheet["A3"], sheet["G3"] = f"编制部门：{f.budget.unit.name}", "单位:万元"
    for place, text in {
        "A4:F4": "“三公”经费预算数", "G4:G6": "机关运行经费预算数", "A5:A6": "合计", "B5:B6": "因公出国(境)费",
        "C5:C6": "公务接待费", "D5:F5": "公务用车购置及运行费",
    }.items():  # fmt: skip
        sheet[place.partition(":")[0]] = text
        sheet.merge_cells(place)
    sheet["D6"], sheet["E6"], sheet["F6"] = "小计", "购置费", "运行费"
    abroad, bought, run, met = (f.three_public([name]) for name in f.budget.three_public.by_name)
    amounts = (abroad + bought + run + met, abroad, met, bought + run, bought, run, f.running_costs)
    for column, amount in enumerate(amounts, 1):
        sheet.cell(7, column).value = float(amount) or None
