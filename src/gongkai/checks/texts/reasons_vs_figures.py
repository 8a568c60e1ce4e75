"""Rules about reasons: what a reason says of a figure must be what the figure does (文字与数字相符)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.catalog import ancestors
from gongkai.checks.rule import Figures, Problem, disclosure, in_file_unit, printed, rule
from gongkai.checks.subjects.reason import Reason
from gongkai.checks.subjects.reasons import reasons
from gongkai.findings import Level, Path
from gongkai.model.final.final_account import NO_VARIANCE
from gongkai.model.reading import ANSWERS_NOTHING
from gongkai.prose.numbers import ratio_percent, round_half_up

from .reason_words import (
    ANY,
    CONCLUSION,
    DOWN,
    EITHER_WAY,
    EMPTY,
    FLAT,
    MORE_OR_LESS,
    NEITHER,
    NEW,
    NOT_BEFORE,
    NOT_NOW,
    PART,
    PART_OF_MONEY,
    QUOTED,
    SAME,
    THRIFT,
    WHOLE,
    WHOLE_HEAD,
    YEAR,
)

_OTHERWISE_CALLED = {
    "公务用车运行费": ("公务用车费",),
    "公务用车购置费": ("公务用车费", "公务车购置费", "车辆购置费"),
    "公务用车购置及运行维护费": ("公务用车费", "公务用车购置及运行费", "公务用车购置和运行维护费"),
    "因公出国（境）费": ("因公出国(境)费", "出国（境）费", "因公出国费"),
    "公务接待费": ("接待费",),
    "“三公”经费": ("三公经费", "“三公”经费财政拨款"),
}
"""What else an item of the money is called in its own reason."""

_CENT = Decimal("0.01")
_SAME_REASON = 5
"""So many 科目 with one and the same reason are no coincidence."""


def _ways(text: str) -> set[str]:
    """Which ways a reason speaks of: up, down, both or neither; what stands in quotes is a name."""
    plain = EITHER_WAY.sub("", QUOTED.sub("", text))
    return {"up" if match["up"] else "down" for match in ANY.finditer(plain)}


def says_unchanged(text: str) -> bool:
    """Whether a reason says that two figures are the same, or nearly, and nothing else."""
    return SAME.search(text) is not None and not _ways(text)


def moved(figures: Figures, reason: Reason) -> str:
    """“……本年 3.00 万元，上年 2.00 万元，增加 1.00 万元”."""
    now = "本年" if reason.over_years else "决算"
    way = "增加" if reason.change > 0 else "减少"
    by = f"{way} {printed(figures, abs(reason.change), reason.path)}" if reason.change else "没有增减"
    this, before = (printed(figures, amount, reason.path) for amount in (reason.now, reason.before))
    return f"{reason.what}{now} {this}，{reason.base} {before}，{by}"


def _contradiction(figures: Figures, reason: Reason, but: str, level: Level | None = None) -> Problem:
    stated, expected = (in_file_unit(figures, amount, reason.path) for amount in (reason.now, reason.before))
    return Problem(reason.path, f"{moved(figures, reason)}；{but}", stated, expected, level)


@rule("GK701", "请核对原因和两个数；金额无误的，写明真正使它变动的原因", Level.WARNING)
def direction_agrees(figures: Figures) -> Iterator[Problem]:
    """检查什么：金额增加的，原因不只说减少；金额减少的，原因不只说增加；没有增减的，原因不只说一边。
    为何重要：数字和文字方向相反，是公开文件里最容易被看出来的错误；结论也说反的（“导致经费减少”）按错误处理。
    依据：预算法第十四条（对重要事项作出说明）；情况说明与报表应当一致。
    怎样改：改正原因，或核对本年数、上年数。
    """
    for reason in reasons(figures):
        ways = _ways(reason.text if reason.change else THRIFT.sub("", reason.text))
        right = "up" if reason.change > 0 else "down" if reason.change < 0 else ""
        if len(ways) != 1 or right in ways:
            continue
        if not right and (SAME.search(reason.text) or not reason.now):
            continue
        said = "增加" if "up" in ways else "减少"
        certain = right and CONCLUSION.search(reason.text)
        yield _contradiction(figures, reason, f"原因里却只说{said}", Level.ERROR if certain else None)


@rule("GK702", "请核对；有增减的写明变动的主要原因")
def unchanged_is_unchanged(figures: Figures) -> Iterator[Problem]:
    """检查什么：原因说与上年（预算）持平、一致、无变化的，两个数相等；说“基本持平”的，相差不超过百分之五。
    为何重要：表上有增减而文字说没有，自相矛盾。
    依据：情况说明与报表应当一致。
    怎样改：写明变动的原因，或核对两个数。
    """
    for reason in reasons(figures):
        if not reason.change or _ways(reason.text):
            continue
        if reason.path[0] == "三公经费" and reason.text == NO_VARIANCE:
            continue  # said by the rule about 全年预算
        clauses = [clause for clause in re.split("[，。；]", reason.text) if clause]
        plain = [_without_subject(clause, reason) for clause in clauses]
        claims = [match for clause in plain if (match := FLAT.fullmatch(clause)) and not _of_a_part(match[0], reason)]
        if not claims or abs(reason.change) <= max(_CENT, reason.before / 1000):
            continue
        if not claims[0]["about"]:
            level = None if len(claims) == len(clauses) or not reason.over_years else Level.WARNING
            yield _contradiction(figures, reason, "原因里却说没有变化", level)
        elif abs(reason.change) * 20 > reason.before:
            yield _contradiction(figures, reason, "原因里却说基本没有变化", Level.WARNING)


def _without_subject(clause: str, reason: Reason) -> str:
    """A clause without the name of the item that it is the reason of, when that is its subject.

    What an item is called without 费 is money only where the clause says so: the cars themselves may be as many.
    """
    for name in (reason.what, f"{reason.what.removesuffix('费')}维护费", *_OTHERWISE_CALLED.get(reason.what, ())):
        if clause.startswith(name):
            return clause.removeprefix(name)
        rest = clause.removeprefix(name.removesuffix("费"))
        if rest != clause and re.match("支出|经费|费用|预算|决算", rest):
            return rest
    return clause


def _of_a_part(clause: str, reason: Reason) -> bool:
    """Whether a clause speaks of a part of the money, or of another comparison than the reason's own."""
    part = PART_OF_MONEY.search(clause)
    return bool(part and part[0] not in reason.what) or ("预决算" in clause and reason.over_years)


