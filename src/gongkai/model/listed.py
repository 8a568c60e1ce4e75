"""Lists in a clerk's file: what kind of items each holds, which says how they may be typed."""

from __future__ import annotations

from enum import Enum, auto
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag, WithJsonSchema

from .base import Text
from .reading import AS_TEXT


class Listed(Enum):
    """The kinds of lists of texts."""

    NAMES = auto()
    """Short names that are counted and joined by 顿号 (内设机构、下属单位)."""
    POINTS = auto()
    """What the document numbers itself, in one paragraph: 一是……；二是……。"""
    DUTIES = auto()
    """What it numbers itself, a paragraph each; as a text instead of a list they are not numbered."""
    PARAGRAPHS = auto()
    """Paragraphs that it does not number."""


_TEXT_SCHEMA: dict[str, Any] = {"type": ["string", "number"], "minLength": 1}


def _schema(least: int = 0) -> WithJsonSchema:
    """An array of texts, or a text that is taken apart."""
    limits = {"minItems": least, "minLength": least} if least else {}
    return WithJsonSchema({"type": ["array", "string"], "items": _TEXT_SCHEMA, **limits})


Names = Annotated[tuple[Text, ...], Listed.NAMES, _schema()]
Paragraphs = Annotated[tuple[Text, ...], Listed.PARAGRAPHS, _schema()]
Points = Annotated[tuple[Text, ...], Field(min_length=1), Listed.POINTS, _schema(1)]

AS_LIST = "[list]"


def _way_of_duties(value: Any) -> str:
    return AS_TEXT if isinstance(value, str) else AS_LIST


Duties = Annotated[
    Annotated[Text, Tag(AS_TEXT)] | Annotated[tuple[Text, ...], Field(min_length=1), Tag(AS_LIST)],
    Discriminator(_way_of_duties),
    Listed.DUTIES,
    _schema(1),
]
"""主要职能: a list, whose items are numbered, or a text as it is printed."""
