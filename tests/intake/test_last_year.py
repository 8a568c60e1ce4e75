"""上年文件: last year's file gives the figures to compare with, and is held against those that are written."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html

from gongkai.findings import Finding, FindingsError, Level
from gongkai.intake.read import read
from gongkai.model.budget.budget import Budget
from gongkai.model.final.final_account import FinalAccount
from gongkai.produce.unit import Settings, check_unit
from gongkai.statements.budget.figures import BudgetFigures
from support.fixtures import ROOT, example_input, gongkai, write_input

FINAL = ROOT / "examples" / "bozhou-swj-2024-final.yaml"

Data = dict[str, Any]


def without_priors(data: Data) -> Data:
    """The same file a year later, with every 上年 and 增减 left out."""
    later = copy.deepcopy(data) | {"年度": str(int(data["年度"]) + 1), "上年文件": "去年.yaml"}

    def strip(value: object) -> None:
        if isinstance(value, dict):
            value.pop("上年", None)
            value.pop("增减", None)
            for child in value.values():
                strip(child)
        elif isinstance(value, list):
            for child in value:
                strip(child)

    strip(later)
    for project in later.get("项目", ()):
        for indicator in project.get("绩效目标", {}).get("指标", ()):
            indicator["上年完成值"] = "已完成"
    return later


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Data]:
    """Last year's file, which is the example, and this year's data that state no 上年."""
    write_input(tmp_path, example_input(), "去年.yaml")
    return tmp_path, without_priors(example_input())


def warnings(folder: Path, data: Data) -> list[Finding]:
    return list(read(write_input(folder, data, "今年.yaml")).findings)


def test_every_prior_of_a_budget_is_what_last_years_file_spends(pair):
    folder, data = pair
    source = read(write_input(folder, data, "今年.yaml"))
    budget = source.model
    assert isinstance(budget, Budget)
    last = read(folder / "去年.yaml").model
    assert isinstance(last, Budget)

    assert not source.findings
    assert str(budget.income.general.prior) == "545.70"
    assert str(budget.income.unit.prior) == "501.12"
    assert [str(e.changes["一般公共预算"].prior) for e in budget.expenditures if e.changes][:2] == ["287.46", "160.22"]
    assert str(budget.expenditure_changes.general_project.prior) == "20.00"
    assert str(budget.three_public.vehicle_running.prior) == "12.00"
    assert budget.running_costs is not None
    assert str(budget.running_costs.prior) == "20.36"
    assert budget.profile.staffing.retired.change == 0


def test_every_prior_of_a_final_account_is_what_last_years_file_says(tmp_path):
    data: Data = yaml.load(FINAL.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    write_input(tmp_path, data, "去年.yaml")
    account = read(write_input(tmp_path, without_priors(data), "今年.yaml")).model
    last = read(FINAL).model
    assert isinstance(account, FinalAccount)
    assert isinstance(last, FinalAccount)

    for now, before in zip(account.accounts, last.accounts, strict=True):
        for money, explained in now.changes.items():
            assert explained.prior == before.basic.get(money, 0) + before.project.get(money, 0)
    assert account.three_public.reception.prior == last.three_public.reception.spent
    assert f"{account.comparisons.general.prior:.2f}" == "1351.08"
    assert f"{account.comparisons.fiscal.prior:.2f}" == "2921.72"


def test_a_file_in_yuan_takes_priors_from_a_file_in_wan_yuan(pair):
    folder, data = pair
    data["金额单位"] = "元"
    budget = read(write_input(folder, data, "今年.yaml")).model
    assert isinstance(budget, Budget)

    assert budget.income.general is not None
    assert f"{budget.income.general.prior:.2f}" == "545.70"


def test_a_written_figure_wins_and_the_difference_is_told_where_it_stands(pair):
    folder, data = pair
    data["收入"]["一般公共预算"]["上年"] = "545.07"
    data["概况"]["人员"]["退休"]["增减"] = "3"
    file = write_input(folder, data, "今年.yaml")
    people, income = read(file).findings

    assert (people.code, people.level, people.stated, people.expected) == ("GK122", Level.WARNING, 3, 0)
    assert income.message == "这里写的是 545.07 万元，按上年文件应为 545.70 万元，相差 0.63 万元"
    assert income.place is not None
    line = file.read_text(encoding="utf-8").splitlines()[income.place.line - 1]
    assert line[income.place.column - 1 :].startswith("'545.07'")
    model = read(file).model
    assert isinstance(model, Budget)
    assert model.income.general is not None
    assert str(model.income.general.prior) == "545.07"


def test_a_code_of_last_year_that_is_gone_is_asked_for(pair):
    folder, data = pair
    del data["支出"][1]

    assert [f.message for f in warnings(folder, data) if f.code == "GK123"] == [
        "上年文件里科目 2011350 有一般公共预算 160.22 万元，这里没有写它的“变动”"
    ]


def test_a_code_that_is_gone_is_told_once_and_not_as_sums_that_disagree(pair):
    """Last year's file is right: what is wrong is here, and the sums that disagree are its consequence."""
    folder, data = pair
    gone = data["支出"].pop(1)["科目"]
    found = check_unit(write_input(folder, data, "今年.yaml"), Settings(Path())).findings

    [missing] = [f for f in found if f.code == "GK123"]
    assert missing.level is Level.ERROR
    assert gone in missing.message
    assert not {"GK405", "GK406"} & {f.code for f in found}


