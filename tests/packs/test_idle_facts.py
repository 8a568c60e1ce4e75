"""Facts and comparisons that a pack declares: listed, held against what it prints, and against names that are taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai.cli.main import cli
from gongkai.findings import Finding, FindingsError, Level
from gongkai.packs.open import open_pack
from gongkai.packs.review.template_checks import verify
from support.fixtures import line_with, write_pack

TABLE = """\
会议费表:
  编号: 表 {序号}
  标题: 会议费表
  行集: [{一行: 是}]
  列数: {本年: 会议费预算, 执行: 会议费预算@上年执行数}
  栏目: [{标目: 本年, 宽: 50}, {标目: 执行, 宽: 50}]
"""
OPTIONS = "选项: {预算: {部分: [公开表, 情况说明], 章节: [总体], 表格: [收支总体, 会议费表]}}\n"
FACTS = """\
事实:
  会议费预算:
    类型: 金额
    文种: [预算]
    必填: 是
    比较:
      上年预算: {原因: 原因}
      上年执行数: {必填: 否}
  接待人次: {类型: 数量, 属于: 三公项, 文种: [预算], 单位: 人次, 含义: 几个人次}
  购买服务:
    类型: 清单
    文种: [预算]
    各项: {服务项目: {类型: 文字, 必填: 是}, 承接方式: {}}
比较:
  上年执行数: {用于: [三公项, 科目变动], 文种: [预算], 必填: 否}
