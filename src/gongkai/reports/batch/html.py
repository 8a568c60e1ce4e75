"""The report of a batch as a page that links all documents."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from markupsafe import Markup

from gongkai.findings import Finding
from gongkai.output.formats import FORMATS
from gongkai.reports.findings.report import level, spot
from gongkai.reports.findings.report import summary as summary_of_findings

from .outcomes import Entry, Report
from .text import summary

_STYLE = Markup("""
body { max-width: 75rem; margin: 0 auto; padding: 1rem; color: #1a1a1a; background: #fff;
       font-family: 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif; line-height: 1.6; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
th, td { border: 1px solid #777; padding: .25em .5em; text-align: left; vertical-align: top; }
th { background: #e8edf3; position: sticky; top: 0; }
td.num { text-align: right; white-space: nowrap; }
.失败 td, .未做 td { background: #fdeceb; }
a { color: #0b4f9e; }
summary { cursor: pointer; }
""")

_PAGE = Markup("""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>公开文件目录</title>
<style>{style}</style>
</head>
<body>
<h1>公开文件目录</h1>
<p>{summary}</p>
{findings}<table>
<thead><tr><th scope="col">单位</th><th scope="col">文种</th><th scope="col">年度</th><th scope="col">结果</th>\
<th scope="col">文件</th><th scope="col">页数</th><th scope="col">用时（秒）</th><th scope="col">问题</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</body>
</html>
""")

_ROW = Markup(
    '<tr class="{state}"><td>{name}</td><td>{kind}</td><td>{year}</td><td>{state}</td><td>{links}</td>'
    '<td class="num">{pages}</td><td class="num">{seconds:.1f}</td><td>{findings}</td></tr>'
)


def report_html(report: Report) -> bytes:
    """The page, with no resource from elsewhere; units that have no documents stand first."""
    ordered = sorted(report.entries, key=lambda entry: entry.result.passed)
    rows = Markup("\n").join(_row(entry) for entry in ordered)
    findings = Markup("").join(Markup("<p>{}</p>\n").format(_line(finding, "")) for finding in report.findings)
    return _PAGE.format(style=_STYLE, summary=summary(report), findings=findings, rows=rows).encode("utf-8")


def _row(entry: Entry) -> Markup:
    return _ROW.format(
        state=entry.state.value,
        name=entry.name,
        kind=entry.result.kind,
        year=entry.result.year or "",
        links=Markup(" ").join(_links(entry)),
        pages=entry.pages or "",
        seconds=entry.seconds,
        findings=_findings(entry),
    )


def _links(entry: Entry) -> Iterator[Markup]:
    for link in entry.links():
        yield Markup('<a href="{}">{}</a>').format(quote(link), _label(link))


def _label(link: str) -> str:
    """What a document is called: by the ending of its name, but what is not to be published by what it is."""
    internal = any(form.internal and link.endswith(form.ending) for form in FORMATS.values())
    return "出处（不公开）" if internal else link.rpartition(".")[2].upper()


def _findings(entry: Entry) -> Markup:
    if not entry.result.findings:
        return Markup("")
    lines = Markup("<br>").join(_line(finding, entry.result.file) for finding in entry.result.findings)
    return Markup("<details><summary>{}</summary>{}</details>").format(
        summary_of_findings(entry.result.findings), lines
    )


def _line(finding: Finding, file: str) -> str:
    where = spot(finding, file)
    return f"{level(finding)} {finding.code} {where}{'：' if where else ''}{finding.message}"
