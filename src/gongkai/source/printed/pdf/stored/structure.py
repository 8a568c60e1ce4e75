"""What a tagged PDF says of its own text: which of it is one paragraph, and which a heading of what level."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from .geometry import Element

_MOST_DEPTH, _MOST_ELEMENTS = 40, 5_000
_LEFT_OUT = frozenset({"Table", "TOC", "Artifact", "Figure", "Formula"})
_TITLES = {"Title": 1, "H": 1}


@dataclass
class _Walk:
    marks: dict[int, Element]
    elements: int = 0


def elements_of(page: Any) -> Mapping[int, Element]:
    """The paragraphs and headings of a page, by the number of the marked content; empty where nothing is tagged."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    walk = _Walk({})
    try:
        for at in range(max(pdfium.FPDF_StructTree_CountChildren(tree), 0)):
            _go(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at), None, walk, 0)
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    return walk.marks


def _go(element: Any, within: Element | None, walk: _Walk, depth: int) -> None:
    walk.elements += 1
    if not element or depth > _MOST_DEPTH or walk.elements > _MOST_ELEMENTS:
        return
    kind = _type(element)
    if kind in _LEFT_OUT:
        return
    if within is None and (kind == "P" or (level := _level(kind))):
        within = Element(walk.elements, 0 if kind == "P" else level)
    for at in range(max(pdfium.FPDF_StructElement_CountChildren(element), 0)):
        mark = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, at)
        if mark >= 0:
            if within is not None:
                walk.marks[mark] = within
        else:
            _go(pdfium.FPDF_StructElement_GetChildAtIndex(element, at), within, walk, depth + 1)


def _level(kind: str) -> int:
    """The level of a heading; 0 for what is none."""
    if kind in _TITLES:
        return _TITLES[kind]
    return int(kind[1:]) if kind[:1] == "H" and kind[1:].isdecimal() and kind.isascii() and len(kind) == 2 else 0


_BUFFER = ctypes.create_string_buffer(64)


def _type(element: Any) -> str:
    length = pdfium.FPDF_StructElement_GetType(element, _BUFFER, len(_BUFFER))
    return _BUFFER.raw[: max(length - 2, 0)].decode("utf-16-le", "replace") if length <= len(_BUFFER) else ""
