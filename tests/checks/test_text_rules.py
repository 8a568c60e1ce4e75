"""The rules about texts: words against figures, what was left to fill in, personal data, secrets, law and form.

Every case changes one text or fact of the paired example (a budget and a final account in which
nothing is wrong); a rule without a good and a bad case fails here.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path as File
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai import checks
from gongkai.checks.budget.rules import RULES
from gongkai.checks.confidential.privacy import hidden, identity_number, luhn
from gongkai.checks.final.rules import RULES as FINAL_RULES
from gongkai.checks.run import check
from gongkai.checks.subjects.texts import Kind, texts
from gongkai.findings import Finding, Level, Path
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.final.figures import FinalFigures
from support.edits import Edit, drop, put
from support.examples import ROOT, budget_of
from support.strategies_final import account_of, file_data

BUDGET = ROOT / "examples" / "shili-ju-2024-budget.yaml"
FINAL = ROOT / "examples" / "shili-ju-2024-final.yaml"
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
ERROR, WARNING, HINT = Level.ERROR, Level.WARNING, Level.HINT


def reason(item: int) -> Path:
    """The reason of a 科目 in the budget."""
    return ("支出", item, "变动", "一般公共预算", "原因")


# 科目 of the budget, this year's and last year's 一般公共预算.
STAFF = 0  # 412.36, 425.10: less
TOURISM = 3  # 55.00, 30.00
SECRETLY = 4  # 8.00, 8.00, all of it a secret project's: its reason is refused
RETIRED = 7  # 28.40, 26.10: more
PENSION = 8  # 52.18, 50.06: more by less than 5 %
R = reason(RETIRED)
PENSION_R = reason(PENSION)
SAME: Path = ("收入", "上级国有资本经营预算转移支付", "原因")  # 20.00, 20.00
USE: Path = ("支出用途", "207")
NOTE: Path = ("其他说明", 0)
ALLOCATION: Path = ("项目", 0, "资金分配")
GOAL: Path = ("项目", 0, "绩效目标", "总体目标")  # 群众文化活动经费, 40.00
SECRET = 5  # its place among the projects of the budget; the final account has it in the same place


@dataclass(frozen=True)
class Case:
    """Changes to one of the two files, and the finding that they earn (none without a level)."""

    code: str
    why: str
    edits: tuple[Edit, ...]
    path: Path = ()
    level: Level | None = None
    says: str = ""
    stated: str | None = None
    expected: str | None = None
    file: File = BUDGET


def bad(code: str, why: str, path: Path, text: object, level: Level, says: str, *figures: str, **more: Any) -> Case:
    """A text that is wrong at a place."""
    return Case(code, why, (put(*path, value=text), *more.pop("also", ())), path, level, says, *figures, **more)


def good(code: str, why: str, path: Path, text: object, *also: Edit, file: File = BUDGET) -> Case:
    """A text that comes near to a mistake, and is none."""
    return Case(code, why, (put(*path, value=text), *also), file=file)


def same_reason(data: dict[str, Any]) -> None:
    """One sentence for every 科目 of 一般公共预算."""
    for entry in data["支出"]:
        for change in entry.get("变动", {}).values():
            change["原因"] = "按政策调整"


def of_unit(data: dict[str, Any]) -> None:
    """The budget as a single unit's."""
    data |= {"口径": "单位"}
    data.pop("其他说明")


GRAND_UNIT = put("单位", "名称", value="克孜勒苏柯尔克孜自治州示例局")
CAR_R: Path = ("三公经费", "公务用车运行费", "原因")
CARS = put("三公经费", "公务用车运行费", "一般公共预算", value="5.00")
CARS_BEFORE = put("三公经费", "公务用车运行费", "上年", value="11.00")
FINAL_DIFFERENCE: Path = ("总体变动", "国有资本经营预算", "差异原因")  # 315,000 of 350,000 元
RECEPTION: Path = ("三公经费", "公务接待费", "原因")