@rule("GK703", "请核对上年数；确有金额的，改写原因")
def new_is_new(figures: Figures) -> Iterator[Problem]:
    """检查什么：原因说这一项是新增、上年没有的，上年数为零；说本年没有、两年均未安排的，相应的数为零。
    为何重要：上年有数而说新增，本年有数而说未安排，自相矛盾。
    依据：情况说明与报表应当一致。
    怎样改：核对两个数，或改写原因。
    """
    for reason in reasons(figures):
        if ANSWERS_NOTHING.fullmatch(reason.text.strip()):
            continue  # no reason at all, and that is said already
        neither = NEITHER.fullmatch(reason.text)
        rest = neither["rest"] if neither else ""
        whole = not rest or reason.what.removesuffix("费") in rest or re.match("(?:此|该|本)项", rest)
        if reason.before and NEW.fullmatch(reason.text):
            yield _contradiction(figures, reason, "原因里却说是新增的")
        elif reason.before and NOT_BEFORE.fullmatch(reason.text):
            yield _contradiction(figures, reason, f"原因里却说{reason.base}没有")
        elif reason.now and NOT_NOW.fullmatch(reason.text):
            yield _contradiction(figures, reason, "原因里却说本年没有")
        elif neither and whole and (reason.now or reason.before):
            yield _contradiction(figures, reason, "原因里却说两年都没有")


@rule("GK704", "请核对原因里的数；由程序算出的增减额不必在原因里再写")
def stated_change_agrees(figures: Figures) -> Iterator[Problem]:
    """检查什么：原因里写的“比上年增加……万元”“增长……%”与算出的一致；各部分增加之和不比总的增加还多。
    为何重要：同一个增减写两处，改了一处就对不上。
    依据：一个事实只写一次；情况说明与报表应当一致。
    怎样改：删去原因里的数，或核对本年数、上年数。
    """
    for reason in reasons(figures):
        whole = [match for match in WHOLE.finditer(reason.text) if _is_whole(match, reason)]
        for match in whole:
            yield from _stated(figures, reason, match)
        if not whole:
            yield from _parts(figures, reason)


