"""What the rows of two-sided tables are of: labels of income, and 类 of spending."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from gongkai import catalog
from gongkai.intake.export.forms.words import label, plain
from gongkai.intake.export.reading.amounts import Figure
from gongkai.intake.export.reading.found import Found

_CARRIED = ("上年结转结余", "上年结转", "上年结余", "结转结余", "年初结转")
_CODE_FIRST = re.compile(r"^(\d{3})\D", re.ASCII)
_SPENT = frozenset({"支出总计", "支出合计", "总计", "合计"})


@dataclass(frozen=True, slots=True)
class Item:
    """One side of a row: what it is called, whether it stands under what was carried over, its amounts."""

    label: str
    carried: bool
    figures: Mapping[str, Figure]


def income_items(found: Found) -> Iterator[Item]:
    """The income side of a table, row by row."""
    carried = False
    for line in found.lines:
        said = label(line.texts.get("收入项目", ""))
        if not said:
            continue
        if said.startswith(_CARRIED):
            carried = True
        yield Item(said, carried, {k: f for k, f in line.figures.items() if k == "收入数"})


def spending_items(found: Found) -> Iterator[tuple[str, Item]]:
    """The spending side, row by row: the 类 (``*`` for the total, empty for another label) and its amounts."""
    for line in found.lines:
        text = line.texts.get("支出项目", "")
        said = label(text)
        if not said:
            continue
        figures = {k: f for k, f in line.figures.items() if k != "收入数"}
        yield class_of(text) or ("*" if said in _SPENT else ""), Item(said, False, figures)


def class_of(text: str) -> str:
    """The functional 类 that a label names, by its code or by its name; empty where it names none."""
    said = plain(text)
    by_code = _CODE_FIRST.match(said)
    if by_code and (by_code[1] in catalog.functional() or by_code[1][0] == "2"):
        return by_code[1]
    return _classes().get(_core(label(text)), "")


@cache
def _classes() -> Mapping[str, str]:
    names = {_core(plain(s.name)): s.code for s in catalog.functional() if len(s.code) == 3}
    return {**names, **_OTHER_NAMES}


def _core(name: str) -> str:
    return re.sub(r"支出$|安排的支出$|还本支出$", "", name)


_OTHER_NAMES = {"抗疫特别国债": "234", "抗疫特别国债安排的": "234", "资源勘探信息等": "215", "文化体育与传媒": "207",
                "医疗卫生与计划生育": "210", "国土海洋气象等": "220", "资源勘探工业信息等": "215"}  # fmt: skip


def match_label(said: str, known: Sequence[tuple[str, str]]) -> str:
    """What a label means by the first of the patterns that it fits; empty for none."""
    return next((meaning for pattern, meaning in known if re.fullmatch(pattern, said)), "")
