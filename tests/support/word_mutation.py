"""Mutations of words: directions, years, names, blanks and telephone numbers are spoiled, and the rules must notice.

Each kind takes the text at a place and what is known of it, and gives the spoiled text, or '' where
the text has nothing of the kind. ``make mutate`` prints the share that is caught.
"""

from __future__ import annotations

import copy
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from gongkai.checks.subjects.reasons import reasons
from gongkai.checks.subjects.texts import texts
from gongkai.model.budget.budget import Budget
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.final.figures import FinalFigures
from support.examples import budget_of
from support.mutation import EXAMPLES, Data, Mutant, Steps, at, baseline, found
from support.strategies_final import account_of, file_data

UP = ("增加", "增长", "提高", "上升", "调增", "上涨", "追加", "新增")
DOWN = ("减少", "下降", "降低", "压缩", "压减", "下调", "核减", "削减")
OTHERS = re.compile("增多|增大|上调|缩减|调减|减支|节约|不再安排")  # which have no opposite of their own
_TURNED = {**dict(zip(UP, DOWN, strict=True)), **dict(zip(DOWN, UP, strict=True))}
_WAYS = re.compile("|".join(_TURNED))

Spoil = Callable[[str, str, str], str]
"""From a text, the document's year and the unit's name to the spoiled text."""


def turned(text: str, year: str, name: str) -> str:
    """The opposite direction, in a reason that speaks of one only."""
    ways = {"up" if way in UP else "down" for way in _WAYS.findall(text)}
    alone = len(ways) == 1 and not OTHERS.search(text)
    return _WAYS.sub(lambda match: _TURNED[match[0]], text) if alone else ""


def stale(text: str, year: str, name: str) -> str:
    """A sentence left over from the file of three years ago."""
    return text.replace(f"{year}年", f"{int(year) - 3}年") if f"{year}年" in text else ""


def misspelt(text: str, year: str, name: str) -> str:
    """The unit's name with one character wrong."""
    wrong = f"{name[:-2]}{'工' if name[-2] != '工' else '土'}{name[-1]}"
    return text.replace(name, wrong) if name in text else f"{wrong}{text}"


def blank(text: str, year: str, name: str) -> str:
    """A place that was to be filled in."""
    return f"{text[: len(text) // 2]}XX{text[len(text) // 2 :]}"


def unchanged(text: str, year: str, name: str) -> str:
    """A claim that nothing changed."""
    return "与上年持平"


def telephone(text: str, year: str, name: str) -> str:
    """A mobile number that slipped in."""
    return f"{text}，联系电话13812345678"


OF_CHANGES: dict[str, Spoil] = {"方向相反": turned, "说成持平": unchanged}
OF_TEXTS: dict[str, Spoil] = {"旧的年份": stale, "单位名称": misspelt, "没有填完": blank, "手机号": telephone}


def _places(data: Data) -> Iterator[tuple[Steps, dict[str, Spoil]]]:
    document = budget_of(data) if data["文种"] == "预算" else account_of(data)
    figures = BudgetFigures(document) if isinstance(document, Budget) else FinalFigures(document)
    explained = {reason.path: reason for reason in reasons(figures)}
    for text in texts(figures):
        if not text.key.endswith("原因"):
            continue
        reason = explained.get(text.path)
        yield text.path, {**(OF_CHANGES if reason and reason.change else {}), **OF_TEXTS}


def word_mutants(path: Path, step: int = 1) -> Iterator[Mutant]:
    """Every ``step``-th mutation of the reasons of an example."""
    data = file_data(path)
    year, name = str(data["年度"]), str(data["单位"]["名称"])
    jobs = [(steps, kind, spoil) for steps, kinds in _places(data) for kind, spoil in kinds.items()]
    for steps, kind, spoil in jobs[::step]:
        written = str(at(data, steps))
        text = spoil(written, year, name)
        if text and text != written:
            spoiled = copy.deepcopy(data)
            at(spoiled, steps[:-1])[steps[-1]] = text
            yield Mutant(path.stem, kind, steps, written, True, bool(found(spoiled) - baseline(path)))


def main() -> None:
    """Print the share that is caught, by kind, and every miss."""
    everything = [mutant for path in EXAMPLES for mutant in word_mutants(path)]
    caught = sum(mutant.caught for mutant in everything)
    sys.stdout.write(f"原因里的话：{caught}/{len(everything)} 查出，{caught / len(everything):.2%}\n")
    total, seen = Counter(m.kind for m in everything), Counter(m.kind for m in everything if m.caught)
    for kind, count in sorted(total.items()):
        sys.stdout.write(f"    {kind}：{seen[kind]}/{count}\n")
    for mutant in everything:
        if not mutant.caught:
            sys.stdout.write(f"漏：{mutant.file} {mutant.kind} {'/'.join(map(str, mutant.steps))} {mutant.written}\n")


if __name__ == "__main__":
    main()
