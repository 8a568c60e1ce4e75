"""A picture of lines as one of pixels, for programs that show no other."""

from __future__ import annotations

from typst import Compiler

from gongkai.output.pdf.typst.code import points
from gongkai.output.pdf.typst.engine import no_fonts, put_beside


def rasterised(svg: bytes, width: float, height: float, dots: float) -> bytes:
    """The SVG as PNG of so many points, with so many dots per inch; the same picture gives the same bytes."""
    name = put_beside(svg, ".svg").name
    page = f"set page(width: {points(width)}, height: {points(height)}, margin: 0pt, fill: none)"
    code = f'#{{\n{page}\nimage("{name}", width: 100%, height: 100%)\n}}\n'
    file = put_beside(code.encode("utf-8"), ".typ")
    compiler = Compiler(str(file), root=str(file.parent), font_paths=no_fonts(), ignore_system_fonts=True)
    data = compiler.compile(format="png", ppi=dots)
    assert isinstance(data, bytes), "there is one page"
    return data
