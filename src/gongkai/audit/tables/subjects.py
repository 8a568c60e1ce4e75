"""Rules on the codes and names of 科目 in tables, against the catalogue and against each other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from gongkai import catalog
from gongkai.audit.codes import CODE_COLUMNS, Miswritten, catalogue_of, coded, codes_named, is_economic
from gongkai.audit.document import Audited
from gongkai.audit.rule import Fault, audit_rule
from gongkai.catalog import Subject
from gongkai.findings import Level, Place, shown
from gongkai.intake.export.facts.labels import class_of
from gongkai.intake.export.forms.form import NAME
from gongkai.intake.export.forms.words import label, plain
from gongkai.intake.export.reading.found import Found, Line

_SIMILAR = 3


def _code_cell(table: Found, line: Line) -> Place:
    """The cell of a row's code, the lowest of several."""
    keys = [key for key in CODE_COLUMNS if key in table.columns and line.texts.get(key)]
    return table.region.place((line.row, table.columns[keys[-1]].number)) if keys else line.place


def _name_cell(table: Found, line: Line) -> Place:
    key = NAME if NAME in table.columns else "名称1"
    return table.region.place((line.row, table.columns[key].number)) if key in table.columns else line.place


def _rows(document: Audited) -> Iterator[tuple[Found, Line]]:
    """Every row of a 科目, its code as it is meant."""
    for table in coded(document).tables.by_key.values():
        for line in table.lines:
            if line.code:
                yield table, line


@audit_rule("GK806", "请核对科目编码")
def codes_are_known(document: Audited) -> Iterator[Fault]:
    """检查什么：表里的科目编码是 3、5、7 位（经济分类 3、5 位），类、款、项都在科目目录里。
    为何重要：编码错一位，就成了别的科目，上级科目的合计也跟着不对。
    依据：政府收支分类科目；预算法第三十二条。
    反例：类 7、款 11、项 02，名称“事业单位医疗”。
    正例：类 210、款 11、项 02，名称“事业单位医疗”。
    怎样改：照科目名称改正编码；当年新设、程序的目录没有的科目，可以不管。
    """
    told: set[str] = set()
    for wrong in coded(document).miswritten:
        told.add(wrong.line.code)
        yield _miswritten(wrong)
    known_so: set[str] = set()
    for table, line in _rows(document):
        known = catalogue_of(table)
        code, parent = line.code, line.code[: max(len(line.code) - 2, 3)]
        if code in known or code in told or code in known_so or len(code) not in (3, 5, 7):
            continue
        if not known.lists_below(parent) or len(code) == 3:
            continue  # the catalogue knows nothing below this one
        known_so.add(code)
        meant = [other for other in codes_named(table, line.name) if len(other) == len(code)]
        if meant:
            named = "、".join(meant[:_SIMILAR])
            message = f"{table.name}的编码 {code} 不在科目目录里；“{shown(line.name)}”的编码是 {named}"
            yield Fault(_code_cell(table, line), message, quote=f"{code} {line.name}", cause=_code_cell(table, line))
        else:
            message = f"{table.name}的编码 {code}（{shown(line.name)}）不在程序的科目目录里"
            yield Fault(_code_cell(table, line), message, quote=f"{code} {line.name}", level=Level.HINT)


def _miswritten(wrong: Miswritten) -> Fault:
    place = _code_cell(wrong.table, wrong.line)
    said = f"；照名称“{shown(wrong.line.name)}”应是 {wrong.meant}" if wrong.meant else ""
    message = f"{wrong.table.name}的编码“{shown(wrong.written)}”不是科目编码{said}"
    return Fault(place, message, quote=f"{wrong.written} {wrong.line.name}", cause=place)


@audit_rule("GK807", "请核对编码和名称；当年改了名、或批复就是这样写的，可以不管", Level.WARNING)
def names_fit_codes(document: Audited) -> Iterator[Fault]:
    """检查什么：表里每个科目的名称与科目目录里这个编码的名称一致。是另一个编码的名称的是错误；是旧名、或与目录不同的是警告；
    目录里没有核实过的不说，年度在目录所知的最后一年以后的只看是不是另一个编码的名称。
    为何重要：编码对而名称错，读者不知道信哪一个。
    依据：政府收支分类科目。
    反例：210 医疗卫生与计划生育支出。
    正例：210 卫生健康支出。
    怎样改：照当年的政府收支分类科目改正名称或编码。
    """
    told: set[tuple[str, str]] = set()
    by_table: dict[str, list[Fault]] = defaultdict(list)
    for table, line in _rows(document):
        name = line.texts.get(NAME, line.texts.get("名称1", ""))
        if plain(name) and (line.code, plain(name)) not in told:
            told.add((line.code, plain(name)))
            by_table[table.form.key] += _named(document, table, _name_cell(table, line), line.code, name)
    for found in by_table.values():
        # A table whose codes are all counted through, or of another year, is one mistake.
        cause = found[0].place if len(found) > _SIMILAR else None
        yield from (replace(fault, cause=cause) for fault in found)
    for table in document.tables.by_key.values():
        column = table.columns.get("支出项目")
        if column is None:
            continue
        for line in table.lines:
            text = line.texts.get("支出项目", "")
            code = class_of(text)
            if code and line.stated and (code, label(text)) not in told:
                told.add((code, label(text)))
                yield from _named(document, table, table.region.place((line.row, column.number)), code, label(text))


