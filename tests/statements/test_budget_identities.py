"""勾稽关系: what must agree in every budget, whatever its money and its sources.

Each identity is a function over the eleven tables of one budget, computed from the tables'
cells alone, exactly; its docstring says what it wants. They run over random valid budgets, and
so does the prose: whatever it says of an amount or a change is recomputed here from the file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from itertools import cycle, product
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import Phase, example, given, settings
from lxml import html

from gongkai.catalog import LAST_EDITION
from gongkai.checks.run import check
from gongkai.document.compose import render_disclosure
from gongkai.findings import Level
from gongkai.intake.read import read
from gongkai.statements.budget.figures import BudgetFigures
from gongkai.statements.budget.view import budget_view
from gongkai.statements.tables.table import Table, Value
from support.examples import Data, budget_of, example_data, pack_of, rows_of, tables_of, total_of
from support.figures import ZERO, half_up, number
from support.fixtures import write_input
from support.identities import Stated, broken
from support.strategies import (
    CARRIED_SOURCES,
    CURRENT_SOURCES,
    ECONOMIC_CLASSES,
    FISCAL_CARRIED,
    FISCAL_FUNDS,
    FUND_SOURCES,
    GENERAL_SOURCES,
    OTHER_CARRIED,
    OWN_INCOME,
    SECRET,
    SECRET_REASON,
    THREE_PUBLIC_ITEMS,
    budgets,
    economic_parts,
)

BASIC_KEYS = ("基本支出", "人员经费", "公用经费")
NATURES = (*BASIC_KEYS, "项目支出")
FISCAL_SOURCES = tuple(source for fund in FISCAL_FUNDS for source in FUND_SOURCES[fund])
FISCAL_MONEY = (*FISCAL_SOURCES, *FISCAL_CARRIED)
OWN_MONEY = ("财政专户", "单位资金")


# --------------------------------------------------------------------------------------
# The file's own figures, read without the product


@dataclass(frozen=True)
class File(Stated):
    """What a file states, in exact 万元."""

    @cached_property
    def spending(self) -> Mapping[tuple[str, str, str], Decimal]:
        """科目 × 资金来源 × 支出性质, as the file writes them."""
        found: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
        for entry in self.data["支出"]:
            for nature in NATURES:
                for source, written in entry.get(nature, {}).items():
                    found[entry["科目"], source, nature] += self.amount(written)
        return found

    def spent(self, sources: Iterable[str] | None = None, natures: Iterable[str] = NATURES, code: str = "") -> Decimal:
        """This year's spending from some sources, of some natures, under a code of any level."""
        wanted, kinds = None if sources is None else set(sources), set(natures)
        return sum(
            (
                amount
                for (item, source, nature), amount in self.spending.items()
                if (wanted is None or source in wanted) and nature in kinds and item.startswith(code)
            ),
            ZERO,
        )

    def prior(self, explanation: Data | None) -> Decimal:
        """Last year's figure of an explanation; none when there is no explanation."""
        return self.amount((explanation or {}).get("上年"))

    def project_money(self, project: Data, sources: Iterable[str]) -> Decimal:
        """A project's money from some sources."""
        return sum((self.amount(m["金额"]) for m in project["资金"] if m["来源"] in set(sources)), ZERO)

    def economic(self, *classes: str) -> Decimal:
        """一般公共预算 basic spending under some 经济分类 类."""
        return sum((sum(self.economic_parts(code)) for code in self._economic if code[:3] in classes), ZERO)

    def economic_parts(self, code: str) -> tuple[Decimal, Decimal]:
        """人员经费 and 公用经费 of a 款."""
        return economic_parts(self.amount, code, self._economic[code])

    @property
    def costs(self) -> tuple[Decimal, Decimal]:
        """人员经费 and 公用经费 of all basic spending."""
        parts = [self.economic_parts(code) for code in self._economic]
        return sum((staff for staff, _ in parts), ZERO), sum((operating for _, operating in parts), ZERO)

    @property
    def _economic(self) -> Data:
        return self.data.get("基本支出经济分类", {})


# --------------------------------------------------------------------------------------
# The tables


