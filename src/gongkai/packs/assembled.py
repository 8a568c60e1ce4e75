"""A pack made ready for one kind of document and one year: options, layouts, style, templates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from gongkai.files.read import is_within
from gongkai.findings import Finding, FindingsError, Level, Place
from gongkai.kinds import KINDS
from gongkai.packs.load.find import Layer
from gongkai.packs.load.manifest import OptionValue
from gongkai.packs.load.merged import Branch, Merged, validate
from gongkai.packs.load.rule_levels import levels
from gongkai.packs.load.yaml_file import load, pack_error
from gongkai.packs.sandbox.environment import PackEnvironment
from gongkai.packs.sandbox.loader import LayeredLoader
from gongkai.source.tree import Node, Tree
from gongkai.statements.declared.bind import bound, with_quantities
from gongkai.statements.declared.bound import BoundTable
from gongkai.statements.declared.mistakes import DeclarationError
from gongkai.statements.language.language import Language
from gongkai.statements.tables.form import TableForm

from .options import definitions_of, old_names, stated_options
from .style import Style

STYLE = "style.yaml"
TABLES = "表格.yaml"
_SAME = "同"
COMMON = "统一"
"""The entry of a table file whose values hold for every table that does not say otherwise."""
QUANTITIES = "量"
"""The entry of a table file that names expressions for all its tables."""


ORDER_WORDS = ("表序", "序号")
"""The place of a table among those that are published, with two digits and plain, in its own texts."""


def number_word(table: str) -> str:
    """The word that stands for the number of a table (表号) in the texts of all: {三公经费表号}."""
    return f"{table}表号"


class AssembledPack:
    """The inherited whole of a pack: what the document is made with.

    Raises FindingsError, on construction, for every unknown option and wrong value.
    """

    def __init__(self, chain: Sequence[Layer], kind: str) -> None:
        self.chain = chain
        self.loader = LayeredLoader(chain)
        self.folder = kind
        of_kinds = definitions_of(chain)
        stated = stated_options(chain, of_kinds)
        self.old_names = old_names(stated)
        """What is stated under names that options no longer have."""
        self.common = frozenset(name for name, defined in of_kinds[kind].items() if defined.common)
        """The options that every kind of document has."""
        self.definitions = {name: defined.definition for name, defined in of_kinds[kind].items()}
        said = {
            name: [option for option in stated if option.name == name and option.kind in (kind, None)]
            for name in self.definitions
        }
        self.option_texts = {
            name: Merged([*(option.branch for option in options), of_kinds[kind][name].default])
            for name, options in said.items()
        }
        self.options: Mapping[str, OptionValue] = {
            name: definition.read(self.option_texts[name].data) for name, definition in self.definitions.items()
        }
        self.origins = {name: options[0].layer.name if options else "" for name, options in said.items()}
        """For each option the layer that gave its value; '' where the default stands."""
        self.table_texts = _table_texts(chain, kind)
        self.layouts = {key: validate(TableForm, merged, (key,)) for key, merged in self.table_texts.items()}
        self.quantities = Merged([Branch(tree, (QUANTITIES,)) for tree in _trees(chain, f"{kind}/{TABLES}")])
        self.style = _style(chain)
        self.levels = levels(chain)

    @cached_property
    def tables(self) -> Mapping[str, BoundTable]:
        """The tables with everything in them looked up.

        Raises FindingsError for every name that is not there, with the file and line that has it.
        """
        names = self.language.names(self.options)
        findings: list[Finding] = []
        try:
            names = with_quantities(names, _expressions(self.quantities))
        except DeclarationError as error:
            findings += _told(error, self.quantities, f"“{QUANTITIES}”")
        found: dict[str, BoundTable] = {}
        for key, layout in self.layouts.items():
            try:
                found[key] = bound(key, layout, names)
            except DeclarationError as error:
                findings += _told(error, self.table_texts[key], f"表格“{key}”")
        if findings:
            raise FindingsError(findings)
        return found

    @property
    def language(self) -> Language:
        """What the expressions of its kind of document may speak of."""
        return KINDS[self.folder].language.value

    @property
    def regions(self) -> frozenset[str]:
        """The packs in the chain, for rules that hold in some region only."""
        return frozenset(layer.pack.id for layer in self.chain)

    @property
    def place(self) -> Place:
        """The pack's manifest, for what no line of it says."""
        return Place(str(self.chain[0].pack.file))

    def order_words(self, table: str) -> dict[str, str]:
        """What {表序} and {序号} stand for in the texts of a table; nothing for one that is not published by itself."""
        listed = self.listed("表格")
        if table not in listed:
            return {}
        number = listed.index(table) + 1
        return dict(zip(ORDER_WORDS, (f"{number:02d}", str(number)), strict=True))

    def environment(self, functions: Mapping[str, Callable[..., Any]], steps: int | None = None) -> PackEnvironment:
        """The sandbox for this pack's templates, in which ``functions`` may be called."""
        return PackEnvironment(self.loader, functions, steps)

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


