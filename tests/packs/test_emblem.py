"""The emblem in a pack: declared in style.yaml, inherited, taken away; every mistake with its file and line."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai.cli.main import cli
from gongkai.findings import Finding, FindingsError, Level
from gongkai.packs.assembled import AssembledPack
from gongkai.packs.open import open_pack
from gongkai.packs.review.inspect import differences
from gongkai.packs.review.template_checks import verify
from gongkai.produce.unit import Settings, render_unit
from support.emblems import ALTERNATIVE, NAMESPACE, PACK, SVG, drawn, header, png, png_of
from support.fixtures import CLEAN, PACKS, SMALL_PACK, line_with, write_pack

WHOLE = """\
徽标:
  文件: 徽标.svg
  替代文字: 示例州人民政府
  封面:
    高: 30mm
    位置: 居中
  页眉:
    高: 8mm
    位置: 左
"""


def opened(folder: Path, style: str = WHOLE, files: dict[str, bytes] | None = None) -> AssembledPack:
    """A small pack with this style.yaml, and these files beside it."""
    pack = write_pack(folder, "mine", {"pack.yaml": SMALL_PACK, "style.yaml": style})
    for name, data in {"徽标.svg": SVG, **(files or {})}.items():
        (pack / name).parent.mkdir(exist_ok=True)
        (pack / name).write_bytes(data)
    return open_pack("mine", "预算", 2024, (folder,))


def only_mistake(folder: Path, style: str = WHOLE, files: dict[str, bytes] | None = None) -> Finding:
    with pytest.raises(FindingsError) as told:
        opened(folder, style, files)
    [finding] = told.value.findings
    return finding


def test_an_emblem_says_where_it_stands_and_how_large():
    emblem = open_pack(PACK, "预算", 2024, (PACKS,)).style.emblem

    assert emblem is not None
    assert emblem.alternative == ALTERNATIVE
    assert emblem.cover is not None
    assert emblem.head is not None
    assert (round(emblem.cover.height, 2), emblem.cover.side) == (85.04, "居中")
    assert (round(emblem.width(emblem.head), 2), emblem.head.side) == (22.68, "左")


def test_each_part_may_be_left_out_and_has_sizes_of_its_own(tmp_path):
    emblem = opened(tmp_path, "徽标: {文件: 徽标.svg, 替代文字: 州, 页眉: {}}\n").style.emblem

    assert emblem is not None
    assert emblem.cover is None
    assert emblem.head is not None
    assert round(emblem.head.height, 2) == 22.68


@pytest.mark.parametrize(
    ("said", "left"),
    [("徽标: 无", None), ("徽标: {封面: 无}", (False, True)), ("徽标: {页眉: 无}", (True, False)), ("", (True, True))],
)
def test_a_child_inherits_changes_or_drops_it(tmp_path, said, left):
    write_pack(tmp_path, "child", {"pack.yaml": f"名称: 县\n上级: {PACK}\n", "style.yaml": f"{said}\n"})
    emblem = open_pack("县", "预算", 2024, (tmp_path, PACKS)).style.emblem

    assert (emblem and (emblem.cover is not None, emblem.head is not None)) == left
    assert emblem is None or emblem.picture.data


def test_a_childs_file_stands_beside_its_own_style(tmp_path):
    pack = write_pack(
        tmp_path, "child", {"pack.yaml": f"名称: 县\n上级: {PACK}\n", "style.yaml": "徽标: {文件: 图/县徽.PNG}\n"}
    )
    (pack / "图").mkdir()
    (pack / "图" / "县徽.PNG").write_bytes(png())
    emblem = open_pack("县", "预算", 2024, (tmp_path, PACKS)).style.emblem

    assert emblem is not None
    assert (emblem.picture.kind, emblem.alternative) == ("png", ALTERNATIVE)


def test_a_grandchild_may_have_one_again(tmp_path):
    write_pack(tmp_path, "child", {"pack.yaml": f"名称: 县\n上级: {PACK}\n", "style.yaml": "徽标: 无\n"})
    pack = write_pack(tmp_path, "grandchild", {"pack.yaml": "名称: 乡\n上级: 县\n", "style.yaml": WHOLE})
    (pack / "徽标.svg").write_bytes(SVG)
    emblem = open_pack("乡", "预算", 2024, (tmp_path, PACKS)).style.emblem

    assert emblem is not None
    assert emblem.alternative == "示例州人民政府"


MISTAKES = {
    "unknown key": ("位置: 左", "地方: 左", "“徽标 › 页眉 › 地方”：不认识的名称", "地方"),
    "no alternative": ("  替代文字: 示例州人民政府\n", "", "“徽标 › 替代文字”：缺少此项", "徽标:"),
    "empty alternative": ("示例州人民政府", '" "', "“徽标 › 替代文字”：要用一行话", "替代文字"),
    "long alternative": ("示例州人民政府", "州" * 101, "“徽标 › 替代文字”：要用一行话", "替代文字"),
    "no file": ("  文件: 徽标.svg\n", "", "“徽标 › 文件”：缺少此项", "徽标:"),
    "another place": ("位置: 居中", "位置: 上", "“徽标 › 封面 › 位置”：只能是左、居中、右，现为“上”", "位置: 上"),
    "no unit": ("高: 30mm", "高: 30", "“徽标 › 封面 › 高”：长度要带单位", "高: 30"),
    "too small": ("高: 8mm", "高: 1mm", "“徽标 › 页眉 › 高”：不能小于 5pt", "高: 1mm"),
    "too high for the head": ("高: 8mm", "高: 15mm", "上边距里放不下页眉的徽标", "页眉"),
    "too high for the cover": ("高: 30mm", "高: 130mm", "封面的徽标太大", "封面"),
    "over the words of a table": ("位置: 左", "位置: 右\n    距正文: 3mm", "页眉的徽标在右边，会压住", "页眉"),
    "outside": ("徽标.svg", "../徽标.svg", "“徽标 › 文件”：徽标文件要放在模板包里", "文件"),
    "absolute": ("徽标.svg", "/etc/徽标.svg", "“徽标 › 文件”：徽标文件要放在模板包里", "文件"),
    "address": ("徽标.svg", "https://x/徽标.svg", "“徽标 › 文件”：徽标文件要放在模板包里", "文件"),
    "another kind": ("徽标.svg", "徽标.jpg", "“徽标 › 文件”：徽标只能是 .png 或 .svg 文件，现为“徽标.jpg”", "文件"),
    "missing": ("徽标.svg", "没有.svg", "徽标“没有.svg”找不到文件", "文件"),
    "a word": (WHOLE, "徽标: 徽标.svg\n", "“徽标”：应由“名称: 内容”组成，现为“徽标.svg”", "徽标"),
    "nowhere": (WHOLE, "徽标: {文件: 徽标.svg, 替代文字: 州}\n", "没有写徽标印在哪里", "徽标"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_has_its_file_and_line(case, tmp_path):
    old, new, words, where = MISTAKES[case]
    style = WHOLE.replace(old, new, 1) if case != "unknown key" else WHOLE.replace("    位置: 左", "    地方: 左")
    finding = only_mistake(tmp_path, style)

    assert finding.message.startswith(words)
    assert finding.place is not None
    assert Path(finding.place.file).name == "style.yaml"
    assert finding.place.line == line_with(style, where)
    assert finding.level is Level.ERROR


BOMB = png_of(header(9, 9), (b"IDAT", zlib.compress(bytes(50_000_000))), (b"IEND", b""))
HOSTILE = {
    "bomb": ("a.png", BOMB, "徽标“a.png”里面的数据比它写明的像素多", "style.yaml", 2),
    "script": ("徽标.svg", drawn("\n<script/>"), "徽标“徽标.svg”有不能用的 <script>：是脚本", "徽标.svg", 3),
    "outside": ("徽标.svg", drawn('<image href="http://x/"/>'), "徽标“徽标.svg”有不能用的 <image>", "徽标.svg", 2),
    "truncated": ("a.png", png()[:-9], "徽标“a.png”文件不完整，后面缺了一截", "style.yaml", 2),
    "wrong suffix": ("a.png", SVG, "徽标“a.png”名称是 .png，内容却是 SVG 或网页", "style.yaml", 2),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_picture_is_told_by_check_with_its_place(case, tmp_path):
    name, data, words, file, line = HOSTILE[case]
    finding = only_mistake(tmp_path, WHOLE.replace("徽标.svg", name), {name: data})
    run = CliRunner().invoke(cli, ["pack", "check", "mine", "--pack-dir", str(tmp_path)], terminal_width=400)

    assert finding.code == "GK510"
    assert finding.message.startswith(words)
    assert finding.advice
    assert (Path(finding.place.file).name, finding.place.line) == (file, line)
    assert run.exit_code == 1
    assert f"GK510 {words}" in run.stderr.replace("\n", "")


def test_no_picture_of_a_hostile_pack_is_in_any_output(tmp_path):
    opened(tmp_path)
    (tmp_path / "mine" / "徽标.svg").write_bytes(drawn("<script/>"))
    result = render_unit(CLEAN, Settings(tmp_path / "out", ("pdf", "docx", "html"), "mine", (tmp_path,)))

    assert not result.written
    assert [finding.code for finding in result.findings if finding.level is Level.ERROR] == ["GK510"]


def test_a_link_out_of_the_pack_is_refused(tmp_path):
    outside = tmp_path / "outside.svg"
    outside.write_bytes(SVG)
    pack = write_pack(tmp_path, "mine", {"pack.yaml": SMALL_PACK, "style.yaml": WHOLE})
    (pack / "徽标.svg").symlink_to(outside)
    with pytest.raises(FindingsError) as told:
        open_pack("mine", "预算", 2024, (tmp_path,))

    [finding] = told.value.findings
    assert (finding.message, finding.place.line) == ("徽标“徽标.svg”是指向包外面的链接", 2)


def test_what_was_left_out_is_told_by_check(tmp_path):
    pack = opened(tmp_path, files={"徽标.svg": drawn('<g style="mix-blend-mode:multiply"/>')})
    [finding] = [finding for finding in verify(pack) if finding.code != "GK507"]

    assert (finding.code, finding.level) == ("GK509", Level.WARNING)
    assert "mix-blend-mode" in finding.message
    assert finding.place.line == 2
    assert verify(open_pack(PACK, "预算", 2024, (PACKS,))) == []


def test_a_changed_picture_is_seen_at_once(tmp_path):
    before = opened(tmp_path).style.emblem
    after = opened(tmp_path, files={"徽标.svg": drawn("")}).style.emblem

    assert before is not None
    assert after is not None
    assert before.picture != after.picture


def test_show_lists_it_and_diff_tells_it_apart(tmp_path):
    show = CliRunner().invoke(cli, ["pack", "show", PACK, "--pack-dir", str(PACKS)])
    base = CliRunner().invoke(cli, ["pack", "show", "base"])

    assert f"徽标.svg（SVG，{PACKS / 'emblem' / 'style.yaml'}:2:7）：{ALTERNATIVE}" in show.stdout
    assert "封面：居中，宽 × 高 30.0 × 30.0 mm" in show.stdout
    assert "页眉：左，宽 × 高 8.0 × 8.0 mm" in show.stdout
    assert "徽标" not in base.stdout
    write_pack(tmp_path, "child", {"pack.yaml": f"名称: 县\n上级: {PACK}\n", "style.yaml": "徽标: {文件: a.svg}\n"})
    (tmp_path / "child" / "a.svg").write_bytes(drawn(""))
    left, right = (open_pack(name, "预算", 2024, (tmp_path, PACKS)) for name in (PACK, "县"))
    assert {d.where for d in differences(left, right) if "版式" in d.where} == {
        "版式 › 徽标 › 文件",
        "版式 › 徽标 › 图片",
    }


@pytest.mark.parametrize("written", ['<img src="a.svg" alt="甲">', f'<svg xmlns="{NAMESPACE}"/>', "<picture/>"])
def test_a_template_places_no_picture(tmp_path, written):
    write_pack(tmp_path, "mine", {"pack.yaml": SMALL_PACK, "预算/名词解释.html": f"<p>文{written}</p>"})
    result = render_unit(CLEAN, Settings(tmp_path / "out", ("html",), "mine", (tmp_path,)))

    assert not result.written
    assert "GK604" in {finding.code for finding in result.findings}
