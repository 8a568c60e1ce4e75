"""A data file as the other kind: a fill-in book as YAML, YAML as a fill-in book, with every fact in it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path as File

from gongkai.files.data_files import BOOKS
from gongkai.findings import Finding, FindingsError, Level, Place
from gongkai.intake.book.own import layout_for
from gongkai.intake.models import Models, plain_model
from gongkai.intake.named_files.named import KEYS
from gongkai.intake.read import read_alone
from gongkai.source.scene import remark
from gongkai.source.text_file import read_text
from gongkai.source.tree import Node

from .notes import Note
from .yaml_text import yaml_text

_ANY_DAY = date(2000, 1, 1)
"""Stands in the properties of a book: equal data give equal bytes."""

_OTHER_FORMATS = {".xls", ".et"}
"""Workbooks that are read and not written."""


def file_bytes(file: File, data: Mapping[str, Node], notes: Sequence[Note] = (), models: Models = plain_model) -> bytes:
    """The data as a file of this name holds them; ``notes`` are sheets of a book beside.

    ``models`` gives the model of the data, which may have facts of a pack.

    Raises FindingsError for what no such file can hold.
    """
    suffix = file.suffix.lower()
    if suffix in _OTHER_FORMATS:
        message = f"填报簿不能写成 {suffix}"
        raise FindingsError([Finding("GK165", Level.ERROR, message, "请写成 .xlsx", place=Place(str(file)))])
    if suffix not in BOOKS:
        return yaml_text(data, models(data)).encode("utf-8")
    from .write import book_bytes

    kind = str(data["文种"])
    layout = layout_for(kind, models(data))
    if layout is None:
        message = f"{kind}没有填报簿"
        raise FindingsError([Finding("GK165", Level.ERROR, message, "请写成 .yaml", place=Place(str(file)))])
    return book_bytes(layout, data, _ANY_DAY, notes)


def converted(source: File, target: File, models: Models = plain_model) -> tuple[bytes, list[Finding]]:
    """What ``target`` is to hold, and what could not be kept. Raises FindingsError with what is wrong in the source."""
    data, _, findings = read_alone(source, models)
    _move(data, source.parent, target.parent)
    return file_bytes(target, data, models=models), [*findings, *_lost(source)]


def _move(data: dict[str, Node], old: File, new: File) -> None:
    """Names of other files are seen from the folder of the file that names them."""
    for key in KEYS:
        name = data.get(key)
        if isinstance(name, str) and os.path.realpath(old) != os.path.realpath(new) and not File(name).is_absolute():
            try:
                data[key] = File(os.path.relpath(old / name.strip(), new)).as_posix()
            except ValueError:  # Windows: on another drive
                data[key] = str((old / name.strip()).absolute())


def _lost(source: File) -> list[Finding]:
    """What the other kind of file has no place for."""
    place = Place(str(source))
    if source.suffix.lower() in BOOKS:
        message = "填报簿里的批注、颜色、自己加的栏和表没有转过去；公式只留下结果"
        return [Finding("GK166", Level.HINT, message, "原来的填报簿不动，可以留着", place=place)]
    lines = read_text(source).split("\n")
    remarks = [number for number, line in enumerate(lines, 1) if line.lstrip().startswith("#") or remark(line)]
    if not remarks:
        return []
    message = f"YAML 里的注释（“#”后面的说明）有 {len(remarks)} 处，没有转过去"
    advice = "原来的文件不动，可以留着"
    return [Finding("GK166", Level.HINT, message, advice, place=Place(str(source), remarks[0], 1))]
