"""All benchmarks in one run; prints the tables of docs/性能.md.

python bench/run.py [--rounds 5] [--own weasyprint,typst] [--only engines|growth|workers|pace|rows|memory]
"""

from __future__ import annotations

import argparse
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from content import EXAMPLE, write_content
from engines import ENGINES, OWN, PEERS
from measure import Cost, measure, measure_together
from units import make_equal_units, many_projects
from watching import GONGKAI, watched

HERE = Path(__file__).resolve().parent
PEER_PYTHON = HERE / ".venv-peers" / "bin" / "python"
MANY = 6
NAMES = {
    "weasyprint_first": "WeasyPrint，初写的样式",
    "weasyprint": "WeasyPrint，同一份 HTML、样式和字体，排版时不整理内存",
    "gongkai": "Gongkai（weasyprint）：核对、PDF、DOCX",
    "gongkai_pdf": "Gongkai（weasyprint）：核对、PDF",
    "gongkai_typst": "Gongkai（typst）：核对、PDF、DOCX",
    "gongkai_typst_pdf": "Gongkai（typst）：核对、PDF",
    "gongkai_docx": "Gongkai：只写 DOCX",
    "check": "Gongkai：只核对",
    "libreoffice": "docxtpl + LibreOffice",
    "chromium": "Chromium，同一份 HTML 和样式",
    "typst": "Typst，同样的文字和表格，不照版式",
}
BASE = "weasyprint_first"
COMMANDS = {
    **{f"render --engine {engine}": ["render", EXAMPLE, "-o", "{work}", "--engine", engine] for engine in OWN},
    **{" ".join(words[:1]): words for words in (["check", EXAMPLE], ["schema"], ["rules"], ["--help"])},
}


def comparison(work: Path, rounds: int) -> None:
    """Cold (one document) and warm (each of the next five), in processor seconds and as ratios."""
    write_content(work)
    names = [name for name in NAMES if name in ENGINES and (name not in PEERS or PEER_PYTHON.exists())]
    costs: dict[str, list[tuple[Cost, Cost]]] = {name: [] for name in names}
    commands: dict[str, list[Cost]] = {name: [] for name in COMMANDS}
    again: dict[str, list[float]] = {name: [] for name in OWN}
    for _ in range(rounds):  # in turn, so that noise falls on all alike
        for name, words in COMMANDS.items():
            commands[name].append(measure([GONGKAI, *(str(word).format(work=work) for word in words)]))
        for name in names:
            command = engine(name)
            costs[name].append((measure([*command, 1, work]), measure([*command, MANY, work])))
        for own, seen in again.items():
            seen += watched(work, MANY - 1, own)
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
    for own, seen in again.items():
        each = statistics.median(seen)
        print(f"| Gongkai（{own}）：`render --watch` 改一处原因 | | | {each:.2f} | {each / warm[BASE]:.3f} | |")
    print("\n| 命令 | 处理器（秒） | 比 | 时钟（秒） |\n|---|---|---|---|")
    for name, costs_of in commands.items():
        processor = statistics.median(cost.processor for cost in costs_of)
        clock = statistics.median(cost.clock for cost in costs_of)
        print(f"| gongkai {name} | {processor:.2f} | {processor / cold[BASE]:.2f} | {clock:.2f} |")


def engine(name: str) -> list[object]:
    """The command that lets one engine set the document; how often and where is still to be said."""
    return [PEER_PYTHON if name in PEERS else sys.executable, HERE / "engines.py", name]


def batch(folder: Path, out: Path, workers: int, own: str, formats: str = "pdf,docx") -> list[object]:
    """The command that makes all units of a folder, those that are there already, too."""
    return [GONGKAI, "batch", folder, "-o", out, "--workers", workers, "--engine", own, "--format", formats]


def growth(work: Path, counts: Sequence[int], owns: Sequence[str]) -> None:
    """What each unit costs as there are more of them, all of one size, on two processes."""
    print("\n| 引擎 | 单位 | 处理器（秒） | 每多一个（秒） | 时钟（秒） | 最大的进程（MB） | 全部进程（MB） |")
    print("|---|---|---|---|---|---|---|")
    for own in owns:
        units, processor = 0, 0.0
        for count in counts:
            make_equal_units(work / f"u{count}", count)
            cost = measure(batch(work / f"u{count}", work / f"o{count}", 2, own))
            more = (cost.processor - processor) / (count - units)
            units, processor = count, cost.processor
            print(
                f"| {own} | {count} | {cost.processor:.1f} | {more:.2f} | {cost.clock:.1f} | {cost.largest:.0f} "
                f"| {cost.memory:.0f} |",
                flush=True,
            )


