"""The report for other programs; its keys are described in docs/校验规则.md and only ever added to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from gongkai.findings import Finding, Level, Place
from gongkai.result import Result

from .report import count, position

VERSION = 1
"""Rises when a key changes its meaning or goes."""

KEYS: Mapping[str, str] = {
    "version": "格式的版本，现为 1；只增加名称时不变",
    "files[].file": "数据文件，同命令里写的",
    "files[].unit、kind、year": "单位、文种、年度；文件读不出时为 null",
    "files[].passed": "是否通过",
    "files[].errors、warnings、hints、waived": "错误、警告、提示、豁免各多少个",
    "files[].hidden": "设为“不查”的规则各盖住了多少个问题，按代码",
    "files[].findings[]": "一个问题一条，先后同核对结果",
    "…code、level、message、advice": "代码、级别（错误、警告、提示）、问题、处理意见",
    "…place.file、line、column": "文件、行、列，都从 1 起；不在某一行的，行列为 null",
    "…place.sheet、cell": "工作簿的工作表和单元格，如 支出、D7；不是工作簿的为 null",
    "…place.page、boxes、paragraph": "只有审核公开文件时有：页（从 1 起）、页上的各个框（左、上、右、下，单位为点，"
    "从左上角量）、第几段或第几张表；没有页的不写",
    "…position": "位置，可以抄进“豁免”；没有的为空",
    "…excerpt": "那一行的原文；不能显示的为空",
    "…stated、expected、difference": "本处数、应为数、差额，都是文字，单位见 message；没有的为 null",
    "…waived": "豁免的理由；没有豁免的为 null",
    "…consequences[]": "同一处错引出的其他问题，写法同 findings[]；不另外算数",
}
"""What each key means, for the manual."""


def json_report(files: Sequence[Result]) -> str:
    """The report as JSON. Figures are text, so that no digit is lost."""
    data = {"version": VERSION, "files": [file_data(report) for report in files]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def file_data(report: Result) -> dict[str, Any]:
    """One file as the report has it."""
    return {
        "file": report.file,
        "unit": report.unit or None,
        "kind": report.kind or None,
        "year": report.year or None,
        "passed": report.passed,
        "errors": count(report.findings, Level.ERROR),
        "warnings": count(report.findings, Level.WARNING),
        "hints": count(report.findings, Level.HINT),
        "waived": len(report.waived),
        "hidden": dict(sorted(report.hidden.items())),
        "findings": [finding_data(finding, report.file) for finding in report.findings],
    }


def finding_data(finding: Finding, file: str) -> dict[str, Any]:
    """One finding as the report has it; ``file`` is where it is, unless it says so itself."""
    place = finding.place
    return {
        "code": finding.code,
        "level": finding.level.value,
        "message": finding.message,
        "advice": finding.advice,
        "place": place_data(place, file),
        "position": position(finding),
        "excerpt": finding.excerpt,
        "stated": _figure(finding.stated),
        "expected": _figure(finding.expected),
        "difference": _figure(finding.difference),
        "waived": finding.waived,
        "consequences": [finding_data(each, file) for each in finding.consequences],
    }


def place_data(place: Place | None, file: str) -> dict[str, Any]:
    """A place as reports have it; ``file`` is where something is that has no place."""
    told: dict[str, Any] = {
        "file": place.file if place else file,
        "line": (place.line or None) if place else None,
        "column": (place.column or None) if place else None,
        "sheet": (place.sheet or None) if place else None,
        "cell": (place.cell or None) if place else None,
    }
    if place and place.page:
        told["page"] = place.page
        told["boxes"] = [[round(side, 2) for side in (box.left, box.top, box.right, box.bottom)] for box in place.boxes]
    if place and place.paragraph:
        told["paragraph"] = place.paragraph
    return told


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
