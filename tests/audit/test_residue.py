"""What was left of a form, and what was never filled in: each mistake with its message and its place."""

from __future__ import annotations

import pytest

from gongkai.findings import Box
from support.small_documents import wrong

BAD = [
    ("GK871", "错误", "比上年决算数下降（增长）3.20万元。", "有没有填完的地方：“下降（增长）”"),
    ("GK871", "错误", "XX局2024年收入XX万元，支出XX万元。", "有 3 处没有填完：“XX”"),
    ("GK871", "错误", "比上年增加××万元。", "有没有填完的地方：“××”"),
    ("GK871", "错误", "财政拨款支出增长%，主要是人员增加。", "有没有填完的地方：“增长%”"),
    ("GK871", "错误", "决算数为 万元，与上年持平。", "有没有填完的地方：“决算数为 万元”"),
    ("GK871", "错误", "本年没有安排（没有此项的请删除）。", "有没有填完的地方：“（没有此项的请删除）”"),
    ("GK871", "错误", "比上年增加（）万元。", "有没有填完的地方：“（）”"),
    ("GK872", "错误", "比上年增加12.00万元，主要原因是。", "“主要原因是”后面没有内容"),
    ("GK872", "错误", "比上年减少2.00万元，主要原因是：；其他没有变化。", "“主要原因是：”后面没有内容"),
    ("GK872", "错误", "住房公积金20.00万元，主要用于。", "“主要用于”后面没有内容"),
    ("GK872", "警告", "比上年增加12.00万元，主要原因是：无。", "原因写的是“无”，不是原因"),
    ("GK874", "错误", "比上年增加5.00万元，增长13.95。", "“增长13.95”后面没有“%”"),
    ("GK874", "错误", "比上年减少5.00万元，下降 13.95 。", "“下降 13.95”后面没有“%”"),
    ("GK874", "警告", "基本支出20.00万元，占支出合计的80。", "“占支出合计的80”后面没有“%”"),
]  # fmt: skip

GOOD = [
    "比上年决算数下降3.20万元，主要原因是人员减少。",
    "联系人：×××，联系电话：×××××××。",
    "根据《关于……的通知》安排资金20.00万元。",
    "比上年增加5.00万元，增长13.95%。",
    "基本支出20.00万元，占80.00%，项目支出占20.00%。",
    "没有发现其他原因。人员增长3人，下降2人。",
    "新增项目的主要原因是业务增长。",
    "分别增长5、6、7。",
    "金额单位为万元。",
    "填写上年数和变动的原因；没有的行留空。",
    "单位：万元",
    "（一）因公出国（境）费",
    "完成率（%）",
]


@pytest.mark.parametrize(("code", "level", "text", "message"), BAD)
def test_what_is_wrong_is_told_where_it_stands(code, level, text, message):
    [found] = wrong("一、收支情况说明", f"2|{text}")

    assert (found.code, found.level, found.message) == (code, level, message)
    assert (found.place.page, found.place.paragraph) == (2, 2)
    assert found.excerpt
    assert found.excerpt.rstrip("…") in text


def test_the_box_is_round_the_words_that_are_wrong():
    [found] = wrong("比上年增加5.00万元，增长13.95。")

    [box] = found.place.boxes
    start = "比上年增加5.00万元，增长13.95。".index("增长")
    assert box == Box(10.0 * start, 20, 10.0 * (start + 7), 32)


@pytest.mark.parametrize("text", GOOD)
def test_what_is_right_is_not_told(text):
    assert wrong("一、收支情况说明", text) == []


def test_cells_with_sentences_are_read_as_well():
    [found] = wrong([["年度目标"], ["按XX完成全年任务，保障运转。"]])

    assert (found.code, found.place.line, found.place.column) == ("GK871", 2, 1)
