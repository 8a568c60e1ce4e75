"""All benchmarks in one run; prints the tables of docs/性能.md.

python bench/run.py [--rounds 5] [--units 1,10,100] [--only engines|growth|workers|rows]
"""

from __future__ import annotations

import argparse
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from content import EXAMPLE, write_content
from engines import ENGINES, PEERS
from measure import Cost, measure, measure_together
from units import make_equal_units, many_projects
from watching import GONGKAI, watched

HERE = Path(__file__).resolve().parent
PEER_PYTHON = HERE / ".venv-peers" / "bin" / "python"
MANY = 6
NAMES = {
    "weasyprint_first": "WeasyPrint，初写的样式",
    "weasyprint": "WeasyPrint，同一份 HTML、样式和字体，排版时不整理内存",
    "gongkai": "Gongkai：核对、PDF、DOCX",
    "gongkai_pdf": "Gongkai：核对、PDF",
    "gongkai_docx": "Gongkai：只写 DOCX",
    "check": "Gongkai：只核对",
    "libreoffice": "docxtpl + LibreOffice",
    "chromium": "Chromium，同一份 HTML 和样式",
    "typst": "Typst",
}
BASE = "weasyprint_first"
COMMANDS = {"render": [EXAMPLE, "-o", "{work}"], "check": [EXAMPLE], "schema": [], "rules": [], "--help": []}


def engines(work: Path, rounds: int) -> None:
    """Cold (one document) and warm (each of the next five), in processor seconds and as ratios."""
    write_content(work)
    names = [name for name in NAMES if name in ENGINES and (name not in PEERS or PEER_PYTHON.exists())]
    costs: dict[str, list[tuple[Cost, Cost]]] = {name: [] for name in names}
    commands: dict[str, list[Cost]] = {name: [] for name in COMMANDS}
    again: list[float] = []
    for _ in range(rounds):  # in turn, so that noise falls on all alike
        for name, words in COMMANDS.items():
            commands[name].append(measure([GONGKAI, name, *(str(word).format(work=work) for word in words)]))
        for name in names:
            command = engine(name)
            costs[name].append((measure([*command, 1, work]), measure([*command, MANY, work])))
        again += watched(work, MANY - 1)
    cold = {name: statistics.median(one.processor for one, _ in pairs) for name, pairs in costs.items()}
    warm = {
        name: statistics.median((many.processor - one.processor) / (MANY - 1) for one, many in pairs)
        for name, pairs in costs.items()
    }
    print("| | 头一份（秒） | 比 | 以后每份（秒） | 比 | 内存（MB） |\n|---|---|---|---|---|---|")
    for name in names:
        memory = max(many.memory for _, many in costs[name])
        print(
            f"| {NAMES[name]} | {cold[name]:.2f} | {cold[name] / cold[BASE]:.2f} "
            f"| {warm[name]:.2f} | {warm[name] / warm[BASE]:.3f} | {memory:.0f} |"
        )
    seen = statistics.median(again)
    print(f"| Gongkai：`render --watch` 改一处原因 | | | {seen:.2f} | {seen / warm[BASE]:.3f} | |")
    print("\n| 命令 | 处理器（秒） | 比 | 时钟（秒） |\n|---|---|---|---|")
    for name, costs_of in commands.items():
        processor = statistics.median(cost.processor for cost in costs_of)
        clock = statistics.median(cost.clock for cost in costs_of)
        print(f"| gongkai {name} | {processor:.2f} | {processor / cold[BASE]:.2f} | {clock:.2f} |")


def engine(name: str) -> list[object]:
    """The command that lets one engine set the document; how often and where is still to be said."""
    return [PEER_PYTHON if name in PEERS else sys.executable, HERE / "engines.py", name]


def batch(folder: Path, out: Path, workers: int) -> list[object]:
    """The command that makes all units of a folder, those that are there already, too."""
    return [GONGKAI, "batch", folder, "-o", out, "--workers", workers]


def growth(work: Path, counts: Sequence[int]) -> None:
    """What each unit costs as there are more of them, all of one size, on two processes."""
    print("\n| 单位 | 处理器（秒） | 每多一个（秒） | 时钟（秒） | 最大的进程（MB） | 全部进程（MB） |")
    print("|---|---|---|---|---|---|")
    units, processor = 0, 0.0
    for count in counts:
        make_equal_units(work / f"u{count}", count)
        cost = measure(batch(work / f"u{count}", work / f"o{count}", 2))
        more = (cost.processor - processor) / (count - units)
        units, processor = count, cost.processor
        print(
            f"| {count} | {cost.processor:.1f} | {more:.2f} | {cost.clock:.1f} | {cost.largest:.0f} "
            f"| {cost.memory:.0f} |",
            flush=True,
        )


