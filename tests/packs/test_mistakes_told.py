"""The gallery of a designer's mistakes: each is told in its file and line, by its name, with what may be written."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from click.testing import CliRunner

from gongkai.cli.main import cli
from support.fixtures import CLEAN, line_with, write_pack

MANIFEST, TABLES, STYLE, TEMPLATE = "pack.yaml", "预算/表格.yaml", "style.yaml", "预算/名词解释.html"


@dataclass(frozen=True)
class Told:
    """What a file of a pack says wrongly; the words at which it is told; what is told, and what may be written."""

    file: str
    text: str
    at: str
    message: str
    advice: str


def option(text: str, at: str, message: str, advice: str) -> Told:
    return Told(MANIFEST, f"选项:\n  {text}\n", at, message, advice)


def edition(text: str, at: str, message: str, advice: str) -> Told:
    return Told(MANIFEST, f"版本:\n  - {text}\n", at, message, advice)


def table(text: str, at: str, message: str, advice: str) -> Told:
    return Told(TABLES, text, at, message, advice)


def style(text: str, at: str, message: str, advice: str) -> Told:
    return Told(STYLE, text, at, message, advice)


def template(text: str, at: str, message: str, advice: str) -> Told:
    return Told(TEMPLATE, f"<p>没有错。</p>\n{text}\n", at, message, advice)


MISTAKES = {
    # options
    "option of no kind": option("三公书: 某数", "三公书", "选项“三公书”：没有这个选项", "“三公数”（写在“预算:”下面）"),
    "option like no other": option(
        "电子邮箱: 甲", "电子邮箱", "选项“电子邮箱”：没有这个选项", "共用的：标题主体、增减句式、"
    ),
    "option of the other kind": option(
        "决算: {采购预算: 采购}", "采购预算", "选项“采购预算”（决算）：没有这个选项，它是预算的", "请移到“预算:”下面"
    ),
    "option of one kind misspelt": option(
        "决算: {自称呼: 甲}", "自称呼", "选项“自称呼”（决算）：没有这个选项", "是否想写“自称”？"
    ),
    "choice": option(
        "预算: {列项编号: 1）}",
        "1）",
        "选项“列项编号”（预算）：只能是1.、1、、（一）、（1）、1．，现为“1）”",
        "序号的样子",
    ),
    "yes or no": option("一图读懂: 大概", "大概", "选项“一图读懂”（共用）：应写“是”或“否”", "正文前面加一页"),
    "list": option("预算: {章节: 总体}", "总体", "选项“章节”（预算）：应为清单", "写作 [甲, 乙]"),
    "text": option("预算: {自称: [甲]}", "甲", "选项“自称”（预算）：应为文字", "绩效情况里的自称"),
    "entry of a map": option(
        "增减句式: {增高: 甲}", "增高", "选项“增减句式”（共用）：不认识“增高”，可写：增加、减少、", "写作 {名称: 内容}"
    ),
    "entry that cannot go": option(
        "增减句式: {增加: 无}", "增加", "选项“增减句式”（共用）：“增加”不能去掉", '增加: "无"'
    ),
    "entry that is not there": option(
        "预算: {章节标题: {总题: 无}}", "总题", "选项“章节标题”（预算）：没有“总题”可去掉", "有的是：总体、收入、"
    ),
    "word in braces": option(
        '预算: {封面标题: "{年份}年"}',
        "年份",
        "选项“封面标题”（预算）：不认识 {年份}，可写：{单位}、{年度}、{口径}",
        "",
    ),
    "section": option(
        "预算: {章节: [总体, 收人]}",
        "收人",
        "选项“章节”（预算）里的“收人”没有模板 预算/说明/收人.html",
        "是否想写“收入”？",
    ),
    "part": option(
        "预算: {部分: [概况, 公开]}", "公开", "选项“部分”（预算）里的“公开”没有模板 预算/公开.html", "“公开表”？可写："
    ),
    "table to publish": option(
        "预算: {表格: [收入总休]}", "收入总休", "选项“表格”（预算）里的“收入总休”在预算/表格.yaml里没有", "“收入总体”"
    ),
    "chart": option(
        "图表: [收入构成]",
        "收入构成",
        "选项“图表”（共用）里的“收入构成”在各图里没有",
        "可写：收入结构、支出结构、三公经费",
    ),
    # editions and the rest of the manifest
    "scope of an edition": edition(
        "{年度: 2024, 口径: [全州]}", "全州", "“版本 › 第1条 › 口径 › 第1条”：只能是单位、部门，现为“全州”", ""
    ),
    "kind of an edition": edition(
        "{年度: 2024, 文种: [概算]}", "概算", "“版本 › 第1条 › 文种 › 第1条”：只能是预算、决算，现为“概算”", ""
    ),
    "year of an edition": edition("{年度: 二四}", "二四", "“版本 › 第1条 › 年度”：应为整数，现为“二四”", ""),
    "name in an edition": edition(
        "{年度: 2024, 口经: [部门]}",
        "口经",
        "“版本 › 第1条 › 口经”：不认识的名称",
        "可写：年度、文种、口径、目录、选项",
    ),
    "folder of an edition": edition(
        "{年度: 2024, 目录: 二四}", "二四", "版本的目录“二四”不存在", "请在模板包里建这个文件夹"
    ),
    "option in an edition of the other kind": edition(
        "{年度: 2024, 文种: [决算], 选项: {预算: {自称: 甲}}}",
        "自称",
        "选项“自称”是预算的，这一版只管决算",
        "请移到管预算的版本里",
    ),
    "name in the manifest": Told(
        MANIFEST,
        "选向: {甲: 乙}\n",
        "选向",
        "“选向”：不认识的名称",
        "可写：名称、说明、版本号、需要程序、上级、选项定义、选项、版本、校验级别",
    ),
    "type of a definition": Told(
        MANIFEST,
        "选项定义:\n  热线: {含义: 电话, 类型: 数字, 默认: 甲}\n",
        "数字",
        "“选项定义 › 热线 › 类型”：只能是文字、是否、选择、清单、对照，现为“数字”",
        "",
    ),
    "definition of another type": Told(
        MANIFEST,
        "选项定义:\n  章节: {含义: 章节, 默认: 总体}\n",
        "章节",
        "选项“章节”的类型与上级不同，应为清单",
        "写作 类型: 清单",
    ),
    "level of a rule": Told(
        MANIFEST,
        "校验级别: {GK423: 严重}\n",
        "严重",
        "“校验级别 › GK423”：只能是错误、警告、提示、不查，现为“严重”",
        "",
    ),
    # tables
    "table": table("收支总休:\n  标题: 甲\n", "收支总休", "表格“收支总休”：上级没有这张表", "是否想写“收支总体”"),
    "name in a table": table("收支总体:\n  副标题: 甲\n", "副标题", "表格“收支总体 › 副标题”：不认识的名称", "“副题”"),
    "name in the total": table(
        "收支总体:\n  合计行: {位子: 首行}\n",
        "位子",
        "表格“收支总体 › 合计行 › 位子”：不认识的名称",
        "是否想写“位置”？可写：名称、列、位置、空表也印、合并空格",
    ),
    "place of the total": table(
        "收支总体:\n  合计行: {位置: 中间}\n",
        "中间",
        "表格“收支总体 › 合计行 › 位置”：只能是首行、末行、无，现为“中间”",
        "",
    ),
    "column of the total": table(
        "支出总体:\n  合计行: {列: 科目名}\n",
        "科目名",
        "表格“支出总体”的合计行：没有名为“科目名”的列",
        "是否想写“科目名称”？",
    ),
    "columns of the total": table(
        "收支总体:\n  合计行: {名称: {收入项: 甲}}\n",
        "收入项",
        "表格“收支总体”的合计行：没有名为“收入项”的列",
        "可写：收入项目、收入数、支出项目、支出数",
    ),
    "name in a head": table(
        "三公经费:\n  栏目:\n    - {标目: 项目, 宽: 1}\n    - {标目: 合计, 宽度: 1}\n",
        "宽度",
        "表格“三公经费 › 栏目 › 第2条 › 宽度”：不认识的名称",
        "是否想写“宽”？可写：标目、列、数、宽、类型、格式、下级",
    ),
    "type of a column": table(
        "三公经费:\n  栏目:\n    - {标目: 项目, 类型: 字, 宽: 1}\n",
        "类型: 字",
        "表格“三公经费 › 栏目 › 第1条 › 类型”：只能是编码、文字、居中、数字、标目，现为“字”",
        "",
    ),
    "width of a column": table(
        "三公经费:\n  栏目:\n    - {标目: 项目, 宽: 1}\n    - {标目: 合计}\n",
        "合计",
        "表格“三公经费 › 栏目”：“合计”这一列没有写“宽”",
        "",
    ),
    "column renamed": table(
        "支出总体:\n  标题: 甲\n  列名称:\n    合记: 乙\n",
        "合记",
        "表格“支出总体”：“列名称”里的“合记”这一列没有，可写：",
        "",
    ),
    "column": table(
        "支出总体:\n  合计行: {列: 科目名称}\n"
        "  栏目:\n    - {标目: 科目名称, 宽: 3}\n    - {标目: 合计, 列: 合记, 宽: 3}\n",
        "合记",
        "表格“支出总体”：没有列“合记”",
        "是否想写“合计”？",
    ),
    "figure of a row": table(
        "收支总体:\n  左栏:\n    - {项目: 甲, 数: 财政专护}\n",
        "财政专护",
        "表格“收支总体”：式“财政专护”第 1 个字处：没有名称“财政专护”",
        "“财政专户”",
    ),
    "name in a row": table(
        "三公经费:\n  行:\n    - {项目: 合计, 数据: 合计}\n",
        "数据",
        "表格“三公经费 › 行 › 第1条 › 数据”：不认识的名称",
        "可写：项目、数、空行、缩进",
    ),
    "row renamed": table(
        "收支总体:\n  行名称: {财政专护: 甲}\n",
        "财政专护",
        "表格“收支总体”的“行名称”：没有数为“财政专护”的行",
        "“财政专户”",
    ),
    "row renamed back": table(
        "收支总体:\n  行名称: {财政专户: 无}\n",
        "财政专户",
        "表格“收支总体”的“行名称”：没有“财政专户”可去掉",
        "上级没有写过一条",
    ),
    "empty rows": table(
        "三公经费:\n  行:\n    - {项目: 甲, 空行: 2}\n", "空行", "表格“三公经费 › 行 › 第1条”：“空行”不能和“项目”", ""
    ),
    "class": table(
        '收支总体:\n  功能类: ["20"]\n',
        "20",
        "表格“收支总体 › 功能类 › 第1条”：应为三位的“类”编码，如 201，现为“20”",
        "",
    ),
    "columns merged": table(
        "整体绩效目标:\n  合并列: [二极指标]\n",
        "二极指标",
        "表格“整体绩效目标”的“合并列”：没有名为“二极指标”的列",
        "“二级指标”？可写：",
    ),
    "word in a title": table(
        '收支总体:\n  标题: "{年份}年"\n',
        "年份",
        "表格“收支总体”：不认识 {年份}，可写：{单位}、{年度}、{口径}、{表头称谓}",
        "",
    ),
    "table like another": table(
        "国有资本经营:\n  同: 政府性基全\n",
        "政府性基全",
        "表格“国有资本经营”的“同”：没有名为“政府性基全”的表",
        "“政府性基金”",
    ),
    "name for all tables": table("统一:\n  编号杠: true\n", "编号杠", "“统一 › 编号杠”：不认识的名称", "“编号行”"),
    "value of a form": table(
        "整体绩效目标:\n  表单:\n    - [{标: 甲}, {值: 单位名}]\n",
        "单位名",
        "表格“整体绩效目标”：没有表单值“单位名”",
        "是否想写“单位名称”",
    ),
    "form wider than its columns": table(
        "整体绩效目标:\n  表单列宽: [50, 50]\n  表单:\n    - [{标: 甲}, {标: 乙}, {标: 丙}]\n",
        "表单:",
        "表格“整体绩效目标”：“表单”第 1 行到了第 3 列，“表单列宽”有 2 列",
        "",
    ),
    # style
    "role": style("样式:\n  正问: {字号: 三号}\n", "正问", "“样式 › 正问”：没有这个样式，可写：封面单位、", ""),
    "name in a role": style(
        "样式:\n  正文: {字号大小: 三号}\n", "字号大小", "“样式 › 正文 › 字号大小”：不认识的名称", "是否想写“字号”"
    ),
    "alignment": style(
        "样式:\n  正文: {对齐: 靠边}\n", "靠边", "“样式 › 正文 › 对齐”：只能是左、居中、右、两端，现为“靠边”", ""
    ),
    "font": style(
        "样式:\n  正文: {字体: 隶书}\n",
        "隶书",
        "样式“正文”的字体“隶书”没有在“字体”里写明",
        "已有：小标宋、黑体、楷体、仿宋、宋体",
    ),
    "length": style("页面:\n  宽: 210\n", "210", "“页面 › 宽”：长度要带单位，写作如 37mm、12pt，现为“210”", ""),
    "colour": style("表格: {线色: 黑}\n", "黑", "“表格 › 线色”：颜色应写作 #000000 这样的六位数，现为“黑”", ""),
    "name of the page": style(
        "页面:\n  宽度: 210mm\n",
        "宽度",
        "“页面 › 宽度”：不认识的名称",
        "可写：宽、高、纵向边距、横向边距、页码、整本横向",
    ),
    # templates
    "variable": template("<p>{{ 单拉.名称 }}</p>", "单拉", "模板用了不存在的名称“单拉”", "是否想写“单位”"),
    "function": template("<p>{{ 金鹅(1) }}</p>", "金鹅", "模板用了不存在的名称“金鹅”", "“金额”"),
    "field": template("<p>{{ 单位.名字 }}</p>", "名字", "没有“名字”，是否想写“名称”？可写：名称、性质", ""),
    "figure": template("<p>{{ 金额(数.收人.金额) }}</p>", "收人", "没有“收人”，是否想写“收入”？可写：合计、", ""),
    "option in a template": template("<p>{{ 选项.自成 }}</p>", "自成", "模板用了不存在的选项“自成”", "是否想写“自称”"),
    "option of the other kind in a template": template(
        "<p>{{ 选项.三公分隔 }}</p>",
        "三公分隔",
        "模板用了不存在的选项“三公分隔”：它是决算的，这个模板是预算的",
        "“三公数”",
    ),
    "filter": template(
        "<p>{{ 年度 | roman }}</p>", "roman", "模板写法有误：没有过滤器“roman”", "可用的过滤器：default、first、join、"
    ),
    "block": template(
        '{% extends "parent:预算/名词解释.html" %}\n{% block term %}{% endblock %}',
        "block term",
        "被改的模板里没有块“term”",
        "可改的块：一般公共预算、三公经费",
    ),
    "template beneath": template(
        '{% extends "parent:预算/名词解析.html" %}',
        "extends",
        "模板“预算/名词解析.html”不存在，查找过：base",
        "是否想写“预算/名词解释.html”？",
    ),
    "word filled in": template(
        '<p>{{ 填写("{年份}") }}</p>', "年份", "不认识 {年份}，可写：{单位}、{年度}、{口径}、", ""
    ),
    "figure written out": template("<p>共10万元。</p>", "10万元", "模板里写了数字“10万元”", "数字应从数据得出"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_place_and_what_may_be_written(name, tmp_path):
    mistake = MISTAKES[name]
    files = {MANIFEST: "名称: 有错\n上级: base\n"}
    files[mistake.file] = files.get(mistake.file, "") + mistake.text
    folder = write_pack(tmp_path, "wrong", files)

    run = CliRunner().invoke(cli, ["pack", "check", "wrong", str(CLEAN), "--pack-dir", str(tmp_path)])

    assert isinstance(run.exception, SystemExit), f"came out of the program: {run.exception!r}"
    assert run.exit_code == 1
    place = f"{folder / mistake.file}:{line_with(files[mistake.file], mistake.at)}:"
    lines = run.output.splitlines()
    told = [number for number, line in enumerate(lines) if line.startswith(place) and mistake.message in line]
    assert told, run.output
    [at] = told
    following = next((line for line in lines[at + 1 : at + 3] if line.startswith("    → ")), "")
    assert mistake.advice in following
    # Nobody else is blamed: neither the base pack nor the data.
    assert all(line.startswith(str(folder)) for line in lines if "错误 GK" in line)


def test_a_missing_parent_is_told_with_the_nearest(tmp_path):
    write_pack(tmp_path, "wrong", {MANIFEST: "名称: 有错\n上级: kezou\n"})

    told = CliRunner().invoke(cli, ["pack", "check", "wrong", "--pack-dir", str(tmp_path)]).output

    assert f"{tmp_path / 'wrong' / MANIFEST}:2:" in told
    assert "没有名为“kezou”的模板包" in told
    assert "是否想写“kezhou”？" in told


def test_rows_renamed_beneath_are_gone_where_a_child_writes_the_rows_anew(tmp_path):
    """What a parent has renamed is no mistake of a child that has other rows."""
    parent = "收支总体:\n  行名称: {财政专户: 专户资金}\n"
    child = "收支总体:\n  左栏:\n    - {项目: 收入, 数: 本年收入}\n"
    write_pack(tmp_path, "parent", {MANIFEST: "名称: 上级\n上级: base\n", TABLES: parent})
    write_pack(tmp_path, "child", {MANIFEST: "名称: 下级\n上级: parent\n", TABLES: child})

    checked = CliRunner().invoke(cli, ["pack", "check", "child", str(CLEAN), "--pack-dir", str(tmp_path)])

    assert checked.exit_code == 0, checked.output
