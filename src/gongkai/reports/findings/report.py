"""What all reports say alike: the head of a file, its verdict, the place of a finding, its exact figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from gongkai.findings import Finding, Level, describe, visible
from gongkai.result import Result

_UNREAD = "（没有读出）"


def head(result: Result) -> dict[str, str]:
    """What stands above the findings of a file, by its Chinese name."""
    known = {"单位": result.unit, "文种": result.kind, "年度": str(result.year or "")}
    return {
        **{name: text or _UNREAD for name, text in known.items()},
        result.role: result.file,
        "检查结果": verdict(result),
    }


def verdict(result: Result) -> str:
    """通过（0 个错误，1 个警告）."""
    return f"{'通过' if result.passed else '不通过'}（{summary(result.findings, result.hidden)}）"


def as_text(result: Result) -> Result:
    """The result as every report can hold it: nothing in names and messages that a terminal would obey."""
    return replace(result, findings=[_as_text(finding) for finding in result.findings])


def _as_text(finding: Finding) -> Finding:
    place = finding.place and replace(finding.place, file=visible(finding.place.file))
    return replace(finding, message=visible(finding.message, lines=True), place=place)


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
    """第 3 行第 5 列, or 支出!D7, with the file's name when it is not ``file``."""
    place = finding.place
    if place is None:
        return ""
    return place.spot if place.file == file else f"{place.file} {place.spot}".rstrip()


def consequence(finding: Finding, cause: Finding) -> str:
    """A finding that comes of another, in one line: GK821 第 9 页……：……."""
    where = spot(finding, cause.place.file if cause.place else "")
    return f"{finding.code} {where}{'：' if where else ''}{visible(finding.message)}"


def exact(value: Decimal | None) -> str:
    """A figure of a finding with all its digits; empty where there is none."""
    return "" if value is None else f"{value:f}"
