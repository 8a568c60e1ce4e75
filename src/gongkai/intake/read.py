"""A clerk's file into a model, with every problem of shape in one go."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from gongkai.findings import Finding, FindingsError
from gongkai.model.base import PLAUSIBLE_LIMIT
from gongkai.model.budget import Budget
from gongkai.model.schema import input_schema

from .files import read_text
from .messages import translate
from .tree import Tree, parse


@dataclass(frozen=True)
class Source:
    """A file that was read: its model, and the places that findings of later stations point to."""

    path: Path
    model: Budget
    tree: Tree

    def locate(self, findings: list[Finding]) -> list[Finding]:
        """The findings with their places in this file."""
        return [self.tree.locate(finding) for finding in findings]


def _amount_context(data: dict[str, Any]) -> dict[str, Any]:
    """How amounts are to be read: 元 has two decimals, 万元 six, both exact to the 分."""
    limit = data.get("金额上限")
    try:
        limit = Decimal(limit) if isinstance(limit, str) else PLAUSIBLE_LIMIT
    except ArithmeticError:
        limit = PLAUSIBLE_LIMIT  # the model reports the unreadable limit itself
    in_yuan = data.get("金额单位") == "元"
    return {
        "scale": Decimal("0.0001") if in_yuan else Decimal(1),
        "places": 2 if in_yuan else 6,
        "limit": limit,
    }


def read(path: Path) -> Source:
    """Read a unit's file.

    Raises FindingsError with every problem of file, YAML and shape found, each at its place.
    """
    tree = parse(read_text(path), str(path))
    try:
        model = Budget.model_validate(tree.data, context=_amount_context(tree.data))
    except ValidationError as error:
        raise FindingsError(_sorted([*tree.findings, *translate(error, tree, input_schema())])) from None
    if tree.findings:
        raise FindingsError(tree.findings)
    return Source(path, model, tree)


def _sorted(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: (f.place.line, f.place.column) if f.place else (0, 0))
