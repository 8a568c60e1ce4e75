"""What is known of last year: from its data file, or from the document that was published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as File

from gongkai.findings import Finding, FindingsError, Level, Place
from gongkai.intake.export.imported import Imported
from gongkai.intake.models import Models
from gongkai.intake.read import read
from gongkai.model.disclosure import Disclosure
from gongkai.source.nodes import node_at
from gongkai.source.tree import Node
from gongkai.statements.named_files.facts import Entry, Fact

from .figures_only import OWN_FIGURES, model_of_figures
from .importing import DOCUMENTS, import_files

_LINES = ("支出", "科目收支")
_SPENT = frozenset({"基本支出", "人员经费", "公用经费", "项目支出"})
_SUMS = frozenset({"收入", "支出变动", "总体变动"})
"""Sections that compare sums of all 科目."""
_CARRIED = "总体变动"
"""Sums of a final account with what was carried over, which its tables do not tell for each 科目."""


@dataclass(frozen=True)
class LastYear:
    """Last year's figures and texts."""

    path: File
    model: Disclosure
    data: Mapping[str, Node]
    """As they were written or taken, without stand-ins."""
    document: bool = False
    """Whether they are of a finished document: no data file can name it as its 上年文件."""
    unknown: frozenset[str] = frozenset()
    """Sections of this year's file for which nothing is known."""
    open_codes: frozenset[str] = frozenset()
    """科目 of which the tables left the spending open."""
    findings: Sequence[Finding] = ()

    def knows(self, fact: Fact) -> bool:
        """Whether a fact of the model is one that is known, not one that stands in or was reckoned from such."""
        codes = {step.value for step in fact.where if isinstance(step, Entry) and step.key == "科目"}
        return fact.where[0] not in self.unknown and codes.isdisjoint(self.open_codes)


def last_year_of(path: File, models: Models, pack: str | None = None) -> LastYear:
    """What a data file or a finished document says of last year. Raises FindingsError for what cannot be used."""
    if path.suffix.lower() not in DOCUMENTS:
        source = read(path, models)
        return LastYear(path, source.model, source.tree.data)
    imported = import_files([path], None, pack, models)
    schema = models(imported.data)
    model = model_of_figures(imported.data, schema) if schema else None
    if model is None:
        message = "从这个文件取不到上年的数：各表认不全，或者对不上"
        advice = "请先用 gongkai import 取数，补全以后再用"
        refusal = Finding("GK898", Level.ERROR, message, advice, place=Place(str(path)))
        raise FindingsError([*imported.findings, refusal])
    codes = _open_codes(imported)
    whole = {str(question.path[0]) for question in imported.questions if len(question.path) < len(("支出", 0, ""))}
    unknown = {name for name in OWN_FIGURES if name not in imported.data} | (whole & {*_LINES})
    if codes or unknown & {*_LINES}:
        unknown |= _SUMS
    if imported.questions and model.kind == "决算" and "总体变动" not in imported.data:
        unknown.add(_CARRIED)
    told = [*imported.findings, *_left_open(path, unknown, codes)]
    return LastYear(path, model, imported.data, True, frozenset(unknown), codes, told)


def _open_codes(imported: Imported) -> frozenset[str]:
    """科目 of whose spending something is asked."""
    asked = (question.path for question in imported.questions)
    entries = {path[:2] for path in asked if path[0] in _LINES and len(path) > 2 and path[2] in _SPENT}
    found = (node_at(imported.data, entry) for entry in entries)
    return frozenset(str(entry.get("科目")) for entry in found if isinstance(entry, dict))


def _left_open(path: File, unknown: set[str], codes: frozenset[str]) -> list[Finding]:
    """What last year's document does not tell."""
    if not unknown and not codes:
        return []
    names = "、".join([*sorted(unknown), *(f"科目 {code}" for code in sorted(codes))])
    message = f"上年的文件里取不到这些上年数：{names}"
    return [Finding("GK898", Level.HINT, message, "请照上年的文件自己写", place=Place(str(path)))]
