"""Examples as finished documents, as fast as they can be made: a Word file whose contents name some page."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from gongkai.audit.compare.composed import composed
from gongkai.document.parse import parse_document
from gongkai.output.docx.writer import render_docx
from gongkai.produce.unit import Settings, render_unit
from gongkai.source.printed.document import Printed
from gongkai.source.printed.read import read_printed
from support.composed import document_of
from support.exports import exported
from support.fixtures import ROOT

SOME_PAGE = 7


@cache
def word_of(example: str) -> bytes:
    """The Word file of an example."""
    rendered = document_of(example)
    document = parse_document(rendered)
    pages = {element.get("id"): SOME_PAGE for element in document.root.iter("h1", "h2", "h3", "p") if element.get("id")}
    return render_docx(document, rendered.pack.style, pages)


@cache
def composed_of(example: str) -> Printed:
    """What the data of an example print, without any file of it."""
    return composed(parse_document(document_of(example)), f"{example}.yaml")


@cache
def paper_of(example: str) -> bytes:
    """The PDF of an example, by the engine that needs nothing of the system."""
    with tempfile.TemporaryDirectory() as folder:
        source = ROOT / "examples" / f"{example}.yaml"
        result = render_unit(source, Settings(Path(folder), ("pdf",), engine="typst"))
        [file] = result.written
        return file.read_bytes()


def finished(example: str, form: str, folder: Path) -> Path:
    """An example as a file: docx, xlsx or pdf."""
    file = folder / f"{example}.{form}"
    file.write_bytes({"docx": word_of, "xlsx": exported, "pdf": paper_of}[form](example))
    return file


def printed_of(example: str, form: str, folder: Path) -> Printed:
    """The same, as it is read."""
    return read_printed(finished(example, form, folder))
