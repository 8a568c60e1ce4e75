"""决算勾稽关系: what must agree in every final account, whatever its money.

Each identity is a function over the nine statements of one account, computed from the tables' cells
alone, exactly; its docstring says what it wants. They run over random valid accounts, and so does the
prose: whatever it says of an amount, a change, a share or a rate is recomputed here from the file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from hypothesis import example, given, settings
from lxml import html

from gongkai.catalog import LAST_EDITION
from gongkai.checks.run import check
from gongkai.document.compose import render_disclosure
from gongkai.findings import Level
from gongkai.statements.redact import public_account
from gongkai.statements.tables.table import Table, Value
from support.examples import ROOT, Data, rows_of, total_of
from support.figures import half_up, number
from support.identities import Stated, broken
from support.strategies import economic_parts
from support.strategies_final import (
    CAPITAL,
    FISCAL,
    GENERAL,
    GOVERNMENT,
    INCOME,
    MONEY,
    OTHER,
    OWN_SPENDING,
    SECRET,
    THREE_PUBLIC,
    account_of,
    file_data,
    final_accounts,
    final_pack,
    final_tables_of,
)

ZERO = Decimal(0)
PUBLISHED = file_data(ROOT / "examples" / "bozhou-swj-2024-final.yaml")
"""The published figures, whose two decimals add up once the approved totals are left out."""
del PUBLISHED["核定数"]
PUBLISHED["科目收支"][0]["收入"]["其他收入"] = "29.97"
PAIRED = file_data(ROOT / "examples" / "shili-ju-2024-final.yaml")
SPENDING = ("基本支出", "项目支出", *OWN_SPENDING)


# --------------------------------------------------------------------------------------
# The file's own figures, read without the product


@dataclass(frozen=True)
class File(Stated):
    """What a file states, in exact 万元."""

    @cached_property
    def facts(self) -> Mapping[tuple[str, str, str], Decimal]:
        """科目 × what it is (基本支出, 年初结转和结余 …) × kind of money or of income."""
        found: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
        for entry in self.data["科目收支"]:
            for key in ("基本支出", "项目支出", "收入", "年初结转和结余", "年末结转和结余"):
                for kind, written in entry.get(key, {}).items():
                    found[entry["科目"], key, kind] += self.amount(written)
            for key in OWN_SPENDING:
                found[entry["科目"], key, OTHER] += self.amount(entry.get(key))
        return found

    def sum(self, keys: Iterable[str], kinds: Iterable[str] = (*MONEY, *INCOME), code: str = "") -> Decimal:
        """The facts of some keys and kinds under a code of any level."""
        wanted, of = set(keys), set(kinds)
        return sum(
            (
                v
                for (item, key, kind), v in self.facts.items()
                if key in wanted and kind in of and item.startswith(code)
            ),
            ZERO,
        )

    def spent(self, money: Iterable[str] = MONEY, code: str = "") -> Decimal:
        return self.sum(SPENDING, money, code)

    def opening(self, money: Iterable[str] = MONEY, code: str = "") -> Decimal:
        return self.sum(["年初结转和结余"], money, code)

    def closing(self, money: Iterable[str] = MONEY, code: str = "") -> Decimal:
        return self.sum(["年末结转和结余"], money, code)

    def received(self, money: Iterable[str] = FISCAL, code: str = "") -> Decimal:
        """财政拨款收入."""
        return self.spent(money, code) + self.closing(money, code) - self.opening(money, code)

    def economic(self, *, operating: bool) -> Decimal:
        items = self.data.get("基本支出经济分类", {}).items()
        return sum((economic_parts(self.amount, code, stated)[operating] for code, stated in items), ZERO)

    @cached_property
    def codes(self) -> list[str]:
        return sorted(entry["科目"] for entry in self.data["科目收支"])


# --------------------------------------------------------------------------------------
# The statements


@dataclass(frozen=True)
class Statement:
    """A table's body and total by column."""

    table: Table

    @cached_property
    def amount_keys(self) -> list[str]:
        return [column.key for column in self.table.columns if column.kind == "数字"]

    @cached_property
    def total(self) -> dict[str, Decimal]:
        """合计."""
        row = total_of(self.table)
        return {key: number(row.get(key)) for key in self.amount_keys}

    @cached_property
    def by_code(self) -> dict[str, dict[str, Decimal]]:
        """Every row by its code, of any level."""
        return {str(row["编码"]): {key: number(row[key]) for key in self.amount_keys} for row in rows_of(self.table)}

    def at(self, length: int) -> dict[str, dict[str, Decimal]]:
        """Rows of one level by code: 类 (3 digits), 款 (5), 项 (7)."""
        return {code: row for code, row in self.by_code.items() if len(code) == length}

    @property
    def all_rows(self) -> list[dict[str, Decimal]]:
        return [self.total, *self.by_code.values()]

    @cached_property
    def lines(self) -> dict[str, Mapping[str, Value]]:
        """Rows with line numbers (行次), by the number on either side."""
        rows = rows_of(self.table)
        return {str(row[key]): row for row in rows for key in ("收入行次", "支出行次")}

    def line(self, number_of_line: int, key: str) -> Decimal:
        """The amount of a numbered line (行次)."""
        return number(self.lines[str(number_of_line)].get(key))


