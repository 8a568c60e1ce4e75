"""The report of a batch as text: what became of each unit, what was found in it, and what it all comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.findings import Finding
from gongkai.reports.findings.report import summary as summary_of_findings
from gongkai.reports.findings.text import finding_lines

from .outcomes import Entry, Report, State


def report_text(report: Report) -> str:
    """The report for reading and for mail: units in the order of the batch."""
    lines = [summary(report), *_lines(report.findings)]
    for entry in report.entries:
        lines += [entry_line(entry), *_lines(entry.result.findings)]
    return "".join(f"{line}\n" for line in lines)


def _lines(findings: Sequence[Finding]) -> Iterator[str]:
    for line in finding_lines(findings):
        yield "  " + "".join(run.text for run in line)


def entry_line(entry: Entry) -> str:
    """完成 示例局 2024 年预算（39 页，2.1 秒）; only what is laid out has pages."""
    size = ""
    if entry.state is State.DONE:
        pages = f"{entry.pages} 页，" if entry.pages else ""
        size = f"（{pages}{entry.seconds:.1f} 秒）"
    return f"{entry.state.value} {entry.title}{size}"


def summary(report: Report) -> str:
    """共 100 个单位：完成 97，失败 3；4 个错误，13 个警告；用时 2 分 5 秒，每分钟 46.6 个."""
    counts = "，".join(f"{state.value} {report.count(state)}" for state in State if report.count(state))
    findings = [finding for entry in report.entries for finding in entry.result.findings]
    found = f"；{summary_of_findings(findings)}" if findings else ""
    minutes, seconds = divmod(round(report.seconds), 60)
    time = f"{minutes} 分 {seconds} 秒" if minutes else f"{seconds} 秒"
    rate = f"，每分钟 {report.rate:.1f} 个" if report.rate else ""
    return f"共 {len(report.entries)} 个单位：{counts}{found}；用时 {time}{rate}"
