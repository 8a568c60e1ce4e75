"""The rule on the numbers of headings: none stands twice in one row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.audit.document import Audited
from gongkai.audit.rule import AuditRule, Fault, audit_rule
from gongkai.findings import Level, shown

_NUMERAL = r"(?P<number>十[一二三四五六七八九]?|[一二三四五六七八九])"
_LEVELS = (
    re.compile(r"^\s*第[一二三四五六七八九十]{1,3}部分"),
    re.compile(rf"^\s*{_NUMERAL}、(?P<words>.{{2,60}})$"),
    re.compile(rf"^\s*[（(]{_NUMERAL}[）)](?P<words>.{{2,60}})$"),
)
_DIGITS = "一二三四五六七八九"
_NO_HEADING = re.compile(r"[。；：，]$|[。；]")
_LEADER = re.compile(r"[.…·．\s]{2,}\d{0,3}$")


@audit_rule("GK899", "请核对标题的序号", Level.WARNING)
def numbers_stand_once(document: Audited) -> Iterator[Fault]:
    """检查什么：同一级相连的两个标题，序号不重复；从“一”重新开始的不算。
    为何重要：序号重复，多半是插入、删去一节以后没有改，目录也会跟着不对。
    依据：公文格式（GB/T 9704）：结构层次序数依次标注。
    怎样改：改正后面各节的序号。
    反例：三、机关运行经费；三、政府采购情况。
    正例：三、机关运行经费；四、政府采购情况。
    """
    last: dict[int, tuple[int, str]] = {}
    for paragraph in document.paragraphs:
        for level, form in enumerate(_LEVELS):
            found = form.match(paragraph.text)
            if found is None:
                continue
            last = {at: said for at, said in last.items() if at <= level}
            if "number" not in found.groupdict() or _NO_HEADING.search(found["words"]):
                break
            number, words = _value(found["number"]), _LEADER.sub("", found["words"]).strip()
            before = last.get(level)
            last[level] = number, words
            if before is not None and before[0] == number > 1 and before[1] != words:
                message = f"“{shown(words)}”的序号与前面的“{shown(before[1])}”相同，都是“{found['number']}”"
                yield Fault(document.printed.place(paragraph), message, quote=paragraph.text)
            break


def _value(numeral: str) -> int:
    """One to nineteen."""
    tens = 10 if numeral.startswith("十") else 0
    return tens + (_DIGITS.find(numeral[-1]) + 1)


RULES: tuple[AuditRule, ...] = (numbers_stand_once,)
