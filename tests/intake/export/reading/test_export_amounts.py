"""Cells of tables: amounts and codes however they are written, and what is none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.intake.export.forms.words import is_ellipsis, is_mark, is_note, label, title
from gongkai.intake.export.reading.amounts import NoAmountError, in_wan, number_of, slack_of
from gongkai.intake.export.reading.rows import digits
from gongkai.source.workbook.cells import Cell, Kind


def text(said: str, kind: Kind = Kind.TEXT) -> Cell:
    return Cell(kind, said, said)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("1,046.82", "1046.82"),
        (" 20.00 ", "20"),
        ("１２．５０", "12.5"),
        ("-0.30", "-0.3"),
        ("¥1,000", "1000"),
        ("(848.41)", "-848.41"),
        ("500元", "500"),
    ],
)
def test_texts_that_are_numbers(said, number):
    assert number_of(text(said)) == Decimal(number)


@pytest.mark.parametrize("said", ["-", "—", "--", "/", "　", "－"])
def test_texts_that_say_nothing(said):
    assert number_of(text(said)) is None
    assert number_of(None) is None


@pytest.mark.parametrize(
    "cell",
    [
        text("无"),
        text("1.2.3"),
        text("12,34"),
        text("#REF!", Kind.ERROR),
        text("", Kind.UNKNOWN),
        text("是", Kind.FLAG),
    ],
)
def test_what_is_no_amount_is_not_nothing(cell):
    with pytest.raises(NoAmountError):
        number_of(cell)


def test_amounts_are_kept_to_the_fen_and_noise_goes():
    assert in_wan(Decimal("2874600"), yuan=True) == Decimal("287.46")
    assert in_wan(Decimal("289345.67"), yuan=True) == Decimal("28.934567")
    assert in_wan(Decimal("0.30000000000001"), yuan=False) == Decimal("0.3")


@pytest.mark.parametrize(
    ("amounts", "yuan", "slack"),
    [
        (["287.46", "20"], False, "0.005"),
        (["287", "20"], False, "0.005"),
        (["28.9346", "2"], False, "0.00005"),
        (["28.934567"], False, "0"),
        (["2874600"], True, "0"),
    ],
)
def test_how_far_the_exact_amount_may_be(amounts, yuan, slack):
    assert slack_of(map(Decimal, amounts), yuan=yuan) == Decimal(slack)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("2011301", "2011301"),
        ("13.00", "13"),
        ("1", "1"),
        ("201-13-01", "2011301"),
        ("201 13", "20113"),
        ("２０１", "201"),
        ("2011301行政运行", "2011301"),
        ("合计", ""),
        ("-", ""),
        ("", ""),
    ],
)
def test_codes(said, code):
    assert digits(said) == code


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("一、一般公共预算财政拨款收入", "一般公共预算财政拨款收入"),
        ("1.一般公共预算拨款", "一般公共预算拨款"),
        ("1、一般公共预算拨款", "一般公共预算拨款"),
        ("　其中：事业收入", "事业收入"),
        ("（一）财政拨款", "财政拨款"),
        ("收 入 总 计", "收入总计"),
        ("二十六、抗疫特别国债安排的支出", "抗疫特别国债安排的支出"),
    ],
)
def test_labels(said, plain):
    assert label(said) == plain


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("表1单位收支总体情况表", "单位收支总体情况表"),
        ("2.15单位收支总表", "单位收支总表"),
        ("2026年部门收入预算总表", "部门收入预算总表"),
        ("公开01表收入支出决算总表", "收入支出决算总表"),
        ("（2024年度）支出决算表", "支出决算表"),
    ],
)
def test_titles(said, plain):
    assert title(said) == plain


def test_rows_that_are_no_rows():
    assert all(map(is_ellipsis, ("…", "……", "...", "二、…")))
    assert not any(map(is_ellipsis, ("-", "行政运行", "1.5")))
    assert all(map(is_note, ("注：本表反映收支情况。", "备注：没有安排，为空表。", "说明：无")))
    assert all(map(is_mark, ("※", "栏次", "12")))
