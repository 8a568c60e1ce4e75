"""The files themselves: one text in PDF, DOCX and HTML, the same bytes every time, pages as they should be.

How texts are compared: blanks and line breaks are dropped, because lines are broken elsewhere in
every format. Set aside are the contents (compared by themselves), page numbers, and the table
headers that the PDF repeats on a page where a table goes on.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from lxml import etree, html

from gongkai.packs.open import open_pack
from gongkai.packs.style import Margins, Style
from gongkai.produce.unit import Settings, render_unit
from support.fixtures import (
    EXAMPLE,
    ROOT,
    beyond_the_example,
    example_input,
    gongkai,
    pdf_pages,
    write_input,
    write_pack,
)
from support.squeezed import squeezed

pytestmark = pytest.mark.xdist_group("outputs")  # its published files are made once
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAGE_NUMBER = re.compile(r"—(\d+)—\Z")
CONTENTS_LINE = re.compile(r"(.+?)\s*\.{3,}\s*(\d+)\Z")
CONTINUED = re.compile(r"（续表）(?=—\d+—\Z)")
UNIT = "克孜勒苏柯尔克孜自治州商务局"
STYLE = open_pack("克州", "预算", 2024).style


@dataclass
class Grid:
    """A table's texts: header cells and all cells, in reading order."""

    head: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)


Block = str | Grid
"""A paragraph or a table."""


