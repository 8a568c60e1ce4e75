"""YAML into plain text values with the place of every key and value.

Only the harmless core of YAML is read: mappings, lists and scalars. Scalars stay text, so
that no YAML rule turns 010 into 8 or 否 into False. Aliases, tags and several documents in
one file are refused: a clerk needs none of them, and a hostile file lives by them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from gongkai.findings import Finding, FindingsError, Level, Path, Place

from .syntax import syntax_finding

MAX_DEPTH = 30

Node = str | list["Node"] | dict[str, "Node"]

_BLANK = {"", "~", "null"}


@dataclass
class Tree:
    """The values of a file, where each of them and its key stands, and what was wrong on the way."""

    file: str
    data: dict[str, Node] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def place(self, path: Path) -> Place:
        """The place of the value at ``path``, or of the nearest thing around it that exists."""
        for end in range(len(path), 0, -1):
            found = self.values.get(path[:end]) or self.keys.get(path[:end])
            if found:
                return found
        return Place(self.file, 1, 1)

    def key_place(self, path: Path) -> Place:
        """The place of the key at ``path`` (of the item, in a list)."""
        return self.keys.get(path) or self.place(path)

    def locate(self, finding: Finding) -> Finding:
        """The finding with its place filled in from its path."""
        if finding.place is not None:
            return finding
        return Finding(
            finding.code, finding.level, finding.message, finding.advice,
            finding.path, self.place(finding.path), finding.stated, finding.expected,
        )  # fmt: skip


class _Builder:
    """Builds a Tree from parser events; no recursion deeper than MAX_DEPTH."""

    def __init__(self, tree: Tree, events: Iterator[yaml.Event]) -> None:
        self._tree = tree
        self._events = events

    def build(self) -> None:
        next(self._events)  # stream start
        document = next(self._events)
        if isinstance(document, yaml.StreamEndEvent):
            raise self._stop("GK107", "文件里没有内容", "可用“gongkai new”写一份带说明的样表", document)
        root = next(self._events)
        if not isinstance(root, yaml.MappingStartEvent):
            raise self._stop(
                "GK116", "文件开头应是“文种: 预算”这样的“名称: 内容”", "请核对冒号是否为半角，冒号后是否空一格", root
            )
        value = self._node(root, ())
        assert isinstance(value, dict)
        self._tree.data = value
        next(self._events)  # document end
        following = next(self._events)
        if not isinstance(following, yaml.StreamEndEvent):
            raise self._stop("GK115", "一个文件里有多份数据（---）", "一个单位一个文件，请分开保存", following)

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        assert mark is not None, "the C parser marks every event"
        return Place(self._tree.file, mark.line + 1, mark.column + 1)

    def _stop(self, code: str, message: str, advice: str, event: yaml.Event) -> FindingsError:
        finding = Finding(code, Level.ERROR, message, advice, place=self._place(event))
        return FindingsError([*self._tree.findings, finding])

    def _node(self, event: yaml.Event, path: Path) -> Node:
        if len(path) > MAX_DEPTH:
            raise self._stop("GK114", f"内容套了 {MAX_DEPTH} 层以上", "请核对括号和缩进", event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._stop(
                "GK112", "不支持 YAML 的锚点与引用（& 和 *）", "请直接写出内容；以 & 或 * 开头的文字要加引号", event
            )
        tag = getattr(event, "tag", None)
        if tag:
            raise self._stop("GK113", f"不支持 YAML 标签“{tag}”", "请删去标签；以 ! 开头的文字要加引号", event)
        self._tree.values[path] = self._place(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        assert isinstance(event, yaml.ScalarEvent)
        return str(event.value)

    def _sequence(self, path: Path) -> list[Node]:
        items: list[Node] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        seen: dict[str, Place] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._stop("GK111", "冒号前面应是名称，现为清单或括号", "请核对括号和缩进", event)
            key = str(event.value).strip()
            place = self._place(event)
            if key in seen:
                self._node(next(self._events), (*path, key, "重复"))
                message = f"“{key}”重复：第 {seen[key].line} 行已经写过"
                self._tree.findings.append(
                    Finding("GK117", Level.ERROR, message, "请删去一处，或合并为一处", place=place)
                )
                continue
            seen[key] = place
            self._tree.keys[(*path, key)] = place
            value_event = next(self._events)
            value = self._node(value_event, (*path, key))
            # A name with nothing behind it says the same as no name at all.
            blank = isinstance(value_event, yaml.ScalarEvent) and not value_event.style and value in _BLANK
            if not blank:
                entries[key] = value
        return entries


def parse(text: str, file: str) -> Tree:
    """Parse YAML text; duplicate keys are collected in ``findings``.

    Raises FindingsError where the text cannot be read any further.
    """
    tree = Tree(file)
    try:
        _Builder(tree, yaml.parse(text, Loader=yaml.CBaseLoader)).build()
    except yaml.MarkedYAMLError as error:
        raise FindingsError([*tree.findings, syntax_finding(error, text, file)]) from None
    return tree
