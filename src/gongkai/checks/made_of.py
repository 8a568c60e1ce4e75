"""Which facts of the file a derived total is made of, said where the total does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gongkai.findings import describe
from gongkai.statements.figures import Figures
from gongkai.statements.totals import Terms

_MOST = 3
"""More places than this nobody reads in a message; ``gongkai trace`` lists them all."""


def where_from(figures: Figures, terms: Terms, gap: Decimal) -> str:
    """The facts of a total that is off by ``gap`` (万元): those that are just as much, else all if they are few.

    Empty where the file states none of them.
    """
    just = just_the_gap(figures, terms, gap)
    if just:
        return just
    paths = _paths(figures, terms)
    if len(paths) > _MOST:
        return f"；合计由 {len(paths)} 处的数得出，gongkai trace 可以逐个列出"
    return f"；合计由{'、'.join(paths)}{'相加' * (len(paths) > 1)}得出" if paths else ""


def just_the_gap(figures: Figures, terms: Terms, gap: Decimal) -> str:
    """The facts of a total that are just as much as it is off (万元): one may be missing elsewhere, or twice here."""
    same = [(fact, sign) for fact, sign in terms if gap and abs(figures.sums.fact(fact)) == abs(gap)]
    paths = _paths(figures, same)
    return f"；差额恰是{'、'.join(paths)}的数" if 0 < len(paths) <= _MOST else ""


def _paths(figures: Figures, terms: Terms) -> Sequence[str]:
    """Where facts of a total stand that are something, each once."""
    found = (figures.path_of(fact) for fact, _ in terms if figures.sums.fact(fact))
    return [f"“{describe(path)}”" for path in dict.fromkeys(found) if path]
