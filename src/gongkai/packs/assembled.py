"""A pack made ready for one kind of document and one year: options, layouts, style, templates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from gongkai.files.read import is_within
from gongkai.findings import Finding, FindingsError, Level, Place
from gongkai.kinds import KINDS
from gongkai.packs.load.find import Layer
from gongkai.packs.load.manifest import OptionDefinition, OptionValue
from gongkai.packs.load.merged import Branch, Merged, validate
from gongkai.packs.load.rule_levels import levels
from gongkai.packs.load.yaml_file import load, pack_error
from gongkai.packs.sandbox.environment import PackEnvironment
from gongkai.source.tree import Tree
from gongkai.statements.tables.form import TableLayout

from .style import Style

STYLE = "style.yaml"
TABLES = "表格.yaml"
_SAME = "同"
COMMON = "统一"
"""The entry of a table file whose values hold for every table that does not say otherwise."""


class ReadyPack:
    """The inherited whole of a pack: what the document is made with.

    Raises FindingsError, on construction, for every unknown option and wrong value.
    """

    def __init__(self, chain: Sequence[Layer], kind: str) -> None:
        self.chain = chain
        self.folder = kind
        self.definitions = _definitions(chain)
        stated = _stated(chain)
        _check_options(stated, self.definitions)
        self.option_texts = {name: _option(chain, stated, name) for name in self.definitions}
        self.options: Mapping[str, OptionValue] = {
            name: definition.read(self.option_texts[name].data) for name, definition in self.definitions.items()
        }
        self.origins = _origins(stated, self.definitions)
        self.table_texts = _table_texts(chain, kind)
        self.layouts = {key: validate(TableLayout, merged, (key,)) for key, merged in self.table_texts.items()}
        self.style = _style(chain)
        self.levels = levels(chain)

    @property
    def prefix(self) -> str:
        """How options for this kind of document begin: those of a budget have no prefix."""
        return KINDS[self.folder].prefix

    @property
    def regions(self) -> frozenset[str]:
        """The packs in the chain, for rules that hold in some region only."""
        return frozenset(layer.pack.id for layer in self.chain)

    @property
    def place(self) -> Place:
        """The pack's manifest, for what no line of it says."""
        return Place(str(self.chain[0].pack.file))

    def environment(self, functions: Sequence[Callable[..., Any]], steps: int | None = None) -> PackEnvironment:
        """The sandbox for this pack's templates, in which ``functions`` may be called."""
        return PackEnvironment(self.chain, functions, steps)

    def listed(self, option: str) -> list[str]:
        """The entries of an option that is a list."""
        value = self.options[option]
        return value if isinstance(value, list) else []

    def template_files(self) -> Iterator[tuple[str, str, Path]]:
        """Every template file of the chain: name, layer and file; the most specific layer first.

        Raises FindingsError for a template that is a link out of its pack.
        """
        for layer in self.chain:
            for file in sorted(layer.folder.rglob("*.html")):
                name = file.relative_to(layer.folder)
                if name.parts[0] in _editions(layer):
                    continue
                if not is_within(file, layer.pack.folder):
                    raise pack_error("模板是指向包外面的链接", Place(str(file)), "请把文件本身放进模板包")
                yield name.as_posix(), layer.name, file


def _editions(layer: Layer) -> set[str]:
    """The folders in a pack's own folder that are layers of their own."""
    if layer.folder != layer.pack.folder:
        return set()
    return {edition.folder for edition in layer.pack.manifest.editions if edition.folder}


def _definitions(chain: Sequence[Layer]) -> dict[str, OptionDefinition]:
    """Every option. A pack may add some; what its parents define keeps its kind, on which the program relies."""
    definitions: dict[str, OptionDefinition] = {}
    for layer in reversed(chain):
        for name, definition in layer.pack.manifest.definitions.items():
            if definitions.get(name, definition).kind != definition.kind:
                place = layer.pack.place("选项定义", name, "类型")
                raise pack_error(f"选项“{name}”的类型与上级不同，应为{definitions[name].kind}", place)
            problem = definition.problem(definition.default)
            if problem is not None:
                place = layer.pack.place("选项定义", name, "默认", *problem[1])
                raise pack_error(f"选项“{name}”的默认值：{problem[0]}", place)
            definitions[name] = definition
    return definitions


