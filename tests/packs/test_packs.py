"""Template packs: what a child inherits and overrides, editions by year, and every mistake named with file and line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import html

from gongkai.cli.main import cli
from gongkai.document.compose import render_disclosure
from gongkai.findings import Finding, FindingsError, Level
from gongkai.intake.read import read
from gongkai.packs.load.find import ENVIRONMENT_VARIABLE
from gongkai.packs.open import open_pack
from gongkai.packs.review.template_checks import verify
from gongkai.produce.unit import Settings, render_unit
from support.fixtures import EXAMPLE, PACKS, SMALL_PACK, beyond_the_example, line_with, write_pack

# --- inheritance ---


@cache
def paragraphs(pack: str, year: int = 2024) -> list[str]:
    """All text blocks of the example in a pack's edition for a year."""
    text = render_disclosure(read(EXAMPLE).model, open_pack(pack, "预算", year, (PACKS,)))
    return [e.text_content().strip() for e in html.document_fromstring(text.html).iter("h1", "h2", "h3", "p")]


def test_child_says_its_own_and_inherits_the_rest():
    assert any("本市各单位预算绩效管理" in p for p in paragraphs("某市"))
    assert any("我县各单位预算绩效管理" in p for p in paragraphs("某县"))
    assert any("收支总预算1,046.82万元" in p for p in paragraphs("某县"))


def test_mapping_option_is_merged_with_the_parents():
    titles = [p for p in paragraphs("某县") if p.startswith("第") and "部分　" in p]

    assert titles == [
        "第一部分　2024年单位概况",
        "第二部分　2024年单位预算公开表",
        "第三部分　2024年单位预算情况说明",
        "第四部分　名词和术语",
    ]


def test_overridden_block_leaves_the_rest_of_the_template():
    texts = paragraphs("某市")

    assert "克孜勒苏柯尔克孜自治州商务局共有41人。" in texts
    assert not any("编制数28" in p for p in texts)
    assert any("下设4个科室" in p for p in texts)


def test_parent_prefix_reaches_the_version_beneath():
    """Each layer adds a paragraph to what is beneath it: base, city, the city's edition, county."""
    texts = paragraphs("某县")
    added = [
        "市级补充：上级补助是指自治区拨付的资金。",
        "二〇二四年补充：其他收入是指援疆资金。",
        "县级补充：没有别的术语。",
    ]

    at = [texts.index(text) for text in added]
    assert texts[at[0] - 1].startswith("八、机关运行经费")
    assert at == [at[0], at[0] + 1, at[0] + 2]


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (2021, "我单位无其他需说明事项。"),
        (2022, "二〇二二年版：没有其他事项。"),
        (2023, "二〇二二年版：没有其他事项。"),
        (2024, "二〇二四年版：没有其他事项。"),
        (2026, "二〇二四年版：没有其他事项。"),
    ],
)
def test_edition_is_the_newest_that_is_not_later(year, said):
    assert [p for p in paragraphs("某市", year) if "其他事项。" in p or "其他需说明事项。" in p] == [said]


def test_edition_of_the_other_kind_is_not_taken():
    assert open_pack("某市", "决算", 2025, (PACKS,)).options["没有其他说明"] == "决算版：没有其他事项。"
    assert open_pack("某市", "预算", 2025, (PACKS,)).options["没有其他说明"] == "二〇二四年版：没有其他事项。"


def test_templates_of_an_edition_hold_from_its_year_on():
    assert any("二〇二四年补充" in p for p in paragraphs("某市", 2024))
    assert not any("二〇二四年补充" in p for p in paragraphs("某市", 2023))


def test_table_layouts_are_merged_key_by_key():
    base, city = open_pack("base", "预算", 2024), open_pack("某市", "预算", 2024, (PACKS,))

    assert city.layouts["收支总体"].title == "{单位}收支总表"
    assert city.layouts["收支总体"].header == base.layouts["收支总体"].header
    assert city.layouts["支出总体"].total.position == "首行"
    assert city.layouts["支出总体"].total.labels == base.layouts["支出总体"].total.labels
    assert city.layouts["基本支出"] == base.layouts["基本支出"]


