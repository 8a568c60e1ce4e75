"""Machines other than the developers': Windows and macOS, no Pango, other code pages, another Python."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.batch.errors import SourceError
from gongkai.batch.jobs import Job, find_jobs
from gongkai.batch.task import Task
from gongkai.batch.workers.order import Order
from gongkai.batch.workers.toolchain import versions
from gongkai.output.pdf.engine import ENGINES
from support.fixtures import CLEAN, EXAMPLE, ROOT, SMALL_PACK, example_input, one_of, write_input, write_pack

# What only Linux, or only Unix, has. The standard library, filelock and platformdirs are loaded before it is taken
# away: they have their own ways on other systems, which cannot be tried here.
STRIPPED = """
import filelock, platformdirs
import concurrent.futures, multiprocessing.connection, os, pathlib, shutil, signal, subprocess, sys, tempfile
MODULES = {"fcntl", "resource", "grp", "pwd", "termios", "tty", "pty", "syslog", "posix_ipc"}
NAMES = {
    os: "chown chroot fchmod fchown fork forkpty geteuid getgid getgroups getloadavg getpgid getuid killpg mkfifo nice "
        "O_CLOEXEC O_DIRECTORY O_NOFOLLOW O_NONBLOCK sched_getaffinity setpgid setsid statvfs sysconf uname",
    signal: "SIGALRM SIGCHLD SIGHUP SIGKILL SIGQUIT SIGUSR1 SIGUSR2 SIG_BLOCK SIG_SETMASK alarm pthread_sigmask "
            "setitimer",
}
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name in MODULES:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Absent())
for name in MODULES:
    sys.modules.pop(name, None)
for module, names in NAMES.items():
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)
shutil._use_fd_functions = False
"""
WITHOUT_LIBRARY = """
import cffi
theirs = cffi.FFI.dlopen
def dlopen(self, name, flags=0):
    if name.startswith({beginning!r}):
        raise OSError(f"cannot load library '{{name}}'\\nmore")
    return theirs(self, name, flags)
cffi.FFI.dlopen = dlopen
"""
COMMAND = "from gongkai.cli.main import main; main()"


def gongkai_after(change: str, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a Python in which something was changed first."""
    return subprocess.run(
        [sys.executable, "-c", change + COMMAND, *map(str, arguments)],
        env={**os.environ, **environment}, capture_output=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.fixture
def small(tmp_path: Path) -> list[str]:
    """Options that make a document of three pages."""
    write_pack(tmp_path / "packs", "small", {"pack.yaml": SMALL_PACK, "预算/名词解释.html": "<p>名词。</p>\n"})
    return ["--pack", "small", "--pack-dir", str(tmp_path / "packs"), "-o", str(tmp_path / "out")]


@pytest.mark.parametrize("arguments", [["--help"], ["batch", "--help"], ["check", CLEAN], ["doctor"]])
def test_commands_run_where_posix_names_are_not_there(arguments):
    run = gongkai_after(STRIPPED, *arguments)

    assert run.returncode == 0, run.stderr.decode()


def test_all_formats_are_made_where_posix_names_are_not_there(small, tmp_path):
    run = gongkai_after(STRIPPED, "render", CLEAN, "--format", "pdf,docx,html,xlsx,data", *small)

    assert run.returncode == 0, run.stderr.decode()
    assert len(list((tmp_path / "out").iterdir())) == 5


def test_batch_keeps_a_second_one_out_without_fcntl(tmp_path):
    (tmp_path / "a.yaml").write_bytes(CLEAN.read_bytes())
    lock = (
        "import pathlib, sys\n"
        "from gongkai.batch.errors import BusyError\n"
        "from gongkai.batch.record import alone_in\n"
        f"folder = pathlib.Path({str(tmp_path)!r})\n"
        "with alone_in(folder):\n"
        "    try:\n"
        "        with alone_in(folder): pass\n"
        "    except BusyError: sys.exit(3)\n"
    )

    assert gongkai_after(STRIPPED + lock).returncode == 3


def test_files_on_different_drives(monkeypatch, tmp_path):
    """Windows: from C: no path leads to D:."""

    def no_way(*paths: object) -> str:
        raise ValueError("Paths don't have the same drive")

    for name in ("甲.yaml", "乙.yaml"):
        (tmp_path / name).write_bytes(CLEAN.read_bytes())
    task = Task(Job(tmp_path / "甲.yaml", Path()), {"D:/乙.yaml": b"1"})
    monkeypatch.setattr("os.path.relpath", no_way)
    monkeypatch.setattr("os.path.commonpath", no_way)

    with pytest.raises(SourceError, match="不同的盘"):
        find_jobs([str(tmp_path / "甲.yaml"), str(tmp_path / "乙.yaml")])
    assert task.digest != Task(task.job, {"D:/乙.yaml": b"2"}).digest


@pytest.mark.slow
@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_no_module_names_what_another_system_lacks(system, tmp_path):
    """The types of the standard library say which names a system has."""
    command = [sys.executable, "-m", "mypy", "--platform", system, "--cache-dir", str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)

    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    ("library", "package"), [("libpango", "libpangoft2-1.0-0"), ("libharfbuzz-subset", "libharfbuzz-subset0")]
)
def test_doctor_notes_a_missing_library_and_names_its_package(library, package):
    """Another engine works without: nothing is wrong with the machine."""
    run = gongkai_after(WITHOUT_LIBRARY.format(beginning=library), "doctor")
    said = run.stdout.decode()

    assert run.returncode == 0
    assert (said.count("✗"), said.count("○")) == (0, 1)
    assert package in said
    assert "WeasyPrint" not in said + run.stderr.decode()


