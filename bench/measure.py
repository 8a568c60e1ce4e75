"""Processor time and peak memory of commands with all their children, wherever they go."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_EVERY = 0.05


@dataclass(frozen=True)
class Cost:
    """Seconds of processor and of the clock, and the most memory in MB (shared pages counted once).

    ``largest`` is the most that any one process had.
    """

    processor: float
    clock: float
    memory: float
    largest: float


def measure(command: Sequence[object]) -> Cost:
    """Run a command in a session of its own and watch it. Raises when it fails."""
    started = time.monotonic()
    process = subprocess.Popen(
        [str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    assert process.stderr is not None
    os.set_blocking(process.stderr.fileno(), False)
    said = b""
    seen: dict[int, float] = {}
    memory = largest = 0.0
    while (ended := os.wait4(process.pid, os.WNOHANG))[0] == 0:
        alive = family(process.pid)
        for pid in alive:
            seen[pid] = max(seen.get(pid, 0.0), processor_of(pid))
        each = [_memory(pid) for pid in alive]
        memory, largest = max(memory, sum(each)), max(largest, *each)
        said += process.stderr.read() or b""
        time.sleep(_EVERY)
    clock = time.monotonic() - started
    said += process.stderr.read() or b""
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(ended[1])
    if process.returncode:
        raise RuntimeError(f"{command}: {said.decode()[-2000:]}")
    # The system's own account is exact, but knows only of processes that were waited for.
    used = ended[2].ru_utime + ended[2].ru_stime
    return Cost(max(used, sum(seen.values())), clock, memory, largest)


def measure_together(commands: Sequence[Sequence[object]]) -> Cost:
    """Run commands at the same time; their memory is the sum of what each had at the most."""
    with ThreadPoolExecutor(len(commands)) as threads:
        costs = list(threads.map(measure, commands))
    return Cost(
        sum(cost.processor for cost in costs),
        max(cost.clock for cost in costs),
        sum(cost.memory for cost in costs),
        max(cost.largest for cost in costs),
    )


def family(root: int) -> list[int]:
    """A process and all that descend from it."""
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        try:
            for thread in list(Path(f"/proc/{pid}/task").iterdir()):  # any thread may have started one
                waiting += map(int, (thread / "children").read_text().split())
        except OSError:  # it has ended meanwhile
            continue
    return found


def processor_of(pid: int) -> float:
    """Its own time; that of children is counted where they are seen."""
    return _seconds(pid, 11)


def processor_of_children(pid: int) -> float:
    """The time of those of its children that have ended."""
    return _seconds(pid, 13)


def _seconds(pid: int, first: int) -> float:
    """The sum of two fields of what the system says of a process."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[first]) + int(fields[first + 1])) / _TICK


def _memory(pid: int) -> float:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        return 0.0
    return 0.0
