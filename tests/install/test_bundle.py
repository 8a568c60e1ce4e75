"""What is carried to machines without a package index: one ZIP for each platform, and a program in one folder."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

import bundle
from bundle import PLATFORMS, BundleError, Target, lacking, pack, target_of
from gongkai.output.pdf.engine import ENGINES
from lockfile import read_lock
from support.fixtures import CLEAN, EXAMPLE, ROOT

HASH = "--hash=sha256:" + "0" * 64
ARM, WINDOWS = Target("linux_aarch64", "3.11"), Target("win_amd64", "3.13")


def wheel_of(folder: Path, name: str, *needs: str) -> Path:
    """A wheel that holds nothing but what it needs."""
    distribution, version, *_ = name.split("-")
    file = folder / f"{name}.whl"
    lines = [f"Name: {distribution}", f"Version: {version}", *(f"Requires-Dist: {need}" for need in needs)]
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(f"{distribution}-{version}.dist-info/METADATA", "\n".join(["Metadata-Version: 2.1", *lines]))
    return file


def test_lock_is_read_for_the_target_and_not_for_this_machine(tmp_path):
    lines = [
        "both==1",
        "windows==1 ; sys_platform == 'win32'",
        "arm==1 ; platform_machine == 'aarch64'",
        "old==1 ; python_full_version < '3.12'",
        "pypy==1 ; implementation_name != 'cpython'",
    ]
    file = tmp_path / "run.lock"
    file.write_text("".join(f"{line} \\\n    {HASH}\n" for line in lines), encoding="utf-8")

    chosen = {target.name: [line.name for line in bundle.wanted(read_lock(file), target)] for target in (ARM, WINDOWS)}

    assert chosen == {"linux_aarch64-py311": ["both", "arm", "old"], "win_amd64-py313": ["both", "windows"]}


def test_bundle_that_lacks_a_requirement_is_refused(tmp_path):
    own = wheel_of(tmp_path, "gongkai-1-py3-none-any", "lxml>=6", "pywin32; sys_platform == 'win32'")
    lxml = wheel_of(tmp_path, "lxml-6.1-cp311-cp311-manylinux_2_26_aarch64.manylinux_2_28_aarch64")

    assert list(lacking([own, lxml], ARM)) == []
    assert list(lacking([own], ARM)) == ["gongkai: lxml>=6 (None)"]
    assert list(lacking([own, lxml], WINDOWS)) == [
        f"{lxml.name} does not fit win_amd64-py313",
        'gongkai: pywin32; sys_platform == "win32" (None)',
    ]


def test_wheels_fit_old_systems_and_their_python_only():
    """麒麟 V10 and 统信 20 have version 2.28 of the C library."""
    fitting = {str(tag) for tag in ARM.tags}

    assert {"cp311-cp311-manylinux_2_28_aarch64", "cp310-abi3-manylinux2014_aarch64", "py3-none-any"} <= fitting
    assert not {"cp312-cp312-manylinux_2_28_aarch64", "cp311-cp311-manylinux_2_34_aarch64"} & fitting
    assert not [tag for tag in fitting if "x86_64" in tag or "win" in tag or "musl" in tag]


@pytest.mark.parametrize(
    ("platform", "python"), [("", ""), ("macos", "3.12"), ("win_amd64", "3.8"), ("win_amd64", "x")]
)
def test_target_that_there_is_not_is_refused(platform, python):
    with pytest.raises(BundleError, match="要写"):
        target_of(platform, python)


def test_zip_has_equal_bytes_for_equal_contents(tmp_path):
    contents = [("install.sh", b"#!/bin/sh\n"), ("说明.txt", "说明".encode())]
    for name in ("a.zip", "b.zip"):
        pack(tmp_path / name, "gongkai", iter(contents))

    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        modes = {info.filename: info.external_attr >> 16 & 0o777 for info in archive.infolist()}
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert modes == {"gongkai/install.sh": 0o755, "gongkai/说明.txt": 0o644}


@pytest.mark.parametrize("target", [ARM, WINDOWS], ids=lambda target: target.name)
def test_bundle_explains_itself_and_installs_from_itself_alone(target, tmp_path):
    own = wheel_of(tmp_path, "gongkai-1-py3-none-any")

    files = dict(bundle.entries([own], target))
    [installer] = [data.decode() for name, data in files.items() if name == PLATFORMS[target.platform].installer]
    manual = files["说明.txt"].decode("utf-8-sig")

    assert "Pango" in manual
    assert target.python in manual
    assert "{" not in manual
    assert "--no-index --no-deps --require-hashes --find-links wheels -r requirements.txt" in installer
    assert files["requirements.txt"].decode().startswith("gongkai==1 --hash=sha256:")
    assert {name for name in files if name.startswith("fonts/")} >= {"fonts/FandolFang-Regular.otf"}
    # The shell of Windows reads its own line breaks, and no Chinese in a line that sets the code page.
    if target is WINDOWS:
        assert installer.isascii()
        assert installer.count("\r\n") == installer.count("\n") == 2


@pytest.mark.slow
@pytest.mark.parametrize("platform", PLATFORMS)
def test_bundle_for_every_platform_is_complete(platform, tmp_path):
    """It refuses to be incomplete; every wheel that the lock wants there is in it."""
    target = Target(platform, "3.12")
    file = bundle.bundle(target, tmp_path)

    with zipfile.ZipFile(file) as archive:
        names = [name.partition("/")[2] for name in archive.namelist()]
    wheels = [name for name in names if name.endswith(".whl")]
    assert len(wheels) == len(bundle.wanted(read_lock(ROOT / "locks/run.lock"), target)) + 1
    assert [wheel.partition("-")[0] for wheel in wheels if "typst" in wheel or "pikepdf" in wheel] == [
        "wheels/pikepdf", "wheels/typst",
    ]  # fmt: skip
    assert "说明.txt" in names


@pytest.mark.slow
@pytest.mark.skipif(sysconfig.get_platform() != "linux-x86_64", reason="the bundle is tried on Linux x86_64")
def test_bundle_installs_without_an_index_and_renders(tmp_path):
    """In an empty home, with a path of the system alone; twice built it is the same."""
    target = Target("linux_x86_64", f"3.{sys.version_info.minor}")
    file = bundle.bundle(target, tmp_path)
    again = bundle.bundle(target, tmp_path / "again")
    assert file.read_bytes() == again.read_bytes()

    zipfile.ZipFile(file).extractall(tmp_path)
    folder = tmp_path / file.stem
    python = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHON": str(python), "PIP_CONFIG_FILE": os.devnull}
    subprocess.run(["sh", "install.sh"], cwd=folder, env=environment, check=True, capture_output=True)

    assert rendered([folder / "gongkai/bin/gongkai"], tmp_path / "there", environment) == rendered(
        [sys.executable, "-m", "gongkai"], tmp_path / "here", dict(os.environ)
    )


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the program is tried on Linux")
def test_program_in_one_folder_runs_without_python(tmp_path, monkeypatch):
    """From another folder, without a path and without variables: it renders all formats, and makes a batch."""
    import app

    monkeypatch.setattr(app, "WORK", tmp_path / "work")
    app.WORK.mkdir()
    program = app.build(app.environment(), tmp_path / "dist").rename(tmp_path / "程序") / "gongkai"

    made = rendered([program], tmp_path / "there", {})
    assert made == rendered([sys.executable, "-m", "gongkai"], tmp_path / "here", dict(os.environ))
    subprocess.run([program, "batch", CLEAN, "-o", tmp_path / "batch"], env={}, cwd=tmp_path, check=True)
    assert (tmp_path / "batch" / f"{CLEAN.stem}.pdf").is_file()
    libraries = {file.name for file in program.parent.rglob("lib*.so*")}
    assert set(app.SYSTEM_LIBRARIES) <= libraries


def rendered(command: list[str | Path], out: Path, environment: dict[str, str]) -> dict[str, str]:
    """Hashes of an example in all formats with each engine, as the command makes it in another folder."""
    for engine in ENGINES:
        (out / engine).mkdir(parents=True)
        words = [*command, "render", EXAMPLE, "--format", "pdf,docx,html,xlsx,data", "--engine", engine, "-o", engine]
        subprocess.run(words, env=environment, cwd=out, check=True, capture_output=True)
    files = sorted(file for file in out.rglob("*") if file.is_file())
    assert len(files) == 5 * len(ENGINES)
    return {str(file.relative_to(out)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
