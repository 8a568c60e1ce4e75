"""Random budgets and final accounts: whatever they print is the sum of the facts to which it is followed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.prose.numbers import round_half_up
from support.examples import Data
from support.fixtures import write_input
from support.strategies import budgets
from support.strategies_final import final_accounts
from support.traced import all_sources, traced_file, typed_at

DOCUMENTS = {"预算": budgets(), "决算": final_accounts()}


@pytest.mark.parametrize("kind", DOCUMENTS)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=st.data())
def test_every_amount_is_the_sum_of_its_facts(kind, drawn):
    data: Data = drawn.draw(DOCUMENTS[kind])
    with TemporaryDirectory() as folder:
        source, tracing = traced_file(write_input(Path(folder), data))
        for amount in tracing.amounts:
            origin = tracing.sources.origin(amount.figure)
            assert sum((s.amount * s.count for s in origin.sources), Decimal(0)) == origin.total, amount
            assert origin.figure == (origin.approved.amount if origin.approved else origin.total), amount
            assert not amount.figure or origin.sources, amount
            assert all(fact.path or fact.secret for fact in origin.sources), amount
            in_its_unit = amount.figure * (10_000 if amount.unit == "元" else 1)
            assert round_half_up(amount.number) == round_half_up(in_its_unit), amount
            for fact in all_sources(origin):
                if fact.path in source.tree.keys and fact.place is not None:
                    in_yuan = source.model.unit_of(str(fact.path[0])) == "元" and fact.path[-1] != "面积"
                    assert typed_at(fact.place) == fact.amount * (10_000 if in_yuan else 1), fact
