"""What a rule of the audit is. Codes: GK801–819 a table by itself, GK821–839 tables against each other,
GK841–869 running text, GK870 what is no document, GK871–889 words, pages and contents, GK890–899 reading and comparing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.findings import Finding, Level, Place, shown

from .document import Audited


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule found: where, in which words, and the two figures that disagree (unit as in the words).

    ``cause`` names what is wrong at bottom, where one wrong figure makes several rules complain: the place of the
    cell, or of the words, that is most likely wrong. Faults of one cause are told together.
    """

    place: Place
    message: str
    stated: Decimal | None = None
    expected: Decimal | None = None
    quote: str = ""
    """The words of the document that are wrong."""
    level: Level | None = None
    cause: Place | None = None


Look = Callable[[Audited], Iterable[Fault]]


@dataclass(frozen=True, slots=True)
class AuditRule:
    """A rule; its function's docstring, in Chinese, is its page in the manual: meaning, a good and a bad case."""

    code: str
    advice: str
    level: Level
    look: Look

    def findings(self, document: Audited) -> Iterator[tuple[Finding, Fault]]:
        """The rule applied to one document."""
        for fault in self.look(document):
            finding = Finding(
                self.code,
                fault.level or self.level,
                fault.message,
                self.advice,
                place=fault.place,
                stated=fault.stated,
                expected=fault.expected,
                excerpt=shown(fault.quote),
            )
            yield finding, fault


def audit_rule(code: str, advice: str, level: Level = Level.ERROR) -> Callable[[Look], AuditRule]:
    """Makes a rule of a function that looks at a document; a module lists its own as ``RULES``."""
    return lambda look: AuditRule(code, advice, level, look)