def test_doctor_says_which_engine_sets_the_pages():
    here = gongkai_after("", "doctor").stdout.decode()
    without = gongkai_after(WITHOUT_LIBRARY.format(beginning="libpango"), "doctor").stdout.decode()

    assert "✓ 排版引擎：weasyprint；写 --engine typst 就用 typst\n" in here
    assert "✓ 排版引擎：typst\n" in without
    assert "没有它也行，PDF 和 DOCX 由 typst 排" in without


@pytest.mark.parametrize(("gone", "engine"), [("typst", "weasyprint"), ("weasyprint", "typst")])
def test_doctor_fails_only_where_no_engine_works(gone, engine):
    missing = f"import sys; sys.modules[{gone!r}] = None\n"
    other = "import sys; sys.modules['typst'] = None; sys.modules['weasyprint'] = None\n"

    one, none = gongkai_after(missing, "doctor"), gongkai_after(other, "doctor")

    assert (one.returncode, none.returncode) == (0, 1)
    assert f"✓ 排版引擎：{engine}\n" in one.stdout.decode()
    assert "✗ 排版引擎：一个也用不了" in none.stdout.decode()


def test_without_pango_documents_are_made_by_the_other_engine_and_it_is_said(small, tmp_path):
    change = WITHOUT_LIBRARY.format(beginning="libpango")

    refused = gongkai_after(change, "render", CLEAN, "--engine", "weasyprint", *small)
    left = list((tmp_path / "out").iterdir()) if (tmp_path / "out").exists() else []
    made = gongkai_after(change, "render", CLEAN, "--format", "pdf,docx,html", *small)
    plain = gongkai_after(change, "render", CLEAN, "--format", "html,xlsx,data", *small)

    said = refused.stderr.decode()
    assert (refused.returncode, made.returncode, plain.returncode) == (1, 0, 0), said + made.stderr.decode()
    assert "GK641 本机没有排版库 Pango" in said
    assert "more" not in said.split("GK641")[1].splitlines()[0]
    assert "--engine typst 本机能用" in said
    assert left == []
    assert made.stderr.decode().count("GK644 本机没有排版库 Pango") == 1
    assert "GK64" not in plain.stderr.decode()
    assert len(list((tmp_path / "out").iterdir())) == 5


def test_without_pango_a_batch_is_made_by_the_other_engine(small, tmp_path):
    """Its workers are processes of their own, which have Pango here: they do as they are told."""
    change = WITHOUT_LIBRARY.format(beginning="libpango")
    units = [str(CLEAN), str(ROOT / "examples" / "minimal-final.yaml")]

    run = gongkai_after(change, "batch", *units, "--format", "pdf", "--workers", "2", *small)
    asked = gongkai_after(change, "batch", *units, "--format", "pdf", "--engine", "weasyprint", *small)
    report = json.loads((tmp_path / "out/批量报告.json").read_text(encoding="utf-8"))

    assert run.returncode == 0, run.stderr.decode()
    assert run.stderr.decode().count("GK644") == 1
    assert [finding["code"] for finding in report["findings"]] == ["GK644"]
    assert [entry["engine"] for entry in report["entries"]] == ["typst", "typst"]
    assert asked.returncode == 1
    assert asked.stderr.decode().count("GK641") == 1


def test_engine_that_is_not_installed_is_refused_with_how_to_install_it(small, tmp_path):
    run = gongkai_after("import sys; sys.modules['typst'] = None\n", "render", CLEAN, "--engine", "typst", *small)

    assert run.returncode == 1
    assert "GK641 本机没有装 typst" in run.stderr.decode()
    assert "make setup" in run.stderr.decode()
    assert "--engine weasyprint" in run.stderr.decode()


