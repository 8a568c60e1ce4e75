"""What of the system this engine needs: nothing, everything is in its wheel."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.output.pdf.engine import Library


def libraries() -> Sequence[Library]:
    """No library."""
    return []