def _trees(chain: Sequence[Layer], file: str) -> list[Tree]:
    return [load(layer.folder / file, layer.pack.folder) for layer in chain]


def _table_texts(chain: Sequence[Layer], folder: str) -> dict[str, Merged]:
    """What is said of each table: by name, beneath it of the table that it is the same as (同), then of all tables."""
    trees = _trees(chain, f"{folder}/{TABLES}")
    for tree in trees:
        common = tree.data.get(COMMON, {})
        if not isinstance(common, dict) or _SAME in common:
            raise pack_error(f"“{COMMON}”下面应是各表通用的写法，没有“{_SAME}”", tree.place((COMMON,)), code="GK502")
    keys = dict.fromkeys(key for tree in reversed(trees) for key in tree.data if key not in {COMMON, QUANTITIES})
    return {key: _with_own_heads([*_said_of(trees, key), *(Branch(tree, (COMMON,)) for tree in trees)]) for key in keys}


def _expressions(quantities: Merged) -> dict[str, str]:
    """What is said of quantities. Raises FindingsError where that is no mapping of names to expressions."""
    data = quantities.data
    if not isinstance(data, dict):
        raise pack_error(f"“{QUANTITIES}”下面应是“名称: 式”", quantities.place(), code="GK502")
    wrong = next((name for name, text in data.items() if not isinstance(text, str)), None)
    if wrong is not None:
        raise pack_error(f"“{QUANTITIES} › {wrong}”应为一个式", quantities.place((wrong,)), code="GK502")
    return {name: str(text) for name, text in data.items()}


def _told(error: DeclarationError, merged: Merged, what: str) -> Iterator[Finding]:
    """The mistakes of a declaration as findings."""
    for mistake in error.mistakes:
        place = merged.place(mistake.path)
        yield Finding("GK504", Level.ERROR, f"{what}：{mistake.message}", mistake.advice, place=place)


def _said_of(trees: Sequence[Tree], key: str, met: tuple[tuple[str, int], ...] = ()) -> list[Branch]:
    """What is said of a table down to the pack that calls it the same as another (同), and then of that other.

    The other is meant as that pack and its parents have it: what a child changes in one does not change both.
    Raises FindingsError where the other is not there, or leads back to the first.
    """
    said = [Branch(tree, (key,)) for tree in trees]
    number, stated = next(((i, b) for i, b in enumerate(said) if b.has((_SAME,))), (0, None))
    if stated is None:
        return said
    name, place = stated.value((_SAME,)), stated.tree.place((key, _SAME))
    if not isinstance(name, str) or not any(name in tree.data for tree in trees[number:]):
        raise pack_error(f"“{key}”的“同”：没有名为“{name}”的表", place)
    met = (*met, (key, len(trees)))
    if (name, len(trees) - number) in met or name == key:
        raise pack_error(f"“{key}”的“同”绕成了圈", place)
    return [*said[: number + 1], *_said_of(trees[number:], name, met)]


def _with_own_heads(branches: Sequence[Branch]) -> Merged:
    """What is said of a table; heads renamed (列名称) beneath where the heads are written anew (栏目) are not there."""
    merged = Merged(branches)
    data = merged.data
    heads = next((i for i, branch in enumerate(merged.sources) if branch.has(("栏目",))), None)
    labels = data.get("列名称") if isinstance(data, dict) else None
    if heads is None or not isinstance(labels, dict):
        return merged
    above = merged.sources[: heads + 1]
    kept: dict[str, Node] = {k: v for k, v in labels.items() if any(branch.has(("列名称", k)) for branch in above)}
    assert isinstance(data, dict), "it has labels"
    merged.data = {**data, "列名称": kept}
    return merged


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
