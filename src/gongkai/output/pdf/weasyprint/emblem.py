"""The emblem of a pack as the renderer takes it: a picture that it has already, and where it stands."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import pydyf
from lxml.html import HtmlElement
from weasyprint.images import Image, RasterImage, SVGImage
from weasyprint.urls import URLFetcher

from gongkai.document.vocabulary import COVER, EMBLEM, PICTURE
from gongkai.packs.emblem import Emblem
from gongkai.packs.style import Style

ADDRESS = "gongkai:emblem"
"""Nothing that could be fetched."""

_MARGINS = {"左": "0 auto 0 0", "居中": "0 auto", "右": "0 0 0 auto"}
_ACROSS = {"左": "0%", "居中": "50%", "右": "100%"}


def images_of(style: Style, fetcher: URLFetcher) -> dict[str, Any]:
    """The images that the renderer has before it looks for any, by their addresses: the emblem, if there is one."""
    if style.emblem is None:
        return {}
    data = style.emblem.picture.data
    if style.emblem.picture.kind == "svg":
        tree = ElementTree.fromstring(data)  # noqa: S314 - it was written anew by ourselves
        return {ADDRESS: _Drawing(SVGImage(tree, ADDRESS, fetcher, None))}
    cache: dict[str, Any] = {}
    cache[ADDRESS] = RasterImage(Image.open(io.BytesIO(data)), "emblem", data, cache=cache)
    return cache


class _Drawing:
    """A picture of lines that is written once for each of its sizes, on however many pages it stands."""

    def __init__(self, image: SVGImage) -> None:
        self._image = image

    def get_intrinsic_size(self, resolution: float, font_size: float) -> Any:
        """Width, height and ratio, as the renderer asks for them."""
        return self._image.get_intrinsic_size(resolution, font_size)

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Put the picture into what is written of a page."""
        form = _Form(f"emblem{width:.2f}x{height:.2f}")
        name = stream.add_image(form, False, 1)
        if stream._images[name]["image"] is form:  # the first of its size in this file
            form.group = stream.add_group(0, 0, width, height)
            del stream._resources["XObject"][form.group.id]  # shared between pages, as pictures of pixels are
            self._image.draw(form.group, width, height, style)
        stream.draw_x_object(name)


@dataclass(slots=True)
class _Form:
    """What the renderer takes for a picture of pixels when it writes the file."""

    id: str
    group: Any = None

    def get_x_object(self, interpolate: bool, ratio: float) -> Any:
        """What is written of it."""
        return self.group


def show_gradients_once(pdf: pydyf.PDF) -> None:
    """Set the tiles of gradients apart: each is seen once, and Poppler leaves out small ones that touch each other."""
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and stream.extra.get("Type") == "/Pattern":
            stream.extra["XStep"] *= 2
            stream.extra["YStep"] *= 2


def address_emblem(root: HtmlElement) -> None:
    """Let the emblem of a document lead to its picture."""
    for element in root.iter(PICTURE):
        element.set("src", ADDRESS)


def emblem_css(style: Style) -> str:
    """The style sheet of the emblem; nothing where there is none."""
    return "" if style.emblem is None else "\n".join(_rules(style.emblem))


def _rules(emblem: Emblem) -> Iterator[str]:
    # PDF/A knows no interpolation between pixels.
    sharp = "image-rendering: crisp-edges"
    if (cover := emblem.cover) is not None:
        size = f"width: {emblem.width(cover):.2f}pt; height: {cover.height:.2f}pt"
        yield f".{COVER} {{ padding-top: {cover.before:.2f}pt }}"
        yield f"{PICTURE}.{EMBLEM} {{ display: block; {size}; margin: {_MARGINS[cover.side]}; {sharp} }}"
    if (head := emblem.head) is not None:
        size = f"{emblem.width(head):.2f}pt {head.height:.2f}pt"
        place = f"{_ACROSS[head.side]} {-head.gap - head.height:.2f}pt"
        yield (
            f'@page {{ background: url("{ADDRESS}") no-repeat; background-size: {size}; '
            f"background-position: {place}; {sharp} }}"
        )
        for name in ("front", ":blank"):
            yield f"@page {name} {{ background: none }}"
