"""Emblems: a pack that has one, pictures that are drawn for a test, and documents with them."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from gongkai.document.compose import Rendered, render_disclosure
from gongkai.document.parse import HtmlDocument, parse_html
from gongkai.intake.read import read
from gongkai.output.pdf.engine import ENGINES
from gongkai.packs.emblem import Emblem
from gongkai.packs.open import open_pack
from gongkai.packs.picture.picture import Picture
from gongkai.packs.style import Style
from support.fixtures import CLEAN, PACKS
from support.set_text import STYLE

PACK = "有徽标的州"
ALTERNATIVE = '有徽标的州 "人民政府" & 财政局'
SVG = (PACKS / "emblem" / "徽标.svg").read_bytes()
NAMESPACE = "http://www.w3.org/2000/svg"


def drawn(inside: str, attributes: str = 'viewBox="0 0 100 100"') -> bytes:
    """An SVG of a shape, and of what is inside, from its second line on."""
    return f'<svg xmlns="{NAMESPACE}" {attributes}>\n{inside}\n<rect width="90" height="90"/></svg>'.encode()


def png(mode: str = "RGBA", size: tuple[int, int] = (60, 40), **saving: Any) -> bytes:
    """A PNG of a disc, in a mode of Pillow."""
    image = Image.new("RGBA", size)
    ImageDraw.Draw(image).ellipse((2, 2, size[0] - 3, size[1] - 3), fill=(200, 16, 46, 255))
    stream = io.BytesIO()
    image.convert(mode).save(stream, "png", **saving)
    return stream.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_of(*chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG of just these chunks."""
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in chunks)


def header(width: int, height: int, depth: int = 8, colour: int = 2, interlaced: int = 0) -> tuple[bytes, bytes]:
    return b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)


def style_with(picture: Picture, cover: dict[str, str] | None = None, head: dict[str, str] | None = None) -> Style:
    """The base style with an emblem in these places."""
    said: dict[str, Any] = {"文件": f"徽标.{picture.kind}", "替代文字": ALTERNATIVE}
    said |= {name: place for name, place in (("封面", cover), ("页眉", head)) if place is not None}
    return STYLE.model_copy(update={"emblem": Emblem.model_validate(said).with_picture(picture)})


COVER = (
    '<section class="cover"><p class="cover-unit">{}</p><p class="cover-title">预算</p>'
    '<p class="cover-date">2024年2月25日</p></section>'
)
HEAD = '<title>某局</title><meta name="author" content="某局"><meta name="dcterms.created" content="2024-02-25">'
BODY = '<section class="part"><h1>概况</h1><p>文。</p></section>'


def with_cover(unit: str = "某局") -> HtmlDocument:
    """A document of a cover and a page."""
    return parse_html(f'<html lang="zh-CN"><head>{HEAD}</head><body>{COVER.format(unit)}{BODY}</body></html>')


def pdf(engine: str, document: HtmlDocument, style: Style) -> bytes:
    """A document as PDF, of which the engine has nothing to say."""
    paged = ENGINES[engine].paginate(document, style)
    data = paged.to_pdf({})
    assert [*paged.findings] == []
    return data


def rendered(pack: str = PACK, file: Path = CLEAN) -> Rendered:
    """An example with the pack that has an emblem."""
    disclosure = read(file).model
    return render_disclosure(disclosure, open_pack(pack, disclosure.kind, disclosure.year, (PACKS,)))