def test_styles_are_merged_value_by_value():
    base, county = open_pack("base", "预算", 2024).style, open_pack("某县", "预算", 2024, (PACKS,)).style

    assert (base.roles["正文"].size, county.roles["正文"].size) == (16, 14)
    assert county.roles["正文"].model_copy(update={"size": 16}) == base.roles["正文"]
    assert county.page == base.page


# --- where packs are found ---


def command(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["render", str(EXAMPLE), "--format", "html", *arguments], catch_exceptions=False)
    return result.exit_code, result.output


def test_pack_and_folder_from_the_command_line(tmp_path):
    code, _ = command("--pack", "某县", "--pack-dir", str(PACKS), "-o", str(tmp_path))

    assert code == 0
    assert "县级补充：没有别的术语。" in (tmp_path / f"{EXAMPLE.stem}.html").read_text(encoding="utf-8")


def test_pack_by_its_folder_name(tmp_path):
    assert command("--pack", "county", "--pack-dir", str(PACKS), "-o", str(tmp_path))[0] == 0


def test_folder_from_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(PACKS))

    assert command("--pack", "某县", "-o", str(tmp_path))[0] == 0


def test_command_line_folder_goes_before_the_environment(tmp_path, monkeypatch):
    shadow = tmp_path / "packs"
    write_pack(shadow, "county", {"pack.yaml": SMALL_PACK, "预算/名词解释.html": "<p>先找到的包。</p>"})
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(PACKS))

    assert command("--pack", "county", "--pack-dir", str(shadow), "-o", str(tmp_path))[0] == 0
    assert "先找到的包。" in (tmp_path / f"{EXAMPLE.stem}.html").read_text(encoding="utf-8")


def test_several_folders_on_the_command_line(tmp_path):
    write_pack(tmp_path / "more", "village", {"pack.yaml": "名称: 某乡\n上级: county\n"})

    folders = ["--pack-dir", str(tmp_path / "more"), "--pack-dir", str(PACKS)]
    assert command("--pack", "某乡", *folders, "-o", str(tmp_path))[0] == 0


def test_unknown_pack_is_answered_with_the_nearest_and_the_folders_searched(tmp_path):
    code, output = command("--pack", "某县城", "--pack-dir", str(PACKS), "-o", str(tmp_path))

    assert code == 1
    assert "没有名为“某县城”的模板包" in output
    assert "是否想写“某县”？" in output
    assert str(PACKS) in output
    assert list(tmp_path.iterdir()) == []


def test_a_broken_pack_beside_does_not_disturb_the_others(tmp_path):
    """A prefecture's folder holds many packs; one being worked on must not stop all the others."""
    write_pack(tmp_path, "aaa", {"pack.yaml": "名称: [\n"})
    write_pack(tmp_path, "bbb", {"pack.yaml": SMALL_PACK})

    assert open_pack("小样", "预算", 2024, (tmp_path,)).options["部分"] == ["名词解释"]


# --- the gallery of mistakes ---


@dataclass(frozen=True)
class Mistake:
    """A pack with one mistake: where the finding must point, and words that it must say."""

    files: Mapping[str, str]
    at: tuple[str, str] | None  # file, and words on the line; None where the document as a whole is wrong
    says: str = ""
    pack: str = "wrong"
    format: str = "html"
    others: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def place(self) -> tuple[str, int]:
        """The end of the file's path, and the line."""
        assert self.at is not None
        file, words = self.at
        pack, _, name = file.rpartition(":")
        files = self.others[pack] if pack else self.files
        return f"/{pack or self.pack}/{name}", line_with(files[name], words)


def manifest(more: str = "", options: str = "") -> str:
    return f"名称: 有错的包\n上级: base\n校验级别: {{GK486: 不查}}\n选项:\n  部分: [名词解释]\n{options}{more}"


def option(line: str, says: str = "") -> Mistake:
    return Mistake({"pack.yaml": manifest(options=f"  {line}\n")}, ("pack.yaml", line), says)


