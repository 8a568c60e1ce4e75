"""Mistakes of published documents, made again in an example that is right, are found.

The entries are those of the list of errors that three published documents contain: substantive
ones, contradictions and wrong percentages. What a file can state is stated and found; what the
product cannot print any more is listed with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from gongkai.checks.run import check
from support.examples import ROOT, budget_of
from support.strategies_final import account_of, file_data

Data = dict[str, Any]

BUDGET, FINAL = (ROOT / "examples" / f"shili-ju-2024-{kind}.yaml" for kind in ("budget", "final"))
AS_PUBLISHED = {
    "000": ROOT / "examples" / "kezhou-swj-2024-budget.yaml",
    "001": ROOT / "examples" / "bozhou-swj-2024-final.yaml",
    "002": ROOT / "examples" / "qitai-sgj-2024-budget.yaml",
}


def put(value: str, *path: str | int) -> Callable[[Data], None]:
    """The change that writes ``value`` at a place of the file."""

    def change(data: Data) -> None:
        node: Any = data
        for key in path[:-1]:
            node = node[key]
        node[path[-1]] = value

    return change


@dataclass(frozen=True)
class Published:
    """An entry of the list, the changes that make the same mistake, and the rule that finds it."""

    entry: str
    mistake: str
    changes: tuple[Callable[[Data], None], ...]
    code: str


PUBLISHED = [
    Published(
        "000-03",
        "last year's balance counted as this year's income",
        (put("2023年单位其他资金账户结余资金", "项目", 9, "名称"),),
        "GK418",
    ),
    Published(
        "000-04",
        "one indicator, two targets",
        (put(">=50场", "项目", 0, "绩效目标", "指标", 0, "指标值"),),
        "GK419",
    ),
    Published(
        "001-01",
        "original budget of the evaluation is not that of the account",
        (put("9762900", "整体绩效自评", "资金", "本级资金", "年初预算"),),
        "GK460",
    ),
    Published(
        "001-02",
        "other money spent is not that of the account",
        (put("974200", "整体绩效自评", "资金", "其他资金", "执行"),),
        "GK469",
    ),
    Published(
        "001-03",
        "original budget stated twice, 50.00 apart",
        (put("8762900", "整体绩效自评", "资金", "本级资金", "年初预算"),),
        "GK460",
    ),
    Published(
        "001-05",
        "projects have more original budget than the whole",
        (put("8250000", "项目绩效自评", 2, "财政拨款", "年初预算"),),
        "GK471",
    ),
    Published(
        "001-06",
        "a project spent more than its 科目",
        (
            put("2541700", "项目绩效自评", 2, "财政拨款", "全年预算"),
            put("2541700", "项目绩效自评", 2, "财政拨款", "执行"),
        ),
        "GK470",
    ),
    Published(
        "001-08",
        "full score beyond the limit of cost",
        (put("=40.04万元", "项目绩效自评", 0, "指标", 2, "完成值"),),
        "GK473",
    ),
    Published(
        "001-09",
        "cost wholly under control, budget spent in part",
        (put("项目成本控制率", "项目绩效自评", 6, "指标", 1, "三级"),),
        "GK480",
    ),
    Published(
        "002-28",
        "as many people to be served as do not serve",
        (
            put("保障办公人员数量", "项目", 0, "绩效目标", "指标", 0, "三级"),
            put("=42人", "项目", 0, "绩效目标", "指标", 0, "指标值"),
        ),
        "GK437",
    ),
]

NOT_OF_FIGURES = {
    "000-02": "“及下属各预算单位”是模板包的话，由有没有下属单位决定",
    "001-04": "一处在正文的叙述里，要由文字规则去读",
    "001-07": "一处在预期目标的叙述里，要由文字规则去读",
    "002-01": "非财政拨款项目的金额由项目算出，印不出与表不同的数",
    "002-02": "非财政拨款项目的个数由项目算出，两处是同一个数",
    "002-03": "非财政拨款项目的金额由项目算出，涉密的财政项目不会再算一遍",
    "002-04": "涉密项目的原因一概不印",
    "percent": "占比、增减和差异率都由程序算出，文件里没有可以写错的百分比",
}
"""Entries that no figure of a file can reproduce, with the reason."""

ENTRIES = {
    *("000-02", "000-03", "000-04"),
    *("001-01", "001-02", "001-03", "001-04", "001-05", "001-06", "001-07", "001-08", "001-09"),
    *("002-01", "002-02", "002-03", "002-04", "002-28", "percent"),
}


def codes_after(entry: Published) -> list[str]:
    data = file_data(FINAL if entry.entry.startswith("001") else BUDGET)
    for change in entry.changes:
        change(data)
    document = budget_of(data) if data["文种"] == "预算" else account_of(data)
    return [finding.code for finding in check(document)]


@pytest.mark.parametrize("entry", PUBLISHED, ids=lambda entry: f"{entry.entry} {entry.mistake}")
def test_a_published_mistake_made_again_is_found(entry):
    assert entry.code in codes_after(entry)


@pytest.mark.parametrize("entry", PUBLISHED, ids=lambda entry: entry.entry)
def test_it_is_found_in_the_published_document_itself(entry):
    data = file_data(AS_PUBLISHED[entry.entry[:3]])
    document = budget_of(data) if data["文种"] == "预算" else account_of(data)
    assert entry.code in {finding.code for finding in check(document)}


def test_every_entry_is_found_or_cannot_be_made():
    found = {entry.entry for entry in PUBLISHED}
    assert found | set(NOT_OF_FIGURES) == ENTRIES
    assert not found & set(NOT_OF_FIGURES)
