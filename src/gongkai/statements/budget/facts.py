"""The amounts that a budget states, by measure and dimension, for the expressions of packs."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from gongkai import catalog
from gongkai.model.budget.budget import OwnIncomeKind, ThreePublic
from gongkai.model.budget.sources import FISCAL_FUNDS, Fund, Origin, Source
from gongkai.statements.facts.store import Entry, Facts
from gongkai.statements.facts.vocabulary import Dimension, Measure, Vocabulary
from gongkai.statements.totals import Fact, Sums, Terms

from .figures import BudgetFigures
from .spending import BASIC_NATURES, Nature

PRIOR = "上年"
_FUND, _SOURCE, _ORIGIN, _NATURE, _SUBJECT = "资金", "来源", "来路", "性质", "科目"
_ECONOMIC, _PROJECT, _SECRET, _ITEM, _GOODS, _KIND = "经济分类", "项目", "涉密", "三公项", "采购类", "收入类"
_UNDIVIDED = "未划分"
_GOODS_KINDS = ("货物", "工程", "服务")
_PROJECTS, _OWN, _RUNNING = "项目资金", "单位资金构成", "机关运行经费核定"
_NATURES = {nature: nature.value for nature in Nature} | {Nature.BASIC: _UNDIVIDED}
_OF_YEAR = {_ORIGIN: (Origin.OWN.value, Origin.UPPER.value)}
_STATED = {_FUND: tuple(fund.value for fund in FISCAL_FUNDS)}
_MONEY = (_SOURCE, _FUND, _ORIGIN)

VOCABULARY = Vocabulary(
    dimensions=(
        Dimension(_SUBJECT, "支出功能分类科目：类、款、项的编码", codes=catalog.functional, listed="支出"),
        Dimension(_ECONOMIC, "部门预算支出经济分类：类、款的编码", codes=catalog.economic),
        Dimension(_SOURCE, "资金来源，数据文件里写的", tuple(source.value for source in Source)),
        Dimension(
            _FUND,
            "资金性质，不分从哪里来",
            tuple(fund.value for fund in Fund),
            {"财政": tuple(fund.value for fund in FISCAL_FUNDS)},
        ),
        Dimension(
            _ORIGIN,
            "本级、上级，还是上年结转",
            tuple(origin.value for origin in Origin),
            {"当年": (Origin.OWN.value, Origin.UPPER.value)},
        ),
        Dimension(
            _NATURE,
            "支出性质；基本支出没有划分人员、公用的是“未划分”",
            tuple(_NATURES.values()),
            {Nature.BASIC.value: tuple(_NATURES[nature] for nature in BASIC_NATURES)},
        ),
        Dimension(_PROJECT, "逐个项目", records=True, listed="项目"),
        Dimension(_SECRET, "项目是否涉密", ("是", "否")),
        Dimension(_ITEM, "“三公”经费的各项", tuple(str(f.alias) for f in ThreePublic.model_fields.values())),
        Dimension(_GOODS, "政府采购的货物、工程、服务", _GOODS_KINDS),
        Dimension("面向", "预留给哪类企业", ("中小企业", "小微企业")),
        Dimension(_KIND, "单位资金由哪些收入构成", tuple(kind.value for kind in OwnIncomeKind)),
    ),
    measures=(
        Measure("支出", "", (_SUBJECT, *_MONEY, _NATURE), "本年支出预算，收入预算与它相等"),
        Measure("支出", PRIOR, (_SUBJECT, _FUND), "各科目的上年数（变动 › 上年）", _OF_YEAR, _STATED),
        Measure("基本支出经济分类", "", (_ECONOMIC, _NATURE, _FUND), "一般公共预算基本支出，按经济分类"),
        Measure(
            _PROJECTS,
            "",
            (_PROJECT, _SUBJECT, *_MONEY, _ECONOMIC, _SECRET),
            "各项目的资金；一个科目的全部项目就是它的项目支出",
        ),
        Measure(_OWN, "", (_KIND,), "单位资金的构成；没有写的，全部是其他收入"),
        Measure("三公经费", "", (_ITEM, _FUND), "“三公”经费"),
        Measure("三公经费", PRIOR, (_ITEM,), "“三公”经费的上年数"),
        Measure(_RUNNING, "", (_FUND,), "机关运行经费写明的本年数；没有写的就是公用经费"),
        Measure(_RUNNING, PRIOR, (_FUND,), "机关运行经费的上年数"),
        Measure("政府采购", "", (_GOODS,), "政府采购预算"),
        Measure("采购预留", "", ("面向",), "面向中小企业、小微企业预留的采购"),
    ),
)
"""What the expressions of a budget's tables may speak of."""


