"""The nine statements of a final account (公开01–09表), as rows keyed by column.

Row lists and headings are the layouts'; each function gives the figures. Amounts are exact 万元.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import zip_longest

from gongkai import catalog
from gongkai.findings import Finding, FindingsError, Level
from gongkai.model.final.final_account import FISCAL_MONEY, IncomeKind, Money
from gongkai.model.reading import ZERO
from gongkai.statements.names import tree
from gongkai.statements.tables.fill import fill_form, of_table
from gongkai.statements.tables.form import FixedRow, TableForm
from gongkai.statements.tables.table import RowValues, Table, Value
from gongkai.statements.tables.words import UNIT, Words

from .figures import FinalFigures

Rows = tuple[Sequence[RowValues], RowValues | None]


def income_figures(f: FinalFigures) -> dict[str, Decimal]:
    """Every figure that the income side of 01表 and 04表 can show, by its name."""
    funds = {m.value: f.appropriation(money=(m,)) for m in FISCAL_MONEY}
    return {
        **funds,
        **{kind.value: f.other_income(kinds=(kind,)) for kind in IncomeKind},
        "本年收入": f.income(),
        "使用非财政拨款结余": f.account.used_balance,
        "年初结转和结余": f.opening(),
        "总计": f.income_total,
        "本年财政拨款收入": f.appropriation(),
        "年初财政拨款结转和结余": f.opening(money=FISCAL_MONEY),
        **{f"{m.value}年初结转": f.opening(money=(m,)) for m in FISCAL_MONEY},
        "财政拨款总计": f.fiscal_total(FISCAL_MONEY),
    }


def unlisted_classes(f: FinalFigures, layouts: Iterable[TableForm]) -> Iterator[Finding]:
    """An error for each 科目 with spending of a 类 for which a table has no row: its money would be left out."""
    for layout in layouts:
        lines = {row.key for row in layout.right}
        for i, account in enumerate(f.account.accounts):
            code = account.code[:3]
            if lines and code not in lines and f.spent(account.code):
                message = f"《{layout.title}》的表样没有 {code} {f.name(code)} 这一类"
                advice = "请核对科目；表样确有这一类的，在模板包的“右栏”里加上"
                yield Finding("GK505", Level.ERROR, message, advice, ("科目收支", i, "科目"))


def _beside(f: FinalFigures, layout: TableForm, spending: Callable[[str], dict[str, Value]]) -> Sequence[RowValues]:
    """Income beside spending with 行次: the left side is numbered first, the right side goes on."""
    figures = income_figures(f)
    unlisted = list(unlisted_classes(f, [layout]))
    if unlisted:
        raise FindingsError(unlisted)
    rows: list[RowValues] = []
    count = len(layout.left)
    for number, (left, right) in enumerate(zip_longest(layout.left, layout.right), 1):
        row: dict[str, Value] = {}
        if left is not None:
            row |= {"收入项目": layout.label(left), "收入行次": str(number)}
            row["收入数"] = figures[left.key] if left.key else None
        if right is not None:
            row |= {"支出项目": layout.label(right), "支出行次": str(count + number)}
            row |= spending(right.key) if right.key else {}
        rows.append(row)
    return rows


def overall(f: FinalFigures, layout: TableForm) -> Rows:
    """收入支出决算总表."""

    def spending(key: str) -> dict[str, Value]:
        totals = {
            "本年支出": f.spent(),
            "结余分配": f.account.distributed,
            "年末结转和结余": f.closing(),
            "总计": f.spending_total,
        }
        return {"支出数": totals[key] if key in totals else f.spent(key)}

    return _beside(f, layout, spending), None


def appropriation(f: FinalFigures, layout: TableForm) -> Rows:
    """财政拨款收入支出决算总表."""

    def columns(of: Callable[[Sequence[Money]], Decimal]) -> dict[str, Value]:
        by_fund: dict[str, Value] = {m.value: of((m,)) for m in FISCAL_MONEY}
        return {"支出数": of(FISCAL_MONEY), **by_fund}

    def spending(key: str) -> dict[str, Value]:
        totals: dict[str, Callable[[Sequence[Money]], Decimal]] = {
            "本年支出": lambda m: f.spent(money=m),
            "年末结转和结余": lambda m: f.closing(money=m),
            "总计": lambda m: f.fiscal_total(m),
        }
        return columns(totals.get(key, lambda m: f.spent(key, m)))

    return _beside(f, layout, spending), None


def _by_function(f: FinalFigures, codes: Iterable[str], columns: Callable[..., dict[str, Value]]) -> Rows:
    rows = [{"编码": code, "科目名称": f.name(code), **columns(code)} for code in tree(codes)]
    return rows, columns()


def income(f: FinalFigures, layout: TableForm) -> Rows:
    """收入决算表."""

    def columns(code: str = "") -> dict[str, Value]:
        kinds: dict[str, Value] = {kind.value: f.other_income(code, (kind,)) for kind in IncomeKind}
        return {"合计": f.income(code), "财政拨款收入": f.appropriation(code), **kinds}

    return _by_function(f, f.income_codes, columns)


def expenditure(f: FinalFigures, layout: TableForm) -> Rows:
    """支出决算表."""

    def columns(code: str = "") -> dict[str, Value]:
        return {
            "合计": f.spent(code),
            "基本支出": f.basic(code),
            "项目支出": f.project(code),
            "上缴上级支出": f.to_upper(code),
            "经营支出": f.business(code),
            "对附属单位补助支出": f.to_subordinate(code),
        }

    return _by_function(f, f.codes(), columns)


def general(f: FinalFigures, layout: TableForm) -> Rows:
    """一般公共预算财政拨款支出决算表."""
    only = (Money.GENERAL,)

    def columns(code: str = "") -> dict[str, Value]:
        return {"合计": f.spent(code, only), "基本支出": f.basic(code, only), "项目支出": f.project(code, only)}

    return _by_function(f, f.codes(only), columns)


def basic_by_economic(f: FinalFigures, layout: TableForm) -> Rows:
    """一般公共预算财政拨款基本支出决算表: every 款 of the form in blocks, first 人员经费, then 公用经费."""
    blocks = [_economic_block(f, row, operating=number > 0) for number, row in enumerate(layout.lines)]
    blocks[0] += _unlisted(f, blocks[:1], operating=False)
    blocks[-1] += _unlisted(f, blocks[1:], operating=True)
    rows: list[RowValues] = []
    for cells in zip_longest(*blocks):
        row: dict[str, Value] = {}
        for number, cell in enumerate(cells, 1):
            code, name, value = cell or ("", "", None)
            row |= {f"编码{number}": code, f"名称{number}": name, f"数{number}": value}
        rows.append(row)
    last = len(blocks)
    return rows, {"数1": f.staff_costs, f"数{last}": f.operating_costs}


_Line = tuple[str, str, Decimal]


def _economic_block(f: FinalFigures, row: FixedRow, *, operating: bool) -> list[_Line]:
    """The 类 named in a layout row and all their 款, with what of them is 公用经费, or 人员经费."""
    block = []
    for parent in row.label.split("、"):
        codes = [s.code for s in catalog.economic() if s.code.startswith(parent)]
        extra = [c for c in f.account.basic_by_economic if c.startswith(parent) and c not in codes]
        block += [_line(f, code, operating=operating) for code in sorted([*codes, *extra])]
    return block


def _unlisted(f: FinalFigures, blocks: Sequence[Sequence[_Line]], *, operating: bool) -> list[_Line]:
    """What the blocks of one kind do not list, under its 类: 离退休公用经费 is 公用经费 under 303."""
    listed = {code for block in blocks for code, _, _ in block}
    codes = [code for code in f.economic_items(operating=operating) if code not in listed]
    return [_line(f, code, operating=operating) for code in tree(codes) if code not in listed]


def _line(f: FinalFigures, code: str, *, operating: bool) -> _Line:
    return code, f.economic_name(code), f.economic(code, operating=operating)


def of_fund(money: Money) -> Callable[[FinalFigures, TableForm], Rows]:
    """政府性基金预算 or 国有资本经营预算 财政拨款收入支出决算表."""
    only = (money,)

    def rows(f: FinalFigures, layout: TableForm) -> Rows:
        def columns(code: str = "") -> dict[str, Value]:
            return {
                "年初结转和结余": f.opening(code, only),
                "本年收入": f.appropriation(code, only),
                "合计": f.spent(code, only),
                "基本支出": f.basic(code, only),
                "项目支出": f.project(code, only),
                "年末结转和结余": f.closing(code, only),
            }

        return _by_function(f, f.fund_codes(money), columns)

    return rows


def three_public(f: FinalFigures, layout: TableForm) -> Rows:
    """财政拨款“三公”经费支出决算表: budget and outturn side by side, one row."""
    items = f.account.three_public.by_name
    groups = {
        "合计": tuple(items),
        "出国": ("因公出国（境）费",),
        "车辆小计": ("公务用车购置费", "公务用车运行维护费"),
        "购置": ("公务用车购置费",),
        "运行": ("公务用车运行维护费",),
        "接待": ("公务接待费",),
    }
    row: dict[str, Value] = {
        f"预算{name}": sum((items[item].budget for item in group), ZERO) for name, group in groups.items()
    }
    row |= {f"决算{name}": f.three_public(group) for name, group in groups.items()}
    return [row], None


_TABLES: Mapping[str, Callable[[FinalFigures, TableForm], Rows]] = {
    "收支总表": overall,
    "收入": income,
    "支出": expenditure,
    "财政拨款总表": appropriation,
    "一般公共预算支出": general,
    "基本支出": basic_by_economic,
    "政府性基金": of_fund(Money.GOVERNMENT),
    "国有资本经营": of_fund(Money.CAPITAL),
    "三公经费": three_public,
}


def final_tables(f: FinalFigures, layouts: Mapping[str, TableForm], words: Words) -> list[Table]:
    """The statements in the order of ``layouts``; a name that no table has raises TableError."""
    tables = []
    for number, (key, layout) in enumerate(layouts.items(), 1):
        filled = layout.filled({**words, "表序": f"{number:02d}"})
        with of_table(key):
            rows, total = _TABLES[key](f, filled)
            tables.append(fill_form(key, filled, rows, total, words[UNIT], approved=f.sums.rounded))
    return tables
