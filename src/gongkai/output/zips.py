"""ZIP files of equal bytes for equal contents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that a ZIP file can say; the clock is nowhere."""


def zip_bytes(entries: Iterable[tuple[str, str | bytes]]) -> bytes:
    """A ZIP file of these names and contents, in this order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in entries:
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # the same on every system
            archive.writestr(info, data)
    return stream.getvalue()
