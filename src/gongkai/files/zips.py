"""ZIP files of equal bytes for equal contents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that a ZIP file can say; the clock is nowhere."""

_UNIX = 3
_MODE = 0o100644
"""A file that everyone may read, as Unix has it."""


def zip_bytes(entries: Iterable[tuple[str, str | bytes]]) -> bytes:
    """A ZIP file of these names and contents, in this order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in entries:
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            # Said to come from Unix on every system: only so do the usual tools take the names as UTF-8.
            info.create_system, info.external_attr = _UNIX, _MODE << 16
            archive.writestr(info, data)
    return stream.getvalue()
