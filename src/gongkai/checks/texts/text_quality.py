"""Rules about a text by itself: what was left to fill in, other years, other units, and punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.checks.rule import Figures, Problem, disclosure, rule
from gongkai.checks.subjects.texts import FreeText, Kind, texts
from gongkai.findings import Level
from gongkai.model.unit import Scope

from .spans import (
    doubled_marks,
    gaps,
    half_width_marks,
    left_to_fill_in,
    sentences_alone,
    unpaired_mark,
    words_twice,
)

_SINCE = re.compile(
    r"""
    # 例：2019年安排资金
    (?<![自从于至到\-—－～\d])(?P<year>20\d\d)年(?!(?:\d{1,2}月)?(?:\d{1,2}日)?度?(?:以来|起|来|开始|成立|建成|购置|购入|启用|立项))
    """,
    re.VERBOSE,
)
_ANY_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")

_OF_THE_YEAR = {("整体绩效目标", "年度目标"), ("整体绩效自评", "完成情况")}

_SENTENCES = {Kind.REASON, Kind.NOTE, Kind.DUTY, Kind.PERFORMANCE}


def _sentences(figures: Figures, *kinds: Kind) -> list[FreeText]:
    return [text for text in texts(figures) if text.kind in (kinds or _SENTENCES)]


@rule("GK706", "请填写实际内容，或删去这一句")
def nothing_left_to_fill_in(figures: Figures) -> Iterator[Problem]:
    """检查什么：文字里没有“XX”“待填写”“……”“＿＿”“增加（减少）”“某某”和空括号之类没有填完的地方。
    为何重要：照抄模板没有填完就公开，是最刺眼的差错。
    依据：公开内容应当真实、完整（地方预决算公开操作规程）。
    怎样改：填写实际内容。姓名不公开的写 ×××，文件名称省略的写《关于……的通知》，不算。
    """
    for text in texts(figures):
        if text.kind is Kind.PERSON:
            continue
        found = next(left_to_fill_in(text.text), None)
        if found:
            yield Problem(text.path, f"“{text.key}”里有没有填完的地方：“{found.words}”")


@rule("GK707", "请核对年份；确实说的是那一年的事，可以不管", Level.WARNING)
def years_are_near(figures: Figures) -> Iterator[Problem]:
    """检查什么：原因、用途和绩效文字里的年份不早于上一年，原因里的年份也不晚于下一年；文件名称、文号、引文里的不算。
    为何重要：沿用前年的文字时常忘了改年份。
    依据：公开内容应当真实、准确。
    怎样改：改正年份。
    """
    year = _year(figures)
    for text in _sentences(figures):
        if text.key == "执行时间" or text.kind is Kind.DUTY:
            continue
        if not _ANY_YEAR.search(text.text):
            continue
        plain = sentences_alone(text.text).replace("\n", "")
        found = [int(match["year"]) for match in _SINCE.finditer(plain)]
        last = year + 1 if text.kind is Kind.REASON else 9999
        strange = next((y for y in found if not year - 1 <= y <= last), None)
        if strange:
            yield Problem(text.path, f"{year} 年的文件里说到 {strange} 年")


@rule("GK708", "请核对年份", Level.WARNING)
def time_covers_the_year(figures: Figures) -> Iterator[Problem]:
    """检查什么：项目的执行时间包括本年度；整体绩效目标说到年份的，说到本年度。
    为何重要：沿用上年的项目和目标时常忘了改年份。
    依据：预算按年度编制（预算法第十八条）。
    怎样改：改正年份。
    """
    year = _year(figures)
    for text in texts(figures):
        whole = text.path in _OF_THE_YEAR
        if not whole and text.key != "执行时间":
            continue
        years = [int(found) for found in _ANY_YEAR.findall(text.text)]
        if not whole and years and not min(years) <= year <= max(years):
            yield Problem(text.path, f"{year} 年的项目，执行时间里没有 {year} 年")
        if whole and years and year not in years:
            yield Problem(text.path, f"“{text.key}”里只说到 {max(years)} 年，没有说到 {year} 年")


def _year(figures: Figures) -> int:
    return disclosure(figures).year


@rule("GK719", "请删去重复的词", Level.WARNING)
def no_word_twice(figures: Figures) -> Iterator[Problem]:
    """检查什么：没有连写两遍的词，如“增加增加”“的的”。
    为何重要：多半是改文字时留下的，读的人一眼就看得见。
    依据：公开内容应当准确、规范。
    怎样改：删去重复的词；确实要说两遍的，可以不管。
    """
    for text in texts(figures):
        if text.kind is Kind.PERSON:
            continue
        found = next(words_twice(text.text), None)
        if found:
            yield Problem(text.path, f"“{text.key}”里有重复的词：“{found.words}”")


@rule("GK711", "请统一称呼", Level.WARNING)
def one_scope(figures: Figures) -> Iterator[Problem]:
    """检查什么：口径是“单位”的不自称“本部门”；口径是“部门”的，不混用“本部门”和“本单位”。
    为何重要：部门和单位是两个口径，混用会让人不知道数字包不包括下属单位。
    依据：预算法实施条例第五条、第六条（部门预算包括本部门及所属单位）。
    怎样改：照口径统一称呼。
    """
    scope = disclosure(figures).scope
    written = _sentences(figures)
    department = [text for text in written if re.search("[本我]部门", text.text)]
    unit = [text for text in written if re.search("[本我]单位", text.text)]
    if scope is Scope.UNIT:
        for text in department:
            yield Problem(text.path, "口径是“单位”，这里自称“部门”")
    elif department:
        for text in unit:
            yield Problem(text.path, "口径是“部门”，别处自称“部门”，这里自称“单位”")


@rule("GK712", "请改正标点", Level.WARNING)
def punctuation_is_whole(figures: Figures) -> Iterator[Problem]:
    """检查什么：没有重复的标点（。。、，。），括号、书名号、引号成对。
    为何重要：标点残缺往往是删改以后留下的，句子可能已经不完整。
    依据：标点符号用法（GB/T 15834）。
    怎样改：删去多余的，补上缺少的。
    """
    for text in texts(figures):
        doubled = next(doubled_marks(text.text), None)
        if doubled:
            yield Problem(text.path, f"“{text.key}”里标点重复或位置不对：“{doubled.words}”")
        odd = unpaired_mark(text.text)
        if odd:
            yield Problem(text.path, f"“{text.key}”里“{odd.words}”没有成对")


@rule("GK713", "请改为全角标点，删去空格", Level.WARNING)
def width_is_chinese(figures: Figures) -> Iterator[Problem]:
    """检查什么：汉字之间不用半角的逗号、分号、冒号、括号，没有空格；书名号、引号里的标题和主题照原样，不算。
    为何重要：半角标点和多余的空格多半是从别处粘贴来的，印出来疏密不一。
    依据：党政机关公文格式（GB/T 9704）；标点符号用法（GB/T 15834）。
    怎样改：改为全角，删去空格。
    """
    for text in texts(figures):
        if text.kind is Kind.PERSON:
            continue
        half, blanks = len(half_width_marks(text.text)), len(gaps(text.text))
        found = [f"{count} 处{what}" for count, what in ((half, "半角标点"), (blanks, "空格")) if count]
        if found:
            yield Problem(text.path, f"“{text.key}”里汉字之间有 {'、'.join(found)}")
