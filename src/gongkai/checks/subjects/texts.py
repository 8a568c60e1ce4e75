"""Every free text that a disclosure prints in a clerk's own words, with what kind of text it is.

What a secret (涉密) project says, and every reason that is refused because it would tell what a
secret project is for, is left out: no rule sees it, so no message can repeat it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from gongkai.checks.rule import Figures, disclosure
from gongkai.findings import Path, describe
from gongkai.kinds import KINDS
from gongkai.model.base import Model


class Kind(Enum):
    """What a text is for."""

    REASON = auto()
    """Why a figure changed (原因)."""
    DUTY = auto()
    """What the unit is for (主要职能)."""
    PERFORMANCE = auto()
    """Targets, results and experience (绩效)."""
    NOTE = auto()
    """Uses, bases and remarks (用途、依据、说明)."""
    NAME = auto()
    """Names of units, offices, projects and 科目."""
    PERSON = auto()
    """Who is to be asked (联系人、负责人、联系电话)."""


@dataclass(frozen=True, slots=True)
class FreeText:
    """A text where it stands in the file."""

    path: Path
    kind: Kind
    text: str
    key: str
    """The name under which the text stands; with a code, what the codes are for: 支出用途 201."""

    @property
    def where(self) -> str:
        """The way to the text, as positions are told: 支出 › 第3条 › 变动 › 一般公共预算 › 原因."""
        return describe(self.path)


_NO_TEXT = {
    "文种", "金额单位", "分节金额单位", "模板", "上年文件", "上年决算文件", "预算文件", "科目", "经济分类", "校验",
}  # fmt: skip
_PERSON = {"联系人", "联系电话", "负责人"}
_NAMES = {"名称", "单位名称", "承担单位", "实施单位", "主管部门", "机构称谓", "内设机构", "下属单位"}
_PERFORMANCE = {"绩效目标", "整体绩效目标", "整体绩效自评", "项目绩效自评", "绩效管理"}
_REFUSED = ""


@lru_cache(maxsize=2)  # a score of rules ask for the texts of one file after another
def texts(figures: Figures) -> tuple[FreeText, ...]:
    """Every free text that may be published, in the order of the model; what is not written is left out."""
    document = disclosure(figures)
    view = KINDS[document.kind].public.value(document, _REFUSED, _REFUSED)
    return tuple(_free_text(path, text) for path, text in _walk(view, ()) if text != _REFUSED)


def _free_text(path: Path, text: str) -> FreeText:
    keys = [step for step in path if isinstance(step, str)]
    code = next((at for at, key in enumerate(keys) if key.isdecimal()), len(keys))
    return FreeText(path, _kind(keys), text, " ".join(keys[min(code, len(keys)) - 1 :]))


def _walk(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Model):
        if getattr(value, "secret", False):
            return
        for name, field in type(value).model_fields.items():
            if name in value.model_fields_set and field.alias not in _NO_TEXT:
                yield from _walk(getattr(value, name), (*path, str(field.alias)))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _walk(item, (*path, index))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _walk(item, (*path, str(key)))
    elif type(value) is str:  # an enumeration's word is no free text
        yield path, value


def _kind(keys: Sequence[str]) -> Kind:
    if keys[-1] in _PERSON:
        return Kind.PERSON
    if keys[-1] in _NAMES or keys[0] == "科目名称":
        return Kind.NAME
    if _PERFORMANCE & set(keys):
        return Kind.PERFORMANCE
    if keys[-1].endswith("原因"):
        return Kind.REASON
    return Kind.DUTY if keys[0] == "概况" else Kind.NOTE
