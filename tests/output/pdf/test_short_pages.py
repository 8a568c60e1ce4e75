"""Pages of a line or two: what follows the last table joins its page, running text is set closer or wider."""

from __future__ import annotations

import re
from itertools import cycle

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from lxml.html import HtmlElement, builder
from weasyprint import Document
from weasyprint.formatting_structure import boxes

from gongkai.output.docx.body import BodyWriter, Margin
from gongkai.output.layout.fit import fitted
from gongkai.output.layout.lines.short_pages import Run
from gongkai.output.pdf.weasyprint import render, short_pages
from gongkai.output.pdf.weasyprint.render import Pages
from gongkai.packs.open import open_pack
from gongkai.packs.style import Style
from support.laid_out import EXAMPLES, SHARE_LAYOUTS, example, example_layout
from support.set_text import POINT, set_text

pytestmark = SHARE_LAYOUTS
PACK = open_pack("克州", "预算", 2024)
PAGE_NUMBER = re.compile(r"— ?\d+ ?—")
LEAST = 3
SHORT = (21, 42, 43)
"""Lines below the title of ``paragraphs`` of which one or two are left for the last page."""
USUAL = PACK.style.roles["正文"].line


def lines_of(page: pypdfium2.PdfPage) -> list[str]:
    lines = page.get_textpage().get_text_range().splitlines()
    return [line for line in lines if line.strip() and not PAGE_NUMBER.fullmatch(line.strip())]


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_page_of_an_example_has_a_line_or_two(name):
    """But the cover, whose lines are few by its nature."""
    pages = pypdfium2.PdfDocument(example(name)[1])
    assert [number for number, page in enumerate(pages, 1) if number > 1 and len(lines_of(page)) < LEAST] == []


@pytest.mark.parametrize("name", ["kezhou-swj-2024-budget", "bozhou-swj-2024-final"])
def test_word_file_has_the_last_lines_below_the_table_too(name):
    """It is made of the same fitted document: the lines stand in the section of the table's page."""
    document = example_layout(name)[0]
    root = fitted(document.root, PACK.style, reserve=1.1)
    [last] = [sheet for sheet in root.find_class("sheet") if "其他需说明" in (sheet[-2].text_content() or "")]

    assert last.get("data-orientation") == "landscape"
    assert last[-1].tag == "p"


@pytest.mark.parametrize("first", ["<h2>十二、其他</h2>", "<h3>（五）其他</h3>", "<p>其他</p>"])
@pytest.mark.parametrize("notes", ["", "<p class='table-note'>注：无</p>"], ids=["rows", "notes"])
def test_text_below_a_table_stands_off_it(first, notes):
    """In the PDF and in Word, whether it is a heading or not, below notes as below rows."""
    table = f"<section class='sheet'><table class='grid'><tbody><tr><td>无</td></tr></tbody></table>{notes}</section>"
    part = html.fromstring(f"<section class='part'>{table}{first}</section>")
    above, text = [
        box
        for box in set_text(table + first)._document.pages[0]._page_box.descendants()
        if isinstance(box, boxes.BlockBox) and box.element_tag in ("table", "p", "h2", "h3")
    ][-2:]
    word = BodyWriter(fitted(builder.HTML(builder.BODY(part)), PACK.style), PACK.style, {}, Margin({}, {}), {}).write()

    assert text.content_box_y() - above.position_y - above.margin_height() == pytest.approx(6 * POINT, abs=0.01)
    assert 'w:before="120"' in word.rpartition("<w:p>")[2]


@pytest.mark.parametrize(
    ("end", "kept"),
    [
        (f"<p>{'公' * 90}</p>", []),
        ("<p>末</p>", ["始", "中"]),
        ("<h3>（五）其他</h3><p>末</p>", ["中", "（五）其他"]),
        ("<p>近</p><p>末</p>", ["中", "近"]),
        ('<div class="signature"><p class="sign">单位</p><p class="sign">日期</p></div>', ["中", "单位"]),
        ('<p>末</p><div class="signature"><p class="sign">单位</p></div>', ["中", "末"]),
        ("<p>近</p><section class='sheet'><p class='table-title'>表</p></section><p>末</p>", ["始", "中"]),
    ],
    ids=["long", "short", "headed", "two", "signature", "signed", "table"],
)
def test_word_keeps_the_last_lines_of_a_page_together(end, kept):
    """As many paragraphs as make the lines that a last page must have: Word breaks the pages by itself."""
    page = html.document_fromstring(f"<section class='part'><h1>第一部分</h1><p>始</p><p>中</p>{end}</section>")
    body = BodyWriter(page, PACK.style, {}, Margin({}, {}), {}).write()
    paragraphs = re.findall("<w:p>.*?</w:p>", body)
    assert ["".join(re.findall("<w:t[^>]*>(.*?)</w:t>", p)) for p in paragraphs if "<w:keepNext/>" in p] == kept


