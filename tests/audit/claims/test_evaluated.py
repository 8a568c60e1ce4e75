"""The money of self-evaluations is that of the account; what they tell of results is so; hidden projects stay so."""

from __future__ import annotations

from support.claimed import found

YEAR = "2024年度财政拨款收入总计900.00万元，其中：年初财政拨款结转和结余0.00万元，本年财政拨款收入900.00万元。"
SPENT = "财政拨款支出总计900.00万元，其中：年末财政拨款结转和结余0.00万元，本年财政拨款支出900.00万元。"
PLANNED = "与年初预算相比，年初预算数600.00万元，决算数900.00万元，预决算差异率50.00%，主要原因是：年中追加资金。"
TEXT = (
    "第二部分 部门决算情况说明",
    "一、收入支出决算总体情况说明",
    "2024年度收入总计1,000.00万元，其中：本年收入合计1,000.00万元，年初结转和结余0.00万元。",
    "2024年度支出总计1,000.00万元，其中：本年支出合计1,000.00万元，结余分配0.00万元，年末结转和结余0.00万元。",
    "四、财政拨款收入支出决算总体情况说明",
    YEAR + SPENT,
    "财政拨款收入支出总体与上年相比，增加100.00万元，增长12.50%，主要原因是：工资增加。" + PLANNED,
    "五、一般公共预算财政拨款支出决算情况说明",
    "（三）一般公共预算财政拨款支出决算具体情况",
    "1.一般公共服务支出（类）商贸事务（款）招商引资（项）：支出决算数为200.00万元，比上年决算增加50.00万元，"
    "增长33.33%，主要原因是：产业招商大脑平台建设项目资金增加。",
    "六、一般公共预算财政拨款基本支出决算情况说明",
    "2024年度一般公共预算财政拨款基本支出500.00万元，其中：人员经费450.00万元，包括：基本工资。",
)
DONE = "全县社会消费品零售额58.92亿元，同比增长5.1%。其中，限额以上社会消费品零售额25.68亿元，同比增长9.4%。"


def unit(planned="600.00", fiscal="900.00", other="100.00", grew="5.1%"):
    return [
        ["单位整体支出绩效自评表", *[""] * 7],
        ["（2024年度）", *[""] * 7],
        ["部门资金（万元）", "资金来源", "年初预算数", "预算数（调整后）", "执行数", "分值权重", "执行率", "得分"],
        ["", "上级资金", "0.00", "0.00", "0.00", "-", "-", "-"],
        ["", "本级资金", planned, "900.00", fiscal, "-", "-", "-"],
        ["", "其他资金", "0.00", "100.00", other, "-", "-", "-"],
        ["", "合计", planned, "1,000.00", "1,000.00", "10", "100.00%", "10.00"],
        ["年度总体目标", "预期目标", "", "", "实际完成情况", "", "", ""],
        ["", "完成目标任务。", "", "", DONE, "", "", ""],
        ["一级指标", "二级指标", "三级指标", "预期指标值", "指标值设定依据", "分值权重", "实际完成指标值", "得分"],
        ["履职效能", "数量指标", "社会消费品零售总额增长", ">=5%", "工作方案", "90", grew, "90"],
    ]


def project(name, planned, spent):
    return [
        ["项目支出绩效自评表", *[""] * 7],
        ["（2024年度）", *[""] * 7],
        ["项目名称", name, *[""] * 6],
        ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["", "年度资金总额", planned, spent, spent, "10", "100.00%", "10.00"],
        ["", "其中：当年财政拨款", planned, spent, spent, "-", "-", "-"],
        ["", "其他资金", "0.00", "0.00", "0.00", "-", "-", "-"],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "指标值设定依据", "分值", "实际完成值", "得分"],
        ["产出指标", "数量指标", "购买服务", ">=4项", "计划标准", "90", "=4项", "90"],
    ]


def codes(*tables):
    return found(*TEXT, tables=tables, kind="决算")


def test_an_evaluation_that_agrees_is_left_alone():
    assert codes(unit(), project("产业招商大脑信息化平台建设", "100.00", "200.00")) == []


def test_money_of_the_unit_that_is_not_that_of_the_account_is_told():
    assert codes(unit(planned="650.00")) == ["GK864"]
    assert codes(unit(fiscal="890.00")) == ["GK864"]
    assert codes(unit(other="100.02")) == ["GK864"]
    assert codes(unit(other="100.01")) == []  # each rounded by itself


def test_projects_that_had_more_than_the_whole_are_told():
    one, other = ("产业园道路维修", "301.00", "190.00"), ("展会场馆改造", "299.05", "210.00")
    assert codes(project(*one)) == []
    assert codes(project(*one), project(*other)) == ["GK865"]
    assert codes(project("产业园道路维修", "10.00", "400.02")) == ["GK865"]


def test_a_project_is_counted_once():
    one = project("产业园道路维修", "301.00", "210.00")
    assert codes(one, one) == []


def test_projects_that_spent_more_than_their_item_are_told():
    by_name, by_reason = ("县招商引资项目资金", "0.00", "150.00"), ("产业招商大脑信息化平台建设", "0.00", "60.00")
    assert codes(project(*by_name)) == codes(project(*by_reason)) == []
    assert codes(project(*by_name), project(*by_reason)) == ["GK866"]
    assert codes(project("产业园道路维修", "0.00", "250.00")) == []  # nothing says of which 科目 it is


def test_growth_of_a_part_is_not_that_of_the_whole():
    assert codes(unit(grew="9.4%")) == ["GK867"]
    assert codes(unit(grew="5.10%")) == []


PROJECTS = [
    ["2024年一般公共预算项目支出情况表", "", "", ""],
    ["编制单位：示例县商务局", "", "", "单位：万元"],
    ["科目编码", "科目名称", "项目名称", "项目支出合计"],
    ["2014004", "信访业务", "特定目标", "2.00"],
    ["", "合计", "", "2.00"],
]
SPENDING = [
    ["2024年一般公共预算支出情况表"],
    ["编制单位：示例县商务局", "", "", "", "单位：万元"],
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["201", "一般公共服务支出", "2.00", "", "2.00"],
    ["20140", "信访事务", "2.00", "", "2.00"],
    ["2014004", "信访业务", "2.00", "", "2.00"],
    ["", "合计", "2.00", "", "2.00"],
]


def hidden(reason, projects=PROJECTS):
    text = (
        "1.一般公共服务支出（类）信访事务（款）信访业务（项）：2024年预算数为2.00万元，比上年预算增加2.00万元，"
        f"增长100.00%，主要原因是：{reason}。"
    )
    heading = "五、关于示例县商务局2024年一般公共预算当年拨款情况说明"
    return found(heading, text, tables=(SPENDING, projects))


def test_a_hidden_project_is_not_told_by_the_reason_of_its_item():
    named = "增加示财行〔2023〕26号关于下达业务资金的预算"
    assert hidden(named) == ["GK868"]
    assert hidden("项目支出增加") == []
    assert hidden(named, [*PROJECTS[:3], ["2014004", "信访业务", "信访接待", "2.00"], PROJECTS[4]]) == []


def test_what_is_no_amount_is_not_added_up():
    assert codes(unit(planned="9" * 5000)) == codes(unit(planned="六百")) == codes(unit(other="1,2e9")) == []
