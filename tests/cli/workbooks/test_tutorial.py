"""The tutorial, walked through as it is printed: filled in, run, and every line that it shows is what is printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai.cli.main import cli
from gongkai.intake.read import read_alone
from support.slips import ROOT
from support.tutorial import TUTORIAL, Fill, Run, fill, steps


def test_the_tutorial_ends_with_the_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    book = Path("编纂室.xlsx")
    for step in steps():
        if isinstance(step, Fill):
            fill(book, step)
            continue
        done = CliRunner().invoke(cli, [*step.command], catch_exceptions=False)
        printed = done.output.splitlines()
        missing = [line for line in step.prints if line.strip() != "…" and line not in printed]
        assert missing == [], done.output
        if step.command[0] == "check":
            assert done.exit_code == (1 if "不通过" in done.output else 0)
    assert (tmp_path / "output/编纂室.pdf").exists()
    assert (tmp_path / "output/编纂室.docx").exists()
    assert read_alone(book)[1] == read_alone(ROOT / "examples/minimal-budget.yaml")[1].model_copy(
        update={"scope": read_alone(book)[1].scope}
    )


def test_the_tutorial_shows_every_kind_of_step() -> None:
    commands = [step.command[0] for step in steps() if isinstance(step, Run)]
    assert commands == ["new", "check", "mark", "check", "render"]
    assert all(step.prints for step in steps() if isinstance(step, Run))


def test_its_pictures_are_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", TUTORIAL.read_text(encoding="utf-8"))
    assert pictures
    assert [name for name in pictures if not (TUTORIAL.parent / name).is_file()] == []
