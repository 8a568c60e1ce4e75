"""The facts of a data file one by one, by what they are of, to hold what was imported against an example."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from gongkai.intake.export.imported import How, Imported

Key = tuple[str, ...]
Facts = dict[Key, Decimal | str]

_SPENDING = ("基本支出", "人员经费", "公用经费", "项目支出")
_ACCOUNT = ("基本支出", "项目支出", "收入", "年初结转和结余", "年末结转和结余")
_OWN = ("上缴上级支出", "经营支出", "对附属单位补助支出")
_FUNDS = ("一般公共预算", "政府性基金预算", "国有资本经营预算", "支出", "全年预算")
_CLOSE = Decimal("0.0051")
"""万元: the rounding of the table, and nothing more."""


class _Reader:
    """Reads the amounts of a file in 万元."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data

    def amount(self, section: str, text: str) -> Decimal:
        unit = self._data.get("分节金额单位", {}).get(section, self._data.get("金额单位", "万元"))
        return Decimal(text.replace(",", "")).scaleb(-4 if unit == "元" else 0)

    def entries(self, section: str, names: tuple[str, ...]) -> Iterator[tuple[Key, Decimal]]:
        for entry in self._data.get(section, []):
            for name in names:
                node = entry.get(name)
                if isinstance(node, str):
                    yield (section, entry["科目"], name), self.amount(section, node)
                for kind, text in node.items() if isinstance(node, dict) else ():
                    yield (section, entry["科目"], name, kind), self.amount(section, text)


def facts_of(data: Mapping[str, Any]) -> Facts:
    """What a file states of which an official table could tell; amounts in 万元, nothing that is nothing."""
    read = _Reader(data)
    found: Facts = {}
    for name in ("使用非财政拨款结余", "结余分配"):
        if name in data:
            found[(name,)] = read.amount(name, data[name])
    for key, amount in (*read.entries("支出", _SPENDING), *read.entries("科目收支", (*_ACCOUNT, *_OWN))):
        found[key] = amount
    for code, node in data.get("基本支出经济分类", {}).items():
        parts = node.items() if isinstance(node, dict) else [("", node)]
        for part, text in parts:
            found["基本支出经济分类", code, part] = read.amount("基本支出经济分类", text)
    for item, node in data.get("三公经费", {}).items():
        for fund in _FUNDS if isinstance(node, dict) else ():
            if fund in node:
                found["三公经费", item, fund] = read.amount("三公经费", node[fund])
    found |= _projects(read, data)
    found |= _others(read, data)
    return {key: value for key, value in found.items() if value}


def _others(read: _Reader, data: Mapping[str, Any]) -> Facts:
    unit = data.get("收入", {}).get("单位资金", {})
    found: Facts = {
        ("收入", "单位资金", kind): read.amount("收入", text) for kind, text in unit.get("构成", {}).items()
    }
    found |= {("科目名称", code): name for code, name in data.get("科目名称", {}).items()}
    found |= {(key,): data[key] for key in ("文种", "年度", "口径") if key in data}
    return {**found, ("单位", "名称"): data.get("单位", {}).get("名称", "")}


def _projects(read: _Reader, data: Mapping[str, Any]) -> Facts:
    found: dict[Key, Decimal] = {}
    for project in data.get("项目", []):
        name = "特定目标" if project.get("涉密") == "是" else project["名称"]
        for line in project.get("资金", []):
            economic = "" if "结转" in line.get("来源", "") else line.get("经济分类", "")[:3]
            key = ("项目", name, line["科目"], line.get("来源", ""), economic)
            found[key] = found.get(key, Decimal(0)) + read.amount("项目", line["金额"])
    return dict(found)


@dataclass
class Compared:
    """What became of the facts of an example."""

    by_how: Counter[How] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    asked: list[Key] = field(default_factory=list)
    absent: list[Key] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    """Answers that the bounds of a question leave out."""


def compared(true: Mapping[str, Any], imported: Imported) -> Compared:
    """Every fact of the example against what was imported, and everything imported against the example."""
    result = Compared()
    real, found = facts_of(true), facts_of(imported.data)
    real.setdefault(("口径",), {"预算": "单位", "决算": "部门"}[true["文种"]])
    hows = {_key(imported.data, path): origin.how for path, origin in imported.origins.items()}
    questions = {_key(imported.data, question.path): question for question in imported.questions}
    for key, value in found.items():
        if _sourceless(key):
            continue
        if key not in real or not _same(real[key], value):
            how = hows.get(key, How.TABLE)
            result.wrong.append(f"{key}: {value}，应为 {real.get(key)}（{how.value}）")
        else:
            result.by_how[hows.get(key, How.TABLE)] += 1
    for key, value in real.items():
        if key in found:
            continue
        if key in questions or any(_sourceless(k) and k[:3] == key[:3] for k in found):
            result.asked.append(key)
            question = questions.get(key)
            if question is not None and isinstance(value, Decimal) and not _within(value, question.low, question.high):
                result.outside.append(f"{key}: {value} 不在 {question.low}–{question.high}")
        else:
            result.absent.append(key)
    return result


def _sourceless(key: Key) -> bool:
    """A line of a project of which the source is asked for."""
    return key[0] == "项目" and len(key) == 5 and not key[3]


def _within(value: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    return (low is None or value >= low - _CLOSE) and (high is None or value <= high + _CLOSE)


def _same(one: Decimal | str, other: Decimal | str) -> bool:
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return abs(one - other) <= _CLOSE
    return one == other


def _key(data: Mapping[str, Any], path: tuple[str | int, ...]) -> Key:
    """The path of a fact with the 科目 in the place of its number."""
    if path[0] in ("支出", "科目收支") and len(path) > 1:
        return (str(path[0]), data[str(path[0])][path[1]]["科目"], *map(str, path[2:]))
    if path[0] == "项目" and len(path) == 5 and path[4] == "金额":
        project = data["项目"][path[1]]
        line = project["资金"][path[3]]
        economic = "" if "结转" in line.get("来源", "") else line.get("经济分类", "")[:3]
        return ("项目", project["名称"], line["科目"], line.get("来源", ""), economic)
    if path[0] == "基本支出经济分类":
        return (str(path[0]), str(path[1]), str(path[2]) if len(path) > 2 else "")
    if path[:3] == ("收入", "单位资金", "构成"):
        return ("收入", "单位资金", str(path[3]))
    return tuple(map(str, path))
