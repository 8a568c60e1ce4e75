"""How fast ``gongkai check`` is: as a cold command, and for each of many files in one call.

    .venv/bin/python bench/check.py [number of files]

Goals: a cold command under 0.7 s; 25 ms a file after start-up.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "kezhou-swj-2024-budget.yaml"
COMMAND = Path(sys.executable).with_name("gongkai")
ROUNDS = 5
FILES = 500


def seconds(*files: Path) -> float:
    """How long one call takes; the files must pass."""
    began = time.perf_counter()
    subprocess.run([COMMAND, "check", *files], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return time.perf_counter() - began


def generate(folder: Path, number: int) -> list[Path]:
    """So many different units with the figures of the example."""
    text = EXAMPLE.read_text(encoding="utf-8")
    name = "克孜勒苏柯尔克孜自治州商务局"
    files = [folder / f"{i:04}.yaml" for i in range(number)]
    for i, file in enumerate(files):
        file.write_text(text.replace(name, f"{name}第{i}分局"), encoding="utf-8")
    return files


def main() -> None:
    """Measure and print."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else FILES
    cold = median(seconds(EXAMPLE) for _ in range(ROUNDS))
    print(f"cold command, one file (median of {ROUNDS}): {cold:.2f} s")  # noqa: T201
    with tempfile.TemporaryDirectory() as folder:
        files = generate(Path(folder), number)
        warm = (seconds(*files) - cold) / (number - 1) * 1000
    print(f"{number} files in one call, after start-up: {warm:.1f} ms a file")  # noqa: T201


if __name__ == "__main__":
    main()
