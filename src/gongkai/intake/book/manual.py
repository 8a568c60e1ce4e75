"""The part of the manual of books that follows from their layouts: every sheet with its blocks and columns."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.kinds import KINDS

from .layout import Layout
from .own import layout_of


def reference() -> str:
    """The sheets of every kind, as the manual lists them."""
    layouts = (layout for kind in KINDS if (layout := layout_of(kind)) is not None)
    return "\n".join(line for layout in layouts for line in _of_kind(layout))


def _of_kind(layout: Layout) -> Iterator[str]:
    yield f"## {layout.kind}填报簿的各张表\n"
    yield "| 工作表 | 填什么 | 各栏 |\n|---|---|---|"
    guide = layout.guide
    for sheet in layout.sheets:
        for number, block in enumerate(sheet.blocks):
            titles = [f"（{column.title}）" if column.formula else column.title for column in block.columns(guide)]
            name = f"`{sheet.name}`" if number == 0 else ""
            what = sheet.purpose if number == 0 else ""
            heading = f"{block.title}：" if len(sheet.blocks) > 1 else ""
            yield f"| {name} | {what} | {heading}{'、'.join(titles)} |"
    yield "\n括号里的由公式得出，不用填。\n"
