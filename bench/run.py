"""All benchmarks in one run; prints the tables of docs/性能.md.

python bench/run.py [--rounds 5] [--units 1,10,100] [--only engines|growth|workers|rows]
"""

from __future__ import annotations

import argparse
import platform
import statistics
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from content import EXAMPLE, write_content
from engines import ENGINES, PEERS
from measure import Cost, measure
from units import make_units, many_projects

HERE = Path(__file__).resolve().parent
GONGKAI = Path(sys.executable).with_name("gongkai")
PEER_PYTHON = HERE / ".venv-peers" / "bin" / "python"
MANY = 6
NAMES = {
    "weasyprint_first": "WeasyPrint，初写的样式",
    "weasyprint": "WeasyPrint，同一份 HTML 和样式",
    "gongkai": "Gongkai：核对、PDF、DOCX",
    "gongkai_pdf": "Gongkai：核对、PDF",
    "gongkai_docx": "Gongkai：只写 DOCX",
    "check": "Gongkai：只核对",
    "libreoffice": "docxtpl + LibreOffice",
    "chromium": "Jinja HTML + Chromium",
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
    for _ in range(rounds):  # in turn, so that noise falls on all alike
        for name, words in COMMANDS.items():
            commands[name].append(measure([GONGKAI, name, *(str(word).format(work=work) for word in words)]))
        for name in names:
            python = PEER_PYTHON if name in PEERS else sys.executable
            command = [python, HERE / "engines.py", name]
            costs[name].append((measure([*command, 1, work]), measure([*command, MANY, work])))
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
    print("\n| 命令 | 处理器（秒） | 比 | 时钟（秒） |\n|---|---|---|---|")
    for name, costs_of in commands.items():
        processor = statistics.median(cost.processor for cost in costs_of)
        clock = statistics.median(cost.clock for cost in costs_of)
        print(f"| gongkai {name} | {processor:.2f} | {processor / cold[BASE]:.2f} | {clock:.2f} |")


def batch(folder: Path, out: Path, *more: object) -> Cost:
    return measure([GONGKAI, "batch", folder, "-o", out, *more])


def growth(work: Path, counts: Sequence[int]) -> None:
    """Processor time for each unit as there are more of them."""
    print("\n| 单位 | 处理器（秒） | 每个单位（秒） | 时钟（秒） | 内存（MB） |\n|---|---|---|---|---|")
    for count in counts:
        make_units(work / f"u{count}", count)
        cost = batch(work / f"u{count}", work / f"o{count}", "--workers", 2)
        print(
            f"| {count} | {cost.processor:.1f} | {cost.processor / count:.2f} | {cost.clock:.1f} | {cost.memory:.0f} |"
        )


def workers(work: Path, count: int, rounds: int) -> None:
    """One worker against two."""
    make_units(work / "w", count)
    clocks = {n: [batch(work / "w", work / f"w{n}", "--workers", n) for _ in range(rounds)] for n in (1, 2)}
    one = statistics.median(cost.clock for cost in clocks[1])
    print("\n| 进程 | 时钟（秒） | 每分钟 | 比一个进程 | 内存（MB） |\n|---|---|---|---|---|")
    for n, costs in clocks.items():
        clock = statistics.median(cost.clock for cost in costs)
        memory = max(cost.memory for cost in costs)
        print(f"| {n} | {clock:.1f} | {60 * count / clock:.0f} | {one / clock:.2f} | {memory:.0f} |")


def rows(work: Path, counts: Sequence[int], rounds: int) -> None:
    """One unit with ever longer tables."""
    print("\n| 项目数 | 处理器（秒） | 每千行（秒） | 内存（MB） |\n|---|---|---|---|")
    for count in counts:
        file = work / f"rows{count}.yaml"
        file.write_text(many_projects(count), encoding="utf-8")
        costs = [measure([GONGKAI, "render", file, "-o", work / "rows"]) for _ in range(rounds)]
        processor = statistics.median(cost.processor for cost in costs)
        memory = max(cost.memory for cost in costs)
        print(f"| {count} | {processor:.1f} | {1000 * processor / count:.1f} | {memory:.0f} |")


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
    return f"{date.today().isoformat()}；{model}；Python {platform.python_version()}；{packages}"


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
            "workers": lambda: workers(work, 20, arguments.rounds),
            "rows": lambda: rows(work, arguments.rows, arguments.rounds),
        }
        for name, part in parts.items():
            if arguments.only in {None, name}:
                part()


if __name__ == "__main__":
    main()
