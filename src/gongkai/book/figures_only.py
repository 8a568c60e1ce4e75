"""The model of data with figures and without words, as official tables give them.

Whatever no table can tell gets a stand-in. A figure of the data's own year is never stood in for: a project of which
the money is not known is left away, and a section of which nothing is known is named, so that nobody asks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from gongkai.findings import Path
from gongkai.intake.guide import Guide, guide_of_model
from gongkai.intake.read import amount_context
from gongkai.model.disclosure import Disclosure
from gongkai.source.nodes import node_at
from gongkai.source.tree import Node

_UNSAID = "—"
_BEFORE = frozenset({"上年", "增减", "年初预算", "权重"})
"""Figures that are of another year, or that no next year asks for."""
OWN_FIGURES = ("概况", "三公经费", "机关运行经费")
"""Sections with figures that stand nowhere else: where one is missing, nothing is known of these."""
_PROJECTS = frozenset({"项目", "项目绩效自评"})
_MISSING, _TOO_FEW = "missing", "too_short"
_ROUNDS = 12
"""What stands in may itself lack something: a section, a part of it, its reason."""


def model_of_figures(data: Mapping[str, Node], model: type[Disclosure]) -> Disclosure | None:
    """The model of the data with stand-ins; None where a figure of their own year is missing, or is none."""
    known = deepcopy(dict(data))
    unknown = frozenset(name for name in OWN_FIGURES if name not in known)
    guide = guide_of_model(model)
    for _ in range(_ROUNDS):
        try:
            return model.model_validate(known, context=amount_context(known))
        except ValidationError as error:
            errors = error.errors(include_url=False)
        if not all(_stood_in(known, guide, unknown, error) for error in errors):
            break
        for section in _PROJECTS & known.keys():
            known[section] = [entry for entry in known[section] if entry]  # those that were left away
            if not known[section]:
                del known[section]
    return None


def _stood_in(data: dict[str, Node], guide: Guide, unknown: frozenset[str], error: ErrorDetails) -> bool:
    """Whether something was done about a mistake: a stand-in, or a project left away of which the money is unknown."""
    path = tuple(error["loc"])
    if error["type"] not in (_MISSING, _TOO_FEW) or not path:
        return False
    if path[0] in _PROJECTS and len(path) > 1:
        entries = data[str(path[0])]
        if isinstance(entries, list) and isinstance(path[1], int):
            entries[path[1]] = {}
        return True
    around = node_at(data, path[:-1])
    value = _stand_in(guide, path, str(data.get("年度", "")), figures=path[0] in unknown)
    if not isinstance(around, dict) or value is None or error["type"] != _MISSING:
        return False
    around[str(path[-1])] = value
    return True


def _stand_in(guide: Guide, path: Path, year: str, *, figures: bool) -> Node | None:
    """What stands for a value that is missing; None for a figure of the data's own year.

    In sections of which nothing is known ``figures`` may stand for others, too: nobody takes them from there.
    """
    rule = guide.at(path)
    kind = rule.get("type", "")
    kinds = [kind] if isinstance(kind, str) else list(kind)
    if "enum" in rule:
        return str(rule["enum"][0])
    if rule.get("format") == "date":
        return f"{year}-01-01"
    if "object" in kinds:
        return {}
    if "array" in kinds:
        return [_UNSAID]
    if path[-1] in _BEFORE or (figures and {"integer", "number"} & set(kinds[:1])):
        return "0"
    return _UNSAID if kinds and kinds[0] == "string" else None
