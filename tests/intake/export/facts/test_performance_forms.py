"""Forms of performance back into texts, indicators and amounts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from gongkai.intake.export.importing import import_tables
from gongkai.prose.numbers import round_half_up
from support.exports import EXAMPLES, SHARE_EXPORTS, as_exported, data_of

pytestmark = SHARE_EXPORTS

PERSONAL = ("联系人", "联系电话", "负责人")
UNSAID = {"新增", "计划标准", "按照正常比例赋分", "工作资料"}
"""What is printed where a file says nothing else."""
OF_UNIT = ("整体绩效目标", "整体绩效自评")


def leaves(node: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text of a part of a file."""
    if isinstance(node, str):
        yield path, node
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from leaves(value, (*path, str(key)))


def performance_of(data: dict[str, Any]) -> dict[tuple[str, ...], str]:
    """What the forms can tell: numbers alike however they are written, money in 万元."""
    parts = [((name,), data[name]) for name in OF_UNIT if name in data]
    for section, within in (("项目", "绩效目标"), ("项目绩效自评", "")):
        for project in data.get(section, []):
            if project.get("涉密") != "是":
                node = project.get(within, {}) if within else project
                parts.append(((section, project["名称"]), node))
    found = {path: text for start, node in parts for path, text in leaves(node, start) if path[-1] not in PERSONAL}
    return {path: same for path, text in found.items() if (same := alike(data, path, text)) != "0"}


def alike(data: dict[str, Any], path: tuple[str, ...], text: str) -> str:
    if path[-1] in ("年初预算", "全年预算", "执行"):
        unit = data.get("分节金额单位", {}).get(path[0], data["金额单位"])
        return f"{round_half_up(Decimal(text).scaleb(-4 if unit == '元' else 0), 2).normalize():f}"
    return f"{Decimal(text).normalize():f}" if path[-1] in ("权重", "得分") else text.strip()


@pytest.mark.parametrize("yuan", [False, True])
@pytest.mark.parametrize("example", EXAMPLES)
def test_texts_and_indicators_come_back_as_they_were(example, yuan):
    result = import_tables([as_exported(example, yuan=yuan)])

    true, found = performance_of(data_of(example)), performance_of(result.data)
    assert {path: found.get(path) for path in true} == true
    assert {text for path, text in found.items() if path not in true} <= UNSAID
    assert not any(path[-1] in PERSONAL for path in result.origins)


def test_a_project_that_is_only_in_its_form_is_asked_for_its_money():
    result = import_tables([as_exported("qitai-sgj-2024-budget")])
    asked = [question for question in result.questions if question.path[-1] == "资金"]

    assert [question.path[0] for question in asked] == ["项目"] * len(asked)
    for question in asked:
        assert question.low == question.high
        assert question.what.startswith(f"项目“{result.data['项目'][question.path[1]]['名称'][:20]}")


def test_what_is_known_of_a_form_stays():
    known = {"金额单位": "万元", "整体绩效目标": {"年度目标": "另一个目标", "指标": [{"三级": "自己写的"}]}}

    result = import_tables([as_exported("minimal-budget")], known=known)

    assert result.data["整体绩效目标"]["指标"] == [{"三级": "自己写的"}]
    assert result.data["整体绩效目标"]["年度目标"] == "另一个目标"
    assert [finding.code for finding in result.findings] == ["GK172"]