@pytest.mark.parametrize("encoding", one_of(3, ["gbk", "cp936", "cp1252", "ascii"]))
def test_redirected_output_is_written_in_any_code_page(encoding, tmp_path):
    """GBK has no › and no ✓, and a page of Western Europe no Chinese at all."""
    data = example_input()
    data["基本支出经济分类"]["30101"] = "113.06"
    file = write_input(tmp_path, data, "有错.yaml")
    environment = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}

    check = gongkai_after("", "check", file, **environment)
    doctor = gongkai_after("", "doctor", **environment)

    written = "gbk" if encoding in ("gbk", "cp936") else "utf-8"
    assert check.returncode == 1
    assert "错误 GK" in check.stderr.decode(written)
    assert "Python：" in doctor.stdout.decode(written)
    assert "程序出错" not in (check.stderr + doctor.stderr).decode(written)


def test_what_programs_read_is_utf8_in_any_code_page():
    """A report as JSON, and the schema."""
    report = gongkai_after("", "check", EXAMPLE, "--format", "json", PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    schema = gongkai_after("", "schema", PYTHONIOENCODING="gbk", PYTHONUTF8="0")

    assert "项目" in report.stdout.decode("utf-8")
    assert "科目" in schema.stdout.decode("utf-8")


def test_floats_are_added_alike_on_every_python():
    """``sum`` rounds otherwise since 3.12: whatever lays out adds by our own function."""
    from weasyprint.layout import preferred, table

    import gongkai.output.pdf.weasyprint.render  # noqa: F401
    from gongkai.prose.sums import added

    assert added([0.1] * 10) != 1.0  # what sum gives since 3.12
    assert (added([]), added([2, 3]), added([[1], [2]], [])) == (0, 5, [1, 2])
    assert {module.sum for module in (preferred, table)} == {added}


def test_what_makes_documents_includes_the_libraries_of_the_system():
    """Another Pango, HarfBuzz or zlib may write other bytes, and another Typst draws the emblem of a DOCX otherwise;
    another Python does not."""
    made_with = versions(Order(("pdf", "docx")))

    assert {"Pango", "HarfBuzz", "zlib", "weasyprint", "python-docx", "typst"} <= set(made_with)
    assert not {"Python", "xlsxwriter"} & set(made_with)
    assert "typst" not in versions(Order(("pdf",)))


def test_what_makes_documents_is_the_engine_in_use_and_none_where_nothing_has_pages():
    typst, page = versions(Order(("pdf",), engine="typst")), versions(Order(("html",), engine="typst"))

    assert {"typst", "pikepdf"} <= set(typst)
    assert not {"weasyprint", "Pango", "HarfBuzz"} & set(typst)
    assert not {"typst", "weasyprint", "Pango"} & set(page)
    assert {"gongkai", "lxml", "jinja2"} <= set(page)


def test_no_module_that_writes_documents_adds_by_sum():
    adding = [file for file in (ROOT / "src/gongkai/output").rglob("*.py") if _calls_sum(file)]

    assert adding
    assert [
        file.name for file in adding if "from gongkai.prose.sums import added as sum" not in file.read_text("utf-8")
    ] == []


def _calls_sum(file: Path) -> bool:
    names = (node.func for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call))
    return any(isinstance(name, ast.Name) and name.id == "sum" for name in names)


def other_pythons() -> list[Path]:
    """A Python of each other minor version on this machine, 3.11 and later."""
    roots = [Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions", Path("/usr")]
    found: dict[str, Path] = {}
    for minor in range(11, 20):
        name = f"python3.{minor}"
        places = [*(file for root in roots for file in sorted(root.glob(f"*/bin/{name}"))), shutil.which(name)]
        if minor != sys.version_info.minor and (file := next(filter(None, places), None)):
            found[name] = Path(file)
    return list(found.values())


@pytest.mark.slow
def test_documents_are_the_same_bytes_on_every_python(tmp_path):
    """All examples in all formats; each Python gets an environment from the lock."""
    pythons = other_pythons()
    if not pythons:
        pytest.skip("no other Python here")
    examples = sorted((ROOT / "examples").glob("*.yaml"))
    here = made_by([sys.executable], examples, tmp_path / "here")

    for python in pythons:
        venv = tmp_path / python.name
        subprocess.run([python, "-m", "venv", venv], check=True)
        command = [venv / "bin/python", "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
        subprocess.run([*command, "--only-binary", ":all:", "-r", ROOT / "locks/run.lock"], check=True)
        assert made_by([venv / "bin/python"], examples, tmp_path / f"{python.name}-out") == here


def made_by(python: list[str | Path], files: list[Path], out: Path) -> dict[str, str]:
    """Hashes of the documents of these files, as a Python makes them with each engine."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for engine in ENGINES:
        words = [*files, "--format", "pdf,docx,html,xlsx,data", "--engine", engine, "-o", out / engine]
        subprocess.run([*python, "-m", "gongkai", "render", *words], env=environment, check=True, capture_output=True)
    made = sorted(file for file in out.rglob("*") if file.is_file())
    assert len(made) == 5 * len(files) * len(ENGINES)
    return {str(file.relative_to(out)): hashlib.sha256(file.read_bytes()).hexdigest() for file in made}
