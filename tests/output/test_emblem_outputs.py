"""The emblem in every output: the same picture with the same words, content on the cover, decoration in the heads."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import page as page_validation
import pikepdf
import pypdfium2
import pytest
from lxml import etree, html
from PIL import Image, ImageStat

from gongkai.document.parse import parse_document
from gongkai.output.docx.writer import render_docx
from gongkai.output.formats import FORMATS, Manuscript, emblem_png
from gongkai.output.html.page import render_html
from gongkai.output.pdf.engine import ENGINES
from gongkai.packs.picture.picture import Picture
from gongkai.packs.picture.png import read_png
from gongkai.packs.picture.svg import read_svg
from gongkai.packs.style import Style
from support.compiled import parsed
from support.emblems import ALTERNATIVE, SVG, drawn, pdf, png, rendered, style_with, with_cover
from support.office import complaints
from support.pictures import picture_of
from support.set_text import STYLE
from support.tagged import TaggedPdf

PROFILES = [page_validation.ValidationProfile.PDF_UA_1, page_validation.ValidationProfile.PDF_A_3A]
TRANSPARENT = drawn(
    '<linearGradient id="g"><stop offset="0" stop-color="#fff" stop-opacity="0"/><stop offset="1"/></linearGradient>'
    '<linearGradient id="h" href="#g" gradientTransform="rotate(30)"/><rect width="9" height="9" fill="url(#h)"/>'
    '<radialGradient id="r"><stop offset="0.5" stop-color="red"/></radialGradient>'
    '<g opacity="0.5"><path d="M0 0h50v50z" fill="url(#g)" stroke="url(#g)"/><circle r="20" fill="url(#r)"/></g>'
)
PICTURES: dict[str, Picture] = {
    "svg": read_svg(SVG),
    "transparent svg": read_svg(TRANSPARENT),
    **{f"png {mode}": read_png(png(mode)) for mode in ("1", "L", "LA", "P", "RGB", "RGBA")},
    "png of a transparent colour": read_png(png("P", transparency=0)),
}
EVERYWHERE = {"cover": {"高": "30mm"}, "head": {"高": "8mm"}}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


class Figure(NamedTuple):
    """What the structure of a PDF says of a picture: its words, and its corners in points from the lower left."""

    words: str
    box: tuple[float, ...]


def figures(data: bytes) -> list[Figure]:
    with pikepdf.open(io.BytesIO(data)) as opened:
        return [_figure(e) for e in opened.objects if isinstance(e, pikepdf.Dictionary) and e.get("/S") == "/Figure"]


def _figure(element: Any) -> Figure:
    attributes = [*element.A] if isinstance(element.A, pikepdf.Array) else [element.A]
    [box] = [each.BBox for each in attributes if "/BBox" in each]
    return Figure(str(element.Alt), tuple(float(side) for side in box))


def word(style: Style) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(render_docx(with_cover(), style, {}, emblem_png(style))))


def shown(package: zipfile.ZipFile, part: str) -> list[etree._Element]:
    """What pictures in a part of a Word file are said to be."""
    return [*etree.fromstring(package.read(part)).iter(f"{WP}docPr")]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("picture", PICTURES)
def test_a_pdf_with_any_picture_keeps_the_standards(picture, engine):
    data = pdf(engine, with_cover(), style_with(PICTURES[picture], **EVERYWHERE))

    for profile in PROFILES:
        report = page_validation.validate_pdf_bytes(data, profile=profile)
        assert [(failure.rule_id, failure.message) for failure in report.failures] == []
        assert report.is_compliant
    tagged = TaggedPdf(data)
    assert tagged.loose == tagged.unread == []


def test_every_output_says_the_same_of_the_emblem():
    made = rendered()
    style = made.pack.style
    said: dict[str, set[str]] = {}
    for engine in ENGINES.values():
        manuscript = Manuscript(made, engine=engine)
        [figure] = figures(FORMATS["pdf"].write(manuscript))
        said[engine.name] = {figure.words}
    package = zipfile.ZipFile(io.BytesIO(FORMATS["docx"].write(manuscript)))
    parts = ("word/document.xml", "word/header1.xml", "word/header2.xml")
    said["docx"] = {str(each.get("descr")) for part in parts for each in shown(package, part)}
    page = html.document_fromstring(FORMATS["html"].write(manuscript))
    said["html"] = {str(image.get("alt")) for image in page.iter("img")}

    assert style.emblem is not None
    assert said == {name: {ALTERNATIVE} for name in ("weasyprint", "typst", "docx", "html")}


@pytest.mark.parametrize("engine", ENGINES)
def test_the_cover_has_a_figure_and_heads_have_decoration(engine):
    both, cover, head = (
        pdf(engine, with_cover(), style_with(PICTURES["svg"], **places))
        for places in (EVERYWHERE, {"cover": {"高": "30mm"}}, {"head": {"高": "8mm"}})
    )

    assert [len(figures(data)) for data in (both, cover, head)] == [1, 1, 0]
    [figure] = figures(both)
    left, bottom, right, top = figure.box
    page = STYLE.page
    middle = (page.portrait.left + page.width - page.portrait.right) / 2
    assert (left + right) / 2 == pytest.approx(middle, abs=0.1)
    assert (right - left, top - bottom) == pytest.approx((85.04, 85.04), abs=0.1)
    assert page.height - top == pytest.approx(page.portrait.top, abs=0.1)


def inked(data: bytes, number: int) -> tuple[float, float, float, float] | None:
    """The corners, in millimetres, of what is red or blue on a page: the emblem."""
    page = pypdfium2.PdfDocument(data)[number]
    _, saturation, _ = page.render(scale=2).to_pil().convert("HSV").split()
    found = saturation.point(lambda value: 255 * (value > 80)).getbbox()
    return None if found is None else tuple(side / 2 / 72 * 25.4 for side in found)  # type: ignore[return-value]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("side", ["左", "居中", "右"])
def test_it_stands_where_the_style_says(engine, side):
    width, _ = STYLE.page.type_area(landscape=False)
    left, width = STYLE.page.portrait.left / 72 * 25.4, width / 72 * 25.4
    share = {"左": 0.0, "居中": 0.5, "右": 1.0}[side]
    places = {
        "cover": {"高": "20mm", "位置": side, "段前": "5mm"},
        "head": {"高": "8mm", "位置": side, "距正文": "7mm"},
    }
    data = pdf(engine, with_cover(), style_with(PICTURES["svg"], **places))
    pages = len(pypdfium2.PdfDocument(data))

    for number, size, top in ((0, 20.0, 42.0), (pages - 1, 8.0, 37.0 - 7 - 8)):
        start = left + share * (width - size)
        found = inked(data, number)
        # The disc is 2 % smaller than the picture at each side.
        edge = size * 0.02
        expected = (start + edge, top + edge, start + size - edge, top + size - edge)
        assert found == pytest.approx(expected, abs=0.5)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_words_of_the_cover_stay_while_there_is_room(engine):
    def heights(places: dict[str, dict[str, str]]) -> list[float]:
        style = style_with(PICTURES["svg"], **places) if places else STYLE
        page = pypdfium2.PdfDocument(pdf(engine, with_cover(), style))[0].get_textpage()
        return [page.get_charbox(n)[1] for n in range(page.count_chars()) if page.get_text_range(n, 1).strip()]

    plain, small, large = (heights(p) for p in ({}, {"cover": {"高": "30mm"}}, {"cover": {"高": "80mm"}}))
    assert small == pytest.approx(plain, abs=0.2)
    lower = 80 / 25.4 * 72 + 24 - 150
    assert large[0] == pytest.approx(plain[0] - lower, abs=0.2)
    assert large[-1] == pytest.approx(plain[-1], abs=0.2), "the date stays"


@pytest.mark.parametrize("engine", ENGINES)
def test_both_engines_show_the_same_picture_at_any_size(engine):
    """Gradients, clips and transparency as in the picture that Word has."""
    style = style_with(PICTURES["svg"], cover={"高": "30mm", "位置": "左"})
    expected = Image.open(io.BytesIO(emblem_png(style))).convert("RGBA")
    ground = Image.new("RGBA", expected.size, "white")
    ground.alpha_composite(expected)
    page = pypdfium2.PdfDocument(pdf(engine, with_cover(), style))[0].render(scale=300 / 72).to_pil()
    left, top = (round(points * 300 / 72) for points in (STYLE.page.portrait.left, STYLE.page.portrait.top))
    found = page.convert("RGB").crop((left, top, left + expected.width, top + expected.height))
    wanted = ground.convert("RGB")
    means = (ImageStat.Stat(image.resize((8, 8))).mean for image in (found, wanted))
    differing = [abs(a - b) for a, b in zip(*means, strict=True)]
    assert max(differing) < 6


@pytest.mark.parametrize("engine", ENGINES)
def test_it_is_written_once_however_many_pages_show_it(engine):
    """A picture of five hundred paths on forty pages takes less than on each of them again."""
    paths = "".join(f'<path d="M{n % 97} {n % 89}l{n % 13} 7 3 {n % 17}z" fill="#{n:06x}"/>' for n in range(500))
    picture = read_svg(drawn(paths))
    document = parsed("".join(f'<section class="part"><h1>第{n}部分</h1><p>文。</p></section>' for n in range(40)))
    plain = pdf(engine, document, STYLE)
    data = pdf(engine, document, style_with(picture, head={"高": "8mm"}))

    assert inked(data, 39) is not None
    assert len(data) - len(plain) < 3 * len(picture.data)


def test_the_same_bytes_each_time():
    style = style_with(PICTURES["svg"], **EVERYWHERE)
    for engine in ENGINES:
        assert pdf(engine, with_cover(), style) == pdf(engine, with_cover(), style)
    assert emblem_png(style) == emblem_png(style)
    assert word(style).fp.getvalue() == word(style).fp.getvalue()


def test_a_pdf_that_is_written_twice_is_the_same():
    paged = ENGINES["weasyprint"].paginate(with_cover(), style_with(PICTURES["svg"], **EVERYWHERE))

    assert paged.to_pdf({}) == paged.to_pdf({})


def test_a_word_file_has_it_on_the_cover_and_in_the_headers(tmp_path):
    style = style_with(PICTURES["svg"], **EVERYWHERE)
    package = word(style)
    document = etree.fromstring(package.read("word/document.xml"))

    assert [(p.get("name"), p.get("descr")) for p in shown(package, "word/document.xml")] == [("emblem", ALTERNATIVE)]
    sections = [*document.iter(f"{W}sectPr")]
    kinds = [[each.get(f"{W}type") for each in section.iter(f"{W}headerReference")] for section in sections]
    assert kinds == [[], ["default", "even"]]
    assert {size.get("cx") for size in document.iter(f"{WP}extent")} == {str(30 * 36000)}
    picture = Image.open(io.BytesIO(package.read("word/media/emblem.png")))
    assert picture.size == (354, 354)
    assert picture.getpixel((0, 0))[3] == 0, "what is around it stays clear"
    for relations in ("document", "header1", "header2"):
        assert b"media/emblem.png" in package.read(f"word/_rels/{relations}.xml.rels")
    file = tmp_path / "a.docx"
    file.write_bytes(package.fp.getvalue())
    assert complaints(file) == []


@pytest.mark.parametrize(("places", "parts"), [({"cover": {}}, (1, 0)), ({"head": {}}, (0, 1)), ({}, (0, 0))])
def test_a_word_file_has_only_what_is_wanted(places, parts):
    style = style_with(PICTURES["png RGBA"], **places)
    names = word(style).namelist()

    assert len(shown(word(style), "word/document.xml")) == parts[0]
    assert sum("header1.xml" in name and "_rels" not in name for name in names) == parts[1]
    assert ("word/media/emblem.png" in names) == any(parts)


@pytest.mark.parametrize("kind", ["svg", "png RGBA"])
def test_a_web_page_holds_it_and_still_loads_nothing(kind):
    picture = PICTURES[kind]
    page = html.document_fromstring(render_html(with_cover(), style_with(picture, cover={"高": "30mm"})))
    [image] = page.iter("img")

    assert image.getparent().get("class") == "cover"
    media, _, data = image.get("src").partition(";base64,")
    assert (media, base64.b64decode(data)) == (f"data:{picture.media_type}", picture.data)
    policy = page.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    assert policy.startswith("default-src 'none'; ")
    assert policy.endswith("; img-src data:")
    assert re.findall(r"url\(|@import|https?:", "".join(sheet.text for sheet in page.iter("style"))) == []


def test_a_web_page_without_a_cover_emblem_lets_no_picture_in():
    page = render_html(with_cover(), style_with(PICTURES["svg"], head={})).decode()

    assert "img" not in page


def test_a_document_without_a_cover_has_none_on_it():
    style = style_with(PICTURES["svg"], **EVERYWHERE)
    document = parsed("<h1>概况</h1><p>文。</p>")
    for engine in ENGINES:
        assert figures(pdf(engine, document, style)) == []
    assert b"<img" not in render_html(document, style)
    assert render_docx(document, style, {}, emblem_png(style))


def test_the_document_of_a_pack_with_an_emblem_is_that_of_one_without():
    """Outputs place the emblem in their own copies: open data and workbook, which have none, see nothing of it."""
    made = rendered()
    document = parse_document(made)
    before = hashlib.sha256(document.to_string().encode()).digest()
    render_html(document, made.pack.style)
    for engine in ENGINES.values():
        engine.paginate(document, made.pack.style)

    assert hashlib.sha256(document.to_string().encode()).digest() == before
    assert "<img" not in document.to_string()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_office_shows_it_where_the_pdf_has_it(tmp_path):
    style = style_with(PICTURES["svg"], **EVERYWHERE)
    file = tmp_path / "a.docx"
    file.write_bytes(word(style).fp.getvalue())
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*command, "--outdir", tmp_path, file], check=True, capture_output=True, timeout=240)
    office = Path(tmp_path / "a.pdf").read_bytes()
    ours = pdf("typst", with_cover(), style)

    last = [len(pypdfium2.PdfDocument(data)) - 1 for data in (office, ours)]
    assert inked(office, 0) == pytest.approx(inked(ours, 0), abs=1.5)
    assert inked(office, last[0]) == pytest.approx(inked(ours, last[1]), abs=1.5)
    assert picture_of(pypdfium2.PdfDocument(office)[0], 20).size == picture_of(pypdfium2.PdfDocument(ours)[0], 20).size
