"""A pack's manifest (pack.yaml): its name, parent, options and editions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticKnownError

from gongkai.findings import Path, shown
from gongkai.kinds import KINDS
from gongkai.model.base import Flag
from gongkai.model.unit import Scope
from gongkai.model.validation import Setting
from gongkai.source.tree import Node

from . import needed

_VERSION = r"^$|^[\w.+-]+$"

OptionValue = str | bool | list[str] | dict[str, str]

_FLAG: TypeAdapter[bool] = TypeAdapter(Flag)


class PackPart(BaseModel):
    """A part of what a pack.yaml says."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")


class OptionDefinition(PackPart):
    """What an option means, what it may be, and its default."""

    meaning: str = Field(alias="含义")
    kind: Literal["文字", "是否", "选择", "清单", "对照"] = Field("文字", alias="类型")
    choices: tuple[str, ...] = Field((), alias="可选")
    default: Any = Field(alias="默认")
    words: tuple[str, ...] = Field((), alias="另可填")
    """What its texts may name in braces beside {单位}, {年度} and {口径}."""
    extensible: Flag = Field(False, alias="可增")
    """Whether a 对照 may have entries that the default has not, and lose some of those that it has."""

    @property
    def fixed_entries(self) -> tuple[str, ...]:
        """The entries that a value of it always has, for the program asks for them."""
        return () if self.extensible or not isinstance(self.default, dict) else tuple(self.default)

    def problem(self, value: Node) -> tuple[str, Path] | None:
        """Why ``value`` cannot be taken for this option, and the way to what is wrong in it; or None."""
        if self.kind == "是否":
            return None if _flag(value) is not None else ("应写“是”或“否”", ())
        expected = {"文字": str, "选择": str, "清单": list, "对照": dict}[self.kind]
        if not isinstance(value, expected):
            return f"应为{self.kind}", ()
        if self.kind == "选择" and value not in self.choices:
            return f"只能是{'、'.join(self.choices)}，现为“{shown(value)}”", ()
        return self._wrong_entry(value)

    def _wrong_entry(self, value: Node) -> tuple[str, Path] | None:
        if isinstance(value, list):
            return next(
                ((f"第 {i} 项应为文字", (i - 1,)) for i, entry in enumerate(value, 1) if not isinstance(entry, str)),
                None,
            )
        for key, entry in value.items() if isinstance(value, dict) else ():
            if key not in self.default and not self.extensible:
                return f"不认识“{shown(key)}”，可写：{'、'.join(self.default)}", (key,)
            if not isinstance(entry, str):
                return f"“{shown(key)}”应为文字", (key,)
        return None

    def read(self, value: Any) -> OptionValue:
        """A value without problem, as templates see it."""
        flag = _flag(value) if self.kind == "是否" else None
        typed: OptionValue = value if flag is None else flag
        return typed


def _flag(value: Node) -> bool | None:
    try:
        return _FLAG.validate_python(value)
    except ValidationError:
        return None


def _known_kind(name: str) -> str:
    if name not in KINDS:
        raise PydanticKnownError("literal_error", {"expected": " or ".join(f"'{kind}'" for kind in KINDS)})
    return name


KindName = Annotated[str, AfterValidator(_known_kind)]
"""文种."""

SCOPES = tuple(scope.value for scope in Scope)
"""Every 口径."""


class Edition(PackPart):
    """What a pack says otherwise from a fiscal year on; ``folder`` holds its own templates."""

    year: int = Field(alias="年度")
    kinds: tuple[KindName, ...] = Field(tuple(KINDS), alias="文种", min_length=1)
    scopes: tuple[Scope, ...] = Field(tuple(Scope), alias="口径", min_length=1)
    folder: str | None = Field(None, alias="目录", pattern=r"^[\w-]+$")
    options: dict[str, Any] = Field(default_factory=dict, alias="选项")

    @property
    def of_one_scope(self) -> bool:
        """Whether it is for one 口径 alone."""
        return len(set(self.scopes)) == 1

    def fits(self, kind: str, scope: str, year: int) -> bool:
        """Whether it may be used for a document of this kind, 口径 and year."""
        return kind in self.kinds and scope in self.scopes and self.year <= year

    @property
    def label(self) -> str:
        """How it is called: 2024 年版（预算、部门）."""
        kinds = [] if {*self.kinds} == {*KINDS} else [*dict.fromkeys(self.kinds)]
        limits = "、".join([*kinds, *(self.scopes[:1] if self.of_one_scope else ())])
        return f"{self.year} 年版" + (f"（{limits}）" if limits else "")


class Manifest(PackPart):
    """pack.yaml. Values of options are checked when the chain of parents is known."""

    name: str = Field(alias="名称")
    description: str = Field("", alias="说明")
    version: str = Field("", alias="版本号", pattern=_VERSION, max_length=50)
    """The designer's own number of this state of the pack."""
    needs: str = Field("", alias="需要程序", pattern=f"^$|{needed.PATTERN}")
    """The least version of the program that can use it: >=0.2."""
    parent: str | None = Field(None, alias="上级", pattern=r"^[\w-]+$")
    definitions: dict[str, Any] = Field(default_factory=dict, alias="选项定义")
    """Each is an OptionDefinition, or under the name of a kind a group of them."""
    options: dict[str, Any] = Field(default_factory=dict, alias="选项")
    editions: tuple[Edition, ...] = Field((), alias="版本")
    levels: dict[str, Setting] = Field(default_factory=dict, alias="校验级别")
    facts: dict[str, Any] = Field(default_factory=dict, alias="事实")
    """What files of this pack state beside what all files state; each is a FactForm."""
    comparisons: dict[str, Any] = Field(default_factory=dict, alias="比较")
    """What they compare with beside last year; each is an OwnComparisonForm."""

    def edition(self, kind: str, year: int, scope: str) -> int | None:
        """The number of the edition for a kind of document and a 口径 in a year; None where none fits.

        It is the newest that is not later than ``year``; of one year, that which is for this 口径 alone; of those
        that are still equal, the one written first. What the others say does not hold beside it.
        """
        fitting = [(e.year, e.of_one_scope, -i) for i, e in enumerate(self.editions) if e.fits(kind, scope, year)]
        return -max(fitting)[-1] if fitting else None

    def hidden_editions(self) -> Iterator[tuple[int, list[int]]]:
        """Editions that are never chosen, each with those that are chosen before it wherever it would fit."""
        for number, edition in enumerate(self.editions):
            # Which is chosen changes only in the years of editions: one that is ever chosen is so in its own year.
            chosen = {self.edition(kind, edition.year, scope) for kind in edition.kinds for scope in edition.scopes}
            if number not in chosen:
                yield number, sorted(other for other in chosen if other is not None)
