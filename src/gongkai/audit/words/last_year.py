"""Rules that hold a document against the one of the year before: last year's figures, reasons word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.audit.cover import own_name
from gongkai.audit.document import Audited
from gongkai.audit.rule import AuditRule, Fault, audit_rule
from gongkai.checks.texts.reason_words import SAME
from gongkai.checks.texts.spans import Slip
from gongkai.findings import Level, Place, shown
from gongkai.intake.export.forms.words import label
from gongkai.intake.export.reading.found import Found
from gongkai.prose.numbers import as_stated
from gongkai.prose.phrases import sentence
from gongkai.texts.plain import bare, folded

from .passages import Passage, paragraphs

_FIGURE = r"\d[\d,]*(?:\.\d+)?"
_SAID = re.compile(rf"(?P<head>[^，。；：:\d]{{2,40}})(?P<amount>{_FIGURE})\s*万元")
_CHANGE = re.compile(
    rf"""
    # 例：，比上年预算增加5.00万元
    [^。；]{{0,24}}?(?:比|较)(?:上年|上一年度?|20\d\d年)度?(?:预算|决算)?数?[^。；\d]{{0,12}}?
    (?P<way>增加|减少)了?(?P<change>{_FIGURE})\s*万元
    """,
    re.VERBOSE,
)
_REASON = re.compile(r"原因(?:是|为)?[：:]?(?P<reason>[^。]{8,})")
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_SECTION = re.compile(rf"^(?:第{_NUMERAL}部分|{_NUMERAL}、|[（(]{_NUMERAL}[）)])")
_LONGEST_HEADING = 60
_REACH = 1_000
"""Characters behind an amount among which its reason is."""
_TOLERANCE = Decimal("0.02")
"""万元: three figures are printed, each rounded by itself."""
_CARRIED = {"年初结转和结余", "年初结转结余", "上年结转和结余"}
_LEFT = {"年末结转和结余", "年末结转结余"}


@dataclass(frozen=True, slots=True)
class _Said:
    """An amount with its change: where, of what, and the reason that is given."""

    passage: Passage
    slip: Slip
    amount: Decimal
    change: Decimal | None
    reason: str


def _known(document: Audited) -> dict[tuple[str, str], list[_Said]]:
    """What the running text says of amounts, by section and by the words that lead to each."""
    found: dict[tuple[str, str], list[_Said]] = {}
    section = ""
    for passage in paragraphs(document):
        if len(passage.text) <= _LONGEST_HEADING and _SECTION.match(passage.text):
            section = _without_years(passage.text)
            continue
        for match in _SAID.finditer(passage.text):
            found.setdefault((section, _without_years(match["head"])), []).append(_said(passage, match))
    return found


def _said(passage: Passage, match: re.Match[str]) -> _Said:
    change = _CHANGE.match(passage.text, match.end())
    by = _decimal(change["change"]) * (1 if change["way"] == "增加" else -1) if change else None
    end = change.end() if change else match.end()
    reason = _REASON.search(passage.text, end, end + _REACH)
    slip = Slip(match.start(), end, passage.text[match.start() : end])
    return _Said(passage, slip, _decimal(match["amount"]), by, reason["reason"] if reason else "")


def _decimal(figure: str) -> Decimal:
    return Decimal(figure.replace(",", ""))


def _without_years(text: str) -> str:
    return re.sub(r"(?:20\d\d)?年?度?", "", bare(text))


def _pairs(document: Audited) -> Iterator[tuple[_Said, _Said]]:
    """What is said once in this document and once in last year's, of the same."""
    before = document.last_year
    if before is None or _other(document):
        return
    then = _known(before)
    for key, said in _known(document).items():
        if len(said) == 1 and len(then.get(key, ())) == 1:
            yield said[0], then[key][0]


def _other(document: Audited) -> str:
    """Why the document of the year before is none; empty where it is one, or there is none."""
    if document.last_year is None:
        return ""
    now, before = document.tables, document.last_year.tables
    if before.kind != now.kind:
        return f"是{before.kind}的，这份是{now.kind}的"
    if now.year and before.year and before.year != now.year - 1:
        return f"是 {before.year} 年的，这份是 {now.year} 年的"
    names = [folded(name) for name in (own_name(document), own_name(document.last_year)) if name]
    return f"是“{own_name(document.last_year)}”的，这份是“{own_name(document)}”的" if len(set(names)) > 1 else ""


