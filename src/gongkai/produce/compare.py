"""What two packs, or two editions of one, print otherwise of the same data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from lxml.html import HtmlElement

from gongkai.document.compose import render_disclosure
from gongkai.document.parse import parse_document
from gongkai.document.vocabulary import TABLE_TITLE
from gongkai.findings import FindingsError
from gongkai.intake.models import Models
from gongkai.intake.read import read
from gongkai.model.disclosure import Disclosure
from gongkai.packs.open import open_pack

from .models import models_of_packs
from .preview import Trial
from .unit import as_asked

_HEADINGS = frozenset({"h1", "h2", "h3"})


@dataclass(frozen=True, slots=True)
class Change:
    """Lines of a document that differ: the heading or table above them, what one side prints, what the other prints.

    A line is a paragraph, a heading, or a row of a table.
    """

    heading: str
    left: tuple[str, ...]
    right: tuple[str, ...]


def changes(file: Path, left: Trial, right: Trial) -> list[Change]:
    """Where the document of a data file differs between two packs, from its beginning to its end.

    Raises FindingsError for mistakes of the data or of a pack.
    """
    before, after = _lines(file, left), _lines(file, right)
    texts = [text for _, text in before], [text for _, text in after]
    found = SequenceMatcher(None, *texts, autojunk=False).get_opcodes()
    return [
        Change(_heading(before[i:k], after[j:m]), tuple(texts[0][i:k]), tuple(texts[1][j:m]))
        for tag, i, k, j, m in found
        if tag != "equal"
    ]


def _heading(left: list[tuple[str, str]], right: list[tuple[str, str]]) -> str:
    return (left or right)[0][0]


def _read(file: Path, models: Models) -> Disclosure:
    """A file as the pack that it is compared with reads it, or as its own does: two packs may declare other facts."""
    try:
        return read(file, models).model
    except FindingsError:
        return read(file, models_of_packs()).model


def _lines(file: Path, trial: Trial) -> list[tuple[str, str]]:
    """Every line of a document with the heading above it."""
    models = models_of_packs(trial.folders, trial.pack, trial.year, trial.scope)
    disclosure = as_asked(_read(file, models), trial.year, trial.scope)
    year, scope = disclosure.edition or disclosure.year, disclosure.scope.value
    pack = open_pack(trial.pack, disclosure.kind, year, trial.folders, scope)
    heading = ""
    lines: list[tuple[str, str]] = []
    for element in _printed(parse_document(render_disclosure(disclosure, pack)).root.find("body")):
        is_row = element.tag == "tr"
        text = "｜".join(_text(cell) for cell in element) if is_row else _text(element)
        if element.tag in _HEADINGS or element.get("class") == TABLE_TITLE:
            heading = text
        if text:
            lines.append((heading, text))
    return lines


def _printed(body: HtmlElement) -> Iterator[HtmlElement]:
    """Paragraphs, headings and rows; not the table of contents, which says the headings again."""
    for element in body.iter("h1", "h2", "h3", "p", "tr"):
        if next(element.iterancestors("nav"), None) is None:
            yield element


def _text(element: HtmlElement) -> str:
    return re.sub(r"[ \t\r\n]+", " ", element.text_content()).strip()
