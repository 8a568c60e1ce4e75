"""What findings count as: levels of packs and files, waivers with reasons, and what none of them may touch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gongkai.checks.policy import Policy, protected
from gongkai.checks.rule import Figures, Problem, Rule, rule
from gongkai.findings import Finding, Level, Place, has_errors, in_reading_order
from gongkai.kinds import KINDS
from gongkai.model.validation import Setting, Validation, Waiver
from gongkai.produce.unit import Settings, check_unit, render_unit
from gongkai.result import Result
from support.fixtures import (
    SMALL_PACK,
    UNTOLD,
    beyond_the_example,
    example_input,
    gongkai,
    line_with,
    write_input,
    write_pack,
)

LATE = {"公开日期": "2027-02-25"}  # GK425, a warning at 公开日期
UNEQUAL = {"基本支出经济分类": {**example_input()["基本支出经济分类"], "30101": "113.56"}}  # GK401, an error
TERMS = "<p>名词。{{ 金额(数.没有目标的项目金额) if 数.没有目标的项目数 }}</p>\n"  # so that targets are asked for


def checked(folder: Path, *, settings: dict[str, Any] | None = None, pack: str = "", **changes: Any) -> Result:
    """The check of the example with changes, with what it says of its own checking, and with a pack's levels."""
    data = example_input() | changes | ({"校验": settings} if settings else {})
    manifest = SMALL_PACK.replace(UNTOLD, pack or UNTOLD)
    write_pack(folder / "packs", "small", {"pack.yaml": manifest, "预算/名词解释.html": TERMS})
    result = check_unit(write_input(folder, data), Settings(folder, (), "small", (folder / "packs",)))
    result.findings = beyond_the_example(result.findings)
    return result


def told(result: Result) -> list[tuple[str, str]]:
    return [
        (finding.code, finding.level.value) for finding in beyond_the_example(result.findings) if finding.waived is None
    ]


# --- levels ---


def test_without_settings_a_finding_has_its_rules_level(tmp_path):
    assert told(checked(tmp_path, **LATE)) == [("GK425", "警告")]


@pytest.mark.parametrize(
    ("level", "expected"), [("错误", [("GK425", "错误")]), ("不查", []), ("警告", [("GK425", "警告")])]
)
def test_the_file_sets_the_level_of_a_rule(level, expected, tmp_path):
    result = checked(tmp_path, settings={"级别": {"GK425": level}}, **LATE)
    assert told(result) == expected
    assert result.failed == (level == "错误")


def test_the_pack_sets_the_level_and_the_file_has_the_last_word(tmp_path):
    pack = "校验级别: {GK425: 错误, GK401: 警告, GK486: 不查}\n"
    assert told(checked(tmp_path, pack=pack, **LATE)) == [("GK425", "错误")]
    assert told(checked(tmp_path, pack=pack, **UNEQUAL)) == [("GK401", "警告")]
    assert told(checked(tmp_path, pack=pack, settings={"级别": {"gk425": "不查"}}, **LATE)) == []


def test_a_child_pack_overrides_its_parents_level(tmp_path):
    write_pack(
        tmp_path / "packs",
        "prefecture",
        {"pack.yaml": "名称: 某州\n上级: base\n校验级别: {GK425: 错误, GK401: 警告}\n"},
    )
    pack = {"pack.yaml": "名称: 某县\n上级: prefecture\n校验级别: {GK425: 不查}\n"}
    write_pack(tmp_path / "packs", "county", pack)
    file = write_input(tmp_path, example_input() | LATE | UNEQUAL)
    assert told(check_unit(file, Settings(tmp_path, (), "county", (tmp_path / "packs",)))) == [("GK401", "警告")]


@pytest.mark.parametrize("code", ["GK205", "GK501", "GK603", "GK751", "GK771"])
def test_what_guards_output_privacy_and_secrets_is_protected(code):
    assert protected(code)
    lowered = Validation.model_validate({"级别": {code: "不查"}})
    finding = Finding(code, Level.ERROR, "……")
    policy = Policy(lowered, {})
    assert policy.judge([finding]) == [finding]
    assert [(f.code, f.level, f.path) for f in policy.mistakes([finding]) if f.code == "GK392"] == [
        ("GK392", Level.ERROR, ("校验", "级别", code))
    ]


def test_a_protected_warning_may_be_raised():
    policy = Policy(Validation.model_validate({"级别": {"GK603": "错误"}}), {})
    assert [f.level for f in policy.judge([Finding("GK603", Level.WARNING, "……")])] == [Level.ERROR]
    assert list(policy.mistakes([])) == []


@pytest.mark.parametrize("code", ["GK301", "GK401", "GK712", "GK760"])
def test_other_rules_are_not(code):
    assert not protected(code)


