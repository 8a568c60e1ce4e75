"""Rules about what is said of a 科目: its use, its reason, the name of its class."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gongkai import catalog
from gongkai.audit.document import Audited
from gongkai.audit.rule import AuditRule, Fault, audit_rule
from gongkai.checks.texts.elsewhere import former_names, of_another_item
from gongkai.checks.texts.spans import Slip
from gongkai.findings import Level, shown

from .passages import Passage, cells, paragraphs, texts_in

_ITEM = re.compile(r"(?<!\d)(?P<code>2\d{6})(?!\d)|(?P<name>[一-鿿、（）()]{3,30}?)[（(]项[）)]")
_USE = re.compile(r"(?:主要)?用于[：:]?|原因(?:是|为)?[：:]?")
_STOP = re.compile("[。；，]")
_LEAST_USES, _MOSTLY, _SHORTEST = 5, 0.6, 4


@audit_rule("GK877", "请核对是否抄错了科目；确实有关的，写明关系", Level.WARNING)
def use_is_of_its_own_item(document: Audited) -> Iterator[Fault]:
    """检查什么：住房公积金、医疗、养老等科目的用途和变动原因，不是另一个科目的话。
    为何重要：几个科目的用途写法相近，复制以后常忘了改名称。
    依据：公开内容应当真实、准确；政府收支分类科目。
    怎样改：改为本科目的话。
    反例：住房保障支出（类）住房改革支出（款）住房公积金（项）20.00 万元，主要用于缴纳职工基本养老保险。
    正例：住房保障支出（类）住房改革支出（款）住房公积金（项）20.00 万元，主要用于缴纳职工住房公积金。
    """
    uses = [use for passage in paragraphs(document) for use in _uses(passage)]
    yield from filter(None, map(_of_another, uses))
    yield from _names_of_others([use for use in uses if use.name])


@dataclass(frozen=True, slots=True)
class _Use:
    """What a passage says that the money of an item is for, or why it changed."""

    passage: Passage
    code: str
    name: str
    said: str
    start: int

    def fault(self, start: int, words: str, message: str) -> Fault:
        """Some of its words are wrong; ``start`` is where they begin in them."""
        return self.passage.fault(Slip(self.start + start, self.start + start + len(words), words), message)


def _uses(passage: Passage) -> Iterator[_Use]:
    items = list(_ITEM.finditer(passage.text))
    for number, item in enumerate(items):
        end = items[number + 1].start() if number + 1 < len(items) else len(passage.text)
        lead = _USE.search(passage.text, item.end(), end)
        if lead is not None:
            stop = _STOP.search(passage.text, lead.end(), end)
            name = _bare(item["name"] or "")
            said = passage.text[lead.end() : stop.start() if stop else end]
            yield _Use(passage, item["code"] or _codes().get(name, ""), name, said, lead.end())


def _of_another(use: _Use) -> Fault | None:
    """The words of other money: 住房公积金 for 养老保险."""
    found = of_another_item(use.code, use.said) if use.code else None
    if found is None:
        return None
    name = use.name or catalog.functional().name(use.code)
    return use.fault(found.start(), found[0], f"{use.code} {name}的用途或原因里说的是“{found[0]}”")


def _names_of_others(uses: Sequence[_Use]) -> Iterator[Fault]:
    """Uses that are the name of another item, in a document that gives each item its own name as its use."""
    own = [use for use in uses if _stem(use.name) in use.said]
    if len(uses) < _LEAST_USES or len(own) < _MOSTLY * len(uses):
        return
    names = {use.name for use in uses}
    for use in uses:
        other = next((name for name in names if len(name) >= _SHORTEST and use.said.endswith(name)), None)
        if other and _stem(use.name) not in use.said:
            message = f"“{use.name}”的用途是“{shown(use.said)}”，那是另一个科目的名称"
            yield use.fault(0, use.said, message)


def _stem(name: str) -> str:
    return name.removesuffix("支出")


def _bare(name: str) -> str:
    return re.split(r"[）)]", name)[-1]


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """The items by name; of those that have one name nobody knows which is meant."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for subject in catalog.functional():
        if len(subject.code) == len("2210201"):
            (twice.add if subject.name in found else lambda _: None)(subject.name)
            found[subject.name] = subject.code
    return {name: code for name, code in found.items() if name not in twice}


@audit_rule("GK879", "请改用本年度的名称", Level.WARNING)
def names_of_the_year(document: Audited) -> Iterator[Fault]:
    """检查什么：文字和表里不用已经改了名的类、款的旧名，如“医疗卫生与计划生育支出”；书名号、引号里的不算。
    为何重要：沿用多年前的模板时，常常表里是新名称，说明里还是旧名称。
    依据：各年度的政府收支分类科目。
    怎样改：改用指出的名称。
    反例：2024 年预算里写：医疗卫生与计划生育支出 30.00 万元。
    正例：2024 年预算里写：卫生健康支出 30.00 万元。
    """
    year = document.tables.year
    if year is None:
        return
    for passage in (*paragraphs(document), *cells(document), *_names_in_cells(document)):
        for found, name in former_names(passage.text, year):
            message = f"“{found[0]}”是旧名，{year} 年叫“{name}”"
            yield passage.fault(Slip(found.start(), found.end(), found[0]), message)


def _names_in_cells(document: Audited) -> Iterator[Passage]:
    """Names in tables that were not recognised: those of official tables are held against their codes."""
    for table in document.unrecognised:
        yield from (passage for passage in texts_in(document, table) if passage.text.endswith("支出"))


RULES: tuple[AuditRule, ...] = (use_is_of_its_own_item, names_of_the_year)