class Counted:
    """Sets documents, and counts how often the renderer was asked, each time with how many pages."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pages: list[int] = []
        monkeypatch.setattr(render, "without_short_pages", self._without)

    def _without(self, root: HtmlElement, style: Style, render: short_pages.Render) -> Document:
        def counted(root: HtmlElement) -> Document:
            rendered = render(root)
            self.pages.append(len(rendered.pages))
            return rendered

        return short_pages.without_short_pages(root, style, counted)


@pytest.fixture
def counted(monkeypatch):
    return Counted(monkeypatch)


def styled(**changes: float) -> Style:
    style = PACK.style
    return style.model_copy(update={"typesetting": style.typesetting.model_copy(update=changes)})


def runs_of(layout: Pages) -> list[list[int]]:
    """The lines on each page of every run of text and titles between tables."""
    places = {
        box.element.get("data-place").partition(".")[0]: None
        for page in layout._document.pages
        for box in page._page_box.descendants()
        if box.element is not None and box.element.get("data-place")
    }
    runs = [Run(int(number), []) for number in places]
    return [[page.total() for page in short_pages._lines_on_pages(run, layout._document)] for run in runs]


def pitches_of(layout: Pages) -> set[float]:
    """The pitches of the paragraphs of running text, in points."""
    return {
        round(box.style["line_height"].value / POINT, 2)
        for page in layout._document.pages
        for box in page._page_box.descendants()
        if isinstance(box, boxes.BlockBox) and box.element_tag == "p" and not box.element.get("class")
    }


def paragraphs(lines: int) -> str:
    """A part of so many lines below its title: a heading, paragraphs of five lines, of one and of two."""
    texts = ["<h1>第一部分　概况</h1><h2>一、职能</h2>"]
    left = lines - 1
    for size in cycle((5, 1, 2)):
        texts.append(f"<p>{'公' * (28 * min(size, left) - 10)}</p>")
        left -= size
        if left <= 0:
            return "".join(texts)
    raise AssertionError


TABLE = '<section class="sheet" data-orientation="landscape"><p class="table-title">表</p></section>'
GROWING = (*range(19, 24), *range(41, 45))
SIGNATURE = '<div class="signature"><p class="sign">某单位</p></div>'


@pytest.mark.parametrize(("lines", "end"), [*((lines, "") for lines in GROWING), (42, TABLE), (19, SIGNATURE)])
def test_a_growing_text_never_ends_with_fewer_lines_than_the_style_asks_for(lines, end):
    """Line by line over a page's end: closer lines take the rest back, wider ones give it more."""
    [before] = runs_of(set_text(paragraphs(lines) + end, styled(least_lines=0)))
    layout = set_text(paragraphs(lines) + end, PACK.style)
    [after] = runs_of(layout)
    [pitch] = pitches_of(layout)

    assert sum(before) == sum(after) == 1 + lines + (end == SIGNATURE)
    assert len(after) == 1 or after[-1] >= LEAST
    assert len(after) <= len(before)
    is_short = len(before) > 1 and before[-1] < LEAST
    assert is_short == (lines in SHORT), before
    assert (pitch != USUAL) == is_short
    assert abs(pitch / USUAL - 1) <= PACK.style.typesetting.pitch


def test_a_text_is_set_again_alone_and_the_document_once(counted):
    """What other documents would pay for: the pages of tables are not set twice."""
    set_text(f"{TABLE * 5}{paragraphs(SHORT[0])}", PACK.style)
    assert counted.pages == [2, 1, 6]
    counted.pages.clear()
    set_text(f"{TABLE * 5}{paragraphs(30)}", PACK.style)
    assert counted.pages == [7]


def test_what_the_reckoning_misses_is_seen_when_it_is_set(counted, monkeypatch):
    monkeypatch.setattr(short_pages, "reckoned", lambda run, style: None)
    layout = set_text(paragraphs(SHORT[0]), PACK.style)

    assert runs_of(layout)[0][-1] >= LEAST
    assert counted.pages == [2, 2, 1, 1]


def test_lines_below_a_chart_come_back_to_its_page():
    """How high a chart is is known when it is set."""
    rows = "".join(f"<tr><td>项目{number}</td><td class='num'>1.00</td></tr>" for number in range(4))
    chart = f'<p class="chart-title">结构</p><table class="chart"><tbody>{rows}</tbody></table>'
    content = f'{paragraphs(14)}<div class="chart">{chart}</div><p>一</p><p>二</p>'

    assert [len(pages) for pages in runs_of(set_text(content, styled(least_lines=0)))] == [2]
    assert [len(pages) for pages in runs_of(set_text(content, PACK.style))] == [1]


@settings(max_examples=8)
@given(st.lists(st.sampled_from(["h2", "h3", "h2 long", *range(1, 7)]), min_size=12, max_size=36))
def test_pages_are_reckoned_as_they_are_set(parts):
    """A document is set again only where the reckoning fails: wherever headings stand, it does not."""
    texts = {"h2": "<h2>一、标题</h2>", "h3": "<h3>（一）标题</h3>", "h2 long": f"<h2>{'标题' * 20}</h2>"}
    content = "".join(texts.get(part) or f"<p>{'公' * (28 * int(part) - 12)}</p>" for part in parts)
    with pytest.MonkeyPatch.context() as patch:
        counted = Counted(patch)
        set_text(f"<h1>第一部分</h1>{content}<p>末</p>", styled(least_lines=6))

    alone, whole = counted.pages[:-1], counted.pages[-1]
    assert len(counted.pages) == 1 or len(alone) >= 2
    assert whole == (alone or [whole])[-1]


@pytest.mark.parametrize("name", EXAMPLES)
def test_where_nothing_is_wrong_the_grid_stays(name):
    assert pitches_of(example_layout(name)[1]) == {USUAL}


def test_lines_stay_where_no_pitch_within_the_range_helps():
    [lines] = runs_of(set_text(paragraphs(SHORT[0]), styled(pitch=0)))
    assert lines[-1] < LEAST
