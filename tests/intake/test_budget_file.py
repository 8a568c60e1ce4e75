"""预算文件: a final account takes from the year's budget what it does not say, and is held against what it says."""

from __future__ import annotations

import copy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from gongkai.batch.jobs import Job
from gongkai.batch.task import task_of
from gongkai.findings import Finding, FindingsError, Level
from gongkai.intake.read import read
from gongkai.model.disclosure import Disclosure
from gongkai.model.final.final_account import FinalAccount
from gongkai.produce.unit import Settings, check_unit
from support.fixtures import ROOT, write_input

Data = dict[str, Any]

BUDGET = ROOT / "examples" / "shili-ju-2024-budget.yaml"
FINAL = ROOT / "examples" / "shili-ju-2024-final.yaml"
SECRET = "示例专项工作经费"
_NEEDED = ("文种", "年度", "公开日期", "单位", "概况", "科目收支", "总体变动", "三公经费", "机关运行经费", "预算文件")


def loaded(path: Path) -> Data:
    data: Data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    return data


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Data, Data]:
    """The folder, the budget (元 and 万元 differ: it is in 万元), and the final account that names it."""
    budget, final = loaded(BUDGET), loaded(FINAL)
    write_input(tmp_path, budget, "预算.yaml")
    return tmp_path, budget, final | {"预算文件": "预算.yaml"}


def model(folder: Path, data: Data) -> Disclosure:
    return read(write_input(folder, data, "决算.yaml")).model


def found(folder: Path, data: Data, *codes: str) -> list[Finding]:
    findings = check_unit(write_input(folder, data, "决算.yaml"), Settings(Path())).findings
    return [finding for finding in findings if not codes or finding.code in codes]


def without(value: object, *keys: str) -> None:
    """Strike out these keys wherever they stand."""
    if isinstance(value, dict):
        for key in keys:
            value.pop(key, None)
        for child in value.values():
            without(child, *keys)
    elif isinstance(value, list):
        for child in value:
            without(child, *keys)


def bare(data: Data) -> Data:
    """The final account without anything that its budget knows."""
    final = copy.deepcopy(data)
    secret = [project for project in final["项目绩效自评"] if "涉密" in project]
    final["项目绩效自评"] = [project for project in final["项目绩效自评"] if "涉密" not in project]
    without(
        final, "年初预算", "主要职能", "机构设置", "一级", "二级", "指标值", "权重", "依据", "赋分规则",
        "佐证", "上年完成值", "预期目标", "实施单位", "增减",
    )  # fmt: skip
    for item in final["三公经费"].values():
        if isinstance(item, dict):
            item.pop("全年预算", None)
    without(secret, "年初预算")
    final["项目绩效自评"] += secret
    return final


def test_the_example_agrees_with_its_budget(pair):
    folder, _, final = pair

    assert found(folder, final) == []


def test_everything_that_is_not_written_is_taken_from_the_budget(pair):
    folder, _, final = pair
    taken, written = model(folder, bare(final)), model(folder, final)

    def plain(account: Disclosure) -> dict[str, Any]:
        data = account.model_dump()
        data["project_evaluations"] = sorted(data["project_evaluations"], key=lambda project: project["name"])
        return data

    assert plain(taken) == plain(written)
    assert found(folder, bare(final)) == []


@pytest.mark.parametrize(("unit", "scale"), [("万元", "0.0001"), ("元", "1")])
def test_amounts_are_taken_in_the_unit_of_the_final_account(unit, scale, pair):
    folder, _, final = pair
    without(final["总体变动"], "年初预算")
    for total in final["总体变动"].values():
        total["上年"] = f"{Decimal(total['上年']) * Decimal(scale):f}"
    change = {"一般公共预算": {"上年": "0", "原因": "新增"}}
    final["科目收支"] = [{"科目": "2070101", "基本支出": {"一般公共预算": "1"}, "变动": change}]
    account = model(folder, {key: final[key] for key in _NEEDED} | {"金额单位": unit})
    assert isinstance(account, FinalAccount)

    assert f"{account.comparisons.fiscal.budget:.2f}" == "1121.29"
    assert account.comparisons.capital is not None
    assert account.comparisons.capital.budget == 35


