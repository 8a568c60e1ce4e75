"""Mutations: every figure of an example is spoiled in turn, and the rules must notice.

A figure is redundant when something else in the same file must agree with it. ``ONCE`` lists the
figures that a file states once and that nothing is equal to, each with the reason; they are spoiled
too, and reported apart. ``make mutate`` prints the share that is caught, by kind and field, and
every miss. Words are spoiled by ``word_mutation``.
"""

from __future__ import annotations

import copy
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from gongkai.checks.run import check
from gongkai.checks.subjects.measures import target_of
from support.examples import ROOT, budget_of
from support.strategies_final import account_of, file_data

Data = dict[str, Any]
Steps = tuple[str | int, ...]
Kind = Callable[[Data, Steps], bool]
"""Spoils the figure at a place; False when the figure cannot be spoiled this way."""

EXAMPLES = tuple(sorted((ROOT / "examples").glob("*.yaml")))
NUMBER = re.compile(r"\d+(,\d{3})*(\.\d+)?")
NO_FIGURES = {"年度", "科目", "经济分类", "文种", "公开日期", "上年完成值", "金额上限"}
INSURANCE = {"30108", "30109", "30110", "30111", "30113"}
INSURANCE_ITEMS = {"2080505", "2080506", "2101101", "2101102", "2101103", "2210201"}

ONCE = {
    r"概况/人员/.*": "人数只写一次，没有别的数与它相等",
    r"三公经费/.*": "“三公”经费只有上限和下限，项目只公开到“类”",
    r"机关运行经费/上年": "上年的公用经费只写这一处",
    r"政府采购/.*": "采购各数只有大小关系",
    r"国有资产/(?!本年购置).*": "资产的数量和价值不由本文件的其他数得出",
    r"支出/\d+/(基本支出|人员经费|公用经费)/(财政专户|.*结转.*)": "没有按经济分类再写一遍，合计由它得出",
    r"整体绩效自评/资金/其他资金/年初预算": "其他资金的年初预算只写这一处",
    r"项目绩效自评/\d+/(财政拨款|其他资金)/(年初预算|全年预算)": "项目的预算数只有大小关系",
    r"总体变动/收支总计/上年": "上年非财政拨款的收支不在文件里",
}

MOVED = "挪到相邻科目"


def at(data: Data, steps: Steps) -> Any:
    """What stands at a place."""
    for step in steps:
        data = data[step]  # type: ignore[index]
    return data


