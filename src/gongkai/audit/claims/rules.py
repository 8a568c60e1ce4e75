"""The rules on running text: GK841–869."""

from __future__ import annotations

from gongkai.audit.rule import AuditRule

from . import amounts, counts, differences, directions, evaluated, funds, lists, names, narrated, rates, years

RULES: tuple[AuditRule, ...] = (
    *amounts.RULES,
    *differences.RULES,
    *counts.RULES,
    *funds.RULES,
    *names.RULES,
    *lists.RULES,
    *rates.RULES,
    *directions.RULES,
    *years.RULES,
    *evaluated.RULES,
    *narrated.RULES,
)
