"""What stands over a table and belongs to it: its number, its title, whose it is, in what unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.texts.plain import folded

from .lines import TextLine
from .parts import Page, Piece

_UNIT = re.compile(
    r"(?:金额)?单位[:：为]?(?:人民币)?(?:万|千|百|亿)?元|^\(?(?:人民币)?万?元\)?$"
    r"|^(?:编制|公开|填报|填表|预算|决算|汇总|主管)?(?:单位|部门|主管部门)(?:\(盖章\)|名称)?:"
)
_NUMBER = re.compile(
    r"^\(?(?:附?表|附件|公开|预算|决算|财决|财预|部门公开表|附表)\(?[\d一二三四五六七八九十]+(?:[-.—]\d+)*\)?表?:?$"
    r"|^(?:公开|财决公开|批复)\d+表$|^\d{1,2}$|^(?:表|附表)[\d一二三四五六七八九十]+(?:[-—]\d+)?$"
)
_YEAR = re.compile(r"^\(?20\d\d年(?:度)?\)?$|^\(?续(?:表)?\)?$")
_NO_TITLE = re.compile(r"^第.{1,3}(?:部分|章|节)|[。；！？]$|目录$")
_PART = re.compile(r"^[一二三四五六七八九十]{1,3}、")
_MOST_HEADS = 8
_LONGEST_TITLE = 60
_FAR = 5.0
"""Of the size: a line further above belongs to what is before."""


def is_title(text: str) -> bool:
    """Whether a line is the title of a table."""
    said = re.sub(r"\s", "", folded(text))
    said = re.sub(r"\((?:[^()]*)\)$", "", said)
    return said.endswith(("表", "表(续)")) and 3 <= len(said) <= _LONGEST_TITLE and not _NO_TITLE.search(said)


def _kind(line: TextLine) -> str:
    """What a line over a table is; empty for running text."""
    said = re.sub(r"\s", "", folded(line.text))
    if len(said) <= 2 * _LONGEST_TITLE and _UNIT.search(said) and not said.endswith("。"):
        return "unit"
    if _NUMBER.match(said):
        return "number"
    if _YEAR.match(said):
        return "year"
    return "title" if is_title(said) else ""


def take_heads(page: Page) -> None:
    """Gives each table of a page the lines over it that belong to it; they are no running text any more."""
    taken: set[int] = set()
    for piece in page.pieces:
        left, _, right, _ = piece.grid.box
        above = max((other.grid.ys[-1] for other in page.pieces if other.grid.ys[-1] <= piece.top + 1), default=0.0)
        before = [
            (at, line)
            for at, line in enumerate(page.lines)
            if at not in taken
            and above <= line.base <= piece.top + 0.5 * line.size
            and line.right > left
            and line.left < right
        ]
        heads = _heads(before, piece)
        taken.update(at for at, _ in heads)
        piece.heads = [line for _, line in heads]
    page.lines = [line for at, line in enumerate(page.lines) if at not in taken]


def _heads(before: Sequence[tuple[int, TextLine]], piece: Piece) -> list[tuple[int, TextLine]]:
    """From the line next over a table upward, as long as they are heads, each kind once."""
    heads: list[tuple[int, TextLine]] = []
    kinds: list[str] = []
    below = piece.top
    for at, line in reversed(before):
        kind = _kind(line)
        if not kind or line.bottom < below - _FAR * max(line.size, 10) or len(heads) >= _MOST_HEADS:
            break
        if kind == "title" and "title" in kinds:
            break
        if kind == "unit" and "title" in kinds:
            break
        heads.append((at, line))
        kinds.append(kind)
        below = line.top
    if kinds == ["number"]:
        return []  # a number alone is no head
    return heads[::-1]


def title_of(piece: Piece) -> str:
    """The title over a table; empty where there is none."""
    return next((line.text for line in piece.heads if _kind(line) == "title"), "")
