"""Rules about the unit's name in its own texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.checks.rule import Figures, Problem, disclosure, rule
from gongkai.checks.subjects.texts import Kind, texts
from gongkai.findings import Level

_REGION = re.compile(r"(?P<region>.+(?:自治州|自治县|自治区|地区|州|市|县|区))(?P<office>.{3,})")
_LEVELS = "自治州|自治县|地区|州|市|县|区"
_SHORTEST = 5
_TIME = re.compile(r"(?:\d{2,4}|[本今上当全去前次])年度?|\d{1,2}(?:月份?|日)|[本上下]?半年|[一二三四]季度|年度")
"""What may stand directly before a name and is no part of it."""
_ANY_PLACE = set("全本各该我我县市州区由和与及向对为给到从把将指导会同协助配合组织开展所属下属自治")

_NO_PLACE = frozenset(
    re.findall(
        "..",
        "按照依照参照遵照根据依据负责承担承办协助配合接受报送报请报经提交上报经过通过听取征求贯彻执行落实完成关于属于位于来自支持"
        "服务帮助推动加强参加参与指导监督管理联系联合会同委托移交划转划入并入转入拨付其中其他有关相关以及还有包括原属新设成立设立"
        "提请转发收到接到承接协调邀请服从下达下发印发合并由于因为同时另外原来上级同级省级省市兄弟周边主管领导要求组建建立"
        "建设保障",
    )
)
"""Two characters before 市财政局 that are no name of a place: 按照市财政局的要求."""


def _unit(figures: Figures) -> str:
    return disclosure(figures).unit.name


def near_misses(name: str, text: str) -> Iterator[str]:
    """What in a text is the name but for one character: another, one missing, or one too many.

    A mistake in one place leaves the first or the second half of the name whole, so that only
    the places around a half have to be looked at. The first character stays: 我县…… is no mistake.
    """
    half = len(name) // 2
    text = text.replace(name, "\n")
    for part, offset in ((name[:half], 0), (name[half:], half)):
        if part not in text:
            continue
        for found in re.finditer(re.escape(part), text):
            for length in (len(name), len(name) - 1, len(name) + 1):
                # With the second half whole, the name begins where its length says, counted from the end.
                start = found.start() if offset == 0 else found.end() - length
                there = text[start : start + length] if start >= 0 else ""
                if there[:1] == name[0] and there[-1:] == name[-1] and _one_apart(name, there):
                    yield there


def _one_apart(name: str, other: str) -> bool:
    if len(name) == len(other):
        return sum(a != b for a, b in zip(name, other, strict=True)) == 1
    short, long = sorted((name, other), key=len)
    return len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


@rule("GK709", "请核对单位名称", Level.WARNING)
def own_name_is_right(figures: Figures) -> Iterator[Problem]:
    """检查什么：文字里没有与本单位名称只差一个字的写法。
    为何重要：单位名称错一个字，多半是录入错误。
    依据：公开主体应当是本单位全称。
    怎样改：照“单位 › 名称”改正；确是另一个单位的，可以不管。
    """
    name = _unit(figures)
    if len(name) < _SHORTEST:
        return
    for text in texts(figures):
        if text.path == ("单位", "名称"):
            continue
        other = next(near_misses(name, text.text), None)
        if other:
            yield Problem(text.path, f"这里写的是“{other}”，单位名称是“{name}”")


@rule("GK710", "请核对是否从别的单位的文件里抄来", Level.WARNING)
def no_other_office(figures: Figures) -> Iterator[Problem]:
    """检查什么：原因、用途和其他说明里不说别处的同名单位（如甲县商务局的文件里说乙县商务局）。
    为何重要：借用别的单位的文件作底稿，常留下别人的名称。
    依据：公开内容应当真实、准确。
    怎样改：改为本单位；确实说的是别的单位，可以不管。
    """
    name = _unit(figures)
    for text in texts(figures):
        other = next(offices_elsewhere(name, text.text), None) if text.kind in {Kind.REASON, Kind.NOTE} else None
        if other:
            yield Problem(text.path, f"这里说的是“{other}”，本单位是“{name}”")


def offices_elsewhere(name: str, text: str) -> Iterator[str]:
    """Offices that a text names, called as the unit but of another place."""
    own = _REGION.fullmatch(name)
    if own is None or own["office"] not in text:
        return
    pattern = re.compile(rf"(?P<place>[一-鿿]{{2}})(?P<level>{_LEVELS}){re.escape(own['office'])}")
    for found in pattern.finditer(_TIME.sub("\n", text.replace(name, "\n"))):
        if found["place"] in _NO_PLACE:
            continue
        if not set(found["place"]) & _ANY_PLACE and not set(found["place"]) <= set(own["region"]):
            yield found[0]
