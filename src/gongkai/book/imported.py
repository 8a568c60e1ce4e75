"""What was taken from official tables, as a file that the clerk goes on with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path as File

from gongkai.files.data_files import BOOKS
from gongkai.findings import describe
from gongkai.intake.book.blocks.data import text_at
from gongkai.intake.book.layout import ORIGINS_SHEET, QUESTIONS_SHEET
from gongkai.intake.export.imported import How, Imported, Question
from gongkai.intake.models import Models, plain_model
from gongkai.source.tree import Node

from .convert import file_bytes
from .notes import Note


def imported_file(file: File, data: dict[str, Node], imported: Imported, models: Models = plain_model) -> bytes:
    """The file: in a book with a sheet of what is to be asked and one of where each fact came from.

    In YAML, where there are no sheets, both stand as remarks below the data.
    """
    notes = (_questions(imported), _origins(imported))
    if file.suffix.lower() in BOOKS:
        return file_bytes(file, data, [note for note in notes if note.rows], models)
    remarks = "".join(_remarks(notes[:1]))
    return file_bytes(file, data, models=models) + remarks.encode("utf-8")


def _questions(imported: Imported) -> Note:
    columns = (("位置", 36.0), ("问题", 44.0), ("最小", 14.0), ("最大", 14.0), ("可能是", 14.0), ("依据", 40.0))
    rows = [
        (describe(each.path), each.what, _figure(each.low), _figure(each.high), _figure(each.likely), _places(each))
        for each in imported.questions
    ]
    return Note(QUESTIONS_SHEET, "表里定不下来的，请查实后填到所说的位置；金额单位：万元", columns, rows)


def _origins(imported: Imported) -> Note:
    columns = (("位置", 44.0), ("取的数", 24.0), ("怎样得出", 12.0), ("表", 30.0), ("单元格", 34.0), ("说明", 40.0))
    rows = [
        (
            describe(path), text_at(imported.data, path) or "", origin.how.value, origin.table,
            "、".join(place.spot for place in origin.places[:6]), origin.why,
        )
        for path, origin in sorted(imported.origins.items(), key=lambda each: each[1].how is not How.LIKELY)
    ]  # fmt: skip
    return Note(ORIGINS_SHEET, "推定的列在前面，请逐个核对", columns, rows)


def _places(question: Question) -> str:
    return "、".join(place.spot for place in question.places[:6])


def _figure(value: Decimal | str | None) -> str:
    return "" if value is None else value if isinstance(value, str) else f"{value:,f}"


def _remarks(notes: Sequence[Note]) -> Iterator[str]:
    for note in notes:
        if note.rows:
            yield f"\n# {note.name}：{note.purpose}\n"
        for row in note.rows:
            said = "；".join(
                f"{title}：{' '.join(text.split())}" for (title, _), text in zip(note.columns, row, strict=True) if text
            )
            yield f"# {said}\n"
