"""The rules on running text: GK841–869."""

from __future__ import annotations

from gongkai.audit.rule import AuditRule

<<<<<<< HEAD
from . import amounts, differences, directions, evaluated, lists, names, narrated, rates, years
=======
from . import amounts, counts, differences, directions, funds, lists, names, rates, years
>>>>>>> 21f8795 (The audit reads the habits of other provinces: their heads, their sentences, numbers broken in narrow columns; vehicles, years of headings, numbers of headings are told)

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
