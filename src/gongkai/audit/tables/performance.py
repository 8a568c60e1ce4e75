"""Rules on the forms of performance: money in lines, weights, and the money of a project in its table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongkai.audit.document import Audited
from gongkai.audit.forms import Read, forms_of
from gongkai.audit.rule import Fault, audit_rule
from gongkai.checks.subjects.measures import target_of
from gongkai.findings import Level, shown
from gongkai.intake.export.budget.projects import rows_of
from gongkai.intake.export.forms.words import plain
from gongkai.intake.export.reading.amounts import ZERO, NoAmountError, number_of
from gongkai.intake.export.reading.performance import Form, Said, first
from gongkai.prose.numbers import as_stated
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python
from gongkai.source.workbook.cells import Cell, Kind

from .facts import ROUNDED, TOTAL, facts_of

_WHOLE = r"合计|年度(?:预算|资金)总额|(?:项目)?资金总额"
_OF_TREASURY = re.compile(r"上级|本级|财政拨款|当年财政")
"""Lines that are parts of 财政资金, where that has a line of its own."""
_PROJECT_LINES = frozenset({"当年财政拨款", "财政拨款", "其中:财政拨款", "上年结转资金", "上年结转", "其他资金"})
_BOUNDS = frozenset({"<=", "<", ">=", ">"})
_WEIGHTS = (Decimal(90), Decimal(100))
"""What the weights of all indicators come to, with and without the 10 of the money carried out."""


def _money(read: Read, said: Said | None) -> Decimal | None:
    """An amount of a form, 万元; None for what is none."""
    amount = _amount(said)
    return amount.scaleb(-4) if amount is not None and read.table.yuan else amount


def _amount(said: Said | None) -> Decimal | None:
    if said is None:
        return None
    try:
        return number_of(Cell(Kind.TEXT, said.text, said.text))
    except NoAmountError:
        return None


@audit_rule("GK819", "请核对这一列的各个数")
def money_of_forms_adds_up(document: Audited) -> Iterator[Fault]:
    """检查什么：绩效目标表、自评表的资金总额等于财政拨款和其他资金之和，年初预算、全年预算、执行数各列都是。
    为何重要：绩效表的资金另外填写，最容易与预算、决算脱节。
    依据：绩效目标表、自评表的结构。
    反例：年度资金总额 65.00，当年财政拨款 56.00，其他资金 0。
    正例：年度资金总额 65.00，当年财政拨款 65.00，其他资金 0。
    怎样改：核对三个数。
    """
    for read in forms_of(document):
        columns = _columns(read.form).items()
        added = [one for column, lines in columns if (one := _added(read, column, lines)) is not None]
        failing = [one for one in added if one.fails]
        if len(failing) * 2 > len(added) and not all(one.known for one in failing):
            continue  # a form whose lines are not understood
        for one in failing:
            message = (
                f"{read.shown}{one.column}的总额是 {as_stated(one.stated)} 万元，"
                f"各项相加是 {as_stated(one.both)} 万元，相差 {as_stated(abs(one.stated - one.both))} 万元"
            )
            yield Fault(one.whole.place, message, one.stated, one.both, one.whole.text)


@dataclass(frozen=True, slots=True)
class _Added:
    """A column of a form's money: its total and what its lines come to, 万元."""

    column: str
    whole: Said
    stated: Decimal
    both: Decimal
    lines: int
    known: bool
    """Whether its lines are those of every project's form."""

    @property
    def fails(self) -> bool:
        """Whether both differ by more than rounding."""
        return abs(self.stated - self.both) > ROUNDED * (self.lines + 1) / 2


def _added(read: Read, column: str, lines: Mapping[str, Said]) -> _Added | None:
    whole = next((said for label, said in lines.items() if re.fullmatch(_WHOLE, label)), None)
    parts = {label: said for label, said in lines.items() if said is not whole}
    if "财政资金" in parts:
        parts = {label: said for label, said in parts.items() if not _OF_TREASURY.match(label)}
    stated, amounts = _money(read, whole), [_money(read, part) for part in parts.values()]
    if whole is None or stated is None or not parts or None in amounts:
        return None
    both = sum((amount for amount in amounts if amount is not None), ZERO)
    return _Added(column, whole, stated, both, len(parts), parts.keys() <= _PROJECT_LINES)


def _columns(form: Form) -> Mapping[str, Mapping[str, Said]]:
    """The money of a form by column and line; of a target there is one column."""
    found: dict[str, dict[str, Said]] = {}
    for label, amounts in form.money.items():
        for column, said in amounts.items():
            found.setdefault(f"“{column}”", {})[label] = said
    if not found:
        wanted = ("年度预算总额", "年度资金总额", "其中:财政拨款", "财政拨款", "当年财政拨款", "其他资金")
        one = {label: form.beside[label] for label in wanted if label in form.beside}
        return {"": one} if len(one) > 2 else {}
    return found


