"""What a cell says, from what a file has stored for it and the format that it is shown in."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from .cells import Cell, Kind
from .dates import date_text
from .digits import number_text
from .formats import Format

FLAGS = {True: "是", False: "否"}
NO_NUMBER = "#NUM!"
_ERROR = re.compile(r"#[A-Z0-9/_]{1,20}[!?]?")


def number_cell(text: str, looks: Format, *, since_1904: bool, formula: str = "") -> Cell:
    """A number as a file has written it: with a format of dates a date, in others a number, shown in percent or not.

    What is no number is an error, as it would be in the program.
    """
    plain = number_text(text)
    if plain is None:
        return error_cell(NO_NUMBER, formula)
    value = Decimal(plain)
    disguised = looks.disguises(value)
    if looks.plain:
        return Cell(Kind.NUMBER, plain, plain, formula, disguised)
    day = date_text(value, since_1904=since_1904) if looks.dated else None
    if day is not None:
        return Cell(Kind.DATE, day, looks.date_shown(day), formula)
    return Cell(Kind.NUMBER, plain, looks.percent_shown(value) or plain, formula, disguised)


def iso_cell(text: str, formula: str = "") -> Cell:
    """A date that was stored as one, with or without the time of day; what is none is a text."""
    day = text.partition("T")[0]
    try:
        date.fromisoformat(day)
    except ValueError:
        return text_cell(text, formula)
    return Cell(Kind.DATE, day, day, formula)


def text_cell(text: str, formula: str = "") -> Cell:
    """A text as it stands."""
    return Cell(Kind.TEXT, text, text, formula)


def flag_cell(flag: bool, formula: str = "") -> Cell:
    """A flag in words."""
    return Cell(Kind.FLAG, FLAGS[flag], FLAGS[flag], formula)


def error_cell(text: str, formula: str = "") -> Cell:
    """An error such as ``#REF!``; what is not spelt like one is some error."""
    text = text if _ERROR.fullmatch(text) else "#VALUE!"
    return Cell(Kind.ERROR, text, text, formula)


def unknown_cell(formula: str) -> Cell:
    """A formula of which nobody knows what it says."""
    return Cell(Kind.UNKNOWN, "", "", formula)
