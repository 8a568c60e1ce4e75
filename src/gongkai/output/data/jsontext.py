"""JSON with exact numbers: a Decimal is written digit by digit and never becomes a float."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any


def to_json(value: Any) -> str:
    """``value`` as indented JSON text with its Chinese legible; lists of plain values stay on one line."""
    return _text(value, "") + "\n"


def _text(value: Any, indent: str) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return json.dumps(value.isoformat())
    if isinstance(value, Mapping):
        entries = [f"{json.dumps(str(key), ensure_ascii=False)}: {_text(v, indent + ' ')}" for key, v in value.items()]
        return _lines("{", entries, "}", indent)
    if isinstance(value, Sequence) and not isinstance(value, str):
        entries = [_text(entry, indent + " ") for entry in value]
        if any(isinstance(entry, Mapping | list | tuple) for entry in value):
            return _lines("[", entries, "]", indent)
        return f"[{', '.join(entries)}]"
    return json.dumps(value, ensure_ascii=False)


def _lines(opening: str, entries: Sequence[str], closing: str, indent: str) -> str:
    if not entries:
        return opening + closing
    inner = f",\n{indent} ".join(entries)
    return f"{opening}\n{indent} {inner}\n{indent}{closing}"
