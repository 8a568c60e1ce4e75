"""Lists as clerks type and paste them: one item in each place, numbered by the document and nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.document.compose import render_disclosure
from gongkai.findings import Finding, FindingsError
from gongkai.intake.numbering import mark_of, pieces
from gongkai.intake.read import DataFile, read
from gongkai.model.budget.budget import Budget
from gongkai.model.final.final_account import FinalAccount
from gongkai.packs.open import open_pack
from gongkai.prose.phrases import points
from support.fixtures import ROOT

VALID = (ROOT / "tests" / "errors" / "valid.yaml").read_text(encoding="utf-8")
DUTIES = "  主要职能:\n    - 负责全县商务工作\n"
FINAL = (ROOT / "examples" / "minimal-final.yaml").read_text(encoding="utf-8")
ACHIEVEMENTS = "成效: [绩效目标与年度工作同步安排]"


def source_of(tmp_path: Path, text: str) -> DataFile:
    file = tmp_path / "数据.yaml"
    file.write_text(text, encoding="utf-8")
    return read(file)


def budget(tmp_path: Path, profile: str) -> DataFile:
    """The valid budget with these lines in its 概况."""
    return source_of(tmp_path, VALID.replace(DUTIES, profile))


def refusal(tmp_path: Path, profile: str) -> Finding:
    with pytest.raises(FindingsError) as caught:
        budget(tmp_path, profile)
    [finding] = caught.value.findings
    return finding


# Numbers and bullets


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("（一）负责", 1), ("(二)负责", 2), ("（十二） 负责", 12), ("（3）负责", 3), ("4）负责", 4), ("1.负责", 1),
        ("1．负责", 1), ("2、负责", 2), ("三、负责", 3), ("一是负责", 1), ("二是：负责", 2), ("第一，负责", 1),
        ("①负责", 1), ("⑵ 负责", 2), ("⒊负责", 3), ("㈠负责", 1),
        ("• 负责", 0), ("·负责", 0), ("- 负责", 0), ("-负责", 0), ("* 负责", 0), ("■负责", 0), ("— 负责", 0),
    ],
)  # fmt: skip
def test_numbers_and_bullets_are_known(typed, number):
    mark = mark_of(typed)
    assert mark is not None
    assert mark.number == number
    assert typed[mark.length :] == "负责"


@pytest.mark.parametrize(
    "words",
    ["一、二级公路的养护", "1、2号锅炉", "1.5万吨储备", "2024年规划", "-5度以下", "一百户", "十是", "（试行）办法",
     "——", "第一书记的管理", "三公经费", "1.", "12345）"],
)  # fmt: skip
def test_words_that_begin_alike_are_no_numbers(words):
    assert mark_of(words) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("一是甲；二是乙；三是丙。", ["一是甲；", "二是乙；", "三是丙。"]),
        ("1.甲 2.乙", ["1.甲", "2.乙"]),
        ("•甲•乙", ["•甲", "•乙"]),
        ("- 甲\n- 乙", ["- 甲", "- 乙"]),
        ("- 甲-乙", ["- 甲-乙"]),
        ("（一）甲（二）款所列", ["（一）甲（二）款所列"]),
        ("一是甲，四是乙", ["一是甲，四是乙"]),
    ],
)
def test_a_line_is_taken_apart_where_the_numbers_go_on(text, parts):
    assert pieces(text) == parts


# Duties


@pytest.mark.parametrize(
    "typed",
    [
        "  主要职能: [（一）甲。, （二）乙。]\n",
        "  主要职能: [1.甲。, 2.乙。]\n",
        "  主要职能: [•甲。, •乙。]\n",
        "  主要职能: |\n    （一）甲。\n    （二）乙。\n",
        "  主要职能:\n    - |\n      ① 甲。\n      ② 乙。\n",
        "  主要职能:\n    - • 甲。\n      • 乙。\n",
        "  主要职能: （一）甲。（二）乙。\n",
        "  主要职能:\n    -甲。\n    -乙。\n",
    ],
)
def test_duties_are_numbered_once(tmp_path, typed):
    profile = budget(tmp_path, typed).model.profile
    assert profile.duties == ("甲。", "乙。")
    assert profile.duties_numbered


def test_numbers_within_a_duty_stay_its_lines(tmp_path):
    typed = "  主要职能: [（一）甲。, 1.子。, 2.丑。, （二）乙。]\n"
    assert budget(tmp_path, typed).model.profile.duties == ("甲。\n1.子。\n2.丑。", "乙。")


def test_lines_of_a_duty_without_numbers_stay_its_lines(tmp_path):
    assert budget(tmp_path, "  主要职能:\n    - |\n      甲：\n      1.子\n").model.profile.duties == ("甲：\n1.子",)


def test_a_number_that_is_missing_is_told(tmp_path):
    [finding] = budget(tmp_path, "  主要职能: [1.甲, 2.乙, 4.丙]\n").findings
    assert (finding.code, finding.path) == ("GK143", ("概况", "主要职能", 2))


@pytest.mark.parametrize("pack", ["base", "kezhou", "changji", "waisheng"])
def test_duties_as_a_text_are_paragraphs_without_numbers(tmp_path, pack):
    model = budget(tmp_path, "  主要职能: |\n    负责全县商务工作。\n    承办其他工作。\n").model
    html = render_disclosure(model, open_pack(pack, "预算", 2024, ())).html
    assert "<p>负责全县商务工作。</p>\n<p>承办其他工作。</p>" in html


@pytest.mark.parametrize("pack", ["base", "bozhou", "changji"])
def test_duties_of_a_final_account_as_a_text(tmp_path, pack):
    first = FINAL.index("  主要职能:")
    end = FINAL.index("\n  人员:", first)
    model = source_of(tmp_path, FINAL[:first] + "  主要职能: 负责史志编修。" + FINAL[end:]).model
    html = render_disclosure(model, open_pack(pack, "决算", 2024, ())).html
    assert "<p>负责史志编修。</p>" in html


def test_one_duty_alone_has_no_number(tmp_path):
    html = render_disclosure(source_of(tmp_path, VALID).model, open_pack("base", "预算", 2024, ())).html
    assert "<p>负责全县商务工作</p>" in html


# Names


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("[办公室，公共文化股，市场股]", ("办公室", "公共文化股", "市场股")),
        ("[办公室、公共文化股]", ("办公室", "公共文化股")),
        ("[办公室；业务科]", ("办公室", "业务科")),
        ("办公室、业务科。", ("办公室", "业务科")),
        ("[办公室 业务科]", ("办公室", "业务科")),
        ("[1.办公室, 2.业务科]", ("办公室", "业务科")),
        ("[教育、体育科, 办公室]", ("教育、体育科", "办公室")),
        ("[办公室（挂机要室、保密室牌子）]", ("办公室（挂机要室、保密室牌子）",)),
        ("[无]", ()),
        ("无", ()),
        ("无内设机构", ()),
        ("[无线电管理室]", ("无线电管理室",)),
    ],
)
def test_names_are_counted_one_by_one(tmp_path, typed, names):
    source = budget(tmp_path, f"{DUTIES}  机构设置: {{内设机构: {typed}}}\n")
    assert source.model.profile.organisation.offices == names


def test_what_may_be_one_name_or_two_is_asked(tmp_path):
    finding = refusal(tmp_path, f"{DUTIES}  机构设置:\n    内设机构: [办公室、教育、体育科]\n")
    assert finding.code == "GK142"
    assert finding.place is not None
    assert finding.place.line == 13


def test_items_that_were_taken_apart_are_found_where_they_were_written(tmp_path):
    source = budget(tmp_path, f"{DUTIES}  机构设置:\n    内设机构:\n      - 办公室，业务科\n      - 财务科\n")
    lines = [source.tree.place(("概况", "机构设置", "内设机构", i)).line for i in range(3)]
    assert lines == [14, 14, 15]


# Points


@pytest.mark.parametrize(
    "typed",
    ["成效: [一是甲, 二是乙]", "成效: 一是甲；二是乙。", "成效: [1、甲, 2、乙]", "成效: |\n    甲。\n    乙。\n",
     "成效:\n    - |\n      甲\n      乙\n", "成效: [•甲 •乙]", "成效: [一是甲；二是乙]"],
)  # fmt: skip
def test_points_are_numbered_once(tmp_path, typed):
    account = source_of(tmp_path, FINAL.replace(ACHIEVEMENTS, typed)).model
    assert isinstance(account, FinalAccount)
    assert account.narrative is not None
    assert points(account.narrative.achievements) == "一是甲；二是乙。"


def test_one_point_alone_is_not_numbered():
    assert points(["加强管理。"]) == "加强管理。"


def test_words_that_lead_in_to_points_are_refused(tmp_path):
    with pytest.raises(FindingsError) as caught:
        source_of(tmp_path, FINAL.replace(ACHIEVEMENTS, "成效: |\n    成效如下：\n    一是甲\n    二是乙\n"))
    assert [finding.code for finding in caught.value.findings] == ["GK142"]


# Paragraphs, and texts that say nothing


@pytest.mark.parametrize(
    ("typed", "notes"),
    [
        ("无", ()),
        ("[无]", ()),
        ("[甲。]", ("甲。",)),
        ("|\n  1.甲。\n  2.乙。", ("1.甲。", "2.乙。")),
        ("[• 甲]", ("甲",)),
    ],
)
def test_notes_are_paragraphs_with_the_numbers_that_were_typed(tmp_path, typed, notes):
    model = source_of(tmp_path, f"{VALID}\n其他说明: {typed}\n").model
    assert isinstance(model, Budget)
    assert model.other_notes == notes


@pytest.mark.parametrize("word", ["无", "没有", "/", '"-"', "略", "不适用"])
def test_what_need_not_be_said_is_not_said(tmp_path, word):
    text = VALID.replace(DUTIES, f"{DUTIES}  职能引言: {word}\n")
    model = source_of(tmp_path, f"{text}\n未公开绩效目标原因: {word}\n").model
    assert isinstance(model, Budget)
    assert (model.profile.lead, model.untargeted_reason) == (None, None)
