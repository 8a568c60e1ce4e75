"""Last year's file (上年文件): it supplies every 上年 that is not written, and is held against those that are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path as File
from typing import Any

from gongkai.findings import Finding, FindingsError, Level, Path
from gongkai.model.base import MAX_DIGITS, in_unit
from gongkai.model.disclosure import Disclosure
from gongkai.prose.numbers import round_half_up
from gongkai.statements.prior import ITEMS, headcounts, next_years_priors

from .tree import Tree

KEY = "上年文件"
PRIOR, CHANGE = "上年", "增减"
_SUFFIXES = {".yaml", ".yml"}
_EXPLAINED = {"收入", "支出", "支出变动", "科目收支", "总体变动", "机关运行经费"}
"""Sections whose reasons each stand beside an 上年 that must be there."""

_MAY_BE_LEFT_OUT = "离休"
"""The one standing that a file need not state."""

Reader = Callable[[File], Disclosure]


@dataclass(frozen=True)
class _Slot:
    """A mapping of the file that has, or should have, last year's figure."""

    path: Path
    value: dict[str, Any]


def last_years_model(tree: Tree, read: Reader) -> Disclosure | None:
    """What last year's file says; None where none is named, or none that can be used.

    What is wrong with its name is one mistake: told as such, without each 上年 that is missing because of it.
    """
    name = tree.data.get(KEY)
    if isinstance(name, str):
        try:
            return _read(tree, File(tree.file).parent / name.strip(), read)
        except FindingsError as error:
            tree.findings += error.findings
            complete(tree)
    elif name is not None:
        complete(tree)  # the model says what should stand there
    elif (KEY,) in tree.blanks and complete(tree):
        advice = "请写上年数据文件的名称，如 ../2023/单位预算.yaml；也可删去这一行，逐处写“上年”"
        tree.findings += _unusable(tree, "“上年文件”后面没有写文件名", advice).findings
    return None


def supply(tree: Tree, model: Disclosure) -> list[Finding]:
    """Fill in the 上年 and 增减 that are not written, from last year's ``model``; findings for those that disagree."""
    findings = [*_fill_priors(tree, next_years_priors(model)), *_fill_changes(tree, headcounts(model))]
    return [*findings, *_missing(tree, next_years_priors(model))]


def _unit(tree: Tree, path: Path) -> str:
    """The unit of amounts at a path: its section's own, or the file's."""
    own = tree.data.get("分节金额单位")
    return str((own.get(str(path[0])) if isinstance(own, dict) else None) or tree.data.get("金额单位", ""))


def complete(tree: Tree) -> bool:
    """Write 0 for every 上年 that is not written, where nobody asks for the year before; whether there was any."""
    sections = [section for section in tree.data if section in _EXPLAINED]
    slots = [slot for section in sections for slot in _explained(tree.data[section], (section,))]
    missing = [slot for slot in slots if PRIOR not in slot.value]
    for slot in missing:
        _write(tree, slot, PRIOR, "0")
    return bool(missing)


def _explained(value: object, path: Path) -> Iterator[_Slot]:
    """Every mapping in a section that gives a reason, and so compares with last year."""
    if isinstance(value, dict):
        if "原因" in value:
            yield _Slot(path, value)
        for key, child in value.items():
            yield from _explained(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _explained(child, (*path, index))


def _write(tree: Tree, slot: _Slot, key: str, text: str) -> None:
    slot.value[key] = text
    if (*slot.path, key) in tree.blanks:  # the name stood there with nothing behind it
        tree.blanks.remove((*slot.path, key))


def _read(tree: Tree, file: File, read: Reader) -> Disclosure:
    """Last year's file as a model. Nothing of what it says is quoted: it may be any file."""
    if file.suffix.lower() not in _SUFFIXES:
        raise _unusable(tree, "上年文件应是 .yaml 文件", "请写上年数据文件的名称，如 ../2023/单位预算.yaml")
    try:
        model = read(file)
    except FindingsError:
        raise _unusable(tree, "上年文件读不出来，或有错误", f"请先核对它：gongkai check {file}") from None
    kind, year = str(tree.data.get("文种")), str(tree.data.get("年度", "")).strip()
    # A kind or year that cannot be is a mistake of its own.
    if (kind in ITEMS and model.kind != kind) or (year.isascii() and year.isdecimal() and str(model.year + 1) != year):
        told = f"上年文件是 {model.year} 年的{model.kind}，应为上一年度的{kind}"
        raise _unusable(tree, told, "请核对文件名；也可删去“上年文件”，逐处写“上年”")
    return model


def _unusable(tree: Tree, message: str, advice: str) -> FindingsError:
    return FindingsError([Finding("GK121", Level.ERROR, message, advice, (KEY,), tree.place((KEY,)))])


def _slots(tree: Tree, path: Path) -> Iterator[_Slot]:
    value = _at(tree.data, path)
    if isinstance(value, dict):
        yield _Slot(path, value)


def _at(data: object, path: Path) -> object:
    for step in path:
        if isinstance(data, dict):
            data = data.get(str(step))
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step]
        else:
            return None
    return data


