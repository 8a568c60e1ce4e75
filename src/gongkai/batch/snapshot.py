"""All template packs as they were when a batch began: every unit is made with the same ones, on whatever machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from gongkai.findings import Finding, FindingsError, Place
from gongkai.packs.find import available, find_pack, layers, search_path

from .task import digest


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The files of all packs (``base/pack.yaml`` …), and the folder that each pack came from."""

    files: Mapping[str, bytes]
    folders: Mapping[str, str]

    def unpack(self, root: Path) -> UnpackedPacks:
        """The packs in a folder of their own."""
        for name, data in self.files.items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return UnpackedPacks(root, dict(self.folders))


def take_snapshot(extra: Sequence[Path]) -> Snapshot:
    """Every pack that a run could find. A file that cannot be read is left out: a template that needs it says so."""
    packs = available(search_path(extra))
    files: dict[str, bytes] = {}
    for pack in packs:
        for file in sorted(pack.folder.rglob("*")):
            try:
                if file.is_file():
                    files[f"{pack.id}/{file.relative_to(pack.folder).as_posix()}"] = file.read_bytes()
            except OSError:
                continue
    return Snapshot(files, {pack.id: str(pack.folder) for pack in packs})


@dataclass(frozen=True, slots=True)
class UnpackedPacks:
    """Where the packs of a batch lie, and where they came from."""

    root: Path
    folders: Mapping[str, str]

    def shown(self, finding: Finding) -> Finding:
        """The finding with the places that the designer of a pack knows, not those of the copies."""
        place = finding.place
        if place is not None:
            place = Place(self._original(place.file), place.line, place.column)
        return replace(
            finding, message=self._original(finding.message), advice=self._original(finding.advice), place=place
        )

    def _original(self, text: str) -> str:
        root = str(self.root)
        if root not in text:
            return text
        for name in sorted(self.folders, key=len, reverse=True):
            text = text.replace(str(self.root / name), self.folders[name])
        return text.replace(root, "、".join(dict.fromkeys(str(Path(f).parent) for f in self.folders.values())))

    def fingerprint(self, name: str) -> str | None:
        """A hash of a pack and all its parents; None when they cannot be put together."""
        return _fingerprint(self.root, name)


@cache
def _fingerprint(root: Path, name: str) -> str | None:
    try:
        chain = layers(find_pack(name, [root]), [root], "预算", 0)
    except FindingsError:
        return None
    packs = dict.fromkeys(layer.pack.folder for layer in chain)
    parts = [
        f"{file.relative_to(root).as_posix()} {digest(file.read_bytes())}"
        for folder in packs
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    ]
    return digest("\n".join(parts).encode())
