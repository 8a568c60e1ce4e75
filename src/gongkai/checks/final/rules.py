"""The rules of a final account: every rule of these modules."""

from gongkai.checks.both.rules import OF_FIGURES, OF_TEXTS
from gongkai.checks.rule import rules_of

from . import balance, comparisons, reasons, self_evaluation, three_public

RULES = rules_of(*OF_FIGURES, comparisons, balance, three_public, self_evaluation, reasons, *OF_TEXTS)
