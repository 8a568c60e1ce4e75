"""What a user or a template pack says of tables that the program does not know: sheets, headers, the unit of money."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.findings import Finding, Level, Path, shown
from gongkai.intake.export.forms.form import Form
from gongkai.intake.export.forms.register import REGISTER
from gongkai.intake.export.forms.words import heading, plain

SHEETS, HEADERS, MONEY, IGNORED = "工作表", "栏目", "金额单位", "不取用"
_SECTIONS = (SHEETS, HEADERS, MONEY, IGNORED)
_MONEY = ("元", "万元")
_MOST = 1000
EXAMPLE = "写作：工作表: {表名: 支出总体}、栏目: {支出总体: {栏目名称: 项目支出}}、金额单位: 元、不取用: [表名]"


@dataclass(frozen=True)
class Mapped:
    """A mapping that was read."""

    sheets: Mapping[str, str] = field(default_factory=dict)
    """Name of a sheet → our table."""
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Our table → head as it stands → our column."""
    yuan: bool | None = None
    """The unit of tables that do not say theirs."""
    ignored: frozenset[str] = frozenset()
    """Names of sheets that are left alone."""

    def form_of(self, sheet: str, kind: str) -> str:
        """The table that a sheet is said to be; empty where nothing is said."""
        return self.sheets.get(plain(sheet), "")

    def heads(self, form: Form) -> Mapping[str, str]:
        """Heads of a table that were given a meaning."""
        return self.headers.get(form.key, {})


def read_mapping(mapping: Mapping[str, Any] | None) -> tuple[Mapped, list[Finding]]:
    """The mapping as far as it can be used, and a GK177 for every part that cannot."""
    if not mapping:
        return Mapped(), []
    reader = _Reader()
    for name in mapping:
        if name not in _SECTIONS:
            reader.refuse((str(name),), f"不认识“{shown(str(name))}”", _near(str(name), _SECTIONS))
    mapped = Mapped(
        reader.sheets(mapping.get(SHEETS)),
        reader.headers(mapping.get(HEADERS)),
        reader.money(mapping.get(MONEY)),
        reader.ignored(mapping.get(IGNORED)),
    )
    return mapped, reader.findings


class _Reader:
    """Reads the sections one by one."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def refuse(self, path: Path, message: str, advice: str = "") -> None:
        """A part of the mapping cannot be used."""
        told = f"对照文件{message}"
        self.findings.append(Finding("GK177", Level.ERROR, told, advice or EXAMPLE, path))

    def _entries(self, value: object, path: Path) -> Mapping[str, Any]:
        if value is None or value == "":
            return {}
        if isinstance(value, dict) and len(value) <= _MOST:
            return value
        self.refuse(path, f"的“{path[-1]}”应是“名称: 内容”")
        return {}

    def sheets(self, value: object) -> dict[str, str]:
        """工作表."""
        found = {}
        for name, key in self._entries(value, (SHEETS,)).items():
            if self._is_table(key, (SHEETS, name)):
                found[plain(str(name))] = str(key)
        return found

    def _is_table(self, key: object, path: Path) -> bool:
        keys = sorted({form.key for form in REGISTER.forms})
        if str(key) in keys:
            return True
        self.refuse(path, f"里没有“{shown(str(key))}”这张表", _near(str(key), keys))
        return False

    def headers(self, value: object) -> dict[str, dict[str, str]]:
        """栏目."""
        found: dict[str, dict[str, str]] = {}
        for key, heads in self._entries(value, (HEADERS,)).items():
            if not self._is_table(key, (HEADERS, key)):
                continue
            columns = sorted({c for form in REGISTER.forms if form.key == key for c in form.columns})
            for head, column in self._entries(heads, (HEADERS, key)).items():
                if str(column) in columns:
                    found.setdefault(str(key), {})[_path(str(head))] = str(column)
                else:
                    message = f"里《{key}》没有“{shown(str(column))}”这一栏"
                    self.refuse((HEADERS, key, head), message, _near(str(column), columns))
        return found

    def money(self, value: object) -> bool | None:
        """金额单位."""
        if value is None or value == "":
            return None
        if value in _MONEY:
            return value == "元"
        self.refuse((MONEY,), f"的“{MONEY}”只能写“元”或“万元”")
        return None

    def ignored(self, value: object) -> frozenset[str]:
        """不取用."""
        if value is None or value == "":
            return frozenset()
        if isinstance(value, list) and len(value) <= _MOST:
            return frozenset(plain(str(name)) for name in value)
        self.refuse((IGNORED,), f"的“{IGNORED}”应是一张清单")
        return frozenset()


def _path(head: str) -> str:
    return "/".join(heading(step) for step in head.split("/"))


def _near(word: str, words: Iterable[str]) -> str:
    known = list(words)
    close = difflib.get_close_matches(word, known, 1, 0.4)
    return f"是否想写“{close[0]}”？" if close else f"可写：{'、'.join(known)}"
