"""Templates add up and compare: totals of lists, differences, completion, sentences with the base by itself."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.document.compose import render_disclosure
from gongkai.findings import FindingsError
from gongkai.intake.read import read
from gongkai.packs.adding import less, sum_of
from gongkai.packs.open import open_pack
from gongkai.packs.wording import Wording
from gongkai.prose.numbers import amount
from gongkai.statements.budget.view import Line
from support.examples import pack_of
from support.fixtures import ROOT, write_pack

SECTION = "预算/说明/总体.html"
amounts = st.decimals(-(10**9), 10**9, places=2)


def printed(folder, text: str, example: str = "minimal-budget", options: str = "") -> str:
    model = read(ROOT / "examples" / f"{example}.yaml").model
    section = SECTION if model.kind == "预算" else SECTION.replace("预算", "决算", 1)
    manifest = f"名称: 样\n上级: base\n选项:\n  部分: [情况说明]\n  章节: [总体]\n{options}"
    write_pack(folder, "own", {"pack.yaml": manifest, section: f"<p>〔{text}〕</p>"})
    html = render_disclosure(model, open_pack("own", model.kind, model.year, [folder])).html
    return html.partition("〔")[2].partition("〕")[0]


def refused(folder, text: str, example: str = "minimal-budget"):
    with pytest.raises(FindingsError) as raised:
        printed(folder, f"\n{text}", example)
    [finding] = raised.value.findings
    assert finding.place.line == 2
    assert finding.place.file.endswith("说明/总体.html")
    return finding.message


@given(st.lists(amounts, max_size=20))
def test_a_total_is_what_all_entries_come_to(values):
    lines = [Line("某项", value) for value in values]
    assert sum_of(lines, "金额") == sum_of(values) == sum_of(dict(enumerate(values))) == sum(values, Decimal(0))
    assert sum_of([{"甲": value} for value in values], "甲") == sum_of(values)


@given(amounts, amounts)
def test_a_difference_leads_back(left, right):
    assert less(left, right) + right == left


def test_a_template_adds_up_what_it_lists(tmp_path):
    total = printed(tmp_path, '{{ 金额(合计(数.收入, "金额")) }}是{{ 金额(数.合计) }}')
    first, _, second = total.partition("是")
    assert first == second
    assert first != ""
    both = "{{ 金额(合计([数.基本支出.金额, 数.项目支出.金额])) }}是{{ 金额(数.合计) }}"
    first, _, second = printed(tmp_path, both).partition("是")
    assert first == second


def test_a_template_adds_up_projects(tmp_path):
    said = printed(
        tmp_path,
        '{{ 金额(合计(数.各项目, "金额")) }}是{{ 金额(数.一般公共预算.项目支出.金额) }}',
        "kezhou-swj-2024-budget",
    )
    first, _, second = said.partition("是")
    assert first == second
    assert printed(tmp_path, "{{ 数.各项目[0].项目.名称 }}", "kezhou-swj-2024-budget") != ""


def test_amounts_are_compared_by_value(tmp_path):
    assert printed(tmp_path, "{% if 相减(数.合计, 数.合计) < 数.合计 %}少{% endif %}") == "少"
    assert printed(tmp_path, "{{ 增减情形(数.合计, 相减(数.合计, 数.合计)) }}") == "上年为零"
    assert printed(tmp_path, "{{ 增减率数(数.合计, 数.合计) }}") == "0.00"


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ('合计(数.收入, "金客")', "没有“金客”，是否想写“金额”？可写：金额、上年"),
        ('合计(数.收入, "原因")', "的“原因”不是金额，可写：金额、上年"),
        ("合计(数.收入)", "不是金额，要写明加哪一个，可写：金额、上年"),
        ('合计(数.收入, "__class__")', "没有“__class__”，可写：金额、上年"),
        ('合计(数.收入种类, "金额")', "没有“金额”，这里没有可加的金额"),
        ('合计(单位.名称, "金额")', "第一个应是清单"),
        ('合计(数.合计, "金额")', "第一个应是清单"),
        ("相减(数.合计, 1)", "函数 相减 的参数不对"),
    ],
)
def test_a_wrong_total_is_told_with_file_line_and_what_can_be_added(call, says, tmp_path):
    assert says in refused(tmp_path, f"{{{{ 金额({call}) }}}}")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{{ 金额(数.合记) }}", "没有“合记”，是否想写“合计”？可写：合计、"),
        ("{{ 金额(数.基本支出.金客) }}", "没有“金客”，是否想写“金额”？可写：金额、上年、原因、"),
        ("{{ 数据.概况.主要职责 | join }}", "没有“主要职责”，是否想写“主要职能”？可写："),
        ("{{ 数据.概况.主要职责 | default('') }}", "没有“主要职责”，是否想写“主要职能”？可写："),
        ("{% if 数.没有这个 %}甲{% endif %}", "没有“没有这个”，可写：合计、"),
        ("{% for line in 数['收人'] %}甲{% endfor %}", "没有“收人”，是否想写“收入”？"),
        ("{{ 金额(数.收入.金额) }}", "点前面的是清单"),
        ("{{ 金额(数.合计.金额) }}", "点前面的已经是金额"),
        ("{{ 各表[0].标体 }}", "没有“标体”，是否想写“标题”？"),
    ],
)
def test_an_unknown_field_is_told_with_file_line_and_the_names_that_there_are(text, says, tmp_path):
    assert says in refused(tmp_path, text)


def test_what_a_mapping_has_not_may_still_have_a_default(tmp_path):
    assert printed(tmp_path, '{{ 数据.补充说明["没有写的"] | default("从略") }}') == "从略"


BASES = "  增减句式: {增加: '较{基数}增加{差额}万元', 没有变化: '与{基数}持平', 减少: '{较}减少{差额}万元'}\n"


def test_a_sentence_may_name_the_base_by_itself(tmp_path):
    wording = Wording(open_pack_with(tmp_path, BASES).options)
    assert wording.change(Decimal(5), Decimal(3), "上年预算") == "较上年预算增加2.00万元"
    assert wording.change(Decimal(3), Decimal(3), "上年预算") == "与上年预算持平"
    assert wording.change(Decimal(3), Decimal(5), "年初预算") == "较年初预算减少2.00万元"
    assert wording.change(Decimal(3), Decimal(5)) == "减少2.00万元"


def open_pack_with(folder, options: str):
    write_pack(folder, "own", {"pack.yaml": f"名称: 样\n上级: base\n选项:\n{options}"})
    return open_pack("own", "决算", 2024, [folder])


def test_the_variance_may_name_its_budget(tmp_path):
    pack = open_pack_with(tmp_path, "  决算:\n    差异率句式: {有预算: '{与}相比差异率{率}%'}\n")
    assert Wording(pack.options).difference(Decimal(110), Decimal(100), "全年预算") == "与全年预算相比差异率10.00%，"
    said = printed(tmp_path, "{{ 差异率(数.合计.金额, 数.合计.金额, '年初预算') }}", "minimal-final")
    assert said == "预决算差异率0.00%，"


@pytest.mark.parametrize(
    ("actual", "planned", "said"),
    [("98.1", "100", "，完成年初预算的98.10%"), ("0", "7", "，完成年初预算的0.00%"), ("5", "0", ""), ("0", "0", "")],
)
def test_completion_is_said_by_its_case(actual, planned, said):
    assert Wording(pack_of("base").options).completion(Decimal(actual), Decimal(planned), "年初预算") == said


def test_a_pack_says_what_is_not_comparable(tmp_path):
    wording = Wording(open_pack_with(tmp_path, "  完成率句式: {没有预算: '无{基数}，不可比'}\n").options)
    assert wording.completion(Decimal(5), Decimal(0), "年初预算") == "，无年初预算，不可比"
    assert wording.completion(Decimal(5), Decimal(10)) == "，完成预算的50.00%"


@given(amounts, amounts)
def test_every_function_prints_a_figure_once_rounded(current, prior):
    assert amount(less(current, prior)).replace(",", "") == f"{current - prior:.2f}".replace("-0.00", "0.00")


def test_going_over_long_lists_again_and_again_ends(tmp_path):
    many = "{% set many = [" + ", ".join(["数.合计"] * 2500) + "] %}"
    assert "没有尽头" in refused(tmp_path, many + "{% for one in many %}{{ 金额(合计(many)) }}{% endfor %}")
    assert printed(tmp_path, many + "{% for one in many %}{{ 金额(合计([one])) if loop.last }}{% endfor %}") != ""
