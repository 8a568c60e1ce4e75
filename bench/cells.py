"""How many wrong cells the audit notices: one figure of a document's tables is changed at random, again and again.

    python bench/cells.py [--changes 800] [--seed 20] [--format xlsx,docx,pdf] [--show] [文件…]

Without files the examples are rendered under every pack that takes them. A change is a slip as hands
make it: a wrong digit, two digits turned round, a shifted point, a lost digit, a figure that is missing, that of the
row above, or a figure where there is none. It is noticed when the audit says something that it did not say before.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gongkai.api import render
from gongkai.audit.document import Audited
from gongkai.audit.recognise import recognised
from gongkai.audit.tables.facts import Fact, facts_of
from gongkai.audit.tables.rules import RULES
from gongkai.findings import Level, Place
from gongkai.source.printed.document import Printed, Table
from gongkai.source.printed.read import read_printed
from gongkai.source.workbook.cells import Cell, Kind

EXAMPLES = Path(__file__).parents[1] / "examples"
PACKS = ("", "新疆", "克州", "昌吉州", "博州", "示范省", "外省式样")
SLIPS = ("数字", "数字", "颠倒", "小数点", "漏位", "漏填", "错行", "多填")


@dataclass(frozen=True)
class Slip:
    """One changed cell."""

    kind: str
    fact: Fact
    before: str
    after: str


def documents(files: Sequence[Path], formats: Sequence[str], work: Path) -> Iterator[Printed]:
    """The given documents; else every example under every pack that takes it, each different one once."""
    seen = set()
    for file in files or rendered(formats, work):
        printed = read_printed(file)
        texts = tuple(tuple(sorted((at, cell.text) for at, cell in t.sheet.cells.items())) for t in printed.tables)
        if (printed.form, texts) not in seen:
            seen.add((printed.form, texts))
            yield printed


def rendered(formats: Sequence[str], work: Path) -> Iterator[Path]:
    """The examples as finished documents."""
    for example in sorted(EXAMPLES.glob("*.yaml")):
        for pack in PACKS:
            yield from render(example, work / (pack or "本包"), formats=formats, pack=pack or None).written


def said(document: Audited) -> Mapping[tuple[str, str, str], Level]:
    """What the rules of tables say of a document."""
    found: dict[tuple[str, str, str], Level] = {}
    for rule in RULES:
        for finding, _ in rule.findings(document):
            found[finding.code, str(finding.place), finding.message] = finding.level
    return found


def slip(document: Audited, chance: random.Random) -> Slip:
    """A cell that is to be changed, and how."""
    facts = [fact for fact in facts_of(document).by_cell.values() if fact.key]
    stated = [fact for fact in facts if fact.value]
    blank = [fact for fact in facts if not fact.value]
    while True:
        kind = chance.choice(SLIPS)
        fact = chance.choice(blank if kind == "多填" else stated)
        before = _printed(fact)
        above = [other for other in stated if other.column is fact.column and other.line.row != fact.line.row]
        if kind == "多填":
            cents = chance.randrange(1, 100_000)
            after: str | None = f"{cents * 100}" if fact.table.yuan else f"{cents / 100:.2f}"
        else:
            after = _changed(kind, before, chance, [_printed(other) for other in above])
        if after is not None and after.replace(",", "") != before and _number(after) != _number(before):
            return Slip(kind, fact, before, after)


def _printed(fact: Fact) -> str:
    value = fact.value.scaleb(4) if fact.table.yuan else fact.value
    if not value:
        return ""
    return f"{value:f}" if fact.table.yuan else f"{value:.2f}"


def _number(text: str) -> float:
    return float(text or 0)


def _changed(kind: str, text: str, chance: random.Random, others: Sequence[str]) -> str | None:
    """A figure after a slip; None where it cannot be made."""
    at = [index for index, char in enumerate(text) if char.isdigit()]
    if kind == "数字":
        index = chance.choice(at)
        return text[:index] + chance.choice([d for d in "123456789" if d != text[index]]) + text[index + 1 :]
    if kind == "颠倒":
        pairs = [i for i in at if i + 1 in at and text[i] != text[i + 1]]
        if not pairs:
            return None
        index = chance.choice(pairs)
        return text[:index] + text[index + 1] + text[index] + text[index + 2 :]
    if kind == "小数点":
        return f"{_number(text) * chance.choice([10, 0.1]):.2f}" if "." in text else None
    if kind == "漏位" and len(at) > 2:
        index = chance.choice(at)
        return text[:index] + text[index + 1 :]
    if kind == "漏填":
        return ""
    if kind == "错行" and others:
        return chance.choice(others)
    return None


def changed(printed: Printed, made: Slip) -> Printed:
    """The document with one cell changed."""
    place = made.fact.place
    return replace(printed, blocks=[_with(block, place, made.after) for block in printed.blocks])


def _with(block: object, place: Place, text: str) -> object:
    if not isinstance(block, Table) or (block.sheet.name, block.sheet.number) != (place.sheet, place.sheet_number):
        return block
    at = (place.line, place.column)
    cells = {where: cell for where, cell in block.sheet.cells.items() if where != at}
    if text:
        cells[at] = Cell(Kind.NUMBER, text, text)
    return replace(block, sheet=replace(block.sheet, cells=cells))


@dataclass
class Tally:
    """What came of all changes."""

    made: Counter[str]
    noticed: Counter[str]
    loud: Counter[str]
    """Noticed by more than a hint."""
    blamed: int = 0
    """Changes whose very cell was named as the cause."""
    missed: list[tuple[str, Slip]] | None = None
    seconds: float = 0.0


def measure(printed: Sequence[Printed], changes: int, seed: int) -> Tally:
    """Change a cell of one document after another, and see what the audit says."""
    chance = random.Random(seed)
    before = [said(recognised(document)) for document in printed]
    tally = Tally(Counter(), Counter(), Counter(), missed=[])
    for number in range(changes):
        at = number % len(printed)
        made = slip(recognised(printed[at]), chance)
        start = time.perf_counter()
        after = recognised(changed(printed[at], made))
        new = {key: level for key, level in said(after).items() if key not in before[at]}
        tally.seconds += time.perf_counter() - start
        tally.made[made.kind] += 1
        tally.noticed[made.kind] += bool(new)
        tally.loud[made.kind] += any(level is not Level.HINT for level in new.values())
        tally.blamed += any(
            fault.cause == made.fact.place for rule in RULES for _, fault in rule.findings(after) if fault.cause
        )
        if not new:
            tally.missed.append((printed[at].file, made))
    return tally


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--changes", type=int, default=800)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--format", default="xlsx")
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        printed = list(documents(asked.files, asked.format.split(","), Path(work)))
        clean = [
            (document.file, key, level) for document in printed for key, level in said(recognised(document)).items()
        ]
        tally = measure(printed, asked.changes, asked.seed)
    print(f"{len(printed)} 份文件；没有改动时：{dict(Counter(level.value for _, _, level in clean)) or '没有话说'}")
    for kind in sorted(tally.made):
        print(f"{kind}\t{tally.noticed[kind]}/{tally.made[kind]}（提示以外 {tally.loud[kind]}）")
    made = sum(tally.made.values())
    noticed, loud = sum(tally.noticed.values()), sum(tally.loud.values())
    print(f"合计\t{noticed}/{made}（提示以外 {loud}）；指出就是这一格 {tally.blamed}")
    print(f"每份 {tally.seconds / made * 1000:.0f} 毫秒")
    for file, made_slip in tally.missed if asked.show and tally.missed else ():
        print(f"  没有发现：{file} {made_slip.fact.said} {made_slip.before} → {made_slip.after}（{made_slip.kind}）")
    for file, key, level in clean if asked.show else ():
        print(f"  本来就说：{file} {level.value} {'  '.join(key)}")


if __name__ == "__main__":
    main()
