"""How running text is set: GB/T 9704-2012, lines to the full measure, amounts whole."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import Any

import pypdfium2
import pytest
from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import TO_UNITS

from gongkai.output.layout.figures import HEADING_END
from gongkai.output.layout.lines.linebreaks import COMPRESSED, Atom, Measure, choose_lines
from gongkai.output.pdf.weasyprint.justify import _StretchedLayout, gaps_of
from gongkai.output.pdf.weasyprint.render import Pages
from support.laid_out import BUDGET, EXAMPLES, FINAL, SHARE_LAYOUTS, example_layout
from support.laid_out import example as pdf_of
from support.set_text import POINT, STYLE, paragraphs, set_text, text_of

pytestmark = SHARE_LAYOUTS
BODY = STYLE.roles["正文"]


PDFTOTEXT = shutil.which("pdftotext")


def example(name: str) -> Pages:
    return example_layout(name)[1]


def right_edge(line: Any) -> float:
    return max(box.position_x + box.width for box in line.descendants() if isinstance(box, boxes.TextBox))


def lines_of(layout: Pages) -> list[str]:
    return [text_of(line) for lines in paragraphs(layout) for line in lines]


def test_a_page_holds_22_lines_of_28_characters():
    layout = set_text(f"<p>{'公' * 28 * 50}</p>")
    pages = [[text_of(line) for line in lines] for lines in paragraphs(layout)]

    assert [len(lines) for lines in pages] == [22, 22, 7]
    assert {len(line) for lines in pages for line in lines[1 if lines is pages[0] else 0 : 22]} <= {28, 2}
    assert len(pages[0][0]) == 26  # two characters of indent


MEASURE = STYLE.typesetting.stretch * BODY.size * POINT
"""The most that a gap may be stretched by, in the renderer's unit."""


@pytest.mark.parametrize("name", EXAMPLES)
def test_right_edges_are_not_ragged_but_where_nothing_fits(name):
    """Every line but a paragraph's last one ends at the edge of the type area, to a hundredth of a point.

    Short are only those that would have to be stretched beyond the measure.
    """
    page = STYLE.page
    edge = (page.width - page.portrait.right) * POINT
    lines = [line for lines in paragraphs(example(name)) for line in lines[:-1]]
    short = [line for line in lines if abs(edge - right_edge(line)) >= 0.02 * POINT]

    assert len(lines) > 40
    assert len(short) < 0.2 * len(lines)
    for line in short:
        assert edge - right_edge(line) > MEASURE * sum(gaps_of(text_of(line))), text_of(line)


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_gap_is_stretched_beyond_the_measure(name):
    gaps = [
        box.pango_layout._units / TO_UNITS
        for page in example(name)._document.pages
        for box in page._page_box.descendants()
        if isinstance(box, boxes.TextBox) and isinstance(box.pango_layout, _StretchedLayout)
    ]

    assert len(gaps) > 40
    assert max(gaps) <= MEASURE + 0.001
    assert min(gaps) >= -STYLE.typesetting.compress * BODY.size * POINT - 0.5


@pytest.mark.parametrize("name", EXAMPLES)
def test_lines_are_read_without_blanks_within(name):
    """A gap that a reader takes for a blank would part words and amounts."""
    read = "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf_of(name)[1]))
    said = read.replace("\u0002", "").replace("\ufffe", "")

    assert [text for text in lines_of(example(name)) if text.strip() and text.strip() not in said] == []


