"""The report of a batch as text, as JSON, as a workbook and as a page of links, written beside the documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gongkai.files.write import write_all
from gongkai.reports.findings.json import VERSION, file_data, finding_data

from .outcomes import Entry, Report, State

TEXT_NAME, JSON_NAME, XLSX_NAME, HTML_NAME = "批量报告.txt", "批量报告.json", "批量报告.xlsx", "index.html"
REPORTS = (TEXT_NAME, JSON_NAME, XLSX_NAME, HTML_NAME)
RESERVED = frozenset(Path(name).stem for name in REPORTS)
"""What no unit in the output folder itself may be called."""


def write_reports(report: Report, out: Path) -> list[Path]:
    """Write all four; returns where they are. Raises FindingsError when they cannot be written."""
    from .html import report_html
    from .text import report_text
    from .xlsx import report_xlsx

    contents = {
        out / TEXT_NAME: report_text(report).encode("utf-8"),
        out / JSON_NAME: report_json(report),
        out / XLSX_NAME: report_xlsx(report),
        out / HTML_NAME: report_html(report),
    }
    write_all(contents)
    return list(contents)


def report_json(report: Report) -> bytes:
    """The report for other programs: of every unit what the report of a check has (``gongkai check``), and more."""
    data = {
        "version": VERSION,
        "units": len(report.entries),
        **{state.name.lower(): report.count(state) for state in State},
        "complete": report.complete,
        "workers": report.workers,
        "seconds": round(report.seconds, 1),
        "findings": [finding_data(finding, "") for finding in report.findings],
        "entries": [_entry(entry) for entry in report.entries],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "key": entry.key,
        "state": entry.state.value,
        "pages": entry.pages,
        "engine": entry.result.engine,
        "seconds": round(entry.seconds, 3),
        "documents": entry.links(),
        **file_data(entry.result),
    }
