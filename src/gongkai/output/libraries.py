"""Loads the renderer without asking compiler and linker where the system's libraries are.

The renderer tries several names for each of its libraries, for different systems. On Linux the one that
is right is a file name, which the loader of the system finds by itself; but for every other name Python
starts three programs to look for it, together some fifty. Import this module before the renderer.
"""

from __future__ import annotations

import ctypes.util
import sys


def _load_renderer() -> None:
    theirs = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # not by such a name: try the next one
    try:
        import weasyprint.text.ffi  # noqa: F401
    finally:
        ctypes.util.find_library = theirs


_load_renderer()
