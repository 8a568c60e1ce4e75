"""What a unit calls itself, and whatever else it writes, is never reckoned by a spreadsheet, and never cut."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from gongkai.findings import Finding, FindingsError, Level
from gongkai.produce.unit import Settings, make_unit
from gongkai.reports.batch.outcomes import Report
from gongkai.reports.batch.xlsx import report_xlsx
from gongkai.reports.findings.xlsx import xlsx_report
from gongkai.result import Result
from gongkai.texts.formulas import like_a_formula
from support.examples import EXAMPLE
from support.workbook import S, sheets_of

SIGNS = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]
UNIT = "克孜勒苏柯尔克孜自治州商务局"


def made(tmp_path, name, formats, text=None, more=()):
    source = (text or EXAMPLE.read_text(encoding="utf-8")).replace(UNIT, name)
    for old, new in more:
        assert old in source
        source = source.replace(old, new)
    file = tmp_path / "单位.yaml"
    file.write_text(source, encoding="utf-8")
    return make_unit(file, Settings(tmp_path, formats, pack="base"))


def formulas(data):
    return [cell for sheet in sheets_of(data) for cell in sheet.xml.iter(S + "f")]


def test_the_example_bears_the_name_that_these_tests_replace():
    assert UNIT in EXAMPLE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["=1+1", "{=1+1}", "+1+1", "-1+1", "@SUM(A1:A9)", '=HYPERLINK("http://a","b")'])
def test_the_name_of_a_unit_is_a_text_in_the_workbook(tmp_path, name):
    result, contents = made(tmp_path, f"'{name}'", ["xlsx"])
    assert not result.failed, result.findings
    data = contents["单位.xlsx"]
    assert formulas(data) == []
    sheets = sheets_of(data)
    assert sheets[0].cells[0, 0].startswith(name)
    assert not [sheet.name for sheet in sheets if "=" in sheet.name]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        book, core = package.read("xl/workbook.xml").decode(), package.read("docProps/core.xml").decode()
    areas = re.findall(r"<definedName[^>]*>([^<]*)</definedName>", book)
    assert areas
    assert all(re.fullmatch(r"'?表?[^'!]*'?!\$\d+:\$\d+", area) for area in areas), areas
    assert etree.fromstring(core.encode()).findtext("{*}title").startswith(name)


def test_a_text_that_looks_like_a_formula_is_marked_as_a_text_for_who_edits_the_cell(tmp_path):
    _, contents = made(tmp_path, "'=1+1'", ["xlsx"])
    with zipfile.ZipFile(io.BytesIO(contents["单位.xlsx"])) as package:
        styles = etree.fromstring(package.read("xl/styles.xml"))
        sheet = etree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    looks = styles.find(S + "cellXfs")
    first = next(sheet.iter(S + "c"))
    assert looks[int(first.get("s"))].get("quotePrefix") == "1"


@pytest.mark.parametrize("sign", SIGNS)
def test_reports_as_workbooks_tell_what_was_written(sign):
    words = f"{sign}SUM(A1)"
    finding = Finding("GK401", Level.ERROR, words, advice=words, excerpt=words)
    check = xlsx_report([Result(Path(f"{sign}a.yaml"), [finding], failed=True, unit=words), Result(Path("b"))])
    batch = report_xlsx(Report([], 0.0, 1, [finding]))
    for data in (check, batch):
        assert formulas(data) == []
        assert any(words in str(value) for sheet in sheets_of(data) for value in sheet.cells.values())


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        *((f"{sign}甲", True) for sign in SIGNS),
        ("\t=1", True), ("\r=1", True), ("　=1", True), ("-1+1", True), ("=100%", True), ("--1", True), ("-5分", True),
        ("-5", False), ("-1,234.50", False), ("-3.2%", False), ("+5", False), ("—", False), ("-", False),
        ("--", False), ("－", False), ("甲=1", False), ("≥90%", False), ("", False), ("2080505", False),
    ],
)  # fmt: skip
def test_what_looks_like_a_formula(text, formula):
    assert like_a_formula(text) is formula


def test_open_data_follow_the_rule_that_they_state(tmp_path):
    result, contents = made(tmp_path, "'=1+1'", ["data"], more=[('"2023年单位其他资金账户结余资金"', "'@SUM(A1)'")])
    assert not result.failed
    with zipfile.ZipFile(io.BytesIO(contents["单位-数据.zip"])) as package:
        files = {name: package.read(name).decode("utf-8-sig") for name in package.namelist()}
    tables = [csv.reader(io.StringIO(text)) for name, text in files.items() if name.endswith(".csv")]
    cells = [cell for table in tables for row in table for cell in row]
    assert " @SUM(A1)" in cells
    assert not [cell for cell in cells if like_a_formula(cell) and not cell.startswith(" ")]
    description = json.loads(files["datapackage.json"])["description"]
    assert "以 =、+、-、@ 开头的文字前面加一个空格" in description
    assert json.loads(files["数据.json"])["单位"] == "=1+1"


@pytest.mark.parametrize("text", ["字" * 32_768, "𠮷" * 16_384])
def test_a_text_that_no_cell_holds_is_refused_and_not_cut(text):
    with pytest.raises(FindingsError) as caught:
        xlsx_report([Result(Path("a.yaml"), [Finding("GK401", Level.ERROR, text)], failed=True)])
    [finding] = caught.value.findings
    assert finding.code == "GK642"
    whole = text[:-1]
    data = xlsx_report([Result(Path("a.yaml"), [Finding("GK401", Level.ERROR, whole)], failed=True)])
    assert whole in [value for sheet in sheets_of(data) for value in sheet.cells.values()]


def test_negative_figures_stay_numbers():
    finding = Finding("GK401", Level.ERROR, "相差", stated=Decimal("-848.41"), expected=Decimal(0))
    [sheet] = sheets_of(xlsx_report([Result(Path("a.yaml"), [finding], failed=True)]))
    assert Decimal("-848.41") in sheet.cells.values()
