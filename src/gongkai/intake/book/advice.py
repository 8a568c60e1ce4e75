"""Advice in the words of a book: what is told in YAML's signs elsewhere is told as rows and columns."""

from __future__ import annotations

import re

_NESTED = re.compile(r"(?P<name>[\w·（）]+): \{(?P<inner>[^{},:]+)(: (?P<value>[^{},]*))?\}")
"""``货物: {面积: 0}``, one value in a mapping."""
_SEVERAL = re.compile(r"\{(?P<inner>[^{}]+)\}")
_ENTRY = re.compile(r"(?P<name>[^:,{}]+): ?(?P<value>[^,{}]*)")
_SAID = re.compile(r"写?“(?P<name>[^“”: ]+): (?P<value>[^“”: ]+)”")
"""``“涉密: 是”``."""
_SIGNS = re.compile(r"，?各?以“- ”开头，?(“-”后面空一格)?|；或写作 \[[^\]]*\]，用半角逗号分开|，加引号")
_STEP = " › "


def in_cells(advice: str) -> str:
    """The advice as it holds for a book."""
    advice = _SIGNS.sub("，", advice).replace("，，", "，").rstrip("，")
    while (found := _NESTED.search(advice)) is not None:
        said = f"{found['name']}{_STEP}{found['inner'].strip()}"
        value = (found["value"] or "").strip()
        advice = f"{advice[: found.start()]}{said}{f'：{value}' if value else ''}{advice[found.end() :]}"
    return _SAID.sub(r"“\g<name>”填“\g<value>”", _SEVERAL.sub(_columns, advice))


def _columns(found: re.Match[str]) -> str:
    """``{上年: …, 原因: …}`` as the columns that are to be filled in."""
    names = [entry["name"].strip() for entry in _ENTRY.finditer(found["inner"])]
    return "、".join(f"“{name}”" for name in names) if names else found[0]