"""


def found(
    folder: Path, manifest: str = FACTS, table: str = TABLE, sentence: str = "", options: str = OPTIONS
) -> list[Finding]:
    """What is told of a pack that declares facts, but for its templates."""
    files = {"pack.yaml": f"名称: 自己\n上级: base\n{manifest}{options}", "预算/表格.yaml": table}
    if sentence:
        files["预算/说明/总体.html"] = f"<h2>{{{{ n }}}}、总体</h2>\n<p>{sentence}</p>\n"
    write_pack(folder, "own", files)
    return verify(open_pack("own", "预算", 2024, [folder]))


def test_show_lists_what_is_declared_and_by_whom(tmp_path):
    write_pack(tmp_path, "parent", {"pack.yaml": f"名称: 上级包\n上级: base\n{FACTS}"})
    write_pack(
        tmp_path, "own", {"pack.yaml": "名称: 自己\n上级: parent\n事实: {会议费预算: {含义: 全年的}, 购买服务: 无}\n"}
    )

    shown = CliRunner().invoke(cli, ["pack", "show", "自己", "--pack-dir", str(tmp_path)]).output

    listed = shown.partition("\n事实（")[2].partition("\n可改的块")[0].splitlines()[1:]
    assert listed == [
        "  会议费预算（金额，文件，必填，own、parent）：全年的",
        "      比 上年预算，原因写在“原因”，必填",
        "      比 上年执行数",
        "  接待人次（数量，人次，三公项，parent）：几个人次",
        "",
        "比较",
        "  比 上年执行数  用于：三公项、科目变动  parent",
    ]


def test_a_pack_that_declares_nothing_shows_no_heading_of_facts():
    shown = CliRunner().invoke(cli, ["pack", "show", "base"]).output

    assert "\n事实（" not in shown
    assert "\n比较\n" not in shown


def test_what_nothing_prints_is_told_at_its_place(tmp_path):
    told = {(f.place.line, f.message) for f in found(tmp_path) if f.code == "GK511"}

    manifest = (tmp_path / "own" / "pack.yaml").read_text(encoding="utf-8")
    assert told == {
        (line_with(manifest, "上年预算"), "事实“会议费预算”（预算）的“上年预算”哪里也没有印"),
        (line_with(manifest, "上年预算"), "事实“会议费预算”（预算）的“原因”哪里也没有印"),
        (line_with(manifest, "接待人次"), "事实“接待人次”（预算）哪里也没有印"),
        (line_with(manifest, "  购买服务"), "事实“购买服务”（预算）哪里也没有印"),
        (line_with(manifest, "用于"), "比较“上年执行数”（预算的三公项）哪里也没有印"),
        (line_with(manifest, "用于"), "比较“上年执行数”（预算的科目变动）哪里也没有印"),
    }


SENTENCE = (
    "{{ 增减(数据.会议费预算.本年, 数据.会议费预算.上年预算, '上年预算') }}{{ 句(数据.会议费预算.原因) }}"
    "{% for 项 in 数据.三公经费 %}{{ 项.接待人次 }}{{ 项.上年执行数 }}{% endfor %}"
    "{% for 项 in 数据.购买服务 %}{{ 项.服务项目 }}{{ 项.承接方式 }}{% endfor %}"
)


def test_what_sentences_and_tables_print_is_not_told(tmp_path):
    assert [f for f in found(tmp_path, sentence=SENTENCE) if f.code == "GK511"] == []


def test_a_field_of_a_list_that_is_not_printed_is_told(tmp_path):
    [only] = [f for f in found(tmp_path, sentence=SENTENCE.replace("{{ 项.承接方式 }}", "")) if f.code == "GK511"]

    assert only.message == "事实“购买服务”（预算）的“承接方式”哪里也没有印"


def test_a_list_that_is_a_table_is_printed(tmp_path):
    table = (
        f"{TABLE}购买表:\n  标题: 购买服务表\n  行集: [{{清单: 购买服务}}]\n"
        "  列数: {项目: 服务项目, 方式: 承接方式}\n"
        "  栏目: [{标目: 项目, 类型: 文字, 宽: 50}, {标目: 方式, 类型: 文字, 宽: 50}]\n  合计行: {位置: 无}\n"
    )
    findings = found(tmp_path, table=table, options=OPTIONS.replace("会议费表]", "会议费表, 购买表]"))

    assert not any("购买服务" in f.message for f in findings)


def test_a_section_that_is_left_out_prints_nothing(tmp_path):
    options = OPTIONS.replace("章节: [总体]", "章节: [收入]")

    findings = found(tmp_path, sentence=SENTENCE, options=options)

    assert any(f.message == "事实“接待人次”（预算）哪里也没有印" for f in findings)


def test_a_remark_in_a_template_prints_nothing(tmp_path):
    findings = found(tmp_path, sentence=f"{{# {SENTENCE} #}}")

    assert any(f.message == "事实“接待人次”（预算）哪里也没有印" for f in findings)


@pytest.mark.parametrize(
    ("name", "meaning"),
    [("支出", "各表已有的数"), ("来路", "维度"), ("财政拨款", "量"), ("行次", "各行自己的名称")],
)
def test_a_name_that_means_something_else_is_refused(name, meaning, tmp_path):
    facts = f"事实:\n  {name}: {{类型: 金额, 属于: 项目}}\n"
    with pytest.raises(FindingsError) as refused:
        found(tmp_path, facts, TABLE.replace("会议费预算@上年执行数", "支出").replace("会议费预算", "支出"))

    [only] = refused.value.findings
    assert (only.code, only.level, only.place.line) == ("GK506", Level.ERROR, 4)
    assert only.message.endswith(f"“{name}”是{meaning}")


ROWS = TABLE.replace(
    "行集: [{一行: 是}]", "行: [{项目: 甲, 数: 会议费预算}, {项目: 乙, 数: 会议费预算}]\n  行集: [{固定: 行}]"
)


def test_a_table_of_one_row_has_nothing_to_add_up(tmp_path):
    assert not [f for f in found(tmp_path, table=TABLE + "  合计行: {位置: 无}\n") if f.code == "GK512"]


def test_a_table_that_nothing_bears_out_is_a_hint(tmp_path):
    assert ROWS != TABLE
    without = found(tmp_path, table=ROWS + "  合计行: {位置: 无}\n")

    [only] = [f for f in without if f.code == "GK512"]
    assert only.level is Level.HINT
    assert only.message.startswith("表格“会议费表”的数没有别的表可以对照")


@pytest.mark.parametrize(
    ("old", "new"),
    [("执行: 会议费预算@上年执行数", "执行: 支出"), ("  合计行: {位置: 无}\n", "")],
    ids=["a figure that another table has", "a total of its own"],
)
def test_a_table_with_something_to_hold_it_against_is_not_told(old, new, tmp_path):
    table = (ROWS + "  合计行: {位置: 无}\n").replace(old, new)

    assert not [f for f in found(tmp_path, table=table) if f.code == "GK512"]
