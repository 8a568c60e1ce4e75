"""The content that every engine sets: the 克州 example as final HTML with its print style, as DOCX and as Typst.

python bench/content.py FOLDER
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from lxml import html as lxml_html
from lxml.html import HtmlElement

from gongkai.document.compose import render_disclosure
from gongkai.document.parse import HtmlDocument, parse_document
from gongkai.intake.read import read
from gongkai.output.look.css import print_css
from gongkai.output.look.fonts import locate_fonts
from gongkai.packs.open import open_pack
from gongkai.produce.unit import Settings, render_unit

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "kezhou-swj-2024-budget.yaml"


def write_content(folder: Path) -> None:
    """final.html, print.css, first.css, template.docx and final.typ."""
    model = read(EXAMPLE).model
    pack = open_pack(model.pack or "base", model.kind, model.year)
    document = parse_document(render_disclosure(model, pack))
    fonts = locate_fonts(pack.style)
    css = print_css(pack.style, fonts)
    (folder / "final.html").write_text(document.to_string(), encoding="utf-8")
    (folder / "print.css").write_text(css, encoding="utf-8")
    (folder / "first.css").write_text(_as_written_first(css), encoding="utf-8")
    (folder / "final.typ").write_text(_typst(document), encoding="utf-8")
    (folder / "fonts.txt").write_text("\n".join(sorted({str(f.parent) for f in fonts.values()})), encoding="utf-8")
    render_unit(EXAMPLE, Settings(folder, ("docx",)))
    (folder / f"{EXAMPLE.stem}.docx").rename(folder / "template.docx")


def _as_written_first(css: str) -> str:
    """The style as one would write it at first: columns find their widths, fonts come from the system."""
    css = re.sub(r"@font-face \{[^}]*\}", "", css).replace("table-layout: fixed", "table-layout: auto")
    return re.sub(r"font-family: [^;}]*", 'font-family: "Noto Serif CJK SC"', css)


def _typst(document: HtmlDocument) -> str:
    parts = [
        '#set page(paper: "a4", numbering: "1")',
        '#set text(font: ("FandolFang", "FandolFang R", "Noto Serif CJK SC"), size: 16pt, lang: "zh")',
        "#outline()",
    ]
    body = document.root.find("body")
    assert body is not None
    for element in body.iter("h1", "h2", "h3", "p", "table"):
        if any(above.tag in {"table", "nav"} for above in element.iterancestors()):
            continue
        parts.append(_table(element) if element.tag == "table" else _text(element))
    return "\n\n".join(parts)


def _text(element: HtmlElement) -> str:
    words = _plain(element)
    level = {"h1": 1, "h2": 2, "h3": 3}.get(element.tag)
    return f"#heading(level: {level})[{words}]" if level else words


def _table(table: HtmlElement) -> str:
    rows = table.findall(".//tr")
    columns = sum(int(cell.get("colspan", 1)) for cell in rows[0])
    cells = []
    for row in rows:
        for cell in row:
            spans = [f"{name}: {cell.get(name)}" for name in ("colspan", "rowspan") if cell.get(name)]
            cells.append(f"table.cell({', '.join(spans)})[{_plain(cell)}]")
    landscape = any(above.get("data-orientation") == "landscape" for above in table.iterancestors())
    made = f"#text(size: 9pt, table(columns: ({'1fr, ' * columns}), {', '.join(cells)}))"
    return f"#page(flipped: true)[{made}]" if landscape else made


def _plain(element: HtmlElement) -> str:
    text = lxml_html.tostring(element, method="text", encoding="unicode", with_tail=False).strip()
    return re.sub(r"([\\#*_$<>@`\[\]=/~-])", r"\\\1", text)


if __name__ == "__main__":
    write_content(Path(sys.argv[1]))
