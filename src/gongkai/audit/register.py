"""Every rule of the audit: one package for each thing that rules look at, each with its ``RULES``."""

from __future__ import annotations

from .claims.rules import RULES as CLAIMS
from .rule import AuditRule
from .tables.rules import RULES as TABLES
from .words.rules import RULES as WORDS

RULES: tuple[AuditRule, ...] = tuple(sorted((*TABLES, *CLAIMS, *WORDS), key=lambda rule: rule.code))
