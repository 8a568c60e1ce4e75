"""The three published documents, mistakes included, as Word file and as PDF: what is wrong in them is found.

The entries are the substantive ones of the list of errors that these documents contain. Each must be found with its
place and both figures, and no error may be found that is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest

from gongkai.findings import Finding
from gongkai.produce.audited import audit_file
from gongkai.result import Result
from support.as_published import COVERS, published_file

BOZHOU, KEZHOU, QITAI = "bozhou-swj-2024-final", "kezhou-swj-2024-budget", "qitai-sgj-2024-budget"


@dataclass(frozen=True)
class Entry:
    """An entry of the list, and the finding that tells of it: code, place, the two figures, words of its message."""

    number: str
    document: str
    code: str
    place: str
    """The title of the table that it is in; empty for running text."""
    stated: str
    expected: str
    words: str


UNIT, PROJECT = "单位整体支出绩效自评表", "项目支出绩效自评表"
SUBSTANTIVE = [
    Entry("001-01", BOZHOU, "GK864", UNIT, "651.03", "601.03", "财政资金的年初预算数"),
    Entry("001-02", BOZHOU, "GK864", UNIT, "253.27", "253.25", "其他资金的执行数"),
    Entry("001-03", BOZHOU, "GK864", UNIT, "651.03", "601.03", "相差 50.00 万元"),
    Entry("001-04", BOZHOU, "GK867", UNIT, "9.4", "5.1", "社会消费品零售总额增长"),
    Entry("001-05", BOZHOU, "GK865", PROJECT, "724.35", "601.03", "还多 123.32 万元"),
    Entry("001-06", BOZHOU, "GK866", PROJECT, "663.13", "433.82", "还多 229.31 万元"),
    Entry("002-01", QITAI, "GK841", "", "0.00", "711.70", "当年非财政拨款项目0个"),
    Entry("002-02", QITAI, "GK843", "", "713.70", "0.00", "比“当年非财政拨款项目0个”"),
    Entry("002-03", QITAI, "GK843", "", "713.70", "711.70", "还多 2.00 万元"),
    Entry("002-04", QITAI, "GK868", "", "2.00", "2.00", "信访业务（项）"),
]
"""Every substantive entry: a document shows all of them. Of 001 the official tables are not known, only its text."""

CONTRADICTION = [Entry("001-08", BOZHOU, "GK815", PROJECT, "8.94", "8.90", "差旅费")]

INCOME = "单位收入总体情况表"
STRUCTURE = [
    Entry("002-05", QITAI, "GK802", INCOME, "1795.47", "1262.41", "“总计”"),
    Entry("002-06", QITAI, "GK802", INCOME, "1083.77", "550.71", "小计”"),
    Entry("002-07", QITAI, "GK802", INCOME, "581.77", "548.71", "“一般公共预算”"),
    Entry("002-08", QITAI, "GK802", INCOME, "502.00", "2.00", "“上级一般公共预算安排的转移支付”"),
]
"""Entries on a table that is cut off, as far as they have two figures."""

CUT_OFF = ("GK827", INCOME, "没有 21011、2101101、2101102、2101103、2101199等 11 行")
"""Entries 002-09 to 002-22 and 002-26: the rows that are missing, told once."""

FORMS = ("docx", "pdf")
pytestmark = pytest.mark.xdist_group("published documents")


@pytest.fixture(scope="module")
def audits(tmp_path_factory) -> dict[tuple[str, str], Result]:
    folder = tmp_path_factory.mktemp("published")
    return {(name, form): audit_file(published_file(name, form, folder)) for name in COVERS for form in FORMS}


def _all(findings) -> Iterator[Finding]:
    for finding in findings:
        yield finding
        yield from _all(finding.consequences)


def _tells(finding: Finding, entry: Entry) -> bool:
    place = finding.place
    return (
        finding.code == entry.code
        and place is not None
        and place.sheet == entry.place
        and bool(place.paragraph)
        and (finding.stated, finding.expected) == (Decimal(entry.stated), Decimal(entry.expected))
        and entry.words in finding.message
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("entry", [*SUBSTANTIVE, *CONTRADICTION, *STRUCTURE], ids=lambda entry: entry.number)
def test_an_entry_is_found_with_its_place_and_both_figures(audits, entry, form):
    told = [finding for finding in _all(audits[entry.document, form].findings) if _tells(finding, entry)]
    assert len(told) == 1
    assert bool(told[0].place.page) == bool(told[0].place.boxes) == (form == "pdf")


@pytest.mark.parametrize("form", FORMS)
def test_rows_that_were_cut_off_are_told_once(audits, form):
    code, sheet, words = CUT_OFF
    told = [finding for finding in _all(audits[QITAI, form].findings) if finding.code == code]
    assert [(finding.place.sheet, words in finding.message) for finding in told] == [(sheet, True)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", COVERS)
def test_no_error_is_found_that_is_none(audits, name, form):
    entries = [entry for entry in [*SUBSTANTIVE, *STRUCTURE] if entry.document == name]
    false = [
        finding.message
        for finding in _all(audits[name, form].findings)
        if finding.level.value == "错误"
        and finding.code != CUT_OFF[0]
        and not any(_tells(finding, entry) for entry in entries)
    ]
    assert false == []


WARNED = {
    (BOZHOU, "docx"): {"GK815", "GK864", "GK865", "GK866", "GK867"},
    (BOZHOU, "pdf"): {"GK815", "GK864", "GK865", "GK866", "GK867"},
    (KEZHOU, "docx"): set(),
    (KEZHOU, "pdf"): set(),
    (QITAI, "docx"): {"GK868", "GK884"},  # GK884 is 002-23: a table that the contents have is not there
    (QITAI, "pdf"): {"GK868", "GK884"},
}


def test_no_warning_is_given_without_reason(audits):
    warned = {
        key: {finding.code for finding in _all(result.findings) if finding.level.value == "警告"}
        for key, result in audits.items()
    }
    assert warned == WARNED


@pytest.mark.parametrize("form", FORMS)
def test_what_a_document_is_comes_from_itself(audits, form):
    told = {name: (audits[name, form].kind, audits[name, form].year) for name in COVERS}
    assert told == {BOZHOU: ("决算", 2024), KEZHOU: ("预算", 2024), QITAI: ("预算", 2024)}
