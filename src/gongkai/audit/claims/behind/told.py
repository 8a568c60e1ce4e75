"""The claims of a document with what stands behind them: the figures of tables, the wholes of shares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from gongkai.audit.claims.text.claim import Amount, Change, Claims, Role, Subject
from gongkai.audit.claims.text.reading import read_claims
from gongkai.audit.claims.text.sections import fund_in
from gongkai.audit.claims.text.subjects import bare, key_of
from gongkai.audit.document import Audited
from gongkai.findings import Place
from gongkai.prose import numbers

from .counterparts import Counterparts
from .figures import Cell, TableFigures

ROUNDED = Decimal("0.0101")
"""万元: how far two figures may be apart that were rounded each by itself, and told apart from more."""

_HALF = Decimal("0.005")
"""万元: how far an amount is rounded that has two decimals."""
_OF_WHAT = {**dict.fromkeys(("基本支出", "项目支出"), "本年支出"), **dict.fromkeys(("出国", "车辆", "接待"), "三公")}
"""Of what something is a share where nothing says it."""


@dataclass(frozen=True, slots=True)
class Range:
    """Between which two amounts an exact one is, 万元."""

    low: Decimal
    high: Decimal

    @property
    def printed(self) -> Decimal:
        """What lies in the middle: the amount itself."""
        return (self.low + self.high) / 2


class Told:
    """What the rules on running text go over."""

    def __init__(self, document: Audited) -> None:
        self.document = document
        self.claims: Claims = read_claims(document)
        self.figures = TableFigures(document)
        self.counterparts = Counterparts(self.figures)
        self._cells: dict[int, Sequence[Cell]] = {}
        self._found: dict[Subject, Sequence[Cell]] = {}

    def cells(self, amount: Amount) -> Sequence[Cell]:
        """The figures of the tables of which an amount should be one."""
        if id(amount) not in self._cells:
            self._cells[id(amount)] = self.counterparts.of(amount)
        return self._cells[id(amount)]

    def nearest(self, amount: Amount) -> Cell | None:
        """That of them which is nearest to it; None where there is none."""
        return min(self.cells(amount), key=lambda cell: abs(cell.value - amount.figure.value), default=None)

    def is_off(self, amount: Amount) -> Decimal:
        """How far an amount is from the nearest of its figures, 0 where there is none.

        What both round alike must be the same; what is exact in the table, or was added up, may be rounded.
        """
        cell = self.nearest(amount)
        if cell is None:
            return Decimal(0)
        apart = abs(cell.value - amount.figure.value)
        alike = cell.slack and amount.figure.half <= _HALF and cell.slack <= _HALF
        return apart if apart > (0 if alike else amount.figure.half + cell.slack) else Decimal(0)

    def is_wrong(self, amount: Amount) -> bool:
        """Whether an amount contradicts the tables by more than rounding."""
        return self.is_off(amount) > ROUNDED

    def range(self, amount: Amount) -> Range:
        """Between what the exact amount lies, by what is printed and by the table where that says the same."""
        low, high = amount.figure.low, amount.figure.high
        cell = self.nearest(amount)
        if cell is not None and not self.is_off(amount):
            low, high = max(low, cell.value - cell.slack), min(high, cell.value + cell.slack)
        return Range(low, high) if low <= high else Range(amount.figure.low, amount.figure.high)

    def ranges_of(self, subject: Subject) -> list[Range]:
        """What the amount of the year itself of a subject may be, by the text, else by the tables."""
        said = self.claims.by_subject.get(subject.same_as, [])
        if said:
            return [self.range(amount) for amount in said]
        if subject not in self._found:
            self._found[subject] = self.counterparts.of_subject(subject)
        return [Range(cell.value - cell.slack, cell.value + cell.slack) for cell in self._found[subject]]

    def current_of(self, change: Change) -> list[Range]:
        """What the amount of the year itself may be that a comparison is about."""
        if change.current is not None:
            return [self.range(change.current)]
        return self.ranges_of(change.subject)

    def whole_of(self, amount: Amount) -> list[Range]:
        """Of what an amount is said to be a share: what that may be."""
        share = amount.share
        if share is None:
            return []
        if share.whole:
            return self._named_whole(amount, share.whole)
        before = self._opening.get(id(amount))
        if before is not None:
            return [self.range(before)]
        if amount.subject.key == "类" and amount.subject.fund:
            return self.ranges_of(Subject("拨款", "拨款", amount.subject.fund))
        whole = _OF_WHAT.get(amount.subject.key)
        if whole is None:
            return []
        own = [each for each in self.claims.amounts if each.subject.key == whole and each.section == amount.section]
        if whole == "三公":
            said = [self.range(each) for each in own if each.role is amount.role]
            return said or self.ranges_of(Subject(whole, whole, ""))
        return self.ranges_of(Subject(whole, whole, amount.subject.fund or "全部"))

    def _named_whole(self, amount: Amount, words: str) -> list[Range]:
        key = key_of(bare(words))
        if not key:
            return []
        near = [
            other
            for other in self.claims.amounts
            if other.subject.key == key and other.role is Role.CURRENT and other.section == amount.section
        ]
        if near:
            return [self.range(other) for other in near]
        fund = fund_in(words) if re.search("一般公共预算|基金|国有资本|财政拨款", words) else "全部"
        return self.ranges_of(Subject(words, key, fund))

    @cached_property
    def _opening(self) -> dict[int, Amount]:
        """Of every item of a list the amount that the list takes apart: X万元，其中：."""
        found: dict[int, Amount] = {}
        for group in self.groups:
            found |= {id(part): group.whole for part in group.parts}
        return found

    @cached_property
    def groups(self) -> list[Group]:
        """The lists that take an amount apart."""
        return list(_groups(self.claims.amounts))

    def place(self, claim: Amount | Change, span: tuple[int, int] | None = None) -> Place:
        """Where a claim stands."""
        return self.claims.place(claim, span)


@dataclass(frozen=True, slots=True)
class Group:
    """An amount and the parts into which a list takes it apart."""

    whole: Amount
    parts: Sequence[Amount]


def _groups(amounts: Sequence[Amount]) -> list[Group]:
    """Every amount that 其中 follows, with the amounts after it that are said to be of it."""
    found: list[Group] = []
    for at, whole in enumerate(amounts):
        if not whole.opens:
            continue
        parts: list[Amount] = []
        taken = {whole.subject.same_as}
        for part in amounts[at + 1 :]:
            within = part.paragraph is whole.paragraph
            if not within and (not whole.opens_section or part.section != whole.section):
                break
            if part.role is not whole.role or part.inherited:
                continue
            if part.subject.same_as in taken:
                break
            taken.add(part.subject.same_as)
            parts.append(part)
        if parts:
            found.append(Group(whole, parts))
    return found


def wan(value: Decimal) -> str:
    """An amount as messages tell it."""
    return f"{numbers.amount(value)} 万元"


def told(document: Audited) -> Told:
    """The claims of a document; made once."""
    return document.once(Told)
