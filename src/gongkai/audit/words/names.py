"""Rules about names: of the unit in its own texts and tables, and what it calls itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.audit.cover import name_on_cover, own_name
from gongkai.audit.document import Audited
from gongkai.audit.rule import AuditRule, Fault, audit_rule
from gongkai.checks.texts.spans import Slip
from gongkai.checks.texts.unit_names import near_misses, offices_elsewhere
from gongkai.findings import Level, shown
from gongkai.intake.export.reading.found import Found
from gongkai.model.unit import Scope
from gongkai.texts.plain import folded

from .passages import Passage, paragraphs, passages

_SELF = re.compile("[本我](?P<scope>部门|单位)")
_TITLE = re.compile(
    r"(?:第.部分|关于)?(?P<name>[一-鿿（）()]{4,40}?)(?:20\d\d年?度?)(?:部门|单位)?(?:预算|决算).{0,12}"
)
_LONGEST_TITLE = 60
_SHORTEST = 5
_OF_A_PART = re.compile(r"(?:[（(]?(?:本级|机关|汇总)[）)]?)$")


@audit_rule("GK875", "请照口径统一称呼；确实说的是所属的一个单位，可以不管", Level.WARNING)
def one_scope(document: Audited) -> Iterator[Fault]:
    """检查什么：口径是“单位”的不自称“本部门”；口径是“部门”的，不混用“本部门”和“本单位”；各表标题的口径相同。
    为何重要：部门和单位是两个口径，混用会让人不知道数字包不包括下属单位。
    依据：预算法实施条例第五条、第六条（部门预算包括本部门及所属单位）。
    怎样改：照口径统一称呼。
    反例：单位预算里写：本部门 2024 年收入总计 120.00 万元。
    正例：单位预算里写：本单位 2024 年收入总计 120.00 万元。
    """
    scope = document.tables.scope
    said = [(passage, match) for passage in paragraphs(document) for match in _SELF.finditer(passage.text)]
    names = {match["scope"] for _, match in said}
    wrong = [each for each in said if each[1]["scope"] not in {scope, _by_pack(document)}]
    if wrong and (scope == Scope.UNIT or len(names) > 1) and scope:
        passage, first = wrong[0]
        many = f"有 {len(wrong)} 处自称“{first[0]}”" if len(wrong) > 1 else f"这里自称“{first[0]}”"
        yield passage.fault(Slip(first.start(), first.end(), first[0]), f"口径是“{scope}”，{many}")
    for table in document.found:
        if scope and table.scope and table.scope != scope:
            yield Fault(
                table.place, f"《{shown(table.title)}》的口径是“{table.scope}”，其他表是“{scope}”", quote=table.title
            )


def _by_pack(document: Audited) -> str:
    """部门 or 单位, where the pack of a document has it call itself so whatever its scope is."""
    called = _SELF.match(str(document.pack.options.get("自称", ""))) if document.pack is not None else None
    return called["scope"] if called else ""


@audit_rule("GK876", "请核对单位名称；确是另一个单位的，可以不管", Level.WARNING)
def own_name_is_right(document: Audited) -> Iterator[Fault]:
    """检查什么：文字里没有与本单位名称只差一个字的写法，也没有别处的同名单位（甲县商务局的文件里说乙县商务局）。
    为何重要：单位名称错一个字，多半是录入错误；别处的名称，多半是借用别人的文件作底稿时留下的。
    依据：公开主体应当是本单位全称。
    怎样改：照本单位全称改正。
    反例：封面是“某县规划和自然资源局”，说明里写“某县规划与自然资源局”。
    正例：封面和说明都写“某县规划和自然资源局”。
    """
    name = own_name(document)
    if len(name) < _SHORTEST:
        return
    for passage in passages(document):
        for other in dict.fromkeys(near_misses(name, passage.text)):
            yield _named(passage, other, f"这里写的是“{other}”，单位名称是“{name}”")
        for other in dict.fromkeys(offices_elsewhere(name, passage.text)):
            yield _named(passage, other, f"这里说的是“{other}”，本单位是“{name}”")
    yield from _in_titles(document, name)


def _in_titles(document: Audited, name: str) -> Iterator[Fault]:
    """Titles with a name that is the unit's but for a part of it: 上海市规划局 for 上海市某区规划局."""
    plain = _plain(name)
    for passage in paragraphs(document):
        found = _TITLE.fullmatch("".join(passage.text.split())) if len(passage.text) <= _LONGEST_TITLE else None
        other = _plain(found["name"]) if found else ""
        if (
            found
            and other
            and other != plain
            and plain not in other
            and not _one_less(other, plain)
            and _within(other, plain)
        ):
            yield passage.fault(
                Slip(0, len(passage.text), passage.text), f"标题里写的是“{found['name']}”，单位名称是“{name}”"
            )


def _within(short: str, name: str) -> bool:
    """Whether a name is the other without some characters in the middle: both ends are the same."""
    head = next((at for at, (a, b) in enumerate(zip(short, name, strict=False)) if a != b), len(short))
    return _SHORTEST <= len(short) < len(name) and head >= 2 and name.endswith(short[head:]) and len(short) - head >= 3


def _one_less(other: str, name: str) -> bool:
    """Whether only one character is missing, which is told of every passage."""
    return len(name) - len(other) == 1


def _named(passage: Passage, words: str, message: str) -> Fault:
    start = max(passage.text.find(words), 0)
    return passage.fault(Slip(start, start + len(words), words), message)


@audit_rule("GK887", "请核对这张表的表头", Level.WARNING)
def heads_of_tables_agree(document: Audited) -> Iterator[Fault]:
    """检查什么：各表写的编制单位与封面、与其他表相同，标题里的年度相同；年度不同的按错误处理。
    为何重要：表头不同，多半是从别的单位、别的年度的文件里复制来的表，里面的数也可能没有换。
    依据：公开主体和年度应当一致。
    怎样改：核对这张表的编制单位、年度和各数。
    反例：2024 年预算公开里有一张《2023年单位收支总体情况表》。
    正例：各表都是 2024 年。
    """
    name, year = _plain(own_name(document)), document.tables.year
    several: set[str] = set()
    for table in document.found:
        own = _plain(table.unit_name)
        if name and own and own != name and own not in several and not _is_part(own, name):
            several.add(own)
            whose = "封面" if name_on_cover(document) else "其他表"
            message = f"{table.name}的编制单位是“{shown(table.unit_name)}”，{whose}是“{own_name(document)}”"
            yield Fault(table.place, message, quote=table.unit_name)
        if year and table.year and table.year != year and str(table.year) in table.title:
            yield _other_year(table, year)


def _plain(name: str) -> str:
    return _OF_A_PART.sub("", folded("".join(name.split())))


def _is_part(own: str, name: str) -> bool:
    """Whether the name in a table only says which part of the unit it is of: 某局办公室."""
    return own.startswith(name) or name.startswith(own) or bool(re.search(r"\d", own))


def _other_year(table: Found, year: int) -> Fault:
    message = f"{table.name}的标题是 {table.year} 年，其他是 {year} 年"
    return Fault(table.place, message, quote=table.title, level=Level.ERROR)


RULES: tuple[AuditRule, ...] = (one_scope, own_name_is_right, heads_of_tables_agree)
