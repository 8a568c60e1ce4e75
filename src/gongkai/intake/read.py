"""A clerk's file into a model, with every problem of shape in one go."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from pathlib import Path as File
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from gongkai.findings import Finding, FindingsError, Level, Path, Place, has_errors
from gongkai.intake.data_file import read_tree
from gongkai.intake.named_files.named import KEYS, PLAN, Named, read_named
from gongkai.intake.named_files.stand_ins import complete_own, complete_priors, complete_targets
from gongkai.intake.named_files.supply import supply
from gongkai.kinds import KINDS
from gongkai.model.base import Quantity
from gongkai.model.disclosure import Disclosure
from gongkai.model.listed import Listed
from gongkai.model.own.declared import NOTHING, Declared
from gongkai.model.reading import PLAUSIBLE_LIMIT, CurrencyUnit, in_unit
from gongkai.model.schema import model_schema
from gongkai.source.tree import Node, Tree

from .answers import answers
from .bounds import refuse_too_many_pieces, refuse_too_much
from .lists import tidy_list
from .messages import blank_figures, translate, unknown_kind
from .models import Models, plain_model
from .synonyms import understand, understand_own

MAX_FINDINGS = 200
"""More than this no clerk reads: it is another kind of file."""

_UNITS = frozenset(get_args(CurrencyUnit))

_LIMIT: TypeAdapter[Decimal] = TypeAdapter(Quantity)


@dataclass(frozen=True)
class DataFile:
    """A file that was read: its model, and the places that findings of later stations point to."""

    path: File
    model: Disclosure
    tree: Tree
    findings: tuple[Finding, ...] = ()
    """What reading tells beside what is wrong, which raises: warnings, and errors that the file may waive."""
    named: tuple[Named, ...] = ()
    """The files that it names, and what they say."""

    def wrote(self, path: Path) -> bool:
        """Whether what stands at a path stands in this file itself, and not only in one that it names."""
        last = max((end for end, step in enumerate(path, 1) if isinstance(step, str)), default=0)
        return not self.named or path[:last] in self.tree.keys

    def locate(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings with their places in this file, from top to bottom."""
        return _sorted(self._located(finding) for finding in findings)

    def _located(self, finding: Finding) -> Finding:
        """The finding with its place; of a section that is missing, the section after which it is due."""
        located = self.tree.locate(finding)
        in_a_book = any(place.sheet for place in self.tree.due.values())
        if located.place is None or located.place.line or not finding.path or in_a_book:
            return located
        sections = [str(field.alias) for field in type(self.model).model_fields.values()]
        due = sections.index(str(finding.path[0])) if finding.path[0] in sections else 0
        before = (self.tree.keys.get((name,)) for name in reversed(sections[:due]))
        return replace(located, place=next((place for place in before if place), located.place))


def amount_context(data: dict[str, Any]) -> dict[str, Any]:
    """How amounts are to be read, in the file's unit and in those of single sections."""
    try:
        limit = _LIMIT.validate_python(data.get("金额上限"))
    except ValidationError:
        limit = PLAUSIBLE_LIMIT  # the model reports the unreadable limit itself
    units = data.get("分节金额单位")
    return {
        **in_unit(data.get("金额单位")),
        "limit": limit,
        "units": {name: unit for name, unit in units.items() if unit in _UNITS} if isinstance(units, dict) else {},
    }


def read(path: File, models: Models = plain_model) -> DataFile:
    """Read a unit's file. ``models`` gives its model, and that of the files that it names.

    Raises FindingsError with every problem of file, YAML and shape found, each at its place.
    """
    tree = _parsed(path, models)
    wanted = _understood(tree, models)
    findings = _tidy(tree, models)
    named = read_named(tree, lambda file: _unfinished(file, models), wanted)
    findings += supply(tree, named)
    if any(key in tree.data and key not in {file.link.key for file in named} for key in KEYS):
        complete_own(tree, wanted)  # for a file that cannot be used, which was told
    model = _model(tree, models)
    findings += tree.findings  # warnings: an error would have been raised
    if tree.blanks:
        findings += blank_figures(tree, model_schema(type(model)))
    return DataFile(path, model, tree, tuple(_sorted(findings)), tuple(named))


