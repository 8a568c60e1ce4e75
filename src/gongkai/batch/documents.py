"""Which finished documents an audit looks at."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from gongkai.files.data_files import BOOKS, is_book
from gongkai.source.printed.read import SUFFIXES

from .errors import SourceError
from .jobs import is_hidden, is_pattern, unreadable

AUDITED = "-审核"
"""How the names of highlighted copies end."""
_REPORTS = (AUDITED, "公开情况检查表", "公开情况检查")
_TOLD = "PDF、DOCX、工作簿"


def find_documents(sources: Sequence[str]) -> list[Path]:
    """The documents of folders and patterns, each once, in the order of the sources; a file that is named is itself.

    Raises SourceError when a folder or a pattern has none.
    """
    found = [path for source in sources for path in _of(source)]
    return list({os.path.realpath(path): path for path in found}.values())


def _of(source: str) -> list[Path]:
    path = Path(source)
    if path.is_dir():
        files = list(_below(path))
        missing = f"{source} 里没有公开文件（{_TOLD}）"
    elif is_pattern(source):
        names = sorted(glob.glob(source, recursive=True))  # noqa: PTH207 - may begin anywhere
        files = [file for name in names if _is_document(file := Path(name)) and file.is_file()]
        missing = f"没有合于 {source} 的公开文件（{_TOLD}）"
    else:
        return [path]
    if not files:
        raise SourceError(missing)
    return files


def _below(folder: Path) -> Iterator[Path]:
    for above, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files = (Path(above, name) for name in sorted(names))
        yield from (file for file in files if _is_document(file) and not _is_data(file))


def _is_document(file: Path) -> bool:
    """Whether a file in a folder is a document by its name, and not what an audit wrote there."""
    return file.suffix.lower() in SUFFIXES and not is_hidden(file.name) and not file.stem.endswith(_REPORTS)


def _is_data(file: Path) -> bool:
    """Whether a workbook is a fill-in book: data is checked, not audited."""
    return file.suffix.lower() in BOOKS and is_book(file)
