"""The lines of running text, chosen and marked in the document before the renderer sets it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lxml.html import HtmlElement, builder

from gongkai.document.vocabulary import FIGURE, KEPT, LINES
from gongkai.packs.style import Style
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python

from .face_widths import FaceWidths, face_widths
from .linebreaks import (
    CLOSING,
    COMPRESSED,
    OPENING,
    SET,
    SHORT,
    TWINS,
    WITHIN_WORD,
    Atom,
    Line,
    Measure,
    choose_lines,
    gaps_of,
)

_ROLE = "正文"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a line may end: after so many characters of an element's text or tail; right after it without them."""

    element: HtmlElement
    of_tail: bool = False
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    """What stays whole: its text, where it ends, its width in characters; a letter of a word too long for that."""

    text: str
    place: _Place
    width: float
    is_part: bool = False


def set_lines(root: HtmlElement, style: Style, fonts: Mapping[str, Path]) -> None:
    """Mark the ends of lines in every paragraph of the running text that is set to the full measure."""
    role = style.roles[_ROLE]
    if role.align != "两端":
        return
    face = style.fonts[role.font]
    figures = style.fonts[face.figures] if face.figures else face
    setter = _Setter(style, face_widths(fonts[face.file]), face_widths(fonts[figures.file]))
    for paragraph in root.iter("p"):
        if not paragraph.get("class") and _is_upright(paragraph):
            setter.set(paragraph)


def _is_upright(paragraph: HtmlElement) -> bool:
    """Whether a paragraph stands in the type area of the text's own pages."""
    return not any(
        element.tag in ("td", "th") or element.get("data-orientation") == "landscape"
        for element in paragraph.iterancestors()
    )


class _Setter:
    """Sets paragraphs in the lines of one style."""

    def __init__(self, style: Style, text: FaceWidths, figures: FaceWidths) -> None:
        role = style.roles[_ROLE]
        width, _ = style.page.type_area(landscape=False)
        characters = width / role.size - role.left_indent - role.right_indent
        self._first = Measure(characters, characters - role.first_indent, style.typesetting.stretch)
        self._later = Measure(characters, characters, style.typesetting.stretch)
        self._gives = style.typesetting.compress
        self._text, self._figures = text, figures

    def set(self, paragraph: HtmlElement) -> None:
        """Mark where the lines of a paragraph end; its own line breaks stay."""
        parts: list[list[_Word]] = [[]]
        self._collect(paragraph, False, parts)
        chosen = [self._lines(words, self._later if number else self._first) for number, words in enumerate(parts)]
        if None in chosen:
            return
        for words, lines in reversed(list(zip(parts, chosen, strict=True))):
            for line in reversed((lines or [])[:-1]):
                _end_line(words[line.end - 1].place, SET if line.full else SHORT)
        paragraph.set(LINES, str(sum(len(lines or ()) or 1 for lines in chosen)))

    def _collect(self, element: HtmlElement, figures: bool, parts: list[list[_Word]]) -> None:
        """The words of an element, in the parts between its line breaks."""
        parts[-1] += self._letters(_Place(element), element.text, figures)
        for child in element:
            names = (child.get("class") or "").split()
            if child.tag == "br":
                parts.append([])
            elif KEPT in names:
                parts[-1].append(_Word(child.text_content(), _Place(child), self._width(child, FIGURE in names)))
            else:
                self._collect(child, figures or FIGURE in names, parts)
            parts[-1] += self._letters(_Place(child, of_tail=True), child.tail, figures)

    def _letters(self, place: _Place, text: str | None, figures: bool) -> Iterator[_Word]:
        widths = self._figures if figures else self._text
        for end, letter in enumerate(text or "", 1):
            yield _Word(letter, _Place(place.element, place.of_tail, end), widths.of(letter), figures)

    def _width(self, element: HtmlElement, figures: bool) -> float:
        """The width of an element that stays whole."""
        widths = self._figures if figures else self._text
        width = widths.of_all(element.text or "")
        for child in element:
            width += self._width(child, figures or FIGURE in (child.get("class") or "").split())
            width += widths.of_all(child.tail or "")
        return width

    def _lines(self, words: Sequence[_Word], measure: Measure) -> Sequence[Line] | None:
        """The lines of what stands between two line breaks; None where the renderer does better."""
        if not words:
            return []
        texts = tuple(word.text for word in words)
        return _chosen(texts, tuple(word.width for word in words), self._parted(words), self._gives, measure)

    @staticmethod
    def _parted(words: Sequence[_Word]) -> tuple[int, ...]:
        """The letters, by number, that are parts of a word."""
        return tuple(number for number, word in enumerate(words) if word.is_part)


@lru_cache(maxsize=1024)
def _chosen(
    texts: Sequence[str], widths: Sequence[float], parted: Sequence[int], gives: float, measure: Measure
) -> Sequence[Line] | None:
    """The lines of a paragraph, given by what stays whole: units share many, and a file saved again has nearly all.

    ``parted`` are the numbers of letters of words that may be broken.
    """
    gaps, parts = gaps_of("".join(texts)), frozenset(parted)
    atoms: list[Atom] = []
    at = 0
    for number, (text, width) in enumerate(zip(texts, widths, strict=True)):
        at += len(text)
        given = sum(gives for letter in text if letter in COMPRESSED)
        inner = sum(gaps[at - len(text) : at - 1])
        cost: float | None = 0.0
        if number + 1 < len(texts):
            cost = _break_cost(text, texts[number + 1], within={number, number + 1} <= parts)
        atoms.append(Atom(width, inner, int(gaps[at - 1]), given, cost))
    return choose_lines(atoms, measure)


def _break_cost(text: str, following: str, *, within: bool) -> float | None:
    """What a line's end between two texts costs, ``within`` a word perhaps; None where no line may end."""
    last, first = text[-1], following[0]
    if first in CLOSING or last in OPENING or first == " " or (last == first and last in TWINS):
        return None
    return WITHIN_WORD if within else 0.0


def _end_line(place: _Place, name: str) -> None:
    """Put a line break of this class where a line ends."""
    element, end = place.element, builder.BR(builder.CLASS(name))
    if place.offset is not None and not place.of_tail:
        end.tail, element.text = element.text[place.offset :], element.text[: place.offset]
        element.insert(0, end)
        return
    tail = element.tail or ""
    offset = place.offset or 0
    end.tail, element.tail = tail[offset:], tail[:offset]
    parent = element.getparent()
    parent.insert(parent.index(element) + 1, end)
