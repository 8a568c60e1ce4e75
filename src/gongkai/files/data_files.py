"""The files that clerks write: how their names end, and whether one stands somewhere."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from .read import beginning

TEXTS = (".yaml", ".yml")
"""Data files in YAML."""
BOOKS = (".xlsx", ".xlsm", ".xls", ".et")
"""Fill-in books (填报簿), as they are written and as an office program may have saved them."""
DATA_SUFFIXES = (*TEXTS, *BOOKS)
"""How the names of clerks' files end."""

BOOK_STAMP = "公开填报簿"
"""The property by which a workbook is known as a fill-in book."""
FIRST_SHEET, FINDINGS_SHEET = "单位", "核对结果"
"""The sheet that every fill-in book has, whatever program has saved it; and the one that a marked copy has."""

MARKED = "-核对"
"""What the name of a marked copy (gongkai mark) has behind that of its book."""

_DATA = re.compile("^(?:\ufeff)?文种:\\s".encode(), re.MULTILINE)
_HEADING = 65_536
"""Within so many bytes a clerk's file says of what kind it is, whatever it is called."""
_PARTS = {"docProps/custom.xml": BOOK_STAMP, "xl/workbook.xml": f'name="{FIRST_SHEET}"'}
"""The parts of a workbook that show a fill-in book, and what stands in them."""
_LARGEST_PART = 1_000_000
_ZIP = b"PK\x03\x04"


def is_text(path: Path) -> bool:
    """Whether a data file in YAML stands at a path, whatever it is called."""
    return path.suffix.lower() in TEXTS or _DATA.search(beginning(path, _HEADING)) is not None


def is_book(path: Path) -> bool:
    """Whether a workbook (.xlsx, .xlsm) at a path is a fill-in book; false for what cannot be read."""
    return _package_says(path, _PARTS)


def _package_says(path: Path, parts: Mapping[str, str]) -> bool:
    """Whether a ZIP file has one of these parts with the text that belongs to it."""
    if beginning(path, len(_ZIP)) != _ZIP:
        return False
    try:
        with zipfile.ZipFile(path) as package:
            return any(_says(package, part, text) for part, text in parts.items())
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):
        return False


def is_marked(path: Path) -> bool:
    """Whether a workbook is a marked copy (gongkai mark): it has the sheet of findings."""
    return is_book(path) and _package_says(path, {"xl/workbook.xml": f'name="{FINDINGS_SHEET}"'})


def _says(package: zipfile.ZipFile, part: str, text: str) -> bool:
    try:
        if package.getinfo(part).file_size > _LARGEST_PART:
            return False
        with package.open(part) as stream:
            return text in stream.read(_LARGEST_PART).decode("utf-8", errors="replace")
    except (KeyError, OSError, EOFError, RuntimeError, ValueError, zipfile.BadZipFile):
        return False
