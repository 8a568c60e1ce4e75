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

from lockfile import Locked, read_lock, unmet
from support.fixtures import ROOT

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
def locked(lock: str) -> list[Locked]:
    """What a lock holds."""
    return read_lock(ROOT / f"locks/{lock}.lock")


def versions(lock: str, environment: Mapping[str, str]) -> dict[str, str]:
    """What a lock installs in an environment: version by name."""
    here = [line for line in locked(lock) if line.is_for(environment)]
    assert len({line.name for line in here}) == len(here), "one of them stands there twice"
    return {line.name: line.version for line in here}


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
    "all": [*RUNS, *group("all"), *(wanted for extra in EXTRAS.values() for wanted in extra)],
    "app": [*RUNS, *group("app")],
    "lock": [*group("lock")],
    **{extra: [*RUNS, *wanted] for extra, wanted in EXTRAS.items()},
}
"""What each lock is for."""


def unmet_by(lock: str, environment: Mapping[str, str]) -> list[str]:
    """Every requirement that a lock does not meet: of the project, and of each distribution that it reaches."""
    return list(unmet(WANTED[lock], versions(lock, environment), requirements_of, environment))


@cache
def requirements_of(name: str) -> list[Requirement]:
    """What an installed distribution says that it needs; one for another system is not installed here."""
    try:
        return [Requirement(text) for text in requires(name) or []]
    except PackageNotFoundError:
        return []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_pinned_and_has_hashes(lock):
    assert locked(lock)
    for line in locked(lock):
        assert re.fullmatch(r"==[^*]+", str(line.requirement.specifier)), line
        assert line.hashes, line
        assert not line.requirement.extras, "pip would resolve an extra"
        assert line.requirement.url is None


def test_every_purpose_has_its_lock():
    assert sorted(WANTED) == LOCKS


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_met_by_the_lock(lock, environment):
    assert unmet_by(lock, ENVIRONMENTS[environment]) == []


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


def test_lock_that_lacks_a_requirement_is_found():
    """The test of the test: what an extra alone asks for, a version too old, a requirement of another system."""
    requirements = {"coverage": ["tomli; extra == 'toml'"], "tomli": []}

    def missing(*wanted: str, system: str = "Linux", **have: str) -> list[str]:
        named = requirements.get
        environment = ENVIRONMENTS[f"{system} 3.11"]
        found = unmet(wanted, have, lambda name: map(Requirement, named(name, [])), environment)
        return [line.split()[1] for line in found]

    assert missing("coverage[toml]", coverage="7") == ["tomli;"]
    assert missing("coverage", coverage="7") == []
    assert missing("coverage[toml]>=8", coverage="7", tomli="2") == ["coverage[toml]>=8"]
    assert missing("colorama; sys_platform == 'win32'") == []
    assert missing("colorama; sys_platform == 'win32'", system="Windows") == ["colorama;"]


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
