"""The two documents of a unit's year, told apart by 文种."""

from __future__ import annotations

from .budget import Budget
from .final import FinalAccount

Disclosure = Budget | FinalAccount

MODELS: dict[str, type[Budget] | type[FinalAccount]] = {"预算": Budget, "决算": FinalAccount}
