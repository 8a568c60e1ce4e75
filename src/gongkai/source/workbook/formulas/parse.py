"""Formulas that are only arithmetic, as trees: + − × ÷, percent, brackets, SUM and ROUND of numbers and cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.source.workbook.digits import decimal_of
from gongkai.source.workbook.names import MOST_COLUMNS, MOST_ROWS, column_number, position

MOST_LETTERS = 8192
"""Of a formula, in every program."""
MOST_DEPTH = 64
"""Brackets within brackets, in every program."""

FUNCTIONS = {"SUM", "ROUND"}

# A sheet before a cell; deleted cells and sheets; cells, whole columns, whole rows; numbers; names of functions.
_TOKEN = re.compile(
    r"\s*(?:"
    r"(?P<reference>(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<sheet>[\w.]+))!)?"
    r"(?:(?P<lost>\#REF!(?:\$?[A-Za-z]{1,3}\$?[0-9]{1,7})?)|(?P<area>\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Za-z]{1,3}\$?[0-9]{1,7})?"
    r"|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[0-9]{1,7}:\$?[0-9]{1,7})(?![\w.(!\[:])))"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)"
    r"|(?P<function>[A-Za-z]+)\("
    r"|(?P<sign>[-+*/%(),])"
    r")"
)


@dataclass(frozen=True, slots=True)
class Area:
    """A cell, or a rectangle of them; of its own sheet where it names none."""

    sheet: str | None
    top: int
    left: int
    bottom: int
    right: int

    @property
    def single(self) -> bool:
        """Whether it is one cell."""
        return (self.top, self.left) == (self.bottom, self.right)


@dataclass(frozen=True, slots=True)
class Lost:
    """What once was a cell: #REF!."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A first value and what follows it one after another, of one rank: 1 − 2 + 3."""

    first: Node
    rest: Sequence[tuple[str, Node]]


@dataclass(frozen=True, slots=True)
class Scaled:
    """A value times a number: −1 for a sign, 0.01 for a percent sign."""

    value: Node
    factor: Decimal


@dataclass(frozen=True, slots=True)
class Call:
    """A function of values."""

    name: str
    values: Sequence[Node]


Node = Decimal | Area | Lost | Chain | Scaled | Call


class _MoreThanArithmeticError(Exception):
    """The formula has something in it that is not reckoned here."""


def parse(formula: str) -> Node | None:
    """The tree of a formula without ``=``; None where it is more than arithmetic."""
    if len(formula) > MOST_LETTERS:
        return None
    try:
        return _Parser(list(_tokens(formula))).whole()
    except _MoreThanArithmeticError:
        return None


def areas_of(node: Node) -> Iterator[Area]:
    """All cells on which a formula depends."""
    match node:
        case Area():
            yield node
        case Chain():
            for part in (node.first, *(value for _, value in node.rest)):
                yield from areas_of(part)
        case Scaled():
            yield from areas_of(node.value)
        case Call():
            for part in node.values:
                yield from areas_of(part)


def _tokens(formula: str) -> Iterator[re.Match[str]]:
    end, formula = 0, formula.rstrip()
    while end < len(formula):
        token = _TOKEN.match(formula, end)
        if token is None:
            raise _MoreThanArithmeticError
        yield token
        end = token.end()


class _Parser:
    """One formula; each method takes the tokens of what it names."""

    def __init__(self, tokens: Sequence[re.Match[str]]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._sum()
        if self._at < len(self._tokens):
            raise _MoreThanArithmeticError
        return node

    def _sign(self, *wanted: str) -> str | None:
        """The sign that comes next, if it is one of these, and then it is taken."""
        if self._at < len(self._tokens) and self._tokens[self._at]["sign"] in wanted:
            self._at += 1
            return self._tokens[self._at - 1]["sign"]
        return None

    def _sum(self) -> Node:
        first, rest = self._product(), []
        while sign := self._sign("+", "-"):
            rest.append((sign, self._product()))
        return Chain(first, rest) if rest else first

    def _product(self) -> Node:
        first, rest = self._signed(), []
        while sign := self._sign("*", "/"):
            rest.append((sign, self._signed()))
        return Chain(first, rest) if rest else first

    def _signed(self) -> Node:
        factor = Decimal(1)
        signs = 0
        while sign := self._sign("+", "-"):
            factor = -factor if sign == "-" else factor
            signs += 1
        node = self._value()
        while self._sign("%"):
            signs += 1
            factor = factor.scaleb(-2)
        if signs > MOST_DEPTH:
            raise _MoreThanArithmeticError
        return Scaled(node, factor) if factor != 1 else node

    def _value(self) -> Node:
        if self._sign("("):
            node = self._deeper()
            self._close()
            return node
        if self._at >= len(self._tokens):
            raise _MoreThanArithmeticError
        token = self._tokens[self._at]
        self._at += 1
        if token["number"]:
            number = decimal_of(token["number"])
            if number is not None:
                return number
        elif token["lost"]:
            return Lost()
        elif token["area"]:
            return _area(token)
        elif token["function"] and token["function"].upper() in FUNCTIONS:
            return self._call(token["function"].upper())
        raise _MoreThanArithmeticError

    def _call(self, name: str) -> Node:
        values = [self._deeper()]
        while self._sign(","):
            values.append(self._deeper())
        self._close()
        if name == "ROUND" and len(values) != 2:
            raise _MoreThanArithmeticError
        return Call(name, values)

    def _deeper(self) -> Node:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise _MoreThanArithmeticError
        node = self._sum()
        self._depth -= 1
        return node

    def _close(self) -> None:
        if not self._sign(")"):
            raise _MoreThanArithmeticError


def _area(token: re.Match[str]) -> Area:
    quoted, sheet = token["quoted"], token["sheet"]
    if quoted is not None:
        sheet = quoted.replace("''", "'")
    if sheet is not None and ("[" in sheet or ":" in sheet):  # of another workbook; through several sheets
        raise _MoreThanArithmeticError
    first, _, last = token["area"].replace("$", "").partition(":")
    ends = [_corner(first, low=True), _corner(last or first, low=False)]
    if not all(0 < row <= MOST_ROWS and 0 < column <= MOST_COLUMNS for row, column in ends):
        raise _MoreThanArithmeticError
    rows, columns = zip(*ends, strict=True)
    return Area(sheet, min(rows), min(columns), max(rows), max(columns))


def _corner(end: str, *, low: bool) -> tuple[int, int]:
    """Row and column of an end of an area; of a whole column the first or last row, of a whole row alike."""
    if end.isalpha():
        return 1 if low else MOST_ROWS, column_number(end)
    if end.isdigit():
        return int(end), 1 if low else MOST_COLUMNS
    return position(end) or (0, 0)
