"""Rules of law and form: when a disclosure is published, and what it must contain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.checks.rule import Figures, Problem, disclosure, rule
from gongkai.findings import Level
from gongkai.kinds import KINDS

DAYS_TO_PUBLISH = 20
"""预算法第十四条: within twenty days of the approval."""

_NO_OFFICES_BELOW = 10
"""A unit of fewer people may have no offices."""

_YEARS_BEFORE, _YEARS_AFTER = 5, 10
"""Beyond these a year is mistyped; nearer ones that are unusual earn a warning."""

_NOTHING = re.compile(r"(?:无|略|没有|同上|详见附件|见附件|暂无|[-—/、.。]+)。?")


@rule("GK781", "请核对批复日期和公开日期")
def published_in_time(figures: Figures) -> Iterator[Problem]:
    """检查什么：写了批复日期的，公开日期不早于批复日期，也不晚于批复后二十日；晚了的是警告。
    为何重要：批复后二十日内公开是法定期限，也是检查公开情况的第一项。
    依据：预算法第十四条；预算法实施条例第六条。
    怎样改：核对两个日期；确已逾期的尽快公开。
    """
    document = disclosure(figures)
    if document.approved is None:
        return
    days = (document.published - document.approved).days
    if days < 0:
        yield Problem(("公开日期",), f"公开日期 {document.published} 早于批复日期 {document.approved}")
    elif days > DAYS_TO_PUBLISH:
        message = (
            f"批复日期 {document.approved}，公开日期 {document.published}，"
            f"隔了 {days} 日，超过法定的 {DAYS_TO_PUBLISH} 日"
        )
        yield Problem(("公开日期",), message, level=Level.WARNING)


@rule("GK237", "请核对年份；确实是这一天的，核对“年度”")
def day_is_near_the_year(figures: Figures) -> Iterator[Problem]:
    """检查什么：公开日期和批复日期在年度前五年到以后十年之间。
    为何重要：写成 1924 年、9999 年的，封面和文件的日期就都错了；更远的多半是写错了年份。
    依据：预算法第十四条（批复后二十日内公开）。
    怎样改：核对年份。
    """
    document = disclosure(figures)
    for name, day in (("公开日期", document.published), ("批复日期", document.approved)):
        if day is not None and not document.year - _YEARS_BEFORE <= day.year <= document.year + _YEARS_AFTER:
            yield Problem((name,), f"{document.year} 年{document.kind}的{name}是 {day.year} 年")


@rule("GK725", "请写上“批复日期”，程序据此核对是否在批复后二十日内公开", Level.HINT)
def approval_is_told(figures: Figures) -> Iterator[Problem]:
    """检查什么：写了批复日期；没有写的，预算三月底以后、决算十月底以后才公开的是警告。
    为何重要：不知道哪天批复，就核对不了是否按时公开；这么晚才公开，多半已经过了期限。
    依据：预算法第十四条、第五十二条（批复后二十日内公开）。
    怎样改：照批复文件写上“批复日期”。
    """
    document = disclosure(figures)
    if document.approved is not None:
        return
    deadline = KINDS[document.kind].deadline
    month, year = deadline.month, document.year + deadline.years_after
    published = document.published
    late = (published.year, published.month) > (year, month)
    when = f"，公开日期 {published} 已过 {year} 年 {month} 月底" if late else ""
    yield Problem(("批复日期",), f"没有写批复日期{when}", level=Level.WARNING if late else None)


@rule("GK782", "请补上", Level.WARNING)
def profile_is_complete(figures: Figures) -> Iterator[Problem]:
    """检查什么：概况里的主要职能写了实际内容，人员不全是零，有一定人数的单位写了内设机构。
    为何重要：职能、机构、人员是公开文件第一部分的规定内容，空着会印出“0 个科室”“0 人”。
    依据：地方预决算公开操作规程（公开单位职责、机构设置等）。
    怎样改：补上概况里的内容。
    """
    profile = disclosure(figures).profile
    for i, duty in enumerate(profile.duties):
        if _NOTHING.fullmatch(duty):
            at = ("概况", "主要职能", i) if isinstance(profile.stated_duties, tuple) else ("概况", "主要职能")
            yield Problem(at, "主要职能没有写实际内容")
    if not profile.staffing.total:
        yield Problem(("概况", "人员"), "在职、退休、离休人数都是 0")
    organisation, serving = profile.organisation, profile.staffing.serving.count
    if serving >= _NO_OFFICES_BELOW and not (organisation.offices or organisation.subordinates):
        yield Problem(("概况", "机构设置"), f"在职 {serving} 人，没有写内设机构")
