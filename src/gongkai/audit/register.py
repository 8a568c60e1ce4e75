"""Every rule of the audit: one package for each thing that rules look at, each with its ``RULES``."""

from __future__ import annotations

from .rule import AuditRule
from .words.rules import RULES as WORDS

RULES: tuple[AuditRule, ...] = tuple(sorted(WORDS, key=lambda rule: rule.code))
