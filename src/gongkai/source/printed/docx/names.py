"""Names and values in the XML of a Word document; both dialects differ only in their namespaces."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent"})
"""What stands around blocks, rows and cells without being one."""
_OFF = frozenset({"0", "false", "off", "none"})


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def name_of(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return _local(str(element.tag))


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The first child of this name, or along several names down; None where there is none."""
    for name in names:
        element = next((each for each in (() if element is None else element) if name_of(each) == name), None)
    return element


def value(element: etree._Element | None, attribute: str = "val") -> str:
    """An attribute, without regard to its namespace; empty where there is none."""
    if element is None:
        return ""
    return next((str(text) for name, text in element.items() if _local(str(name)) == attribute), "")


def is_on(element: etree._Element | None) -> bool:
    """Whether a flag is set: it is there, and does not say that it is off."""
    return element is not None and value(element) not in _OFF


def number(text: str, otherwise: int = 0) -> int:
    """A whole number of at most nine digits; the other for what is none."""
    digits = text.partition(".")[0]
    plain = digits.removeprefix("-")
    return int(digits) if plain.isascii() and plain.isdecimal() and len(plain) < 10 else otherwise


def unwrapped(element: etree._Element) -> Iterator[etree._Element]:
    """The children of an element, those within wrappers in their place; of alternatives the first."""
    for each in element:
        name = name_of(each)
        if name == "AlternateContent":
            yield from unwrapped(each[0]) if len(each) else ()
        elif name in _WRAPPERS:
            yield from unwrapped(each)
        else:
            yield each
