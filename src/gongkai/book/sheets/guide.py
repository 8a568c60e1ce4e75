"""The first sheet (填表说明)."""

from __future__ import annotations

from typing import Any

from .plan import Plan
from .sheet import Tools


def write_guide(sheet: Any, plan: Plan, tools: Tools) -> None:
    """Write it."""
    sheet.write_string(0, 0, f"{plan.layout.kind}填报簿", tools.looks.title)
