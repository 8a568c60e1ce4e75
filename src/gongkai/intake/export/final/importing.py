"""The facts of a final account from its tables."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.intake.export.facts.draft import Draft
from gongkai.intake.export.facts.economic import economic
from gongkai.intake.export.facts.heads import head, names
from gongkai.intake.export.facts.performance import performance
from gongkai.intake.export.facts.three_public import three_public_spent
from gongkai.intake.export.facts.told import contradictions, short, unused
from gongkai.intake.export.reading.tables import Tables
from gongkai.source.tree import Node

from .accounts import accounts, known_accounts
from .balances import balances
from .sums import FinalSums


def import_final(tables: Tables, known: Mapping[str, Node]) -> Draft:
    """Every fact of the tables, what is left to ask, and what contradicts."""
    three = tables.get("三公经费")
    main = [found for found in tables.by_key.values() if found is not three]
    yuan = bool(main) and all(found.yuan for found in main)
    apart = {"三公经费": bool(three.yuan)} if three is not None else {}
    apart |= {form.form.key: False for form in tables.forms}  # always in 万元
    draft = Draft(known, yuan=yuan, yuan_of=apart)
    sums = FinalSums(tables)
    sums.fill()
    head(tables, draft)
    known_accounts(sums, draft)
    accounts(sums, draft)
    by_economic = tables.get("基本支出")
    if by_economic is not None:
        economic(by_economic, draft)
    if three is not None:
        three_public_spent(three, draft)
    performance(tables.forms, draft, tables.unit_name)
    names(tables, draft)
    general = [found for key in ("收支总表", "财政拨款总表") if (found := tables.get(key)) is not None]
    draft.findings += [finding for found in general for finding in balances(found)]
    draft.findings += [*short(sums.short), *contradictions(sums.system, tables.by_key.values())]
    draft.findings += [finding for found in tables.by_key.values() for finding in unused(found)]
    return draft
