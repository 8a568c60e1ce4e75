"""How a batch is getting on: a bar on a terminal, one line for each unit elsewhere."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext, suppress

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from gongkai.batch.jobs import Job
from gongkai.findings import Finding, visible
from gongkai.reports.batch.outcomes import Entry, State
from gongkai.reports.batch.text import entry_line

from .report import show_findings

_STYLES = {State.FAILED: "bold red", State.UNCHANGED: "dim"}
_NAMES_SHOWN = 4


class BatchProgress:
    """Tells what becomes of every unit, with the rate and the time left."""

    def __init__(self, total: int, out: Console) -> None:
        self._total, self._out = total, out
        self._started = time.monotonic()
        self._settled = self._made = 0
        self._under_way: dict[str, None] = {}
        self._bar = Progress(
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[pace]}"),
            TextColumn("{task.description}"),
            console=out,
            transient=True,
        )
        self._task = self._bar.add_task("", total=total, pace="")

    def showing(self) -> AbstractContextManager[object]:
        """The bar, as long as it is wanted: only a terminal can draw one."""
        return self._bar if self._out.is_terminal else nullcontext()

    def refresh(self) -> None:
        """Draw the bar as it is now; by itself it is drawn a few times a second."""
        self._bar.refresh()

    def noticed(self, notices: Sequence[Finding]) -> None:
        """What is worth knowing before the first unit is made."""
        with suppress(OSError):
            show_findings(notices, self._out)

    def begun(self, job: Job) -> None:
        """A unit was given to a worker."""
        self._under_way[job.key] = None
        self._draw()

    def done(self, entry: Entry) -> None:
        """A unit was settled: one line, and what was found where it failed."""
        self._under_way.pop(entry.key, None)
        self._settled += 1
        self._made += entry.state is not State.UNCHANGED
        line = f"[{self._settled}/{self._total}] {entry_line(entry)}"
        if self._made and not self._out.is_terminal:
            line += f"；{self._pace()}"
        with suppress(OSError):  # the log's disk is full: the documents matter more
            self._out.print(line, style=_STYLES.get(entry.state))
            if entry.state is State.FAILED:
                show_findings(entry.result.findings, self._out)
            self._draw()

    def stopping(self) -> None:
        """The end was asked for."""
        # Straight to the system: this comes in the middle of whatever is being printed.
        with suppress(OSError):
            os.write(self._out.file.fileno(), "\n正在停：做完手上的就停；再按一次 Ctrl-C，立即停\n".encode())

    def _draw(self) -> None:
        names = visible("、".join(list(self._under_way)[:_NAMES_SHOWN]))
        self._bar.update(self._task, completed=self._settled, description=names, pace=self._pace())

    def _pace(self) -> str:
        """每分钟 46.2 个，约剩 2 分 5 秒."""
        if not self._made:
            return ""
        each = (time.monotonic() - self._started) / self._made
        return f"每分钟 {60 / each:.1f} 个，约剩 {duration(each * (self._total - self._settled))}"


def duration(seconds: float) -> str:
    """A span of time as one says it: 2 分 5 秒."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} 小时 {minutes} 分"
    return f"{minutes} 分 {rest} 秒" if minutes else f"{rest} 秒"
