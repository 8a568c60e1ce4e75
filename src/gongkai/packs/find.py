"""Finding packs by folder name or Chinese name, and the chain of their parents."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from gongkai.findings import Finding, FindingsError, Level

from .manifest import Edition, Manifest
from .yamlfile import load_mapping, pack_error, validate

MANIFEST = "pack.yaml"
ENVIRONMENT_VARIABLE = "GONGKAI_PACKS"
ENTRY_POINT_GROUP = "gongkai.packs"
ROOT_PACK = "base"


@dataclass(frozen=True)
class Pack:
    """A pack's folder; its name on disk is its identifier."""

    folder: Path

    @property
    def id(self) -> str:
        """The folder's name."""
        return self.folder.name

    @cached_property
    def manifest(self) -> Manifest:
        """The validated pack.yaml; raises FindingsError when it is wrong."""
        file = self.folder / MANIFEST
        return validate(Manifest, load_mapping(file), file)


@dataclass(frozen=True)
class Layer:
    """A folder of templates and data in the chain, most specific first."""

    name: str
    folder: Path
    pack: Pack
    edition: Edition | None = None


def product_templates() -> Path:
    """The product's own packs: inside an installed package, or top-level in a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "templates"
    return installed if installed.is_dir() else package.parents[1] / "templates"


def search_path(extra: Sequence[Path] = ()) -> list[Path]:
    """Folders that hold packs: command line, environment, installed packages, the product."""
    from_environment = [Path(p) for p in os.environ.get(ENVIRONMENT_VARIABLE, "").split(os.pathsep) if p]
    installed = []
    for entry in entry_points(group=ENTRY_POINT_GROUP):
        # A pack is data: the package is located, never imported.
        spec = find_spec(entry.module.partition(".")[0])
        if spec is not None and spec.submodule_search_locations:
            installed += [Path(location) for location in spec.submodule_search_locations]
    return [*extra, *from_environment, *installed, product_templates()]


def available(folders: Sequence[Path]) -> list[Pack]:
    """Every pack in the folders; of two with one identifier the first wins."""
    packs: dict[str, Pack] = {}
    for folder in folders:
        for manifest in sorted(folder.glob(f"*/{MANIFEST}")):
            packs.setdefault(manifest.parent.name, Pack(manifest.parent))
    return list(packs.values())


def find_pack(name: str, folders: Sequence[Path]) -> Pack:
    """The pack with this folder name or 名称. Raises FindingsError that lists where it was sought."""
    packs = available(folders)
    for pack in packs:
        if pack.id == name:
            return pack
    for pack in packs:
        if pack.manifest.name == name:
            return pack
    known = [label for pack in packs for label in (pack.manifest.name, pack.id)]
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    advice = f"是否想写“{near[0]}”？" if near else f"现有：{'、'.join(p.manifest.name for p in packs)}"
    others = [str(folder) for folder in folders if folder != product_templates()]
    if others:
        advice += f"（还查找过：{'、'.join(others)}）"
    raise FindingsError([Finding("GK503", Level.ERROR, f"没有名为“{name}”的模板包", advice, path=("模板",))])


def layers(pack: Pack, folders: Sequence[Path], kind: str, year: int) -> list[Layer]:
    """The chain from the pack's edition down to the root pack.

    Raises FindingsError when a parent is missing or the inheritance runs in a circle.
    """
    chain: list[Layer] = []
    seen: list[str] = []
    current: Pack | None = pack
    while current is not None:
        file = current.folder / MANIFEST
        if current.id in seen:
            raise pack_error(f"模板包的“上级”绕成了圈：{' → '.join([*seen, current.id])}", file)
        seen.append(current.id)
        manifest = current.manifest
        edition = manifest.edition(kind, year)
        if edition is not None and edition.folder is not None:
            chain.append(Layer(f"{current.id}/{edition.folder}", current.folder / edition.folder, current, edition))
            edition_layer_options = None
        else:
            edition_layer_options = edition
        chain.append(Layer(current.id, current.folder, current, edition_layer_options))
        current = find_pack(manifest.parent, folders) if manifest.parent else None
    if seen[-1] != ROOT_PACK:
        raise pack_error("模板包没有继承基础模板", pack.folder / MANIFEST, f"请在最上一级写“上级: {ROOT_PACK}”")
    return chain
