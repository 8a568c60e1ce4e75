"""How closely tables may be set, from the roomiest to the smallest size that the style states."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gongkai.packs.style import Style

DENSE, COMPACT = "dense", "compact"


@dataclass(frozen=True)
class Setting:
    """How a table is set: the class that says so, size and line of its text and the padding of its cells in points.

    ``tailored`` columns are as wide as their longest text asks, instead of as the pack says.
    """

    name: str
    size: float
    line: float
    vertical: float
    horizontal: float
    rule: float
    tailored: bool = False


def settings(style: Style) -> tuple[Setting, Setting, Setting]:
    """The settings of tables, from the roomiest to the closest."""
    table, text = style.table, style.roles["表格文字"]
    roomy = Setting("", text.size, text.line, table.padding.vertical, table.padding.horizontal, table.rule)
    dense = replace(roomy, name=DENSE, vertical=table.dense)
    size = min(table.least, text.size)
    scale = size / text.size
    compact = replace(dense, name=COMPACT, size=size, line=text.line * scale, vertical=dense.vertical * scale)
    return roomy, dense, compact
