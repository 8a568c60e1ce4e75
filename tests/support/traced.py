"""Documents whose amounts are followed to the file, and what stands at the places to which they lead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

from openpyxl import load_workbook

from gongkai.book.convert import converted
from gongkai.files.write import write_all
from gongkai.findings import Place
from gongkai.intake.read import DataFile, read
from gongkai.packs.load.find import ROOT_PACK
from gongkai.packs.open import open_pack
from gongkai.produce.tracing import trace_document
from gongkai.trace.sources import Origin, Source
from gongkai.trace.tracing import Tracing

_AMOUNT = re.compile(r"[\"']?(-?[\d,]*\d(?:\.\d+)?)(?=[\"'\s},]|$)", re.ASCII)


def traced_file(path: Path) -> tuple[DataFile, Tracing]:
    """A data file that was read, and its document with the origin of every amount."""
    source = read(path)
    model = source.model
    return source, trace_document(source, open_pack(model.pack or ROOT_PACK, model.kind, model.year))


def as_book(path: Path, folder: Path) -> Path:
    """A YAML file as a fill-in book."""
    book = folder / f"{path.stem}.xlsx"
    write_all({book: converted(path, book)[0]})
    return book


def typed_at(place: Place) -> Decimal:
    """The amount that stands at a place of a file, in the unit of the file."""
    return _reader(place.file)(place)


@cache
def _reader(file: str) -> Callable[[Place], Decimal]:
    if Path(file).suffix == ".xlsx":
        book = load_workbook(file)
        return lambda place: Decimal(str(book[place.sheet][place.cell].value))
    lines = Path(file).read_text(encoding="utf-8").split("\n")

    def typed(place: Place) -> Decimal:
        found = _AMOUNT.match(lines[place.line - 1], place.column - 1)
        assert found is not None, f"no amount at {place}"
        return Decimal(found[1].replace(",", ""))

    return typed


def all_sources(origin: Origin) -> Iterator[Source]:
    """Every fact behind a figure, those of named files and the approved total too."""
    told = [*origin.sources, *([origin.approved] if origin.approved else [])]
    while told:
        source = told.pop()
        yield source
        told += source.parts
