"""The document of a unit's year, of whichever kind (文种)."""

from __future__ import annotations

from gongkai.kinds import KINDS
from gongkai.model.budget.budget import Budget
from gongkai.model.final.final_account import FinalAccount

Disclosure = Budget | FinalAccount


def model_of(kind: object) -> type[Disclosure] | None:
    """The model of a kind's files; None when there is no such kind."""
    return KINDS[kind].model.value if isinstance(kind, str) and kind in KINDS else None
