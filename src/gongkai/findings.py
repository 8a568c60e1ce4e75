"""Findings: what intake, checks, packs and output have to say, always as the same data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from gongkai.stand_ins import as_known

Path = tuple[str | int, ...]
"""The way to a value in the input: keys and list indexes from the top."""


_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What moves the cursor, ends or turns a line, and bytes of a name that are no text."""
_INVISIBLE_IN_LINES = re.compile(_INVISIBLE.pattern.replace("\x00-\x1f", "\x00-\x08\x0b-\x1f"))


def visible(text: str, *, lines: bool = False) -> str:
    r"""The text with everything that a terminal would obey spelt out (``\x1b``); with ``lines`` breaks and tabs stay.

    Names of files are as anybody made them: bytes that are not UTF-8 are spelt out, too (``\xb5``).
    """
    return (_INVISIBLE_IN_LINES if lines else _INVISIBLE).sub(_spelt, text)


def shown(text: str) -> str:
    """A clerk's text as a message quotes it: on one line and not too long."""
    text = " ".join(text.split())
    return text if len(text) <= 30 else f"{text[:29]}…"


def describe(path: Path) -> str:
    """A path in words, the way positions are told and written (位置): 支出 › 第2条 › 科目."""
    return " › ".join(f"第{step + 1}条" if isinstance(step, int) else shown(step) for step in path)


def column_letters(column: int) -> str:
    """The name of a column of a workbook, from 1: D for 4, AB for 28."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _spelt(match: re.Match[str]) -> str:
    number = ord(match[0])
    if 0xDC80 <= number <= 0xDCFF:  # how Python keeps a byte that is not UTF-8
        number -= 0xDC00
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


class Level(StrEnum):
    """How grave a finding is; an error stops every output, a hint never counts against a file."""

    ERROR = "错误"
    WARNING = "警告"
    HINT = "提示"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from its left and its top as a reader sees it."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is; line and column count from 1, 0 means the file as a whole.

    In a workbook they are row and column of a cell of a ``sheet``, which is the ``sheet_number``-th (from 1).
    In a finished document a table is a sheet; running text has the number of its ``paragraph`` and, as column,
    that of a character. ``page`` is from 1, 0 where there are no pages; ``boxes`` are what to mark there.
    """

    file: str
    line: int = 0
    column: int = 0
    sheet: str = ""
    sheet_number: int = 0
    page: int = 0
    boxes: tuple[Box, ...] = ()
    paragraph: int = 0

    def __str__(self) -> str:
        file = visible(self.file)
        if self.sheet or self.page or self.paragraph:
            return f"{file} {self.spot}"
        return f"{file}:{self.line}:{self.column}" if self.line else file

    @property
    def spot(self) -> str:
        """Where in the file: 第 3 行第 5 列, 支出!D7, 支出 for a sheet as a whole; empty for the whole file.

        In a document: 第 12 页, 第 30 段, with the table where it is a cell of one (第 12 页“收支总表”第 3 行第 2 列).
        """
        if self.page or self.paragraph:
            where = f"第 {self.page} 页" if self.page else f"第 {self.paragraph} 段"
            table = f"“{visible(self.sheet)}”" if self.sheet else ""
            return where + table + (f"第 {self.line} 行第 {self.column} 列" if table and self.line else "")
        if self.sheet:
            return visible(self.sheet) + (f"!{self.cell}" if self.line else "")
        return f"第 {self.line} 行第 {self.column} 列" if self.line else ""

    @property
    def row(self) -> str:
        """The line, in words: 第 3 行, “支出”表第 7 行."""
        return (f"“{visible(self.sheet)}”表" if self.sheet else "") + f"第 {self.line} 行"

    @property
    def cell(self) -> str:
        """The cell of a workbook as the programs name it: D7; empty for what is none, or a sheet as a whole."""
        return f"{column_letters(self.column)}{self.line}" if self.sheet and self.line else ""

    @property
    def order(self) -> tuple[int, ...]:
        """What sorts the places of a file from top to bottom."""
        return self.page, self.paragraph, self.sheet_number, self.line, self.column


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem: what it is, where it is, the two figures that disagree, and what to do.

    ``stated`` and ``expected`` are in the unit that ``message`` names. ``path`` leads to
    the value in the input; ``place`` is filled from it by the reader that knows the file.
    ``excerpt`` is the line there, where it may be shown. ``waived`` is the reason (理由) for
    which the file waives the finding (豁免): it is reported, but does not count.
    ``consequences`` are findings that come of the same mistake: they are told with it, and do not count.
    """

    code: str
    level: Level
    message: str
    advice: str = ""
    path: Path = ()
    place: Place | None = None
    stated: Decimal | None = None
    expected: Decimal | None = None
    excerpt: str = ""
    waived: str | None = None
    consequences: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        """Whoever made the finding, and wherever its file was unpacked: it names what people know."""
        for name in ("message", "advice"):
            object.__setattr__(self, name, as_known(getattr(self, name)))
        if self.place is not None and (file := as_known(self.place.file)) != self.place.file:
            object.__setattr__(self, "place", replace(self.place, file=file))

    @property
    def difference(self) -> Decimal | None:
        """``stated`` − ``expected``, where both are known."""
        if self.stated is None or self.expected is None:
            return None
        return self.stated - self.expected


class FindingsError(Exception):
    """Work cannot go on: the findings say why. Carries at least one error."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = list(findings)
        super().__init__("；".join(finding.message for finding in self.findings))


def has_errors(findings: Iterable[Finding], *, strict: bool = False) -> bool:
    """Whether output must not be written; with ``strict`` a warning counts as an error, a hint does not."""
    counting = {Level.ERROR, Level.WARNING} if strict else {Level.ERROR}
    return any(finding.level in counting and finding.waived is None for finding in findings)


_LineKey = tuple[bool, bool, str, tuple[int, ...]]
"""Waived, of another file, the file, the page, paragraph, sheet and line."""


def in_reading_order(findings: Iterable[Finding], file: str) -> list[Finding]:
    """The findings as every report lists them.

    What was found on one line stays together. Lines with an error come first, then those with
    warnings, then hints, then what is waived; each from top to bottom, the clerk's own ``file`` before others.
    """
    lines: dict[_LineKey, list[Finding]] = {}
    for finding in findings:
        place = finding.place or Place(file)
        key = (finding.waived is not None, place.file != file, place.file, place.order[:-1])
        lines.setdefault(key, []).append(finding)

    def line_rank(key: _LineKey) -> tuple[bool, int, bool, tuple[int, ...]]:
        waived, foreign, _, line = key
        return waived, min(_gravity(f) for f in lines[key]), foreign, line

    return [finding for key in sorted(lines, key=line_rank) for finding in sorted(lines[key], key=_rank_in_line)]


def _gravity(finding: Finding) -> int:
    """0 for the gravest."""
    return list(Level).index(finding.level)


def _rank_in_line(finding: Finding) -> tuple[int, int]:
    return _gravity(finding), finding.place.column if finding.place else 0
