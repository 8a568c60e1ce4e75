"""What the columns and labels of budget tables mean: which sources of money, and which natures of spending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gongkai.intake.export.facts.labels import match_label
from gongkai.model.budget.sources import FISCAL_FUNDS, Fund, Source
from gongkai.statements.budget.spending import APPROPRIATED, BASIC_NATURES, CARRIED, CURRENT, Nature, of_fund

FISCAL_CARRIED = tuple(s for s in CARRIED if s.fund in FISCAL_FUNDS)
OTHER_CARRIED = tuple(s for s in CARRIED if s.fund not in FISCAL_FUNDS)
BASIC = tuple(BASIC_NATURES)
ALL_NATURES = tuple(Nature)

Group = tuple[Sequence[Source], Sequence[Nature]]

_INCOME_COLUMNS: Mapping[str, Sequence[Source]] = {
    "总计": tuple(Source),
    "本年收入": CURRENT,
    "财政拨款小计": APPROPRIATED,
    "上年结转结余": CARRIED,
    "财政拨款结转": FISCAL_CARRIED,
    "非财政拨款结转结余": OTHER_CARRIED,
    **{source.value: (source,) for source in Source},
}
_NATURE_COLUMNS: Mapping[str, Sequence[Nature]] = {
    "合计": ALL_NATURES,
    "基本支出": BASIC,
    "人员经费": (Nature.STAFF,),
    "公用经费": (Nature.OPERATING,),
    "项目支出": (Nature.PROJECT,),
}
_CURRENT_LABELS = (
    (r"本年收入(合计|小计)?", "本年收入"),
    (r"财政拨款(收入)?(\(补助\))?(收入)?(小计|合计)?", "财政拨款"),
    (r"一般财力.*", "一般财力"),
    (r"上级一般公共预算.*", Source.GENERAL_UPPER.value),
    (r"上级政府性基金.*", Source.GOVERNMENT_UPPER.value),
    (r"上级国有资本.*", Source.CAPITAL_UPPER.value),
    (r"一般公共预算(财政)?(拨款)?(收入)?(资金)?", "一般公共预算合计"),
    (r"政府性基金收入", Source.GOVERNMENT.value),
    (r"国有资本经营收入", Source.CAPITAL.value),
    (r"(政府性)?基金预算(财政)?(拨款)?(收入)?(资金)?|政府性基金", "政府性基金预算合计"),
    (r"国有资本经营预算(财政)?(拨款)?(收入)?(资金)?", "国有资本经营预算合计"),
    (r"财政专户.*", Source.SPECIAL.value),
    (r"单位资金(收入)?", Source.UNIT.value),
)
_CARRIED_LABELS = (
    (r"(上年结转结余|上年结转|上年结余|结转结余|年初结转.*)(合计|小计)?", "上年结转结余"),
    (r"非财政拨款结(转|余).*", "非财政拨款结转结余"),
    (r"财政拨款结转.*", "财政拨款结转"),
    (r"一般公共预算.*", Source.GENERAL_CARRIED.value),
    (r"(政府性)?基金.*", Source.GOVERNMENT_CARRIED.value),
    (r"国有资本.*", Source.CAPITAL_CARRIED.value),
    (r"财政专户.*", Source.SPECIAL_CARRIED.value),
    (r"单位资金.*|其他资金", Source.UNIT_CARRIED.value),
)
TOTAL_LABEL = r"(收入)?(总计|合计)"
_FUNDS: Mapping[str, Fund] = {
    "一般公共预算支出": Fund.GENERAL,
    "政府性基金": Fund.GOVERNMENT,
    "国有资本经营": Fund.CAPITAL,
}
OF_LABEL: Mapping[str, Sequence[Source]] = {
    **{source.value: (source,) for source in Source},
    "本年收入": CURRENT,
    "财政拨款": APPROPRIATED,
    "一般财力": (Source.GENERAL,),
    "一般公共预算合计": of_fund(Fund.GENERAL),
    "政府性基金预算合计": of_fund(Fund.GOVERNMENT),
    "国有资本经营预算合计": of_fund(Fund.CAPITAL),
    "上年结转结余": CARRIED,
    "财政拨款结转": FISCAL_CARRIED,
    "非财政拨款结转结余": OTHER_CARRIED,
}


def carried_column(column: str) -> Group:
    """Of which money and natures a column of 上年结转结余情况明细表 tells."""
    if column == "总计":
        return CARRIED, ALL_NATURES
    side = OTHER_CARRIED if column.startswith("非财政") else FISCAL_CARRIED
    leaf = column.removeprefix("非财政").removeprefix("财政")
    return side, _NATURE_COLUMNS[leaf]


def column_of(table: str, column: str) -> Group | None:
    """Of which money and natures a column of a table by 科目 tells; None for what is not money spent."""
    if table == "收入总体":
        sources = _INCOME_COLUMNS.get(column)
        return (sources, ALL_NATURES) if sources else None
    natures = _NATURE_COLUMNS.get(column)
    fund = _FUNDS.get(table)
    # What of 一般公共预算 is 人员经费 and 公用经费 follows from the economic 科目.
    if natures is None or (fund is Fund.GENERAL and column in ("人员经费", "公用经费")):
        return None
    return (tuple(Source) if fund is None else of_fund(fund)), natures


def income_label(said: str, *, carried: bool) -> str:
    """What a label of the income side means; empty for what is not known."""
    return match_label(said, _CARRIED_LABELS if carried else _CURRENT_LABELS)
