"""What a pack asks for beside the official tables is asked after an import."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from gongkai.cli.main import cli
from gongkai.intake.data_file import read_tree
from gongkai.intake.export.own_facts import questions_of_pack
from gongkai.produce.models import models_of_packs
from support.books import data_of
from support.own_facts import NAME, pack_in, with_facts
from support.slips import ROOT

EXAMPLE = "kezhou-swj-2024-budget"


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack_in(tmp_path_factory.mktemp("packs"))


def test_every_required_fact_that_is_not_there_is_asked(packs: Path) -> None:
    data = data_of("shili-ju-2024-budget") | {"模板": NAME, "口径": "单位"}
    model = models_of_packs([packs])(data)
    asked = {question.path: question.what for question in questions_of_pack(data, model)}
    assert asked[("简介",)] == "模板要填：一句话"
    assert {("会议开支", name) for name in ("本年", "上年预算", "原因")} <= {*asked}
    assert {("项目", index, "绩效等级") for index in range(len(data["项目"]))} <= {*asked}
    assert {("三公经费", item, "部分") for item in data["三公经费"]} <= {*asked}
    assert {path[0] for path in asked} == {"简介", "会议开支", "项目指标", "项目", "三公经费", "支出"}


def test_what_is_there_is_not_asked(packs: Path) -> None:
    data = with_facts(data_of("shili-ju-2024-budget"), packs)
    assert questions_of_pack(data, models_of_packs([packs])(data)) == []


def test_without_a_pack_nothing_more_is_asked() -> None:
    data = data_of("shili-ju-2024-budget")
    assert questions_of_pack(data, models_of_packs()(data)) == []


def test_the_questions_stand_in_the_book(packs: Path, tmp_path: Path) -> None:
    example = ROOT / f"examples/{EXAMPLE}.yaml"
    made = CliRunner().invoke(cli, ["render", str(example), "--format", "xlsx", "-o", str(tmp_path)])
    assert made.exit_code == 0, made.output
    out = tmp_path / "填报簿.xlsx"
    tables = str(tmp_path / f"{EXAMPLE}.xlsx")
    done = CliRunner().invoke(cli, ["import", tables, "-o", str(out), "--pack", NAME, "--pack-dir", str(packs)])
    assert done.exit_code == 0, done.output
    book = openpyxl.load_workbook(out)
    asked = [row[:2] for row in book["待确认"].iter_rows(min_row=4, values_only=True)]
    assert ("简介", "模板要填：一句话") in asked
    assert book["模板事实"]
    assert read_tree(out).data["模板"] == NAME
