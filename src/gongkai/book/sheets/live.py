"""The formulas of the live checks: the sums of both sides, how far they may be apart, whether there is anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from gongkai.findings import Path
from gongkai.intake.book.blocks.shape import Entry, shape_of
from gongkai.intake.book.live.check import Cells, Check, Margin, Side

from .directory import Directory
from .formulas import Formulas
from .looks import NO_MONEY
from .plan import Placed, Plan

_ANY = "*"
_HALF = "({0}<>0)*(ROUND({0},5)={0})*0.5*10^-(2+(ROUND({0},2)<>{0})+(ROUND({0},3)<>{0})+(ROUND({0},4)<>{0}))"
"""Half of the last place of an amount, of at least two and, of 万元, less than the six that are exact (half_step)."""


@dataclass(frozen=True, slots=True)
class LiveFormulas:
    """The formulas of a check, each without ``=``."""

    left: str
    right: str
    margin: str
    stated: str
    """More than 0 where there is something to check."""
    unknown: str
    """More than 0 where it cannot be reckoned."""
    money: bool
    """Whether the figures are amounts."""


@dataclass(frozen=True, slots=True)
class _Amounts:
    """Cells that stand beside each other: the range, which of its rows count (empty: all), and their section."""

    range: str
    rows: str
    section: str
    sign: int

    def summed(self, of: str) -> str:
        """The sum over the cells of a formula in which ``{0}`` stands for one of them."""
        each = of.format(self.range)
        return f"SUMPRODUCT({self.rows}*({each}))" if self.rows else f"SUMPRODUCT(1*({each}))"


class Live:
    """Makes the formulas of checks."""

    def __init__(self, plan: Plan, directory: Directory, formulas: Formulas) -> None:
        self._plan = plan
        self._directory = directory
        self._formulas = formulas

    def of(self, check: Check) -> LiveFormulas:
        """The formulas of a check."""
        sides = [part for side in (check.left, check.right) if not isinstance(side, str) for part in side]
        stated = check.stated or (check.left if check.at_most and not isinstance(check.left, str) else sides)
        return LiveFormulas(
            self._side(check.left),
            self._side(check.right),
            self._margin(check.margin, check.typed or sides),
            self._added(stated, '{0}<>""'),
            self._formulas.anywhere(check.unknown) if check.unknown else "0",
            any(self._directory.scale(amounts.section) != "1" for amounts in self._amounts(sides)),
        )

    def _side(self, side: Side) -> str:
        if isinstance(side, str):
            return self._formulas.anywhere(side)
        terms = []
        for amounts in self._amounts(side):
            sign = "-" if amounts.sign < 0 else "+"
            terms.append(f"{sign}{amounts.summed('{0}')}{_times(self._directory.scale(amounts.section))}")
        return "".join(terms).removeprefix("+")

    def _margin(self, margin: Margin, typed: Sequence[Cells]) -> str:
        if margin is Margin.NONE:
            return "0"
        if margin is Margin.CENT:
            return f"0.01*{self._directory.ten_thousand}"
        steps = [
            f"{amounts.summed(_HALF)}{_times(step)}"
            for amounts in self._amounts(typed)
            if (step := self._directory.step(amounts.section)) != "0"
        ]
        bound = "+".join(steps) or "0"
        return bound if margin is Margin.ROUNDED else f"IF({self._added(typed, '{0}<>0')}>2,{bound},0)"

    def _added(self, parts: Sequence[Cells], of: str) -> str:
        return "+".join(amounts.summed(of) for amounts in self._amounts(parts)) or "0"

    def _amounts(self, parts: Sequence[Cells]) -> Iterator[_Amounts]:
        """The ranges of all cells that are meant."""
        for part in parts:
            block, point, columns = part.of.partition(".")
            if not point:
                path = tuple(part.of.split("/"))
                yield _Amounts(self._plan.cell_of(path), "", self._section(path), part.sign)
                continue
            placed = self._plan.blocks[block]
            rows = "*".join([*_rows(placed, part.where), *_rows(placed, part.unless, "0")])
            for first, last in _runs(placed, columns.split("+")):
                section = self._section(placed.path(0, placed.columns[placed.at[first]]) or ())
                yield _Amounts(placed.cells(first, last), rows, section, part.sign)

    def _section(self, path: Path) -> str:
        """The section in whose unit an amount is written; nothing for what is no money."""
        plain = path[-1] in NO_MONEY or shape_of(self._plan.guide, path).entry is Entry.WHOLE
        return "" if plain else str(path[0])


def _runs(placed: Placed, titles: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The first and the last of columns that stand beside each other."""
    places = sorted((placed.at[title], title) for title in titles)
    for _, group in groupby(enumerate(places), lambda each: each[1][0] - each[0]):
        run = [title for _, (_, title) in group]
        yield run[0], run[-1]


def _rows(placed: Placed, where: Mapping[str, Sequence[str]], holds: str = "") -> Iterator[str]:
    """1 for each row in whose columns one of some texts stands, or with ``holds`` 0 none of them."""
    for title, texts in where.items():
        cells = placed.cells(title)
        tests = "+".join(f"({_test(cells, text)})" for text in texts)
        yield f"(({tests})={holds})" if holds else f"(({tests})>0)"


def _test(cells: str, text: str) -> str:
    if not text.endswith(_ANY):
        return f'{cells}&""="{text}"'
    begin = text.removesuffix(_ANY)
    return f'LEFT({cells},{len(begin)})="{begin}"'


def _times(factor: str) -> str:
    return "" if factor == "1" else f"*{factor}"
