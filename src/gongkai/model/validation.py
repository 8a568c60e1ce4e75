"""What the file says about its own checking (校验)."""

from __future__ import annotations

from pydantic import Field

from .base import Model, Text


class Validation(Model, title="校验"):
    """What a clerk has looked at and lets stand."""

    allowed: tuple[Text, ...] = Field(
        (),
        alias="允许公开",
        description="经审查同意公开的电话、姓名、账号等，照原文一行写一个；写在这里的不再提示",
    )
