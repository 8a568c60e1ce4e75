"""The report of a batch as JSON, as a workbook and as a page of links, written beside the documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gongkai.findings import Finding
from gongkai.output.files import write_all

from .outcomes import Entry, Report, State

JSON_NAME, XLSX_NAME, HTML_NAME = "批量报告.json", "批量报告.xlsx", "index.html"


def write_reports(report: Report, out: Path) -> list[Path]:
    """Write all three; returns where they are. Raises FindingsError when they cannot be written."""
    from .report_html import report_html
    from .report_xlsx import report_xlsx

    contents = {
        out / JSON_NAME: report_json(report),
        out / XLSX_NAME: report_xlsx(report),
        out / HTML_NAME: report_html(report),
    }
    write_all(contents)
    return list(contents)


def report_json(report: Report) -> bytes:
    """The report for other programs; amounts are text, as exact as they were found."""
    data = {
        "units": len(report.entries),
        **{state.name.lower(): report.count(state) for state in State},
        "complete": report.complete,
        "workers": report.workers,
        "seconds": round(report.seconds, 1),
        "findings": [_finding(finding) for finding in report.findings],
        "entries": [_entry(entry) for entry in report.entries],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "key": entry.job.key,
        "file": str(entry.job.path),
        "unit": entry.unit,
        "kind": entry.kind,
        "year": entry.year,
        "state": entry.state.value,
        "pages": entry.pages,
        "seconds": round(entry.seconds, 3),
        "documents": entry.links(),
        "findings": [_finding(finding) for finding in entry.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.place
    figures = {"stated": finding.stated, "expected": finding.expected, "difference": finding.difference}
    return {
        "code": finding.code,
        "level": finding.level.value,
        "message": finding.message,
        "advice": finding.advice,
        "file": place.file if place else "",
        "line": place.line if place else 0,
        "column": place.column if place else 0,
        **{name: str(value) for name, value in figures.items() if value is not None},
    }