def test_a_code_that_went_into_another_one_is_a_warning(pair):
    folder, data = pair
    data["支出"][0]["变动"]["一般公共预算"]["上年"] = "450.36"  # 290.14 and the 160.22 of the other
    del data["支出"][1]
    found = check_unit(write_input(folder, data, "今年.yaml"), Settings(Path())).findings

    assert [f.level for f in found if f.code == "GK123"] == [Level.WARNING]


def test_check_shows_the_warning_beside_the_others(pair):
    folder, data = pair
    data["收入"]["一般公共预算"]["上年"] = "545.07"
    result = check_unit(write_input(folder, data, "今年.yaml"), Settings(Path()))

    assert "GK122" in {f.code for f in result.findings}


@pytest.mark.parametrize(
    ("name", "year", "said"),
    [
        ("没有.yaml", "2025", "上年文件读不出来，或有错误"),
        ("去年.txt", "2025", "上年文件应是 .yaml 文件或填报簿（.xlsx）"),
        ("去年.yaml", "2026", "上年文件是 2024 年的预算，应为上一年度的预算"),
        ("坏的.yaml", "2025", "上年文件读不出来，或有错误"),
        ("决算.yaml", "2025", "上年文件是 2024 年的决算，应为上一年度的预算"),
    ],
)
def test_a_file_that_cannot_serve_is_refused_without_quoting_it(name, year, said, pair):
    folder, data = pair
    (folder / "坏的.yaml").write_text("密码: 绝密内容\n", encoding="utf-8")
    (folder / "去年.txt").write_text("绝密内容", encoding="utf-8")
    (folder / "决算.yaml").write_text(FINAL.read_text(encoding="utf-8"), encoding="utf-8")

    with pytest.raises(FindingsError) as caught:
        read(write_input(folder, data | {"上年文件": name, "年度": year}, "今年.yaml"))

    [finding] = caught.value.findings
    assert (finding.code, finding.message) == ("GK121", said)
    assert finding.place is not None
    assert finding.place.line > 1
    assert "绝密" not in str(finding)


def test_without_last_years_file_a_prior_is_still_due(pair):
    folder, data = pair
    del data["上年文件"]

    with pytest.raises(FindingsError) as caught:
        read(write_input(folder, data, "今年.yaml"))

    assert any("上年" in f.message for f in caught.value.findings)