@dataclass(frozen=True)
class Statement:
    """A table's body and grand total by column, without the texts."""

    table: Table

    @cached_property
    def amount_keys(self) -> list[str]:
        return [column.key for column in self.table.columns if column.kind == "数字"]

    def amounts(self, row: Mapping[str, Value]) -> dict[str, Decimal]:
        return {key: number(row[key]) for key in self.amount_keys}

    @cached_property
    def total(self) -> dict[str, Decimal]:
        """合计."""
        return self.amounts(total_of(self.table))

    @cached_property
    def rows(self) -> list[dict[str, Decimal]]:
        return [self.amounts(row) for row in rows_of(self.table)]

    @cached_property
    def codes(self) -> list[str]:
        """The code of every row, put together from its cells 类, 款 and 项."""
        return ["".join(str(row.get(key) or "") for key in ("类", "款", "项")) for row in rows_of(self.table)]

    @cached_property
    def _levels(self) -> dict[int, dict[str, dict[str, Decimal]]]:
        levels: dict[int, dict[str, dict[str, Decimal]]] = {3: {}, 5: {}, 7: {}}
        for code, row in zip(self.codes, self.rows, strict=True):
            levels[len(code)][code] = row
        return levels

    def at(self, length: int) -> dict[str, dict[str, Decimal]]:
        """Rows of one level by code: 类 (3 digits), 款 (5), 项 (7)."""
        return self._levels[length]

    def column(self, key: str, length: int) -> dict[str, Decimal]:
        """A column by code on one level, blanks left out."""
        return {code: row[key] for code, row in self.at(length).items() if row[key]}

    def labelled(self, label: str, key: str) -> dict[str, Decimal]:
        """A column by the label in another column, in tables whose rows have fixed labels."""
        pairs = [(str(row[label]), number(row[key])) for row in rows_of(self.table) if row.get(label)]
        assert len(dict(pairs)) == len(pairs), f"labels of {self.table.title} are not unique"
        return dict(pairs)


@dataclass(frozen=True)
class Disclosure:
    """The eleven tables of one budget under the numbers that everybody calls them by."""

    file: File
    tables: Mapping[str, Table]

    @cached_property
    def statements(self) -> list[Statement]:
        return [Statement(table) for table in self.tables.values()]

    def __getattr__(self, name: str) -> Statement:
        return self.statements[int(name.removeprefix("t")) - 1]

    @cached_property
    def income_items(self) -> dict[str, Decimal]:
        """Table 1, left side."""
        return self.t1.labelled("收入项目", "收入数")

    @cached_property
    def spending_classes(self) -> dict[str, Decimal]:
        """Table 1, right side, by 类; blanks left out."""
        classes = self.t1.labelled("支出项目", "支出数").items()
        return {label[:3]: amount for label, amount in classes if amount}


Identity = Callable[[Disclosure], None]
IDENTITIES: list[Identity] = []


def identity(function: Identity) -> Identity:
    IDENTITIES.append(function)
    return function


@identity
def d01_each_budget_is_own_money_and_transfers(d: Disclosure) -> None:
    """1 表1：三本预算各等于本级安排与上级转移支付之和。"""
    item = d.income_items
    assert item["1.一般公共预算拨款"] == item["其中：一般财力"] + item["上级一般公共预算安排转移支付"]
    assert item["2.政府性基金预算拨款"] == item["其中：政府性基金收入"] + item["上级政府性基金安排转移支付"]
    assert item["3.国有资本经营预算拨款"] == item["其中：国有资本经营收入"] + item["上级国有资本经营预算安排转移支付"]


@identity
def d02_current_income_is_the_sum_of_its_five_kinds(d: Disclosure) -> None:
    """2 表1：本年收入＝1＋2＋3＋4＋5。"""
    kinds = [
        "1.一般公共预算拨款",
        "2.政府性基金预算拨款",
        "3.国有资本经营预算拨款",
        "4.财政专户核拨",
        "5.单位资金",
    ]
    assert d.income_items["一、本年收入"] == sum(d.income_items[kind] for kind in kinds)


@identity
def d03_own_income_is_the_sum_of_its_parts(d: Disclosure) -> None:
    """3 表1：单位资金＝事业＋上级补助＋附属上缴＋经营＋其他。"""
    labels = ["其中：事业收入", *OWN_INCOME[1:]]
    assert d.income_items["5.单位资金"] == sum(d.income_items[label] for label in labels)


@identity
def d04_carried_over_money_is_fiscal_and_other(d: Disclosure) -> None:
    """4 表1：上年结转结余＝财政拨款结转（三项）＋非财政拨款结转结余（两项）。"""
    item = d.income_items
    fiscal = [f"{mark}{fund}拨款" for mark, fund in zip(("其中：", "", ""), FISCAL_FUNDS, strict=True)]
    assert item["1.财政拨款结转"] == sum(item[label] for label in fiscal)
    assert item["2.非财政拨款结转结余"] == item["其中：财政专户核拨"] + item["单位资金"]
    assert item["二、上年结转结余"] == item["1.财政拨款结转"] + item["2.非财政拨款结转结余"]


