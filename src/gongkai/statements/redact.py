"""What the public may see: secret projects lose everything but their amount in the totals."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from gongkai.model.base import Explained
from gongkai.model.budget.budget import Budget, Expenditure, ExpenditureChanges, Income, Project, Use
from gongkai.model.budget.sources import FISCAL_FUNDS, Source
from gongkai.model.final.final_account import FinalAccount
from gongkai.model.final.self_evaluation import ProjectEvaluation
from gongkai.model.own.extend import masked_own, refused_own
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.budget.spending import CARRIED, of_fund


def public_view(budget: Budget, name: str, refusal: str) -> Budget:
    """The budget with every secret (涉密) project masked (预算法第十四条; 财预〔2016〕143号).

    ``name`` is printed for the project's name, ``refusal`` for its basis, unit, use and
    period; its performance target is dropped. Where all the money that a reason speaks of is
    secret, the reason would tell what it is for, and is refused as well; so is the use (支出用途)
    of a 类 of which one fund has nothing else. Nothing after this sees what was hidden.
    """
    if not any(project.secret for project in budget.projects):
        return budget
    reasons = _Reasons(budget, refusal)
    return budget.model_copy(
        update={
            "projects": tuple(_masked(p, name, refusal) for p in budget.projects),
            "expenditures": tuple(reasons.of_item(e) for e in budget.expenditures),
            "income": reasons.of_income(budget.income),
            "expenditure_changes": reasons.of_natures(budget.expenditure_changes),
            "uses": reasons.of_uses(budget.uses),
        }
    )


def _masked(project: Project, name: str, refusal: str) -> Project:
    if not project.secret:
        return project
    hidden = {"basis": refusal, "allocation": refusal, "bearer": refusal, "period": refusal}
    return project.model_copy(update={"name": name, "target": None, **hidden, **masked_own(project, refusal)})


class _Reasons:
    """Refuses the reasons that speak of secret money only, line by line."""

    def __init__(self, budget: Budget, refusal: str) -> None:
        self._figures = BudgetFigures(budget)
        self._projects = budget.projects
        self._refusal = refusal

    def _all_secret(self, code: str, sources: Collection[Source], *, basic: bool = True) -> bool:
        """Whether money under a code from the sources is there, and all of it is secret projects'."""
        if basic and self._figures.basic(code, sources):
            return False
        payers = [
            p for p in self._projects
            if any(m.amount and m.code.startswith(code) and m.source in sources for m in p.money)
        ]  # fmt: skip
        return bool(payers) and all(p.secret for p in payers)

    def _refused(self, explained: Explained, *, when: bool) -> Explained:
        if not when:
            return explained
        return explained.model_copy(update={"reason": self._refusal, **refused_own(explained, self._refusal)})

    def of_item(self, entry: Expenditure) -> Expenditure:
        changes = {
            fund: self._refused(change, when=self._all_secret(entry.code, of_fund(fund)))
            for fund, change in entry.changes.items()
        }
        secret = self._all_secret(entry.code, tuple(Source))
        own = refused_own(entry, self._refusal) if secret else {}
        return entry.model_copy(update={"changes": changes, **own})

    def of_uses(self, uses: Mapping[str, Use]) -> dict[str, Use]:
        left: dict[str, Use] = {}
        for code, use in uses.items():
            secret = [fund for fund in FISCAL_FUNDS if self._all_secret(code, of_fund(fund))]
            if not isinstance(use, str):
                left[code] = {fund: text for fund, text in use.items() if fund not in secret}
            elif not secret:
                left[code] = use
        return left

    def of_income(self, income: Income) -> Income:
        by_field: dict[str, Collection[Source]] = {
            source.name.lower(): (source,) for source in Source if source not in CARRIED
        }
        by_field["carried"] = CARRIED
        return income.model_copy(update=self._updates(income, by_field.items(), self._all_secret_income))

    def of_natures(self, changes: ExpenditureChanges) -> ExpenditureChanges:
        by_field = {"project": tuple(Source), "general_project": of_fund(FISCAL_FUNDS[0])}
        return changes.model_copy(update=self._updates(changes, by_field.items(), self._all_secret_projects))

    def _all_secret_income(self, sources: Collection[Source]) -> bool:
        return self._all_secret("", sources)

    def _all_secret_projects(self, sources: Collection[Source]) -> bool:
        return self._all_secret("", sources, basic=False)

    def _updates(
        self,
        model: Income | ExpenditureChanges,
        fields: Collection[tuple[str, Collection[Source]]],
        secret: Callable[[Collection[Source]], bool],
    ) -> dict[str, Explained]:
        stated = ((field, getattr(model, field), sources) for field, sources in fields)
        return {field: self._refused(value, when=secret(sources)) for field, value, sources in stated if value}


def public_account(account: FinalAccount, name: str, refusal: str) -> FinalAccount:
    """The final account with every secret project's self-evaluation masked; its money stays."""

    def mask(project: ProjectEvaluation) -> ProjectEvaluation:
        if not project.secret:
            return project
        hidden = {"authority": refusal, "bearer": refusal, "goal": refusal, "outcome": refusal}
        return project.model_copy(update={"name": name, "results": (), **hidden, **masked_own(project, refusal)})

    return account.model_copy(update={"project_evaluations": tuple(mask(p) for p in account.project_evaluations)})
