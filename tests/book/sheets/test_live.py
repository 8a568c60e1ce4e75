"""The live checks of the book have the sense of the rules: they differ where one finds something."""

from __future__ import annotations

import copy
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from gongkai.book.write import book_bytes
from gongkai.checks.run import check as findings_of
from gongkai.intake.book.layout import GUIDE_SHEET
from gongkai.intake.book.live.check import Check
from gongkai.source.workbook.cells import Workbook
from gongkai.source.workbook.read import read_workbook
from support.books import EXAMPLES, LAYOUTS, data_of
from support.examples import budget_of
from support.live_checks import AGREES, BLANK, DIFFERS, SLIPS, Reckoned, Reckoner, Slip
from support.strategies import budgets
from support.strategies_final import account_of, final_accounts

OFFICE = shutil.which("soffice")
DAY = date(2024, 1, 1)
PAIR = {"预算": "shili-ju-2024-budget", "决算": "shili-ju-2024-final"}
_RULE, _WHAT, _LEFT, _RIGHT, _RESULT = 1, 2, 3, 4, 6


def codes_of(data: Mapping[str, Any]) -> set[str]:
    """What the rules find in a file."""
    model = budget_of(dict(data)) if data["文种"] == "预算" else account_of(dict(data))
    return {finding.code for finding in findings_of(model)}


def spoilt(kind: str, slip: Slip) -> dict[str, Any]:
    """The example of a kind with a slip in it."""
    data = copy.deepcopy(data_of(PAIR[kind]))
    for edit in slip.edits:
        edit(data)
    return data


ALL_SLIPS = [(kind, slip) for kind, slips in SLIPS.items() for slip in slips]
IDS = [f"{kind}-{number}" for kind, slips in SLIPS.items() for number in range(len(slips))]


@pytest.mark.parametrize("kind", SLIPS)
def test_for_every_check_there_is_a_slip_that_it_must_see(kind: str) -> None:
    unseen = [check.what for check in LAYOUTS[kind].checks if not any(slip.of(check) for slip in SLIPS[kind])]

    assert unseen == []


def said_by_checks(data: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """What the checks say of whose rule finds nothing, by rule and words; arithmetic alone."""
    reckon, codes = Reckoner(data), codes_of(data)
    found = {
        (check.rule, check.what): reckon(check) for check in LAYOUTS[data["文种"]].checks if check.rule not in codes
    }
    return {check: each.said for check, each in found.items() if each is not None}


def differing(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The checks that differ though their rule finds nothing."""
    return [check for check, said in said_by_checks(data).items() if said == DIFFERS]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_agrees_where_no_rule_finds_anything(example: Path) -> None:
    said = said_by_checks(data_of(example.stem))

    assert [check for check, each in said.items() if each == DIFFERS] == []
    assert [check for check, each in said.items() if each == AGREES] != []


@settings(max_examples=40)
@given(budgets())
def test_agrees_with_every_valid_budget(data: dict[str, Any]) -> None:
    assert differing(data) == []


@settings(max_examples=40)
@given(final_accounts())
def test_agrees_with_every_valid_account(data: dict[str, Any]) -> None:
    assert differing(data) == []


@pytest.mark.parametrize(("kind", "slip"), ALL_SLIPS, ids=IDS)
def test_differs_where_its_rule_finds_something(kind: str, slip: Slip) -> None:
    data = spoilt(kind, slip)
    reckon, codes = Reckoner(data), codes_of(data)

    for check in filter(slip.of, LAYOUTS[kind].checks):
        found = reckon(check)
        assert check.rule in codes, check.what
        assert found is None or found.said == DIFFERS, check.what


def in_two_units() -> dict[str, Any]:
    """A file in 万元, one section of which is in 元 (分节金额单位)."""
    data = copy.deepcopy(data_of(PAIR["预算"]))
    data["分节金额单位"] = {"基本支出经济分类": "元"}
    data["基本支出经济分类"] = {code: f"{Decimal(a) * 10_000:f}" for code, a in data["基本支出经济分类"].items()}
    return data


def test_amounts_of_a_section_in_another_unit_are_the_same_money() -> None:
    plain, divided = Reckoner(data_of(PAIR["预算"])), Reckoner(in_two_units())

    for check in LAYOUTS["预算"].checks:
        assert plain(check) == divided(check)


@pytest.fixture(scope="module")
def reckoned(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workbook]:
    """The books of all examples and slips, reckoned by one run of the office."""
    folder = tmp_path_factory.mktemp("live")
    written = {example.stem: data_of(example.stem) for example in EXAMPLES}
    written["in-two-units"] = in_two_units()
    written |= {name: spoilt(kind, slip) for name, (kind, slip) in zip(IDS, ALL_SLIPS, strict=True)}
    (folder / "done").mkdir()
    for name, data in written.items():
        (folder / f"{name}.xlsx").write_bytes(book_bytes(LAYOUTS[data["文种"]], data, DAY))
    command = [str(OFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    files = [folder / f"{name}.xlsx" for name in written]
    subprocess.run(
        [*command, "--convert-to", "xlsx", "--outdir", folder / "done", *files],
        check=True, capture_output=True, timeout=900,
    )  # fmt: skip
    return {name: read_workbook(folder / "done" / f"{name}.xlsx") for name in written}


def told(book: Workbook, checks: list[Check]) -> dict[str, Reckoned]:
    """What the first sheet says of every check."""
    guide = next(sheet for sheet in book.sheets if sheet.name == GUIDE_SHEET)
    rows = {cell.text: row for (row, column), cell in guide.cells.items() if column == _WHAT}
    said = {}
    for check in checks:
        row = rows[check.what]
        left, right, result = (guide.at(row, column) for column in (_LEFT, _RIGHT, _RESULT))
        assert right is not None, check.what
        assert result is not None, check.what
        number = left.text if left is not None else "0"
        said[check.what] = Reckoned(Decimal(number or 0), Decimal(right.text), result.text.partition(" ")[0])
    return said


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", [*(example.stem for example in EXAMPLES), "in-two-units"])
def test_the_formulas_come_to_what_is_declared(reckoned: dict[str, Workbook], name: str) -> None:
    data = in_two_units() if name == "in-two-units" else data_of(name)
    checks, codes, reckon = (
        [*LAYOUTS[data["文种"]].checks],
        set() if name == "in-two-units" else codes_of(data),
        Reckoner(data),
    )
    found = told(reckoned[name], checks)

    for check in checks:
        own, expected = found[check.what], reckon(check)
        assert own.said in ({AGREES, BLANK} if check.rule not in codes else {AGREES, BLANK, DIFFERS}), check.what
        if expected is not None and expected.said != BLANK:
            assert own == expected, check.what
        if expected is not None:
            assert own.said == expected.said, check.what


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", IDS)
def test_the_formulas_differ_where_a_rule_finds_something(reckoned: dict[str, Workbook], name: str) -> None:
    kind, slip = ALL_SLIPS[IDS.index(name)]
    found = told(reckoned[name], [*LAYOUTS[kind].checks])

    for check in filter(slip.of, LAYOUTS[kind].checks):
        assert found[check.what].said == DIFFERS, check.what
