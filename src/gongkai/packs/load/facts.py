"""The facts that a chain of packs declares (事实, 比较 in pack.yaml), as the model of the data file takes them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Annotated, Any

from pydantic import Field, StringConstraints, field_validator, model_validator

from gongkai.findings import Finding, FindingsError, Level, shown
from gongkai.kinds import KINDS
from gongkai.model.base import Flag
from gongkai.model.disclosure import Disclosure
from gongkai.model.own.declared import (
    CURRENT,
    NOTHING,
    Comparison,
    Declared,
    FactType,
    OwnComparison,
    Owner,
    OwnFact,
)
from gongkai.model.own.extend import extended, records_in
from gongkai.model.own.places import COMPARED, OWNERS
from gongkai.model.unit import Scope

from .find import Layer
from .manifest import KindName, PackPart
from .merged import Branch, Merged, nearest, validate

FACTS, COMPARISONS = "事实", "比较"
_LOST = "无"
_NAME = re.compile(r"[^\s+\-−－＋*×/÷()\[\],，=＝≠|｜@.\"'{}<>&:#]{1,30}")
"""A name that an expression can say, and a template behind a dot."""
_MOST = 100
"""Facts of a pack, and fields of a list."""

_Name = Annotated[str, StringConstraints(min_length=1, max_length=30)]


class ComparisonForm(PackPart):
    """With what a fact is compared."""

    reason: _Name | None = Field(None, alias="原因", description="写明变动原因的名称，如 原因；不写就没有原因")
    required: Flag = Field(True, alias="必填", description="数和原因是否必须写；不写就是必须")
    meaning: str = Field("", alias="含义", description="给填的人看的话")


class FieldForm(PackPart):
    """A field of the records of a list."""

    type: FactType = Field(FactType.TEXT, alias="类型", description="、".join(t for t in FactType if t != "清单"))
    unit: str = Field("", alias="单位", description="数量的单位，如 个、人次；金额总是照文件的金额单位写")
    required: Flag = Field(False, alias="必填", description="不写就可以不填")
    meaning: str = Field("", alias="含义", description="给填的人看的话")

    @field_validator("type")
    @classmethod
    def _is_plain(cls, value: FactType) -> FactType:
        if value is FactType.LIST:
            raise ValueError("清单里不能再有清单")
        return value


class FactForm(PackPart):
    """A fact of a pack."""

    type: FactType = Field(alias="类型", description="、".join(FactType))
    owner: Owner = Field(Owner.FILE, alias="属于", description="、".join(Owner) + "；不写就是文件")
    kinds: tuple[KindName, ...] = Field(tuple(KINDS), alias="文种", min_length=1, description="不写就是各文种都有")
    scopes: tuple[Scope, ...] = Field(tuple(Scope), alias="口径", min_length=1, description="不写就是各口径都有")
    unit: str = Field("", alias="单位", description="数量的单位，如 个、人次；金额总是照文件的金额单位写")
    required: Flag = Field(False, alias="必填", description="不写就可以不填")
    meaning: str = Field("", alias="含义", description="给填的人看的话")
    comparisons: dict[str, ComparisonForm] = Field(
        default_factory=dict,
        alias="比较",
        description="与什么比，名称: {原因: 原因的名称}；写了就填成 {本年: …, 上年: …}",
    )
    fields: dict[str, FieldForm] = Field(default_factory=dict, alias="各项", description="清单里每一条写什么")

    @model_validator(mode="after")
    def _fits_its_type(self) -> FactForm:
        if (self.type is FactType.LIST) != bool(self.fields):
            raise ValueError("“各项”写在且只写在“类型: 清单”里：每一条写什么")
        if self.comparisons and self.type not in {FactType.AMOUNT, FactType.COUNT, FactType.RATE}:
            raise ValueError("只有金额、数量、比率有“比较”")
        if self.type is FactType.LIST and self.owner is not Owner.FILE:
            raise ValueError("清单只能属于文件")
        if max(len(self.fields), len(self.comparisons)) > _MOST:
            raise ValueError(f"太多，最多 {_MOST} 样")
        return self


class OwnComparisonForm(ComparisonForm):
    """A further comparison of what every file has."""

    places: tuple[str, ...] = Field(alias="用于", min_length=1, description="哪些数有这个比较，可写的见下")
    kinds: tuple[KindName, ...] = Field(tuple(KINDS), alias="文种", min_length=1, description="不写就是各文种都有")
    scopes: tuple[Scope, ...] = Field(tuple(Scope), alias="口径", min_length=1, description="不写就是各口径都有")


def declared(chain: Sequence[Layer], kind: str, scope: str) -> Declared:
    """What a chain of packs declares for a kind of document and a 口径. Raises FindingsError for every mistake."""
    facts, comparisons = stated(chain, FACTS), stated(chain, COMPARISONS)
    if not facts.sources and not comparisons.sources:
        return NOTHING
    findings: list[Finding] = []
    own = [*_facts(facts, kind, scope, findings)]
    beside = [*_comparisons(comparisons, kind, scope, findings)]
    findings += _clashes(kind, own, beside, facts, comparisons)
    if findings:
        raise FindingsError(findings)
    return Declared(tuple(own), tuple(beside))


def _clashes(
    kind: str, own: Sequence[OwnFact], beside: Sequence[OwnComparison], facts: Merged, comparisons: Merged
) -> Iterator[Finding]:
    """Two names of a pack at one place of the file: what is typed there would count for both."""
    written: dict[tuple[tuple[str, ...], str], str] = {}
    said: list[tuple[str, tuple[str, ...], Sequence[tuple[str, ...]], str, Merged]] = [
        (fact.name, (fact.name,), OWNERS[kind][fact.owner], FACTS, facts) for fact in own
    ]
    for one in beside:
        names = tuple(filter(None, (one.comparison.name, one.comparison.reason)))
        said.append((one.comparison.name, names, COMPARED[kind][one.place], COMPARISONS, comparisons))
    for entry, names, places, key, merged in said:
        for name in names:
            first = {written.setdefault((steps, name), f"{key}“{entry}”") for steps in places}
            others = first - {f"{key}“{entry}”"} or ({f"{key}“{entry}”"} if names.count(name) > 1 else set())
            if others:
                message = f"{key}“{entry}”的名称“{name}”在同一处已经是{others.pop()}的"
                yield _wrong(merged, (entry,), message, "请换一个名称")
                break


def declarers(chain: Sequence[Layer], key: str, name: str) -> list[str]:
    """The packs of a chain that speak of a fact or comparison, the most specific first."""
    packs = {layer.pack.id: layer.pack for layer in chain}
    return [pack.id for pack in packs.values() if pack.source.has((key, name))]


def model_of_files(kind: str, declared: Declared) -> type[Disclosure]:
    """The model of the data files of a kind with what their pack declares."""
    model: Any = extended(KINDS[kind].model.value, kind, declared)
    made: type[Disclosure] = model
    return made


def stated(chain: Sequence[Layer], key: str) -> Merged:
    """What the packs of a chain say under a key; their editions say nothing of facts."""
    packs = {layer.pack.id: layer.pack for layer in chain}
    return Merged([pack.source.under(key) for pack in packs.values()])


def _entries(merged: Merged, key: str, form: type[Any], findings: list[Finding]) -> Iterator[tuple[str, Any]]:
    """The entries under a key, read; one that a child has dropped (无) is none."""
    data = merged.data
    if not isinstance(data, dict):
        findings.append(_wrong(merged, (), f"“{key}”下面应是“名称: …”"))
        return
    if len(data) > _MOST:
        findings.append(_wrong(merged, (), f"“{key}”太多：{len(data)} 样，最多 {_MOST} 样"))
        return
    findings += _empty(merged, key)
    for name, entry in data.items():
        if entry == _LOST:
            continue
        if not _NAME.fullmatch(name):
            findings.append(_wrong(merged, (name,), f"“{key}”的名称“{shown(name)}”里不能有空格和符号，最多 30 个字"))
            continue
        try:
            branches = [Branch(source.tree, (*source.path, name)) for source in merged.sources]
            yield name, validate(form, Merged(branches), (key, name))
        except FindingsError as error:
            findings += error.findings


def _empty(merged: Merged, key: str) -> Iterator[Finding]:
    """Names with nothing behind them: no file has them, and what is meant by them cannot be known."""
    for source in merged.sources:
        for path in source.tree.blanks:
            if path[:-1] == source.path:
                message = f"“{key}”的“{shown(str(path[-1]))}”后面什么都没有写"
                yield Finding("GK502", Level.ERROR, message, "请写全，不要的删去", place=source.tree.key_place(path))


def _wrong(merged: Merged, path: tuple[str | int, ...], message: str, advice: str = "") -> Finding:
    return Finding("GK502", Level.ERROR, message, advice, place=merged.place(path))


def _facts(merged: Merged, kind: str, scope: str, findings: list[Finding]) -> Iterator[OwnFact]:
    for name, form in _entries(merged, FACTS, FactForm, findings):
        if kind not in form.kinds or scope not in form.scopes:
            continue
        taken = _taken(kind, form.owner)
        if name in taken:
            message = f"事实“{name}”：{form.owner}里已经有这个名称"
            findings.append(_wrong(merged, (name,), message, "请换一个名称"))
            continue
        names = [*form.comparisons, *filter(None, (c.reason for c in form.comparisons.values())), *form.fields]
        twice = [one for one in names if names.count(one) > 1 or one == CURRENT or not _NAME.fullmatch(one)]
        if twice:
            findings.append(_wrong(merged, (name,), f"事实“{name}”里的名称“{shown(twice[0])}”写了两次，或不能用"))
            continue
        yield OwnFact(
            name=name,
            type=form.type,
            owner=form.owner,
            meaning=form.meaning,
            unit=form.unit,
            required=form.required,
            comparisons=tuple(_comparison(one, each) for one, each in form.comparisons.items()),
            fields=tuple(
                OwnFact(one, each.type, Owner.FILE, each.meaning, each.unit, each.required)
                for one, each in form.fields.items()
            ),
        )


def _comparison(name: str, form: ComparisonForm) -> Comparison:
    return Comparison(name, form.reason or "", form.required, form.meaning)


def _comparisons(merged: Merged, kind: str, scope: str, findings: list[Finding]) -> Iterator[OwnComparison]:
    known = {place for places in COMPARED.values() for place in places}
    for name, form in _entries(merged, COMPARISONS, OwnComparisonForm, findings):
        for number, place in enumerate(form.places):
            if place not in known:
                message = f"比较“{name}”的“用于”：没有“{shown(place)}”"
                findings.append(_wrong(merged, (name, "用于", number), message, nearest(place, sorted(known))))
            elif kind in form.kinds and scope in form.scopes and place in COMPARED[kind]:
                names = _fields_at(kind, COMPARED[kind][place])
                clash = next((one for one in (name, form.reason) if one in names), None)
                if clash is not None:
                    message = f"比较“{name}”：{place}里已经有名称“{clash}”"
                    findings.append(_wrong(merged, (name,), message, "请换一个名称"))
                    continue
                yield OwnComparison(place, _comparison(name, form))


def _taken(kind: str, owner: Owner) -> Collection[str]:
    """The names that a record of the file has already."""
    return _fields_at(kind, OWNERS[kind][owner])


def _fields_at(kind: str, places: Sequence[tuple[str, ...]]) -> Collection[str]:
    found: set[str] = set()
    for steps in places:
        model: Any = KINDS[kind].model.value
        for step in steps:
            model = next(records_in(model.model_fields[step].annotation))
        found |= {str(field.alias) for field in model.model_fields.values()}
    return found