Stated = tuple[Layer, Branch]
"""The options that a manifest or one of its editions states."""


def _stated(chain: Sequence[Layer]) -> list[Stated]:
    """All that is said of options, the most specific first."""
    return [(layer, source) for layer in chain for source in _sources(layer) if source.has()]


def _sources(layer: Layer) -> Iterator[Branch]:
    manifest = layer.pack.manifest
    if layer.edition is not None:
        yield layer.pack.source.under("版本", manifest.editions.index(layer.edition), "选项")
    if layer.folder == layer.pack.folder:
        yield layer.pack.source.under("选项")


def _check_options(stated: Sequence[Stated], definitions: Mapping[str, OptionDefinition]) -> None:
    """Raise FindingsError for every option that is unknown or has a wrong value."""
    findings = []
    for layer, source in stated:
        options = source.value()
        assert isinstance(options, dict), "the manifest was validated"
        for name, value in options.items():
            definition = definitions.get(name)
            problem = definition.problem(value) if definition else ("没有这个选项", ())
            if problem is not None:
                message, path = problem
                place = layer.pack.place(*source.path, name, *path)
                findings.append(Finding("GK501", Level.ERROR, f"选项“{name}”：{message}", place=place))
    if findings:
        raise FindingsError(dict.fromkeys(findings))


def _option(chain: Sequence[Layer], stated: Sequence[Stated], name: str) -> Merged:
    """What is said of an option: by the layers, and beneath them by its definition."""
    default = next(layer.pack for layer in chain if name in layer.pack.manifest.definitions)
    return Merged(
        [*(source.under(name) for _, source in stated), default.source.under("选项定义", name, "默认")],
    )


def _origins(stated: Sequence[Stated], definitions: Mapping[str, OptionDefinition]) -> Mapping[str, str]:
    """For each option the layer that gave its value; '' where the default stands."""
    return {
        name: next((layer.name for layer, source in stated if source.under(name).has()), "") for name in definitions
    }


def _trees(chain: Sequence[Layer], file: str) -> list[Tree]:
    return [load(layer.folder / file, layer.pack.folder) for layer in chain]


def _table_texts(chain: Sequence[Layer], folder: str) -> dict[str, Merged]:
    """What is said of each table: by name, beneath it of the table that it is the same as (同), then of all tables."""
    trees = _trees(chain, f"{folder}/{TABLES}")
    keys = dict.fromkeys(key for tree in reversed(trees) for key in tree.data if key != COMMON)
    return {key: Merged([*_said_of(trees, key), *(Branch(tree, (COMMON,)) for tree in trees)]) for key in keys}


def _said_of(trees: Sequence[Tree], key: str, met: tuple[str, ...] = ()) -> list[Branch]:
    """What is said of a table, and beneath it what was said of the table that it is the same as (同).

    A pack that calls two tables the same means the other one as it and its parents have it: what a child changes in
    one of them does not change both. Raises FindingsError where the other is not there, or leads back to the first.
    """
    said = [Branch(tree, (key,)) for tree in trees]
    number, stated = next(((i, b) for i, b in enumerate(said) if b.has((_SAME,))), (0, None))
    if stated is None:
        return said
    name, place = stated.value((_SAME,)), stated.tree.place((key, _SAME))
    if not isinstance(name, str) or not any(name in tree.data for tree in trees[number:]):
        raise pack_error(f"“{key}”的“同”：没有名为“{name}”的表", place)
    if name in (key, *met):
        raise pack_error(f"“{key}”的“同”绕成了圈", place)
    return [*said, *_said_of(trees[number:], name, (*met, key))]


def _style(chain: Sequence[Layer]) -> Style:
    merged = Merged([Branch(tree) for tree in _trees(chain, STYLE)])
    style = validate(Style, merged)
    findings = [
        Finding("GK502", Level.ERROR, message, advice, place=merged.place(path))
        for path, message, advice in style.problems()
    ]
    if findings:
        raise FindingsError(findings)
    return style
