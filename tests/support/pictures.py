"""Pictures of pages: single ones, and sheets that show all pages of a document from afar."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdfium2
from PIL import Image, ImageChops, ImageStat

FAR = 20
"""Dots per inch of the sheets that show all pages."""
ABREAST = 10
ALIKE = 3.0
"""Mean difference of two pictures, in shades of 256, that is taken for the same page."""


def picture_of(page: pypdfium2.PdfPage, dpi: int) -> Image.Image:
    return page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")


def png(image: Image.Image) -> bytes:
    """A picture as its golden file has it."""
    stream = io.BytesIO()
    image.quantize(16).save(stream, "png", optimize=True)
    return stream.getvalue()


def contact_sheet(data: bytes) -> Image.Image:
    """All pages of a PDF, small."""
    pages = [picture_of(page, FAR) for page in pypdfium2.PdfDocument(data)]
    corners = list(_places(len(pages) + ABREAST))
    sheet = Image.new("L", (corners[ABREAST - 1][0] + corners[1][0], corners[-1][1]), 128)
    for page, corner in zip(pages, corners, strict=False):
        sheet.paste(page, corner)
    return sheet


def _places(count: int) -> Iterator[tuple[int, int]]:
    """Where the pages stand on a sheet: squares, since some pages lie."""
    square = round(297 / 25.4 * FAR) + 2
    return (((number % ABREAST) * square, number // ABREAST * square) for number in range(count))


def pages_changed(found: Image.Image, before: Image.Image, count: int) -> list[int]:
    """The pages (from 1) that look otherwise on one sheet than on another of the same size."""
    side = found.width // ABREAST
    return [
        number
        for number, (left, top) in enumerate(_places(count), 1)
        if difference(found.crop(box := (left, top, left + side, top + side)), before.crop(box)) >= ALIKE
    ]


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pictures, in shades of 256."""
    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0]
