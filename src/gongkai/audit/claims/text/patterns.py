"""How the field's sentences read: amounts, rates, comparisons, shares, reasons. Texts are in one spelling (``flat``).

Every expression is bounded, so that no text makes a search long.
"""

from __future__ import annotations

import re
from collections.abc import Callable

NUMBER = r"-?\d[\d,]{0,20}(?:\.\d{1,6})?"
AMOUNT = re.compile(rf"(?<![\d.,])(?P<digits>{NUMBER})(?P<unit>万元|亿元|元)(?!(?:（[^）]{{1,4}}）)?(?:及)?以[上下])")

_UP = "增加|增长|上升|提高|上浮|多支出"
_DOWN = "减少|下降|降低|压减|下浮|少支出"
_OTHER = r"(?:（[^）]{1,8}）)?"
CHANGE = re.compile(
    rf"(?P<word>{_UP}|{_DOWN}){_OTHER}(?:了|为)?(?P<digits>{NUMBER})(?P<unit>万元|亿元|元)"
    rf"(?:[，、；（]?(?P<word2>{_UP}|{_DOWN}|增幅|降幅){_OTHER}(?:率)?(?:了|为|约)?(?P<rate>{NUMBER})(?P<sign>%|(?=[，。；]|$)))?"
)
RATE_ONLY = re.compile(rf"(?P<word>{_UP}|{_DOWN}){_OTHER}(?:了|为)?(?P<rate>{NUMBER})%")

_YEAR_BEFORE = r"(?:上一?年度?|去年|同期|20\d\d年度?)"
_BASE = (
    rf"{_YEAR_BEFORE}(?:（[^）]{{1,12}}）)?(?:度)?(?:同期|当年)?(?:年初|全年|调整)?(?:财政拨款)?"
    r"(?:预算|决算|执行|完成|实际|支出|收入){0,3}(?:数|额)?"
)
LEAD = re.compile(
    rf"(?:(?:比|较|与|同)(?P<base>{_BASE}|(?:年初|全年|调整)预算(?:数)?)(?:相比较?|比较)?|同比)，?(?:较|比)?(?P<mid>[^，。；：比较与]{{0,40}})$"
)
EVEN = re.compile(
    rf"(?:比|较|与|同)(?P<base>{_BASE})(?:数)?(?:相比)?，?(?:保持|支出)?(?P<word>持平|一致|相同|相等|均未安排|没有变化|无变化)(?!的)"
)

SHARE = re.compile(rf"[，（]?占(?P<whole>[^，。；：%\d]{{0,30}}?)(?:的)?(?:比重|比例)?(?:为)?(?P<rate>{NUMBER})%")
COMPLETED = re.compile(rf"完成(?P<base>[^，。；：%\d]{{0,20}}?)的?(?P<rate>{NUMBER})%")
VARIANCE = re.compile(rf"差异率(?:为)?(?P<rate>{NUMBER})%")

_REASON = re.compile(
    r"(?:主要|差异)?原因(?:主要)?(?:是|为|：|在于)：?|主要由于|主要是由于|主要是(?:因)|主要用于(?!以下|如下)：?|开支内容(?:包括|主要)|，用于"
)
_GOES_ON = re.compile(
    rf"；(?:其中：)?(?P<words>[^，。；：、]{{0,60}}?)(?P<what>(?:{_UP}|{_DOWN})?{NUMBER}(?:万元|元)|(?:比|较|与){_YEAR_BEFORE}|(?:年初|全年)预算)"
)

SUBJECT_NAME = re.compile(
    r"(?:^|(?<=[，。；：]))(?P<lead>[^，。；：（）]{0,8}?)(?P<类>[^，。；：]{2,50}?)（类）(?P<款>[^，。；：]{2,50}?)（款）(?P<项>[^，。；：]{2,60}?)（项）"
)
CLASS_NAME = re.compile(r"(?P<类>[^，。；：、]{2,40})（类）$")
BY_COUNT = re.compile("价值|涉及|全年预算数|全年执行数")
COUNTED = re.compile(r"[\d,.]+(?:个|个涉密项目|辆|平方米|台|套)$")
"""An amount of what the clause before it counts: 车辆4辆，价值94.40万元."""
FIGURE_END = re.compile(r"\d(?:万元|亿元|元|%)")
AMONG = re.compile("其中")
FUND = re.compile("一般公共预算|政府性基金|国有资本")
YEAR_ALONE = re.compile(r"(?:^|[。；、])(20\d\d)年度?，$")
SIDE = re.compile("(?:收入|支出)(?:主要)?包括：?")
"""What begins a list of one side: the money that an item of the other side names is not that of this one."""


def after_stop(text: str, end: int) -> int:
    """Where the clause up to a place begins: after the last stop; that of 收、支总计 parts nothing."""
    place = max(text.rfind(mark, 0, end) for mark in "，。；：")
    pause = text.rfind("、", place + 1, end)
    while pause > 0 and text[pause - 1 : pause + 2] == "收、支":
        pause = text.rfind("、", place + 1, pause)
    return max(place, pause) + 1


def is_up(word: str) -> bool:
    """Whether a word of direction says that something grew."""
    return word in _UP.split("|") or word == "增幅"


def reasons(text: str, known: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Where a paragraph gives reasons and purposes: amounts there claim nothing of what the paragraph is about.

    A reason ends with its sentence, or where after a semicolon something follows that is ``known`` as a subject.
    """
    found: list[tuple[int, int]] = []
    place = 0
    while (start := _REASON.search(text, place)) is not None:
        stop = text.find("。", start.end())
        end = len(text) if stop < 0 else stop
        for going in _GOES_ON.finditer(text, start.end(), end):
            if not going["words"] or known(going["words"]):
                end = going.start()
                break
        found.append((start.end(), end))
        place = max(end, start.end())
    return found
