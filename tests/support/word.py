"""Word documents as other people's programs write them, from the XML of their body."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from gongkai.source.printed.document import Printed
from gongkai.source.printed.read import read_printed

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DECLARED = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def word(body: str, **others: str) -> bytes:
    """A document with this body; ``others`` are the contents of its parts (styles, numbering, footnotes)."""
    parts = {"word/document.xml": f"<w:document {_DECLARED}><w:body>{body}</w:body></w:document>"}
    parts |= {f"word/{name}.xml": f"<w:{name} {_DECLARED}>{content}</w:{name}>" for name, content in others.items()}
    parts["_rels/.rels"] = _relations({"officeDocument": "word/document.xml"})
    parts["word/_rels/document.xml.rels"] = _relations({name: f"{name}.xml" for name in others})
    return packed(parts)


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A package of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _relations(targets: Mapping[str, str]) -> str:
    entries = (
        f'<Relationship Id="r{at}" Type="{_TYPE}{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(entries)}</Relationships>'


def p(text: str, properties: str = "") -> str:
    """A paragraph; a tab in the text is a tab, a line break one."""
    said = text.replace("\t", "</w:t><w:tab/><w:t>").replace("\n", "</w:t><w:br/><w:t>")
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{said}</w:t></w:r></w:p>"


def tc(content: str, properties: str = "") -> str:
    """A cell: a text, or XML."""
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tbl(*rows: str, widths: tuple[int, ...] = (2000, 2000, 2000)) -> str:
    """A table of rows."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def tr(*cells: str, properties: str = "") -> str:
    """A row of cells, each a text or XML."""
    made = (cell if cell.startswith("<w:tc>") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>"


def read_word(data: bytes, folder: Path, name: str = "公开.docx") -> Printed:
    """The document as the product reads it."""
    file = folder / name
    file.write_bytes(data)
    return read_printed(file)
