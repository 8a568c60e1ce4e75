"""Small PDFs of all shapes: as other programs make them, turned, cut, and as nobody should."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pikepdf
import weasyprint
from PIL import Image

_LOOK = """
@page { size: A4; margin: 2.5cm; @bottom-center { content: "— " counter(page) " —" } }
@page lying { size: A4 landscape }
body { font-family: "Noto Serif CJK SC"; font-size: 12pt }
table { border-collapse: collapse; width: 100% }
.g td, .g th { border: 0.6pt solid black; padding: 2pt }
.v td, .v th { border-left: 0.6pt solid black; border-right: 0.6pt solid black; padding: 2pt }
.v { border: 0.6pt solid black }
td { text-align: left } td.n { text-align: right }
p { text-indent: 2em; margin: 0; line-height: 1.8 }
h1, .t { font-size: 16pt; text-align: center; text-indent: 0; margin: 0 }
.u { text-indent: 0 } .u span { float: right }
.new { break-before: page }
"""

OVER = '<p class="t">支出预算表</p><p class="u">编制单位：某局<span>单位：万元</span></p>'
"""What stands over a table."""


def paper(html: str, look: str = "") -> bytes:
    """The PDF of a page of HTML, in the look of a plain office document and what is added to it."""
    text = f'<html lang="zh-CN"><head><title>某局</title><style>{_LOOK}{look}</style></head><body>{html}</body></html>'
    return bytes(weasyprint.HTML(string=text).write_pdf(pdf_tags=True))


def rows(count: int, name: str = "第{}项支出", digits: bool = True) -> str:
    """Rows of a table: code, name, and two amounts."""
    amounts = ("<td class=n>{:,.2f}</td><td class=n>{:.2f}</td>" if digits else "<td></td><td></td>").format
    return "".join(
        f"<tr><td>{2010101 + at}</td><td>{name.format(at)}</td>{amounts(1000 + at * 13.7, at * 3.1)}</tr>"
        for at in range(count)
    )


def said_by_rows(count: int, name: str = "第{}项支出") -> list[list[str]]:
    """The same rows as they are read."""
    return [[str(2010101 + at), name.format(at), f"{1000 + at * 13.7:,.2f}", f"{at * 3.1:.2f}"] for at in range(count)]


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None], **options: object) -> bytes:
    """The same PDF with something done to it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, **options)
    return out.getvalue()


def lying(pdf: pikepdf.Pdf) -> None:
    """Pages on which everything lies: drawn a quarter turned, and not said to be."""
    for page in pdf.pages:
        _, _, width, height = (float(side) for side in page.MediaBox)
        page.contents_add(pikepdf.Stream(pdf, f"q 0 1 -1 0 {height} 0 cm".encode()), prepend=True)
        page.contents_add(pikepdf.Stream(pdf, b"Q"))
        page.MediaBox = [0, 0, height, width]


def turned(quarters: Sequence[int]) -> Callable[[pikepdf.Pdf], None]:
    """Pages that a viewer turns, each by so many quarters."""

    def turn(pdf: pikepdf.Pdf) -> None:
        for page, turns in zip(pdf.pages, quarters, strict=False):
            page.Rotate = 90 * turns

    return turn


def scanned() -> bytes:
    """A page that is a picture."""
    out = io.BytesIO()
    Image.new("RGB", (900, 1200), "white").save(out, "PDF", resolution=110)
    return out.getvalue()


def drawing(content: bytes, pages: int = 1, **options: object) -> bytes:
    """Pages that draw this."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[-1].Contents = pikepdf.Stream(pdf, content)
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()