def template(source: str, words: str, says: str = "") -> Mistake:
    text = f"<p>第一行没有错。</p>\n{source}\n<p>后面也没有错。</p>\n"
    return Mistake({"pack.yaml": manifest(), "预算/名词解释.html": text}, ("预算/名词解释.html", words), says)


def markup(source: str, says: str) -> Mistake:
    """HTML that no output knows; it is seen in the whole document, where template lines are gone."""
    return Mistake({"pack.yaml": manifest(), "预算/名词解释.html": source}, None, says, format="docx")


def tables(source: str, words: str, says: str = "") -> Mistake:
    return Mistake({"pack.yaml": manifest(), "预算/表格.yaml": source}, ("预算/表格.yaml", words), says)


def style(source: str, words: str, says: str = "") -> Mistake:
    return Mistake({"pack.yaml": manifest(), "style.yaml": source}, ("style.yaml", words), says)


COUNTY = {"pack.yaml": "名称: 县\n上级: town\n"}

MISTAKES = {
    "unknown option": option("不存在的选项: 1", "不存在的选项"),
    "option of the wrong type": option("说明未公开的绩效目标: 要", "说明未公开的绩效目标"),
    "list where text belongs": option("自称: [本单位]", "自称"),
    "unknown choice": option('结构编号: "；"', "、"),
    "unknown name in a mapping option": option("收入名称: {附录: 附录}", "附录"),
    "form wider than its columns": tables(
        "整体绩效目标:\n  表单列宽: [50, 50]\n  表单:\n    - [{标: 甲}, {标: 乙}, {标: 丙}]\n",
        "整体绩效目标",
        "到了第 3 列",
    ),
    "row with more cells than columns": markup(
        "<table><tr><td>甲</td></tr><tr><td>乙</td><td>多出来的</td></tr></table>", "“多出来的”这一格在第 2 列"
    ),
    "cell over another": markup(
        "<table><tr><td>甲</td><td rowspan='2'>乙</td></tr><tr><td colspan='2'>丙</td></tr></table>",
        "“丙”这一格和别的格重叠",
    ),
    "character that nobody sees": markup("<p>控{{ '\\x01' }}制2024年</p>", "看不见的控制字符（U+0001）"),
    "character that nobody sees, by its number": markup("<p>零&#xFEFF;宽</p>", "看不见的控制字符（U+FEFF）"),
    "table without a row": markup("<table></table>", "没有一行的表格"),
    "unknown table": option("表格: [收支总体, 不存在的表]", "不存在的表"),
    "table that is no name": option("表格: [[收支总体]]", "表格"),
    "unknown word in an option": option('封面标题: "{年份}年预算公开"', "年份"),
    "unclosed word in an option": option('封面标题: "{年度年预算公开"', "封面标题"),
    "option stated twice": Mistake(
        {"pack.yaml": manifest(options="  自称: 本单位\n  自称: 我单位\n")}, ("pack.yaml", "我单位"), "自称"
    ),
    "unknown section": Mistake(
        {"pack.yaml": "名称: 有错的包\n上级: base\n选项:\n  部分: [情况说明]\n  章节: [总体, 没有这一节]\n"},
        ("pack.yaml", "没有这一节"),
        "没有这一节",
    ),
    "unknown part": Mistake(
        {"pack.yaml": "名称: 有错的包\n上级: base\n选项:\n  部分: [没有这一部分]\n"},
        ("pack.yaml", "没有这一部分"),
        "没有这一部分",
    ),
    "unknown name in the manifest": Mistake({"pack.yaml": manifest("作者: 某人\n")}, ("pack.yaml", "作者"), "作者"),
    "edition year that is no number": Mistake(
        {"pack.yaml": manifest("版本:\n  - 年度: 二零二四\n")}, ("pack.yaml", "二零二四"), "年度"
    ),
    "edition of an unknown kind": Mistake(
        {"pack.yaml": manifest("版本:\n  - {年度: 2024, 文种: [概算]}\n")}, ("pack.yaml", "概算"), "文种"
    ),
    "edition folder outside the pack": Mistake(
        {"pack.yaml": manifest("版本:\n  - {年度: 2024, 目录: ../别处}\n")}, ("pack.yaml", "../别处"), "目录"
    ),
    "edition folder that does not exist": Mistake(
        {"pack.yaml": manifest("版本:\n  - {年度: 2024, 目录: 二四}\n")}, ("pack.yaml", "二四"), "二四"
    ),
    "option of a parent made another kind": Mistake(
        {"pack.yaml": manifest("选项定义:\n  章节: {含义: 章节, 默认: 总体}\n")}, ("pack.yaml", "含义: 章节"), "章节"
    ),
    "default of the wrong type": Mistake(
        {"pack.yaml": manifest("选项定义:\n  新选项: {含义: 新, 默认: [甲]}\n")}, ("pack.yaml", "新选项"), "新选项"
    ),
    "broken YAML": Mistake({"pack.yaml": "名称: 有错的包\n上级: base\n选项: [\n"}, ("pack.yaml", "选项"), "YAML"),
    "manifest that is a list": Mistake({"pack.yaml": "- 名称: 有错的包\n"}, ("pack.yaml", "名称")),
    "missing parent": Mistake(
        {"pack.yaml": "名称: 有错的包\n上级: nowhere\n"}, ("pack.yaml", "上级"), "没有名为“nowhere”的模板包"
    ),
    "no parent at all": Mistake({"pack.yaml": "名称: 有错的包\n说明: 没有上级\n"}, ("pack.yaml", "名称"), "上级"),
    "circular parents": Mistake(
        {"pack.yaml": "名称: 有错的包\n上级: county\n"},
        ("pack.yaml", "上级"),
        "圈",
        others={"county": COUNTY, "town": {"pack.yaml": "名称: 镇\n上级: wrong\n"}},
    ),
    "undefined variable": template("<p>{{ 没有这个名称 }}</p>", "没有这个名称", "没有这个名称"),
    "undefined attribute": template("<p>{{ unit.nickname }}</p>", "nickname", "nickname"),
    "unknown function": template("<p>{{ total(1) }}</p>", "total", "total"),
    "unknown filter": template("<p>{{ year | roman }}</p>", "roman", "roman"),
    "unknown tag": template("{% loop x in y %}", "loop", "loop"),
    "half an expression": template("{% if %}", "if"),
    "block that is never closed": template("{% if year %}", "if year"),
    "wrong argument": template('<p>{{ amount("十万") }}</p>', "十万"),
    "missing argument": template("<p>{{ amount() }}</p>", "amount"),
    "division by zero": template("<p>{{ year / 0 }}</p>", "year / 0"),
    "heading number beyond 999": template("<p>{{ numeral(1000) }}</p>", "numeral"),
    "template that includes itself": template('{% include "预算/名词解释.html" %}', "include"),
    "missing template": template('{% include "预算/没有.html" %}', "include", "预算/没有.html"),
    "amount that no function prints": template("<p>{{ d.total }}</p>", "d.total", "金额"),
    "reckoning": template("<p>{{ year * 2 }}</p>", "year * 2", "*"),
    "block that replaces nothing": template(
        '{% extends "parent:预算/名词解释.html" %}\n{% block 没有这一块 %}{% endblock %}', "没有这一块", "没有这一块"
    ),
    "brackets without bottom": Mistake(
        {"pack.yaml": manifest(), "预算/名词解释.html": f"<p>{{{{ {'(' * 3000}1{')' * 3000} }}}}</p>"}, None, "太深"
    ),
    "cell that spans too much": template(
        "<table><tbody><tr>\n<td colspan='99'>字</td></tr></tbody></table>", "99", "99"
    ),
    "paragraph that is never closed": template("<p>没有关上", "没有关上", "<p>"),
    "end of what never began": template("<p>多了一半</p></div>", "多了一半", "</div>"),
    "loose words": template("散在外面的字", "散在外面的字", "散在外面的字"),
    "head without an author": Mistake(
        {
            "pack.yaml": manifest(),
            "document.html": "<html>\n<head>\n<title>题</title></head><body><p>字</p></body></html>",
        },
        ("document.html", "<head>"),
        "author",
    ),
    "element that the document does not know": markup("<ul><li>一条</li></ul>", "ul"),
    "text outside of paragraphs": markup("没有段落的文字", "没有段落的文字"),
    "unknown name in a table": tables("收支总体:\n  副标题: 草案\n", "副标题", "副标题"),
    "wrong value in a table": tables("收支总体:\n  横向: 也许\n", "也许", "横向"),
    "unknown position of the total": tables("收支总体:\n  合计行: {位置: 中间}\n", "中间", "位置"),
    "unknown word in a table title": tables('收支总体:\n  标题: "{年份}年收支表"\n', "年份", "年份"),
    "unknown word in a head": tables(
        '三公经费:\n  栏目:\n    - {标目: 项目, 类型: 文字, 宽: 1}\n    - {标目: "{年份}年", 列: 合计, 宽: 1}\n',
        "年份",
        "年份",
    ),
    "unknown word in the name of a column": tables('三公经费:\n  列名称: {合计: "{年份}年"}\n', "年份", "年份"),
    "unknown word in the name of a row": tables('收支总体:\n  行名称: {财政专户: "{年份}年"}\n', "年份", "年份"),
    "unknown word in the total": tables('收支总体:\n  合计行: {名称: "{年份}年"}\n', "年份", "年份"),
    "unknown figure in a table": tables(
        "收支总体:\n  左栏:\n    - {项目: 彩票, 数: 彩票公益金}\n", "彩票公益金", "彩票公益金"
    ),
    "column that no table gives": tables(
        "支出总体:\n  栏目:\n    - {标目: 名称, 列: 科目名称, 宽: 3}\n    - {标目: 合计, 列: 合记, 宽: 3}\n",
        "合记",
        "合记",
    ),
    "column that another table has": tables(
        "三公经费:\n  栏目:\n    - {标目: 项目, 列: 收入数, 宽: 50}\n",
        "列: 收入数",
        "表格“三公经费”：没有列“收入数”",
    ),
    "element whose name begins like another's": Mistake(
        {
            "pack.yaml": manifest(),
            "预算/公开表.html": "<p>第一行<br>第二行</p>\n",
            "预算/名词解释.html": "<p>没有错。</p>\n<b>不能用</b>\n",
        },
        ("预算/名词解释.html", "<b>"),
        "<b>",
        format="docx",
    ),
    "attribute that another template has rightly": Mistake(
        {
            "pack.yaml": manifest(),
            "预算/公开表.html": '<table><col style="width:50%"><tr><td>甲</td></tr></table>\n',
            "预算/名词解释.html": '<p>没有错。</p>\n<p style="color:red">红</p>\n',
        },
        ("预算/名词解释.html", "color:red"),
        "style",
        format="docx",
    ),
    "cell of a form that spans too much": tables(
        "整体绩效目标:\n  表单:\n    - [{标: 目标, 跨列: 51}]\n", "跨列", "跨列"
    ),
    "columns without widths": tables("三公经费:\n  栏目:\n    - {标目: 项目, 类型: 文字}\n", "标目"),
    "table that is no mapping": tables("收支总体: 草案\n", "收支总体", "收支总体"),
    "broken YAML in tables": tables("收支总体:\n  标题: [\n", "标题", "YAML"),
    "length without a unit": style("页面:\n  宽: 210\n", "宽", "宽"),
    "unknown alignment": style("样式:\n  正文: {对齐: 靠边}\n", "靠边", "对齐"),
    "unknown name in a style": style("样式:\n  正文: {颜色: 红}\n", "颜色", "颜色"),
    "colour that is none": style("表格: {线色: 黑}\n", "线色", "线色"),
    "font that the style does not define": style("样式:\n  正文: {字体: 隶书}\n", "隶书", "隶书"),
    "face for figures that the style does not define": style("字体:\n  仿宋: {数字: 隶书}\n", "隶书", "隶书"),
    "role that no text has": style("样式:\n  正问: {字号: 三号}\n", "正问", "正问"),
    "font file that is a path": style("字体:\n  仿宋: {文件: ../a.otf}\n", "a.otf", "文件"),
    "margins that leave no room": style("页面:\n  纵向边距: {左: 200mm}\n", "200mm", "纵向边距"),
    "look of a parent": Mistake(
        {"pack.yaml": "名称: 有错的包\n上级: county\n", "style.yaml": "样式:\n  正文: {字号: 四号}\n"},
        ("county:style.yaml", "靠边"),
        "对齐",
        others={
            "county": {
                "pack.yaml": "名称: 县\n上级: base\n选项:\n  部分: [名词解释]\n",
                "style.yaml": "样式:\n  正文:\n    对齐: 靠边\n",
            }
        },
    ),
    "mistake of a parent": Mistake(
        {"pack.yaml": "名称: 有错的包\n上级: county\n"},
        ("county:预算/表格.yaml", "副标题"),
        "副标题",
        others={
            "county": {
                "pack.yaml": "名称: 县\n上级: base\n选项:\n  部分: [名词解释]\n",
                "预算/表格.yaml": "收支总体:\n  副标题: 草案\n",
            }
        },
    ),
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory):
    """What each pack of the gallery leads to: its findings, or the exception that should not have come out."""

    @cache
    def outcome(name: str) -> list[Finding] | Exception:
        mistake = MISTAKES[name]
        folder = tmp_path_factory.mktemp("gallery")
        for pack, files in {mistake.pack: mistake.files, **mistake.others}.items():
            write_pack(folder, pack, files)
        try:
            result = render_unit(EXAMPLE, Settings(folder / "out", (mistake.format,), mistake.pack, (folder,)))
        except Exception as error:
            return error
        assert bool(result.written) != result.failed
        return result.findings

    return outcome