WORDS_AGAINST_FIGURES = [
    bad("GK701", "a reason for less", R, "在职人员减少", WARNING, "增加 2.30 万元；原因里却只说减少", "28.40", "26.10"),
    bad("GK701", "the conclusion is wrong", R, "在职人员减少，导致退休经费减少", ERROR, "只说减少", "28.40", "26.10"),
    bad(
        "GK701",
        "a reason for more",
        reason(STAFF),
        "工资调增",
        WARNING,
        "减少 12.74 万元；原因里却只说增加",
        "412.36",
        "425.10",
    ),
    bad("GK701", "nothing changed", SAME, "活动次数增加", WARNING, "没有增减；原因里却只说增加", "20", "20"),
    bad(
        "GK701",
        "against the budget, in 元",
        FINAL_DIFFERENCE,
        "年中追加资金",
        WARNING,
        "国有资本经营预算决算 315,000.00 元，年初预算 350,000.00 元，减少 35,000.00 元",
        "315000",
        "350000",
        file=FINAL,
    ),
    good("GK701", "both ways are told", R, "在职人员减少，但退休人员待遇标准提高"),
    good("GK701", "people who retire cost less", reason(STAFF), "本年新增退休人员"),
    good("GK701", "a word in a name", R, "“减少审批环节”改革转来的退休人员"),
    good("GK701", "nothing changed, and that is said", SAME, "人员增加，经费与上年一致"),
    good("GK701", "thrift keeps a figure where it is", SAME, "落实过紧日子要求，控制运行成本，勤俭节约，合理支出"),
    bad("GK701", "thrift is no reason for more", R, "厉行节约", WARNING, "只说减少", "28.40", "26.10"),
    bad("GK702", "as last year", R, "与上年持平", ERROR, "增加 2.30 万元；原因里却说没有变化", "28.40", "26.10"),
    bad("GK702", "as last year, in a clause", R, "人员未变，支出较上年无变化", WARNING, "没有变化", "28.40", "26.10"),
    bad(
        "GK702",
        "an item that stays",
        CAR_R,
        "公务用车运行费保持不变",
        ERROR,
        "没有变化",
        "5",
        "11",
        also=(CARS, CARS_BEFORE),
    ),
    good("GK702", "a part that stays", R, "离休人员待遇保持不变，退休人员增加"),
    bad("GK702", "nearly as last year", R, "与上年基本持平", WARNING, "基本没有变化", "28.40", "26.10"),
    bad(
        "GK702",
        "as budgeted",
        ("总体变动", "财政拨款", "差异原因"),
        "严格按照预算执行，预决算无差异",
        ERROR,
        "没有变化",
        "11778500",
        "11212900",
        file=FINAL,
    ),
    good("GK702", "the staff are as many", R, "在职人员与上年一致，按政策核定"),
    good("GK702", "nearly, within five percent", reason(PENSION), "与上年基本持平"),
    good("GK702", "nothing changed", SAME, "与上年持平"),
    *(
        bad("GK702", f"{said}", CAR_R, said, ERROR, "原因里却说没有变化", "5.00", "11.00", also=(CARS, CARS_BEFORE))
        for said in (
            "公务用车运行维护费支出与上年一致，无变动",
            "公务用车支出与上年一致，无变动",
            "公务用车运行费预算与上年持平",
            "没有增减变动",
        )
    ),
    *(
        good("GK702", f"{said}", CAR_R, said, CARS, CARS_BEFORE)
        for said in ("公务用车与上年一致，油价下调", "公务用车数量无变化，运行成本下降", "人员经费与上年持平，用车减少")
    ),
    good(
        "GK702",
        "another rule's matter",
        ("三公经费", "公务接待费", "差异原因"),
        "严格按照预算执行，预决算无差异",
        file=FINAL,
    ),
    bad("GK703", "new, and not new", R, "本年新增", ERROR, "原因里却说是新增的", "28.40", "26.10"),
    bad("GK703", "not before", R, "上年未安排此项预算", ERROR, "原因里却说上年没有", "28.40", "26.10"),
    bad("GK703", "no more", R, "本年未安排此项支出", ERROR, "原因里却说本年没有", "28.40", "26.10"),
    bad("GK703", "in neither year", RECEPTION, "2023年与2024年均未安排公务接待费", ERROR, "两年都没有", "2.00", "3.50"),
    good("GK703", "a part is new", reason(TOURISM), "本年新增旅游公共服务设施建设项目"),
    good("GK703", "a part was in neither year", reason(TOURISM), "两年均未安排考古发掘"),
    good("GK703", "in neither year", ("三公经费", "因公出国（境）费", "原因"), "两年均未安排"),
    bad(
        "GK704",
        "another change",
        R,
        "退休人员增加，比上年增加3.20万元",
        ERROR,
        "说增加 3.20 万元，由两个数算出是增加 2.30 万元",
        "3.20",
        "2.30",
    ),
    bad(
        "GK704",
        "another change at the beginning",
        R,
        "增加3.2万元，用于退休人员",
        WARNING,
        "各部分增减合计 3.20 万元，两个数只相差 2.30 万元",
        "3.20",
        "2.30",
    ),
    bad("GK704", "the other way", R, "人员增加，较上年减少2.30万元", ERROR, "说减少 2.30 万元", "-2.30", "2.30"),
    bad("GK704", "in 元", R, "人员增加，比上年增加32000元", ERROR, "算出是增加 23,000 元", "32000", "23000"),
    bad(
        "GK704",
        "another rate",
        R,
        "退休人员增加，比上年增长9.8%",
        ERROR,
        "说增长 9.8%，由两个数算出是增加 8.8%",
        "9.8",
        "8.8",
    ),
    bad(
        "GK704",
        "parts greater than the whole",
        R,
        "退休费增加2.00万元，生活补助增加10000元",
        WARNING,
        "合计 3.00 万元，两个数只相差 2.30 万元",
        "3.00",
        "2.30",
    ),
    good("GK704", "the rate of a contribution", R, "社保缴费基数较上年提高8%，退休人员增加"),
    good("GK704", "the change against another base", R, "较年初预算增加9万元，退休人员增加"),
    good("GK701", "what last year had", R, "上年有人员空缺，使得上年支出下降"),
    good("GK701", "a slogan and a limit", R, "提高政治站位，严控一般性支出增长，退休人员增加"),
    good("GK702", "a part of the money", R, "人员经费与上年持平，待遇调整"),
    good("GK703", "a project of several", R, "本年新增项目"),
    good("GK706", "a year in Chinese figures", ("概况", "主要职能", 0), "负责二〇〇〇年规划的修订"),
    good("GK706", "a duty about more or less", ("概况", "主要职能", 0), "负责耕地面积增加（减少）情况核查"),
    good("GK714", "retired this year", R, "本年退休2人，待遇调整"),
    good("GK751", "money that looks like a number", R, "待遇调整，13800000000元国债项目"),
    good("GK752", "a day in eight figures", R, "待遇调整，服务热线20240101起启用"),
    good("GK704", "the change itself", R, "退休人员增加，比上年增加2.30万元，增长8.81%"),
    good("GK704", "the rate itself", R, "比上年增长8.81%"),
    good("GK704", "parts of the whole", R, "退休费增加2.00万元，生活补助增加0.20万元"),
    good("GK704", "parts both ways", R, "退休费增加5.00万元，生活补助减少2.70万元"),
    good("GK704", "no rate from nothing", ("收入", "国有资本经营预算", "原因"), "比上年增长100%"),
    good("GK705", "no reason at all, which is told already", R, "无"),
    bad("GK705", "empty words", R, "工作需要", WARNING, "没有说明为什么", "28.40", "26.10"),
    bad(
        "GK705",
        "empty words about vehicles",
        ("三公经费", "公务用车原因"),
        "同上",
        WARNING,
        "没有说明为什么",
        "283800",
        "113600",
        file=FINAL,
    ),
    *(
        bad("GK705", f"{said} is no cause", R, said, WARNING, "没有说明为什么", "28.40", "26.10")
        for said in (
            "正常浮动",
            "属于正常波动。",
            "正常增长",
            "合理范围内的波动",
            "完成预算",
            "按预算执行",
            "严格按照年初预算执行",
            "预算调整",
            "年中预算调整",
            "与预算一致",
            "按工作安排",
            "据实列支",
            "经费增加",
            "本年预算有所增加",
        )
    ),
    *(
        good("GK705", f"{said} is a cause", R, said)
        for said in (
            "退休人员正常增长",
            "正常晋级晋档增加工资",
            "年中追加退休人员补贴",
            "按预算标准提高退休人员待遇",
            "根据工作安排新增退休人员体检",
            "政策性调资",
            "退休人员经费增加",
            "提高津贴补贴标准",
        )
    ),
    *(
        bad("GK705", f"{said} says the name again", R, said, WARNING, "没有说明为什么", "28.40", "26.10")
        for said in (
            "行政单位离退休经费增加",
            "项目调整",
            "根据实际支出",
            "行政单位离退休支出增加。",
            "2024年行政单位离退休经费有所增加",
            "行政事业单位养老支出行政单位离退休经费增加",
        )
    ),
    bad(
        "GK705",
        "a source says itself",
        ("收入", "财政专户", "原因"),
        "财政专户资金增加",
        WARNING,
        "没有说明",
        "32",
        "30",
    ),
    good("GK705", "what it is for", R, "行政单位离退休人员体检经费增加"),
    good("GK705", "a new one", R, "新增行政单位离退休人员医药费补助"),
    Case("GK705", "the same words everywhere", (same_reason,), ("支出",), WARNING, "13 个科目的变动原因是同一句话"),
    good("GK705", "nothing changed", SAME, "同上"),
]

