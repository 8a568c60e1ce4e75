"""Every official table that is known, of either kind of document."""

from __future__ import annotations

from .budget_forms import BUDGET_FORMS
from .final_forms import FINAL_FORMS
from .forms import Register

REGISTER = Register((*BUDGET_FORMS, *FINAL_FORMS))
