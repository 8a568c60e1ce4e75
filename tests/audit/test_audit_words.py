"""Punctuation, names, uses, personal data: each mistake with its message and its place, and what is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.audit.run import audit
from gongkai.audit.words.names import RULES
from gongkai.packs.open import open_pack
from support.small_documents import COVER, SPENDING, TABLES, audited, wrong

BAD = [
    ("GK873", "警告", "比上年减少2.68万元，，主要原因是人员减少。", "标点重复或位置不对：“，，”"),
    ("GK873", "警告", "安排资金20.00万元（其中本级12.00万元。", "“（”没有成对"),
    ("GK878", "警告", "比上年增加增加3.00万元。", "有重复的词：“增加增加”"),
    ("GK878", "警告", "占全部支出的12.00%%。", "有重复的词：“%%”"),
    ("GK876", "警告", "示例县商务厅2024年没有购置车辆。", None),
    ("GK876", "警告", "示例县商贸局的收入全部是拨款。", "这里写的是“示例县商贸局”，单位名称是“示例县商务局”"),
    ("GK876", "警告", "根据邻山县商务局的安排增加人员。", "这里说的是“邻山县商务局”，本单位是“示例县商务局”"),
    ("GK877", "警告", "住房改革支出（款）住房公积金（项）20.00万元，主要用于缴纳基本养老保险。",
     "2210201 住房公积金的用途或原因里说的是“养老保险”"),
    ("GK879", "警告", "医疗卫生与计划生育支出30.00万元。", "“医疗卫生与计划生育支出”是旧名，2024 年叫“卫生健康支出”"),
    ("GK886", "警告", "联系人电话13800138000。", "有手机号码（138******00）"),
    ("GK886", "错误", "张某，身份证号11010519491231002X。", "有身份证号码（110*************2X）"),
]  # fmt: skip

GOOD = [
    "一是增加人员；二是增加设备（含车辆）。",
    "1）人员经费；2）公用经费。",
    "示例县商务局及示例县财政局共同承担。",
    "住房改革支出（款）住房公积金（项）20.00万元，主要用于缴纳住房公积金。",
    "贯彻《医疗卫生与计划生育支出管理办法》。",
    "监督电话：0100-2345678。",
    "联系人：×××，电话：×××。",
    "本部门没有下属单位，各单位都是本级。",
]


@pytest.mark.parametrize(("code", "level", "text", "message"), [row for row in BAD if row[3]])
def test_what_is_wrong_is_told_where_it_stands(code, level, text, message):
    [found] = wrong(*COVER, f"3|{text}", TABLES)

    assert (found.code, found.level, found.message) == (code, level, message)
    assert (found.place.page, found.place.paragraph) == (3, 3)


@pytest.mark.parametrize("text", GOOD)
def test_what_is_right_is_not_told(text):
    assert wrong(*COVER, text, TABLES) == []


def test_another_office_of_the_place_is_no_mistake_of_the_name():
    assert wrong(*COVER, "示例县商务厅2024年没有购置车辆。", TABLES) == []


@pytest.mark.parametrize(
    ("name", "told"), [("张三丰", 1), ("×××", 0), ("张某", 0), ("综合科", 0), ("金额", 0), ("", 0)]
)
def test_names_of_persons_in_tables_are_masked(name, told):
    form = [
        ["项目支出绩效目标表"],
        ["项目名称", "维护项目", "联系人", name, "联系电话", "×××"],
        ["总体目标", "保障运转"],
    ]

    found = wrong(*COVER, TABLES, form)
    assert [finding.message for finding in found] == ["“联系人”没有隐去（张**）"] * told
    assert [(finding.code, finding.place.line, finding.place.column) for finding in found] == [("GK886", 2, 4)] * told


def test_no_quote_repeats_a_number_of_a_person():
    found = wrong(*COVER, "联系电话13800138000，，请核对。", TABLES)

    assert {finding.code for finding in found} == {"GK873", "GK886"}
    assert not any("13800138000" in finding.message + finding.excerpt for finding in found)


def test_brackets_of_two_parts_of_a_paragraph_are_pairs():
    assert wrong(*COVER, "1|安排资金20.00万元（其中本级", "2|12.00万元），增长3.00%。", TABLES) == []


def test_a_paragraph_without_a_stop_is_told_where_the_next_begins_something_else():
    text = "一般公共预算20.00万元，比上年增加5.00万元，增长33.33%。主要原因是新增信息系统维护项目"

    [found] = wrong(*COVER, text, "（二）政府性基金预算情况", TABLES)
    assert (found.code, found.message) == ("GK873", "一段话的末尾没有句号")
    assert wrong(*COVER, text, "以及新增人员。", TABLES) == []


def test_a_document_calls_itself_as_its_scope_is():
    unit = [[row.replace("部门", "单位") for row in line] for line in TABLES]

    [found] = wrong(COVER[0], "2024年单位预算公开", "本部门收入10.00万元。", "本部门支出10.00万元。", unit)
    assert (found.code, found.message) == ("GK875", "口径是“单位”，有 2 处自称“本部门”")
    [found] = wrong(*COVER, "本部门收入10.00万元。", "本单位支出10.00万元。", TABLES)
    assert (found.code, found.message, found.place.paragraph) == ("GK875", "口径是“部门”，这里自称“本单位”", 4)


def test_a_title_without_a_part_of_the_name_is_told():
    [found] = wrong("示例市邻山区商务局2024年部门预算", "2|示例市商务局2024年部门预算表")

    assert (found.code, found.place.page) == ("GK876", 2)
    assert found.message == "标题里写的是“示例市商务局”，单位名称是“示例市邻山区商务局”"


def test_heads_of_tables_are_those_of_the_cover():
    other = [[text.replace("示例县商务局", "邻山县教育局") for text in line] for line in SPENDING]

    [found] = wrong(*COVER, TABLES, other)
    assert (found.code, found.level, found.place.paragraph) == ("GK887", "警告", 4)
    assert found.message == "《支出总体情况表》的编制单位是“邻山县教育局”，封面是“示例县商务局”"
    assert wrong(*COVER, TABLES, SPENDING) == []


def test_a_table_of_another_year_is_an_error():
    old = [[text.replace("2024", "2023") for text in line] for line in SPENDING]
    income = [[text.replace("支出总体", "项目支出") for text in line] for line in SPENDING]

    [found] = wrong(*COVER, TABLES, old, income)
    assert (found.code, found.level, found.place.paragraph) == ("GK887", "错误", 4)
    assert found.message == "《支出总体情况表》的标题是 2023 年，其他是 2024 年"


def test_a_use_that_is_the_name_of_another_item_is_told():
    items = ["统计管理", "专项普查活动", "群众体育", "科普活动", "行政运行", "公共法律服务"]
    uses = ["统计管理", "统计管理", *items[2:]]
    lines = [
        f"{n}.某款（款）{item}（项）2.00万元，主要用于{use}。"
        for n, (item, use) in enumerate(zip(items, uses, strict=True), 1)
    ]

    [found] = wrong(*COVER, *lines, TABLES)
    assert (found.code, found.place.paragraph) == ("GK877", 4)
    assert found.message == "“专项普查活动”的用途是“统计管理”，那是另一个科目的名称"


def test_what_the_pack_calls_the_unit_is_no_mistake():
    document = audited(*COVER, "本部门收入10.00万元。", "本单位支出10.00万元。", TABLES)
    pack = open_pack("bozhou", "决算", 2024, scope="部门")  # says 本单位 of a 部门, too

    assert [finding.code for finding in audit(document, RULES)] == ["GK875"]
    assert audit(replace(document, pack=pack), RULES) == []