def test_a_budget_in_yuan_is_converted_too(pair):
    folder, _, _ = pair
    minimal = loaded(ROOT / "examples" / "minimal-final.yaml") | {"金额单位": "万元"}
    write_input(folder, loaded(ROOT / "examples" / "minimal-budget.yaml"), "预算.yaml")
    for name in ("财政拨款", "一般公共预算"):
        minimal["总体变动"][name]["年初预算"] = "31.23"  # 312345.67 元 as a document prints it
    assert "GK460" in {f.code for f in found(folder, minimal | {"预算文件": "预算.yaml"})}
    assert found(folder, minimal | {"预算文件": "预算.yaml"}, "GK128") == []

    minimal["总体变动"]["财政拨款"]["年初预算"] = "31.24"
    [finding] = found(folder, minimal | {"预算文件": "预算.yaml"}, "GK128")
    assert finding.stated == Decimal("31.24")
    assert finding.expected == Decimal("31.234567")


def test_the_original_budget_that_both_documents_print_must_be_the_same(pair):
    folder, _, final = pair
    final["总体变动"]["财政拨款"]["年初预算"] = "11212000"
    [finding] = found(folder, final, "GK128")

    assert finding.level is Level.ERROR
    assert finding.message.startswith(
        "财政拨款的年初预算数写的是 11,212,000 元，按预算文件应为 11,212,900 元（预算文件第 "
    )
    assert finding.message.endswith("行“支出”），相差 900 元")
    assert finding.place is not None
    assert finding.place.line > 1


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("单位", "性质"), "事业单位", "单位性质写的是“事业单位”，预算文件里是“行政单位”"),
        (("概况", "主要职能", 2), "别的", "主要职能与预算文件不同"),
        (("概况", "机构设置", "内设机构"), ["办公室"], "内设机构与预算文件不同"),
        (("概况", "人员", "退休", "增减"), "3", "增减写的是 3 人，上年末就是 29 人，预算文件里退休人数是 31 人"),
        (("三公经费", "公务接待费", "全年预算"), "30000", "大于预算文件里公务接待费的预算数 20,000 元"),
        (("整体绩效自评", "资金", "上级资金", "年初预算"), "1", "整体自评上级资金的年初预算写的是 1 元"),
        (("项目绩效自评", 1, "财政拨款", "年初预算"), "1", "项目“公共文化设施免费开放补助资金”财政拨款的年初预算"),
        (("项目绩效自评", 6, "预期目标"), "另一个", "项目“体育彩票公益金补助全民健身项目”的总体目标写的是“另一个”"),
        (("项目绩效自评", 1, "指标", 0, "指标值"), ">=8个", "的指标值写的是“>=8个”，预算文件里是“>=9个”"),
        (("项目绩效自评", 1, "指标", 0, "权重"), "21", "的权重写的是 21，按预算文件应为 20"),
        (("项目绩效自评", 1, "指标", 0, "上年完成值"), "7个", "的上年完成值写的是“7个”，预算文件里是“9个”"),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else None,
)
def test_what_is_written_is_held_against_the_budget(path, value, said, pair):
    folder, _, final = pair
    here: Any = final
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    [finding] = found(folder, final, "GK129")

    assert said in finding.message
    assert "（预算文件第 " in finding.message
    assert finding.path[: len(path) - 1] == path[: len(finding.path[: len(path) - 1])]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("三公经费", "公务用车运行维护费", "全年预算"), "105200"),
        (("项目绩效自评", 4, "财政拨款", "年初预算"), "540000"),  # with what was carried over
        (("整体绩效自评", "资金", "本级资金", "年初预算"), "9668900"),
        (("项目绩效自评", 1, "预期目标"), "保障文化馆和乡镇综合文化站免费开放，提高基本公共文化服务水平"),
        (("概况", "主要职能", 4), "完成县委、县人民政府交办的其他任务"),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else None,
)
def test_what_may_well_be_written_otherwise_is_not_told(path, value, pair):
    folder, _, final = pair
    here: Any = final
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value

    assert found(folder, final, "GK128", "GK129") == []


