"""The benchmarks run: what they measure changes under them, and nobody would see it before the day they are needed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

from gongkai.output.pdf.engine import ENGINES
from gongkai.produce.unit import Settings, check_unit
from support.batches import small_pack
from support.fixtures import CLEAN, ROOT

BENCH = ROOT / "bench"


@pytest.fixture
def bench(monkeypatch, tmp_path) -> Iterator[ModuleType]:
    """The module of the engines, with a short document to set; its neighbours are forgotten afterwards."""
    small_pack(tmp_path / "packs")
    monkeypatch.setenv("GONGKAI_PACKS", str(tmp_path / "packs"))
    file = tmp_path / "单位.yaml"
    file.write_text(f"{CLEAN.read_text(encoding='utf-8')}\n模板: small\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(BENCH))
    before = set(sys.modules)
    import content
    import engines

    monkeypatch.setattr(content, "EXAMPLE", file)
    yield engines
    for name in set(sys.modules) - before:
        if (BENCH / f"{name}.py").exists():
            del sys.modules[name]


def test_every_engine_of_our_own_makes_its_document(bench, tmp_path):
    own = [name for name in bench.ENGINES if name.startswith("gongkai") or name == "check"]
    out = tmp_path / "out"
    out.mkdir()

    for name in own:
        bench.ENGINES[name](1, out)

    assert set(own) >= {"gongkai", "gongkai_pdf", "gongkai_docx", "gongkai_typst", "gongkai_typst_pdf", "check"}
    assert {file.name for file in out.iterdir()} == {"单位.pdf", "单位.docx", "alone.docx"}
    assert list(bench.OWN) == list(ENGINES)
    assert set(bench.OWN.values()) <= set(own)


def test_unit_that_fails_is_no_measurement(bench, tmp_path, monkeypatch):
    import content

    broken = tmp_path / "错.yaml"
    broken.write_text("文种: 预算\n", encoding="utf-8")
    monkeypatch.setattr(content, "EXAMPLE", broken)

    with pytest.raises(SystemExit, match="GK"):
        bench.gongkai(1, tmp_path)


def test_unit_of_many_projects_may_be_printed(bench, tmp_path):
    from units import many_projects

    file = tmp_path / "多.yaml"
    file.write_text(many_projects(3), encoding="utf-8")

    assert check_unit(file, Settings(tmp_path, ())).passed


PARTS = {
    "growth": ["--units", "1", "--own", "typst"],
    "workers": ["--workers-units", "2", "--own", "typst"],
    "pace": ["--pace-units", "2"],
    "rows": ["--rows", "1,3"],
    "memory": ["--documents", "1"],
}


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_the_benchmark_tells_of_the_engines_asked_for(part, tmp_path):
    command = [sys.executable, BENCH / "run.py", "--only", part, "--rounds", "1", *PARTS[part]]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)

    assert run.returncode == 0, run.stderr
    told = [engine for engine in ENGINES if f"| {engine}" in run.stdout]
    assert told == (["typst"] if "--own" in PARTS[part] else [*ENGINES])


@pytest.mark.slow
def test_every_stage_of_a_document_is_told(tmp_path):
    command = [sys.executable, BENCH / "stages.py", "--engine", "typst"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)

    assert run.returncode == 0, run.stderr
    assert "| 列宽和排版 |" in run.stdout


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_watching_sets_every_document_in_one_process(engine, tmp_path):
    """It raises where another process works for it: that would neither be counted nor stay warm."""
    code = f"from pathlib import Path; from watching import watched; print(len([*watched(Path(), 2, {engine!r})]))"
    environment = {**os.environ, "PYTHONPATH": str(BENCH)}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
    )

    assert run.returncode == 0, run.stderr
    assert run.stdout == "2\n"
