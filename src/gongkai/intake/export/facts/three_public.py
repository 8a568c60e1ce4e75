"""“三公”经费 of either kind of document: items down or across, by fund or as one amount."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from gongkai.findings import Finding, Level
from gongkai.intake.export.forms.words import label
from gongkai.intake.export.imported import Origin
from gongkai.intake.export.reading.amounts import Figure
from gongkai.intake.export.reading.found import Found
from gongkai.model.budget.sources import FISCAL_FUNDS, Fund

from .draft import Draft, from_table, likely
from .labels import match_label

SECTION = "三公经费"
GENERAL_ONLY = "表里没有分资金性质，本单位也没有政府性基金、国有资本经营预算的支出，按一般公共预算推定"
_FUNDS = tuple(fund.value for fund in FISCAL_FUNDS)
ITEMS = ("因公出国（境）费", "公务用车购置费", "公务用车运行费", "公务接待费")
CARS = "公务用车购置及运行费"
_RUNNING = "机关运行经费"
LABELS = (
    (r"(三公经费)?(合计|总计|小计)", "合计"),
    (r".*出国.*", ITEMS[0]),
    (r".*接待.*", ITEMS[3]),
    (r".*购置(及|和|与)运行.*", CARS),
    (r".*运行.*|运行费", ITEMS[2]),
    (r".*购置.*", ITEMS[1]),
    (r"机关运行经费.*", _RUNNING),
    (r"会议费|培训费", "另列"),
)
_FINAL_ITEMS = {"出国": ITEMS[0], "购置": ITEMS[1], "运行": "公务用车运行维护费", "接待": ITEMS[3]}
_SIDES = {"预算": "全年预算", "决算": "支出"}


def three_public(found: Found, draft: Draft, *, only_general: bool) -> None:
    """The table of a budget. ``only_general`` says that the unit has no money of the other two budgets."""
    items = dict(_down(found) if "项目" in found.columns else _across(found))
    for name in ITEMS:
        figures = items.get(name, {})
        by_fund = any(fund in figures for fund in _FUNDS)
        for fund, figure in figures.items():
            if figure.value and (fund in _FUNDS) == by_fund:
                key, origin = _fund(found, fund, figure, only_general=only_general)
                draft.amount((SECTION, name, key), figure.value, origin)
    _hold_budget(found, draft, items)


def running_costs(found: Found, draft: Draft, operating: Figure | None) -> None:
    """机关运行经费, where the table has it: a data file states it only where it is not all of 公用经费."""
    items = dict(_down(found) if "项目" in found.columns else _across(found))
    figure = items.get(_RUNNING, {}).get("合计")
    if figure is None or not figure.value:
        return
    if operating is None or abs(operating.value - figure.value) > operating.slack + figure.slack:
        draft.amount((_RUNNING, "本年"), figure.value, from_table(found.name, [figure.place]))


def _fund(found: Found, fund: str, figure: Figure, *, only_general: bool) -> tuple[str, Origin]:
    if fund in _FUNDS:
        return fund, from_table(found.name, [figure.place])
    why = GENERAL_ONLY if only_general else "表里没有分资金性质，按一般公共预算推定"
    return Fund.GENERAL.value, likely(found.name, [figure.place], why)


def _down(found: Found) -> Iterator[tuple[str, Mapping[str, Figure]]]:
    funds = [fund for fund in _FUNDS if fund in found.columns]
    for line in found.lines:
        meaning = match_label(label(line.texts.get("项目", "")), LABELS)
        if meaning:
            yield meaning, {key: found.use(line.figures[key]) for key in ("合计", *funds) if key in line.figures}
    return


def _across(found: Found) -> Iterator[tuple[str, Mapping[str, Figure]]]:
    """One row of amounts, an item in each column."""
    for line in found.lines:
        if line.stated:
            for name in ("合计", CARS, *ITEMS, _RUNNING):
                if name in line.figures:
                    yield name, {"合计": found.use(line.figures[name])}
            return


def _hold_budget(found: Found, draft: Draft, items: dict[str, Mapping[str, Figure]]) -> None:
    """Totals against their items, and every item against its funds; an item by fund needs no 合计."""
    columns = {key for figures in items.values() for key in figures}
    for column in columns:
        of = {name: figures[column] for name, figures in items.items() if column in figures}
        _hold(found, draft, of.get(CARS), [of.get(name) for name in ITEMS[1:3]], CARS)
        _hold(found, draft, of.get("合计"), [of.get(name) for name in ITEMS], "合计")
    for name, figures in items.items():
        parts = [figures.get(fund) for fund in _FUNDS if fund in figures]
        if parts and name in ITEMS:
            _hold(found, draft, figures.get("合计"), parts, name)
            if not any(part is not None and part.value for part in parts):
                _unfunded(found, draft, name, figures.get("合计"))


def _unfunded(found: Found, draft: Draft, name: str, whole: Figure | None) -> None:
    """An item whose funds are blank, though it has an amount: told by the contradiction, stated by nobody."""
    if whole is not None and whole.value:
        draft.findings.append(
            Finding("GK173", Level.WARNING, f"{found.name}的“{name}”没有写是哪种资金，没有取用", place=whole.place)
        )


def _hold(found: Found, draft: Draft, whole: Figure | None, parts: list[Figure | None], row: str) -> None:
    stated = [part for part in parts if part is not None]
    if whole is None or not whole.stated or not stated:
        return
    both = Decimal(0)
    slack = whole.slack
    for part in stated:
        both += part.value
        slack += part.slack
    if abs(both - whole.value) > slack:
        message = f"{found.name}的“{row}”是 {whole.value:,.2f} 万元，各项相加是 {both:,.2f} 万元"
        finding = Finding("GK172", Level.ERROR, message, "请核对表里的数", (), whole.place, whole.value, both)
        draft.findings.append(finding)


def three_public_spent(found: Found, draft: Draft) -> None:
    """The table of a final account: 全年预算数 and 决算数 beside each other, in one row."""
    line = next((line for line in found.lines if line.stated), None)
    if line is None:
        return
    figures = {key: found.use(figure) for key, figure in line.figures.items()}
    for side, name in _SIDES.items():
        for short, item in _FINAL_ITEMS.items():
            figure = figures.get(f"{side}{short}")
            if figure is not None and figure.value:
                draft.amount((SECTION, item, name), figure.value, from_table(found.name, [figure.place]))
        of_cars = [figures.get(f"{side}{short}") for short in ("购置", "运行")]
        _hold(found, draft, figures.get(f"{side}车辆小计"), of_cars, f"{side}数 公务用车小计")
        all_items = [figures.get(f"{side}{short}") for short in _FINAL_ITEMS]
        _hold(found, draft, figures.get(f"{side}合计"), all_items, f"{side}数 合计")
