"""A clerk who copies a section from the budget into the final account, or back, is understood or told what to write."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from gongkai.findings import Finding, FindingsError
from gongkai.intake.read import read
from gongkai.intake.synonyms import understand
from gongkai.kinds import KINDS
from gongkai.model.schema import input_schema, kind_schema, known
from gongkai.model.words import SAME, elsewhere, synonyms
from gongkai.produce.unit import Settings, check_unit
from gongkai.source.tree import parse
from support.fixtures import ROOT, write_input

Data = dict[str, Any]
PAIR = {
    kind: ROOT / "examples" / f"shili-ju-2024-{name}.yaml" for kind, name in (("预算", "budget"), ("决算", "final"))
}
SECRET = "示例专项工作经费"


def loaded(kind: str) -> Data:
    data: Data = yaml.load(PAIR[kind].read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    return data


def renamed(data: Data, kind: str) -> Data:
    """The same file in the words of the other kind, wherever the two mean the same."""
    data = copy.deepcopy(data)
    for own, other in reversed(list(synonyms(kind))):
        for mapping in _mappings(data, own.at):
            inner: Any = mapping
            for name in own.names[:-1]:
                inner = inner.get(name, {}) if isinstance(inner, dict) else {}
            if own.names[-1] not in inner:
                continue
            value = inner.pop(own.names[-1])
            if len(own.names) > 1 and not inner:
                del mapping[own.names[0]]
            around = mapping
            for name in other.names[:-1]:
                around = around.setdefault(name, {})
            around[other.names[-1]] = value
    return data


def _mappings(data: Any, at: tuple[str, ...]) -> list[Data]:
    found = [data]
    for step in at:
        found = [
            child
            for value in found
            for child in (value if isinstance(value, list) else [value[step]] if step in value else [])
        ]
    return found


def complaints(folder: Path, data: Data) -> list[Finding]:
    with pytest.raises(FindingsError) as caught:
        read(write_input(folder, data))
    return caught.value.findings


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_in_the_words_of_the_other_kind_says_the_same(kind, tmp_path):
    data = loaded(kind)
    foreign = renamed(data, kind)

    assert foreign != data
    assert read(write_input(tmp_path, foreign)).model == read(write_input(tmp_path, data)).model
    assert check_unit(write_input(tmp_path, foreign), Settings(tmp_path)).findings == []


@pytest.mark.parametrize("kind", KINDS)
def test_an_editor_understands_the_same_words(kind):
    validator = Draft202012Validator(input_schema())
    foreign = renamed(loaded(kind), kind)

    assert [error.message for error in validator.iter_errors(foreign)] == []
    del foreign[next(other.names[0] for own, other in synonyms(kind) if own.names[0] in {"支出", "科目收支"})]
    assert not validator.is_valid(foreign)


@pytest.mark.parametrize("kind", KINDS)
def test_messages_suggest_a_kinds_own_words_alone(kind):
    names = kind_schema(kind)["properties"]

    for own, other in synonyms(kind):
        if not own.at:
            assert own.names[0] in names
            assert other.names[0] not in names


@pytest.mark.parametrize("same", SAME, ids=lambda same: same.final.names[-1])
def test_every_pair_of_words_leads_to_the_other_and_back(same):
    if same.budget.at[:1] != ("收入",):  # the income of a 科目 and of all 单位资金 are one kind, not one place
        assert elsewhere("决算", same.final.path) == same.budget.path
    assert elsewhere("预算", elsewhere("决算", same.final.path)) in {
        same.final.path,
        elsewhere("预算", same.budget.path),
    }


def test_findings_point_to_what_was_written(tmp_path):
    data = loaded("决算")
    data["三公经费"]["公务用车运行费"] = data["三公经费"].pop("公务用车运行维护费") | {"支出": "10.5万"}
    file = write_input(tmp_path, data)
    with pytest.raises(FindingsError) as caught:
        read(file)
    [finding] = caught.value.findings

    assert finding.path == ("三公经费", "公务用车运行维护费", "支出")
    assert finding.place is not None
    assert "10.5万" in file.read_text(encoding="utf-8").splitlines()[finding.place.line - 1]


def test_both_words_are_one_thing_written_twice(tmp_path):
    data = loaded("决算")
    data["三公经费"]["公务用车运行费"] = copy.deepcopy(data["三公经费"]["公务用车运行维护费"])
    [finding] = complaints(tmp_path, data)
    lines = (tmp_path / "单位预算.yaml").read_text(encoding="utf-8").splitlines()
    first = lines.index("  公务用车运行维护费:") + 1

    assert finding.code == "GK117"
    assert finding.message == f"“公务用车运行费”与第 {first} 行的“公务用车运行维护费”是一个意思，写了两次"
    assert finding.place is not None
    assert lines[finding.place.line - 1] == "  公务用车运行费:"


@pytest.mark.parametrize("blank", ["公务用车运行费", "公务用车运行维护费"])
def test_a_word_with_nothing_behind_it_is_not_written_twice(blank, tmp_path):
    data = loaded("决算")
    item = data["三公经费"].pop("公务用车运行维护费")
    data["三公经费"] |= {"公务用车运行费": copy.deepcopy(item), "公务用车运行维护费": item} | {blank: None}

    assert read(write_input(tmp_path, data)).model == read(PAIR["决算"]).model


def test_a_secret_project_stays_secret_under_the_other_word(tmp_path):
    data = renamed(loaded("决算"), "决算")
    secret = next(project for project in data["项目"] if "涉密" in project)
    secret["财政拨款"]["执行"] = "八万"
    findings = complaints(tmp_path, data)

    assert findings
    assert not any(SECRET in f.message + f.advice + f.excerpt for f in findings)


@pytest.mark.parametrize(
    ("kind", "path", "said"),
    [
        ("决算", ("概况", "人员", "编制数"), "“编制数”是预算里写的，决算不印，请删去"),
        ("决算", ("支出用途",), "“支出用途”是预算里写的，决算不印，请删去"),
        ("决算", ("科目收支", 1, "项目支出", "单位资金"), "决算不分财政专户和单位资金，一并写在“其他资金”里"),
        ("决算", ("政府采购", "面向中小企业"), "决算写与中小企业签订的合同金额"),
        ("决算", ("项目绩效自评", 0, "资金"), "决算写“财政拨款”“其他资金”"),
        ("决算", ("项目绩效自评", 0, "政策依据"), "“政策依据”是预算里写的，决算不印，请删去"),
        ("决算", ("三公经费", "公务接待费", "一般公共预算"), "决算写“支出”：实际支出的合计"),
        ("决算", ("收入",), "财政拨款以外的收入写在“科目收支”各条的“收入”里"),
        ("预算", ("总体变动",), "预算里各项收入与上年比写在“收入”里"),
        ("预算", ("绩效管理",), "“绩效管理”是决算里写的，预算不印，请删去"),
        ("预算", ("三公经费", "公务用车运行费", "支出"), "预算里写各本预算安排的数"),
        ("预算", ("三公经费", "原因"), "预算写在四项各自的“原因”里"),
        ("预算", ("项目", 0, "绩效目标", "指标", 0, "完成值"), "“完成值”是决算里写的，预算不印，请删去"),
        ("预算", ("支出", 0, "年初结转和结余"), "预算里用上年结转的钱写在支出的来源里"),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else None,
)
def test_a_word_of_the_other_kind_that_means_something_else_is_explained(kind, path, said, tmp_path):
    data = loaded(kind)
    here: Any = data
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = {"一般公共预算": "1"} if path == ("支出", 0, "年初结转和结余") else "1"
    [finding] = complaints(tmp_path, data)

    assert (finding.code, finding.path) == ("GK201", path)
    assert said in finding.advice


def test_a_hostile_file_is_read_in_one_go_for_each_place():
    entries = "\n".join(f"  - {{承担单位: 甲{i}, 绩效目标: {{总体目标: 乙, 指标: []}}}}" for i in range(5000))
    tree = parse(f"文种: 决算\n项目:\n{entries}\n", "大.yaml", known())
    understand(tree)
    evaluated = tree.data["项目绩效自评"]

    assert isinstance(evaluated, list)
    assert evaluated[4999] == {"实施单位": "甲4999", "预期目标": "乙", "指标": []}
    assert tree.keys["项目绩效自评", 4999, "预期目标"].line == 5002
