"""The catalogue of 政府收支分类科目: complete trees of well-formed codes, named as published tables name them."""

from __future__ import annotations

import csv
import json
import re
from importlib.resources import files

import pytest

from gongkai import catalog
from gongkai.catalog import Catalogue, ancestors
from gongkai.intake.export.budget.classes import ECONOMIC_CLASSES
from gongkai.statements.names import is_operating
from support.examples import GOLDEN

CATALOGUES = [
    pytest.param(catalog.functional(), (3, 5, 7), "functional.csv", id="支出功能分类"),
    pytest.param(catalog.economic(), (3, 5), "economic_department.csv", id="部门经济分类"),
]
LEVEL_WORDS = {3: "类", 5: "款", 7: "项"}

PUBLISHED = {
    table["id"]: table["rows"]
    for table in json.loads((GOLDEN / "kezhou-swj-2024-budget" / "tables.json").read_text(encoding="utf-8"))
}

# Names seen in the tables of another county's published budget.
ELSEWHERE = {
    "2011308": "招商引资",
    "20140": "信访事务",
    "2014004": "信访业务",
    "2080506": "机关事业单位职业年金缴费支出",
    "210": "卫生健康支出",
    "21011": "行政事业单位医疗",
    "2101101": "行政单位医疗",
    "2101102": "事业单位医疗",
    "2101103": "公务员医疗补助",
    "2101199": "其他行政事业单位医疗支出",
    "21606": "涉外发展服务支出",
    "2160699": "其他涉外发展服务支出",
    "22102": "住房改革支出",
    "2210201": "住房公积金",
}