def _places(tree: Tree, path: Path) -> Iterator[Path]:
    """Where this file has what last year's path speaks of: the 科目 becomes the index of its entry."""
    items = ITEMS.get(str(tree.data.get("文种")), "")
    if path[0] != items:
        yield path
        return
    entries = tree.data.get(items)
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict) and entry.get("科目") == path[1]:
            yield (items, index, *path[2:])


def _fill_priors(tree: Tree, priors: Mapping[Path, Decimal]) -> Iterator[Finding]:
    for key, prior in priors.items():
        unit = _unit(tree, key)
        for path in _places(tree, key):
            for slot in _slots(tree, path):
                amount = prior / in_unit(unit)["scale"]
                stated = slot.value.get(PRIOR)
                if stated is None:
                    _write(tree, slot, PRIOR, f"{amount:f}")
                elif (number := _number(stated)) is not None and number not in {amount, round_half_up(amount)}:
                    yield _disagreement(tree, (*path, PRIOR), number, amount, unit)
    complete(tree)  # what last year's file does not know either is nothing


def _fill_changes(tree: Tree, counts: Mapping[Path, int]) -> Iterator[Finding]:
    for path, before in counts.items():
        people = _at(tree.data, path[:-1])
        if before and path[-1] == _MAY_BE_LEFT_OUT and isinstance(people, dict) and path[-1] not in people:
            people[path[-1]] = {"人数": "0"}  # nobody is left of those who were there
        for slot in _slots(tree, path):
            now, stated = _number(slot.value.get("人数")), slot.value.get(CHANGE)
            if now is None or now != now.to_integral_value():
                continue
            if stated is None:
                _write(tree, slot, CHANGE, str(int(now) - before))
            elif (number := _number(stated)) is not None and number != now - before:
                yield _disagreement(tree, (*path, CHANGE), number, now - before, "人")


def _number(text: object) -> Decimal | None:
    """A figure as the model will read it; None for what the model will complain about."""
    plain = str(text).replace(",", "").removeprefix("+")
    if len(plain) > MAX_DIGITS:
        return None
    return Decimal(plain) if plain.removeprefix("-").replace(".", "", 1).isdecimal() and plain.isascii() else None


def _disagreement(tree: Tree, path: Path, stated: Decimal, expected: Decimal, unit: str) -> Finding:
    message = (
        f"这里写的是 {stated:,f} {unit}，按上年文件应为 {expected:,f} {unit}，相差 {abs(stated - expected):,f} {unit}"
    )
    advice = "以写明的为准；上年文件无误的，删去这一处即可"
    return Finding("GK122", Level.WARNING, message, advice, path, tree.place(path), stated, expected)


def _missing(tree: Tree, priors: Mapping[Path, Decimal]) -> Iterator[Finding]:
    """科目 that had money last year, of which this file says nothing: the explanations would leave them out."""
    items = ITEMS.get(str(tree.data.get("文种")), "")
    unit = _unit(tree, (items,))
    for key, prior in priors.items():
        if key[0] != items or not prior or key[-1] in {"财政专户", "单位资金"}:
            continue
        paths = list(_places(tree, key))
        if any(_at(tree.data, path) is not None for path in paths):
            continue
        amount = prior / in_unit(unit)["scale"]
        message = f"上年文件里科目 {key[1]} 有{key[-1]} {amount:,f} {unit}，这里没有写它的“变动”"
        advice = f"请在“{items}”里写上该科目的“变动”；并入别的科目的，在那里的原因中说明"
        path = paths[0] if paths else (items,)
        place, nothing = tree.place(path), Decimal(0)
        yield Finding("GK123", Level.WARNING, message, advice, path, place, nothing, amount)
