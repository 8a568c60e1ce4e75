"""What named files know is put where this file does not say it, and held against what it says."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal

from gongkai.findings import Finding, Level, Path, describe, shown
from gongkai.model.reading import MAX_DIGITS
from gongkai.prose.numbers import round_half_up
from gongkai.source.secret_marks import discreet
from gongkai.source.tree import Node, Tree
from gongkai.statements.named_files.facts import Entry, Fact, Measure, Use, Value, Where

from .named import LAST_YEAR, Named, strangers
from .stand_ins import Slot, complete_priors, write

_NEWS = "新增"
_MAY_BE_LEFT_OUT = "离休"
"""The one standing that a file need not state."""

_ADVICE = {
    "GK122": "以写明的为准；{key}无误的，删去这一处即可",
    "GK128": "两份公开文件上是同一个数：写错的改正，或删去这一处由{key}得出",
    "GK129": "以写明的为准；{key}无误的，删去这一处即可",
    "GK131": "请照{key}改写，或删去这一处由它得出",
}
_LEVELS = {"GK128": Level.ERROR}


def supply(tree: Tree, named: Iterable[Named]) -> list[Finding]:
    """Fill in what is not written, from the named files in turn; findings for what disagrees, or is not there."""
    findings: list[Finding] = []
    for file in named:
        supplier = _Supplier(tree, file)
        findings += strangers(tree, file)
        for fact in file.facts():
            findings += supplier.apply(fact)
        if file.link.key == LAST_YEAR:
            complete_priors(tree)  # what last year's file does not know either is nothing
    return [discreet(finding, tree.secrets) for finding in findings]


class _Supplier:
    """One named file, and the file that it is for."""

    def __init__(self, tree: Tree, named: Named) -> None:
        self._tree = tree
        self._named = named
        self._key = named.link.key

    def apply(self, fact: Fact) -> Iterator[Finding]:
        """Fill in one fact where it is due, or hold what is written against it."""
        due = list(slots(self._tree, fact.where))
        if not due:
            yield from self._without(fact)
        for slot in due:
            if may_be_told(self._tree, fact, slot.path):
                yield from self._apply(fact, slot)

    def _without(self, fact: Fact) -> Iterator[Finding]:
        """A mapping that is not there: made for what is taken, or asked for."""
        if fact.created or (fact.where[-1] == _MAY_BE_LEFT_OUT and fact.value):
            around = self._tree.data if len(fact.where) == 1 else _at(self._tree.data, fact.where[:-1])
            last = fact.where[-1]
            if isinstance(around, dict) and isinstance(last, str) and last not in around:
                around[last] = {"人数": "0"} if fact.measure is Measure.HEADS else {}
                self._forget((*(str(step) for step in fact.where[:-1]), last))
                yield from self.apply(fact)
        elif fact.missing and fact.value:
            yield from self._missing(fact)

    def _forget(self, path: Path) -> None:
        if path in self._tree.blanks:
            self._tree.blanks.remove(path)

    def _missing(self, fact: Fact) -> Iterator[Finding]:
        """That there is money for what is not there: a fund, a line of a project, a 科目 of last year."""
        path = _nearest(self._tree, fact.where)
        if path is None or not may_be_told(self._tree, fact, path):
            return
        value = f"{self._amount(fact):,f} {self._unit(fact)}"
        if fact.missing == "GK123":
            items = str(fact.where[0])
            message = f"{self._key}里{fact.what} {value}，这里没有写它的“变动”"
            advice = f"请在“{items}”里写上该科目的“变动”；并入别的科目的，在那里的原因中说明"
        else:
            message = f"{self._key}里{fact.what}是 {value}{self._source(fact)}，这里没有写“{fact.where[-1]}”"
            advice = f"请补上“{fact.where[-1]}”；确实没有的，写明 0 和原因"
        yield self._finding(fact.missing, message, advice, path, Decimal(0), self._amount(fact))

    def _apply(self, fact: Fact, slot: Slot) -> Iterator[Finding]:
        path = (*slot.path, fact.key)
        stated = slot.value.get(fact.key)
        if fact.measure is Measure.HEADS:
            yield from self._heads(fact, slot, path, stated)
        elif fact.use is Use.NEWS:
            if stated is None or str(stated).strip() == _NEWS:
                said = "没有写“上年完成值”，会印作“新增”" if stated is None else "写作“新增”"
                message = f"{fact.what}（{self._key}里的指标值是“{shown(str(fact.value))}”），这里{said}"
                yield self._finding(fact.code, message, "请写上年实际完成的数", path)
        elif stated is None:
            if fact.use is not Use.HELD:
                write(self._tree, slot, fact.key, self._written(fact))
        elif path in self._tree.keys and fact.use is not Use.FILLED:
            yield from self._held(fact, path, stated)

    def _heads(self, fact: Fact, slot: Slot, path: Path, stated: object) -> Iterator[Finding]:
        now, before = _number(slot.value.get("人数")), Decimal(str(fact.value))
        if now is None or now != now.to_integral_value():
            return
        if stated is None:
            write(self._tree, slot, fact.key, str(int(now - before)))
        elif path in self._tree.keys and (number := _number(stated)) is not None and number != now - before:
            yield self._disagreement(fact, path, number, now - before, "人")

    def _held(self, fact: Fact, path: Path, stated: object) -> Iterator[Finding]:
        if fact.measure is Measure.TEXT:
            if _plain(stated) != _plain(fact.value):
                yield self._different_text(fact, path, stated)
            return
        number = _number(stated)
        if number is None:
            return  # the model will say so
        if fact.measure is Measure.NUMBER:
            if number != fact.value:
                yield self._disagreement(fact, path, number, Decimal(str(fact.value)), "")
        elif not any(self._same(fact, number, value) for value in (Decimal(str(fact.value)), *fact.also)):
            amount = self._amount(fact)
            if fact.use is not Use.LIMIT or number > amount:
                yield self._disagreement(fact, path, number, amount, self._unit(fact))

    def _same(self, fact: Fact, stated: Decimal, value: Decimal) -> bool:
        """Whether a written amount is the other file's (万元), or one is the other rounded to 0.01 of its unit."""
        unit = self._unit(fact)
        amount = value / _in_wan_yuan(unit)
        if stated in {amount, round_half_up(amount)}:
            return True
        units = {unit, _unit(self._named.tree, (fact.source or fact.where)[0])}
        exact = stated * _in_wan_yuan(unit)
        return units == {"元", "万元"} and (round_half_up(exact) == value or round_half_up(value) == exact)

    def _unit(self, fact: Fact) -> str:
        return _unit(self._tree, fact.where[0])

    def _amount(self, fact: Fact) -> Decimal:
        return Decimal(str(fact.value)) / _in_wan_yuan(self._unit(fact))

    def _written(self, fact: Fact) -> Node:
        """The fact as a clerk would have written it."""
        if fact.measure is Measure.MONEY:
            return f"{self._amount(fact):f}"
        if fact.measure is Measure.NUMBER:
            return f"{fact.value:f}"
        value = fact.value
        if isinstance(value, dict):
            return {key: _node(part) for key, part in value.items() if part}
        return _node(value)

    def _disagreement(self, fact: Fact, path: Path, stated: Decimal, expected: Decimal, unit: str) -> Finding:
        stands, due = f"{stated:,f} {unit}".rstrip(), f"{expected:,f} {unit}".rstrip()
        gap = f"{abs(stated - expected):,f} {unit}".rstrip()
        if fact.use is Use.LIMIT:
            message = f"全年预算写的是 {stands}，大于{self._key}里{fact.what} {due}{self._source(fact)}，多 {gap}"
            advice = "“三公”经费只减不增：请核对；确实追加过的，在差异原因里说明"
        elif fact.measure is Measure.HEADS and fact.source:
            now = stated - expected  # what the two ways of reckoning differ by
            before = Decimal(str(fact.value)) - now
            message = (
                f"增减写的是 {stands}，上年末就是 {before:,f} 人，{self._key}里{fact.what}是 {fact.value} 人"
                f"{self._source(fact)}，相差 {gap}"
            )
            advice = _ADVICE[fact.code].format(key=self._key)
        else:
            message = f"{fact.what or '这里'}写的是 {stands}，按{self._key}应为 {due}{self._source(fact)}，相差 {gap}"
            advice = _ADVICE[fact.code].format(key=self._key)
        return self._finding(fact.code, message, advice, path, stated, expected)

    def _different_text(self, fact: Fact, path: Path, stated: object) -> Finding:
        advice = _ADVICE[fact.code].format(key=self._key)
        if isinstance(stated, list) or isinstance(fact.value, tuple):
            ours, theirs = list(_parts(stated)), list(_parts(fact.value))
            count = f"这里 {len(ours)} 条，{self._key} {len(theirs)} 条"
            first = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=False), 1) if a != b), None)
            how = f"从第 {first} 条起不同" if first and len(ours) != len(theirs) else f"第 {first} 条不同"
            message = f"{fact.what}与{self._key}不同{self._source(fact)}：{count}{'，' + how if first else ''}"
        else:
            theirs_shown = shown(str(fact.value))
            said = f"写的是“{shown(str(stated))}”，{self._key}里是“{theirs_shown}”"
            message = f"{fact.what}{said}{self._source(fact)}"
        return self._finding(fact.code, message, advice, path)

    def _source(self, fact: Fact) -> str:
        """Where the other file says so, in brackets; only the line where what stands there is secret."""
        if not fact.source:
            return ""
        place = self._named.tree.place(fact.source)
        if not place.line:
            return ""
        where = "" if fact.sealed else f"“{describe(fact.source)}”"
        return f"（{self._key}{place.row}{where}）"

    def _finding(
        self,
        code: str,
        message: str,
        advice: str,
        path: Path,
        stated: Decimal | None = None,
        expected: Decimal | None = None,
    ) -> Finding:
        level = _LEVELS.get(code, Level.WARNING)
        return Finding(code, level, message, advice, path, self._tree.place(path), stated, expected)


