"""What the cover says is taken where no table says it, as likely; what is no cover gives nothing."""

from __future__ import annotations

import pytest

from gongkai.book.importing import import_files
from gongkai.intake.export.imported import How
from gongkai.intake.models import plain_model
from support.exports import EXAMPLES, data_of
from support.finished import finished
from support.word import p, tbl, tr, word

TABLE = (
    p("支出决算表")
    + p("单位：万元")
    + tbl(
        tr("科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出", "经营支出"),
        tr("2011301", "行政运行", "10.00", "10.00", "", ""),
        widths=(1000,) * 6,
    )
)


def imported(tmp_path, body: str):
    file = tmp_path / "公开.docx"
    file.write_bytes(word(body))
    return import_files([file], None, None, plain_model)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_cover_of_an_example_says_what_its_data_do(example, tmp_path):
    found = import_files([finished(example, "docx", tmp_path)], None, None, plain_model)
    stated = data_of(example)

    assert (found.data["年度"], found.data["公开日期"]) == (stated["年度"], stated["公开日期"])
    assert found.data["单位"]["名称"] == stated["单位"]["名称"]
    assert found.origins["公开日期",].how is How.LIKELY
    assert ("公开日期",) not in {question.path for question in found.questions}


@pytest.mark.parametrize(
    "cover",
    [
        p("某市规划和自然资源局2024年度部门决算"),
        p("某市规划和自然资源局") + p("2024年度部门决算"),
        p("某市规划和自然资源局\n2024年度部门决算"),
    ],
)
def test_unit_year_and_scope_of_a_cover(cover, tmp_path):
    data = imported(tmp_path, cover + p("2025年13月1日") + TABLE).data

    assert (data["年度"], data["口径"], data["单位"]["名称"]) == ("2024", "部门", "某市规划和自然资源局")
    assert "公开日期" not in data


def test_what_is_no_cover_gives_nothing(tmp_path):
    said = p("根据《预算法》，现将有关情况说明如下。") + p("本单位严格执行2024年度部门决算批复的各项要求，没有超支。")
    data = imported(tmp_path, said + TABLE).data

    assert not {"年度", "单位", "公开日期"} & data.keys()
