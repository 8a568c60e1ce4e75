"""The cover and the lines above tables with names of any length."""

from __future__ import annotations

import io

import docx
import lxml.html
import pytest
from docx.shared import Pt
from weasyprint.formatting_structure import boxes

from gongkai.document.parse import parse_html
from gongkai.output.docx.writer import render_docx
from gongkai.output.layout.cover import space_above_date
from gongkai.output.pdf.weasyprint.render import Pages, paginate
from support.set_text import STYLE, text_of

STATED = STYLE.roles["封面日期"].before
LINE = STYLE.roles["封面单位"].line


def cover(name: str) -> str:
    head = f'<title>某</title><meta name="author" content="{name}"><meta name="dcterms.created" content="2024-02-25">'
    return (
        f'<html lang="zh-CN"><head>{head}</head><body><section class="cover"><p class="cover-unit">{name}</p>'
        '<p class="cover-title">2024年单位预算公开</p><p class="cover-date">2024年2月25日</p></section>'
        '<section class="part"><h1 id="h1">第一部分</h1><p>无。</p><section class="sheet" data-orientation="portrait">'
        f'<p class="table-title">某表</p><p class="table-unit"><span>编制单位：{name}</span><span>单位：万元</span></p>'
        '<table class="grid"><tbody><tr><td class="num">1.00</td></tr></tbody></table></section></section>'
        "</body></html>"
    )


def laid_out(name: str) -> Pages:
    return paginate(parse_html(cover(name)), STYLE)


@pytest.mark.parametrize(("length", "lines"), [(8, 1), (30, 2), (54, 4), (60, 4)])
def test_date_moves_up_by_the_lines_of_the_name(length, lines):
    [date] = lxml.html.document_fromstring(cover("局" * length)).find_class("cover-date")
    space = space_above_date(date, STYLE)

    assert space == (None if lines == 1 else STATED - (lines - 1) * LINE)


@pytest.mark.parametrize("length", [8, 54, 60])
def test_cover_is_one_page(length):
    layout = laid_out("局" * length)
    first = "".join(box.text for box in layout._document.pages[0]._page_box.descendants() if hasattr(box, "text"))

    assert "2024年2月25日" in first
    assert layout.pages["h1"] == 1


def test_date_moves_up_in_word_alike():
    document = docx.Document(io.BytesIO(render_docx(parse_html(cover("局" * 54)), STYLE, {"h1": 1})))
    [date] = [paragraph for paragraph in document.paragraphs if paragraph.text == "2024年2月25日"]

    assert date.paragraph_format.space_before == Pt(STATED - 3 * LINE)


def test_unit_of_amounts_stays_in_one_line():
    for box in laid_out("局" * 54)._document.pages[-1]._page_box.descendants():
        if isinstance(box, boxes.BlockBox) and box.element is not None and box.element.text == "单位：万元":
            assert [text_of(line) for line in box.children] == ["单位：万元"]
            break
    else:
        pytest.fail("no line says what the amounts are in")
