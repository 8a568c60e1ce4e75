"""Every official table that is known, of either kind of document."""

from __future__ import annotations

from .budget import BUDGET_FORMS
from .final import FINAL_FORMS
from .form import Register

REGISTER = Register((*BUDGET_FORMS, *FINAL_FORMS))
