"""The three published documents of the golden files, mistakes included, made into the files that a unit publishes.

Their text and tables are given; cover, contents and layout are made here, once as a Word file and once as a PDF.
"""

from __future__ import annotations

import html
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.shared import Pt
from weasyprint import HTML

from support.fixtures import ROOT

GOLDEN = ROOT / "tests" / "golden"
COVERS = {
    "bozhou-swj-2024-final": ("博尔塔拉蒙古自治州商务局2024年度部门决算公开说明",),
    "kezhou-swj-2024-budget": ("克孜勒苏柯尔克孜自治州商务局", "2024年单位预算公开"),
    "qitai-sgj-2024-budget": ("奇台县商务和工业信息化局", "2024年部门预算公开"),
}
_STYLE = """
@page { size: A4 landscape; margin: 15mm; @bottom-center { content: counter(page) } }
body { font: 9pt sans-serif }
p { margin: 4pt 0; text-indent: 2em }
h1 { break-before: page }
.cover { break-after: page; text-align: center; font-size: 22pt }
.over { text-indent: 0; break-after: avoid }
table { border-collapse: collapse; width: 100%; font-size: 7pt }
tr { break-inside: avoid }
td { border: 0.5pt solid black; padding: 1pt }
"""


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text, and how many rows and columns it spans."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Grid:
    """A published table: what stands over it, its cells, and what stands below."""

    over: Sequence[str]
    cells: Sequence[Cell]
    notes: Sequence[str]

    @property
    def size(self) -> tuple[int, int]:
        """Its rows and columns."""
        return max(c.row + c.rows for c in self.cells), max(c.column + c.columns for c in self.cells)


def blocks(name: str) -> Iterator[tuple[str, Any]]:
    """The document in reading order: ("cover" | "h1" | "h2" | "h3" | "p", text) and ("table", Grid)."""
    folder = GOLDEN / name
    yield from (("cover", text) for text in COVERS[name])
    contents = folder / "contents.txt"
    if contents.is_file():
        yield from (("p", text) for text in contents.read_text("utf-8").splitlines() if text)
    tables: dict[int, list[Grid]] = {}
    for table in json.loads((folder / "tables.json").read_text("utf-8")):
        if table["kind"] != "absent":
            tables.setdefault(table["after_line"], []).append(_grid(table))
    for number, line in enumerate((folder / "prose.txt").read_text("utf-8").splitlines(), 1):
        marks, _, text = line.partition(" ")
        yield (f"h{len(marks)}", text) if set(marks) == {"#"} else ("p", line)
        yield from (("table", grid) for grid in tables.get(number, ()))


def _grid(table: dict[str, Any]) -> Grid:
    said = [table["title"], table["unit_line"]]
    over = [table["id"], *said] if table["kind"] == "statement" else said
    form, header = table.get("form", []), table["header"]
    width = max(len(row) for row in [*form, *table["rows"], *header[-1:]])
    cells = [cell for number, row in enumerate(form) for cell in _spread(number, row, width)]
    if form:
        cells += [cell for number, row in enumerate(header, len(form)) for cell in _spread(number, row, width)]
    else:
        cells += _header(header)
    first = len(form) + len(header)
    cells += [cell for number, row in enumerate(table["rows"], first) for cell in _spread(number, row, width)]
    return Grid(over, cells, table["notes"])


def _spread(number: int, row: Sequence[str], width: int) -> Iterator[Cell]:
    """The cells of a row; of one with fewer than the table has columns, the second is as wide as is left."""
    left = width - len(row)
    for column, text in enumerate(row):
        yield Cell(number, column + (left if column > 1 else 0), text, columns=1 + (left if column == 1 else 0))


def _header(header: Sequence[Sequence[Any]]) -> Iterator[Cell]:
    """The cells of a header of several rows, whose spans are given."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(header):
        column = 0
        for entry in row:
            said = entry if isinstance(entry, dict) else {"text": entry}
            while (number, column) in taken:
                column += 1
            cell = Cell(number, column, said["text"], said.get("rowspan", 1), said.get("colspan", 1))
            taken |= {(number + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}
            yield cell


@cache
def published(name: str, form: str) -> bytes:
    """One of the documents as a file: docx or pdf."""
    return {"docx": _word, "pdf": _paper}[form](name)


def published_file(name: str, form: str, folder: Path) -> Path:
    """The same, written into a folder."""
    file = folder / f"{name}.{form}"
    file.write_bytes(published(name, form))
    return file


def _word(name: str) -> bytes:
    document = docx.Document()
    for kind, content in blocks(name):
        if kind == "table":
            _word_table(document, content)
        elif kind == "cover":
            document.add_paragraph(content).runs[0].font.size = Pt(22)
        elif kind == "p":
            document.add_paragraph(content)
        else:
            document.add_heading(content, int(kind[1]))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _word_table(document: Document, grid: Grid) -> None:
    for text in grid.over:
        document.add_paragraph(text)
    rows, columns = grid.size
    table = document.add_table(rows, columns, style="Table Grid")
    by_row = [list(row.cells) for row in table.rows]
    for cell in grid.cells:
        here = by_row[cell.row][cell.column]
        if cell.rows > 1 or cell.columns > 1:
            here = here.merge(by_row[cell.row + cell.rows - 1][cell.column + cell.columns - 1])
        here.text = cell.text
    for text in grid.notes:
        document.add_paragraph(text)


def _paper(name: str) -> bytes:
    parts = []
    for kind, content in blocks(name):
        if kind == "table":
            parts.append(_paper_table(content))
        elif kind == "cover":
            parts.append(f'<p class="cover">{html.escape(content)}</p>')
        else:
            parts.append(f"<{kind}>{html.escape(content)}</{kind}>")
    page = f'<meta charset="utf-8"><style>{_STYLE}</style>' + "".join(parts)
    made: bytes = HTML(string=page).write_pdf()
    return made


def _paper_table(grid: Grid) -> str:
    rows: dict[int, list[str]] = {}
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
        spans = f'rowspan="{cell.rows}" colspan="{cell.columns}"'
        rows.setdefault(cell.row, []).append(f"<td {spans}>{html.escape(cell.text)}</td>")
    over = "".join(f'<p class="over">{html.escape(text)}</p>' for text in grid.over)
    notes = "".join(f"<p>{html.escape(text)}</p>" for text in grid.notes)
    return f"{over}<table>{''.join(f'<tr>{chr(10).join(cells)}</tr>' for cells in rows.values())}</table>{notes}"
