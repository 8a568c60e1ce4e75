"""A pack made ready for one kind of document and one year: options, layouts, style, templates."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from gongkai.files.read import is_within
from gongkai.findings import Finding, FindingsError, Level, Place
from gongkai.kinds import KINDS
from gongkai.model.disclosure import Disclosure
from gongkai.model.own.declared import Declared
from gongkai.packs.load.facts import declared, model_of_files
from gongkai.packs.load.find import Layer
from gongkai.packs.load.manifest import OptionValue
from gongkai.packs.load.merged import Branch, Merged, validate
from gongkai.packs.load.rule_levels import levels
from gongkai.packs.load.yaml_file import load, pack_error
from gongkai.packs.picture.picture import PictureError
from gongkai.packs.picture.read import read_picture
from gongkai.packs.sandbox.environment import PackEnvironment
from gongkai.packs.sandbox.loader import LayeredLoader
from gongkai.source.tree import Tree
from gongkai.statements.declared.bound import BoundTable
from gongkai.statements.language.language import Language
from gongkai.statements.language.own import with_own

from .emblem import Emblem
from .options import COMMON, Defined, definitions_of, old_names, stated_options
from .style import Style
from .tables.declared import ORDER_WORDS, bound_tables
from .tables.files import quantities, table_texts, validated

STYLE = "style.yaml"
_EMBLEM_FILE = ("徽标", "文件")


class AssembledPack:
    """The inherited whole of a pack: what the document is made with.

    Raises FindingsError, on construction, for every unknown option and wrong value.
    """

    def __init__(self, chain: Sequence[Layer], kind: str, scope: str) -> None:
        self.chain = chain
        self.declared: Declared = declared(chain, kind, scope)
        """The facts that files of this pack state beside what all files state."""
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
            name: _option_text([option.branch for option in options], of_kinds[kind][name])
            for name, options in said.items()
        }
        _refuse_vain(self.option_texts, kind)
        self.options: Mapping[str, OptionValue] = {
            name: definition.read(self.option_texts[name].data) for name, definition in self.definitions.items()
        }
        self.origins = {name: options[0].origin if options else "" for name, options in said.items()}
        """For each option the pack and edition that gave its value; '' where the default stands."""
        self.kinds_of = {
            name: tuple(each for each in of_kinds if name in of_kinds[each])
            for name in dict.fromkeys(name for options in of_kinds.values() for name in options)
        }
        """For every option of any kind of document the kinds that have one of this name."""
        self.table_texts = table_texts(chain, kind)
        self._quantities = quantities(chain, kind)
        self.layouts = validated(self.table_texts)
        style = Merged([Branch(tree) for tree in _trees(chain, STYLE)])
        self.style = _style(style, chain)
        self.emblem_place = style.place(_EMBLEM_FILE)
        """Where a style.yaml names the emblem, if there is one."""
        self.levels = levels(chain)

    @cached_property
    def tables(self) -> Mapping[str, BoundTable]:
        """The tables with everything in them looked up. Raises FindingsError for every name that is not there."""
        names = self.language.names(self.options)
        return bound_tables(names, self._quantities, self.table_texts, self.layouts)

    @property
    def quantity_names(self) -> Collection[str]:
        """The expressions that have a name for all tables (量)."""
        data = self._quantities.data
        return data.keys() if isinstance(data, dict) else ()

    @cached_property
    def model(self) -> type[Disclosure]:
        """The model of the data files of this pack."""
        return model_of_files(self.folder, self.declared)

    @cached_property
    def language(self) -> Language:
        """What the expressions of its kind of document may speak of, its own facts among it."""
        return with_own(KINDS[self.folder].language.value, self.model, self.declared)

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

    def called(self, option: str) -> str:
        """How a message calls an option: 选项“自称”（预算）."""
        return f"选项“{option}”（{COMMON if option in self.common else self.folder}）"

    def listed(self, option: str) -> list[str]:
        """The entries of an option that is a list."""
        value = self.options[option]
        return value if isinstance(value, list) else []

    def template_files(self) -> Iterator[tuple[str, str, Path]]:
        """Every template file of the chain: name, layer and file; the most specific layer first.

        Raises FindingsError for a template that is a link out of its pack.
        """
        yield from self._template_files

    @cached_property
    def _template_files(self) -> Sequence[tuple[str, str, Path]]:
        return list(self._listed_templates())

    def _listed_templates(self) -> Iterator[tuple[str, str, Path]]:
        for layer in self.chain:
            for file in sorted(layer.folder.rglob("*.html")):
                name = file.relative_to(layer.folder)
                if name.parts[0] in _editions(layer):
                    continue
                if not is_within(file, layer.pack.folder):
                    raise pack_error("模板是指向包外面的链接", Place(str(file)), "请把文件本身放进模板包")
                yield name.as_posix(), layer.name, file


def _option_text(stated: Sequence[Branch], defined: Defined) -> Merged:
    """What is said of an option over its default; entries may be taken out where a pack may also add some (可增)."""
    return Merged([*stated, defined.default], [()] if defined.definition.extensible else [])


def _refuse_vain(texts: Mapping[str, Merged], kind: str) -> None:
    """Raise FindingsError for entries that are taken out of a mapping which has none of this name."""
    findings = []
    for name, merged in texts.items():
        for vain in merged.vain:
            message, advice = vain.problem
            findings.append(
                Finding("GK501", Level.ERROR, f"选项“{name}”（{kind}）：{message}", advice, place=vain.place)
            )
    if findings:
        raise FindingsError(findings)


def _editions(layer: Layer) -> set[str]:
    """The folders in a pack's own folder that are layers of their own."""
    if layer.folder != layer.pack.folder:
        return set()
    return {edition.folder for edition in layer.pack.manifest.editions if edition.folder}


def _trees(chain: Sequence[Layer], file: str) -> list[Tree]:
    return [load(layer.folder / file, layer.pack.folder) for layer in chain]


def _style(merged: Merged, chain: Sequence[Layer]) -> Style:
    style = validate(Style, merged)
    if style.emblem is not None:
        emblem = _with_picture(style.emblem, chain, merged.place(_EMBLEM_FILE))
        style = style.model_copy(update={"emblem": emblem})
    findings = [
        Finding("GK502", Level.ERROR, message, advice, place=merged.place(path))
        for path, message, advice in style.problems()
    ]
    if findings:
        raise FindingsError(findings)
    return style


def _with_picture(emblem: Emblem, chain: Sequence[Layer], place: Place) -> Emblem:
    """An emblem with its picture, whose file stands beside the style.yaml that names it (``place``)."""
    folder = Path(place.file).parent
    pack = next(layer.pack for layer in chain if layer.folder == folder)
    file = folder / emblem.file
    try:
        return emblem.with_picture(read_picture(file, pack.folder))
    except PictureError as error:
        where = Place(str(file), error.line, 1) if error.line else place
        raise pack_error(f"徽标“{emblem.file}”{error.message}", where, error.advice, code="GK510") from None
