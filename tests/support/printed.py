"""What a disclosure prints, place by place: tables, prose, web page, workbook and open data of random valid files.

A file is taken as it was drawn, and once more as a clerk has it who holds published figures only: every
amount rounded by itself to 0.01 万元, and the approved totals (核定数) that the exact amounts came to.
"""

from __future__ import annotations

import copy
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from lxml import html

from gongkai.checks.run import check
from gongkai.document.compose import Rendered, render_disclosure
from gongkai.document.parse import parse_document
from gongkai.findings import Finding
from gongkai.output.data.opendata import open_data
from gongkai.output.xlsx.writer import render_xlsx
from gongkai.prose.numbers import round_half_up
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.final.figures import FinalFigures
from gongkai.statements.tables.table import Table
from support.examples import budget_of, pack_of, rows_of, total_of
from support.strategies_final import VEHICLE_KINDS, account_of, final_pack
from support.workbook import sheets_of

Data = dict[str, Any]
ZERO, HALF = Decimal(0), Decimal("0.005")

_NO_AMOUNT = {
    "科目", "来源", "经济分类", "面积", "数量", "指标", "购置数", "保有量", "批次", "人次", "团组数", "年度",
    "公开日期", "概况", "单位", "50万元以上设备", "100万元以上设备", *VEHICLE_KINDS,
}  # fmt: skip
_NUMBER = re.compile(r"-?[\d,]+(\.\d+)?")
_PRINTED = re.compile(r"-?[\d,]+\.\d\d")


def in_published_figures(data: Data) -> Data:
    """The file of a clerk who holds published figures: 万元 of two decimals, and the approved totals."""

    def convert(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: value if _is_no_amount(key, value) else convert(value) for key, value in node.items()}
        if isinstance(node, list):
            return [convert(value) for value in node]
        if _NUMBER.fullmatch(node):
            return f"{round_half_up(Decimal(node.replace(',', '')) * _scale(data)):f}"
        return node

    figures = figures_of(data)
    rounded = convert({key: value for key, value in copy.deepcopy(data).items() if key != "核定数"})
    approved = {t.name: f"{round_half_up(figures.sums.exact(t.ways[0])):f}" for t in figures.totals}
    return {**rounded, "年度": data["年度"], "金额单位": "万元", "核定数": approved}


def _is_no_amount(key: str, value: Any) -> bool:
    return key in _NO_AMOUNT and not (key in VEHICLE_KINDS and isinstance(value, dict))


def _scale(data: Data) -> Decimal:
    return Decimal("0.0001") if data["金额单位"] == "元" else Decimal(1)


def is_published(data: Data) -> bool:
    """Whether the unit has as much as anybody publishes in 万元, and nothing so small that it would be left out."""
    figures = figures_of(data)
    total = figures.sums.exact(figures.totals[0].ways[0])
    return total > 1 and not any(amount and not round_half_up(amount) for amount in _amounts_in(data, _scale(data)))


def _amounts_in(node: Any, scale: Decimal) -> Iterator[Decimal]:
    """Every amount that is typed, 万元."""
    if isinstance(node, dict):
        for key, value in node.items():
            if not _is_no_amount(key, value):
                yield from _amounts_in(value, scale)
    elif isinstance(node, list):
        for value in node:
            yield from _amounts_in(value, scale)
    elif _NUMBER.fullmatch(node):
        yield Decimal(node.replace(",", "")) * scale


def figures_of(data: Data) -> BudgetFigures | FinalFigures:
    return BudgetFigures(budget_of(data)) if data["文种"] == "预算" else FinalFigures(account_of(data))


