"""经济分栏: every 款 of the form in blocks side by side, first 人员经费, then 公用经费 (公开06表)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest

from gongkai import catalog
from gongkai.statements.facts.store import Choice, Conditions, Facts
from gongkai.statements.names import Names, tree
from gongkai.statements.tables.form import TableForm
from gongkai.statements.tables.table import Line

from .bound import CODE, ECONOMIC, FIGURE, NAME

MEASURE, NATURE = "基本支出经济分类", "性质"
STAFF, OPERATING = "人员经费", "公用经费"

_Line = tuple[str, str, Decimal]


def block_rows(form: TableForm, facts: Facts, names: Names, conditions: Conditions) -> Iterator[Line]:
    """The rows: 编码1, 名称1, 数1 of the first block, then those of the others.

    A 款 that no block lists stands at the end of the first, or of the last.
    """
    blocks = _Blocks(facts, names, conditions)
    lines = [blocks.of(row.label, STAFF if not number else OPERATING) for number, row in enumerate(form.lines)]
    lines[0] += blocks.unlisted(lines[:1], STAFF)
    lines[-1] += blocks.unlisted(lines[1:], OPERATING)
    for cells in zip_longest(*lines):
        row = Line()
        for number, cell in enumerate(cells, 1):
            code, name, value = cell or ("", "", None)
            row |= {f"{CODE}{number}": code, f"{NAME}{number}": name, f"{FIGURE}{number}": value}
        yield row


class _Blocks:
    def __init__(self, facts: Facts, names: Names, conditions: Conditions) -> None:
        self._facts, self._names, self._conditions = facts, names, conditions

    def of(self, label: str, nature: str) -> list[_Line]:
        """The 类 that a row of the form names and all their 款, with what of them is of this nature."""
        stated = self._facts.values(MEASURE, "", ECONOMIC, {})
        block: list[_Line] = []
        for parent in label.split("、"):
            codes = {s.code for s in catalog.economic() if s.code.startswith(parent)}
            codes |= {code for code in stated if code.startswith(parent)}
            block += [self._line(code, nature) for code in sorted(codes)]
        return block

    def unlisted(self, blocks: Sequence[Sequence[_Line]], nature: str) -> list[_Line]:
        """What the blocks of one nature do not list, under its 类: 离退休公用经费 is 公用经费 under 303."""
        listed = {code for block in blocks for code, _, _ in block}
        conditions = {**self._conditions, NATURE: Choice(frozenset({nature}))}
        codes = [code for code in self._facts.values(MEASURE, "", ECONOMIC, conditions) if code not in listed]
        return [self._line(code, nature) for code in tree(codes) if code not in listed]

    def _line(self, code: str, nature: str) -> _Line:
        chosen = {
            **self._conditions,
            NATURE: Choice(frozenset({nature})),
            ECONOMIC: Choice(frozenset({code}), codes=True),
        }
        return code, self._names.economic_name(code), self._facts.sums.printed(self._facts.terms(MEASURE, "", chosen))