LEFT_TO_FILL_IN = (
    "XX人员增加",
    "××局人员增加",
    "×××单位人员增加",
    "某某科人员增加",
    "人员＿＿增加",
    "待填写",
    "待补充",
    "人员增加……",
    "人员增加（减少）",
    "人员增加（ ）",
    "《》印发后人员增加",
    "人员经费增加万元",
    "请填写增加原因",
)

WORDING = [
    *(bad("GK706", text, R, text, ERROR, "没有填完") for text in LEFT_TO_FILL_IN),
    bad("GK706", "a title that was never filled in", R, "《关于XX的通知》施行，人员增加", ERROR, "没有填完"),
    good("GK706", "a title that is shortened", R, "《关于……待遇的通知》《××县待遇办法》施行，退休人员增加"),
    good("GK706", "a name that is masked", R, "×××退休，退休人员增加"),
    good("GK706", "a system that is to be completed", NOTE, "本部门的制度有待补充完善，尚在亟待填补的阶段"),
    good("GK706", "a person", ("整体绩效目标", "联系人"), "XXX"),
    bad("GK707", "the year before last", R, "2022年退休人员增加", WARNING, "2024 年的文件里说到 2022 年"),
    bad("GK707", "years ahead", R, "2026年退休人员增加", WARNING, "说到 2026 年"),
    bad("GK707", "in a use", USE, "2021年群众文化活动支出", WARNING, "说到 2021 年"),
    bad(
        "GK707",
        "in the final account",
        ("三公经费", "公务用车原因"),
        "2022年更新执法执勤用车1辆",
        WARNING,
        "说到 2022 年",
        file=FINAL,
    ),
    good("GK707", "last year and next", R, "2023年退休人员增加，2025年照此安排"),
    good("GK707", "a document", R, "《2022年待遇调整办法》和县财〔2021〕5号文件施行，退休人员增加"),
    good("GK707", "a beginning", R, "自2022年起执行新标准，2021年以来退休的人员增加"),
    good("GK707", "a beginning to the month", USE, "2014年10月以来的补助，2019年3月1日起施行，2020年5月购置的设备维护"),
    good("GK707", "a long-term target", ("整体绩效目标", "年度目标"), "2024年打好基础，到2035年建成；展望2035年。"),
    bad(
        "GK708",
        "last year's time",
        ("项目", 0, "执行时间"),
        "2023年1月1日-2023年12月31日",
        WARNING,
        "执行时间里没有 2024 年",
    ),
    bad(
        "GK708",
        "last year's target",
        ("整体绩效目标", "年度目标"),
        "2023年举办文化活动60场。",
        WARNING,
        "只说到 2023 年",
    ),
    bad(
        "GK708",
        "last year's result",
        ("整体绩效自评", "完成情况"),
        "2023年举办文化活动60场。",
        WARNING,
        "没有说到 2024 年",
        file=FINAL,
    ),
    good("GK708", "a project of several years", ("项目", 0, "执行时间"), "2023年6月-2025年6月"),
    bad(
        "GK709",
        "another character",
        R,
        "示例县示列局退休人员增加",
        WARNING,
        "这里写的是“示例县示列局”，单位名称是“示例县示例局”",
    ),
    bad("GK709", "a character missing", R, "示例县例局退休人员增加", WARNING, "“示例县例局”"),
    bad("GK709", "a character too many", R, "退休人员增加，示例县的示例局", WARNING, "“示例县的示例局”"),
    bad("GK709", "in the first half", R, "退休人员增加，示列县示例局", WARNING, "“示列县示例局”"),
    good("GK709", "the name", R, "示例县示例局退休人员增加"),
    good("GK709", "a subordinate's name", R, "示例县文化馆退休人员增加，我县示例局机关没有变化"),
    good("GK709", "a name too short to compare", R, "某馆退休人员增加", put("单位", "名称", value="某局")),
    bad("GK710", "a neighbour", R, "邻山县示例局退休人员增加", WARNING, "“邻山县示例局”"),
    good("GK710", "a verb before the level", R, "按照县示例局的要求增加"),
    good("GK710", "a duty before it", R, "负责县示例局交办的事项增加"),
    *(
        good("GK710", f"{when} is no part of a place", R, f"{when}克州示例局退休人员增加", GRAND_UNIT)
        for when in ("2024年", "2024年度", "上年", "今年", "本年度", "全年", "12月份", "预算年度", "四季度")
    ),
    bad("GK710", "another place after a year", R, "2024年甲乙县示例局退休人员增加", WARNING, "“甲乙县示例局”"),
    bad("GK710", "a county called 万年", R, "万年县示例局退休人员增加", WARNING, "“万年县示例局”"),
    *(
        good("GK710", f"{before} is no place", NOTE, f"{before}市示例局要求安排的工作", GRAND_UNIT)
        for before in ("按照", "负责", "根据", "报送", "委托", "上级")
    ),
    good("GK710", "the county's own", NOTE, "负责县示例局的日常管理工作"),
    good("GK710", "every county", R, "全县各县示例局退休人员增加"),
    good("GK710", "a unit of no region", R, "邻山县示例局退休人员增加", put("单位", "名称", value="示例中心")),
    bad("GK719", "a word twice", R, "退休人员增加增加", WARNING, "“增加增加”"),
    bad("GK719", "a longer word twice", R, "退休人员增加，基本养老金基本养老金调整", WARNING, "“基本养老金基本养老金”"),
    bad("GK719", "a particle twice", USE, "公共文化服务的的支出", WARNING, "“的的”"),
    bad("GK719", "a sign twice", R, "退休人员增加，标准提高5%%", WARNING, "“%%”"),
    *(
        good("GK719", f"{text} is as it should be", USE, text)
        for text in (
            "行政事业单位医疗行政事业单位医疗的支出",
            "常常、往往、逐步推进的各项支出",
            "牡丹丹东两地文化交流支出",
            "服务服务业企业的支出",
            "一户一户走访的支出",
            "以惠民为目的的演出支出",
            "深入了解群众需求、开展了了解民情活动的支出",
            "年年有余展演支出",
            "的的确确需要的支出",
            "等等支出",
            "增加（人员增加）增加的支出",
            "“学习学习再学习”活动支出",
            "许多许多群众参加的活动支出",
            "保障保障性文化设施的支出",
            "熙熙攘攘、方方面面的活动支出",
        )
    ),
    bad("GK720", "another insurance", PENSION_R, "住房公积金基数调增", WARNING, "2080505"),
    bad("GK720", "another class's use", ("支出用途", "221"), "职工基本医疗保险缴费", WARNING, "“医疗保险”"),
    bad("GK720", "housing in health", ("支出用途", "210"), "缴纳住房公积金", WARNING, "“住房公积金”"),
    bad("GK720", "the money of those who retired", PENSION_R, "事业单位离退休经费提高", WARNING, "“离退休经费”"),
    good("GK720", "its own money", PENSION_R, "养老保险缴费基数与医疗保险一同调增"),
    good("GK720", "another matter", PENSION_R, "工资调增，缴费基数随之提高"),
    good("GK720", "all of its class", ("支出用途", "208"), "养老保险、职业年金、医疗保险等社会保障支出"),
    bad("GK721", "a class of 2018", USE, "文化体育与传媒支出", WARNING, "2024 年叫“文化旅游体育与传媒支出”"),
    bad("GK721", "in a reason", R, "医疗卫生与计划生育支出增加", WARNING, "卫生健康支出"),
    bad("GK721", "a note", NOTE, "国土海洋气象等支出增加", WARNING, "自然资源海洋气象等支出"),
    good("GK721", "of a document's title", USE, "按《文化体育与传媒支出管理办法》安排的支出"),
    good("GK721", "words of today", USE, "文化旅游体育与传媒支出，卫生健康支出，商业服务业等支出，计划生育事务"),
    good("GK721", "people who retired", R, "行政事业单位离退休人员增加"),
    bad(
        "GK722",
        "all of its years",
        GOAL,
        "项目总投资40万元，分年实施。",
        WARNING,
        "总投资 40.00 万元全写成了本年度的资金",
    ),
    bad(
        "GK722",
        "a period of two years",
        GOAL,
        "概算40.00万元，建成群众文化活动中心。",
        WARNING,
        "跨几个年度",
        also=(put("项目", 0, "执行时间", value="2024年1月-2026年12月"),),
    ),
    good("GK722", "a year's part of it", GOAL, "项目总投资120万元，分年实施，本年安排40万元。"),
    good("GK722", "one year", GOAL, "项目总投资40万元。"),
    good("GK722", "the year's money by name", GOAL, "总投资40万元，分期建设，2024年计划投入40万元。"),
    bad(
        "GK723",
        "what it was",
        GOAL,
        "安排资金20万元，举办群众文化活动。",
        WARNING,
        "项目的资金是 40.00 万元",
        "20",
        "40",
    ),
    bad("GK723", "a sum of parts", ALLOCATION, "预算安排35万元，其中活动30万元、器材5万元", WARNING, "", "35", "40"),
    bad("GK723", "in 元", GOAL, "本年度安排项目经费200,000元。", WARNING, "项目的资金是", "20", "40"),
    *(
        good("GK723", f"{said}", where, said)
        for where, said in (
            (GOAL, "安排资金40万元，举办群众文化活动。"),
            (GOAL, "安排资金40万元，比上年增加5万元。"),
            (ALLOCATION, "安排资金32万元用于活动，8万元购置器材"),
            (GOAL, "带动群众文化消费安排资金之外的投入200万元。"),
            (GOAL, "上年安排资金20万元已全部支出。"),
            (GOAL, "争取上级资金20万元。"),
            (GOAL, "本年度安排资金400,000元。"),
        )
    ),
    bad("GK724", "a name of last year", ("项目", 0, "名称"), "2023年群众文化活动经费", HINT, "名称里是 2023 年"),
    *(
        good("GK724", f"{name} is of several years or of the past", ("项目", 0, "名称"), name)
        for name in (
            "2024年群众文化活动经费",
            "2023—2025年群众文化活动经费",
            "2023年文化站工程尾款",
            "2022年免费开放绩效考核奖补",
            "2023年群众文化活动经费（结转）",
            "清欠2021年工程款",
            "群众文化活动经费",
            "提前下达2025年群众文化活动经费",
        )
    ),
    bad("GK711", "a unit called 部门", R, "本部门退休人员增加", WARNING, "这里自称“部门”", also=(of_unit,)),
    bad("GK711", "both words", R, "本单位退休人员增加", WARNING, "这里自称“单位”"),
    good("GK711", "one word throughout", R, "本单位退休人员增加", drop("其他说明")),
    bad("GK712", "two stops", R, "退休人员增加，，待遇调整", WARNING, "标点重复或位置不对：“，，”"),
    bad("GK712", "a stop in brackets", R, "退休人员增加（含死亡抚恤，）", WARNING, "“，”"),
    bad("GK712", "a bracket left open", R, "退休人员增加（含死亡抚恤", WARNING, "“（”没有成对"),
    bad("GK712", "a bracket closed twice", R, "退休人员增加（人））", WARNING, "“）”没有成对"),
    bad("GK712", "marks that cross", R, "退休人员增加《（办法》）", WARNING, "“》”没有成对"),
    good("GK712", "numbers of a list", R, "1）退休人员增加；2）待遇调整；（3）其他"),
    good("GK712", "either width closes", R, "退休人员增加（人)"),
    bad("GK713", "a blank before a sign", GOAL, "受理群众诉求 、调解纠纷 。", WARNING, "2 处空格"),
    bad("GK713", "half width", R, "退休人员增加,待遇(标准)调整;按政策执行", WARNING, "3 处半角标点"),
    bad("GK713", "a blank", R, "退休人员 增加", WARNING, "1 处空格"),
    good("GK713", "among figures and letters", R, "退休人员增加 3 人、1,000 元(%) A;B，12:30"),
    good("GK713", "a theme as it is quoted", R, "退休人员参加“喜迎国庆 共话家常”活动，《老有所为 老有所乐》巡演增加"),
    good("GK713", "a title with half-width marks", R, "退休人员增加，按《工资(津贴)改革办法》执行"),
    bad("GK713", "a blank beside a quote", R, "退休人员 “银龄 同行”活动增加", WARNING, "1 处空格"),
    good("GK713", "a person's name", ("整体绩效目标", "联系人"), "张 ×"),
]

