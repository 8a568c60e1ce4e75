"""Options of one kind of document brought beneath its name (决算自称 → 决算: {自称}), in the text of a pack.yaml.

Lines are moved and words replaced, with the comments that belong to them; nothing else is written anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import yaml

from gongkai.findings import Path
from gongkai.packs.options import Stated
from gongkai.packs.renaming.edits import Edit, edited

_STEP = 2


class ByHandError(Exception):
    """A mapping is written so that only a person should move what is in it."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key and its value, and the lines (from 0) that are theirs: from the comments above to where the value ends."""

    key: yaml.ScalarNode
    value: yaml.Node
    start: int
    end: int


def with_moved(text: str, way: Path, old: Sequence[Stated]) -> str:
    """The text with the ``old`` options of the mapping at ``way`` under their present names.

    Raises ByHandError where they cannot be moved by lines.
    """
    if all(len({*stated.kinds}) == 1 for stated in old):  # an edition of one kind needs no group
        return edited(text, [_renaming(key, stated) for key, stated in _keys(text, way, old)])
    mapping = _mapping(text, way)
    return _in_one_line(text, mapping, old) if mapping.flow_style else _in_lines(text, mapping, old)


def _mapping(text: str, way: Path) -> yaml.MappingNode:
    node: Any = yaml.compose(text, Loader=yaml.CBaseLoader)
    for step in way:
        if isinstance(node, yaml.MappingNode):
            node = next(value for key, value in node.value if key.value == step)
        else:
            node = node.value[step]
    assert isinstance(node, yaml.MappingNode), "the pack was read"
    return node


def _keys(text: str, way: Path, old: Sequence[Stated]) -> Iterator[tuple[yaml.ScalarNode, Stated]]:
    by_name = {stated.old: stated for stated in old}
    for key, _ in _mapping(text, way).value:
        if key.value.strip() in by_name:
            yield key, by_name[key.value.strip()]


def _renaming(key: yaml.ScalarNode, stated: Stated) -> Edit:
    """The edit of a name, whatever its quotes."""
    quote = 1 if key.style else 0
    return Edit(key.start_mark.line + 1, key.start_mark.column + 1 + quote, stated.old, stated.name)


def _in_lines(text: str, mapping: yaml.MappingNode, old: Sequence[Stated]) -> str:
    lines = text.splitlines(keepends=True)
    entries = list(_entries(lines, mapping))
    by_name = {stated.old: stated for stated in old}
    moved = {kind: [e for e in entries if _kind(e, by_name) == kind] for kind in {s.kind or "" for s in old}}
    groups = {e.key.value: e for e in entries if e.key.value in moved and isinstance(e.value, yaml.MappingNode)}
    gone: set[int] = set()
    put: dict[int, list[str]] = {}
    column = entries[0].key.start_mark.column
    end_of_line = "\r\n" if lines[entries[0].start].endswith("\r\n") else "\n"
    for kind, chosen in moved.items():
        group = groups.get(kind)
        for entry in chosen:
            gone.update(range(entry.start, entry.end))
        if group is not None and isinstance(group.value, yaml.CollectionNode) and group.value.flow_style:
            _put_in_braces(lines, group, [_flat(lines, entry, by_name) for entry in chosen])
            continue
        at, deeper = _room(group, chosen[0], column)
        new = [] if group else [f"{' ' * column}{kind}:{end_of_line}"]
        for entry in chosen:
            renamed = edited("".join(lines), [_renaming(entry.key, by_name[entry.key.value.strip()])])
            part = renamed.splitlines(keepends=True)[entry.start : entry.end]
            new += [f"{' ' * deeper}{line}" if line.strip() else line for line in part]
        if new and not new[-1].endswith("\n"):
            new[-1] += end_of_line
        put.setdefault(at, []).extend(new)
    kept: list[str] = []
    for number in range(len(lines) + 1):
        if number in put and kept and not kept[-1].endswith("\n"):
            kept[-1] += end_of_line  # the last line of the file may have no end
        kept += put.get(number, [])
        kept += [lines[number]] if number < len(lines) and number not in gone else []
    return "".join(kept)


