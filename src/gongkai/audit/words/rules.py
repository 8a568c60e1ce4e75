"""The rules about words, pages and contents."""

from __future__ import annotations

from gongkai.audit.rule import AuditRule

from . import contents, items, last_year, names, numbering, personal, punctuation, residue, sight, whole

_MODULES = (residue, punctuation, names, items, sight, contents, numbering, whole, personal, last_year)

RULES: tuple[AuditRule, ...] = tuple(rule for module in _MODULES for rule in module.RULES)