TERMS = (
    "YAML HTML html style.yaml base section div nav span br table colgroup col thead tbody tr th td mm pt "
    "meta name author amount terms three_public_term colspan rowspan default first join last length lines list replace "
    "sort trim"
)

gallery = pytest.mark.parametrize("name", MISTAKES)


@gallery
def test_mistake_is_an_error_and_nothing_is_written(name, outcomes):
    findings = outcomes(name)

    assert not isinstance(findings, Exception), f"came out of the program: {findings!r}"
    assert Level.ERROR in {finding.level for finding in findings}, "the mistake went unnoticed"


@pytest.mark.parametrize("name", [name for name, mistake in MISTAKES.items() if mistake.at])
def test_mistake_is_placed_in_the_packs_own_file_and_line(name, outcomes):
    """To within two lines: a parser sees some mistakes only where the next thing begins."""
    findings = outcomes(name)
    assert not isinstance(findings, Exception)
    file, line = MISTAKES[name].place()

    places = [(Path(f.place.file).as_posix(), f.place.line) for f in findings if f.place is not None]
    assert [(path, at) for path, at in places if path.endswith(file) and at and abs(at - line) <= 2], places


@pytest.mark.parametrize("name", [name for name, mistake in MISTAKES.items() if mistake.at is None])
def test_mistake_of_the_document_is_blamed_on_the_pack(name, outcomes):
    """The clerk's file is not to blame for a template."""
    findings = outcomes(name)
    assert not isinstance(findings, Exception)

    assert [
        f.place.file for f in beyond_the_example(findings) if f.place is not None and f.place.file == str(EXAMPLE)
    ] == []
    assert any(f.place is not None and "/wrong" in Path(f.place.file).as_posix() for f in findings)