def rows_in_file(name: str) -> list[dict[str, str]]:
    with (files(catalog) / "data" / name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(("known", "lengths", "file"), CATALOGUES)
def test_codes_are_digits_of_a_levels_length_and_stand_once(known: Catalogue, lengths, file):
    rows = rows_in_file(file)
    codes = [row["code"] for row in rows]
    assert codes == sorted(set(codes))
    assert [subject.code for subject in known] == codes
    for row in rows:
        assert row["code"].isascii()
        assert row["code"].isdigit()
        assert LEVEL_WORDS[len(row["code"])] == row["level"]
    assert {len(code) for code in codes} == set(lengths)


@pytest.mark.parametrize(("known", "lengths", "file"), CATALOGUES)
def test_every_code_has_its_class_and_group(known: Catalogue, lengths, file):
    orphans = [subject.code for subject in known if any(upper not in known for upper in ancestors(subject.code))]
    assert orphans == []


@pytest.mark.parametrize(("known", "lengths", "file"), CATALOGUES)
def test_every_name_is_clean_and_its_certainty_stated(known: Catalogue, lengths, file):
    for subject in known:
        assert subject.name
        assert "".join(subject.name.split()) == subject.name
        assert subject.name.replace("(", "（").replace(")", "）").count("（") == subject.name.count("）")
        assert subject.confidence in {"verified", "memory-high", "memory-medium", "memory-low"}


@pytest.mark.parametrize(("known", "lengths", "file"), CATALOGUES)
def test_every_row_has_a_source_with_its_years_or_is_marked_unverified(known: Catalogue, lengths, file):
    for row in rows_in_file(file):
        if row["confidence"] == "verified":
            assert row["source"], row
            assert "unverified" not in row["source"], row
            assert re.fullmatch(r"20\d\d(-(20\d\d)?)?", row["editions"]), row
        else:
            assert "unverified" in row["source"], row
            assert not row["editions"], row


CONFIRMED = [
    "2013899", "2070104", "2070105", "2070108", "2070109", "2070110", "2070111", "2070112", "2070113",
    "2070114", "2070199", "2079903", "2079999", "2080704", "2080799", "2110101", "2110104", "2110105",
    "2110107", "2110199", "2110301", "2110302", "2110399", "2111101", "2111102", "2111103", "2120601",
    "2120803", "2130306", "2150899", "2240299",
]  # fmt: skip
"""项 that stand with the catalogue's name in published documents of 2025 and 2026."""


def test_names_that_published_documents_confirm_are_verified():
    assert len(CONFIRMED) == 31
    subjects = [catalog.functional().get(code) for code in CONFIRMED]
    assert all(subject and subject.verified and subject.editions == "2025-2026" for subject in subjects)


def test_housing_paid_from_special_bonds_is_known_as_published():
    """Final account of 2025, 08表: the 款 and its 项."""
    known = {code: catalog.functional().get(code) for code in ("22198", "2219899")}
    assert {code: subject.name for code, subject in known.items()} == {
        "22198": "超长期特别国债安排的支出",
        "2219899": "其他住房保障支出",
    }
    assert all(subject.verified for subject in known.values())


FUNDS = ("20707", "20709", "20822", "20823", "21366", "21367", "21560")


def test_funds_that_a_clerk_needs_are_known_with_their_items():
    for fund in FUNDS:
        assert fund in catalog.functional()
        assert catalog.functional().lists_below(fund)
        assert f"{fund}99" in catalog.functional()
    # Of them only this one stands in a public notice; the others correct nobody.
    names = [subject for subject in catalog.functional() if subject.code.startswith(FUNDS)]
    assert [subject.code for subject in names if subject.verified] == ["2070799"]


def test_special_bonds_have_one_name_wherever_they_stand():
    bonds = [s for s in catalog.functional() if len(s.code) == 5 and s.code.endswith("98")]
    assert {subject.name for subject in bonds} == {"超长期特别国债安排的支出"}
    assert [subject.code for subject in bonds if subject.verified] == ["22198"]
    assert all(any(c.code == s.code and c.first_year == 2024 for c in catalog.drift()) for s in bonds)


def test_what_was_seen_later_than_the_catalogues_last_year_is_no_edition_of_it():
    from_then_on = [int(c.first_year) for c in catalog.drift() if c.first_year]
    assert max(from_then_on) == catalog.LAST_EDITION


@pytest.mark.parametrize(("known", "lengths", "file"), CATALOGUES)
def test_items_of_one_parent_have_different_names(known: Catalogue, lengths, file):
    seen: dict[tuple[str, str], str] = {}
    doubles = []
    for subject in known:
        parent = (ancestors(subject.code) or ("",))[-1]
        if (parent, subject.name) in seen:
            doubles.append((seen[parent, subject.name], subject.code))
        seen[parent, subject.name] = subject.code
    assert doubles == []


@pytest.mark.parametrize(
    ("code", "above"),
    [("2011301", ("201", "20113")), ("20113", ("201",)), ("201", ()), ("30101", ("301",)), ("301", ())],
)
def test_ancestors_are_the_class_and_the_group(code, above):
    assert ancestors(code) == above


def test_levels_are_told_by_length_not_by_the_beginning():
    """2013 begins 2013101, yet no level has four digits."""
    assert "2013" not in catalog.functional()
    assert ancestors("2013101") == ("201", "20131")


@pytest.mark.parametrize("table", ["表2", "表3", "表5"])
def test_functional_names_are_those_of_the_published_tables(table):
    named = {"".join(row[:3]): row[3] for row in PUBLISHED[table] if row[0]}
    assert len(named) >= 9
    assert {code: catalog.functional().name(code) for code in named} == named


def test_economic_names_are_those_of_the_published_table():
    named = {"".join(row[:2]): row[2] for row in PUBLISHED["表6"] if row[0]}
    assert len(named) == 22
    assert {code: catalog.economic().name(code) for code in named} == named


def test_all_classes_of_the_published_overall_table_are_known_by_name():
    named = dict(row[2].split(" ", 1) for row in PUBLISHED["表1"][:-1])
    assert len(named) == 30
    assert {code: catalog.functional().name(code) for code in named} == named


def test_no_class_is_missing_from_the_published_overall_table():
    """Money under a 类 that table 1 has no row for would vanish from it."""
    rows = {row[2].split(" ", 1)[0] for row in PUBLISHED["表1"][:-1]}
    assert {subject.code for subject in catalog.functional() if len(subject.code) == 3} == rows


def test_names_seen_elsewhere_are_known():
    assert {code: catalog.functional().name(code) for code in ELSEWHERE} == ELSEWHERE


def test_every_economic_class_has_its_column_in_the_project_table():
    assert [subject.code for subject in catalog.economic() if len(subject.code) == 3] == list(ECONOMIC_CLASSES)


def test_staff_and_operating_costs_are_divided_as_the_catalogue_says():
    for row in rows_in_file("economic_department.csv"):
        assert is_operating(row["code"]) == (row["基本支出归属"] == "公用经费"), row["code"]


def test_an_unknown_code_has_no_name():
    assert catalog.functional().name("2011391") is None
    assert "2011391" not in catalog.functional()
    assert catalog.economic().name("2011301") is None


@pytest.mark.parametrize(
    ("mistyped", "meant"),
    [
        ("2011391", "2011399"),  # a wrong digit: the sibling, not 2013901
        ("2080555", "2080505"),
        ("2O11301", "2011301"),  # a letter for a digit
        ("2011013", "2011103"),  # two digits exchanged
        ("20145", "20140"),
    ],
)
def test_a_mistyped_functional_code_leads_to_one_that_looks_like_it(mistyped, meant):
    similar = catalog.functional().similar(mistyped)
    assert similar is not None
    assert similar.code == meant


@pytest.mark.parametrize(("mistyped", "meant"), [("30198", "30199"), ("30241", "30240"), ("3O201", "30201")])
def test_a_mistyped_economic_code_leads_to_one_that_looks_like_it(mistyped, meant):
    similar = catalog.economic().similar(mistyped)
    assert similar is not None
    assert similar.code == meant


@pytest.mark.parametrize("code", ["7654321", "9876543", "88888", "2013", ""])
def test_nothing_is_suggested_for_what_looks_like_no_code(code):
    assert catalog.functional().similar(code) is None


def test_a_suggestion_is_of_the_same_level():
    """201139 is one digit short of 2011399, but a code of six digits has no level."""
    assert catalog.functional().similar("201139") is None
    assert catalog.functional().similar("2011391").code != "20113"


def test_every_change_over_the_years_is_of_a_known_subject_and_leads_to_one():
    changes = catalog.drift()
    assert [change.code for change in changes] == sorted({change.code for change in changes})
    for change in changes:
        assert change.code in catalog.functional()
        assert not change.successor or change.successor in catalog.functional()
        assert change.first_year or change.last_year or change.former_name


def test_a_renamed_subject_is_known_by_its_new_name():
    [renamed] = [change for change in catalog.drift() if change.former_name]
    assert catalog.functional().name(renamed.code) not in {None, renamed.former_name}
