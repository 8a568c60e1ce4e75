"""Which figures of the tables an amount in running text should be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from gongkai.audit.claims.text.claim import Amount, Role, Subject
from gongkai.audit.claims.text.flat import flat_text
from gongkai.intake.export.forms.words import label

from .figures import CLASS, ITEM, Cell, Names, TableFigures

_FUNDS = {"一般公共预算": "一般公共预算支出", "政府性基金": "政府性基金", "国有资本经营": "国有资本经营"}
"""The table of spending of each budget."""

_ALL = "全部"
_FISCAL = "财政拨款"
_ANY = "*"


def _of_funds(column: str, row: str = "合计") -> dict[str, list[str]]:
    """A column of each budget's table, and of all three together."""
    own = {fund: [f"{table}/{row}/{column}"] for fund, table in _FUNDS.items()}
    if column == "基本支出":
        for fund, table in _FUNDS.items():
            own[fund] += [f"{table}/{row}/人员经费+{table}/{row}/公用经费"]
    together = "+".join(f"{table}/{row}/{column}" for table in _FUNDS.values())
    return {**own, _FISCAL: [together, *own["一般公共预算"]]}


_Specified = Mapping[str, Mapping[str, Sequence[str]]]

_INCOMES = {"一般公共预算": "一般公共预算", "政府性基金": "政府性基金预算", "国有资本经营": "国有资本经营预算"}
_FISCAL_PROJECTS = "+".join(f"{table}/合计/项目支出" for table in _FUNDS.values())
_NO_OTHER = "+".join(f"财政拨款收支/合计/{column}=0" for column in ("政府性基金预算", "国有资本经营预算"))
_GENERAL_PROJECTS = f"项目支出/合计/合计+{_NO_OTHER}"
"""The same, where there is no money of the other budgets, and perhaps no table of it."""
_OWN_MONEY = ("一般财力", "政府性基金收入", "国有资本经营收入")
"""What 收支总体情况表 calls the part of each that is the own money of this level."""
_TOTALS = ["收支总体/合计/收入数", "收支总体/合计/支出数", "收入总体/合计/总计", "支出总体/合计/合计"]
_FISCAL_TOTALS = ["财政拨款收支/合计/收入数", "财政拨款收支/合计/支出数", "收入总体/合计/财政拨款小计",
                  "收支总体/财政拨款(收入|\\(补助\\))?/收入数"]  # fmt: skip

