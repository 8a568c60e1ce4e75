"""The book of a final account (决算)."""

from __future__ import annotations

from .blocks.by_code import ByCode
from .blocks.fixed import Fixed
from .blocks.pivot import Pivot
from .blocks.records import Records
from .blocks.texts import Texts
from .common import NAME_OF_CODE, custom_texts, organisation, settings, the_unit
from .layout import BookSheet, Layout
from .live.final import CHECKS

_CARRIED = ("一级", "二级")
_PLAN = "预算文件"
_INCOME = "{基本支出}+{项目支出}+{年末结转和结余}-{年初结转和结余}"
"""财政拨款收入 of a 科目, which is not stated."""

_ACCOUNTS = Pivot(
    "科目收支",
    ("科目收支",),
    key="科目",
    axis="资金性质",
    spread="基本支出",
    reduce=lambda name: name,
    order=("年初结转和结余", "基本支出", "项目支出", "年末结转和结余", "上年", "原因"),
    formulas=(
        ("科目名称", NAME_OF_CODE.format("科目"), "科目"),
        ("财政拨款收入", f'IF(OR({{资金性质}}="",{{资金性质}}="其他资金"),"",{_INCOME})', "年末结转和结余"),
    ),
)

LAYOUT = Layout(
    "决算",
    (
        the_unit(
            ("文种",), ("年度",), ("口径",), ("模板",), ("模板年度",), ("金额单位",), ("公开日期",), ("批复日期",),
            ("上年文件",), (_PLAN,), ("金额上限",), ("单位",), ("概况", "机构设置", "机构称谓"), ("概况", "职能引言"),
        ),
        organisation(),
        BookSheet("科目收支", "一个功能科目、一种资金性质一行；右边几栏是整个科目的，写在它的任意一行", (_ACCOUNTS,)),
        BookSheet(
            "基本支出经济分类",
            "一般公共预算财政拨款基本支出，一款一行；用不到的款留空",
            (
                ByCode(
                    "基本支出经济分类", ("基本支出经济分类",), "编码", "金额", ("人员经费", "公用经费"),
                    formulas=(("款名称", NAME_OF_CODE.format("编码")),),
                ),
            ),
            optional=True,
        ),
        BookSheet(
            "总体变动",
            "各合计与上年、与年初预算比的数和原因；没有的行留空",
            (
                Fixed("总体变动", (("总体变动", "*"), ("机关运行经费",)), grid=True),
                Fixed("结余", (("使用非财政拨款结余",), ("结余分配",))),
            ),
        ),
        BookSheet(
            "三公经费",
            "四项支出，与上年、与全年预算比",
            (
                Fixed(
                    "三公经费",
                    tuple(
                        ("三公经费", name)
                        for name in ("因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费")
                    ),
                    grid=True,
                    compared={"上年": "上年文件", "全年预算": "预算文件"},
                ),
                Fixed("三公经费合计", tuple(("三公经费", name) for name in ("原因", "差异原因", "公务用车原因"))),
            ),
        ),
        BookSheet(
            "项目", "一个项目一行；指标写在“项目指标”", (Records("项目", ("项目绩效自评",)),), optional=True
        ),
        BookSheet(
            "项目指标",
            "一条指标一行；一级、二级和上一行相同的可以不写（写了预算文件的除外）",
            (Records("项目指标", ("项目绩效自评", "[]", "指标"), link="项目", carried=_CARRIED, unless=_PLAN),),
            optional=True,
        ),
        BookSheet(
            "整体自评",
            "单位整体支出绩效自评；没有的不填",
            (
                Fixed("整体绩效自评", (("整体绩效自评",),), without=(("整体绩效自评", "资金"),)),
                Fixed("整体资金", (("整体绩效自评", "资金", "*"),), grid=True),
                Records("整体绩效指标", ("整体绩效自评", "指标"), carried=_CARRIED, unless=_PLAN),
            ),
            optional=True,
        ),
        BookSheet(
            "绩效管理",
            "成效、问题、措施，一条一行，不写序号",
            (Texts("绩效管理", {name: ("绩效管理", name) for name in ("成效", "问题", "措施")}),),
            optional=True,
        ),
        BookSheet("采购和资产", "没有的不填", (Fixed("采购和资产", (("政府采购",), ("国有资产",))),), optional=True),
        custom_texts(),
        BookSheet("核定数", "批复的各个合计；没有的不填", (Fixed("核定数", (("核定数",),)),), optional=True),
        settings(),
    ),
    CHECKS,
)  # fmt: skip
