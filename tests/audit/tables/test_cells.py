"""Whether wrong cells are noticed, and nothing is said of right ones."""

from __future__ import annotations

import random
import sys

import pytest

from gongkai.audit.recognise import recognised
from gongkai.findings import Level
from support.claimed import kept
from support.fixtures import ROOT
from support.paper_tables import of_example, told
from support.small_documents import paper

EXAMPLES = sorted(file.stem for file in (ROOT / "examples").glob("*.yaml"))


@pytest.fixture(scope="module")
def cells():
    """The measurement, of which this is a small part."""
    sys.path.insert(0, str(ROOT / "bench"))
    try:
        import cells
    finally:
        sys.path.remove(str(ROOT / "bench"))
    yield cells
    del sys.modules["cells"]


@pytest.mark.parametrize("yuan", [False, True], ids=["万元", "元"])
@pytest.mark.parametrize("example", EXAMPLES)
def test_nothing_is_said_of_the_tables_of_an_example(example, yuan):
    found = [finding for finding, _ in told(of_example(example, yuan=yuan)) if not kept(example, finding.code)]
    assert [str(finding) for finding in found if finding.level is not Level.HINT] == []
    assert len(found) <= 1


def test_wrong_cells_are_noticed(cells):
    documents = [of_example(example) for example in EXAMPLES] + [of_example("qitai-sgj-2024-budget", yuan=True)]
    tally = cells.measure(documents, 160, seed=3)

    assert sum(tally.made.values()) == 160
    assert sum(tally.noticed.values()) >= 159, tally.missed
    assert tally.blamed >= 140


def test_a_change_is_one_cell_of_the_document(cells):
    document = of_example("minimal-budget")
    made = cells.slip(recognised(document), random.Random(1))
    after = cells.changed(document, made)
    before = {(t.number, at): c for t in document.tables for at, c in t.sheet.cells.items()}
    now = {(t.number, at): c for t in after.tables for at, c in t.sheet.cells.items()}

    assert len({key for key in before.keys() | now.keys() if before.get(key) != now.get(key)}) == 1


def test_large_table_of_nonsense_is_looked_over():
    chance = random.Random(1)
    heads = ["科目编码", "科目名称", "合计", "基本支出", "项目支出", *(f"小计{n}" for n in range(12)), "增减率（%）"]
    rows = [
        [
            f"20{n % 9 + 1}{n // 9 + 10}{n % 90 + 10}",
            "科目",
            *(f"{chance.randrange(99_999) / 100:.2f}" for _ in heads[2:]),
        ]
        for n in range(400)
    ]
    found = told(paper([["2024年支出总体情况表"], ["编制单位：示例局", "", "", "", "单位：万元"], heads, *rows]))
    assert 0 < len(found) < 2_000
