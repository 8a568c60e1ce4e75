"""The register of finished documents: from a file to what stands in it, by how its name ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from gongkai.source.text_file import read_bytes
from gongkai.source.workbook.read import read_workbook

from .document import Printed
from .refused import unknown_kind


def _docx(path: Path) -> Printed:
    from .docx.reading import read_docx

    return read_docx(read_bytes(path), str(path))


def _pdf(path: Path) -> Printed:
    from .pdf.read import read_pdf

    return read_pdf(path)


def _workbook(path: Path) -> Printed:
    from .workbook import printed_workbook

    return printed_workbook(read_workbook(path))


_READERS: Mapping[str, Callable[[Path], Printed]] = {
    ".pdf": _pdf,
    **dict.fromkeys((".docx", ".docm"), _docx),
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".et"), _workbook),
}
"""By ending, in small letters; a new kind of document is one line here."""

SUFFIXES = tuple(_READERS)
"""How the names of documents end that can be read."""


def read_printed(file: Path) -> Printed:
    """What stands in a finished document.

    Raises FindingsError where the file is absent, of a kind that is not read, protected by a password, damaged or
    too large. What of it could not be read is told in ``findings``.
    """
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        raise unknown_kind(str(file), SUFFIXES)
    return reader(file)
