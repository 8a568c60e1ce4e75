"""What is only seen when pages are set: text that ends with a line or two on a page, a total or a note left alone.

The source is written again with another pitch of lines, or with a page that begins earlier in a table, until nothing
of the kind is left or nothing more can be done; few documents need a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from lxml.html import HtmlElement

from gongkai.output.layout.lines.reckoned_pages import Block, lines_of_pages
from gongkai.output.layout.lines.short_pages import (
    HEADED,
    Run,
    block_of,
    ends_short,
    is_short,
    look_of,
    pitches,
    runs_of,
)
from gongkai.output.layout.rowspans import begin_pages, begins_page
from gongkai.output.layout.tails import is_signature, lines_of
from gongkai.packs.style import Style

from .engine import Compiled, Mark
from .marks import ABOVE, BEGIN, BEGINS, END, ENDS, LAST, NOTE
from .tables import TableWriter

_TRIALS = 4
"""How often a document is set at most."""
_ROWS_BEFORE = 2
"""Rows that are taken along to the page of a total or of notes."""
_OFF = (0, 1, -1, 2, -2, 3, -3)
"""Lines by which the reckoning of a run may be wrong."""
_CHART_ROW = 22.0
"""Points of a row of a chart, about."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document as it was handed to the compiler, and the tables in it."""

    compiled: Compiled
    tables: TableWriter


class _Text:
    """A run of text, and the pitches that are left to be tried."""

    def __init__(self, run: Run, style: Style) -> None:
        self.run, self._style = run, style
        self._pitches: Iterator[float] | None = None
        run.elements[0].set(BEGINS, str(run.number))
        run.elements[-1].set(ENDS, str(run.number))
        self._blocks = [_block(element, style) for element in run.elements]
        if ends_short(self._blocks, style):
            self._try(self._blocks)

    def _try(self, blocks: Sequence[Block]) -> bool:
        """Set the run with the next pitch with which these blocks end well; with its own when none is left."""
        if self._pitches is None:
            self._pitches = islice(pitches(self.run, blocks, self._style), _TRIALS - 1)
        pitch = next(self._pitches, None)
        if pitch is not None:
            self.run.set_pitch(pitch)
            return True
        had = self.run.reset_pitch()
        self._pitches = iter(())
        return had

    def mended(self, marks: Mapping[tuple[str, int], Mark]) -> bool:
        """Whether the run has ended with too few lines on a page, and is set otherwise now."""
        begin, end = marks.get((BEGIN, self.run.number)), marks.get((END, self.run.number))
        if begin is None or end is None or begin.page == end.page:
            return False
        page = self._style.page
        top = (page.landscape if page.all_landscape else page.portrait).top
        lines = round((end.height - top) / self._style.roles["正文"].line)
        if not is_short([0, lines], self._style):
            return False
        return self._try(self._as_set(end.page - begin.page + 1, lines))

    def _as_set(self, pages: int, last: int) -> Sequence[Block]:
        """The blocks with the lines that they must have, since so many pages were filled, the last with these lines."""
        _, height = self._style.page.type_area(landscape=False)
        first, *others = self._blocks
        for off in _OFF:
            blocks = [replace(first, lines=max(first.lines + off, 1)), *others]
            filled = lines_of_pages(blocks, height)
            if len(filled) == pages and filled[-1] == last:
                return blocks
        return self._blocks


def _block(element: HtmlElement, style: Style) -> Block:
    """An element as it is reckoned with."""
    width, _ = style.page.type_area(landscape=False)
    if element.tag in HEADED:
        return block_of(element, lines_of(element, look_of(element, style), width), style)
    lines = len(element) if is_signature(element) else 0
    return block_of(element, lines, style, _CHART_ROW * (len(element.findall(".//tr")) + 1))


def settled(root: HtmlElement, style: Style, write: Callable[[], Source]) -> Source:
    """The document as it is best set; ``write`` makes a source of it as it now is."""
    texts = [_Text(run, style) for run in runs_of(root)]
    source = write()
    for _ in range(_TRIALS - 1):
        marks = {(mark.kind, mark.number): mark for mark in source.compiled.marks()}
        changed = [text.mended(marks) for text in texts]
        changed += [_moved(table, number, marks) for number, table in enumerate(source.tables.written)]
        if not any(changed):
            break
        source = write()
    return source


def _moved(table: HtmlElement, number: int, marks: Mapping[tuple[str, int], Mark]) -> bool:
    """Whether a table's total or its notes stood on a page without the row above, and take rows along now."""
    above, last, note = (marks.get((kind, number)) for kind in (ABOVE, LAST, NOTE))
    total_alone = above is not None and last is not None and above.page < last.page
    note_alone = last is not None and note is not None and last.page < note.page
    if not total_alone and not note_alone:
        return False
    rows = list(table.iter("tr"))
    first = len(rows) - 1 - _ROWS_BEFORE
    if first <= len(table.findall("thead/tr")) or begins_page(rows[first]):
        return False
    begin_pages(table, [first], forced=True)
    return True
