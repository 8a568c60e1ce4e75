"""What a file says about its own checking (校验): other levels, findings that are waived, what may be published."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from .base import Model, Text, shown

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


class Validation(Model, title="校验"):
    """How this file is checked."""

    levels: dict[RuleCode, Setting] = Field(
        default_factory=dict, alias="级别", description="规则代码: 错误、警告、提示或不查；优先于模板包的“校验级别”"
    )
    waivers: tuple[Waiver, ...] = Field((), alias="豁免", description="核实过、不必改的问题，一处一条")
    allowed: tuple[Text, ...] = Field(
        (),
        alias="允许公开",
        description="经审查同意公开的电话、姓名、账号等，照原文一行写一个；写在这里的不再提示",
    )
