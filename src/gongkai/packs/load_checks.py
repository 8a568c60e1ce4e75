"""What must be right before a pack is used at all: its options, the words in its texts, its blocks.

Everything here would otherwise be silent (a block that replaces nothing) or be blamed on the base
pack's template in which it shows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path as FilePath

from jinja2 import TemplateNotFound, TemplateSyntaxError, nodes

from gongkai.findings import Finding, FindingsError, Level, Path, Place
from gongkai.packs.load.merged import Merged
from gongkai.packs.sandbox.environment import PackEnvironment
from gongkai.packs.sandbox.loader import PARENT, read_template
from gongkai.statements.charts import CHARTS
from gongkai.statements.tables.words import UNIT, WordError, fill

from .assembled import ORDER_WORDS, TABLES, AssembledPack, number_word

WORDS = ("单位", "年度", "口径")
"""What the texts of a pack may name in braces."""

COMPOSED_WORDS = ("表头称谓", "自评主体", "标题主体", UNIT)
"""Options that the texts of tables may name as well, and options that say so."""


def mistakes(pack: AssembledPack) -> list[Finding]:
    """Every mistake that makes a pack unusable."""
    return [*_listed(pack), *_words(pack), *_unknown_blocks(pack), *_tables(pack)]


def error_at(place: Place, message: str, advice: str = "", level: Level = Level.ERROR) -> Finding:
    """A finding about what a pack says."""
    return Finding("GK504", level, message, advice, place=place)


def _listed(pack: AssembledPack) -> Iterator[Finding]:
    """Entries of options that name a table, part or section which does not exist."""
    parts, sections, tables = "部分", "章节", "表格"
    for option, folder in ((parts, pack.folder), (sections, f"{pack.folder}/说明")):
        for number, entry in enumerate(pack.listed(option)):
            name = f"{folder}/{entry}.html"
            try:
                pack.loader.find(name)
            except TemplateNotFound:
                yield error_at(
                    pack.option_texts[option].place((number,)), f"选项“{option}”里的“{entry}”没有模板 {name}"
                )
    yield from _known(pack, tables, pack.layouts, f"{pack.folder}/{TABLES}")
    titles = pack.options[f"{parts}标题"]
    assert isinstance(titles, dict), "the manifest checks the type of an option"
    yield from _known(pack, parts, titles, f"选项“{parts}标题”")
    yield from _known(pack, "图表", CHARTS, "各图")


def _tables(pack: AssembledPack) -> Sequence[Finding]:
    """Names in the expressions of tables that are not there."""
    try:
        assert pack.tables is not None
    except FindingsError as error:
        return error.findings
    return ()


def _known(pack: AssembledPack, option: str, names: Collection[str], where: str) -> Iterator[Finding]:
    for number, entry in enumerate(pack.listed(option)):
        if entry not in names:
            place = pack.option_texts[option].place((number,))
            yield error_at(place, f"选项“{option}”里的“{entry}”在{where}里没有", f"可写：{'、'.join(names)}")


def _words(pack: AssembledPack) -> Iterator[Finding]:
    """Words in braces that stand for nothing."""
    for option, value in pack.options.items():
        merged, own = pack.option_texts[option], pack.definitions[option].words
        # A function that fills its own words knows no others.
        words = (*WORDS, *own) if set(own) <= set(COMPOSED_WORDS) else own
        if isinstance(value, dict):
            for key, text in value.items():
                yield from _wrong_words(text, words, merged, (key,), f"选项“{option}”")
        elif isinstance(value, str):
            yield from _wrong_words(value, words, merged, (), f"选项“{option}”")
    for key, layout in pack.layouts.items():
        by_itself = (layout.each or layout.when) and key not in pack.listed("表格")
        by_number = () if by_itself else ORDER_WORDS
        words = (*WORDS, *COMPOSED_WORDS, *by_number, *(number_word(listed) for listed in pack.listed("表格")))
        for way, text in layout.texts:
            yield from _wrong_words(text, words, pack.table_texts[key], way, f"表格“{key}”")


def _wrong_words(text: str, words: Collection[str], merged: Merged, way: Path, what: str) -> Iterator[Finding]:
    try:
        fill(text, dict.fromkeys(words, ""))
    except WordError as error:
        yield error_at(merged.place(way), f"{what}：{error}")


def _unknown_blocks(pack: AssembledPack) -> Iterator[Finding]:
    """Blocks of templates that extend another one, which nothing beneath it has."""
    environment = PackEnvironment(pack.loader, {})
    parse = cache(lambda file: environment.parse(read_template(file)))
    files = list(pack.template_files())

    def beneath(target: str | None, seen: frozenset[FilePath]) -> set[str]:
        """The blocks of a template and of all that it extends."""
        own = [file for name, _, file in files if name == target and file not in seen]
        known = {block.name for file in own for block in parse(file).find_all(nodes.Block)}
        return known.union(*(beneath(_extended(parse(file)), seen | {file}) for file in own))

    for _, _, file in files:
        if "extends" not in read_template(file):
            continue
        try:
            target = _extended(parse(file))
            known = beneath(target, frozenset({file}))
        except TemplateSyntaxError:
            continue  # told when the template is used
        for block in parse(file).find_all(nodes.Block) if target else ():
            if block.name not in known:
                advice = f"可改的块：{'、'.join(sorted(known))}"
                yield error_at(Place(str(file), block.lineno, 1), f"被改的模板里没有块“{block.name}”", advice)


def _extended(tree: nodes.Template) -> str | None:
    """The name of the template that this one extends, where it is written out."""
    extends = tree.find(nodes.Extends)
    if extends is None or not isinstance(extends.template, nodes.Const):
        return None
    return str(extends.template.value).removeprefix(PARENT)
