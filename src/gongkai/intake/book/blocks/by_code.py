"""A block with a row for each entry of a mapping by code, or by a name that the clerk gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from gongkai.findings import Path, describe
from gongkai.intake.guide import Guide
from gongkai.source.nodes import node_at
from gongkai.source.tree import Node

from .block import Column, Row
from .data import text_at
from .lines import Line
from .sink import Sink


@dataclass(frozen=True)
class ByCode:
    """The entries of the mapping at ``path``: the code (``key``), and what stands under it.

    An entry is one value (``value``), or has several (``parts``, each a column). Where it has several, ``lead``
    names the part that stands in the column of the one value; without it that column must be their sum.
    """

    title: str
    path: Path
    key: str
    value: str
    parts: Sequence[str] = ()
    lead: str = ""
    formulas: Sequence[tuple[str, str]] = ()
    key_list: Sequence[str] = ()
    list_of: str = ""
    growing: bool = True

    def columns(self, guide: Guide) -> Sequence[Column]:
        """The code, what is for the eye, the values."""
        any_key = next(iter(self.key_list), _any_code(guide, self.path))
        entry = (*self.path, any_key)
        eye = [Column(title, formula=formula) for title, formula in self.formulas]
        parts = [Column(part, ((*entry, part),)) for part in self.parts]
        value = (*entry, self.lead) if self.lead else entry
        return (Column(self.key, list_of=self.list_of), *eye, Column(self.value, (value,)), *parts)

    def rows(self, data: Mapping[str, Node], guide: Guide) -> Iterator[Row]:
        """A row for each code."""
        entries = node_at(data, self.path)
        for code, entry in entries.items() if isinstance(entries, dict) else ():
            one = entry if isinstance(entry, str) else (text_at(entry, (self.lead,)) if self.lead else None)
            parts = {part: text_at(entry, (part,)) or "" for part in self.parts if not isinstance(entry, str)}
            yield {self.key: code, self.value: one or "", **parts}

    def read(self, lines: Sequence[Line], sink: Sink) -> None:
        """Each row with a value; a code without one is only prepared."""
        for line in lines:
            if not any(line.cell(title) for title in (self.value, *self.parts)):
                continue
            place = line.place(self.key)
            cell = line.cell(self.key)
            code = sink.said(cell, (*self.path, "?"), place) if cell else None
            if cell is None:
                sink.refuse("GK202", f"这一行没有写{self.key}", f"请补上{self.key}，或删去这一行", self.path, place)
            elif code is not None:
                self._take((*self.path, code.strip()), line, sink)

    def _take(self, path: Path, line: Line, sink: Sink) -> None:
        place = line.place(self.key)
        known = sink.tree.keys.get(path)
        if known is not None:
            message = f"“{describe(path)}”写了两次：{known.cell} 已经写过"
            sink.refuse("GK117", message, "请删去一处，或把两处合并", path, place)
            return
        if not any(line.cell(part) for part in self.parts):
            sink.put(path, line, self.value, place)
            return
        sink.begin(path, place)
        for part in self.parts:
            sink.put((*path, part), line, part)
        if self.lead:
            sink.put((*path, self.lead), line, self.value)
        else:
            self._held(path, line, sink)

    def _held(self, path: Path, line: Line, sink: Sink) -> None:
        """The whole beside its parts: it must be their sum."""
        whole = line.cell(self.value)
        if whole is None:
            return
        parts = [line.text(part) for part in self.parts]
        stated, total = _number(whole.text), sum((_number(part) or Decimal(0) for part in parts), Decimal(0))
        if stated != total:
            names = "、".join(f"“{part}”" for part in self.parts)
            message = f"“{describe(path)}”的{self.value}与{names}的合计不同"
            sink.refuse("GK203", message, f"分开写的，{self.value}一栏留空", path, line.place(self.value))

    def homes(self) -> Sequence[Path]:
        """The mapping."""
        return (self.path,)


def _any_code(guide: Guide, path: Path) -> str:
    """A code of the form that the mapping takes."""
    codes = guide.at(path).get("patternProperties", {})
    tried = ("301", "30101", "3010101", "GK101")
    return next((code for code in tried if codes and guide.is_code((*path, code))), "名称")


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
