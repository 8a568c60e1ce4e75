"""The report in SARIF 2.1.0 (OASIS), which editors and code hosts show at the lines it names."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from gongkai import __version__
from gongkai.checks.manual import Page, pages
from gongkai.findings import Finding, Level, Place
from gongkai.result import Result

from .report import consequence, position

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.HINT: "note"}


def sarif_report(files: Sequence[Result]) -> str:
    """The report as one SARIF run; its rules carry their pages as help."""
    found = [(finding, report.file) for report in files for finding in report.findings]
    codes = {code: index for index, code in enumerate(sorted({finding.code for finding, _ in found}))}
    driver = {
        "name": "gongkai",
        "semanticVersion": __version__,
        "language": "zh-CN",
        "rules": [_rule(pages()[code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, file, codes) for finding, file in found],
    }
    hidden = {report.file: dict(sorted(report.hidden.items())) for report in files if report.hidden}
    if hidden:  # rules that are switched off (不查), and how many findings that hides
        run["properties"] = {"hidden": hidden}
    data = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _rule(page: Page) -> dict[str, Any]:
    text = "\n".join(f"{heading}：{text}" for heading, text in page.texts.items())
    markdown = "\n\n".join(f"**{heading}**：{text}" for heading, text in page.texts.items())
    return {
        "id": page.code,
        "shortDescription": {"text": page.summary},
        "help": {"text": text, "markdown": markdown},
        "defaultConfiguration": {"level": _LEVELS[page.level]},
    }


def _result(finding: Finding, file: str, codes: Mapping[str, int]) -> dict[str, Any]:
    told = [finding.message, *(f"由此还有：{consequence(each, finding)}" for each in finding.consequences)]
    text = "\n".join([*told, finding.advice] if finding.advice else told)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes[finding.code],
        "level": _LEVELS[finding.level],
        "message": {"text": text},
        "locations": [_location(finding, file)],
    }
    if finding.waived is not None:
        result["suppressions"] = [{"kind": "inSource", "justification": finding.waived}]
    return result


def _location(finding: Finding, file: str) -> dict[str, Any]:
    place = finding.place
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.file if place else file)}}
    if place and place.line and not (place.sheet or place.page or place.paragraph):
        physical["region"] = {"startLine": place.line, "startColumn": place.column}
        if finding.excerpt:
            physical["contextRegion"] = {"startLine": place.line, "snippet": {"text": finding.excerpt}}
    location: dict[str, Any] = {"physicalLocation": physical}
    logical = [{"fullyQualifiedName": position(finding)}] if finding.path else []
    if place and (place.sheet or place.page or place.paragraph):  # a region of rows and columns is one of text
        logical.insert(0, {"fullyQualifiedName": place.spot, "kind": _kind(place)})
    if logical:
        location["logicalLocations"] = logical
    return location


def _kind(place: Place) -> str:
    """What a place is that no line of text is."""
    if place.sheet:
        return "cell"
    return "page" if place.page else "paragraph"


def _uri(file: str) -> str:
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
