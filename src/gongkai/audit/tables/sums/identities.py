"""Cells that are of the same amounts, and cells that others have between them: identities, in one table and across."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..facts import CellKey
from .meaning import Meaning, Node
from .relations import Relation, Signed

EQUAL, PARTED, ABSENT = "GK821", "GK822", "GK823"
_MOST = 60
"""Cells of one 科目 that are tried as parts of another."""


def within(meaning: Meaning) -> Iterator[Relation]:
    """In each table: a cell that others of its row, or of its side, come to."""
    rows: dict[tuple[str, str], list[Node]] = defaultdict(list)
    for node in meaning.nodes:
        if node.facts:
            rows[node.table, node.code].append(node)
    for nodes in rows.values():
        for whole in nodes:
            if len(whole.facts) == 1 and (parts := _cover(whole, nodes)):
                rule = "GK803" if whole.facts[0].table.form.sided else "GK801"
                yield Relation(rule, whole.facts[0], parts, "其中各项相加", f"{whole.table}:={whole.code == ''}")
        yield from _equal(nodes, across=False)


def between(meaning: Meaning, doubted: frozenset[CellKey]) -> Iterator[Relation]:
    """Across tables. What a cell tells to be nothing is left out of the others, unless the cell is ``doubted``."""
    yield from _grouped(meaning.nodes)
    nothing, contradicted = _nothing(meaning, doubted)
    yield from contradicted
    left = [node.without(nothing) for node in meaning.nodes if node.facts]
    left = [node for node in left if node.more or node.less]
    yield from _grouped(left)
    by_code: dict[str, list[Node]] = defaultdict(list)
    for node in left:
        by_code[node.code].append(node)
    for nodes in by_code.values():
        for whole in nodes[: _MOST * 2]:
            if len(whole.facts) == 1:
                yield from _parted(whole, nodes[: _MOST * 2])


def _grouped(nodes: Iterable[Node]) -> Iterator[Relation]:
    same: dict[tuple[int, int, str], list[Node]] = defaultdict(list)
    for node in nodes:
        if node.facts and (node.more or node.less):
            same[node.more, node.less, node.code].append(node)
    for group in same.values():
        yield from _equal(group, across=True)


def _equal(nodes: Sequence[Node], *, across: bool) -> Iterator[Relation]:
    """Nodes of the same amounts; each against one that has the figure which most have."""
    same: dict[tuple[int, int], list[Node]] = defaultdict(list)
    for node in nodes:
        if node.more or node.less:
            same[node.more, node.less].append(node)
    for group in same.values():
        if len(group) < 2:
            continue
        counted = Counter(node.value for node in group)
        most = counted.most_common(1)[0][0]
        single = [node for node in group if len(node.facts) == 1]
        first = next((node for node in single if node.value == most), single[0] if single else None)
        for node in group:
            if first is not None and node is not first and (node.table != first.table) is across:
                yield _one_figure(first, node)


def _one_figure(first: Node, other: Node) -> Relation:
    if len(other.facts) == 1 and other.table != first.table:
        # The later table is told of; which of both is wrong is seen from the other relations.
        first, other = other, first
    if len(first.facts) != 1:
        first, other = other, first
    words = other.facts[0].said if len(other.facts) == 1 else f"{other.what}相加"
    return Relation(EQUAL, first.facts[0], [(fact, 1) for fact in other.facts], words, f"{first.table}={other.table}")


def _nothing(meaning: Meaning, doubted: frozenset[CellKey]) -> tuple[int, list[Relation]]:
    """The amounts that are nothing; and what stands against a table that has no row for them."""
    sure = [node for node in meaning.nodes if not node.less and not node.more & meaning.free]
    zeros = [node for node in sure if node.more and not node.value and not _doubtful(node, doubted)]
    zeros.sort(key=lambda node: -node.more.bit_count())
    some: dict[str, list[Node]] = defaultdict(list)
    for node in sure:
        if node.value and node.more:
            for code in {"", node.code[:3], node.code[:5], node.code}:
                some[code].append(node)
    nothing = 0
    against: dict[tuple[str, str], Relation] = {}
    for zero in zeros:
        if not zero.more & ~nothing:
            continue
        contrary = next((node for node in some.get(zero.code, ()) if not node.more & ~zero.more), None)
        if contrary is None:
            nothing |= zero.more
        elif not zero.facts and len(contrary.facts) == 1 and contrary.code == zero.code:
            relation = Relation(ABSENT, contrary.facts[0], (), zero.what, f"{contrary.table}∌{zero.table}")
            against.setdefault((zero.table, zero.code), relation)
    return nothing, list(against.values())


def _doubtful(node: Node, doubted: frozenset[CellKey]) -> bool:
    return any(fact.cell in doubted for fact in node.facts)


def _parted(whole: Node, nodes: Sequence[Node]) -> Iterator[Relation]:
    """A cell as what cells of several other tables come to."""
    same = {node.table for node in nodes if (node.more, node.less) == (whole.more, whole.less)} | {whole.table}
    others = [node for node in nodes if node.table not in same]
    rest = [node for node in nodes if node.table in same and node.table != whole.table]
    parts = _cover(whole, [*others, *rest], ordered=len(others))
    if parts and len({fact.table.form.key for fact, _ in parts}) > 1:
        tables = "、".join(dict.fromkeys(fact.table.name for fact, _ in parts))
        yield Relation(PARTED, whole.facts[0], parts, f"{tables}的有关各数相加", f"{whole.table}={tables}")


def _cover(whole: Node, nodes: Sequence[Node], ordered: int | None = None) -> list[Signed]:
    """Cells that have the amounts of a cell between them, each once; none where there are none such.

    Of the largest that fit one is taken after another; the first ``ordered`` come before the others.
    """
    more, less = whole.more, whole.less
    candidates: list[tuple[bool, int, int, Node, int]] = []
    for at, node in enumerate(nodes):
        if node is whole or (node.more, node.less) == (whole.more, whole.less):
            continue
        for sign, plus, minus in ((1, node.more, node.less), (-1, node.less, node.more)):
            if (plus or minus) and not plus & ~more and not minus & ~less:
                size = plus.bit_count() + minus.bit_count()
                candidates.append((ordered is not None and at >= ordered, -size, at, node, sign))
                break
    found: list[Signed] = []
    for _, _, _, node, sign in sorted(candidates, key=lambda candidate: candidate[:3]):
        plus, minus = (node.more, node.less) if sign > 0 else (node.less, node.more)
        if (plus or minus) and not plus & ~more and not minus & ~less:
            more, less = more & ~plus, less & ~minus
            found += [(fact, sign) for fact in node.facts]
    return found if not more and not less and len(found) > 1 else []


def by_cell(relations: Iterable[Relation]) -> Mapping[CellKey, list[Relation]]:
    """The relations that each cell is in."""
    found: dict[CellKey, list[Relation]] = defaultdict(list)
    for relation in relations:
        for cell, _ in relation.identity:
            found[cell].append(relation)
    return found
