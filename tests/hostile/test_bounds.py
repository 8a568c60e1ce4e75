"""What is at the edge of what a file may hold: told to the clerk, at its place, in her own terms."""

from __future__ import annotations

import pytest

from gongkai.intake.bounds import LONGEST_TEXT, MOST_CHARACTERS, MOST_PIECES, MOST_VALUES
from gongkai.produce.unit import Settings, check_unit, make_unit
from support.examples import EXAMPLE
from support.fixtures import one_of

UNIT = "克孜勒苏柯尔克孜自治州商务局"
FINAL = EXAMPLE.with_name("shili-ju-2024-final.yaml")
PACKS = ["base", "kezhou", "xinjiang", "waisheng"]


def made(tmp_path, replaced, formats=("html", "xlsx", "data"), example=EXAMPLE, pack="base"):
    """What becomes of an example in which texts are replaced by others."""
    source = example.read_text(encoding="utf-8")
    for old, new in replaced.items():
        assert old in source
        source = source.replace(old, new)
    file = tmp_path / "单位.yaml"
    file.write_text(source, encoding="utf-8")
    return make_unit(file, Settings(tmp_path, formats, pack=pack))


@pytest.mark.parametrize(
    "name", ["{单位}局", "{{ unit.name }}局", "{% if %}局", "{局", "局}", "{自称}局", "{#局", "{年度"]
)
@pytest.mark.parametrize("pack", one_of(3, PACKS))
def test_braces_in_the_words_of_a_unit_are_text(tmp_path, name, pack):
    result, contents = made(tmp_path, {UNIT: f"'{name}'"}, ["html"], pack=pack)
    assert not result.failed, result.findings
    assert result.title.startswith(name)
    assert contents["单位.html"].decode().count(name.replace("&", "&amp;")) > 5


@pytest.mark.parametrize("name", ["{单位}局", "{{ unit.name }}局", "{局"])
def test_braces_in_the_words_of_a_final_account_are_text(tmp_path, name):
    result, contents = made(tmp_path, {"  名称: 示例县示例局": f"  名称: '{name}'"}, ["html"], example=FINAL)
    assert not result.failed, result.findings
    assert name in contents["单位.html"].decode()


def checked(tmp_path, source):
    file = tmp_path / "单位.yaml"
    file.write_text(source, encoding="utf-8")
    return check_unit(file, Settings(tmp_path, pack="base")).findings


def with_notes(*notes):
    return EXAMPLE.read_text(encoding="utf-8") + "\n其他说明:\n" + "".join(f"  - {note}\n" for note in notes)


def test_a_file_of_more_lines_than_any_department_has_is_refused_before_it_is_read(tmp_path):
    for source in ("- a\n" * (MOST_PIECES + 1), f"甲: [{'a,' * (MOST_PIECES + 1)}]"):
        [finding] = checked(tmp_path, source)
        assert finding.code == "GK233"
        assert "150,000 行" in finding.message


def test_more_values_than_any_department_has_are_refused(tmp_path):
    finding = checked(tmp_path, with_notes(f"[{'1,' * MOST_VALUES}]"))[0]
    assert finding.code == "GK233"
    assert "最多 40,000 处" in finding.message


def test_the_sum_of_texts_is_bounded(tmp_path):
    part = LONGEST_TEXT // 2
    notes = [chr(0x4E00 + number) * part for number in range(MOST_CHARACTERS // part)]
    [finding] = checked(tmp_path, with_notes(*notes))
    assert (finding.code, finding.place.line) == ("GK234", 0)


def test_a_text_that_is_too_long_is_told_at_its_place(tmp_path):
    source = with_notes("短的", "字" * (LONGEST_TEXT + 1))
    [finding] = checked(tmp_path, source)
    assert (finding.code, finding.place.line) == ("GK235", source.count("\n"))
    assert "20,001 字" in finding.message
    assert not [f for f in checked(tmp_path, with_notes("字" * LONGEST_TEXT)) if f.code == "GK235"]


LISTS = [
    (EXAMPLE, "  主要职能:\n", "    - 起草文件\n"),
    (FINAL, "  成效:\n", "    - 起草文件\n"),
    (FINAL, "  问题:\n", "    - 起草文件\n"),
]


@pytest.mark.parametrize(("example", "head", "entry"), LISTS)
def test_a_thousand_duties_are_the_clerks_matter(tmp_path, example, head, entry):
    source = example.read_text(encoding="utf-8")
    assert head in source
    [finding] = checked(tmp_path, source.replace(head, head + entry * 1000, 1))
    name = head.strip(" :\n")
    assert (finding.code, finding.message.startswith(f"“{name}”有 1,0")) == ("GK236", True)
    line = source[: source.index(head)].count("\n") + 1
    assert (finding.place.file, finding.place.line) == (str(tmp_path / "单位.yaml"), line)


def test_nine_hundred_are_printed(tmp_path):
    result, contents = made(tmp_path, {"  主要职能:\n": "  主要职能:\n" + "    - 起草文件\n" * 800}, ["html"])
    assert not result.failed
    assert contents["单位.html"].decode().count("起草文件") >= 800


DAYS = {
    "2024-02-25": False,
    "2025-12-31": False,
    "2022-12-30": False,
    "9999-12-31": True,
    "1924-02-25": True,
    "2035-01-01": True,
}


@pytest.mark.parametrize(("day", "wrong"), DAYS.items())
@pytest.mark.parametrize("name", ["公开日期", "批复日期"])
def test_days_are_near_the_year(tmp_path, name, day, wrong):
    source = EXAMPLE.read_text(encoding="utf-8")
    day_of_publication = "公开日期: 2024-02-25\n"
    assert day_of_publication in source
    lines = f"公开日期: {day}\n" if name == "公开日期" else f"{day_of_publication}批复日期: {day}\n"
    found = [f for f in checked(tmp_path, source.replace(day_of_publication, lines)) if f.code == "GK237"]
    assert len(found) == wrong
    assert all(finding.message == f"2024 年预算的{name}是 {day[:4]} 年" for finding in found)


def test_more_subjects_than_the_catalogue_has_are_refused(tmp_path):
    source = EXAMPLE.read_text(encoding="utf-8")
    head = "\n支出:\n"
    assert head in source
    entry = '  - 科目: "2011301"\n    基本支出: {一般公共预算: 1}\n'
    [finding] = checked(tmp_path, source.replace(head, head + entry * 2000))
    assert (finding.code, "“支出”有 2,0" in finding.message) == ("GK236", True)
