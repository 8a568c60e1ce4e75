"""What is wrong with a table though every expression in it is right: columns, totals and rows held together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gongkai.findings import Path
from gongkai.statements.language.bind import unknown
from gongkai.statements.language.names import cost_of
from gongkai.statements.language.nodes import Node, Reference
from gongkai.statements.tables.form import TableForm

from .bound import BoundSet
from .mistakes import Mistake

_MOST_STEPS, _OF_A_ROW = 2000, 5
"""Steps of all columns of a row, where its own figure takes about so many."""


def mistakes_together(
    form: TableForm, sets: Sequence[BoundSet], totals: Mapping[str, Node], *, others: bool
) -> Iterator[Mistake]:
    """Everything of the kind; a column that nothing gives is told where there are no ``others`` that explain it."""
    if not sets:
        yield Mistake((), "没有写“行集”：这张表有哪些行")
        return
    if not others:
        yield from _columns(form, sets)
    yield from _totals(form, sets, totals)
    yield from _steps(sets)


def _columns(form: TableForm, sets: Sequence[BoundSet]) -> Iterator[Mistake]:
    """A column that nothing gives would be empty for ever."""
    known = frozenset().union(*(one.keys for one in sets))
    for path, leaf in form.leaf_paths:
        name = leaf.key or leaf.text
        if name not in known:
            said = unknown("列", name, sorted(known - {""}), 0)
            yield Mistake((*path, "列" if leaf.key else "标目"), str(said), said.advice)
            return


def _totals(form: TableForm, sets: Sequence[BoundSet], totals: Mapping[str, Node]) -> Iterator[Mistake]:
    """A total that is not what its rows add up to: these are there for a part of their money, and show all."""
    if form.total.position == "无" or len(sets) != 1:
        return
    shown = {leaf.key or leaf.text for _, leaf in form.leaf_paths} - {*form.total_figures}
    for name in unfiltered(sets[0].asked, sets[0].columns, totals):
        if name in shown:
            path: Path = ("行集", 0, sets[0].sort)
            message = f"行只取有一部分钱的，“{name}”这一列却是全部的钱，合计就不是各行之和"
            yield Mistake(path, message, "把这个条件写在“条件”里，列和合计都照它；或在“合计数”里写明合计")


def _steps(sets: Sequence[BoundSet]) -> Iterator[Mistake]:
    """Thousands of rows are reckoned, each in all its columns."""
    for number, one in enumerate(sets):
        columns = [column for each in (one, *one.beside) for column in each.columns.values()]
        steps = sum(cost_of(column, one.names, _OF_A_ROW) for column in columns)
        if steps > _MOST_STEPS:
            message = f"这些行的各列展开以后太长：{steps:,} 步，最多 {_MOST_STEPS:,} 步"
            yield Mistake(("行集", number), message, "请少写几列")


def unfiltered(asked: Sequence[Node], columns: Mapping[str, Node], totals: Mapping[str, Node]) -> list[str]:
    """The columns that show more money than is asked of their rows, so that the total would not be what they add up to.

    A row is there for its 财政拨款, and its column shows all of its money: the total adds up that of the others too.
    """
    if len(asked) != 1 or not isinstance(asked[0], Reference):
        return []
    wanted = {condition.dimension for condition in asked[0].conditions}
    return [
        key
        for key, node in columns.items()
        if key in totals and isinstance(node, Reference) and node.name == asked[0].name
        if not wanted <= {condition.dimension for condition in node.conditions}
    ]