@identity
def d05_income_and_spending_balance(d: Disclosure) -> None:
    """5 表1：收入总计＝一＋二；支出总计＝各类之和；两者相等。"""
    assert d.t1.total["收入数"] == d.income_items["一、本年收入"] + d.income_items["二、上年结转结余"]
    assert d.t1.total["支出数"] == sum(d.spending_classes.values())
    assert d.t1.total["收入数"] == d.t1.total["支出数"]


@identity
def d06_income_rows_add_up_across(d: Disclosure) -> None:
    """6 表2：总计＝小计＋财政专户＋单位资金＋两项结转；小计＝六项拨款之和。"""
    for row in (*d.t2.rows, d.t2.total):
        parts = ("财政拨款小计", "财政专户", "单位资金", "财政拨款结转", "非财政拨款结转结余")
        assert row["总计"] == sum(row[key] for key in parts)
        assert row["财政拨款小计"] == sum(row[source] for source in FISCAL_SOURCES)


@identity
def d07_classes_are_the_sums_of_their_groups_and_items(d: Disclosure) -> None:
    """7 表2、3、5、8、9：类＝各款之和，款＝各项之和，合计＝各类之和，每一列都如此；编码由小到大。"""
    for statement in (d.t2, d.t3, d.t5, d.t8, d.t9):
        assert statement.codes == sorted(set(statement.codes))
        for key in statement.amount_keys:
            assert statement.total[key] == sum(row[key] for row in statement.at(3).values())
            for upper, lower in ((3, 5), (5, 7)):
                for code, row in statement.at(upper).items():
                    below = [r[key] for c, r in statement.at(lower).items() if c[:upper] == code]
                    assert below
                    assert row[key] == sum(below)


@identity
def d08_spending_is_basic_and_project(d: Disclosure) -> None:
    """8 表3、5：合计＝基本＋项目；表8、9：合计＝人员＋公用＋项目。"""
    for statement in (d.t3, d.t5):
        for row in (*statement.rows, statement.total):
            assert row["合计"] == row["基本支出"] + row["项目支出"]
    for statement in (d.t8, d.t9):
        for row in (*statement.rows, statement.total):
            assert row["合计"] == row["人员经费"] + row["公用经费"] + row["项目支出"]


@identity
def d09_appropriations_balance(d: Disclosure) -> None:
    """9 表4：行合计＝三本预算之和；总计＝各行之和；收入总计＝支出总计；收入＝三本预算。"""
    for row in (*d.t4.rows, d.t4.total):
        assert row["支出数"] == sum(row[fund] for fund in FISCAL_FUNDS)
    for key in ("支出数", *FISCAL_FUNDS):
        assert d.t4.total[key] == sum(row[key] for row in d.t4.rows)
    left = d.t4.labelled("收入项目", "收入数")
    assert left["一、财政拨款（补助）"] == sum(left[fund] for fund in FISCAL_FUNDS)
    assert d.t4.total["收入数"] == left["一、财政拨款（补助）"] == d.t4.total["支出数"]
    assert all(left[fund] == d.t4.total[fund] for fund in FISCAL_FUNDS)


@identity
def d10_basic_spending_is_staff_and_operating(d: Disclosure) -> None:
    """10 表6：类＝各款之和；合计＝各类之和；合计＝人员＋公用；人员＝301＋303，其余是公用，分开写的照写的。"""
    for row in (*d.t6.rows, d.t6.total):
        assert row["合计"] == row["人员经费"] + row["公用经费"]
    for key in d.t6.amount_keys:
        assert d.t6.total[key] == sum(row[key] for row in d.t6.at(3).values())
        for code, row in d.t6.at(3).items():
            assert row[key] == sum(r[key] for c, r in d.t6.at(5).items() if c[:3] == code)
    for code, row in d.t6.at(5).items():
        assert (row["人员经费"], row["公用经费"]) == d.file.economic_parts(code)
    assert (d.t6.total["人员经费"], d.t6.total["公用经费"]) == d.file.costs


@identity
def d11_projects_add_up_across_and_down(d: Disclosure) -> None:
    """11 表7：合计＝十个经济分类之和；类、款、合计＝其下各项目之和。"""
    for row in (*d.t7.rows, d.t7.total):
        assert row["合计"] == sum(row[code] for code in ECONOMIC_CLASSES)
    projects = [(c, r) for c, r in zip(d.t7.codes, d.t7.rows, strict=True) if len(c) == 7]
    for key in d.t7.amount_keys:
        assert d.t7.total[key] == sum(row[key] for _, row in projects)
        for length in (3, 5):
            for code, row in d.t7.at(length).items():
                assert row[key] == sum(r[key] for c, r in projects if c.startswith(code))


