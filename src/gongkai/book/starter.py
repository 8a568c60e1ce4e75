"""What a new book begins with: the codes that are usual, and what last year's file says of this year's."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from copy import deepcopy
from decimal import Decimal
from pathlib import Path as File

from gongkai import catalog
from gongkai.findings import Finding, FindingsError, Level, Place
from gongkai.kinds import KINDS
from gongkai.source.nodes import node_at
from gongkai.source.tree import Node
from gongkai.statements.named_files.facts import Entry, Fact, Measure
from gongkai.statements.named_files.prior import PRIOR

from .last_year import LastYear

_USUAL_CLASSES = ("301", "302", "303")
"""工资福利支出, 商品和服务支出, 对个人和家庭的补助: what basic spending mostly is."""
_TEXTS = ("单位", "支出用途", "科目名称", "其他说明", "补充说明")
"""Sections that say the same in most years."""
_SECTIONS = ("支出", "科目收支")
_PROFILE = ("职能引言", "主要职能", "机构设置")
_OF_MONEY = ("科目", "来源", "经济分类")
_SPENT = ("基本支出", "人员经费", "公用经费", "项目支出")
_OF_PROJECT = ("名称", "涉密", "政策依据", "承担单位", "主管部门", "实施单位")
_OF_TARGET = ("负责人", "总体目标")
_OF_INDICATOR = ("一级", "二级", "三级", "依据", "权重", "赋分规则", "佐证")
"""What of an indicator goes on; its value (指标值) is this year's own, and its line is not valid without one."""
_YUAN = Decimal(10_000)


def blank_data(kind: str, pack: str | None) -> dict[str, Node]:
    """The data of a new book for a kind of document, nothing of it a figure."""
    scope = KINDS[kind].model.value.model_fields["scope"].default
    return {
        "文种": kind,
        "口径": str(scope),
        **({"模板": pack} if pack else {}),
        "金额单位": "万元",
        "基本支出经济分类": dict.fromkeys(_usual_codes(), ""),
    }


def _usual_codes() -> list[str]:
    codes = (subject.code for subject in catalog.economic())
    return [code for code in codes if len(code) == len("30101") and code.startswith(_USUAL_CLASSES)]


def data_after(
    last: LastYear, folder: File, pack: str | None, units: Mapping[str, Node] | None = None
) -> dict[str, Node]:
    """The data of the book that follows last year's file: its figures as 上年, its texts, its 科目 and projects.

    ``folder`` is where the book will stand; ``units`` are data whose 金额单位 and 分节金额单位 the figures are to have,
    if not last year's. Raises FindingsError where both are on different drives.
    """
    model = last.model
    known = last.data
    data = blank_data(model.kind, pack or model.pack)
    data |= {
        "年度": str(model.year + 1),
        "口径": str(model.scope),
        "金额单位": str(model.currency_unit),
        **({} if last.document else {"上年文件": _seen_from(folder, last.path)}),
    }
    data |= {name: deepcopy(known[name]) for name in _TEXTS if name in known}
    profile = known.get("概况")
    if isinstance(profile, dict):
        data["概况"] = {name: deepcopy(profile[name]) for name in _PROFILE if name in profile}
    codes = known.get("基本支出经济分类")
    if isinstance(codes, dict):
        data["基本支出经济分类"] = dict.fromkeys(sorted({*codes, *_usual_codes()}), "")
    for fact in KINDS[model.kind].facts.value(model):
        # Of the 科目 only those funds are compared for which a document asks why.
        asked = fact.missing or not any(isinstance(step, Entry) for step in fact.where)
        if fact.key == PRIOR and fact.measure is Measure.MONEY and fact.value and asked and last.knows(fact):
            _put(data, fact, _unit(units or data, fact))
    _add_lines(data, known)
    projects: list[Node] = [_project(each) for each in _mappings(known.get(model.project_list))]
    if projects:
        data[model.project_list] = projects
    target = node_at(known, ("整体绩效目标", "指标"))
    if isinstance(target, list):
        data["整体绩效目标"] = {"指标": [_kept(each, _OF_INDICATOR) for each in _mappings(target)]}
    return data


def _seen_from(folder: File, path: File) -> str:
    try:
        return File(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # Windows
        message = f"{path} 和新的填报簿不在同一个盘上，“上年文件”写不成"
        advice = "请放在同一个盘上再写"
        raise FindingsError([Finding("GK121", Level.ERROR, message, advice, place=Place(str(path)))]) from None


def _add_lines(data: dict[str, Node], known: Mapping[str, Node]) -> None:
    """The lines of 科目 and money that no comparison has brought: without figures, to be filled in or deleted."""
    for section in (name for name in _SECTIONS if name in known):
        lines = data.setdefault(section, [])
        assert isinstance(lines, list)
        for entry in _mappings(known[section]):
            line = _entry(lines, Entry("科目", str(entry.get("科目"))))
            for nature in _SPENT:
                sources = entry.get(nature)
                stated = line.get(nature, {})
                if isinstance(sources, dict) and isinstance(stated, dict):
                    line[nature] = {**dict.fromkeys(sources, ""), **stated}


def _unit(units: Mapping[str, Node], fact: Fact) -> Node | None:
    """The unit in which the amounts of the section are written that a fact belongs to."""
    return node_at(units, ("分节金额单位", str(fact.where[0]))) or units.get("金额单位")


def _put(data: dict[str, Node], fact: Fact, unit: Node | None) -> None:
    """Last year's figure where this year's file compares with it."""
    here: Node = data
    for step, following in zip(fact.where, (*fact.where[1:], ""), strict=True):
        if isinstance(step, Entry):
            assert isinstance(here, list)
            here = _entry(here, step)
        else:
            assert isinstance(here, dict)
            here = here.setdefault(step, [] if isinstance(following, Entry) else {})
    assert isinstance(here, dict)
    amount = Decimal(str(fact.value)) * (_YUAN if unit == "元" else 1)
    here[fact.key] = f"{amount.normalize():f}"


def _entry(items: list[Node], step: Entry) -> dict[str, Node]:
    for item in items:
        if isinstance(item, dict) and item.get(step.key) == step.value:
            return item
    made: dict[str, Node] = {step.key: step.value}
    items.append(made)
    return made


def _project(known: Mapping[str, Node]) -> dict[str, Node]:
    """A project as it may go on: its texts and its indicators without their values."""
    project = _kept(known, _OF_PROJECT)
    money: list[Node] = [_kept(line, _OF_MONEY) for line in _mappings(known.get("资金"))]
    project |= {"资金": money} if money else {}
    target = known.get("绩效目标", known)
    if isinstance(target, dict):
        inner = _kept(target, _OF_TARGET)
        indicators: list[Node] = [_kept(each, _OF_INDICATOR) for each in _mappings(target.get("指标"))]
        inner |= {"指标": indicators} if indicators else {}
        project |= {"绩效目标": inner} if "绩效目标" in known else inner
    return project


def _kept(known: Mapping[str, Node], names: Sequence[str]) -> dict[str, Node]:
    return {name: known[name] for name in names if name in known}


def _mappings(node: Node | None) -> Sequence[Mapping[str, Node]]:
    return [each for each in node if isinstance(each, dict)] if isinstance(node, list) else []