@dataclass(frozen=True)
class Disclosure:
    """The nine statements of one account."""

    file: File
    tables: Mapping[str, Table]

    @cached_property
    def statements(self) -> Mapping[str, Statement]:
        return {key: Statement(table) for key, table in self.tables.items()}

    def __getitem__(self, key: str) -> Statement:
        return self.statements[key]

    def income(self, line: int) -> Decimal:
        """公开01表, left."""
        return self["收支总表"].line(line, "收入数")

    def spending(self, line: int) -> Decimal:
        """公开01表, right."""
        return self["收支总表"].line(line, "支出数")

    def appropriated(self, line: int) -> Decimal:
        """公开04表, left."""
        return self["财政拨款总表"].line(line, "收入数")

    def appropriation(self, line: int, key: str = "支出数") -> Decimal:
        """公开04表, right."""
        return self["财政拨款总表"].line(line, key)


Identity = Callable[[Disclosure], None]
IDENTITIES: list[Identity] = []


def identity(function: Identity) -> Identity:
    IDENTITIES.append(function)
    return function


BY_FUNCTION = ("收入", "支出", "一般公共预算支出", "政府性基金", "国有资本经营")


@identity
def d40_income_and_spending_balance(d: Disclosure) -> None:
    """40 01表：总计＝本年收入＋使用非财政拨款结余＋年初；总计＝本年支出＋结余分配＋年末；两者相等。"""
    assert d.income(31) == d.income(27) + d.income(28) + d.income(29)
    assert d.spending(62) == d.spending(58) + d.spending(59) + d.spending(60)
    assert d.income(31) == d.spending(62)


@identity
def d41_income_is_the_sum_of_its_kinds(d: Disclosure) -> None:
    """41 01表 1–8 之和＝本年收入；02表每行合计＝六种收入之和，合计行就是 01表的数。"""
    assert d.income(27) == sum(d.income(line) for line in range(1, 9))
    for row in d["收入"].all_rows:
        assert row["合计"] == row["财政拨款收入"] + sum(row[kind] for kind in INCOME)
    assert d["收入"].total["合计"] == d.income(27)
    assert [d["收入"].total[kind] for kind in INCOME] == [d.income(line) for line in range(4, 9)]


@identity
def d42_spending_is_the_sum_of_its_kinds(d: Disclosure) -> None:
    """42 01表各类之和＝本年支出；03表每行合计＝基本＋项目＋上缴＋经营＋补助，合计行就是 01表的数。"""
    assert d.spending(58) == sum(d.spending(line) for line in range(32, 58))
    for row in d["支出"].all_rows:
        assert row["合计"] == sum(row[kind] for kind in SPENDING)
    assert d["支出"].total["合计"] == d.spending(58)


