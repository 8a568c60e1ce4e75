"""Budgets with secret projects."""

from __future__ import annotations

import copy
from typing import Any

from support.fixtures import Data, example_input

# Each secret word stands in a field of its own, so that a failure says which field got out.
SECRETS = {
    "名称": "夜莺一号甲",
    "政策依据": "夜莺二号乙",
    "资金分配": "夜莺三号丙",
    "承担单位": "夜莺四号丁",
    "执行时间": "夜莺五号戊",
    "负责人": "夜莺六号己",
    "总体目标": "夜莺七号庚",
    "三级": "夜莺八号辛",
    "指标值": "夜莺九号壬",
    "依据": "夜莺十号癸",
    "佐证": "NIGHTINGALE11",
    "原因": "夜莺十二号子",
    "支出用途": "夜莺十三号丑",
}


def secret_project(code: str, source: str, amount: str) -> Data:
    words = SECRETS
    indicator = {"一级": "产出指标", "二级": "数量指标", "权重": "90"}
    return {
        **{key: words[key] for key in ("名称", "政策依据", "资金分配", "承担单位", "执行时间")},
        "涉密": "是",
        "资金": [{"科目": code, "来源": source, "经济分类": "302", "金额": amount}],
        "绩效目标": {
            "负责人": words["负责人"],
            "总体目标": words["总体目标"],
            "指标": [{**indicator, **{key: words[key] for key in ("三级", "指标值", "依据", "佐证")}}],
        },
    }


def budget() -> Data:
    """The example with 7.77 万元 of 财政拨款 and 3.33 万元 of 单位资金 for secret projects.

    The first is all that its 科目, and its 类, pays for: their reason and their use would tell what it is.
    """
    data = example_input()
    data["支出"].append(
        {
            "科目": "2039999",
            "项目支出": {"一般公共预算": "7.77"},
            "变动": {"一般公共预算": {"上年": "0", "原因": SECRETS["原因"]}},
        }
    )
    data["支出用途"]["203"] = SECRETS["支出用途"]
    data["支出"][0]["项目支出"]["单位资金"] = "3.43"
    data["收入"]["单位资金"]["构成"]["其他收入"] = "504.45"
    data["项目"] += [secret_project("2039999", "一般公共预算", "7.77"), secret_project("2011301", "单位资金", "3.33")]
    return data


def with_secret(change: dict[str, Any]) -> Data:
    data = budget()
    data["项目"][-2] |= copy.deepcopy(change)
    return data


MONEY = {"科目": "2039999", "来源": "一般公共预算", "经济分类": "302", "金额": "7.77"}


INDICATOR = {"一级": "产出指标", "二级": "数量指标", "三级": SECRETS["三级"], "指标值": SECRETS["指标值"]}


MISHAPS: dict[str, dict[str, Any]] = {
    "sums that disagree": {"资金": [{**MONEY, "金额": "70.77"}]},
    "unknown 科目": {"资金": [{**MONEY, "科目": "2019998"}]},
    "unknown economic code": {"资金": [{**MONEY, "经济分类": "398"}]},
    "weights that do not add up": {
        "绩效目标": {"总体目标": SECRETS["总体目标"], "指标": [{**INDICATOR, "依据": SECRETS["依据"], "权重": "80"}]}
    },
    "value of the wrong shape": {"资金": SECRETS["资金分配"]},
    "amount that is no number": {"资金": [{**MONEY, "金额": SECRETS["原因"]}]},
    "source that is none": {"资金": [{**MONEY, "来源": SECRETS["原因"]}]},
    "weight that is no number": {
        "绩效目标": {"总体目标": "目标", "指标": [{**INDICATOR, "依据": "计划标准", "权重": SECRETS["依据"]}]}
    },
    "text with a control character": {"政策依据": f"{SECRETS['政策依据']}\x07"},
}
