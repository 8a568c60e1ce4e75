"""The rules of a budget: every rule of these modules."""

from gongkai.checks.both.rules import OF_FIGURES, OF_TEXTS
from gongkai.checks.rule import rules_of

from . import balance, completeness, needed, prior, projects, targets, three_public

RULES = rules_of(*OF_FIGURES, balance, needed, prior, three_public, targets, projects, completeness, *OF_TEXTS)