@identity
def d12_three_public_adds_up(d: Disclosure) -> None:
    """12 表10：合计＝出国＋接待＋公车小计；小计＝购置＋运行；行合计＝各来源之和。"""
    columns = ("合计", *FISCAL_FUNDS)
    for row in rows_of(d.t10.table):
        assert number(row["合计"]) == sum(number(row[fund]) for fund in FISCAL_FUNDS)
    for key in columns:
        item = d.t10.labelled("项目", key)
        vehicles = item["公务用车购置及运行费（小计）"]
        assert item["合计"] == item["因公出国（境）费"] + item["公务接待费"] + vehicles
        assert vehicles == item["其中：公务用车购置费"] + item["公务用车运行费"]


@identity
def d13_carried_over_money_adds_up(d: Disclosure) -> None:
    """13 表11：总计＝财政＋非财政，各＝人员＋公用＋项目；合计行＝各行之和。"""
    for row in (*d.t11.rows, d.t11.total):
        assert row["总计"] == row["财政合计"] + row["非财政合计"]
        for side in ("财政", "非财政"):
            assert row[f"{side}合计"] == sum(row[f"{side}{key}"] for key in ("人员经费", "公用经费", "项目支出"))
    for key in d.t11.amount_keys:
        assert d.t11.total[key] == sum(row[key] for row in d.t11.rows)


@identity
def d14_income_by_source_is_the_same_in_both_income_tables(d: Disclosure) -> None:
    """14 表1的各项收入＝表2合计行的各列。"""
    columns = {
        "其中：一般财力": "一般公共预算",
        "上级一般公共预算安排转移支付": "上级一般公共预算转移支付",
        "其中：政府性基金收入": "政府性基金预算",
        "上级政府性基金安排转移支付": "上级政府性基金转移支付",
        "其中：国有资本经营收入": "国有资本经营预算",
        "上级国有资本经营预算安排转移支付": "上级国有资本经营预算转移支付",
        "4.财政专户核拨": "财政专户",
        "5.单位资金": "单位资金",
        "1.财政拨款结转": "财政拨款结转",
        "2.非财政拨款结转结余": "非财政拨款结转结余",
    }
    for label, key in columns.items():
        assert d.income_items[label] == d.t2.total[key]
    assert d.t1.total["收入数"] == d.t2.total["总计"]


@identity
def d15_every_class_is_the_same_in_tables_1_2_and_3(d: Disclosure) -> None:
    """15 表1各类＝表2总计＝表3合计；表2、表3的行相同。"""
    assert d.t2.codes == d.t3.codes
    assert d.spending_classes == d.t2.column("总计", 3) == d.t3.column("合计", 3)
    assert [row["总计"] for row in d.t2.rows] == [row["合计"] for row in d.t3.rows]


@identity
def d16_appropriations_are_the_three_budgets_of_table_1(d: Disclosure) -> None:
    """16 表4财政拨款收入＝表1的1＋2＋3。"""
    labels = ("1.一般公共预算拨款", "2.政府性基金预算拨款", "3.国有资本经营预算拨款")
    assert d.t4.total["收入数"] == sum(d.income_items[label] for label in labels)


def appropriated(d: Disclosure, fund: str) -> dict[str, Decimal]:
    """A fund's column of table 4 by 类, blanks left out."""
    return {label[:3]: a for label, a in d.t4.labelled("支出项目", fund).items() if a}


@identity
def d17_general_spending_by_class_is_the_same_in_tables_4_and_5(d: Disclosure) -> None:
    """17 表4一般公共预算各类＝表5各类；表4总计＝表5＋表8＋表9；表4各类＝表2小计各类。"""
    assert appropriated(d, "一般公共预算") == d.t5.column("合计", 3)
    assert d.t4.total["支出数"] == d.t5.total["合计"] + d.t8.total["合计"] + d.t9.total["合计"]
    assert appropriated(d, "支出数") == d.t2.column("财政拨款小计", 3)


@identity
def d18_every_item_is_its_three_budgets_and_other_money(d: Disclosure) -> None:
    """18 表5的项都在表3里；表3各项＝表5＋表8＋表9＋财政专户、单位资金和结转。"""
    assert set(d.t5.at(7)) <= set(d.t3.at(7))
    for code, row in d.t3.at(7).items():
        budgets_of_item = [t.at(7)[code]["合计"] for t in (d.t5, d.t8, d.t9) if code in t.at(7)]
        other = ("财政专户", "单位资金", "财政拨款结转", "非财政拨款结转结余")
        assert row["合计"] == sum(budgets_of_item) + sum(d.t2.at(7)[code][key] for key in other)


