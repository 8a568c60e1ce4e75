"""What is done to the renderer to make it faster and its files smaller changes nothing of what it sets."""

from __future__ import annotations

import io
import subprocess
import sys
from typing import Any

import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont
from weasyprint import HTML
from weasyprint.text.line_break import line_size
from weasyprint.urls import URLFetcher

import gongkai.output.pdf.weasyprint.render
from gongkai.document.parse import HtmlDocument, parse_document, parse_html, to_text
from gongkai.output.look.fonts import locate_fonts
from gongkai.output.pdf.weasyprint.render import paginate
from support.fixtures import ROOT
from support.laid_out import BUDGET, SHARE_LAYOUTS, example, example_layout, opened, rendered
from support.set_text import STYLE

pytestmark = SHARE_LAYOUTS

MOST = 680_000
"""Bytes of the 克州 example: 0.4 KB for each of its 1,240 outlines is what the typefaces ask for."""

EVERYTHING = """
<html lang="zh-CN"><head><title>某单位</title><meta name="author" content="某单位">
<meta name="dcterms.created" content="2024-02-25"></head><body>
<div class="cover"><p class="cover-title">公开</p></div><nav class="toc"><p class="toc-title">目录</p></nav>
<section class="part"><h1>第一部分</h1><h2>一、职能</h2><h3>（一）其他</h3>
<p>一行<br>又一行<!-- 说明 -->，见<a href="#h1">第一部分</a>和<span class="kept">别处</span>。</p>
<section class="sheet"><p class="table-id">表1</p><p class="table-title">收支表</p>
<table class="grid"><colgroup><col style="width:60%"><col style="width:40%"></colgroup>
<thead><tr><th>项目</th><th scope="col">金额</th></tr></thead>
<tbody><tr><td>甲</td><td class="num">1.00</td></tr></tbody>
</table><table class="form"><tr><td class="label">乙</td><td>丙<p>丁</p></td></tr></table></section></section>
</body></html>
"""
"""A document with every element that there may be, a comment, and rows without a body."""


def documents() -> list[HtmlDocument]:
    return [parse_document(rendered(ROOT / "examples/minimal-budget.yaml")), parse_html(EVERYTHING)]


@pytest.mark.parametrize("document", documents(), ids=["example", "every element"])
def test_the_renderer_sets_the_parsed_document_as_it_sets_its_text(document, monkeypatch):
    """With the renderer's own parser and its whole default style the file has the same bytes."""
    ours = paginate(document, STYLE).to_pdf({})

    def from_text(root: Any, fetcher: URLFetcher) -> HTML:
        return HTML(string=to_text(root), url_fetcher=fetcher)

    monkeypatch.setattr(gongkai.output.pdf.weasyprint.render, "ParsedPage", from_text)
    assert paginate(document, STYLE).to_pdf({}) == ours


def test_the_renderer_is_loaded_without_starting_a_program():
    watch = (
        "import sys; started = []; "
        "sys.addaudithook(lambda event, about: started.append(about) if event == 'subprocess.Popen' else None); "
        "import ctypes.util; theirs = ctypes.util.find_library; "
        "import gongkai.output.pdf.weasyprint.render; assert ctypes.util.find_library is theirs; "
        "print(len(started)); ctypes.util.find_library('c'); print(len(started) > 0)"
    )
    done = subprocess.run([sys.executable, "-c", watch], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["0", "True"]


def test_a_leader_is_one_text_as_wide_as_its_dots():
    document, layout = example_layout(BUDGET)
    boxes = (box for page in layout._document.pages for box in page._page_box.descendants())
    leaders = [box for box in boxes if box.is_leader]

    assert len(leaders) == len(document.root.findall(".//nav//a"))
    for leader in leaders:
        [text] = leader.children
        text.pango_layout.reactivate(text.style)
        line, _ = text.pango_layout.get_first_line()
        assert set(text.text) == {"."}
        assert line_size(line, text.style)[0] == pytest.approx(text.width, abs=0.5)
    assert max(len(leader.children[0].text) for leader in leaders) > 50


# --- font programs ---


def embedded(face: str) -> Any:
    """The font of the example that is of this typeface of the style."""
    fonts = (font.DescendantFonts[0] for font in opened(BUDGET).pages[0].resources.Font.values())
    [found] = [font for font in fonts if str(font.FontDescriptor.FontFamily) == f"gongkai {face}"]
    return found


def shown(font: Any) -> list[int]:
    """The numbers of the glyphs whose widths a font states."""
    widths = list(font.W)
    return [
        number
        for first, run in zip(widths[::2], widths[1::2], strict=True)
        for number in range(first, first + len(run))
    ]


def program_of(font: Any) -> Any:
    stream = font.FontDescriptor.FontFile3
    assert stream.Subtype == pikepdf.Name.CIDFontType0C
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(stream.read_bytes()), None)
    return fonts[0]


def drawn(outline: Any) -> list[Any]:
    pen = RecordingPen()
    outline.draw(pen)
    return pen.value


@pytest.mark.parametrize("face", ["小标宋", "黑体", "楷体", "仿宋", "宋体"])
def test_a_font_program_holds_the_glyphs_shown_and_draws_them_as_its_typeface_does(face):
    font = embedded(face)
    program, numbers = program_of(font), shown(font)
    typeface = TTFont(locate_fonts(STYLE)[STYLE.fonts[face].file])
    glyphs, order = typeface.getGlyphSet(), typeface.getGlyphOrder()

    assert len(numbers) > 10
    assert list(program.charset) == [".notdef", *(f"cid{number:05d}" for number in numbers)]
    for number in numbers:
        assert drawn(program.CharStrings[f"cid{number:05d}"]) == drawn(glyphs[order[number]])


def test_the_pdf_stays_small():
    assert len(example(BUDGET)[1]) < MOST


def test_renderer_of_another_version_is_refused(tmp_path):
    code = (
        "import weasyprint; weasyprint.__version__ = '71.0'\n"
        "from gongkai.findings import FindingsError\n"
        "try:\n"
        "    import gongkai.output.pdf.weasyprint.render\n"
        "except FindingsError as error:\n"
        "    print(error.findings[0].code, error)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)

    assert run.stdout == "GK641 排版程序 weasyprint 是 71.0 版，应是 70.0 版\n"
