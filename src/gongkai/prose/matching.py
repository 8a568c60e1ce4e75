"""Finding in a text what a sentence with slots has printed, in a time that grows with the text and no faster.

A sentence is a row of pieces: words as they are, figures, and slots in which any words may stand. Where a piece can
end in several places, each place is looked at once (what follows from a place does not depend on how it was
reached), so that no text makes the search go over the same ground again and again, as it can with a regular
expression. Sentences come from packs, which are not trusted, and texts from anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

MOST_PIECES, MOST_SLOTS, MOST_WORDS = 40, 4, 60
"""Pieces of a sentence, slots for any words among them, and characters in such a slot; a sentence with more of them
is not looked for. Official sentences have some eight pieces and three slots."""

_LONGEST_FORM = 100
"""Characters that the content of a pattern has at most."""

CLAUSE = frozenset("，。；：、！？“”\n,;:!?")
"""What ends the words by which something is called in a sentence."""

SENTENCE = frozenset("。；：！？\n;:!?")
"""The same for names that may have commas and lists in them."""


@dataclass(frozen=True, slots=True)
class Literal:
    """Words that stand in the text as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A slot whose content is known by its form, as a figure is; the expression is tried at one place only.

    It must be short, and need no second try there: bounded repetitions of classes that do not overlap.
    """

    name: str
    form: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Words:
    """A slot for any words up to a stop, ``lead`` before them; an optional one may be left out with its lead."""

    name: str
    lead: str = ""
    optional: bool = False
    stops: frozenset[str] = CLAUSE


Piece = Literal | Pattern | Words


@dataclass(frozen=True, slots=True)
class Match:
    """Where a sentence stands in a text, and what stands in its slots; a slot that is left out has nothing."""

    start: int
    end: int
    slots: Mapping[str, str]


def can_be_found(pieces: Sequence[Piece]) -> bool:
    """Whether a sentence can be told from other text: it has words or figures of its own, and its slots are apart."""
    words = [piece for piece in pieces if isinstance(piece, Words)]
    own = sum(len(piece.text) for piece in pieces if isinstance(piece, Literal))
    formed = any(isinstance(piece, Pattern) for piece in pieces)
    touching = any(isinstance(a, Words) and isinstance(b, Words) and not b.lead for a, b in pairwise(pieces))
    few = len(pieces) <= MOST_PIECES and len(words) <= MOST_SLOTS
    return few and not touching and (own > 1 or (formed and own > 0))


def matches(pieces: Sequence[Piece], text: str) -> list[Match]:
    """Where the sentence stands: of those that end together the one with most slots filled, and of these the last.

    The last, because the words before a figure that belong to it are those next to it.
    """
    best: dict[int, tuple[int, Match]] = {}
    search = _Search(pieces, text)
    for start in range(len(text)):
        found = search.at(start)
        if found is not None:
            filled = sum(bool(words) for words in found.slots.values())
            if found.end not in best or filled >= best[found.end][0]:
                best[found.end] = (filled, found)
    return sorted((match for _, match in best.values()), key=lambda match: match.start)


_Step = tuple[int, int, int] | None
"""Of a piece at a place: where its content begins and ends, and where the next piece begins."""


class _Search:
    """One sentence in one text; what was found out about a place is kept for all beginnings."""

    def __init__(self, pieces: Sequence[Piece], text: str) -> None:
        self._pieces, self._text = tuple(pieces), text
        self._known: dict[tuple[int, int], _Step] = {}

    def at(self, start: int) -> Match | None:
        """The sentence as it stands from ``start`` on; None where it does not, or says two things of one slot."""
        if not self._may_begin(start) or self._step(0, start) is None:
            return None
        slots: dict[str, str] = {}
        place = start
        for number, piece in enumerate(self._pieces):
            step = self._step(number, place)
            assert step is not None, "a piece fits only where all that follow do"
            if not isinstance(piece, Literal):
                words = self._text[step[0] : step[1]].strip()
                if slots.setdefault(piece.name, words) != words:
                    return None
            place = step[2]
        return Match(start, place, slots) if place > start else None

    def _may_begin(self, start: int) -> bool:
        """A slot at the beginning of a sentence begins after a stop, a figure not within another."""
        first = self._pieces[0]
        before = self._text[start - 1] if start else "\n"
        if isinstance(first, Words) and not first.lead and not first.optional:
            return before in first.stops
        return not (isinstance(first, Pattern) and (before.isdigit() or before in ",."))

    def _step(self, number: int, place: int) -> _Step:
        """How a piece fits at a place so that all that follow fit too; None where it does not."""
        key = (number, place)
        if key not in self._known:
            self._known[key] = next(
                (step for step in self._ways(number, place) if self._goes_on(number + 1, step[2])), None
            )
        return self._known[key]

    def _goes_on(self, number: int, place: int) -> bool:
        return number == len(self._pieces) or self._step(number, place) is not None

    def _ways(self, number: int, place: int) -> Iterator[tuple[int, int, int]]:
        piece = self._pieces[number]
        if isinstance(piece, Literal):
            if self._text.startswith(piece.text, place):
                yield place, place, place + len(piece.text)
        elif isinstance(piece, Pattern):
            found = piece.form.match(self._text, place)
            if found is not None:
                yield place, found.end(), found.end()
        else:
            nothing = [(place, place, place)] if piece.optional else []
            if not piece.lead:  # what is not announced may well not be there
                yield from nothing
            if self._text.startswith(piece.lead, place):
                begin = place + len(piece.lead)
                yield from ((begin, end, end) for end in self._ends(number, begin))
            if piece.lead:
                yield from nothing

    def _ends(self, number: int, begin: int) -> Iterator[int]:
        """Where the words of a slot may end, the shortest first: before a stop, and where the next piece may begin."""
        piece = self._pieces[number]
        assert isinstance(piece, Words), "only words may end in several places"
        following = self._pieces[number + 1] if number + 1 < len(self._pieces) else None
        most = min(begin + MOST_WORDS, len(self._text))
        last = next((at for at in range(begin, most) if self._text[at] in piece.stops), most)
        end = begin
        while end < last:
            end += 1
            if isinstance(following, Literal):
                end = self._text.find(following.text, end, last + len(following.text))
            elif isinstance(following, Pattern):
                found = following.form.search(self._text, end, last + _LONGEST_FORM)
                end = -1 if found is None else found.start()
            if not begin < end <= last:
                return
            yield end
