"""The tools for those who design packs: list, show, new, check, diff, preview, and the manual."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from gongkai.cli.main import cli
from gongkai.document.compose import render_disclosure
from gongkai.intake.export.mapping import read_mapping
from gongkai.intake.read import read
from gongkai.packs.import_mapping import import_mapping
from gongkai.packs.open import open_pack
from gongkai.packs.review.inspect import differences
from gongkai.packs.review.manual import MARK, reference
from gongkai.produce.models import models_of_packs
from support.emblems import SVG
from support.fixtures import CLEAN, one_of, write_input

ROOT = Path(__file__).resolve().parents[2]
OWN_SECTION = "国库集中支付"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["pack", *map(str, arguments)])


@pytest.fixture
def county(tmp_path):
    """A county's pack beneath 克州, made by the command."""
    made = run("new", "wuqia", "--from", "克州", "--title", "乌恰县", "--dir", tmp_path)
    assert made.exit_code == 0, made.output
    return tmp_path / "wuqia"


def test_list_names_every_pack_with_its_parent_and_editions():
    listed = run("list").output

    assert "kezhou\t克州\t上级：xinjiang\t版本：2024 年版（预算）、2025 年版（预算）" in listed
    assert "base\t基础\t上级：无" in listed


def test_list_goes_on_past_a_broken_pack(county):
    (county / "pack.yaml").write_text("名称: [\n", encoding="utf-8")

    listed = run("list", "--pack-dir", county.parent)

    assert listed.exit_code == 1
    assert "kezhou\t克州" in listed.output
    assert f"{county / 'pack.yaml'}:" in listed.output


def test_show_says_where_each_option_comes_from():
    shown = run("show", "克州", "--year", "2024").output

    assert "\n层次：kezhou/2024 → kezhou → xinjiang/2024 → xinjiang → base\n" in shown
    assert "三公数（文字，预算，kezhou）：“三公”经费数" in shown
    assert "列举末项（选择，预算、决算，默认）：、" in shown
    assert "预算/说明/结转结余.html  没有结转结余  xinjiang/2024:" in shown


def test_new_pack_says_only_its_name_and_parent_and_is_sound(county):
    assert sorted(p.name for p in county.iterdir()) == ["pack.yaml"]
    checked = run("check", "wuqia", "--pack-dir", county.parent)

    assert checked.exit_code == 0, checked.output
    assert "wuqia：通过（0 个错误，0 个警告）" in checked.output


def test_new_pack_may_have_any_title(tmp_path):
    assert run("new", "jia", "--title", "克州: “甲”县", "--dir", tmp_path).exit_code == 0
    assert run("check", "克州: “甲”县", "--pack-dir", tmp_path).exit_code == 0