NUMBERS_IN_TEXTS = [
    bad(
        "GK714",
        "serving staff",
        NOTE,
        "本部门在职人员47人。",
        WARNING,
        "文字里说在职人数 47，数据里是 43，相差 4",
        "47",
        "43",
    ),
    bad("GK714", "more retired", R, "退休人员增加三人", WARNING, "文字里说退休人员增减 3，数据里是 2", "3", "2"),
    bad(
        "GK714",
        "fewer in service",
        R,
        "在职人员减少1人，退休人员增加",
        WARNING,
        "说在职人员增减 -1，数据里是 -2",
        "-1",
        "-2",
    ),
    bad("GK714", "posts", ("概况", "主要职能", 0), "核定编制数50名。", WARNING, "编制数 50，数据里是 46", "50", "46"),
    bad(
        "GK714",
        "in the final account",
        ("整体绩效自评", "完成情况"),
        "保障在职40人的工资。",
        WARNING,
        "在职人数 40",
        "40",
        "42",
        file=FINAL,
    ),
    good("GK714", "as the data", R, "在职人员减少2人，退休人员增加两人"),
    good(
        "GK714",
        "as at the end of last year",
        ("整体绩效自评", "预期目标"),
        "保障在职43人、退休31人的待遇。",
        file=FINAL,
    ),
    good("GK714", "a project's own people", GOAL, "组织在职人员90人参加。"),
    bad(
        "GK715", "vehicles", NOTE, "本部门现有公务用车6辆。", WARNING, "文字里说车辆数 6，数据里是 4，相差 2", "6", "4"
    ),
    bad(
        "GK715",
        "vehicles in use",
        ("三公经费", "公务用车原因"),
        "公务用车保有量6辆，更新1辆",
        WARNING,
        "车辆数 6",
        "6",
        "5",
        file=FINAL,
    ),
    good("GK715", "vehicles in use", ("三公经费", "公务用车原因"), "公务用车保有量4辆，更新1辆", file=FINAL),
    good("GK715", "others' vehicles", NOTE, "服务平台保障其他单位现有车辆120辆，全县公务用车保有量300辆。"),
    bad(
        "GK715",
        "others' vehicles and one's own",
        NOTE,
        "全县公务用车保有量300辆，本部门现有公务用车6辆。",
        WARNING,
        "车辆数 6",
        "6",
        "4",
    ),
    good("GK715", "vehicles as held", NOTE, "本部门现有公务用车4辆。"),
    bad(
        "GK716",
        "another total",
        GOAL,
        "项目总投资50万元。",
        WARNING,
        "文字里说 50 万元，项目的资金是 40.00 万元，相差 10.00 万元",
        "50",
        "40",
    ),
    bad(
        "GK716",
        "another share",
        GOAL,
        "项目总投资40万元，其中财政资金38.50万元。",
        WARNING,
        "38.50 万元",
        "38.50",
        "40",
    ),
    bad("GK716", "other money", GOAL, "总投资40万元，其他资金2万元。", WARNING, "项目的资金是 0.00 万元", "2", "0"),
    bad(
        "GK716",
        "money spent",
        ("项目绩效自评", 0, "完成情况"),
        "资金支出41万元。",
        WARNING,
        "相差 1.00 万元",
        "41",
        "40",
        file=FINAL,
    ),
    bad("GK716", "a year is not many", GOAL, "2024年完成，总投资50万元。", WARNING, "相差 10.00 万元", "50", "40"),
    good("GK716", "all the years of a project", GOAL, "项目总投资120万元，三年建设完成，本年安排40万元。"),
    good("GK716", "all the years of a project by their figures", GOAL, "2023—2025年项目总投资120万元。"),
    good(
        "GK716",
        "a project that runs on",
        GOAL,
        "项目总投资120万元。",
        put("项目", 0, "执行时间", value="2023年6月-2025年6月"),
    ),
    bad(
        "GK716",
        "the year's share of many years",
        GOAL,
        "分年建设，总投资120万元，财政资金38.50万元。",
        WARNING,
        "38.50 万元",
        "38.50",
        "40",
    ),
    bad(
        "GK717",
        "another figure of last year",
        R,
        "上年安排28.10万元，退休人员增加",
        WARNING,
        "说上年 28.10 万元，上年数是 26.10 万元",
        "28.10",
        "26.10",
    ),
    bad("GK717", "last year's budget", R, "上年度预算数为28万元", WARNING, "上年数是 26.10 万元", "28", "26.10"),
    bad(
        "GK717",
        "in a file in 元",
        ("三公经费", "公务用车原因"),
        "上年决算为12万元，更新1辆",
        WARNING,
        "说上年 12 万元，上年数是 113,600.00 元",
        "120000",
        "113600",
        file=FINAL,
    ),
    good("GK717", "the same figure", R, "上年预算26.1万元，退休人员增加"),
    good("GK717", "rounded", R, "上年安排26万元，退休人员增加"),
    good("GK717", "in 元", R, "上年为261,000元，退休人员增加"),
    good("GK717", "a part", R, "退休人员增加，上年安排10万元；上年安排补助5万元"),
    good("GK717", "of another kind", R, "上年决算25.00万元，退休人员增加"),
    good("GK717", "against the budget", ("总体变动", "国有资本经营预算", "差异原因"), "上年为1万元", file=FINAL),
    bad("GK718", "cars denied", NOTE, "我单位没有公务用车。", WARNING, "文字里说没有公务用车，而公务用车运行费"),
    bad(
        "GK718",
        "in the final account",
        ("三公经费", "公务用车原因"),
        "本部门现无公务用车，费用增加",
        WARNING,
        "公务用车 4 辆",
        file=FINAL,
    ),
    good("GK718", "none bought", NOTE, "本部门无公务用车购置费，没有公务用车新增。"),
    good("GK718", "others have none", NOTE, "所属单位没有公务用车。"),
    good("GK718", "rented", NOTE, "本部门没有公务用车，费用为租用车辆支出。"),
    good("GK716", "the project's money", GOAL, "总投资40万元，其中：财政资金40.00万元，其他资金0万元。"),
    good("GK716", "the money spent", ("项目绩效自评", 0, "完成情况"), "共支出40万元。", file=FINAL),
]

