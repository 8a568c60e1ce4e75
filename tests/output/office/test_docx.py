"""The Word file: real styles, sections, merged cells, contents; and equal bytes."""

from __future__ import annotations

import datetime
import io
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import docx
import lxml.html
import pytest
import yaml
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from gongkai.document.allowed_markup import refuse_foreign
from gongkai.document.parse import HtmlDocument
from gongkai.findings import FindingsError
from gongkai.output.docx import package
from gongkai.output.docx.page import Orientation, text_width
from gongkai.output.docx.styles import PARAGRAPH_STYLES
from gongkai.output.docx.writer import render_docx
from gongkai.packs.style import Style

ROOT = Path(__file__).resolve().parents[3]
W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
PUBLISHED = datetime.date(2024, 2, 25)
PAGES = {"part-1": 1, "h-1": 1, "h-2": 2, "part-2": 3, "t-1": 3, "t-2": 4, "t-3": 6, "part-3": 8, "h-3": 8}

PROSE = (
    "2024年，本单位收入预算1,046.82万元，其中：一般公共预算1,046.82万元，占100.00%，比上年增加74.33万元，"
    "主要原因是：人员增加，工资福利支出相应增加；“三公”经费按照过紧日子的要求从严控制。"
)
GRID_HEAD = (
    '<thead><tr><th scope="col" colspan="3">功能分类科目编码</th>'
    '<th scope="col" rowspan="2">功能分类科目名称</th>'
    '<th scope="col" rowspan="2">合计</th><th scope="col" colspan="2">其中：</th></tr>'
    '<tr><th scope="col">类</th><th scope="col">款</th><th scope="col">项</th>'
    '<th scope="col">基本支出</th><th scope="col">项目支出</th></tr></thead>'
)
GRID_COLUMNS = '<colgroup><col style="width:6%"><col style="width:6%"><col style="width:6%">' + (
    '<col style="width:31%"><col style="width:17%"><col style="width:17%"><col style="width:17%"></colgroup>'
)


def sheet(number: int, title: str, tables: str, orientation: str = "portrait", notes: str = "") -> str:
    return (
        f'<section class="sheet" data-orientation="{orientation}"><p class="table-id">表 {number}</p>'
        f'<p class="table-title" id="t-{number}">{title}</p>'
        '<p class="table-unit"><span>编制单位：某某州某某局</span><span>单位：万元</span></p>'
        f"{tables}{notes}</section>"
    )


def grid_table(rows: int) -> str:
    """A table with a header of two rows, codes, names, figures and a total."""
    body = "".join(
        f'<tr><td class="code">201</td><td class="code">{row:02d}</td><td class="code">01</td>'
        f'<td class="text">行政运行<br>（第{row}项）</td><td class="num">1,046.82</td>'
        '<td class="num">1,000.00</td><td class="num">46.82</td></tr>'
        for row in range(rows)
    )
    total = (
        '<tr class="total"><td class="center" colspan="4">合计</td><td class="num">1,046.82</td>'
        '<td class="num">1,000.00</td><td class="num">46.82</td></tr>'
    )
    return f"<table>{GRID_COLUMNS}{GRID_HEAD}<tbody>{body}{total}</tbody></table>"


