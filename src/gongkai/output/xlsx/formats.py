"""The looks of cells in the workbook, from a pack's style.yaml."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from gongkai.packs.style import Style
from gongkai.statements.tables.table import Cell, CellKind, Figure, Value

_ALIGN = {"左": "left", "居中": "center", "右": "right", "两端": "left"}
_KIND_ALIGN: dict[CellKind, str] = {"编码": "center", "文字": "left", "居中": "center", "数字": "right"}


class Formats:
    """Cell formats of one workbook, each made once."""

    A4 = 9
    """Excel's number for the paper."""

    def __init__(self, book: Any, style: Style, *, grouped_forms: bool) -> None:
        self._book = book
        self._style = style
        self._grouped_forms = grouped_forms
        self._made: dict[tuple[object, ...], Any] = {}

    def of(self, role: str, **others: object) -> Any:
        """The look of a role (样式), with further properties of the library."""
        key = (role, *sorted(others.items()))
        if key not in self._made:
            look, font = self._style.roles[role], self._style.font_of(role)
            base = {
                "font_name": font.office or font.family,
                "font_size": look.size,
                "bold": look.bold,
                "align": _ALIGN[look.align],
                "valign": "vcenter",
                "text_wrap": True,
            }
            self._made[key] = self._book.add_format({**base, **others})
        return self._made[key]

    def size(self, role: str) -> float:
        """The size of a role's text in points."""
        return self._style.roles[role].size

    def header(self) -> Any:
        """A header cell, or a label in a form."""
        return self.of("表格标目", border=1, bg_color=self._style.table.header_fill)

    def cell(self, cell: Cell, value: Value, *, form: bool = False) -> Any:
        """The look of a cell of the body in which ``value`` stands, or of one of a ``form``."""
        kind = cell.kind
        if kind == "标目":
            return self.header()
        align = _KIND_ALIGN[kind]
        if isinstance(value, Decimal):
            grouped = self._grouped_forms if form else cell.format.grouped is not False
            look = _number_format(value, grouped=grouped)
            return self.of("表格数字", border=1, align=align, num_format=look, text_wrap=False)
        if isinstance(value, Figure):
            return self.of("表格文字", border=1, align=align, num_format=_figure_format(value))
        return self.of("表格文字", border=1, align=align, indent=cell.indent)


def _number_format(value: Decimal, *, grouped: bool) -> str:
    """The number format that shows an amount with the decimals it was rounded to."""
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    return ("#,##0" if grouped else "0") + (f".{'0' * places}" if places > 0 else "")


def _figure_format(figure: Figure) -> str:
    """The number format that shows a figure as it is printed: ``#,##0.00%``, ``0``, ``0.00"分"``."""
    _, point, decimals = figure.digits.partition(".")
    whole = "#,##0" if "," in figure.digits else "0"
    unit = f'"{figure.unit}"' if figure.unit not in ("", "%") else figure.unit
    return f"{whole}{point}{'0' * len(decimals)}{unit}"