def test_last_years_own_last_year_is_not_asked_for(pair):
    folder, data = pair
    earlier = without_priors(example_input()) | {"年度": "2024", "上年文件": "没有.yaml"}
    write_input(folder, earlier, "去年.yaml")

    assert not warnings(folder, data)


def test_a_blank_prior_is_filled_too(pair):
    folder, data = pair
    file = write_input(folder, data, "今年.yaml")
    text = file.read_text(encoding="utf-8").replace(
        "  一般公共预算:\n    原因", "  一般公共预算:\n    上年:\n    原因", 1
    )
    file.write_text(text, encoding="utf-8")

    assert "上年:\n" in text
    assert not read(file).findings


def test_those_of_whom_nobody_is_left_are_said_to_have_gone(tmp_path):
    last = example_input()
    last["概况"]["人员"]["离休"] = {"人数": "1"}
    write_input(tmp_path, last, "去年.yaml")
    data = without_priors(example_input())
    data["概况"]["人员"].pop("离休", None)
    budget = read(write_input(tmp_path, data, "今年.yaml")).model

    assert budget.profile.staffing.veteran_retired.change == -1


# A reason that is last year's


def repeated(folder: Path, data: Data) -> list[Finding]:
    result = check_unit(write_input(folder, data, "今年.yaml"), Settings(Path()))
    return [f for f in result.findings if f.code == "GK124"]


def test_a_reason_copied_from_last_year_is_told_where_the_figure_has_changed(pair):
    folder, data = pair
    data["支出"].reverse()
    entry = data["支出"][-1]
    entry["基本支出"]["一般公共预算"] = "280.00"
    entry["变动"]["一般公共预算"]["原因"] += " 。"
    [finding] = [f for f in repeated(folder, data) if f.path[0] == "支出"]

    assert finding.path == ("支出", len(data["支出"]) - 1, "变动", "一般公共预算", "原因")
    assert finding.message == (
        f"科目 {entry['科目']} 的一般公共预算本年 280.00 万元，上年 287.46 万元，减少 7.46 万元；"
        "原因却与上年文件里的一字不差"
    )
    entry["变动"]["一般公共预算"]["原因"] = "又有一人调出，工资随之减少"
    assert not [f for f in repeated(folder, data) if f.path[0] == "支出"]


def test_the_same_reason_for_no_change_may_be_given_every_year(pair):
    folder, data = pair

    assert not repeated(folder, data)


@pytest.mark.parametrize("reason", ["与上年持平", "与上年基本一致。", "无变化"])
def test_that_nothing_changed_may_be_said_every_year(reason, pair):
    folder, data = pair
    last = example_input()
    last["机关运行经费"]["原因"] = data["机关运行经费"]["原因"] = reason
    write_input(folder, last, "去年.yaml")
    data["基本支出经济分类"]["30201"] = "5.10"
    source = read(write_input(folder, data, "今年.yaml"))

    assert not [f for f in repeated(folder, data) if f.path[0] == "机关运行经费"]
    assert BudgetFigures(source.model).operating_costs != source.model.running_costs.prior