@pytest.mark.skipif(PDFTOTEXT is None, reason="poppler is not installed")
@pytest.mark.parametrize("name", EXAMPLES)
def test_poppler_reads_lines_without_blanks_too(name):
    data = pdf_of(name)[1]
    read = subprocess.run(
        [str(PDFTOTEXT), "-raw", "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode()

    # A hyphen at a line's end is dropped by this program.
    assert [text for text in lines_of(example(name)) if text.strip() not in read] == []


def test_lines_share_what_an_amount_leaves_empty():
    """Filled one after the other, the line before the amount would lack five characters, the others none."""
    text = "按照预算的要求" * 10 + "本年" + "收入3,587.26万元，比上年增加。"
    layout = set_text(f"<p>{text}</p>")
    [lines] = paragraphs(layout)
    edge = (STYLE.page.width - STYLE.page.portrait.right) * POINT

    assert "".join(map(text_of, lines)) == text
    assert all(abs(edge - right_edge(line)) < 0.02 * POINT for line in lines[:-1])


def letters(text: str, gives: float = 0.0) -> list[Atom]:
    return [Atom(1.0, 0, 1, gives if letter in COMPRESSED else 0.0, None if letter == "，" else 0.0) for letter in text]


def ends(text: str, *, gives: float = 0.0, width: float = 10.0) -> list[int]:
    return [line.end for line in choose_lines(letters(text, gives), Measure(width, width, 0.1)) or []]


def test_points_are_compressed_to_keep_a_character_on_the_line():
    text = "公，开，公，开，公，开，公公"

    assert ends(text, gives=0.2, width=13.2) == [14]
    assert ends(text, width=13.2)[0] < 14


def test_a_line_stays_short_only_before_what_does_not_fit_on_it():
    """Thirteen characters before two amounts: no character moves down to the first only to fill its line."""
    atoms = [*letters("公" * 13), Atom(8.0, 0, 1, 0.0), Atom(8.0, 0, 1, 0.0), *letters("公" * 20)]
    lines = choose_lines(atoms, Measure(10.0, 10.0, 0.1))
    assert lines is not None

    assert [(line.end, line.full) for line in lines[:4]] == [(10, True), (13, False), (14, False), (17, True)]


def test_no_paragraph_ends_with_a_single_character():
    assert ends("公" * 41, width=20) == [20, 39, 41]
    assert ends("公" * 42, width=20) == [20, 40, 42]


def test_a_paragraph_keeps_its_own_line_breaks():
    [lines] = paragraphs(set_text(f"<p>{'公' * 40}<br>{'开' * 40}</p>"))

    assert ["".join(sorted(set(text_of(line)))) for line in lines] == ["公", "公", "开", "开"]
    assert len(text_of(lines[2])) == 28


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_heading_leaves_a_character_alone_on_a_line(name):
    """…一般公共预算当年拨款情况说 / 明"""
    headings = [lines for tag in ("h1", "h2", "h3") for lines in paragraphs(example(name), tag)]

    assert [text_of(lines[-1]) for lines in headings if len(lines) > 1 and len(text_of(lines[-1])) < HEADING_END] == []
    assert len(headings) > 15


def test_a_heading_ends_with_words_on_its_second_line():
    [lines] = paragraphs(set_text(f"<h2>一、{'某' * 21}2024年情况说明</h2>"), "h2")
    assert [text_of(line)[-4:] for line in lines] == ["024年", "情况说明"]


def test_stretching_leaves_figures_and_words_alone():
    assert gaps_of("占12.19%，比") == [True, False, False, False, False, False, True, True, False]
    assert gaps_of("WTO") == [False, False, False]


def test_a_line_that_lacks_too_much_is_not_torn_apart():
    layout = set_text(f"<p>附件{'A' * 49}{'B' * 40}</p>")
    [lines] = paragraphs(layout)

    assert text_of(lines[0]).startswith("附件")
    assert right_edge(lines[0]) <= (STYLE.page.width - STYLE.page.portrait.right) * POINT + 0.01


@pytest.mark.parametrize("before", range(15, 27))
def test_an_amount_is_never_parted_from_its_unit(before):
    amounts = ["1,046.82万元", "12.19%", "-3.50个百分点", "2024年", "20人"]
    for amount in amounts:
        text = f"{'比' * before}{amount}{'增' * 40}"
        lines = lines_of(set_text(f"<p>{text}</p>"))
        assert "".join(lines) == text
        assert any(amount in line for line in lines), lines


def test_amounts_of_the_examples_are_whole():
    amount = re.compile(r"\d[\d,]*\.\d\d(?:万元|%)")
    for name in (BUDGET, FINAL):
        for lines in paragraphs(example(name)):
            texts = [text_of(line) for line in lines]
            whole = amount.findall("".join(texts))
            assert [found for text in texts for found in amount.findall(text)] == whole


@pytest.mark.parametrize("name", [BUDGET, FINAL])
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(name):
    lines = [line for line in lines_of(example(name)) if line]

    assert [line for line in lines if line[0] in "、，。；：？！）》”’〕】%"] == []
    assert [line for line in lines if line[-1] in "（《“‘〔【"] == []


def test_no_line_ends_with_a_hyphen():
    """Programs that read the PDF would take it for a divided word and drop it."""
    for before in range(20, 30):
        lines = lines_of(set_text(f"<p>{'援' * before}-招商引资工作经费{'补' * 30}</p>"))
        assert [line for line in lines if line.endswith("-")] == []


@pytest.mark.parametrize("name", [BUDGET, FINAL])
def test_no_single_line_of_a_paragraph_stands_on_a_page(name):
    """At a page's foot and head a paragraph has two lines or more, unless it is of one or of three."""
    previous: Any = None
    for page in example(name)._document.pages:
        parts = [
            (box.element, len(box.children))
            for box in page._page_box.descendants()
            if isinstance(box, boxes.BlockBox) and box.element_tag == "p" and not box.element.get("class")
        ]
        if previous and parts and parts[0][0] is previous[0]:
            assert min(previous[1], parts[0][1]) >= 2
        previous = parts[-1] if parts else None


def test_figures_in_fangsong_are_those_of_the_face_the_style_names():
    layout = set_text("<p>收入1,046.82万元</p>")
    [[line]] = paragraphs(layout)
    faces = {box.text: box.style["font_family"][0] for box in line.descendants() if isinstance(box, boxes.TextBox)}

    assert faces == {"收入": "gongkai 仿宋", "1,046.82": "gongkai 宋体", "万元": "gongkai 仿宋"}