@identity
def d19_general_basic_and_project_spending_have_their_own_tables(d: Disclosure) -> None:
    """19 表6合计＝表5基本支出；表7合计＝表5项目支出，各类、各款亦然。"""
    assert d.t6.total["合计"] == d.t5.total["基本支出"]
    assert d.t7.total["合计"] == d.t5.total["项目支出"]
    for length in (3, 5):
        assert d.t7.column("合计", length) == d.t5.column("项目支出", length)


@identity
def d20_the_other_two_budgets_are_the_same_in_table_4(d: Disclosure) -> None:
    """20 表8、表9＝表4的政府性基金、国有资本经营两列。"""
    assert appropriated(d, "政府性基金预算") == d.t8.column("合计", 3)
    assert appropriated(d, "国有资本经营预算") == d.t9.column("合计", 3)


@identity
def d21_three_public_is_in_basic_and_project_spending(d: Disclosure) -> None:
    """21 表10一般公共预算各项＝表6同名款＋项目里的“三公”经费。"""
    item = d.t10.labelled("项目", "一般公共预算")
    in_projects = ZERO
    for name, code in THREE_PUBLIC_ITEMS.items():
        basic = d.t6.at(5).get(code, {}).get("合计", ZERO)
        amount = item.get(name, item.get(f"其中：{name}", ZERO))
        assert amount >= basic
        in_projects += amount - basic
    assert in_projects <= d.t7.total["合计"]


@identity
def d23_running_costs_are_the_operating_costs_of_table_6(d: Disclosure) -> None:
    """23 机关运行经费＝表6公用经费，写明本年数的以写明的为准。"""
    view = budget_view(BudgetFigures(budget_of(d.file.data)))
    assert view.operating_costs == d.t6.total["公用经费"]
    stated = d.file.data["机关运行经费"].get("本年")
    assert view.running_costs.amount == (d.file.amount(stated) if stated else view.operating_costs)


@identity
def carried_over_money_is_the_same_in_tables_1_2_and_11(d: Disclosure) -> None:
    """表11总计＝表1上年结转结余；财政、非财政两部分＝表1、表2的两项。"""
    assert d.t11.total["总计"] == d.income_items["二、上年结转结余"]
    assert d.t11.total["财政合计"] == d.t2.total["财政拨款结转"]
    assert d.t11.total["非财政合计"] == d.t2.total["非财政拨款结转结余"]


@identity
def the_tables_hold_the_files_money_and_no_other(d: Disclosure) -> None:
    """Every coordinate of the file is in its cell of tables 2, 3, 5, 8 and 9."""
    file = d.file
    items = {code for (code, _, _), amount in file.spending.items() if amount}
    assert set(d.t2.at(7)) == items
    for code, source in product(items, CURRENT_SOURCES):
        assert d.t2.at(7)[code][source] == file.spent([source], code=code)
    for code in items:
        row = d.t2.at(7)[code]
        assert row["财政拨款结转"] == file.spent(FISCAL_CARRIED, code=code)
        assert row["非财政拨款结转结余"] == file.spent(OTHER_CARRIED, code=code)
        assert d.t3.at(7)[code]["基本支出"] == file.spent(natures=BASIC_KEYS, code=code)
        assert d.t3.at(7)[code]["项目支出"] == file.spent(natures=["项目支出"], code=code)
    for fund, statement in zip(FISCAL_FUNDS, (d.t5, d.t8, d.t9), strict=True):
        sources = FUND_SOURCES[fund]
        assert set(statement.at(7)) == {code for code in items if file.spent(sources, code=code)}
        for code, row in statement.at(7).items():
            assert row["项目支出"] == file.spent(sources, ["项目支出"], code)
            if "人员经费" in row:
                assert row["人员经费"] == file.spent(sources, ["人员经费"], code)


@identity
def a_table_without_money_says_that_it_is_empty(d: Disclosure) -> None:
    """The note under tables 4 to 11 stands there exactly when the table has no amount."""
    for statement in (d.t4, d.t5, d.t6, d.t7, d.t8, d.t9, d.t10, d.t11):
        amounts = [row[column.key] for row in rows_of(statement.table) for column in statement.table.columns]
        empty = not any(isinstance(value, Decimal) and value for value in amounts)
        assert [note.endswith("为空表。") for note in statement.table.notes if "尾数" not in note] == (
            [True] if empty else []
        )


