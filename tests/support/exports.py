"""Workbooks as a finance system or a unit has them: our own tables written out, and read as the import gets them."""

from __future__ import annotations

import io
import pickle
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from openpyxl.worksheet.merge import MergedCellRange

from gongkai.document.compose import Rendered, render_disclosure
from gongkai.document.parse import parse_document
from gongkai.intake.read import read
from gongkai.output.xlsx.writer import render_xlsx
from gongkai.packs.open import open_pack
from gongkai.source.workbook.cells import Workbook
from gongkai.source.workbook.read import read_workbook
from support.composed import document_of
from support.fixtures import ROOT, write_pack

SHARE_EXPORTS = pytest.mark.xdist_group("exports")
"""The tests that import the tables of the examples: to write and to load these is much of their time."""


@cache
def exported(example: str, *, yuan: bool = False) -> bytes:
    """The official tables of an example as the product writes them, with amounts in 元 if that is wanted."""
    rendered = _in_yuan(example) if yuan else document_of(example)
    return render_xlsx(parse_document(rendered), rendered)


def _in_yuan(example: str) -> Rendered:
    disclosure = read(ROOT / "examples" / f"{example}.yaml").model
    above = disclosure.pack or "base"
    options = f"名称: 元样\n上级: {above}\n选项:\n  表格金额单位: 元\n"
    with tempfile.TemporaryDirectory() as folder:
        write_pack(Path(folder), "yuan", {"pack.yaml": options})
        pack = open_pack("元样", disclosure.kind, disclosure.year, [Path(folder)])
        return render_disclosure(disclosure, pack)


@cache
def _loaded(example: str, yuan: bool) -> bytes:
    with pytest.MonkeyPatch.context() as patched:  # borders of merged cells cost more than all the rest
        patched.setattr(MergedCellRange, "format", lambda merged: None)
        return pickle.dumps(openpyxl.load_workbook(io.BytesIO(exported(example, yuan=yuan))))


def opened(example: str, *, yuan: bool = False) -> openpyxl.Workbook:
    """The same, to be changed: unpickled ten times as fast as it is loaded."""
    book: openpyxl.Workbook = pickle.loads(_loaded(example, yuan))
    return book


@cache
def as_exported(example: str, *, yuan: bool = False) -> Workbook:
    """The same as the import gets it. It is shared: do not change it."""
    return as_read(opened(example, yuan=yuan))


def as_read(book: openpyxl.Workbook, name: str = "导出.xlsx") -> Workbook:
    """A workbook as the import gets it: saved, and read by the product; no formula has a stored value."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        book.save(file)
        return read_workbook(file)


EXAMPLES = (
    "kezhou-swj-2024-budget",
    "qitai-sgj-2024-budget",
    "minimal-budget",
    "shili-ju-2024-budget",
    "bozhou-swj-2024-final",
    "minimal-final",
    "shili-ju-2024-final",
)


@cache
def data_of(example: str) -> dict[str, Any]:
    """The data of an example as its file gives it: texts."""
    file = ROOT / "examples" / f"{example}.yaml"
    data: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    return data