@identity
def d43_every_fund_balances(d: Disclosure) -> None:
    """43 04表：各本预算年初＋本年收入＝本年支出＋年末；每行合计＝三本预算之和；两边总计相等。"""
    for index, fund in enumerate(FISCAL):
        received, opening = d.appropriated(1 + index), d.appropriated(29 + index)
        assert received + opening == d.appropriation(59, fund) + d.appropriation(60, fund) == d.appropriation(64, fund)
    for line in range(33, 65):
        assert d.appropriation(line) == sum(d.appropriation(line, fund) for fund in FISCAL)
    assert d.appropriated(27) == sum(d.appropriated(line) for line in (1, 2, 3))
    assert d.appropriated(28) == sum(d.appropriated(line) for line in (29, 30, 31))
    assert d.appropriated(32) == d.appropriated(27) + d.appropriated(28) == d.appropriation(64)
    for key in ("支出数", *FISCAL):
        assert d.appropriation(59, key) == sum(d.appropriation(line, key) for line in range(33, 59))


@identity
def d44_both_overall_statements_receive_the_same_appropriations(d: Disclosure) -> None:
    """44 01表左 1–3＝04表左 1–3，合计＝02表的财政拨款收入。"""
    assert [d.income(line) for line in (1, 2, 3)] == [d.appropriated(line) for line in (1, 2, 3)]
    assert d["收入"].total["财政拨款收入"] == d.appropriated(27)


@identity
def d45_appropriated_spending_is_that_of_the_three_funds(d: Disclosure) -> None:
    """45 04表财政拨款支出＝05表一般＋基金表＋国资表。"""
    keys = ("一般公共预算支出", "政府性基金", "国有资本经营")
    assert d.appropriation(59) == sum(d[key].total["合计"] for key in keys)


@identity
def d46_classes_are_the_sums_of_their_groups_and_items(d: Disclosure) -> None:
    """46 02、03、05、基金、国资表：类＝各款之和，款＝各项之和，合计＝各类之和；01、04表逐类同 03表、各本预算。"""
    for key in BY_FUNCTION:
        statement = d[key]
        codes = [str(row["编码"]) for row in rows_of(statement.table)]
        assert codes == sorted(set(codes))
        for column in statement.amount_keys:
            assert statement.total[column] == sum(row[column] for row in statement.at(3).values())
            for upper, lower in ((3, 5), (5, 7)):
                for code, row in statement.at(upper).items():
                    below = [r[column] for c, r in statement.at(lower).items() if c[:upper] == code]
                    assert below
                    assert row[column] == sum(below)
    classes = sorted(v for v in (d.spending(line) for line in range(32, 58)) if v)
    assert classes == sorted(row["合计"] for row in d["支出"].at(3).values())


@identity
def d47_general_spending_is_the_same_by_function_and_by_economy(d: Disclosure) -> None:
    """47 05表合计＝04表一般公共预算支出；05表基本＝06表人员＋公用。"""
    assert d["一般公共预算支出"].total["合计"] == d.appropriation(59, GENERAL)
    basic = d["基本支出"].total
    assert d["一般公共预算支出"].total["基本支出"] == basic["数1"] + basic["数3"]


@identity
def d48_economic_classes_are_the_sums_of_their_items(d: Disclosure) -> None:
    """48 06表：类＝各款之和；人员＝301＋303，公用＝302＋307＋310＋312＋399，分开写的列在两边。"""
    rows = rows_of(d["基本支出"].table)
    blocks = ((1,), (2, 3))
    for key, numbers in zip(("数1", "数3"), blocks, strict=True):
        found = {str(r[f"编码{n}"]): number(r[f"数{n}"]) for r in rows for n in numbers if r[f"编码{n}"]}
        for code in (code for code in found if len(code) == 3):
            assert found[code] == sum(v for c, v in found.items() if c.startswith(code) and len(c) == 5)
        assert d["基本支出"].total[key] == sum(v for c, v in found.items() if len(c) == 3)
        assert d["基本支出"].total[key] == d.file.economic(operating=key == "数3")


@identity
def d50_other_money_balances(d: Disclosure) -> None:
    """50 财政拨款以外：年初＋收入＋使用结余＝支出＋分配＋年末。"""
    opening, closing = d.income(29) - d.appropriated(28), d.spending(60) - d.appropriation(60)
    received, spent = d.income(27) - d.appropriated(27), d.spending(58) - d.appropriation(59)
    assert opening + received + d.income(28) == spent + d.spending(59) + closing


