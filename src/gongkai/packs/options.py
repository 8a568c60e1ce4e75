"""Options of packs: those of every document, and those of one kind (预算:, 决算:), as they are defined and stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gongkai.findings import Finding, FindingsError, Level, Path, Place, shown
from gongkai.kinds import KINDS, USUAL
from gongkai.texts.suggest import alike

from .load.find import Layer
from .load.manifest import OptionDefinition
from .load.merged import NOTHING, Branch, Merged, nearest, validate
from .load.yaml_file import pack_error
from .renaming.register import OPTIONS_BY_KIND

_OPTIONS, _DEFINITIONS, _EDITIONS = "选项", "选项定义", "版本"
_WRITTEN = {"清单": "写作 [甲, 乙]；", "对照": "写作 {名称: 内容}；"}
COMMON = "共用"
"""What a message calls an option that every kind of document has."""


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
                place = layer.pack.place(*way, "默认", *problem[1])
                raise pack_error(f"选项“{way[-1]}”的默认值：{problem[0]}", place, "默认值要合这个选项的类型")
            for kind, name in _meant(way, found):
                earlier = found[kind].get(name)
                if earlier is not None:
                    _refuse_another(earlier.definition, definition, layer, way)
                common = earlier.common if earlier is not None else len(way) == 2
                found[kind][name] = Defined(definition, layer.pack.source.under(*way, "默认"), common)
    return found


def _refuse_another(
    earlier: OptionDefinition, definition: OptionDefinition, layer: Layer, way: tuple[str, ...]
) -> None:
    """Raise FindingsError for a definition of what parents define that is of another type, or lacks entries of it."""
    name = way[-1]
    if earlier.kind != definition.kind:
        message = f"选项“{name}”的类型与上级不同，应为{earlier.kind}"
        raise pack_error(message, layer.pack.place(*way, "类型"), f"写作 类型: {earlier.kind}")
    lost = [key for key in earlier.fixed_entries if key not in definition.default]
    if lost or (earlier.fixed_entries and definition.extensible):
        told = f"缺少“{'、'.join(lost)}”" if lost else "不能写“可增”"
        message = f"选项“{name}”的各条是上级定的，{told}"
        raise pack_error(message, layer.pack.place(*way, "默认"), f"各条：{'、'.join(earlier.fixed_entries)}")


def _ways(layer: Layer) -> Iterator[tuple[str, ...]]:
    """The ways to the options that a pack defines: by themselves, or under the name of a kind."""
    for name, entry in layer.pack.manifest.definitions.items():
        if name not in KINDS:
            yield _DEFINITIONS, name
        elif isinstance(entry, dict):
            yield from ((_DEFINITIONS, name, inner) for inner in entry)
        else:
            message = f"“{_DEFINITIONS} › {name}”应是这个文种的选项"
            advice = f"写作 {name}: {{选项名: {{含义: …, 默认: …}}}}"
            raise pack_error(message, layer.pack.place(_DEFINITIONS, name), advice, code="GK502")


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

    @property
    def origin(self) -> str:
        """Which pack states it, and in which edition, if it is one of that: kezhou 2024 年版（预算）."""
        edition = self.layer.edition if self.branch.path[0] == _EDITIONS else None
        return f"{self.layer.pack.id} {edition.label}" if edition else self.layer.name

    @property
    def called(self) -> str:
        """How a message calls it: 选项“自称”（预算）."""
        return f"选项“{shown(self.old or self.name)}”（{self.kind or COMMON}）"


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
    if edition is not None and layer.number is not None:
        yield from _of_mapping(
            layer, source.under(_EDITIONS, layer.number, _OPTIONS), tuple(dict.fromkeys(edition.kinds)), definitions
        )
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


def old_options(layer: Layer, definitions: Mapping[str, Definitions]) -> list[Stated]:
    """What a pack's whole manifest, every edition of it too, states under names that options no longer have."""
    source, manifest = layer.pack.source, layer.pack.manifest
    found = [*_of_mapping(layer, source.under(_OPTIONS), tuple(KINDS), definitions)]
    for number, edition in enumerate(manifest.editions):
        found += _of_mapping(layer, source.under(_EDITIONS, number, _OPTIONS), edition.kinds, definitions)
    return [stated for stated in found if stated.old]


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
    if stated.name in KINDS and stated.kind is None:
        told = f"选项“{stated.name}”：下面应是这个文种的选项，写作“选项名: 内容”"
        yield _wrong(told, stated.place, f"写作 {stated.name}: {{选项名: 内容}}")
    elif defined is None:
        yield _unknown(stated, definitions)
    elif stated.kind and stated.kind not in stated.kinds:
        whose = f"写在“{stated.kind}:”下面" if defined.common else f"是{stated.kind}的"
        told = f"选项“{shown(stated.old or stated.name)}”{whose}，这一版只管{'、'.join(stated.kinds)}"
        yield _wrong(told, stated.place, f"请移到管{stated.kind}的版本里，或移到“{_OPTIONS}”里")
    else:
        problem = _problem(stated, defined.definition)
        if problem is not None:
            message, advice, path = problem
            place = stated.branch.tree.place((*stated.branch.path, *path))
            yield _wrong(f"{stated.called}：{message}", place, advice)


