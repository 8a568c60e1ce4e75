"""Bounds of amounts: never narrower than what the sums allow, and a sum that cannot be true leaves no trace."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.intake.export.bounds.decided import decide
from gongkai.intake.export.bounds.system import Sum, System
from gongkai.intake.export.imported import How

HALF = Decimal("0.005")
NAMES = "甲乙丙丁戊"

amounts = st.integers(0, 10**6).map(lambda fen: Decimal(fen).scaleb(-2))


def of(names: str, value: str | Decimal, slack: Decimal = Decimal(0), group: str = "") -> Sum:
    return Sum(dict.fromkeys(names, 1), Decimal(value), slack, f"《表》{names}", (), group)


def solved(*sums: Sum) -> System:
    system = System()
    for one in sums:
        system.add(one)
    system.solve()
    return system


@given(st.data())
def test_the_true_amounts_are_never_outside_their_bounds(data):
    true = {name: data.draw(amounts) for name in NAMES}
    system = System()
    for _ in range(data.draw(st.integers(1, 8))):
        names = data.draw(st.sets(st.sampled_from(NAMES), min_size=1))
        whole = sum((true[name] for name in names), Decimal(0))
        printed = whole + data.draw(st.sampled_from((HALF, Decimal(0), -HALF, Decimal("0.003"))))
        group = data.draw(st.sampled_from(("", "2010301")))
        system.add(of("".join(sorted(names)), printed, HALF, group))
    system.solve()

    assert system.contradictions == []
    for name, amount in true.items():
        bounds = system.bounds(name)
        assert bounds.low <= amount
        assert bounds.high is None or amount <= bounds.high


@given(st.data())
def test_what_is_decided_by_a_table_is_right_to_its_last_decimal(data):
    true = {name: data.draw(amounts) + Decimal(data.draw(st.integers(0, 99))).scaleb(-4) for name in NAMES}
    sums = []
    for _ in range(data.draw(st.integers(1, 8))):
        names = "".join(sorted(data.draw(st.sets(st.sampled_from(NAMES), min_size=1))))
        whole = sum((true[name] for name in names), Decimal(0))
        sums.append(of(names, whole.quantize(Decimal("0.01")), HALF, "2010301"))
    system = solved(*sums)

    for name, amount in true.items():
        fact = decide(system, name)
        if fact.how is How.TABLE:
            assert abs(fact.value - amount) <= 2 * HALF


def test_a_difference_of_sums_bounds_what_is_left():
    system = solved(of("甲乙丙", "100", HALF, "2010301"), of("甲乙", "60", HALF, "2010301"))

    bounds = system.bounds("丙")
    fact = decide(system, "丙")
    assert (bounds.low, bounds.high) == (Decimal("39.99"), Decimal("40.01"))
    assert (fact.how, fact.value) == (How.LIKELY, Decimal("40.00"))
    assert "四舍五入" in fact.why


def test_exact_sums_leave_exact_differences():
    fact = decide(solved(of("甲乙", "100", group="1"), of("甲", "60", group="1")), "乙")

    assert (fact.how, fact.value, fact.why) == (How.TABLE, Decimal(40), "")


@pytest.mark.parametrize(
    ("sums", "stated"),
    [
        ((of("甲", "10", HALF), of("甲", "12", HALF)), "12"),
        ((of("甲", "10", HALF), of("乙", "5", HALF), of("甲乙", "18", HALF)), "18"),
        ((of("甲乙", "10", HALF), of("甲乙", "10.5", HALF)), "10.5"),
        ((of("甲乙", "10", HALF), of("乙丙", "4", HALF), of("甲乙丙", "3", HALF)), "3"),
    ],
)
def test_a_sum_that_cannot_be_true_is_told_and_bounds_nothing(sums, stated):
    alone, together = solved(*sums[:-1]), solved(*sums)

    [found] = together.contradictions
    assert found.sum.value == Decimal(stated)
    assert found.against
    assert [together.bounds(name) for name in NAMES] == [alone.bounds(name) for name in NAMES]


def test_an_amount_of_a_subject_that_contradicts_itself_is_asked_for():
    system = solved(of("甲", "10", HALF, "2010301"), of("甲", "12", HALF, "2010301"))

    assert decide(system, "甲").how is How.ASKED


def test_what_cannot_be_supposed_changes_nothing():
    system = solved(of("甲乙", "10", HALF))
    before = system.snapshot()

    assert not system.suppose(["甲", "乙"])
    assert system.snapshot() == before
    assert system.suppose(["甲"])
    assert system.bounds("乙").low == Decimal("9.995")


def test_an_amount_that_may_be_less_than_nothing():
    system = System()
    system.free("甲")
    system.add(Sum({"甲": 1, "乙": -1}, Decimal(-5), Decimal(0), "《表》"))
    system.solve()

    assert system.bounds("甲").low == Decimal(-5)
    assert system.suppose_not_negative(["甲"])
    assert system.bounds("乙").low == Decimal(5)
