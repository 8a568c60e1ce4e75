"""The filters that templates may use: what shapes a list or a text, never what reckons, rounds or draws lots."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import TemplateSyntaxError
from jinja2.filters import do_first, do_last, do_trim
from markupsafe import Markup, escape

from .limits import Limits
from .missing import default


def lines(text: str) -> Markup:
    """A clerk's text with its line breaks kept."""
    if "\n" not in text:  # most texts: those of cells
        return escape(text)
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def length(value: Any) -> int:
    """How many entries, or characters; the marks of amounts are none."""
    return len(value.striptags()) if isinstance(value, Markup) else len(value)


def filters(limits: Limits) -> Mapping[str, Callable[..., Any]]:
    """Filters by name. Those whose result can be larger than their input count it first."""

    def as_list(items: Iterable[Any]) -> list[Any]:
        entries = list(items)
        limits.step(len(entries))
        return entries

    def in_order(items: Iterable[Any], reverse: bool = False) -> list[Any]:
        return sorted(as_list(items), reverse=reverse)

    def join(items: Iterable[Any], separator: str = "") -> Markup:
        texts = as_list(items)
        limits.text(sum(len(str(text)) for text in texts) + len(separator) * len(texts))
        return escape(separator).join(texts)

    def replace(text: str, old: str, new: str) -> str:
        limits.text(len(text) + text.count(old) * len(new))
        return text.replace(old, new)

    return {
        "default": default,
        "first": do_first,
        "join": join,
        "last": do_last,
        "length": length,
        "lines": lines,
        "list": as_list,
        "replace": replace,
        "sort": in_order,
        "trim": do_trim,
    }


FILTER_NAMES = tuple(filters(Limits()))


def filter_advice(error: TemplateSyntaxError) -> str:
    """What filters there are, if a template asked for one that is none of them."""
    return f"可用的过滤器：{'、'.join(FILTER_NAMES)}" if "No filter named" in (error.message or "") else ""
