"""Findings of finished documents in every report: page and boxes, and what comes of one mistake under it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from gongkai.findings import Box, Finding, Level, Place
from gongkai.reports.findings.formats import FORMATS
from gongkai.result import Result

FILE = "某局2024年部门决算.pdf"
CELL = Place(FILE, 5, 2, "收支总表", 1, 7, (Box(10.004, 20, 30, 40),), 24)
TEXT = Place(FILE, 0, 4, page=12, boxes=(Box(1, 2, 3, 4),), paragraph=30)
FURTHER = Finding("GK841", Level.WARNING, "文字与表不符", place=TEXT)
FINDING = Finding("GK871", Level.ERROR, "合计不等", "请核对", place=CELL, excerpt="合计 12.00", consequences=(FURTHER,))
RESULT = Result(Path(FILE), [FINDING], failed=True, unit="某局", kind="决算", year=2024, role="公开文件")
TOLD = "GK841 第 12 页：文字与表不符"


def report(form: str, *results: Result) -> bytes:
    return FORMATS[form](results or (RESULT,))


@pytest.mark.parametrize("form", ["text", "html", "sarif"])
def test_what_comes_of_a_mistake_stands_under_it(form):
    said = report(form).decode("utf-8")

    assert f"由此还有：{TOLD}" in said
    assert said.index("合计不等") < said.index(TOLD)


def test_text_has_the_page_and_the_table():
    assert (
        f"{FILE} 第 7 页“收支总表”第 5 行第 2 列：错误 GK871 合计不等\n    原文：合计 12.00\n"
        in report("text").decode()
    )


def test_two_findings_of_one_page_show_their_own_words():
    findings = [Finding("GK871", Level.ERROR, "甲", place=TEXT, excerpt=words) for words in ("甲方", "乙方")]

    said = report("text", Result(Path(FILE), findings)).decode()
    assert "原文：甲方" in said
    assert "原文：乙方" in said


def test_json_has_page_boxes_and_consequences():
    [file] = json.loads(report("json"))["files"]

    [finding] = file["findings"]
    assert finding["place"] == {
        "file": FILE, "line": 5, "column": 2, "sheet": "收支总表", "cell": "B5", "page": 7,
        "boxes": [[10.0, 20, 30, 40]], "paragraph": 24,
    }  # fmt: skip
    [further] = finding["consequences"]
    assert (further["code"], further["place"]["page"], further["place"]["paragraph"]) == ("GK841", 12, 30)
    assert (file["errors"], file["warnings"]) == (1, 0)


def test_sarif_names_the_page():
    [result] = json.loads(report("sarif"))["runs"][0]["results"]

    [location] = result["locations"]
    assert location["logicalLocations"] == [{"fullyQualifiedName": "第 7 页“收支总表”第 5 行第 2 列", "kind": "cell"}]


def test_the_sheet_of_a_reviewer_has_them_in_one_row():
    book = openpyxl.load_workbook(io.BytesIO(report("xlsx")))

    values = [cell.value for row in book.active.iter_rows() for cell in row if cell.value]
    assert f"合计不等\n由此还有：{TOLD}" in values
    assert any(str(value).startswith("公开文件：") or f"公开文件：{FILE}" in str(value) for value in values)
