"""Facts that a pack asks of every unit and prints nowhere, and tables whose figures nothing else bears out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from gongkai.findings import Finding, Level, Place
from gongkai.model.own.declared import Comparison, Owner, OwnFact
from gongkai.packs.assembled import AssembledPack
from gongkai.packs.load.facts import COMPARISONS, FACTS, declarers, stated
from gongkai.packs.load.find import ROOT_PACK
from gongkai.packs.tables.files import TABLES
from gongkai.statements.declared.bound import BoundTable
from gongkai.statements.language.bind import references_of
from gongkai.statements.language.own import COMPARED_MEASURES

from .in_use import Used, named_in, references_in_use, sets_of, shown_tables, templates_in_use

_REMARK = re.compile(r"\{#.*?#\}", re.DOTALL)
_ADVICE = "在模板里写 {said}，或在表格的式里用它；用不着的删去，只管一个文种、口径的写明“文种”“口径”"


def idle_facts(pack: AssembledPack) -> Iterator[Finding]:
    """What the pack declares, and none of its tables that are published and none of its templates in use names."""
    if not pack.declared:
        return
    printed = _Printed(pack)
    facts, comparisons = stated(pack.chain, FACTS), stated(pack.chain, COMPARISONS)
    for fact in pack.declared.facts:
        what = f"事实“{fact.name}”（{pack.folder}）"
        said = f"{'数据' if fact.owner is Owner.FILE else '…'}.{fact.name}"
        if not printed.names(FACTS, fact.name, (fact.name,)):
            due = "，各单位却必须填" if fact.required else ""
            place = facts.place((fact.name,))
            yield _idle(place, f"{what}哪里也没有印{due}", said)
            continue
        for path, name in _parts(fact):
            if not printed.names(FACTS, fact.name, (fact.name, name)):
                yield _idle(facts.place((fact.name, *path)), f"{what}的“{name}”哪里也没有印", f"{said}.{name}")
    for own in pack.declared.comparisons:
        measure = COMPARED_MEASURES.get(own.place, "")
        what = f"比较“{own.comparison.name}”（{pack.folder}的{own.place}）"
        for path, name in _of_comparison(own.comparison):
            if not printed.names(COMPARISONS, own.comparison.name, (name,), measure):
                place = comparisons.place((own.comparison.name, *path))
                yield _idle(place, f"{what}的“{name}”哪里也没有印" if path else f"{what}哪里也没有印", f"….{name}")


def _idle(place: Place, message: str, said: str) -> Finding:
    return Finding("GK511", Level.WARNING, message, _ADVICE.format(said=said), place=place)


def _parts(fact: OwnFact) -> Iterator[tuple[tuple[str, ...], str]]:
    """The comparisons and reasons of a fact, or the fields of a list, each with the way to it in the declaration."""
    for comparison in fact.comparisons:
        yield from ((("比较", comparison.name, *path), name) for path, name in _of_comparison(comparison))
    yield from ((("各项", one.name), one.name) for one in fact.fields)


def _of_comparison(comparison: Comparison) -> Iterator[tuple[tuple[str, ...], str]]:
    yield (), comparison.name
    if comparison.reason:
        yield ("原因",), comparison.reason


class _Printed:
    """What the tables and the templates of a pack name."""

    def __init__(self, pack: AssembledPack) -> None:
        self._pack = pack
        self._layers = {layer.name: layer.pack.id for layer in pack.chain}
        self._order = list(dict.fromkeys(self._layers.values()))

    def names(self, key: str, declared: str, names: Collection[str], measure: str = "") -> bool:
        """Whether one table names all these, or one template of a pack that can know what was ``declared``."""
        if any({*names} <= said for said in self._of_tables(measure)):
            return True
        first = max(self._order.index(pack) for pack in declarers(self._pack.chain, key, declared))
        knowing = {*self._order[: first + 1]}
        return any(_says(used, names) for used in self._templates if self._layers[used.layer] in knowing)

    def _of_tables(self, measure: str) -> Iterator[set[str]]:
        """What every expression names: of one with a comparison only that of the ``measure``, if that is asked."""
        for said in references_in_use(self._pack):
            compared = {said.comparison} if said.comparison and measure in {"", said.names[0]} else set()
            yield {*said.names, *compared}
        # A list of the file, and the fields of its records, which are named alone.
        yield from self._lists

    @cached_property
    def _templates(self) -> list[Used]:
        return [used._replace(source=_REMARK.sub("", used.source)) for used in templates_in_use(self._pack)]

    @cached_property
    def _lists(self) -> list[set[str]]:
        sets = (one for table in shown_tables(self._pack).values() for one in sets_of(table) if one.path)
        said = ((one.path, references_of(node, one.names)) for one in sets for node in one.columns.values())
        found: dict[tuple[str, ...], set[str]] = {}
        for path, references in said:
            names = found.setdefault(tuple(path), set(path))
            names.update(name for reference in references for name in reference.names)
        return [*found.values()]


def _says(used: Used, names: Iterable[str]) -> bool:
    """Whether a template has all these names behind a dot, or in quotes."""
    return all(re.search(rf"""\.{re.escape(n)}(?!\w)|(["']){re.escape(n)}\1""", used.source) for n in names)


def uncovered_tables(pack: AssembledPack) -> Iterator[Finding]:
    """Tables that packs add, none of whose figures is in another table or in a total of its own."""
    files = {str(layer.folder / pack.folder / TABLES): layer.pack.id for layer in pack.chain}
    shown = shown_tables(pack)
    figures = {name: _figures(table) for name, table in shown.items()}
    for name in pack.listed("表格"):
        text, total = pack.table_texts[name], pack.layouts[name].total
        of_product = any(files.get(source.tree.file) == ROOT_PACK for source in text.sources if source.path == (name,))
        if {one.sort for one in shown[name].sets} == {"一行"}:
            continue  # nothing to add up: each of its figures is compared with what is typed for it
        if of_product or not figures[name] or (total.position != "无" and shown[name].totals):
            continue
        if not any(figures[name] & other for key, other in figures.items() if key != name):
            message = f"表格“{name}”的数没有别的表可以对照，自己也没有合计行：录错了没有规则看得出来"
            advice = "加一行合计（合计行、合计数），或加一列别的表也有的数"
            yield Finding("GK512", Level.HINT, message, advice, place=text.place())


def _figures(table: BoundTable) -> set[str]:
    """The measures of which a table speaks, a comparison being as good as this year's."""
    known = table.names.vocabulary.of_measure
    return {one.names[0] for one in named_in(table) if len(one.names) == 1 and one.names[0] in known}