@identity
def d51_spending_of_the_funds_is_a_part_of_all_spending(d: Disclosure) -> None:
    """51 03表基本、项目－05表－基金表－国资表≥0，逐项如此。"""
    for kind in ("基本支出", "项目支出"):
        parts = [d[key].at(7) for key in ("一般公共预算支出", "政府性基金", "国有资本经营")]
        for code, row in d["支出"].at(7).items():
            assert row[kind] - sum(part.get(code, {}).get(kind, ZERO) for part in parts) >= 0


@identity
def d52_three_public_adds_up_and_keeps_within_its_budget(d: Disclosure) -> None:
    """52 三公表：合计＝出国＋车辆小计＋接待；小计＝购置＋运行；决算不大于全年预算。"""
    [row] = rows_of(d["三公经费"].table)
    for side in ("预算", "决算"):
        of = {key: number(row[f"{side}{key}"]) for key in ("合计", "出国", "车辆小计", "购置", "运行", "接待")}
        assert of["合计"] == of["出国"] + of["车辆小计"] + of["接待"]
        assert of["车辆小计"] == of["购置"] + of["运行"]
    assert all(number(row[f"决算{k}"]) <= number(row[f"预算{k}"]) for k in ("出国", "购置", "运行", "接待"))


@identity
def rows_of_a_fund_balance(d: Disclosure) -> None:
    """基金表、国资表：每行年初＋本年收入＝本年支出＋年末，本年支出＝基本＋项目；合计同 04表。"""
    for fund, key, line in ((GOVERNMENT, "政府性基金", 2), (CAPITAL, "国有资本经营", 3)):
        statement = d[key]
        for row in statement.all_rows:
            assert row["年初结转和结余"] + row["本年收入"] == row["合计"] + row["年末结转和结余"]
            assert row["合计"] == row["基本支出"] + row["项目支出"]
        assert statement.total["本年收入"] == d.appropriated(line)
        assert statement.total["年末结转和结余"] == d.appropriation(60, fund)


@identity
def every_fact_of_the_file_is_in_its_cell(d: Disclosure) -> None:
    """02、03、05、基金、国资表的每一项，就是文件里该科目的数；没有数的科目不列。"""
    file = d.file
    for code, row in d["支出"].at(7).items():
        assert {kind: row[kind] for kind in SPENDING} == {kind: file.sum([kind], MONEY, code) for kind in SPENDING}
    assert set(d["支出"].at(7)) == {code for code in file.codes if file.spent(MONEY, code)}
    for code, row in d["收入"].at(7).items():
        assert row["财政拨款收入"] == file.received(FISCAL, code)
        assert {k: row[k] for k in INCOME} == {k: file.sum(["收入"], [k], code) for k in INCOME}
    assert d["收入"].total["财政拨款收入"] == file.received()
    assert {k: d["收入"].total[k] for k in INCOME} == {k: file.sum(["收入"], [k]) for k in INCOME}
    for code, row in d["一般公共预算支出"].at(7).items():
        assert row["基本支出"] == file.sum(["基本支出"], [GENERAL], code)
        assert row["项目支出"] == file.sum(["项目支出"], [GENERAL], code)
    for fund, key in ((GOVERNMENT, "政府性基金"), (CAPITAL, "国有资本经营")):
        for code, row in d[key].at(7).items():
            assert row["年初结转和结余"] == file.opening([fund], code)
            assert row["年末结转和结余"] == file.closing([fund], code)
            assert row["合计"] == file.spent([fund], code)


@identity
def a_statement_without_money_says_that_it_is_empty(d: Disclosure) -> None:
    """财政拨款各表和三公表没有数时，表下说明无数据；有数时不说。"""
    for key in ("财政拨款总表", "一般公共预算支出", "基本支出", "政府性基金", "国有资本经营", "三公经费"):
        rows = rows_of(d[key].table)
        empty = not any(number(row[column]) for row in rows for column in d[key].amount_keys)
        assert [note.endswith("故本表无数据。") for note in d[key].table.notes if "尾数" not in note] == (
            [False, True] if empty else [False]
        )


