"""The facts that a document carries as data: every one exactly, and what is not among them is said."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from gongkai.book.attached import attached_facts
from gongkai.book.yaml_text import yaml_text
from gongkai.intake.export.imported import How
from gongkai.intake.models import plain_model
from gongkai.intake.read import read_alone
from gongkai.model.published import NOT_PUBLISHED
from gongkai.output.data.opendata import FIGURES, open_data
from support.composed import document_of
from support.exports import EXAMPLES


def attached(example: str) -> dict[str, bytes]:
    return dict(open_data(document_of(example)))


def public_facts(model, *, secret: bool = False):
    facts = model.model_dump(exclude=set(NOT_PUBLISHED))
    projects = "projects" if "projects" in facts else "project_evaluations"
    facts.pop(projects, None)
    return facts, [each.model_dump() for each in model.listed_projects if secret or not each.secret]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_published_fact_of_an_example_comes_back_exactly(example, tmp_path):
    found, told = attached_facts("公开.pdf", attached(example), None, plain_model)
    assert (found is not None, told) == (True, [])
    file = tmp_path / "取回.yaml"
    file.write_text(yaml_text(found.data), encoding="utf-8")
    _, back, _ = read_alone(file)
    assert public_facts(back) == public_facts(document_of(example).public)
    assert {origin.how for origin in found.origins.values()} == {How.ATTACHED}


def test_what_open_data_never_have_is_asked_for():
    found, _ = attached_facts("公开.pdf", attached("shili-ju-2024-budget"), None, plain_model)
    asked = {str(question.path[0]): question for question in found.questions}
    assert {"模板", "上年文件", "批复日期", "核定数", "校验", "项目"} <= set(asked)
    assert "涉密" in asked["项目"].what
    assert asked["项目"].likely == Decimal("8")
    plain, _ = attached_facts("公开.pdf", attached("minimal-budget"), None, plain_model)
    assert "项目" not in {question.path[0] for question in plain.questions}


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xfe", b"[]", b"{}", b'{"\xe4\xba\x8b\xe5\xae\x9e": {}}', b"[" * 100_000,
        json.dumps({"金额单位": "万元", "事实": {"文种": "预算", "概况": {"甲": "乙"}}}).encode(),
        json.dumps({"金额单位": "万元", "事实": {"文种": "别的"}}).encode(),
        json.dumps({"金额单位": "元", "事实": {"文种": "预算"}}).encode(),
    ],
)  # fmt: skip
def test_an_attachment_that_is_no_data_of_ours_is_said_and_not_used(data):
    found, told = attached_facts("公开.pdf", {FIGURES: data}, None, plain_model)
    assert found is None
    assert [finding.code for finding in told] == ["GK895"]


def test_a_document_without_attachment_has_none():
    assert attached_facts("公开.pdf", {"别的.txt": b"a"}, None, plain_model) == (None, [])
