"""The columns of a performance form where two long texts stand side by side (预期目标 beside 实际完成情况)."""

from __future__ import annotations

from collections.abc import Sequence

from .grid import placed
from .table import Row

_LEAST = 0.35
"""The share of the width of both texts that the shorter one keeps: figures stand in its columns too."""


def balanced(widths: Sequence[float], rows: Sequence[Row]) -> list[float]:
    """The widths of a form's columns, those under two texts side by side by how long the texts are."""
    texts: dict[int, list[tuple[int, int, int]]] = {}
    for line, column, cell in placed(row.cells for row in rows):
        if cell.kind == "文字" and isinstance(cell.value, str):
            texts.setdefault(line, []).append((column, cell.colspan, len(cell.value)))
    changed = list(widths)
    for beside in texts.values():
        if len(beside) != 2 or not all(length for _, _, length in beside):
            continue
        wide = [sum(widths[column : column + span]) for column, span, _ in beside]
        first, second = (length for _, _, length in beside)
        part = min(max(first / (first + second), _LEAST), 1 - _LEAST)
        for (column, span, _), had, share in zip(beside, wide, (part, 1 - part), strict=True):
            for at in range(column, column + span):
                changed[at] = widths[at] * share * sum(wide) / had
    return changed
