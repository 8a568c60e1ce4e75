"""The facts that a PDF of ours carries as an attachment, as a data file says them; and what is not among them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path as File
from typing import Any

from gongkai.files.data_files import OPEN_FIGURES
from gongkai.findings import Finding, FindingsError, Level, Path, Place
from gongkai.intake.export.imported import How, Imported, Origin, Question
from gongkai.intake.models import Models
from gongkai.intake.read import read_alone
from gongkai.kinds import KINDS
from gongkai.model.budget.budget import Budget
from gongkai.model.disclosure import Disclosure
from gongkai.model.published import NOT_PUBLISHED
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python
from gongkai.source.text_file import NOT_PRINTABLE, held
from gongkai.source.tree import MAX_DEPTH, Node

from .yaml_text import yaml_text

_FACTS, _MONEY, _UNIT = "事实", "金额单位", "万元"
_TABLE = "PDF 里附的公开数据"
_FLAGS = {True: "是", False: "否"}
_OWN_UNITS = {"currency_unit", "section_units"}
"""What the open data say themselves: all amounts in 万元."""


@dataclass(frozen=True, slots=True)
class _Attached:
    """What an attachment says, as data and as a model."""

    data: dict[str, Node]
    model: Disclosure


def attached_facts(
    file: str, attached: Mapping[str, bytes], pack: str | None, models: Models
) -> tuple[Imported | None, list[Finding]]:
    """The facts of the attachment, every one exactly, with a question for what is not in it.

    ``pack`` is the pack of the document, which may have facts of its own. None, with a finding where there is an
    attachment that cannot be used, when the tables have to tell.
    """
    if OPEN_FIGURES not in attached:
        return None, []
    try:
        known = _data_in(attached[OPEN_FIGURES], pack)
        found = _Attached(known, _model_of(file, known, models))
    except (FindingsError, ValueError, RecursionError) as error:
        reason = error.findings[0].message if isinstance(error, FindingsError) else "它不是本程序写的，或者改过"
        message = f"里面附的公开数据用不了：{reason}；改从各表取数"
        advice = "另用了模板包的，请写 --pack；要准确的数，请取原来的数据文件"
        return None, [Finding("GK895", Level.WARNING, message, advice, place=Place(file))]
    origin = Origin(How.ATTACHED, (), _TABLE)
    origins = {path: origin for path, _ in _leaves(found.data, ())}
    return Imported(found.data, origins, list(_not_in_it(found))), []


def _data_in(data: bytes, pack: str | None) -> dict[str, Node]:
    """The facts as texts. Raises ValueError for what is no open data of ours."""
    said = json.loads(data.decode("utf-8"), parse_float=str, parse_int=str)
    facts = said.get(_FACTS) if isinstance(said, dict) else None
    if not isinstance(facts, dict) or said.get(_MONEY) != _UNIT:
        raise ValueError
    node = _node(facts, 0)
    assert isinstance(node, dict)
    return {**node, _MONEY: _UNIT, **({"模板": pack} if pack else {})}


def _node(value: Any, depth: int) -> Node | None:
    """A value as a data file has it; None for nothing. Raises ValueError for one that is too deep."""
    if depth > MAX_DEPTH:
        raise ValueError
    if isinstance(value, dict):
        entries = ((str(name), _node(each, depth + 1)) for name, each in value.items())
        return {name: each for name, each in entries if each is not None and each != {} and each != []}
    if isinstance(value, list):
        return [each for each in (_node(entry, depth + 1) for entry in value) if each is not None]
    if isinstance(value, bool):
        return _FLAGS[value]
    return None if value is None else NOT_PRINTABLE.sub("", str(value))


def _model_of(file: str, data: dict[str, Node], models: Models) -> Disclosure:
    """The model of the data, read as any data file is. Raises FindingsError for what would be no data file."""
    name = f"{file}.yaml"
    with held({name: yaml_text(data, models(data)).encode("utf-8")}):
        _, model, _ = read_alone(File(name), models)
    return model


def _leaves(node: Node, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(node, str):
        yield path, node
        return
    for step, inner in node.items() if isinstance(node, dict) else enumerate(node):
        yield from _leaves(inner, (*path, step))


def _not_in_it(attached: _Attached) -> Iterator[Question]:
    """What open data never have: what a file says to the program only, and secret projects."""
    fields = KINDS[attached.model.kind].model.value.model_fields
    for name in fields:
        alias = str(fields[name].alias)
        if name in NOT_PUBLISHED - _OWN_UNITS and alias not in attached.data:
            what = fields[name].title or fields[name].description or alias
            yield Question((alias,), f"公开数据里不带，原来写了的请补上：{what}")
    if isinstance(attached.model, Budget):
        yield from _secret(attached.model)


def _secret(budget: Budget) -> Iterator[Question]:
    """What the public projects leave of the money for projects."""
    spent = sum(amount for line in budget.expenditures for amount in line.project.values())
    told = sum(money.amount for project in budget.projects for money in project.money)
    if spent != told:
        what = "项目支出与公开的项目相差的数；涉密的项目不公开，有的请补上（涉密: 是）"
        yield Question(("项目",), what, likely=Decimal(spent - told))
