"""What of a file is published as its facts, and what it says to the program only."""

from __future__ import annotations

NOT_PUBLISHED = frozenset(
    {
        "pack", "edition", "last_years_file", "last_account_file", "budget_file", "amount_limit", "currency_unit",
        "section_units", "approved", "control", "validation", "supplements",
    }
)  # fmt: skip
"""Fields of a disclosure that no open data have: what only the program needs, and what only some packs print."""
