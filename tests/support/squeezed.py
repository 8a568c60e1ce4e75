"""Texts without their blanks."""

from __future__ import annotations


def squeezed(text: str) -> str:
    return "".join(text.split())