@gallery
def test_mistake_is_told_in_chinese(name, outcomes):
    findings, mistake = outcomes(name), MISTAKES[name]
    assert not isinstance(findings, Exception)
    text = "\n".join(f"{f.message} {f.advice}" for f in findings)
    # Names from the pack itself, of files, units, HTML elements, functions and blocks may be Latin.
    own = "".join((*mistake.files.values(), *mistake.files, *mistake.others, mistake.pack, TERMS))

    assert mistake.says in text
    text = re.sub(r"（还?查找过[^）]*）", "", text)
    assert [word for word in re.findall(r"[A-Za-z]{2,}", text) if word not in own] == []


def pack_check(folder: Path, mistake: Mistake) -> Result:
    for pack, files in {mistake.pack: mistake.files, **mistake.others}.items():
        write_pack(folder, pack, files)
    return CliRunner().invoke(cli, ["pack", "check", mistake.pack, "--pack-dir", str(folder)])


@pytest.mark.parametrize(
    "name",
    [
        "unknown word in an option",
        "option stated twice",
        "unknown filter",
        "wrong argument",
        "text outside of paragraphs",
        "length without a unit",
        "font that the style does not define",
        "face for figures that the style does not define",
        "unknown figure in a table",
    ],
)
def test_pack_check_finds_the_mistake_too(name, tmp_path):
    run = pack_check(tmp_path, MISTAKES[name])

    assert isinstance(run.exception, SystemExit), f"came out of the program: {run.exception!r}"
    assert run.exit_code == 1, run.output
    assert "错误 GK" in run.output


