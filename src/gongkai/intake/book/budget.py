"""The book of a budget (预算)."""

from __future__ import annotations

from gongkai.model.budget.sources import Source

from .blocks.by_code import ByCode
from .blocks.fixed import Fixed
from .blocks.pivot import Pivot
from .blocks.records import Records
from .common import NAME_OF_CODE, custom_texts, organisation, settings, the_unit
from .layout import BookSheet, Layout
from .live.budget import CHECKS

_AMOUNTS = ("基本支出", "人员经费", "公用经费", "项目支出")


def _fund(source: str) -> str:
    """The 资金性质 of a 资金来源."""
    return str(Source(source).fund)


_SPENDING = Pivot(
    "支出",
    ("支出",),
    key="科目",
    axis="来源",
    spread="基本支出",
    reduce=_fund,
    formulas=(
        ("科目名称", NAME_OF_CODE.format("科目"), "科目"),
        ("合计", "+".join(f"{{{name}}}" for name in _AMOUNTS), "项目支出"),
    ),
)

LAYOUT = Layout(
    "预算",
    (
        the_unit(
            ("文种",), ("年度",), ("口径",), ("模板",), ("模板年度",), ("金额单位",), ("公开日期",), ("批复日期",),
            ("上年文件",), ("上年决算文件",), ("金额上限",), ("单位",), ("概况", "机构设置", "机构称谓"),
            ("概况", "职能引言"), ("概况", "人员", "编制数"),
        ),
        organisation(),
        BookSheet("支出", "一个功能科目、一种资金来源一行；同一科目的变动写在该资金的一行上", (_SPENDING,)),
        BookSheet(
            "基本支出经济分类",
            "一般公共预算基本支出，一款一行；用不到的款留空",
            (
                ByCode(
                    "基本支出经济分类", ("基本支出经济分类",), "编码", "金额", ("人员经费", "公用经费"),
                    formulas=(("款名称", NAME_OF_CODE.format("编码")),),
                ),
            ),
            optional=True,
        ),
        BookSheet(
            "收支变动",
            "上年数和变动的原因；没有的行留空",
            (
                Fixed("收支变动", (("收入", "*"), ("支出变动", "*"), ("机关运行经费",)), grid=True),
                Fixed("单位资金的构成", (("收入", "单位资金", "构成"),)),
            ),
        ),
        BookSheet(
            "支出用途",
            "每一类主要用于什么；一类有几种财政拨款、用途不同的，分栏写",
            (
                ByCode(
                    "支出用途", ("支出用途",), "类", "用途", ("一般公共预算", "政府性基金预算", "国有资本经营预算"),
                    formulas=(("类名称", NAME_OF_CODE.format("类")),),
                ),
            ),
            optional=True,
        ),
        BookSheet(
            "三公经费",
            "四项都要写，没有安排的写原因",
            (Fixed("三公经费", (("三公经费", "*"),), grid=True, compared={"上年": "上年文件"}),),
        ),
        BookSheet(
            "项目", "一个项目一行；钱写在“项目资金”，指标写在“项目指标”", (Records("项目", ("项目",)),), optional=True
        ),
        BookSheet(
            "项目资金",
            "一个项目的一个科目、一种来源、一类经济用途一行",
            (
                Records(
                    "项目资金", ("项目", "[]", "资金"), link="项目", carried=("科目",),
                    formulas=(("科目名称", NAME_OF_CODE.format("科目"), "科目"),),
                ),
            ),
            optional=True,
        ),
        BookSheet(
            "项目指标",
            "一条指标一行；一级、二级和上一行相同的可以不写",
            (Records("项目指标", ("项目", "[]", "绩效目标", "指标"), link="项目", carried=("一级", "二级")),),
            optional=True,
        ),
        BookSheet(
            "整体绩效目标",
            "单位整体支出绩效目标；没有的不填",
            (
                Fixed("整体绩效目标", (("整体绩效目标",),)),
                Records("整体绩效指标", ("整体绩效目标", "指标"), carried=("一级", "二级")),
            ),
            optional=True,
        ),
        BookSheet("采购和资产", "没有的不填", (Fixed("采购和资产", (("政府采购",), ("国有资产",))),), optional=True),
        custom_texts(Fixed("未公开绩效目标", (("未公开绩效目标原因",),))),
        BookSheet("核定数", "批复的各个合计；没有的不填", (Fixed("核定数", (("核定数",),)),), optional=True),
        settings(),
    ),
    CHECKS,
)  # fmt: skip
