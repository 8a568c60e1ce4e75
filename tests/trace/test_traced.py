"""Amounts that know their addends: figures like any other, and every sum of them the sum of its addends."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.model.economic import InParts
from gongkai.model.final.self_evaluation import Funding
from gongkai.model.traced import Addend, Traced, addends, traced

AMOUNTS = st.decimals(-1_000_000, 1_000_000, places=6)
WAYS: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "neg": lambda a, b: -a,
    "pos": lambda a, b: +a,
    "abs": lambda a, b: abs(a),
    "sum": lambda a, b: sum([a, b, a], Decimal(0)),
    "sum of ints": lambda a, b: sum([a, b]),
    "abs of a difference": lambda a, b: abs(a - b),
    "max": max,
    "compared": lambda a, b: (a < b, a <= b, a == b, a != b, hash(a), bool(a)),
    "product": lambda a, b: a * b,
    "quotient": lambda a, b: a / (b or 1),
    "rounded": lambda a, b: a.quantize(Decimal("0.01")),
    "printed": lambda a, b: (f"{a:,f}", str(a), a.as_tuple()),
}


def typed(amount: Decimal, *path: str | int) -> Traced:
    return Traced(amount, path=path)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@given(one=AMOUNTS, other=AMOUNTS)
def test_whatever_is_reckoned_comes_to_the_same(way, one, other):
    plain = way(one, other)
    for pair in ((typed(one, "甲"), typed(other, "乙")), (typed(one, "甲"), other), (one, typed(other, "乙"))):
        made = way(*pair)
        assert made == plain
        assert str(made) == str(plain)


@given(st.lists(st.tuples(st.sampled_from("甲乙丙丁"), AMOUNTS, st.sampled_from((1, -1))), max_size=20))
def test_addends_with_their_signs_come_to_the_sum(terms):
    amounts = {name: amount for name, amount, _ in terms}
    signed = (typed(amounts[name], name) if sign > 0 else -typed(amounts[name], name) for name, _, sign in terms)
    total = sum(signed, Decimal(0))
    found = addends(total)
    assert sum((addend.amount * addend.count for addend in found), Decimal(0)) == total
    assert len({addend.path for addend in found}) == len(found)


def test_what_cancels_out_is_no_addend():
    one, other = typed(Decimal("1.00"), "甲"), typed(Decimal("2.00"), "乙")
    assert addends(one + other - one) == [Addend(("乙",), Decimal("2.00"), 1)]
    assert addends(one + one) == [Addend(("甲",), Decimal("1.00"), 2)]
    assert addends(abs(one - other)) == [Addend(("甲",), Decimal("1.00"), -1), Addend(("乙",), Decimal("2.00"), 1)]


def test_an_amount_of_no_file_is_told_as_such():
    assert addends(typed(Decimal(1), "甲") + Decimal(2)) == [
        Addend(("甲",), Decimal(1), 1),
        Addend(None, Decimal(2), 1),
    ]
    assert addends(typed(Decimal(1), "甲") + Decimal(0)) == [Addend(("甲",), Decimal(1), 1)]


def test_a_sum_of_a_hundred_thousand_is_no_deeper_than_the_machine():
    total = sum((typed(Decimal(1), "甲", number) for number in range(100_000)), Decimal(0))
    assert len(addends(total)) == 100_000
    del total


def test_it_is_copied_as_itself_and_travels_as_a_plain_amount():
    amount = typed(Decimal("1.50"), "甲")
    assert copy.copy(amount) is copy.deepcopy(amount) is amount
    travelled = pickle.loads(pickle.dumps(amount))
    assert (type(travelled), travelled) == (Decimal, Decimal("1.50"))


def test_a_model_is_traced_under_the_names_of_the_file():
    parts = InParts.model_validate({"人员经费": "1.00"}, context={})
    funding = Funding(年初预算=Decimal(3), 执行=Decimal(2))
    assert addends(traced(parts).total) == [Addend(("人员经费",), Decimal("1.00"), 1)]
    assert addends(traced(funding).spent) == [Addend(("执行",), Decimal(2), 1)]
    assert type(traced(funding).adjusted) is Decimal  # nobody typed it
    assert traced(funding) == funding


def test_a_model_keeps_traced_amounts_that_are_put_into_it():
    assert addends(Funding(执行=typed(Decimal(2), "甲")).spent) == [Addend(("甲",), Decimal(2), 1)]