def workers(work: Path, count: int, rounds: int, owns: Sequence[str]) -> None:
    """One worker against two, against two commands that know nothing of each other, and against the first writing."""
    write_content(work)
    make_equal_units(work / "all", count)
    for half in ("left", "right"):
        make_equal_units(work / half, count // 2)
    ways: dict[str, list[list[object]]] = {}
    for own in owns:
        halves = [batch(work / half, work / f"o-{half}", 1, own) for half in ("left", "right")]
        ways[f"{own}，一个进程"] = [batch(work / "all", work / "o1", 1, own)]
        ways[f"{own}，两个进程"] = [batch(work / "all", work / "o2", 2, own)]
        ways[f"{own}，两个命令，各一个进程，各做一半"] = halves
    first = [[*engine(BASE), count // 2, _folder(work / f"f{n}", work)] for n in (1, 2)]
    ways["WeasyPrint，初写的样式，两个进程"] = first
    _tell_ways(ways, count, rounds)


def pace(work: Path, count: int, rounds: int, owns: Sequence[str]) -> None:
    """Documents a minute on two workers, PDF alone and PDF with DOCX; each engine against the first of the list."""
    make_equal_units(work / "many", count)
    for formats in ("pdf", "pdf,docx"):
        ways = {f"{own}，{formats}": [batch(work / "many", work / "o-many", 2, own, formats)] for own in owns}
        _tell_ways(ways, count, rounds)


def _tell_ways(ways: Mapping[str, Sequence[Sequence[object]]], count: int, rounds: int) -> None:
    """A table of ways to make so many units, each against the first of them by the clock."""
    costs: dict[str, list[Cost]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, commands in ways.items():
            costs[name].append(measure_together(commands))
    clocks = {name: statistics.median(cost.clock for cost in of_way) for name, of_way in costs.items()}
    print(f"\n| {count} 个单位 | 时钟（秒） | 每分钟 | 是第一行的几倍 | 最大的进程（MB） | 全部进程（MB） |")
    print("|---|---|---|---|---|---|")
    first = next(iter(clocks.values()))
    for name, clock in clocks.items():
        largest, memory = (max(getattr(cost, field) for cost in costs[name]) for field in ("largest", "memory"))
        a_minute = 60 * count / clock
        print(
            f"| {name} | {clock:.1f} | {a_minute:.0f} | {first / clock:.2f} | {largest:.0f} | {memory:.0f} |",
            flush=True,
        )


def memory(work: Path, counts: Sequence[int], owns: Sequence[str]) -> None:
    """The most memory of one process that makes so many documents, PDF and DOCX, and what each of them costs it."""
    write_content(work)
    print("\n| 引擎 | 一个进程做几份 | 处理器（秒） | 最大的进程（MB） |\n|---|---|---|---|")
    for own in owns:
        for count in counts:
            cost = measure([*engine(OWN[own]), count, work])
            print(f"| {own} | {count} | {cost.processor:.1f} | {cost.largest:.0f} |", flush=True)


def _folder(folder: Path, content: Path) -> Path:
    """A copy of what the engines set: two at work must not write into one file."""
    folder.mkdir()
    for file in content.glob("*.*"):
        if file.is_file():
            shutil.copy(file, folder)
    return folder


def rows(work: Path, counts: Sequence[int], rounds: int, owns: Sequence[str]) -> None:
    """One unit with ever longer tables."""
    print("\n| 引擎 | 项目数 | 处理器（秒） | 每多一千（秒） | 内存（MB） |\n|---|---|---|---|---|")
    for own in owns:
        rows_before, processor_before = 0, 0.0
        for count in counts:
            file = work / f"rows{count}.yaml"
            file.write_text(many_projects(count), encoding="utf-8")
            command = [GONGKAI, "render", file, "-o", work / "rows", "--engine", own]
            costs = [measure(command) for _ in range(rounds)]
            processor = statistics.median(cost.processor for cost in costs)
            most = max(cost.memory for cost in costs)
            more = 1000 * (processor - processor_before) / (count - rows_before)
            rows_before, processor_before = count, processor
            print(f"| {own} | {count} | {processor:.1f} | {more:.1f} | {most:.0f} |", flush=True)


def _machine() -> str:
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    packages = "、".join(
        f"{name} {version(name)}" for name in ("weasyprint", "typst", "python-docx", "jinja2", "pydantic")
    )
    own = f"{date.today().isoformat()}；{model}；Python {platform.python_version()}；{packages}"
    return "；".join([own, "、".join(_peers())])


def _peers() -> Iterator[str]:
    """The versions of those that Gongkai is measured against, where they are installed."""
    yield from _said([PEER_PYTHON, "-c", "import importlib.metadata as m; print('docxtpl', m.version('docxtpl'))"])
    for program in ("soffice", "chromium"):
        yield from _said([program, "--version"])


def _said(command: Sequence[object]) -> Iterator[str]:
    words = [str(word) for word in command]
    if shutil.which(words[0]):
        said = subprocess.run(words, capture_output=True, check=True, encoding="utf-8").stdout
        yield " ".join(said.split()[:2])


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _owns(text: str) -> list[str]:
    unknown = [name for name in text.split(",") if name not in OWN]
    if unknown:
        raise argparse.ArgumentTypeError(f"there are {', '.join(OWN)}")
    return text.split(",")


def main() -> None:
    """Print what is asked for, or everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--units", type=_numbers, default=[1, 10, 100, 500])
    parser.add_argument("--rows", type=_numbers, default=[50, 500, 5000])
    parser.add_argument("--documents", type=_numbers, default=[1, 100, 500])
    parser.add_argument("--pace-units", type=int, default=100)
    parser.add_argument("--workers-units", type=int, default=24)
    parser.add_argument("--own", type=_owns, default=[*OWN])
    parser.add_argument("--only", choices=("engines", "growth", "workers", "pace", "rows", "memory"))
    arguments = parser.parse_args()
    owns = arguments.own
    print(_machine() + "\n")
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        work = Path(folder)
        parts = {
            "engines": lambda: comparison(work, arguments.rounds),
            "growth": lambda: growth(work, arguments.units, owns),
            "workers": lambda: workers(work, arguments.workers_units, arguments.rounds, owns),
            "pace": lambda: pace(work, arguments.pace_units, arguments.rounds, owns),
            "rows": lambda: rows(work, arguments.rows, arguments.rounds, owns),
            "memory": lambda: memory(work, arguments.documents, owns),
        }
        for name, part in parts.items():
            if arguments.only in {None, name}:
                part()


if __name__ == "__main__":
    main()
