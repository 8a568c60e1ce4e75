"""Random budgets with the final account of their year."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from support.strategies import budgets
from support.strategies_final import SECRET as SECRET_OF_FINAL
from support.strategies_final import final_accounts

Data = dict[str, Any]


Draw = Callable[[st.SearchStrategy[Any]], Any]


@st.composite
def pairs(draw: Draw) -> tuple[Data, Data]:
    """A budget, and a final account that has its projects by name and leaves every 年初预算 to it."""
    budget, final = draw(budgets()), draw(final_accounts())
    year, unit = int(final["年度"]), final["单位"]
    final |= {"预算文件": "预算.yaml", "口径": "部门"}
    budget |= {"年度": final["年度"], "公开日期": f"{year}-02-20", "单位": copy.deepcopy(unit), "口径": "部门"}
    for project, planned in zip(final.get("项目绩效自评", ()), budget.get("项目", ()), strict=False):
        if "涉密" not in planned and project.pop("涉密", None):
            # What is open there is open here, and so are its texts.
            text = json.dumps(project, ensure_ascii=False).replace(SECRET_OF_FINAL, "")
            project.clear()
            project.update(json.loads(text))
        project["名称"] = planned["名称"]
        project |= {"涉密": "是"} if "涉密" in planned else {}
        for line in ("财政拨款", "其他资金"):
            project.setdefault(line, {"全年预算": "0", "执行": "0"}).pop("年初预算", None)
    for total in final["总体变动"].values():
        total.pop("年初预算", None)
    return budget, final
