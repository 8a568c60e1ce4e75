"""Finding packs by folder name or Chinese name, and the chain of their parents."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from gongkai.findings import Finding, FindingsError, Level, Place
from gongkai.texts.suggest import alike

from . import needed
from .manifest import Edition, Manifest
from .merged import Branch, Merged, validate
from .packed import unpacked
from .yaml_file import load, pack_error

MANIFEST = "pack.yaml"
NEEDS = "需要程序"
ENVIRONMENT_VARIABLE = "GONGKAI_PACKS"
ENTRY_POINT_GROUP = "gongkai.packs"
ROOT_PACK = "base"
_PACKS_REMEMBERED = 64
EXAMPLES = "例子"
"""The folder of a pack with data files of its own, of which no document is made but to try the pack."""


@dataclass(frozen=True)
class Pack:
    """A pack's folder; its name on disk is its identifier."""

    folder: Path

    @property
    def id(self) -> str:
        """The folder's name."""
        return self.folder.name

    @property
    def file(self) -> Path:
        """Its pack.yaml."""
        return self.folder / MANIFEST

    @cached_property
    def source(self) -> Branch:
        """What the pack.yaml says, with places; raises FindingsError when it cannot be read."""
        return Branch(load(self.file, self.folder))

    @cached_property
    def manifest(self) -> Manifest:
        """The validated pack.yaml; raises FindingsError when it is wrong, or needs a newer program than this."""
        # Asked first: what a newer program understands looks wrong to this one.
        wanted = self.source.value((NEEDS,)) if self.source.has((NEEDS,)) else ""
        if isinstance(wanted, str) and not needed.is_met(wanted):
            message, advice = needed.refusal(wanted)
            raise pack_error(message, self.place(NEEDS), advice, code=needed.CODE)
        return validate(Manifest, Merged([self.source]), file=self.file)

    def place(self, *path: str | int) -> Place:
        """Where the pack.yaml says something."""
        return Merged([self.source]).place(path)


@dataclass(frozen=True)
class Layer:
    """A folder of templates and data in the chain, most specific first; ``number`` is that of its edition."""

    name: str
    folder: Path
    pack: Pack
    number: int | None = None

    @property
    def edition(self) -> Edition | None:
        """The edition of the pack that holds here."""
        return None if self.number is None else self.pack.manifest.editions[self.number]


def product_templates() -> Path:
    """The product's own packs: inside an installed package, or top-level in a checkout."""
    package = Path(__file__).resolve().parents[2]
    installed = package / "templates"
    return installed if installed.is_dir() else package.parents[1] / "templates"


def search_path(extra: Sequence[Path] = ()) -> list[Path]:
    """Folders that hold packs: command line, environment, installed packages, the product.

    In the place of a pack's file there is the folder to which it is unpacked. Raises FindingsError for one that
    cannot be used.
    """
    from_environment = [Path(p) for p in os.environ.get(ENVIRONMENT_VARIABLE, "").split(os.pathsep) if p]
    stated = [unpacked(path) if path.is_file() else path for path in (*extra, *from_environment)]
    return [*stated, *_installed(), product_templates()]


@cache
def _installed() -> tuple[Path, ...]:
    """Folders of packs in installed packages, which do not change while we run."""
    # A pack is data: the package is located, never imported.
    specs = (find_spec(entry.module.partition(".")[0]) for entry in entry_points(group=ENTRY_POINT_GROUP))
    return tuple(Path(folder) for spec in specs if spec for folder in spec.submodule_search_locations or ())


def available(folders: Sequence[Path]) -> list[Pack]:
    """Every pack in the folders; of two with one identifier the first wins."""
    packs: dict[str, Pack] = {}
    for folder in folders:
        for manifest in sorted(folder.glob(f"*/{MANIFEST}")):
            if manifest.parent.name not in packs:
                packs[manifest.parent.name] = _pack(manifest)
    return list(packs.values())


