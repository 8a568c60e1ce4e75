"""What a batch tells: progress while it runs, and four reports at the end."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import lxml.html
import openpyxl
import pytest
from rich.console import Console

from gongkai.batch.jobs import Job
from gongkai.cli.progress import BatchProgress, duration
from gongkai.findings import Finding, Level, Place
from gongkai.reports.batch.html import report_html
from gongkai.reports.batch.outcomes import Entry, Report, State
from gongkai.reports.batch.report import report_json
from gongkai.reports.batch.text import report_text, summary
from gongkai.reports.batch.xlsx import report_xlsx
from gongkai.result import Result

RESULT = Result(Path("甲局.yaml"), unit="甲局", kind="预算", year=2024, pages=39)


def entry(state: State, **changes: object) -> Entry:
    base = Entry("甲局", Path(), state, RESULT, 2.04, ("甲局.pdf", "甲局.docx"))
    return replace(base, **changes)  # type: ignore[arg-type]


WRONG = Finding(
    "GK401", Level.ERROR, "两个数不一致 <b>", "请核对", place=Place("甲局.yaml", 7, 3),
    stated=Decimal("1.10"), expected=Decimal("1.00"),
)  # fmt: skip
ODD = Finding("GK409", Level.WARNING, "权重", place=Place("乙局.yaml"))
WAIVED = replace(ODD, waived="县里定的")


@pytest.fixture
def mixed() -> Report:
    bad = Result(Path("坏.yaml"), [WRONG], failed=True)
    other = replace(RESULT, path=Path("乙局.yaml"), unit="乙局", findings=[ODD, WAIVED])
    return Report(
        [
            entry(State.DONE),
            entry(State.FAILED, key="坏", result=bad, documents=()),
            Entry("下级 #1/乙局", Path("下级 #1"), State.UNCHANGED, other, documents=("乙局.pdf",)),
            Entry("丁局", Path(), State.NOT_BEGUN, Result(Path("丁局.yaml"), failed=True)),
        ],
        125.0,
        2,
    )


def test_summary_counts_units_and_names_the_pace(mixed):
    assert summary(mixed) == (
        "共 4 个单位：完成 1，未变 1，失败 1，未做 1；1 个错误，1 个警告，豁免 1 个；用时 2 分 5 秒，每分钟 0.5 个"
    )
    assert summary(Report([entry(State.UNCHANGED)], 0.0, 1)) == "共 1 个单位：未变 1；用时 0 秒"


def test_text_report_has_a_line_for_each_unit_and_what_to_do_about_it(mixed):
    assert report_text(mixed).splitlines() == [
        summary(mixed),
        "完成 甲局 2024 年预算（39 页，2.0 秒）",
        "失败 坏",
        "  甲局.yaml:7:3：错误 GK401 两个数不一致 <b>",
        "      → 请核对",
        "未变 乙局 2024 年预算",
        "  乙局.yaml：警告 GK409 权重",
        "  乙局.yaml：豁免 GK409 权重（理由：县里定的）",
        "未做 丁局",
    ]


def test_json_report_has_the_figures_exact(mixed):
    data = json.loads(report_json(mixed))

    assert (data["units"], data["done"], data["failed"], data["complete"]) == (4, 1, 1, False)
    failed = data["entries"][1]["findings"][0]
    assert (failed["stated"], failed["expected"], failed["difference"]) == ("1.10", "1.00", "0.10")
    assert failed["place"] == {"file": "甲局.yaml", "line": 7, "column": 3, "sheet": None, "cell": None}
    unchanged = data["entries"][2]
    assert unchanged["findings"][0]["stated"] is None
    assert (unchanged["errors"], unchanged["warnings"], unchanged["waived"]) == (0, 1, 1)
    assert data["entries"][2]["documents"] == ["下级 #1/乙局.pdf"]


def test_workbook_has_a_sheet_of_units_and_one_of_findings(mixed):
    book = openpyxl.load_workbook(io.BytesIO(report_xlsx(mixed)))

    units, findings = list(book["单位"].values), list(book["问题"].values)
    assert [row[5] for row in units] == ["结果", "完成", "失败", "未变", "未做"]
    assert (units[1][6], units[1][8]) == (39, 2)
    assert findings[1][2:10] == ("错误", "GK401", 7, 3, "两个数不一致 <b>", "1.10", "1.00", "0.10")
    assert [row[9:13] for row in units[1:]] == [(0, 0, 0, 0), (1, 0, 0, 0), (0, 1, 0, 1), (0, 0, 0, 0)]
    assert [(row[2], row[10]) for row in findings[2:]] == [("警告", None), ("豁免", "县里定的")]
    assert report_xlsx(mixed) == report_xlsx(mixed)


def test_page_links_every_document_and_shows_the_units_without_any_first(mixed):
    page = lxml.html.fromstring(report_html(mixed))

    assert page.xpath("//a/@href") == ["%E7%94%B2%E5%B1%80.pdf", "%E7%94%B2%E5%B1%80.docx",
                                       "%E4%B8%8B%E7%BA%A7%20%231/%E4%B9%99%E5%B1%80.pdf"]  # fmt: skip
    assert page.xpath("//tbody/tr/td[1]/text()") == ["坏", "丁局", "甲局", "乙局"]
    assert page.xpath("//summary")[0].text == "1 个错误，0 个警告"
    assert page.xpath("//details")[0].text_content().endswith("错误 GK401 甲局.yaml 第 7 行第 3 列：两个数不一致 <b>")
    assert page.xpath("//b") == []


def test_page_says_which_document_is_not_to_be_published(mixed):
    done = replace(mixed.entries[0], documents=("甲局.html", "甲局-出处.html"))
    page = lxml.html.fromstring(report_html(replace(mixed, entries=[done])))

    assert page.xpath("//a/text()") == ["HTML", "出处（不公开）"]


def test_what_hindered_the_batch_itself_is_in_every_report(mixed):
    lost = Finding("GK626", Level.ERROR, "与调度器的连接断了", "接着做")
    report = replace(mixed, findings=(lost,))

    assert "错误 GK626 与调度器的连接断了" in report_text(report)
    assert json.loads(report_json(report))["findings"][0]["code"] == "GK626"
    assert "错误 GK626 与调度器的连接断了" in report_html(report).decode()
    book = openpyxl.load_workbook(io.BytesIO(report_xlsx(report)))
    assert list(book["问题"].values)[1][2:7] == ("错误", "GK626", None, None, "与调度器的连接断了")


def test_progress_on_a_terminal_names_units_rate_and_time_left():
    screen = Console(file=io.StringIO(), force_terminal=True, highlight=False, width=120)
    progress = BatchProgress(3, screen)
    with progress.showing():
        progress.begun(Job(Path("甲局.yaml"), Path()))
        progress.begun(Job(Path("乙局.yaml"), Path()))
        progress.refresh()
        progress.done(entry(State.DONE))
        progress.refresh()
    shown = screen.file.getvalue()  # type: ignore[attr-defined]

    assert "甲局、乙局" in shown
    assert "完成 甲局 2024 年预算（39 页，2.0 秒）" in shown
    assert "每分钟" in shown
    assert "约剩" in shown


def test_progress_elsewhere_is_one_line_for_each_unit():
    screen = Console(file=io.StringIO(), width=200)
    progress = BatchProgress(3, screen)
    with progress.showing():
        progress.done(entry(State.UNCHANGED))
        progress.done(entry(State.DONE, result=replace(RESULT, pages=0)))
        progress.done(entry(State.FAILED, result=replace(RESULT, unit="", findings=[WRONG], failed=True)))
    lines = screen.file.getvalue().splitlines()  # type: ignore[attr-defined]

    assert lines[0] == "[1/3] 未变 甲局 2024 年预算"
    assert lines[1].startswith("[2/3] 完成 甲局 2024 年预算（2.0 秒）；每分钟")
    assert lines[2].startswith("[3/3] 失败 甲局；")
    assert lines[3].startswith("甲局.yaml:7:3：错误 GK401")


@pytest.mark.parametrize(("seconds", "words"), [(0.4, "0 秒"), (125, "2 分 5 秒"), (7260, "2 小时 1 分")])
def test_spans_of_time_are_said_in_chinese(seconds, words):
    assert duration(seconds) == words


def test_rate_is_not_known_before_the_first_unit():
    assert BatchProgress(3, Console(file=io.StringIO()))._pace() == ""
