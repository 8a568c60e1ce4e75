"""Where the values of a book are gathered: a tree of texts, as a YAML file gives one, each with its cell."""

from __future__ import annotations

import re

from gongkai.findings import Finding, Level, Path, Place, describe, shown
from gongkai.intake.guide import Guide
from gongkai.source.secret_marks import marks_secret
from gongkai.source.tree import Node, Tree
from gongkai.source.workbook.cells import Cell, Kind

from .lines import Line
from .shape import Entry, shape_of

_LOSING = 15
"""Digits that the programs keep of a number: of a longer one the rest is already lost."""


class Sink:
    """Fills a tree; what a cell cannot say goes to its findings."""

    def __init__(self, tree: Tree, guide: Guide) -> None:
        self.tree = tree
        self.guide = guide

    def put(self, path: Path, line: Line, title: str, key: Place | None = None) -> None:
        """The cell of a column as the value at ``path``; of a blank one, only where it would be due.

        ``key`` is the cell that names it, where that is another.
        """
        place = line.place(title)
        cell = line.cell(title)
        if cell is None:
            self.named(path, place)
            return
        known = self.tree.values.get(path)
        if known is not None and (known.line, known.column) == line.sheet.first_of(place.line, place.column):
            return  # one cell, merged over several rows
        if known is not None:
            self.refuse(
                "GK117", f"“{describe(path)}”写了两次：{known.cell or known} 已经写过", "请删去一处", path, place
            )
            return
        last = path[-1]
        if isinstance(last, str) and marks_secret(last, cell.shown):
            self.tree.secrets.add(path[:-1])  # also where it cannot be read what the mark says
        value = self.said(cell, path, place)
        if value is not None:
            self.set(path, value, place, key)

    def label(self, line: Line, title: str, path: Path) -> str | None:
        """What a row is called; empty for a blank, None for what cannot be told, which is a finding.

        A row that is called nobody knows what belongs to nothing: least of all to the row above.
        """
        cell = line.label_cell(title)
        if cell is None or cell.kind not in {Kind.ERROR, Kind.UNKNOWN}:
            return cell.shown.strip() if cell else ""
        self.said(cell, path, line.place(title))
        return None

    def said(self, cell: Cell, path: Path, place: Place) -> str | None:
        """What a cell says at ``path``; None where that cannot be told, which is a finding."""
        if cell.kind is Kind.ERROR:
            message = f"这一格是错误值 {shown(cell.text)}"
            self.refuse("GK158", message, "请改正公式，或直接填写", path, place)
            return None
        if cell.kind is Kind.UNKNOWN:
            advice = "请用 Excel 或 WPS 打开再保存一次；或把公式换成它的结果（选择性粘贴为数值）"
            self.refuse("GK159", "这一格的公式没有保存结果，这里也算不出来", advice, path, place)
            return None
        entry = shape_of(self.guide, path).entry
        wrong = _unfit(cell, entry)
        if wrong:
            self.refuse("GK158", *wrong, path, place)
            return None
        return cell.text if cell.kind is Kind.DATE else cell.shown

    def set(self, path: Path, value: str, place: Place, key: Place | None = None) -> None:
        """A value at ``path``, with all mappings and lists around it."""
        around: Node = self.tree.data
        for end in range(1, len(path)):
            around = self._within(around, path[:end], path[end], key or place)
        last = path[-1]
        if isinstance(around, list):
            assert last == len(around), "entries are read in their order"
            around.append(value)
        else:
            assert isinstance(around, dict)
            around[str(last)] = value
        self.tree.keys.setdefault(path, key or place)
        self.tree.values[path] = place

    def begin(self, path: Path, place: Place) -> None:
        """A mapping, or a list that is named, at ``path``: it is there even if nothing in it is."""
        parent: Node = self.tree.data
        for end in range(1, len(path)):
            parent = self._within(parent, path[:end], path[end], place)
        self._within(parent, path, "", place)

    def _within(self, around: Node, path: Path, following: str | int, place: Place) -> Node:
        """The mapping or list at ``path`` in what is around it, made where it is missing."""
        empty: Node = [] if isinstance(following, int) else {}
        step = path[-1]
        if isinstance(around, list):
            assert isinstance(step, int)
            if step == len(around):
                around.append(empty)
            inner = around[step]
        else:
            assert isinstance(around, dict)
            inner = around.setdefault(str(step), empty)
        self.tree.keys.setdefault(path, place)
        self.tree.values.setdefault(path, place)
        return inner

    def named(self, path: Path, place: Place) -> None:
        """Where what is at ``path`` would stand, with all around it that has no place yet."""
        for end in range(1, len(path) + 1):
            self.tree.due.setdefault(path[:end], place)

    def refuse(self, code: str, message: str, advice: str, path: Path, place: Place) -> None:
        """An error."""
        self.tree.findings.append(Finding(code, Level.ERROR, message, advice, path, place))

    def tell(self, level: Level, code: str, message: str, advice: str, place: Place, path: Path = ()) -> None:
        """What is no error."""
        self.tree.findings.append(Finding(code, level, message, advice, path, place))


def _unfit(cell: Cell, entry: Entry) -> tuple[str, str] | None:
    """What is wrong with the kind of a cell where something else is due, and what to do."""
    if cell.kind is Kind.DATE and entry is not Entry.DAY:
        advice = "请先把这一格设为“文本”格式再填写；像“1-2”这样的内容，Excel 会自己改成日期"
        return f"这一格是日期（{shown(cell.text)}），此处应是{_DUE[entry]}", advice
    if cell.kind is Kind.FLAG and entry is not Entry.CHOICE:
        return "这一格是逻辑值（TRUE 或 FALSE）", f"此处应是{_DUE[entry]}，请直接填写"
    if cell.disguised and entry is Entry.TEXT:
        advice = "请先把这一格设为“文本”格式，再照显示的样子填写"
        return f"这一格存的是数 {shown(cell.text)}，格式使它显示成别的样子（时间、分数，或带了字）", advice
    digits = re.sub(r"\D", "", cell.text)
    if cell.kind is Kind.NUMBER and entry is Entry.TEXT and len(digits) >= _LOSING and digits.endswith("0"):
        advice = "请先把这一格设为“文本”格式，再重新填写"
        return f"这一格是 {len(digits)} 位的数，{_LOSING} 位以后的 Excel 已经改成了 0", advice
    return None


_DUE = {
    Entry.TEXT: "文字",
    Entry.NUMBER: "数",
    Entry.WHOLE: "整数",
    Entry.CODE: "编码",
    Entry.DAY: "日期",
    Entry.CHOICE: "所列的词",
}
