"""The report as one page that needs nothing else: no script, no picture, no address."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from gongkai.result import Result

from .report import consequence, exact, head, position, spot, verdict


def html_report(reports: Sequence[Result]) -> str:
    """The report as an accessible HTML page."""
    from jinja2 import Environment

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    template = environment.from_string((files(__package__) / "page.html").read_text(encoding="utf-8"))
    said = {"position": position, "spot": spot, "exact": exact, "head": head, "verdict": verdict}
    return template.render(files=reports, consequence=consequence, **said)
