"""The rules about words, pages and contents."""

from __future__ import annotations

from gongkai.audit.rule import AuditRule

from . import residue

RULES: tuple[AuditRule, ...] = tuple(rule for module in (residue,) for rule in module.RULES)
