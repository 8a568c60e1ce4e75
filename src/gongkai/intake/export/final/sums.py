"""What the tables of a final account say: every cell as a sum over 科目 × part of the accounts × kind of money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from gongkai.intake.export.bounds.system import Sum, System
from gongkai.intake.export.facts.labels import class_of, match_label
from gongkai.intake.export.forms.words import label
from gongkai.intake.export.reading.amounts import Figure
from gongkai.intake.export.reading.found import Found, Line
from gongkai.intake.export.reading.tables import Tables
from gongkai.model.final.final_account import FISCAL_MONEY, IncomeKind, Money
from gongkai.statements.final.figures import (
    BUSINESS,
    CLOSING,
    DISTRIBUTED,
    INCOME,
    OPENING,
    TO_SUBORDINATE,
    TO_UPPER,
    USED,
)

BASIC, PROJECT = "基本支出", "项目支出"
OWN = (TO_UPPER, BUSINESS, TO_SUBORDINATE)
SPENT = (BASIC, PROJECT, *OWN)
ALL = tuple(Money)

Var = tuple[str, str, str]
"""科目, part of the accounts, kind of money or of income."""
Terms = Mapping[Var, int]

_BY_CODE = ("收入", "支出", "一般公共预算支出", "政府性基金", "国有资本经营")
_FUNDS = {"一般公共预算支出": Money.GENERAL, "政府性基金": Money.GOVERNMENT, "国有资本经营": Money.CAPITAL}
_INCOME_LABELS = (
    (r"一般公共预算(财政拨款)?(收入)?", Money.GENERAL.value),
    (r"政府性基金(预算)?(财政拨款)?(收入)?", Money.GOVERNMENT.value),
    (r"国有资本经营(预算)?(财政拨款)?(收入)?", Money.CAPITAL.value),
    (r"上级补助收入", IncomeKind.UPPER_SUBSIDY.value),
    (r"事业收入", IncomeKind.OPERATIONS.value),
    (r"(事业单位)?经营收入", IncomeKind.BUSINESS.value),
    (r"附属单位上缴收入", IncomeKind.SUBORDINATE.value),
    (r"其他收入", IncomeKind.OTHER.value),
    (r"本年收入(合计)?", "本年收入"),
    (r"使用非财政拨款结余.*|用事业基金弥补收支差额", USED),
    (r"年初(财政拨款)?结转和?结余", OPENING),
    (r"(收入)?总计", "总计"),
)
_SPENDING_LABELS = (
    (r"本年支出(合计)?", "本年支出"),
    (r"结余分配", DISTRIBUTED),
    (r"年末(财政拨款)?结转和?结余", CLOSING),
    (r"(支出)?总计", "总计"),
)


@dataclass
class FinalSums:
    """Fills a system with what the tables of a final account say."""

    tables: Tables
    system: System = field(default_factory=System)
    codes: list[str] = field(default_factory=list)
    short: list[tuple[Found, Line]] = field(default_factory=list)
    """Rows that go no deeper than 类 or 款: no 科目 of a data file."""

    def fill(self) -> System:
        """All tables, one after another."""
        self.codes, self.short = self.tables.items(*_BY_CODE)
        for var in self.terms("", (OPENING, CLOSING)):
            self.system.free(var)
        for key in _BY_CODE:
            found = self.tables.get(key)
            if found is not None:
                self._by_code(found)
        for key in ("收支总表", "财政拨款总表"):
            found = self.tables.get(key)
            if found is not None:
                self._two_sided(found, ALL if key == "收支总表" else FISCAL_MONEY)
        self._basic_total()
        return self.system

    @cached_property
    def _vars(self) -> Mapping[str, Sequence[Var]]:
        found: dict[str, list[Var]] = {"": []}
        for code in self.codes:
            own: list[Var] = [(code, part, m.value) for part in (BASIC, PROJECT, OPENING, CLOSING) for m in ALL]
            own += [(code, part, Money.OTHER.value) for part in OWN]
            own += [(code, INCOME, kind.value) for kind in IncomeKind]
            for level in ("", code[:3], code[:5], code):
                found.setdefault(level, []).extend(own)
        return found

    def terms(self, code: str, parts: Iterable[str], kinds: Iterable[str] | None = None, sign: int = 1) -> Terms:
        """The amounts under a code of some parts and kinds of money, or of income."""
        wanted, named = set(parts), None if kinds is None else set(kinds)
        return {
            var: sign for var in self._vars.get(code, ()) if var[1] in wanted and (named is None or var[2] in named)
        }

    def received(self, code: str, money: Sequence[Money]) -> Terms:
        """财政拨款收入: what was spent, and the change of what is carried."""
        return {
            **self.terms(code, SPENT, money),
            **self.terms(code, (CLOSING,), money),
            **self.terms(code, (OPENING,), money, -1),
        }

    def add(self, found: Found, figure: Figure, row: str, column: str, terms: Terms, group: str = "") -> None:
        """What a cell says of some amounts."""
        found.use(figure)
        what = f"{found.name}{row}“{column}”"
        self.system.add(Sum(terms, figure.value, figure.slack, what, (figure.place,), group))

    def _by_code(self, found: Found) -> None:
        has_children = {line.code[:length] for line in found.lines for length in (3, 5) if len(line.code) > length}
        for line in found.lines:
            if not (line.code or line.total) or (not line.stated and (line.total or line.code in has_children)):
                continue
            for column, figure in line.figures.items():
                terms = self._column(found, line.code, column)
                own = line.code if len(line.code) == 7 else ""
                self.add(found, figure, line.code or "合计", found.columns[column].shown, terms, own)
        self._absent(found)

    def _column(self, found: Found, code: str, column: str) -> Terms:
        """The amounts of which a column tells."""
        key = found.form.key
        if key == "收入":
            return self._income_column(code, column)
        money: Sequence[Money] = (_FUNDS[key],) if key in _FUNDS else ALL
        parts = {"合计": SPENT, "年初结转和结余": (OPENING,), "年末结转和结余": (CLOSING,)}
        if column == "本年收入":
            return self.received(code, money)
        return self.terms(code, parts.get(column, (column,)), money)

    def _income_column(self, code: str, column: str) -> Terms:
        if column == "财政拨款收入":
            return self.received(code, FISCAL_MONEY)
        if column == "合计":
            return {**self.received(code, FISCAL_MONEY), **self.terms(code, (INCOME,))}
        return self.terms(code, (INCOME,), (column,))

    def _absent(self, found: Found) -> None:
        """科目 that a table does not list have nothing there, if its 项 come to its total."""
        listed = {line.code for line in found.lines}
        undivided = {line.code for table, line in self.short if table is found}
        absent = [code for code in self.codes if code not in listed and not {code[:3], code[:5]} & undivided]
        if not absent or not self._adds_up(found):
            return
        columns = [column for column in found.columns if column in _AMOUNTS.get(found.form.key, ())]
        for code in absent:
            for column in columns:
                terms = self._column(found, code, column)
                what = f"{found.name}没有 {code} 这一行"
                self.system.add(Sum(terms, Decimal(0), Decimal(0), what, (found.place,), code))

    @staticmethod
    def _adds_up(found: Found) -> bool:
        total = found.total
        if total is None or not total.stated:
            return True
        for column, figure in total.figures.items():
            parts = [line.figures[column] for line in found.lines if len(line.code) == 7 and column in line.figures]
            slack = sum((part.slack for part in parts), figure.slack)
            if abs(sum((part.value for part in parts), Decimal(0)) - figure.value) > slack:
                return False
        return True

    def _two_sided(self, found: Found, money: Sequence[Money]) -> None:
        for said, figures, after in _left(found):
            meaning = match_label(said, _INCOME_LABELS)
            if meaning and (figure := figures.get("收入数")) is not None:
                self.add(found, figure, "", said, self._income_item(meaning, money, opening=after))
        for said, text, figures in _right(found):
            code = class_of(text)
            meaning = match_label(said, _SPENDING_LABELS)
            for column, figure in figures.items():
                kinds = [m for m in money if m.value == column] or money
                if code or meaning:
                    terms = self._spending_item(meaning, code, kinds)
                    self.add(found, figure, said, found.columns[column].shown, terms)

    def _income_item(self, meaning: str, money: Sequence[Money], *, opening: bool) -> Terms:
        fiscal = money is FISCAL_MONEY
        kinds: Terms = {} if fiscal else self.terms("", (INCOME,))
        year = {**self.received("", FISCAL_MONEY), **kinds}
        of_year = self.terms("", (OPENING,), money)
        if meaning in {m.value for m in FISCAL_MONEY}:
            wanted = [Money(meaning)]
            return self.terms("", (OPENING,), wanted) if opening else self.received("", wanted)
        if meaning == "本年收入":
            return year
        if meaning == OPENING:
            return of_year
        if meaning == USED:
            return {_whole(USED): 1}
        if meaning == "总计":
            # What is carried in is taken away in what was received, and added again.
            spent = {var: sign for var, sign in year.items() if not (var[1] == OPENING and var in of_year)}
            others = {var: 1 for var in of_year if var not in year}
            return {**spent, **others} if fiscal else {**spent, **others, _whole(USED): 1}
        return self.terms("", (INCOME,), (meaning,))

    def _spending_item(self, meaning: str, code: str, money: Sequence[Money]) -> Terms:
        if meaning == DISTRIBUTED:
            return {_whole(DISTRIBUTED): 1}
        if meaning == CLOSING:
            return self.terms("", (CLOSING,), money)
        if meaning == "总计":
            whole = {**self.terms("", SPENT, money), **self.terms("", (CLOSING,), money)}
            return {**whole, _whole(DISTRIBUTED): 1} if Money.OTHER in money else whole
        return self.terms(code, SPENT, money)

    def _basic_total(self) -> None:
        """人员经费 and 公用经费 together are 基本支出 of 一般公共预算."""
        found = self.tables.get("基本支出")
        if found is None:
            return
        totals = [
            figure
            for line in found.lines
            for number in range(1, 10)
            if line.texts.get(f"名称{number}", "").replace(" ", "") in ("人员经费合计", "公用经费合计")
            and (figure := line.figures.get(f"数{number}")) is not None
        ]
        if len(totals) == 2:
            value = sum((found.use(figure).value for figure in totals), Decimal(0))
            slack = sum((figure.slack for figure in totals), Decimal(0))
            terms = self.terms("", (BASIC,), (Money.GENERAL,))
            places = tuple(figure.place for figure in totals)
            self.system.add(Sum(terms, value, slack, f"{found.name}人员经费与公用经费合计", places))


def _whole(name: str) -> Var:
    """An amount of the account as a whole."""
    return "", name, ""


USED_VAR, DISTRIBUTED_VAR = _whole(USED), _whole(DISTRIBUTED)

_AMOUNTS: Mapping[str, Sequence[str]] = {
    "收入": ("合计", "财政拨款收入", *(kind.value for kind in IncomeKind)),
    "支出": ("合计", *SPENT),
    "一般公共预算支出": ("合计", BASIC, PROJECT),
    **dict.fromkeys(
        ("政府性基金", "国有资本经营"), ("合计", BASIC, PROJECT, "年初结转和结余", "年末结转和结余", "本年收入")
    ),
}
"""The columns that are nothing for a 科目 that its table does not list."""


def _left(found: Found) -> Iterator[tuple[str, Mapping[str, Figure], bool]]:
    """The income side: label, amounts, and whether it stands under what was carried in."""
    opening = False
    for line in found.lines:
        said = label(line.texts.get("收入项目", ""))
        if said:
            opening = opening or said.startswith("年初")
            yield said, {key: figure for key, figure in line.figures.items() if key == "收入数"}, opening


def _right(found: Found) -> Iterator[tuple[str, str, Mapping[str, Figure]]]:
    for line in found.lines:
        text = line.texts.get("支出项目", "")
        if label(text):
            yield label(text), text, {key: figure for key, figure in line.figures.items() if key != "收入数"}
