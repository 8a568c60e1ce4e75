"""The register of kinds of document (文种): 预算 and 决算, one record each.

Everything that differs by kind is a field here, or a method of the kind's model or figures. Nothing is
loaded before it is asked for: the command line lists the kinds without any of their models.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from gongkai.checks.rule import Rule
    from gongkai.intake.book.layout import Layout
    from gongkai.model.disclosure import Disclosure
    from gongkai.packs.assembled import AssembledPack
    from gongkai.statements.figures import Figures
    from gongkai.statements.language.language import Language
    from gongkai.statements.named_files.facts import Fact

    from .findings import Finding

    Context = Callable[[Any, AssembledPack, Mapping[str, str]], dict[str, Any]]

_T = TypeVar("_T")


class Part(Generic[_T]):
    """What a kind has in a module of its own, named as ``module:name`` and loaded when it is first asked for."""

    def __init__(self, where: str) -> None:
        self.where = where

    @cached_property
    def value(self) -> _T:
        """The thing itself."""
        module, _, name = self.where.partition(":")
        loaded: _T = getattr(import_module(module), name)
        return loaded


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until the end of which month a kind is commonly published: so many years after its own (年度)."""

    years_after: int
    month: int


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document.

    ``english`` begins the name of its data package. The parts: the model of its file, the figures derived from it,
    what the public may see, what next year's file compares with, its rules, what templates get, the fields of their
    ``d``, what the expressions of tables may speak of, what the forms of a pack cannot show, and the sheets of its
    fill-in book (填报簿).
    """

    name: str
    english: str
    deadline: Deadline
    model: Part[type[Disclosure]]
    figures: Part[Callable[[Any], Figures]]
    public: Part[Callable[[Any, str, str], Disclosure]]
    facts: Part[Callable[[Any], list[Fact]]]
    rules: Part[Sequence[Rule]]
    context: Part[Context]
    view: Part[type[Any]]
    language: Part[Language]
    unshown: Part[Callable[[Any, Iterable[Any]], Iterable[Finding]]] | None = None
    book: Part[Layout] | None = None

    @property
    def starter(self) -> str:
        """The file of the sample (样表) that ``gongkai new`` writes."""
        return f"starter-{self.name}.yaml"


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            name="预算",
            english="budget",
            deadline=Deadline(0, 3),
            model=Part("gongkai.model.budget.budget:Budget"),
            figures=Part("gongkai.statements.budget.figures:BudgetFigures"),
            public=Part("gongkai.statements.redact:public_view"),
            facts=Part("gongkai.statements.named_files.prior:facts_of_budget"),
            rules=Part("gongkai.checks.budget.rules:RULES"),
            context=Part("gongkai.document.contexts:budget_context"),
            view=Part("gongkai.statements.budget.view:BudgetView"),
            language=Part("gongkai.statements.budget.language:LANGUAGE"),
            book=Part("gongkai.intake.book.budget:LAYOUT"),
        ),
        Kind(
            name="决算",
            english="final-account",
            deadline=Deadline(1, 10),
            model=Part("gongkai.model.final.final_account:FinalAccount"),
            figures=Part("gongkai.statements.final.figures:FinalFigures"),
            public=Part("gongkai.statements.redact:public_account"),
            facts=Part("gongkai.statements.named_files.prior:facts_of_account"),
            rules=Part("gongkai.checks.final.rules:RULES"),
            context=Part("gongkai.document.contexts:final_context"),
            view=Part("gongkai.statements.final.view:FinalView"),
            language=Part("gongkai.statements.final.language:LANGUAGE"),
            unshown=Part("gongkai.statements.final.unlisted:unlisted_classes"),
            book=Part("gongkai.intake.book.final:LAYOUT"),
        ),
    )
}

USUAL = "预算"
"""The kind that is meant where nobody says otherwise."""
