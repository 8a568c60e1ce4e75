"""What of a document cannot be read, and where: said, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from gongkai.findings import Finding, Place
from gongkai.source.printed.refused import unread

from .layout.parts import Page
from .stored.geometry import Content

_LARGE = 0.4
"""The part of a page that a picture takes which stands for its text."""
_FEW = 20
"""Characters: a picture with not more beside it is a scanned page with its number."""


def damaged_page(file: str, page: int) -> Finding:
    """A page that the library cannot open."""
    return unread(Place(file, page=page), f"第 {page} 页损坏了", "请用 PDF 软件打开看看；打得开的，“打印成 PDF”后再试")


def unsure_table(file: str, page: int) -> Finding:
    """What looks like a table without lines, of which nobody can say where its columns are."""
    told = f"第 {page} 页像是没有线的表，分不清是哪些栏，当作文字读的"
    return unread(Place(file, page=page), told, "请给表加上框线，再导出 PDF；或另用 Word、Excel 的原件")


def unread_of(pages: Sequence[Page], file: str) -> Iterator[Finding]:
    """What the pages say that cannot be read; pages that follow each other are told together."""
    for are_such, told, advice in _KINDS:
        for first, last in _runs([page.number for page in pages if are_such(page.content)]):
            where = f"第 {first} 页" if first == last else f"第 {first}—{last} 页"
            yield unread(Place(file, page=first), told.format(where), advice)


def _is_scanned(content: Content) -> bool:
    return content.pictured >= _LARGE and len(content.glyphs) <= _FEW


def _is_recognised(content: Content) -> bool:
    return content.recognised and content.pictured >= _LARGE


def _lacks_codes(content: Content) -> bool:
    return content.unmapped > 0


def _is_cut_short(content: Content) -> bool:
    return content.cut_short


_Kind = tuple[Callable[[Content], bool], str, str]
_KINDS: Sequence[_Kind] = (
    (_is_scanned, "{}是图片（扫描件），没有文字", "请用生成公开文件的原件（Word、Excel 或由它们导出的 PDF）"),
    (
        _is_recognised,
        "{}是扫描件，文字是识别出来的，可能认错",
        "请用生成公开文件的原件；只有扫描件的，请对着图片核对提示里的字和数",
    ),
    (_lacks_codes, "{}有的字没有编码，印得出、读不出（提示里写作 �）", "请换一种字体，或换一种方式导出 PDF"),
    (_is_cut_short, "{}的字或线过多，只读了一部分", "请核对这一页是否正常"),
)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of the numbers that follow each other."""
    start = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] != numbers[at - 1] + 1:
            yield numbers[start], numbers[at - 1]
            start = at
