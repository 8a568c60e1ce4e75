"""The rule about personal data: what no message repeats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from gongkai.audit.document import Audited
from gongkai.audit.rule import AuditRule, Fault, audit_rule
from gongkai.checks.confidential.privacy import hidden_name, is_masked, personal_numbers
from gongkai.findings import Level
from gongkai.intake.export.forms.words import plain

from .passages import paragraphs, texts_of_cells

_GRAVE = {"身份证号码", "银行账号"}
_OFFICIAL = re.compile("监督|举报|投诉|咨询|公开电话|联系方式|办公电话|值班|热线|传真")
"""What a telephone is given for that is meant to be public."""
_PERSON = re.compile("(?:项目)?(?:联系人|负责人)(?:姓名)?:?")
_NAME = re.compile(
    "(?:欧阳|司马|上官|诸葛|阿不都|买买提|艾|古丽|"
    "[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
    "任姜范石姚谭廖邹熊陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文])[一-鿿]{1,2}"
)
"""Names with the commoner surnames: a head of a table may stand beside 负责人 as well."""
_NO_PERSON = re.compile(
    "某|[科室处股部办局站所队组院校会]$|中心|没有|暂无|联系|负责|文件|文号|内容|项目|名称|电话|方式|目标|指标|任务|时间|常规"
)


@audit_rule("GK886", "请核对是否经审查同意公开；不该公开的，请撤下文件，删去后重新公开", Level.WARNING)
def no_personal_numbers(document: Audited) -> Iterator[Fault]:
    """检查什么：没有手机号码、电话、电子邮箱和没有隐去的联系人；有身份证号码、银行账号的按错误处理。监督、咨询用的不算。
    为何重要：号码是个人信息，公开以后收不回来。提示里只写头尾，不重复号码。
    依据：个人信息保护法；政府信息公开条例第十五条（个人隐私不公开）。
    怎样改：删去，或写 ×××；已经公开的，先撤下来。
    反例：联系人张某某，身份证号 65************0X。
    正例：联系人：×××。
    """
    for passage in (*paragraphs(document), *texts_of_cells(document)):
        official = _OFFICIAL.search(passage.text)
        for what, shown in personal_numbers(passage.text):
            if what in _GRAVE:
                yield Fault(passage.place(), f"有{what}（{shown}）", level=Level.ERROR)
            elif not official:
                yield Fault(passage.place(), f"有{what}（{shown}）")
    yield from _names(document)


def _names(document: Audited) -> Iterator[Fault]:
    """The names of persons in the cells beside 联系人 and 负责人."""
    for table in document.printed.tables:
        cells = [(at, plain(cell.text)) for at, cell in sorted(table.sheet.cells.items()) if cell.text]
        for (label_at, label), (at, name) in pairwise(cells):
            if label_at[0] != at[0] or not _PERSON.fullmatch(label):
                continue
            if _NAME.fullmatch(name) and not (is_masked(name) or _NO_PERSON.search(name)):
                place = document.printed.workbook.place(table.sheet, *at)
                yield Fault(place, f"“{label.rstrip(':')}”没有隐去（{hidden_name(name)}）")


RULES: tuple[AuditRule, ...] = (no_personal_numbers,)