@audit_rule("GK828", "请核对项目的资金")
def money_of_projects_agrees(document: Audited) -> Iterator[Fault]:
    """检查什么：项目绩效目标表的资金总额不小于项目支出表里这个项目的金额；只有一般公共预算项目的，两处相等。
    为何重要：一个项目在两张表里金额不同，读者不知道信哪一个。
    依据：项目支出绩效目标表和一般公共预算项目支出情况表说的是同一笔钱。
    反例：项目支出表 70.00，绩效目标表年度预算总额 60.00。
    正例：两处都是 70.00。
    怎样改：核对两处。
    """
    table = document.tables.get("项目支出")
    if table is None:
        return
    stated: dict[str, list[Decimal]] = {}
    for row in rows_of(table):
        if "合计" in row.line.figures:
            stated.setdefault(plain(row.name), []).append(row.line.figures["合计"].value)
    facts = facts_of(document)
    whole, general = facts.get("支出总体", TOTAL, "项目支出"), facts.get("项目支出", TOTAL, TOTAL)
    only_general = whole is not None and general is not None and whole.value == general.value
    for read in forms_of(document):
        said = first(read.form.beside, r"年度(?:预算|资金)总额")
        total = _money(read, said)
        if said is None or total is None or read.project not in stated:
            continue
        listed = sum(stated[read.project], ZERO)
        slack = ROUNDED * (len(stated[read.project]) + 1) / 2
        if total < listed - slack or (only_general and total > listed + slack):
            message = (
                f"{read.shown}的资金总额是 {as_stated(total)} 万元，"
                f"{table.name}是 {as_stated(listed)} 万元，相差 {as_stated(abs(total - listed))} 万元"
            )
            yield Fault(said.place, message, total, listed, said.text)


@audit_rule("GK829", "请核对各指标的权重；另外 10 分为预算执行率", Level.WARNING)
def weights_come_to_the_whole(document: Audited) -> Iterator[Fault]:
    """检查什么：每张绩效目标表、自评表的指标权重合计为 90（另外 10 分为预算执行率）或 100。
    为何重要：权重加不到 90 或 100，得分就没有意义。
    依据：绩效目标表的填报要求；与数据文件的规则 GK409 相同。
    反例：权重 20、20、20、20，合计 80。
    正例：权重 30、30、30，合计 90。
    怎样改：调整权重。
    """
    for read in forms_of(document):
        weights = [_amount(entry["权重"]) for entry in read.form.indicators if "权重" in entry]
        total = sum((weight for weight in weights if weight is not None), ZERO)
        if len(weights) > 1 and None not in weights and total and all(abs(total - due) > ROUNDED for due in _WEIGHTS):
            message = f"{read.shown}的指标权重合计是 {total:f}，应是 90 或 100"
            yield Fault(read.table.place, message, total, min(_WEIGHTS, key=lambda due: abs(due - total)), f"{total:f}")


@audit_rule("GK815", "请核对指标值、完成值和得分", Level.WARNING)
def no_full_score_unless_reached(document: Audited) -> Iterator[Fault]:
    """检查什么：自评表里，完成值超出上限（<=）或不到下限（>=）的指标没有得满分；单位不同的、用文字说的不查。
    为何重要：没有达到还得满分，得分就不可信了。
    依据：绩效自评表的赋分规则；与数据文件的规则 GK473 相同。
    反例：差旅费指标值 <=8.90万元，完成值 8.94万元，分值 10，得分 10。
    正例：指标值 <=8.90万元，完成值 8.90万元，分值 10，得分 10。
    怎样改：核对完成值，或改正得分。
    """
    for read in forms_of(document):
        for entry in read.form.indicators:
            if not {"指标值", "完成值", "权重", "得分"} <= entry.keys():
                continue
            target, reached = target_of(entry["指标值"].text), target_of(entry["完成值"].text)
            weight, score = _amount(entry["权重"]), _amount(entry["得分"])
            if target is None or reached is None or target.unit != reached.unit or not score or score != weight:
                continue
            if target.sign in _BOUNDS and not target.met_by(reached):
                message = (
                    f"{read.table.name}指标“{shown(entry['三级'].text)}”的指标值是 {shown(entry['指标值'].text)}，"
                    f"完成值是 {shown(entry['完成值'].text)}，没有达到，却得了满分 {score:f} 分"
                )
                yield Fault(entry["得分"].place, message, reached.number, target.number, entry["得分"].text)


RULES = (money_of_forms_adds_up, money_of_projects_agrees, weights_come_to_the_whole, no_full_score_unless_reached)