def _flat(lines: Sequence[str], entry: _Entry, by_name: Mapping[str, Stated]) -> str:
    """An entry as it can stand in braces. Raises ByHandError for one of several lines, or with a comment."""
    line, value = lines[entry.start], entry.value
    plain = isinstance(value, yaml.ScalarNode) and value.style is None
    start, end = entry.key.start_mark.column, value.end_mark.column
    if entry.end - entry.start > 1 or line[end:].strip() or (plain and set(value.value) & set(",[]{}")):
        raise ByHandError
    edit = _renaming(entry.key, by_name[entry.key.value.strip()])
    return edited(line, [replace(edit, line=1)])[start : end + len(edit.new) - len(edit.old)]


def _put_in_braces(lines: list[str], group: _Entry, entries: Sequence[str]) -> None:
    """Write entries behind the last one of ``{…}``."""
    mark = group.value.end_mark
    before, after = lines[mark.line][: mark.column - 1], lines[mark.line][mark.column - 1 :]
    if not before.strip():
        raise ByHandError  # the brace is on a line of its own
    blank = before[len(before.rstrip()) :]
    comma = ", " if group.value.value else ""
    lines[mark.line] = f"{before.rstrip()}{comma}{', '.join(entries)}{blank}{after}"


def _kind(entry: _Entry, by_name: Mapping[str, Stated]) -> str | None:
    stated = by_name.get(entry.key.value.strip())
    return stated.kind if stated else None


def _room(group: _Entry | None, first: _Entry, column: int) -> tuple[int, int]:
    """Before which line moved entries come, and by how much they go to the right."""
    if group is None:
        return first.start, _STEP
    assert isinstance(group.value, yaml.MappingNode), "one in lines"
    return group.end, group.value.value[0][0].start_mark.column - column


def _entries(lines: Sequence[str], mapping: yaml.MappingNode) -> Iterator[_Entry]:
    before = mapping.start_mark.line - 1
    for key, value in mapping.value:
        start = key.start_mark.line
        if lines[start][: key.start_mark.column].strip():
            raise ByHandError  # behind “? ”
        while start - 1 > before and lines[start - 1].lstrip().startswith("#"):
            start -= 1
        end = max(_last_line(value), key.end_mark.line) + 1
        yield _Entry(key, value, start, end)
        before = end - 1


def _last_line(node: yaml.Node) -> int:
    """The last line on which something of a value stands."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        children = [part for each in node.value for part in (each if isinstance(each, tuple) else (each,))]
        return max(map(_last_line, children), default=node.start_mark.line)
    end = node.end_mark
    # That of a text in lines of its own (|) is behind its last line end.
    return int(end.line if end.column or end.line == node.start_mark.line else end.line - 1)


def _in_one_line(text: str, mapping: yaml.MappingNode, old: Sequence[Stated]) -> str:
    """The same for ``{甲: 乙, 丙: 丁}``."""
    start, end = mapping.start_mark, mapping.end_mark
    if start.line != end.line:
        raise ByHandError
    by_name = {stated.old: stated for stated in old}
    written: dict[str, list[str]] = {}
    order: list[str | tuple[str, str]] = []
    for key, value in mapping.value:
        stated = by_name.get(key.value.strip())
        whole = text[key.start_mark.index : value.end_mark.index]
        if stated is not None:
            group = stated.kind or ""
            edit = _renaming(key, stated)
            at = edit.column - 1 - key.start_mark.column
            whole = f"{whole[:at]}{stated.name}{whole[at + len(stated.old) :]}"
        elif key.value in {each.kind for each in old} and isinstance(value, yaml.MappingNode):
            group, whole = key.value, text[value.start_mark.index + 1 : value.end_mark.index - 1].strip()
        else:
            order.append(("", whole))
            continue
        if group not in written:
            order.append(group)
        written.setdefault(group, []).append(whole)
    parts = [
        f"{each}: {{{', '.join(filter(None, written[each]))}}}" if isinstance(each, str) else each[1] for each in order
    ]
    return f"{text[: start.index]}{{{', '.join(parts)}}}{text[end.index :]}"