@dataclass(frozen=True)
class Printed:
    """A file's findings and its document."""

    data: Data

    @cached_property
    def is_budget(self) -> bool:
        return bool(self.data["文种"] == "预算")

    @cached_property
    def findings(self) -> list[Finding]:
        return check(budget_of(self.data) if self.is_budget else account_of(self.data))

    @cached_property
    def rendered(self) -> Rendered:
        if self.is_budget:
            return render_disclosure(budget_of(self.data), pack_of("base", int(self.data["年度"])))
        return render_disclosure(account_of(self.data), final_pack("base", int(self.data["年度"])))

    @cached_property
    def tables(self) -> dict[str, Table]:
        return {table.key: table for table in self.rendered.tables}

    @cached_property
    def root(self) -> html.HtmlElement:
        return html.document_fromstring(self.rendered.html)

    @cached_property
    def prose(self) -> str:
        """Paragraphs outside the tables, a line each, without what clerks wrote of amounts."""
        inside = {p for sheet in self.root.findall(".//section[@class='sheet']") for p in sheet.iter("p")}
        return "\n".join(p.text_content().strip() for p in self.root.iter("p") if p not in inside)

    def total(self, table: str, column: str) -> Decimal:
        """A figure of a table's grand total, as printed."""
        return round_half_up(total_of(self.tables[table]).get(column) or ZERO)

    def cell(self, table: str, label_column: str, label: str, column: str) -> Decimal:
        """The figure in the row of a label, as printed."""
        [row] = [r for r in rows_of(self.tables[table]) if re.sub(r"\s", "", str(r.get(label_column) or "")) == label]
        return round_half_up(row.get(column) or ZERO)

    def said(self, pattern: str) -> list[Decimal]:
        """Every figure that the prose gives in such words."""
        return [
            Decimal(found.replace(",", "")) for found in re.findall(pattern.replace("#", r"([\d,.]+)万元"), self.prose)
        ]


# --------------------------------------------------------------------------------------
# The same figure in every place


def different_figures(printed: Printed) -> Iterator[str]:
    """Totals that a form or a sentence prints as one, and that are printed differently."""
    for name, figures in (_of_budget if printed.is_budget else _of_final)(printed).items():
        if len(set(figures)) > 1:
            yield f"{name}: {', '.join(map(str, figures))}"


def _of_budget(p: Printed) -> dict[str, list[Decimal]]:
    funds = {"一般公共预算": "一般公共预算支出", "政府性基金预算": "政府性基金", "国有资本经营预算": "国有资本经营"}
    same = {
        "收支总计": [
            p.total("收支总体", "收入数"),
            p.total("收支总体", "支出数"),
            p.total("收入总体", "总计"),
            p.total("支出总体", "合计"),
            *p.said("(?<!财政拨款)收支总预算#。"),
            *p.said("收入预算#，其中"),
            *p.said("支出预算#，其中"),
            *p.said("整体预算绩效目标1个，涉及金额#"),
        ],
        "财政拨款": [
            p.total("财政拨款收支", "收入数"),
            p.total("财政拨款收支", "支出数"),
            p.total("收入总体", "财政拨款小计"),
            *p.said("财政拨款收支总预算#"),
        ],
        "一般公共预算基本支出": [
            p.total("一般公共预算支出", "基本支出"),
            p.total("基本支出", "合计"),
            *p.said("一般公共预算基本支出#"),
        ],
        "一般公共预算项目支出": [p.total("一般公共预算支出", "项目支出"), p.total("项目支出", "合计")],
        "人员经费": [p.total("基本支出", "人员经费"), *p.said("人员经费#，主要包括")],
        "公用经费": [p.total("基本支出", "公用经费"), *p.said("公用经费#，主要包括")],
        "三公经费": [p.cell("三公经费", "项目", "合计", "合计"), *p.said("“三公”经费预算数为#")],
        "结转结余": [p.total("结转结余", "总计"), *p.said("使用上年结转结余安排的支出#")],
        "基本支出": [p.total("支出总体", "基本支出"), *p.said("(?m)^基本支出#，占")],
        "项目支出": [p.total("支出总体", "项目支出"), *p.said("(?m)^项目支出#，占")],
    }
    for fund, table in funds.items():
        same[fund] = [p.total("财政拨款收支", fund), p.total(table, "合计"), *p.said(f"{fund}拨款合计#")]
    for row in rows_of(p.tables["收支总体"]):
        code = str(row.get("支出项目") or "")[:3]
        if row.get("支出数"):
            same[f"{code} 类"] = [
                round_half_up(row["支出数"]),
                *(_coded(p, table, code, column) for table, column in (("收入总体", "总计"), ("支出总体", "合计"))),
            ]
    return same