def _is_whole(match: re.Match[str], reason: Reason) -> bool:
    """Whether a stated change is the figure's own, against the same base: not that of a wage or of a rate."""
    head, base = match["head"].removeprefix(reason.what), match["base"].replace("去年", "上年")
    return bool(WHOLE_HEAD.fullmatch(head)) and base == reason.base


def _stated(figures: Figures, reason: Reason, match: re.Match[str]) -> Iterator[Problem]:
    figure, unit = match["figure"], match["unit"]
    said = Decimal(figure.replace(",", "")) * (-1 if re.fullmatch(DOWN, match["way"]) else 1)
    places = len(figure.partition(".")[2])
    if unit in "%％":
        if reason.before <= 0:
            return  # no growth of something
        actual = round_half_up(ratio_percent(reason.change, reason.before), places)
        told, shown = f"{figure}%", f"{abs(actual):,f}%"
    else:
        actual = round_half_up(reason.change if unit == "万元" else reason.change * 10_000, places)
        told, shown = f"{figure} {unit}", f"{abs(actual):,f} {unit}"
    rounded = unit == "元" and disclosure(figures).unit_of(reason.path[0]) == "万元"
    if abs(said - actual) > (Decimal(100) if rounded else _CENT):
        way = "增加" if actual >= 0 else "减少"
        message = f"{reason.what}的原因里说{match['way']} {told}，由两个数算出是{way} {shown}"
        yield Problem(reason.path, message, said, actual)


def _parts(figures: Figures, reason: Reason) -> Iterator[Problem]:
    """Parts that all go one way cannot be more than the whole."""
    # A change of something else, or against something else, is no part of this one.
    found = [m for m in PART.finditer(WHOLE.sub("", reason.text)) if m["unit"] in {"万元", "元"}]
    if not found or len(_ways(reason.text)) != 1:
        return
    parts = [Decimal(m["figure"].replace(",", "")) * (1 if m["unit"] == "万元" else Decimal("0.0001")) for m in found]
    total, change = sum(parts, Decimal(0)), abs(reason.change)
    if total > change + Decimal("0.01") * len(parts):
        whole, difference = (printed(figures, amount, reason.path) for amount in (total, change))
        message = f"{reason.what}的原因里各部分增减合计 {whole}，两个数只相差 {difference}"
        stated, expected = (in_file_unit(figures, amount, reason.path) for amount in (total, change))
        yield Problem(reason.path, message, stated, expected, Level.WARNING)


@rule("GK705", "请写明具体原因：增减了什么人、什么事、什么标准", Level.WARNING)
def reason_says_something(figures: Figures) -> Iterator[Problem]:
    """检查什么：有增减的地方，原因不是“同上”“正常浮动”“完成预算”“工作需要”之类的空话，不只是把科目或项的名称和增减再说一遍，也不是各科目全用同一句。
    为何重要：公开的说明要让人看懂为什么变；照抄的原因多半没有逐项核对。
    依据：预算法第十四条（对重要事项作出说明）；地方预决算公开操作规程。
    怎样改：逐项写明原因。
    """
    by_item: dict[Path, str] = {}
    for reason in reasons(figures):
        if not reason.change:
            continue
        if ANSWERS_NOTHING.fullmatch(reason.text.strip()):
            continue  # no reason at all, and that is said already
        if EMPTY.fullmatch(reason.text) or _says_itself(figures, reason):
            yield _contradiction(figures, reason, "原因里没有说明为什么")
        elif "变动" in reason.path:
            by_item[reason.path[:2]] = reason.text
    if len(by_item) >= _SAME_REASON and len(set(by_item.values())) == 1:
        yield Problem((figures.item_list,), f"{len(by_item)} 个科目的变动原因是同一句话")


def _says_itself(figures: Figures, reason: Reason) -> bool:
    """Whether a reason is the name of what it is the reason of, and that there is more or less of it."""
    section, place, *_ = reason.path
    names = [reason.what]
    if section == figures.item_list and isinstance(place, int):
        code = figures.item_codes[place]
        names = [figures.name(part) for part in (*ancestors(code), code)]
    rest = re.sub(f"^{YEAR}", "", reason.text.strip())
    while found := next((name for name in reversed(names) if name and rest.startswith(name)), None):
        rest = rest.removeprefix(found)
        if MORE_OR_LESS.fullmatch(rest):
            return True
    return False
