"""Where in the model of each kind of document facts of a pack stand, and further comparisons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .declared import Owner

Steps = tuple[str, ...]
"""The names of fields from the top of the model down to a record, into lists and mappings too."""

_ITEMS = ("abroad", "vehicle_purchase", "vehicle_running", "reception")
_THREE_PUBLIC = tuple(("three_public", item) for item in _ITEMS)
_INCOME = ("general", "general_upper", "government", "government_upper", "capital", "capital_upper", "special",
           "unit", "carried")  # fmt: skip

OWNERS: Mapping[str, Mapping[Owner, Sequence[Steps]]] = {
    "预算": {
        Owner.FILE: ((),),
        Owner.SUBJECT: (("expenditures",),),
        Owner.PROJECT: (("projects",),),
        Owner.THREE_PUBLIC: _THREE_PUBLIC,
    },
    "决算": {
        Owner.FILE: ((),),
        Owner.SUBJECT: (("accounts",),),
        Owner.PROJECT: (("project_evaluations",),),
        Owner.THREE_PUBLIC: _THREE_PUBLIC,
    },
}
"""Where the facts of a pack are written, by the kind of document."""

COMPARED: Mapping[str, Mapping[str, Sequence[Steps]]] = {
    "预算": {
        "三公项": _THREE_PUBLIC,
        "科目变动": (("expenditures", "changes"),),
        "收入": tuple(("income", name) for name in _INCOME),
        "支出变动": tuple(
            ("expenditure_changes", name) for name in ("basic", "project", "general_basic", "general_project")
        ),
        "机关运行经费": (("running_costs",),),
    },
    "决算": {
        "三公项": _THREE_PUBLIC,
        "科目变动": (("accounts", "changes"),),
        "总体变动": tuple(("comparisons", name) for name in ("total", "fiscal", "general", "government", "capital")),
        "机关运行经费": (("running_costs",),),
    },
}
"""Where further comparisons are written, by the kind of document and the name of the place."""
