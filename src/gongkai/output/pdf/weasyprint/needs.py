"""What of the system this engine needs, and whether it is there."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache

from gongkai.findings import FindingsError
from gongkai.output.pdf.engine import Library

_MISSING = "请安装 harfbuzz-subset"


@cache
def libraries() -> Sequence[Library]:
    """Pango sets lines, HarfBuzz cuts fonts down to what is used; without the last it takes six times as long.

    None where the renderer itself is not installed: it knows how they are called.
    """
    try:
        from . import fast_import
    except FindingsError as error:
        return [Library("Pango", "排版", "", error.findings[0].advice)]
    except ImportError:
        return []
    found = fast_import.library_versions()
    cuts = "有" if fast_import.cuts_fonts() else ""
    advice = fast_import.INSTALL.get(sys.platform, _MISSING)
    return [
        Library("Pango", "排版", found["Pango"]),
        Library("HarfBuzz", "字形", found["HarfBuzz"]),
        Library("HarfBuzz 子集", "缩小字体，没有它慢六倍", cuts, advice),
    ]
