"""All template packs as they were when a batch began: every unit is made with the same ones, on whatever machine."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from gongkai.files.read import is_within, read_regular
from gongkai.findings import Finding, FindingsError
from gongkai.packs.load.find import EXAMPLES, available, find_pack, lineage, search_path
from gongkai.produce.inputs import digest
from gongkai.stand_ins import BETWEEN, as_known

from .toolchain import named_fonts

_LARGEST_FILE = 50_000_000
"""Bytes of a file of a pack."""
_NO_TEXT = b"\xff"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The files of all packs (``00/base/pack.yaml`` …), and by its place (``00/base``) where each pack came from.

    The names of empty folders end in a slash. The number tells where a pack was sought: of two with one 名称 the
    first is taken. ``outside`` are links out of their packs: nothing of what they lead to is here, and whoever uses
    them is refused as without a snapshot.
    """

    files: Mapping[str, bytes]
    origins: Mapping[str, str]
    outside: frozenset[str] = frozenset()

    def unpack(self, root: Path) -> UnpackedPacks:
        """The packs in a folder of their own."""
        for name, data in self.files.items():
            file = root / name
            if name.endswith("/"):
                file.mkdir(parents=True, exist_ok=True)
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        for name in self.outside:
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            try:
                file.symlink_to(root.resolve().anchor)
            except OSError:  # a system on which not everybody may make links: no text either
                file.write_bytes(_NO_TEXT)
        return UnpackedPacks(root, dict(self.origins))


def take_snapshot(extra: Sequence[Path]) -> Snapshot:
    """Every pack that a run could find. A file that cannot be read is left out: a template that needs it says so."""
    packs = available(search_path(extra))
    sought = list(dict.fromkeys(pack.folder.parent for pack in packs))
    places = {f"{sought.index(pack.folder.parent):02}/{pack.id}": pack for pack in packs}
    files: dict[str, bytes] = {}
    outside: set[str] = set()
    for place, pack in places.items():
        for file in _walk(pack.folder):
            name = f"{place}/{file.relative_to(pack.folder).as_posix()}"
            try:
                if file.is_symlink() and not is_within(file, pack.folder):
                    outside.add(name)
                elif file.is_file():
                    files[name] = read_regular(file, _LARGEST_FILE)
                elif file.is_dir() and not any(file.iterdir()):
                    files[f"{name}/"] = b""  # that of an edition may be empty, but must be there
            except OSError:
                continue
    return Snapshot(files, {place: as_known(str(pack.folder)) for place, pack in places.items()}, frozenset(outside))


def _walk(folder: Path) -> Iterator[Path]:
    """Everything in a pack but its examples, of which no unit's document is made.

    A link to one of its folders is gone through once, and no folder that holds the link.
    """
    for root, folders, files in os.walk(folder, followlinks=True):
        here = Path(root)
        links = [name for name in folders if (here / name).is_symlink()]
        if here == folder:
            folders[:] = [name for name in folders if name != EXAMPLES]
            links = [name for name in links if name != EXAMPLES]
        empty = [] if files or folders or here == folder else [here]
        yield from [*(here / name for name in sorted([*files, *links])), *empty]
        folders[:] = sorted(name for name in folders if name not in links or _is_beside(here / name, folder))


def _is_beside(link: Path, folder: Path) -> bool:
    inside = is_within(link, folder)
    return inside and not is_within(link.parent, link) and not any(up.is_symlink() for up in _above(link, folder))


def _above(path: Path, folder: Path) -> list[Path]:
    return [parent for parent in path.parents if parent.is_relative_to(folder) and parent != folder]


@dataclass(frozen=True, slots=True)
class UnpackedPacks:
    """Where the packs of a batch lie, and where they came from."""

    root: Path
    origins: Mapping[str, str]

    @property
    def folders(self) -> list[Path]:
        """Where packs are to be sought, in the order in which they were."""
        return [self.root / number for number in dict.fromkeys(place.partition("/")[0] for place in self.origins)]

    def shown(self, finding: Finding) -> Finding:
        """The finding with the places that the designer of a pack knows, not those of the copies."""
        place = finding.place
        if place is not None:
            place = replace(place, file=self._original(place.file))
        return replace(
            finding, message=self._original(finding.message), advice=self._original(finding.advice), place=place
        )

    def _original(self, text: str) -> str:
        root = str(self.root)
        if root not in text:
            return text
        for place in sorted(self.origins, key=len, reverse=True):
            text = text.replace(str(self.root / place), self.origins[place])
        for place, origin in self.origins.items():
            text = text.replace(str((self.root / place).parent), _above_origin(place, origin))
        return text

    def fingerprint(self, name: str) -> str | None:
        """A hash of a pack, all its parents and their fonts; None when they cannot be put together."""
        return _fingerprint(tuple(self.folders), name)


def _above_origin(place: str, origin: str) -> str:
    """Where a pack was sought: the folder in which it is, or the file."""
    entry = f"{BETWEEN}{place.partition('/')[2]}"
    return origin.removesuffix(entry) if origin.endswith(entry) else str(Path(origin).parent)


@cache
def _fingerprint(folders: tuple[Path, ...], name: str) -> str | None:
    try:
        packs = lineage(find_pack(name, folders), folders)
    except FindingsError:
        return None
    files = {
        file.relative_to(folder.parent).as_posix(): read_regular(file, _LARGEST_FILE)
        for folder in (pack.folder for pack in packs)
        for file in sorted(_walk(folder))
        if file.is_file()
    }
    parts = [f"{file} {digest(data)}" for file, data in (files | named_fonts(files)).items()]
    return digest("\n".join(parts).encode())
