"""The rule about personal data: what no message repeats."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.audit.document import Audited
from gongkai.audit.rule import AuditRule, Fault, audit_rule
from gongkai.checks.confidential.privacy import personal_numbers
from gongkai.findings import Level
from gongkai.source.workbook.cells import Kind

from .passages import Passage, paragraphs

_GRAVE = {"身份证号码", "银行账号"}
_OFFICIAL = re.compile("监督|举报|投诉|咨询|公开电话|联系方式|办公电话|值班|热线|传真")
"""What a telephone is given for that is meant to be public."""


@audit_rule("GK886", "请核对是否经审查同意公开；不该公开的，请撤下文件，删去后重新公开", Level.WARNING)
def no_personal_numbers(document: Audited) -> Iterator[Fault]:
    """检查什么：没有手机号码、电话、电子邮箱；有身份证号码、银行账号的按错误处理。监督、咨询用的电话和邮箱不算。
    为何重要：号码是个人信息，公开以后收不回来。提示里只写头尾，不重复号码。
    依据：个人信息保护法；政府信息公开条例第十五条（个人隐私不公开）。
    怎样改：删去，或写 ×××；已经公开的，先撤下来。
    反例：联系人张某某，身份证号 65************0X。
    正例：联系人：×××。
    """
    for passage in (*paragraphs(document), *_cells(document)):
        official = _OFFICIAL.search(passage.text)
        for what, shown in personal_numbers(passage.text):
            if what in _GRAVE:
                yield Fault(passage.place(), f"有{what}（{shown}）", level=Level.ERROR)
            elif not official:
                yield Fault(passage.place(), f"有{what}（{shown}）")


def _cells(document: Audited) -> Iterator[Passage]:
    for table in document.printed.tables:
        for position, cell in sorted(table.sheet.cells.items()):
            if cell.kind is Kind.TEXT:
                yield Passage(document.printed, cell.text, None, table, position)


RULES: tuple[AuditRule, ...] = (no_personal_numbers,)