def form_and_grid() -> str:
    """A performance form: a block of labels with merged rows above, a grid with its own header below."""
    form = (
        '<table><colgroup><col style="width:10%"><col style="width:15%"><col style="width:25%">'
        '<col style="width:25%"><col style="width:25%"></colgroup><tbody>'
        '<tr><th scope="row" class="label" colspan="2">项目名称</th>'
        '<td class="text" colspan="3">某某经费</td></tr>'
        '<tr><td class="label" rowspan="2">年度资金<br>总额</td><td class="label">财政拨款</td>'
        '<td class="num">46.82</td>'
        '<td class="label" colspan="2" rowspan="2"><p>其他资金</p><p>（如有）</p></td></tr>'
        '<tr><td class="label">其他</td><td class="num">0.00</td></tr>'
        '<tr><td class="label">总体目标</td>'
        f'<td class="text" colspan="4">{PROSE * 4}</td></tr></tbody></table>'
    )
    body = "".join(
        (f'<tr><td class="label" rowspan="15">产出{number // 15 + 1}</td>' if number % 15 == 0 else "<tr>")
        + f'<td class="text">数量指标{number}</td><td class="text">完成率</td>'
        '<td class="center">≥95%</td></tr>'
        for number in range(60)
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("一级指标", "二级指标", "三级指标", "指标值"))
    return form + (
        '<table><colgroup><col style="width:10%"><col style="width:30%"><col style="width:33.33%">'
        f'<col style="width:26.67%"></colgroup><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    )


def sample_html() -> str:
    note = '<p class="table-note">备注：无内容应公开空表。</p>'
    return f"""<html lang="zh-CN"><head><title>某某局2024年单位预算公开</title></head><body>
    <section class="cover"><p class="cover-unit">某某州某某局</p>
      <p class="cover-title">2024年单位预算<br>公开</p><p class="cover-date">2024年2月25日</p></section>
    <nav class="toc"><p class="toc-title">目　录</p>
      <p class="toc-1"><a href="#part-1">第一部分　单位概况</a></p>
      <p class="toc-2"><a href="#h-1">一、主要职能</a></p><p class="toc-2"><a href="#h-2">二、机构设置</a></p>
      <p class="toc-1"><a href="#part-2">第二部分　2024年单位预算表</a></p>
      <p class="toc-2"><a href="#t-1">表 1　单位收支总体情况表</a></p>
      <p class="toc-2"><a href="#t-2">表 2　单位支出总体情况表</a></p>
      <p class="toc-2"><a href="#t-3">表 3　项目支出绩效目标表</a></p>
      <p class="toc-1"><a href="#part-3">第三部分　预算情况说明</a></p>
      <p class="toc-2"><a href="#h-3">一、收支总体情况</a></p></nav>
    <section class="part"><h1 id="part-1">第一部分　单位概况</h1>
      <h2 id="h-1">一、主要职能</h2><!-- a comment --><p></p>
      <p>{PROSE}</p><h3>（一）内设机构</h3><p>{PROSE * 4}</p>
      <section class="block"><h2 id="h-2">二、机构设置</h2><p>{PROSE * 3} A&amp;B &lt;1&gt;
         ※</p></section></section>
    <section class="part"><h1 id="part-2">第二部分　2024年单位预算表</h1>
      {sheet(1, "单位收支总体情况表", grid_table(4), notes=note)}
      {sheet(2, "单位支出总体情况表", grid_table(60), "landscape")}
      {sheet(3, "项目支出绩效目标表", form_and_grid(), "landscape")}
      {sheet(4, "政府性基金预算支出情况表", grid_table(0))}
    </section>
    <section class="part"><h1 id="part-3">第三部分　预算情况说明</h1>
      <h2 id="h-3">一、收支总体情况</h2><p>{PROSE}</p>
      <p class="sign">某某州某某局</p><p class="sign">2024年2月25日</p></section>
    </body></html>"""


def load_style() -> Style:
    return Style.model_validate(yaml.safe_load((ROOT / "templates/base/style.yaml").read_text(encoding="utf-8")))


def html_document(html: str) -> HtmlDocument:
    return HtmlDocument(lxml.html.document_fromstring(html), "某某局2024年单位预算公开", "某某州某某局", PUBLISHED)


def render(html: str | None = None) -> bytes:
    return render_docx(html_document(html or sample_html()), load_style(), PAGES)


@pytest.fixture(scope="module")
def data() -> bytes:
    return render()


@pytest.fixture(scope="module")
def word(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


@pytest.fixture(scope="module")
def body(data: bytes) -> etree._Element:
    return body_of(data)


def body_of(data: bytes) -> etree._Element:
    body: etree._Element = docx.Document(io.BytesIO(data)).element.body
    return body


def find(element: etree._Element, path: str) -> list[etree._Element]:
    """XPath with the prefix w; python-docx gives its elements an ``xpath`` of another signature."""
    return cast(list[etree._Element], etree._Element.xpath(element, path, namespaces=W))


def value(element: etree._Element, name: str = "val") -> str:
    return element.get(qn(f"w:{name}")) or ""


def style_of(paragraph: etree._Element) -> str:
    return value(find(paragraph, "w:pPr/w:pStyle")[0])


def text_in(element: etree._Element) -> str:
    return "".join(str(text.text) for text in find(element, ".//w:t"))


def paragraph_with(body: etree._Element, text: str, style: str) -> etree._Element:
    return next(p for p in find(body, ".//w:p") if style_of(p) == style and text_in(p) == text)


def sections(body: etree._Element) -> Iterator[tuple[etree._Element, list[etree._Element]]]:
    """Each section's properties with its blocks; a section's properties stand at its end."""
    blocks: list[etree._Element] = []
    for child in body:
        if child.tag == qn("w:sectPr"):
            yield child, blocks
            return
        blocks.append(child)
        for properties in find(child, "w:pPr/w:sectPr"):
            yield properties, blocks
            blocks = []


class TestStyles:
    @pytest.mark.parametrize("known", PARAGRAPH_STYLES, ids=lambda known: known.name)
    def test_shows_its_role(self, word: Document, known: object) -> None:
        style, look = next(s for s in PARAGRAPH_STYLES if s is known), load_style()
        role = look.roles[style.role]
        (element,) = find(word.styles.element, f"w:style[@w:styleId='{style.id}']")
        (fonts,) = find(element, "w:rPr/w:rFonts")
        office = look.font_of(style.role).office
        assert {value(fonts, name) for name in ("eastAsia", "ascii", "hAnsi", "cs")} == {office}
        assert value(find(element, "w:rPr/w:sz")[0]) == f"{role.size * 2:.0f}"
        (spacing,) = find(element, "w:pPr/w:spacing")
        assert value(spacing, "line") == f"{role.line * 20:.0f}"
        assert value(spacing, "lineRule") == "exact"

    def test_first_line_indent_counts_characters(self, word: Document) -> None:
        indents = {
            style: find(word.styles.element, f"w:style[@w:styleId='{style}']/w:pPr/w:ind")[0]
            for style in ("Normal", "NormalIndent")
        }
        assert value(indents["NormalIndent"], "firstLineChars") == "200"
        assert value(indents["NormalIndent"], "firstLine") == "640"  # two characters of 三号, 16 pt
        assert value(indents["Normal"], "firstLineChars") == "0"

    def test_built_in_styles_are_those_of_word(self, word: Document) -> None:
        for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "toc 1", "toc 2", "Caption"):
            assert word.styles[name].builtin, name
        assert not word.styles["表格数字"].builtin

    def test_no_theme_font_overrides_the_faces(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert b"Theme=" not in archive.read("word/styles.xml")

    def test_free_faces_stand_in_for_office_fonts(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            fonts = etree.fromstring(archive.read("word/fontTable.xml"))
        stand_ins = {value(font, "name"): value(find(font, "w:altName")[0]) for font in fonts}
        expected = {font.office: font.family for font in load_style().fonts.values()}
        assert stand_ins == expected

    def test_every_style_used_exists(self, word: Document, body: etree._Element) -> None:
        defined = {value(style, "styleId") for style in find(word.styles.element, "w:style")}
        used = {value(style) for style in find(body, ".//w:pStyle|.//w:tblStyle")}
        assert used <= defined
        assert used >= {
            "Title",
            "Heading1",
            "Heading2",
            "Heading3",
            "SignOff",
            "TableNote",
            "DisclosureTable",
        }

    def test_nothing_is_formatted_directly(self, body: etree._Element) -> None:
        assert not find(body, ".//w:r/w:rPr")
        assert not find(body, ".//w:tcBorders")
        direct = {etree.QName(element).localname for element in find(body, ".//w:p/w:pPr/*")}
        assert direct <= {"pStyle", "pageBreakBefore", "outlineLvl", "sectPr"}


class TestSections:
    def test_orientations(self, body: etree._Element) -> None:
        turned = [value(find(sect, "w:pgSz")[0], "orient") for sect, _ in sections(body)]
        # cover, contents, part 1 to sheet 1, sheets 2 and 3, sheet 4 to part 3
        assert turned == ["", "", "", "landscape", ""]

    def test_landscape_swaps_the_paper_and_takes_its_own_margins(self, body: etree._Element) -> None:
        (landscape,) = [sect for sect, _ in sections(body) if find(sect, "w:pgSz[@w:orient]")]
        size, margins = find(landscape, "w:pgSz")[0], find(landscape, "w:pgMar")[0]
        assert (value(size, "w"), value(size, "h")) == ("16838", "11906")
        assert (value(margins, "left"), value(margins, "top")) == ("1134", "1361")

    def test_page_numbers_start_with_the_first_part(self, body: etree._Element) -> None:
        all_sections = [sect for sect, _ in sections(body)]
        footers = [[value(reference, "type") for reference in find(sect, "w:footerReference")] for sect in all_sections]
        assert footers == [[], [], ["default", "even"], [], []]
        starts = [[value(number, "start") for number in find(sect, "w:pgNumType")] for sect in all_sections]
        # Nothing but the body states a number: every program counts cover and contents from 1, as on paper.
        assert starts == [[], [], ["1"], [], []]

    def test_contents_of_two_pages_leave_the_counting_alone(self) -> None:
        more = '<p class="toc-2"><a href="#h-3">一、收支总体情况</a></p>' * 35
        data = render(sample_html().replace("</nav>", more + "</nav>"))
        starts = [sect for sect, _ in sections(body_of(data)) if find(sect, "w:pgNumType")]
        assert [value(find(sect, "w:pgNumType")[0], "start") for sect in starts] == ["1"]

    def test_page_number_is_a_field_in_the_form_of_the_pack(self, word: Document) -> None:
        section = word.sections[2]
        for footer, style in ((section.footer, "Footer"), (section.even_page_footer, "FooterEven")):
            (paragraph,) = footer.paragraphs
            assert paragraph.text == "— 1 —"
            assert paragraph.style is not None
            assert paragraph.style.style_id == style
            assert [text.text for text in find(paragraph._p, ".//w:instrText")] == [" PAGE "]
        assert find(word.settings.element, "w:evenAndOddHeaders")
        indents = [find(word.styles.element, f"w:style[@w:styleId='{s}']/w:pPr")[0] for s in ("Footer", "FooterEven")]
        assert [value(find(p, "w:jc")[0]) for p in indents] == ["right", "left"]
        assert value(find(indents[0], "w:ind")[0], "rightChars") == "100"
        assert value(find(indents[1], "w:ind")[0], "leftChars") == "100"

    @pytest.mark.parametrize(
        ("text", "style"),
        [
            ("第二部分　2024年单位预算表", "Heading1"),
            ("表 3", "TableId"),
            ("第三部分　预算情况说明", "Heading1"),
        ],
    )
    def test_parts_and_sheets_start_a_page(self, body: etree._Element, text: str, style: str) -> None:
        assert find(paragraph_with(body, text, style), "w:pPr/w:pageBreakBefore")

    def test_a_part_takes_its_first_table_onto_its_page(self, body: etree._Element) -> None:
        assert not find(paragraph_with(body, "表 1", "TableId"), "w:pPr/w:pageBreakBefore")

    def test_every_part_of_a_divided_table_starts_a_page(self) -> None:
        """Twelve amounts of a thousand million beside a name: Word gets the parts that the PDF has."""
        cells = "<td class='num'>1,234,567,890.12</td>" * 12
        head = "<thead><tr><th>名称</th>" + "<th>金额</th>" * 12 + "</tr></thead>"
        row = f"<tr><td class='text'>行政运行</td>{cells}</tr>"
        columns = "<colgroup>" + "<col style='width:7.69%'>" * 13 + "</colgroup>"
        table = f"<table class='grid'>{columns}{head}<tbody>{row}</tbody></table>"
        html = sample_html().replace("</body>", f"{sheet(9, '很宽的表', table, 'landscape')}</body>")
        body = body_of(render(html))

        marks = [p for p in find(body, "w:p") if text_in(p).strip() == "（续表）"]
        assert marks
        assert all(find(mark, "w:pPr/w:pageBreakBefore") for mark in marks)
        assert all(mark.getnext().tag == qn("w:tbl") for mark in marks)

    def test_no_page_break_where_a_section_starts(self, body: etree._Element) -> None:
        for _, blocks in sections(body):
            assert not find(blocks[0], "w:pPr/w:pageBreakBefore")

    def test_no_empty_paragraph_but_the_thin_one(self, body: etree._Element) -> None:
        empty = [p for p in find(body, "w:p|w:sdt/w:sdtContent/w:p") if not text_in(p)]
        assert {style_of(p) for p in empty} == {"Spacer"}
        for spacer in empty:  # only where Word insists on a paragraph
            before = spacer.getprevious()
            assert before is None or before.tag in (qn("w:tbl"), qn("w:sdt")) or find(spacer, ".//w:fldChar")


class TestTables:
    def test_grid_and_cells_fill_the_text_width(self, body: etree._Element) -> None:
        counted = 0
        for sect, blocks in sections(body):
            turned: Orientation = "landscape" if find(sect, "w:pgSz[@w:orient]") else "portrait"
            width = text_width(load_style().page, turned)
            for table in (block for block in blocks if block.tag == qn("w:tbl")):
                grid = [int(value(column, "w")) for column in find(table, "w:tblGrid/w:gridCol")]
                assert sum(grid) == width == int(value(find(table, "w:tblPr/w:tblW")[0], "w"))
                for row in find(table, "w:tr"):
                    assert_row_follows(row, grid)
                counted += 1
        assert counted == 5

    def test_header_cells_are_merged_and_repeated(self, word: Document) -> None:
        table = word.tables[0]
        rows = find(table._tbl, "w:tr")
        assert [bool(find(row, "w:trPr/w:tblHeader")) for row in rows] == [True, True] + [False] * 5
        assert table.cell(0, 0).text == table.cell(0, 2).text == "功能分类科目编码"
        assert table.cell(0, 3).text == table.cell(1, 3).text == "功能分类科目名称"
        assert [table.cell(1, column).text for column in (0, 1, 2, 5, 6)] == [
            "类",
            "款",
            "项",
            "基本支出",
            "项目支出",
        ]
        assert all(find(cell, "w:tcPr/w:shd[@w:fill='f2f2f2']") for row in rows[:2] for cell in find(row, "w:tc"))
        assert not find(rows[2], ".//w:shd")

    def test_cell_classes_choose_the_style(self, word: Document) -> None:
        row = find(word.tables[0]._tbl, "w:tr")[2]
        styles = [value(style) for style in find(row, ".//w:pStyle")]
        assert styles == ["TableCentre"] * 3 + ["TableText"] + ["TableNumber"] * 3
        assert word.tables[0].cell(2, 3).text == "行政运行\n（第0项）"

    def test_amounts_and_codes_are_not_wrapped(self, word: Document) -> None:
        rows = find(word.tables[0]._tbl, "w:tr")
        kept = [bool(find(cell, "w:tcPr/w:noWrap")) for cell in find(rows[2], "w:tc")]
        assert kept == [True] * 3 + [False] + [True] * 3
        assert not find(rows[0], ".//w:noWrap")

    def test_body_cells_are_merged_across_and_down(self, word: Document) -> None:
        form = word.tables[2]
        assert form.cell(1, 0).text == form.cell(2, 0).text == "年度资金\n总额"
        both_ways = form.cell(1, 3)
        assert both_ways._tc is form.cell(2, 4)._tc
        assert [paragraph.text for paragraph in both_ways.paragraphs] == ["其他资金", "（如有）"]
        merges = [value(merge) for merge in find(form._tbl, ".//w:vMerge")]
        assert merges == ["restart", "restart", "", ""]

    def test_only_long_rows_may_split(self, word: Document) -> None:
        split = [not find(row, "w:trPr/w:cantSplit") for row in find(word.tables[2]._tbl, "w:tr")]
        assert split == [False, False, False, True]

    def test_form_and_grid_look_like_one_table(self, word: Document) -> None:
        form, grid = word.tables[2]._tbl, word.tables[3]._tbl
        spacer = form.getnext()
        assert spacer is not None
        assert style_of(spacer) == "Spacer"
        assert spacer.getnext() is grid
        assert [value(border) for border in find(form, "w:tblPr/w:tblBorders/w:bottom")] == ["nil"]
        assert not find(grid, "w:tblPr/w:tblBorders")

    def test_unit_line_reaches_both_edges(self, word: Document, body: etree._Element) -> None:
        lines = [p for p in find(body, "w:p") if style_of(p).startswith("TableUnit")]
        portrait, landscape = "TableUnit", "TableUnitLandscape"
        assert [style_of(line) for line in lines] == [portrait, landscape, landscape, portrait]
        assert all(len(find(line, "w:r/w:tab")) == 1 for line in lines)
        page = load_style().page
        for name, turned in ((portrait, "portrait"), (landscape, "landscape")):
            (stop,) = find(word.styles.element, f"w:style[@w:styleId='{name}']//w:tab[@w:val='right']")
            assert value(stop, "pos") == str(text_width(page, "landscape" if turned == "landscape" else "portrait"))

    def test_single_unit_stands_where_its_class_says(self) -> None:
        line = '<p class="table-unit"><span{}>单位：万元</span></p>'
        found = []
        for name in ("", ' class="right"'):
            data = render(f'<html><body><section class="part">{line.format(name)}</section></body></html>')
            found.append(len(find(body_of(data), ".//w:r/w:tab")))
        assert found == [0, 1]

    @pytest.mark.parametrize("row", ["<tr><td>1</td><td>2</td><td>3</td></tr>", '<tr><td colspan="3">1</td></tr>'])
    def test_row_wider_than_its_table_is_refused_before(self, row: str) -> None:
        table = f"<table><colgroup><col><col></colgroup><tbody>{row}</tbody></table>"
        root = lxml.html.document_fromstring(f"<html><body>{table}</body></html>")
        with pytest.raises(FindingsError, match="表格有 2 列"):
            refuse_foreign(root, lambda *words: None)

    def test_row_that_ends_early_is_filled(self) -> None:
        rows = "<tr><td>1</td><td>2</td><td rowspan='2'>3</td></tr><tr><td>4</td></tr>"
        data = render(f"<html><body><table><tbody>{rows}</tbody></table></body></html>")
        (table,) = docx.Document(io.BytesIO(data)).tables
        assert [cell.text for cell in table.rows[1].cells] == ["4", "", "3"]


def assert_row_follows(row: etree._Element, grid: list[int]) -> None:
    """Every cell is as wide as the columns it covers, and the row covers all of them."""
    column = 0
    for cell in find(row, "w:tc"):
        span = int(value(cells[0])) if (cells := find(cell, "w:tcPr/w:gridSpan")) else 1
        assert int(value(find(cell, "w:tcPr/w:tcW")[0], "w")) == sum(grid[column : column + span])
        column += span
    assert column == len(grid)


class TestContents:
    def test_is_a_field_in_a_contents_block(self, body: etree._Element) -> None:
        (block,) = find(body, "w:sdt")
        assert [value(g) for g in find(block, "w:sdtPr/w:docPartObj/w:docPartGallery")] == ["Table of Contents"]
        assert str(find(block, ".//w:instrText")[0].text).strip() == r'TOC \o "1-2" \h \z \u'
        kinds = [value(char, "fldCharType") for char in find(block, ".//w:fldChar")]
        assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == len(PAGES) + 1

    def test_entries_carry_their_page_and_lead_to_their_heading(self, body: etree._Element) -> None:
        entries = [p for p in find(body, "w:sdt//w:p") if style_of(p).startswith("TOC")]
        assert [style_of(p) for p in entries] == ["TOC1", "TOC2", "TOC2", "TOC1"] + ["TOC2"] * 3 + [
            "TOC1",
            "TOC2",
        ]
        for entry, page in zip(entries, PAGES.values(), strict=True):
            (link,) = find(entry, "w:hyperlink")
            texts = [str(text.text) for text in find(link, ".//w:t")]
            assert texts[-1] == str(page)
            (start,) = find(body, f".//w:bookmarkStart[@w:name='{value(link, 'anchor')}']")
            heading = start.getparent()
            assert heading is not None
            assert texts[0].removeprefix(f"表 {page}").endswith(text_in(heading))
            assert style_of(heading) in ("Heading1", "Heading2", "Caption")

    def test_bookmarks_are_unique(self, body: etree._Element) -> None:
        names = [value(mark, "name") for mark in find(body, ".//w:bookmarkStart")]
        assert len(set(names)) == len(names) == len(PAGES) + 1

    def test_rebuilt_field_finds_the_same_table_titles(self, word: Document, body: etree._Element) -> None:
        (level,) = find(word.styles.element, "w:style[@w:styleId='Caption']/w:pPr/w:outlineLvl")
        assert value(level) == "1"
        own = [[value(o) for o in find(p, "w:pPr/w:outlineLvl")] for p in find(body, "w:p") if style_of(p) == "Caption"]
        assert own == [[], [], [], ["9"]]  # the fourth table is not in the contents

    def test_entry_without_a_heading_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="#h-1"):
            render(sample_html().replace('id="h-1"', ""))


class TestFile:
    def test_holds_all_text_in_order(self, word: Document, body: etree._Element) -> None:
        root = html_document(sample_html()).root
        for link in root.findall(".//nav//a"):
            link.tail = str(PAGES[str(link.get("href"))[1:]])
        squeeze = str.maketrans("", "", " \n\t")
        expected = "".join(root.find("body").itertext()).translate(squeeze)
        expected = expected.replace("acomment", "")
        assert text_in(body).translate(squeeze) == expected

    def test_core_properties(self, word: Document) -> None:
        properties = word.core_properties
        assert properties.title == "某某局2024年单位预算公开"
        assert properties.author == properties.last_modified_by == "某某州某某局"
        midnight = datetime.datetime(2024, 2, 25, tzinfo=datetime.UTC)
        assert properties.created == properties.modified == midnight
        assert (properties.revision, properties.language, properties.comments) == (1, "zh-CN", "")

    def test_word_opens_it_without_a_question(self, word: Document) -> None:
        settings = word.settings.element
        (mode,) = find(settings, ".//w:compatSetting[@w:name='compatibilityMode']")
        assert value(mode) == "15"
        assert not find(settings, "w:updateFields")

    def test_same_document_same_bytes(self, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
        later = time.time() + 86_400
        monkeypatch.setattr(time, "time", lambda: later)
        assert render() == data
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}

    def test_it_has_the_parts_that_it_needs_and_no_others(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.namelist() == [
                "[Content_Types].xml",
                "_rels/.rels",
                "docProps/core.xml",
                "word/document.xml",
                "word/_rels/document.xml.rels",
                "word/fontTable.xml",
                "word/footer1.xml",
                "word/footer2.xml",
                "word/settings.xml",
                "word/styles.xml",
                "word/theme/theme1.xml",
            ]
            assert not any(b"python-docx" in archive.read(name) for name in archive.namelist())

    def test_what_it_cannot_show_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="<ul>"):
            render('<html><body><section class="part"><ul><li>一</li></ul></section></body></html>')

    def test_a_name_longer_than_a_property_may_be_is_cut_there(self) -> None:
        word = package.new_document()
        package.add_properties(word, "题" * 400, "局" * 400, PUBLISHED)
        assert len(word.core_properties.title) == len(word.core_properties.author) == 255