@pytest.mark.parametrize(
    ("levels", "says"),
    [
        ("{GK501: 警告}", "GK501 的级别不能改为“警告”"),
        ("{GK998: 警告}", "没有代码为 GK998 的规则"),
        ("{GK401: 建议}", "只能是错误、警告、提示、不查，现为“建议”"),
        ("[GK401]", "应由“名称: 内容”组成"),
    ],
)
def test_a_pack_that_sets_what_it_must_not_is_refused_at_its_line(levels, says, tmp_path):
    result = checked(tmp_path, pack=f"校验级别: {levels}\n")
    [finding] = result.findings
    assert finding.code in {"GK501", "GK502"}
    assert says in finding.message
    pack = tmp_path / "packs" / "small" / "pack.yaml"
    assert finding.place is not None
    assert (finding.place.file, finding.place.line) == (str(pack), line_with(pack.read_text(), "校验级别"))


def test_a_code_of_no_rule_is_a_warning_that_names_the_near_one(tmp_path):
    [finding] = checked(tmp_path, settings={"级别": {"GK4O1": "不查"}}).findings
    assert (finding.code, finding.level) == ("GK209", Level.ERROR)
    result = checked(tmp_path, settings={"级别": {"GK499": "不查"}, "豁免": [{"代码": "GK000", "理由": "无"}]})
    assert [(f.code, f.message) for f in result.findings] == [
        ("GK391", "没有代码为 GK499 的规则"),
        ("GK391", "没有代码为 GK000 的规则"),
    ]
    assert "是否想写 GK4" in result.findings[0].advice
    assert "gongkai rules" in result.findings[1].advice


# --- waivers ---

NO_TARGET = "项目 › 第3条 › 绩效目标"


def without_target(*numbers: int) -> dict[str, Any]:
    """The example with some projects that have no 绩效目标 (GK423)."""
    projects = example_input()["项目"]
    for number in numbers:
        del projects[number - 1]["绩效目标"]
    return {"项目": projects}


@pytest.mark.parametrize("position", [NO_TARGET, "项目 > 3 > 绩效目标", "项目/第3条/绩效目标", "项目›第 3 条›绩效目标"])
def test_one_finding_is_waived_where_it_is(position, tmp_path):
    waiver = {"代码": "GK423", "位置": position, "理由": "另行公开"}
    result = checked(tmp_path, settings={"豁免": [waiver]}, **without_target(2, 3))
    assert told(result) == [("GK423", "警告")]
    [waived] = [finding for finding in result.findings if finding.waived]
    assert (waived.code, waived.waived, waived.path) == ("GK423", "另行公开", ("项目", 2, "绩效目标"))


def test_the_position_in_the_report_is_the_one_to_copy(tmp_path):
    write_input(tmp_path, example_input() | without_target(3))
    said = gongkai("check", "单位预算.yaml", cwd=tmp_path).stderr
    assert f"    位置：{NO_TARGET}\n" in said


def test_without_a_position_all_findings_of_the_code_are_waived(tmp_path):
    result = checked(tmp_path, settings={"豁免": [{"代码": "GK423", "理由": "另行公开"}]}, **without_target(2, 3))
    assert told(result) == [("GK749", "提示")]
    assert [finding.message for finding in result.findings if not finding.waived] == [
        "豁免 GK423 没有写位置，盖住了 2 个问题"
    ]
    assert not has_errors(result.findings, strict=True)
    assert len(result.findings) == 3


def test_a_waived_error_stops_nothing_and_is_still_told(tmp_path):
    waiver = {"豁免": [{"代码": "GK401", "位置": "基本支出经济分类", "理由": "批复如此"}]}
    data = example_input() | UNEQUAL | {"校验": waiver}
    file = write_input(tmp_path, data)
    assert checked(tmp_path, **UNEQUAL).failed
    write_input(tmp_path, data)
    result = render_unit(file, Settings(tmp_path / "out", ("html",), "small", (tmp_path / "packs",)))
    assert not result.failed
    assert [path.name for path in result.written] == ["单位预算.html"]
    assert [(f.code, f.waived) for f in beyond_the_example(result.findings)] == [("GK401", "批复如此")]


def test_a_waiver_that_matches_nothing_is_a_warning_at_its_line(tmp_path):
    result = checked(tmp_path, settings={"豁免": [{"代码": "GK423", "位置": NO_TARGET, "理由": "另行公开"}]})
    [finding] = result.findings
    assert (finding.code, finding.level) == ("GK393", Level.WARNING)
    assert NO_TARGET in finding.message
    text = (tmp_path / "单位预算.yaml").read_text(encoding="utf-8")
    assert finding.place is not None
    assert finding.place.line == line_with(text, "代码: GK423")


