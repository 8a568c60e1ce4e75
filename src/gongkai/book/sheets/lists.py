"""What the cells of the book offer and accept: words to choose from, numbers, and what a cell is for."""

from __future__ import annotations

from typing import Any

from gongkai.intake.book.blocks.block import Column
from gongkai.intake.book.blocks.shape import Entry, Shape

from .directory import Directory
from .plan import Plan

_MOST = 255
"""Characters of a message, and of words to choose from within a cell's own rule."""
_OF_YAML = "，加引号"
"""Advice of the schema that is for text files only."""
_FAR = 1e15
_LIST = "清单"


class Lists:
    """Sets the rules of columns and cells."""

    def __init__(self, book: Any, plan: Plan, directory: Directory) -> None:
        self._book = book
        self._plan = plan
        self._names: set[str] = set()
        self._directory = directory

    def rule(self, column: Column, shape: Shape | None) -> dict[str, Any] | None:
        """The rule of a cell to fill in, in the words of the library; None where anything may stand in it."""
        choices = column.choices or (shape.choices if shape else ())
        rule: dict[str, Any] = {}
        if choices:
            source = [*choices] if len(",".join(choices)) <= _MOST else f"={self._listed(tuple(choices))}"
            rule = {"validate": "list", "source": source, **_stop(column.title)}
        elif column.list_of:
            source = f"={self._named(column.list_of)}"
            # Where a list has blanks, and blanks are ignored, the programs take whatever is written.
            rule = {"validate": "list", "source": source, "ignore_blank": False}
            rule |= _warn(f"“{column.list_of.partition('.')[0]}”表里没有这一个，多半是写错了")
        elif shape and shape.entry is Entry.NUMBER:
            rule = {"validate": "decimal", "criteria": "between", "minimum": -_FAR, "maximum": _FAR}
            rule |= _warn("此处应填数，不写单位")
        elif shape and shape.entry is Entry.WHOLE:
            rule = {"validate": "integer", "criteria": "between", "minimum": -_FAR, "maximum": _FAR}
            rule |= _warn("此处应填整数")
        told = (column.description or (shape.description if shape else "")).replace(_OF_YAML, "")
        if told:
            rule.setdefault("validate", "any")
            rule |= {"input_title": column.title[:32], "input_message": told[:_MOST]}
        return rule or None

    def _named(self, column: str) -> str:
        """The name of the cells of a column (``项目.名称``): rules of 2007 know no cells of another sheet."""
        block, _, title = column.partition(".")
        name = f"{block}{title}{_LIST}"
        if name not in self._names:
            self._names.add(name)
            self._book.define_name(name, f"={self._plan.blocks[block].cells(title)}")
        return name

    def _listed(self, words: tuple[str, ...]) -> str:
        """The name of a list on the hidden sheet."""
        name = f"{_LIST}{self._directory.number(words)}"
        if name not in self._names:
            self._names.add(name)
            self._book.define_name(name, f"={self._directory.listed(words)}")
        return name


def _stop(title: str) -> dict[str, Any]:
    return {"error_title": title[:32], "error_message": "只能填下拉清单里的词，请从清单里选", "error_type": "stop"}


def _warn(message: str) -> dict[str, Any]:
    return {"error_title": "请核对", "error_message": message, "error_type": "warning"}
