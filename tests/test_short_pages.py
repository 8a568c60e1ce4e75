"""Pages of a line or two: what follows the last table joins its page, running text is set closer or wider."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from conftest import example_data
from fixtures import write_input
from gongkai.intake.read import read
from gongkai.output.document import parse_document
from gongkai.output.fit import fitted
from gongkai.output.pdf import Layout, lay_out
from gongkai.packs.pack import open_pack
from gongkai.packs.render import render_disclosure
from gongkai.packs.style import Style
from test_pdf import EXAMPLES, SHARE_LAYOUTS, example, example_layout

pytestmark = SHARE_LAYOUTS
PACK = open_pack("克州", "预算", 2024)
PAGE_NUMBER = re.compile(r"— ?\d+ ?—")
LEAST = 3


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


def laid_out(folder: Path, duties: int, style: Style) -> Layout:
    """The example with so many more duties of a line each in its first part."""
    data = example_data()
    data["概况"]["主要职能"] += ["承办其他事项。"] * duties
    disclosure = read(write_input(folder, data)).model
    return lay_out(parse_document(render_disclosure(disclosure, PACK)), style)


def styled(**changes: float) -> Style:
    return PACK.style.model_copy(update={"typesetting": PACK.style.typesetting.model_copy(update=changes)})


def lines_of_first_part(layout: Layout) -> list[int]:
    pages = pypdfium2.PdfDocument(layout.to_pdf({}))
    texts = [lines_of(page) for page in pages]
    start = next(n for n, lines in enumerate(texts) if lines and lines[0].startswith("第一部分") and n > 1)
    end = next(n for n, lines in enumerate(texts) if lines and lines[0].startswith("第二部分") and n > 1)
    return [len(lines) for lines in texts[start:end]]


def test_a_part_never_ends_with_fewer_lines_than_the_style_asks_for(tmp_path):
    """The text grows over a page's end, a line at a time: closer lines take the rest back, or wider ones give more."""
    least = 5
    loose, strict = styled(least_lines=0), styled(least_lines=least)
    moved = 0
    for duties in (11, 12, 13, 14):
        before, after = (lines_of_first_part(laid_out(tmp_path, duties, style)) for style in (loose, strict))
        assert sum(before) == sum(after)
        assert after[-1] >= least
        moved += before[-1] < least

    assert moved >= 2, "without it there are such pages"


def test_lines_stay_where_no_pitch_within_the_range_helps(tmp_path):
    least = styled(least_lines=5, pitch=0.01)
    loose = styled(least_lines=0)

    assert lines_of_first_part(laid_out(tmp_path, 12, least)) == lines_of_first_part(laid_out(tmp_path, 12, loose))
