"""One ZIP with everything that pip and the product need on a machine without any package index.

``bundle.py PLATFORM PYTHON``, as in ``make bundle PLATFORM=linux_aarch64 PYTHON=3.11``: the wheels of the
lock of what runs, chosen for that platform and Python and not for the machine that builds; our own wheel, the
fonts, a list with hashes and an installer. The same sources give the same bytes.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.parser import BytesParser
from functools import cached_property
from pathlib import Path

import click
from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

from lockfile import Locked, read_lock, unmet

ROOT = Path(__file__).resolve().parents[1]
PARTS = ROOT / "scripts" / "bundle"
LIST = "requirements.txt"
_TIME = (1980, 1, 1, 0, 0, 0)

# As old a C library as there are wheels for: 麒麟 V10 and 统信 20 have 2.28.
_GLIBC = range(28, 4, -1)


@dataclass(frozen=True)
class Platform:
    """A kind of machine: how wheels for it are tagged, and what markers say of it."""

    tags: tuple[str, ...]
    markers: Mapping[str, str]
    installer: str


def _linux(machine: str) -> Platform:
    old = (f"manylinux{name}_{machine}" for name in ("2014", "2010", "1"))
    markers = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": machine}
    tags = (*(f"manylinux_2_{minor}_{machine}" for minor in _GLIBC), *old, f"linux_{machine}")
    return Platform(tags, markers, "install.sh")


PLATFORMS = {
    "linux_x86_64": _linux("x86_64"),
    "linux_aarch64": _linux("aarch64"),
    "win_amd64": Platform(
        ("win_amd64",),
        {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
        "安装.bat",
    ),
}


@dataclass(frozen=True)
class Target:
    """Where the bundle is to be installed: a platform of ours, and a minor version of Python such as 3.12."""

    platform: str
    python: str

    @property
    def environment(self) -> dict[str, str]:
        """What requirements' markers are judged by there."""
        python = {"python_version": self.python, "python_full_version": f"{self.python}.0"}
        names = {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
        unknown = {"implementation_version": f"{self.python}.0", "platform_release": "", "platform_version": ""}
        return {**PLATFORMS[self.platform].markers, **python, **names, **unknown}

    @cached_property
    def tags(self) -> frozenset[Tag]:
        """The tags of wheels that can be installed there."""
        version, platforms = self.version, PLATFORMS[self.platform].tags
        abi = f"cp{version[0]}{version[1]}"
        return frozenset([*cpython_tags(version, [abi], platforms), *compatible_tags(version, abi, platforms)])

    @property
    def version(self) -> tuple[int, int]:
        """Python's version in numbers."""
        major, _, minor = self.python.partition(".")
        return int(major), int(minor)

    @property
    def name(self) -> str:
        """What tells its bundle from others."""
        return f"{self.platform}-py{self.version[0]}{self.version[1]}"


class BundleError(Exception):
    """Why there is no bundle."""


def wanted(lock: Sequence[Locked], target: Target) -> list[Locked]:
    """What of the lock is installed there."""
    return [line for line in lock if line.is_for(target.environment)]


def fetch(lines: Sequence[Locked], target: Target, folder: Path) -> None:
    """Download the wheels of these lines for the target, each by one of its hashes."""
    listed = folder / "wanted.txt"
    listed.write_text("".join(map(_line, lines)), encoding="utf-8")
    platforms = [word for tag in PLATFORMS[target.platform].tags for word in ("--platform", tag)]
    abi = f"cp{target.version[0]}{target.version[1]}"
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--require-hashes", "--only-binary", ":all:", "--implementation", "cp", "--abi", abi,
        "--python-version", target.python, *platforms, "--dest", str(folder), "-r", str(listed),
    ]  # fmt: skip
    subprocess.run(command, check=True)  # noqa: S603 - our own words
    listed.unlink()


def _line(line: Locked, hashes: Sequence[str] = ()) -> str:
    return " ".join([f"{line.name}=={line.version}", *(f"--hash={known}" for known in hashes or line.hashes)]) + "\n"


