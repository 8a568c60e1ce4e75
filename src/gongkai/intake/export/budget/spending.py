"""支出 of a budget: a fact for every 科目 × 资金来源 × 支出性质 that is something, a question for what is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from gongkai.findings import Path
from gongkai.intake.export.bounds.decided import Decided, decide
from gongkai.intake.export.bounds.system import Bounds
from gongkai.intake.export.facts.draft import Draft, from_table, likely
from gongkai.intake.export.facts.told import short
from gongkai.intake.export.imported import How, Question
from gongkai.model.budget.sources import Source
from gongkai.prose.numbers import round_half_up

from .sums import BudgetSums, Var
from .suppose import likely_amounts, suppose

SECTION = "支出"


def known_spending(sums: BudgetSums, draft: Draft) -> None:
    """Amounts that are known already bound the others."""
    entries = draft.data.get(SECTION)
    for entry in entries if isinstance(entries, list) else []:
        if not isinstance(entry, dict) or not isinstance(code := entry.get("科目"), str):
            continue
        for var in sums.terms(code, Source):
            amounts = entry.get(var[2].value)
            known = draft.read(SECTION, amounts.get(var[1].value)) if isinstance(amounts, dict) else None
            if known is not None:
                sums.system.know(var, known)


def spending(sums: BudgetSums, draft: Draft) -> Mapping[Var, Decided]:
    """State and ask; returns what was decided of every amount."""
    system = sums.system
    system.solve()
    system.drop_tails()
    sure = {var: system.bounds(var) for var in sums.terms("", Source)}
    reasons = suppose(sums)
    guesses = likely_amounts(sums)
    decided = {
        var: replace(decide(system, var, reasons, sure), guess=_middle(guesses[var])) for var in sums.terms("", Source)
    }
    for code in sums.codes:
        found = {var: decided[var] for var in sums.terms(code, Source) if decided[var].is_something}
        if not found:
            continue
        table = next(iter(found.values())).table
        path = draft.entry((SECTION,), "科目", code, from_table(table, next(iter(found.values())).places[:1]))
        for var, fact in found.items():
            _state(draft, (*path, var[2].value, var[1].value), var, fact)
    draft.findings += short(sums.short)
    return decided


def _state(draft: Draft, path: Path, var: Var, fact: Decided) -> None:
    if fact.value is None:
        draft.ask(_question(path, var, fact))
    elif fact.how is How.LIKELY:
        draft.amount(path, fact.value, likely(fact.table, fact.places, fact.why))
    else:
        draft.amount(path, fact.value, from_table(fact.table, fact.places))


def _question(path: Path, var: Var, fact: Decided) -> Question:
    what = f"{var[0]} 的{var[2].value}里，{var[1].value}是多少"
    return Question(path, what, _printed(fact.bounds.low), _printed(fact.bounds.high), fact.guess, fact.places)


def _printed(bound: Decimal | None) -> Decimal | None:
    return None if bound is None else round_half_up(bound, 2)


def _middle(guess: Bounds) -> Decimal | None:
    """The likely value, where one is left."""
    if guess.low is None or guess.high is None or guess.high - guess.low > Decimal("0.06"):
        return None
    return round_half_up((guess.low + guess.high) / 2, 2)
