"""The wheel carries everything it needs, and works from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from support.fixtures import EXAMPLE, ROOT


def run(*command: str | Path, cwd: Path, **env: str) -> str:
    """Run a command; its stdout. Nothing is fetched."""
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1", "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", **env},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    [file] = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but what the wheel holds."""
    folder = tmp_path_factory.mktemp("site")
    run(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, wheel, cwd=folder)
    return folder


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def tracked(folder: Path) -> set[str]:
    """The files of a folder of the checkout that belong into the wheel."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }


def test_wheel_holds_every_module_and_data_file(wheel):
    assert {f"gongkai/{name}" for name in tracked(ROOT / "src" / "gongkai")} <= names(wheel)


def test_wheel_holds_every_template(wheel):
    expected = {f"gongkai/templates/{name}" for name in tracked(ROOT / "templates")}

    assert "gongkai/templates/base/document.html" in expected
    assert {name for name in names(wheel) if name.startswith("gongkai/templates/")} == expected


def test_wheel_holds_what_is_read_at_run_time(wheel):
    inside = names(wheel)

    assert "gongkai/catalog/data/functional.csv" in inside
    assert "gongkai/catalog/data/economic_department.csv" in inside
    assert "gongkai/cli/locale/zh_CN/LC_MESSAGES/messages.mo" in inside
    assert any(name.startswith("gongkai/cli/starter") and name.endswith(".yaml") for name in inside)


def test_wheel_holds_the_examples_that_packs_are_tried_with(wheel):
    expected = {f"gongkai/examples/{file.name}" for file in (ROOT / "examples").glob("*.yaml")}

    assert expected
    assert {name for name in names(wheel) if name.startswith("gongkai/examples/")} == expected


def test_wheel_holds_no_tests_and_no_output(wheel):
    tops = {name.partition("/")[0] for name in names(wheel)}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"gongkai"}
    assert [name for name in names(wheel) if "test" in name.lower() or name.endswith((".pyc", ".pdf", ".docx"))] == []


@pytest.mark.slow
def test_example_is_rendered_from_the_wheel_in_another_folder(installed, tmp_path):
    where = (
        "import gongkai, gongkai.packs.load.find as find; "
        "print(gongkai.__file__); print(find.product_templates()); "
        "print(*sorted(p.folder.parent for p in find.available(find.search_path())), sep='\\n')"
    )
    places = run(sys.executable, "-c", where, cwd=tmp_path, PYTHONPATH=str(installed)).split()
    run(
        sys.executable, "-m", "gongkai", "render", EXAMPLE, "--format", "pdf,docx,html", cwd=tmp_path,
        PYTHONPATH=str(installed),
    )  # fmt: skip

    assert len(places) >= 4
    assert [place for place in places if not place.startswith(str(installed / "gongkai"))] == []
    written = {path.name: path.stat().st_size for path in (tmp_path / "output").iterdir()}
    assert set(written) == {f"{EXAMPLE.stem}.{suffix}" for suffix in ("pdf", "docx", "html")}
    assert min(written.values()) > 20_000


def test_installed_command_speaks_chinese_and_writes_the_starter(installed, tmp_path):
    env = {"PYTHONPATH": str(installed), "LC_ALL": "C", "LANG": "C"}

    assert "用法" in run(sys.executable, "-m", "gongkai", "check", "--help", cwd=tmp_path, **env)
    run(sys.executable, "-m", "gongkai", "new", "单位.yaml", cwd=tmp_path, **env)
    assert "文种: 预算" in (tmp_path / "单位.yaml").read_text(encoding="utf-8")


def test_wheel_starts_the_command(installed):
    [entry_points] = installed.glob("gongkai-*.dist-info/entry_points.txt")

    assert "gongkai = gongkai.cli.main:main" in entry_points.read_text(encoding="utf-8")
