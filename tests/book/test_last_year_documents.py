"""Last year's figures out of the document that was published: those that its tables decide, and never a wrong one."""

from __future__ import annotations

from decimal import Decimal

import pytest
import yaml

from gongkai.book.last_year import last_year_of
from gongkai.book.starter import data_after
from gongkai.findings import FindingsError
from gongkai.intake.models import plain_model
from gongkai.intake.read import read
from gongkai.statements.named_files.facts import Measure
from gongkai.statements.named_files.prior import PRIOR, last_years_facts
from support.exports import EXAMPLES
from support.finished import finished
from support.fixtures import ROOT, gongkai
from support.word import p, tbl, tr, word

ROUNDED = Decimal("0.0051")
NOT_IN_TABLES = {"概况", "机关运行经费", "总体变动"}


def facts_of(model, knows=lambda fact: True):
    return {
        (fact.where, fact.key): Decimal(str(fact.value))
        for fact in last_years_facts(model)
        if fact.key == PRIOR and fact.measure is Measure.MONEY and fact.value and knows(fact)
    }


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_figure_that_comes_back_is_that_of_the_data(example, tmp_path):
    stated = facts_of(read(ROOT / "examples" / f"{example}.yaml").model)
    last = last_year_of(finished(example, "docx", tmp_path), plain_model)
    found = facts_of(last.model, last.knows)

    assert [key for key, amount in found.items() if abs(stated.get(key, Decimal(0)) - amount) > ROUNDED] == []
    missing = {key[0][0] for key in stated.keys() - found.keys()}
    assert missing <= NOT_IN_TABLES | last.unknown | ({"支出"} if last.open_codes else set())
    assert found


@pytest.mark.parametrize("example", ["kezhou-swj-2024-budget", "qitai-sgj-2024-budget"])
def test_all_last_year_figures_of_a_published_budget_come_back(example, tmp_path):
    stated = facts_of(read(ROOT / "examples" / f"{example}.yaml").model)
    last = last_year_of(finished(example, "docx", tmp_path), plain_model)

    assert {key[0][0] for key in stated.keys() - facts_of(last.model, last.knows).keys()} <= {"机关运行经费"}
    assert [finding.code for finding in last.findings] == ["GK898"]


def test_what_the_tables_leave_open_is_said_and_not_filled_in(tmp_path):
    last = last_year_of(finished("shili-ju-2024-budget", "docx", tmp_path), plain_model)
    data = data_after(last, tmp_path, None)

    assert "2070109" in last.open_codes
    assert "2070109" in last.findings[-1].message
    [line] = [entry for entry in data["支出"] if entry["科目"] == "2070109"]
    assert "变动" not in line
    assert "收入" not in data
    assert "上年文件" not in data


def test_the_new_book_begins_with_the_figures_of_the_document(tmp_path):
    file = finished("kezhou-swj-2024-budget", "docx", tmp_path)
    run = gongkai("new", "今年.yaml", "--last-year", file, cwd=tmp_path)
    data = yaml.load((tmp_path / "今年.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)

    assert run.returncode == 0, run.stderr
    assert "GK898" in run.stderr
    assert (data["年度"], data["单位"]["名称"]) == ("2025", "克孜勒苏柯尔克孜自治州商务局")
    assert "上年" in data["收入"]["一般公共预算"]


def test_a_document_of_which_nothing_can_be_taken_is_refused(tmp_path):
    file = tmp_path / "去年.docx"
    file.write_bytes(word(p("2024年部门预算公开") + tbl(tr("甲", "乙", "丙"))))
    with pytest.raises(FindingsError) as refused:
        last_year_of(file, plain_model)
    assert refused.value.findings[-1].code == "GK898"
