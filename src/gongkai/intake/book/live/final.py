"""The live checks of the book of a final account: each has the sense of the rule whose code it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from . import shared
from .check import NOTHING, Cells, Check, Margin, cells

_GENERAL, _GOVERNMENT, _CAPITAL, _OTHER = "一般公共预算", "政府性基金预算", "国有资本经营预算", "其他资金"
_FISCAL = (_GENERAL, _GOVERNMENT, _CAPITAL)
_OPENING, _CLOSING = "年初结转和结余", "年末结转和结余"
_OWN = ("上缴上级支出", "经营支出", "对附属单位补助支出")
_INCOME = ("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
_PUBLIC = ("因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费")
_CODES = ("30212", "31013", "30231", "30217")
_USED, _DISTRIBUTED = cells("使用非财政拨款结余", "结余分配")
_FUNDING = ("上级资金", "本级资金", "中央安排", "自治区安排", "地州市安排", "县市区安排", "其他资金")


def _of(columns: str, *money: str) -> tuple[Cells, ...]:
    """Columns of the accounts, of some kinds of money or of all."""
    return (Cells(f"科目收支.{columns}", where={"资金性质": money} if money else {}),)


def _less(parts: Sequence[Cells]) -> tuple[Cells, ...]:
    return tuple(replace(part, sign=-part.sign) for part in parts)


def _spent(*money: str) -> tuple[Cells, ...]:
    """本年支出, of fiscal money 基本支出 and 项目支出 alone."""
    return _of("基本支出+项目支出", *money) if money else (*_of("基本支出+项目支出"), *_of("+".join(_OWN)))


def _received(*money: str) -> tuple[Cells, ...]:
    """财政拨款收入: what was spent, and what more is left than there was."""
    return (*_spent(*money), *_of(_CLOSING, *money), *_less(_of(_OPENING, *money)))


_OTHERS = _of("+".join(_INCOME))
_OUTGOING = (*_spent(), _DISTRIBUTED, *_of(_CLOSING))
_INCOMING = (*_received(*_FISCAL), *_OTHERS, _USED, *_of(_OPENING))
_SPENT_OF_OTHERS = (*_spent(_OTHER), *_of("+".join(_OWN)))

_TOTALS: dict[str, Sequence[Cells]] = {
    "收支总计": _OUTGOING,
    "本年收入": (*_received(*_FISCAL), *_OTHERS),
    "本年支出": _spent(),
    _OPENING: _of(_OPENING),
    _CLOSING: _of(_CLOSING),
    "使用非财政拨款结余": (_USED,),
    "结余分配": (_DISTRIBUTED,),
    **{name: _of(name) for name in ("基本支出", "项目支出", *_OWN, *_INCOME)},
    **{
        f"{name}{what}": parts
        for name, money in (("财政拨款", _FISCAL), *((fund, (fund,)) for fund in _FISCAL))
        for what, parts in (
            ("收支总计", (*_spent(*money), *_of(_CLOSING, *money))),
            ("收入", _received(*money)),
            ("支出", _spent(*money)),
            *((name, _of(name, *money)) for name in (_OPENING, _CLOSING, "基本支出", "项目支出")),
        )
    },
    "人员经费": shared.STAFF,
    "公用经费": shared.OPERATING,
    "三公经费": cells(*(f"三公经费/{name}/支出" for name in _PUBLIC)),
    "政府采购": shared.BOUGHT,
}
"""The totals of 核定数 with what they add up (``FinalFigures.totals``)."""


def _each(columns: Sequence[str], others: Sequence[str], sign: str = "") -> str:
    """Sums over the rows of each 科目, of columns of other money and of columns of the whole 科目.

    With a ``sign`` (> or <) how many of their amounts are more, or less, than nothing.
    """
    codes, of_others = "{科目收支.科目}", f'{{科目收支.资金性质}},"{_OTHER}"'
    if sign:
        counted = [f'COUNTIFS({codes},{codes},{of_others},{{科目收支.{c}}},"{sign}0")' for c in columns]
        return "+".join([*counted, *(f'COUNTIFS({codes},{codes},{{科目收支.{c}}},"{sign}0")' for c in others)])
    added = [f"SUMIFS({{科目收支.{c}}},{codes},{codes},{of_others})" for c in columns]
    return "+".join([*added, *(f"SUMIFS({{科目收支.{c}}},{codes},{codes})" for c in others)])


def _unbalanced() -> str:
    """How many rows are of a 科目 whose other money does not balance, but for 结余分配 and 使用的结余."""
    before, after = _each([_OPENING], _INCOME), _each(["基本支出", "项目支出", _CLOSING], _OWN)
    columns = [_OPENING, "基本支出", "项目支出", _CLOSING]
    typed = "+".join(_each(columns, [*_INCOME, *_OWN], sign) for sign in "><")
    gap = f"(({before})-({after}))*{{×科目收支}}"
    bound = f"0.005*({typed})*{{±科目收支}}+0.0000001"
    more = f"({gap}-{{结余分配}}*{{×结余分配}}>{bound})+(-{gap}-{{使用非财政拨款结余}}*{{×使用非财政拨款结余}}>{bound})"
    return f'SUMPRODUCT(({{科目收支.科目}}<>"")*(({more})>0))'


def _accounts() -> list[Check]:
    blank = 'SUMPRODUCT(({科目收支.科目}="")*({科目收支.资金性质}<>""))'
    everything = _of(f"{_OPENING}+基本支出+项目支出+{_CLOSING}")
    return [
        Check(
            "GK451", "收入总计 = 支出总计", _INCOMING, _OUTGOING, margin=Margin.ROUNDED,
            typed=(*_of(_OPENING, _OTHER), *_OTHERS, *_SPENT_OF_OTHERS, *_of(_CLOSING, _OTHER), _USED, _DISTRIBUTED),
        ),
        Check(
            "GK452", "一般公共预算基本支出：各科目合计 = 经济分类合计", _of("基本支出", _GENERAL), shared.ECONOMIC,
            margin=Margin.ROUNDED,
        ),
        Check(
            "GK453", "财政拨款收入是负数的科目（行数）", 'COUNTIF({科目收支.财政拨款收入},"<-0.0000001")', NOTHING,
            stated=everything,
        ),
        Check(
            "GK478", "其他资金收支不平衡的科目（行数）", _unbalanced(), NOTHING,
            stated=(*everything, *_OTHERS), unknown=blank,
        ),
    ]  # fmt: skip


def _priors() -> list[Check]:
    def whole(name: str, column: str = "上年") -> tuple[Cells, ...]:
        return cells(f"总体变动/{name}/{column}")

    found = [
        Check(
            "GK455", "一般公共预算的上年数 = 各科目上年数合计", whole(_GENERAL), _of("上年", _GENERAL),
            margin=Margin.ROUNDED, stated=whole(_GENERAL),
        )
    ]  # fmt: skip
    for name, money in (("财政拨款", _FISCAL), (_GOVERNMENT, (_GOVERNMENT,)), (_CAPITAL, (_CAPITAL,))):
        parts = (*_of("上年", *money), *_of(_OPENING, *money))
        what = f"{name}的上年数 = 各科目上年数 + 年初结转和结余"
        found.append(Check("GK467", what, whole(name), parts, margin=Margin.ROUNDED, stated=whole(name)))
    plans = tuple(cell for name in _FISCAL for cell in whole(name, "年初预算"))
    return [
        *found,
        Check(
            "GK468", "财政拨款的年初预算数 = 三本预算的合计", whole("财政拨款", "年初预算"), plans,
            margin=Margin.ROUNDED,
        ),
        Check(
            "GK479", "财政拨款的上年数 ≤ 收支总计的上年数", whole("财政拨款"), whole("收支总计"), at_most=True,
            margin=Margin.ROUNDED,
        ),
    ]  # fmt: skip


def _public() -> list[Check]:
    found = []
    for name, code in zip(_PUBLIC, _CODES, strict=True):
        spent = cells(f"三公经费/{name}/支出")
        found.append(Check("GK456", f"经济分类里的 {code} ≤ {name}", shared.economic(code), spent, at_most=True))
        plan = cells(f"三公经费/{name}/全年预算")
        found.append(Check("GK457", f"{name}：支出 ≤ 全年预算", spent, plan, at_most=True))
    for name, parties in (("因公出国（境）费", "团组数"), ("公务接待费", "批次")):
        fewer, more = cells(f"三公经费/{name}/{parties}"), cells(f"三公经费/{name}/人次")
        found.append(Check("GK477", f"{name}：{parties} ≤ 人次", fewer, more, at_most=True))
    return found


def _funding(column: str, names: Sequence[str] = _FUNDING) -> tuple[Cells, ...]:
    return cells(*(f"整体绩效自评/资金/{name}/{column}" for name in names))


def _evaluation() -> list[Check]:
    fiscal, cent = _FUNDING[:-1], Margin.CENT
    original, plan = _funding("年初预算", fiscal), cells("总体变动/财政拨款/年初预算")
    money = _funding("全年预算")
    whole = (*_spent(*_FISCAL), *_of(_CLOSING, *_FISCAL))
    evaluated = cells("项目.财政拨款·执行"), cells("项目.其他资金·执行")
    planned = cells("项目.财政拨款·年初预算")
    pairs = (
        ("GK460", "整体自评的全年预算合计 = 收入总计", money, _INCOMING, money),
        ("GK460", "整体自评的执行合计 = 本年支出", _funding("执行"), _spent(), money),
        ("GK460", "整体自评的财政资金年初预算 = 财政拨款年初预算", original, plan, money),
        ("GK469", "整体自评的财政资金全年预算 = 财政拨款收入总计", _funding("全年预算", fiscal), whole, money),
        ("GK469", "整体自评的财政资金执行 = 财政拨款支出", _funding("执行", fiscal), _spent(*_FISCAL), money),
        (
            "GK469", "整体自评的其他资金全年预算 = 财政拨款以外的收入总计", _funding("全年预算", (_OTHER,)),
            (*_INCOMING, *_less(whole)), money,
        ),
        ("GK469", "整体自评的其他资金执行 = 财政拨款以外的支出", _funding("执行", (_OTHER,)), _SPENT_OF_OTHERS, money),
        ("GK470", "各项目自评的财政拨款执行 = 财政拨款的项目支出", evaluated[0], _of("项目支出", *_FISCAL), ()),
        ("GK470", "各项目自评的其他资金执行 = 其他资金的项目支出", evaluated[1], _of("项目支出", _OTHER), ()),
    )  # fmt: skip
    return [
        *(
            Check(rule, what, left, right, margin=cent, stated=stated) for rule, what, left, right, stated in pairs
        ),
        Check("GK471", "各项目财政拨款的年初预算 ≤ 财政拨款的年初预算", planned, plan, at_most=True, margin=cent),
        *(
            Check(
                "GK466", f"{name}执行 > 全年预算的项目（个数）",
                f"SUMPRODUCT(--(ROUND({{项目.{name}·执行}}-{{项目.{name}·全年预算}},6)>0))", NOTHING,
                stated=cells(f"项目.{name}·执行"),
            )
            for name in ("财政拨款", "其他资金")
        ),
    ]  # fmt: skip


def _scores() -> list[Check]:
    return [
        Check(
            "GK459", f"{what}里得分 > 权重的指标（条数）",
            f'SUMPRODUCT(({{{block}.权重}}<>"")*(ROUND({{{block}.得分}}-{{{block}.权重}},6)>0))', NOTHING,
            stated=cells(f"{block}.得分"),
        )
        for what, block in (("整体自评", "整体绩效指标"), ("项目自评", "项目指标"))
    ]  # fmt: skip


CHECKS: Sequence[Check] = (
    *_accounts(),
    *_priors(),
    *_public(),
    *(replace(each, rule="GK458") for each in shared.bought("授予中小企业", "授予小微企业", "政府采购支出")),
    Check(
        "GK434", "政府采购 ≤ 人员经费以外的全部支出", shared.BOUGHT, (*_spent(), *_less(shared.STAFF)), at_most=True
    ),
    *shared.people(),
    *shared.running_costs("总体变动/一般公共预算/上年", "一般公共预算支出"),
    *_evaluation(),
    *_scores(),
    *shared.weights("GK459", "项目", "项目指标", "整体绩效指标"),
    *shared.approved(_TOTALS),
)  # fmt: skip
"""From what matters most; the approved totals last."""
