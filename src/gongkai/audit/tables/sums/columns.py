"""A table read across: which columns come to which, by the tree of their heads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.intake.export.reading.found import Column

from ..facts import Body, Fact
from .relations import Relation

_SUM = re.compile(r"^(?:合计|总计|小计|共计)$|(?:合计|总计|小计)(?:\([^()]*\))?$")
_NO_PART = re.compile(
    r"上年(?!结转|结余)|增减|比上年|占比|比例|比重|增长|变动|%|率$|其中|完成|行次|序号|人数|数量|机关运行"
)
"""Heads of what is no part of a sum: other years, changes, shares, and what is contained in its neighbour."""
_SAMPLE, _MOST_SUMS = 60, 12
"""Rows by which one reading of heads is chosen of several, and heads of sums side by side."""

Sides = tuple[Column, tuple[Column, ...]]
"""A column, and those that come to it."""


@dataclass
class _Head:
    """A head with what stands below it."""

    word: str
    column: Column | None = None
    below: list[_Head] = field(default_factory=list)

    @property
    def sums(self) -> bool:
        """Whether it is the head of a sum over its neighbours."""
        return self.column is not None and bool(_SUM.search(self.word))


def across(body: Body) -> Iterator[Relation]:
    """Each row of a table: the sums of its columns."""
    for whole, parts in _hypotheses(body):
        group = body.group(f"{whole.number}:{[part.number for part in parts]}")
        relations = list(_rows(body.rows, whole, parts, group))
        if _known(body, whole, parts) or _confirmed(relations):
            yield from relations


def _hypotheses(body: Body) -> Iterator[Sides]:
    """Every sum that the heads suggest; of several about one column, the first that most rows confirm."""
    numbers = {number for row in body.rows for number in row}
    columns = [column for column in body.table.region.columns if column.number in numbers]
    columns = [column for column in columns if not any(_NO_PART.search(step) for step in column.path)]
    if body.table.form.sided:
        columns = [column for column in columns if column.number not in _own_side(body)]
    for level in _levels(_tree(columns)):
        yield from _of_level(body, level)


def _own_side(body: Body) -> set[int]:
    """The column of the income side: it is no part of the other."""
    column = body.table.columns.get("收入数")
    return {column.number} if column is not None else set()


def _tree(columns: Sequence[Column]) -> _Head:
    top = _Head("")
    for column in columns:
        at = top
        for step in column.path[:-1]:
            if not at.below or at.below[-1].word != step or at.below[-1].column is not None:
                at.below.append(_Head(step))
            at = at.below[-1]
        at.below.append(_Head(column.path[-1], column))
    return top


def _levels(head: _Head) -> Iterator[_Head]:
    """A head and every one below it that has heads of its own."""
    if head.below:
        yield head
        for lower in head.below:
            yield from _levels(lower)


def _carriers(head: _Head) -> list[Column]:
    """The columns that stand for a head where it is a part: its own, its sum, or all below it."""
    if head.column is not None:
        return [head.column]
    sums = [lower for lower in head.below if lower.sums]
    return _carriers(sums[0]) if sums else [column for lower in head.below for column in _carriers(lower)]


def _of_level(body: Body, level: _Head) -> Iterator[Sides]:
    """The sums among the heads that stand side by side under one."""
    sums = [at for at, head in enumerate(level.below) if head.sums]
    sample = body.rows[:_SAMPLE]
    for at in sums[:_MOST_SUMS]:
        whole = level.below[at].column
        assert whole is not None, "a sum has a column"
        for parts in _ranges(level.below, at, sums):
            columns = tuple(column for part in parts for column in _carriers(part))
            if columns and (len(sums) == 1 or _confirmed(list(_rows(sample, whole, columns, "")))):
                yield whole, columns
                break


def _ranges(heads: Sequence[_Head], at: int, sums: Sequence[int]) -> Iterator[list[_Head]]:
    """What a sum may be of: all others, the other sums with what they leave, its run to the right, to the left."""
    others = [head for index, head in enumerate(heads) if index != at]
    plain = [head for head in others if not head.sums]
    if len(sums) == 1:
        yield others
        return
    following = next((index for index in sums if index > at), len(heads))
    before = max((index for index in sums if index < at), default=-1)
    if at == sums[0]:
        yield plain
        yield others
        yield [head for index, head in enumerate(heads) if index in sums[1:] or at < index < following]
        yield [head for index, head in enumerate(heads) if index in sums[1:]]
        for last in range(len(heads), at + 1, -1):
            yield [head for index, head in enumerate(heads) if at < index < last and index in sums]
    for last in range(following, at + 1, -1):
        yield list(heads[at + 1 : last])
    for first in range(before + 1, at):
        yield list(heads[first:at])


def _rows(rows: Sequence[Mapping[int, Fact]], whole: Column, parts: Sequence[Column], group: str) -> Iterator[Relation]:
    for row in rows:
        if whole.number in row:
            facts = [(row[part.number], 1) for part in parts if part.number in row]
            if len(facts) == len(parts):
                yield Relation("GK801", row[whole.number], facts, "同一行各列相加", group)


def _known(body: Body, whole: Column, parts: Sequence[Column]) -> bool:
    """Whether all columns are such as the form of the table names: then nothing has to confirm them."""
    known = {column.number for column in body.table.columns.values()}
    above = whole.path[:-1]
    beside = {column.number for column in body.table.region.columns if column.path[: len(above)] == above} - known
    parted = {whole.number, *(part.number for part in parts)}
    return parted <= known and not any(number in row for row in body.rows for number in beside)


def _confirmed(relations: Sequence[Relation]) -> bool:
    """Whether most of the rows that say anything bear out a hypothesis, and more than one of them."""
    saying = [relation for relation in relations if relation.says]
    holding = [relation for relation in saying if relation.holds]
    return len(holding) > 1 and len(holding) * 3 >= len(saying) * 2
