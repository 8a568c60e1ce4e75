"""Workbooks of hand-written XML: what no library would write, but programs have, and attackers might."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from gongkai.source.workbook.cells import Workbook
from gongkai.source.workbook.read import read_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"

Parts = dict[str, str | bytes]


def relations(*links: tuple[str, str, str]) -> str:
    """The XML of references: id, type, target."""
    entries = "".join(f'<Relationship Id="{i}" Type="{LINKS}/{kind}" Target="{target}"/>' for i, kind, target in links)
    return f'<Relationships xmlns="{PACKAGE_LINKS}">{entries}</Relationships>'


def sheet(rows: str, after: str = "", before: str = "") -> str:
    """The XML of a sheet with these rows, and what stands before and after them."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def styles(*codes: str) -> str:
    """Formats of which the first is that of the style 1, and so on; the style 0 has none."""
    formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{code.replace("&", "&amp;").replace(chr(34), "&quot;")}"/>'
        for number, code in enumerate(codes, 164)
    )
    cells = "".join(f'<xf numFmtId="{number}"/>' for number in (0, *range(164, 164 + len(codes))))
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{cells}</cellXfs></styleSheet>'


def parts_of(
    sheets: Mapping[str, str], *, strings: str = "", formats: str = "", properties: str = "", head: str = ""
) -> Parts:
    """The parts of a workbook of these sheets, each its XML; ``strings`` are the items of the shared ones."""
    entries = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1))
    links = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    links += [("rIdS", "sharedStrings", "sharedStrings.xml"), ("rIdF", "styles", "styles.xml")]
    return {
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{head}<sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(*links),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": formats or styles(),
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), 1)},
    }


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """The package of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def read_data(data: bytes, folder: Path, name: str = "单位.xlsx") -> Workbook:
    """What is read of a file of these bytes."""
    path = folder / name
    path.write_bytes(data)
    return read_workbook(path)


def read_parts(parts: Mapping[str, str | bytes], folder: Path) -> Workbook:
    """What is read of a package of these parts."""
    return read_data(packed(parts), folder)


def read_rows(rows: str, folder: Path, **others: str) -> Workbook:
    """What is read of one sheet with these rows; see ``parts_of`` for the others."""
    return read_parts(parts_of({"表": sheet(rows)}, **others), folder)
