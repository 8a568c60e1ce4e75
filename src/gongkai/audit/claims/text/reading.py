"""A document's running text read as claims."""

from __future__ import annotations

from gongkai.audit.document import Audited

from .claim import Amount, Change, Claims, Identity, Ratio, Role
from .context import Context
from .flat import Flat
from .grammar import read_paragraph
from .sections import sectioned

_MOST_PARAGRAPHS = 20_000


def read_claims(document: Audited) -> Claims:
    """Everything that the text claims, outside of glossaries, tasks and offices."""
    context = Context(document)
    amounts: list[Amount] = []
    changes: list[Change] = []
    ratios: list[Ratio] = []
    texts: list[Flat] = []
    for said, section in sectioned(document.paragraphs[:_MOST_PARAGRAPHS]):
        if section.explains_words:
            continue
        texts.append(said)
        context.note_project(said)
        read = read_paragraph(said, section, context)
        amounts += read.amounts
        changes += read.changes
        ratios += read.ratios
    by_subject: dict[Identity, list[Amount]] = {}
    for amount in amounts:
        if amount.role is Role.CURRENT:
            by_subject.setdefault(amount.subject.same_as, []).append(amount)
    return Claims(document.printed, amounts, changes, ratios, by_subject)
