"""Pages, contents, and what a disclosure must have."""

from __future__ import annotations

from itertools import chain

import pytest

from support.small_documents import COVER, SPENDING, TABLES, wrong

SECTIONS = ["一、主要职能", "二、机构设置", "三、收支总体情况", "四、名词解释"]
ENTRIES = [(text, page) for page, text in enumerate(SECTIONS, 1)]
BODY = [f"{page}|{text}" for page, text in enumerate(SECTIONS, 3)]


def test_cells_that_are_cut_are_told_once_for_a_table():
    [found] = wrong(*COVER, TABLES, clipped=[(5, 1), (5, 2)])

    assert (found.code, found.level) == ("GK880", "警告")
    assert found.message == "有 2 格没有显示完整：“一般公共预算拨款”、“10.00”"
    assert (found.place.sheet, found.place.line, found.place.column) == (TABLES[0][0], 5, 1)


def test_blank_pages_are_told():
    [found] = wrong(*COVER, TABLES, pages=9, blank=[7])

    assert (found.code, found.message, found.place.page) == ("GK881", "第 7 页是空白的", 7)


def test_contents_that_agree_are_not_told_whatever_the_cover_is_counted_as():
    assert wrong(*COVER, *BODY, TABLES, outline=ENTRIES) == []


def test_dots_and_a_page_that_are_left_at_an_entry_are_no_part_of_it():
    entries = [*ENTRIES[:3], (f"{SECTIONS[3]}..4", 0)]

    assert wrong(*COVER, *BODY, TABLES, outline=entries) == []


def test_a_title_over_the_contents_is_no_entry():
    assert wrong(*COVER, *BODY, TABLES, outline=[("示例县商务局2024年部门预算公开材料", 0), *ENTRIES]) == []


def test_an_entry_that_is_called_otherwise_is_told_at_the_heading():
    body = [line.replace("三、收支总体情况", "三、收支情况") for line in BODY]

    [found] = wrong(*COVER, *body, TABLES, outline=ENTRIES)
    assert (found.code, found.place.page, found.place.paragraph) == ("GK882", 5, 5)
    assert found.message == "目录里是“三、收支总体情况”，正文里是“三、收支情况”"


def test_an_entry_without_a_heading_is_told():
    [found] = wrong(*COVER, *BODY[:3], TABLES, outline=ENTRIES)

    assert (found.code, found.message) == ("GK882", "目录里有“四、名词解释”，正文里找不到")


def test_an_entry_on_another_page_is_told():
    moved = [*ENTRIES[:3], (SECTIONS[3], 9)]

    [found] = wrong(*COVER, *BODY, TABLES, outline=moved)
    assert (found.code, found.place.page) == ("GK882", 6)
    assert found.message == "目录里“四、名词解释”在第 9 页，正文里在第 4 页"


def test_contents_of_which_little_is_found_are_not_judged():
    assert wrong(*COVER, *BODY[:1], TABLES, outline=ENTRIES) == []


LONG = "本部门认真履行职责，做好各项工作，" * 100
WHOLE = [
    "主要职能是商贸流通。", "内设机构3个。", "“三公”经费2.00万元。", "机关运行经费5.00万元。", "政府采购3.00万元。",
    "国有资产占用：车辆1辆。", "绩效目标2个。", "名词解释如下。", f"{LONG[:-1]}。",
]  # fmt: skip


@pytest.mark.parametrize(
    ("missing", "message"),
    [(1, "没有“机构设置”"), (4, "情况说明里没有说到政府采购"), (6, "情况说明里没有说到绩效"), (7, "没有“名词解释”")],
)
def test_a_part_that_is_missing_is_told(missing, message):
    assert wrong(*COVER, *WHOLE, TABLES) == []

    [found] = wrong(*COVER, *WHOLE[:missing], *WHOLE[missing + 1 :], TABLES)
    assert (found.code, found.message) == ("GK883", message)


def test_tables_alone_need_no_parts():
    assert wrong(TABLES) == []


def table(title: str, *heads: str):
    first = SPENDING[4:]
    return [[title], ["编制部门：示例县商务局", "单位：万元"], ["科目编码", "科目名称", *heads], *(
        [line[0], line[1], *["10.00"] * len(heads)] for line in chain([["201", "一般公共服务支出"]], first)
    )]  # fmt: skip


def test_a_table_that_is_missing_is_told_where_most_are_there():
    tables = [
        TABLES,
        SPENDING,
        table("2024年部门收入总体情况表", "总计", "一般公共预算", "政府性基金预算"),
        table("2024年一般公共预算支出情况表", "合计", "基本支出", "项目支出"),
        table("2024年一般公共预算基本支出情况表", "合计", "人员经费", "公用经费"),
        table("2024年政府性基金预算支出情况表", "合计", "基本支出", "项目支出"),
    ]

    found = wrong(*COVER, *tables)
    assert [each.message for each in found] == ["没有《财政拨款收支预算总体情况表》", "没有《“三公”经费支出情况表》"]
    assert {each.code for each in found} == {"GK884"}
    unread = [["2024年财政拨款收支总表"], ["单位：万元"], ["甲", "乙"], ["1.00", "2.00"]]
    assert [each.message for each in wrong(*COVER, *tables, unread)] == ["没有《“三公”经费支出情况表》"]
    assert wrong(*COVER, *tables[:3]) == []