@given(data=final_accounts())
@example(data=PUBLISHED)
@example(data=PAIRED)
@settings(max_examples=80)
def test_every_identity_holds_in_every_final_account(data):
    disclosure = Disclosure(File(data), final_tables_of(account_of(data)))
    assert broken(disclosure, IDENTITIES) == []


PLAUSIBILITY = {
    "GK305", "GK306", "GK308", "GK426", "GK427", "GK428", "GK429", "GK430", "GK431", "GK432", "GK434", "GK435",
    "GK436", "GK469", "GK470", "GK471", "GK473", "GK475", "GK476", "GK478",
}  # fmt: skip
"""Warnings that money drawn at random may earn: it need not be likely, only right."""


@given(data=final_accounts())
@settings(max_examples=80)
def test_the_rules_find_nothing_wrong_in_an_account_that_is_right(data):
    findings = check(account_of(data))
    assert [finding for finding in findings if finding.level is Level.ERROR] == []
    missing = [("整体绩效自评",) not in {f.path for f in findings}, ("绩效管理",) not in {f.path for f in findings}]
    assert missing == ["整体绩效自评" in data, "绩效管理" in data]
    # Words of a difference that is none, one reason for every 科目, many people without an office are drawn by chance.
    assert {finding.code for finding in findings} - PLAUSIBILITY <= {
        "GK309",
        "GK462",
        "GK466",
        "GK485",
        "GK486",
        "GK487",
        "GK488",
        "GK705",
        "GK725",
        "GK782",
    }
    assert ("GK309" in {finding.code for finding in findings}) == (int(data["年度"]) > LAST_EDITION)


# --------------------------------------------------------------------------------------
# The prose

AMOUNT = re.compile(r"(-?[\d,.]+)万元(?!（含）以上)")
PERCENT = re.compile(r"(-?[\d,.]+)%")
CHANGE = re.compile(r"(?:增加|减少)[\d,.]+万元(?:，(?:增长|下降)[\d,.]+%)?")
VARIANCE = re.compile(r"预算数[\d,.]+万元，决算数-?[\d,.]+万元，预决算差异率-?[\d,.]+%")
SHARE = re.compile(r"-?[\d,.]+万元，占-?[\d,.]+%")


def growth(current: Decimal, prior: Decimal) -> str:
    """增加……增长……, by the rule of the field; nothing grows from less than nothing."""
    difference = Fraction(current) - Fraction(prior)
    rate = abs(difference) * 100 / Fraction(prior) if prior else Fraction(100 if current else 0)
    words = ("增加", "增长") if difference >= 0 else ("减少", "下降")
    grown = f"，{words[1]}{half_up(rate)}%" if prior >= 0 or not difference else ""
    return f"{words[0]}{half_up(abs(difference))}万元{grown}"


def variance(actual: Decimal, budget: Decimal) -> str:
    """预算数……决算数……预决算差异率……, with its sign."""
    rate = (Fraction(actual) - Fraction(budget)) * 100 / Fraction(budget) if budget else Fraction(100 if actual else 0)
    shown = half_up(abs(rate))
    sign = "-" if rate < 0 and shown != "0.00" else ""
    return f"预算数{half_up(budget)}万元，决算数{half_up(actual)}万元，预决算差异率{sign}{shown}%"


def rate_of(part: Decimal, whole: Decimal) -> str:
    return half_up(Fraction(part) * 100 / Fraction(whole)) if whole else "0.00"


def share(part: Decimal, whole: Decimal) -> str:
    return f"{half_up(part)}万元，占{rate_of(part, whole)}%"


