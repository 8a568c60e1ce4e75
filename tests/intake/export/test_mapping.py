"""What a user says of sheets and headers: read as far as it can be used, and told where it cannot."""

from __future__ import annotations

import pytest

from gongkai.intake.export.importing import import_tables
from gongkai.intake.export.mapping import read_mapping
from support.exports import as_read, data_of, opened
from support.import_facts import compared

GOOD = {
    "工作表": {"表A ": "支出总体"},
    "栏目": {"项目支出": {"商品及服务": "302"}},
    "金额单位": "元",
    "不取用": ["草稿"],
}


def test_a_mapping_is_read():
    mapped, findings = read_mapping(GOOD)

    assert findings == []
    assert (mapped.sheets, mapped.yuan, mapped.ignored) == ({"表A": "支出总体"}, True, frozenset({"草稿"}))
    assert mapped.headers == {"项目支出": {"商品及服务": "302"}}


@pytest.mark.parametrize("nothing", [None, {}, {"工作表": None, "栏目": "", "金额单位": "", "不取用": None}])
def test_nothing_is_a_mapping_that_says_nothing(nothing):
    mapped, findings = read_mapping(nothing)

    assert (mapped.sheets, mapped.headers, mapped.yuan, findings) == ({}, {}, None, [])


@pytest.mark.parametrize(
    ("mapping", "path", "advice"),
    [
        ({"工作薄": {}}, ("工作薄",), "是否想写“工作表”？"),
        ({"工作表": ["表1"]}, ("工作表",), "写作"),
        ({"工作表": {"表1": "财政拨款收支表"}}, ("工作表", "表1"), "是否想写“财政拨款收支”？"),
        ({"栏目": {"项目支出": {"金额": "合计数"}}}, ("栏目", "项目支出", "金额"), "是否想写“合计”？"),
        ({"栏目": {"项目": {}}}, ("栏目", "项目"), "项目支出"),
        ({"金额单位": "千元"}, ("金额单位",), "写作"),
        ({"不取用": "草稿"}, ("不取用",), "写作"),
    ],
)
def test_what_cannot_be_used_is_told(mapping, path, advice):
    _, [finding] = read_mapping(mapping)

    assert (finding.code, finding.path) == ("GK177", path)
    assert advice in finding.advice


def test_a_sheet_of_no_title_is_what_the_mapping_says():
    """A sheet that nobody could tell apart: no title, and heads that several tables have."""
    book = opened("minimal-budget")
    sheet = next(s for s in book.worksheets if s.title.startswith("表8"))
    sheet["A1"], sheet["A2"], sheet.title = None, None, "乙"
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == "政府性基金预算支出":
                cell.value = "支出"
    unsaid = import_tables([as_read(book)])
    said = import_tables([as_read(book)], {"工作表": {"乙": "政府性基金"}})

    assert [(f.code, f.place.sheet) for f in unsaid.findings] == [("GK170", "乙")]
    assert said.findings == []
    assert compared(data_of("minimal-budget"), said).wrong == []


def test_a_sheet_can_be_left_alone():
    book = opened("minimal-budget")
    book.create_sheet("草稿")["A1"] = "随手记的"

    result = import_tables([as_read(book)], {"不取用": ["草稿"]})

    assert result.findings == []