def test_a_repeated_reason_of_a_final_account_is_told_too(tmp_path):
    data: Data = yaml.load(FINAL.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    write_input(tmp_path, data, "去年.yaml")
    later = without_priors(data)
    later["三公经费"]["因公出国（境）费"]["支出"] = "24.54"

    assert ("三公经费", "因公出国（境）费", "原因") in {f.path for f in repeated(tmp_path, later)}


def test_a_repeated_reason_is_not_quoted_beside_a_secret_project(pair):
    folder, data = pair
    last = example_input()
    secret = "绝密工程的人员"
    for year in (last, data):
        year["项目"][0]["涉密"] = "是"
        year["收入"]["一般公共预算"]["原因"] = secret
    data["收入"]["一般公共预算"]["上年"] = "500"
    write_input(folder, last, "去年.yaml")
    [finding] = [f for f in repeated(folder, data) if f.path[0] == "收入"]

    assert secret not in str(finding)


# Mistakes beside the name of last year's file, and in it


def complaints(file: Path) -> list[tuple[str, str]]:
    with pytest.raises(FindingsError) as caught:
        read(file)
    return [(f.code, f.message) for f in caught.value.findings]


def test_a_mistake_of_writing_does_not_bring_up_every_prior_that_last_years_file_knows(pair):
    folder, data = pair
    file = write_input(folder, data, "今年.yaml")
    file.write_text(file.read_text(encoding="utf-8") + "文种: 预算\n", encoding="utf-8")

    assert complaints(file) == [("GK117", "“文种”写了两次：第 1 行已经写过")]


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        (["去年.yaml"], "GK203", "“上年文件”：此处应"),
        ({"文件": "去年.yaml"}, "GK203", "“上年文件”：此处应"),
        (None, "GK121", "“上年文件”后面没有写文件名"),
        ("没有.yaml", "GK121", "上年文件读不出来，或有错误"),
    ],
    ids=["list", "mapping", "blank", "no such file"],
)
def test_a_name_that_is_none_is_one_mistake(name, code, said, pair):
    folder, data = pair
    file = write_input(folder, data | {"上年文件": name}, "今年.yaml")
    [(found, message)] = complaints(file)

    assert (found, message[: len(said)]) == (code, said)
    file.write_text(file.read_text(encoding="utf-8") + "甲: 乙\n", encoding="utf-8")
    assert sorted(found for found, _ in complaints(file)) == sorted([code, "GK201"])


def test_a_blank_name_is_nothing_where_every_prior_is_written(tmp_path):
    data = example_input() | {"上年文件": None}

    assert not read(write_input(tmp_path, data)).findings


@pytest.mark.parametrize("kind", ["预祘", ["预算"], None])
def test_a_wrong_kind_is_not_blamed_on_last_years_file_as_well(kind, pair):
    folder, data = pair
    [(_, message)] = complaints(write_input(folder, data | {"文种": kind}, "今年.yaml"))

    assert "文种" in message


@pytest.mark.parametrize("year", ["²", "1" * 5000])
def test_a_year_that_is_no_year_is_a_finding(year, pair):
    folder, data = pair

    with pytest.raises(FindingsError):
        read(write_input(folder, data | {"年度": year}, "今年.yaml"))


def test_the_command_renders_with_last_years_file(pair):
    folder, data = pair
    write_input(folder, data, "今年.yaml")
    done = gongkai("render", "今年.yaml", "--format", "html", "-o", ".", cwd=folder)

    assert (folder / "今年.html").exists(), done.stderr
    page = html.document_fromstring((folder / "今年.html").read_bytes()).text_content()
    assert "一般公共预算545.70万元，占52.13%，比上年预算增加0.00万元" in page


# What was secret last year


def test_secret_project_of_last_year_is_told_by_no_reason_of_this_year(pair):
    folder, data = pair
    last = example_input()
    money = last["项目"][0]["资金"]
    last["项目"][0] = {"涉密": "是", "名称": "铁壁合围工程", "政策依据": "昌州办行〔2022〕26号", "资金": money}
    write_input(folder, last, "去年.yaml")
    reasons = {"收入": "铁壁合围工程完工，本年不再安排", "支出变动": "昌州办行〔2022〕26号的任务已经完成"}
    data["收入"]["一般公共预算"]["原因"] = reasons["收入"]
    data["支出变动"]["项目支出"]["原因"] = reasons["支出变动"]
    result = check_unit(write_input(folder, data, "今年.yaml"), Settings(Path()))

    told = {f.path[0]: f.message for f in result.findings if f.code == "GK771"}
    assert told == {
        "收入": "“收入 › 一般公共预算 › 原因”里说出了上年文件里第 1 个项目（涉密）的名称",
        "支出变动": "“支出变动 › 项目支出 › 原因”里说出了上年文件里第 1 个项目（涉密）的政策依据文号",
    }
    assert result.failed
    assert not any(word in f.message + f.excerpt for f in result.findings for word in ("铁壁", "26号"))


