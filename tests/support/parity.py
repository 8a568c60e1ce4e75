"""Both engines at the same document: what they make of it, and in what that differs.

``cd tests && ../.venv/bin/python -m support.parity`` prints the table of all examples and packs.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import pytest

from gongkai.document.compose import Rendered, render_disclosure
from gongkai.document.parse import HtmlDocument, parse_document
from gongkai.findings import Finding
from gongkai.intake.read import read
from gongkai.output.data.opendata import open_data
from gongkai.output.pdf.engine import ENGINES
from gongkai.packs.load.find import ROOT_PACK
from gongkai.packs.open import open_pack
from gongkai.packs.style import Style
from support.compiled import parsed
from support.fixtures import ROOT
from support.set_text import STYLE
from support.squeezed import squeezed
from support.tagged import Node, TaggedPdf

EXAMPLES = sorted(path.stem for path in (ROOT / "examples").glob("*.yaml"))
PACKS = ("base", "新疆", "博州", "昌吉州", "克州", "外省式样")
FIRST, SECOND = ENGINES
HEADINGS = tuple(f"H{level}" for level in range(1, 7))
_BLOCKS = (*HEADINGS, "P", "Caption", "TOCI", "TH", "TD")
"""Roles of what is read as one text."""
SHARE_PAIRS = pytest.mark.xdist_group("both engines")
"""Tests that look at the same examples: to set them by both engines is most of their time."""
_SAME = {"Caption": "P"}
"""The title of the contents: in the contents, or above them."""
_LEADER = re.compile(r"\.{2,}")
_CONTINUED = "（续表）"
_OVERFLOW = re.compile(r"“(.*)”")


@dataclass(frozen=True)
class Made:
    """What one engine made of a document."""

    pages: Mapping[str, int]
    page_count: int
    findings: Sequence[Finding]
    data: bytes

    @cached_property
    def tagged(self) -> TaggedPdf:
        return TaggedPdf(self.data)

    @cached_property
    def blocks(self) -> list[tuple[str, str]]:
        """The role and the text of every heading, paragraph, entry of the contents and cell, in reading order."""
        return [(_SAME.get(node.role, node.role), node.text) for node in self._texts]

    @property
    def _texts(self) -> list[Node]:
        return [node for node in _outermost(self.tagged.root) if node.text]

    @cached_property
    def tables(self) -> list[list[list[tuple[Any, ...]]]]:
        """The cells of every table, row by row: role, scope, spans, text."""
        return [[[*map(_cell, row.kids)] for row in table.all("TR")] for table in self.tagged.root.all("Table")]

    @cached_property
    def lines(self) -> list[list[str]]:
        """The lines of every text."""
        return [node.lines for node in self._texts]

    @cached_property
    def artefacts(self) -> list[Counter[str]]:
        """The characters of what is no content on every page, but leaders and blanks."""
        return [Counter(_LEADER.sub("", squeezed("".join(page)))) for page in self.tagged.artefacts]


def _outermost(node: Node) -> Iterator[Node]:
    """The texts in an element; what a cell is made of belongs to it."""
    if node.role in _BLOCKS:
        yield node
    else:
        for kid in node.kids:
            yield from _outermost(kid)


def _cell(cell: Node) -> tuple[Any, ...]:
    of = cell.attributes
    return cell.role, of.get("Scope"), int(of.get("ColSpan", 1)), int(of.get("RowSpan", 1)), cell.text


def make(engine: str, document: HtmlDocument, style: Style, files: Mapping[str, bytes] | None = None) -> Made:
    """Set a document by an engine."""
    paged = ENGINES[engine].paginate(document, style)
    data = paged.to_pdf(files or {})
    return Made(dict(paged.pages), paged.page_count, [*paged.findings], data)


@dataclass(frozen=True)
class Pair:
    """A document, and what each engine made of it."""

    document: HtmlDocument
    files: Mapping[str, bytes]
    first: Made
    second: Made

    @property
    def both(self) -> Sequence[Made]:
        return self.first, self.second


def rendered(example: str, pack: str | None = None) -> Rendered:
    """The text of an example, by its own pack or another."""
    disclosure = read(ROOT / "examples" / f"{example}.yaml").model
    name = pack or disclosure.pack or ROOT_PACK
    return render_disclosure(disclosure, open_pack(name, disclosure.kind, disclosure.year))


@lru_cache(maxsize=4)
def pair_of(example: str, pack: str | None = None) -> Pair:
    """An example set by both engines, with its data attached."""
    text = rendered(example, pack)
    document, files = parse_document(text), open_data(text)
    first, second = (make(name, document, text.pack.style, files) for name in (FIRST, SECOND))
    return Pair(document, files, first, second)


def set_by_both(content: str, style: Style = STYLE) -> Pair:
    """A document of this content alone, set by both engines."""
    document = parsed(content)
    return Pair(document, {}, *(make(name, document, style) for name in (FIRST, SECOND)))


def digest(engine: str, example: str, pack: str | None) -> str:
    """What the bytes come to that an engine makes of an example, in whatever process it is asked."""
    text = rendered(example, pack)
    return hashlib.sha256(make(engine, parse_document(text), text.pack.style, open_data(text)).data).hexdigest()


# --- what differs ---


def pages_apart(pair: Pair) -> Iterator[str]:
    """More or fewer pages than one."""
    first, second = (made.page_count for made in pair.both)
    if abs(first - second) > 1:
        yield f"{first} and {second} pages"


def numbers_apart(pair: Pair) -> Iterator[str]:
    """Headings on pages of other numbers."""
    for name in pair.first.pages.keys() | pair.second.pages.keys():
        first, second = (made.pages.get(name) for made in pair.both)
        if first != second:
            yield f"{name} on page {first} and {second}"


def characters_apart(pair: Pair) -> Iterator[str]:
    """Characters of the content that one has and the other has not, page numbers in the contents among them."""
    first, second = (Counter(made.tagged.root.text) for made in pair.both)
    for letter in sorted(first.keys() | second.keys()):
        if first[letter] != second[letter]:
            yield f"“{letter}” {first[letter]} and {second[letter]} times"


def blocks_apart(pair: Pair) -> Iterator[str]:
    """Headings, paragraphs, entries and cells: their order, their text, and what they are."""
    first, second = (made.blocks for made in pair.both)
    if len(first) != len(second):
        yield f"{len(first)} and {len(second)} texts"
    for one, other in zip(first, second, strict=False):
        if one != other:
            yield f"{one} and {other}"
            return


def tables_apart(pair: Pair) -> Iterator[str]:
    """Tables, their rows, the cells of each."""
    first, second = (made.tables for made in pair.both)
    if len(first) != len(second):
        yield f"{len(first)} and {len(second)} tables"
    for number, (one, other) in enumerate(zip(first, second, strict=False), 1):
        if sum(map(bool, one)) != sum(map(bool, other)):
            yield f"table {number}: {len(one)} and {len(other)} rows"
        for row, (cells, others) in enumerate(zip(filter(None, one), filter(None, other), strict=False), 1):
            if _stated(cells) != _stated(others):
                yield f"table {number}, row {row}: {cells} and {others}"
                break


def _stated(cells: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Without empty cells at a row's end: where the document leaves them out, one engine fills the row up."""
    while cells and cells[-1] == ("TD", None, 1, 1, ""):
        cells = cells[:-1]
    return cells


