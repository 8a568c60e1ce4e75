"""A budget's derived figures: every sum that tables and prose share, computed in one place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from gongkai.catalog import ancestors
from gongkai.model.base import Explained
from gongkai.model.budget.budget import Budget, Project
from gongkai.model.budget.sources import FISCAL_FUNDS, OTHER_FUNDS, Fund, Source
from gongkai.model.reading import ZERO
from gongkai.statements.figures import Figures
from gongkai.statements.totals import Fact, Sums, Terms, Total

from .project_lines import ProjectLines
from .spending import APPROPRIATED, BASIC_NATURES, CARRIED, CURRENT, ItemChange, Nature, Spending, of_fund, spendings


class BudgetFigures(Figures):
    """Sums over a budget's primary facts, 万元: exact, or the approved total (核定数) where it stands for one.

    Without ``approved``, every sum is that of what was typed.
    """

    item_list = "支出"

    def __init__(self, budget: Budget, *, approved: bool = True) -> None:
        super().__init__(budget)
        self.budget = budget
        self.spending = tuple(spendings(budget))
        self._by_code: dict[str, list[tuple[int, Spending]]] = {}
        for number, s in enumerate(self.spending):
            for level in ("", *ancestors(s.code), s.code):
                self._by_code.setdefault(level, []).append((number, s))
        self.sums = Sums(self._facts())
        self.stated: Mapping[str, Decimal] = {str(name): figure for name, figure in budget.control.items()}
        if approved:
            self.sums.state(self.totals, self.stated)

    def _facts(self) -> dict[Fact, Decimal]:
        facts: dict[Fact, Decimal] = {number: s.amount for number, s in enumerate(self.spending)}
        facts |= self.economic_facts()
        for name, item in self.budget.three_public.by_name.items():
            by_fund = (item.general, item.government, item.capital)
            facts |= {(name, fund): a for fund, a in zip(FISCAL_FUNDS, by_fund, strict=True)}
        plan = self.budget.procurement
        return facts | {"货物": plan.goods, "工程": plan.works, "服务": plan.services}

    def code_of(self, fact: Fact) -> str:
        """The 科目 of a fact, functional or economic; what it is called where it has none."""
        if isinstance(fact, int):
            return self.spending[fact].code
        return str(fact[-1]) if isinstance(fact, tuple) and fact[0] == "经济分类" else str(fact)

    @cached_property
    def exact(self) -> BudgetFigures:
        """The same figures as they add up, whatever was approved."""
        return BudgetFigures(self.budget, approved=False)

    @cached_property
    def totals(self) -> Sequence[Total]:
        """The totals of the statements, each with the facts that it adds up."""
        general = of_fund(Fund.GENERAL)
        terms = self._spent_terms
        by_name: dict[str, Terms] = {
            "收支总计": terms(),
            "本年收入": terms(sources=CURRENT),
            "上年结转结余": terms(sources=CARRIED),
            "财政拨款": terms(sources=APPROPRIATED),
            **{fund.value: terms(sources=of_fund(fund)) for fund in Fund},
            "基本支出": terms(natures=BASIC_NATURES),
            "项目支出": terms(natures=(Nature.PROJECT,)),
        }
        for fund in FISCAL_FUNDS:
            by_name[f"{fund.value}基本支出"] = terms(sources=of_fund(fund), natures=BASIC_NATURES)
            by_name[f"{fund.value}项目支出"] = terms(sources=of_fund(fund), natures=(Nature.PROJECT,))
        by_name |= {
            "人员经费": self.economic_terms(operating=False),
            "公用经费": self.economic_terms(operating=True),
            "三公经费": self._three_public_terms(),
            "政府采购": [("货物", 1), ("工程", 1), ("服务", 1)],
        }
        ways: dict[str, list[Terms]] = {name: [way] for name, way in by_name.items()}
        ways[f"{Fund.GENERAL.value}基本支出"] = [
            terms(sources=general, natures=BASIC_NATURES),
            self.economic_terms(),
        ]
        return [Total(name, each) for name, each in ways.items()]

    @property
    def item_codes(self) -> Sequence[str]:
        """The 科目 as the file lists them."""
        return [entry.code for entry in self.budget.expenditures]

    def general(self, code: str) -> Decimal:
        """一般公共预算 under a 科目."""
        return self.spent(code, of_fund(Fund.GENERAL))

    def general_change(self, at: int) -> Explained | None:
        """What is told of last year's 一般公共预算 of a 科目."""
        return self.budget.expenditures[at].changes.get(Fund.GENERAL)

    def general_basic(self, codes: Collection[str]) -> list[Decimal]:
        """基本支出 of 一般公共预算 as it was typed under these 科目."""
        sources = of_fund(Fund.GENERAL)
        basic = (s for s in self.spending if s.source in sources and s.nature in BASIC_NATURES)
        return [s.amount for s in basic if s.code in codes]

    @property
    def personnel(self) -> Decimal:
        """人员经费 of all money: that of other money as far as it is divided."""
        others = [source for source in Source if source not in of_fund(Fund.GENERAL)]
        return self.staff_costs + self.spent(sources=others, natures=(Nature.STAFF,))

    @property
    def spending_of_year(self) -> Decimal:
        """支出总计, which is 收支总计."""
        return self.total

    @property
    def official_cars(self) -> tuple[Decimal, int]:
        """What running 公务用车 costs (万元), and how many there are."""
        return self.budget.three_public.vehicle_running.total, self.budget.assets.fleet.general.count

    @property
    def fleet_counts(self) -> Collection[int]:
        """All vehicles held."""
        return {self.budget.assets.fleet.count}

    def _spent_terms(
        self,
        code: str = "",
        sources: Iterable[Source] | None = None,
        natures: Iterable[Nature] | None = None,
    ) -> Terms:
        chosen = frozenset(Source if sources is None else sources)
        kinds = frozenset(Nature if natures is None else natures)
        return [(number, 1) for number, s in self._by_code.get(code, ()) if s.source in chosen and s.nature in kinds]

    def _three_public_terms(self, names: Iterable[str] | None = None, funds: Iterable[Fund] = FISCAL_FUNDS) -> Terms:
        items = self.budget.three_public.by_name if names is None else tuple(names)
        return [((name, fund), 1) for name in items for fund in funds]

    def spent(
        self,
        code: str = "",
        sources: Iterable[Source] | None = None,
        natures: Iterable[Nature] | None = None,
    ) -> Decimal:
        """Spending under a 类, 款 or 项 (all without a code) from given sources and of given natures."""
        return self.sums.printed(self._spent_terms(code, sources, natures))

    def basic(self, code: str = "", sources: Iterable[Source] | None = None) -> Decimal:
        """基本支出, divided into 人员 and 公用 or not."""
        return self.spent(code, sources, BASIC_NATURES)

    def project(self, code: str = "", sources: Iterable[Source] | None = None) -> Decimal:
        """项目支出."""
        return self.spent(code, sources, (Nature.PROJECT,))

    def project_money(
        self, projects: Sequence[Project], code: str = "", sources: Iterable[Source] | None = None
    ) -> Decimal:
        """The money of projects under a code from given sources.

        All the projects of a 科目 together have its 项目支出: the same money, and so the same figure.
        """
        chosen = self.project_lines.of(projects, code, frozenset(Source if sources is None else sources))
        return self.sums_of_lines.printed(self.project_lines.instead(chosen, self.sums_of_lines))

    @cached_property
    def sums_of_lines(self) -> Sums:
        """The sums over the money of single projects too."""
        return self.sums.beside(self.project_lines.amounts)

    @cached_property
    def project_lines(self) -> ProjectLines:
        """The money of the projects, line by line."""
        return ProjectLines(self.budget.projects, self.spending)

    def codes(self, sources: Iterable[Source] | None = None, level: int = 7) -> list[str]:
        """Codes of one level with spending from the given sources, in code order."""
        chosen = frozenset(Source if sources is None else sources)
        return sorted({s.code[:level] for s in self.spending if s.amount and s.source in chosen})

    @cached_property
    def total(self) -> Decimal:
        """收支总预算."""
        return self.spent()

    @cached_property
    def current_income(self) -> Decimal:
        """本年收入: everything that was not carried over."""
        return self.spent(sources=CURRENT)

    @cached_property
    def carried(self) -> Decimal:
        """上年结转结余."""
        return self.spent(sources=CARRIED)

    def income(self, source: Source) -> Decimal:
        """The income from a source; budgets balance, so it is what is spent from it."""
        return self.spent(sources=(source,))

    def fund_total(self, fund: Fund) -> Decimal:
        """This year's money of a fund, own and upper level; without what was carried over."""
        return self.spent(sources=of_fund(fund))

    def paying(self, code: str) -> list[Fund]:
        """The fiscal budgets from which a 类 has money this year, in their order."""
        return [fund for fund in FISCAL_FUNDS if self.spent(code, of_fund(fund))]

    def use(self, code: str, fund: Fund) -> str:
        """What a 类 is mainly used for under one budget; one text for several is said under the first alone."""
        stated = self.budget.uses.get(code, "")
        if isinstance(stated, str):
            return stated if self.paying(code)[:1] == [fund] else ""
        return next((text for key, text in stated.items() if key is fund), "")

    @cached_property
    def appropriated(self) -> Decimal:
        """财政拨款收支总预算."""
        return self.spent(sources=APPROPRIATED)

    def item_changes(self, fund: Fund) -> list[ItemChange]:
        """Every 项 with an amount of the fund this year or last year, in code order."""
        found = []
        for entry in sorted(self.budget.expenditures, key=lambda e: e.code):
            current = self.spent(entry.code, of_fund(fund))
            stated = entry.changes.get(fund, Explained.model_construct(prior=ZERO, reason=""))
            if current or stated.prior:
                told = entry.changes.get(fund)
                found.append(ItemChange(entry.code, current, stated.prior, stated.reason, told))
        return found

    def three_public(self, names: Iterable[str] | None = None, funds: Iterable[Fund] = FISCAL_FUNDS) -> Decimal:
        """“三公”经费: the items of these names (all without), from these budgets."""
        return self.sums.printed(self._three_public_terms(names, funds))

    @cached_property
    def general_projects(self) -> Sequence[Project]:
        """Projects with money of 一般公共预算 this year, in file order (section 七, 表 7)."""
        sources = of_fund(Fund.GENERAL)
        return [p for p in self.budget.projects if any(m.amount and m.source in sources for m in p.money)]

    @cached_property
    def fiscal_projects(self) -> Sequence[Project]:
        """Projects with any 财政拨款 of this year."""
        return [p for p in self.budget.projects if p.current_of(*FISCAL_FUNDS)]

    @cached_property
    def other_projects(self) -> Sequence[Project]:
        """Projects with any money of this year that is not 财政拨款; one with both is among the fiscal ones, too."""
        return [p for p in self.budget.projects if p.current_of(*OTHER_FUNDS)]

    @cached_property
    def carried_projects(self) -> Sequence[Project]:
        """Projects with any money carried over from last year."""
        return [p for p in self.budget.projects if p.carried]