@pytest.mark.parametrize("standing", ["在职", "退休"])
def test_people_who_must_be_stated_are_not_taken_to_have_left(standing, pair):
    folder, data = pair
    del data["概况"]["人员"][standing]

    with pytest.raises(FindingsError) as caught:
        read(write_input(folder, data, "今年.yaml"))

    assert [(f.code, f.message) for f in caught.value.findings] == [("GK202", f"“概况 › 人员”缺少“{standing}”")]


def test_the_name_of_last_years_file_is_no_text_that_is_printed(pair):
    folder, data = pair
    (folder / "去年.yaml").rename(folder / "2023(终稿).yaml")
    data["上年文件"] = "2023(终稿).yaml"

    found = check_unit(write_input(folder, data, "今年.yaml"), Settings(folder)).findings

    assert [f for f in found if f.path[:1] == ("上年文件",)] == []


# Last year's file that is another's, or wrong in itself


def told(folder: Path, data: Data, *codes: str) -> list[Finding]:
    result = check_unit(write_input(folder, data, "今年.yaml"), Settings(Path()))
    return [finding for finding in result.findings if finding.code in codes]


def test_last_years_file_of_another_unit_is_an_error_that_names_both(pair):
    folder, data = pair
    write_input(folder, example_input() | {"单位": {"名称": "另一个商务局", "性质": "行政单位"}}, "去年.yaml")
    [finding] = told(folder, data, "GK125")

    assert finding.level is Level.ERROR
    assert finding.message == f"上年文件是“另一个商务局”的，这个文件是“{data['单位']['名称']}”的"
    assert finding.path == ("上年文件",)


def test_blanks_in_the_name_make_no_other_unit(pair):
    folder, data = pair
    name = data["单位"]["名称"]
    data["单位"]["名称"] = f"{name[:4]} {name[4:]}"

    assert told(folder, data, "GK125") == []


def test_last_years_file_of_another_scope_is_an_error(pair):
    folder, data = pair
    [finding] = told(folder, data | {"口径": "部门"}, "GK126")

    assert (finding.level, finding.message) == (Level.ERROR, "上年文件的口径是“单位”，这个文件是“部门”")


def test_last_years_file_whose_sums_do_not_agree_is_told_with_the_rules(pair):
    folder, data = pair
    last = example_input()
    last["支出"][0]["基本支出"]["一般公共预算"] = "288.46"
    last["项目"][0]["资金"][0]["金额"] = "21.00"
    write_input(folder, last, "去年.yaml")
    [finding] = told(folder, data, "GK127")

    assert finding.level is Level.ERROR
    assert finding.message == "上年文件自己的数对不上：GK401 1 处、GK402 1 处；从它得出的数靠不住"


def test_what_last_years_file_leaves_to_the_year_before_is_no_wrong_sum(pair):
    folder, data = pair
    earlier = without_priors(example_input()) | {"年度": "2024", "上年文件": "没有.yaml", "公开日期": "2024-02-25"}
    write_input(folder, earlier, "去年.yaml")

    assert told(folder, data, "GK127") == []


def test_another_pack_makes_no_difference(pair):
    folder, data = pair
    before = read(write_input(folder, data, "今年.yaml")).model
    write_input(folder, example_input() | {"模板": "没有这个包", "模板年度": "2020"}, "去年.yaml")

    assert read(write_input(folder, data, "今年.yaml")).model == before


