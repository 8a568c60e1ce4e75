"""What several cells share as a formula, as it reads in each of them."""

from __future__ import annotations

import pytest

from gongkai.source.workbook.formulas.shift import shifted


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("A1+B2", "B3+C4"),
        ("$A1+A$1+$A$1", "$A3+B$1+$A$1"),
        ("SUM(A1:B2)*2", "SUM(B3:C4)*2"),
        ("SUM(A:A)+SUM(1:1)+SUM($A:B)", "SUM(B:B)+SUM(3:3)+SUM($A:C)"),
        ("支出!A1+'A1 B2'!A1", "支出!B3+'A1 B2'!B3"),
        ('IF(A1="A1",A1,"""B2")', 'IF(B3="A1",B3,"""B2")'),
        ("LOG10(A1)+A1B+_A1+[1]表!A1", "LOG10(B3)+A1B+_A1+[1]表!B3"),
        ("XFD1+A1048576+Z9", "#REF!+#REF!+AA11"),
        ("1.5+A1%", "1.5+B3%"),
    ],
)
def test_references_move_and_nothing_else(formula, moved):
    assert shifted(formula, 2, 1) == moved


def test_a_reference_that_would_leave_the_sheet_is_lost():
    assert shifted("A1+B2", -1, -1) == "#REF!+A1"
