"""The rule on numbers of vehicles: those of each kind come to all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.audit.document import Audited
from gongkai.audit.rule import Fault, audit_rule
from gongkai.findings import Level, shown

from .text.flat import flat

_ALL = re.compile(
    r"(?:车辆|公务用车)(?P<all>\d{1,5})辆[，；（]?(?:[^。；，\d]{0,12}，)?其中：?(?P<parts>[^。；（）]{3,300})"
)
_PART = re.compile(r"(?P<number>\d{1,5})辆")


@audit_rule("GK858", "请核对车辆的合计和各类的辆数")
def vehicles_add_up(document: Audited) -> Iterator[Fault]:
    """检查什么：“共有车辆几辆，其中：……”各类车辆的辆数加起来等于合计；只列了一类、少于合计的不查。
    为何重要：车辆数与国有资产报告、三公经费的保有量是同一个数，一处改了别处没有改就对不上。
    依据：国有资产占有使用情况说明。
    反例：共有车辆 5 辆，其中：机要通信用车 2 辆、执法执勤用车 4 辆。
    正例：共有车辆 5 辆，其中：机要通信用车 1 辆、执法执勤用车 4 辆。
    怎样改：照资产台账核对，改正写错的辆数；还有别的车辆没有列的，补上。
    """
    for paragraph in document.paragraphs:
        said = flat(paragraph)
        for found in _ALL.finditer(said.text):
            parts = [int(part["number"]) for part in _PART.finditer(found["parts"])]
            everything, together = int(found["all"]), sum(parts)
            if "其中" in found["parts"] or not parts or together == everything:
                continue
            if together < everything and len(parts) == 1:
                continue
            place = document.printed.place(paragraph, *said.span(found.start(), found.end()))
            message = f"车辆合计 {everything} 辆，其中各类相加是 {together} 辆"
            level = None if together > everything else Level.WARNING
            yield Fault(place, message, Decimal(everything), Decimal(together), shown(found[0]), level)


RULES = (vehicles_add_up,)
