"""Checks that the books of all kinds have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .check import NOTHING, Cells, Check, Margin, cells

STAFF_CLASSES = ("301*", "303*")
"""工资福利支出 and 对个人和家庭的补助: what of basic spending is 人员经费 unless it is divided."""
_WHOLE = {"人员经费": ("",), "公用经费": ("",)}
"""Rows of 基本支出经济分类 that are not divided."""
_ECONOMIC = "基本支出经济分类"
BOUGHT = cells("政府采购/货物", "政府采购/工程", "政府采购/服务")
_FULL = "90"

ECONOMIC = (Cells(f"{_ECONOMIC}.金额", where=_WHOLE), Cells(f"{_ECONOMIC}.人员经费+公用经费"))
STAFF = (
    Cells(f"{_ECONOMIC}.金额", where={**_WHOLE, "编码": STAFF_CLASSES}),
    Cells(f"{_ECONOMIC}.人员经费"),
)
OPERATING = (
    Cells(f"{_ECONOMIC}.金额", where=_WHOLE, unless={"编码": STAFF_CLASSES}),
    Cells(f"{_ECONOMIC}.公用经费"),
)


def economic(code: str) -> tuple[Cells, ...]:
    """Basic spending under one economic 款."""
    only = {"编码": (code,)}
    return (
        Cells(f"{_ECONOMIC}.金额", where={**_WHOLE, **only}),
        Cells(f"{_ECONOMIC}.人员经费+公用经费", where=only),
    )


def people() -> list[Check]:
    """Nobody is new who is not there."""
    return [
        Check(
            "GK433", f"{name}：比上年增加的人数 ≤ 人数", cells(f"概况/人员/{name}/增减"),
            cells(f"概况/人员/{name}/人数"), at_most=True,
        )
        for name in ("在职", "退休", "离休")
    ]  # fmt: skip


def bought(small_medium: str, small: str, whole: str) -> list[Check]:
    """政府采购: the parts of smaller enterprises."""
    middle = cells(f"政府采购/{small_medium}")
    return [
        Check("", f"{small} ≤ {small_medium}", cells(f"政府采购/{small}"), middle, at_most=True),
        Check(
            "", f"{small_medium} ≤ {whole}", middle, BOUGHT, at_most=True, margin=Margin.LEEWAY,
            typed=(*BOUGHT, *middle),
        ),
    ]  # fmt: skip


def weights_of_projects(entries: str, indicators: str) -> str:
    """The number of projects whose indicators have weights that are not 90 together."""
    links, weights = f"{{{indicators}.项目}}", f"{{{indicators}.权重}}"
    names = f"{{{entries}.名称}}"
    stated = f'(SUMIF({links},{names},{weights})<>0)*({names}<>"")'
    return f"SUMPRODUCT({stated}*(ROUND(SUMIF({links},{names},{weights})-{_FULL},6)<>0))"


def weights(rule: str, entries: str, indicators: str, unit_indicators: str) -> list[Check]:
    """Every table of indicators weighs 90 in all."""
    blank = f'SUMPRODUCT(({{{indicators}.项目}}="")*({{{indicators}.权重}}<>""))'
    return [
        Check(rule, "整体绩效指标的权重合计 = 90", cells(f"{unit_indicators}.权重"), _FULL),
        Check(
            rule, "权重合计不是 90 的项目（个数）", weights_of_projects(entries, indicators), NOTHING,
            stated=cells(f"{indicators}.权重"), unknown=blank,
        ),
    ]  # fmt: skip


def approved(totals: Mapping[str, Sequence[Cells]]) -> list[Check]:
    """Every approved total that is stated is what its parts add up to."""
    return [
        Check("GK404", f"核定数：{name}", stated, parts, margin=Margin.ROUNDED, stated=stated)
        for name, parts in totals.items()
        for stated in (cells(f"核定数/{name}"),)
    ]


def running_costs(whole: str, name: str) -> list[Check]:
    """机关运行经费 is a part of what is told beside it; ``whole`` is last year's, called ``name``."""
    prior, current = cells("机关运行经费/上年"), cells("机关运行经费/本年")
    return [
        Check(
            "GK435", f"机关运行经费的上年数 ≤ {name}的上年数", prior, cells(whole), at_most=True, stated=cells(whole)
        ),
        Check("GK438", "机关运行经费的本年数 ≤ 公用经费", current, OPERATING, at_most=True, margin=Margin.ROUNDED),
    ]