def test_pack_check_finds_a_block_that_replaces_nothing(tmp_path):
    source = """{% extends "parent:预算/名词解释.html" %}
{% block 没有这一块 %}<p>不会印出来。</p>{% endblock %}
"""
    mistake = Mistake({"pack.yaml": manifest(), "预算/名词解释.html": source}, None)

    run = pack_check(tmp_path, mistake)

    assert run.exit_code == 1
    assert "wrong/预算/名词解释.html:2" in run.output
    assert "没有这一块" in run.output


def test_a_block_of_the_template_of_both_kinds_may_be_replaced_in_one(tmp_path):
    source = """{% extends "parent:决算/概况.html" %}
{% block organisation scoped %}<p>机构从略。</p>{% endblock %}
"""
    run = pack_check(tmp_path, Mistake({"pack.yaml": manifest(), "决算/概况.html": source}, None))

    assert run.exit_code == 0, run.output


def test_packs_of_the_tests_are_sound():
    for kind, year in (("预算", 2022), ("预算", 2024), ("决算", 2025)):
        assert verify(open_pack("city", kind, year, (PACKS,))) == []
    assert CliRunner().invoke(cli, ["pack", "check", "county", "--pack-dir", str(PACKS)]).exit_code == 0


def test_every_mistake_of_the_manifest_is_listed_at_once(tmp_path):
    options = "  不存在的选项: 1\n  说明未公开的绩效目标: 要\n  结构编号: ；\n"
    write_pack(tmp_path, "wrong", {"pack.yaml": manifest(options=options)})

    with pytest.raises(FindingsError) as caught:
        open_pack("wrong", "预算", 2024, (tmp_path,))

    assert [f.place.line for f in caught.value.findings if f.place] == [6, 7, 8]


def test_template_that_is_not_utf8_is_named(tmp_path):
    pack = write_pack(tmp_path, "wrong", {"pack.yaml": manifest(), "预算/名词解释.html": ""})
    (pack / "预算/名词解释.html").write_bytes("<p>某某局</p>".encode("gb18030"))

    result = render_unit(EXAMPLE, Settings(tmp_path / "out", ("html",), "wrong", (tmp_path,)))

    assert result.failed
    [finding] = beyond_the_example(result.findings)
    assert finding.place is not None
    assert finding.place.file.endswith("wrong/预算/名词解释.html")


def test_a_pack_that_was_changed_is_read_again_and_one_that_was_not_is_kept(tmp_path):
    pack = write_pack(tmp_path, "small", {"pack.yaml": SMALL_PACK})
    first = open_pack("small", "预算", 2024, [tmp_path])
    assert open_pack("small", "预算", 2024, [tmp_path]) is first
    (pack / "pack.yaml").write_text(f"{SMALL_PACK}  自称: 我局\n", encoding="utf-8")
    assert open_pack("small", "预算", 2024, [tmp_path]).options["自称"] == "我局"