@dataclass(frozen=True)
class Recomputed:
    """Every change, share and rate that the prose must speak of, from the file alone."""

    file: File

    def stated(self, *path: str) -> Decimal:
        node: object = self.file.data
        for key in path:
            node = node.get(key, {}) if isinstance(node, dict) else {}
        return self.file.amount(node if isinstance(node, str) else None)

    @cached_property
    def total(self) -> Decimal:
        """支出总计."""
        return self.file.spent() + self.file.closing() + self.stated("结余分配")

    def used_by(self, fund: str) -> bool:
        """Whether a fund has a section of its own: money this year, or last year."""
        entries = self.file.data["科目收支"]
        prior = any(self.file.amount(e.get("变动", {}).get(fund, {}).get("上年")) for e in entries)
        return bool(prior or self.file.spent([fund]) or self.file.opening([fund]) or self.file.closing([fund]))

    @cached_property
    def against_budget(self) -> list[tuple[Decimal, Decimal, Decimal]]:
        """Totals with last year's and the original budget: 财政拨款, 一般公共预算, and the funds in use."""

        def whole(money: Sequence[str]) -> Decimal:
            return self.file.spent(money) + self.file.closing(money)

        general = self.file.spent([GENERAL])
        stated = [self.stated("总体变动", GENERAL, key) for key in ("上年", "年初预算")]
        last_year = [a.get("变动", {}).get(GENERAL, {}).get("上年") for a in self.file.data["科目收支"]]
        in_use = general or any(stated) or any(self.file.amount(prior) for prior in last_year)
        current = {"财政拨款": whole(FISCAL)} | ({GENERAL: general} if in_use else {})
        current |= {fund: whole([fund]) for fund in (GOVERNMENT, CAPITAL) if self.used_by(fund)}
        return [
            (now, self.stated("总体变动", key, "上年"), self.stated("总体变动", key, "年初预算"))
            for key, now in current.items()
        ]

    @cached_property
    def three_public(self) -> dict[str, tuple[Decimal, Decimal, Decimal]]:
        """Spent, last year's and the adjusted budget of each item."""
        columns = ("支出", "上年", "全年预算")
        return {name: tuple(self.stated("三公经费", name, column) for column in columns) for name in THREE_PUBLIC}

    def three_public_sum(self, *names: str) -> tuple[Decimal, ...]:
        return tuple(sum(column) for column in zip(*(self.three_public[name] for name in names), strict=True))

    @cached_property
    def items(self) -> list[tuple[Decimal, Decimal]]:
        """Every 项 with money of a fiscal budget this year or last year."""
        entries = self.file.data["科目收支"]
        pairs = [
            (self.file.spent([fund], e["科目"]), self.file.amount(e.get("变动", {}).get(fund, {}).get("上年")))
            for fund in FISCAL
            for e in entries
        ]
        return [pair for pair in pairs if any(pair)]

    @cached_property
    def changes(self) -> list[str]:
        abroad, purchase, running, reception = THREE_PUBLIC
        lines = [self.three_public_sum(*THREE_PUBLIC), self.three_public_sum(purchase, running)]
        lines += [self.three_public[abroad], self.three_public[reception]]
        pairs = [(self.total, self.stated("总体变动", "收支总计", "上年"))]
        pairs += [(now, prior) for now, prior, _ in (*self.against_budget, *lines)] + self.items
        stated = self.file.data["机关运行经费"].get("本年")
        operating = self.file.amount(stated) if stated else self.file.economic(operating=True)
        pairs.append((operating, self.stated("机关运行经费", "上年")))
        return [growth(*pair) for pair in pairs]

    @cached_property
    def variances(self) -> list[str]:
        lines = [*self.three_public.values(), self.three_public_sum(*THREE_PUBLIC)]
        return [variance(now, budget) for now, _, budget in (*self.against_budget, *lines)]

    @cached_property
    def shares(self) -> list[str]:
        file = self.file
        income = [file.received(), *(file.sum(["收入"], [kind]) for kind in INCOME)]
        spending = [file.sum([kind], MONEY) for kind in SPENDING]
        classes = [file.spent([GENERAL], code) for code in sorted({code[:3] for code in file.codes})]
        whole = self.three_public_sum(*THREE_PUBLIC)[0]
        abroad, purchase, running, reception = THREE_PUBLIC
        three = [self.three_public_sum(*names)[0] for names in ((abroad,), (purchase, running), (reception,))]
        of = [(sum(income), income), (sum(spending), spending), (whole, three)]
        of.append((file.spent([GENERAL]), [part for part in classes if part]))
        return [share(part, whole) for whole, parts in of for part in parts]

    @cached_property
    def other_rates(self) -> list[str]:
        """一般公共预算 of all spending; contracts with small firms of all procurement."""
        bought = sum((self.stated("政府采购", kind) for kind in ("货物", "工程", "服务")), ZERO)
        given = [self.stated("政府采购", kind) for kind in ("授予中小企业", "授予小微企业")]
        general = rate_of(self.file.spent([GENERAL]), self.file.spent())
        return [general, *(rate_of(part, bought) for part in given)]

    @cached_property
    def sums(self) -> list[Decimal]:
        """Sums that no statement shows: procurement, and the evaluated money."""
        unit = self.file.data.get("整体绩效自评", {}).get("资金", {})
        lines = [p.get(key, {}) for p in self.file.data.get("项目绩效自评", []) for key in ("财政拨款", "其他资金")]
        evaluated = [
            sum((self.file.amount(line.get(column)) for line in group), ZERO)
            for group in (unit.values(), lines)
            for column in ("全年预算", "执行")
        ]
        return [*evaluated, sum((self.stated("政府采购", kind) for kind in ("货物", "工程", "服务")), ZERO)]