BUDGET: _Specified = {
    "总计": {_ALL: _TOTALS, _FISCAL: _FISCAL_TOTALS},
    "本年收入": {_ALL: ["收支总体/合计/收入数", "收入总体/合计/总计"], _FISCAL: _FISCAL_TOTALS,
             **{fund: [f"财政拨款收支/合计/{name}", f"{_FUNDS[fund]}/合计/合计"] for fund, name in _INCOMES.items()}},
    "本年支出": {_ALL: ["收支总体/合计/支出数", "支出总体/合计/合计"], _FISCAL: _FISCAL_TOTALS, **_of_funds("合计")},
    "财政总计": {_ANY: _FISCAL_TOTALS},
    "财政收入": {_ANY: _FISCAL_TOTALS},
    "财政支出": {_ANY: _FISCAL_TOTALS},
    "拨款": {fund: [f"{_FUNDS[fund]}/合计/合计", f"财政拨款收支/合计/{name}",
                  f"财政拨款收支/{name}(资金|拨款)?(收入)?/收入数", f"收支总体/{name}(资金|拨款)?(收入)?/收入数"]
           for fund, name in _INCOMES.items()},
    "预算": {fund: [f"收入总体/合计/{name}", f"收支总体/{own}/收入数"]
           for (fund, name), own in zip(_INCOMES.items(), _OWN_MONEY, strict=True)},
    **{source: {_ANY: [f"收入总体/合计/{source}", f"收支总体/{source[:-4]}(预算)?安排(的)?转移支付/收入数"]}
       for source in ("上级一般公共预算转移支付", "上级政府性基金转移支付", "上级国有资本经营预算转移支付")},
    **{source: {_ANY: [f"收入总体/合计/{source}", f"收支总体/{source}(核拨|资金|管理资金)?(收入)?/收入数"]}
       for source in ("财政专户", "单位资金", "事业收入", "上级补助收入", "附属单位上缴收入", "其他收入")},
    **{name: {_ANY: [f"收入总体/合计/{name}", f"收支总体/{own}/收入数"]}
       for name, own in zip(_INCOMES.values(), _OWN_MONEY, strict=True)},
    "经营收入": {_ANY: ["收入总体/合计/事业单位经营收入", "收支总体/(事业单位)?经营收入/收入数"]},
    "上年结转": {_ANY: ["收支总体/上年结转(和)?结余/收入数", "收入总体/合计/上年结转结余",
                    "收入总体/合计/财政拨款结转+收入总体/合计/非财政拨款结转结余", "结转结余/合计/总计"]},
    "上年结转结余": {_ANY: ["收支总体/上年结转(和)?结余/收入数", "收入总体/合计/上年结转结余",
                       "收入总体/合计/财政拨款结转+收入总体/合计/非财政拨款结转结余"]},
    "基本支出": {_ALL: ["支出总体/合计/基本支出", "支出总体/合计/人员经费+支出总体/合计/公用经费"],
             **_of_funds("基本支出")},
    "项目支出": {_ALL: ["支出总体/合计/项目支出"], **_of_funds("项目支出")},
    "人员经费": {"一般公共预算": ["基本支出/合计/人员经费", "一般公共预算支出/合计/人员经费"]},
    "公用经费": {"一般公共预算": ["基本支出/合计/公用经费", "一般公共预算支出/合计/公用经费"]},
    "三公": {_ANY: ["三公经费/三公经费合计|合计/合计", "三公经费/合计/合计", "三公经费/*/合计"]},
    "出国": {_ANY: ["三公经费/因公出国.*/合计", "三公经费/*/因公出国（境）费"]},
    "车辆": {_ANY: ["三公经费/公务用车购置(及|和)运行(维护)?费.*/合计", "三公经费/*/公务用车购置及运行费"]},
    "购置": {_ANY: ["三公经费/公务用车购置(费|费用)?(\\(.*\\))?/合计", "三公经费/*/公务用车购置费"]},
    "运行": {_ANY: ["三公经费/公务用车运行(维护)?费.*/合计", "三公经费/*/公务用车运行费"]},
    "接待": {_ANY: ["三公经费/公务接待.*/合计", "三公经费/*/公务接待费"]},
    "运行经费": {_ANY: ["三公经费/*/机关运行经费"]},
    "采购": {_ANY: ["政府采购/合计/预算数"]},
    **{f"采购{kind}": {_ANY: [f"政府采购/(政府采购)?{kind}(类|采购)?/预算数"]} for kind in ("货物", "工程", "服务")},
    "整体绩效": {_ANY: _TOTALS},
    "财政项目": {_ANY: [_FISCAL_PROJECTS, _GENERAL_PROJECTS]},
    "其他项目": {_ANY: [f"支出总体/合计/项目支出-{_FISCAL_PROJECTS.replace('+', '-')}"
                    "-结转结余/合计/财政项目支出-结转结余/合计/非财政项目支出",
                    f"支出总体/合计/项目支出-{_GENERAL_PROJECTS.replace('+', '-')}"
                    "-收支总体/上年结转(和)?结余/收入数=0"]},
}  # fmt: skip
"""Of a budget: by subject and money, the figures of tables that it may be."""

_BALANCES = {"年初结转": ("收入数", "年初(财政拨款)?结转和结余"), "年末结转": ("支出数", "年末(财政拨款)?结转和结余")}
_TWO_FUNDS = ("政府性基金", "国有资本经营")

