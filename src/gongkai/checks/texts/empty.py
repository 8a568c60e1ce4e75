"""Rules about texts that say nothing, or begin what they do not go on with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.checks.rule import Figures, Problem, rule
from gongkai.checks.subjects.reason import Reason
from gongkai.checks.subjects.reasons import reasons
from gongkai.checks.subjects.texts import Kind, texts
from gongkai.findings import Level
from gongkai.model.reading import ANSWERS_NOTHING

_FIRST = re.compile(r"(?:^|(?<=[，。；：\s]))(?:主要原因)?一是(?!一)")
_GOES_ON = re.compile(r"[二三]是|其二|二、|另|此外|同时|还有|再(?:有|次|者)|最后")
_IN_QUOTES = re.compile(r"[“＂][^“”＂]+[”＂]。?")


@rule("GK230", "请写明具体原因：增减了什么人、什么事、什么标准；没有增减的，写如“两年均未安排”“与上年持平”")
def reason_is_one(figures: Figures) -> Iterator[Problem]:
    """检查什么：照印的原因不是“无”“没有”“略”“不适用”“/”“-”之类。
    为何重要：会印成“主要原因是无”。
    依据：预算法第十四条（对重要事项作出说明）。
    怎样改：写明原因；不印原因的地方（两年都是零的），这一项可以删去。
    """
    for reason in reasons(figures):
        if ANSWERS_NOTHING.fullmatch(reason.text.strip()) and not _left_out(reason):
            yield Problem(reason.path, f"{reason.what}的“{reason.path[-1]}”写的是“{reason.text}”，不是原因")


def _left_out(reason: Reason) -> bool:
    """Whether nothing is printed of it: what is zero in both years, except 三公经费 and the totals."""
    return not (reason.now or reason.before) and reason.path[0] in {"收入", "支出", "支出变动", "科目收支"}


@rule("GK231", "只有一点的，删去“一是”；有几点的，接着写“二是”", Level.WARNING)
def first_has_a_second(figures: Figures) -> Iterator[Problem]:
    """检查什么：一段文字里说了“一是”的，也说了“二是”。
    为何重要：只有“一是”，多半是删改时漏了后面的话。
    依据：公开内容应当完整、通顺。
    怎样改：补上“二是”，或删去“一是”。
    """
    for text in texts(figures):
        if text.kind in {Kind.REASON, Kind.NOTE, Kind.PERFORMANCE, Kind.DUTY}:
            found = _FIRST.search(text.text)
            if found and not _GOES_ON.search(text.text, found.end()):
                yield Problem(text.path, f"“{text.key}”里只有“一是”，没有“二是”")


@rule("GK232", "请删去两头的引号；确要印出引号的，可以不管", Level.WARNING)
def quotes_are_not_printed(figures: Figures) -> Iterator[Problem]:
    """检查什么：没有整段写在全角引号“……”里的文字。
    为何重要：只有半角的引号表示“这是一段文字”，全角的会照印出来。
    依据：YAML 的写法。
    怎样改：删去两头的引号，或改用半角引号。
    """
    for text in texts(figures):
        if _IN_QUOTES.fullmatch(text.text.strip()):
            yield Problem(text.path, f"“{text.key}”的两头有全角引号，会照印出来")
