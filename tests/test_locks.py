"""The locks are complete: installing resolves nothing, on the day that they are made and on any other."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from fixtures import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = sorted(path.stem for path in (ROOT / "locks").glob("*.lock"))

SYSTEMS = {
    "Linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"},
    "Linux ARM": {
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
        "platform_machine": "aarch64",
    },
    "Windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
    "macOS": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": "arm64"},
}
ENVIRONMENTS = {"here": dict(default_environment())} | {
    f"{system} 3.{minor}": {
        **default_environment(), **names, "python_version": f"3.{minor}", "python_full_version": f"3.{minor}.0",
    }
    for system, names in SYSTEMS.items()
    for minor in (11, 12, 13, 14)
}  # fmt: skip


@cache
def locked(lock: str) -> list[tuple[Requirement, int]]:
    """What a lock holds, each with the number of its hashes."""
    text = (ROOT / f"locks/{lock}.lock").read_text(encoding="utf-8")
    lines = re.sub(r"\\\n", " ", re.sub(r"(?m)^\s*#.*\n", "", text)).splitlines()
    return [
        (Requirement(line.partition(" --hash")[0]), len(re.findall(r" --hash=sha256:[0-9a-f]{64}\b", line)))
        for line in lines
        if line.strip()
    ]


def versions(lock: str, environment: Mapping[str, str]) -> dict[str, str]:
    """What a lock installs in an environment: version by name."""
    found: dict[str, str] = {}
    for requirement, _ in locked(lock):
        if requirement.marker is None or requirement.marker.evaluate(dict(environment)):
            name = canonicalize_name(requirement.name)
            assert name not in found, f"{name} twice"
            [specifier] = requirement.specifier
            found[name] = specifier.version
    return found


def group(name: str) -> Iterator[str]:
    """The requirements of a dependency group, with those of the groups that it includes."""
    for entry in PROJECT["dependency-groups"][name]:
        if isinstance(entry, str):
            yield entry
        else:
            yield from group(entry["include-group"])


RUNS = PROJECT["project"]["dependencies"]
EXTRAS = PROJECT["project"]["optional-dependencies"]
WANTED = {
    "run": RUNS,
    "build": [*group("build"), *PROJECT["build-system"]["requires"]],
    "dev": [*RUNS, *group("dev"), *(wanted for extra in EXTRAS.values() for wanted in extra)],
    "app": [*RUNS, *group("app")],
    "lock": [*group("lock")],
    **{extra: [*RUNS, *wanted] for extra, wanted in EXTRAS.items()},
}
"""What each lock is for."""


def unmet(lock: str, environment: Mapping[str, str]) -> Iterator[str]:
    """Every requirement that a lock does not meet: of the project, and of each distribution that it reaches.

    A requirement with an extra asks for what the distribution requires for that extra.
    """
    have = versions(lock, environment)
    waiting = [("pyproject.toml", Requirement(text), frozenset[str]()) for text in WANTED[lock]]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        asker, wanted, extras = waiting.pop()
        if not applies(wanted, extras, environment):
            continue
        name = canonicalize_name(wanted.name)
        if not wanted.specifier.contains(have.get(name, ""), prereleases=True) if name in have else True:
            yield f"{asker}: {wanted} ({have.get(name)})"
        asked = (name, frozenset(wanted.extras))
        if asked not in seen:
            seen.add(asked)
            waiting += [(name, requirement, asked[1]) for requirement in requirements_of(name)]


def applies(wanted: Requirement, extras: frozenset[str], environment: Mapping[str, str]) -> bool:
    """Whether a distribution that was asked for with these extras needs it here."""
    if wanted.marker is None:
        return True
    return any(wanted.marker.evaluate({**environment, "extra": extra}) for extra in extras or {""})


def requirements_of(name: str) -> list[Requirement]:
    """What an installed distribution says that it needs; one for another system is not installed here."""
    try:
        return [Requirement(text) for text in requires(name) or []]
    except PackageNotFoundError:
        return []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_pinned_and_has_hashes(lock):
    assert locked(lock)
    for requirement, hashes in locked(lock):
        assert re.fullmatch(r"==[^*]+", str(requirement.specifier)), requirement
        assert hashes, f"{requirement} has no hash"
        assert not requirement.extras, "pip would resolve an extra"
        assert requirement.url is None


def test_every_purpose_has_its_lock():
    assert sorted(WANTED) == LOCKS


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_met_by_the_lock(lock, environment):
    assert list(unmet(lock, ENVIRONMENTS[environment])) == []


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_locks_agree_on_every_version(environment):
    everything = versions("dev", ENVIRONMENTS[environment])
    for lock in LOCKS:
        own = versions(lock, ENVIRONMENTS[environment])
        assert {name: everything.get(name, version) for name, version in own.items()} == own


def test_what_is_locked_is_what_is_tested():
    """Requirements are read from what is installed: it must be the locked version."""
    here = versions("dev", default_environment())

    assert {name: metadata(name)["Version"] for name in here} == here


def test_what_only_develops_is_not_in_what_runs():
    assert not {"pytest", "mypy", "ruff", "hatchling", "distributed"} & set(versions("run", default_environment()))


def test_lock_that_lacks_a_requirement_is_found(monkeypatch):
    """The test of the test: what an extra alone asks for, a version too old, a requirement of another system."""
    here = dict(default_environment())
    extra = {"coverage": ["tomli; extra == 'toml'"]}
    monkeypatch.setitem(WANTED, "dev", ["coverage[toml]"])
    monkeypatch.setattr(f"{__name__}.requirements_of", lambda name: list(map(Requirement, extra.get(name, []))))
    assert list(unmet("dev", here)) == ['coverage: tomli; extra == "toml" (None)']

    monkeypatch.setitem(WANTED, "run", ["click>=99", "pywin32; sys_platform == 'win32'"])
    assert [line.split()[1] for line in unmet("run", here)] == ["click>=99"]
    assert len(list(unmet("run", ENVIRONMENTS["Windows 3.11"]))) == 2


@pytest.mark.slow
@pytest.mark.parametrize("purpose", ["run", "dev", "cluster"])
def test_clean_machine_is_set_up_from_the_lock(purpose, tmp_path):
    """A fresh checkout, an empty cache, pip as Python bundles it."""
    for name in ("src", "templates", "examples", "locks", "scripts"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    # Not the environment of this test: that of the Python which it was made from.
    path = os.pathsep.join([str(Path(sys.base_prefix) / "bin"), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "PIP_NO_CACHE_DIR": "1"}

    def set_up() -> str:
        command = ["sh", "scripts/setup.sh", purpose]
        run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False)
        assert run.returncode == 0, run.stderr
        return run.stderr

    said = set_up()
    binaries = tmp_path / ".venv/bin"
    shown = subprocess.run([binaries / "gongkai", "--help"], capture_output=True, encoding="utf-8", check=True).stdout

    assert "No broken requirements found" in said
    assert "预算" in shown
    assert (binaries / "pytest").exists() == (purpose == "dev")
    assert (binaries / "dask").exists() == (purpose != "run")
    assert set_up() == "", "nothing is left to do"
