"""All rules over one budget."""

from __future__ import annotations

from gongkai.findings import Finding
from gongkai.model.budget import Budget
from gongkai.statements.figures import BudgetFigures

from . import balance, codes, words
from .rule import Rule

RULES: tuple[Rule, ...] = tuple(
    value for module in (codes, balance, words) for value in vars(module).values() if isinstance(value, Rule)
)


def check(budget: Budget) -> list[Finding]:
    """Every finding of every rule, in the order of the rules."""
    figures = BudgetFigures(budget)
    return [finding for rule in RULES for finding in rule.findings(figures)]