@dataclass(frozen=True)
class Rendered:
    """One input's files."""

    pdf: bytes
    docx: bytes
    page: bytes

    @cached_property
    def lines(self) -> list[list[str]]:
        """The lines of the PDF's pages."""
        return [text.splitlines() for text in pdf_pages(self.pdf)]

    @cached_property
    def pages(self) -> list[str]:
        """The squeezed text of the PDF's pages, without the mark above a table that goes on."""
        return [CONTINUED.sub("", squeezed("".join(lines))) for lines in self.lines]

    @cached_property
    def first_page(self) -> int:
        """Index of the page on which the first part begins."""
        return next(index for index, text in enumerate(self.pages) if PAGE_NUMBER.search(text))

    @cached_property
    def html(self) -> html.HtmlElement:
        return html.document_fromstring(self.page)

    @cached_property
    def word(self) -> etree._Element:
        with zipfile.ZipFile(io.BytesIO(self.docx)) as package:
            return etree.fromstring(package.read("word/document.xml"))

    @cached_property
    def reader(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(io.BytesIO(self.pdf))


def rendered(
    source: Path, out: Path, *, pack_folders: Sequence[Path] = (), pack: str | None = None, left_out: bool = False
) -> Rendered:
    result = render_unit(source, Settings(out, ("pdf", "docx", "html"), pack, pack_folders))
    told = [(f.code, f.message) for f in beyond_the_example(result.findings) if f.code != "GK486"]
    assert told == []
    assert left_out == any(finding.code == "GK486" for finding in result.findings)
    return Rendered(*(path.read_bytes() for path in result.written))


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    return rendered(EXAMPLE, tmp_path_factory.mktemp("example"))


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """The example with sixty more 科目 and a project of sixty indicators: tables that fill several pages."""
    folder = tmp_path_factory.mktemp("long")
    data = example_input()
    codes = [f"2010{group}{item:02d}" for group in (3, 4, 5, 6, 7, 8) for item in range(10)]
    data["科目名称"] = {code: f"第{n}个科目" for n, code in enumerate(codes, 1)}
    data["支出"] += [{"科目": code, "项目支出": {"单位资金": "1.00"}} for code in codes]
    data["收入"]["单位资金"]["构成"]["其他收入"] = "561.12"
    # Sixty indicators of 1.5 make the 90 points that the rules ask for.
    indicator = {"一级": "产出指标", "二级": "数量指标", "指标值": ">=1次", "依据": "计划标准", "权重": "1.5"}
    data["项目"].append(
        {
            "名称": "六十个科目共用的项目",
            "资金": [{"科目": c, "来源": "单位资金", "经济分类": "302", "金额": "1.00"} for c in codes],
            "绩效目标": {
                "总体目标": "逐项完成。",
                "指标": [{**indicator, "三级": f"第{n}项工作完成次数（次）"} for n in range(1, 61)],
            },
        }
    )
    result = render_unit(write_input(folder, data), Settings(folder, ("pdf", "docx", "html")))
    assert not result.failed, result.findings
    return Rendered(*(path.read_bytes() for path in result.written))


# --- the same text ---


def html_blocks(root: html.HtmlElement) -> Iterator[Block]:
    for element in root.body.iter("p", "h1", "h2", "h3", "table"):
        if any(ancestor.tag in ("nav", "table") for ancestor in element.iterancestors()):
            continue
        if element.tag != "table":
            if text := squeezed(element.text_content()):
                yield text
            continue
        cells = [squeezed(cell.text_content()) for cell in element.iter("th", "td")]
        yield Grid([squeezed(cell.text_content()) for cell in element.iterfind("thead/tr/th")], cells)


def word_text(element: etree._Element) -> str:
    return squeezed("".join(element.itertext(W + "t")))


def word_blocks(document: etree._Element) -> Iterator[Block]:
    body = document.find(W + "body")
    assert body is not None
    for element in body:
        if element.tag == W + "p":
            if text := word_text(element):
                yield text
        elif element.tag == W + "tbl":
            rows = element.findall(W + "tr")
            head = [row for row in rows if row.find(f"{W}trPr/{W}tblHeader") is not None]
            yield Grid(word_cells(head), word_cells(rows))


def word_cells(rows: Sequence[etree._Element]) -> list[str]:
    """The cells of rows without those that only go on below a merged one."""
    return [
        word_text(cell)
        for row in rows
        for cell in row.findall(W + "tc")
        if (merge := cell.find(f"{W}tcPr/{W}vMerge")) is None or merge.get(W + "val") == "restart"
    ]


@pytest.mark.parametrize("which", ["example", "long"])
def test_word_and_web_page_carry_the_same_paragraphs_and_cells(which, request):
    files: Rendered = request.getfixturevalue(which)
    word, web = list(word_blocks(files.word)), list(html_blocks(files.html))

    assert [b for b in word if isinstance(b, str)] == [b for b in web if isinstance(b, str)]
    assert [Counter(b.cells) for b in word if isinstance(b, Grid)] == [
        Counter(b.cells) for b in web if isinstance(b, Grid)
    ]
    assert word == web, "paragraphs and tables stand in another order"


@dataclass
class Stream:
    """The PDF's text from page to page, read from the beginning to the end."""

    text: str
    page_starts: frozenset[int]
    position: int = 0

    def take(self, expected: str, repeated: str = "", above: Sequence[str] = ()) -> None:
        """Read exactly this text; where a page begins, a table's header may stand again, and cells from above."""
        if not self._next_is(expected) or repeated.startswith(expected):
            self._skip_repeated(expected, repeated, above)
        assert self._next_is(expected), (
            f"the PDF says “{self.text[self.position : self.position + len(expected) + 40]}”, not “{expected}”"
        )
        self.position += len(expected)

    def _next_is(self, text: str) -> bool:
        return self.text.startswith(text, self.position)

    def _skip_repeated(self, expected: str, repeated: str, above: Sequence[str]) -> None:
        if repeated and self.position in self.page_starts and self._next_is(repeated):
            self.position += len(repeated)
            while not self._next_is(expected) and (cell := next(filter(self._next_is, above), "")):
                self.position += len(cell)


def pdf_stream(files: Rendered) -> Stream:
    """The cover and the parts, without page numbers and contents."""
    texts = [files.pages[0], *(PAGE_NUMBER.sub("", text) for text in files.pages[files.first_page :])]
    starts, at = set(), 0
    for text in texts:
        starts.add(at)
        at += len(text)
    return Stream("".join(texts), frozenset(starts))


@pytest.mark.parametrize("which", ["example", "long"])
def test_pdf_and_word_carry_the_same_paragraphs_and_cells(which, request):
    files: Rendered = request.getfixturevalue(which)
    stream = pdf_stream(files)

    for block in word_blocks(files.word):
        if isinstance(block, str):
            stream.take(block)
            continue
        head = "".join(block.head)
        for number, cell in enumerate(block.cells):
            if cell:
                below = number >= len(block.head)
                above = [text for text in block.cells[len(block.head) : number] if text]
                stream.take(cell, head if below else "", above if below else ())

    assert stream.position == len(stream.text), f"only the PDF has “{stream.text[stream.position :][:80]}”"


def test_targets_are_printed_with_the_signs_that_they_mean(example):
    """Keyboards offer >= and <= alone; print has ≥ and ≤, in every format."""
    cells = [cell for block in html_blocks(example.html) if isinstance(block, Grid) for cell in block.cells]

    assert any(cell.startswith("≥") for cell in cells)
    assert not any(">=" in text or "<=" in text for text in (*cells, *example.pages))


def test_items_under_a_sum_stand_in(example):
    """表 1: 其中 by one character, its further items by two; the same in Word."""
    indents = {
        squeezed(cell.text_content()): name
        for cell in example.html.iter("td", "th")
        for name in cell.get("class", "").split()
        if name.startswith("in-")
    }
    assert indents["其中：一般财力"] == "in-1"
    assert indents["上级一般公共预算安排转移支付"] == "in-2"
    assert "1.一般公共预算拨款" not in indents

    styles = {
        (word_text(paragraph), paragraph.find(f"{W}pPr/{W}pStyle").get(W + "val").removesuffix("Compact"))
        for paragraph in example.word.iter(W + "p")
    }
    assert {(text, f"TableText{name[3:]}") for text, name in indents.items()} <= styles


# --- the same bytes ---


def test_two_renders_give_the_same_bytes(example, tmp_path):
    again = rendered(EXAMPLE, tmp_path)

    assert (again.pdf, again.docx, again.page) == (example.pdf, example.docx, example.page)


def test_a_run_leaves_nothing_in_the_temporary_folder(tmp_path):
    (tmp_path / "temporary").mkdir()
    run = gongkai(
        "render", ROOT / "examples" / "minimal-budget.yaml", "-o", tmp_path / "out", "--format", "pdf,docx",
        cwd=tmp_path, env={"TMPDIR": str(tmp_path / "temporary")},
    )  # fmt: skip

    assert run.returncode == 0, run.stderr
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.slow
def test_another_machine_gives_the_same_bytes(example, tmp_path):
    """Another process, hash seed, time zone, language, folder and copy of the input."""
    source = tmp_path / "copy" / EXAMPLE.name
    source.parent.mkdir()
    shutil.copy(EXAMPLE, source)
    elsewhere = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "LANGUAGE": "de"}

    run = gongkai(
        "render", f"copy/{source.name}", "-o", "out", "--format", "pdf,docx,html", cwd=tmp_path, env=elsewhere
    )

    assert run.returncode == 0, run.stderr
    files = [(tmp_path / "out" / f"{EXAMPLE.stem}.{suffix}").read_bytes() for suffix in ("pdf", "docx", "html")]
    assert files == [example.pdf, example.docx, example.page]