def stated_amounts(file: File, node: object) -> Iterable[Decimal]:
    """Every number that a file states, wherever it stands."""
    if isinstance(node, dict):
        for value in node.values():
            yield from stated_amounts(file, value)
    elif isinstance(node, list):
        for value in node:
            yield from stated_amounts(file, value)
    elif re.fullmatch(r"-?[\d,]+(\.\d+)?", str(node)):
        yield file.amount(str(node))


def rendered(data: Data, pack: str) -> html.HtmlElement:
    account = account_of(data)
    return html.document_fromstring(render_disclosure(account, final_pack(pack, account.year)).html)


def explanations(root: html.HtmlElement) -> list[str]:
    """The headings and paragraphs of 情况说明 and what follows, outside the tables."""
    for sheet in root.findall(".//section[@class='sheet']"):
        sheet.drop_tree()
    return [element.text_content().strip() for element in root.iter("h1", "h2", "h3", "p")]


@given(data=final_accounts())
@example(data=PAIRED)
@settings(max_examples=30)
def test_every_figure_in_the_prose_is_in_a_statement_or_recomputed_from_the_file(data):
    file = File(data)
    recomputed = Recomputed(file)
    stated = {half_up(amount) for amount in (*stated_amounts(file, data), *recomputed.sums)}
    for pack in ("base", "博州"):
        cells = {
            half_up(value)
            for table in final_tables_of(account_of(data), pack).values()
            for row in table.rows
            for value in (cell.value for cell in row.cells)
            if isinstance(value, Decimal)
        }
        paragraphs = explanations(rendered(data, pack))
        prose = "\n".join(paragraphs)
        assert sorted(CHANGE.findall(prose)) == sorted(recomputed.changes)
        assert sorted(VARIANCE.findall(prose)) == sorted(recomputed.variances)
        assert sorted(SHARE.findall(prose)) == sorted(recomputed.shares)
        said = [*recomputed.changes, *recomputed.variances, *recomputed.shares]
        amounts = {amount for text in said for amount in AMOUNT.findall(text)}
        rates = {rate for text in said for rate in PERCENT.findall(text)} | set(recomputed.other_rates)
        for paragraph in paragraphs:
            assert set(AMOUNT.findall(paragraph)) <= cells | stated | amounts, paragraph
            assert set(PERCENT.findall(paragraph)) <= rates, paragraph
            assert re.search(r"主要原因是：?[。；，]|主要原因是：?$", paragraph) is None, paragraph


@given(data=final_accounts())
@settings(max_examples=20)
def test_nothing_of_a_secret_project_is_printed_and_everything_of_the_others(data):
    text = rendered(data, "base").text_content()
    assert SECRET not in text
    assert SECRET not in public_account(account_of(data), "特定目标", "完全不予公开").model_dump_json()
    for project in data.get("项目绩效自评", []):
        if "涉密" not in project:
            assert project["名称"] in text
