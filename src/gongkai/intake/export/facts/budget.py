"""The facts of a budget from its tables."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.source.tree import Node

from ..reading.tables import Tables
from .budget_sums import BudgetSums
from .carried import CarriedRows
from .draft import Draft
from .spending import known_spending, spending


def import_budget(tables: Tables, known: Mapping[str, Node]) -> Draft:
    """Every fact of the tables, what is left to ask, and what contradicts."""
    three = tables.get("三公经费")
    main = [found for found in tables.by_key.values() if found is not three]
    yuan = bool(main) and all(found.yuan for found in main)
    draft = Draft(known, yuan=yuan, yuan_of={"三公经费": bool(three.yuan)} if three is not None else {})
    sums = BudgetSums(tables)
    sums.fill()
    carried = CarriedRows(sums)
    carried.fill()
    known_spending(sums, draft)
    spending(sums, draft)
    return draft
