"""A pack's YAML files: read like a clerk's, so that nothing in them runs, multiplies or changes its meaning."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from gongkai.findings import Finding, FindingsError, Level, Place
from gongkai.model.schema import known
from gongkai.source.text_file import read_text
from gongkai.source.tree import Tree, parse

_EMPTY = "GK107"
_NO_MAPPING = "GK116"
_OUTSIDE = "GK606"
_FILES_REMEMBERED = 128


def pack_error(message: str, place: Place, advice: str = "", code: str = "GK501") -> FindingsError:
    """An error of a pack, to be raised."""
    return FindingsError([Finding(code, Level.ERROR, message, advice, place=place)])


def load(file: Path, pack: Path) -> Tree:
    """The values of a YAML file of a pack, all of them text, with their places; an absent file has none.

    Raises FindingsError for what is not YAML, not a mapping, or said twice, and for a link out of the ``pack``.
    """
    try:
        state = file.stat()
    except OSError:
        return Tree(str(file))
    return _load(file, pack, state.st_mtime_ns, state.st_size)


@lru_cache(_FILES_REMEMBERED)
def _load(file: Path, pack: Path, modified: int, size: int) -> Tree:
    """A batch reads the same files for every unit; one that was changed is read again."""
    try:
        tree = parse(read_text(file, pack), str(file), known())
    except FindingsError as error:
        if [finding.code for finding in error.findings] == [_EMPTY]:
            return Tree(str(file))
        raise FindingsError(map(_of_a_pack, error.findings)) from None
    if tree.findings:
        raise FindingsError(map(_of_a_pack, tree.findings))
    return tree


def _of_a_pack(finding: Finding) -> Finding:
    """What the reader says of a clerk's file, said of a pack's."""
    if finding.code == _NO_MAPPING:
        return replace(finding, code="GK501", message="模板包的文件应由“名称: 内容”组成")
    if finding.code == _OUTSIDE:
        return replace(finding, code="GK501", message="模板包的文件是指向包外面的链接", advice="请把文件本身放进模板包")
    return replace(finding, code="GK501", message=f"模板包的 YAML 写法有误：{finding.message}")
