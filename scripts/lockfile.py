"""Reading locks, and telling which requirements a set of distributions leaves unmet in an environment."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


@dataclass(frozen=True)
class Locked:
    """A line of a lock: a distribution in one version, where it is wanted, and the hashes of its files."""

    requirement: Requirement
    hashes: tuple[str, ...]

    @property
    def name(self) -> str:
        """The distribution's name in the form in which names are compared."""
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str:
        """The one version."""
        [specifier] = self.requirement.specifier
        return specifier.version

    def is_for(self, environment: Mapping[str, str]) -> bool:
        """Whether it is wanted there."""
        return self.requirement.marker is None or self.requirement.marker.evaluate(dict(environment))


def read_lock(file: Path) -> list[Locked]:
    """The lines of a lock."""
    text = re.sub(r"(?m)^\s*#.*\n", "", file.read_text(encoding="utf-8")).replace("\\\n", " ")
    return [
        Locked(Requirement(line.partition(" --hash")[0]), tuple(re.findall(r" --hash=(sha256:[0-9a-f]{64})\b", line)))
        for line in text.splitlines()
        if line.strip()
    ]


def unmet(
    wanted: Iterable[str],
    have: Mapping[str, str],
    requirements_of: Callable[[str], Iterable[Requirement]],
    environment: Mapping[str, str],
) -> Iterator[str]:
    """Every requirement that what there is (version by name) does not meet, and who has it.

    Followed from what is wanted through the requirements of each distribution; one with an extra asks for what
    the distribution requires for that extra.
    """
    waiting = [("pyproject.toml", Requirement(text), frozenset[str]()) for text in wanted]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        asker, requirement, extras = waiting.pop()
        if not _applies(requirement, extras, environment):
            continue
        name = canonicalize_name(requirement.name)
        if name not in have or not requirement.specifier.contains(have[name], prereleases=True):
            yield f"{asker}: {requirement} ({have.get(name)})"
        asked = (name, frozenset(requirement.extras))
        if asked not in seen:
            seen.add(asked)
            waiting += [(name, needed, asked[1]) for needed in requirements_of(name)]


def _applies(requirement: Requirement, extras: frozenset[str], environment: Mapping[str, str]) -> bool:
    """Whether a distribution that was asked for with these extras needs it there."""
    if requirement.marker is None:
        return True
    return any(requirement.marker.evaluate({**environment, "extra": extra}) for extra in extras or {""})
