"""The formats of a report by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gongkai.result import Result

Format = Callable[[Sequence[Result]], bytes]


def _text(files: Sequence[Result]) -> bytes:
    from .text import text_report

    return text_report(files).encode("utf-8")


def _json(files: Sequence[Result]) -> bytes:
    from .json import json_report

    return json_report(files).encode("utf-8")


def _sarif(files: Sequence[Result]) -> bytes:
    from .sarif import sarif_report

    return sarif_report(files).encode("utf-8")


def _xlsx(files: Sequence[Result]) -> bytes:
    from .xlsx import xlsx_report

    return xlsx_report(files)


def _html(files: Sequence[Result]) -> bytes:
    from .html import html_report

    return html_report(files).encode("utf-8")


FORMATS: Mapping[str, Format] = {"text": _text, "json": _json, "sarif": _sarif, "xlsx": _xlsx, "html": _html}
"""Every format; what a format needs is imported when it is asked for."""
