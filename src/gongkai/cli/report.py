"""Findings and progress on the screen."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from gongkai.findings import Finding, Level

_STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow"}


def console(*, stderr: bool = False) -> Console:
    """A console that colours only on a terminal and never wraps piped output."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else 10_000
    return Console(stderr=stderr, highlight=False, soft_wrap=True, width=width, markup=False)


def show_findings(findings: Sequence[Finding], out: Console) -> None:
    """One finding after another: place, level and code, message, and what to do."""
    for finding in findings:
        line = Text()
        line.append(f"{finding.place}：" if finding.place else "", style="bold")
        line.append(f"{finding.level.value} {finding.code} ", style=_STYLES[finding.level])
        line.append(finding.message)
        out.print(line)
        if finding.advice:
            out.print(Text(f"    → {finding.advice}", style="cyan"))


def summary(findings: Sequence[Finding]) -> str:
    """2 个错误，1 个警告."""
    errors = sum(finding.level is Level.ERROR for finding in findings)
    return f"{errors} 个错误，{len(findings) - errors} 个警告"