@audit_rule("GK885", "请换成这个单位上一年同一文种的公开文件；改了名称的，可以不管", Level.WARNING)
def last_years_document_is_one(document: Audited) -> Iterator[Fault]:
    """检查什么：--last-year 写的文件是同一个单位、同一文种、上一年的；不是的不比。
    为何重要：与别的单位、别的年度比，报出来的都不是问题。
    依据：命令的写法。
    怎样改：换成上一年的公开文件。
    反例：审核 2024 年预算，--last-year 写的是 2023 年决算。
    正例：审核 2024 年预算，--last-year 写的是 2023 年预算。
    """
    why = _other(document)
    if why and document.last_year is not None:
        yield Fault(Place(document.last_year.printed.file), f"上年的文件{why}，没有比")


@audit_rule("GK888", "请写本年变动的原因；两年的原因确实相同的，可以不管", Level.WARNING)
def reasons_are_of_this_year(document: Audited) -> Iterator[Fault]:
    """检查什么：写了 --last-year 的，变动了的数，原因不与上年公开文件里的一字不差；说两年持平的不算。
    为何重要：照抄上年的原因，多半没有核对本年为什么变。
    依据：预算法第十四条（对重要事项作出说明）。
    怎样改：写本年的原因。
    反例：两年都写：主要原因是新招录人员 2 名，工资相应增加。
    正例：上年写新招录人员 2 名，本年写基础绩效奖标准提高。
    """
    for now, before in _pairs(document):
        if now.reason and now.change and not SAME.search(now.reason) and _words(now.reason) == _words(before.reason):
            start = now.passage.text.index(now.reason, now.slip.end)
            slip = Slip(start, start + len(now.reason), now.reason)
            yield now.passage.fault(slip, f"原因与上年公开文件里的一字不差：“{shown(now.reason)}”")


def _words(reason: str) -> str:
    return sentence("".join(reason.split()))


@audit_rule("GK889", "请核对上年数；上年公开以后调整过的，写明", Level.WARNING)
def last_years_figures_agree(document: Audited) -> Iterator[Fault]:
    """检查什么：写了 --last-year 的，由本年数和增减额得出的上年数与上年公开的一致；年初结转和结余等于上年的年末数。
    为何重要：两年的公开文件摆在一起，上年数对不上，总有一份是错的。
    依据：公开内容应当真实、准确，前后衔接。
    怎样改：核对上年数；有调整的写明。
    反例：上年写收入预算 100.00 万元，本年写 120.00 万元，比上年增加 30.00 万元。
    正例：上年写收入预算 100.00 万元，本年写 120.00 万元，比上年增加 20.00 万元。
    """
    for now, before in _pairs(document):
        if now.change is None:
            continue
        reckoned = now.amount - now.change
        if abs(reckoned - before.amount) > _TOLERANCE:
            message = (
                f"由本年数和增减额得出上年是 {as_stated(reckoned)} 万元，"
                f"上年公开文件里是 {as_stated(before.amount)} 万元，"
                f"相差 {as_stated(abs(reckoned - before.amount))} 万元"
            )
            place = now.passage.place(now.slip.start, now.slip.end)
            yield Fault(place, message, reckoned, before.amount, now.slip.words)
    yield from _carried(document)


def _carried(document: Audited) -> Iterator[Fault]:
    before = document.last_year
    if before is None or _other(document):
        return
    now, then = document.tables.get("收支总表"), before.tables.get("收支总表")
    opening, closing = _row(now, "收入", _CARRIED), _row(then, "支出", _LEFT)
    if now is None or opening is None or closing is None:
        return
    line, amount = opening
    left = closing[1]
    if abs(amount - left) > _TOLERANCE:
        message = f"年初结转和结余 {as_stated(amount)} 万元，上年公开文件里的年末结转和结余是 {as_stated(left)} 万元"
        yield Fault(line, f"{message}，相差 {as_stated(abs(amount - left))} 万元", amount, left, now.title)


def _row(table: Found | None, side: str, names: set[str]) -> tuple[Place, Decimal] | None:
    """The place and the amount of a row of 收支总表 that is called so, on one of its sides."""
    for line in table.lines if table is not None else ():
        figure = line.figures.get(f"{side}数")
        if figure is not None and figure.stated and label(line.texts.get(f"{side}项目", "")) in names:
            return figure.place, figure.value
    return None


RULES: tuple[AuditRule, ...] = (last_years_document_is_one, reasons_are_of_this_year, last_years_figures_agree)
