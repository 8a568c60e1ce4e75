"""What the tests of batches share: folders of small units, and runs of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from gongkai.batch.run import BatchSettings
from gongkai.batch.stop import Stop
from gongkai.batch.task import Outcome, Task
from gongkai.batch.workers.order import Order
from gongkai.batch.workers.pack_snapshot import take_snapshot
from gongkai.batch.workers.worker import Worker
from support.fixtures import CLEAN, SMALL_PACK, write_pack

HIDDEN = ".gongkai-batch.json"
LOCK = ".gongkai-batch.lock"
REPORTS = {"批量报告.txt", "批量报告.json", "批量报告.xlsx", "index.html"}


class InPlace:
    """A runner in this process, so that a test can step between the making of a unit and its writing."""

    size = 1

    def __init__(
        self, settings: BatchSettings, order: Order, before_outcome: Callable[[Task], None] = lambda task: None
    ) -> None:
        self._settings, self._order, self._before = settings, order, before_outcome

    def run(self, take: Callable[[], Task | None], stop: Stop) -> Iterator[Outcome]:
        root = self._settings.out.parent / "unpacked"
        worker = Worker(self._order, take_snapshot(self._settings.pack_folders).unpack(root))
        while not stop.requested and (task := take()) is not None:
            outcome = worker.make(task)
            self._before(task)
            yield outcome


def make_units(folder: Path, count: int) -> list[Path]:
    """Units of the example's shape with names of their own: 局01.yaml, 局02.yaml …"""
    folder.mkdir(parents=True, exist_ok=True)
    text = CLEAN.read_text(encoding="utf-8")
    files = []
    for number in range(1, count + 1):
        file = folder / f"局{number:02}.yaml"
        file.write_text(text.replace("示例县地方志编纂室", f"示例县第{number}局"), encoding="utf-8")
        files.append(file)
    return files


def spoil(file: Path) -> None:
    """Make a unit's file one that has an error."""
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"30101": 289345.67', '"30101": 289445.67'), encoding="utf-8")


def small_pack(folder: Path) -> list[str]:
    """Options for a pack whose documents are short, so that a batch takes no time."""
    write_pack(folder, "small", {"pack.yaml": SMALL_PACK, "预算/名词解释.html": "<p>名词。</p>\n"})
    return ["--pack", "small", "--pack-dir", str(folder)]


def documents(out: Path, suffix: str = "html") -> dict[str, bytes]:
    """The documents in an output folder, without the reports."""
    found = {file.relative_to(out).as_posix(): file for file in sorted(out.rglob(f"*.{suffix}"))}
    return {name: file.read_bytes() for name, file in found.items() if name not in REPORTS}


def left_over(out: Path) -> list[str]:
    """Hidden files that a run should have taken away."""
    return [file.name for file in out.rglob(".*") if file.name not in (HIDDEN, LOCK)]


def report(out: Path) -> dict[str, Any]:
    """The report of the last run."""
    data: dict[str, Any] = json.loads((out / "批量报告.json").read_text(encoding="utf-8"))
    return data


def states(out: Path) -> dict[str, str]:
    """What became of every unit in the last run."""
    return {entry["key"]: entry["state"] for entry in report(out)["entries"]}


def codes(out: Path, key: str) -> list[str]:
    """The codes of what was found in a unit in the last run."""
    [entry] = [entry for entry in report(out)["entries"] if entry["key"] == key]
    return [finding["code"] for finding in entry["findings"]]