def test_a_waiver_of_what_only_output_can_find_is_not_missed_in_a_check(tmp_path):
    assert checked(tmp_path, settings={"豁免": [{"代码": "GK603", "理由": "人名用字，已看过"}]}).findings == []


@pytest.mark.parametrize("code", ["GK751", "GK771"])
def test_privacy_and_secrets_are_waived_one_by_one_only(code, monkeypatch):
    monkeypatch.setattr("gongkai.checks.policy.known", lambda code: True)
    finding = Finding(code, Level.ERROR, "……", path=("其他说明", 0))
    whole = Waiver.model_validate({"代码": code, "理由": "无"})
    single = Waiver.model_validate({"代码": code, "位置": "其他说明 › 第1条", "理由": "公开电话"})

    policy = Policy(Validation(豁免=(whole,)), {})
    assert policy.judge([finding]) == [finding]
    assert [(f.code, f.level) for f in policy.mistakes([finding])] == [("GK392", Level.ERROR)]

    policy = Policy(Validation(豁免=(single,)), {})
    [waived] = policy.judge([finding])
    assert waived.waived == "公开电话"
    assert list(policy.mistakes([waived])) == []


@pytest.mark.parametrize("waiver", [{"代码": "GK423"}, {"理由": "无"}, {"代码": ["GK423"], "理由": "无"}])
def test_a_waiver_names_its_code_and_its_reason(waiver, tmp_path):
    result = checked(tmp_path, settings={"豁免": [waiver]})
    assert result.failed
    assert {finding.code for finding in result.findings} <= {"GK202", "GK209"}


# --- to what a rule applies ---


@pytest.fixture
def only_rule(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets a test register one rule as the only one."""

    def register(**applicability: Any) -> None:
        @rule("GK499", "请核对", **applicability)
        def always(figures: Figures) -> Iterator[Problem]:
            yield Problem(("年度",), "总有这个问题")

        assert isinstance(always, Rule)
        for kind in KINDS.values():
            monkeypatch.setattr(kind.rules, "value", (always,))

    return register


@pytest.mark.parametrize(
    ("applicability", "found"),
    [
        ({}, True),
        ({"kinds": ("预算",)}, True),
        ({"kinds": ("决算",)}, False),
        ({"since": 2024}, True),
        ({"since": 2025}, False),
        ({"until": 2024}, True),
        ({"until": 2023}, False),
        ({"since": 2020, "until": 2030, "region": "base"}, True),
        ({"region": "small"}, True),
        ({"region": "xinjiang"}, False),
    ],
    ids=str,
)
def test_a_rule_speaks_only_of_what_it_applies_to(applicability, found, only_rule, tmp_path):
    """The example is a budget of 2024, printed with the pack small beneath base."""
    only_rule(**applicability)
    assert told(checked(tmp_path)) == ([("GK499", "错误")] if found else [])


def test_where_no_pack_can_be_opened_rules_of_no_region_still_speak(only_rule, tmp_path):
    only_rule()
    file = write_input(tmp_path, example_input() | {"模板": "没有这个包"})
    assert told(check_unit(file, Settings(tmp_path, ()))) == [("GK503", "错误"), ("GK499", "错误")][::-1]


# --- order ---


def test_one_line_stays_together_and_lines_with_errors_come_first():
    def at(line: int, column: int, level: Level, file: str = "a.yaml", waived: str | None = None) -> Finding:
        return Finding("GK401", level, f"{line}", place=Place(file, line, column), waived=waived)

    error, warning = Level.ERROR, Level.WARNING
    first, second, third = at(2, 1, warning), at(9, 5, error), at(9, 2, warning)
    foreign, waived = at(1, 1, error, "pack.yaml"), at(1, 1, error, waived="核实过")
    ordered = in_reading_order([waived, first, third, foreign, second], "a.yaml")
    assert ordered == [second, third, foreign, first, waived]


def test_a_waived_error_does_not_count_however_strict():
    waived = Finding("GK401", Level.ERROR, "……", waived="核实过")
    assert not has_errors([waived], strict=True)
    assert has_errors([waived, Finding("GK425", Level.WARNING, "……")], strict=True)


def test_a_hint_does_not_count_however_strict():
    hint = Finding("GK749", Level.HINT, "……")
    assert not has_errors([hint], strict=True)
    warning = Finding("GK425", Level.WARNING, "……", place=Place("a.yaml", 9))
    assert in_reading_order([hint, warning], "a.yaml") == [warning, hint]


def test_the_file_makes_a_rule_a_hint(tmp_path):
    result = checked(tmp_path, settings={"级别": {"GK425": "提示"}}, **LATE)
    assert told(result) == [("GK425", "提示")]
    assert not has_errors(result.findings, strict=True)


def test_every_setting_is_a_word_of_the_clerk():
    assert [setting.value for setting in Setting] == ["错误", "警告", "提示", "不查"]