def _of_final(p: Printed) -> dict[str, list[Decimal]]:
    def left(label: str, table: str = "收支总表") -> Decimal:
        return p.cell(table, "收入项目", label, "收入数")

    def right(label: str, column: str = "支出数", table: str = "收支总表") -> Decimal:
        return p.cell(table, "支出项目", label, column)

    fiscal = "财政拨款总表"
    basic = p.tables["基本支出"]
    last = max(key for key in (c.key for c in basic.columns) if key.startswith("数"))
    same = {
        "收支总计": [left("总计"), right("总计"), *p.said("年度收入总计#"), *p.said("年度支出总计#")],
        "本年收入": [
            left("本年收入合计"),
            p.total("收入", "合计"),
            *p.said("本年收入合计#"),
            *p.said("本年收入#，其中：财政"),
        ],
        "本年支出": [
            right("本年支出合计"),
            p.total("支出", "合计"),
            *p.said("本年支出合计#"),
            *p.said("本年支出#，其中：基本"),
        ],
        "财政拨款收支总计": [
            left("总计", fiscal),
            right("总计", table=fiscal),
            *p.said("年度财政拨款收入总计#"),
            *p.said("财政拨款支出总计#，其中：年末财政"),
        ],
        "财政拨款收入": [
            p.total("收入", "财政拨款收入"),
            left("本年收入合计", fiscal),
            *p.said("财政拨款收入#，占"),
            *p.said("本年财政拨款收入#"),
        ],
        "财政拨款支出": [right("本年支出合计", table=fiscal), *p.said("本年财政拨款支出#")],
        "一般公共预算支出": [
            right("本年支出合计", "一般公共预算", fiscal),
            p.total("一般公共预算支出", "合计"),
            *p.said("年度一般公共预算财政拨款支出#"),
        ],
        "一般公共预算基本支出": [p.total("一般公共预算支出", "基本支出"), *p.said("一般公共预算财政拨款基本支出#")],
        "人员经费": [p.total("基本支出", "数1"), *p.said("人员经费#，包括")],
        "公用经费": [p.total("基本支出", last), *p.said("公用经费#，包括")],
        "三公经费": [
            round_half_up(rows_of(p.tables["三公经费"])[0]["决算合计"]),
            *p.said("年度财政拨款“三公”经费支出#"),
        ],
    }
    for fund, table in (("政府性基金预算", "政府性基金"), ("国有资本经营预算", "国有资本经营")):
        same[f"{fund}支出"] = [
            right("本年支出合计", fund, fiscal),
            p.total(table, "合计"),
            *p.said(f"{fund}财政拨款支出#。"),
        ]
        same[f"{fund}收支总计"] = [
            right("总计", fund, fiscal),
            *p.said(f"{fund}财政拨款收入总计#"),
            *p.said(f"{fund}财政拨款支出总计#"),
        ]
    return same


def _code(row: dict[str, Any]) -> str:
    return str(row.get("编码")) if "编码" in row else "".join(str(row.get(key) or "") for key in ("类", "款", "项"))


def _coded(p: Printed, table: str, code: str, column: str) -> Decimal:
    [row] = [row for row in rows_of(p.tables[table]) if _code(row) == code]
    return round_half_up(row.get(column) or ZERO)


# --------------------------------------------------------------------------------------
# Printed sums and their printed parts


ACROSS: dict[str, Sequence[tuple[str, Sequence[str]]]] = {
    "支出总体": [("合计", ("基本支出", "项目支出"))],
    "一般公共预算支出": [("合计", ("基本支出", "项目支出"))],
    "财政拨款收支": [("支出数", ("一般公共预算", "政府性基金预算", "国有资本经营预算"))],
    "三公经费": [("合计", ("一般公共预算", "政府性基金预算", "国有资本经营预算"))],
    "结转结余": [("总计", ("财政合计", "非财政合计"))],
    "收入": [("合计", ("财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"))],
    "支出": [("合计", ("基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"))],
    "财政拨款总表": [("支出数", ("一般公共预算", "政府性基金预算", "国有资本经营预算"))],
}
_BUDGET_ACROSS: dict[str, Sequence[tuple[str, Sequence[str]]]] = {
    "基本支出": [("合计", ("人员经费", "公用经费"))],
    "政府性基金": [("合计", ("人员经费", "公用经费", "项目支出"))],
    "国有资本经营": [("合计", ("人员经费", "公用经费", "项目支出"))],
}
_FINAL_ACROSS: dict[str, Sequence[tuple[str, Sequence[str]]]] = {
    "政府性基金": [("合计", ("基本支出", "项目支出"))],
    "国有资本经营": [("合计", ("基本支出", "项目支出"))],
}
DOWN = ("收入总体", "支出总体", "一般公共预算支出", "项目支出", "政府性基金", "国有资本经营", "收入", "支出")


