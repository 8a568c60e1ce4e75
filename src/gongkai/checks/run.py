"""All rules over one disclosure."""

from __future__ import annotations

from types import ModuleType

from gongkai.findings import Finding
from gongkai.model.budget import Budget
from gongkai.model.disclosure import Disclosure
from gongkai.statements.figures import BudgetFigures
from gongkai.statements.final_figures import FinalFigures

from . import (
    balance,
    codes,
    crosswise,
    editions,
    final,
    final_balance,
    final_evaluation,
    final_travel,
    plausible,
    prior,
    targets,
    travel,
    words,
)
from .rule import Figures, Rule


def _rules(*modules: ModuleType) -> tuple[Rule, ...]:
    found = (value for module in modules for value in vars(module).values() if isinstance(value, Rule))
    return tuple(sorted(dict.fromkeys(found), key=lambda rule: rule.code))


RULES = _rules(codes, editions, balance, prior, travel, targets, crosswise, plausible, words)
"""The rules of a budget."""

FINAL_RULES = _rules(codes, editions, final, final_balance, final_travel, final_evaluation, crosswise, plausible)
"""The rules of a final account."""


def check(disclosure: Disclosure) -> list[Finding]:
    """Every finding of every rule, in the order of the rules."""
    figures: Figures
    if isinstance(disclosure, Budget):
        figures, rules = BudgetFigures(disclosure), RULES
    else:
        figures, rules = FinalFigures(disclosure), FINAL_RULES
    return [finding for rule in rules for finding in rule.findings(figures)]
