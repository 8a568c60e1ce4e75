"""The lines of running text, chosen and marked in the document before the renderer sets it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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

    def _lines(self, words: Sequence[_Word], measure: Measure) -> list[Line] | None:
        """The lines of what stands between two line breaks; None where the renderer does better."""
        gaps = gaps_of("".join(word.text for word in words))
        atoms: list[Atom] = []
        at = 0
        for number, word in enumerate(words):
            at += len(word.text)
            following = words[number + 1] if number + 1 < len(words) else None
            gives = sum(self._gives for letter in word.text if letter in COMPRESSED)
            inner = sum(gaps[at - len(word.text) : at - 1])
            atoms.append(Atom(word.width, inner, int(gaps[at - 1]), gives, _break_cost(word, following)))
        return choose_lines(atoms, measure) if atoms else []


def _break_cost(word: _Word, following: _Word | None) -> float | None:
    """What a line's end after a word costs; None where no line may end."""
    if following is None:
        return 0.0
    last, first = word.text[-1], following.text[0]
    if first in CLOSING or last in OPENING or first == " " or (last == first and last in TWINS):
        return None
    return WITHIN_WORD if word.is_part and following.is_part else 0.0


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
