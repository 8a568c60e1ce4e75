"""Every amount that the examples print comes from facts of the file: the sums fit, and the places hold the facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.document.compose import render_disclosure
from gongkai.document.vocabulary import AMOUNT
from gongkai.findings import describe
from gongkai.intake.read import DataFile, read
from gongkai.model.traced import traced
from gongkai.packs.ledger import FROM, Ledger
from gongkai.packs.load.find import ROOT_PACK
from gongkai.packs.open import open_pack
from gongkai.prose.numbers import round_half_up
from gongkai.statements.figures import figures_of
from gongkai.trace.tracing import Tracing
from support.books import EXAMPLES
from support.fixtures import example_input, write_input
from support.traced import all_sources, as_book, traced_file, typed_at

UNTRACED: dict[str, str] = {}
"""Amounts that examples print and that cannot be followed, by what prints them, with the reason: none."""


@pytest.fixture(scope="module", params=[(path, kind) for path in EXAMPLES for kind in ("yaml", "xlsx")],
                ids=lambda param: f"{param[0].stem}.{param[1]}")  # fmt: skip
def example(request, tmp_path_factory) -> tuple[DataFile, Tracing]:
    path, kind = request.param
    return traced_file(path if kind == "yaml" else as_book(path, tmp_path_factory.mktemp("book")))


def in_wan_yuan(source: DataFile, amount: Decimal, path: Sequence[object]) -> Decimal:
    in_yuan = source.model.unit_of(str(path[0])) == "元" and path[-1] != "面积"
    return amount / 10_000 if in_yuan else amount


def test_every_amount_of_the_document_is_followed(example):
    _source, tracing = example
    printed = [element for element in tracing.document.root.iter(AMOUNT) if element.get(FROM) is not None]
    assert len(printed) == len(list(tracing.document.root.iter(AMOUNT))) == len(tracing.amounts) > 100
    unfollowed = [
        amount for amount in tracing.amounts
        if amount.figure and any(not s.path and not s.secret for s in tracing.sources.origin(amount.figure).sources)
    ]  # fmt: skip
    assert [amount.text for amount in unfollowed if (amount.sentence or str(amount.cell)) not in UNTRACED] == []
    assert all(tracing.sources.origin(amount.figure).sources for amount in tracing.amounts if amount.figure)


def test_every_signed_sum_is_its_figure_and_every_figure_is_printed(example):
    _source, tracing = example
    for amount in tracing.amounts:
        origin = tracing.sources.origin(amount.figure)
        assert sum((s.amount * s.count for s in origin.sources), Decimal(0)) == origin.total, amount
        assert origin.figure == (origin.approved.amount if origin.approved else origin.total), amount
        rounded = round_half_up(amount.figure * (10_000 if amount.unit == "元" else 1))
        assert round_half_up(amount.number) == rounded, amount


def test_every_place_holds_the_amount_of_its_fact(example):
    source, tracing = example
    places = set()
    for amount in tracing.amounts:
        for fact in all_sources(tracing.sources.origin(amount.figure)):
            if fact.place is not None:
                places.add(fact.place)
                assert in_wan_yuan(source, typed_at(fact.place), fact.path) == fact.amount, fact
                assert fact.words.startswith(describe(fact.path)), fact
    assert len(places) >= 10


def test_every_fact_of_the_figures_has_the_path_of_what_was_typed(example):
    source, _ = example
    figures = figures_of(source.model)
    paths = {fact: figures.path_of(fact) for fact in figures.sums.facts}
    assert all(paths[fact] for fact in figures.sums.facts if figures.sums.fact(fact))
    stated = {fact: path for fact, path in paths.items() if path is not None and path in source.tree.keys}
    assert len(set(stated.values())) == len(stated) > 3
    for fact, path in stated.items():
        typed = in_wan_yuan(source, typed_at(source.tree.place(path)), path)
        assert typed == figures.sums.fact(fact), describe(path)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_document_that_is_followed_says_the_same(path):
    model = read(path).model
    pack = open_pack(model.pack or ROOT_PACK, model.kind, model.year)
    followed = render_disclosure(traced(model), pack, Ledger()).html
    assert re.sub(f" {FROM}='\\d+'", "", followed) == render_disclosure(model, pack).html


def test_what_last_years_file_supplies_is_followed_into_it(tmp_path: Path):
    last, this = example_input(), example_input()
    last |= {"年度": "2023", "公开日期": "2023-02-25"}
    last.pop("批复日期", None)
    write_input(tmp_path, last, "2023.yaml")
    for entry in this["支出"]:
        for change in entry.get("变动", {}).values():
            change.pop("上年")
    this["上年文件"] = "2023.yaml"
    _source, tracing = traced_file(write_input(tmp_path, this, "2024.yaml"))
    taken = [
        fact for amount in tracing.amounts for fact in tracing.sources.origin(amount.figure).sources
        if fact.via == "上年文件"
    ]  # fmt: skip
    assert {fact.path[0] for fact in taken if fact.amount} == {"支出"}
    for fact in (fact for fact in taken if fact.amount):
        assert fact.place is None
        assert sum((part.amount * part.count for part in fact.parts), Decimal(0)) == fact.amount
        assert {Path(part.place.file).name for part in fact.parts if part.place} == {"2023.yaml"}
        assert all(typed_at(part.place) == part.amount for part in fact.parts if part.place)
