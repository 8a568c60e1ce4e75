"""What the system tests share: inputs made from the example, packs made of a few lines, and runs of the command."""

from __future__ import annotations

import contextlib
import copy
import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pypdf
import pytest
import yaml
from click.testing import CliRunner

from gongkai.cli.main import cli
from gongkai.findings import Finding

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "kezhou-swj-2024-budget.yaml"
"""A published budget; what the checks find in its own text is waived in the file."""
CLEAN = ROOT / "examples" / "minimal-budget.yaml"
"""A budget of which the checks have nothing to say."""
SCRIPT = Path(sys.executable).with_name("gongkai")
PACKS = Path(__file__).resolve().parents[1] / "packs" / "samples"

FOUND_IN_EXAMPLE = {"GK418", "GK419", "GK426", "GK712", "GK725"}
"""What its published text deserves: warnings beside which a test looks for others."""

Data = dict[str, Any]

# A document of cover, contents and one short part: everything is in it, and it is set in no time.
UNTOLD = "校验级别: {GK486: 不查}\n"
"""In a pack that prints one part: nobody need be told that it leaves out the others."""

SMALL_PACK = f"名称: 小样\n上级: base\n{UNTOLD}选项:\n  部分: [名词解释]\n"


@cache
def _example() -> Data:
    data: Data = yaml.load(EXAMPLE.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    del data["校验"]
    return data


def example_input() -> Data:
    """The example as its file gives it, without its waivers; every scalar is text."""
    return copy.deepcopy(_example())


def write_input(folder: Path, data: Data, name: str = "单位预算.yaml") -> Path:
    """An input file of these data."""
    file = folder / name
    file.write_text(as_yaml(data), encoding="utf-8")
    return file


def as_yaml(data: Data) -> str:
    """Data as the text of a file, in the order in which they stand."""
    return yaml.dump(data, allow_unicode=True, sort_keys=False, Dumper=yaml.CSafeDumper)  # five times as fast as Python


def write_pack(folder: Path, name: str, files: Mapping[str, str]) -> Path:
    """A pack of these files (``pack.yaml``, ``预算/…html``) in a folder of packs; returns the pack's own folder."""
    pack = folder / name
    for path, text in files.items():
        file = pack / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return pack


def one_of(count: int, values: Iterable[Any]) -> list[Any]:
    """The values of a parametrized test: one of so many is tried by ``make test``, all by ``make test-all``."""
    return [
        value if number % count == 0 else pytest.param(value, marks=pytest.mark.slow)
        for number, value in enumerate(values)
    ]


def line_with(text: str, words: str) -> int:
    """The number of the one line that holds these words."""
    [number] = [number for number, line in enumerate(text.splitlines(), 1) if words in line]
    return number


def beyond_the_example(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without those that the example's own text deserves, which its file waives."""
    return [finding for finding in findings if finding.code not in FOUND_IN_EXAMPLE]


def gongkai(
    *arguments: str | Path, cwd: Path, env: Mapping[str, str] | None = None, timeout: float = 60
) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    return subprocess.run(
        [SCRIPT, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1", **(env or {})},
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


@contextlib.contextmanager
def ends_within(seconds: float) -> Iterator[None]:
    """Fail when the block takes more processor seconds: a bound far above what it needs, against what never ends."""

    def hangs(*_: object) -> None:
        raise AssertionError(f"not done after {seconds} processor seconds")

    before = signal.signal(signal.SIGPROF, hangs)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@dataclass(frozen=True)
class Done:
    """What a run of the command left: its exit code and what it said, named as by ``subprocess``."""

    returncode: int
    stdout: str
    stderr: str


def invoked(*arguments: str | Path, cwd: Path) -> Done:
    """The command in this process: ten times faster, for tests that are not about processes."""
    with contextlib.chdir(cwd):
        result = CliRunner().invoke(cli, [*map(str, arguments)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Done(result.exit_code, result.stdout, result.stderr)


def pdf_pages(data: bytes) -> list[str]:
    """The text of every page of a PDF, in the order in which it was written there."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