def may_be_told(tree: Tree, fact: Fact, path: Path) -> bool:
    """Whether a fact belongs here: of what is secret, amounts alone are taken, and only for what is secret here.

    A project that is secret there and told openly here is found by a rule.
    """
    if any(path[:end] in tree.secrets for end in range(len(path) + 1)):
        return fact.measure is Measure.MONEY
    return not fact.sealed


def _unit(tree: Tree, section: object) -> str:
    """The unit of the amounts in a section of a file."""
    own = tree.data.get("分节金额单位")
    return str((own.get(str(section)) if isinstance(own, dict) else None) or tree.data.get("金额单位", ""))


def _in_wan_yuan(unit: str) -> Decimal:
    """What makes 万元 of an amount in a unit."""
    return Decimal("0.0001") if unit == "元" else Decimal(1)


def slots(tree: Tree, where: Where) -> Iterator[Slot]:
    """The mappings of the file to which a way leads; one for each entry that is called so."""
    found: list[tuple[Path, object]] = [((), tree.data)]
    for step in where:
        found = [child for path, value in found for child in _children(path, value, step)]
    yield from (Slot(path, value) for path, value in found if isinstance(value, dict))


def _children(path: Path, value: object, step: str | Entry) -> Iterator[tuple[Path, object]]:
    if isinstance(step, Entry):
        for index, entry in enumerate(value if isinstance(value, list) else ()):
            if isinstance(entry, dict) and _plain(entry.get(step.key, "")) == _plain(step.value):
                yield (*path, index), entry
    elif isinstance(value, dict) and step in value:
        yield (*path, step), value[step]