FINAL: _Specified = {
    "总计": {_ALL: ["收支总表/合计/收入数", "收支总表/合计/支出数"], _FISCAL: ["财政拨款总表/合计/收入数"]},
    "收入总计": {_ALL: ["收支总表/合计/收入数"], _FISCAL: ["财政拨款总表/合计/收入数"]},
    "支出总计": {_ALL: ["收支总表/合计/支出数"], _FISCAL: ["财政拨款总表/合计/支出数"]},
    "财政总计": {_ANY: ["财政拨款总表/合计/收入数", "财政拨款总表/合计/支出数"]},
    "财政收入总计": {_ANY: ["财政拨款总表/合计/收入数"]},
    "财政支出总计": {_ANY: ["财政拨款总表/合计/支出数"]},
    "本年财政拨款收入": {_ANY: ["财政拨款总表/本年收入合计/收入数"]},
    "本年财政拨款支出": {_ANY: ["财政拨款总表/本年支出合计/支出数"]},
    "本年收入": {_ALL: ["收支总表/本年收入合计/收入数", "收入/合计/合计"],
             _FISCAL: ["财政拨款总表/本年收入合计/收入数"],
             **{fund: [f"{fund}/合计/本年收入"] for fund in _TWO_FUNDS}},
    "本年支出": {_ALL: ["收支总表/本年支出合计/支出数", "支出/合计/合计"],
             _FISCAL: ["财政拨款总表/本年支出合计/支出数"],
             **_of_funds("合计")},
    **{key: {_ALL: [f"收支总表/{row}/{column}"], _FISCAL: [f"财政拨款总表/{row}/{column}"],
             **{fund: [f"{fund}/合计/{key[:2]}结转和结余"] for fund in _TWO_FUNDS}}
       for key, (column, row) in _BALANCES.items()},
    "使用结余": {_ANY: ["收支总表/使用非财政拨款结余.*/收入数"]},
    "结余分配": {_ANY: ["收支总表/结余分配/支出数"]},
    "财政收入": {_ANY: ["收入/合计/财政拨款收入", "财政拨款总表/本年收入合计/收入数"]},
    "财政支出": {_ANY: ["财政拨款总表/本年支出合计/支出数"]},
    **{source: {_ANY: [f"收入/合计/{source}", f"收支总表/{source}/收入数"]}
       for source in ("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")},
    "基本支出": {_ALL: ["支出/合计/基本支出"], **_of_funds("基本支出")},
    "项目支出": {_ALL: ["支出/合计/项目支出"], **_of_funds("项目支出")},
    **{kind: {_ANY: [f"支出/合计/{kind}"]} for kind in ("上缴上级支出", "经营支出", "对附属单位补助支出")},
    "拨款": _of_funds("合计"),
    "基金收入总计": {fund: [f"{fund}/合计/年初结转和结余+{fund}/合计/本年收入"] for fund in _TWO_FUNDS},
    "基金支出总计": {fund: [f"{fund}/合计/合计+{fund}/合计/年末结转和结余"] for fund in _TWO_FUNDS},
    "基金总计": {fund: [f"{fund}/合计/年初结转和结余+{fund}/合计/本年收入"] for fund in _TWO_FUNDS},
    "人员经费": {_ANY: [f"基本支出/人员经费合计/数{at}" for at in "123"]},
    "公用经费": {_ANY: [f"基本支出/公用经费合计/数{at}" for at in "123"]},
    **{key: {_ANY: [f"三公经费/*/决算{name}"]}
       for key, name in {"三公": "合计", "出国": "出国", "车辆": "车辆小计", "购置": "购置", "运行": "运行",
                         "接待": "接待"}.items()},
    "自评预算": {_ANY: ["收支总表/合计/收入数", "收支总表/合计/支出数"]},
    "自评执行": {_ANY: ["收支总表/本年支出合计/支出数", "支出/合计/合计", "收支总表/本年收入合计/收入数"]},
}  # fmt: skip
"""Of a final account."""

_PLANNED = {"三公": "合计", "出国": "出国", "车辆": "车辆小计", "购置": "购置", "运行": "运行", "接待": "接待"}
_USUAL: Mapping[str, str] = {"运行经费": "公用经费"}
"""What usually is the same as another, but need not be."""
_SPENDING = {False: "支出总体", True: "支出"}


