"""What a file says about its own checking (校验): other levels, findings that are waived, what may be published."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, WithJsonSchema
from pydantic_core import PydanticCustomError

from gongkai.findings import shown
from gongkai.texts.plain import bare

from .base import Model, Text

_RULE_CODE = re.compile(r"GK\d{3}", re.ASCII)


class Setting(StrEnum):
    """What a rule's findings count as."""

    ERROR = "错误"
    WARNING = "警告"
    HINT = "提示"
    OFF = "不查"


def _rule_code(value: Any) -> str:
    text = value.strip().upper() if isinstance(value, str) else ""
    if _RULE_CODE.fullmatch(text):
        return text
    message = f"“{shown(value)}”不是规则代码" if text else "此处应填规则代码"
    advice = "写作 GK 加三位数字，如 GK409；全部代码见 gongkai rules"
    raise PydanticCustomError("code_format", "{message}", {"message": message, "advice": advice})


RuleCode = Annotated[
    str, BeforeValidator(_rule_code), WithJsonSchema({"type": "string", "pattern": r"^[Gg][Kk]\d{3}$"})
]
"""The code of a rule, such as GK409."""


class Waiver(Model, title="豁免（核实过、不必改的问题）"):
    """One finding, or all findings of one code, that a clerk has looked into and answers for."""

    code: RuleCode = Field(alias="代码", description="规则代码，如 GK409")
    position: Text | None = Field(
        None, alias="位置", description="从核对结果里抄来的位置，如 项目 › 第3条 › 绩效目标；不写就是这个代码的全部问题"
    )
    reason: Text = Field(alias="理由", description="为什么不必改，照印在核对报告里")


class Lowered(Model, title="级别和理由"):
    """A level with the reason for it: what a rule of sums is lowered with."""

    setting: Setting = Field(alias="级别")
    reason: Text = Field(alias="理由", description="为什么这条规则在这个文件里不算错误，照印在核对报告里")


WITH_REASON, ALONE = "[with reason]", "[alone]"
"""The two ways to write a level; in the place of a mistake the library names the one that was taken."""


def _way(value: Any) -> str:
    return WITH_REASON if isinstance(value, dict | Lowered) else ALONE


LevelOfRule = Annotated[
    Annotated[Setting, Tag(ALONE)] | Annotated[Lowered, Tag(WITH_REASON)],
    Discriminator(_way),
]
"""What the findings of a rule count as."""

_SHORTEST_ALLOWED = 4
"""Characters of a text that names something: a telephone has more, two characters would hide half a file."""


def _allowed(value: Any) -> Any:
    plain = bare(value) if isinstance(value, str) else "…" * _SHORTEST_ALLOWED
    if len(plain) < _SHORTEST_ALLOWED and not _PERSON.fullmatch(plain):
        message = f"“{shown(value)}”太短，说不清允许公开的是什么"
        raise PydanticCustomError("text_short", "{message}", {"message": message, "advice": "照原文写全，至少四个字"})
    return value


_PERSON = re.compile("[一-鿿]{2,3}")
"""A person's name has two characters at least."""


class Validation(Model, title="校验"):
    """How this file is checked."""

    levels: dict[RuleCode, LevelOfRule] = Field(
        default_factory=dict,
        alias="级别",
        description="规则代码: 错误、警告、提示或不查；优先于模板包的“校验级别”；"
        "把错误改轻的写明理由：GK401: {级别: 警告, 理由: …}",
    )
    waivers: tuple[Waiver, ...] = Field((), alias="豁免", description="核实过、不必改的问题，一处一条")
    allowed: tuple[Annotated[Text, AfterValidator(_allowed)], ...] = Field(
        (),
        alias="允许公开",
        description="经审查同意公开的电话、姓名、账号等，照原文一行写一个；写在这里的不再提示",
    )

    @property
    def settings(self) -> Mapping[str, Setting]:
        """The level of each rule that the file speaks of."""
        return {code: as_set.setting if isinstance(as_set, Lowered) else as_set for code, as_set in self.levels.items()}

    @property
    def reasons(self) -> Mapping[str, str]:
        """Why rules have the levels that the file gives them, where it says so."""
        return {code: as_set.reason for code, as_set in self.levels.items() if isinstance(as_set, Lowered)}