MOBILE = "13800138000"  # of no person; nor are the numbers below
IDENTITY = "11010519491231002X"
CARD = "6222020200112230129"
ALLOWED: Path = ("校验",)

PRIVACY = [
    bad("GK751", "a mobile number", NOTE, f"联系人{MOBILE}", ERROR, "“其他说明”里有手机号码（138******00）"),
    bad("GK751", "with separators", GOAL, "咨询138-0013-8000。", ERROR, "手机号码（138********00）"),
    bad("GK751", "in a project's name", ("项目", 0, "名称"), f"活动经费{MOBILE}", ERROR, "“名称”里有手机号码"),
    bad("GK751", "in the final account", ("其他说明", 0), f"电话{MOBILE}", ERROR, "手机号码", file=FINAL),
    good("GK751", "a number that may be published", NOTE, f"电话{MOBILE}", put(*ALLOWED, value={"允许公开": [MOBILE]})),
    good("GK751", "an amount", NOTE, "资金13800138000.55元，文号〔2024〕138号"),
    bad("GK752", "with area code", NOTE, "请拨打0999-8221234", ERROR, "“其他说明”里有电话号码（099*******34）"),
    bad("GK752", "in brackets", NOTE, "请拨打（0999）8221234", ERROR, "电话号码"),
    bad("GK752", "without area code", NOTE, "监督电话：8221234", ERROR, "电话号码（822***34）"),
    good(
        "GK752", "an allowed number", NOTE, "电话0999-8221234", put(*ALLOWED, value={"允许公开": ["电话0999-8221234"]})
    ),
    good(
        "GK752",
        "a document's number, a span of years, an amount",
        NOTE,
        "县财〔2024〕012-3号，2023-2024，0.12-8221234.5元",
    ),
    bad("GK753", "a citizen's number", NOTE, f"身份证{IDENTITY}", ERROR, "身份证号码（110*************2X）"),
    bad("GK753", "an old one", NOTE, "证号110105491231002", WARNING, "15 位数像是老的身份证号码（110**********02）"),
    good("GK753", "a check digit that is wrong", NOTE, "编号110105194912310021"),
    good("GK753", "no day of birth", NOTE, "编号110105991331002"),
    good(
        "GK753",
        "an old one that is allowed",
        NOTE,
        "110105491231002",
        put(*ALLOWED, value={"允许公开": ["110105491231002"]}),
    ),
    bad("GK754", "a card", NOTE, f"缴入{CARD}", ERROR, "银行账号（622**************29）"),
    bad("GK754", "a card in groups", NOTE, "缴入6222 0202 0011 2230", ERROR, "银行账号"),
    bad("GK754", "an account", NOTE, "账号：300123456789", ERROR, "银行账号（300*******89）"),
    good("GK754", "a check digit that is wrong", NOTE, "编号6222020200112230128"),
    bad("GK755", "a mail address", NOTE, "寄zhang.san@example.com", ERROR, "电子邮箱（zha****************om）"),
    good(
        "GK755",
        "a mail address that may be published",
        NOTE,
        "寄swj@example.com",
        put(*ALLOWED, value={"允许公开": ["swj@example.com"]}),
    ),
    bad("GK756", "a contact's name", ("整体绩效目标", "联系人"), "张某", WARNING, "“联系人”没有隐去（张**）"),
    bad("GK756", "a manager's name", ("项目", 0, "绩效目标", "负责人"), "李某", WARNING, "“负责人”没有隐去（李**）"),
    bad("GK756", "a telephone", ("整体绩效目标", "联系电话"), MOBILE, WARNING, "“联系电话”没有隐去（138******00）"),
    bad("GK756", "a name with an x", ("整体绩效目标", "联系人"), "Xie Wei", WARNING, "“联系人”没有隐去（X**）"),
    bad("GK756", "a masked extension", ("整体绩效目标", "联系电话"), "0908-4222111转8**", WARNING, "没有隐去"),
    bad("GK756", "an x before the extension", ("整体绩效目标", "联系电话"), "4222111x801", WARNING, "没有隐去"),
    good("GK756", "masked", ("整体绩效目标", "联系人"), "张××"),
    good("GK756", "masked in the middle", ("整体绩效目标", "联系电话"), "138xxxx8000"),
    good("GK756", "allowed", ("整体绩效目标", "联系人"), "张某", put(*ALLOWED, value={"允许公开": ["张某"]})),
    good("GK751", "a telephone that another rule speaks of", ("整体绩效目标", "联系电话"), MOBILE),
]