@given(data=budgets())
@example(data=example_data())
@settings(max_examples=50)
def test_every_identity_holds_in_every_budget(data):
    disclosure = Disclosure(File(data), tables_of(budget_of(data)))
    assert broken(disclosure, IDENTITIES) == []


# --------------------------------------------------------------------------------------
# The rules and the reader


CHANCE = {"GK486", "GK487", "GK705", "GK725", "GK782"}
"""What words drawn by chance may earn: a reason for nothing, one reason for every 科目, no day of approval, no offices.

Of the first, test_unused proves that there are neither more nor fewer than deserved.
"""

PLAUSIBILITY = {
    "GK305", "GK306", "GK308", "GK412", "GK414", "GK415", "GK416", "GK418", "GK426", "GK427", "GK428", "GK429",
    "GK430", "GK431", "GK432", "GK434", "GK435", "GK436", "GK440",
}  # fmt: skip
"""Warnings that money drawn at random may earn: it need not be likely, only right."""


def warranted_warnings(data: Data) -> set[str]:
    """The warnings that a generated budget has earned: a target, a use or the catalogue's name is missing,
    or one use stands for several budgets."""
    file = File(data)
    shown = [project for project in data.get("项目", []) if "涉密" not in project]
    fiscal_classes = {code[:3] for (code, source, _), a in file.spending.items() if a and source in FISCAL_SOURCES}
    in_one_text = [code for code, use in data.get("支出用途", {}).items() if isinstance(use, str)]
    untargeted = [project for project in shown if "绩效目标" not in project]
    if "未公开绩效目标原因" in data:
        untargeted = [project for project in untargeted if file.project_money(project, FISCAL_MONEY)]
    own = data.get("收入", {}).get("单位资金", {})
    reasons = {
        "GK447": bool(file.spent(["单位资金"])) and not own.get("构成"),
        "GK303": "科目名称" in data and int(data["年度"]) <= LAST_EDITION,
        "GK309": int(data["年度"]) > LAST_EDITION,
        "GK423": "整体绩效目标" not in data or bool(untargeted),
        "GK424": not fiscal_classes <= set(data.get("支出用途", {})),
        "GK439": any(sum(bool(file.spent(FUND_SOURCES[f], code=c)) for f in FISCAL_FUNDS) > 1 for c in in_one_text),
    }
    return {code for code, warranted in reasons.items() if warranted}


@given(data=budgets())
@settings(max_examples=50)
def test_the_rules_find_nothing_wrong_in_a_budget_that_is_right(data):
    findings = check(budget_of(data))
    assert [finding for finding in findings if finding.level is Level.ERROR] == []
    codes = {finding.code for finding in findings} - PLAUSIBILITY
    assert {code for code in codes - CHANCE if code < "GK7"} == warranted_warnings(data)
    assert codes - warranted_warnings(data) <= CHANCE


@given(data=budgets())
@settings(max_examples=25)
def test_a_budget_written_as_yaml_is_read_back_as_it_was(data):
    with TemporaryDirectory() as folder:
        path = write_input(Path(folder), data)
        assert read(path).model == budget_of(data)


# --------------------------------------------------------------------------------------
# The prose

AMOUNT = re.compile(r"([\d,.]+)万元(?!以上)")
PERCENT = re.compile(r"([\d,.]+)%")
CHANGE = re.compile(r"(?:增加|减少)[\d,.]+万元，(?:增长|下降)[\d,.]+%")
SHARE = re.compile(r"[\d,.]+万元，占[\d,.]+%")


def growth(current: Decimal, prior: Decimal) -> str:
    """增加……，增长……, by the rule of the field."""
    difference = Fraction(current) - Fraction(prior)
    rate = abs(difference) * 100 / Fraction(prior) if prior else Fraction(100 if current else 0)
    words = ("增加", "增长") if difference >= 0 else ("减少", "下降")
    return f"{words[0]}{half_up(abs(difference))}万元，{words[1]}{half_up(rate)}%"


