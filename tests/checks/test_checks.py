"""Every rule of a budget: what it passes, what it finds, where, in which words, and with which figures.

The cases are small changes to a real budget that is right; the bounds of rounding are tried on a
budget of three figures.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import dataclass
from decimal import Decimal

import pytest

from gongkai import checks
from gongkai.checks.budget.rules import RULES
from gongkai.checks.final.rules import RULES as FINAL_RULES
from gongkai.checks.rule import Rule
from gongkai.checks.run import check
from gongkai.findings import Finding, Level, Path
from gongkai.model.budget.budget import Budget
from support.edits import Edit, _at, drop, put
from support.examples import Data, budget_of, example_data

# --------------------------------------------------------------------------------------
# Changes to a file


def add(*path: str | int, item: object) -> Edit:
    """One more entry at the end of a list."""

    def edit(data: Data) -> None:
        _at(data, path).append(item)

    return edit


def findings(code: str, *edits: Edit) -> list[Finding]:
    """What one rule finds in the example after some changes."""
    data = example_data()
    for edit in edits:
        edit(data)
    return [finding for finding in check(budget_of(data)) if finding.code == code]


# --------------------------------------------------------------------------------------
# The table of cases


@dataclass(frozen=True)
class Bad:
    """Changes that make the example wrong, and the one finding that they earn."""

    code: str
    edits: tuple[Edit, ...]
    path: Path
    message: str
    stated: str | None = None
    expected: str | None = None
    difference: str | None = None
    level: Level = Level.ERROR


@dataclass(frozen=True)
class Good:
    """Changes that come near to a mistake, and are none."""

    code: str
    why: str
    edits: tuple[Edit, ...]


def explained(prior: str = "0", reason: str = "本年新增") -> Data:
    return {"上年": prior, "原因": reason}


# Positions in the example.
OTHER_TRADE = ("支出", 2)  # 2011399: 一般公共预算 20.00 and 单位资金 501.02, projects only
TRADE_PROJECT = ("项目", 2)  # 商务工作经费, 一般公共预算 20.00

GOVERNMENT_ITEM = {
    "科目": "2120803",
    "人员经费": {"政府性基金预算": "3.00"},
    "公用经费": {"政府性基金预算": "2.00"},
    "变动": {"政府性基金预算": explained()},
}

NOTHING_ITEM = {"科目": "2050199", "变动": {"一般公共预算": explained()}}
LAST_YEARS_ITEM = {"科目": "2050199", "变动": {"一般公共预算": explained("1.00", "项目已经完成")}}

BAD = [
    Bad(
        "GK301",
        (put("支出", 0, "科目", value="2011391"),),
        ("支出", 0, "科目"),
        "支出功能分类目录里没有编码 2011391；是否想写 2011399（其他商贸事务支出）、2011301（行政运行）？",
    ),
    Bad(
        "GK301",
        (put("支出", 0, "科目", value="2987654"),),
        ("支出", 0, "科目"),
        "支出功能分类目录里没有编码 2987654，连 298 也没有；是否想写 208（社会保障和就业支出）？",
    ),
    Bad(
        "GK301",
        (put(*TRADE_PROJECT, "资金", 0, "科目", value="2011391"),),
        (*TRADE_PROJECT, "资金", 0, "科目"),
        "支出功能分类目录里没有编码 2011391；是否想写 2011399（其他商贸事务支出）、2011301（行政运行）？",
    ),
    Bad(
        "GK301",
        (put("支出用途", "218", value="科技支出"),),
        ("支出用途", "218"),
        "支出功能分类目录里没有编码 218；"
        "是否想写 210（卫生健康支出）、208（社会保障和就业支出）、211（节能环保支出）等？",
    ),
    Bad(
        "GK302",
        (put("基本支出经济分类", "30198", value="0"),),
        ("基本支出经济分类", "30198"),
        "部门预算支出经济分类目录里没有编码 30198；"
        "是否想写 30199（其他工资福利支出）、30108（机关事业单位基本养老保险缴费）？",
    ),
    Bad(
        "GK302",
        (put(*TRADE_PROJECT, "资金", 0, "经济分类", value="305"),),
        (*TRADE_PROJECT, "资金", 0, "经济分类"),
        "部门预算支出经济分类目录里没有编码 305；"
        "是否想写 301（工资福利支出）、302（商品和服务支出）、303（对个人和家庭的补助）等？",
    ),
    Bad(
        "GK303",
        (put("科目名称", "2011301", value="行政经费"),),
        ("科目名称", "2011301"),
        "2011301 在目录里叫“行政运行”，这里写的是“行政经费”",
        level=Level.WARNING,
    ),
    Bad(
        "GK303",
        (put("科目名称", "2010101", value="行政经费"),),
        ("科目名称", "2010101"),
        "2010101 在目录里叫“行政运行”，这里写的是“行政经费”（目录的这一条没有核实过，以批复的名称为准）",
        level=Level.HINT,
    ),
    Bad(
        "GK301",
        (put("支出", 0, "科目", value="2200601"),),
        ("支出", 0, "科目"),
        "支出功能分类目录没有收录 22006（耕地保护考核奖惩基金支出）下面的科目，不知道 2200601 的名称",
    ),
    Bad(
        "GK304",
        (add("支出", item={"科目": "2011350", "变动": {"一般公共预算": explained("0")}}),),
        ("支出", 5, "科目"),
        "科目 2011350 与第 2 条重复",
    ),
    Bad(
        "GK401",
        (put("基本支出经济分类", "30201", value="6.00"),),
        ("基本支出经济分类",),
        "基本支出经济分类合计 526.70 万元，各科目的一般公共预算基本支出合计 525.70 万元，相差 1.00 万元"
        "；差额恰是“基本支出经济分类 › 30206”的数",
        "526.70",
        "525.70",
        "1.00",
    ),
    Bad(
        "GK401",
        (put("基本支出经济分类", "30201", value="5.01"),),
        ("基本支出经济分类",),
        "基本支出经济分类合计 525.71 万元，各科目的一般公共预算基本支出合计 525.70 万元，相差 0.01 万元"
        "（在四舍五入的误差之内）；公开表上这两处印的应是一个数，请核对，"
        "确是四舍五入的，在“核定数 › 一般公共预算基本支出”写批复的数",
        "525.71",
        "525.70",
        "0.01",
    ),
    Bad(
        "GK402",
        (put(*TRADE_PROJECT, "资金", 0, "金额", value="18.50"),),
        (*OTHER_TRADE, "项目支出", "一般公共预算"),
        "科目 2011399 的项目支出（一般公共预算） 20.00 万元，各项目资金合计 18.50 万元，相差 1.50 万元",
        "20.00",
        "18.50",
        "1.50",
    ),
    Bad(
        "GK402",
        (drop(*OTHER_TRADE, "项目支出", "一般公共预算"),),
        (*OTHER_TRADE, "项目支出", "一般公共预算"),
        "科目 2011399 的项目支出（一般公共预算） 0.00 万元，各项目资金合计 20.00 万元，相差 20.00 万元",
        "0",
        "20.00",
        "-20.00",
    ),
    Bad(
        "GK402",
        (add(*TRADE_PROJECT, "资金", item={"科目": "2011302", "来源": "单位资金", "经济分类": "302", "金额": "7"}),),
        (*TRADE_PROJECT, "资金", 1, "科目"),
        "项目用了科目 2011302（单位资金）7.00 万元，“支出”里没有这个科目",
    ),
    Bad(
        "GK403",
        (put("收入", "单位资金", "构成", value={"其他收入": "500.00", "事业收入": "1.00"}),),
        ("收入", "单位资金", "构成"),
        "单位资金的构成合计 501.00 万元，支出中的单位资金 501.12 万元，相差 0.12 万元",
        "501.00",
        "501.12",
        "-0.12",
    ),
    Bad(
        "GK404",
        (put("核定数", value={"收支总计": "1,046.00", "财政拨款": "545.70"}),),
        ("核定数", "收支总计"),
        "核定的收支总计 1,046.00 万元，各项合计 1,046.82 万元，相差 0.82 万元"
        "；合计由 7 处的数得出，gongkai trace 可以逐个列出",
        "1046.00",
        "1046.82",
        "-0.82",
    ),
    Bad(
        "GK404",
        (put("核定数", value={"财政拨款": "645.70"}),),
        ("核定数", "财政拨款"),
        "核定的财政拨款 645.70 万元，各项合计 545.70 万元，相差 100.00 万元"
        "；合计由 5 处的数得出，gongkai trace 可以逐个列出",
        "645.70",
        "545.70",
        "100.00",
    ),
    Bad(
        "GK404",
        (put("核定数", value={"基本支出": "520.70"}),),
        ("核定数", "基本支出"),
        "核定的基本支出 520.70 万元，各项合计 525.70 万元，相差 5.00 万元"
        "；合计由 4 处的数得出，gongkai trace 可以逐个列出",
        "520.70",
        "525.70",
        "-5.00",
    ),
    Bad(
        "GK404",
        (put("核定数", value={"项目支出": "512.12"}),),
        ("核定数", "项目支出"),
        "核定的项目支出 512.12 万元，各项合计 521.12 万元，相差 9.00 万元"
        "；合计由“支出 › 第1条 › 项目支出 › 单位资金”、“支出 › 第3条 › 项目支出 › 一般公共预算”、"
        "“支出 › 第3条 › 项目支出 › 单位资金”相加得出",
        "512.12",
        "521.12",
        "-9.00",
    ),
    Bad(
        "GK404",
        (put("核定数", value={"财政拨款": "545.71"}),),
        ("核定数", "财政拨款"),
        "核定的财政拨款 545.71 万元，各项合计 545.70 万元，相差 0.01 万元"
        "（在四舍五入的误差之内，公开文件各处印核定数）",
        "545.71",
        "545.70",
        "0.01",
        Level.WARNING,
    ),
    Bad(
        "GK441",
        (put("核定数", value={"一般公共预算基本支出": "525.72"}),),
        ("核定数", "一般公共预算基本支出"),
        "印出的收支总计 1,046.82 万元，基本支出、项目支出相加 1,046.84 万元，相差 0.02 万元",
        "1046.82",
        "1046.84",
        "-0.02",
    ),
    Bad(
        "GK441",
        (put("核定数", value={"一般公共预算": "545.71", "财政拨款": "545.69"}),),
        ("核定数", "一般公共预算"),
        "核定的一般公共预算 545.71 万元，同一笔钱的另一个核定数 545.69 万元，相差 0.02 万元",
        "545.71",
        "545.69",
        "0.02",
    ),
    Bad(
        "GK442",
        (put("核定数", value={"收支总计": "1046.84", "基本支出": "525.71", "项目支出": "521.13"}),),
        ("核定数", "收支总计"),
        "印出的收支总计 1,046.84 万元，表上各类相加 1,046.82 万元，相差 0.02 万元",
        "1046.84",
        "1046.82",
        "0.02",
        Level.WARNING,
    ),
    Bad(
        "GK405",
        (put("支出变动", "一般公共预算项目支出", "上年", value="10"),),
        ("支出变动",),
        "一般公共预算基本支出、项目支出的上年数合计 496.40 万元，收入、各科目两处都是 486.40 万元，相差 10.00 万元",
        "496.40",
        "486.40",
        "10.00",
    ),
    Bad(
        "GK405",
        (put("支出", 0, "变动", "一般公共预算", "上年", value="200.14"),),
        ("支出",),
        "各科目一般公共预算的上年数合计 396.40 万元，收入、支出变动两处都是 486.40 万元，相差 90.00 万元",
        "396.40",
        "486.40",
        "-90.00",
    ),
    Bad(
        "GK406",
        (put("支出变动", "项目支出", "上年", value="1.18"),),
        ("支出变动",),
        "基本支出、项目支出的上年数合计 487.58 万元，各项收入的上年数合计 486.58 万元，相差 1.00 万元",
        "487.58",
        "486.58",
        "1.00",
    ),
    Bad(
        "GK407",
        (put("三公经费", "公务用车运行费", "一般公共预算", value="3.50"),),
        ("三公经费", "公务用车运行费"),
        "公务用车运行费 3.50 万元，小于基本支出经济分类里 30231 的 4.00 万元，相差 0.50 万元",
        "3.50",
        "4.00",
        "-0.50",
    ),
    Bad(
        "GK407",
        (put("基本支出经济分类", "30217", value="0.30"),),
        ("三公经费", "公务接待费"),
        "公务接待费 0.00 万元，小于基本支出经济分类里 30217 的 0.30 万元，相差 0.30 万元",
        "0",
        "0.30",
        "-0.30",
    ),
    Bad(
        "GK407",
        (put("基本支出经济分类", "30212", value="0.30"),),
        ("三公经费", "因公出国（境）费"),
        "因公出国（境）费 0.00 万元，小于基本支出经济分类里 30212 的 0.30 万元，相差 0.30 万元",
        "0",
        "0.30",
        "-0.30",
    ),
    Bad(
        "GK407",
        (put("基本支出经济分类", "31013", value="18"),),
        ("三公经费", "公务用车购置费"),
        "公务用车购置费 0.00 万元，小于基本支出经济分类里 31013 的 18.00 万元，相差 18.00 万元",
        "0",
        "18",
        "-18",
    ),
    Bad(
        "GK408",
        (put("政府采购", "面向小微企业", value="230.48"),),
        ("政府采购", "面向小微企业"),
        "面向小微企业 230.48 万元，大于面向中小企业 230.47 万元，相差 0.01 万元",
        "230.48",
        "230.47",
        "0.01",
    ),
    Bad(
        "GK408",
        (put("政府采购", "面向中小企业", value="240"),),
        ("政府采购", "面向中小企业"),
        "面向中小企业 240.00 万元，大于政府采购预算 233.65 万元，相差 6.35 万元",
        "240",
        "233.65",
        "6.35",
    ),
    Bad(
        "GK409",
        (put("整体绩效目标", "指标", 0, "权重", value="40"),),
        ("整体绩效目标", "指标"),
        "指标权重合计 100，应为 90，相差 10",
        "100",
        "90",
        "10",
        Level.WARNING,
    ),
    Bad(
        "GK409",
        (put(*TRADE_PROJECT, "绩效目标", "指标", 0, "权重", value="4.5"),),
        (*TRADE_PROJECT, "绩效目标", "指标"),
        "指标权重合计 89.5，应为 90，相差 0.5",
        "89.5",
        "90",
        "-0.5",
        Level.WARNING,
    ),
    Bad(
        "GK410",
        (add("支出", item={**GOVERNMENT_ITEM, "基本支出": {"政府性基金预算": "1.00"}}),),
        ("支出", 5, "基本支出", "政府性基金预算"),
        "政府性基金预算的基本支出没有分人员经费和公用经费",
    ),
    Bad(
        "GK410",
        (put("支出", 1, "基本支出", "一般公共预算结转", value="2.00"),),
        ("支出", 1, "基本支出", "一般公共预算结转"),
        "一般公共预算结转的基本支出没有分人员经费和公用经费",
    ),
    Bad(
        "GK411",
        (put("支出", 1, "人员经费", value={"一般公共预算": "160.22"}), drop("支出", 1, "基本支出")),
        ("支出", 1, "人员经费", "一般公共预算"),
        "一般公共预算不用另写“人员经费”",
    ),
    Bad(
        "GK411",
        (put("支出", 1, "公用经费", value={"上级一般公共预算转移支付": "1"}),),
        ("支出", 1, "公用经费", "上级一般公共预算转移支付"),
        "上级一般公共预算转移支付不用另写“公用经费”",
    ),
    Bad(
        "GK421",
        (drop("收入", "单位资金"),),
        ("收入", "单位资金"),
        "“收入”里没有写“单位资金”的上年数和原因（本年 501.12 万元）",
    ),
    Bad(
        "GK421",
        (put("支出", 1, "公用经费", value={"财政专户结转结余": "0.50"}),),
        ("收入", "上年结转结余"),
        "“收入”里没有写“上年结转结余”的上年数和原因（本年 0.50 万元）",
    ),
    Bad(
        "GK421",
        (drop("支出变动", "一般公共预算项目支出"),),
        ("支出变动", "一般公共预算项目支出"),
        "“支出变动”里没有写“一般公共预算项目支出”的上年数和原因（本年 20.00 万元）",
    ),
    Bad(
        "GK421",
        (drop("支出变动", "基本支出"),),
        ("支出变动", "基本支出"),
        "“支出变动”里没有写“基本支出”的上年数和原因（本年 525.70 万元）",
    ),
    Bad(
        "GK421",
        (drop("支出", 3, "变动"),),
        ("支出", 3, "变动"),
        "科目 2080501 的“变动”里没有写“一般公共预算”的上年数和原因（本年 30.52 万元）",
    ),
    Bad(
        "GK421",
        (put("收入", "政府性基金预算", value=explained()), add("支出", item={**GOVERNMENT_ITEM, "变动": {}})),
        ("支出", 5, "变动"),
        "科目 2120803 的“变动”里没有写“政府性基金预算”的上年数和原因（本年 5.00 万元）",
    ),
    Bad(
        "GK422",
        (drop(*TRADE_PROJECT, "政策依据"),),
        (*TRADE_PROJECT, "政策依据"),
        "项目“商务工作经费”没有写“政策依据”",
    ),
    Bad(
        "GK422",
        (drop(*TRADE_PROJECT, "资金分配"),),
        (*TRADE_PROJECT, "资金分配"),
        "项目“商务工作经费”没有写“资金分配”",
    ),
    Bad(
        "GK422",
        (drop(*TRADE_PROJECT, "执行时间"),),
        (*TRADE_PROJECT, "执行时间"),
        "项目“商务工作经费”没有写“执行时间”",
    ),
    Bad(
        "GK423",
        (drop("整体绩效目标"),),
        ("整体绩效目标",),
        "没有整体绩效目标",
        level=Level.WARNING,
    ),
    Bad(
        "GK423",
        (drop(*TRADE_PROJECT, "绩效目标"), put("未公开绩效目标原因", value="由援疆单位填报")),
        (*TRADE_PROJECT, "绩效目标"),
        "项目“商务工作经费”没有绩效目标",
        level=Level.WARNING,
    ),
    Bad(
        "GK424",
        (drop("支出用途", "208"),),
        ("支出用途", "208"),
        "没有写 208 社会保障和就业支出主要用于什么",
        level=Level.WARNING,
    ),
    Bad(
        "GK425",
        (put("公开日期", value="2025-01-03"),),
        ("公开日期",),
        "2024 年预算的公开日期是 2025 年",
        level=Level.WARNING,
    ),
    Bad(
        "GK305",
        (put("支出", 0, "科目", value="2010308"),),
        ("支出", 0, "科目"),
        "科目 2010308 从 2024 年起停用，改用 20140（信访事务）",
        level=Level.WARNING,
    ),
    Bad(
        "GK306",
        (
            put("年度", value="2023"),
            put("支出", 0, "科目", value="2014004"),
        ),
        ("支出", 0, "科目"),
        "科目 2014004 从 2024 年起才有，本文件是 2023 年的",
        level=Level.WARNING,
    ),
    Bad(
        "GK309",
        (put("年度", value="2026"), put("公开日期", value="2026-02-25"), put("科目名称", "2011301", value="行政经费")),
        ("年度",),
        "科目目录到 2025 年为止，不知道 2026 年新设、改名和停用的科目",
        level=Level.HINT,
    ),
    Bad(
        "GK307",
        (put("支出", 0, "科目", value="2011300"),),
        ("支出", 0, "科目"),
        "2011300 是“款”级科目 20113（商贸事务）补零而成的，不是“项”级编码",
    ),
    Bad(
        "GK307",
        (put("支出", 0, "科目", value="2010000"),),
        ("支出", 0, "科目"),
        "2010000 是“类”级科目 201（一般公共服务支出）补零而成的，不是“项”级编码",
    ),
    Bad(
        "GK308",
        (put("支出", 0, "科目", value="2120803"),),
        ("支出", 0),
        "科目 2120803 有一般公共预算，这个科目是政府性基金预算的",
        level=Level.WARNING,
    ),
    Bad(
        "GK308",
        (put("支出", 1, "项目支出", value={"国有资本经营预算": "1.00"}),),
        ("支出", 1),
        "科目 2011350 有国有资本经营预算，国有资本经营预算支出应列 223 类",
        level=Level.WARNING,
    ),
    Bad(
        "GK405",
        (put("收入", "一般公共预算", "上年", value="496.40"),),
        ("收入", "一般公共预算"),
        "收入里一般公共预算的上年数 496.40 万元，支出变动、各科目两处都是 486.40 万元，相差 10.00 万元",
        "496.4",
        "486.4",
        "10",
    ),
    Bad(
        "GK405",
        (
            put("收入", "一般公共预算", "上年", value="496.40"),
            put("支出", 0, "变动", "一般公共预算", "上年", value="290.00"),
        ),
        ("收入", "一般公共预算"),
        "一般公共预算的上年数三处互不相同：收入 496.40 万元，支出变动 486.40 万元，各科目 486.26 万元",
        "496.4",
        "486.4",
        "10",
    ),
    Bad(
        "GK405",
        (put("收入", "一般公共预算", "上年", value="486.41"),),
        ("收入", "一般公共预算"),
        "收入里一般公共预算的上年数 486.41 万元，"
        "支出变动、各科目两处都是 486.40 万元，相差 0.01 万元（在四舍五入的误差之内）",
        "486.41",
        "486.4",
        "0.01",
        level=Level.WARNING,
    ),
    Bad(
        "GK405",
        (
            put("收入", "一般公共预算", "上年", value="486.41"),
            put("支出变动", "一般公共预算项目支出", "上年", value="0.02"),
        ),
        ("收入", "一般公共预算"),
        "一般公共预算的上年数三处互不相同：收入 486.41 万元，"
        "支出变动 486.42 万元，各科目 486.40 万元（在四舍五入的误差之内）",
        "486.41",
        "486.42",
        "-0.01",
        level=Level.WARNING,
    ),
    Bad(
        "GK405",
        (put("收入", "国有资本经营预算", value=explained("3.00")),),
        ("支出",),
        "各科目国有资本经营预算的上年数合计 0.00 万元，收入里国有资本经营预算的上年数 3.00 万元，相差 3.00 万元",
        "0",
        "3",
        "-3",
    ),
    Bad(
        "GK407",
        (put(*TRADE_PROJECT, "资金", 0, "经济分类", value="30217"),),
        ("三公经费", "公务接待费"),
        "公务接待费 0.00 万元，小于基本支出和项目里 30217 的 20.00 万元，相差 20.00 万元",
        "0",
        "20",
        "-20",
    ),
    Bad(
        "GK412",
        (put("三公经费", "公务用车运行费", "一般公共预算", value="24.10"),),
        ("三公经费", "公务用车运行费"),
        "因公出国（境）费、公务接待费、公务用车运行费 24.10 万元，"
        "大于基本支出同名款和项目里商品和服务支出的合计 24.00 万元，相差 0.10 万元",
        "24.1",
        "24",
        "0.1",
        level=Level.WARNING,
    ),
    Bad(
        "GK412",
        (put("三公经费", "公务用车购置费", "一般公共预算", value="18"),),
        ("三公经费", "公务用车购置费"),
        "公务用车购置费 18.00 万元，大于基本支出同名款和项目里资本性支出的合计 0.00 万元，相差 18.00 万元",
        "18",
        "0",
        "18",
        level=Level.WARNING,
    ),
    Bad(
        "GK413",
        (put("三公经费", "公务接待费", "政府性基金预算", value="0.50"),),
        ("三公经费",),
        "政府性基金预算的“三公”经费 0.50 万元，大于政府性基金预算支出 0.00 万元，相差 0.50 万元",
        "0.5",
        "0",
        "0.5",
    ),
    Bad(
        "GK414",
        (drop("国有资产", "车辆"),),
        ("三公经费", "公务用车运行费"),
        "公务用车运行费 12.00 万元，而车辆 0 辆，也没有购置",
        level=Level.WARNING,
    ),
    Bad(
        "GK415",
        (put("国有资产", "本年购置", value={"车辆经费": "18"}),),
        ("国有资产", "本年购置", "车辆经费"),
        "本年购置的车辆经费 18.00 万元，公务用车购置费 0.00 万元，相差 18.00 万元",
        "18",
        "0",
        "18",
        level=Level.WARNING,
    ),
    Bad(
        "GK416",
        (put("概况", "人员", "编制数", value="25"),),
        ("概况", "人员", "编制数"),
        "在职 26 人，大于编制数 25，相差 1 人",
        "26",
        "25",
        "1",
        level=Level.WARNING,
    ),
    Bad(
        "GK417",
        (put(*TRADE_PROJECT, "绩效目标", "指标", 9, "指标值", value="<=9万元"),),
        ("项目", 2, "绩效目标", "指标"),
        "项目“商务工作经费”的成本指标合计 21.00 万元，项目资金 20.00 万元，相差 1.00 万元",
        "21",
        "20",
        "1",
        level=Level.WARNING,
    ),
    Bad(
        "GK418",
        (),
        ("项目", 0, "资金"),
        "项目“2023年单位其他资金账户结余资金”50.12 万元，来源都是本年的，没有上年结转结余",
        level=Level.WARNING,
    ),
    Bad(
        "GK419",
        (),
        ("项目", 1, "绩效目标", "指标", 21, "指标值"),
        "“招商引资到位资金增长（%）”的指标值是 >=15%，整体绩效目标里是 >=16%",
        level=Level.WARNING,
    ),
    Bad(
        "GK420",
        (
            put("支出变动", "一般公共预算基本支出", "上年", value="486.40"),
            put("支出变动", "基本支出", "上年", value="480"),
            put("支出变动", "项目支出", "上年", value="6.58"),
        ),
        ("支出变动", "一般公共预算基本支出", "上年"),
        "一般公共预算基本支出的上年数 486.40 万元，大于全部资金基本支出的 480.00 万元，相差 6.40 万元",
        "486.4",
        "480",
        "6.4",
    ),
    Bad(
        "GK426",
        (
            drop("基本支出经济分类", "30110"),
            drop("基本支出经济分类", "30113"),
            put("基本支出经济分类", "30108", value="48.50"),
        ),
        ("基本支出经济分类", "30108"),
        "30108 机关事业单位基本养老保险缴费 48.50 万元，功能科目 2080505 的基本支出 47.50 万元，相差 1.00 万元",
        "48.5",
        "47.5",
        "1",
        level=Level.WARNING,
    ),
    Bad(
        "GK426",
        (drop("基本支出经济分类", "30113"),),
        ("基本支出经济分类", "30110"),
        "30110 职工基本医疗保险缴费 16.50 万元，没有对应的功能科目 2101101、2101102",
        level=Level.WARNING,
    ),
    Bad(
        "GK426",
        (
            drop("基本支出经济分类", "30110"),
            drop("基本支出经济分类", "30113"),
            drop("基本支出经济分类", "30108"),
        ),
        ("基本支出经济分类", "30108"),
        "30108 机关事业单位基本养老保险缴费 0.00 万元，功能科目 2080505 的基本支出 47.50 万元，相差 47.50 万元",
        "0",
        "47.5",
        "-47.5",
        level=Level.WARNING,
    ),
    Bad(
        "GK427",
        (put("机关运行经费", "上年", value="2.03"),),
        ("机关运行经费",),
        "机关运行经费本年 20.36 万元，上年 2.03 万元，相差 18.33 万元，变动超过一半",
        "20.36",
        "2.03",
        "18.33",
        level=Level.WARNING,
    ),
    Bad(
        "GK428",
        (put("概况", "人员", "在职", "人数", value="5"),),
        ("基本支出经济分类",),
        "人员经费 505.34 万元，在职 5 人，平均每人 101.068 万元，不合常理",
        level=Level.WARNING,
    ),
    Bad(
        "GK428",
        (put("概况", "人员", "在职", "人数", value="600"),),
        ("基本支出经济分类",),
        "人员经费 505.34 万元，在职 600 人，平均每人 0.842233 万元，不合常理",
        level=Level.WARNING,
    ),
    Bad(
        "GK429",
        (put("支出变动", "基本支出", "上年", value="0.50"),),
        ("支出变动",),
        "收支总计本年 1,046.82 万元，上年 0.68 万元，相差 1,046.14 万元，像是元和万元弄混了",
        "1046.82",
        "0.68",
        "1046.14",
        level=Level.WARNING,
    ),
    Bad(
        "GK429",
        (put("三公经费", "公务用车运行费", "上年", value="0.0004"),),
        ("三公经费", "公务用车运行费", "上年"),
        "公务用车运行费本年 12.00 万元，上年 0.0004 万元，相差 11.9996 万元，像是元和万元弄混了",
        "12",
        "0.0004",
        "11.9996",
        level=Level.WARNING,
    ),
    Bad(
        "GK430",
        (put("三公经费", "公务用车运行费", "上年", value="120000"),),
        ("三公经费", "公务用车运行费", "上年"),
        "公务用车运行费本年 12.00 万元，上年 120,000.00 万元，相差 119,988.00 万元，数字相同，小数点差 4 位",
        "12",
        "120000",
        "-119988",
        level=Level.WARNING,
    ),
    Bad(
        "GK430",
        (put("支出", 0, "变动", "一般公共预算", "上年", value="28.746"),),
        ("支出", 0, "变动", "一般公共预算", "上年"),
        "科目 2011301 的一般公共预算本年 287.46 万元，上年 28.746 万元，相差 258.714 万元，数字相同，小数点差 1 位",
        "287.46",
        "28.746",
        "258.714",
        level=Level.WARNING,
    ),
    Bad(
        "GK431",
        (
            drop("支出", 0, "基本支出"),
            put("支出", 1, "基本支出", "一般公共预算", value="447.68"),
        ),
        ("支出", 0),
        "科目 2011301 上年 290.14 万元，本年没有；同款的 2011350 增加了 317.11 万元",
        level=Level.WARNING,
    ),
    Bad(
        "GK446",
        (drop(*TRADE_PROJECT, "资金", 0, "经济分类"),),
        (*TRADE_PROJECT, "资金", 0, "经济分类"),
        "项目“商务工作经费”的一般公共预算 20.00 万元，没有写“经济分类”",
    ),
    Bad(
        "GK447",
        (drop("收入", "单位资金", "构成"),),
        ("收入", "单位资金", "构成"),
        "单位资金 501.12 万元，没有写“构成”，表1里将全部印作“其他收入”",
        level=Level.WARNING,
    ),
    Bad(
        "GK486",
        (put("收入", "财政专户", value=explained(reason="新增教育收费")),),
        ("收入", "财政专户", "原因"),
        "“收入 › 财政专户 › 原因”写了，但没有印出来：财政专户本年和上年都是 0",
        level=Level.WARNING,
    ),
    Bad(
        "GK486",
        (put(*OTHER_TRADE, "变动", "单位资金", value=explained()),),
        (*OTHER_TRADE, "变动", "单位资金", "原因"),
        "“支出 › 第3条 › 变动 › 单位资金 › 原因”写了，但"
        "没有印出来：各科目只说明财政拨款的变动，单位资金的变动写在“收入”里",
        level=Level.WARNING,
    ),
    Bad(
        "GK486",
        (put(*OTHER_TRADE, "变动", "政府性基金预算", value=explained()),),
        (*OTHER_TRADE, "变动", "政府性基金预算", "原因"),
        "“支出 › 第3条 › 变动 › 政府性基金预算 › 原因”写了，但"
        "没有印出来：科目 2011399 的政府性基金预算本年和上年都是 0",
        level=Level.WARNING,
    ),
    Bad(
        "GK486",
        (put("支出用途", "205", value="教师工资"),),
        ("支出用途", "205"),
        "“支出用途 › 205”写了，但没有印出来：205 教育支出本年没有财政拨款",
        level=Level.WARNING,
    ),
    Bad(
        "GK486",
        (put("补充说明", value={"重点工作": "办好展会"}),),
        ("补充说明", "重点工作"),
        "“补充说明 › 重点工作”写了，但没有印出来：所用的模板包没有用到它；请核对名称，或看模板包的说明",
        level=Level.WARNING,
    ),
    Bad(
        "GK486",
        (put("科目名称", value={"2050199": "其他教育管理事务"}),),
        ("科目名称", "2050199"),
        "“科目名称 › 2050199”写了，但没有印出来：各表和说明里没有这个科目",
        level=Level.WARNING,
    ),
    Bad(
        "GK486",
        (put("项目", 0, "政策依据", value="按合作协议"),),
        ("项目", 0, "政策依据"),
        "“项目 › 第1条 › 政策依据”写了，但没有印出来：情况说明逐个介绍的只有一般公共预算的项目",
        level=Level.WARNING,
    ),
    Bad(
        "GK486",
        (put("未公开绩效目标原因", value="由援疆单位填报"),),
        ("未公开绩效目标原因",),
        "“未公开绩效目标原因”写了，但没有印出来：没有缺绩效目标表的非财政拨款项目",
        level=Level.WARNING,
    ),
    Bad(
        "GK487",
        (add("支出", item={"科目": "2050199", "变动": {"一般公共预算": explained()}}),),
        ("支出", 5),
        "科目 2050199 其他教育管理事务支出本年和上年都是 0，各表和说明都不列它",
        level=Level.WARNING,
    ),
    Bad("GK432", (drop("政府采购"),), ("政府采购",), "没有写“政府采购”，金额将印出 0.00", level=Level.WARNING),
    Bad("GK432", (drop("国有资产"),), ("国有资产",), "没有写“国有资产”，价值将印出 0.00", level=Level.WARNING),
    Bad(
        "GK433",
        (put("概况", "人员", "退休", "增减", value="16"),),
        ("概况", "人员", "退休"),
        "退休 15 人，比上年增加 16 人",
    ),
    Bad(
        "GK434",
        (put("政府采购", "货物", value="400"),),
        ("政府采购",),
        "政府采购 632.00 万元，大于人员经费以外的全部支出 541.48 万元，相差 90.52 万元",
        "632",
        "541.48",
        "90.52",
        level=Level.WARNING,
    ),
    Bad(
        "GK435",
        (put("机关运行经费", "上年", value="500"),),
        ("机关运行经费", "上年"),
        "机关运行经费的上年数 500.00 万元，大于一般公共预算基本支出的上年数 486.40 万元，相差 13.60 万元",
        "500",
        "486.4",
        "13.6",
        level=Level.WARNING,
    ),
    Bad(
        "GK436",
        (put("国有资产", "车辆", "一般公务用车", "价值", value="0"),),
        ("国有资产", "车辆"),
        "一般公务用车 3 辆，价值 0.00 万元",
        level=Level.WARNING,
    ),
    Bad(
        "GK436",
        (put("国有资产", "房屋", value={"价值": "12.00"}),),
        ("国有资产", "房屋"),
        "房屋面积为 0，价值 12.00 万元",
        level=Level.WARNING,
    ),
    Bad(
        "GK438",
        (put("机关运行经费", "本年", value="21.00"),),
        ("机关运行经费", "本年"),
        "机关运行经费的本年数 21.00 万元，只有公用经费 20.36 万元，相差 0.64 万元",
        "21.00",
        "20.36",
        "0.64",
    ),
    Bad(
        "GK439",
        (put("支出用途", "208", value={"一般公共预算": "社保", "政府性基金预算": "移民"}),),
        ("支出用途", "208", "政府性基金预算"),
        "208 社会保障和就业支出本年没有政府性基金预算，写了它的用途，不会印出",
        level=Level.WARNING,
    ),
    Bad(
        "GK440",
        (put("国有资产", "100万元以上设备", value="1"),),
        ("国有资产", "100万元以上设备"),
        "100万元以上设备 1 台（套），50万元以上设备 0 台（套）",
        "1",
        "0",
        "1",
        level=Level.WARNING,
    ),
    Bad(
        "GK440",
        (put("国有资产", "本年购置", value={"50万元以上设备": "1", "100万元以上设备": "3"}),),
        ("国有资产", "本年购置", "100万元以上设备"),
        "100万元以上设备 3 台（套），50万元以上设备 1 台（套）",
        "3",
        "1",
        "2",
        level=Level.WARNING,
    ),
    Bad(
        "GK437",
        (
            put(*TRADE_PROJECT, "绩效目标", "指标", 1, "三级", value="保障在职人员"),
            put(*TRADE_PROJECT, "绩效目标", "指标", 1, "指标值", value="=24人"),
        ),
        ("项目", 2, "绩效目标", "指标", 1, "指标值"),
        "“保障在职人员”24 人，在职 26 人",
        "24",
        "26",
        "-2",
        level=Level.WARNING,
    ),
]

GOOD = [
    Good(
        "GK301",
        "a new code is named in the file",
        (put("支出", 0, "科目", value="2011391"), put("科目名称", "2011391", value="新设科目")),
    ),
    Good(
        "GK302",
        "a new economic code is named in the file, with its 类",
        (
            put("基本支出经济分类", "30501", value="0"),
            put("科目名称", "30501", value="新设款"),
            put("科目名称", "305", value="新设类"),
        ),
    ),
    Good("GK303", "the name is the catalogue's", (put("科目名称", "2011301", value="行政运行"),)),
    Good(
        "GK303",
        "names of a year that the catalogue does not know",
        (put("年度", value="2026"), put("科目名称", "2011301", value="行政经费")),
    ),
    Good("GK309", "the last year of the catalogue", (put("年度", value="2025"),)),
    Good("GK303", "the code is not in the catalogue", (put("科目名称", "2011391", value="新设科目"),)),
    Good("GK304", "every code stands once", ()),
    Good("GK401", "a 款 without money changes no sum", (put("基本支出经济分类", "30202", value="0.00"),)),
    Good(
        "GK401",
        "money moved from one 款 to another leaves the sum",
        (put("基本支出经济分类", "30201", value="4.00"), put("基本支出经济分类", "30202", value="1.00")),
    ),
    Good(
        "GK402",
        "a project's money may stand in several lines",
        (
            put(*TRADE_PROJECT, "资金", 0, "金额", value="15"),
            add(
                *TRADE_PROJECT,
                "资金",
                item={"科目": "2011399", "来源": "一般公共预算", "经济分类": "310", "金额": "5"},
            ),
        ),
    ),
    Good("GK403", "without a composition all of it is 其他收入", (drop("收入", "单位资金", "构成"),)),
    Good(
        "GK403",
        "the parts add up",
        (put("收入", "单位资金", "构成", value={"事业收入": "1.12", "其他收入": "500"}),),
    ),
    Good(
        "GK404",
        "all four approved totals are those of the file",
        (
            put(
                "核定数",
                value={"收支总计": "1046.82", "财政拨款": "545.70", "基本支出": "525.70", "项目支出": "521.12"},
            ),
        ),
    ),
    Good(
        "GK404",
        "an approved figure to which the sum rounds",
        (put("支出", 0, "项目支出", "单位资金", value="0.104"), put("核定数", value={"收支总计": "1046.82"})),
    ),
    Good(
        "GK441",
        "approved totals of which each was rounded by itself",
        (put("核定数", value={"一般公共预算基本支出": "525.71", "一般公共预算": "545.70"}),),
    ),
    Good("GK442", "one hundredth is what classes may miss", (put("核定数", value={"收支总计": "1046.83"}),)),
    Good(
        "GK405",
        "transfers of last year count as 一般公共预算",
        (
            put("收入", "一般公共预算", "上年", value="480.40"),
            put("收入", "上级一般公共预算转移支付", value=explained("6.00")),
        ),
    ),
    Good(
        "GK406",
        "money carried over last year counts on both sides",
        (
            put("收入", "上年结转结余", value=explained("2.00")),
            put("支出变动", "基本支出", "上年", value="488.40"),
        ),
    ),
    Good("GK407", "as much as basic spending", (put("三公经费", "公务用车运行费", "一般公共预算", value="4"),)),
    Good(
        "GK408",
        "all of it is reserved for small firms",
        (put("政府采购", "面向中小企业", value="233.65"), put("政府采购", "面向小微企业", value="233.65")),
    ),
    Good(
        "GK409",
        "weights may have decimals",
        (
            put("整体绩效目标", "指标", 0, "权重", value="29.5"),
            put("整体绩效目标", "指标", 1, "权重", value="30.5"),
        ),
    ),
    Good("GK410", "人员经费 and 公用经费 are stated", (add("支出", item=GOVERNMENT_ITEM),)),
    Good("GK410", "单位资金 has no such columns", (put("支出", 1, "基本支出", "单位资金", value="1.00"),)),
    Good("GK410", "nothing need not be divided", (put("支出", 1, "基本支出", "政府性基金预算", value="0"),)),
    Good("GK411", "nothing is not stated twice", (put("支出", 1, "人员经费", value={"一般公共预算": "0"}),)),
    Good(
        "GK411", "carried-over money has both columns", (put("支出", 1, "人员经费", value={"一般公共预算结转": "1"}),)
    ),
    Good(
        "GK421",
        "what is nothing this year need not be explained",
        (put("支出", 1, "项目支出", value={"政府性基金预算": "0"}),),
    ),
    Good("GK422", "a project of 单位资金 is not described in section 七", ()),
    Good(
        "GK422",
        "a secret project is not described",
        (put(*TRADE_PROJECT, "涉密", value="是"), drop(*TRADE_PROJECT, "政策依据"), drop(*TRADE_PROJECT, "执行时间")),
    ),
    Good(
        "GK423",
        "a secret project has no table",
        (put(*TRADE_PROJECT, "涉密", value="是"), drop(*TRADE_PROJECT, "绩效目标")),
    ),
    Good(
        "GK423",
        "the file says why projects of other money have none",
        (drop("项目", 0, "绩效目标"), put("未公开绩效目标原因", value="由援疆单位填报")),
    ),
    Good(
        "GK424",
        "a 类 without appropriations needs no use",
        (
            add(
                "支出",
                item={"科目": "2299999", "项目支出": {"单位资金": "1.00"}},
            ),
        ),
    ),
    Good(
        "GK305", "still in force the year before", (put("年度", value="2023"), put("支出", 0, "科目", value="2010308"))
    ),
    Good("GK306", "valid from this year on", (put("支出", 0, "科目", value="2014004"),)),
    Good(
        "GK307",
        "the file names the code itself",
        (put("支出", 0, "科目", value="2011300"), put("科目名称", "2011300", value="新设科目")),
    ),
    Good("GK308", "each budget has subjects of its own", (add("支出", item=GOVERNMENT_ITEM),)),
    Good("GK412", "all of the projects' goods", (put("三公经费", "公务用车运行费", "一般公共预算", value="24"),)),
    Good(
        "GK412",
        "rented vehicles are paid as other costs of traffic",
        (
            put("三公经费", "公务用车运行费", "一般公共预算", value="24.10"),
            put("三公经费", "公务用车运行费", "原因", value="本年租用公务车辆"),
            drop("基本支出经济分类", "30299"),
            put("基本支出经济分类", "30239", value="1.12"),
        ),
    ),
    Good(
        "GK413",
        "as much as the fund spends",
        (add("支出", item=GOVERNMENT_ITEM), put("三公经费", "公务接待费", "政府性基金预算", value="5")),
    ),
    Good(
        "GK414",
        "a first vehicle is bought this year",
        (drop("国有资产", "车辆"), put("三公经费", "公务用车购置费", "一般公共预算", value="18")),
    ),
    Good(
        "GK414",
        "vehicles are rented",
        (drop("国有资产", "车辆"), put("三公经费", "公务用车运行费", "原因", value="车辆均为租赁")),
    ),
    Good("GK414", "vehicles may stand still", (drop("三公经费", "公务用车运行费", "一般公共预算"),)),
    Good(
        "GK415",
        "both say the same",
        (
            put("国有资产", "本年购置", value={"车辆经费": "18"}),
            put("三公经费", "公务用车购置费", "一般公共预算", value="18"),
        ),
    ),
    Good("GK416", "all posts are filled", (put("概况", "人员", "编制数", value="26"),)),
    Good(
        "GK417",
        "a limit in another unit leaves the sum unknown",
        (put(*TRADE_PROJECT, "绩效目标", "指标", 9, "指标值", value="<=900元/人"),),
    ),
    Good("GK418", "the balance is carried over", (put("项目", 0, "资金", 0, "来源", value="单位资金结转结余"),)),
    Good("GK418", "a secret project's name is not told", (put("项目", 0, "涉密", value="是"),)),
    Good("GK419", "there is no overall target", (drop("整体绩效目标"),)),
    Good("GK419", "a secret project's target is not told", (put("项目", 1, "涉密", value="是"),)),
    Good("GK420", "other money had basic spending too", (put("支出变动", "基本支出", "上年", value="490"),)),
    Good(
        "GK426",
        "neither classification has the money",
        (drop("基本支出经济分类", "30110"), drop("基本支出经济分类", "30113")),
    ),
    Good("GK427", "a little more than half, but little", (put("机关运行经费", "上年", value="15.40"),)),
    Good("GK427", "nothing last year", (put("机关运行经费", "上年", value="0"),)),
    Good("GK428", "nobody is left to divide by", (put("概况", "人员", "在职", "人数", value="0"),)),
    Good("GK429", "a new source may grow a thousandfold", (put("收入", "单位资金", "上年", value="0.18"),)),
    Good("GK430", "short figures agree by chance", (put("三公经费", "公务用车运行费", "上年", value="1.2"),)),
    Good(
        "GK431",
        "the other 科目 grew far more",
        (drop("支出", 0, "基本支出"), put("支出", 1, "基本支出", "一般公共预算", value="747.68")),
    ),
    Good("GK446", "单位资金 is printed by no economic class", (drop("项目", 0, "资金", 0, "经济分类"),)),
    Good("GK447", "one part may be all of it", (put("收入", "单位资金", "构成", value={"其他收入": "501.12"}),)),
    Good("GK486", "there was something last year", (put("收入", "财政专户", value=explained("3.00")),)),
    Good("GK486", "told once, where the whole item is nothing", (add("支出", item=NOTHING_ITEM),)),
    Good("GK487", "there was something last year", (add("支出", item=LAST_YEARS_ITEM),)),
    Good("GK432", "nothing is stated as nothing", (put("政府采购", value={"货物": "0"}),)),
    Good("GK433", "all came this year", (put("概况", "人员", "退休", "增减", value="15"),)),
    Good("GK434", "all that is not pay is bought", (put("政府采购", "货物", value="309.48"),)),
    Good("GK435", "all of basic spending", (put("机关运行经费", "上年", value="486.40"),)),
    Good("GK435", "basic spending of last year is not known", (drop("支出变动", "一般公共预算基本支出"),)),
    Good("GK438", "all of 公用经费", (put("机关运行经费", "本年", value="20.36"),)),
    Good("GK439", "the one budget by its name", (put("支出用途", "208", value={"一般公共预算": "社保"}),)),
    Good(
        "GK440",
        "all above a million",
        (put("国有资产", "50万元以上设备", value="2"), put("国有资产", "100万元以上设备", value="2")),
    ),
    Good("GK436", "neither number nor value", (drop("国有资产", "车辆"),)),
    Good(
        "GK437",
        "as many as serve",
        (
            put(*TRADE_PROJECT, "绩效目标", "指标", 1, "三级", value="保障在职人员"),
            put(*TRADE_PROJECT, "绩效目标", "指标", 1, "指标值", value="=26人"),
        ),
    ),
    Good("GK425", "published at the end of the year before", (put("公开日期", value="2023年12月29日"),)),
    Good("GK425", "published late in the year", (put("公开日期", value="2024-12-31"),)),
]


def test_the_example_has_only_the_warnings_that_the_published_text_deserves():
    """经济分类 without its 功能科目, last year's balance as this year's income, one indicator with two targets."""
    found = [(finding.code, finding.level) for finding in check(budget_of(example_data()))]
    warnings = [(code, Level.WARNING) for code in ("GK418", "GK419", "GK426", "GK426", "GK712", "GK712")]
    assert found == [*warnings, ("GK725", Level.HINT)]


def test_one_wrong_figure_of_last_year_is_told_once():
    data = example_data()
    data["收入"]["一般公共预算"]["上年"] = "496.40"
    assert [finding.code for finding in check(budget_of(data)) if finding.level is Level.ERROR] == ["GK405"]


@pytest.mark.parametrize("case", BAD, ids=[f"{case.code}-{case.path[-1]}-{i}" for i, case in enumerate(BAD)])
def test_a_mistake_is_found_where_it_is_with_both_figures(case):
    [finding] = findings(case.code, *case.edits)
    assert finding.path == case.path
    assert finding.message == case.message
    assert finding.level is case.level
    figures = (finding.stated, finding.expected, finding.difference)
    assert figures == tuple(
        None if figure is None else Decimal(figure) for figure in (case.stated, case.expected, case.difference)
    )
    assert finding.advice == next(rule.advice for rule in RULES if rule.code == case.code)


@pytest.mark.parametrize("case", GOOD, ids=[f"{case.code}-{case.why}" for case in GOOD])
def test_what_is_no_mistake_is_not_found(case):
    assert findings(case.code, *case.edits) == []


def test_several_mistakes_of_one_kind_are_all_found():
    names = ("政策依据", "资金分配", "执行时间")
    found = findings("GK422", *(drop(*TRADE_PROJECT, name) for name in names))
    assert [finding.path[-1] for finding in found] == list(names)


def test_findings_come_in_the_order_of_the_rules():
    data = example_data()
    last_first = sorted((case for case in BAD if case.code in {"GK301", "GK424", "GK425"}), key=lambda c: c.code)
    for case in reversed(last_first):
        for edit in case.edits:
            edit(data)
    codes = [finding.code for finding in check(budget_of(data))]
    order = [rule.code for rule in RULES]
    assert codes == sorted(codes, key=order.index)
    assert {"GK301", "GK424", "GK425"} <= set(codes)


# --------------------------------------------------------------------------------------
# The bound of rounding


def three_figures(unit: str, staff: str, operating: str, basic: str) -> Budget:
    """A budget of one 科目 with two 款; last year had nothing."""
    reasons = {
        item: {"原因": "未安排"} for item in ("因公出国（境）费", "公务用车购置费", "公务用车运行费", "公务接待费")
    }
    return budget_of(
        {
            "文种": "预算",
            "年度": "2024",
            "金额单位": unit,
            "公开日期": "2024-02-25",
            "单位": {"名称": "某某局", "性质": "行政单位"},
            "概况": {
                "主要职能": ["办理有关事务。"],
                "人员": {"编制数": "5", "在职": {"人数": "5"}, "退休": {"人数": "0"}},
            },
            "收入": {"一般公共预算": explained()},
            "支出": [{"科目": "2010101", "基本支出": {"一般公共预算": basic}, "变动": {"一般公共预算": explained()}}],
            "支出变动": {"基本支出": explained(), "一般公共预算基本支出": explained()},
            "支出用途": {"201": "机构运转"},
            "基本支出经济分类": {"30101": staff, "30201": operating},
            "三公经费": reasons,
            "机关运行经费": explained(),
        }
    )


def economic_findings(budget: Budget) -> list[Finding]:
    return [finding for finding in check(budget) if finding.code == "GK401"]


def test_equal_sums_are_right_in_either_unit():
    assert economic_findings(three_figures("万元", "60.01", "40.02", "100.03")) == []
    assert economic_findings(three_figures("元", "600,100.55", "400200.45", "1000301")) == []


@pytest.mark.parametrize("basic", ["100.02", "100.04"])
def test_two_rounded_figures_may_miss_their_sum_by_one_hundredth(basic):
    [finding] = economic_findings(three_figures("万元", "60.01", "40.02", basic))
    assert finding.level is Level.ERROR  # 表5 and 表6 would print two figures
    assert abs(finding.difference) == Decimal("0.01")
    assert "，相差 0.01 万元（在四舍五入的误差之内）；" in finding.message


@pytest.mark.parametrize("basic", ["100.01", "100.05"])
def test_two_hundredths_are_more_than_rounding_of_two_figures(basic):
    [finding] = economic_findings(three_figures("万元", "60.01", "40.02", basic))
    assert finding.level is Level.ERROR
    assert abs(finding.difference) == Decimal("0.02")
    assert finding.message.endswith("，相差 0.02 万元")


def test_less_than_a_hundredth_is_printed_exactly():
    [finding] = economic_findings(three_figures("万元", "60.01", "40.02", "100.029999"))
    assert finding.level is Level.WARNING
    assert finding.message == (
        "基本支出经济分类合计 100.03 万元，各科目的一般公共预算基本支出合计 100.029999 万元，"
        "相差 0.000001 万元（在四舍五入的误差之内）"
    )


def test_figures_in_yuan_are_exact_and_told_in_yuan():
    [finding] = economic_findings(three_figures("元", "600100", "400200.00", "1,000,300.01"))
    assert finding.level is Level.ERROR
    assert finding.message == (
        "基本支出经济分类合计 1,000,300.00 元，各科目的一般公共预算基本支出合计 1,000,300.01 元，相差 0.01 元"
    )
    assert (finding.stated, finding.expected) == (Decimal(1_000_300), Decimal("1000300.01"))
    assert finding.difference == Decimal("-0.01")


@pytest.mark.parametrize(
    ("addends", "within", "beyond"),
    [(1, "0.01", "0.02"), (2, "0.01", "0.02"), (3, "0.02", "0.03"), (4, "0.02", "0.03"), (19, "0.10", "0.11")],
)
def test_the_bound_grows_by_half_a_hundredth_per_addend(addends, within, beyond):
    """基本支出经济分类 of n 款: n figures of two decimals and the one 科目, each rounded by at most 0.005."""

    def found(off: str) -> str:
        budget = three_figures("万元", "60.01", "40.02", "100.03")
        codes = list(example_data()["基本支出经济分类"])[:addends]
        items = dict.fromkeys(codes, Decimal("1.00")) | {codes[0]: Decimal("101.03") - addends + Decimal(off)}
        [finding] = economic_findings(budget.model_copy(update={"basic_as_stated": items}))
        return finding.message

    assert "在四舍五入的误差之内" in found(within)
    assert "在四舍五入的误差之内" not in found(beyond)


def test_the_bound_follows_the_decimals_that_were_typed():
    """Figures of four decimals were rounded by 0.00005 at most, whatever others have."""
    [finding] = economic_findings(three_figures("万元", "60.0101", "40.0202", "100.0304"))
    assert finding.level is Level.WARNING
    [finding] = economic_findings(three_figures("万元", "60.0101", "40.0202", "100.0306"))
    assert finding.level is Level.ERROR
    [finding] = economic_findings(three_figures("万元", "60.01", "40.0202", "100.0340"))
    assert finding.level is Level.WARNING


@pytest.mark.parametrize(
    ("code", "edit"),
    [
        pytest.param("GK404", put("核定数", value={"基本支出": "525.73"}), id="four 科目 have 基本支出"),
        pytest.param("GK404", put("核定数", value={"财政拨款": "545.74"}), id="five 科目 have 财政拨款"),
        pytest.param("GK406", put("支出变动", "项目支出", "上年", value="0.21"), id="two of income, two of spending"),
    ],
)
def test_the_bound_counts_no_figures_but_those_added_up(code, edit):
    """What the file does not state, or states of other money, was not rounded into this sum."""
    [finding] = findings(code, edit)
    assert finding.level is Level.ERROR


# --------------------------------------------------------------------------------------
# The rules as a whole


def test_every_rule_is_registered_once():
    modules = [importlib.import_module(m.name) for m in pkgutil.walk_packages(checks.__path__, f"{checks.__name__}.")]
    defined = {id(value) for module in modules for value in vars(module).values() if isinstance(value, Rule)}
    registered = {id(rule): rule for rule in (*RULES, *FINAL_RULES)}
    assert set(registered) == defined
    codes = [rule.code for rule in registered.values()]
    assert len(codes) == len(set(codes))
    for rules in (RULES, FINAL_RULES):
        assert len({rule.code for rule in rules}) == len(rules)


@pytest.mark.parametrize("rule", dict.fromkeys((*RULES, *FINAL_RULES)), ids=lambda rule: rule.code)
def test_every_rule_has_its_page_in_the_manual(rule):
    assert re.fullmatch(r"GK[2347]\d\d", rule.code)
    assert rule.advice
    assert not rule.advice.endswith("。")
    lines = [line.strip() for line in (rule.check.__doc__ or "").strip().splitlines()]
    assert [line.partition("：")[0] for line in lines] == ["检查什么", "为何重要", "依据", "怎样改"]
    for line in lines:
        assert len(line.partition("：")[2]) >= 5
        assert line.endswith("。")


@pytest.mark.parametrize("cases", [BAD, GOOD], ids=["bad", "good"])
def test_every_rule_of_a_budget_has_its_cases(cases):
    """The rules about texts (GK2…, GK7…) have theirs in test_text_rules."""
    assert {case.code for case in cases} == {rule.code for rule in RULES if rule.code[:3] not in {"GK2", "GK7"}}
