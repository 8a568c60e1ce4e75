"""What somebody asks about is found: tables by number and name, rows by name and code, columns, amounts, phrases."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from gongkai.trace.asked import find
from gongkai.trace.tracing import Tracing
from support.fixtures import EXAMPLE, ROOT
from support.laid_out import FINAL
from support.traced import traced_file

FINAL_ACCOUNT = ROOT / "examples" / f"{FINAL}.yaml"


@cache
def tracing(file: Path) -> Tracing:
    return traced_file(file)[1]


def texts(asked: str, file: Path = EXAMPLE) -> list[str]:
    return [printed.text for printed in find(asked, tracing(file).amounts).found]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("表5:合计", ["545.70", "525.70", "20.00"]),
        ("表5：合计", ["545.70", "525.70", "20.00"]),
        ("表 05:合计:基本支出", ["525.70"]),
        ("一般公共预算支出情况表:合计:基本支出", ["525.70"]),
        ("表5:2011301:基本支出", ["287.46"]),
        ("表5:行政运行:合计", ["287.46"]),
        ("表1:合计:收入", ["1,046.82"]),
        ("表1:201", ["968.80"]),
        ("表1:一般公共预算拨款", ["545.70"]),
        ("机关运行经费财政拨款预算", ["20.36", "0.10"]),
    ],
)
def test_it_is_found(asked, found):
    assert texts(asked) == found


def test_lines_of_a_final_account_are_found_by_name():
    [income] = find("公开01表:一般公共预算财政拨款收入", tracing(FINAL_ACCOUNT).amounts).found
    assert income.cell is not None
    assert income.cell.title == "收入支出决算总表"
    assert texts("表1:一般公共预算财政拨款收入", FINAL_ACCOUNT) == [income.text]


def test_a_table_of_one_row_without_a_name_is_asked_by_its_columns():
    found = find("公开09表:公务接待费", tracing(FINAL_ACCOUNT).amounts).found
    assert [printed.cell.column for printed in found if printed.cell] == [
        ("预算数", "公务接待费"),
        ("决算数", "公务接待费"),
    ]


def test_a_phrase_of_no_sentence_is_looked_for_among_the_rows_of_tables():
    found = find("一般财力", tracing(EXAMPLE).amounts).found
    assert {printed.cell.row for printed in found if printed.cell} == {"其中：一般财力"}


@pytest.mark.parametrize("asked", ["1046.82", "1,046.82", "1046.82万元"])
def test_an_amount_is_found_wherever_it_is_printed(asked):
    everywhere = tracing(EXAMPLE).document.root.xpath("//data[@value='1046.82']")
    found = find(asked, tracing(EXAMPLE).amounts).found
    assert [printed.element for printed in found] == everywhere
    assert {printed.cell is None for printed in found} == {True, False}  # in tables and in sentences


@pytest.mark.parametrize(
    ("asked", "what", "near"),
    [
        ("表33:合计", "表", "表1 单位收支总体情况表"),
        ("表5:行政运作", "行", "行政运行"),
        ("表5:合计:工资", "列", "一般公共预算支出 › 基本支出"),
        ("287.45", "数", "287.46"),
        ("行政运行费用", "名称", "行政运行"),
        ("收支总体表:合计", "表", "表1 单位收支总体情况表"),
    ],
)
def test_of_what_is_not_there_the_nearest_is_named(asked, what, near):
    answer = find(asked, tracing(EXAMPLE).amounts)
    assert (answer.found, answer.what) == ((), what)
    assert near in answer.near[:20]


@pytest.mark.parametrize("asked", ["", ":", "：：", "表", "表:", "-", "0", "1e9", "[", "‮", "表5:", "9" * 60])
def test_whatever_is_typed_is_answered(asked):
    answer = find(asked, tracing(EXAMPLE).amounts)
    assert isinstance(list(answer.found), list)


def test_sentences_and_rows_are_those_of_the_document():
    said = {printed.sentence for printed in tracing(EXAMPLE).amounts if printed.sentence}
    assert any(sentence.startswith("公用经费20.36万元，主要包括：") for sentence in said)
    assert all(len(sentence) < 400 for sentence in said)
    for printed in tracing(EXAMPLE).amounts:
        assert printed.text in (printed.sentence or printed.text)
        assert printed.cell is None or printed.cell.row, printed
