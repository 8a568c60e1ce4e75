"""The amounts that a final account states, by measure and dimension, for the expressions of packs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from gongkai import catalog
from gongkai.model.final.final_account import FISCAL_MONEY, IncomeKind, Money, SpentItem, ThreePublicSpent
from gongkai.statements.facts.store import Entry, Facts
from gongkai.statements.facts.vocabulary import Dimension, Measure, Vocabulary
from gongkai.statements.totals import Fact

from .figures import (
    BASIC,
    BUSINESS,
    CLOSING,
    DISTRIBUTED,
    INCOME,
    OPENING,
    PROJECT,
    TO_SUBORDINATE,
    TO_UPPER,
    USED,
    FinalFigures,
)

PRIOR, ADJUSTED, ORIGINAL = "上年", "全年预算", "年初预算"
_FUND, _NATURE, _SUBJECT, _ECONOMIC, _ITEM, _GOODS, _KIND = (
    "资金", "性质", "科目", "经济分类", "三公项", "采购类", "收入类",
)  # fmt: skip
_NATURES = (BASIC, PROJECT, TO_UPPER, BUSINESS, TO_SUBORDINATE)
_STAFF, _OPERATING = "人员经费", "公用经费"
_GOODS_KINDS = ("货物", "工程", "服务")
_RUNNING = "机关运行经费核定"
_ITEMS = tuple(
    str(field.alias)
    for field in ThreePublicSpent.model_fields.values()
    if isinstance(field.annotation, type) and issubclass(field.annotation, SpentItem)
)

_STATED = {_FUND: tuple(money.value for money in FISCAL_MONEY)}

VOCABULARY = Vocabulary(
    dimensions=(
        Dimension(_SUBJECT, "支出功能分类科目：类、款、项的编码", codes=catalog.functional, listed="科目收支"),
        Dimension(_ECONOMIC, "部门预算支出经济分类：类、款的编码", codes=catalog.economic),
        Dimension(
            _FUND, "资金性质", tuple(money.value for money in Money), {"财政": tuple(m.value for m in FISCAL_MONEY)}
        ),
        Dimension(_NATURE, "支出性质；基本支出经济分类分人员经费、公用经费", (*_NATURES, _STAFF, _OPERATING)),
        Dimension(_KIND, "财政拨款以外的收入", tuple(kind.value for kind in IncomeKind)),
        Dimension(_ITEM, "“三公”经费的各项", _ITEMS),
        Dimension(_GOODS, "政府采购的货物、工程、服务", _GOODS_KINDS),
    ),
    measures=(
        Measure("支出", "", (_SUBJECT, _FUND, _NATURE), "本年支出决算"),
        Measure("支出", PRIOR, (_SUBJECT, _FUND), "各科目的上年决算数（变动 › 上年）", within=_STATED),
        Measure("其他收入各项", "", (_SUBJECT, _KIND), "财政拨款以外的收入"),
        Measure(OPENING, "", (_SUBJECT, _FUND), "年初结转和结余"),
        Measure(CLOSING, "", (_SUBJECT, _FUND), "年末结转和结余"),
        Measure(USED, "", (), "使用非财政拨款结余"),
        Measure(DISTRIBUTED, "", (), "结余分配"),
        Measure("基本支出经济分类", "", (_ECONOMIC, _NATURE, _FUND), "一般公共预算财政拨款基本支出，按经济分类"),
        Measure("三公经费", "", (_ITEM,), "“三公”经费支出"),
        Measure("三公经费", PRIOR, (_ITEM,), "“三公”经费的上年决算数"),
        Measure("三公经费", ADJUSTED, (_ITEM,), "“三公”经费的全年预算数"),
        Measure(_RUNNING, "", (_FUND,), "机关运行经费写明的本年数；没有写的就是公用经费"),
        Measure(_RUNNING, PRIOR, (_FUND,), "机关运行经费的上年数"),
        Measure("政府采购", "", (_GOODS,), "政府采购支出"),
    ),
)
"""What the expressions of a final account's tables may speak of."""


def facts_of(figures: FinalFigures) -> Facts:
    """The amounts of a final account."""
    account = figures.account
    entries: dict[tuple[str, str], list[Entry]] = {(m.name, m.comparison): [] for m in VOCABULARY.measures}
    for part, code, kind, fact in figures.parts:
        if part in _NATURES:
            entries["支出", ""].append(Entry(fact, (code, kind, part)))
        else:
            entries["其他收入各项" if part == INCOME else part, ""].append(Entry(fact, (code, kind)))
    entries[USED, ""].append(Entry(USED, ()))
    entries[DISTRIBUTED, ""].append(Entry(DISTRIBUTED, ()))
    entries["基本支出经济分类", ""] += [
        Entry(fact, (str(fact[-1]), _OPERATING if fact[1] else _STAFF, Money.GENERAL.value))
        for fact in figures.economic_facts()
        if isinstance(fact, tuple)
    ]
    entries["三公经费", ""] += [Entry(("三公经费", name), (name,)) for name in account.three_public.by_name]
    entries["政府采购", ""] += [Entry(kind, (kind,)) for kind in _GOODS_KINDS]
    amounts: dict[Fact, Decimal] = {}

    def state(measure: str, comparison: str, values: tuple[str, ...], amount: Decimal) -> None:
        fact: Fact = (measure, comparison, *values)
        amounts[fact] = amount
        entries[measure, comparison].append(Entry(fact, values))

    for entry in account.accounts:
        for money, change in entry.changes.items():
            state("支出", PRIOR, (entry.code, money.value), change.prior)
    for name, item in account.three_public.by_name.items():
        state("三公经费", PRIOR, (name,), item.prior)
        state("三公经费", ADJUSTED, (name,), item.budget)
    costs = account.running_costs
    state(_RUNNING, PRIOR, (Money.GENERAL.value,), costs.prior)
    if costs.current is not None:
        state(_RUNNING, "", (Money.GENERAL.value,), costs.current)
    return Facts(VOCABULARY, figures.sums.beside(amounts), _filled(entries))


def _filled(entries: Mapping[tuple[str, str], list[Entry]]) -> Mapping[tuple[str, str], list[Entry]]:
    return {key: listed for key, listed in entries.items() if listed}
