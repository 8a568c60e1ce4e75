"""The first sheet (填表说明): what the book is, how it is filled in, its sheets, and what agrees so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongkai.intake.book.blocks.by_code import ByCode
from gongkai.intake.book.live.check import Check

from .live import Live
from .looks import CENTRED, GOOD, LOOKED_UP, QUIET, WRONG, Looks
from .paper import fit_to_paper
from .plan import Placed, Plan
from .widths import row_height

_WIDTHS = (20.0, 56.0, 15.0, 15.0, 13.0, 13.0)
_MARGIN, _STATED, _UNKNOWN = 6, 7, 8
"""Columns that are not shown: what a check needs beside what it shows."""
_RESULT = 5
_NO_MORE_THAN = 0.0000005
"""Less than the last place of any amount: two figures that are so near are the same."""
AGREES, ROUNDED, DIFFERS, BLANK, UNKNOWN, NO_NUMBER = "✓", "✓ 四舍五入", "✗", "（未填）", "（未核对）", "？"
"""What a check may say."""

_HOW = (
    "白色的格子是要填的。灰色的是说明，或由公式得出，不用填。",
    "一件事只写一处。合计、增减、比例都由程序计算，不用填，也不要在清单里加合计行。",
    "没有的留空；要表明确实是零的，写 0。",
    "清单可以插入行、删除行，不够的接着往下写。工作表和表头的名称不要改。",
    "鼠标移到格子上有说明；有下拉清单的，从清单里选。",
    "填好以后保存，先运行 gongkai check 文件名.xlsx 核对，再运行 gongkai render 文件名.xlsx 生成公开文件。",
    "打印时只印已经填写的行；后来添了行的，先在“页面布局”里取消打印区域。",
)
_TABS = "工作表标签：蓝色的要填，浅灰的可以不填。"
_LIVE = (
    "随填随算，和运行 gongkai check 时同一代码的规则是一个意思；规则比这里多，以运行的结果为准。"
    "“四舍五入”是相差在各数四舍五入的误差之内，“未核对”是有的行没有写科目或项目，“？”是有的格子里不是数。"
)


def write_guide(sheet: Any, plan: Plan, looks: Looks, live: Live) -> None:
    """Write the sheet."""
    writer = _Guide(sheet, looks)
    sheet.set_tab_color(LOOKED_UP)
    writer.above(f"{plan.layout.kind}填报簿")
    results = writer.sheets(plan)
    writer.checks(plan.layout.checks, live, results)
    fit_to_paper(sheet, upright=True)
    sheet.print_area(0, 0, writer.row - 1, _RESULT)
    sheet.activate()


class _Guide:
    """Writes downwards."""

    def __init__(self, sheet: Any, looks: Looks) -> None:
        self._sheet = sheet
        self._looks = looks
        self.row = 0
        sheet.hide_gridlines(2)
        sheet.set_default_row(18)
        for place, width in enumerate(_WIDTHS):
            sheet.set_column(place, place, width)
        sheet.set_column(_MARGIN, _UNKNOWN, None, None, {"hidden": True})

    def above(self, title: str) -> None:
        """What the book is and how it is filled in."""
        self._sheet.set_row(self.row, 30)
        self._sheet.write_string(self.row, 0, title, self._looks.title)
        self.row += 1
        for number, line in enumerate((*_HOW, _TABS), 1):
            self._across(f"{number}. {line}")

    def sheets(self, plan: Plan) -> int:
        """The sheets with links and how far they are filled; the row in which the result of the checks belongs."""
        self._heading("工作表")
        self._header(("工作表", "填什么", "要不要填", "已填的行"))
        for sheet in plan.layout.sheets:
            filled = "+".join(_filled(placed) for placed in plan.of(sheet))
            purpose = "；".join(filter(None, (sheet.purpose, sheet.meaning)))
            self._height(((purpose, _WIDTHS[1]),))
            self._sheet.write_url(self.row, 0, f"internal:'{sheet.name}'!A1", self._looks.told_link, sheet.name)
            self._sheet.write_string(self.row, 1, purpose, self._looks.told())
            self._sheet.write_string(self.row, 2, "可以不填" if sheet.optional else "要填", self._looks.told(**CENTRED))
            self._sheet.write_formula(self.row, 3, f"={filled}", self._looks.told(num_format="0;;", **CENTRED), "")
            self.row += 1
        self._heading("核对")
        return self.row

    def checks(self, checks: Sequence[Check], live: Live, result: int) -> None:
        """Every check in a row, and how many agree in the row ``result``."""
        self.row = result + 1
        self._across(_LIVE)
        self._header(("规则", "核对什么", "左边的数", "右边的数", "相差", "结果"))
        first = self.row
        for check in checks:
            self._check(check, live)
        cells = f"$F${first + 1}:$F${self.row}"
        said = f'="✗ "&COUNTIF({cells},"{DIFFERS}")&" 处　✓ "&COUNTIF({cells},"{AGREES}*")&" 处"'
        self._sheet.write_formula(result, 0, said, self._looks.heading, "")
        for value, colour in (("✗ 0 处", GOOD), (DIFFERS, WRONG)):
            rule = {"type": "text", "criteria": "begins with", "value": value, "format": self._looks.in_colour(colour)}
            self._sheet.conditional_format(result, 0, result, 0, {**rule, "stop_if_true": True})
        self._colour(first, self.row - 1)

    def _check(self, check: Check, live: Live) -> None:
        formulas, row = live.of(check), self.row + 1
        self._height(((check.what, _WIDTHS[1]),))
        self._sheet.write_string(self.row, 0, check.rule, self._looks.told(**CENTRED))
        self._sheet.write_string(self.row, 1, check.what, self._looks.told())
        look = self._looks.told_number(money=formulas.money)
        for place, formula in (
            (2, f'IF(H{row}=0,"",{formulas.left})'),
            (3, formulas.right),
            (4, f'IF(H{row}=0,"",ROUND(C{row}-D{row},6))'),
        ):
            self._sheet.write_formula(self.row, place, f"={formula}", look, "")
        for place, formula in (
            (_MARGIN, formulas.margin),
            (_STATED, formulas.stated),
            (_UNKNOWN, formulas.unknown),
        ):
            self._sheet.write_formula(self.row, place, f"={formula}", None, "")
        gap = f"E{row}" if check.at_most else f"ABS(E{row})"
        said = (
            f'=IF(H{row}=0,"{BLANK}",IF(ISERROR(E{row}),"{NO_NUMBER}",IF(I{row}>0,"{UNKNOWN}",'
            f'IF({gap}<={_NO_MORE_THAN:.7f},"{AGREES}",IF({gap}<=G{row}+{_NO_MORE_THAN:.7f},"{ROUNDED}","{DIFFERS}")))))'
        )
        self._sheet.write_formula(self.row, _RESULT, said, self._looks.told(**CENTRED), "")
        self.row += 1

    def _colour(self, first: int, last: int) -> None:
        for begin, look in ((AGREES, self._looks.in_colour(GOOD)), (DIFFERS, self._looks.in_colour(WRONG, bold=True))):
            rule = {"type": "text", "criteria": "begins with", "value": begin, "format": look}
            self._sheet.conditional_format(first, _RESULT, last, _RESULT, rule)
        rule = {"type": "formula", "criteria": f'=$F{first + 1}="{BLANK}"', "format": self._looks.in_colour(QUIET)}
        self._sheet.conditional_format(first, 0, last, _RESULT, rule)

    def _heading(self, text: str) -> None:
        self.row += 1
        self._sheet.set_row(self.row, 24)
        self._sheet.write_string(self.row, 0, text, self._looks.heading)
        self.row += 1

    def _header(self, titles: Sequence[str]) -> None:
        self._sheet.set_row(self.row, 24)
        for place, title in enumerate(titles):
            self._sheet.write_string(self.row, place, title, self._looks.header)
        self.row += 1

    def _across(self, text: str) -> None:
        self._height(((text, sum(_WIDTHS) - 4),))
        self._sheet.merge_range(self.row, 0, self.row, _RESULT, text, self._looks.advice)
        self.row += 1

    def _height(self, texts: Sequence[tuple[str, float]]) -> None:
        height = row_height(texts)
        if height:
            self._sheet.set_row(self.row, height)


def _filled(placed: Placed) -> str:
    """How many rows of a block have anything in them (a formula)."""
    prepared = placed.block.key if isinstance(placed.block, ByCode) else ""  # a code by itself says nothing
    own = [c.title for c in placed.columns if not (c.label or c.formula or c.title == prepared)]
    tests = "+".join(f'({placed.cells(title)}<>"")' for title in own)
    return f"SUMPRODUCT(--({tests}>0))"
