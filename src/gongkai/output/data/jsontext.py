"""JSON with exact numbers: a Decimal is written digit by digit and never becomes a float."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import simplejson


def to_json(value: Any) -> str:
    """``value`` as indented JSON text with its Chinese legible."""
    text: str = simplejson.dumps(
        value, indent=1, ensure_ascii=False, use_decimal=False, namedtuple_as_object=False, default=_plain
    )
    return f"{text}\n"


def _plain(value: Any) -> Any:
    """What the library does not write by itself, and a Decimal without an exponent."""
    if isinstance(value, Decimal):
        return simplejson.RawJSON(f"{value:f}")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