@dataclass(frozen=True)
class Recomputed:
    """Every pair of years and every share that the prose may speak of, from the file alone."""

    file: File

    @property
    def _data(self) -> Data:
        return self.file.data

    @cached_property
    def income(self) -> dict[str, tuple[Decimal, Decimal]]:
        """This year's and last year's income by source."""
        stated = self._data.get("收入", {})
        sources = {source: (source,) for source in CURRENT_SOURCES} | {"上年结转结余": CARRIED_SOURCES}
        return {key: (self.file.spent(group), self.file.prior(stated.get(key))) for key, group in sources.items()}

    @cached_property
    def natures(self) -> dict[str, tuple[Decimal, Decimal]]:
        """基本支出 and 项目支出, of all money and of 一般公共预算."""
        stated = self._data.get("支出变动", {})
        return {
            f"{scope}{nature}": (self.file.spent(sources, kinds), self.file.prior(stated.get(f"{scope}{nature}")))
            for scope, sources in (("", None), ("一般公共预算", GENERAL_SOURCES))
            for nature, kinds in (("基本支出", BASIC_KEYS), ("项目支出", ("项目支出",)))
        }

    @cached_property
    def items(self) -> list[tuple[Decimal, Decimal]]:
        """Every 项 with money of a fiscal fund this year or last year."""
        pairs = [
            (self.file.spent(FUND_SOURCES[fund], code=e["科目"]), self.file.prior(e.get("变动", {}).get(fund)))
            for e in self._data["支出"]
            for fund in FISCAL_FUNDS
        ]
        return [pair for pair in pairs if any(pair)]

    @cached_property
    def three_public(self) -> list[tuple[Decimal, Decimal]]:
        """The four items, and last their total."""
        items = self._data["三公经费"].values()
        pairs = [
            (sum((self.file.amount(item.get(fund)) for fund in FISCAL_FUNDS), ZERO), self.file.prior(item))
            for item in items
        ]
        now, before = zip(*pairs, strict=True)
        return [*pairs, (sum(now, ZERO), sum(before, ZERO))]

    @cached_property
    def running(self) -> tuple[Decimal, Decimal]:
        """公用经费, or what is stated of it, and last year's."""
        stated = self._data["机关运行经费"].get("本年")
        now = self.file.amount(stated) if stated else self.file.costs[1]
        return now, self.file.prior(self._data["机关运行经费"])

    @cached_property
    def other_budgets(self) -> list[tuple[Decimal, Decimal]]:
        """政府性基金预算 and 国有资本经营预算 as a whole."""
        changes = [entry.get("变动", {}) for entry in self._data["支出"]]
        return [
            (
                self.file.spent(FUND_SOURCES[fund]),
                sum((self.file.prior(change.get(fund)) for change in changes), ZERO),
            )
            for fund in FISCAL_FUNDS[1:]
        ]

    @cached_property
    def must_be_said(self) -> set[str]:
        """Every change that the prose has to state: where either year has something, and “三公” in any case."""
        pairs = [*self.income.values(), *self.natures.values(), *self.items, *self.other_budgets, self.running]
        return {growth(*pair) for pair in [*filter(any, pairs), *self.three_public]}

    @cached_property
    def may_be_said(self) -> set[str]:
        """The former, and lines that both years have nothing in."""
        return self.must_be_said | {growth(ZERO, ZERO)}

    @cached_property
    def shares(self) -> list[str]:
        """Every share that the prose must state."""
        total, general = self.file.spent(), self.file.spent(GENERAL_SOURCES)
        of_total = [pair for pair in (*self.income.values(), *list(self.natures.values())[:2]) if any(pair)]
        classes = sorted({code[:3] for code, _, _ in self.file.spending})
        of_general = [self.file.spent(GENERAL_SOURCES, code=code) for code in classes]
        parts = [(now, total) for now, _ in of_total] + [(part, general) for part in of_general if part]
        return [f"{half_up(part)}万元，占{half_up(Fraction(part) * 100 / Fraction(whole))}%" for part, whole in parts]

    @cached_property
    def sums(self) -> list[Decimal]:
        """Sums that no table cell shows: of projects, of procurement, of vehicles, of basic spending by fund."""
        projects = self._data.get("项目", [])
        secret = [project for project in projects if "涉密" in project]
        untargeted = [project for project in projects if "绩效目标" not in project and "涉密" not in project]
        procurement = self._data.get("政府采购", {})
        vehicles = self._data.get("国有资产", {}).get("车辆", {}).values()
        amount = self.file.amount

        def money(of: Iterable[Data], sources: Iterable[str]) -> Decimal:
            return sum((self.file.project_money(project, sources) for project in of), ZERO)

        return [
            *(money([project], GENERAL_SOURCES) for project in projects),
            # 当年: of this year, without what was carried over
            money(projects, FISCAL_SOURCES),
            money(projects, OWN_MONEY),
            *(money(secret, sources) for sources in (FISCAL_SOURCES, OWN_MONEY, CARRIED_SOURCES)),
            money([p for p in untargeted if not money([p], FISCAL_SOURCES)], OWN_MONEY),
            *(self.file.spent(FUND_SOURCES[fund], BASIC_KEYS) for fund in FISCAL_FUNDS),
            sum((amount(procurement.get(kind)) for kind in ("货物", "工程", "服务")), ZERO),
            sum((amount(kind["价值"]) for kind in vehicles), ZERO),
        ]