# --- contents, bookmarks, page numbers ---


@dataclass(frozen=True)
class Bookmark:
    title: str
    page: int  # index of the page in the PDF
    level: int


def bookmarks(files: Rendered) -> list[Bookmark]:
    def walk(items: Sequence[object], level: int) -> Iterator[Bookmark]:
        for item in items:
            if isinstance(item, list):
                yield from walk(item, level + 1)
            else:
                assert isinstance(item, pypdf.generic.Destination)
                number = files.reader.get_destination_page_number(item)
                assert item.title is not None
                assert number is not None
                yield Bookmark(squeezed(item.title), number, level)

    return list(walk(files.reader.outline, 1))


def pdf_contents(files: Rendered) -> list[tuple[str, int]]:
    """Entries of the printed contents; an entry of two lines is put together."""
    entries, before = [], ""
    for lines in files.lines[1 : files.first_page]:
        for line in lines:
            if line.strip() in ("", "目　录"):
                continue
            match = CONTENTS_LINE.match(line.strip())
            if match is None:
                before += line
                continue
            entries.append((squeezed(before + match[1]), int(match[2])))
            before = ""
    assert before == ""
    return entries


def word_contents(files: Rendered) -> list[tuple[str, int]]:
    entries = []
    for paragraph in files.word.iterfind(f".//{W}sdtContent/{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and (style.get(W + "val") or "").startswith("TOC"):
            texts = [text.text or "" for text in paragraph.iter(W + "t")]
            entries.append((squeezed("".join(texts[:-1])), int(texts[-1])))
    return entries


@pytest.mark.parametrize("which", ["example", "long"])
def test_contents_name_the_page_on_which_each_heading_stands(which, request):
    files: Rendered = request.getfixturevalue(which)
    contents, marks = pdf_contents(files), iter(bookmarks(files))

    assert len(contents) > 25
    for title, printed in contents:
        # A table's entry begins with its number, its bookmark does not: 表 1　单位收支总体情况表.
        mark = next(mark for mark in marks if title.endswith(mark.title))
        assert mark.page == files.first_page + printed - 1, title
        assert mark.title in files.pages[mark.page], title
        assert files.pages[mark.page].endswith(f"—{printed}—"), title


@pytest.mark.parametrize("which", ["example", "long"])
def test_word_contents_give_the_same_pages(which, request):
    files: Rendered = request.getfixturevalue(which)

    assert word_contents(files) == pdf_contents(files)


def test_contents_list_every_part_section_and_numbered_table(example):
    expected = []
    for element in example.html.body.iter("h1", "h2", "p"):
        if element.tag != "p":
            expected.append(squeezed(element.text_content()))
        elif element.get("data-contents"):
            expected.append(squeezed(element.get("data-contents")))

    assert [title for title, _ in pdf_contents(example)] == expected


def test_bookmarks_nest_like_the_headings(example):
    """A part holds its sections and tables, a section its sub-sections, whatever tables stand between them."""
    levels = {"h1": 1, "h2": 2, "h3": 3}
    parents: dict[int, str] = {}
    expected = []
    for element in example.html.body.iter("h1", "h2", "h3"):
        level, title = levels[element.tag], squeezed(element.text_content())
        parents[level] = title
        expected.append((title, parents.get(level - 1)))

    above: dict[int, str] = {}
    found = []
    for mark in bookmarks(example):
        above[mark.level] = mark.title
        found.append((mark.title, above.get(mark.level - 1)))

    headings = {title for title, _ in expected}
    assert [entry for entry in found if entry[0] in headings] == expected


def test_every_table_title_is_a_bookmark(example):
    titles = [squeezed(p.text_content()) for p in example.html.body.iter("p") if p.get("class") == "table-title"]

    assert Counter(titles) <= Counter(mark.title for mark in bookmarks(example))


def test_page_numbers_count_from_the_first_part(example):
    front, body = example.pages[: example.first_page], example.pages[example.first_page :]

    assert front[0].startswith(UNIT)
    assert front[1].startswith("目录")
    assert not any(PAGE_NUMBER.search(text) for text in front)
    assert body[0].startswith("第一部分")
    assert example.lines[example.first_page][-1] == "— 1 —"
    assert [PAGE_NUMBER.search(text)[1] for text in body] == [str(n) for n in range(1, len(body) + 1)]


@pytest.fixture(scope="module")
def two_pages_of_contents(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """A document of forty sections: its contents fill two pages, and headings fall on every place of a page."""
    folder = tmp_path_factory.mktemp("contents")
    sections = "".join(
        f"<h2>第{number}节　某项工作的情况</h2>\n<p>{'正文写得有长有短。' * (number % 7 * 3 + 1)}</p>\n"
        for number in range(1, 41)
    )
    manifest = "名称: 多节\n上级: base\n选项:\n  部分: [概况]\n"
    write_pack(folder, "sections", {"pack.yaml": manifest, "预算/概况.html": sections})
    return rendered(EXAMPLE, folder, pack_folders=[folder], pack="sections", left_out=True)


def test_first_part_begins_on_a_right_hand_page(example, two_pages_of_contents):
    """Odd numbers stand on the right: whatever the contents fill, page 1 is an odd sheet side."""
    assert len(pdf_contents(two_pages_of_contents)) == 41
    assert "第40节" in two_pages_of_contents.pages[2]
    assert [files.first_page % 2 for files in (example, two_pages_of_contents)] == [0, 0]


# --- pages ---


def test_wide_tables_lie_on_landscape_pages(example):
    sizes = [(float(page.mediabox.width), float(page.mediabox.height)) for page in example.reader.pages]
    sheets = example.html.findall(".//section[@class='sheet']")
    marks = iter(bookmarks(example))
    seen: Counter[str] = Counter()
    for sheet in sheets:
        title = squeezed(sheet.find("p[@class='table-title']").text_content())
        page = next(mark.page for mark in marks if mark.title == title)
        width, height = sizes[page]
        orientation = sheet.get("data-orientation")
        assert (width > height) == (orientation == "landscape"), title
        seen[orientation] += 1
    assert seen["landscape"] >= 6
    assert seen["portrait"] >= 9


def test_word_turns_the_same_tables(example):
    wide = [
        squeezed(sheet.find("p[@class='table-title']").text_content())
        for sheet in example.html.findall(".//section[@class='sheet'][@data-orientation='landscape']")
    ]
    found: list[str] = []
    waiting: list[str] = []
    body = example.word.find(W + "body")
    assert body is not None
    for paragraph in body:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(W + "val") == "Caption":
            waiting.append(word_text(paragraph))
        size = paragraph.find(f"{W}pPr/{W}sectPr/{W}pgSz")
        if size is not None:
            turned = size.get(W + "orient") == "landscape"
            assert turned == (int(size.get(W + "w") or 0) > int(size.get(W + "h") or 0))
            found += waiting if turned else []
            waiting = []

    assert found == wide


def test_only_the_styles_fonts_are_embedded(example):
    """The renderer embeds a face under the name that the style sheet gives it: gongkai-仿宋."""
    names = set()
    for page in example.reader.pages:
        for font in page["/Resources"]["/Font"].values():
            names.add(str(font.get_object()["/BaseFont"]).rpartition("+")[2])
            for descendant in font.get_object()["/DescendantFonts"]:
                descriptor = descendant.get_object()["/FontDescriptor"].get_object()
                assert {"/FontFile2", "/FontFile3"} & set(descriptor), "a face is named but not embedded"

    own = {f"gongkai-{name}" for name in STYLE.fonts}
    fallback = STYLE.fallback.family.replace(" ", "-")
    assert {"gongkai-仿宋", "gongkai-黑体", "gongkai-楷体", "gongkai-小标宋", "gongkai-宋体"} <= names
    assert {name for name in names if name not in own and not name.startswith(fallback)} == set()


def outside(page: pypdfium2.PdfPage, style: Style) -> Iterator[str]:
    """The characters whose boxes leave the type area (the page number below and the words above are left out)."""
    width, height = page.get_size()
    margins: Margins = style.page.landscape if width > height else style.page.portrait
    # A glyph may lean over its advance by a hair.
    slack = 2.0
    text = page.get_textpage()
    for index in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(index)
        if right <= left or bottom < margins.bottom - slack < top or top < margins.bottom:
            in_footer = bottom > 0 and top < margins.bottom
            if right > left and not in_footer:
                yield f"{text.get_text_range(index, 1)} across the lower margin"
            continue
        if bottom > height - margins.top - slack:
            continue
        if left < margins.left - slack or right > width - margins.right + slack or top > height - margins.top + slack:
            yield f"{text.get_text_range(index, 1)} at {left:.0f},{bottom:.0f}"
    text.close()


@pytest.mark.parametrize("which", ["example", "long"])
def test_no_text_leaves_the_type_area(which, request):
    files: Rendered = request.getfixturevalue(which)
    pdf = pypdfium2.PdfDocument(files.pdf)

    stray: Mapping[int, list[str]] = {number: list(outside(page, STYLE)) for number, page in enumerate(pdf, 1)}

    assert {number: found for number, found in stray.items() if found} == {}


def test_below_the_type_area_stands_nothing_but_the_page_number(example):
    pdf = pypdfium2.PdfDocument(example.pdf)
    for index, page in enumerate(pdf):
        width, height = page.get_size()
        margins = STYLE.page.landscape if width > height else STYLE.page.portrait
        text = page.get_textpage()
        below = squeezed(text.get_text_bounded(top=margins.bottom - 2))
        number = index - example.first_page + 1
        assert below == (f"—{number}—" if number > 0 else ""), index


@pytest.mark.parametrize("which", ["example", "long"])
def test_above_the_type_area_stands_only_that_a_table_goes_on(which, request):
    """The mark stands on every page that begins within a table, and nowhere else."""
    files: Rendered = request.getfixturevalue(which)
    heads = {
        "".join(squeezed(cell.text_content()) for cell in table.iterfind("thead/tr/th"))
        for table in files.html.iter("table")
    } - {""}
    marked = []
    for index, page in enumerate(pypdfium2.PdfDocument(files.pdf)):
        width, height = page.get_size()
        margins = STYLE.page.landscape if width > height else STYLE.page.portrait
        above = squeezed(page.get_textpage().get_text_bounded(bottom=height - margins.top + 2))
        assert above == ("（续表）" if any(files.pages[index].startswith(head) for head in heads) else ""), index
        marked += [index] if above else []
    assert bool(marked) == (which == "long")


@pytest.mark.parametrize("which", ["example", "long", "two_pages_of_contents"])
def test_no_heading_is_the_last_text_of_a_page(which, request):
    files: Rendered = request.getfixturevalue(which)
    above_tables = {"table-id", "table-title", "table-subtitle", "table-unit"}
    headings = {
        squeezed(element.text_content())
        for element in files.html.body.iter("h1", "h2", "h3", "p")
        if element.tag != "p" or element.get("class") in above_tables
    }
    body = [PAGE_NUMBER.sub("", text) for text in files.pages[files.first_page :]]

    assert [(n, h) for n, text in enumerate(body, 1) for h in headings if text.endswith(h)] == []


# --- long tables ---


def sheet_of(files: Rendered, title: str) -> html.HtmlElement:
    sheets = files.html.findall(".//section[@class='sheet']")
    return [s for s in sheets if squeezed(s.find("p[@class='table-title']").text_content()) == title][-1]


def pages_of_table(files: Rendered, title: str) -> list[str]:
    """The texts of the pages from the last table of this title to the next bookmark."""
    marks = bookmarks(files)
    at = max(index for index, mark in enumerate(marks) if mark.title == title)
    following = marks[at + 1]
    begins_page = squeezed(following.title) in files.pages[following.page][:60]
    return files.pages[marks[at].page : following.page + (not begins_page)]


@pytest.mark.parametrize("title", ["单位收入总体情况表", "单位支出总体情况表", "项目支出绩效目标表"])
def test_header_rows_repeat_on_every_page_of_a_long_table(long, title):
    grid = sheet_of(long, title).findall(".//table")[-1]
    head = "".join(squeezed(cell.text_content()) for cell in grid.iterfind("thead/tr/th"))
    first, *following = pages_of_table(long, title)

    assert head in first
    assert following, "the table fills a second page"
    assert [text for text in following if not text.startswith(head)] == []


@pytest.mark.parametrize("title", ["单位收入总体情况表", "单位支出总体情况表", "项目支出绩效目标表"])
def test_every_row_of_a_long_table_is_there_once(long, title):
    text = "".join(pages_of_table(long, title))
    name = "第{}项工作" if title == "项目支出绩效目标表" else "第{}个科目"

    assert [n for n in range(1, 61) if text.count(name.format(n)) != 1] == []


def test_word_repeats_header_rows_and_keeps_rows_whole(long):
    for table in long.word.iter(W + "tbl"):
        rows = table.findall(W + "tr")
        marked = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        # Only leading rows can be repeated; a form without a header has none.
        assert marked == sorted(marked, reverse=True)
    grids = [block for block in word_blocks(long.word) if isinstance(block, Grid)]
    heads = [grid.head for grid in html_blocks(long.html) if isinstance(grid, Grid)]
    assert [grid.head for grid in grids] == heads
    assert sum(bool(head) for head in heads) >= 15


# --- properties ---


def test_pdf_properties_name_title_author_and_publication(example):
    properties = example.reader.metadata
    assert properties is not None

    assert properties.title == f"{UNIT}2024年单位预算公开"
    assert properties.author == UNIT
    assert str(properties["/CreationDate"]).startswith("D:20240225")
    # The clock of the machine is nowhere.
    assert str(properties.get("/ModDate", "D:20240225")).startswith("D:20240225")
    assert str(example.reader.trailer["/Root"]["/Lang"]) == "zh-CN"


def test_word_properties_name_title_author_and_publication(example):
    with zipfile.ZipFile(io.BytesIO(example.docx)) as package:
        core = etree.fromstring(package.read("docProps/core.xml"))
    values = {etree.QName(element).localname: element.text for element in core}

    assert values["title"] == f"{UNIT}2024年单位预算公开"
    assert values["creator"] == UNIT
    assert values["created"] == values["modified"] == "2024-02-25T00:00:00Z"
