"""Rules about texts that belong elsewhere: to another item, or to the years of other names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.checks.rule import Figures, Problem, disclosure, rule
from gongkai.checks.subjects.texts import FreeText, Kind, texts
from gongkai.findings import Level

_HOUSING, _HEALTH, _PENSION = "住房公积金|公积金", "医疗保险|医保|医疗补助", "养老保险|职业年金|养老金"
_RETIRED = "离退休(?:人员)?(?:经费|支出|费)"
_OTHER_INSURANCE = "工伤保险|失业保险|生育保险"

# 科目: the words of its own money, one of which excuses the others, and the words of other money.
_OWN_AND_OTHERS: dict[str, tuple[str, str]] = {
    "2210201": ("公积金|住房", f"{_HEALTH}|{_PENSION}|{_OTHER_INSURANCE}"),
    "2210202": ("租金|住房|提租", f"{_HEALTH}|{_PENSION}|{_OTHER_INSURANCE}"),
    "2210203": ("购房|住房", f"{_HEALTH}|{_PENSION}|{_OTHER_INSURANCE}"),
    "2101101": ("医|生育|社保|保险缴费", f"{_HOUSING}|养老|职业年金"),
    "2101102": ("医|生育|社保|保险缴费", f"{_HOUSING}|养老|职业年金"),
    "2101103": ("医|社保", f"{_HOUSING}|养老|职业年金"),
    "2080505": ("养老|社保|保险缴费", f"{_HOUSING}|{_HEALTH}|职业年金|{_RETIRED}"),
    "2080506": ("年金|社保", f"{_HOUSING}|{_HEALTH}|{_RETIRED}"),
    "208": ("养老|社会保障|社会保险|社保|就业|年金|退休|抚恤|残疾|救助|低保|福利|失业|民政", f"{_HOUSING}|{_HEALTH}"),
    "210": ("医|卫生|健康|生育|防疫|疾病|疾控", f"{_HOUSING}|{_PENSION}"),
    "221": ("住房|公积金|购房|租房|房租|棚户|公寓|周转房|老旧小区", f"{_HEALTH}|{_PENSION}|{_OTHER_INSURANCE}"),
}

_QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”")

_FORMER_NAMES: tuple[tuple[int, str, str], ...] = (
    (2019, r"医疗卫生与计划生育(?:支出)?", "卫生健康支出"),
    (2019, r"医疗卫生支出|医疗卫生[（(]类[）)]", "卫生健康支出"),
    (2019, r"文化体育与传媒(?:支出)?", "文化旅游体育与传媒支出"),
    (2019, r"国土海洋气象等(?:支出)?|国土资源气象等(?:事务|支出)?", "自然资源海洋气象等支出"),
    (2021, r"资源勘探信息等(?:支出)?|资源勘探电力信息等(?:事务|支出)?", "资源勘探工业信息等支出"),
    (2019, r"商业服务业等事务", "商业服务业等支出"),
    (2019, r"农林水事务", "农林水支出"),
    (2019, r"环境保护支出|环境保护[（(]类[）)]", "节能环保支出"),
    (2019, r"城乡社区事务支出|城乡社区事务[（(]类[）)]", "城乡社区支出"),
    (2021, r"行政事业单位离退休[（(]款[）)]", "行政事业单位养老支出（款）"),
    (2021, r"归口管理的行政单位离退休", "行政单位离退休"),
    (2019, r"医疗保障[（(]款[）)]", "行政事业单位医疗（款）"),
    (2019, r"工商行政管理事务|质量技术监督与检验检疫事务|食品和药品监督管理事务", "市场监督管理事务"),
)
"""From which year a name of the catalogue is another one; the years are those in which no old form was left."""

_ANY_FORMER_NAME = re.compile("|".join(former for _, former, _ in _FORMER_NAMES))


def _code(figures: Figures, text: FreeText) -> str:
    """The 科目 or 类 to which a reason or a use belongs; empty for other texts."""
    section, *rest = text.path
    if section == "支出用途":
        return str(rest[0])
    if "变动" not in rest or not isinstance(rest[0], int):
        return ""
    return figures.item_codes[rest[0]] if section == figures.item_list else ""


@rule("GK720", "请核对是否抄错了科目；确实有关的，写明关系", Level.WARNING)
def text_of_its_own_item(figures: Figures) -> Iterator[Problem]:
    """检查什么：住房公积金、医疗、养老等科目的原因，和社会保障、卫生健康、住房保障类的用途，不是另一个科目的话。
    为何重要：几个科目的原因和用途写法相近，复制以后常忘了改名称。
    依据：公开内容应当真实、准确；政府收支分类科目。
    怎样改：改为本科目的话。
    """
    for text in texts(figures):
        code = _code(figures, text)
        found = of_another_item(code, text.text)
        if found:
            yield Problem(text.path, f"{code} {figures.name(code)}的“{text.key}”里说的是“{found[0]}”")


def of_another_item(code: str, text: str) -> re.Match[str] | None:
    """The words of a reason or a use that are of another item than that of the code; None where its own are there."""
    words = _OWN_AND_OTHERS.get(code)
    return None if words is None or re.search(words[0], text) else re.search(words[1], text)


@rule("GK721", "请改用本年度的名称", Level.WARNING)
def names_of_the_year(figures: Figures) -> Iterator[Problem]:
    """检查什么：文字里不用已经改了名的类、款的旧名，如“医疗卫生与计划生育支出”；书名号、引号里的不算。
    为何重要：沿用多年前的文字时，表里是新名称，说明里还是旧名称。
    依据：各年度的政府收支分类科目。
    怎样改：改用指出的名称。
    """
    year = disclosure(figures).year
    for text in texts(figures):
        if text.kind in {Kind.PERSON, Kind.DUTY} or text.path[0] == "科目名称":
            continue
        for found, name in former_names(text.text, year):
            yield Problem(text.path, f"“{found[0]}”是旧名，{year} 年叫“{name}”")


def former_names(text: str, year: int) -> Iterator[tuple[re.Match[str], str]]:
    """Names of the catalogue that are others by this year, outside of quotes, and what they are called now."""
    plain = _QUOTED.sub(lambda quoted: "\n" * len(quoted[0]), text)
    if not _ANY_FORMER_NAME.search(plain):
        return  # as in nearly every text
    for since, former, name in _FORMER_NAMES:
        found = re.search(former, plain) if year >= since else None
        if found:
            yield found, name
