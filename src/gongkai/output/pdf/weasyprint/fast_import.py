"""Loads the renderer's system libraries, or says in plain words that they are not there.

The renderer tries several names for each of its libraries, for different systems. On Linux the one that
is right is a file name, which the loader of the system finds by itself; but for every other name Python
starts three programs to look for it, together some fifty. Import this module before the renderer.
"""

from __future__ import annotations

import ctypes.util
import io
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from functools import cache

from gongkai.findings import Finding, FindingsError, Level

WRITTEN_FOR = "70.0"
"""The version of the renderer whose insides this room knows: another one may break pages elsewhere, or fail."""

INSTALL = {
    "linux": "apt-get install libpangoft2-1.0-0 libharfbuzz-subset0（Debian、Ubuntu、统信、麒麟）",
    "darwin": "brew install pango",
    "win32": "照 docs/安装.md 装 MSYS2 的 pango，或用整包程序（make app）",
}
"""How Pango and HarfBuzz come onto a machine, by ``sys.platform``."""


@contextmanager
def _by_file_name() -> Iterator[None]:
    """Let libraries be opened by the names of their files alone, on Linux."""
    theirs = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # not by such a name: try the next one
    try:
        yield
    finally:
        ctypes.util.find_library = theirs


def _load_renderer() -> None:
    """Raises FindingsError when Pango or one of its companions is not there."""
    try:
        # It prints where to read on, in English, and warns; what is missing is told by us.
        with _by_file_name(), redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            import weasyprint
            import weasyprint.text.ffi
    except OSError as error:
        why, _, _ = str(error).partition("\n")
        advice = f"排版引擎 weasyprint 要用它：{INSTALL.get(sys.platform, '请安装 Pango')}；gongkai doctor 逐样检查"
        raise FindingsError([Finding("GK641", Level.ERROR, f"本机没有排版库 Pango（{why}）", advice)]) from None
    if weasyprint.__version__ != WRITTEN_FOR:
        message = f"排版程序 weasyprint 是 {weasyprint.__version__} 版，应是 {WRITTEN_FOR} 版"
        raise FindingsError([Finding("GK641", Level.ERROR, message, "请运行 make setup，或照 docs/安装.md 重新安装")])


@cache
def library_versions() -> Mapping[str, str]:
    """The versions of the libraries that set lines and cut fonts down: each may change a document's bytes."""
    from cffi import FFI
    from weasyprint.text import ffi as loaded

    ours = FFI()
    ours.cdef("const char *pango_version_string(void); const char *hb_version_string(void);")
    with _by_file_name():
        pango = loaded._dlopen(ours, "libpango-1.0-0", "libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")
        shaper = loaded._dlopen(ours, "libharfbuzz-0", "libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")
    text = {"Pango": pango.pango_version_string(), "HarfBuzz": shaper.hb_version_string()}
    return {name: ours.string(version).decode("ascii") for name, version in text.items()}


def cuts_fonts() -> bool:
    """Whether HarfBuzz can cut fonts down to what is used; another library does it six times slower."""
    from weasyprint.text.ffi import harfbuzz_subset

    return harfbuzz_subset is not None


_load_renderer()
