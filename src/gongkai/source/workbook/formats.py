"""Formats of numbers: which of them make a date of a number, and which show it in percent.

Other formats change how a figure looks, not what it is: what is shown in 万元 by a format is still in 元.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from .digits import at_decimals

_MOST_LETTERS = 255
"""Of a code, in every program."""
_MOST_PARTS_SHOWN = 30

_MOST_DECIMALS = 30

# Quoted, escaped (! is the escape of the Chinese programs), skipped, in brackets; words; the sign of a power.
_PIECE = re.compile(
    r"\"(?P<quoted>[^\"]*)\"?|[\\!](?P<escaped>.?)|[_*].?|\[(?P<bracket>[^\]]*)\]?|general|g/通用格式"
    r"|(?P<noon>am/pm|a/p|上午/下午)|e[+-]|(?P<end>;)|(?P<letter>.)",
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CONDITION = re.compile(r"[<>=]")

BUILT_IN = {
    9: "0%",
    10: "0.00%",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    36: 'yyyy"年"m"月"',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""Formats that files name by number only, as Chinese programs mean them: those that matter here."""

_DATE_PARTS = {
    "yyyy": lambda year, month, day: year,
    "yy": lambda year, month, day: year[2:],
    "e": lambda year, month, day: year,
    "mm": lambda year, month, day: month,
    "m": lambda year, month, day: month.lstrip("0"),
    "dd": lambda year, month, day: day,
    "d": lambda year, month, day: day.lstrip("0"),
}


@dataclass(frozen=True, slots=True)
class _Percent:
    """How a number is shown in percent."""

    most: int
    """Decimals at most."""
    least: int
    grouped: bool

    def shown(self, value: Decimal) -> str:
        digits = f"{at_decimals(value * 100, self.most):{',' if self.grouped else ''}f}"
        number, _, fraction = digits.partition(".")
        fraction = fraction[: self.least] + fraction[self.least :].rstrip("0")
        text = f"{number}.{fraction}%" if fraction else f"{number}%"
        return text.removeprefix("-") if not text.strip("-0.%") else text


@dataclass(frozen=True, slots=True)
class _Section:
    """The format for numbers of one sign: letters that say something, and texts that are shown as they are."""

    parts: tuple[tuple[str, bool], ...] = ()
    """Runs of one letter, and of texts; of each whether it is a text."""
    dated: bool = False
    percent: _Percent | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """What a format makes of numbers."""

    sections: tuple[_Section, ...] = (_Section(),)
    plain: bool = True
    """Whether it neither makes dates nor percents."""

    @property
    def dated(self) -> bool:
        """Whether a number is shown as a date."""
        return self.sections[0].dated

    def date_shown(self, text: str) -> str:
        """A date such as ``2024-02-25`` as the format shows it: ``2024年2月25日``.

        What has more than years, months and days in figures is left as it is.
        """
        if len(self.sections[0].parts) > _MOST_PARTS_SHOWN:
            return text
        words = []
        for part, literal in self.sections[0].parts:
            if literal or part in "/-. ,":
                words.append(part)
            elif part.lower() in _DATE_PARTS:
                words.append(_DATE_PARTS[part.lower()](*text.split("-")))
            elif part != "@":
                return text
        return "".join(words)

    def percent_shown(self, value: Decimal) -> str | None:
        """The number in percent as the format shows it: ``12.50%``; None where it does not."""
        percent = self._section_of(value).percent
        return None if percent is None else percent.shown(value)

    def disguises(self, value: Decimal) -> bool:
        """Whether a number is shown as a time, a fraction, or with words of the format around it."""
        parts = self._section_of(value).parts
        if not parts:
            return False
        words = any(part.strip() for part, literal in parts if literal)
        letters = [part.lower() for part, literal in parts if not literal]
        timed = any(letter[0] in "hs" for letter in letters)
        fraction = "/" in letters and any(letter[0] in "?#" for letter in letters)
        return words or timed or fraction

    def _section_of(self, value: Decimal) -> _Section:
        count = len(self.sections)
        if value < 0 and count > 1:
            return self.sections[1]
        return self.sections[2] if value == 0 and count > 2 else self.sections[0]


GENERAL = Format()


@lru_cache(maxsize=512)
def format_of(code: str) -> Format:
    """What a code such as ``yyyy"年"m"月"`` or ``0.00%`` means; one that is too long to be any means nothing."""
    if len(code) > _MOST_LETTERS:
        return GENERAL
    sections = tuple(_section(pieces) for pieces in _sections(code))
    return Format(sections, plain=not any(section.dated or section.percent for section in sections))


def _sections(code: str) -> Iterator[list[re.Match[str]]]:
    pieces: list[re.Match[str]] = []
    for piece in _PIECE.finditer(code):
        if piece["end"]:
            yield pieces
            pieces = []
        else:
            pieces.append(piece)
    yield pieces


def _section(pieces: list[re.Match[str]]) -> _Section:
    parts: list[tuple[str, bool]] = []
    elapsed = conditional = False
    for piece in pieces:
        text = piece["quoted"] or piece["escaped"]
        if text:
            parts.append((text, True))
        elif piece["noon"]:
            parts.append(("h", False))
        elif piece["letter"]:
            parts.append((piece["letter"], not piece["letter"].isascii()))
        elif piece["bracket"]:
            elapsed = elapsed or _ELAPSED.fullmatch(piece["bracket"]) is not None
            conditional = conditional or _CONDITION.match(piece["bracket"]) is not None
    runs = tuple(_runs(parts))
    letters = [part.lower() for part, literal in runs if not literal]
    return _Section(runs, _is_dated(letters, elapsed=elapsed), None if conditional else _percent("".join(letters)))


def _is_dated(runs: Sequence[str], *, elapsed: bool) -> bool:
    """Whether runs of letters show years, months or days; hours and minutes alone are a time."""
    timed = elapsed or any(run[0] in "hs" for run in runs)
    days = any(run[0] in "yde" or run.startswith(("mmm", "aaa")) for run in runs)
    months = any(run[0] == "m" for run in runs) and not timed
    figures = any(run[0] in "0#?" for run in runs) and not any(run[0] == "s" for run in runs)
    return (days or months) and not figures


def _percent(letters: str) -> _Percent | None:
    if letters.count("%") != 1:
        return None
    whole, _, decimals = letters.partition(".")
    most = min(sum(letter in "0#?" for letter in decimals), _MOST_DECIMALS)
    return _Percent(most, min(decimals.count("0"), most), "," in whole)


def _runs(parts: list[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    for (_, literal), run in groupby(parts, key=lambda part: ("" if part[1] else part[0].lower(), part[1])):
        yield "".join(text for text, _ in run), literal
