"""A program in one folder, for clerks without Python: ``dist/gongkai`` with the libraries and fonts in it.

Run by ``make app`` on Linux; on Windows by ``py -3.12 scripts/app.py`` (see docs/安装.md). Everything is installed
into an environment of its own from the lock ``app``, so that nothing else of this machine gets into the program.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "build" / "app"
NAME = "gongkai"

WITH_VERSIONS = (
    "weasyprint", "pydyf", "fonttools", "typst", "pikepdf", "python-docx", "lxml", "jinja2", "xlsxwriter", "pydantic",
    "PyYAML",
)  # fmt: skip
"""Distributions whose versions the product asks for: their metadata come along."""


SYSTEM_LIBRARIES = (
    "libgobject-2.0.so.0", "libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0", "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
)  # fmt: skip
"""What WeasyPrint opens by name on Linux: nothing else tells that the program needs them."""


def environment() -> Path:
    """A fresh environment with what is locked and the product itself; its Python."""
    folder = WORK / "venv"
    venv.create(folder, clear=True, with_pip=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    locks = [word for name in ("app", "build") for word in ("-r", ROOT / "locks" / f"{name}.lock")]
    _run(*pip, "--require-hashes", "--only-binary", ":all:", *locks)
    # As a wheel: in a checkout the templates lie elsewhere.
    _run(*pip, "--no-build-isolation", "--no-index", ROOT)
    return python


def fonts(python: Path) -> list[Path]:
    """The font files of the product's own style, as the product finds them on this machine."""
    code = (
        "from gongkai.output.look.fonts import locate_fonts; from gongkai.packs.open import open_pack; "
        "print(*locate_fonts(open_pack('base', '预算', 2024).style).values(), sep='\\n')"
    )
    said = _run(python, "-X", "utf8", "-c", code, capture_output=True, encoding="utf-8").stdout
    return [Path(line) for line in said.splitlines()]


def system_libraries(python: Path) -> list[Path]:
    """Where the libraries of one of the engines were loaded from; on Windows PyInstaller finds them by itself.

    None on a machine without them: there the program has the other engine. Raises FileNotFoundError when only some
    of them are missing.
    """
    if sys.platform != "linux" or not _has_pango(python):
        return []
    code = "import gongkai.output.pdf.weasyprint.fast_import; print(open('/proc/self/maps').read())"
    loaded = _run(python, "-c", code, capture_output=True, encoding="utf-8").stdout
    folders = dict.fromkeys(Path(line[line.index("/") :]).parent for line in loaded.splitlines() if ".so" in line)
    found = {name: folder / name for name in SYSTEM_LIBRARIES for folder in folders if (folder / name).is_file()}
    if missing := set(SYSTEM_LIBRARIES) - set(found):
        raise FileNotFoundError("、".join(sorted(missing)))
    return list(found.values())


def _has_pango(python: Path) -> bool:
    code = "from gongkai.output.pdf.choice import ENGINES, refused; print(refused(ENGINES['weasyprint']) is None)"
    return _run(python, "-c", code, capture_output=True, encoding="utf-8").stdout.strip() == "True"


def font_settings() -> list[str]:
    """The settings of Fontconfig on this machine, without links: those that its library here reads."""
    system = Path("/etc/fonts")
    if not system.is_dir():
        return []
    shutil.copytree(system, WORK / "etc-fonts")
    return [f"--add-data={WORK / 'etc-fonts'}{os.pathsep}etc/fonts"]


def build(python: Path, out: Path) -> Path:
    """Make the program; its folder."""
    data = [f"--add-data={file}{os.pathsep}share/fonts/gongkai" for file in fonts(python)]
    libraries = [f"--add-binary={file}{os.pathsep}." for file in system_libraries(python)]
    versions = [f"--copy-metadata={name}" for name in WITH_VERSIONS]
    _run(
        python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level=ERROR", "--onedir", "--console",
        f"--name={NAME}", f"--distpath={out}", f"--workpath={WORK}", f"--specpath={WORK}",
        "--collect-all=gongkai", *versions, *data, *libraries, *font_settings(), ROOT / "scripts" / "app_start.py",
    )  # fmt: skip
    return out / NAME


def _run(*command: object, **how: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, command)), check=True, **how)  # type: ignore[call-overload,no-any-return]  # noqa: S603 - our own words


def main() -> None:
    """Make the program in ``dist``."""
    shutil.rmtree(WORK, ignore_errors=True)
    folder = build(environment(), ROOT / "dist")
    if sys.platform == "linux" and not list(folder.rglob(SYSTEM_LIBRARIES[1])):
        sys.stdout.write("本机没有排版库 Pango：程序里只有排版引擎 typst\n")
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    sys.stdout.write(f"{folder}（{size / 1_000_000:.0f} MB）\n")


if __name__ == "__main__":
    main()