def figures_of(node: Any, steps: Steps = ()) -> Iterator[Steps]:
    """The places of every figure of a file."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in NO_FIGURES:
                yield from figures_of(value, (*steps, key))
    elif isinstance(node, list):
        for i, value in enumerate(node):
            yield from figures_of(value, (*steps, i))
    elif NUMBER.fullmatch(node):
        yield steps


def value_at(data: Data, steps: Steps) -> Decimal:
    """The figure at a place, in the unit of the file."""
    return Decimal(at(data, steps).replace(",", ""))


def write(data: Data, steps: Steps, value: Decimal | str) -> bool:
    """Put another figure at a place; False when it is the same one."""
    written = value if isinstance(value, str) else f"{value:f}"
    changed = written != at(data, steps)
    at(data, steps[:-1])[steps[-1]] = written
    return changed


def off_by_little(data: Data, steps: Steps) -> bool:
    """One hundredth beyond what printing by halves may explain; a whole one for counts."""
    value = value_at(data, steps)
    money = Decimal(200) if data["金额单位"] == "元" else Decimal("0.02")
    of_points = steps[-1] in {"权重", "得分"}
    return write(data, steps, value + (Decimal("0.02") if of_points else 1 if is_count(steps) else money))


def is_count(steps: Steps) -> bool:
    """Whether the figure at a place counts things and is no money."""
    counted = "人数|增减|编制数|数量|购置数|保有量|批次|人次|团组数|.*设备|.*用车"
    return isinstance(steps[-1], str) and re.fullmatch(counted, steps[-1]) is not None


def negative(data: Data, steps: Steps) -> bool:
    """The sign turned."""
    return value_at(data, steps) != 0 and write(data, steps, f"-{at(data, steps)}")


def digits_swapped(data: Data, steps: Steps) -> bool:
    """The first two neighbouring digits that differ, exchanged."""
    text = at(data, steps)
    for i in range(len(text) - 1):
        a, b = text[i : i + 2]
        if a.isdigit() and b.isdigit() and a != b:
            return write(data, steps, text[:i] + b + a + text[i + 2 :])
    return False


def factor_of_wan(data: Data, steps: Steps) -> bool:
    """元 for 万元."""
    return value_at(data, steps) != 0 and write(data, steps, value_at(data, steps) * 10_000)


def moved(data: Data, steps: Steps) -> bool:
    """The amount under the next 科目 or 款."""
    value = value_at(data, steps)
    if not value:
        return False
    match steps:
        case ("支出" | "科目收支" as part, int(i), str(field), str(source)) if field != "变动":
            rows = data[part]
            row = rows[(i + 1) % len(rows)]
            kept = row.setdefault(field, {})
            kept[source] = f"{Decimal(kept.get(source, '0').replace(',', '')) + value:f}"
            return len(rows) > 1 and write(data, steps, "0")
        case ("基本支出经济分类", str(code)):
            codes = list(data["基本支出经济分类"])
            other = codes[(codes.index(code) + 1) % len(codes)]
            data["基本支出经济分类"][other] = f"{value_at(data, ('基本支出经济分类', other)) + value:f}"
            return len(codes) > 1 and write(data, steps, "0")
        case ("项目", int(i), "资金", int(j), "金额"):
            money = data["项目"][i]["资金"][j]
            codes = [row["科目"] for row in data["支出"]]
            money["科目"] = codes[(codes.index(money["科目"]) + 1) % len(codes)]
            return len(codes) > 1
    return False


KINDS: dict[str, Kind] = {
    "差一点": off_by_little,
    "正负号": negative,
    "数字换位": digits_swapped,
    "差一万倍": factor_of_wan,
    MOVED: moved,
}


def score_is_judged(data: Data, steps: Steps) -> bool:
    """Whether a score does not follow from figures: it is given for words, or not in proportion."""
    if steps[-1] != "得分":
        return False
    result = at(data, steps[:-1])
    target, reached = target_of(result["指标值"]), target_of(result["完成值"])
    if target is None or reached is None or target.unit != reached.unit or not reached.number:
        return True
    if "涉密" in at(data, steps[:2]):
        return True
    proportional = result.get("赋分规则", "按照正常比例赋分") == "按照正常比例赋分" and target.sign in {">=", "="}
    return not target.met_by(reached) and not proportional


def told_by_item(data: Data, steps: Steps) -> bool:
    """Whether the file tells the amount twice 科目 by 科目; only then a move changes what must agree."""
    match steps:
        case ("项目", *_):
            return True
        case ("支出", int(i), field, source):
            code, neighbour = (data["支出"][n % len(data["支出"])]["科目"] for n in (i, i + 1))
            insured = {code, neighbour} & INSURANCE_ITEMS and source == "一般公共预算"
            return field == "项目支出" or bool(insured and field == "基本支出" and INSURANCE & set(economic(data)))
        case ("科目收支", int(i), field, source):
            code, neighbour = (data["科目收支"][n % len(data["科目收支"])]["科目"] for n in (i, i + 1))
            insured = {code, neighbour} & INSURANCE_ITEMS and source == "一般公共预算" and field == "基本支出"
            return bool(insured) or source == "其他资金" or field == "收入"
        case ("基本支出经济分类", str(code)):
            codes = list(economic(data))
            return bool({code, codes[(codes.index(code) + 1) % len(codes)]} & INSURANCE)
    return False


def economic(data: Data) -> Data:
    """The economic 款 of basic spending."""
    return data["基本支出经济分类"]


def stated_once(data: Data, steps: Steps, kind: str) -> bool:
    """Whether nothing in the file must be equal to what the mutation changes."""
    if kind == MOVED:
        return not told_by_item(data, steps)
    place = "/".join(map(str, steps))
    return any(re.fullmatch(pattern, place) for pattern in ONCE) or score_is_judged(data, steps)


@dataclass(frozen=True)
class Mutant:
    """One spoiled figure of one example, and whether anybody noticed."""

    file: str
    kind: str
    steps: Steps
    written: str
    redundant: bool
    caught: bool

    @property
    def field(self) -> str:
        """The section and the key, without positions and codes."""
        return " › ".join(dict.fromkeys(s for s in self.steps if isinstance(s, str) and not s.isdigit()))


def found(data: Data) -> frozenset[tuple[str, str]]:
    """What the rules say of a file; one that the model refuses has been caught."""
    try:
        document = budget_of(data) if data["文种"] == "预算" else account_of(data)
    except ValidationError:
        return frozenset({("GK204", "refused")})
    return frozenset((finding.code, finding.message) for finding in check(document))


@cache
def baseline(path: Path) -> frozenset[tuple[str, str]]:
    """What the rules say of an example as it is."""
    return found(file_data(path))


def mutants(path: Path, step: int = 1) -> Iterator[Mutant]:
    """Every ``step``-th mutation of an example."""
    data = file_data(path)
    jobs = [(steps, kind) for steps in figures_of(data) for kind in KINDS]
    for steps, kind in jobs[::step]:
        spoiled = copy.deepcopy(data)
        if KINDS[kind](spoiled, steps):
            caught = bool(found(spoiled) - baseline(path))
            once = stated_once(data, steps, kind)
            yield Mutant(path.stem, kind, steps, at(data, steps), not once, caught)


def main() -> None:
    """Print the share that is caught, by kind and by field, and every redundant figure that is missed."""
    everything = [mutant for path in EXAMPLES for mutant in mutants(path)]
    for redundant, title in ((True, "另有数与它相等的"), (False, "只写一次的")):
        chosen = [mutant for mutant in everything if mutant.redundant is redundant]
        caught = sum(mutant.caught for mutant in chosen)
        sys.stdout.write(f"{title}：{caught}/{len(chosen)} 查出，{caught / len(chosen):.2%}\n")
        for key in ("kind", "field"):
            total, seen = Counter(getattr(m, key) for m in chosen), Counter(getattr(m, key) for m in chosen if m.caught)
            for name, count in sorted(total.items()):
                sys.stdout.write(f"    {name}：{seen[name]}/{count}\n")
    for mutant in everything:
        if mutant.redundant and not mutant.caught:
            place = "/".join(map(str, mutant.steps))
            sys.stdout.write(f"漏：{mutant.file} {mutant.kind} {place} {mutant.written}\n")


if __name__ == "__main__":
    main()
