"""Editions of a pack by 年度, 文种 and 口径: which one wins, which is never chosen, and what is made with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongkai.batch.workers.pack_snapshot import take_snapshot
from gongkai.cli.main import cli
from gongkai.packs.load.find import Pack, lineage, search_path
from gongkai.packs.open import open_pack, usual_scope
from gongkai.packs.review.editions import combinations, idle_editions
from gongkai.produce.unit import Settings, render_unit
from support.fixtures import CLEAN, SMALL_PACK, write_pack

EDITIONS = """\
名称: 分版
上级: base
版本:
  - {年度: 2023, 文种: [预算], 口径: [部门], 选项: {自称: 二三部门}}
  - {年度: 2024, 文种: [预算], 选项: {自称: 二四}}
  - {年度: 2024, 文种: [预算], 口径: [部门], 选项: {自称: 二四部门}}
  - {年度: 2025, 选项: {预算: {自称: 二五}}}
  - {年度: 2025, 口径: [单位, 部门], 文种: [决算], 选项: {自称: 决算二五}}
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["pack", *map(str, arguments)])


@pytest.fixture
def packs(tmp_path) -> Path:
    write_pack(tmp_path, "editions", {"pack.yaml": EDITIONS})
    return tmp_path


@pytest.mark.parametrize(
    ("year", "scope", "says"),
    [
        (2022, "部门", "本{口径}"),
        (2023, "单位", "本{口径}"),
        (2023, "部门", "二三部门"),
        (2024, "单位", "二四"),
        (2024, "部门", "二四部门"),
        (2025, "单位", "二五"),
        (2025, "部门", "二五"),  # the newer one, though it names no 口径
        (2031, "部门", "二五"),
    ],
)
def test_the_newest_wins_and_of_one_year_that_which_names_the_scope(packs, year, scope, says):
    assert open_pack("分版", "预算", year, (packs,), scope).options["自称"] == says


def test_of_editions_that_are_equal_the_one_written_first_wins(packs):
    """Naming both 口径 is naming none."""
    assert open_pack("分版", "决算", 2025, (packs,), "部门").options["自称"] == "本{口径}"


def test_without_a_scope_the_common_one_of_the_kind_is_meant(packs):
    assert (usual_scope("预算"), usual_scope("决算")) == ("单位", "部门")
    assert open_pack("分版", "预算", 2024, (packs,)).options["自称"] == "二四"


def test_an_edition_that_is_never_chosen_is_told_with_the_one_that_is_instead(packs):
    [finding] = idle_editions(Pack(packs / "editions"))

    assert (finding.code, finding.place.line) == ("GK508", 8)
    assert finding.message == (
        "2025 年版（决算）永远选不上：它管的文种和口径，都先用第 7 行的 2025 年版"
    )  # fmt: skip
    checked = run("check", "editions", "--pack-dir", packs, CLEAN)
    assert checked.exit_code == 0, checked.output
    assert "警告 GK508" in checked.output


def test_two_editions_may_hide_a_third_between_them(tmp_path):
    manifest = """\
名称: 三版
上级: base
版本:
  - {年度: 2024, 口径: [部门]}
  - {年度: 2024}
  - {年度: 2024, 口径: [单位]}
"""
    write_pack(tmp_path, "three", {"pack.yaml": manifest})

    [finding] = idle_editions(Pack(tmp_path / "three"))
    assert finding.place.line == 5
    assert "第 4 行的 2024 年版（部门）、第 6 行的 2024 年版（单位）" in finding.message


def test_every_choice_of_editions_is_found_once(packs):
    line = lineage(Pack(packs / "editions"), search_path((packs,)))

    budgets = [(year, scope) for kind, year, scope in combinations(line) if kind == "预算"]
    assert budgets == [(2023, "单位"), (2023, "部门"), (2024, "单位"), (2024, "部门"), (2025, "单位")]


def of_scopes(folder: Path) -> Path:
    files = {
        "pack.yaml": f"{SMALL_PACK}版本:\n  - {{年度: 2020, 口径: [部门], 文种: [预算], 目录: 部门}}\n",
        "预算/名词解释.html": "<p>单位的说法。</p>\n",
        "部门/预算/名词解释.html": "<p>部门的说法。</p>\n",
    }
    return write_pack(folder, "small", files).parent


