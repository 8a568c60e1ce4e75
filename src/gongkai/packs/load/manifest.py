"""A pack's manifest (pack.yaml): its name, parent, options and editions."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticKnownError

from gongkai.findings import Path, shown
from gongkai.kinds import KINDS
from gongkai.model.base import Flag
from gongkai.model.validation import Setting
from gongkai.source.tree import Node

OptionValue = str | bool | list[str] | dict[str, str]

_FLAG: TypeAdapter[bool] = TypeAdapter(Flag)


class _Part(BaseModel):
    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")


class OptionDefinition(_Part):
    """What an option means, what it may be, and its default."""

    meaning: str = Field(alias="含义")
    kind: Literal["文字", "是否", "选择", "清单", "对照"] = Field("文字", alias="类型")
    choices: tuple[str, ...] = Field((), alias="可选")
    default: Any = Field(alias="默认")
    words: tuple[str, ...] = Field((), alias="另可填")
    """What its texts may name in braces beside {单位}, {年度} and {口径}."""
    extensible: Flag = Field(False, alias="可增")
    """Whether a 对照 may have entries that the default has not."""

    def problem(self, value: Node) -> tuple[str, Path] | None:
        """Why ``value`` cannot be taken for this option, and the way to what is wrong in it; or None."""
        if self.kind == "是否":
            return None if _flag(value) is not None else ("应写“是”或“否”", ())
        expected = {"文字": str, "选择": str, "清单": list, "对照": dict}[self.kind]
        if not isinstance(value, expected):
            return f"应为{self.kind}", ()
        if self.kind == "选择" and value not in self.choices:
            return f"只能是{'、'.join(self.choices)}，现为“{shown(str(value))}”", ()
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


class Edition(_Part):
    """What a pack says otherwise from a fiscal year on; ``folder`` holds its own templates."""

    year: int = Field(alias="年度")
    kinds: tuple[KindName, ...] = Field(tuple(KINDS), alias="文种")
    folder: str | None = Field(None, alias="目录", pattern=r"^[\w-]+$")
    options: dict[str, Any] = Field(default_factory=dict, alias="选项")


class Manifest(_Part):
    """pack.yaml. Values of options are checked when the chain of parents is known."""

    name: str = Field(alias="名称")
    description: str = Field("", alias="说明")
    parent: str | None = Field(None, alias="上级", pattern=r"^[\w-]+$")
    definitions: dict[str, Any] = Field(default_factory=dict, alias="选项定义")
    """Each is an OptionDefinition, or under the name of a kind a group of them."""
    options: dict[str, Any] = Field(default_factory=dict, alias="选项")
    editions: tuple[Edition, ...] = Field((), alias="版本")
    levels: dict[str, Setting] = Field(default_factory=dict, alias="校验级别")

    def edition(self, kind: str, year: int) -> Edition | None:
        """The newest edition for the kind of document that is not later than ``year``."""
        fitting = [e for e in self.editions if kind in e.kinds and e.year <= year]
        return max(fitting, key=lambda e: e.year, default=None)
