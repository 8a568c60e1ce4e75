"""Lists as clerks type and paste them, brought into the form that the model reads: one item in each place.

The document numbers, counts and joins the items itself. What was typed in front of them to the same
purpose goes; what may be several names in one is taken apart, or asked about where that cannot be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.findings import Finding, Level, Path, describe
from gongkai.model.listed import Listed
from gongkai.model.reading import ANSWERS_NOTHING
from gongkai.source.tree import Node, Tree

from .answers import Answer
from .numbering import Mark, mark_of, pieces

_LOOKS_LIKE_A_NAME = re.compile(
    r".*(?:[室科股处部队所站办局组馆院校厅会司团社园厂库台段场课系]|中心|学校|公司)(?:（[^（）]*）|\([^()]*\))?"
)
_NO_NAMES = re.compile(
    rf"{ANSWERS_NOTHING.pattern}|(?:无|没有|暂无)(?:内设(?:机构|科室)|(?:下属|所属)(?:预算)?单位)[。.]?"
)
_SURE, _UNSURE = re.compile(r"[，,；;\n]"), re.compile(r"[、\s]")
_ONE_EACH = "请一行写一个，以“- ”开头；或写作 [办公室, 业务科]，用半角逗号分开"


@dataclass(slots=True)
class _Item:
    """An item as it will be, with its index in the file and the mark that stood in front of it."""

    text: str
    index: int
    mark: Mark | None = None


def tidy_list(tree: Tree, answer: Answer, kind: Listed) -> Iterator[Finding]:
    """Put a list of texts in order, in the tree; warnings about what seems to be missing in it.

    What cannot be told apart is added to the findings of the tree, as an error.
    """
    value, path = answer.value, answer.path
    texts = value if isinstance(value, list) else [value]
    if not all(isinstance(text, str) and text.strip() for text in texts):
        return  # the model says what should stand there
    told = [text for text in texts if isinstance(text, str)]
    if kind is Listed.NAMES:
        items = [item for index, text in enumerate(told) for item in _names(tree, answer, text, index)]
    elif kind is Listed.PARAGRAPHS:
        items = [item for index, text in enumerate(told) for item in _paragraphs(text, index)]
    elif isinstance(value, str) and kind is Listed.DUTIES and mark_of(pieces(value)[0]) is None:
        return  # as it is printed, without numbers
    else:
        _refuse_mixed(tree, answer, told if kind is Listed.POINTS else ())
        items = list(_points(told) if kind is Listed.POINTS else _duties(told))
        yield from _gaps(tree, path, items)
    _put(tree, answer, items)


def _put(tree: Tree, answer: Answer, items: Sequence[_Item]) -> None:
    """The items in the place of what was there, each where it came from; of nothing, the name as well."""
    places = [tree.place((*answer.path, item.index)) for item in items]
    if not items:
        del answer.container[answer.name]
        return
    listed: list[Node] = [item.text for item in items]
    if listed == answer.value:
        return
    answer.container[answer.name] = listed
    tree.values |= {(*answer.path, index): place for index, place in enumerate(places)}


# Names


def _names(tree: Tree, answer: Answer, text: str, index: int) -> Iterator[_Item]:
    if _NO_NAMES.fullmatch(text.strip()):
        return
    path = (*answer.path, index) if isinstance(answer.value, list) else answer.path
    for part in _split(text, _SURE):
        apart = _split(part, _UNSURE)
        like = [_LOOKS_LIKE_A_NAME.fullmatch(name) is not None for name in apart]
        if len(apart) > 1 and any(like[:-1]) and not all(like):
            message = f"“{describe(path)}”：分不清这里是几个名称"
            tree.findings.append(Finding("GK142", Level.ERROR, message, _ONE_EACH, path, tree.place(path)))
        for name in apart if all(like) else [part]:
            mark = mark_of(name)
            yield _Item(name[mark.length :] if mark else name, index, mark)


def _split(text: str, marks: re.Pattern[str]) -> list[str]:
    """The parts of a text between the marks that stand outside of brackets; empty ones are no parts."""
    parts, depth = [""], 0
    for character in text:
        depth += (character in "（(") - (character in "）)")
        if depth <= 0 and marks.fullmatch(character):
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip(" 。.") for part in parts if part.strip(" 。.\n")]


# What the document numbers


def _refuse_mixed(tree: Tree, answer: Answer, texts: Sequence[str]) -> None:
    """A text that leads in to what it numbers then: numbered itself, it would be one of the points."""
    for index, text in enumerate(texts):
        lead, *others = (mark_of(part) for part in pieces(text))
        if lead is None and any(others):
            path = (*answer.path, index) if isinstance(answer.value, list) else answer.path
            message = f"“{describe(path)}”：几行里有的有序号，有的没有，分不清有几条"
            advice = "请一条一行，各以“- ”开头，不写序号；引语不用写"
            tree.findings.append(Finding("GK142", Level.ERROR, message, advice, path, tree.place(path)))


def _points(texts: Sequence[str]) -> Iterator[_Item]:
    """Each numbered or bulleted piece, or each line where none has a mark; what follows a mark goes on with it."""
    for index, text in enumerate(texts):
        parts = pieces(text)
        first = mark_of(parts[0])
        item: _Item | None = None
        for part in parts:
            mark = mark_of(part)
            if item is not None and first is not None and (mark is None or mark.style != first.style):
                item.text += part
                continue
            if item is not None:
                yield item
            item = _Item(part[mark.length :] if mark else part, index, mark)
        if item is not None:
            yield item


def _duties(texts: Sequence[str]) -> list[_Item]:
    """The items of the outer numbering; what is numbered within one of them stays its lines, with its numbers."""
    items: list[_Item] = []
    inner: Mark | None = None
    for index, text in enumerate(texts):
        parts = pieces(text)
        first = mark_of(parts[0])
        for number, part in enumerate(parts):
            mark = mark_of(part)
            if number == 0:
                within = bool(items) and _is_inner(mark, items[0].mark, inner)
            else:
                within = mark is None or first is None or mark.style != first.style
            inner = mark if within else None
            if within:
                items[-1].text += f"\n{part}"
            else:
                items.append(_Item(part[mark.length :] if mark else part, index, mark))
    return items


def _is_inner(mark: Mark | None, outer: Mark | None, before: Mark | None) -> bool:
    """Whether an item of the list is numbered within that before it: another style, from one or going on."""
    if mark is None or outer is None or not mark.number or mark.style == outer.style:
        return False
    return mark.number == 1 or (before is not None and (before.style, before.number) == (mark.style, mark.number - 1))


def _gaps(tree: Tree, path: Path, items: Sequence[_Item]) -> Iterator[Finding]:
    """The first item whose typed number is not its place: one is missing, or there are two lists in one."""
    marks = [item.mark for item in items]
    if not all(mark is not None and mark.number for mark in marks):
        return
    for place, (item, mark) in enumerate(zip(items, marks, strict=True), 1):
        if mark is not None and mark.number != place:
            where = (*path, place - 1)
            message = f"“{describe(where)}”原来的序号是 {mark.number}，按位置是第 {place} 条"
            advice = "序号由程序编；请核对是否漏了一条，或把两份清单写在了一起"
            yield Finding("GK143", Level.WARNING, message, advice, where, tree.place((*path, item.index)))
            return


def _paragraphs(text: str, index: int) -> Iterator[_Item]:
    """A paragraph for each line, without its bullet; a number stays: the document gives it none."""
    for line in text.split("\n") if not ANSWERS_NOTHING.fullmatch(text.strip()) else ():
        mark = mark_of(line)
        if line.strip():
            yield _Item(line[mark.length :].strip() if mark and not mark.number else line.strip(), index)