def _named(document: Audited, table: Found, place: Place, code: str, name: str) -> Iterator[Fault]:
    """What is wrong with the name of a 科目."""
    subject = catalogue_of(table).get(code)
    name = re.sub(r"^\d{3}\D??(?=[^\d])", "", name)
    if subject is None or _same(name, subject.name):
        return
    others = [other for other in codes_named(table, name) if other != code and len(other) == len(code)]
    quote = f"{code} {name}"
    said = f"{table.name}的 {code} 写作“{shown(name)}”"
    former = next((d.former_name for d in catalog.drift() if d.code == code and d.former_name), "")
    if (former and _same(name, former)) or (len(code) == 3 and class_of(name) == code and not _short(name, subject)):
        yield Fault(place, f"{said}，是旧名或别名，现在叫“{subject.name}”", quote=quote)
    elif others and subject.verified:
        named = "、".join(others[:_SIMILAR])
        message = f"{said}，那是 {named} 的名称；{code} 叫“{subject.name}”"
        yield Fault(place, message, quote=quote, level=Level.ERROR)
    elif subject.verified and not _short(name, subject) and (document.tables.year or 0) <= catalog.LAST_EDITION:
        yield Fault(place, f"{said}，目录里叫“{subject.name}”", quote=quote)


def _short(name: str, subject: Subject) -> bool:
    """Whether a name only lacks 支出 at its end."""
    return plain(name).removesuffix("支出") == plain(subject.name).removesuffix("支出")


def _same(name: str, other: str) -> bool:
    return plain(name).replace("、", "") == plain(other).replace("、", "")


@audit_rule("GK808", "请把各张表里这个科目的名称改为一致", Level.WARNING)
def names_are_one(document: Audited) -> Iterator[Fault]:
    """检查什么：同一个编码在各张表里名称相同。
    为何重要：同一个科目两个名称，至少有一个是错的。
    依据：政府收支分类科目：一个编码一个名称。
    反例：表 2 的 2011399 写作“其他商贸事务支出”，表 5 写作“其他商贸支出”。
    正例：两张表都写作“其他商贸事务支出”。
    怎样改：照目录的名称改正。
    """
    names: dict[tuple[bool, str], list[tuple[Found, Line]]] = defaultdict(list)
    for table, line in _rows(document):
        if plain(line.texts.get(NAME, "")):
            names[is_economic(table), line.code].append((table, line))
    for rows in names.values():
        counted = Counter(plain(line.texts[NAME]) for _, line in rows)
        usual = counted.most_common(1)[0][0]
        first_table, first = next((table, line) for table, line in rows if plain(line.texts[NAME]) == usual)
        for table, line in rows:
            if plain(line.texts[NAME]) != usual:
                message = (
                    f"{table.name}的 {line.code} 写作“{shown(line.texts[NAME])}”，"
                    f"{first_table.name}写作“{shown(first.texts[NAME])}”"
                )
                yield Fault(_name_cell(table, line), message, quote=line.texts[NAME])


@audit_rule("GK816", "请合并成一行，或改正其中一行的编码", Level.WARNING)
def codes_stand_once(document: Audited) -> Iterator[Fault]:
    """检查什么：一张按科目列的表里，一个编码只有一行（项目表一个科目可以有几个项目，部门的表各单位可以各有一行）。
    为何重要：同一个科目列两行，多半是一行的编码写错了。
    依据：各表的结构。
    反例：支出总表里有两行 2080505。
    正例：一行 2080505，一行 2080506。
    怎样改：核对两行的编码和名称。
    """
    for table in coded(document).tables.by_key.values():
        if "项目名称" in table.columns or any(not line.code and not line.total and line.stated for line in table.lines):
            continue
        first: dict[str, Line] = {}
        for line in table.lines:
            if line.code and first.setdefault(line.code, line) is not line:
                message = f"{table.name}有两行 {line.code}（{shown(line.name)}），另一行在第 {first[line.code].row} 行"
                yield Fault(_code_cell(table, line), message, quote=f"{line.code} {line.name}")


RULES = (codes_are_known, names_fit_codes, names_are_one, codes_stand_once)
