"""Expressions of packs: what is one, what is told of one that is none, and that nothing else can come of any text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gongkai.statements.budget.facts import facts_of
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.budget.language import LANGUAGE
from gongkai.statements.language.bind import bind
from gongkai.statements.language.nodes import ExpressionError
from gongkai.statements.language.reckon import Reckoner
from gongkai.statements.language.syntax import LONGEST, parse
from support.examples import budget_of, example_data, pack_of

PACK = pack_of("base")
NAMES = PACK.tables["收入总体"].names


def value(text: str) -> object:
    """What an expression gives for the budget of the examples."""
    figures = BudgetFigures(budget_of(example_data()))
    node = parse(text)
    bind(node, NAMES)
    return Reckoner(facts_of(figures), figures.document, LANGUAGE.functions(PACK.options)).value(node, NAMES)


def mistake(text: str) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        bind(parse(text), NAMES)
    return caught.value


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("支出", "支出[性质=基本支出] + 支出[性质=项目支出]"),
        ("支出[来路=当年]", "支出 - 上年结转结余"),
        ("支出[资金≠财政]", "支出[资金=财政专户|单位资金]"),
        ("支出[资金=财政][", ""),
        ("财政拨款[资金=一般公共预算]", "支出[资金=一般公共预算, 来路=本级|上级]"),
        ("支出[科目=201]", "支出[科目=20113] + (支出[科目=201] - 支出[科目=20113])"),
        ("2 × 支出 ÷ 2", "支出"),
        ("支出＋支出－支出", "支出"),
        ("-支出 + 支出 * 2", "支出"),
        ("取大(支出, 财政拨款)", "支出"),
        ("机关运行经费核定 否则 公用经费", "机关运行经费"),
        ("增减(支出, 财政拨款)", "支出 - 财政拨款"),
        ("支出@上年[来路=当年, 资金=财政]", "支出@上年[资金=财政]"),
    ],
)
def test_the_same_money_said_otherwise_is_the_same(text, same):
    if not same:
        assert "写在这里不对" in str(mistake(text))
        return
    assert value(text) == value(same)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("占比(支出, 支出)", "100.00%"),
        ("占比(支出, 政府性基金收入 - 政府性基金收入)", None),
        ("增减率(支出, 支出)", "0.00%"),
        ("支出 ÷ (支出 - 支出)", None),
        ('"—"', "—"),
        ("分数(9.876)", "9.88"),
        ('分数(9.876, "分")', "9.88分"),
        ("照写(7.50)", "7.50"),
        ("四舍五入(7.455, 2)", Decimal("7.46")),
        ("概况.人员.编制数 + 1", "29"),
        ("支出 × 支出 × 支出 × 支出 × 支出 × 支出 × 支出", None),
        ("单位.名称", "克孜勒苏柯尔克孜自治州商务局"),
        ("整体绩效目标.联系电话", "×××××××××××"),
    ],
)
def test_what_is_reckoned_is_printed_as_the_field_prints_it(text, printed):
    found = value(text)

    assert found == printed if printed is None or isinstance(printed, Decimal) else str(found) == printed


@pytest.mark.parametrize(
    ("text", "says", "at"),
    [
        ("", "式没有写完", 0),
        ("支出 +", "式没有写完", 4),
        ("支出[资金=财政", "这里应是“]”", 8),
        ("支出 支出", "“支出”写在这里不对", 3),
        ("(支出", "这里应是“)”", 3),
        ('"没有完', "引号没有成对", 0),
        ("支出[资金]", "条件应写作 维度=值", 5),
        ("支处", "没有名称“支处”", 0),
        ("支出@去年", "没有“支出”的比较“去年”", 0),
        ("支出[基金=财政]", "没有维度“基金”", 3),
        ("支出[资金=财证]", "没有“资金”的值“财证”", 3),
        ("支出[科目=20]", "不是三位、五位或七位的编码", 3),
        ("支出[科目=999]", "“科目”没有编码是“999”的类", 3),
        ("支出[科目=201|29801]", "“科目”没有编码是“298”的类", 3),
        ("支出[经济分类=201]", "“经济分类”没有编码是“201”的类", 3),
        ("支出[科目≠201]", "只能写“=”", 3),
        ("支出[项目=3]", "是逐行取的", 3),
        ("三公经费[科目=201]", "“三公经费”不分“科目”", 0),
        ("支出@上年[来路=本级, 资金=财政]", "“支出@上年”只有“来路”是 本级、上级 的合计", 0),
        ("支出@上年[来路=上年结转结余, 资金=财政]", "“支出@上年”只有“来路”是 本级、上级 的合计", 0),
        ("支出@上年[来源=财政专户, 资金=财政]", "“支出@上年”不分“来源”", 0),
        ("支出@上年", "别的没有写全，不能当作全部来比", 0),
        ("支出@上年[资金=单位资金]", "别的没有写全，不能当作全部来比", 0),
        ("三公经费[三公项=因公出国(境)费]", "这里应是“]”", 13),
        ("占笔(支出, 支出)", "没有函数“占笔”", 0),
        ("占比(支出)", "函数“占比”有 1 个数", 0),
        ('支出 + "万元"', "文字不能加减乘除", 5),
        ("概况", "“概况”下面还有名称", 0),
        ("概况.人数", "没有“概况”里“人数”", 0),
        ("单位.名称@上年", "后面不能写", 0),
        ("行", "没有名称“行”", 0),
        ('占比("甲", 支出)', "第 1 个数应是数，不是文字", 3),
        ("照写(单位.名称)", "应是数，不是文字", 3),
        ("分数(支出, 支出)", "应是加引号的文字", 7),
        ("四舍五入(支出, 支出)", "应是 0 到 6 的整数", 9),
        ("四舍五入(支出, 9)", "应是 0 到 6 的整数", 9),
        ("取大(公开日期, 支出)", "应是数，不是文字", 3),
        ("支出[资金=财政, 资金=单位资金]", "“资金”的条件写了两次", 10),
        ("支出[资金≠全部]", "没有“资金”的值“全部”", 3),
        ("(" * 60 + "支出", "括号套得太深", 40),
        ("-" * 60 + "支出", "负号太多", 39),
        ("支" * (LONGEST + 1), "式太长", LONGEST),
    ],
    ids=lambda text: str(text)[:20],
)
def test_a_mistake_is_told_with_its_place_and_what_there_is(text, says, at):
    error = mistake(text)

    assert says in str(error)
    assert error.at == at


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("支处", "支出"),
        ("支出[资金=财证]", "财政"),
        ("支出[基金=财政]", "资金"),
        ("占笔(支出, 支出)", "占比"),
        ("三公经费[科目=201]", "科目=全部"),
        ("三公经费[三公项=因公出国(境)费]", "全角的（）"),
        ("支出@上年", "[资金=一般公共预算]"),
    ],
)
def test_what_was_meant_is_named(text, advice):
    assert advice in mistake(text).advice


def test_names_that_name_each_other_are_bounded():
    """Each twice the one before: 2 to the 60th steps, of which not one is taken."""
    names = NAMES
    for number in range(60):
        before = f"甲{number - 1}" if number else "支出"
        names = names.with_quantities({f"甲{number}": parse(f"{before} + {before}")})
    with pytest.raises(ExpressionError, match="展开以后太长"):
        bind(parse("甲59"), names)


PIECES = [
    *("支出", "财政拨款", "[", "]", "(", ")", "资金=", "科目=201", "≠", "|", ",", "+", "-", "×", "÷", "@上年", "否则"),
    *('"', "1.5", "占比(", ".", "行", "。", " ", "\n", "（", "0"),
]


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=30).map("".join)))
@example("支出" + "[资金=财政]" * 3)
@settings(max_examples=400)
def test_any_text_is_an_expression_or_told_to_be_none(text):
    node = told = None
    try:
        node = parse(text)
        bind(node, NAMES)
    except ExpressionError as error:
        told = error
    if node is None or told is not None:
        assert told is not None
        assert 0 <= told.at <= len(text)
        return
    figures = BudgetFigures(budget_of(example_data()))
    found = Reckoner(facts_of(figures), figures.document, LANGUAGE.functions(PACK.options)).value(node, NAMES)
    assert found is None or isinstance(found, Decimal | str)