class Counterparts:
    """Finds the figures that amounts of running text should be."""

    def __init__(self, figures: TableFigures) -> None:
        self._figures = figures
        self._specified = FINAL if figures.final else BUDGET

    def of(self, amount: Amount) -> list[Cell]:
        """The figures of the tables of which an amount should be one; none where the tables say nothing of it."""
        if amount.role is Role.PRIOR:
            return []
        if amount.role is Role.PLANNED:
            return self.planned(amount.subject)
        return self.of_subject(amount.subject)

    def planned(self, subject: Subject) -> list[Cell]:
        """What a table says was planned of a subject, where the text does not say it."""
        name = _PLANNED.get(subject.key) if self._figures.final else None
        return self._figures.cells(f"三公经费/*/预算{name}") if name else []

    def of_subject(self, subject: Subject) -> list[Cell]:
        """The figures of the year itself that a subject may have."""
        if subject.key in ("项", "类"):
            return self._of_names(subject)
        if subject.key == "项目":
            return self._of_project(subject.words)
        cells = self._specified_cells(subject.key, subject.fund)
        if not cells and subject.key in _USUAL:
            usual = self._specified_cells(_USUAL[subject.key], "一般公共预算")
            cells = [replace(cell, sure=False) for cell in usual]
        return cells

    def _specified_cells(self, key: str, fund: str) -> list[Cell]:
        by_fund = self._specified.get(key, {})
        chosen = by_fund.get(fund) or by_fund.get(_ANY)
        if chosen is not None:
            return self._cells(chosen)
        return self._unsaid(by_fund) if fund in ("", _ALL) else []

    def _unsaid(self, by_fund: Mapping[str, Sequence[str]]) -> list[Cell]:
        """Where nothing says of which money a subject is, it may be of any; all of it must be among that."""
        of_all = self._cells(by_fund.get(_ALL, ()))
        if _ALL in by_fund and not of_all:
            return []
        return [*of_all, *(cell for fund, several in by_fund.items() if fund != _ALL for cell in self._cells(several))]

    def _cells(self, specifications: Iterable[str]) -> list[Cell]:
        return [cell for one in specifications for cell in self._figures.cells(one)]

    def tables_of(self, subject: Subject) -> list[str]:
        """The tables of spending in which a 科目 of this money stands."""
        if subject.fund in _FUNDS:
            return [_FUNDS[subject.fund]]
        if subject.fund == _ALL:
            return [_SPENDING[self._figures.final], *_FUNDS.values()]
        return [*_FUNDS.values(), *([] if subject.fund else [_SPENDING[self._figures.final]])]

    def codes(self, subject: Subject) -> dict[str, set[str]]:
        """By table the codes under which a 科目 of these names stands there."""
        found: dict[str, set[str]] = {}
        for table in self.tables_of(subject):
            names = self._figures.names.get(table, {})
            length = ITEM if subject.key == "项" else CLASS
            codes = {code for code, named in names.items() if len(code) == length and _same(named, subject.names)}
            if codes:
                found[table] = codes
        return found

    def _of_names(self, subject: Subject) -> list[Cell]:
        found = self.codes(subject)
        placed = [
            (table, cell)
            for table, codes in found.items()
            for code in codes
            if (cell := self._figures.coded(table, code)) is not None
        ]
        if subject.key == "类" and subject.fund == _FISCAL:
            name = re.escape(label(subject.names[0]))
            key = "财政拨款总表" if self._figures.final else "财政拨款收支"
            placed += [(key, cell) for cell in self._figures.cells_labelled(key, name, "支出数")]
        cells = [cell for _, cell in placed]
        of_funds = [cell for table, cell in placed if table in _FUNDS.values()]
        together = [_added(of_funds)] if subject.fund not in _FUNDS and len(of_funds) > 1 else []
        return [*cells, *together]

    def _of_project(self, name: str) -> list[Cell]:
        table = self._figures.table("项目支出")
        if table is None:
            return []
        cells = [
            cell
            for line in table.lines
            if flat_text(line.texts.get("项目名称", "")) == name
            for cell in self._figures.line_cell(table, line, "合计")
        ]
        return [*cells, _added(cells)] if len(cells) > 1 else cells


def _same(named: Names, said: Names) -> bool:
    """Whether two are called the same; of a 类 支出 may be left out: 一般公共服务（类）."""
    (named_class, *below), (said_class, *said_below) = named, said
    same = not said_class or said_class.removesuffix("支出") == named_class.removesuffix("支出")
    return same and all(not part or part == own for own, part in zip(below, said_below, strict=True))


def _added(cells: Iterable[Cell]) -> Cell:
    first, *others = cells
    for other in others:
        first = first + other
    return first
