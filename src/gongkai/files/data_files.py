"""The files that clerks write: how their names end, and whether one stands somewhere."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path

from .read import beginning, read_regular

TEXTS = (".yaml", ".yml")
"""Data files in YAML."""
BOOKS = (".xlsx", ".xlsm", ".xls", ".et")
"""Fill-in books (填报簿), as they are written and as an office program may have saved them."""
OLD_BOOKS = (".xls", ".et")
"""Those of which nobody can see cheaply whether they are fill-in books: no output of ours is called so."""
DATA_SUFFIXES = (*TEXTS, *BOOKS)
"""How the names of clerks' files end."""

OPEN_FIGURES = "数据.json"
"""The file of the open data that has all facts; a PDF of ours carries it."""

BOOK_STAMP = "公开填报簿"
"""The property by which a workbook is known as a fill-in book."""
_FIRST, _OTHERS = "单位", ("职能机构", "三公经费", "支出", "科目收支")
"""The sheet that every fill-in book has, whatever program has saved it, and such as one at least is there."""
FINDINGS_SHEET = "核对结果"
"""The sheet that a marked copy has."""

MARKED = "-核对"
"""What the name of a marked copy (gongkai mark) has behind that of its book."""

_DATA = re.compile("^(?:\ufeff)?文种:\\s".encode(), re.MULTILINE)
_HEADING = 65_536
"""Within so many bytes a clerk's file says of what kind it is, whatever it is called."""
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*?name=(?P<quote>[\"'])(?P<name>.*?)(?P=quote)")
_PROPERTIES, _WORKBOOK = "docProps/custom.xml", "xl/workbook.xml"
"""The parts of a workbook with its own properties, and with the names of its sheets."""
_LARGEST_FILE, _LARGEST_PART = 50_000_000, 1_000_000
_ZIP = b"PK\x03\x04"


def is_text(path: Path) -> bool:
    """Whether a data file in YAML stands at a path, whatever it is called."""
    return path.suffix.lower() in TEXTS or _DATA.search(beginning(path, _HEADING)) is not None


def is_book(path: Path) -> bool:
    """Whether a workbook (.xlsx, .xlsm) at a path is a fill-in book; false for what cannot be read."""
    if BOOK_STAMP in _part(path, _PROPERTIES):
        return True
    names = _sheets(path)
    return _FIRST in names and any(name in names for name in _OTHERS)


def _sheets(path: Path) -> set[str]:
    """The names of the sheets of a workbook, without blanks around them."""
    return {found["name"].strip() for found in _SHEET.finditer(_part(path, _WORKBOOK))}


def _part(path: Path, part: str) -> str:
    """The text of a part of a workbook; empty where there is none, or nothing that can be read."""
    if beginning(path, len(_ZIP)) != _ZIP:
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(read_regular(path, _LARGEST_FILE, source=False))) as package:
            if package.getinfo(part).file_size > _LARGEST_PART:
                return ""
            return package.read(part).decode("utf-8", errors="replace")
    except (KeyError, OSError, EOFError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error):
        return ""
