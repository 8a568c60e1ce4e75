"""Lengths and sizes as a pack writes them, in points."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from gongkai.findings import shown

# 中文字号 in points, the sizes of the Chinese printing trade that Word offers.
NAMED_SIZES: Mapping[str, float] = {
    "初号": 42, "小初": 36, "一号": 26, "小一": 24, "二号": 22, "小二": 18, "三号": 16, "小三": 15,
    "四号": 14, "小四": 12, "五号": 10.5, "小五": 9, "六号": 7.5, "小六": 6.5, "七号": 5.5, "八号": 5,
}  # fmt: skip

_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(mm|cm|pt)|0", re.ASCII)
POINTS_PER_MM = 72 / 25.4
_POINTS_PER = {"mm": POINTS_PER_MM, "cm": 10 * POINTS_PER_MM, "pt": 1.0}
LONGEST = 5000
"""Points of the longest length."""
_LARGEST_SIZE = 200


def points(value: Any) -> Any:
    """A length with its unit (``37mm``, ``12pt``) in points."""
    if not isinstance(value, str):
        return value
    match = _LENGTH.fullmatch(value.strip())
    if match is None:
        raise ValueError(f"长度要带单位，写作如 37mm、12pt，现为“{shown(value)}”")
    return float(match[1]) * _POINTS_PER[match[2]] if match[1] else 0.0


def _font_size(value: Any) -> Any:
    """A named size (三号) or a length."""
    if isinstance(value, str) and value in NAMED_SIZES:
        return NAMED_SIZES[value]
    return points(value)


Points = Annotated[float, Field(ge=0, le=LONGEST), BeforeValidator(points)]
LineHeight = Annotated[float, Field(ge=1, le=LONGEST), BeforeValidator(points)]
FontSize = Annotated[float, Field(ge=1, le=_LARGEST_SIZE), BeforeValidator(_font_size)]


class Part(BaseModel):
    """A part of a style.yaml: what it does not know is a mistake."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid", populate_by_name=False)
