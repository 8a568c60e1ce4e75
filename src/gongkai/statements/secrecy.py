"""What the public may see: secret projects lose everything but their amount in the totals."""

from __future__ import annotations

from gongkai.model.budget import Budget, Expenditure, Project
from gongkai.model.final import FinalAccount
from gongkai.model.self_evaluation import ProjectEvaluation


def public_view(budget: Budget, name: str, refusal: str) -> Budget:
    """The budget with every secret (涉密) project masked (预算法第十四条; 财预〔2016〕143号).

    ``name`` is printed for the project's name, ``refusal`` for its basis, unit, use and
    period; its performance target is dropped. Where a 科目 pays for secret projects only, the
    reason for its change would tell what they are, and is refused as well. Nothing after
    this sees what was hidden.
    """

    def mask(project: Project) -> Project:
        if not project.secret:
            return project
        hidden = {"basis": refusal, "allocation": refusal, "bearer": refusal, "period": refusal}
        return project.model_copy(update={"name": name, "target": None, **hidden})

    return budget.model_copy(
        update={
            "projects": tuple(mask(p) for p in budget.projects),
            "expenditures": tuple(_without_reasons(e, budget, refusal) for e in budget.expenditures),
        }
    )


def _without_reasons(entry: Expenditure, budget: Budget, refusal: str) -> Expenditure:
    paid = [p for p in budget.projects if any(m.code == entry.code for m in p.money)]
    if entry.basic or entry.staff or entry.operating or not paid or not all(p.secret for p in paid):
        return entry
    hidden = {fund: change.model_copy(update={"reason": refusal}) for fund, change in entry.changes.items()}
    return entry.model_copy(update={"changes": hidden})


def public_account(account: FinalAccount, name: str, refusal: str) -> FinalAccount:
    """The final account with every secret project's self-evaluation masked; its money stays."""

    def mask(project: ProjectEvaluation) -> ProjectEvaluation:
        if not project.secret:
            return project
        hidden = {"authority": refusal, "bearer": refusal, "goal": refusal, "outcome": refusal}
        return project.model_copy(update={"name": name, "results": (), **hidden})

    return account.model_copy(update={"project_evaluations": tuple(mask(p) for p in account.project_evaluations)})
