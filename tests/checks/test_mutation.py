"""The rules notice spoiled figures: a sample of the mutations of every example."""

from __future__ import annotations

import re

import pytest

from support.fixtures import one_of
from support.mutation import EXAMPLES, KINDS, ONCE, figures_of, mutants
from support.strategies_final import file_data
from support.word_mutation import OF_CHANGES, OF_TEXTS, word_mutants

GOAL = 0.98


@pytest.mark.parametrize("path", one_of(3, EXAMPLES), ids=lambda path: path.stem)
def test_nearly_every_redundant_figure_that_is_spoiled_is_noticed(path):
    step = 1 if "minimal" in path.stem else 23  # prime to the number of kinds: every kind is in the sample
    tried = [mutant for mutant in mutants(path, step) if mutant.redundant]
    assert {mutant.kind for mutant in tried} >= set(KINDS) - {"挪到相邻科目"}
    missed = [(mutant.kind, mutant.steps) for mutant in tried if not mutant.caught]
    assert len(missed) <= len(tried) * (1 - GOAL), missed


def test_nearly_every_word_that_is_spoiled_is_noticed():
    tried = [mutant for path in EXAMPLES for mutant in word_mutants(path, step=1 if "minimal" in path.stem else 7)]
    assert {mutant.kind for mutant in tried} == {*OF_CHANGES, *OF_TEXTS}
    missed = [(mutant.kind, mutant.steps) for mutant in tried if not mutant.caught]
    assert len(missed) <= len(tried) * (1 - GOAL), missed


@pytest.mark.parametrize("pattern", ONCE)
def test_every_reason_for_a_figure_that_stands_alone_is_needed(pattern):
    places = ["/".join(map(str, steps)) for path in EXAMPLES for steps in figures_of(file_data(path))]
    assert any(re.fullmatch(pattern, place) for place in places)
