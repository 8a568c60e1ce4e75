"""A marked copy: every finding at its cell and in the list, and nothing else changed."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from lxml import etree

from gongkai.findings import Finding, FindingsError, Level, Place
from gongkai.reports.marked import mark
from gongkai.reports.marked.mark import marked
from support.marked_books import (
    BOOKS,
    CLERKS,
    FILE,
    FINDINGS,
    by_openpyxl,
    by_xlsxwriter,
    comments,
    found,
    looks,
    opened,
    parts_of,
    saved,
    values,
)  # fmt: skip
from support.office import complaints
from support.raw_book import LINKS, MAIN, packed, relations, sheet
from support.raw_book import parts_of as raw_parts

PATCHED = re.compile(
    r"\[Content_Types\]\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/styles\.xml"
    r"|xl/worksheets/sheet[23]\.xml|xl/comments.*|xl/drawings/(vmlDrawing1|commentsDrawing1)\.vml"
)
"""What may change: the list of sheets, the styles, the marked sheets and their comments."""


def listed(data: bytes) -> list[tuple[object, ...]]:
    return [row[:9] for row in opened(data)["核对结果"].iter_rows(min_row=2, values_only=True)]


@pytest.fixture(params=BOOKS)
def book(request: pytest.FixtureRequest) -> bytes:
    return BOOKS[request.param]()


def test_every_value_is_as_it_was_and_all_other_parts_are_the_same_bytes(book):
    data = marked(book, FINDINGS, file=FILE)
    assert values(data) == values(book)
    old, new = parts_of(book), parts_of(data)
    assert old.keys() <= new.keys()
    assert [name for name in old if old[name] != new[name] and not PATCHED.fullmatch(name)] == []
    assert [*old] == [name for name in new if name in old]


def test_a_validator_finds_no_fault_that_was_not_there_before(book, tmp_path):
    before, after = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    before.write_bytes(book)
    after.write_bytes(marked(book, FINDINGS, file=FILE))
    old = complaints(before)
    new = [told for told in complaints(after) if told not in old]
    assert [told for told in new if "inline-string" not in told or not any("inline-string" in one for one in old)] == []


def test_the_finding_stands_below_what_the_clerk_has_written(book):
    told = comments(marked(book, FINDINGS, file=FILE))
    assert told["支出", "D7"] == (
        f"{CLERKS}\n公开核对：\n错误 GK311：合计和各项之和不符\n写明的数 81.50，应为 80.00，相差 1.50\n→ 请核对 D5:D6\n"
        "警告 GK401：增减没有说明原因\n→ 请核对 D5:D6\n（公开核对完）"
    )
    assert (
        told["支出", "D5"] == "公开核对：\n豁免 GK311：合计和各项之和不符\n理由：补公开以前年度的文件\n（公开核对完）"
    )
    assert told["支出", "F40"] == "公开核对：\n警告 GK311：这一格不能空着\n（公开核对完）"
    assert told.keys() - comments(book).keys() == {("支出", c) for c in ("A1", "B3", "D5", "F40")} | {
        ("甲'的 表", "A1")
    }


def test_comments_say_who_wrote_them_and_the_clerks_stay_the_clerks():
    page = opened(marked(by_xlsxwriter(), FINDINGS, file=FILE))["支出"]
    assert (page["B3"].comment.author, page["D7"].comment.author, page["B2"].comment.author) == (
        "公开核对",
        "张×",
        "张×",
    )


def test_cells_have_the_colour_of_the_gravest_finding_and_keep_all_else(book):
    before, after = looks(book), looks(marked(book, FINDINGS, file=FILE))
    colours = {cell: after[cell][1] for cell in after if after[cell] != before.get(cell)}
    assert {cell: colour[:8] for cell, colour in colours.items() if cell[1] in {"D7", "B3"}} == {
        ("支出", "D7"): "FFFBC0C0", ("支出", "B3"): "FFBBE0F0",
    }  # fmt: skip
    assert colours["支出", "F40"].startswith("FFFDF")
    assert ("支出", "D5") not in colours  # waived
    for cell in colours.keys() & before.keys():
        assert after[cell][3:] == before[cell][3:]


def test_white_letters_stay_readable(book):
    look = looks(marked(book, FINDINGS, file=FILE))["支出", "A1"]
    assert look[1] == "FF971011"
    assert look[3] == "FFFFFFFF"


def test_a_blank_cell_is_made_in_its_row_and_column_with_the_look_of_the_column():
    data = parts_of(marked(by_xlsxwriter(), [found("F40"), found("E3"), found("E1", Level.HINT)], file=FILE))
    root = etree.fromstring(data["xl/worksheets/sheet2.xml"])
    rows = root.findall(".//m:row", {"m": MAIN})
    assert [int(row.get("r")) for row in rows] == sorted(int(row.get("r")) for row in rows)
    assert [cell.get("r") for cell in rows[0]] == ["A1", "B1", "C1", "D1", "E1"]
    assert rows[0].get("spans") == "1:5"
    assert [(row.get("r"), [cell.get("r") for cell in row]) for row in rows][-1] == ("40", ["F40"])
    assert root.find("m:dimension", {"m": MAIN}).get("ref") == "A1:F40"


def test_of_merged_cells_the_first_is_marked():
    data = marked(by_xlsxwriter(), [found("C4")], file=FILE)
    assert comments(data).keys() - comments(by_xlsxwriter()).keys() == {("支出", "B3")}
    assert listed(data)[1][2] == "支出!C4"


# --- the list ---


def test_the_list_is_the_first_tab_and_the_only_one_shown(book):
    opened_book = opened(marked(book, FINDINGS, file=FILE))
    assert opened_book.sheetnames[0] == opened_book.active.title == "核对结果"
    assert [sheet.title for sheet in opened_book.worksheets if sheet.sheet_view.tabSelected] == ["核对结果"]


def test_names_of_sheets_go_with_their_sheets(book):
    before, after = opened(book), opened(marked(book, FINDINGS, file=FILE))
    for page in before.worksheets:
        other = after[page.title]
        assert (other.print_area, other.print_title_rows) == (page.print_area, page.print_title_rows)
        assert other.auto_filter.ref == page.auto_filter.ref
    assert after.defined_names["单价"].attr_text == before.defined_names["单价"].attr_text
    workbook = etree.fromstring(parts_of(marked(book, FINDINGS, file=FILE))["xl/workbook.xml"])
    assert [view.get("activeTab") for view in workbook.iter(f"{{{MAIN}}}workbookView")] == ["0"]


def test_every_finding_is_listed_in_order_with_its_figures(book):
    header, *rows = listed(marked(book, FINDINGS, file=FILE))
    assert header == ("级别", "代码", "位置", "问题", "怎样改", "写明的数", "应为", "相差", "理由（豁免）")
    assert [row[3] for row in rows] == [finding.message for finding in FINDINGS]
    assert rows[0] == ("错误", "GK311", "支出!D7", "合计和各项之和不符", "请核对 D5:D6", 81.5, 80, 1.5, None)
    assert rows[5] == ("豁免", "GK311", "支出!D5", "合计和各项之和不符", None, None, None, None, "补公开以前年度的文件")
    assert [row[2] for row in rows[6:]] == ["甲'的 表!A1", "支出", "整个文件", "上年.xlsx 支出!D7", "没有的表!C3"]


def test_positions_lead_to_their_cells(book):
    page = opened(marked(book, FINDINGS, file=FILE))["核对结果"]
    links = [cell.hyperlink and cell.hyperlink.location for (cell,) in page.iter_rows(3, min_col=3, max_col=3)]
    assert links[0] == "'支出'!D7"
    assert links[6:] == ["'甲''的 表'!A1", "'支出'!A1", None, None, None]


def test_the_list_is_ready_to_be_printed():
    page = opened(marked(by_openpyxl(), FINDINGS, file=FILE))["核对结果"]
    assert (page.page_setup.orientation, int(page.page_setup.paperSize)) == ("landscape", 9)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert int(page.page_setup.fitToHeight) == 0
    assert (page.print_title_rows, page.freeze_panes) == ("$1:$2", "A3")
    assert page["D3"].alignment.wrap_text
    assert page.column_dimensions["J"].hidden
    assert page["A1"].value == "核对结果　我们单位.xlsx：5 个错误，4 个警告，1 个提示，豁免 1 个"


def test_what_looks_like_a_formula_is_a_text():
    page = opened(marked(by_openpyxl(), FINDINGS, file=FILE))["核对结果"]
    assert (page["D5"].value, page["D5"].data_type) == ("=1+1 不像科目", "s")
    assert page["D5"].quotePrefix
    assert not page["D4"].quotePrefix


def test_a_workbook_without_findings_says_so(book):
    data = marked(book, [], file=FILE)
    assert listed(data)[1][3] == "没有发现问题"
    assert (comments(data), looks(data)) == (comments(book), looks(book))


def test_a_sheet_of_the_clerk_with_that_name_stays():
    workbook = opened(by_openpyxl())
    workbook["说明"].title = "核对结果"
    once = marked(saved(workbook), FINDINGS, file=FILE)
    assert opened(once).sheetnames == ["核对结果(2)", "核对结果", "支出", "甲'的 表"]
    assert opened(marked(once, [], file=FILE)).sheetnames == ["核对结果(2)", "核对结果", "支出", "甲'的 表"]


# --- bounds ---


def test_texts_that_no_cell_holds_are_cut():
    data = marked(
        by_openpyxl(), [found("B2", message="长" * 40_000), found("B2", message="\x01\ufffe\ud800")], file=FILE
    )
    told = comments(data)["支出", "B2"]
    assert len(told) == 32_767
    assert told.endswith("…\n（公开核对完）")
    assert [len(row[3]) for row in listed(data)[1:]] == [32_767, len("\\x01�\\ud800")]


def test_so_many_findings_are_told_in_comments_and_all_in_the_list(monkeypatch):
    monkeypatch.setattr(mark, "MOST_IN_COMMENTS", 3)
    data = marked(by_openpyxl(), [found(f"B{n}") for n in range(10, 16)], file=FILE)
    assert {cell for _, cell in comments(data)} == {"D7", "B10", "B11", "B12"}
    assert len(listed(data)) == 7
    assert looks(data)["支出", "B15"][1] == "FFFBC0C0"


def test_a_figure_of_more_digits_than_a_program_keeps_is_a_text():
    many = Decimal("1234567890123456.78")
    row = listed(marked(by_openpyxl(), [found("B2", stated=many, expected=Decimal("1E+3"))], file=FILE))[1]
    assert row[5:8] == ("1234567890123456.78", 1000, "1234567890122456.78")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版（.xls）或设了打开密码的工作簿，不能在上面标注"),
        (b"", "这是空文件，不能在上面标注"),
        ("科目,金额".encode(), "这像是文本（CSV、TXT），不能在上面标注"),
        (b"PK\x03\x04" + bytes(50), "不能在上面标注：工作簿读不出来：压缩包损坏或不完整"),
        (packed({"word/document.xml": "<w/>"}), "不能在上面标注：这不是 .xlsx 工作簿"),
        (packed({**raw_parts({"表": sheet("")}), "xl/workbook.xml": "<!DOCTYPE a><a/>"}), "里面有不该有的声明（DTD）"),
        (packed({**raw_parts({"表": sheet("")}), "xl/styles.xml": "<styleSheet"}), "里面有一部分不是完整的 XML"),
        (packed(raw_parts({"表": sheet("")})), "不能在上面标注：工作簿读不出来：缺少应有的部分"),
        (by_xlsxwriter()[:-900], "不能在上面标注：工作簿读不出来：压缩包损坏或不完整"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # bytes of a package have the time in them
)
def test_what_cannot_be_marked_is_told(data, why):
    with pytest.raises(FindingsError) as caught:
        marked(data, FINDINGS, file=FILE)
    [finding] = caught.value.findings
    assert (finding.code, finding.level, finding.place) == ("GK157", Level.ERROR, Place(FILE))
    assert why in finding.message
    assert finding.advice


def test_a_package_that_unpacks_to_too_much_is_refused():
    bomb = packed({**raw_parts({"表": sheet("")}), "xl/media/a.bin": bytes(60_000_000)})
    with pytest.raises(FindingsError, match="大得异常"):
        marked(bomb, [], file=FILE)


# --- packages as other programs write them ---

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)


def raw(sheets: dict[str, str], **others: str | bytes) -> bytes:
    return packed({"[Content_Types].xml": TYPES, **raw_parts(sheets), **others})


def test_cells_without_references_and_a_workbook_without_styles():
    parts = raw_parts({"支出": sheet("<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>5</v></c></row>")})
    links = relations(("rId1", "worksheet", "/xl/worksheets/sheet1.xml"))
    del parts["xl/styles.xml"], parts["xl/sharedStrings.xml"]
    data = packed({"[Content_Types].xml": TYPES, **parts, "xl/_rels/workbook.xml.rels": links})
    result = marked(data, [found("B1"), found("C1"), found("A2"), found("A3")], file=FILE)
    assert values(result) == {("支出", "A1"): 1, ("支出", "B1"): 2, ("支出", "A3"): 5}
    assert {cell for _, cell in comments(result)} == {"B1", "C1", "A2", "A3"}
    assert {cell[1] for cell, look in looks(result).items() if look[1] == "FFFBC0C0"} == {"B1", "C1", "A2", "A3"}


@pytest.mark.parametrize("main", [MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"])
def test_prefixes_and_the_strict_dialect(main):
    office = LINKS if main == MAIN else "http://purl.oclc.org/ooxml/officeDocument/relationships"
    xml = (
        f'<x:worksheet xmlns:x="{main}"><x:sheetData><x:row r="2"><x:c r="B2"><x:v>7</x:v></x:c></x:row></x:sheetData>'
    )
    parts = raw_parts(
        {"支出": f'{xml}<x:pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/></x:worksheet>'}
    )
    text = {name: str(data).replace(LINKS, office).replace(MAIN, main) for name, data in parts.items()}
    result = parts_of(marked(packed({"[Content_Types].xml": TYPES, **text}), [found("B2"), found("A1")], file=FILE))
    root = etree.fromstring(result["xl/worksheets/sheet1.xml"])
    assert [etree.QName(part).localname for part in root] == ["sheetData", "pageMargins", "legacyDrawing"]
    assert {etree.QName(element).namespace for element in root.iter()} == {main}
    assert [cell.get("r") for cell in root.iter(f"{{{main}}}c")] == ["A1", "B2"]
    assert f'Type="{office}/comments"' in result["xl/worksheets/_rels/sheet1.xml.rels"].decode()
    assert etree.fromstring(result["xl/comments1.xml"]).tag == f"{{{main}}}comments"


DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<v:shape id="_x0000_s1025"><v:textbox>按<br>这里</v:textbox><x:ClientData ObjectType="Button"/></v:shape></xml>'
)


def with_drawing(drawing: str, comments_xml: str = "") -> bytes:
    links = [("rId1", "vmlDrawing", "../drawings/a.vml")]
    links += [("rId2", "comments", "../comments1.xml")] if comments_xml else []
    xml = sheet("", f'<legacyDrawing xmlns:r="{LINKS}" r:id="rId1"/><tableParts count="0"/>')
    others = {"xl/worksheets/_rels/sheet1.xml.rels": relations(*links), "xl/drawings/a.vml": drawing}
    return raw({"支出": xml}, **others, **({"xl/comments1.xml": comments_xml} if comments_xml else {}))


def test_a_drawing_that_is_no_xml_keeps_every_byte_and_gets_the_boxes_at_its_end():
    result = parts_of(marked(with_drawing(DRAWING), [found("B2")], file=FILE))
    drawing = result["xl/drawings/a.vml"].decode()
    assert drawing.startswith(DRAWING.removesuffix("</xml>"))
    assert drawing.count("<x:Row>1</x:Row><x:Column>1</x:Column>") == 1
    assert 'id="_x0000_s2049"' in drawing
    root = etree.fromstring(result["xl/worksheets/sheet1.xml"])
    assert [etree.QName(part).localname for part in root] == ["sheetData", "legacyDrawing", "tableParts"]


def test_a_drawing_without_an_end_is_damaged():
    with pytest.raises(FindingsError, match="批注框不完整"):
        marked(with_drawing(DRAWING[:-6]), [found("B2")], file=FILE)


def test_a_conversation_is_left_alone():
    thread = (
        f'<comments xmlns="{MAIN}"><authors><author>tc={{0}}</author></authors><commentList>'
        '<comment ref="B2" authorId="0"><text><t>[线程批注] 已核实</t></text></comment></commentList></comments>'
    )
    data = marked(with_drawing(DRAWING, thread), [found("B2"), found("C2")], file=FILE)
    told = etree.fromstring(parts_of(data)["xl/comments1.xml"])
    texts = {c.get("ref"): "".join(c.itertext()) for c in told.iter(f"{{{MAIN}}}comment")}
    assert texts["B2"] == "[线程批注] 已核实"
    assert texts["C2"].startswith("公开核对：")
    assert b"<x:Column>1<" not in parts_of(data)["xl/drawings/a.vml"]


def test_a_finding_without_a_place_or_beyond_the_sheet_is_listed_only():
    odd = [
        Finding("GK300", Level.ERROR, "没有位置"),
        Finding("GK300", Level.ERROR, "太远", place=Place(FILE, 2_000_000, 3, "支出", 2)),
        Finding("GK300", Level.ERROR, "太右", place=Place(FILE, 2, 20_000, "支出", 2)),
        Finding("GK300", Level.ERROR, "图", place=Place(FILE, 2, 2, "图", 4)),
    ]
    data = marked(by_xlsxwriter(), odd, file=FILE)
    assert comments(data) == comments(by_xlsxwriter())
    assert [row[3] for row in listed(data)[1:]] == ["没有位置", "太远", "太右", "图"]