def bookmarks_apart(pair: Pair) -> Iterator[str]:
    """Bookmarks: their titles, their order, their pages. How deep they stand differs where a table follows 二级标题."""
    first, second = ([(title, page) for _, title, page in made.tagged.bookmarks] for made in pair.both)
    if len(first) != len(second):
        yield f"{len(first)} and {len(second)} bookmarks"
    for one, other in zip(first, second, strict=False):
        if one != other:
            yield f"bookmark {one} and {other}"


def artefacts_apart(pair: Pair) -> Iterator[str]:
    """Page numbers, repeated headers, words above what goes on: page by page."""
    for number, (one, other) in enumerate(zip(*(made.artefacts for made in pair.both), strict=False), 1):
        if one != other:
            yield f"page {number}, no content: {dict(one - other)} and {dict(other - one)}"


def findings_apart(pair: Pair) -> Iterator[str]:
    """What was complained of: the code, and the words of the document that are meant."""
    first, second = ({(f.code, *_OVERFLOW.findall(f.message)) for f in made.findings} for made in pair.both)
    if first != second:
        yield f"findings {first - second} and {second - first}"


DIFFERENCES: Sequence[Callable[[Pair], Iterator[str]]] = (
    pages_apart,
    numbers_apart,
    characters_apart,
    blocks_apart,
    tables_apart,
    bookmarks_apart,
    artefacts_apart,
    findings_apart,
)


def lines_apart(pair: Pair) -> Iterator[tuple[list[str], list[str]]]:
    """Texts whose lines differ."""
    for one, other in zip(pair.first.lines, pair.second.lines, strict=False):
        if one != other:
            yield one, other


def main(examples: Sequence[str], packs: Sequence[str]) -> None:
    """Print the table, in Chinese as the documents quote it."""
    sys.stdout.write(f"| 例子 | 模板包 | 页数（{FIRST}） | 页数（{SECOND}） | 断行不同的段落和格子 | 别的不同 |\n")
    sys.stdout.write("|---|---|---|---|---|---|\n")
    for example in examples:
        for pack in packs:
            pair = pair_of(example, pack)
            differing = [words for difference in DIFFERENCES for words in difference(pair)]
            cells = (
                example,
                pack,
                str(pair.first.page_count),
                str(pair.second.page_count),
                str(len([*lines_apart(pair)])),
                "；".join(differing) or "无",
            )
            sys.stdout.write(f"| {' | '.join(cells)} |\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1].split(",") if sys.argv[1:] else EXAMPLES, sys.argv[2].split(",") if sys.argv[2:] else PACKS)