def test_new_pack_where_nothing_can_be_written_is_wrong_use(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    made = run("new", "jia", "--dir", tmp_path / "file")

    assert made.exit_code == 2
    assert "jia" in made.output


def test_new_does_not_write_over_a_folder(county):
    again = run("new", "wuqia", "--dir", county.parent)

    assert again.exit_code == 2
    assert "已经有了" in again.output


MISTAKES = {
    "unknown option": ("pack.yaml", "选项: {三公书: 某数}", "三公书"),
    "figure in a template": (
        "预算/说明/总体.html",
        "<h2>{{ n }}、总体</h2>\n<p>收支总预算1,046.82万元。</p>",
        "1,046.82万元",
    ),
    "unknown name": ("预算/说明/总体.html", "<h2>{{ n }}、总体</h2>\n<p>{{ totall }}</p>", "totall"),
    "unknown block": (
        "预算/说明/结转结余.html",
        '{% extends "parent:预算/说明/结转结余.html" %}\n{% block nothing %}x{% endblock %}',
        "nothing",
    ),
    "broken HTML": ("预算/说明/总体.html", "<h2>{{ n }}、总体</h2>\n<p>没有关闭", "应先关闭 <p>"),
    "foreign HTML": ("预算/说明/总体.html", "<h2>{{ n }}、总体</h2>\n<p><img src='a.png'></p>", "<img>"),
    "template syntax": ("预算/说明/总体.html", "<h2>{{ n }}、总体</h2>\n{% if %}", "总体.html"),
    "missing section": ("pack.yaml", "选项: {章节: [总体, 国库集中支付]}", "国库集中支付"),
    "missing font": ("style.yaml", "字体: {仿宋: {自由: NoSuch, 文件: NoSuchFont.otf}}", "NoSuchFont.otf"),
}


@pytest.mark.parametrize("mistake", one_of(3, MISTAKES))
def test_check_finds(mistake, county):
    name, text, says = MISTAKES[mistake]
    file = county / name
    file.parent.mkdir(parents=True, exist_ok=True)
    manifest = (county / "pack.yaml").read_text(encoding="utf-8").replace("选项: {}\n", "")
    file.write_text(f"{manifest}{text}\n" if name == "pack.yaml" else text, encoding="utf-8")

    checked = run("check", "wuqia", "--pack-dir", county.parent)

    assert checked.exit_code == 1, checked.output
    assert says in checked.output


def test_check_tells_what_is_wrong_for_every_kind_at_once(county):
    for kind, table in (("预算", "收支总体"), ("决算", "收支总表")):
        (county / kind).mkdir()
        (county / kind / "表格.yaml").write_text(f"{table}:\n  副标题: 甲\n", encoding="utf-8")

    checked = run("check", "wuqia", "--pack-dir", county.parent)

    assert "表格“收支总体 › 副标题”：不认识的名称" in checked.output
    assert "表格“收支总表 › 副标题”：不认识的名称" in checked.output
    assert "（2 个错误，0 个警告）" in checked.output


def test_check_of_a_pack_that_is_its_own_parent_says_so(county):
    (county / "pack.yaml").write_text("名称: 乌恰县\n上级: wuqia\n", encoding="utf-8")

    checked = run("check", "wuqia", "--pack-dir", county.parent)

    assert checked.exit_code == 1
    assert "绕成了圈" in checked.output


def test_diff_of_two_years_names_exactly_what_the_form_of_2025_changed():
    """domain: the difference tables of the 2024 and the 2025 form of 克州."""
    old, new = (open_pack("克州", "预算", year) for year in (2024, 2025))
    found = {d.where: (d.left, d.right) for d in differences(old, new)}
    options = {where.removeprefix("选项 › ") for where in found if where.startswith("选项")}

    assert options == {
        "落款日期", "资产占用范围", "收入主体", "章节标题 › 总体", "列项编号", "原因引语", "名词主体", "没有其他说明",
        "三公比较词", "表单标末冒号", "两年都没有的支出", "没有项目支出",
    }  # fmt: skip
    assert found["表格 › 收入总体 › 合计行 › 位置"] == ("末行", "首行")
    assert found["表格 › 收入总体 › 编号行"] == (False, True)
    assert found["表格 › 收支总体 › 功能类"][0][-1] == "234"
    assert found["表格 › 收支总体 › 功能类"][1][-1] == "233"
    assert not [where for where in found if where.startswith("版式")]


def test_diff_prints_both_sides():
    printed = run("diff", "克州", "昌吉州", "--year", "2024").output

    assert "选项 › 列举末项\n    克州：、\n    昌吉州：和\n" in printed


def test_preview_renders_the_built_in_examples(county, tmp_path, monkeypatch):
    monkeypatch.setattr("gongkai.produce.preview.example_files", lambda: [ROOT / "examples" / "minimal-budget.yaml"])

    shown = run("preview", "wuqia", "--pack-dir", county.parent, "-o", tmp_path / "样子")

    assert shown.exit_code == 0, shown.output
    assert sorted(p.name for p in (tmp_path / "样子").iterdir()) == [
        "minimal-budget.docx", "minimal-budget.html", "minimal-budget.pdf",
    ]  # fmt: skip


@pytest.mark.slow
def test_preview_watches_a_pack_through_its_mistakes(county, tmp_path, monkeypatch):
    """A pack that cannot be read, and one that is called otherwise, are told once and waited for."""
    monkeypatch.setattr("gongkai.produce.preview.example_files", lambda: sorted((ROOT / "examples").glob("minimal-*")))
    manifest, sound = county / "pack.yaml", (county / "pack.yaml").read_text(encoding="utf-8")
    saves = iter(["名称: [\n", sound.replace("kezhou", "kezou"), sound])
    assert "kezhou" in sound

    def instead_of_sleeping(_: float) -> None:
        try:
            manifest.write_text(next(saves), encoding="utf-8")
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr("time.sleep", instead_of_sleeping)
    shown = run("preview", "wuqia", "--watch", "--pack-dir", county.parent, "-o", tmp_path / "样子")

    assert shown.exit_code == 0, shown.output
    assert shown.output.count("minimal-budget.pdf") == 2
    assert len(re.findall(r"错误 GK5\d\d", shown.output)) == 2


@pytest.mark.parametrize("name", one_of(2, ["kezhou", "xinjiang", "bozhou", "changji", "waisheng", "base", "shifan"]))
def test_every_pack_of_the_product_is_sound(name):
    checked = run("check", name)

    assert checked.exit_code == 0, checked.output


@pytest.mark.parametrize("name", ["kezhou", "changji", "bozhou", "waisheng"])
def test_a_prefecture_pack_stays_small(name):
    files = [f for f in (ROOT / "templates" / name).rglob("*") if f.suffix in {".yaml", ".html"}]

    assert 0 < sum(len(f.read_text(encoding="utf-8").splitlines()) for f in files) < 150


def test_the_manual_is_up_to_date():
    """make docs"""
    manual = (ROOT / "docs" / "模板包手册.md").read_text(encoding="utf-8")

    assert manual.partition(MARK)[2].strip() == reference().strip()


def test_the_tutorial_of_the_manual_ends_with_a_working_pack(tmp_path):
    """Every step as the manual prints it, and a section of one's own as its step 5 says."""
    manual = (ROOT / "docs" / "模板包手册.md").read_text(encoding="utf-8")
    blocks = [part.split("\n", 1) for part in manual.split("```")[1::2]]
    assert run("new", "shili", "--from", "base", "--title", "示例州", "--dir", tmp_path).exit_code == 0
    pack = tmp_path / "shili"
    manifest, editions, tables, style, imports, own_tables, facts, emblem = (t for kind, t in blocks if kind == "yaml")
    template, sentence = (text for kind, text in blocks if kind == "jinja")
    (pack / "2025").mkdir()
    sections = "".join(f"      - {name}\n" for name in (*open_pack("base", "预算", 2024).options["章节"], OWN_SECTION))
    options = f"    章节标题: {{{OWN_SECTION}: {OWN_SECTION}情况说明}}\n    章节:\n{sections}"
    [group] = re.findall(r"\n  预算:.*\n", manifest)
    manifest = manifest.replace(group, f"{group}{options}")
    (pack / "pack.yaml").write_text(manifest + editions + facts, encoding="utf-8")
    (pack / "预算" / "说明").mkdir(parents=True)
    [own] = re.findall(r"`({{ 数据\.补充说明.*? }})`", manual)
    (pack / "预算" / "说明" / f"{OWN_SECTION}.html").write_text(f"<p>{own}</p>\n{sentence}", encoding="utf-8")
    (pack / "预算" / "表格.yaml").write_text(tables + own_tables, encoding="utf-8")
    (pack / "预算" / "说明" / "其他事项.html").write_text(template, encoding="utf-8")
    (pack / "style.yaml").write_text(style + emblem, encoding="utf-8")
    (pack / "徽标.svg").write_bytes(SVG)
    (pack / "取数.yaml").write_text(imports, encoding="utf-8")

    checked = run("check", "shili", "--pack-dir", tmp_path)

    assert checked.exit_code == 0, checked.output
    unused = [line for line in checked.output.splitlines() if "GK511" in line]
    assert len(unused) == 3, "the comparison and what is counted are for tables, which the tutorial does not change"
    written = next(text for kind, text in blocks if kind == "text" and text.startswith("会议费预算"))
    data, added = (yaml.load(text, Loader=yaml.CBaseLoader) for text in (CLEAN.read_text(encoding="utf-8"), written))
    three_public = {**data["三公经费"], **added["三公经费"]}
    file = write_input(tmp_path, {**data, **added, "三公经费": three_public, "金额单位": "万元"})
    budget = read(file, models_of_packs([tmp_path], "shili")).model
    printed = render_disclosure(budget, open_pack("shili", "预算", 2024, [tmp_path]))
    assert read_mapping(import_mapping("shili", [tmp_path]))[1] == []
    assert "基金项目" in open_pack("shili", "预算", 2024, [tmp_path]).tables
    assert "增减率" in printed.html
    text = re.sub("<[^<>]*>", "", printed.html)
    assert "会议费预算3.20万元，比上年预算增加1.20万元，增长60.00%，主要原因是会议增加。" in text
    assert re.search(rf"[一二三四五六七八九十]+、{OWN_SECTION}情况说明</h2>\s*<p>没有。</p>", printed.html)


def test_watch_ends_quietly_on_interrupt(county, tmp_path):
    script = (
        "import gongkai.produce.preview as p, time\n"
        "p.preview_examples = lambda *a: []\n"
        "def stop(seconds): raise KeyboardInterrupt\n"
        "time.sleep = stop\n"
        "from gongkai.cli.main import cli\n"
        f"cli(['pack', 'preview', 'wuqia', '--watch', '--pack-dir', {str(county.parent)!r}])\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False)

    assert (ended.returncode, ended.stderr) == (0, "")
    shutil.rmtree(county)