def _nearest(tree: Tree, where: Where) -> Path | None:
    """The part of a way that the file has, down to its entry, and what of it is missing; None for other entries.

    A 科目 that is not there at all is missing from its list; a project or target that is not there has its own rule.
    """
    here: list[tuple[Path, object]] = [((), tree.data)]
    for at, step in enumerate(where):
        below = [child for path, value in here for child in _children(path, value, step)]
        if not below:
            path = here[0][0]
            if isinstance(step, Entry):
                return path if step.key == "科目" else None
            return (*path, *(str(left) for left in where[at:]))
        here = below
    return here[0][0]


def _at(data: object, where: Where) -> object:
    for step in where:
        data = data.get(step) if isinstance(data, dict) and isinstance(step, str) else None
    return data


def _node(value: Value | tuple[str, ...]) -> Node:
    return list(value) if isinstance(value, tuple) else str(value)


def _parts(value: object) -> Iterator[str]:
    for part in value if isinstance(value, list | tuple) else (value,):
        yield _plain(part)


def _plain(value: object) -> str:
    """A text without what tells no difference: blanks, widths, a stop at its end, the “=” before a result."""
    if isinstance(value, list | tuple):
        return "\n".join(_parts(value))
    text = "".join(unicodedata.normalize("NFKC", str(value)).split())
    return text.rstrip("。;,.").removeprefix("=")


def _number(text: object) -> Decimal | None:
    """A figure as the model will read it; None for what the model will complain about."""
    plain = str(text).replace(",", "").removeprefix("+")
    if len(plain) > MAX_DIGITS:
        return None
    return Decimal(plain) if plain.removeprefix("-").replace(".", "", 1).isdecimal() and plain.isascii() else None
