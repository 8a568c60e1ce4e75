"""Both engines set the same document: the same texts on the same pages, tagged alike, valid, the same bytes twice."""

from __future__ import annotations

import io
import subprocess
import sys

import page as page_validation
import pypdfium2
import pytest

from gongkai.output.pdf.extract import extract
from support.fixtures import ROOT
from support.glyphs import cut_off, overlapping
from support.parity import (
    DIFFERENCES,
    EXAMPLES,
    FIRST,
    PACKS,
    SECOND,
    Pair,
    digest,
    lines_apart,
    pair_of,
    set_by_both,
)
from support.set_text import STYLE

PROFILES = [page_validation.ValidationProfile.PDF_UA_1, page_validation.ValidationProfile.PDF_A_3A]
HEAD = "<thead><tr><th scope='col'>项目</th><th scope='col'>金额</th></tr></thead>"
COLUMNS = "<colgroup><col style='width:60%'><col style='width:40%'></colgroup>"


def differing(pair: Pair) -> list[str]:
    return [words for difference in DIFFERENCES for words in difference(pair)]


def check(pair: Pair, tmp_path) -> None:
    """All that both must have in common, and what each must be."""
    assert differing(pair) == []
    for number, made in enumerate(pair.both):
        assert made.tagged.loose == made.tagged.unread == []
        assert cut_off(made.data) + overlapping(made.data) == []
        assert all(page_validation.is_pdf_compliant_bytes(made.data, profile=profile) for profile in PROFILES)
        file = tmp_path / f"{number}.pdf"
        file.write_bytes(made.data)
        if pair.files:
            assert extract(file) == dict(pair.files)


@pytest.mark.parametrize("example", ["minimal-budget", "minimal-final", "kezhou-swj-2024-budget"])
def test_an_example_is_the_same_document_by_both(example, tmp_path):
    check(pair_of(example), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_by_every_pack_is_the_same_document(example, pack, tmp_path):
    check(pair_of(example, pack), tmp_path)


@pytest.mark.parametrize("example", ["kezhou-swj-2024-budget"])
def test_lines_of_running_text_end_where_they_were_chosen(example):
    """In headings and cells, where each engine breaks lines by itself, few are others."""
    pair = pair_of(example)
    texts = len(pair.first.lines)

    assert len([*lines_apart(pair)]) <= texts / 50


@pytest.mark.slow
@pytest.mark.parametrize("engine", [FIRST, SECOND])
@pytest.mark.parametrize("example", EXAMPLES)
def test_another_process_makes_the_same_bytes(example, engine):
    code = f"from support.parity import digest; print(digest({engine!r}, {example!r}, None))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "tests", capture_output=True, check=True, text=True)

    assert run.stdout.strip() == digest(engine, example, None)


def rows(texts: list[str]) -> str:
    return "".join(f"<tr><td class='text'>{text}</td><td class='num'>1.00</td></tr>" for text in texts)


def sheet(body: str, orientation: str = "portrait", kind: str = "grid", head: str = HEAD) -> str:
    table = f"<table class='{kind}'>{COLUMNS}{head}<tbody>{body}</tbody></table>"
    return f"<section class='sheet' data-orientation='{orientation}'><p class='table-title'>表</p>{table}</section>"


NAME = "某某某某某某" * 10
MERGED = "<tr><td class='text' rowspan='80'>组</td><td class='num'>1.00</td></tr>"
MERGED += "<tr><td class='num'>2.00</td></tr>" * 79
LONG = "保障机关运行" * 400
SHAPES = {
    "one row": sheet(rows(["一行"])),
    "many rows": sheet(rows([f"第{n}行" for n in range(120)])),
    "landscape": sheet(rows([f"第{n}行" for n in range(60)]), "landscape"),
    "no header": sheet(rows(["一", "二"]), head=""),
    "header only": sheet(""),
    "row taller than a page": sheet(rows(["短", LONG, "短"])),
    "form taller than a page": sheet(rows(["短", LONG, "短"]), kind="form", head=""),
    "merged over pages": sheet(MERGED),
    "Latin longer than its cell": sheet(rows(["https://example.invalid/" + "a" * 90, "W" * 70])),
    "Latin longer than the line": f"<p>见{'abcdefghij' * 12}。</p>",
    "a long name in headings": f"<h1>第一部分　{NAME}概况</h1><h2>一、{NAME}</h2><p>文。</p>",
    "code of the compiler": '<p>#let x = 1; $x$ *b* _i_ `c` @r &lt;h1&gt; \\ " // /* */ ]}) #{</p>',
    "blanks": "<p>甲  乙\u3000丙 \u00a0 丁</p>",
    "rare signs": "<p>é ① ㎡ Ⅳ ‰ №</p>",
    "signature": "<p>文。</p><div class='signature'><p class='sign'>某单位</p><p class='sign'>2024年2月25日</p></div>",
    "signature below a table of many pages": f"{sheet(MERGED)}<div class='signature'><p class='sign'>某单位</p></div>",
    "last cell left out": sheet(
        "<tr><td class='text'>甲</td><td class='num'>1.00</td></tr><tr><td class='text'>乙</td></tr>"
    ),
    "amount wider than its column": sheet("<tr><td class='text'>甲</td><td class='num'>" + "1" * 160 + "</td></tr>"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_set_by_both_and_nothing_is_cut_off(shape):
    pair = set_by_both(SHAPES[shape])

    assert [words for words in differing(pair) if "no content" not in words] == []
    for made in pair.both:
        for page in pypdfium2.PdfDocument(io.BytesIO(made.data)):
            text = page.get_textpage()
            width, height = page.get_size()
            boxes = [text.get_charbox(n) for n in range(text.count_chars())]
            inside = [box[1] > -1 and box[3] < height + 1 for box in boxes]
            assert all(inside)
            assert shape.startswith("amount") or all(box[2] < width + 1 for box in boxes)


def test_what_has_no_room_is_a_finding_of_both():
    pair = set_by_both(SHAPES["amount wider than its column"])

    assert [[finding.code for finding in made.findings] for made in pair.both] == [["GK605"], ["GK605"]]


@pytest.mark.parametrize("all_landscape", [False, True])
def test_pages_of_a_style_are_as_wide_for_both(all_landscape):
    style = STYLE.model_copy(update={"page": STYLE.page.model_copy(update={"all_landscape": all_landscape})})
    pair = set_by_both(f"<h1>概况</h1><p>{'文' * 2000}</p>{SHAPES['many rows']}", style)
    sizes = [{page.get_size() for page in pypdfium2.PdfDocument(made.data)} for made in pair.both]

    assert differing(pair) == []
    assert [{(round(width), round(height)) for width, height in of} for of in sizes] == [
        {(842, 595)} if all_landscape else {(595, 842)}
    ] * 2
