"""A pack's table with its expressions read and held against the names there are, ready to be filled by any file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.statements.facts.store import Choice
from gongkai.statements.language.names import Names
from gongkai.statements.language.nodes import Node
from gongkai.statements.tables.form import TableForm
from gongkai.statements.tables.row_sets import RowSet

CODE, CODED_NAME, NAME, NUMBER, FIGURE = "编码", "编码名称", "名称", "行次", "数"
SUBJECT_NAME, PROJECT_NAME, INDEX = "科目名称", "项目名称", "序号"
"""What rows give by themselves, as columns and as names in expressions."""
SUBJECT, ECONOMIC, PROJECT = "科目", "经济分类", "项目"
"""Dimensions by which rows choose."""
_OF_SUBJECTS = frozenset({"类", "款", "项", CODE, SUBJECT_NAME, CODED_NAME, NAME})
LOCALS: Mapping[str, frozenset[str]] = {
    "科目树": _OF_SUBJECTS | {PROJECT_NAME},
    "科目": _OF_SUBJECTS,
    "类": _OF_SUBJECTS,
    "经济分类树": _OF_SUBJECTS,
    "项目": frozenset({PROJECT_NAME, NAME}),
    "固定": frozenset({NAME, NUMBER}),
    "清单": frozenset({INDEX}),
}
"""What the rows of each sort give."""
AROUND: Mapping[str, frozenset[str]] = {
    "科目树": frozenset({SUBJECT}),
    "科目": frozenset({SUBJECT}),
    "类": frozenset({SUBJECT}),
    "经济分类树": frozenset({ECONOMIC}),
    "经济分栏": frozenset({ECONOMIC, "性质"}),
    "项目": frozenset({PROJECT}),
}
"""The dimensions by which the rows of each sort choose."""


@dataclass(frozen=True)
class BoundSet:
    """Rows of one sort.

    ``asked`` are looked at to know which rows there are, ``columns`` is what stands in them, ``rows`` are the figures
    (行) of fixed rows, ``beside`` the sets of one that has several, ``path`` leads to a list of the file.
    """

    form: RowSet
    sort: str
    names: Names
    conditions: Mapping[str, Choice]
    asked: Sequence[Node] = ()
    columns: Mapping[str, Node] = field(default_factory=dict)
    rows: Sequence[Node | None] = ()
    beside: Sequence[BoundSet] = ()
    path: Sequence[str] = ()

    @property
    def keys(self) -> frozenset[str]:
        """The columns that its rows may have."""
        own = {*LOCALS.get(self.sort, ()), *self.columns}
        if self.sort == "经济分栏":
            own |= {f"{name}{n}" for n in range(1, len(self.rows) + 1) for name in (CODE, NAME, FIGURE)}
        return frozenset(own.union(*(one.keys for one in self.beside)))


@dataclass(frozen=True)
class BoundTable:
    """A table: its form as the pack has it, and everything in it that is reckoned.

    ``totals`` are the columns of the total row. There is one table for every record of ``each``, if it is named, of
    those that state ``when`` and not ``unless``.
    """

    key: str
    form: TableForm
    names: Names
    conditions: Mapping[str, Choice]
    sets: Sequence[BoundSet]
    totals: Mapping[str, Node]
    form_values: Mapping[str, Node]
    each: Sequence[str] = ()
    when: Sequence[str] = ()
    unless: Sequence[str] = ()