def told(where: Path, text: object, what: str, **more: Any) -> Case:
    """A text that tells something of the secret project; the message says which text, and which project."""
    steps = " › ".join(f"第{step + 1}条" if isinstance(step, int) else step for step in where)
    return bad(
        "GK771",
        f"{what} at {where[0]}",
        where,
        text,
        ERROR,
        f"“{steps}”里说出了第 {SECRET + 1} 个项目（涉密）的{what}",
        **more,
    )


SECRET_BASIS = put("项目", SECRET, "政策依据", value="根据昌州财办行[2023]26号和边境通道临时管控方案")
SECRET_NAME = put("项目", SECRET, "名称", value="边境管控专项工作经费")

UNIT_GOAL: Path = ("整体绩效目标", "年度目标")
SECRET_TARGET = put(
    "项目",
    SECRET,
    "绩效目标",
    value={
        "总体目标": "完成隐蔽点位围墙改造。",
        "指标": [
            {
                "一级": "产出指标",
                "二级": "数量指标",
                "三级": "更换红外报警装置数量",
                "指标值": ">=3",
                "依据": "计划",
                "权重": "90",
            }
        ],
    },
)
CODE_NAME = put("项目", SECRET, "名称", value="金盾项目")

SECRECY = [
    told(UNIT_GOAL, "完成隐蔽点位围墙改造等工作。", "依据、用途或绩效里的话", also=(SECRET_TARGET,)),
    told(UNIT_GOAL, "更换红外报警装置数量3台。", "依据、用途或绩效里的话", also=(SECRET_TARGET,)),
    told(R, "退休人员增加，金盾二期建设", "名称里的词", also=(CODE_NAME,)),
    good(
        "GK771",
        "a word that so many projects are called by",
        R,
        "退休人员增加，装备老化",
        put("项目", SECRET, "名称", value="装备购置经费"),
    ),
    told(R, "示例专项工作经费增加，退休人员增加", "名称"),
    told(USE, "示例 专项工作经费等支出", "名称"),
    told(GOAL, "配合示例专项工作经费。", "名称"),
    told(R, "退休人员增加，边境管控任务加重", "名称里的词", also=(SECRET_NAME,)),
    told(NOTE, "本部门按昌州财办行〔2023〕26号文件安排。", "政策依据文号", also=(SECRET_BASIS,)),
    told(
        NOTE,
        "本部门落实隐蔽点位巡防工作方案。",
        "依据、用途或绩效里的话",
        also=(put("项目", SECRET, "政策依据", value="根据隐蔽点位巡防工作方案"),),
    ),
    told(NOTE, "本部门落实边境通道临时管控方案。", "依据、用途或绩效里的话", also=(SECRET_BASIS,)),
    told(("三公经费", "公务用车原因"), "示例专项工作经费购车", "名称", file=FINAL),
    told(("绩效管理", "成效", 0), "完成了示例专项工作经费的目标", "名称", file=FINAL),
    good("GK771", "a secret project is there", NOTE, "本部门有1个涉密项目，不公开。"),
    good(
        "GK771",
        "words of the catalogue",
        R,
        "退休人员增加",
        put("项目", SECRET, "名称", value="文化和旅游管理事务经费"),
    ),
    good(
        "GK771",
        "a coincidence that the file allows",
        R,
        "退休人员增加，边境管控任务加重",
        SECRET_NAME,
        put(*ALLOWED, value={"允许公开": ["边境管控"]}),
    ),
    good("GK771", "no secret project", R, "示例专项工作经费增加", drop("项目", SECRET, "涉密")),
]

