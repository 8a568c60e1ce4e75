"""The language of a budget's tables."""

from gongkai.model.budget.budget import Budget
from gongkai.statements.language.language import Language

from .facts import VOCABULARY, facts_of

LANGUAGE = Language(VOCABULARY, Budget, facts_of)
"""What the expressions in 预算/表格.yaml may speak of."""
