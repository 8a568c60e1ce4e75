"""How a pack's 表格.yaml says things once: tables that are the same as another, empty rows by their number."""

from __future__ import annotations

import pytest

from gongkai.findings import FindingsError
from gongkai.packs.assembled import AssembledPack
from gongkai.packs.open import open_pack
from gongkai.statements.tables.fill import header_rows
from support.fixtures import write_pack


def pack(folder, tables: str, kind: str = "预算") -> AssembledPack:
    write_pack(folder, "own", {"pack.yaml": "名称: 自己\n上级: base\n", f"{kind}/表格.yaml": tables})
    return open_pack("own", kind, 2024, (folder,))


def heads(ready: AssembledPack, table: str) -> list[list[str]]:
    layout = ready.layouts[table]
    return [[cell.text for cell in row] for row in header_rows(layout.header, layout.column_labels)]


def test_a_table_that_is_the_same_as_another_says_only_what_differs(tmp_path):
    ready = pack(tmp_path, "支出总体:\n  列名称: {科目名称: 科目}\n一般公共预算支出:\n  列名称: {合计: 共计}\n")

    assert heads(ready, "支出总体")[:2] == [
        ["科 目", "支出预算"], ["功能分类科目编码", "科目", "合 计", "基本支出", "项目支出"],
    ]  # fmt: skip
    assert heads(ready, "一般公共预算支出")[:2] == [  # what the child changes in the other is changed there only
        ["科 目", "一般公共预算支出"], ["功能分类科目编码", "功能分类科目名称", "共计", "基本支出", "项目支出"],
    ]  # fmt: skip
    assert ready.layouts["一般公共预算支出"].title == "一般公共预算支出情况表"


def test_a_table_of_its_own_may_be_the_same_as_one_of_the_parents(tmp_path):
    ready = pack(tmp_path, "项目汇总:\n  同: 国有资本经营\n  标题: 项目汇总表\n")

    assert heads(ready, "项目汇总")[0] == ["科 目", "国有资本经营预算支出"]
    assert ready.layouts["项目汇总"].title == "项目汇总表"


def test_empty_rows_are_stated_by_their_number(tmp_path):
    ready = pack(tmp_path, "收支总表:\n  左栏: [{项目: 甲, 数: 本年收入}, {空行: 3}, {项目: 乙, 数: 总计}]\n", "决算")

    assert [row.label for row in ready.layouts["收支总表"].left] == ["甲", "", "", "", "乙"]


@pytest.mark.parametrize(
    ("tables", "says"),
    [
        ("支出总体:\n  同: 支出总和\n", "没有名为“支出总和”的表"),
        ("支出总体:\n  同: 一般公共预算支出\n一般公共预算支出:\n  同: 支出总体\n", "绕成了圈"),
        ("统一: 甲\n", "“统一”下面应是各表通用的写法"),
        ("统一:\n  同: 支出总体\n", "“统一”下面应是各表通用的写法"),
        ("支出总体:\n  同: 支出总体\n", "绕成了圈"),
        ("三公经费:\n  行: [{项目: 甲, 空行: 2}]\n", "不能和“项目”"),
        ("三公经费:\n  行: [{数: 合计}]\n", "要写“项目”"),
        ("三公经费:\n  行: [{空行: 0}]\n", "三公经费"),
        ("三公经费:\n  行: [{空行: 99999}]\n", "三公经费"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(tables, says, tmp_path):
    with pytest.raises(FindingsError) as caught:
        pack(tmp_path, tables)
    [finding] = caught.value.findings

    assert says in finding.message
    assert finding.place is not None
    assert finding.place.file.endswith("表格.yaml")
    assert finding.place.line


def test_two_packs_may_each_call_one_of_two_tables_the_same_as_the_other(tmp_path):
    """The base says 一般公共预算支出 is as 支出总体; a child says the reverse, meaning the other as the base has it."""
    ready = pack(tmp_path, "支出总体:\n  同: 一般公共预算支出\n  标题: 支出表\n")

    assert heads(ready, "支出总体")[1] == ["功能分类科目编码", "功能分类科目名称", "合 计", "基本支出", "项目支出"]
    assert ready.layouts["支出总体"].title == "支出表"


def test_a_child_that_calls_a_table_the_same_as_another_takes_nothing_of_what_its_parent_said_of_it(tmp_path):
    ready = pack(tmp_path, "财政拨款收支:\n  同: 收支总体\n")

    assert ready.layouts["财政拨款收支"].title == ready.layouts["收支总体"].title


HEADS = """\
国有资本经营:
  栏目:
    - {标目: 编码, 列: 编码, 宽: 20}
    - {标目: 名称, 列: 科目名称, 宽: 40}
    - {标目: 共计, 列: 合计, 宽: 20}
"""


def test_heads_renamed_beneath_are_gone_where_a_child_writes_the_heads_anew(tmp_path):
    files = {
        "parent/pack.yaml": "名称: 上级\n上级: base\n",
        "parent/预算/表格.yaml": "国有资本经营:\n  列名称: {科目名称: 名目, 合计: 总数}\n",
        "own/pack.yaml": "名称: 自己\n上级: parent\n",
        "own/预算/表格.yaml": HEADS,
    }
    write_pack(tmp_path, ".", files)
    ready = open_pack("own", "预算", 2024, (tmp_path,))

    assert heads(ready, "国有资本经营") == [["编码", "名称", "共计"]]