@pytest.mark.parametrize("scope", ["单位", "部门"])
def test_a_document_is_made_with_the_edition_of_its_own_scope(tmp_path, scope):
    folder = of_scopes(tmp_path)
    data = tmp_path / "单位.yaml"
    data.write_text(
        CLEAN.read_text(encoding="utf-8").replace("年度: 2024\n", f"年度: 2024\n口径: {scope}\n"), encoding="utf-8"
    )

    result = render_unit(data, Settings(tmp_path / "out", ("html",), "small", (folder,)))

    assert result.written, result.findings
    assert f"{scope}的说法。" in result.written[0].read_text(encoding="utf-8")


def test_the_snapshot_of_a_batch_has_the_folder_of_every_edition(tmp_path):
    folder = of_scopes(tmp_path / "packs")
    unpacked = take_snapshot((folder,)).unpack(tmp_path / "copies")

    assert open_pack("small", "预算", 2024, unpacked.folders, "部门").chain[0].name == "small/部门"
    assert unpacked.fingerprint("small")


def test_check_looks_at_both_scopes_and_at_one_that_is_asked_for(tmp_path):
    folder = of_scopes(tmp_path)
    (folder / "small/部门/预算/名词解释.html").write_text("<p>{{ 没有这个 }}</p>\n", encoding="utf-8")

    both, one = (
        run("check", "small", "--pack-dir", folder),
        run("check", "small", "--scope", "单位", "--pack-dir", folder),
    )

    assert both.exit_code == 1
    assert f"{folder / 'small/部门/预算/名词解释.html'}:1" in both.output
    assert one.exit_code == 0, one.output


def test_show_and_diff_take_the_scope(packs):
    unit = run("show", "分版", "--year", 2024, "--pack-dir", packs).output
    department = run("show", "分版", "--year", 2024, "--scope", "部门", "--pack-dir", packs).output
    differ = run("diff", "分版", "分版", "--year", 2024, "--scope", "单位", "--to-scope", "部门", "--pack-dir", packs)

    assert "看的是：预算，2024 年，口径 单位；editions 用 2024 年版（预算）\n" in unit
    assert "自称（文字，预算，editions 2024 年版（预算））：二四\n" in unit
    assert "看的是：预算，2024 年，口径 部门；editions 用 2024 年版（预算、部门）\n" in department
    assert "自称（文字，预算，editions 2024 年版（预算、部门））：二四部门\n" in department
    assert differ.output == "选项 › 自称\n    甲（2024 年、单位）：二四\n    乙（2024 年、部门）：二四部门\n"


def test_show_names_titles_and_origins_of_tables_and_sections(packs):
    shown = run("show", "克州", "--year", 2025).output

    assert "  名词解释：名词解释  预算/名词解释.html  kezhou/2025\n" in shown
    assert "  结转结余：关于{标题主体}{年度}年上年结转结余预算情况说明  预算/说明/结转结余.html  base\n" in shown
    assert "  收支总体：表 1 {口径}收支总体情况表  kezhou/2025、base\n" in shown
    assert "  政府采购：表 {序号} 政府采购预算表  kezhou/2025、base  不在选项“表格”里\n" in shown
    assert "决算/" not in shown.partition("可改的块")[2]
    assert "预算/" not in run("show", "克州", "--kind", "决算").output.partition("可改的块")[2]


@pytest.mark.parametrize(
    ("edition", "says"),
    [
        ("{年度: 2024, 口径: [全州]}", "“版本 › 第1条 › 口径 › 第1条”：只能是单位、部门，现为“全州”"),
        ("{年度: 2024, 口径: []}", "“版本 › 第1条 › 口径”：不能空着"),
        ("{年度: 2024, 口经: [部门]}", "“版本 › 第1条 › 口经”：不认识的名称"),
    ],
)
def test_what_is_wrong_with_an_edition_is_told_with_what_may_be_written(tmp_path, edition, says):
    write_pack(tmp_path, "wrong", {"pack.yaml": f"名称: 错\n上级: base\n版本:\n  - {edition}\n"})

    told = run("show", "wrong", "--pack-dir", tmp_path)

    assert told.exit_code == 1
    assert f"{tmp_path / 'wrong/pack.yaml'}:4" in told.output
    assert says in told.output
    if "口经" in edition:
        assert "是否想写“口径”？可写：年度、文种、口径、目录、选项" in told.output
