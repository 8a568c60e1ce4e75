"""A pack's manifest (pack.yaml): its name, parent, options and editions."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

OptionValue = str | bool | int | list[Any] | dict[str, Any]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OptionDefinition(_Part):
    """What an option means, what it may be, and its default."""

    meaning: str = Field(alias="含义")
    kind: Literal["文字", "是否", "选择", "清单", "对照"] = Field("文字", alias="类型")
    choices: tuple[str, ...] = Field((), alias="可选")
    default: OptionValue = Field(alias="默认")

    def problem(self, value: object) -> str | None:
        """Why ``value`` cannot be taken for this option, or None."""
        expected = {"文字": str, "是否": bool, "选择": str, "清单": list, "对照": dict}[self.kind]
        if not isinstance(value, expected):
            return f"应为{self.kind}"
        if self.kind == "选择" and value not in self.choices:
            return f"只能是{'、'.join(self.choices)}，现为“{value}”"
        if isinstance(self.default, dict) and isinstance(value, dict):
            unknown = [key for key in value if key not in self.default]
            return f"不认识“{unknown[0]}”，可写：{'、'.join(self.default)}" if unknown else None
        return None


class Edition(_Part):
    """What a pack says otherwise from a fiscal year on; ``folder`` holds its own templates."""

    year: int = Field(alias="年度")
    kinds: tuple[Literal["预算", "决算"], ...] = Field(("预算", "决算"), alias="文种")
    folder: str | None = Field(None, alias="目录", pattern=r"^[\w-]+$")
    options: dict[str, OptionValue] = Field(default_factory=dict, alias="选项")


class Manifest(_Part):
    """pack.yaml."""

    name: str = Field(alias="名称")
    description: str = Field("", alias="说明")
    parent: str | None = Field(None, alias="上级", pattern=r"^[\w-]+$")
    definitions: dict[str, OptionDefinition] = Field(default_factory=dict, alias="选项定义")
    options: dict[str, OptionValue] = Field(default_factory=dict, alias="选项")
    editions: tuple[Edition, ...] = Field((), alias="版本")

    def edition(self, kind: str, year: int) -> Edition | None:
        """The newest edition for the kind of document that is not later than ``year``."""
        fitting = [e for e in self.editions if kind in e.kinds and e.year <= year]
        return max(fitting, key=lambda e: e.year, default=None)
