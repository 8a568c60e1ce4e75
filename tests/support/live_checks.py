"""The live checks of a book without any office: what they declare, reckoned from the data of a file; and slips."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongkai.book.sheets.looks import NO_MONEY
from gongkai.findings import Path
from gongkai.intake.book.blocks.data import text_at
from gongkai.intake.book.blocks.fixed import Fixed
from gongkai.intake.book.blocks.shape import Entry, shape_of
from gongkai.intake.book.layout import Layout
from gongkai.intake.book.live.check import Cells, Check, Margin, Side
from gongkai.intake.guide import guide_of
from gongkai.model.budget.sources import Source
from support.books import LAYOUTS
from support.edits import Edit, put

Data = Mapping[str, Any]
AGREES, DIFFERS, BLANK = "✓", "✗", "（未填）"


@dataclass(frozen=True)
class _Amount:
    """What stands in a cell, and what it is multiplied with to be in the unit of the file; 0 for a blank."""

    text: str
    value: Decimal
    scale: Decimal
    rounded: bool

    @property
    def half_step(self) -> Decimal:
        """How far the exact amount may be from what was typed."""
        decimals = max(2, -min(0, int(self.value.normalize().as_tuple().exponent)))
        exact = not self.value or not self.rounded or decimals >= 6
        return Decimal(0) if exact else Decimal(5).scaleb(-decimals - 1) * self.scale


@dataclass(frozen=True)
class Reckoned:
    """Both sides of a check, and what it says."""

    left: Decimal
    right: Decimal
    said: str


class Reckoner:
    """Reckons the checks of a file that add up cells."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.layout: Layout = LAYOUTS[data["文种"]]
        self.guide = guide_of(self.layout.kind)
        blocks = [block for sheet in self.layout.sheets for block in sheet.blocks]
        self.rows = {b.title: list(b.rows(data, self.guide)) for b in blocks if not isinstance(b, Fixed)}
        self.columns = {b.title: {c.title: c for c in b.columns(self.guide)} for b in blocks}

    def __call__(self, check: Check) -> Reckoned | None:
        """What a check comes to; None for one that counts rows by a formula."""
        if isinstance(check.left, str) or (isinstance(check.right, str) and check.right == "0"):
            return None
        left, right = (sum((s * a.value * a.scale for s, a in self._amounts(side)), Decimal(0)) for side in
                       (check.left, check.right))  # fmt: skip
        right = Decimal(check.right) if isinstance(check.right, str) else right
        both = [*self._amounts(check.left), *self._amounts(check.right)]
        stated = list(self._amounts(check.stated)) or (list(self._amounts(check.left)) if check.at_most else both)
        if not any(amount.text for _, amount in stated):
            return Reckoned(left, right, BLANK)
        gap = left - right if check.at_most else abs(left - right)
        typed = [amount for _, amount in self._amounts(check.typed) or both]
        return Reckoned(left, right, AGREES if gap <= self._margin(check.margin, typed) else DIFFERS)

    def _margin(self, margin: Margin, typed: list[_Amount]) -> Decimal:
        if margin is Margin.CENT:
            return Decimal("0.01") * (10_000 if self._unit("") == "元" else 1)
        several = sum(bool(amount.value) for amount in typed) > 2
        if margin is Margin.NONE or (margin is Margin.LEEWAY and not several):
            return Decimal(0)
        return sum((amount.half_step for amount in typed), Decimal(0))

    def _amounts(self, side: Side) -> list[tuple[int, _Amount]]:
        parts = () if isinstance(side, str) else side
        return [(part.sign, self._amount(text, path)) for part in parts for text, path in self._cells(part)]

    def _cells(self, part: Cells) -> Iterator[tuple[str, Path]]:
        block, point, columns = part.of.partition(".")
        if not point:
            path = tuple(part.of.split("/"))
            yield text_at(self.data, path) or "", path
            return
        for row in self.rows[block]:
            if all(_stands(row.get(t, ""), w) for t, w in part.where.items()) and not any(
                _stands(row.get(t, ""), w) for t, w in part.unless.items()
            ):
                yield from ((row.get(t, ""), self.columns[block][t].paths[0]) for t in columns.split("+"))

    def _amount(self, text: str, path: Path) -> _Amount:
        value = Decimal(text.replace(",", "")) if text else Decimal(0)
        if path[-1] in NO_MONEY or shape_of(self.guide, path).entry is Entry.WHOLE:
            return _Amount(text, value, Decimal(1), rounded=False)
        unit, whole = self._unit(str(path[0])), self._unit("")
        scale = Decimal(1) if unit == whole else Decimal("0.0001") if unit == "元" else Decimal(10_000)
        return _Amount(text, value, scale, unit == "万元")

    def _unit(self, section: str) -> str:
        return self.data.get("分节金额单位", {}).get(section) or self.data.get("金额单位", "万元")


