"""Slips in running text: an amount, a rate or a word of direction of a finished document is spoiled, and the rules
must notice.

Amounts are those that templates print (they are marked in the page), not those in words of clerks. ``ONCE`` lists
what a document says once and nothing else in it tells, each with the reason; such amounts are spoiled too, and
reported apart. ``make mutate`` prints the share that is noticed, by kind, and every miss.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gongkai.audit.document import Audited
from gongkai.findings import Level
from support.claimed import Marked, findings, rendered

AMOUNT, RATE, DIRECTION = "金额", "比率", "方向"
KINDS = (AMOUNT, RATE, DIRECTION)
OPPOSITE = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}
HOW = ("数字", "数字", "颠倒", "小数点", "漏位")
"""What hands do to a figure: a wrong digit, two turned round, a shifted point, a lost digit."""

_RATE = re.compile(r"(?<![\d.,])-?\d[\d,]*(?:\.\d+)?(?=%)")
_DIRECTION = re.compile(r"(增加|减少|增长|下降)(?=-?\d[\d,.]*(?:万元|%))")
ONCE = re.compile(
    r"(?:平方米，价值|办公家具价值|其他资产价值|固定资产原值|购置车辆经费"  # of the register of assets
    r"|预留政府采购项目预算金额|授予(?:中小|小微)企业合同金额"  # of contracts; bounded, but nothing is equal to it
    r"|评价项目\d+个，全年预算数|全年执行数"  # secret projects are in it and in no form
    r"|涉密项目，(?:涉及预算资金|全年执行数)|非财政拨款项目有\d+个，涉及预算资金"
    r"|政府购买服务预算|计划新增资产)$"
)  # of tables that a pack adds

_VEHICLES = re.compile(r"车辆\d+辆，价值$")
"""Of a final account, which does not part it by kind."""


@dataclass(frozen=True)
class Slip:
    """One spoiled place of a paragraph, and what came of it."""

    file: str
    kind: str
    told: bool
    """Whether anything else in the document tells what should stand there."""
    before: str
    after: str
    words: str
    """What stands around it."""
    levels: frozenset[Level]
    """Of the findings that were not there before."""

    @property
    def noticed(self) -> bool:
        """Whether anything new was found."""
        return bool(self.levels)


def slips(names: Sequence[str], each: int, seed: int = 20) -> Iterator[Slip]:
    """Of every document some slips of each kind, at random."""
    chance = random.Random(seed)
    for name in names:
        marked = rendered([name])[name]
        before = _said(marked.document)
        places = list(_places(marked))
        for kind in KINDS:
            of_kind = [place for place in places if place[0] == kind]
            for place in chance.sample(of_kind, min(each, len(of_kind))):
                slip = _slip(name, marked.document, before, place, chance)
                if slip is not None:
                    yield slip


_Place = tuple[str, int, int, int]
"""The kind, the number of the paragraph, and from which character up to which."""


def _places(marked: Marked) -> Iterator[_Place]:
    texts = {paragraph.number: paragraph.text for paragraph in marked.document.paragraphs}
    for number, start, end in marked.amounts:
        if texts[number].startswith("万元", end):
            yield AMOUNT, number, start, end
    with_money = {number for number, _, _ in marked.amounts}
    for number, text in texts.items():
        reasons = [(found.end(), found.end() + len(found[1])) for found in re.finditer("原因是：?(?=([^。；]*))", text)]
        for kind, form in ((RATE, _RATE), (DIRECTION, _DIRECTION)) if number in with_money else ():
            for found in form.finditer(text):
                if not any(start <= found.start() < end for start, end in reasons):
                    yield kind, number, found.start(), found.end()


def _slip(
    name: str, document: Audited, before: Mapping[tuple[str, str], Level], place: _Place, chance: random.Random
) -> Slip | None:
    kind, number, start, end = place
    text = next(paragraph.text for paragraph in document.paragraphs if paragraph.number == number)
    said = text[start:end]
    after = OPPOSITE[said] if kind == DIRECTION else _spoiled(said, chance)
    if after is None or (kind != DIRECTION and _number(after) == _number(said)):
        return None
    blocks = [
        replace(block, text=text[:start] + after + text[end:]) if block.number == number else block
        for block in document.paragraphs
    ]
    spoiled = Audited(replace(document.printed, blocks=blocks), document.tables, document.pack)
    levels = frozenset(level for key, level in _said(spoiled).items() if key not in before)
    lead = text[:start]
    once = kind == AMOUNT and bool(ONCE.search(lead) or (document.tables.kind == "决算" and _VEHICLES.search(lead)))
    return Slip(name, kind, not once, said, after, text[max(0, start - 40) : end + 30], levels)


def _said(document: Audited) -> dict[tuple[str, str], Level]:
    return {(finding.code, finding.message): finding.level for finding in findings(document)}


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _spoiled(text: str, chance: random.Random) -> str | None:
    """A figure after a slip of the hand; None where it cannot be made."""
    at = [index for index, char in enumerate(text) if char.isdigit()]
    how = chance.choice(HOW)
    if how == "数字":
        index = chance.choice(at)
        return (
            text[:index] + chance.choice([digit for digit in "0123456789" if digit != text[index]]) + text[index + 1 :]
        )
    if how == "颠倒":
        pairs = [index for index in at if index + 1 in at and text[index] != text[index + 1]]
        index = chance.choice(pairs) if pairs else -1
        return text[:index] + text[index + 1] + text[index] + text[index + 2 :] if pairs else None
    if how == "小数点":
        return f"{_number(text) * chance.choice([10, 0.1]):,.2f}"
    index = chance.choice(at)
    return text[:index] + text[index + 1 :] if len(at) > 3 else None


def main() -> None:
    """Print the share that is noticed, by kind, and every miss."""
    tried = list(slips(list(rendered()), each=12))
    for told, title in ((True, "文件里另有根据的"), (False, "只说一次的")):
        for kind in KINDS:
            chosen = [slip for slip in tried if (slip.kind, slip.told) == (kind, told)]
            if chosen:
                noticed = sum(slip.noticed for slip in chosen)
                loud = sum(any(level is not Level.HINT for level in slip.levels) for slip in chosen)
                share = f"{noticed / len(chosen):.2%}"
                sys.stdout.write(f"{title}{kind}：{noticed}/{len(chosen)} 发现，{share}（提示以外 {loud}）\n")
    clean = Counter(finding.level for marked in rendered().values() for finding in findings(marked.document))
    levels = "、".join(f"{level.value} {count}" for level, count in clean.items()) or "没有话说"
    sys.stdout.write(f"没有改动的 {len(rendered())} 份文件：{levels}\n")
    for slip in tried:
        if slip.told and not slip.noticed:
            sys.stdout.write(f"漏：{slip.file} {slip.kind} {slip.before} → {slip.after} {slip.words}\n")


if __name__ == "__main__":
    main()