def facts_of(figures: BudgetFigures) -> Facts:
    """The amounts of a budget."""
    beside = _Beside(figures)
    entries = {
        ("支出", ""): [
            Entry(number, (s.code, *_money(s.source), _NATURES[s.nature])) for number, s in enumerate(figures.spending)
        ],
        ("基本支出经济分类", ""): [
            Entry(fact, (str(fact[-1]), Nature.OPERATING.value if fact[1] else Nature.STAFF.value, Fund.GENERAL.value))
            for fact in figures.economic_facts()
            if isinstance(fact, tuple)
        ],
        ("三公经费", ""): [
            Entry((name, fund), (name, fund.value))
            for name in figures.budget.three_public.by_name
            for fund in FISCAL_FUNDS
        ],
        ("政府采购", ""): [Entry(kind, (kind,)) for kind in _GOODS_KINDS],
        **beside.entries,
    }
    sums = figures.sums.beside(beside.amounts)
    return Facts(VOCABULARY, sums, entries, _Same(figures, sums))


def _money(source: Source) -> tuple[str, str, str]:
    return source.value, source.fund.value, source.origin.value


class _Beside:
    """What a budget states beside the facts of its statements: last year's amounts, the money of each project."""

    def __init__(self, figures: BudgetFigures) -> None:
        budget = figures.budget
        self.amounts: dict[Fact, Decimal] = {}
        self.entries: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in budget.expenditures:
            for fund, change in entry.changes.items():
                self._state("支出", (entry.code, fund.value), change.prior, PRIOR)
        for name, item in budget.three_public.by_name.items():
            self._state("三公经费", (name,), item.prior, PRIOR)
        costs, general = budget.running_costs, (Fund.GENERAL.value,)
        self._state(_RUNNING, general, costs.prior, PRIOR)
        if costs.current is not None:
            self._state(_RUNNING, general, costs.current)
        plan = budget.procurement
        self._state("采购预留", ("中小企业",), plan.reserved_small_medium)
        self._state("采购预留", ("小微企业",), plan.reserved_small)
        unit = budget.income.unit
        for kind, amount in (unit.parts if unit is not None else {}).items():
            self._state(_OWN, (kind.value,), amount)
        self.amounts |= figures.project_lines.amounts
        self.entries[_PROJECTS, ""] = [
            Entry(line.fact, (str(line.project), code, *_money(source), line.economic, "是" if line.secret else "否"))
            for line in figures.project_lines.all
            for code, source in (line.place,)
        ]

    def _state(self, measure: str, values: tuple[str, ...], amount: Decimal, comparison: str = "") -> Fact:
        fact: Fact = (measure, comparison, *values)
        self.amounts[fact] = amount
        self.entries[measure, comparison].append(Entry(fact, values))
        return fact


class _Same:
    """The same money under another name is the same figure, not one that was rounded by itself."""

    def __init__(self, figures: BudgetFigures, sums: Sums) -> None:
        self._figures, self._sums = figures, sums
        self._unit_money: Terms = [(at, 1) for at, s in enumerate(figures.spending) if s.source is Source.UNIT]
        unit = figures.budget.income.unit
        self._parts = sum(1 for amount in unit.parts.values() if amount) if unit is not None else 0

    def __call__(self, measure: str, terms: Terms) -> Terms:
        if measure == _PROJECTS:
            return self._figures.project_lines.instead(terms, self._sums)
        return self._of_own(terms) if measure == _OWN else terms

    def _of_own(self, terms: Terms) -> Terms:
        """All parts of 单位资金 are the money that is spent from it."""
        chosen = [fact for fact, _ in terms if self._sums.amounts([(fact, 1)])]
        whole = len(chosen) == self._parts and self._sums.same(terms, self._unit_money)
        return self._unit_money if whole else terms
