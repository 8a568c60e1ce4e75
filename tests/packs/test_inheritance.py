"""In which order what packs say holds: 统一 against the parent's tables, and entries that a child takes away (无)."""

from __future__ import annotations

import pytest

from gongkai.document.compose import render_disclosure
from gongkai.findings import FindingsError
from gongkai.intake.read import read
from gongkai.packs.assembled import AssembledPack
from gongkai.packs.open import open_pack
from support.fixtures import CLEAN, write_pack


def packs(folder, *, parent: str = "", child: str = "", **manifests: str) -> AssembledPack:
    """A child of a parent of the base pack, by what they say of tables and beside their names."""
    above, own = manifests.get("above", ""), manifests.get("own", "")
    write_pack(folder, "parent", {"pack.yaml": f"名称: 上级\n上级: base\n{above}", "预算/表格.yaml": parent})
    write_pack(folder, "child", {"pack.yaml": f"名称: 下级\n上级: parent\n{own}", "预算/表格.yaml": child})
    return open_pack("child", "预算", 2024, (folder,))


NOTE = "空表说明"


@pytest.mark.parametrize(
    ("parent", "child", "says"),
    [
        (f"收支总体: {{{NOTE}: 上级的表}}\n", f"统一: {{{NOTE}: 下级的统一}}\n", "下级的统一"),
        (f"统一: {{{NOTE}: 上级的统一}}\n收支总体: {{{NOTE}: 上级的表}}\n", "", "上级的表"),
        (f"统一: {{{NOTE}: 上级的统一}}\n", f"收支总体: {{{NOTE}: 下级的表}}\n", "下级的表"),
        ("", f"统一: {{{NOTE}: 下级的统一}}\n收支总体: {{{NOTE}: 下级的表}}\n", "下级的表"),
        (f"统一: {{{NOTE}: 上级的统一}}\n", "", "上级的统一"),
    ],
)
def test_the_own_entry_then_the_own_common_one_then_the_parents(tmp_path, parent, child, says):
    assert packs(tmp_path, parent=parent, child=child).layouts["收支总体"].empty_note == says


def test_the_common_entry_of_an_edition_stands_above_the_packs_own_table(tmp_path):
    write_pack(
        tmp_path,
        "own",
        {
            "pack.yaml": "名称: 自己\n上级: base\n版本:\n  - {年度: 2024, 目录: 新}\n",
            "预算/表格.yaml": f"收支总体: {{{NOTE}: 包的表}}\n",
            "新/预算/表格.yaml": f"统一: {{{NOTE}: 版本的统一}}\n",
        },
    )

    assert open_pack("own", "预算", 2024, (tmp_path,)).layouts["收支总体"].empty_note == "版本的统一"
    assert open_pack("own", "预算", 2023, (tmp_path,)).layouts["收支总体"].empty_note == "包的表"


@pytest.mark.parametrize(
    ("parent", "child", "says"),
    [
        # What the other table says stands above the 统一 of the pack that calls the two the same.
        (f"统一: {{{NOTE}: 统一}}\n支出总体: {{{NOTE}: 那张表}}\n甲表: {{同: 支出总体, 标题: 甲}}\n", "", "那张表"),
        (f"统一: {{{NOTE}: 统一}}\n甲表: {{同: 支出总体, 标题: 甲}}\n", "", "统一"),
        # A child's 统一 stands above both, but not above the child's own entry.
        (f"支出总体: {{{NOTE}: 那张表}}\n甲表: {{同: 支出总体}}\n", f"统一: {{{NOTE}: 下级}}\n", "下级"),
        ("甲表: {同: 支出总体}\n", f"统一: {{{NOTE}: 下级}}\n甲表: {{{NOTE}: 自己}}\n", "自己"),
        # What a child changes in the other table changes that one only.
        (f"支出总体: {{{NOTE}: 那张表}}\n甲表: {{同: 支出总体}}\n", f"支出总体: {{{NOTE}: 改了}}\n", "那张表"),
    ],
)  # fmt: skip
def test_a_table_that_is_the_same_as_another_in_the_same_order(tmp_path, parent, child, says):
    assert packs(tmp_path, parent=parent, child=child).layouts["甲表"].empty_note == says


def test_the_words_for_a_total_that_would_be_printed_nowhere_are_told(tmp_path):
    """The parent names two columns; a 统一 with one word for all tables would lose both."""
    with pytest.raises(FindingsError) as caught:
        packs(tmp_path, child="统一:\n  合计行: {名称: 总计, 位置: 首行}\n")

    told = {finding.message: finding for finding in caught.value.findings}
    finding = told["表格“收支总体”的合计行：“名称”没有说印在哪一列，上级是分列写的"]
    assert (finding.place.file.rpartition("/")[0], finding.place.line) == (str(tmp_path / "child/预算"), 2)
    assert "收入项目、收入数、支出项目、支出数" in finding.advice


# --- entries that a child takes away ---

TITLES = "选项:\n  预算:\n    章节标题: {总体: 无}\n"


def test_an_entry_of_an_option_is_taken_away_and_the_others_stay(tmp_path):
    titles = packs(tmp_path, own=TITLES).options["章节标题"]
    assert isinstance(titles, dict)
    assert "总体" not in titles
    assert "收入" in titles


