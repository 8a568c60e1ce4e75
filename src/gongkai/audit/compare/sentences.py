"""The sentences of two documents against each other: those that changed, came, or went."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial

from gongkai.findings import Place
from gongkai.intake.export.forms.words import is_note
from gongkai.source.printed.document import Paragraph
from gongkai.source.workbook.cells import Kind, Position, Sheet

from .changes import SentenceChange
from .sides import Side

_SENTENCE = re.compile(r"[^。；！？]+[。；！？]?")
_FIGURE = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")
_PIECE = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?%?|.", re.DOTALL)
_LEAST_ALIKE = 0.6
_WINDOW = 12
"""Sentences in whose order the one that goes with another is looked for."""
_LONG_BLOCK = 400
"""In a longer run of sentences that all differ each is held against the next one only: it would take too long."""
_MANY = 3_000
"""With more sentences, those that are often the same do not count for the order: it would take too long."""
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its place, and what of it counts."""

    text: str
    place: Place
    said: str
    """In one spelling, years as seen from the document."""
    masked: str
    """The same without its figures."""


def sentences_of(side: Side) -> list[Sentence]:
    """The sentences of a document in their order, those of the notes under its tables among them."""
    found = []
    for text, place_of in _texts(side):
        for match in _SENTENCE.finditer(text):
            said = "".join(unicodedata.normalize("NFKC", side.relative(match[0])).split())
            if said:
                place = place_of(match.start(), match.end())
                found.append(Sentence(match[0].strip(), place, said, _FIGURE.sub("#", said)))
    return found


def _texts(side: Side) -> Iterator[tuple[str, Callable[[int, int], Place]]]:
    """Running text and notes, each with what knows the places of its characters."""
    printed = side.printed
    for block in printed.blocks:
        if isinstance(block, Paragraph):
            yield block.text, partial(printed.place, block)
            continue
        for position, text in notes_of(block.sheet):
            place = printed.workbook.place(block.sheet, *position)
            yield from ((line, lambda start, end, place=place: place) for line in text.split("\n"))


def notes_of(sheet: Sheet) -> Iterator[tuple[Position, str]]:
    """The notes in a sheet: each alone in its row, under the table."""
    rows = Counter(row for row, _ in sheet.cells)
    for position, cell in sorted(sheet.cells.items()):
        if rows[position[0]] == 1 and cell.kind is Kind.TEXT and is_note(cell.text):
            yield position, cell.text


def differing_sentences(one: Sequence[Sentence], other: Sequence[Sentence]) -> Iterator[SentenceChange]:
    """What differs, in the order of the documents."""
    many = max(len(one), len(other)) > _MANY
    masked = [sentence.masked for sentence in one], [sentence.masked for sentence in other]
    for tag, i, k, j, m in SequenceMatcher(None, *masked, autojunk=many).get_opcodes():
        if tag == "equal":
            pairs: Iterator[tuple[Sentence | None, Sentence | None]] = zip(one[i:k], other[j:m], strict=True)
        else:
            pairs = _paired(one[i:k], other[j:m])
        for before, after in pairs:
            if before is None or after is None or before.said != after.said:
                yield _change(before, after)


def _paired(one: Sequence[Sentence], other: Sequence[Sentence]) -> Iterator[tuple[Sentence | None, Sentence | None]]:
    """Which sentence became which: the most alike of the next few; the order stays."""
    reached = 0
    ahead = _WINDOW if max(len(one), len(other)) <= _LONG_BLOCK else 1
    for before in one:
        window = range(reached, min(reached + ahead, len(other)))
        best = max(window, key=lambda at: _alike(before.masked, other[at].masked), default=None)
        if best is None or _alike(before.masked, other[best].masked) < _LEAST_ALIKE:
            yield before, None
            continue
        yield from ((None, each) for each in other[reached:best])
        yield before, other[best]
        reached = best + 1
    yield from ((None, each) for each in other[reached:])


def _alike(one: str, other: str) -> float:
    if max(len(one), len(other)) > _LONGEST:
        return float(one[:_LONGEST] == other[:_LONGEST])
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _LEAST_ALIKE else 0.0


def _change(before: Sentence | None, after: Sentence | None) -> SentenceChange:
    texts = before.text if before else "", after.text if after else ""
    places = before.place if before else None, after.place if after else None
    if before is None or after is None:
        return SentenceChange(*texts, *places)
    return SentenceChange(*texts, *places, _pieces(before.said, after.said), before.masked == after.masked)


def _pieces(one: str, other: str) -> list[tuple[str, str]]:
    """What stands in the place of what: whole figures, other text letter by letter."""
    pieces = _PIECE.findall(one[:_LONGEST]), _PIECE.findall(other[:_LONGEST])
    codes = SequenceMatcher(None, *pieces, autojunk=False).get_opcodes()
    return [("".join(pieces[0][i:k]), "".join(pieces[1][j:m])) for tag, i, k, j, m in codes if tag != "equal"]
