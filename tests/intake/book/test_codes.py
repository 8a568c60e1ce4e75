"""Every code that is told of books and workbooks is told in a test of theirs."""

from __future__ import annotations

import re

from support.slips import ROOT

READERS = ("source/workbook", "intake/book", "intake/export", "book", "reports/marked")
CODE = re.compile(r'"(GK\d{3})"')


def test_every_code_of_workbooks_has_a_test() -> None:
    source, tests = ROOT / "src/gongkai", ROOT / "tests"
    known = {
        code
        for room in READERS
        for file in (source / room).rglob("*.py")
        for code in CODE.findall(file.read_text("utf-8"))
    }
    tried = {
        code
        for room in ("source", "intake", "book", "reports/marked", "cli/workbooks")
        for file in (tests / room).rglob("test_*.py")
        for code in re.findall(r"GK\d{3}", file.read_text(encoding="utf-8"))
    }
    assert sorted(code for code in known - tried if code.startswith("GK1")) == []