def _wrong(message: str, place: Place, advice: str) -> Finding:
    return Finding("GK501", Level.ERROR, message, advice, place=place)


def _problem(stated: Stated, definition: OptionDefinition) -> tuple[str, str, Path] | None:
    """Why the value cannot be taken, what to do, and the way to what is wrong in it; or None."""
    value = stated.branch.value()
    problem = definition.problem(value)
    if problem is not None:
        message, path = problem
        return message, f"{_WRITTEN.get(definition.kind, '')}这个选项是：{definition.meaning}", path
    for key in definition.fixed_entries if isinstance(value, dict) else ():
        if key in value and stated.branch.drops((key,)):
            advice = f'不要印的可以写成空白 ""；要印“{NOTHING}”字的，加引号：{key}: "{NOTHING}"'
            return f"“{key}”不能去掉，程序要用它", advice, (key,)
    return None


def _unknown(stated: Stated, definitions: Mapping[str, Definitions]) -> Finding:
    """What to say of an option that its kind, or no kind, has: whose it is, or what it was meant for."""
    name = stated.name
    others = [kind for kind, options in definitions.items() if name in options]
    if stated.kind and others:
        whose = "、".join(others)
        return _wrong(f"{stated.called}：没有这个选项，它是{whose}的", stated.place, f"请移到“{whose}:”下面")
    if stated.kind:
        return _wrong(f"{stated.called}：没有这个选项", stated.place, nearest(name, definitions[stated.kind]))
    groups = {COMMON: [option for option, defined in definitions[USUAL].items() if defined.common]}
    for kind, options in definitions.items():
        groups[f"写在“{kind}:”下面"] = [option for option, defined in options.items() if not defined.common]
    near = alike(name, [*dict.fromkeys(option for options in groups.values() for option in options)])
    advice = "；".join(f"{where}的：{'、'.join(options)}" for where, options in groups.items() if options)
    if near:
        named = (f"“{n}”（{'、'.join(where for where, options in groups.items() if n in options)}）" for n in near[:4])
        advice = f"是否想写{'、'.join(named)}？"
    return _wrong(f"选项“{shown(name)}”：没有这个选项", stated.place, advice)


def _twice(found: Sequence[Stated]) -> Iterator[Finding]:
    """An error for an option that one mapping states under its old name and under its own."""
    first: dict[tuple[str | int | None, ...], Stated] = {}
    for stated in found:
        mapping = stated.branch.path[: stated.branch.path.index(_OPTIONS) + 1]
        other = first.setdefault((stated.layer.name, *mapping, stated.kind, stated.name), stated)
        if other is not stated:
            message = f"{stated.called}写了两次：第 {other.place.line} 行已经写过"
            yield Finding("GK501", Level.ERROR, message, "请删去一处", place=stated.place)


def old_names(stated: Sequence[Stated]) -> list[Finding]:
    """A warning for every option that is stated under its old name."""
    return [
        Finding(
            "GK507",
            Level.WARNING,
            f"选项“{shown(option.old)}”是旧写法，现在写在“{option.kind}:”下面"
            + (f"，叫“{option.name}”" if option.name != option.old else ""),
            f"写作 {option.kind}: {{{option.name}: …}}；只管一个文种的版本里，直接写“{option.name}”；"
            f"旧的{OPTIONS_BY_KIND.until}以前还能用，gongkai migrate {option.layer.pack.id} --write 替你改",
            place=option.place,
        )
        for option in stated
        if option.old
    ]
