"""Rules on lists of names without amounts: 人员经费……主要包括：基本工资、津贴补贴; 支出预算包括：……."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongkai.audit.document import Audited
from gongkai.audit.rule import Fault, audit_rule
from gongkai.findings import Level, shown
from gongkai.intake.export.reading.found import Found, Line
from gongkai.source.printed.document import Paragraph
from gongkai.texts.suggest import alike

from .behind.figures import CLASS, GROUP, TableFigures
from .behind.told import told
from .text.flat import Flat, flat, flat_text

_LISTS = re.compile(
    r"(?P<what>人员经费|公用经费)[^。；：]{0,40}?万元[，。；]?(?:主要)?(?:包括|用于)：(?P<names>[^。；]{2,2000})"
)
_CLASSES = re.compile(r"(?P<what>支出预算)(?:主要)?包括：(?P<names>[^。；]{2,2000})")
_PERSONNEL = ("301", "303")


@dataclass(frozen=True, slots=True)
class _Listed:
    """A list of names, and the table that says what should be in it."""

    said: Flat
    paragraph: Paragraph
    what: str
    names: tuple[tuple[str, int], ...]
    """Each name, and where it begins."""
    amounts: Mapping[str, Decimal]
    """What the table has of each name."""
    table: str
    open_ended: bool
    """Whether it ends with 等."""


@audit_rule("GK847", "请对照表删去没有金额的，或改正名称", Level.WARNING)
def nothing_listed_in_vain(document: Audited) -> Iterator[Fault]:
    """检查什么：“主要包括：……”列出的各款、“支出预算包括：……”列出的各类，在表里都有金额。
    为何重要：列了没有金额的科目，多半是照抄了上年的说明。
    依据：说明应与公开表一致。
    反例：公用经费主要包括：办公费、会议费；表里会议费是空的。
    正例：公用经费主要包括：办公费。
    怎样改：删去没有金额的科目，或改正名称。
    """
    for listed in _lists(document):
        for name, start in listed.names:
            if listed.amounts.get(name):
                continue
            what = "没有金额" if name in listed.amounts else "没有这个名称"
            near = alike(name, list(listed.amounts)) if name not in listed.amounts else []
            hint = f"，相近的是“{near[0]}”" if near else ""
            message = f"{listed.what}列有“{shown(name)}”，{listed.table}里{what}{hint}"
            place = document.printed.place(listed.paragraph, *listed.said.span(start, start + len(name)))
            yield Fault(place, message, quote=name)


@audit_rule("GK848", "请在列举里补上，或在末尾加“等”", Level.WARNING)
def nothing_unlisted(document: Audited) -> Iterator[Fault]:
    """检查什么：表里有金额的各款（类），“主要包括：……”里都列了；末尾写“等”的不查。
    为何重要：漏列的科目没有交代。
    依据：说明应与公开表一致。
    反例：表里有取暖费 8.60 万元，公用经费的列举里没有取暖费。
    正例：公用经费主要包括：办公费、取暖费。
    怎样改：补上漏列的科目。
    """
    for listed in _lists(document):
        if listed.open_ended:
            continue
        said = {name for name, _ in listed.names}
        left_out = [name for name, amount in listed.amounts.items() if amount and name not in said]
        known = sum(bool(listed.amounts.get(name)) for name in said)
        if not left_out or known < len(left_out):
            continue
        names = "、".join(f"“{shown(name)}”" for name in left_out[:5])
        message = f"{listed.table}里有金额的{names}，{listed.what}的列举里没有"
        first, last = listed.names[0][1], listed.names[-1][1]
        yield Fault(document.printed.place(listed.paragraph, *listed.said.span(first, last)), message)


def _lists(document: Audited) -> list[_Listed]:
    """The lists of names that a table can confirm: of one half of whose names it knows."""
    return document.once(_found_lists)


def _found_lists(document: Audited) -> list[_Listed]:
    figures = told(document).figures
    economic = _economic(figures)
    classes = _classes(figures)
    found: list[_Listed] = []
    for paragraph in document.paragraphs:
        if "包括" not in paragraph.text and "用于" not in paragraph.text:
            continue
        said = flat(paragraph)
        for form, sources in ((_LISTS, economic), (_CLASSES, classes)):
            for each in form.finditer(said.text):
                amounts, table = sources.get(each["what"], ({}, ""))
                listed = _listed(each, said, amounts, table)
                if 2 * sum(name in amounts for name, _ in listed.names) > len(listed.names):
                    found.append(listed)
    return found


def _listed(found: re.Match[str], said: Flat, amounts: Mapping[str, Decimal], table: str) -> _Listed:
    text = found["names"]
    open_ended = bool(re.search(r"等(?:支出|费用|经费)?$", text))
    text = re.sub(r"等(?:支出|费用|经费)?$", "", text)
    names = tuple(
        (_plain(each[0]), found.start("names") + each.start())
        for each in re.finditer("[^、，和]+|和", text)
        if each[0] != "和"
    )
    if any(name not in amounts for name, _ in names):  # 和 and a comma may be part of a name
        names = tuple((_plain(each[0]), found.start("names") + each.start()) for each in re.finditer("[^、]+", text))
    return _Listed(said, said.paragraph, found["what"], names, amounts, table, open_ended)


def _plain(name: str) -> str:
    """A name without the 支出 that some write behind it."""
    return re.sub(r"(?<=.{2})支出$", "", name)


_Sources = Mapping[str, tuple[Mapping[str, Decimal], str]]


def _economic(figures: TableFigures) -> _Sources:
    """Of 人员经费 and 公用经费 what the table of 基本支出 has of each 款 by its name."""
    table = figures.table("基本支出")
    if table is None:
        return {}
    personnel: dict[str, Decimal] = {}
    public: dict[str, Decimal] = {}
    for code, name, of_staff, of_office in _rows(table):
        if len(code) != GROUP or not name:
            continue
        said = _plain(flat_text(name))
        if of_staff is not None and (of_staff or code.startswith(_PERSONNEL)):
            personnel[said] = personnel.get(said, Decimal(0)) + of_staff
        if of_office is not None and (of_office or not code.startswith(_PERSONNEL)):
            public[said] = public.get(said, Decimal(0)) + of_office
    return {"人员经费": (personnel, table.name), "公用经费": (public, table.name)}


def _rows(table: Found) -> Iterator[tuple[str, str, Decimal | None, Decimal | None]]:
    """Code, name, what is 人员经费 and what is 公用经费, of each row, or of each block of a row."""
    for line in table.lines:
        if "编码1" not in table.columns:
            staff, office = (_value(line, kind) for kind in ("人员经费", "公用经费"))
            yield line.code, line.name, staff, office
            continue
        for block in "123456":
            code = re.sub(r"\D", "", line.texts.get(f"编码{block}", ""))
            figure = line.figures.get(f"数{block}")
            if code and figure is not None:
                of_staff = code.startswith(_PERSONNEL)
                value = figure.value
                yield code, line.texts.get(f"名称{block}", ""), value if of_staff else None, None if of_staff else value


def _value(line: Line, column: str) -> Decimal | None:
    figure = line.figures.get(column)
    return figure.value if figure is not None else None


def _classes(figures: TableFigures) -> _Sources:
    """What the table of all spending has of each 类."""
    key = "支出" if figures.final else "支出总体"
    table = figures.table(key)
    if table is None:
        return {}
    amounts = {
        _plain(names[0]): cell.value
        for code, names in figures.names.get(key, {}).items()
        if len(code) == CLASS and (cell := figures.coded(key, code)) is not None
    }
    return {"支出预算": (amounts, table.name)}


RULES = (nothing_listed_in_vain, nothing_unlisted)
