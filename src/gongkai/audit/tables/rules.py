"""The rules on tables: GK801–819 a table by itself, GK821–839 tables against each other."""

from __future__ import annotations

from . import added, against, notes, odd, performance, rates, subjects

RULES = (
    *added.RULES,
    *subjects.RULES,
    *notes.RULES,
    *odd.RULES,
    *rates.RULES,
    *performance.RULES,
    *against.RULES,
)
"""Every rule on tables."""
