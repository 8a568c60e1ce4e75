"""What findings themselves must not repeat: the words of secret (涉密) projects, in messages and reasons of waivers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic import BaseModel

from gongkai.checks.rule import disclosure
from gongkai.checks.subjects.secrets import secrets_of
from gongkai.findings import Finding, Path
from gongkai.statements.figures import Figures
from gongkai.texts.discreet import without
from gongkai.texts.needles import Needles
from gongkai.texts.plain import bare, letters

_SHORTEST = 2
_NOTHING = Needles(())


def concealed(findings: Sequence[Finding], figures: Figures, named: Iterable[Figures]) -> list[Finding]:
    """The findings of a file without anything that a secret project of it, or of a file that it names, says."""
    secrets = [secret for told_in in (figures, *named) for secret in secrets_of(figures, told_in, "")]
    if not secrets:
        return list(findings)
    telling = Needles(word for secret in secrets for word in secret.telling)
    own = dict(_own(figures))

    def repeats(text: str, path: Path) -> bool:
        said = bare(text)
        return bool(telling.found(said) or telling.found(letters(said)) or own.get(path[:2], _NOTHING).found(said))

    return [without(finding, repeats) for finding in findings]


def _own(figures: Figures) -> Iterator[tuple[Path, Needles]]:
    """Every text of each secret project, by where the project stands in the file."""
    document: Any = disclosure(figures)
    for number, project in enumerate(document.listed_projects):
        if project.secret:
            texts = {bare(text) for text in _texts(project)}
            words = (text for text in texts if len(text) >= _SHORTEST and _words(text))
            yield (document.project_list, number), Needles(words)


def _words(text: str) -> bool:
    """Whether a text is more than a figure with its sign."""
    return any(letter.isalpha() for letter in text)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, BaseModel):
        for name in value.model_fields_set:
            yield from _texts(getattr(value, name))
    elif isinstance(value, str) and not hasattr(value, "value"):  # an enumeration's word is a word of the form
        yield value
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from _texts(entry)