def test_projects_and_targets_that_are_left_out_or_were_never_planned_are_told(pair):
    folder, _, final = pair
    final["项目绩效自评"][0]["名称"] = "群众文化活动费"
    final["项目绩效自评"][1]["指标"][1]["三级"] = "及时率"
    planned, added, dropped = found(folder, final, "GK130", "GK132")

    assert planned.message == "预算文件里的项目“群众文化活动经费”预算 400,000.00 元，这里没有它的自评"
    assert planned.advice == "是否就是“群众文化活动费”？名称要一样"
    assert added.message.endswith("写了财政拨款的年初预算 400,000.00 元，预算文件里没有这个项目")
    assert dropped.message.endswith("在预算文件里的 1 个指标这里没有结果：“资金支付及时率”")


def test_a_planned_fund_of_which_nothing_is_said_is_told(pair):
    folder, _, final = pair
    del final["总体变动"]["国有资本经营预算"]
    final["科目收支"] = [entry for entry in final["科目收支"] if entry["科目"] != "2230105"]

    assert [f.message for f in found(folder, final, "GK130")] == [
        "预算文件里国有资本经营预算有 350,000.00 元，“总体变动”里没有写国有资本经营预算"
    ]


# What is secret in the budget


def test_a_secret_project_of_the_budget_must_be_secret_here_and_is_not_named(pair):
    folder, _, final = pair
    index = next(i for i, project in enumerate(final["项目绩效自评"]) if "涉密" in project)
    del final["项目绩效自评"][index]["涉密"]
    final["项目绩效自评"][index]["财政拨款"]["年初预算"] = "1"
    findings = found(folder, final)

    [told] = [f for f in findings if f.path == ("项目绩效自评", index, "名称")]
    assert (told.code, told.level) == ("GK771", Level.ERROR)
    assert told.message == "这个项目与预算文件里第 6 个项目（涉密）同名，却没有写“涉密: 是”"
    beside = [f.message + f.advice + f.excerpt for f in findings if "预算文件" in f.message]
    assert not [words for words in beside if SECRET in words]
    assert all(f.excerpt == "" for f in findings if f.place and told.place and f.place.line == told.place.line)


def test_however_common_the_name_of_a_secret_project_is(pair):
    folder, budget, final = pair
    budget["项目"][5]["名称"] = final["项目绩效自评"][5]["名称"] = "业务工作经费"
    write_input(folder, budget, "预算.yaml")
    del final["项目绩效自评"][5]["涉密"]

    assert [f.path for f in found(folder, final, "GK771")] == [("项目绩效自评", 5, "名称")]


def test_figures_of_a_secret_project_are_taken_and_held_without_telling_which(pair):
    folder, _, final = pair
    final["项目绩效自评"][5]["财政拨款"]["年初预算"] = "70000"
    [finding] = found(folder, final, "GK129")

    assert "涉密项目，不显示内容" in finding.message
    assert SECRET not in str(finding)


def test_a_secret_project_that_is_left_out_is_told_by_its_number(pair):
    folder, _, final = pair
    del final["项目绩效自评"][5]
    [finding] = found(folder, final, "GK130")

    assert finding.message == "预算文件里的第 6 个项目（涉密）预算 80,000.00 元，这里没有它的自评"