def read_alone(path: File, models: Models = plain_model) -> tuple[dict[str, Node], Disclosure, list[Finding]]:
    """What a file itself says, without what it leaves to files that it names; its model, and warnings.

    The data are as they were written, under this kind's own words. Raises FindingsError with every problem of shape.
    """
    tree = _parsed(path, models)
    wanted = _understood(tree, models)
    data = deepcopy(tree.data)
    findings = _tidy(tree, models)
    _stand_in(tree, wanted)
    model = _model(tree, models)
    return data, model, _sorted([*findings, *tree.findings])


def _parsed(path: File, models: Models) -> Tree:
    tree = read_tree(path, refuse_too_many_pieces, models)
    refuse_too_much(tree)
    return tree


def _unfinished(path: File, models: Models) -> tuple[Tree, Disclosure]:
    """A file that another names, with its model; what it leaves to files that it names itself is of no interest."""
    tree = _parsed(path, models)
    wanted = _understood(tree, models)
    _tidy(tree, models)
    _stand_in(tree, wanted)
    return tree, _model(tree, models)


def _stand_in(tree: Tree, wanted: Declared) -> None:
    """Stand-ins for what a file leaves to those that it names."""
    complete_priors(tree)
    if PLAN in tree.data:
        complete_targets(tree)
    if any(key in tree.data for key in KEYS):
        complete_own(tree, wanted)


def _understood(tree: Tree, models: Models) -> Declared:
    """What the pack of a file declares; the words of the other kind, and old places, are read as this file's own."""
    understand(tree)
    model = models(tree.data)
    declared = model.own_declared if model else NOTHING
    understand_own(tree, declared)
    return declared


def _tidy(tree: Tree, models: Models) -> list[Finding]:
    """Bring what a clerk typed into the form that the model reads; warnings about what seems to be missing."""
    model = models(tree.data)
    findings: list[Finding] = []
    for answer in answers(model, tree.data) if model else ():
        kind = next((mark for mark in answer.field.metadata if isinstance(mark, Listed)), None)
        if kind is not None:
            findings += tidy_list(tree, answer, kind)
        elif answer.says_nothing:
            del answer.container[answer.name]
    return findings


def _model(tree: Tree, models: Models) -> Disclosure:
    """The model of a file that was parsed. Raises FindingsError with every problem."""
    kind = tree.data.get("文种")
    schema = models(tree.data)
    if schema is None:
        # Everything else in the file depends on it.
        raise FindingsError([*tree.findings, unknown_kind(tree, kind, list(KINDS))])
    errors: list[ErrorDetails] = []
    model: Disclosure | None = None
    try:
        model = schema.model_validate(tree.data, context=amount_context(tree.data))
    except ValidationError as error:
        errors = error.errors(include_url=False)
    findings = list(tree.findings)
    if errors or tree.blanks:
        findings += islice(translate(errors, tree, model_schema(schema)), MAX_FINDINGS + 1)
    if model is None or has_errors(findings):
        raise FindingsError(_sorted(_not_too_many(findings, tree)))
    return model


def _not_too_many(findings: list[Finding], tree: Tree) -> list[Finding]:
    if len(findings) <= MAX_FINDINGS:
        return findings
    message = f"写法上的错误太多，只列出 {MAX_FINDINGS} 处"
    remark = Finding("GK211", Level.ERROR, message, "请核对是否选错了文件", place=Place(tree.file))
    return [remark, *findings[:MAX_FINDINGS]]


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    """From top to bottom; what concerns the file as a whole comes first."""
    return sorted(findings, key=lambda f: f.place.order if f.place else ())
