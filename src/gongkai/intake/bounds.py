"""What no unit's file comes near: the bounds that keep the work of a check within seconds.

A real file of a large department has some thousands of lines; one that has more than these is a mistake or an attack.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.findings import Finding, FindingsError, Level, Path, Place
from gongkai.source.tree import Tree

MOST_PIECES = 150_000
"""Lines, and entries within one line: they are counted before YAML is read, which takes its time for each."""

MOST_VALUES = 40_000
"""Values of all entries."""

MOST_CHARACTERS = 500_000
"""Of all values together."""

LONGEST_TEXT = 20_000
"""Characters of one value; it is less than what a cell of a workbook holds."""

_MOST_ENTRIES = 900
"""Of one list: what is numbered in Chinese, and what one merged cell spans, stays below a thousand."""

_LONG_LISTS = {"支出": 2_000, "科目收支": 2_000, "项目": 3_000, "项目绩效自评": 3_000}
"""Lists that are longer in a large department; the catalogue has some twelve hundred 科目."""

_ADVICE = "请核对是否选错了文件，或把几个单位写在了一个文件里"


def refuse_too_many_pieces(text: str, file: str) -> None:
    """Raises FindingsError for a text that would take long to take apart."""
    pieces = text.count("\n") + text.count(",")
    if pieces > MOST_PIECES:
        message = f"文件有 {pieces:,} 行（一行里用逗号分开的各算一行），最多 {MOST_PIECES:,} 行"
        raise FindingsError([Finding("GK233", Level.ERROR, message, _ADVICE, place=Place(file))])


def refuse_too_much(tree: Tree) -> None:
    """Raises FindingsError for more values than a unit has, for more text, and for every text that is too long."""
    values = list(_values(tree.data, ()))
    characters = sum(len(value) for _, value in values)
    findings = []
    if len(values) > MOST_VALUES:
        message = f"文件里写了 {len(values):,} 处数和文字，最多 {MOST_VALUES:,} 处"
        findings.append(Finding("GK233", Level.ERROR, message, _ADVICE, place=Place(tree.file)))
    if characters > MOST_CHARACTERS:
        message = f"文件里的文字合计 {characters:,} 字，最多 {MOST_CHARACTERS:,} 字"
        findings.append(Finding("GK234", Level.ERROR, message, _ADVICE, place=Place(tree.file)))
    for path, value in values:
        if len(value) > LONGEST_TEXT:
            message = f"这段文字有 {len(value):,} 字，最多 {LONGEST_TEXT:,} 字"
            advice = "请精简；多半是把别的文件整个贴了进来，或少了一个引号"
            findings.append(tree.locate(Finding("GK235", Level.ERROR, message, advice, path)))
    for path, entries in _lists(tree.data, ()):
        most = _LONG_LISTS.get(str(path[-1]), _MOST_ENTRIES)
        if entries > most:
            message = f"“{path[-1]}”有 {entries:,} 条，最多 {most:,} 条"
            findings.append(
                tree.locate(Finding("GK236", Level.ERROR, message, "请合并相近的，或核对是否选错了文件", path))
            )
    if findings:
        raise FindingsError(findings)


def _values(node: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(node, dict):
        for key, child in node.items():
            yield from _values(child, (*path, key))
    elif isinstance(node, list):
        for index, child in enumerate(node):
            yield from _values(child, (*path, index))
    elif isinstance(node, str):
        yield path, node


def _lists(node: object, path: Path) -> Iterator[tuple[Path, int]]:
    """The lists of a file that stand under a name, and how many entries each has."""
    if isinstance(node, dict):
        for key, child in node.items():
            yield from _lists(child, (*path, key))
    elif isinstance(node, list):
        yield next((path[:end] for end in range(len(path), 0, -1) if isinstance(path[end - 1], str)), path), len(node)
        for index, child in enumerate(node):
            yield from _lists(child, (*path, index))
