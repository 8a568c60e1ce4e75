"""Reasons of this year that are last year's, word for word; last year's file (上年文件) tells."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checks.rule import Figures, in_file_unit
from gongkai.checks.subjects.reason import Reason
from gongkai.checks.subjects.reasons import reasons
from gongkai.findings import Finding, Level, Path
from gongkai.prose.numbers import round_half_up
from gongkai.prose.phrases import sentence

from .reasons_vs_figures import moved, says_unchanged

_ADVICE = "请写本年变动的原因；两年的原因确实相同的，可以不管"


def repeated_reasons(figures: Figures, last: Figures) -> Iterator[Finding]:
    """The reasons that explain another change in the words with which last year's file explained its own.

    What says that nothing changed may be said every year; whether it is true, a rule of its own asks.
    """
    told = {_place(last, reason): _words(reason) for reason in reasons(last)}
    for reason in reasons(figures):
        if not round_half_up(reason.change) or says_unchanged(reason.text):
            continue
        if _words(reason) == told.get(_place(figures, reason)):
            message = f"{moved(figures, reason)}；原因却与上年文件里的一字不差"
            now, before = (in_file_unit(figures, amount, reason.path) for amount in (reason.now, reason.before))
            yield Finding("GK124", Level.WARNING, message, _ADVICE, reason.path, stated=now, expected=before)


def _words(reason: Reason) -> str:
    """What a reason says, whatever blanks and stops were typed with it."""
    return sentence("".join(reason.text.split()))


def _place(figures: Figures, reason: Reason) -> Path:
    """Where a reason stands, whatever the order of the 科目: two years need not list them alike."""
    section, step, *rest = reason.path
    if not isinstance(step, int):
        return reason.path
    return (section, figures.item_codes[step], *rest)
