"""Rules about what was left of a form or a template, and about what was never filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.audit.document import Audited
from gongkai.audit.rule import AuditRule, Fault, audit_rule
from gongkai.checks.texts.spans import Slip, left_to_fill_in
from gongkai.findings import Level

from .passages import Passage, paragraphs, passages

_SHOWN = 4
"""So many of what was not filled in a message names."""
_INSTRUCTION = re.compile(
    r"""
    # 例：（没有此项的请删除）
    [（(【][^（()）【】]{0,24}(?:请(?:根据|按照|结合)实际|据实(?:填|修改|表述)|按实际(?:情况)?(?:填|修改|表述|写)
        |没有.{0,8}删|如无.{0,8}删|请(?:自行)?(?:删除|修改|选择|选填|填写)|选其一|二选一|择一(?:填|表述))[^（()）【】]{0,24}[）)】]
    |[（(](?:增加|新增|修改|删除|补充)(?:的)?内容[）)]
    |(?:填写|填报)(?:示例|样例)[：:]|(?:增加|减少|增长|下降)/(?:增加|减少|增长|下降)
    """,
    re.VERBOSE,
)
_NO_FIGURE = re.compile(
    r"""
    # 例：增长%，占 万元
    (?:增长|下降|上升|降低|占[^，。；、（(\d]{1,20}?的?|比重为|占比为?)[ \u3000]*[%％](?=[，。；、）)]|$)
    |(?:增加|减少|预算数为|决算数为|合计为?|共计|安排)[ \u3000]*万元(?=[，。；、]|$)
    |(?:有车辆|万元以上(?:的|通用|专用)?设备|公务用车|执法执勤用车|其他用车)[ \u3000]*[辆台](?=[，。；、（(]|$)
    """,
    re.VERBOSE,
)
_NO_REASON = re.compile(
    r"""
    # 例：主要原因是。
    (?:主要原因|原因(?=是|为|系|在于|[：:]))(?:是|为|系|在于)?[：:]?(?:是|为)?[ \u3000]*(?=[。；])
    |(?<=[，。；])主要(?:是|用于)[：:]?[ \u3000]*(?=[。；])
    """,
    re.VERBOSE,
)
_SAYS_NOTHING = re.compile(r"原因(?:是|为|系)?[：:]?[ \u3000]*(?P<said>无|略|同上|没有|[/\-—]+)(?=[。；]|$)")
_REASON_ASKED = re.compile(r"(?:没有|无|不存在|说明|分析|查明|何种|各种|其他|有关|客观|特殊)(?:主要)?$")
"""What before 原因 means that the sentence does not lead to one."""
_LEAD = 8
"""So many characters before it can mean that."""
_NO_PERCENT = re.compile(
    r"""
    # 例：比上年增长13.95。
    (?<!分别)(?P<verb>增长|下降|上升|降低|占[^，。；、\d%％]{0,20}?(?:的|比重为?|比例为?|总额|支出|收入)|占比为?|比重为)
    [ \u3000]*(?P<figure>\d{1,4}(?:\.\d+)?)[ \u3000]*(?=[，。；）)]|$)
    """,
    re.VERBOSE,
)


@audit_rule("GK871", "请填写实际内容，删去模板里的话和没有选的一边")
def nothing_left_of_the_form(document: Audited) -> Iterator[Fault]:
    """检查什么：没有模板留下的“增加（减少）”、XX、空括号、“请按实际填写”，也没有漏了数的“增长%”“增加 万元”。
    为何重要：照抄模板没有填完就公开，是最刺眼的差错。
    依据：公开内容应当真实、完整（地方预决算公开操作规程）。
    怎样改：填写实际内容，删去没有选的一边。姓名不公开写的 ×××、省略的文件名称《关于……的通知》不算。
    反例：比上年决算数下降（增长）3.20 万元。
    正例：比上年决算数下降 3.20 万元。
    """
    for passage in passages(document):
        if slips := _residue(passage.text):
            said = "、".join(
                f"“{words}”" for words in list(dict.fromkeys(slip.words.strip() for slip in slips))[:_SHOWN]
            )
            many = f"有 {len(slips)} 处没有填完" if len(slips) > 1 else "有没有填完的地方"
            yield passage.fault(slips[0], f"{many}：{said}")


def _residue(text: str) -> list[Slip]:
    """What is left of a form; of two findings that overlap the first."""
    found = [
        *left_to_fill_in(text),
        *(Slip(m.start(), m.end(), m[0]) for pattern in (_INSTRUCTION, _NO_FIGURE) for m in pattern.finditer(text)),
    ]
    kept: list[Slip] = []
    for slip in sorted(found, key=lambda slip: (slip.start, -slip.end)):
        if not kept or slip.start >= kept[-1].end:
            kept.append(slip)
    return kept


@audit_rule("GK872", "请写明原因：增减了什么人、什么事、什么标准")
def reasons_are_given(document: Audited) -> Iterator[Fault]:
    """检查什么：“主要原因是”“主要用于”后面写了内容；写“无”“略”的按警告处理。
    为何重要：原因空着，等于没有说明为什么变动。
    依据：预算法第十四条（对重要事项作出说明）。
    怎样改：补上原因；没有增减的，删去“主要原因是”。
    反例：比上年增加 12.00 万元，主要原因是。
    正例：比上年增加 12.00 万元，主要原因是新增信息系统维护项目。
    """
    for passage in passages(document):
        for found in _NO_REASON.finditer(passage.text):
            if not _REASON_ASKED.search(passage.text[max(0, found.start() - _LEAD) : found.start()]):
                yield passage.fault(Slip(found.start(), found.end(), found[0]), f"“{found[0].strip()}”后面没有内容")
        for found in _SAYS_NOTHING.finditer(passage.text):
            slip = Slip(found.start(), found.end(), found[0])
            yield passage.fault(slip, f"原因写的是“{found['said']}”，不是原因", Level.WARNING)


@audit_rule("GK874", "请补上“%”；是金额的，写明万元", Level.WARNING)
def percentages_have_their_sign(document: Audited) -> Iterator[Fault]:
    """检查什么：“增长”“下降”“占……的”后面的数有“%”或别的单位；有小数的按错误处理。
    为何重要：少一个“%”，读的人不知道是百分之几还是多少万元。
    依据：出版物上数字用法（GB/T 15835）。
    怎样改：补上“%”。
    反例：比上年增长 13.95。
    正例：比上年增长 13.95%。
    """
    for passage in paragraphs(document):
        for found in _NO_PERCENT.finditer(passage.text):
            yield _without_sign(passage, found)


def _without_sign(passage: Passage, found: re.Match[str]) -> Fault:
    level = Level.ERROR if "." in found["figure"] and found["verb"] in {"增长", "下降"} else None
    said = found[0].strip()
    return passage.fault(Slip(found.start(), found.end(), said), f"“{said}”后面没有“%”", level)


RULES: tuple[AuditRule, ...] = (nothing_left_of_the_form, reasons_are_given, percentages_have_their_sign)
