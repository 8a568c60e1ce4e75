"""How fast ``gongkai check`` is: as a cold command, and for each of many files in one call.

    .venv/bin/python bench/check.py [number of files]

Goals: a cold command under 0.7 s; 25 ms a file after start-up.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from units import make_equal_units

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "kezhou-swj-2024-budget.yaml"
COMMAND = Path(sys.executable).with_name("gongkai")
ROUNDS = 5
FILES = 500


def seconds(*files: Path) -> tuple[float, float]:
    """How long one call takes by the clock and on the processor; the files must pass."""
    began, before = time.perf_counter(), _processor()
    subprocess.run([COMMAND, "check", *files], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began, _processor() - before


def _processor() -> float:
    """Processor seconds of all calls so far: these say the same on a busy machine."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure and print."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else FILES
    clock, processor = (median(times) for times in zip(*(seconds(EXAMPLE) for _ in range(ROUNDS)), strict=True))
    print(f"cold command, one file, median of {ROUNDS}: {clock:.2f} s, {processor:.2f} s of processor")
    with tempfile.TemporaryDirectory() as folder:
        clock_all, processor_all = seconds(*make_equal_units(Path(folder), number))
    each, each_processor = ((whole - start) / (number - 1) * 1000
                            for whole, start in ((clock_all, clock), (processor_all, processor)))  # fmt: skip
    print(f"{number} files in one call, after start-up: {each:.1f} ms, {each_processor:.1f} ms of processor a file")


if __name__ == "__main__":
    main()
