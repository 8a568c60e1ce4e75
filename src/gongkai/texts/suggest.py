"""What a name that is not known was meant to be: by its meaning where it is a kind of money, else by its letters.

Two names of money may share most of their letters and be another fund. So a suggestion never leads from one
kind of money to another, and where several kinds are possible all of them are named, each with its meaning.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

MEANINGS: Mapping[str, str] = {
    "一般公共预算": "本级一般公共预算拨款",
    "上级一般公共预算转移支付": "上级一般公共预算安排的转移支付",
    "政府性基金预算": "本级政府性基金拨款",
    "上级政府性基金转移支付": "上级政府性基金安排的转移支付",
    "国有资本经营预算": "本级国有资本经营预算拨款",
    "上级国有资本经营预算转移支付": "上级国有资本经营预算安排的转移支付",
    "财政专户": "财政专户管理的资金，如教育收费",
    "单位资金": "事业收入、其他收入等不由财政拨款的资金",
    "一般公共预算结转": "上年一般公共预算拨款没有用完、结转到本年的",
    "政府性基金预算结转": "上年政府性基金拨款没有用完、结转到本年的",
    "国有资本经营预算结转": "上年国有资本经营预算拨款没有用完、结转到本年的",
    "财政专户结转结余": "上年财政专户资金没有用完的",
    "单位资金结转结余": "上年单位资金没有用完的",
    "上年结转结余": "各种资金上年结转结余的合计",
    "其他资金": "财政拨款以外的全部资金",
    "事业收入": "开展业务活动取得的收入",
    "事业单位经营收入": "主业以外的经营活动取得的收入",
    "经营收入": "主业以外的经营活动取得的收入",
    "上级补助收入": "主管部门和上级单位的非财政补助",
    "附属单位上缴收入": "附属单位按规定上缴的收入",
    "其他收入": "以上各项以外的收入，如利息、捐赠",
}
"""Every name of money in the input, with what it means."""

_KINDS: Mapping[str, str] = {
    "一般公共预算": r"一般公共|公共预算|一般预算|公共财政|(?<!非)财政(?:性资金|拨款|资金|预算)|预算内",
    "政府性基金预算": r"政府性?基金|基金|(?<!非)财政(?:性资金|拨款|资金|预算)",
    "国有资本经营预算": r"国有资本|国资|国有资产|(?<!非)财政(?:性资金|拨款|资金|预算)",
    "财政专户": r"专户|教育收费|预算外|非财政|其他资金",
    "单位资金": r"单位资金|单位自有|自有|自筹|非财政|其他资金",
    "事业收入": r"事业(?!单位经营)",
    "经营收入": r"(?<!资本)经营(?!预算)",
    "上级补助收入": r"补助收入",
    "附属单位上缴收入": r"附属|上缴|下级",
    "其他收入": r"其他收入|利息|捐赠",
}
"""What tells a kind of money in a name; generic names tell several."""

_PARTS = ("事业收入", "经营收入", "上级补助收入", "附属单位上缴收入", "其他收入")
_PARTS_OF: Mapping[str, str] = dict.fromkeys(_PARTS, "单位资金")
"""Kinds of income, and the kind of money of which they are parts."""

_TRAITS: Mapping[str, str] = {"结转": r"结转|结余|上年|往年|滚存", "上级": r"上级(?!补助)|转移支付"}
"""Where the money comes from, if not from this year's own budget."""

_LEAST, _SAME, _SLIP, _CLOSE = 0.5, 0.75, 0.85, 0.1
"""How much alike letters must be: to be named at all; to stand for a kind of money; to be named beside what
the words mean; and how near to the best, to be named beside it."""
_MOST = 4


@dataclass(frozen=True, slots=True)
class _Sense:
    """The kinds of money and the origins that a name tells."""

    kinds: frozenset[str]
    traits: frozenset[str]

    @classmethod
    def of(cls, name: str) -> _Sense:
        return cls(_told(name, _KINDS), _told(name, _TRAITS))


def _told(name: str, patterns: Mapping[str, str]) -> frozenset[str]:
    return frozenset(key for key, pattern in patterns.items() if re.search(pattern, name))


def meant(word: str, choices: Sequence[str]) -> list[str]:
    """Which of the names a wrong one may have been meant for, the nearest first; none when nothing is near."""
    money = [choice for choice in choices if choice in MEANINGS]
    if len(money) < 2:
        return alike(word, choices)[:_MOST]
    sense = _Sense.of(word)
    whole = _Sense(frozenset(_PARTS_OF.get(kind, kind) for kind in sense.kinds), sense.traits)
    if sense.kinds or sense.traits:
        found = _of_sense(sense, money) or _of_sense(whole, money)
        if found:  # a slip may have taken away what tells the origin: then its letters speak for another, too
            return list(dict.fromkeys((*found, *alike(word, money, _SLIP)[:1])))
        if sense.kinds:
            return []
    # A slip of the keyboard leaves most letters: but only where what is near is one kind of money.
    near = alike(word, choices, _SAME)
    return near if len({_Sense.of(name) for name in near}) == 1 else []


def _of_sense(sense: _Sense, names: Sequence[str]) -> list[str]:
    """The names of the same kinds and origins; else those of the same kinds, or of the same origins."""
    told = {name: _Sense.of(name) for name in names}

    def kin(name: str) -> bool:
        return not sense.kinds or bool(told[name].kinds & sense.kinds)

    exact = [name for name in names if kin(name) and told[name].traits == sense.traits]
    total = [name for name in names if not told[name].kinds and told[name].traits == sense.traits]
    return exact or total or ([name for name in names if kin(name)] if sense.kinds else [])


def alike(word: str, choices: Sequence[str], least: float = _LEAST) -> list[str]:
    """The names with nearly the same letters: the best, and those that are hardly less alike."""
    ratios = {choice: SequenceMatcher(None, choice, word).ratio() for choice in choices}
    best = max(ratios.values(), default=0)
    if best < least:
        within = [choice for choice in choices if len(word) > 1 and (choice in word or word in choice)]
        return within[:1] if least == _LEAST else []  # a part of a name does not say which money it is
    return sorted((c for c in choices if ratios[c] >= max(least, best - _CLOSE)), key=lambda c: -ratios[c])


def suggestion(word: str, choices: Sequence[str], descriptions: Mapping[str, str] | None = None) -> str:
    """Advice for a wrong name: the one that was meant, those that may have been meant, or all there are."""
    near = meant(word, choices)
    told = {**(descriptions or {}), **MEANINGS}
    if len(near) == 1:
        meaning = f"（{MEANINGS[near[0]]}）" if near[0] in MEANINGS else ""
        return f"是否想写“{near[0]}”？{meaning}"
    if near:
        named = "；".join(f"“{name}”（{told[name]}）" if told.get(name) else f"“{name}”" for name in near)
        return f"请从中选一个：{named}"
    return f"此处可写：{'、'.join(choices)}"