def scalars(node: object) -> Iterable[str]:
    """Everything that a file states, wherever it stands."""
    if isinstance(node, str):
        yield node
    else:
        for value in node.values() if isinstance(node, dict) else node:
            yield from scalars(value)


def stated_amounts(file: File) -> set[str]:
    """Every amount that a file states, as a figure or in its clerk's words, as printed."""
    texts = list(scalars(file.data))
    figures = {half_up(file.amount(text)) for text in texts if re.fullmatch(r"[\d,]+(\.\d+)?", text)}
    return figures | {amount for text in texts for amount in AMOUNT.findall(text)}


@dataclass(frozen=True)
class Document:
    """A budget rendered with a pack."""

    data: Data
    pack: str
    html: str

    @cached_property
    def root(self) -> html.HtmlElement:
        return html.document_fromstring(self.html)

    @cached_property
    def paragraphs(self) -> list[str]:
        """Headings and paragraphs outside the tables."""
        sheets = self.root.findall(".//section[@class='sheet']")
        inside = {paragraph for sheet in sheets for paragraph in sheet.iter("p")}
        return [e.text_content().strip() for e in self.root.iter("h1", "h2", "h3", "p") if e not in inside]


@cache
def documents() -> list[Document]:
    """A hundred random budgets, each rendered with one of two packs, and the example with both.

    They are made once for all tests, and never made smaller after a failure: rendering takes its time.
    """
    drawn: list[Data] = []

    @given(data=budgets())
    @settings(max_examples=100, phases=(Phase.generate,))
    def draw(data: Data) -> None:
        drawn.append(data)

    draw()
    chosen = [*zip([example_data()] * 2 + drawn, cycle(("base", "克州")), strict=False)]
    return [
        Document(data, pack, render_disclosure(budget, pack_of(pack, budget.year)).html)
        for data, pack in chosen
        for budget in [budget_of(data)]
    ]


def test_every_change_and_share_in_the_prose_is_recomputed_from_the_file():
    for document in documents():
        recomputed = Recomputed(File(document.data))
        prose = "\n".join(document.paragraphs)
        said = set(CHANGE.findall(prose))
        assert recomputed.must_be_said <= said <= recomputed.may_be_said, document.data
        assert sorted(SHARE.findall(prose)) == sorted(recomputed.shares), document.data


def test_every_amount_in_the_prose_is_in_a_table_or_follows_from_the_file():
    for document in documents():
        file = File(document.data)
        recomputed = Recomputed(file)
        said = (*recomputed.may_be_said, *recomputed.shares)
        amounts = {amount for text in said for amount in AMOUNT.findall(text)}
        amounts |= stated_amounts(file) | {half_up(amount) for amount in recomputed.sums}
        amounts |= {cell.text_content().strip() for cell in document.root.iter("td") if cell.get("class") == "num"}
        rates = {rate for text in said for rate in PERCENT.findall(text)}
        for paragraph in document.paragraphs:
            assert set(AMOUNT.findall(paragraph)) <= amounts | {"0.00"}, paragraph
            assert set(PERCENT.findall(paragraph)) <= rates, paragraph


def test_every_change_in_the_prose_comes_with_its_reason():
    for document in documents():
        unexplained = [p for p in document.paragraphs if re.search(r"主要原因是：?(?:[。；，]|$)", p)]
        assert unexplained == []


def test_nothing_of_a_secret_project_is_printed_but_its_money():
    for document in documents():
        assert SECRET not in document.html
    secrets = [p for document in documents() for p in document.data.get("项目", []) if "涉密" in p]
    assert secrets, "the examples have secret projects"


def test_no_reason_is_printed_for_money_that_is_all_secret():
    """The reason for the change of a line tells what the money is for, wherever the line stands."""
    for document in documents():
        telling = [paragraph for paragraph in document.paragraphs if SECRET_REASON in paragraph]
        assert telling == []
    reasons = [text for document in documents() for text in scalars(document.data) if text == SECRET_REASON]
    assert reasons, "the examples have such reasons"


def test_every_other_project_is_printed_by_its_name_letter_by_letter():
    """A name with < & { } is data, neither markup nor a template."""
    for document in documents():
        file, text = File(document.data), document.root.text_content()
        for project in document.data.get("项目", []):
            general = file.project_money(project, GENERAL_SOURCES)
            if "涉密" not in project and (general or "绩效目标" in project):
                assert project["名称"] in text
