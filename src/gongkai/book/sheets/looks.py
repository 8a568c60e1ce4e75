"""The looks of cells in the book: calm, like a good form. What is to be filled in is white."""

from __future__ import annotations

from typing import Any

from gongkai.intake.book.blocks.shape import Entry

_FACE, _BOLD_FACE = "宋体", "黑体"
_SIZE = 10
QUIET, _LINE, _LINK, _HEAD = "#595959", "#BFBFBF", "#1F4E79", "#DCE6F1"
_LABEL, _PALE = "#F2F2F2", "#A6A6A6"
CENTRED = {"align": "center"}
GOOD, WRONG = "#2E7D32", "#C00000"
"""The colours of what agrees and what does not."""
FILLED, OPTIONAL, LOOKED_UP = "#2F75B5", "#BFBFBF", "#7F7F7F"
"""The colours of tabs: to be filled in, may be left out, only to be looked at."""

_AMOUNT, _PLAIN, _WHOLE, _TEXT = "#,##0.00####_ ", "General", "0", "@"
NO_MONEY = {"权重", "得分", "面积"}
"""Numbers that are no money, by what they are called."""
RECKONED = "#,##0.00####_ ;-#,##0.00####_ ;"
"""A sum, blank where it is nothing."""


class Looks:
    """Cell formats of one book, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def of(self, **properties: object) -> Any:
        """A look with these properties of the library beside those that all cells have."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            usual = {"font_name": _FACE, "font_size": _SIZE, "valign": "vcenter"}
            self._made[key] = self._book.add_format({**usual, **properties})
        return self._made[key]

    @property
    def title(self) -> Any:
        """The name of a sheet."""
        return self.of(font_name=_BOLD_FACE, font_size=16)

    @property
    def purpose(self) -> Any:
        """What a sheet is for."""
        return self.of(font_color=QUIET)

    @property
    def advice(self) -> Any:
        """How a book is filled in."""
        return self.of(text_wrap=True)

    @property
    def link(self) -> Any:
        """What leads to another sheet."""
        return self.of(font_color=_LINK, underline=1)

    @property
    def heading(self) -> Any:
        """The title of a block."""
        return self.of(font_name=_BOLD_FACE, font_size=12)

    @property
    def header(self) -> Any:
        """The titles of columns."""
        return self._boxed(font_name=_BOLD_FACE, bold=True, align="center", bg_color=_HEAD, text_wrap=True)

    @property
    def label(self) -> Any:
        """What a row is of, and what it means."""
        return self._boxed(bg_color=_LABEL, text_wrap=True, num_format=_TEXT)

    @property
    def same_label(self) -> Any:
        """The same, where the row above says it already."""
        return self._boxed(bg_color=_LABEL, text_wrap=True, num_format=_TEXT, font_color=_PALE)

    @property
    def closed(self) -> Any:
        """A cell in which nothing is due."""
        return self._boxed(bg_color=_LABEL)

    def eye(self, *, amount: bool) -> Any:
        """What a formula says."""
        look = {"align": "right", "num_format": RECKONED} if amount else {"text_wrap": True}
        return self._boxed(bg_color=_LABEL, font_color=QUIET, **look)

    def cell(self, entry: Entry, name: str, *, rate: bool = False) -> Any:
        """A cell to fill in, by what is due there (a ``rate`` is no money) and what that is called."""
        if entry is Entry.WHOLE:
            return self._boxed(num_format=_WHOLE, align="center")
        if entry is Entry.NUMBER and (rate or name in NO_MONEY):
            return self._boxed(num_format=_PLAIN, align="center")
        if entry is Entry.NUMBER:
            return self._boxed(num_format=_AMOUNT, align="right")
        centred = {"align": "center"} if entry in {Entry.CODE, Entry.DAY} else {}
        return self._boxed(num_format=_TEXT, text_wrap=True, **centred)

    def form_cell(self, entry: Entry, name: str, *, rate: bool = False) -> Any:
        """The same in a form, where all begin at the left."""
        formats = {Entry.WHOLE: _WHOLE, Entry.NUMBER: _PLAIN if rate or name in NO_MONEY else _AMOUNT}
        return self._boxed(num_format=formats.get(entry, _TEXT), align="left", text_wrap=entry not in formats)

    @property
    def told_link(self) -> Any:
        """What leads to another sheet, in a table."""
        return self._boxed(font_color=_LINK, underline=1)

    def told_number(self, *, money: bool) -> Any:
        """A figure of the guide."""
        return self._boxed(num_format=_AMOUNT if money else _PLAIN, align="right")

    def in_colour(self, colour: str, *, bold: bool = False) -> Any:
        """What is laid over the look of a cell."""
        return self._book.add_format({"font_color": colour, "bold": bold})

    def told(self, **others: Any) -> Any:
        """A cell of the guide."""
        return self._boxed(text_wrap=True, **others)

    def _boxed(self, **properties: object) -> Any:
        return self.of(border=1, border_color=_LINE, **properties)