def workers(work: Path, count: int, rounds: int) -> None:
    """One worker against two, against two commands that know nothing of each other, and against the first writing."""
    write_content(work)
    make_equal_units(work / "all", count)
    for half in ("left", "right"):
        make_equal_units(work / half, count // 2)
    ways = {
        "一个进程": [batch(work / "all", work / "o1", 1)],
        "两个进程": [batch(work / "all", work / "o2", 2)],
        "两个命令，各一个进程，各做一半": [batch(work / half, work / f"o-{half}", 1) for half in ("left", "right")],
        "WeasyPrint，初写的样式，两个进程": [
            [*engine(BASE), count // 2, _folder(work / f"f{n}", work)] for n in (1, 2)
        ],
    }
    costs: dict[str, list[Cost]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, commands in ways.items():
            costs[name].append(measure_together(commands))
    clocks = {name: statistics.median(cost.clock for cost in of_way) for name, of_way in costs.items()}
    one = clocks["一个进程"]
    print(f"\n| {count} 个单位 | 时钟（秒） | 每分钟 | 比一个进程 | 最大的进程（MB） | 全部进程（MB） |")
    print("|---|---|---|---|---|---|")
    for name, clock in clocks.items():
        largest, memory = (max(getattr(cost, field) for cost in costs[name]) for field in ("largest", "memory"))
        pace = 60 * count / clock
        print(f"| {name} | {clock:.1f} | {pace:.0f} | {one / clock:.2f} | {largest:.0f} | {memory:.0f} |", flush=True)


def _folder(folder: Path, content: Path) -> Path:
    """A copy of what the engines set: two at work must not write into one file."""
    folder.mkdir()
    for file in content.glob("*.*"):
        if file.is_file():
            shutil.copy(file, folder)
    return folder


def rows(work: Path, counts: Sequence[int], rounds: int) -> None:
    """One unit with ever longer tables."""
    print("\n| 项目数 | 处理器（秒） | 每多一千（秒） | 内存（MB） |\n|---|---|---|---|")
    rows_before, processor_before = 0, 0.0
    for count in counts:
        file = work / f"rows{count}.yaml"
        file.write_text(many_projects(count), encoding="utf-8")
        costs = [measure([GONGKAI, "render", file, "-o", work / "rows"]) for _ in range(rounds)]
        processor = statistics.median(cost.processor for cost in costs)
        memory = max(cost.memory for cost in costs)
        more = 1000 * (processor - processor_before) / (count - rows_before)
        rows_before, processor_before = count, processor
        print(f"| {count} | {processor:.1f} | {more:.1f} | {memory:.0f} |", flush=True)


def _machine() -> str:
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    packages = "、".join(f"{name} {version(name)}" for name in ("weasyprint", "python-docx", "jinja2", "pydantic"))
    own = f"{date.today().isoformat()}；{model}；Python {platform.python_version()}；{packages}"
    return "；".join([own, "、".join(_peers())])


def _peers() -> Iterator[str]:
    """The versions of those that Gongkai is measured against, where they are installed."""
    for name in ("docxtpl", "typst"):
        asked = f"import importlib.metadata as m; print('{name}', m.version('{name}'))"
        yield from _said([PEER_PYTHON, "-c", asked])
    for program in ("soffice", "chromium"):
        yield from _said([program, "--version"])


def _said(command: Sequence[object]) -> Iterator[str]:
    words = [str(word) for word in command]
    if shutil.which(words[0]):
        said = subprocess.run(words, capture_output=True, check=True, encoding="utf-8").stdout
        yield " ".join(said.split()[:2])


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def main() -> None:
    """Print what is asked for, or everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--units", type=_numbers, default=[1, 10, 100, 500])
    parser.add_argument("--rows", type=_numbers, default=[50, 500, 5000])
    parser.add_argument("--only", choices=("engines", "growth", "workers", "rows"))
    arguments = parser.parse_args()
    print(_machine() + "\n")
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        work = Path(folder)
        parts = {
            "engines": lambda: engines(work, arguments.rounds),
            "growth": lambda: growth(work, arguments.units),
            "workers": lambda: workers(work, 24, arguments.rounds),
            "rows": lambda: rows(work, arguments.rows, arguments.rounds),
        }
        for name, part in parts.items():
            if arguments.only in {None, name}:
                part()


if __name__ == "__main__":
    main()
