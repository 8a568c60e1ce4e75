"""From a disclosure's data and a pack to the one HTML document that every output is made from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.findings import Place, shown
from gongkai.kinds import KINDS, USUAL
from gongkai.model.disclosure import Disclosure
from gongkai.model.own.adopt import adopted
from gongkai.model.unit import UnitNature
from gongkai.packs.assembled import AssembledPack
from gongkai.packs.contract import DOCUMENT, functions_of, in_both_languages
from gongkai.packs.ledger import Ledger, NotingWording
from gongkai.packs.load.manifest import OptionValue
from gongkai.packs.load_checks import COMPOSED_WORDS
from gongkai.packs.sandbox.limits import MAX_STEPS
from gongkai.packs.sandbox.loader import read_template
from gongkai.packs.sandbox.templates import render_template
from gongkai.packs.tables.declared import number_word
from gongkai.packs.wording import Wording, keeping_marks
from gongkai.statements.tables.table import Table
from gongkai.statements.tables.words import WordError, fill

from .contexts import public_part

_STEPS_PER_CELL = 20
"""A cell of a table costs a template some five loop turns and calls."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A disclosure as HTML, with the pack that it was made with and the data that stand in it.

    ``public`` is the disclosure without anything secret, ``tables`` are all its tables in their order.
    """

    html: str
    pack: AssembledPack
    public: Disclosure
    tables: Sequence[Table]
    wording: Wording

    def place(self, *words: str) -> Place:
        """Where these words of the document stand in the pack's templates: the first of them that any template has.

        It is the pack as a whole where no template has them, because they were put together.
        """
        files = [file for _, _, file in self.pack.template_files()]
        for wanted in words:
            # <b is not the beginning of <br.
            pattern = re.compile(re.escape(wanted) + (r"(?![\w-])" if re.search(r"<\w+$", wanted) else ""))
            for file in files:
                source = read_template(file)
                found = pattern.search(source)
                if found:
                    return Place(str(file), source.count("\n", 0, found.start()) + 1, 1)
        return self.pack.place


def render_disclosure(disclosure: Disclosure, pack: AssembledPack, ledger: Ledger | None = None) -> Rendered:
    """The disclosure of checked data as semantic HTML, with nothing secret in it.

    Amounts are noted in a ``ledger``, and have their numbers in it: for a document that is not published.
    Raises FindingsError for mistakes of the pack, with its file and line.
    """
    disclosure = adopted(disclosure, pack.model)
    words = words_of(disclosure, pack)

    def fill_words(text: str) -> str:
        return fill(text, words)

    public = public_part(disclosure, pack, words)
    context = KINDS[disclosure.kind].context.value(public, pack, words)
    tables = _tables(context)
    wording = Wording(pack.options) if ledger is None else NotingWording(pack.options, ledger)
    fill_words.__name__ = "填写"
    filling = keeping_marks(fill_words)
    numbers = _numbers(pack, words)

    def table_number(name: str) -> str:
        if name not in numbers:
            raise WordError(f"没有公开名为“{shown(name)}”的表，可写：{'、'.join(numbers)}")
        return numbers[name]

    table_number.__name__ = "表号"
    functions = {**functions_of(wording), "fill": filling, "填写": filling, "表号": table_number}
    environment = pack.environment(functions, MAX_STEPS + _STEPS_PER_CELL * _cells(tables))
    environment.globals |= in_both_languages({
        "kind": disclosure.kind,
        "own": "" if disclosure.kind == USUAL else disclosure.kind,
        "unit": disclosure.unit,
        "year": disclosure.year,
        "last_year": disclosure.year - 1,
        "scope": disclosure.scope.value,
        "published": disclosure.published,
        "is_institution": disclosure.unit.nature is UnitNature.PUBLIC_INSTITUTION,
        "opt": _filled(pack, words),
        **context,
    })  # fmt: skip
    return Rendered(render_template(environment, DOCUMENT, {}), pack, public, tables, wording)


def _filled(pack: AssembledPack, words: Mapping[str, str]) -> dict[str, OptionValue]:
    """The options as templates see them, filled in; a function fills those that have words of their own."""
    filled: dict[str, OptionValue] = dict(pack.options)
    for name, value in pack.options.items():
        if pack.definitions[name].words:
            continue
        if isinstance(value, str):
            filled[name] = fill(value, words)
        elif isinstance(value, dict):
            filled[name] = {key: fill(text, words) for key, text in value.items()}
    old = {f"{pack.folder}{name}": value for name, value in filled.items()}
    return {**old, **filled}  # templates may still name an option of a kind with the kind before it


def _tables(context: Mapping[str, Any]) -> list[Table]:
    """All tables, in the order in which the context names them."""
    values = (value if isinstance(value, list) else [value] for value in context.values())
    return [table for value in values for table in value if isinstance(table, Table)]


def _cells(tables: Iterable[Table]) -> int:
    """How many cells all tables have together."""
    return sum(len(row.cells) for table in tables for row in (*table.rows, *table.form))


def words_of(disclosure: Disclosure, pack: AssembledPack) -> Mapping[str, str]:
    """What {单位}, {年度} and {口径} stand for in a pack's texts, and the words that the pack makes of them."""
    words = {"单位": disclosure.unit.name, "年度": str(disclosure.year), "口径": disclosure.scope.value}
    words |= {name: fill(str(pack.options[name]), words) for name in COMPOSED_WORDS}
    return {**words, **{number_word(table): number for table, number in _numbers(pack, words).items()}}


def _numbers(pack: AssembledPack, words: Mapping[str, str]) -> dict[str, str]:
    """The printed number (编号) of every table that is published."""
    published = (key for key in pack.listed("表格"))
    return {key: fill(pack.layouts[key].number, {**words, **pack.order_words(key)}) for key in published}
