"""Stand-ins for what another file would supply, where it cannot be used or nobody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.findings import Path
from gongkai.model.own.declared import CURRENT, Declared, Owner
from gongkai.model.words import EACH
from gongkai.source.tree import Node, Tree
from gongkai.statements.named_files.own import SECTIONS, supplied

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


def complete_own(tree: Tree, wanted: Declared) -> None:
    """Write 0 for every comparison of a pack that another file might supply, and that must be there."""
    if not wanted:
        return
    kind = str(tree.data.get("文种"))
    due = supplied(kind)
    for fact in wanted.facts:
        names = [one.name for one in fact.comparisons if one.required and one.name in due]
        holders = _at(tree.data, _HOLDERS[fact.owner](kind))
        _complete(tree, (slot for holder in holders for slot in _below(holder, fact.name)), names)
    for own in wanted.comparisons:
        if own.comparison.required and own.comparison.name in due:
            steps = _COMPARED.get(own.place, (own.place, EACH))
            way = (SECTIONS[kind][0], *steps) if own.place == "科目变动" else steps
            _complete(tree, _at(tree.data, way), [own.comparison.name])


_HOLDERS: Mapping[Owner, Callable[[str], tuple[str, ...]]] = {
    Owner.FILE: lambda kind: (),
    Owner.SUBJECT: lambda kind: (SECTIONS[kind][0],),
    Owner.PROJECT: lambda kind: (SECTIONS[kind][1],),
    Owner.THREE_PUBLIC: lambda kind: ("三公经费", EACH),
}
"""The way to what facts belong to."""
_COMPARED = {"三公项": ("三公经费", EACH), "科目变动": ("变动", EACH), "机关运行经费": ("机关运行经费",)}
"""The way to what has further comparisons, where it is not the entries of a section."""


def _at(data: dict[str, Any], way: Sequence[str]) -> list[Slot]:
    """The mappings to which a way leads."""
    found = [Slot((), data)]
    for step in way:
        found = [below for slot in found for below in _below(slot, step)]
    return found


def _below(slot: Slot, step: str) -> Iterator[Slot]:
    """The mappings under a name, or in all entries; a list of mappings is all of them."""
    for key, value in slot.value.items():
        if step in {EACH, key}:
            path = (*slot.path, key)
            inner = [(path, value)] if not isinstance(value, list) else [((*path, i), v) for i, v in enumerate(value)]
            yield from (Slot(at, one) for at, one in inner if isinstance(one, dict))


def _complete(tree: Tree, slots: Iterable[Slot], names: Sequence[str]) -> None:
    for slot in slots:
        for name in names:
            if name not in slot.value:
                write(tree, slot, name, "0")


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
        if "原因" in value and not (CURRENT in value and len(path) > 1):  # what a pack declares is not compared so
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
