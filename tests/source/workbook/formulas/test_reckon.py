"""Formulas without kept values come to what the programs show for them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.source.workbook.cells import Cell, Kind
from gongkai.source.workbook.formats import GENERAL, format_of
from gongkai.source.workbook.formulas.reckon import MOST_WORK, reckon
from gongkai.source.workbook.grid import Grid, Pending
from gongkai.source.workbook.names import position
from gongkai.source.workbook.values import error_cell, flag_cell, number_cell, text_cell, unknown_cell

KNOWN = {
    "A1": number_cell("12.5", GENERAL, since_1904=False),
    "A2": number_cell("0.1", GENERAL, since_1904=False),
    "A3": text_cell("7"),
    "A4": text_cell("合计"),
    "A5": flag_cell(True),
    "A6": error_cell("#N/A"),
    "A7": unknown_cell("NOW()"),
    "A8": number_cell("45347", format_of("yyyy-mm-dd"), since_1904=False),
    "A9": text_cell("2024-2-25"),
    "A10": text_cell("1,200.50"),
    "A11": text_cell(" 12% "),
}


def grid(formulas: dict[str, str], name: str = "表", number: int = 1, code: str = "") -> Grid:
    pending = {position(at): Pending(formula, format_of(code)) for at, formula in formulas.items()}
    return Grid(name, number, cells={position(at): cell for at, cell in KNOWN.items()}, pending=pending)


def outcome(formula: str, code: str = "") -> Cell:
    sheet = grid({"C3": formula}, code=code)
    reckon([sheet, Grid("别的 表", 2, cells={(1, 1): number_cell("5", GENERAL, since_1904=False)})], since_1904=False)
    return sheet.cells[(3, 3)]


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("A1+A2", "12.6"),
        ("0.1+0.2", "0.3"),
        ("-A1*2", "-25"),
        ("2-3-4", "-5"),
        ("2*3/4", "1.5"),
        ("100/8/2", "6.25"),
        ("(1+2)*-3", "-9"),
        ("50%", "0.5"),
        ("-50%+1", "0.5"),
        ("1/3", "0.333333333333333"),
        ("2/3", "0.666666666666667"),
        ("1/3*3-1", "0"),
        ("1/3+1/3+1/3", "1"),
        ("A1+Z99", "12.5"),
        ("Z99", "0"),
        ("A3+1", "8"),
        ("A3*1", "7"),
        ("A10*2", "2401"),
        ("A11*100", "12"),
        ("A5+1", "2"),
        ("SUM(A1:A5)", "12.6"),
        ("SUM(A1,A3,2)", "14.5"),
        ("SUM(A1:A2,A1:A2)", "25.2"),
        ("SUM(A3:A4)", "0"),
        ("sum('别的 表'!A:A)", "5"),
        ("'别的 表'!$A$1*A1", "62.5"),
        ("ROUND(2.345,2)", "2.35"),
        ("ROUND(-2.345,2)", "-2.35"),
        ("ROUND(1.005,2)", "1.01"),
        ("ROUND(1250,-2)", "1300"),
        ("ROUND(A1,0)", "13"),
        ("ROUND(1234.5,-400)", "0"),
        ("ROUND(12.5,999)", "12.5"),
        ("999999999999999-999999999999998", "1"),
        ("1e-300*1e-300", "0"),
        ("A8+1", "45348"),
    ],
)
def test_arithmetic(formula, text):
    cell = outcome(formula)
    assert (cell.kind, cell.text, cell.shown, cell.formula) == (Kind.NUMBER, text, text, formula)


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("A1/0", "#DIV/0!"),
        ("1/Z99", "#DIV/0!"),
        ("A4+1", "#VALUE!"),
        ("SUM(A1:A6)", "#N/A"),
        ("A6", "#N/A"),
        ("#REF!+1", "#REF!"),
        ("SUM(#REF!)", "#REF!"),
        ("删了的表!A1", "#REF!"),
        ("表!#REF!", "#REF!"),
        ("1e300*1e300", "#NUM!"),
        ("A1/0+A6", "#DIV/0!"),
    ],
)
def test_errors_go_on_to_what_depends_on_them(formula, text):
    cell = outcome(formula)
    assert (cell.kind, cell.text) == (Kind.ERROR, text)


@pytest.mark.parametrize(
    "formula", ["IF(A1>0,1,2)", "A7+1", "SUM(A1:A7)-1+A7", "A7", "A9+1", "A1:A3", "A1:A2+1", "-A1:A2"]
)
def test_of_others_nobody_knows(formula):
    if formula.startswith("SUM"):  # an error comes before what is not known
        formula = formula.replace("A1:A7", "A1:A5,A7")
    cell = outcome(formula)
    assert (cell.kind, cell.text, cell.formula) == (Kind.UNKNOWN, "", formula)


def test_a_reference_says_what_the_cell_says():
    assert outcome("A4") == Cell(Kind.TEXT, "合计", "合计", "A4")
    assert outcome("A5") == Cell(Kind.FLAG, "是", "是", "A5")
    assert outcome("A8", "yyyy-mm-dd") == Cell(Kind.DATE, "2024-02-25", "2024-02-25", "A8")
    assert outcome("A1/100", "0.0%") == Cell(Kind.NUMBER, "0.125", "12.5%", "A1/100")


def test_formulas_may_depend_on_formulas_in_any_order_and_on_any_sheet():
    first = grid({"C1": "C2+1", "C2": "二!C1*2"}, "一")
    second = grid({"C1": "C2", "C2": "SUM(A1:A2)"}, "二", 2)
    reckon([first, second], since_1904=False)
    assert [first.cells[(row, 3)].text for row in (1, 2)] == ["26.2", "25.2"]
    assert not first.pending


def test_what_is_not_rounded_on_the_way_is_rounded_at_the_end():
    sheet = grid({"C1": "1/3", "C2": "C1*3"})
    reckon([sheet], since_1904=False)
    assert sheet.cells[(2, 3)].text == "1"


def test_circles_are_not_known_and_others_are():
    sheet = grid(
        {"C1": "C2+1", "C2": "C3", "C3": "C1", "C4": "C4", "C5": "C1+1", "C6": "SUM(C7:C8)", "C7": "A1", "C8": "1"}
    )
    reckon([sheet], since_1904=False)
    assert {row: sheet.cells[(row, 3)].kind for row in range(1, 6)} == dict.fromkeys(range(1, 6), Kind.UNKNOWN)
    assert sheet.cells[(6, 3)].text == "13.5"


def test_a_way_of_any_length_leads_to_the_end():
    last = 20_000
    sheet = grid({f"C{row}": f"C{row + 1}+1" for row in range(1, last)} | {f"C{last}": "1"})
    reckon([sheet], since_1904=False)
    assert Decimal(sheet.cells[(1, 3)].text) == last


def test_work_without_end_is_given_up():
    rows = 4000
    sheet = grid({f"C{row}": f"SUM(C{row + 1}:C{rows})" for row in range(1, rows)} | {f"C{rows}": "1"})
    reckon([sheet], since_1904=False)
    assert rows * rows > MOST_WORK
    assert sheet.cells[(1, 3)].kind is Kind.UNKNOWN
