"""Rules about what a disclosure must have: its parts, what its explanations speak of, its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gongkai.audit.document import Audited
from gongkai.audit.rule import AuditRule, Fault, audit_rule
from gongkai.findings import Level, Place
from gongkai.intake.export.forms import words
from gongkai.intake.export.forms.register import REGISTER

_PARTS: Mapping[str, str] = {
    "主要职能": "职能|职责|基本情况|概况",
    "机构设置": "机构设置|机构情况|机构概况|内设机构|内设科室|单位构成|预算单位|下属|科室",
    "名词解释": "名词解释|专业名词|名词说明",
}
_SPOKEN_OF: Mapping[str, str] = {
    "“三公”经费": "三公|因公出国",
    "机关运行经费": "运行经费|日常公用经费",
    "政府采购": "政府采购",
    "国有资产占用": "国有资产|车辆|公务用车",
    "绩效": "绩效",
}
_LEAST_TEXT = 1500
"""Characters of running text below which a document is no whole disclosure."""
_NEEDED: Mapping[str, Sequence[str]] = {
    "预算": (
        "收支总体",
        "收入总体",
        "支出总体",
        "财政拨款收支",
        "一般公共预算支出",
        "基本支出",
        "三公经费",
        "政府性基金",
    ),
    "决算": ("收支总表", "收入", "支出", "财政拨款总表", "一般公共预算支出", "基本支出", "三公经费", "政府性基金"),
}
_TITLE_ROWS, _LONGEST_TITLE = 4, 50
_MOST_MISSING = 3
"""Where more are missing, the document is a part, or it was not recognised."""


@audit_rule("GK883", "请补上；在别处公开的，写明在哪里", Level.WARNING)
def parts_are_there(document: Audited) -> Iterator[Fault]:
    """检查什么：有主要职能、机构设置、名词解释；说明里说到“三公”经费、机关运行经费、政府采购、国有资产占用和绩效。
    为何重要：这些是公开文件规定的内容，少一样就不完整。
    依据：预算法第十四条；地方预决算公开操作规程。
    怎样改：补上；没有这样的事的，也写一句没有。
    反例：说明里没有一处说到政府采购。
    正例：政府采购预算 20.00 万元，其中货物 12.00 万元。
    """
    paragraphs = [re.sub(r"\s", "", paragraph.text) for paragraph in document.paragraphs]
    if document.printed.form == "xlsx" or sum(map(len, paragraphs)) < _LEAST_TEXT or not document.found:
        return
    text = "\n".join([*paragraphs, *(entry for entry, _ in document.printed.outline)])
    here = Place(document.printed.file)
    for name, said in _PARTS.items():
        if not re.search(said, text):
            yield Fault(here, f"没有“{name}”")
    for name, said in _SPOKEN_OF.items():
        if not re.search(said, text):
            yield Fault(here, f"情况说明里没有说到{name}")


@audit_rule("GK884", "请补上这张表；没有数的，公开空表并说明", Level.WARNING)
def tables_are_there(document: Audited) -> Iterator[Fault]:
    """检查什么：规定的各张表都有；认不出的表里可能是它的，不说。
    为何重要：少一张表就是没有公开这部分收支；没有数的也要公开空表。
    依据：预算法第十四条；地方预决算公开操作规程（附规定的表样）。
    怎样改：补上这张表。
    反例：没有一般公共预算基本支出表。
    正例：规定的各张表都有，没有数的是空表。
    """
    kind = document.tables.kind
    needed = _listed(document) or _NEEDED.get(kind, ())
    missing = [key for key in needed if document.tables.get(key) is None]
    if len(document.found) < len(needed) - _MOST_MISSING or len(missing) > _MOST_MISSING or document.printed.findings:
        return
    unread = list(_unread_titles(document))
    for key in missing:
        form = REGISTER.named(kind, key)
        if not any(form.title_pattern.search(title) for title in unread):
            yield Fault(Place(document.printed.file), f"没有《{form.name}》")


def _listed(document: Audited) -> list[str]:
    """The tables that the pack prints, of those that every disclosure has."""
    if document.pack is None:
        return []
    needed = _NEEDED.get(document.tables.kind, ())
    return [key for key in document.pack.listed("表格") if key in needed]


def _unread_titles(document: Audited) -> Iterator[str]:
    """What stands over tables that were not recognised."""
    for table in document.unrecognised:
        texts = [cell.text for (row, _), cell in sorted(table.sheet.cells.items()) if row <= _TITLE_ROWS]
        yield from map(words.title, [table.sheet.name, *texts])
    for paragraph in document.paragraphs:
        if len(paragraph.text) < _LONGEST_TITLE and "表" in paragraph.text:
            yield words.title(paragraph.text)


RULES: tuple[AuditRule, ...] = (parts_are_there, tables_are_there)
