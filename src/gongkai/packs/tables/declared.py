"""A pack's tables with their expressions looked up, and the numbers (表号) by which texts speak of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongkai.findings import Finding, FindingsError, Level
from gongkai.packs.load.merged import Merged
from gongkai.packs.load.yaml_file import pack_error
from gongkai.statements.declared.bind import bound, with_quantities
from gongkai.statements.declared.bound import BoundTable
from gongkai.statements.declared.mistakes import DeclarationError
from gongkai.statements.language.names import Names
from gongkai.statements.tables.form import TableForm

from .files import QUANTITIES

ORDER_WORDS = ("表序", "序号")
"""The place of a table among those that are published, with two digits and plain, in its own texts."""


def number_word(table: str) -> str:
    """The word that stands for the number of a table (表号) in the texts of all: {三公经费表号}."""
    return f"{table}表号"


def bound_tables(
    names: Names, quantities: Merged, texts: Mapping[str, Merged], layouts: Mapping[str, TableForm]
) -> dict[str, BoundTable]:
    """The tables with everything in them looked up.

    Raises FindingsError for every name that is not there, with the file and line that has it.
    """
    findings: list[Finding] = []
    try:
        names = with_quantities(names, _expressions(quantities))
    except DeclarationError as error:
        findings += _told(error, quantities, f"“{QUANTITIES}”")
    found: dict[str, BoundTable] = {}
    for key, layout in layouts.items():
        try:
            found[key] = bound(key, layout, names)
        except DeclarationError as error:
            findings += _told(error, texts[key], f"表格“{key}”")
    if findings:
        raise FindingsError(findings)
    return found


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