def test_in_quotes_it_is_the_word_itself(tmp_path):
    assert packs(tmp_path, own=TITLES.replace("无", '"无"')).options["章节标题"]["总体"] == "无"  # type: ignore[index]


@pytest.mark.parametrize("said", ["'无'", '"无"', "{总体: '无'}"])
def test_either_quotes_and_either_form_of_a_map(tmp_path, said):
    own = f"选项:\n  预算:\n    章节标题: {said}\n" if said.startswith("{") else TITLES.replace("无", said)
    assert packs(tmp_path, own=own).options["章节标题"]["总体"] == "无"  # type: ignore[index]


def test_what_a_parent_took_away_a_child_may_write_anew(tmp_path):
    own = TITLES.replace("无", "总的情况")
    assert packs(tmp_path, above=TITLES, own=own).options["章节标题"]["总体"] == "总的情况"  # type: ignore[index]


def test_a_section_without_a_title_is_called_by_its_name(tmp_path):
    html = render_disclosure(read(CLEAN).model, packs(tmp_path, own=TITLES)).html
    assert "<h2>一、总体</h2>" in html


CLASSES = "收支总体:\n  功能类名称: {'234': 甲, '233': 乙}\n"
ROWS = "收支总体:\n  行名称: {财政专户: 财政专户资金, 单位资金: 自有资金}\n"


@pytest.mark.parametrize(
    ("parent", "child", "field", "left"),
    [
        (ROWS, "收支总体:\n  行名称: {财政专户: 无}\n", "row_labels", {"单位资金": "自有资金"}),
        (ROWS, '收支总体:\n  行名称: {财政专户: "无"}\n', "row_labels", {"财政专户": "无", "单位资金": "自有资金"}),
        ("支出总体:\n  列名称: {合计: 共计}\n", "支出总体:\n  列名称: {合计: 无}\n", "column_labels", {}),
        (CLASSES, "收支总体:\n  功能类名称: {'234': 无}\n", "class_names", {"233": "乙"}),
        ("", "一般公共预算支出:\n  列名称: {支出预算: 无}\n", "column_labels", {}),
    ],
)  # fmt: skip
def test_entries_of_a_table_are_taken_away(tmp_path, parent, child, field, left):
    table = child.partition(":")[0]
    assert getattr(packs(tmp_path, parent=parent, child=child).layouts[table], field) == left


def test_the_word_for_the_total_of_one_column_is_taken_away(tmp_path):
    ready = packs(tmp_path, child="收支总体:\n  合计行: {名称: {支出项目: 无}}\n")
    assert ready.layouts["收支总体"].total.labels == {"收入项目": "收 入 总 计"}
    # Where the total stands is no such entry.
    assert packs(tmp_path, child="收支总体:\n  合计行: {位置: 无}\n").layouts["收支总体"].total.position == "无"


def test_for_all_tables_an_entry_is_taken_away_where_there_is_one(tmp_path):
    parent = "支出总体:\n  列名称: {合计: 共计}\n收支总体:\n  列名称: {收入数: 数}\n"
    ready = packs(tmp_path, parent=parent, child="统一:\n  列名称: {合计: 无}\n")

    assert ready.layouts["支出总体"].column_labels == {}
    assert ready.layouts["收支总体"].column_labels == {"收入数": "数"}


@pytest.mark.parametrize(
    ("child", "own", "line", "message", "advice"),
    [
        ("收支总体:\n  行名称: {单位资金: 无}\n", "", 2, "“收支总体”的“行名称”：没有“单位资金”可去掉", "上级没有写过"),
        ("支出总体:\n  列名称: {总计: 无}\n", "", 2, "表格“支出总体”的“列名称”：没有“总计”可去掉", "有的是：合计"),
        ("统一:\n  列名称: {没有: 无}\n", "", 2, "“统一”的“列名称”：没有“没有”可去掉", "有的是："),
        ("", TITLES.replace("总体", "总题"), 5, "选项“章节标题”（预算）：没有“总题”可去掉", "有的是：总体、收入、"),
        ("", "选项:\n  增减句式: {没有变化: 无}\n", 4, "选项“增减句式”（共用）：“没有变化”不能去掉", '没有变化: "无"'),
    ],
)  # fmt: skip
def test_what_is_not_there_cannot_be_taken_away(tmp_path, child, own, line, message, advice):
    with pytest.raises(FindingsError) as caught:
        packs(tmp_path, parent="支出总体:\n  列名称: {合计: 共计}\n", child=child, own=own)

    [finding] = caught.value.findings
    assert message in finding.message
    assert advice in finding.advice
    assert finding.place.line == line
    assert f"{tmp_path / 'child'}/" in finding.place.file


def test_a_definition_keeps_the_entries_that_the_program_asks_for(tmp_path):
    with pytest.raises(FindingsError, match="“增减句式”的各条是上级定的，缺少“减少、") as caught:
        packs(tmp_path, own="选项定义:\n  增减句式: {含义: 比较, 类型: 对照, 默认: {增加: 多了}}\n")
    assert caught.value.findings[0].place.line == 4
