"""The numbers that Word sets before paragraphs by itself (一、 1. （一）): no text of the file has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from .names import child, is_on, name_of, number, value

_LEVELS = 9
_LARGEST = 9_999
_DIGITS = "〇一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def chinese(count: int) -> str:
    """A number as Chinese writes it: 十二, 二十, 一百零三."""
    said, zero = "", False
    digits = str(count)
    for at, digit in enumerate(digits):
        unit = _UNITS[(len(digits) - at - 1) % len(_UNITS)]
        if digit == "0":
            zero = bool(said)
            continue
        said += ("零" if zero else "") + _DIGITS[int(digit)] + unit
        zero = False
    return said.removeprefix("一") if 10 <= count < 20 else said or "零"


def _roman(count: int) -> str:
    said = ""
    for amount, letters in _ROMAN:
        said += letters * (count // amount)
        count %= amount
    return said


def _letter(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count <= 26 * 30 else ""


def _from(signs: str) -> Callable[[int], str]:
    return lambda count: signs[count - 1] if 0 < count <= len(signs) else str(count)


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda count: f"{count:02}",
    "decimalFullWidth": lambda count: str(count).translate({ord("0") + n: ord("０") + n for n in range(10)}),
    "decimalEnclosedCircle": _from("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedCircleChinese": _from("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedParen": _from("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "decimalEnclosedFullstop": _from("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": lambda count: "".join(_DIGITS[int(digit)] for digit in str(count)),
    "ideographTraditional": _from(_STEMS),
    "ideographZodiac": _from(_BRANCHES),
    "upperRoman": lambda count: _roman(count).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda count: _letter(count).upper(),
    "lowerLetter": _letter,
}  # fmt: skip
"""How a number is written; what is not here (bullets, none) says nothing."""


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    written: Callable[[int], str] | None
    text: str


@dataclass
class _List:
    """A list: its levels, and how far each has been counted."""

    levels: Sequence[_Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbering:
    """Counts the paragraphs that have numbers, in their order."""

    def __init__(self, root: etree._Element | None) -> None:
        parts = list(() if root is None else root)
        shapes = {value(each, "abstractNumId"): each for each in parts if name_of(each) == "abstractNum"}
        counted: dict[str, _List] = {}
        self._lists: dict[str, _List] = {}
        for each in parts:
            if name_of(each) != "num":
                continue
            shape = value(child(each, "abstractNumId"))
            starts = {
                value(over, "ilvl"): child(over, "startOverride") for over in each if name_of(over) == "lvlOverride"
            }
            if shape not in shapes:
                continue
            if any(start is not None for start in starts.values()):  # it begins anew
                self._lists[value(each, "numId")] = _List(_levels(shapes[shape], starts))
            else:  # lists of one shape are counted on
                self._lists[value(each, "numId")] = counted.setdefault(shape, _List(_levels(shapes[shape], {})))

    def before(self, numbering: etree._Element | None, style: etree._Element | None) -> str:
        """What stands before a paragraph that has this ``w:numPr``, or else that of its style; empty for nothing."""
        number_id = value(child(numbering, "numId")) or value(child(style, "numId"))
        entries = self._lists.get(number_id)
        level = number(value(child(numbering, "ilvl")) or value(child(style, "ilvl")))
        if entries is None or not 0 <= level < len(entries.levels):
            return ""
        before = entries.counts[level]
        entries.counts[level] = entries.levels[level].start if before is None else before + 1
        entries.counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        return _written(entries, level)


def _levels(shape: etree._Element, starts: Mapping[str, etree._Element | None]) -> list[_Level]:
    found = []
    for each in [part for part in shape if name_of(part) == "lvl"][:_LEVELS]:
        start = starts.get(value(each, "ilvl"))
        first = number(value(start) if start is not None else value(child(each, "start")), 1)
        written = _FORMATS.get(value(child(each, "numFmt")))
        if is_on(child(each, "isLgl")) and written is not None:
            written = str
        found.append(_Level(first, written, value(child(each, "lvlText"))))
    return found


def _written(entries: _List, level: int) -> str:
    """The number of a level as its text has it: 第%1条, %1.%2."""
    if entries.levels[level].written is None:
        return ""

    def one(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        if at >= len(entries.levels):
            return ""
        shape, count = entries.levels[at], entries.counts[at]
        count = shape.start if count is None else count
        return shape.written(count) if shape.written is not None and 0 <= count <= _LARGEST else ""

    return re.sub(r"%([1-9])", one, entries.levels[level].text)
