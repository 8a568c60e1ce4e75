"""“三公”经费 as the rules of both kinds look at it: which 款 it is in, when it may be less, when cars are rented."""

from __future__ import annotations

import re
from dataclasses import replace

from gongkai.checks.rule import Problem
from gongkai.findings import Level
from gongkai.model.disclosure import Disclosure
from gongkai.model.unit import Scope, UnitNature

ABROAD = "30212"
EXCHANGE = "（教学科研人员学术交流合作出国不列入“三公”经费的，可以不管）"
RENT = "30239"
"""其他交通费用, from which rented cars are paid."""


def may_send_scholars(document: Disclosure) -> bool:
    """Whether more is spent on travel abroad than 三公经费 shows: academic exchange is no part of it.

    Teachers and researchers are in institutions (事业单位), or in those below a department.
    """
    return document.unit.nature is not UnitNature.ADMINISTRATIVE or document.scope is Scope.DEPARTMENT


def less_than_its_part(problem: Problem, code: str, document: Disclosure) -> Problem:
    """The problem of an item of 三公经费 that is less than a part of it: only a warning where that may be right."""
    if code != ABROAD or not may_send_scholars(document):
        return problem
    return replace(problem, message=problem.message + EXCHANGE, level=Level.WARNING)


def rented(*texts: str | None) -> bool:
    """Whether any of the texts says that cars are rented: they are paid as 其他交通费用, and are not the unit's."""
    return any(re.search("租[用赁车]", text or "") for text in texts)