def _pack(manifest: Path) -> Pack:
    try:
        state = manifest.stat()
    except OSError:  # a dead link: whoever reads it says so
        return Pack(manifest.parent)
    return _remembered(manifest.parent, state.st_mtime_ns, state.st_size)


@lru_cache(_PACKS_REMEMBERED)
def _remembered(folder: Path, modified: int, size: int) -> Pack:
    """A pack is looked for several times for every unit: what its pack.yaml says is validated once."""
    return Pack(folder)


def find_pack(name: str, folders: Sequence[Path], wanted: Place | None = None) -> Pack:
    """The pack with this folder name or 名称; ``wanted`` is where its name is written, if not in the data file.

    Raises FindingsError that lists where it was sought. A broken pack does not stand in the way of
    the others: what is wrong with it is said only when nothing is found.
    """
    packs = available(folders)
    for pack in packs:
        if pack.id == name:
            return pack
    names: list[str] = []
    broken: list[Finding] = []
    for pack in packs:
        try:
            title = pack.manifest.name
        except FindingsError as error:
            broken += error.findings
            continue
        if title == name:
            return pack
        names.append(title)
    # Another region's pack is no better than none: a name is suggested only where no second one is as near.
    near = alike(name, [*names, *(pack.id for pack in packs)])
    advice = f"是否想写“{near[0]}”？" if len(near) == 1 else f"现有：{'、'.join(names)}"
    others = [str(folder) for folder in folders if folder != product_templates()]
    if others:
        advice += f"（还查找过：{'、'.join(others)}）"
    missing = Finding(
        "GK503", Level.ERROR, f"没有名为“{name}”的模板包", advice, path=() if wanted else ("模板",), place=wanted
    )
    raise FindingsError([missing, *broken])


def lineage(pack: Pack, folders: Sequence[Path]) -> list[Pack]:
    """The pack and its parents, the most specific first.

    Raises FindingsError when a parent is missing or the inheritance runs in a circle.
    """
    line = [pack]
    while (parent := line[-1].manifest.parent) is not None:
        above = find_pack(parent, folders, line[-1].place("上级"))
        if above.id in {each.id for each in line}:
            circle = " → ".join(each.id for each in (*line, above))
            raise pack_error(f"模板包的“上级”绕成了圈：{circle}", above.place("上级"), "请把其中一个的“上级”改成 base")
        line.append(above)
    return line


def layers(pack: Pack, folders: Sequence[Path], kind: str, year: int, scope: str) -> list[Layer]:
    """The chain from the pack's edition for a kind of document, a year and a 口径 down to the root pack.

    Raises FindingsError when a parent is missing, or the inheritance runs in a circle or does not end at the root.
    """
    line = lineage(pack, folders)
    if line[-1].id != ROOT_PACK:
        advice = f"请在最上一级写“上级: {ROOT_PACK}”"
        raise pack_error("模板包没有继承基础模板", line[-1].place("名称"), advice)
    return [layer for each in line for layer in _layers_of(each, kind, year, scope)]


def _layers_of(pack: Pack, kind: str, year: int, scope: str) -> list[Layer]:
    """The layers of one pack: its edition's folder, if it has one, and the pack itself."""
    editions = pack.manifest.editions
    for number, edition in enumerate(editions):
        if edition.folder is not None and not (pack.folder / edition.folder).is_dir():
            place = pack.place("版本", number, "目录")
            raise pack_error(f"版本的目录“{edition.folder}”不存在", place, "请在模板包里建这个文件夹，或删去“目录”")
    chosen = pack.manifest.edition(kind, year, scope)
    if chosen is None or (folder := editions[chosen].folder) is None:
        return [Layer(pack.id, pack.folder, pack, chosen)]
    own = Layer(f"{pack.id}/{folder}", pack.folder / folder, pack, chosen)
    return [own, Layer(pack.id, pack.folder, pack)]