def sums_off(printed: Printed) -> Iterator[str]:
    """Printed sums that are further from their printed parts than each rounded by itself can be."""
    across = ACROSS | (_BUDGET_ACROSS if printed.is_budget else _FINAL_ACROSS)
    for key, table in printed.tables.items():
        if not any(column.kind == "数字" for column in table.columns):
            continue
        rows = [dict(row) for row in rows_of(table)]
        total = dict(total_of(table)) if any(row.total for row in table.rows) else None
        for whole, parts in across.get(key, ()):
            for row in [*rows, *([total] if total else [])]:
                if row.get(whole) is not None and not isinstance(row.get(whole), str):
                    yield from _off(f"{key} {_code(row)} {whole}", row[whole], [row.get(p) or ZERO for p in parts])
        if key in DOWN or (key == "基本支出" and printed.is_budget):
            columns = [column.key for column in table.columns if column.kind == "数字"]
            for column in columns:
                yield from _down(key, column, rows, total)


def _down(key: str, column: str, rows: Sequence[dict[str, Any]], total: dict[str, Any] | None) -> Iterator[str]:
    cells = [(_code(row), row.get(column) or ZERO) for row in rows if _code(row)]
    if total is not None:
        yield from _off(f"{key} 合计 {column}", total.get(column) or ZERO, [v for c, v in cells if len(c) == 3])
    for code, value in dict(cells).items():
        below = [v for c, v in cells if len(c) == len(code) + 2 and c.startswith(code)]
        if below:
            yield from _off(f"{key} {code} {column}", value, below)


def _off(where: str, whole: Decimal, parts: Sequence[Decimal]) -> Iterator[str]:
    shown = [round_half_up(part) for part in parts]
    sum_of_parts, printed = sum(shown, ZERO), round_half_up(whole)
    if abs(printed - sum_of_parts) > HALF * (1 + sum(map(bool, parts))):
        yield f"{where}: {printed} ≠ {' + '.join(str(part) for part in shown if part)}"


# --------------------------------------------------------------------------------------
# Tables, web page, workbook, open data


def not_everywhere(printed: Printed) -> Iterator[str]:
    """Figures of the tables that the page, the workbook or the open data have otherwise."""
    rendered = printed.rendered
    cells = [cell.value for table in rendered.tables for row in table.rows for cell in row.cells]
    wanted = {round_half_up(value) for value in cells if isinstance(value, Decimal)} - {ZERO}
    sheets = printed.root.findall(".//section[@class='sheet']")
    texts = {td.text_content().strip() for sheet in sheets for td in sheet.iter("td")}
    on_page = {Decimal(text.replace(",", "")) for text in texts if _PRINTED.fullmatch(text)}
    book = sheets_of(render_xlsx(parse_document(rendered), rendered))
    in_book = {value for sheet in book for value in sheet.cells.values() if isinstance(value, Decimal)}
    files = [data.decode("utf-8-sig") for name, data in open_data(rendered).items() if name.endswith(".csv")]
    written = {cell for text in files for row in csv.reader(io.StringIO(text)) for cell in row}
    in_data = {Decimal(cell) for cell in written if _PRINTED.fullmatch(cell)}
    for name, found in (("page", on_page), ("workbook", in_book), ("open data", in_data)):
        if not wanted <= found:
            yield f"{name} lacks {sorted(wanted - found)}"


FAULTS: Sequence[Callable[[Printed], Iterator[str]]] = (different_figures, sums_off, not_everywhere)