APPROVED: Path = ("批复日期",)
LAW_AND_FORM = [
    Case(
        "GK781", "late", (put(*APPROVED, value="2024-02-05"),), ("公开日期",), WARNING, "隔了 21 日，超过法定的 20 日"
    ),
    Case("GK781", "before the approval", (put(*APPROVED, value="2024-02-27"),), ("公开日期",), ERROR, "早于批复日期"),
    Case("GK781", "late", (put(*APPROVED, value="2025-08-01"),), ("公开日期",), WARNING, "隔了 21 日", file=FINAL),
    good("GK781", "on the last day", APPROVED, "2024-02-06"),
    good("GK781", "on the day itself", APPROVED, "2025-08-22", file=FINAL),
    Case("GK725", "not told", (drop("批复日期"),), APPROVED, HINT, "没有写批复日期"),
    Case(
        "GK725",
        "not told, and after March",
        (drop("批复日期"), put("公开日期", value="2024-04-01")),
        APPROVED,
        WARNING,
        "公开日期 2024-04-01 已过 2024 年 3 月底",
    ),
    Case(
        "GK725",
        "not told, and after October",
        (drop("批复日期"), put("公开日期", value="2025-11-03")),
        APPROVED,
        WARNING,
        "已过 2025 年 10 月底",
        file=FINAL,
    ),
    Case(
        "GK725",
        "on the last day",
        (drop("批复日期"), put("公开日期", value="2025-10-31")),
        APPROVED,
        HINT,
        "没有写",
        file=FINAL,
    ),
    good("GK725", "told", APPROVED, "2024-02-06"),
    bad("GK237", "another century", APPROVED, "1924-02-06", ERROR, "批复日期是 1924 年"),
    good("GK237", "the year before", APPROVED, "2023-12-28"),
    bad("GK782", "no duty", ("概况", "主要职能", 0), "略", WARNING, "主要职能没有写实际内容"),
    Case(
        "GK782",
        "nobody",
        (put("概况", "人员", value={"在职": {"人数": "0"}, "退休": {"人数": "0"}}),),
        ("概况", "人员"),
        WARNING,
        "人数都是 0",
        file=FINAL,
    ),
    Case(
        "GK782", "no offices", (drop("概况", "机构设置"),), ("概况", "机构设置"), WARNING, "在职 43 人，没有写内设机构"
    ),
    good("GK782", "subordinates alone", ("概况", "机构设置"), {"下属单位": ["示例县文化馆"]}),
]

SAYING_NOTHING = [
    *(
        bad("GK230", f"the reason {word}", R, word, ERROR, f"的“原因”写的是“{word}”，不是原因")
        for word in ("无", "没有", "暂无", "不适用", "略", "/", "-", "—", "无。")
    ),
    bad("GK230", "none of both years, but printed", RECEPTION, "无", ERROR, "公务接待费的“原因”写的是“无”"),
    bad("GK230", "a difference", FINAL_DIFFERENCE, "无", ERROR, "的“差异原因”写的是“无”", file=FINAL),
    good("GK230", "there is none of it", R, "无退休人员变化，按政策调整待遇"),
    Case(
        "GK230",
        "not printed: none in both years",
        (put("支出", 0, "变动", "国有资本经营预算", value={"上年": "0", "原因": "无"}),),
    ),
    bad("GK231", "alone", R, "一是退休人员增加。", WARNING, "“原因”里只有“一是”"),
    bad("GK231", "alone, behind words", R, "本年变动：一是退休人员增加", WARNING, "没有“二是”"),
    good("GK231", "with the second", R, "一是退休人员增加；二是待遇调整"),
    good("GK231", "and others", R, "一是退休人员增加，另待遇调整"),
    good("GK231", "no number", R, "唯一是退休人员增加"),
    bad("GK232", "a whole text", R, "“退休人员增加”", WARNING, "“原因”的两头有全角引号"),
    good("GK232", "a part of it", R, "“双减”政策增加人员"),
    good("GK232", "two parts", R, "“双减”和“双增”"),
]

CASES = [*SAYING_NOTHING, *WORDS_AGAINST_FIGURES, *WORDING, *NUMBERS_IN_TEXTS, *PRIVACY, *SECRECY, *LAW_AND_FORM]


def findings(case: Case) -> list[Finding]:
    data = file_data(case.file)
    for edit in case.edits:
        edit(data)
    return [f for f in check(budget_of(data) if case.file is BUDGET else account_of(data)) if f.code == case.code]


@pytest.mark.parametrize("case", [c for c in CASES if c.level], ids=lambda case: f"{case.code} {case.why}")
def test_a_mistake_is_found_where_it_is(case):
    [finding] = findings(case)
    assert (finding.path, finding.level) == (case.path, case.level)
    assert case.says in finding.message
    stated, expected = (None if text is None else Decimal(text) for text in (case.stated, case.expected))
    assert (finding.stated, finding.expected) == (stated, expected)
    assert finding.advice


@pytest.mark.parametrize("case", [c for c in CASES if not c.level], ids=lambda case: f"{case.code} {case.why}")
def test_what_is_no_mistake_is_not_found(case):
    assert findings(case) == []


@pytest.mark.parametrize("wrong", [True, False], ids=["bad", "good"])
def test_every_rule_about_texts_has_its_cases(wrong):
    codes = {rule.code for rule in (*RULES, *FINAL_RULES) if rule.code[:3] in {"GK2", "GK7"}}
    assert {case.code for case in CASES if bool(case.level) is wrong} == codes
    assert len(codes) >= 30


# --------------------------------------------------------------------------------------
# What a clerk may well write


def legitimate() -> list[tuple[Path, str]]:
    """Every sentence of the list with a place at which it may stand."""
    places = {"[原因]": R, "[用途]": USE, "[目标]": GOAL}
    found: list[tuple[Path, str]] = []
    place = R
    for line in (ROOT / "tests" / "legitimate.txt").read_text(encoding="utf-8").splitlines()[1:]:
        if line in places:
            place = places[line]
        else:
            found.append((place, line))
    return found