# Files that cannot serve


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"年度": "2023"}, "GK121", "预算文件是 2023 年的预算，应为同一年度的预算"),
        (None, "GK121", "预算文件是 2024 年的决算，应为同一年度的预算"),
        (
            {"单位": {"名称": "另一个局", "性质": "行政单位"}},
            "GK125",
            "预算文件是“另一个局”的，这个文件是“示例县示例局”的",
        ),
        ({"口径": "单位"}, "GK126", "预算文件的口径是“单位”，这个文件是“部门”"),
        ({"核定数": {"收支总计": "1"}}, "GK127", "预算文件自己的数对不上：GK404 1 处；从它得出的数靠不住"),
    ],
    ids=["year", "kind", "unit", "scope", "sums"],
)
def test_a_file_that_does_not_fit_is_an_error(change, code, said, pair):
    folder, budget, final = pair
    write_input(folder, loaded(FINAL) if change is None else budget | change, "预算.yaml")
    [finding] = found(folder, final, "GK121", "GK125", "GK126", "GK127")

    assert (finding.code, finding.level, finding.message) == (code, Level.ERROR, said)
    assert finding.path == ("预算文件",)


def test_a_scope_that_one_file_leaves_unsaid_is_a_warning(pair):
    folder, budget, final = pair
    del budget["口径"]
    write_input(folder, budget, "预算.yaml")

    assert [f.level for f in found(folder, final, "GK126")] == [Level.WARNING]


def test_a_unit_that_was_renamed_says_so_and_passes(pair):
    folder, budget, final = pair
    write_input(folder, budget | {"单位": {"名称": "示例县文体局", "性质": "行政单位"}}, "预算.yaml")
    final["校验"] = {"豁免": [{"代码": "GK125", "理由": "2024年机构改革更名"}]}
    result = check_unit(write_input(folder, final, "决算.yaml"), Settings(Path()))

    assert [(f.code, f.waived) for f in result.findings if f.level is not Level.HINT] == [
        ("GK125", "2024年机构改革更名")
    ]
    assert not result.failed


def test_errors_that_the_named_file_waives_are_its_own_affair(pair):
    folder, budget, final = pair
    waiver = {"豁免": [{"代码": "GK404", "理由": "批复有误，财政已更正"}]}
    write_input(folder, budget | {"核定数": {"收支总计": "1"}, "校验": waiver}, "预算.yaml")

    assert found(folder, final) == []


def test_only_one_mistake_is_told_of_a_name_that_is_none(pair):
    folder, _, final = pair
    with pytest.raises(FindingsError) as caught:
        model(folder, bare(final) | {"预算文件": "没有.yaml"})

    assert [f.code for f in caught.value.findings] == ["GK121"]


def test_what_the_named_file_names_is_not_read(pair):
    folder, budget, final = pair
    write_input(folder, budget | {"上年文件": "没有.yaml"}, "预算.yaml")

    assert found(folder, final) == []
    assert set(task_of(Job(folder / "决算.yaml", Path())).files) == {
        str(folder / "决算.yaml"),
        str(folder / "预算.yaml"),
    }


def test_a_unit_is_made_anew_when_its_budget_changes(pair):
    folder, budget, final = pair
    file = write_input(folder, final, "决算.yaml")
    before = task_of(Job(file, Path())).digest
    write_input(folder, budget | {"公开日期": "2024-02-27"}, "预算.yaml")

    assert task_of(Job(file, Path())).digest != before


def test_last_years_account_may_leave_its_targets_to_its_own_budget(pair):
    folder, _, final = pair
    last = bare(final) | {"年度": "2023", "公开日期": "2024-08-22", "预算文件": "没有了.yaml"}
    write_input(folder, last, "上年.yaml")
    final |= {"上年文件": "上年.yaml"}
    for item in (*final["科目收支"], *final["总体变动"].values(), *final["三公经费"].values(), final["机关运行经费"]):
        without(item, "上年")
    for group in final["概况"]["人员"].values():
        group.pop("增减")
    without(final["项目绩效自评"], "上年完成值")
    account = model(folder, final)
    assert isinstance(account, FinalAccount)

    assert account.comparisons.fiscal.prior == Decimal("1177.85")
    assert account.project_evaluations[0].results[0].last_year == "64场"  # what was reached, not what was planned
    assert account.profile.staffing.serving.change == 0
