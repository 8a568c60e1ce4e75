"""Options of every document, and of one kind: how a pack defines and states them."""

from __future__ import annotations

import pytest

from gongkai.document.compose import render_disclosure
from gongkai.findings import FindingsError
from gongkai.intake.read import read
from gongkai.packs.assembled import AssembledPack
from gongkai.packs.open import open_pack
from gongkai.packs.review.template_checks import verify
from support.fixtures import EXAMPLE, write_pack


def pack(folder, manifest: str, kind: str = "预算", year: int = 2024, **files: str) -> AssembledPack:
    write_pack(folder, "own", {"pack.yaml": f"名称: 自己\n上级: base\n{manifest}", **files})
    return open_pack("own", kind, year, (folder,))


GROUPS = """\
选项:
  列举末项: 和
  预算: {自称: 我局}
  决算: {自称: 本局, 列举末项: 、, 人员增减: false}
"""


def test_a_group_is_of_its_kind_and_may_say_a_common_option_otherwise(tmp_path):
    budget, final = pack(tmp_path, GROUPS), pack(tmp_path, GROUPS, "决算")

    assert (budget.options["自称"], budget.options["列举末项"]) == ("我局", "和")
    assert (final.options["自称"], final.options["列举末项"], final.options["人员增减"]) == ("本局", "、", False)
    assert "人员增减" not in budget.options
    assert "采购预算" not in final.options
    assert verify(budget) == verify(final) == []


def test_an_edition_of_one_kind_needs_no_group(tmp_path):
    manifest = (
        "版本:\n  - {年度: 2024, 文种: [决算], 选项: {自称: 我室}}\n  - {年度: 2025, 选项: {决算: {自称: 我馆}}}\n"
    )

    assert pack(tmp_path, manifest, "决算").options["自称"] == "我室"
    assert pack(tmp_path, manifest, "决算", 2025).options["自称"] == "我馆"
    assert pack(tmp_path, manifest, "预算", 2025).options["自称"] == "本{口径}"


OLD = """\
选项:
  自称: 我局
  决算自称: 本局
  三公分隔: ；
  决算名词用车购置: 购置费
版本:
  - {年度: 2024, 文种: [决算], 选项: {决算人员增减: false}}
"""


def test_old_names_still_hold_and_are_told_once_each(tmp_path):
    budget, final = pack(tmp_path, OLD), pack(tmp_path, OLD, "决算")

    assert budget.options["自称"] == "我局"
    assert [final.options[name] for name in ("自称", "三公分隔", "名词用车购置", "人员增减")] == [
        "本局", "；", "购置费", False,
    ]  # fmt: skip
    told = verify(final)
    assert {finding.code for finding in told} == {"GK507"}
    assert [finding.place.line for finding in told] == [9, 4, 5, 6, 7]
    assert "“决算自称”是旧写法，现在写在“决算:”下面，叫“自称”" in told[2].message


def test_templates_may_still_name_options_and_variables_as_before(tmp_path):
    section = '<h2>{{ opt[own ~ "章节标题"]["其他事项"] }}</h2><p>{{ opt.预算自称 }}，{{ opt.自称 }}。</p>'
    own = pack(tmp_path, GROUPS, **{"预算/说明/其他事项.html": section})

    assert "<p>我局，我局。</p>" in render_disclosure(read(EXAMPLE).model, own).html


def test_a_pack_defines_options_of_its_own_for_one_kind_or_for_all(tmp_path):
    manifest = """\
选项定义:
  热线: {含义: 电话, 默认: "12345"}
  决算:
    附注: {含义: 附注, 默认: 无}
选项:
  决算: {附注: 有}
"""
    assert pack(tmp_path, manifest).options["热线"] == "12345"
    assert "附注" not in pack(tmp_path, manifest).options
    assert pack(tmp_path, manifest, "决算").options["附注"] == "有"


@pytest.mark.parametrize("kind", ["预算", "决算"])
@pytest.mark.parametrize(
    ("manifest", "says", "line"),
    [
        ("选项:\n  决算: {自称呼: 我局}\n", "选项“自称呼”（决算）：没有这个选项", 4),
        ("选项:\n  决算: {采购预算: 采购}\n", "选项“采购预算”（决算）：没有这个选项，它是预算的", 4),
        ("选项:\n  决算: {人员增减: 大概}\n", "选项“人员增减”（决算）：应写“是”或“否”", 4),
        ("选项:\n  预算: 我局\n", "选项“预算”：下面应是这个文种的选项，写作“选项名: 内容”", 4),
        ("选项:\n  自称: 我局\n  预算: {自称: 我处}\n", "选项“自称”（预算）写了两次：第 5 行已经写过", 4),
        ("选项:\n  概算: {自称: 我局}\n", "选项“概算”：没有这个选项", 4),
    ],
)
def test_what_is_wrong_with_an_option_is_told_whatever_the_document(manifest, says, line, kind, tmp_path):
    with pytest.raises(FindingsError) as caught:
        pack(tmp_path, manifest, kind)

    [finding] = caught.value.findings
    assert finding.message == says
    assert finding.place.line == line


