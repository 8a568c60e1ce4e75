"""Setting up a machine that lacks something: what can be done without is noted, and only an administrator's is refused.

The commands of the system are stand-ins that do what they would do on such a machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from support.fixtures import ROOT

FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
NAMES = ("FandolFang-Regular", "FandolHei-Regular", "FandolKai-Regular", "FandolSong-Bold", "FandolSong-Regular")

COMMANDS = {
    "id": "echo 1000",
    "ldconfig": "cat libraries",
    "python3": 'case "$2" in *ensurepip*) [ ! -e no-venv ];; esac',
    # A package that is downloaded is a folder with its files; old lists name none.
    "apt-get": """
echo "apt-get $*" >> asked
case "$*" in
    *State::lists*update*) exit 0 ;;
    *State::lists*download*) touch "$(echo "$*" | sed 's/.* //')_1_all.deb" ;;
    *download*) [ ! -e "$ROOT/old-lists" ] && touch "$(echo "$*" | sed 's/.* //')_1_all.deb" ;;
    *update*) exit 0 ;;
    *install*) case " $HAS " in *" $(echo "$*" | sed 's/.* //') "*) exit 0 ;; esac; exit 100 ;;
esac
""",
    "dpkg-deb": f"""
mkdir -p "$3/{FANDOL}" "$3/usr/share/fonts/opentype/noto"
for font in {" ".join(NAMES)}; do echo font > "$3/{FANDOL}/$font.otf"; done
echo font > "$3/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
""",
}
SYSTEM = ("cat", "cksum", "cp", "dirname", "env", "grep", "mkdir", "mktemp", "rm", "sed", "sh", "touch")


class Bare:
    """A checkout whose environment is there already, on a machine with these commands and no others."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fonts = folder / "data/fonts/gongkai"
        for name in ("scripts", "locks"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", folder)
        text = (folder / "scripts/setup.sh").read_text(encoding="utf-8")
        # Nothing of this machine is to be found: its fonts lie where the script looks.
        (folder / "scripts/setup.sh").write_text(text.replace('"/$NOTO"', '"$PWD/no/$NOTO"'), encoding="utf-8")
        (folder / "bin").mkdir()
        for name, body in COMMANDS.items():
            self.give(name, body)
        for name in SYSTEM:
            (folder / "bin" / name).symlink_to(str(shutil.which(name)))
        (folder / "libraries").write_text("", encoding="utf-8")
        (folder / ".venv").mkdir()
        key = "cat locks/*.lock pyproject.toml scripts/setup.sh | cksum"
        stamp = subprocess.run(["sh", "-c", key], cwd=folder, capture_output=True, encoding="utf-8", check=True).stdout
        for purpose in ("run", "dev"):
            (folder / f".venv/.gongkai-{purpose}").write_text(stamp.rstrip("\n"), encoding="utf-8")

    def give(self, name: str, body: str) -> None:
        file = self.folder / "bin" / name
        file.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        file.chmod(0o755)

    def take_away(self, name: str) -> None:
        (self.folder / "bin" / name).unlink()

    def set_up(self, purpose: str = "run", has: str = "") -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": str(self.folder / "bin"), "XDG_DATA_HOME": str(self.folder / "data"), "HOME": str(self.folder),
            "ROOT": str(self.folder), "HAS": has, "LANG": os.environ.get("LANG", "C.UTF-8"),
        }  # fmt: skip
        return subprocess.run(
            [str(shutil.which("sh")), "scripts/setup.sh", purpose], cwd=self.folder, env=environment,
            capture_output=True, encoding="utf-8", check=False, timeout=60,
        )  # fmt: skip

    def asked(self) -> str:
        """What apt-get was asked for in the checkout: what it downloads, it is asked for elsewhere."""
        file = self.folder / "asked"
        return file.read_text(encoding="utf-8") if file.exists() else ""


@pytest.fixture
def bare(tmp_path) -> Bare:
    return Bare(tmp_path)


def test_without_pango_and_administrator_setup_goes_on_and_says_who_sets_the_pages(bare):
    run = bare.set_up()

    assert run.returncode == 0, run.stderr
    assert "没有装上： libpangoft2-1.0-0 libharfbuzz-subset0" in run.stderr
    assert "由排版引擎 typst 排" in run.stderr
    assert {file.name for file in bare.fonts.iterdir()} == {*(f"{n}.otf" for n in NAMES), "NotoSerifCJK-Regular.ttc"}
    assert bare.asked() == "", "nothing is tried that only an administrator may do"


def test_administrator_whom_the_sources_give_no_pango_goes_on_too(bare):
    bare.give("sudo", 'exec "$@"')

    run = bare.set_up(has="libharfbuzz-subset0 fonts-noto-cjk")

    assert run.returncode == 0, run.stderr
    assert "没有装上： libpangoft2-1.0-0。" in run.stderr
    assert bare.asked().count("apt-get install") == 3
    assert bare.asked().count("apt-get update") == 1


def test_sudo_that_refuses_is_no_administrator(bare):
    bare.give("sudo", "exit 1")

    run = bare.set_up()

    assert run.returncode == 0, run.stderr
    assert "由排版引擎 typst 排" in run.stderr


def test_what_is_there_is_neither_installed_nor_told(bare):
    bare.set_up()
    (bare.folder / "libraries").write_text("libpangoft2-1.0.so.0\nlibharfbuzz-subset.so.0\n", encoding="utf-8")

    run = bare.set_up()

    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_fonts_are_had_from_lists_of_our_own_where_those_of_the_system_are_old(bare):
    (bare.folder / "old-lists").touch()

    run = bare.set_up()

    assert run.returncode == 0, run.stderr
    assert len(list(bare.fonts.iterdir())) == 6


def test_fonts_that_cannot_be_had_are_told(bare):
    bare.give("apt-get", "exit 100")

    run = bare.set_up()

    assert run.returncode == 1
    assert "下载不了软件包 texlive-lang-chinese" in run.stderr


def test_without_apt_get_setup_needs_only_the_fonts(bare):
    bare.take_away("apt-get")
    without = bare.set_up()
    bare.fonts.mkdir(parents=True)
    for name in (*(f"{name}.otf" for name in NAMES), "NotoSerifCJK-Regular.ttc"):
        (bare.fonts / name).touch()
    with_fonts = bare.set_up()

    assert without.returncode == 1
    assert "缺的字体请照 docs/安装.md 放好" in without.stderr
    assert with_fonts.returncode == 0, with_fonts.stderr
    assert "由排版引擎 typst 排" in with_fonts.stderr


@pytest.mark.parametrize("purpose", ["dev", "all"])
def test_who_develops_needs_both_engines(purpose, bare):
    run = bare.set_up(purpose)

    assert run.returncode == 1
    assert "开发和测试要用它" in run.stderr


def test_without_virtual_environments_there_is_nothing_to_set_up(bare):
    (bare.folder / "no-venv").touch()

    run = bare.set_up()

    assert run.returncode == 1
    assert "没有 python3-venv" in run.stderr
