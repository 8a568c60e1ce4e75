"""Words of the compiler's language: texts and lengths as it reads them."""

from __future__ import annotations


def quoted(text: str) -> str:
    """A text as the compiler reads it: nothing in it is taken for code."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def points(length: float) -> str:
    """A length in points."""
    return f"{length:.3f}".rstrip("0").rstrip(".") + "pt"