def test_a_definition_within_a_group_is_checked_at_its_place(tmp_path):
    with pytest.raises(FindingsError) as caught:
        pack(tmp_path, "选项定义:\n  决算:\n    附注: {含义: 附注, 类型: 数字, 默认: 无}\n", "决算")

    [finding] = caught.value.findings
    assert "选项定义 › 决算 › 附注 › 类型" in finding.message
    assert finding.place.line == 5


def test_a_definition_under_an_old_name_is_that_of_the_option_and_of_no_other_kind(tmp_path):
    manifest = """\
选项定义:
  决算自称: {含义: 自称, 默认: 我馆}
  自称: {含义: 自称, 默认: 我处}
  三公分隔: {含义: 标点, 类型: 选择, 可选: [。, ；], 默认: ；}
"""
    assert pack(tmp_path, manifest).options["自称"] == "我处"
    final = pack(tmp_path, manifest, "决算")
    assert (final.options["自称"], final.options["三公分隔"]) == ("我馆", "；")


@pytest.mark.parametrize("kind", ["预算", "决算"])
def test_a_group_of_definitions_is_a_group(tmp_path, kind):
    with pytest.raises(FindingsError, match="“选项定义 › 决算”应是这个文种的选项") as caught:
        pack(tmp_path, "选项定义:\n  决算: 无\n", kind)
    assert caught.value.findings[0].place.line == 4


@pytest.mark.parametrize("kind", ["预算", "决算"])
@pytest.mark.parametrize(
    ("options", "says"),
    [
        ("{预算: {自称: 我局}}", "选项“自称”是预算的，这一版只管决算"),
        ("{采购预算: 采购}", "选项“采购预算”是预算的，这一版只管决算"),
        ("{预算: {列举末项: 和}}", "选项“列举末项”写在“预算:”下面，这一版只管决算"),
    ],
)
def test_an_option_of_the_other_kind_in_an_edition_is_an_error_that_says_whose_it_is(tmp_path, options, says, kind):
    manifest = f"版本:\n  - {{年度: 2024, 文种: [决算], 选项: {options}}}\n"

    if kind == "预算":  # the edition is none of a budget
        assert pack(tmp_path, manifest, kind).options["自称"] == "本{口径}"
        return
    with pytest.raises(FindingsError) as caught:
        pack(tmp_path, manifest, kind)
    [finding] = caught.value.findings
    assert (finding.code, finding.place.line) == ("GK501", 4)
    assert finding.message == says


def test_an_option_of_the_other_kind_in_a_template_is_told_and_a_name_of_its_own_is_not(tmp_path):
    text = (
        "<p>{{ 选项.采购预算 }}{{ 选项.没有 | default('') }}</p>{% for opt in 各表 %}<p>{{ opt.标题 }}</p>{% endfor %}"
    )
    files = {"决算/名词解释.html": text, "一图读懂.html": "<p>{{ 选项.采购预算 }}{{ 选项.预算自称 }}</p>\n"}

    [finding] = verify(pack(tmp_path, "", "决算", **files))
    assert finding.message == "模板用了不存在的选项“采购预算”：它是预算的，这个模板是决算的"
    assert finding.place.file.endswith("决算/名词解释.html")


def test_a_common_option_defined_again_for_one_kind_stays_common(tmp_path):
    manifest = """\
选项定义:
  预算:
    计量名: {含义: 计量, 默认: 吨}
选项: {计量名: 斤}
"""
    write_pack(
        tmp_path, "parent", {"pack.yaml": "名称: 上级\n上级: base\n选项定义:\n  计量名: {含义: 计量, 默认: 克}\n"}
    )
    manifest = manifest.replace("选项定义", "上级: parent\n选项定义", 1)
    write_pack(tmp_path, "child", {"pack.yaml": f"名称: 下级\n{manifest}"})

    for kind in ("预算", "决算"):
        assert open_pack("child", kind, 2024, (tmp_path,)).options["计量名"] == "斤"
