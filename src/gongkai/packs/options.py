"""Options of packs: those of every document, and those of one kind (预算:, 决算:), as they are defined and stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gongkai.findings import Finding, FindingsError, Level, Path, Place, shown
from gongkai.kinds import KINDS, USUAL

from .load.find import Layer
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


def definitions_of(chain: Sequence[Layer]) -> Mapping[str, Definitions]:
    """Every option of every kind. A pack may add some; what its parents define keeps its type, on which we rely.

    Raises FindingsError for a type that differs, and for a default that is none.
    """
    found: dict[str, dict[str, Defined]] = {kind: {} for kind in KINDS}
    for layer in reversed(chain):
        for way in _ways(layer):
            definition = validate(OptionDefinition, Merged([layer.pack.source.under(*way)]), way)
            problem = definition.problem(definition.default)
            if problem is not None:
                raise pack_error(f"选项“{way[-1]}”的默认值：{problem[0]}", layer.pack.place(*way, "默认", *problem[1]))
            for kind, name in _meant(way, found):
                earlier = found[kind].get(name)
                if earlier is not None and earlier.definition.kind != definition.kind:
                    place = layer.pack.place(*way, "类型")
                    raise pack_error(f"选项“{name}”的类型与上级不同，应为{earlier.definition.kind}", place)
                common = earlier.common if earlier is not None else len(way) == 2
                found[kind][name] = Defined(definition, layer.pack.source.under(*way, "默认"), common)
    return found


def _ways(layer: Layer) -> Iterator[tuple[str, ...]]:
    """The ways to the options that a pack defines: by themselves, or under the name of a kind."""
    for name, entry in layer.pack.manifest.definitions.items():
        if name not in KINDS:
            yield _DEFINITIONS, name
        elif isinstance(entry, dict):
            yield from ((_DEFINITIONS, name, inner) for inner in entry)
        else:
            message = f"“{_DEFINITIONS} › {name}”应是这个文种的选项"
            raise pack_error(message, layer.pack.place(_DEFINITIONS, name), code="GK502")


def _meant(way: tuple[str, ...], found: Mapping[str, Definitions]) -> list[tuple[str, str]]:
    """Of which kinds an option is defined, and under which name; one that parents define may have its old name."""
    name = way[-1]
    if len(way) > 2:
        return [(way[1], name)]
    having = [kind for kind, options in found.items() if name in options]
    if having and not all(found[kind][name].common for kind in having):
        return [(USUAL if USUAL in having else having[0], name)]
    old = next((kind for kind, options in found.items() if name.removeprefix(kind) in options), None)
    if not having and old is not None:
        return [(old, name.removeprefix(old))]
    return [(kind, name) for kind in found]


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
    kinds: tuple[str, ...] = tuple(KINDS)
    """The kinds of the edition in which it is stated."""

    @property
    def place(self) -> Place:
        """Where it is stated."""
        return self.branch.tree.place(self.branch.path)


def stated_options(chain: Sequence[Layer], definitions: Mapping[str, Definitions]) -> list[Stated]:
    """Everything that is stated of options, the most specific first; ``definitions`` are those of every kind.

    Raises FindingsError for every option that is unknown or has a wrong value.
    """
    found = [stated for layer in chain for stated in _of_layer(layer, definitions)]
    wrong = dict.fromkeys([f for stated in found for f in _mistakes(stated, definitions)] + list(_twice(found)))
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
            yield from (Stated(layer, branch.under(kind, name), kind, name, kinds=tuple(kinds)) for name in group)
    for name in options:
        if name not in KINDS or not isinstance(options[name], dict):
            yield replace(_resolved(layer, branch.under(name), name, kinds, definitions), kinds=tuple(kinds))


def _resolved(
    layer: Layer, branch: Branch, name: str, kinds: Sequence[str], definitions: Mapping[str, Definitions]
) -> Stated:
    """An option that is stated outside of a group: of every kind, of the only kind of its edition, or by its old name.

    Old names: those of the usual kind stood by themselves, those of another began with its name or stood there too.
    """
    if all(name in of_kind and of_kind[name].common for of_kind in definitions.values()):
        return Stated(layer, branch, None, name)
    if len({*kinds}) == 1 and name in definitions[kinds[0]]:
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
    others = "、".join(kind for kind, of_kind in definitions.items() if stated.name in of_kind)
    problem: tuple[str, Path] | None = ("没有这个选项" + (f"，它是{others}的" if stated.kind and others else ""), ())
    if stated.name in KINDS and stated.kind is None:
        problem = ("下面应是这个文种的选项，写作“选项名: 内容”", ())
    if defined is not None:
        problem = defined.definition.problem(stated.branch.value())
    if problem is not None:
        message, path = problem
        place = stated.branch.tree.place((*stated.branch.path, *path))
        yield Finding("GK501", Level.ERROR, f"选项“{stated.old or stated.name}”：{message}", place=place)


def _twice(found: Sequence[Stated]) -> Iterator[Finding]:
    """An error for an option that one mapping states under its old name and under its own."""
    first: dict[tuple[str | int | None, ...], Stated] = {}
    for stated in found:
        mapping = stated.branch.path[: stated.branch.path.index(_OPTIONS) + 1]
        other = first.setdefault((stated.layer.name, *mapping, stated.kind, stated.name), stated)
        if other is not stated:
            message = f"选项“{stated.old or stated.name}”写了两次：第 {other.place.line} 行已经写过"
            yield Finding("GK501", Level.ERROR, message, "请删去一处", place=stated.place)


def old_names(stated: Sequence[Stated]) -> list[Finding]:
    """A warning for every option that is stated under its old name, or where its kind is none of the edition's."""
    idle = [
        Finding(
            "GK507",
            Level.WARNING,
            f"选项“{shown(option.old or option.name)}”是{option.kind}的，这一版只管{'、'.join(option.kinds)}，不起作用",
            "请移到那个文种的版本里",
            place=option.place,
        )
        for option in stated
        if option.kind and option.kind not in option.kinds
    ]
    return idle + [
        Finding(
            "GK507",
            Level.WARNING,
            f"选项“{shown(option.old)}”是旧写法，现在写在“{option.kind}:”下面"
            + (f"，叫“{option.name}”" if option.name != option.old else ""),
            f"写作 {option.kind}: {{{option.name}: …}}；只管一个文种的版本里，直接写“{option.name}”",
            place=option.place,
        )
        for option in stated
        if option.old and option.kind in option.kinds
    ]
