"""What budgets and final accounts call otherwise: words of one meaning are understood in both, others are explained.

A clerk copies sections from the budget into the final account, or the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

EACH = "[]"
"""Stands for any entry of a list."""

Where = tuple[str, ...]
PAIR = ("预算", "决算")
"""The two kinds (文种) that say the same in other words."""


def other_kind(kind: str) -> str:
    """The other 文种."""
    return PAIR[kind == PAIR[0]]


class Words(NamedTuple):
    """A place that both kinds have, as one of them names it: the mapping, and the way to the value within it."""

    at: Where
    names: Where

    @property
    def path(self) -> Where:
        """The whole way."""
        return (*self.at, *self.names)


@dataclass(frozen=True, slots=True)
class Same:
    """One meaning, with the words of a budget and those of a final account."""

    budget: Words
    final: Words

    def of(self, kind: str) -> Words:
        """The words of a kind."""
        return self.budget if kind == PAIR[0] else self.final


_PROJECT, _EVALUATED = ("项目", EACH), ("项目绩效自评", EACH)

SAME: Sequence[Same] = (
    Same(Words((), ("支出",)), Words((), ("科目收支",))),
    Same(Words((), ("项目",)), Words((), ("项目绩效自评",))),
    Same(Words((), ("整体绩效目标",)), Words((), ("整体绩效自评",))),
    Same(Words(("三公经费",), ("公务用车运行费",)), Words(("三公经费",), ("公务用车运行维护费",))),
    Same(Words(("整体绩效目标",), ("年度目标",)), Words(("整体绩效自评",), ("预期目标",))),
    Same(Words(_PROJECT, ("承担单位",)), Words(_EVALUATED, ("实施单位",))),
    Same(Words(_PROJECT, ("绩效目标", "总体目标")), Words(_EVALUATED, ("预期目标",))),
    Same(Words(_PROJECT, ("绩效目标", "指标")), Words(_EVALUATED, ("指标",))),
    Same(
        Words(("收入", "单位资金", "构成"), ("事业单位经营收入",)),
        Words(("科目收支", EACH, "收入"), ("经营收入",)),
    ),
)
"""The places that mean the same in both kinds, mappings before what is in them. Either kind's words are understood."""


_FUNDS = ("一般公共预算", "政府性基金预算", "国有资本经营预算")
_UPPER = ("上级一般公共预算转移支付", "上级政府性基金转移支付", "上级国有资本经营预算转移支付")
_CARRIED = ("一般公共预算结转", "政府性基金预算结转", "国有资本经营预算结转", "财政专户结转结余", "单位资金结转结余")
_EIGHT_KINDS = (
    "副部（省）级及以上领导用车", "主要负责人用车", "机要通信用车", "应急保障用车", "特种专业技术用车",
    "离退休干部服务用车", "其他用车", "价值",
)  # fmt: skip
_NATURES = ("基本支出", "项目支出")
_ITEMS = ("因公出国（境）费", "公务用车购置费", "公务用车运行费", "公务用车运行维护费", "公务接待费")
_AMOUNTS_OF_SUBJECT = {
    **dict.fromkeys(("财政专户", "单位资金"), "决算不分财政专户和单位资金，一并写在“其他资金”里"),
    **dict.fromkeys(_UPPER, "决算不分本级和上级，并入“一般公共预算”“政府性基金预算”“国有资本经营预算”"),
    **dict.fromkeys(_CARRIED, "决算里用结转资金的支出写在资金性质里，年初结转的数写在“年初结转和结余”里"),
}

_FINAL: Mapping[Where, Mapping[str, str]] = {
    (): {
        "收入": "财政拨款以外的收入写在“科目收支”各条的“收入”里；与上年比的数和原因写在“总体变动”里",
        "支出变动": "决算写“总体变动”：收支总计、财政拨款、各本预算与上年、与年初预算比",
    },
    ("科目收支", EACH): dict.fromkeys(
        ("人员经费", "公用经费"), "决算的“基本支出”按资金性质写一个数，人员、公用由“基本支出经济分类”得出"
    ),
    **{("科目收支", EACH, nature): _AMOUNTS_OF_SUBJECT for nature in _NATURES},
    _EVALUATED: {"资金": "决算写“财政拨款”“其他资金”：{年初预算: , 全年预算: , 执行: }"},
    ("政府采购",): dict.fromkeys(
        ("面向中小企业", "面向小微企业"), "决算写与中小企业签订的合同金额：“授予中小企业”“授予小微企业”"
    ),
    ("国有资产", "车辆"): dict.fromkeys(
        ("一般公务用车", "其他车辆"),
        "决算按八类写辆数：主要负责人用车、机要通信用车、应急保障用车、执法执勤用车、其他用车等",
    ),
    **{("三公经费", item): dict.fromkeys(_FUNDS, "决算写“支出”：实际支出的合计") for item in _ITEMS},
}

_BUDGET: Mapping[Where, Mapping[str, str]] = {
    (): {"总体变动": "预算里各项收入与上年比写在“收入”里，基本支出、项目支出的写在“支出变动”里"},
    ("支出", EACH): dict.fromkeys(
        ("年初结转和结余", "年末结转和结余"), "预算里用上年结转的钱写在支出的来源里，如 {一般公共预算结转: 6.20}"
    ),
    **{("支出", EACH, nature): {"其他资金": "预算分“财政专户”“单位资金”写"} for nature in _NATURES},
    _PROJECT: dict.fromkeys(("财政拨款", "其他资金"), "预算写“资金”：科目、来源、经济分类、金额，一笔一条"),
    ("政府采购",): dict.fromkeys(
        ("授予中小企业", "授予小微企业"), "预算写预留给中小企业的采购预算：“面向中小企业”“面向小微企业”"
    ),
    ("国有资产", "车辆"): dict.fromkeys(_EIGHT_KINDS, "预算按三类写数量和价值：一般公务用车、执法执勤用车、其他车辆"),
    ("三公经费",): dict.fromkeys(("原因", "差异原因", "公务用车原因"), "预算写在四项各自的“原因”里"),
    **{("三公经费", item): {"支出": "预算里写各本预算安排的数，如“一般公共预算: 11.00”"} for item in _ITEMS},
}

_EXPLAINED = {"决算": _FINAL, "预算": _BUDGET}
"""What a kind writes instead of a word of the other, where the two do not mean the same."""


def explained(kind: str, at: Where, name: str) -> str | None:
    """What a file of a kind writes instead of a name that the other kind has at a place; entries as EACH."""
    return _EXPLAINED[kind].get(at, {}).get(name)


def elsewhere(kind: str, at: Where) -> Where:
    """What the other kind calls a place of this one; entries as EACH."""
    other = other_kind(kind)
    for same in reversed(SAME):
        path = same.of(kind).path
        if at[: len(path)] == path:
            return (*same.of(other).path, *at[len(path) :])
    return at


def synonyms(kind: str) -> Iterator[tuple[Words, Words]]:
    """For a file of a kind: its own words for a meaning, and the other kind's in the same mapping."""
    for same in SAME:
        own, other = same.of(kind), same.of(other_kind(kind))
        if own.names != other.names:
            yield own, Words(own.at, other.names)