def _stands(text: str, words: tuple[str, ...] | Any) -> bool:
    return any(text.startswith(word[:-1]) if word.endswith("*") else text == word for word in words)


@dataclass(frozen=True)
class Slip:
    """What was put into an example, and the checks (by what they say) that must differ then."""

    checks: str
    edits: tuple[Edit, ...]

    def of(self, check: Check) -> bool:
        """Whether a check must differ."""
        return re.fullmatch(self.checks, check.what) is not None


def _slip(checks: str, *path: str | int, value: object) -> Slip:
    return Slip(checks, (put(*path, value=value),))


def _approved(layout: Layout) -> Slip:
    """Approved totals, none of which is right."""
    names = guide_of(layout.kind).names(("核定数",))
    return Slip("核定数：.*", tuple(put("核定数", name, value="98765.43") for name in names))


def _public(kind: str) -> Iterator[Slip]:
    changes = (
        [("30212", "1"), ("31013", "19"), ("30231", "12"), ("30217", "2.5")]
        if kind == "预算"
        else [("30212", "1"), ("31013", "190000"), ("30231", "110001"), ("30217", "13801")]
    )
    for code, amount in changes:
        yield _slip(rf".*里的 {code} ≤ .*", "基本支出经济分类", code, value=amount)


SLIPS: Mapping[str, tuple[Slip, ...]] = {
    "预算": (
        _slip("一般公共预算基本支出：.*", "基本支出经济分类", "30101", value="199.40"),
        *(
            _slip(
                rf"项目支出合计 .*|项目支出 = 项目资金：{source.value}|项目支出与项目资金不同.*",
                "支出", 1, "项目支出", source.value, value="41.5",
            )
            for source in Source
        ),
        _slip("项目支出与项目资金不同.*", "项目", 0, "资金", 0, "科目", value="2070110"),
        _slip("单位资金的构成.*", "收入", "单位资金", "构成", "事业收入", value="13"),
        _slip("一般公共预算的上年数：收入 = 支出变动", "支出变动", "一般公共预算基本支出", "上年", value="770.96"),
        _slip("一般公共预算的上年数：收入 = 各科目合计", "支出", 0, "变动", "一般公共预算", "上年", value="426.10"),
        _slip("政府性基金预算的上年数：.*", "支出", 14, "变动", "政府性基金预算", "上年", value="101"),
        _slip("国有资本经营预算的上年数：.*", "支出", 13, "变动", "国有资本经营预算", "上年", value="21"),
        _slip("上年数合计：.*", "支出变动", "项目支出", "上年", value="451"),
        _slip("一般公共预算基本支出的上年数 ≤ .*", "支出变动", "基本支出", "上年", value="700"),
        _slip("一般公共预算项目支出的上年数 ≤ .*", "支出变动", "项目支出", "上年", value="200"),
        *_public("预算"),
        _slip("政府性基金预算的“三公”经费 ≤ .*", "三公经费", "公务接待费", "政府性基金预算", value="200"),
        _slip("国有资本经营预算的“三公”经费 ≤ .*", "三公经费", "公务接待费", "国有资本经营预算", value="40"),
        _slip("本年购置的车辆经费 = .*", "国有资产", "本年购置", "车辆经费", value="17"),
        _slip("面向小微企业 ≤ .*", "政府采购", "面向小微企业", value="98.61"),
        _slip("面向中小企业 ≤ .*", "政府采购", "面向中小企业", value="124.1"),
        _slip("政府采购 ≤ .*", "政府采购", "货物", value="2000"),
        _slip("100万元以上设备 ≤ 50万元以上设备", "国有资产", "100万元以上设备", value="2"),
        _slip("100万元以上设备 ≤ .*本年购置.*", "国有资产", "本年购置", "100万元以上设备", value="1"),
        _slip("在职人数 ≤ 编制数", "概况", "人员", "编制数", value="42"),
        *(_slip(f"{n}：比上年.*", "概况", "人员", n, "增减", value="99") for n in ("在职", "退休", "离休")),
        _slip("机关运行经费的上年数 ≤ .*", "机关运行经费", "上年", value="800"),
        _slip("机关运行经费的本年数 ≤ .*", "机关运行经费", "本年", value="100"),
        _slip("整体绩效指标的权重.*", "整体绩效目标", "指标", 0, "权重", value="31"),
        _slip("权重合计不是 90 .*", "项目", 0, "绩效目标", "指标", 0, "权重", value="21"),
        _approved(LAYOUTS["预算"]),
    ),
    "决算": (
        _slip("收入总计 = 支出总计", "科目收支", 1, "收入", "事业收入", value="127000"),
        _slip("一般公共预算基本支出：.*", "基本支出经济分类", "30101", value="2054000"),
        _slip("财政拨款收入是负数.*", "科目收支", 0, "年初结转和结余", "一般公共预算", value="9000000"),
        _slip("其他资金收支不平衡.*", "科目收支", 6, "收入", "事业收入", value="930000"),
        _slip("一般公共预算的上年数 = 各科目上年数合计", "总体变动", "一般公共预算", "上年", value="9911500"),
        *(
            _slip(f"{name}的上年数 = 各科目上年数 .*", "总体变动", name, "上年", value="77")
            for name in ("财政拨款", "政府性基金预算", "国有资本经营预算")
        ),
        _slip("财政拨款的年初预算数 = .*", "总体变动", "财政拨款", "年初预算", value="11212901"),
        _slip("财政拨款的上年数 ≤ .*", "总体变动", "收支总计", "上年", value="77"),
        *_public("决算"),
        *(
            _slip(rf"{name}：支出 ≤ 全年预算", "三公经费", name, "支出", value="190000")
            for name in ("因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费")
        ),
        _slip("因公出国（境）费：团组数 ≤ .*", "三公经费", "因公出国（境）费", "团组数", value="1"),
        _slip("公务接待费：批次 ≤ .*", "三公经费", "公务接待费", "批次", value="169"),
        _slip("授予小微企业 ≤ .*", "政府采购", "授予小微企业", value="952001"),
        _slip("授予中小企业 ≤ .*", "政府采购", "授予中小企业", value="1190001"),
        _slip("政府采购 ≤ .*", "政府采购", "货物", value="99999999"),
        *(_slip(f"{n}：比上年.*", "概况", "人员", n, "增减", value="99") for n in ("在职", "退休", "离休")),
        _slip("机关运行经费的上年数 ≤ .*", "机关运行经费", "上年", value="9911401"),
        _slip("机关运行经费的本年数 ≤ .*", "机关运行经费", "本年", value="9999999"),
        *(
            _slip(f"整体自评的({checks}).*", "整体绩效自评", "资金", name, column, value="77")
            for name, column, checks in (
                ("本级资金", "年初预算", "财政资金年初预算"),
                ("本级资金", "全年预算", "全年预算合计|财政资金全年预算"),
                ("本级资金", "执行", "执行合计|财政资金执行"),
                ("其他资金", "全年预算", "全年预算合计|其他资金全年预算"),
                ("其他资金", "执行", "执行合计|其他资金执行"),
            )
        ),
        _slip("各项目自评的财政拨款执行 .*", "项目绩效自评", 0, "财政拨款", "执行", value="77"),
        _slip("各项目自评的其他资金执行 .*", "项目绩效自评", 8, "其他资金", "执行", value="77"),
        _slip("各项目财政拨款的年初预算 ≤ .*", "项目绩效自评", 0, "财政拨款", "年初预算", value="77000000"),
        _slip("财政拨款执行 > .*", "项目绩效自评", 0, "财政拨款", "执行", value="400001"),
        _slip("其他资金执行 > .*", "项目绩效自评", 8, "其他资金", "执行", value="280001"),
        _slip("整体自评里得分 > .*", "整体绩效自评", "指标", 0, "得分", value="31"),
        _slip("项目自评里得分 > .*", "项目绩效自评", 0, "指标", 0, "得分", value="21"),
        _slip("整体绩效指标的权重.*", "整体绩效自评", "指标", 0, "权重", value="31"),
        _slip("权重合计不是 90 .*", "项目绩效自评", 0, "指标", 0, "权重", value="21"),
        _approved(LAYOUTS["决算"]),
    ),
}  # fmt: skip
"""By the kind: for every check at least one slip in the example of 示例局, which has no finding."""
