"""Words of the other kind of document that mean the same here are read as this kind's own, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from gongkai.findings import Finding, Level, Path, shown
from gongkai.model.own.declared import Declared, FactType, Owner
from gongkai.model.words import EACH, PAIR, Words, synonyms
from gongkai.source.nodes import node_at
from gongkai.source.secret_marks import discreet
from gongkai.source.tree import Node, Tree

Moves = dict[Path, Path]
SUPPLEMENTS = "补充说明"


def understand(tree: Tree) -> None:
    """Bring the words of the other kind (文种) in a file to its own; where both are written, that is an error."""
    kind = tree.data.get("文种")
    if not isinstance(kind, str) or kind not in PAIR:
        return
    # What is in a mapping is looked for after the mapping has its own name.
    for _, rows in groupby(synonyms(kind), key=lambda row: row[0].at):
        moves: Moves = {}
        for own, other in rows:
            for path in list(_mappings(tree.data, own.at)):
                _read_as(tree, path, own, other, moves)
        if moves:
            _move(tree, moves)


def understand_own(tree: Tree, declared: Declared) -> None:
    """Read what stands under 补充说明 by the name of a text that the pack now declares as that fact, and say so."""
    moves: Moves = {}
    for fact in declared.of(Owner.FILE):
        if fact.type is FactType.TEXT:
            _read_as(tree, (), Words((), (fact.name,)), Words((), (SUPPLEMENTS, fact.name)), moves)
    if not moves:
        return
    _move(tree, moves)
    for path in moves.values():
        message = f"“{SUPPLEMENTS}”里的“{path[0]}”已照模板包声明的事实“{path[0]}”读"
        advice = f"现在的写法是直接写“{path[0]}: …”，不写在“{SUPPLEMENTS}”下面"
        tree.findings.append(Finding("GK133", Level.HINT, message, advice, path, tree.key_place(path)))


def _mappings(data: Node, at: tuple[str, ...]) -> Iterator[Path]:
    """The paths of all mappings at a place."""
    found: list[tuple[Path, Node]] = [((), data)]
    for step in at:
        below: list[tuple[Path, Node]] = []
        for path, value in found:
            if step == EACH and isinstance(value, list):
                below += [((*path, index), entry) for index, entry in enumerate(value)]
            elif isinstance(value, dict) and step in value:
                below.append(((*path, step), value[step]))
        found = below
    yield from (path for path, value in found if isinstance(value, dict))


def _at(data: Node, path: Path) -> dict[str, Node] | None:
    found = node_at(data, path)
    return found if isinstance(found, dict) else None


def _read_as(tree: Tree, path: Path, own: Words, other: Words, moves: Moves) -> None:
    """Move what stands under the other kind's words in the mapping at ``path`` to its own, if it may."""
    old, new = (*path, *other.names), (*path, *own.names)
    if old not in tree.keys or (not path and isinstance(tree.data.get(str(old[0])), str)):
        return  # what is no section has only slipped there
    if new in tree.blanks and old not in tree.blanks:
        tree.blanks.remove(new)  # nothing was written there
        del tree.keys[new]
    if new in tree.keys:
        if old in tree.blanks:
            tree.blanks.remove(old)  # nothing was written there
            return
        first, second = sorted((old, new), key=lambda p: tree.key_place(p).order)
        line, name = tree.key_place(first).line, shown(str(first[-1]))
        message = f"“{shown(str(second[-1]))}”与第 {line} 行的“{name}”是一个意思，写了两次"
        advice = f"请删去一处，或把两处内容合并，写作“{own.names[-1]}”"
        finding = Finding("GK117", Level.ERROR, message, advice, second, tree.key_place(second))
        tree.findings.append(discreet(finding, tree.secrets))
        _take(tree.data, path, other.names)
        return
    if old in tree.blanks:
        moves[old] = new
        return
    value = _take(tree.data, path, other.names)
    around = _at(tree.data, path)
    if value is None or around is None:
        return
    for name in own.names[:-1]:
        inner = around.setdefault(name, {})
        if not isinstance(inner, dict):
            return  # the model says what should stand there
        tree.keys.setdefault((*path, name), tree.keys[old])
        around = inner
    around[own.names[-1]] = value
    moves[old] = new


def _take(data: Node, path: Path, names: tuple[str, ...]) -> Node | None:
    """What stands under these names, taken out; a mapping that is empty then is taken out as well."""
    around = [_at(data, (*path, *names[:end])) for end in range(len(names))]
    if any(mapping is None for mapping in around):
        return None
    inner = around[-1]
    value = inner.pop(names[-1], None) if inner is not None else None
    for mapping, name in zip(reversed(around[:-1]), reversed(names[:-1]), strict=True):
        if mapping is not None and not mapping.get(name):
            mapping.pop(name, None)
    return value


def _move(tree: Tree, moves: Moves) -> None:
    """The places and marks of what was moved, in one go."""

    def moved(path: Path) -> Path:
        for end in range(len(path), 0, -1):
            new = moves.get(path[:end])
            if new is not None:
                return (*new, *path[end:])
        return path

    tree.keys = {moved(path): place for path, place in tree.keys.items()}
    tree.values = {moved(path): place for path, place in tree.values.items()}
    tree.blanks = [moved(path) for path in tree.blanks]
    tree.commented = {moved(path) for path in tree.commented}
    tree.secrets = {moved(path) for path in tree.secrets}
    tree.torn = {moved(path) for path in tree.torn}
