"""The budget tables (财政部门 form of 2024, and 政府采购 as some packs print it), as rows keyed by column.

Each function derives one table's rows and grand total from the figures; layouts give the
rest. Amounts are exact 万元, nothing is typed in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from gongkai.catalog import ancestors
from gongkai.model.budget.budget import OwnIncomeKind, Project, ProjectMoney
from gongkai.model.budget.sources import FISCAL_FUNDS, Fund, Source
from gongkai.model.reading import ZERO
from gongkai.statements.names import code_cells, tree
from gongkai.statements.tables.fill import fill_form, of_table
from gongkai.statements.tables.form import TableForm
from gongkai.statements.tables.table import RowValues, Table, Value
from gongkai.statements.tables.words import UNIT, Words

from .figures import BudgetFigures
from .spending import APPROPRIATED, CARRIED, Nature, of_fund

ECONOMIC_CLASSES = ("301", "302", "303", "307", "309", "310", "311", "312", "313", "399")
"""部门预算支出经济分类 类 that 表 7 gives a column each."""

Rows = tuple[Sequence[RowValues], RowValues]


def income_figures(f: BudgetFigures) -> dict[str, Decimal]:
    """Every figure that an income column can show, by its name."""
    own_kinds = {kind.value: f.own_income(kind) for kind in OwnIncomeKind}
    upper = {
        "上级一般公共预算": f.income(Source.GENERAL_UPPER),
        "上级政府性基金": f.income(Source.GOVERNMENT_UPPER),
        "上级国有资本经营预算": f.income(Source.CAPITAL_UPPER),
    }
    fiscal_carried = [s for s in CARRIED if s.fund in FISCAL_FUNDS]
    other_carried = [s for s in CARRIED if s.fund not in FISCAL_FUNDS]
    return {
        "本年收入": f.current_income,
        "财政拨款": f.appropriated,
        **{fund.value: f.fund_total(fund) for fund in Fund},
        "一般财力": f.income(Source.GENERAL),
        "政府性基金收入": f.income(Source.GOVERNMENT),
        "国有资本经营收入": f.income(Source.CAPITAL),
        **upper,
        **own_kinds,
        "上年结转结余": f.carried,
        "财政拨款结转": f.spent(sources=fiscal_carried),
        "非财政拨款结转结余": f.spent(sources=other_carried),
        **{s.value: f.income(s) for s in CARRIED},
        "收入总计": f.total,
    }


def _two_sided(f: BudgetFigures, layout: TableForm, spending: Callable[[str], dict[str, Value]]) -> Sequence[RowValues]:
    """Income items beside functional classes, row by row; neither side depends on the other."""
    income_by_key = income_figures(f)
    rows: list[RowValues] = []
    # Money of a 类 that the form does not list would be in the total and in no row.
    classes = [*layout.classes, *(code for code in f.codes(level=3) if code not in layout.classes)]
    items = layout.left
    for index in range(max(len(items), len(classes))):
        row: dict[str, Value] = {}
        if index < len(items):
            item = items[index]
            row |= {"收入项目": layout.label(item), "收入数": income_by_key[item.key] if item.key else None}
        if index < len(classes):
            code = classes[index]
            name = layout.class_names.get(code) or f.name(code)
            row |= {"支出项目": f"{code} {name}", **spending(code)}
        rows.append(row)
    return rows


def overall(f: BudgetFigures, layout: TableForm) -> Rows:
    """收支总体情况表: all income beside all spending by 类."""
    rows = _two_sided(f, layout, lambda code: {"支出数": f.spent(code)})
    return rows, {"收入数": f.total, "支出数": f.total}


def appropriation(f: BudgetFigures, layout: TableForm) -> Rows:
    """财政拨款收支预算总体情况表: 财政拨款 by fund beside its spending by 类."""

    def spending(code: str = "") -> dict[str, Value]:
        funds: dict[str, Value] = {fund.value: f.spent(code, of_fund(fund)) for fund in FISCAL_FUNDS}
        return {"支出数": f.spent(code, APPROPRIATED), **funds}

    return _two_sided(f, layout, spending), {"收入数": f.appropriated, **spending()}


def income(f: BudgetFigures, layout: TableForm) -> Rows:
    """收入总体情况表: where the money of every 科目 comes from."""

    def columns(code: str = "") -> dict[str, Value]:
        by_source: dict[str, Value] = {s.value: f.spent(code, (s,)) for s in Source}
        return {
            "总计": f.spent(code),
            "财政拨款小计": f.spent(code, APPROPRIATED),
            **by_source,
            "财政拨款结转": f.spent(code, [s for s in CARRIED if s.fund in FISCAL_FUNDS]),
            "非财政拨款结转结余": f.spent(code, [s for s in CARRIED if s.fund not in FISCAL_FUNDS]),
            "上年结转结余": f.spent(code, CARRIED),
        }

    return _by_function(f, f.codes(), columns)


def _by_function(f: BudgetFigures, codes: Iterable[str], columns: Callable[..., dict[str, Value]]) -> Rows:
    rows = [{**code_cells(code), "科目名称": f.name(code), **columns(code)} for code in tree(codes)]
    return rows, columns()


def expenditure(f: BudgetFigures, layout: TableForm) -> Rows:
    """支出总体情况表: 基本支出 and 项目支出 of every 科目, all funds."""
    return _by_function(f, f.codes(), _nature_columns(f, tuple(Source)))


def _nature_columns(f: BudgetFigures, sources: Sequence[Source]) -> Callable[..., dict[str, Value]]:
    def columns(code: str = "") -> dict[str, Value]:
        return {
            "合计": f.spent(code, sources),
            "基本支出": f.basic(code, sources),
            "人员经费": f.spent(code, sources, (Nature.STAFF,)),
            "公用经费": f.spent(code, sources, (Nature.OPERATING,)),
            "项目支出": f.project(code, sources),
        }

    return columns


def of_one_fund(fund: Fund) -> Callable[[BudgetFigures, TableForm], Rows]:
    """一般公共预算, 政府性基金预算 or 国有资本经营预算 支出情况表."""

    def rows(f: BudgetFigures, layout: TableForm) -> Rows:
        sources = of_fund(fund)
        return _by_function(f, f.codes(sources), _nature_columns(f, sources))

    return rows


def basic_by_economic(f: BudgetFigures, layout: TableForm) -> Rows:
    """一般公共预算基本支出情况表: 类 subtotals and 款, 人员经费 and 公用经费."""
    items = {code for operating in (False, True) for code in f.economic_items(operating=operating)}

    def columns(code: str = "") -> dict[str, Value]:
        return {
            "合计": f.economic(code),
            "人员经费": f.economic(code, operating=False),
            "公用经费": f.economic(code, operating=True),
        }

    rows = [{**code_cells(c), "科目名称": f.economic_name(c), **columns(c)} for c in tree(items)]
    return rows, columns()


def general_projects(f: BudgetFigures, layout: TableForm) -> Rows:
    """一般公共预算项目支出情况表: 类 and 款 subtotals, then a row per project."""
    sources = of_fund(Fund.GENERAL)
    of_code: dict[str, list[ProjectMoney]] = defaultdict(list)
    of_row: dict[str, dict[int, list[ProjectMoney]]] = defaultdict(dict)
    for at, project in enumerate(f.general_projects):
        for m in project.money:
            if m.source in sources and m.amount:
                of_row[m.code].setdefault(at, []).append(m)
                for code in ("", *ancestors(m.code)):
                    of_code[code].append(m)

    def columns(chosen: Sequence[ProjectMoney], projects: Sequence[Project], code: str = "") -> dict[str, Value]:
        by_class = {c: sum((m.amount for m in chosen if (m.economic or "")[:3] == c), ZERO) for c in ECONOMIC_CLASSES}
        alone = sum((m.amount for m in chosen), ZERO)
        whole = f.project_money(projects, code, sources)
        return {"合计": whole, **{c: whole if amount == alone else amount for c, amount in by_class.items()}}

    total = columns(of_code[""], f.general_projects)
    rows: list[RowValues] = [{"科目名称": f.budget.unit.name, **total}] if layout.unit_row and of_row else []
    for code in tree(of_row):
        cells = {**code_cells(code), "科目名称": f.name(code)}
        if len(code) < 7:
            rows.append({**cells, **columns(of_code[code], f.general_projects, code)})
            continue
        for at, chosen in of_row[code].items():
            project = f.general_projects[at]
            rows.append({**cells, "项目名称": project.name, **columns(chosen, [project], code)})
    return rows, total


def three_public(f: BudgetFigures, layout: TableForm) -> Rows:
    """财政拨款“三公”经费支出情况表: the layout's fixed rows, by fund.

    Some provinces add 会议费, 培训费 and 机关运行经费, which are 一般公共预算 and no part of the total.
    """
    beside = {
        "会议费": general_economic(f, "30215"),
        "培训费": general_economic(f, "30216"),
        "机关运行经费": f.running_costs,
    }
    items = tuple(f.budget.three_public.by_name)
    groups = {"合计": items, "公务用车购置及运行费": ("公务用车购置费", "公务用车运行费")}
    groups |= {name: (name,) for name in items}
    rows: list[RowValues] = []
    for row in layout.lines:
        group = groups.get(row.key or "", ())
        if row.key and not group and row.key not in beside:
            raise KeyError(row.key)
        by_fund = {fund.value: f.three_public(group, (fund,)) for fund in FISCAL_FUNDS}
        whole = f.three_public(group)
        if row.key in beside:
            whole = by_fund[Fund.GENERAL.value] = beside[row.key]
        rows.append({"项目": layout.label(row), "合计": whole, **by_fund})
    return rows, {}


def general_economic(f: BudgetFigures, code: str) -> Decimal:
    """一般公共预算 of one economic 款 (万元): in 基本支出, and in the projects that give it and are not secret."""
    money = (m for p in f.general_projects if not p.secret for m in p.money if m.source in of_fund(Fund.GENERAL))
    return f.budget.basic_by_economic.get(code, ZERO) + sum((m.amount for m in money if m.economic == code), ZERO)


def procurement(f: BudgetFigures, layout: TableForm) -> Rows:
    """政府采购预算表, which some provinces publish: the layout's rows, this year's plan."""
    plan = f.budget.procurement
    amounts = {
        "合计": f.procurement,
        "货物": plan.goods,
        "工程": plan.works,
        "服务": plan.services,
        "面向中小企业": plan.reserved_small_medium,
        "面向小微企业": plan.reserved_small,
    }
    return [{"项目": layout.label(row), "预算数": amounts[row.key] if row.key else None} for row in layout.lines], {}


def carried_over(f: BudgetFigures, layout: TableForm) -> Rows:
    """上年结转结余情况明细表: basic spending by 科目, then projects, fiscal and not."""
    sides = {
        "财政": [s for s in CARRIED if s.fund in FISCAL_FUNDS],
        "非财政": [s for s in CARRIED if s.fund not in FISCAL_FUNDS],
    }

    def columns(figure: Callable[[Sequence[Source], Sequence[Nature]], Decimal]) -> dict[str, Value]:
        row: dict[str, Value] = {"总计": figure(CARRIED, tuple(Nature))}
        for side, sources in sides.items():
            row[f"{side}合计"] = figure(sources, tuple(Nature))
            row |= {
                f"{side}{nature.value}": figure(sources, (nature,))
                for nature in (Nature.STAFF, Nature.OPERATING, Nature.PROJECT)
            }
        return row

    def basic(code: str) -> dict[str, Value]:
        return columns(lambda sources, natures: f.spent(code, sources, [n for n in natures if n is not Nature.PROJECT]))

    def of_project(project: Project) -> dict[str, Value]:
        return columns(
            lambda sources, natures: f.project_money([project], sources=sources) if Nature.PROJECT in natures else ZERO
        )

    codes = [code for code in f.codes(CARRIED) if f.basic(code, CARRIED)]
    rows: list[RowValues] = [{"项目名称": f.name(code), **basic(code)} for code in codes]
    rows += [{"项目名称": p.name, **of_project(p)} for p in f.carried_projects]
    return rows, columns(lambda sources, natures: f.spent(sources=sources, natures=natures))


_TABLES: Mapping[str, Callable[[BudgetFigures, TableForm], Rows]] = {
    "收支总体": overall,
    "收入总体": income,
    "支出总体": expenditure,
    "财政拨款收支": appropriation,
    "一般公共预算支出": of_one_fund(Fund.GENERAL),
    "基本支出": basic_by_economic,
    "项目支出": general_projects,
    "政府性基金": of_one_fund(Fund.GOVERNMENT),
    "国有资本经营": of_one_fund(Fund.CAPITAL),
    "三公经费": three_public,
    "结转结余": carried_over,
    "政府采购": procurement,
}


def budget_tables(f: BudgetFigures, layouts: Mapping[str, TableForm], words: Words) -> list[Table]:
    """The statements in the order of ``layouts``; a name that no table has raises TableError."""
    tables = []
    for key, layout in layouts.items():
        filled = layout.filled(words)
        with of_table(key):
            rows, total = _TABLES[key](f, filled)
            tables.append(fill_form(key, filled, rows, total, words[UNIT], approved=f.sums.rounded))
    return tables
