"""How long books and official tables take: written, read, imported, each in a warm process.

python bench/books.py
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from gongkai.book.convert import file_bytes
from gongkai.document.compose import render_disclosure
from gongkai.intake.book.read import read_book
from gongkai.intake.export.importing import import_tables
from gongkai.intake.read import read, read_alone
from gongkai.output.formats import FORMATS, Manuscript
from gongkai.packs.open import open_pack
from gongkai.source.workbook.read import read_workbook

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "examples").glob("*.yaml"))
ROUNDS = 7
GOALS = {"写填报簿": 0.30, "读填报簿": 0.15, "从各表取数": 0.50}
"""Seconds."""


def seconds(work: Callable[[], object]) -> float:
    """The median of what it took, after once for nothing."""
    work()
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def measured(example: Path, folder: Path) -> dict[str, float]:
    """Each step for one example."""
    book, tables = folder / "单位.xlsx", folder / "各表.xlsx"
    data, _, _ = read_alone(example)
    book.write_bytes(file_bytes(book, data))
    model = read(example).model
    pack = open_pack(model.pack or "base", model.kind, model.year)
    made = Manuscript(render_disclosure(model, pack), lambda _: None)
    tables.write_bytes(FORMATS["xlsx"].write(made))
    return {
        "写填报簿": seconds(lambda: file_bytes(book, data)),
        "读填报簿": seconds(lambda: read_book(book)),
        "从各表取数": seconds(lambda: import_tables([read_workbook(tables)])),
    }


def main() -> None:
    """Print the table, and what misses its goal."""
    print(f"| 例子 | {' | '.join(f'{name}（目标 {goal:.2f}）' for name, goal in GOALS.items())} |")
    print(f"|---|{'--:|' * len(GOALS)}")
    for example in EXAMPLES:
        with tempfile.TemporaryDirectory() as folder:
            figures = measured(example, Path(folder))
        cells = (f"{took:.3f}{' ✗' if took > GOALS[name] else ''}" for name, took in figures.items())
        print(f"| {example.stem} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
