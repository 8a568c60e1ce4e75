"""What rules ask a clerk to write for the document's sake: a pack that prints none of it does not ask for it.

What the model requires, and what must agree whatever is printed, stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from gongkai.findings import Finding, Path
from gongkai.kinds import KINDS
from gongkai.packs.assembled import AssembledPack
from gongkai.packs.review.in_use import references_in_use, templates_in_use

_PRIOR = "上年"
_FUNDS = r"d\.(general|government|capital)\b"
_UNIT_SHEET, _SHEETS = r"sheet\((unit_\w+|整体绩效表)\)", r"in (project_\w+|各项目绩效表)\b"


class Demand(NamedTuple):
    """A place of which a rule asks for something: * is any name, # the place in a list.

    ``mention`` is what templates say (in English) that print it. ``name`` is what expressions of tables call it that
    print it, if any does; with ``compared`` only where they ask for 上年.
    """

    place: tuple[str, ...]
    mention: str
    name: str = ""
    compared: bool = False


_USES = tuple(Demand(place, r"\.use\b", "支出用途") for place in (("支出用途", "*"), ("支出用途", "*", "*")))
_DEMANDS: Mapping[str, Sequence[Demand]] = {
    "GK421": (
        Demand(("收入", "*"), r"d\.income\b"),
        Demand(("支出变动", "*"), rf"d\.(basic|project)\b|{_FUNDS}"),
        Demand(("支出", "#", "变动"), _FUNDS, "支出", compared=True),
    ),
    "GK422": (
        Demand(("项目", "#", "政策依据"), r"\.basis\b", "政策依据"),
        Demand(("项目", "#", "资金分配"), r"\.allocation\b", "资金分配"),
        Demand(("项目", "#", "执行时间"), r"\.period\b", "执行时间"),
    ),
    "GK423": (
        Demand(("整体绩效目标",), rf"{_UNIT_SHEET}|\.unit_target"),
        Demand(("项目", "#", "绩效目标"), rf"{_SHEETS}|\.(untargeted|targeted|\w*project_count)"),
    ),
    "GK424": _USES,
    "GK432": (
        Demand(("政府采购",), r"\.procurement\b", "政府采购"),
        Demand(("国有资产",), r"\.assets\b", "国有资产"),
    ),
    "GK439": _USES,
    "GK454": (
        Demand(("科目收支", "#", "变动"), _FUNDS, "支出", compared=True),
        Demand(("总体变动", "*"), _FUNDS, "支出", compared=True),
    ),
    "GK457": (
        Demand(("三公经费", "*"), r"\.budget_reason\b", "差异原因"),
        Demand(("三公经费",), r"\.budget_reason\b", "差异原因"),
    ),
    "GK462": (
        Demand(("整体绩效自评",), rf"{_UNIT_SHEET}|\.unit_evaluation|\.evaluated_"),
        Demand(("绩效管理",), r"\.narrative\b", "绩效管理"),
    ),
    "GK463": (Demand(("三公经费", "*"), r"\.fleet_reason\b", "保有量差异原因"),),
    "GK464": (
        Demand(("三公经费", "*", "开支内容"), r"\.content\b", "开支内容"),
        Demand(("三公经费", "*", "团组数"), r"\.groups\b", "团组数"),
        Demand(("三公经费", "*", "购置数"), r"\.count\b", "购置数"),
        Demand(("三公经费", "*", "批次"), r"\.batches\b", "批次"),
    ),
}
"""The rules that ask for a text or a figure that may be missing, by their codes."""


def in_vain(pack: AssembledPack) -> Callable[[Finding], bool]:
    """Whether a finding asks for what the pack prints nowhere."""

    @cache  # a rule asks for the same of hundreds of entries
    def prints(demand: Demand) -> bool:
        return _prints(pack, demand)

    def judged(finding: Finding) -> bool:
        demand = next((one for one in _DEMANDS.get(finding.code, ()) if _is_at(one.place, finding.path)), None)
        return demand is not None and not _is_beyond(finding) and not prints(demand)

    return judged


def _is_at(place: Sequence[str], path: Path) -> bool:
    own = ("#" if isinstance(step, int) else step for step in path)
    return len(place) == len(path) and all(one in {"*", step} for one, step in zip(place, own, strict=True))


def _is_beyond(finding: Finding) -> bool:
    """Whether more was spent on an item of 三公经费 than was planned: that is wrong whatever is printed."""
    if finding.code != "GK457" or finding.stated is None or finding.expected is None:
        return False
    return len(finding.path) > 1 and finding.stated > finding.expected


def _prints(pack: AssembledPack, demand: Demand) -> bool:
    """Whether a template or a table in use prints what is demanded, or what is derived from it."""
    section = demand.place[0]
    fields = KINDS[pack.folder].model.value.model_fields.items()
    english = next((name for name, field in fields if field.alias == section), section)
    raw = re.compile(rf"(?:数据|budget|account)\.(?:{section}|{english})(?!\w)")
    said = "\n".join(used.english for used in templates_in_use(pack))
    if re.search(demand.mention, said) or raw.search(said):
        return True
    named = (one for one in references_in_use(pack) if not demand.compared or one.comparison == _PRIOR)
    return any(demand.name in one.names for one in named)