def build_wheel(folder: Path) -> Path:
    """The product's own wheel."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - our own words
    [wheel] = folder.glob("gongkai-*.whl")
    return wheel


def requirements_of(wheel: Path) -> list[Requirement]:
    """What a wheel says that it needs."""
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA") and name.count("/") == 1]
        said = BytesParser().parsebytes(archive.read(name), headersonly=True)
    return [Requirement(text) for text in said.get_all("Requires-Dist", [])]


def lacking(wheels: Sequence[Path], target: Target) -> Iterator[str]:
    """Whatever keeps the wheels from being installed there: one that does not fit, a requirement without a wheel."""
    named = {str(canonicalize_name(parse_wheel_filename(wheel.name)[0])): wheel for wheel in wheels}
    for wheel in wheels:
        if not parse_wheel_filename(wheel.name)[3] & target.tags:
            yield f"{wheel.name} does not fit {target.name}"
    have = {name: str(parse_wheel_filename(wheel.name)[1]) for name, wheel in named.items()}

    def needs(name: str) -> list[Requirement]:
        return requirements_of(named[name]) if name in named else []

    yield from unmet(["gongkai"], have, needs, target.environment)


def fonts() -> dict[str, Path]:
    """The font files that the product's own style names, on this machine."""
    from gongkai.output.look.fonts import locate_fonts
    from gongkai.packs.load.find import ROOT_PACK
    from gongkai.packs.open import open_pack

    return dict(locate_fonts(open_pack(ROOT_PACK, "预算", 2024).style))


def entries(wheels: Sequence[Path], target: Target) -> Iterator[tuple[str, bytes]]:
    """The files of the bundle by name."""
    listed = []
    for wheel in sorted(wheels):
        name, version, _, _ = parse_wheel_filename(wheel.name)
        listed.append(f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n")
    yield LIST, "".join(listed).encode()
    for part in (
        PLATFORMS[target.platform].installer,
        f"说明-{PLATFORMS[target.platform].markers['sys_platform']}.txt",
    ):
        text = (PARTS / part).read_text(encoding="utf-8").replace("{python}", target.python)
        text = text.replace("{platform}", target.platform)
        # Windows' own programs want its line breaks, and Notepad a mark of UTF-8.
        windows = target.platform.startswith("win")
        data = text.replace("\n", "\r\n" if windows else "\n").encode("utf-8-sig" if part.endswith(".txt") else "utf-8")
        yield ("说明.txt" if part.startswith("说明") else part), data
    for wheel in sorted(wheels):
        yield f"wheels/{wheel.name}", wheel.read_bytes()
    for name, file in sorted(fonts().items()):
        yield f"fonts/{name}", file.read_bytes()


def pack(file: Path, folder: str, contents: Iterator[tuple[str, bytes]]) -> None:
    """A ZIP file of equal bytes for equal contents; everything lies in one folder."""
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in contents:
            info = zipfile.ZipInfo(f"{folder}/{name}", _TIME)
            info.create_system = 3  # Unix: names are UTF-8, and the installer may be run
            info.external_attr = (0o100755 if name.endswith(".sh") else 0o100644) << 16
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".whl") else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)


def bundle(target: Target, out: Path) -> Path:
    """Write the bundle for a target; where it lies. Raises BundleError when it would not be complete."""
    with tempfile.TemporaryDirectory(prefix="gongkai-") as name:
        folder = Path(name)
        fetch(wanted(read_lock(ROOT / "locks/run.lock"), target), target, folder)
        own = build_wheel(folder)
        wheels = sorted(folder.glob("*.whl"))
        if faults := list(lacking(wheels, target)):
            raise BundleError("\n".join(faults))
        out.mkdir(parents=True, exist_ok=True)
        title = f"{own.name.split('-py3')[0]}-{target.name}"
        file = out / f"{title}.zip"
        pack(file, title, entries(wheels, target))
    return file


def target_of(platform: str, python: str) -> Target:
    """The target of these words. Raises BundleError when we have no such one."""
    if platform not in PLATFORMS:
        raise BundleError(f"PLATFORM 要写：{'、'.join(PLATFORMS)}")
    least = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    if not python.replace(".", "", 1).isdigit() or not Requirement(f"python{least}").specifier.contains(python):
        raise BundleError(f"PYTHON 要写成 3.11 这样，并且合于 {least}")
    return Target(platform, python)


@click.command()
@click.argument("platform", default="")
@click.argument("python", default="")
@click.option("--out", type=click.Path(path_type=Path), default=ROOT / "dist", help="The folder of the ZIP file.")
def main(platform: str, python: str, out: Path) -> None:
    """Write the bundle for a PLATFORM and a version of PYTHON."""
    try:
        file = bundle(target_of(platform, python), out)
    except BundleError as error:
        raise click.UsageError(str(error)) from None
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    click.echo(f"{file}（{file.stat().st_size / 1_000_000:.0f} MB，SHA-256 {digest}）")


if __name__ == "__main__":
    main()
