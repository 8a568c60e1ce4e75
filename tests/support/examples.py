"""The real budget of the examples, and data read the way the product reads it."""

from __future__ import annotations

import copy
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.document.compose import words_of
from gongkai.document.contexts import DeclaredTables
from gongkai.model.budget.budget import Budget
from gongkai.model.schema import known
from gongkai.packs.open import AssembledPack, open_pack
from gongkai.source.tree import parse
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.tables.table import Table, Value

ROOT = Path(__file__).resolve().parents[2]


EXAMPLE = ROOT / "examples" / "kezhou-swj-2024-budget.yaml"


GOLDEN = Path(__file__).resolve().parents[1] / "golden"


Data = dict[str, Any]


@cache
def _example_data() -> Data:
    tree = parse(EXAMPLE.read_text(encoding="utf-8"), str(EXAMPLE), known())
    assert not tree.findings
    return dict(tree.data)


def example_data() -> Data:
    """The real unit budget of the examples as its file gives it: text scalars under Chinese keys."""
    return copy.deepcopy(_example_data())


def budget_of(data: Data) -> Budget:
    """The model of a file's data: 元 become exact 万元, 万元 may have decimals down to the 分."""
    in_yuan = data.get("金额单位") == "元"
    limit = Decimal(data.get("金额上限", 1_000_000))
    context = {"scale": Decimal("0.0001") if in_yuan else Decimal(1), "places": 2 if in_yuan else 6, "limit": limit}
    return Budget.model_validate(data, context=context)


@cache
def pack_of(name: str, year: int = 2024) -> AssembledPack:
    """A template pack in its edition for budgets of a year."""
    return open_pack(name, "预算", year)


def tables_of(budget: Budget, pack: str = "base") -> dict[str, Table]:
    """Every official table of a budget by its key, laid out by a pack."""
    ready = pack_of(pack, budget.year)
    tables = DeclaredTables(BudgetFigures(budget), ready, words_of(budget, ready))
    return {table.key: table for table in tables.published()}


def rows_of(table: Table) -> list[dict[str, Value]]:
    """The rows of a table without its grand total, each keyed by column."""
    return [_keyed(table, index) for index, row in enumerate(table.rows) if not row.total]


def total_of(table: Table) -> dict[str, Value]:
    """The grand total row of a table, keyed by column."""
    [index] = [index for index, row in enumerate(table.rows) if row.total]
    return _keyed(table, index)


def _keyed(table: Table, index: int) -> dict[str, Value]:
    cells = table.rows[index].cells
    return {column.key: cell.value for column, cell in zip(table.columns, cells, strict=True)}