def test_many_sentences_are_legitimate():
    assert len({sentence for _, sentence in legitimate()}) >= 150


@pytest.mark.parametrize("place", [R, USE, GOAL], ids=["原因", "用途", "目标"])
def test_no_legitimate_sentence_is_found_fault_with(place):
    wrong = []
    for sentence in (sentence for where, sentence in legitimate() if where == place):
        data = file_data(BUDGET)
        put(*place, value=sentence)(data)
        wrong += [(sentence, f.code, f.message) for f in check(budget_of(data)) if f.path == place]
    assert wrong == []


# --------------------------------------------------------------------------------------
# What the examples say

PUBLISHED = {
    "bozhou-swj-2024-final": dict.fromkeys(("GK303", "GK404", "GK460", "GK469", "GK471", "GK473", "GK725"), 1)
    | {"GK470": 2, "GK480": 2},
    "kezhou-swj-2024-budget": {"GK418": 1, "GK419": 1, "GK426": 2, "GK712": 2, "GK725": 1},
    "qitai-sgj-2024-budget": {"GK427": 1, "GK437": 1, "GK725": 1},
}
"""The published documents' own slips, a jump of 机关运行经费 that is real, and days of approval that are not told."""


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_examples_have_no_finding_but_what_is_true_of_the_published_text(file):
    data = file_data(file)
    found = check(budget_of(data) if data["文种"] == "预算" else account_of(data))
    codes = [finding.code for finding in found]
    assert {code: codes.count(code) for code in codes} == PUBLISHED.get(file.stem, {})
    hints = {"GK303", "GK725"}
    assert all(finding.level is (Level.HINT if finding.code in hints else WARNING) for finding in found)


# --------------------------------------------------------------------------------------
# The texts themselves


def leaves(node: Any, path: Path = ()) -> dict[Path, str]:
    """Every scalar of a file by its place."""
    if isinstance(node, dict):
        return {p: text for key, value in node.items() for p, text in leaves(value, (*path, key)).items()}
    if isinstance(node, list):
        return {p: text for i, value in enumerate(node) for p, text in leaves(value, (*path, i)).items()}
    return {path: node}


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_text_stands_where_it_says(file):
    data = file_data(file)
    written = leaves(data)
    figures = BudgetFigures(budget_of(data)) if data["文种"] == "预算" else FinalFigures(account_of(data))
    for text in texts(figures):
        assert text.text == written[text.path].strip()
    secret = any(project.get("涉密") for project in data.get("项目", ()))
    missed = [path for path in written if path[-1] == "原因" and path not in {text.path for text in texts(figures)}]
    assert len(missed) == (1 if secret else 0), "the reason of money that is all secret"


def test_texts_of_a_secret_project_and_reasons_that_would_tell_it_are_left_out():
    data = file_data(BUDGET)
    put("项目", SECRET, "政策依据", value="不可说")(data)
    place = reason(SECRETLY)
    published = {text.path for text in texts(BudgetFigures(budget_of(data)))}
    assert [path for path in published if path[:2] == ("项目", SECRET)] == []
    assert place not in published
    drop("项目", SECRET, "涉密")(data)
    published = {text.path for text in texts(BudgetFigures(budget_of(data)))}
    assert {place, ("项目", SECRET, "政策依据")} <= published


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (R, Kind.REASON),
        (("概况", "主要职能", 0), Kind.DUTY),
        (("概况", "机构设置", "内设机构", 0), Kind.NAME),
        (("单位", "名称"), Kind.NAME),
        (USE, Kind.NOTE),
        (NOTE, Kind.NOTE),
        (("项目", 0, "政策依据"), Kind.NOTE),
        (GOAL, Kind.PERFORMANCE),
        (("整体绩效目标", "年度目标"), Kind.PERFORMANCE),
    ],
    ids=str,
)
def test_kinds_of_texts(path, kind):
    [text] = [text for text in texts(BudgetFigures(budget_of(file_data(BUDGET)))) if text.path == path]
    assert text.kind is kind


# --------------------------------------------------------------------------------------
# Numbers that persons carry

digits = st.text("0123456789", min_size=15, max_size=18)


@given(number=digits)
def test_one_digit_completes_a_card_number_and_a_wrong_digit_spoils_it(number):
    [last] = [digit for digit in "0123456789" if luhn(number + digit)]
    other = str((int(number[3]) + 1) % 10)
    assert not luhn(number[:3] + other + number[4:] + last)


@given(area=st.integers(110000, 659999), born=st.dates(), order=st.integers(0, 999))
def test_one_check_digit_completes_a_citizens_number(area, born, order):
    number = f"{area}{born.year:04d}{born:%m%d}{order:03d}"
    fitting = [digit for digit in "0123456789X" if identity_number(number + digit)]
    assert len(fitting) == (1900 <= born.year <= 2100)


def test_of_a_short_number_nothing_is_shown():
    assert hidden("62345") == "*****"


@given(number=st.text("0123456789", min_size=7, max_size=30))
def test_a_hidden_number_shows_five_digits(number):
    assert hidden(number)[:3] == number[:3]
    assert hidden(number)[-2:] == number[-2:]
    assert sum(character.isdigit() for character in hidden(number)) == 5


@pytest.mark.parametrize("case", [c for c in PRIVACY if c.level], ids=lambda case: f"{case.code} {case.why}")
def test_a_message_does_not_repeat_what_must_not_be_published(case):
    [finding] = findings(case)
    for word in (MOBILE, IDENTITY, CARD, "8221234", "zhang.san", "110105491231002", "300123456789", "张某", "李某"):
        assert word not in finding.message


# --- the patterns of the rules ---


def patterns() -> list[tuple[str, str, re.Pattern[str]]]:
    """Every pattern of the rules that is written over several lines, with the module and its name."""
    modules = [importlib.import_module(m.name) for m in pkgutil.walk_packages(checks.__path__, f"{checks.__name__}.")]
    found = {
        id(value): (module.__name__, name, value)
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern) and value.flags & re.VERBOSE
    }
    return list(found.values())


@pytest.mark.parametrize(
    ("module", "name", "pattern"), patterns(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_pattern_of_several_lines_begins_with_an_example_that_it_finds(module, name, pattern):
    [example] = re.findall(r"^\s*# 例：(.+)$", pattern.pattern, re.MULTILINE)
    assert pattern.search(example), f"{module}.{name}"


def test_every_long_pattern_of_the_rules_is_written_over_several_lines():
    assert len(patterns()) >= 30
