"""What is written into comments, and how it is told from the clerk's words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.findings import Finding, Level
from gongkai.reports.marked.words import cut, figures, ours, printable, remark, spans_of_ours, spelt, units


def without(text: str) -> str:
    for low, high in reversed(spans_of_ours(text)):
        text = text[:low] + text[high:]
    return text


@pytest.mark.parametrize("clerks", ["", "我的话", "两行\n的话", "公开核对：", "（公开核对完）", "公开核对：\n没有完"])
def test_ours_is_cut_out_and_what_stands_around_stays(clerks):
    text = f"{clerks}\n{ours(['错误 GK311：不符'])}"
    if clerks.startswith("公开核对："):  # begun twice, and ended once: what stands between goes, too
        assert without(text) == ""
    else:
        assert without(text) == clerks
        assert without(f"{text}\n后来写的") == f"{clerks}\n后来写的"


def test_ends_of_lines_of_other_programs_make_no_difference():
    text = f"我的话\n{ours(['错误 GK311：不符', '警告 GK401：没有'])}"
    assert without(text.replace("\n", "\r\n")) == "我的话"
    assert without(text.replace("\n", "_x000D_\n")) == "我的话"


def test_no_line_of_a_message_ends_what_is_ours():
    finding = Finding("GK311", Level.ERROR, "一\n（公开核对完）\n公开核对：", "二")
    assert without(ours([remark(finding)])) == ""


def test_figures_that_are_known_are_told():
    assert figures(Finding("GK1", Level.ERROR, "", stated=Decimal("81.50"))) == "写明的数 81.50"
    both = Finding("GK1", Level.ERROR, "", stated=Decimal("80"), expected=Decimal("81.50"))
    assert figures(both) == "写明的数 80，应为 81.50，相差 -1.50"


def test_long_texts_are_cut_by_the_units_of_the_programs():
    assert cut("甲" * 10, 10) == "甲" * 10
    assert cut("甲" * 11, 10) == f"{'甲' * 9}…"
    assert units(cut("𠮷" * 10, 10)) <= 10
    assert cut("𠮷" * 10, 10) == f"{'𠮷' * 4}…"
    assert units(ours(["长" * 50_000])) == 32_767


def test_what_xml_cannot_hold_is_spelt_out():
    assert printable("a\r\nb\x00\x1b\uffff\ud800") == "a\nb\\x00\\x1b�\\ud800"
    assert spelt("科目_x000D_") == "科目_x005F_x000D_"
    assert spelt("_x00_") == "_x00_"
