"""Options of packs: those of every document, and those of one kind (预算:, 决算:), as they are defined and stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.findings import Finding, FindingsError, Level, Path, Place, shown
from gongkai.kinds import KINDS, USUAL

from .load.find import Layer, Pack
from .load.manifest import OptionDefinition
from .load.merged import Branch, Merged, validate
from .load.yaml_file import pack_error

_OPTIONS, _DEFINITIONS, _EDITIONS = "选项", "选项定义", "版本"


@dataclass(frozen=True, slots=True)
class Defined:
    """An option of one kind of document: its definition, where its default stands, and whether every kind has it."""

    definition: OptionDefinition
    default: Branch
    common: bool


Definitions = Mapping[str, Defined]


def definitions_of(chain: Sequence[Layer], kind: str) -> Definitions:
    """Every option of a kind. A pack may add some; what its parents define keeps its type, on which we rely.

    Raises FindingsError for a type that differs, and for a default that is none.
    """
    found: dict[str, Defined] = {}
    for layer in reversed(chain):
        for path, definition in _defined(layer, kind):
            name = path[-1]
            place = layer.pack.place(*path)
            earlier = found.get(name)
            if earlier is not None and earlier.definition.kind != definition.kind:
                wrong = layer.pack.place(*path, "类型")
                raise pack_error(f"选项“{name}”的类型与上级不同，应为{earlier.definition.kind}", wrong or place)
            problem = definition.problem(definition.default)
            if problem is not None:
                raise pack_error(f"选项“{name}”的默认值：{problem[0]}", layer.pack.place(*path, "默认", *problem[1]))
            common = len(path) == 2 and (earlier is None or earlier.common)
            found[name] = Defined(definition, layer.pack.source.under(*path, "默认"), common)
    return found


def _defined(layer: Layer, kind: str) -> Iterator[tuple[tuple[str, ...], OptionDefinition]]:
    """The options that a pack defines for a kind, with the way to each: by itself, or under the name of the kind."""
    for name, entry in layer.pack.manifest.definitions.items():
        ways = [(_DEFINITIONS, name, inner) for inner in entry] if name == kind and isinstance(entry, dict) else []
        for way in ways if name in KINDS else [(_DEFINITIONS, name)]:
            yield way, _definition(layer.pack, way)


def _definition(pack: Pack, way: tuple[str, ...]) -> OptionDefinition:
    return validate(OptionDefinition, Merged([pack.source.under(*way)]), way)


@dataclass(frozen=True, slots=True)
class Stated:
    """An option as a manifest or one of its editions states it: of which kind (None: of every), and under which name.

    ``old`` is the name under which it was stated before options were grouped by kind.
    """

    layer: Layer
    branch: Branch
    kind: str | None
    name: str
    old: str = ""

    @property
    def place(self) -> Place:
        """Where it is stated."""
        return self.branch.tree.place(self.branch.path)


def stated_options(chain: Sequence[Layer], definitions: Mapping[str, Definitions]) -> list[Stated]:
    """Everything that is stated of options, the most specific first; ``definitions`` are those of every kind.

    Raises FindingsError for every option that is unknown or has a wrong value.
    """
    found = [stated for layer in chain for stated in _of_layer(layer, definitions)]
    wrong = dict.fromkeys(finding for stated in found for finding in _mistakes(stated, definitions))
    if wrong:
        raise FindingsError(wrong)
    return found


def _of_layer(layer: Layer, definitions: Mapping[str, Definitions]) -> Iterator[Stated]:
    source, edition = layer.pack.source, layer.edition
    if edition is not None:
        at = layer.pack.manifest.editions.index(edition)
        yield from _of_mapping(layer, source.under(_EDITIONS, at, _OPTIONS), edition.kinds, definitions)
    if layer.folder == layer.pack.folder:
        yield from _of_mapping(layer, source.under(_OPTIONS), tuple(KINDS), definitions)


def _of_mapping(
    layer: Layer, branch: Branch, kinds: Sequence[str], definitions: Mapping[str, Definitions]
) -> Iterator[Stated]:
    if not branch.has():
        return
    options = branch.value()
    assert isinstance(options, dict), "the manifest was validated"
    for kind in KINDS:
        group = options.get(kind)
        if isinstance(group, dict):  # an option of every kind may be stated for one
            yield from (Stated(layer, branch.under(kind, name), kind, name) for name in group)
    for name in options:
        if name not in KINDS or not isinstance(options[name], dict):
            yield _resolved(layer, branch.under(name), name, kinds, definitions)


def _resolved(
    layer: Layer, branch: Branch, name: str, kinds: Sequence[str], definitions: Mapping[str, Definitions]
) -> Stated:
    """An option that is stated outside of a group: of every kind, of the only kind of its edition, or by its old name.

    Old names: those of the usual kind stood by themselves, those of another began with its name or stood there too.
    """
    if all(name in of_kind and of_kind[name].common for of_kind in definitions.values()):
        return Stated(layer, branch, None, name)
    if len(kinds) == 1 and name in definitions[kinds[0]]:
        return Stated(layer, branch, kinds[0], name)
    if name in definitions[USUAL]:
        return Stated(layer, branch, USUAL, name, name)
    for kind, of_kind in definitions.items():
        plain = name.removeprefix(kind)
        if plain in of_kind:
            return Stated(layer, branch, kind, plain, name)
    return Stated(layer, branch, None, name)


def _mistakes(stated: Stated, definitions: Mapping[str, Definitions]) -> Iterator[Finding]:
    kinds = [stated.kind] if stated.kind else list(definitions)
    defined = next((definitions[kind][stated.name] for kind in kinds if stated.name in definitions[kind]), None)
    problem: tuple[str, Path] | None = ("没有这个选项", ())
    if defined is not None:
        problem = defined.definition.problem(stated.branch.value())
    if problem is not None:
        message, path = problem
        place = stated.branch.tree.place((*stated.branch.path, *path))
        yield Finding("GK501", Level.ERROR, f"选项“{stated.old or stated.name}”：{message}", place=place)


def old_names(stated: Sequence[Stated]) -> list[Finding]:
    """A warning for every option that is stated under its old name."""
    return [
        Finding(
            "GK507",
            Level.WARNING,
            f"选项“{shown(option.old)}”是旧写法，现在写在“{option.kind}:”下面"
            + (f"，叫“{option.name}”" if option.name != option.old else ""),
            f"写作 {option.kind}: {{{option.name}: …}}；只管一个文种的版本里，直接写“{option.name}”",
            place=option.place,
        )
        for option in stated
        if option.old
    ]