def test_a_figure_in_yuan_that_last_year_printed_in_wan_yuan_is_the_same(pair):
    folder, data = pair
    yuan = {"文种", "年度", "上年文件", "口径", "公开日期", "单位", "概况", "三公经费", "机关运行经费"}
    data = {key: value for key, value in data.items() if key in yuan} | {"金额单位": "元"}
    data["支出"] = [{"科目": "2011301", "基本支出": {"一般公共预算": "1"}}]
    data["机关运行经费"]["上年"] = "203604.55"  # last year's file says 20.36 万元
    assert told(folder, data, "GK122") == []

    data["机关运行经费"]["上年"] = "203704.55"
    assert [f.path for f in told(folder, data, "GK122")] == [("机关运行经费", "上年")]


def test_a_secret_project_of_last_year_is_in_no_finding_and_no_figure(pair):
    folder, data = pair
    last = example_input()
    last["项目"][0] |= {"名称": "铁壁合围工程", "涉密": "是"}
    write_input(folder, last, "去年.yaml")
    data["项目"][0]["名称"] = "铁壁合围工程"
    result = check_unit(write_input(folder, data, "今年.yaml"), Settings(Path()))
    indicators = {i["三级"] for i in last["项目"][0]["绩效目标"]["指标"]}

    assert next(f.path for f in result.findings if f.code == "GK771") == ("项目", 0, "名称")
    assert not any("铁壁" in f.message + f.advice + f.excerpt for f in result.findings)
    assert not any(name in f.message for f in result.findings if f.code == "GK131" for name in indicators)


# What was reached last year (上年完成值)


def test_a_target_that_last_years_file_has_is_not_new(pair):
    folder, data = pair
    indicator = data["项目"][0]["绩效目标"]["指标"][0]
    path = ("项目", 0, "绩效目标", "指标", 0, "上年完成值")
    del indicator["上年完成值"]
    [unsaid] = told(folder, data, "GK131")
    indicator["上年完成值"] = "新增"
    [new] = told(folder, data, "GK131")

    assert unsaid.path == new.path == path
    assert unsaid.message == (
        f"指标“{indicator['三级']}”上年就有（上年文件里的指标值是“{indicator['指标值']}”），"
        "这里没有写“上年完成值”，会印作“新增”"
    )
    assert new.message.endswith("这里写作“新增”")
    indicator["三级"] = "今年才有的指标"
    assert told(folder, data, "GK131") == []


def accounted(budget: Data) -> Data:
    """Last year's final account, which tells what the budget's first project reached."""
    account: Data = yaml.load(
        (ROOT / "examples/minimal-final.yaml").read_text(encoding="utf-8"), Loader=yaml.CBaseLoader
    )
    project = budget["项目"][0]
    results = [
        {k: i[k] for k in ("一级", "二级", "三级", "指标值", "权重")} | {"完成值": f"=做到{n}", "得分": i["权重"]}
        for n, i in enumerate(project["绩效目标"]["指标"])
    ]
    evaluation = {"名称": project["名称"], "预期目标": "目标", "完成情况": "做到了", "指标": results}
    return account | {"单位": budget["单位"], "口径": "单位", "项目绩效自评": [evaluation]}


def test_last_years_account_tells_what_was_reached(pair):
    folder, data = pair
    write_input(folder, accounted(data), "去年决算.yaml")
    for indicator in data["项目"][0]["绩效目标"]["指标"]:
        del indicator["上年完成值"]
    data["项目"][0]["绩效目标"]["指标"][1]["上年完成值"] = "9次"
    data["上年决算文件"] = "去年决算.yaml"
    budget = read(write_input(folder, data, "今年.yaml")).model
    assert isinstance(budget, Budget)
    assert budget.projects[0].target is not None

    assert [i.last_year for i in budget.projects[0].target.indicators][:3] == ["做到0", "9次", "做到2"]
    [finding] = told(folder, data, "GK131")
    assert "完成值写的是“9次”，上年决算文件里是“做到1”（上年决算文件第 " in finding.message


def test_a_budget_is_no_last_account(pair):
    folder, data = pair
    [finding] = told(folder, data | {"上年决算文件": "去年.yaml"}, "GK121")

    assert finding.message == "上年决算文件是 2024 年的预算，应为上一年度的决算"
