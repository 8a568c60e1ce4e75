"""Stand-ins for what another file would supply, where it cannot be used or nobody asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gongkai.findings import Path
from gongkai.source.tree import Node, Tree

PRIOR = "上年"
_EXPLAINED = {"收入", "支出", "支出变动", "科目收支", "总体变动", "机关运行经费"}
"""Sections whose reasons each stand beside an 上年 that must be there."""

_UNSAID = "—"
_OF_INDICATOR = {"一级": _UNSAID, "二级": _UNSAID, "指标值": _UNSAID, "依据": _UNSAID, "权重": "0"}


@dataclass(frozen=True)
class Slot:
    """A mapping of the file that has, or should have, what another file says."""

    path: Path
    value: dict[str, Any]


def complete_priors(tree: Tree) -> bool:
    """Write 0 for every 上年 that is not written; whether there was any."""
    sections = [section for section in tree.data if section in _EXPLAINED]
    slots = [slot for section in sections for slot in _explained(tree.data[section], (section,))]
    missing = [slot for slot in slots if PRIOR not in slot.value]
    for slot in missing:
        write(tree, slot, PRIOR, "0")
    return bool(missing)


def complete_targets(tree: Tree) -> bool:
    """Write a dash for everything that a final account may leave to the budget; whether there was any."""
    missing = list(_untold(tree))
    for slot, key, text in missing:
        write(tree, slot, key, text)
    return bool(missing)


def write(tree: Tree, slot: Slot, key: str, value: Node) -> None:
    """Put into a mapping what the file does not say there."""
    slot.value[key] = value
    if (*slot.path, key) in tree.blanks:  # the name stood there with nothing behind it
        tree.blanks.remove((*slot.path, key))
        tree.keys.pop((*slot.path, key))  # what stands there now is not the clerk's


def _explained(value: object, path: Path) -> Iterator[Slot]:
    """Every mapping in a section that gives a reason, and so compares with last year."""
    if isinstance(value, dict):
        if "原因" in value:
            yield Slot(path, value)
        for key, child in value.items():
            yield from _explained(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _explained(child, (*path, index))


def _untold(tree: Tree) -> Iterator[tuple[Slot, str, Node]]:
    """What a final account may leave to the budget that it names, and does not say."""
    profile = tree.data.get("概况")
    if isinstance(profile, dict) and "主要职能" not in profile:
        yield Slot(("概况",), profile), "主要职能", [_UNSAID]
    projects = tree.data.get("项目绩效自评")
    evaluations: list[tuple[Path, object]] = [(("整体绩效自评",), tree.data.get("整体绩效自评"))]
    evaluations += [(("项目绩效自评", i), p) for i, p in enumerate(projects if isinstance(projects, list) else ())]
    for path, evaluation in evaluations:
        if not isinstance(evaluation, dict):
            continue
        if "预期目标" not in evaluation:
            yield Slot(path, evaluation), "预期目标", _UNSAID
        results = evaluation.get("指标")
        for j, result in enumerate(results if isinstance(results, list) else ()):
            for key, text in _OF_INDICATOR.items():
                if isinstance(result, dict) and key not in result:
                    yield Slot((*path, "指标", j), result), key, text
