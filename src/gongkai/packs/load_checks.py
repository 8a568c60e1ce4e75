"""What must be right before a pack is used at all: its options, the words in its texts, its blocks.

Everything here would otherwise be silent (a block that replaces nothing) or be blamed on the base
pack's template in which it shows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path as FilePath

from jinja2 import TemplateNotFound, TemplateSyntaxError, nodes

from gongkai.findings import Finding, FindingsError, Level, Path, Place, shown
from gongkai.kinds import KINDS
from gongkai.packs.load.facts import FACTS, stated
from gongkai.packs.load.merged import Merged, nearest
from gongkai.packs.sandbox.environment import PackEnvironment
from gongkai.packs.sandbox.loader import PARENT, LayeredLoader, read_template
from gongkai.statements.charts import CHARTS
from gongkai.statements.declared.bound import LOCALS
from gongkai.statements.language.names import ROW
from gongkai.statements.tables.words import UNIT, WordError, fill

from .assembled import AssembledPack
from .tables.declared import ORDER_WORDS, number_word
from .tables.files import QUANTITIES, TABLES

WORDS = ("单位", "年度", "口径")
"""What the texts of a pack may name in braces."""

_TEMPLATES_REMEMBERED = 1000

COMPOSED_WORDS = ("表头称谓", "自评主体", "标题主体", UNIT)
"""Options that the texts of tables may name as well, and options that say so."""


def mistakes(pack: AssembledPack) -> list[Finding]:
    """Every mistake that makes a pack unusable."""
    if clashes := [*_clashes(pack)]:
        return clashes  # what tables make of such a name is nothing to go by
    tables = [*_unknown_rows(pack), *_lost_totals(pack), *_tables(pack)]
    return [*_listed(pack), *_words(pack), *tables, *_unknown_blocks(pack)]


def error_at(place: Place, message: str, advice: str = "", level: Level = Level.ERROR) -> Finding:
    """A finding about what a pack says."""
    return Finding("GK504", level, message, advice, place=place)


def _clashes(pack: AssembledPack) -> Iterator[Finding]:
    """Facts whose names mean something else in the expressions of tables already."""
    vocabulary = KINDS[pack.folder].language.value.vocabulary
    taken = {
        "各表已有的数": vocabulary.of_measure,
        "维度": vocabulary.by_name,
        QUANTITIES: pack.quantity_names,
        "各行自己的名称": {ROW}.union(*LOCALS.values()),
    }
    for fact in pack.declared.facts:
        meaning = next((what for what, names in taken.items() if fact.name in names), None)
        if meaning is not None:
            message = f"事实“{fact.name}”与表格的式里的名称相同：“{fact.name}”是{meaning}"
            place = stated(pack.chain, FACTS).place((fact.name,))
            yield Finding("GK506", Level.ERROR, message, "请换一个名称", place=place)


def _listed(pack: AssembledPack) -> Iterator[Finding]:
    """Entries of options that name a table, part or section which does not exist."""
    # What has macros only is for other templates.
    files = ((name, file) for name, _, file in pack.template_files() if "{% macro" not in read_template(file))
    templates = list(dict.fromkeys(name for name, _ in files))
    parts, sections, tables = "部分", "章节", "表格"
    for option, folder in ((parts, pack.folder), (sections, f"{pack.folder}/说明")):
        for number, entry in enumerate(pack.listed(option)):
            name = f"{folder}/{entry}.html"
            try:
                pack.loader.find(name)
            except TemplateNotFound:
                place = pack.option_texts[option].place((number,))
                known = [path.stem for path in map(FilePath, templates) if path.parent.as_posix() == folder]
                yield error_at(place, f"{pack.called(option)}里的“{entry}”没有模板 {name}", nearest(entry, known))
    yield from _known(pack, tables, pack.layouts, f"{pack.folder}/{TABLES}")
    titles = pack.options[f"{parts}标题"]
    assert isinstance(titles, dict), "the manifest checks the type of an option"
    having = [name for name in pack.listed(parts) if f"{pack.folder}/{name}.html" not in templates]
    yield from _known(pack, parts, [*titles, *having], f"选项“{parts}标题”")
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
            yield error_at(place, f"{pack.called(option)}里的“{entry}”在{where}里没有", nearest(entry, names))


def _words(pack: AssembledPack) -> Iterator[Finding]:
    """Words in braces that stand for nothing."""
    for option, value in pack.options.items():
        merged, own = pack.option_texts[option], pack.definitions[option].words
        # A function that fills its own words knows no others.
        words = (*WORDS, *own) if set(own) <= set(COMPOSED_WORDS) else own
        if isinstance(value, dict):
            for key, text in value.items():
                yield from _wrong_words(text, words, merged, (key,), pack.called(option))
        elif isinstance(value, str):
            yield from _wrong_words(value, words, merged, (), pack.called(option))
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


def _unknown_rows(pack: AssembledPack) -> Iterator[Finding]:
    """Rows renamed, and columns merged, that a table has not."""
    for key, layout in pack.layouts.items():
        merged = pack.table_texts[key]
        sides = {"左栏": layout.left_rows, "右栏": layout.right_rows, "行": layout.rows}
        rows = [row.key for side in sides.values() for row in side if row.key]
        written = next((i for i, b in enumerate(merged.sources) if any(b.has((side,)) for side in sides)), 0)
        above = merged.sources[: written + 1]  # rows renamed beneath where they are written anew may be gone
        for name in layout.row_labels:
            if name not in rows and any(branch.has(("行名称", name)) for branch in above):
                message = f"表格“{key}”的“行名称”：没有数为“{shown(name)}”的行"
                yield error_at(merged.place(("行名称", name)), message, nearest(name, rows) if rows else "")
        columns = [column.key for column in layout.columns]
        for number, name in enumerate(layout.merged):
            if name not in columns:
                message = f"表格“{key}”的“合并列”：没有名为“{shown(name)}”的列"
                yield error_at(merged.place(("合并列", number)), message, nearest(name, columns))


def _lost_totals(pack: AssembledPack) -> Iterator[Finding]:
    """Words for a total row that would be printed in no column."""
    name, column = ("合计行", "名称"), ("合计行", "列")
    for key, layout in pack.layouts.items():
        total, merged, columns = layout.total, pack.table_texts[key], [column.key for column in layout.columns]
        if total.position == "无":
            continue
        stated: list[tuple[Path, str]] = []
        if isinstance(total.label, dict):
            stated = [((*name, each), each) for each in total.label]
        if not stated and total.column is not None:
            stated = [(column, total.column)]
        for way, asked in stated:
            if asked not in columns:
                message = f"表格“{key}”的合计行：没有名为“{shown(asked)}”的列"
                yield error_at(merged.place(way), message, nearest(asked, columns))
        if not stated and any(isinstance(b.value(name), dict) for b in merged.sources if b.has(name)):
            message = f"表格“{key}”的合计行：“名称”没有说印在哪一列，上级是分列写的"
            advice = f"写作 {key}: {{合计行: {{名称: {{列: 字}}}}}}；列可写：{'、'.join(columns)}"
            yield error_at(merged.place(name), message, advice)


def _unknown_blocks(pack: AssembledPack) -> Iterator[Finding]:
    """Blocks of templates that extend another one, which nothing beneath it has."""
    files = list(pack.template_files())

    def beneath(target: str | None, seen: frozenset[FilePath]) -> set[str]:
        """The blocks of a template and of all that it extends."""
        own = [file for name, _, file in files if name == target and file not in seen]
        known = {name for file in own for name, _ in _blocks(read_template(file)).lines}
        return known.union(*(beneath(_blocks(read_template(file)).extended, seen | {file}) for file in own))

    for _, _, file in files:
        source = read_template(file)
        if "extends" not in source:
            continue
        try:
            blocks = _blocks(source)
            known = beneath(blocks.extended, frozenset({file}))
        except TemplateSyntaxError:
            continue  # told when the template is used
        for name, line in blocks.lines if blocks.extended else ():
            if name not in known:
                advice = f"可改的块：{'、'.join(sorted(known))}"
                yield error_at(Place(str(file), line, 1), f"被改的模板里没有块“{name}”", advice)


@dataclass(frozen=True, slots=True)
class _Blocks:
    """The name of the template that one extends, where it is written out, and its blocks with their lines."""

    extended: str | None
    lines: Sequence[tuple[str, int]]


@lru_cache(_TEMPLATES_REMEMBERED)
def _blocks(source: str) -> _Blocks:
    """Raises TemplateSyntaxError. All packs stand upon the templates of the same few."""
    tree = PackEnvironment(LayeredLoader(()), {}).parse(source)
    extends = tree.find(nodes.Extends)
    extended = None
    if extends is not None and isinstance(extends.template, nodes.Const):
        extended = str(extends.template.value).removeprefix(PARENT)
    return _Blocks(extended, tuple((block.name, block.lineno) for block in tree.find_all(nodes.Block)))
