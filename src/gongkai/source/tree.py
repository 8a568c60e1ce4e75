"""YAML into plain text values with the place of every key and value.

Only the harmless core of YAML is read: mappings, lists and scalars. Scalars stay text, so
that no YAML rule turns 010 into 8 or 否 into False. Aliases, tags and several documents in
one file are refused: a clerk needs none of them, and a hostile file lives by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from gongkai.findings import Finding, FindingsError, Level, Path, Place, shown

from .known import Known
from .scene import Spot
from .secret_marks import discreet, marks_secret, may_hide
from .swallowed import swallowed
from .syntax import odd_indent_finding, syntax_finding
from .text_file import NOT_PRINTABLE

MAX_DEPTH = 30

Node = str | list["Node"] | dict[str, "Node"]

_BLANK = {"", "~", "null"}
_STARTER = "可用“gongkai new”写一份带说明的样表"


@dataclass(frozen=True, slots=True)
class _Figure:
    """A text that may be the first part of a figure with separators, and where it begins."""

    text: str
    place: Place


@dataclass
class Tree:
    """The values of a file, where each of them and its key stands, and what was wrong on the way."""

    file: str
    data: dict[str, Node] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    quoted: set[Path] = field(default_factory=set)
    """Texts that stand in quotes."""
    blanks: list[Path] = field(default_factory=list)
    """Names with nothing behind them; they are not in ``data``."""
    commented: set[Path] = field(default_factory=set)
    """Those of them with a comment set where the value is due, not apart from it as a remark is."""
    secrets: set[Path] = field(default_factory=set)
    """Mappings that are marked 涉密, or may be meant to be."""
    torn: set[Path] = field(default_factory=set)
    """Mappings in which a piece could not be told apart: what seems missing may be in it."""
    due: dict[Path, Place] = field(default_factory=dict)
    """Where a value would stand that is not written: the blank cells of a workbook."""
    findings: list[Finding] = field(default_factory=list)

    def place(self, path: Path) -> Place:
        """The place of the value at ``path``, or of the nearest thing around it that exists.

        The place of a list or mapping is that of its name.
        """
        for end in range(len(path), 0, -1):
            found = self.values.get(path[:end]) or self.keys.get(path[:end]) or self.due.get(path[:end])
            if found:
                return found
        return Place(self.file)

    def key_place(self, path: Path) -> Place:
        """The place of the key at ``path`` (of the item, in a list)."""
        return self.keys.get(path) or self.due.get(path) or self.place(path)

    def locate(self, finding: Finding) -> Finding:
        """The finding with its place filled in from its path."""
        return finding if finding.place is not None else replace(finding, place=self.place(finding.path))


def _is_blank(event: yaml.Event) -> bool:
    return isinstance(event, yaml.ScalarEvent) and not event.style and event.value in _BLANK


class _Builder:
    """Builds a Tree from parser events; no recursion deeper than MAX_DEPTH."""

    def __init__(self, tree: Tree, text: str, known: Known) -> None:
        self._tree = tree
        self._known = known
        self._text = text
        self._last: yaml.ScalarEvent | None = None
        self._events = self._remember(yaml.parse(text, Loader=yaml.CBaseLoader))

    def _remember(self, events: Iterable[yaml.Event]) -> Iterator[yaml.Event]:
        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                self._last = event
            yield event

    def spilled(self, mark: yaml.Mark | None) -> Spot | None:
        """Where the quoted text began that runs over several lines and ends on the line of ``mark``."""
        event = self._last
        if event is None or event.style not in {'"', "'"}:
            return None
        start, end = event.start_mark, event.end_mark
        if mark is None or start is None or end is None or start.line == end.line or end.line != mark.line:
            return None
        return Spot(start.line, start.column)

    def build(self) -> None:
        next(self._events)  # stream start
        document = next(self._events)
        if isinstance(document, yaml.StreamEndEvent):
            raise self._stop("GK107", "文件里没有内容", _STARTER, Place(self._tree.file))
        root = next(self._events)
        if not isinstance(root, yaml.MappingStartEvent):
            advice = "请核对冒号是否为半角、冒号后是否空一格、开头是否多了“- ”"
            raise self._stop("GK116", "文件开头应是“文种: 预算”这样的“名称: 内容”", advice, self._place(root))
        value = self._node(root, ())
        assert isinstance(value, dict)
        self._tree.data = value
        next(self._events)  # document end
        following = next(self._events)
        if not isinstance(following, yaml.StreamEndEvent):
            advice = "请删去“---”；一个单位一年一个文件，几份数据要分开保存"
            raise self._stop("GK115", "一个文件里有多份数据（---）", advice, self._place(following))

    @staticmethod
    def _index(mark: Any) -> int:
        return int(mark.index)

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        assert mark is not None, "the C parser marks every event"
        return Place(self._tree.file, mark.line + 1, mark.column + 1)

    def _stop(self, code: str, message: str, advice: str, place: Place) -> FindingsError:
        return FindingsError([*self._tree.findings, Finding(code, Level.ERROR, message, advice, place=place)])

    def _refuse(self, code: str, message: str, advice: str, path: Path, place: Place) -> None:
        """A finding that quotes something of the mapping at ``path``."""
        self._tree.findings.append(Finding(code, Level.ERROR, message, advice, path, place))

    def _node(self, event: yaml.Event, path: Path) -> Node:
        place = self._place(event)
        if len(path) > MAX_DEPTH:
            raise self._stop("GK114", f"内容套了 {MAX_DEPTH} 层以上", "请核对括号和缩进", place)
        self._refuse_machinery(event, place)
        container = isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent)
        self._tree.values[path] = self._tree.keys.get(path, place) if container else place
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        assert isinstance(event, yaml.ScalarEvent)
        if event.style:
            self._tree.quoted.add(path)
        elif event.value not in _BLANK:
            self._look_around(event, path)
        return self._scalar(event, place)

    def _look_around(self, event: yaml.ScalarEvent, path: Path) -> None:
        """Refuse a plain text that has lost a part of its line, or has taken in a line that is none of it."""
        start, end = self._index(event.start_mark), self._index(event.end_mark)
        for found in swallowed(self._text, start, end, self._known):
            before = self._text[: start + found.offset]
            place = Place(self._tree.file, before.count("\n") + 1, len(before) - before.rfind("\n"))
            self._refuse(found.code, found.message, found.advice, path, place)

    def _refuse_machinery(self, event: yaml.Event, place: Place) -> None:
        """Stop at YAML's anchors, aliases and tags."""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            advice = "请直接写出内容；以 & 或 * 开头的文字要加引号"
            raise self._stop("GK112", "不支持 YAML 的锚点与引用（& 和 *）", advice, place)
        if tag := getattr(event, "tag", None):
            name = shown(str(tag).replace("tag:yaml.org,2002:", "!!"))
            raise self._stop("GK113", f"不支持 YAML 标签“{name}”", "请删去标签；以 ! 开头的文字要加引号", place)

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> str:
        text = str(event.value)
        # In double quotes YAML can spell characters that the check of the file has not seen.
        if hidden := NOT_PRINTABLE.search(text):
            message = f"文字里有看不见的控制字符（U+{ord(hidden[0]):04X}）"
            raise self._stop("GK106", message, "请删去该字符；反斜杠 \\ 要写成 \\\\", place)
        return text

    def _sequence(self, path: Path) -> list[Node]:
        items: list[Node] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            item = self._node(event, (*path, len(items)))
            items.append("" if _is_blank(event) else item)
        return items

    def _mapping(self, start: yaml.MappingStartEvent, path: Path) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        before = _Figure("", Place(self._tree.file))
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key, place = self._key(event)
            value_event = next(self._events)
            if start.flow_style and not self._has_colon(event, value_event):
                self._tree.torn.add(path)
                before = self._torn(key, before, path, place)
                continue
            if known := self._tree.keys.get((*path, key)):
                self._mark(path, key, self._node(value_event, (*path, key, "重复", place.line)))
                message = f"“{shown(key)}”写了两次：第 {known.line} 行已经写过"
                self._refuse("GK117", message, "请删去一处，或把两处内容合并", path, place)
                continue
            self._tree.keys[(*path, key)] = place
            value = self._node(value_event, (*path, key))
            self._mark(path, key, value)
            before = _Figure(value if isinstance(value, str) else "", self._tree.values[(*path, key)])
            # A name with nothing behind it says the same as no name at all.
            if _is_blank(value_event):
                self._tree.values[(*path, key)] = place
                self._tree.blanks.append((*path, key))
                if re.match(r" *: ?#", self._text[self._index(event.end_mark) : self._index(event.end_mark) + 200]):
                    self._tree.commented.add((*path, key))
            else:
                entries[key] = value
        return entries

    def _mark(self, path: Path, key: str, value: Node) -> None:
        if marks_secret(key, value if isinstance(value, str) else None):
            self._tree.secrets.add(path)

    def _key(self, event: yaml.Event) -> tuple[str, Place]:
        place = self._place(event)
        self._refuse_machinery(event, place)
        if not isinstance(event, yaml.ScalarEvent):
            advice = "请核对括号和缩进；以 [、{ 或“? ”开头的文字要加引号"
            raise self._stop("GK111", "冒号前面应是名称，现为括号或清单", advice, place)
        text = self._scalar(event, place)
        key = text.strip()
        if not event.style and text != text.lstrip():
            raise FindingsError([*self._tree.findings, odd_indent_finding(place)])
        if key == "<<" and not event.style:
            raise self._stop("GK112", "不支持 YAML 的合并写法（<<）", "请直接写出内容", place)
        if not key:
            # An empty name stands behind its question mark, which may end the line.
            at = replace(place, column=max(1, place.column - 1))
            raise self._stop("GK111", "冒号前面没有名称", "写作“名称: 内容”", at)
        return key, place

    def _has_colon(self, key: yaml.Event, value: yaml.Event) -> bool:
        return ":" in self._text[self._index(key.end_mark) : self._index(value.start_mark)]

    def _torn(self, key: str, before: _Figure, path: Path, place: Place) -> _Figure:
        """Refuse a piece without colon in { }: the comma before it has torn a figure or a text in two."""
        self._mark(path, key, "")
        whole = _Figure(f"{before.text},{key}", before.place)
        tight = re.match(r"[^:：]+(?P<colon>[:：])", key)
        if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", whole.text):
            if "," in before.text:
                self._tree.findings.pop()  # the same figure, torn once more
            message = f"花括号里的“{whole.text}”被逗号分成了几项"
            advice = f'请去掉千分位逗号，写作 {whole.text.replace(",", "")}，或加引号 "{whole.text}"'
            self._refuse("GK119", message, advice, path, whole.place)
            return whole
        if tight and tight["colon"] == "：":
            message = f"“{shown(key)}”用了全角冒号"
            advice = "请改为半角冒号，后面空一格"
        elif tight:
            message = f"“{shown(key)}”的冒号后面缺少空格"
            advice = "写作“名称: 内容”，冒号后面空一格"
        else:
            message = f"花括号里的“{shown(key)}”没有冒号"
            advice = "每一项写作“名称: 内容”；属于前一项文字的，逗号改用全角“，”，或给整段文字加引号"
        self._refuse("GK119", message, advice, path, place)
        return _Figure("", place)


def parse(text: str, file: str, known: Known) -> Tree:
    """Parse YAML text in which these names are ``known``; what does not stop the reading is collected in ``findings``.

    Raises FindingsError where the text cannot be read any further.
    """
    tree = Tree(file)
    builder = _Builder(tree, text, known)
    try:
        builder.build()
    except yaml.MarkedYAMLError as error:
        finding = syntax_finding(error, text, file, known.names, builder.spilled(error.problem_mark))
        told = list(_of_a_part(tree, text))
        # A text that loses what stands behind a number sign loses the bracket there, too: one mistake.
        raise FindingsError(told if finding.place in {f.place for f in told} else [*told, finding]) from None
    except FindingsError as error:
        raise FindingsError([*_of_a_part(tree, text), *error.findings[len(tree.findings) :]]) from None
    tree.findings = [discreet(finding, tree.secrets) for finding in tree.findings]
    return tree


def _of_a_part(tree: Tree, text: str) -> Iterator[Finding]:
    """What was found before the reading stopped: what would have been marked 涉密 is not known."""
    secrets = {finding.path for finding in tree.findings} if may_hide(text) else ()
    return (discreet(finding, secrets) for finding in tree.findings)
