"""Which formulas are only arithmetic, and on which cells they depend."""

from __future__ import annotations

import pytest

from gongkai.source.workbook.formulas.parse import MOST_DEPTH, Area, areas_of, parse


@pytest.mark.parametrize(
    ("formula", "areas"),
    [
        ("B2*2", [Area(None, 2, 2, 2, 2)]),
        ("$B$2+b3", [Area(None, 2, 2, 2, 2), Area(None, 3, 2, 3, 2)]),
        ("SUM(A1:B3, 支出!C4)", [Area(None, 1, 1, 3, 2), Area("支出", 4, 3, 4, 3)]),
        ("SUM('2.15 单位''收支'!$A$1:$A$9)", [Area("2.15 单位'收支", 1, 1, 9, 1)]),
        ("2.15单位收支总表!A1", [Area("2.15单位收支总表", 1, 1, 1, 1)]),
        ("SUM(B:C)", [Area(None, 1, 2, 1_048_576, 3)]),
        ("SUM(2:3)", [Area(None, 2, 1, 3, 16_384)]),
        ("SUM(B3:A1)", [Area(None, 1, 1, 3, 2)]),
        ("Sheet1!#REF!+A1", [Area(None, 1, 1, 1, 1)]),
    ],
)
def test_cells_of_arithmetic(formula, areas):
    assert list(areas_of(parse(formula))) == areas


@pytest.mark.parametrize(
    "formula",
    [
        "IF(A1>0,1,2)", "A1&B1", "A1=B1", '"甲"', "A1^2", "TRUE", "{1,2}", "_xlfn.SUM(A1)", "A1#", "合计金额",
        "[1]支出!A1", "'[别的.xlsx]支出'!A1", "一月:三月!A1", "SUM(A1:A2 B1:B2)", "SUM(表1[金额])", "A1:B2:C3",
        "SUM()", "SUM(A1,)", "SUM(1", "ROUND(A1)", "ROUND(A1,1,2)", "(A1", "A1)", "A1(", "", "+", "1 2",
        "XFE1", "A1048577", "A0", "1e999", "1+" * 5000 + "1", "-" * 70 + "1",
        "(" * (MOST_DEPTH + 1) + "1" + ")" * (MOST_DEPTH + 1),
    ],
)  # fmt: skip
def test_what_is_more_than_arithmetic_is_not_read(formula):
    assert parse(formula) is None


def test_as_many_brackets_as_the_programs_take_are_read():
    assert parse("(" * MOST_DEPTH + "A1" + ")" * MOST_DEPTH) == Area(None, 1, 1, 1, 1)
