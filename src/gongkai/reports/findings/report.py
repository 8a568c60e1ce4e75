"""What a report is made of: files, and what was found in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.findings import Finding, Level
from gongkai.model.reading import describe

_UNREAD = "（没有读出）"


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file and everything found in it, in reading order.

    ``unit`` (单位), ``kind`` (文种) and ``year`` (年度) are empty when the file could not be read.
    """

    file: str
    findings: Sequence[Finding]
    passed: bool
    unit: str = ""
    kind: str = ""
    year: int = 0
    hidden: Mapping[str, int] = field(default_factory=dict)
    """How many findings are not told because their rule is switched off (不查), by code."""

    @property
    def head(self) -> dict[str, str]:
        """What stands above the findings of a file, by its Chinese name."""
        known = {"单位": self.unit, "文种": self.kind, "年度": str(self.year or "")}
        return {
            **{name: text or _UNREAD for name, text in known.items()},
            "数据文件": self.file,
            "检查结果": self.verdict,
        }

    @property
    def counted(self) -> list[Finding]:
        """The findings that count."""
        return [finding for finding in self.findings if finding.waived is None]

    @property
    def waived(self) -> list[Finding]:
        """The findings that the file waives (豁免)."""
        return [finding for finding in self.findings if finding.waived is not None]

    @property
    def verdict(self) -> str:
        """通过（0 个错误，1 个警告）."""
        return f"{'通过' if self.passed else '不通过'}（{summary(self.findings, self.hidden)}）"


def count(findings: Sequence[Finding], level: Level) -> int:
    """How many findings of a level count."""
    return sum(finding.level is level and finding.waived is None for finding in findings)


def summary(findings: Sequence[Finding], hidden: Mapping[str, int] | None = None) -> str:
    """2 个错误，1 个警告，3 个提示，豁免 1 个，不查 GK303 4 个."""
    waived = sum(finding.waived is not None for finding in findings)
    counts = f"{count(findings, Level.ERROR)} 个错误，{count(findings, Level.WARNING)} 个警告"
    hints = count(findings, Level.HINT)
    counts += f"，{hints} 个提示" if hints else ""
    counts += f"，豁免 {waived} 个" if waived else ""
    return counts + "".join(f"，不查 {code} {number} 个" for code, number in sorted((hidden or {}).items()))


def level(finding: Finding) -> str:
    """错误, 警告 or 提示; 豁免 where the file waives it."""
    return finding.level.value if finding.waived is None else "豁免"


def position(finding: Finding) -> str:
    """Where a finding is, as it can be copied into a waiver (位置); empty for the file as a whole."""
    return describe(finding.path)


def spot(finding: Finding, file: str) -> str:
    """第 3 行第 5 列, with the file's name when it is not ``file``."""
    place = finding.place
    if place is None:
        return ""
    here = f"第 {place.line} 行第 {place.column} 列" if place.line else ""
    return here if place.file == file else f"{place.file} {here}".rstrip()


def exact(value: Decimal | None) -> str:
    """A figure of a finding with all its digits; empty where there is none."""
    return "" if value is None else f"{value:f}"
