"""The web page: landmarks, headings, labelled tables, amounts as data, nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import pytest
from lxml import html
from lxml.html import HtmlElement

from gongkai.document.vocabulary import NAMES_ROW
from gongkai.output.html.screen import screen_css
from gongkai.output.look.css import print_css
from gongkai.output.look.fonts import locate_fonts
from gongkai.packs.open import open_pack
from support.web_pages import EXAMPLES, made


@pytest.fixture(params=EXAMPLES)
def page(request) -> HtmlElement:
    return html.document_fromstring(made(request.param)[1])


def test_same_words_as_the_document():
    for example in EXAMPLES:
        document, page = made(example)
        body = html.document_fromstring(page).body
        for added in body.xpath("a[@class='skip']"):
            added.drop_tree()
        order = [body.find("header"), *body.iterfind("nav"), body.find("main")]
        assert "".join(part.text_content() for part in order).split() == document.root.body.text_content().split()


def test_page_loads_nothing_and_runs_nothing(page):
    policy = page.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")

    assert policy.startswith("default-src 'none'")
    assert list(page.iter("script", "link", "img", "iframe", "object")) == []
    styles = "".join(sheet.text for sheet in page.iter("style"))
    assert re.findall(r"url\(|@import|https?:", styles) == []
    assert [a.get("href") for a in page.iter("a") if not a.get("href").startswith("#")] == []


def test_landmarks_come_in_the_order_of_reading(page):
    assert [element.tag for element in page.body] == ["a", "header", "nav", "main"]
    skip, _, nav, main = page.body
    assert skip.get("href") == f"#{main.get('id')}"
    assert nav.get("aria-label") == "目录"
    assert page.get("lang") == "zh-CN"
    assert page.find(".//meta[@name='viewport']").get("content") == "width=device-width, initial-scale=1"


def test_every_link_of_the_contents_leads_somewhere(page):
    ids = [element.get("id") for element in page.iter() if element.get("id")]

    assert len(set(ids)) == len(ids)
    targets = [a.get("href") for a in page.find(".//nav").iter("a")]
    assert len(targets) > 10
    assert {target.removeprefix("#") for target in targets} <= set(ids)


def levels(page: HtmlElement) -> Iterator[int]:
    for element in page.body.iter():
        if element.get("role") == "heading" or element.tag in ("h1", "h2", "h3"):
            yield int(element.get("aria-level"))


def test_headings_begin_with_one_and_leave_no_level_out(page):
    found = list(levels(page))

    assert found[0] == 1
    assert found.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(found))


def test_every_table_stands_in_a_region_of_its_own_name_that_the_keyboard_reaches(page):
    regions = page.findall(".//div[@role='region']")
    names = [region.get("aria-label") for region in regions]

    assert len(regions) >= 9
    assert all(names)
    assert len(set(names)) == len(names)
    assert {region.get("tabindex") for region in regions} == {"0"}
    assert all(table.getparent() in regions for table in page.iter("table"))


def test_every_header_cell_says_what_it_heads(page):
    scopes = {"col", "row", "colgroup", "rowgroup"}
    for cell in page.iter("th"):
        assert cell.get("scope") in scopes
        assert cell.text_content().strip() or cell.get("role") == "none"
    assert not page.xpath("//td[contains(@class, 'label') and normalize-space()]")


def test_names_of_rows_are_headers_that_look_as_other_cells(page):
    names = {"".join(cell.text_content().split()): cell for cell in page.find_class(NAMES_ROW)}

    assert {"行政运行", "合计"} <= set(names)
    assert {(cell.tag, cell.get("scope")) for cell in names.values()} == {("th", "row")}
    assert all("num" in cell.getnext().get("class") for cell in names.values())


def test_amounts_are_data(page):
    found = list(page.iter("data"))

    assert len(found) > 50
    for data in found:
        assert Decimal(data.get("value")) == Decimal(data.text.replace(",", ""))
    for cell in page.iter("td"):
        if cell.get("class") == "num" and cell.text_content().strip():
            assert [child.tag for child in cell] == ["data"]


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_colour_of_text_is_legible_on_every_ground():
    """WCAG 2.1, 1.4.3: at least 4.5 to 1."""
    sheet = screen_css(open_pack("base", "预算", 2024).style)
    white = "color: #fff;"
    texts = set(re.findall(r"(?<![-\w])color: (#[0-9a-f]{3,6})", sheet.replace(white, "")))
    grounds = set(re.findall(r"background: (#[0-9a-f]{3,6})", sheet)) - {"#0b4f9e", "#1f5c99", "#a9bfd8"}

    assert len(texts) >= 3
    assert len(grounds) >= 3
    assert [(t, g) for t in texts for g in grounds if contrast(t, g) < 4.5] == []
    assert contrast("#fff", "#0b4f9e") >= 4.5, "the link that skips the contents"


def test_printed_page_has_the_style_sheet_of_the_pdf():
    """All rules but the font files: a browser takes the fonts of its own machine by name."""
    style = open_pack("base", "预算", 2024).style
    page = html.document_fromstring(made("minimal-budget")[1])
    [printed] = [sheet.text for sheet in page.iter("style") if sheet.get("media") == "print"]

    rules = [line for line in print_css(style, locate_fonts(style)).splitlines() if not line.startswith("@font-face")]
    assert [line for line in rules if line not in printed] == []
    assert 'src: local("仿宋_GB2312"), local("FandolFang")' in printed


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_stands_in_on_paper_stands_in_on_screens(example):
    """Every class that says by how much a name stands in has a rule of its own on the screen."""
    page = html.document_fromstring(made(example)[1])
    used = {name for cell in page.iter("td", "th") for name in cell.get("class", "").split() if name[:3] == "in-"}
    screen = page.find(".//style[@media='screen']").text
    room = {name: float(size) for name, size in re.findall(r"\.(in-\d) \{ padding-left: ([\d.]+)em", screen)}

    assert used <= room.keys()
    assert room["in-2"] - room["in-1"] == pytest.approx(1)


def test_items_of_a_sum_stand_in_alike():
    """表 4, the 三公 table and the carried-over money of the final account: the first item as its siblings."""
    budget = html.document_fromstring(made("kezhou-swj-2024-budget")[1])
    final = html.document_fromstring(made("bozhou-swj-2024-final")[1])

    assert names_standing_in(budget, "财政拨款收支预算总体情况表") == {
        "一般公共预算": 1, "政府性基金预算": 1, "国有资本经营预算": 1,
    }  # fmt: skip
    assert names_standing_in(budget, "“三公”经费支出情况表") == {"其中：公务用车购置费": 1, "公务用车运行费": 2}
    assert set(names_standing_in(final, "财政拨款收入支出决算总表")) == {
        "一、一般公共预算财政拨款", "二、政府性基金预算财政拨款", "三、国有资本经营预算财政拨款",
    }  # fmt: skip


def names_standing_in(page: HtmlElement, title: str) -> dict[str, int]:
    [sheet] = [
        s for s in page.iterfind(".//section[@class='sheet']") if title in s.find("p[@class='table-title']").text
    ]
    return {
        cell.text_content(): int(name[3:])
        for cell in sheet.iterfind(".//tbody/tr/*")
        for name in cell.get("class", "").split()
        if name.startswith("in-")
    }
