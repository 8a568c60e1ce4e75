"""The templates and tables of which the documents of a pack are made; of what it leaves out nothing is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from gongkai.packs.assembled import AssembledPack
from gongkai.packs.contract import DOCUMENT
from gongkai.packs.names import in_english
from gongkai.packs.sandbox.loader import PARENT, read_template
from gongkai.statements.declared.bound import BoundSet, BoundTable
from gongkai.statements.language.bind import references_of
from gongkai.statements.language.nodes import Reference

_SECTIONS, _SENTENCES = "说明", "句"


class Used(NamedTuple):
    """A template: its name, the layer that has it, and its source with Chinese names and with English ones."""

    name: str
    layer: str
    source: str
    english: str


@lru_cache(maxsize=8)
def templates_in_use(pack: AssembledPack) -> Sequence[Used]:
    """The templates that a document is made of; those of parts and sections that the pack leaves out are not."""
    parts, sections = "部分", "章节"
    omitted = left_out(pack, parts)
    found: list[Used] = []
    of_sections: list[Used] = []
    shared: list[Used] = []
    """Templates that are no part and no section, which others call by their names."""
    replaced: set[str] = set()
    for name, layer, file in pack.template_files():
        if name in replaced:
            continue  # a more specific layer has a file of its own, which uses nothing of this one
        text = read_template(file)
        used = Used(name, layer, text, in_english(text))
        if PARENT not in text:
            replaced.add(name)
        if "/" not in name and name != DOCUMENT:
            shared.append(used)
            continue
        folder, *rest = name.removesuffix(".html").split("/")
        if rest and folder != pack.folder:
            continue
        if rest[:1] != [_SECTIONS]:
            found += [] if rest[:1] and rest[0] in omitted else [used]
        elif rest[1] == _SENTENCES or rest[1] in pack.listed(sections):
            of_sections.append(used)
        else:  # what sections have in common, as 基金.html
            shared.append(used)
    included = any(f"/{_SECTIONS}/" in one.english for one in found)
    own = [*found, *(of_sections if included else ())]
    said = "\n".join(one.english for one in own)
    called = (one for one in shared if f'"{one.name}"' in said)
    # What is called as a question is called (一图读懂) is printed where that is answered with 是.
    return [*own, *(one for one in called if pack.options.get(one.name.removesuffix(".html")) is not False)]


def left_out(pack: AssembledPack, option: str) -> set[str]:
    """What an option could list by its default, and the pack does not list."""
    whole = pack.definitions[option].default
    return {*whole} - {*pack.listed(option)} if isinstance(whole, list) else set()


def shown_tables(pack: AssembledPack) -> dict[str, BoundTable]:
    """The tables that are published, or set beside them (绩效), by name."""
    listed = pack.listed("表格")
    return {name: table for name, table in pack.tables.items() if name in listed or table.each or table.when}


@lru_cache(maxsize=8)
def references_in_use(pack: AssembledPack) -> Sequence[Reference]:
    """Everything that the expressions of the tables name that are published."""
    return [one for table in shown_tables(pack).values() for one in named_in(table)]


def named_in(table: BoundTable) -> Iterator[Reference]:
    """Everything that the expressions of a table name."""
    for node in (*table.totals.values(), *table.form_values.values()):
        yield from references_of(node, table.names)
    for one in sets_of(table):
        rows = (row for row in one.rows if row is not None)
        for node in (*one.asked, *one.columns.values(), *rows):
            yield from references_of(node, one.names)


def sets_of(table: BoundTable) -> Iterator[BoundSet]:
    """The sets of rows of a table, with those that stand beside each other."""
    return _all(table.sets)


def _all(sets: Iterable[BoundSet]) -> Iterator[BoundSet]:
    for one in sets:
        yield one
        yield from _all(one.beside)
