"""What all tables say of the document itself: kind, year, unit; and names of 科目 that the catalogue has otherwise."""

from __future__ import annotations

from gongkai import catalog
from gongkai.intake.export.forms.words import label, plain
from gongkai.intake.export.reading.found import Found
from gongkai.intake.export.reading.tables import Tables
from gongkai.texts.plain import folded

from .draft import Draft, from_table, likely

_MADE_UP = frozenset({"…", "...", ""})


def head(tables: Tables, draft: Draft) -> None:
    """文种, 年度, 口径 and the unit's name."""
    first = next(iter(tables.all))
    draft.text(("文种",), tables.kind, from_table(first.name, [first.place]))
    if tables.year:
        dated = next(found for found in tables.all if found.year == tables.year)
        draft.text(("年度",), str(tables.year), from_table(dated.name, [dated.place]))
    if tables.scope:
        titled = next(found for found in tables.all if found.scope == tables.scope)
        draft.text(("口径",), tables.scope, likely(titled.name, [titled.place], "按表的标题推定"))
    if tables.unit_name:
        named = next(found for found in tables.all if found.unit_name == tables.unit_name)
        draft.text(("单位", "名称"), tables.unit_name, from_table(named.name, [named.place]))


def names(tables: Tables, draft: Draft) -> None:
    """科目名称: what the tables call a 科目 that the catalogue does not know, or knows by another name."""
    for found in tables.by_key.values():
        economic = found.form.key == "基本支出"
        for line in found.lines:
            for code, name in _named(found, line.texts, line.code):
                _name(found, draft, code, name, economic=economic, row=line.row)


def _named(found: Found, texts: object, code: str) -> list[tuple[str, str]]:
    assert isinstance(texts, dict)
    if "编码1" in found.columns:
        blocks = [(plain(texts.get(f"编码{n}", "")), texts.get(f"名称{n}", "")) for n in range(1, 10)]
        return [(block, name) for block, name in blocks if block.isdecimal() and name]
    return [(code, texts.get("科目名称", ""))] if code and not texts.get("项目名称") else []


def _name(found: Found, draft: Draft, code: str, name: str, *, economic: bool, row: int) -> None:
    said = label(name)
    if said in _MADE_UP or len(code) not in (3, 5, 7) or said.isdecimal():
        return
    book = catalog.economic() if economic else catalog.functional()
    official = book.name(code)
    if official is not None and _bare(official) == _bare(name):
        return
    place = found.region.place((row, found.region.columns[0].number))
    if draft.has(("科目名称", code)):
        return
    draft.text(("科目名称", code), " ".join(name.split()), from_table(found.name, [place]))


def _bare(name: str) -> str:
    """A name without blanks and the numbering that some forms put before it."""
    return label(folded(name)).replace("(", "").replace(")", "")
