"""Reading a workbook without the library that wrote it: cells, merges and links, straight from the package."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

Value = Decimal | str


@dataclass(frozen=True)
class Sheet:
    """One sheet: filled cells by place (row, column, from 0), its merges, and its XML."""

    name: str
    cells: dict[tuple[int, int], Value]
    merges: list[str]
    xml: etree._Element


def _place(reference: str) -> tuple[int, int]:
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", reference).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits) - 1, column - 1


def sheets_of(data: bytes) -> list[Sheet]:
    """Every sheet in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        shared = etree.fromstring(package.read("xl/sharedStrings.xml"))
        texts = ["".join(item.itertext(S + "t")) for item in shared]
        names = [str(s.get("name")) for s in etree.fromstring(package.read("xl/workbook.xml")).iter(S + "sheet")]
        roots = [etree.fromstring(package.read(f"xl/worksheets/sheet{n}.xml")) for n in range(1, len(names) + 1)]
    return [_sheet(name, root, texts) for name, root in zip(names, roots, strict=True)]


def _sheet(name: str, root: etree._Element, texts: list[str]) -> Sheet:
    cells: dict[tuple[int, int], Value] = {}
    for cell in root.iter(S + "c"):
        value = cell.findtext(S + "v")
        if value is not None:
            cells[_place(cell.get("r"))] = texts[int(value)] if cell.get("t") == "s" else Decimal(value)
    return Sheet(name, cells, [str(m.get("ref")) for m in root.iter(S + "mergeCell")], root)
