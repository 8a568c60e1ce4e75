"""科目收支 of a final account: stated, likely, or asked; of what is carried in and out often only the net is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from gongkai.findings import Finding, Level, Path
from gongkai.intake.export.bounds.decided import Decided, decide
from gongkai.intake.export.bounds.system import Bounds, Sum, System
from gongkai.intake.export.facts.draft import Draft, from_table, likely
from gongkai.intake.export.imported import How, Question
from gongkai.model.final.final_account import FISCAL_MONEY, IncomeKind, Money
from gongkai.prose.numbers import round_half_up
from gongkai.statements.final.figures import CLOSING, DISTRIBUTED, INCOME, OPENING, USED

from .sums import BASIC, DISTRIBUTED_VAR, OWN, PROJECT, SPENT, USED_VAR, FinalSums, Var

SECTION = "科目收支"
NOT_NEGATIVE = "各科目的结转和结余按不小于零推定"
NO_CHANGE = "收支相抵的科目，按年初、年末都没有结转和结余推定"
BALANCED = "财政拨款以外的钱，按年初加收入等于支出加年末推定"
ONE_BUDGET = "一个科目的财政拨款，按只属于一本预算推定"
_ROUNDED = Decimal("0.06")
_MOST_ASKED = 8
"""科目 of one kind of money for whose balances a clerk is asked one by one."""
_BALANCES = (OPENING, CLOSING)


def known_accounts(sums: FinalSums, draft: Draft) -> None:
    """Amounts that are known already bound the others."""
    entries = draft.data.get(SECTION)
    for entry in entries if isinstance(entries, list) else []:
        if not isinstance(entry, dict) or not isinstance(code := entry.get("科目"), str):
            continue
        for var in sums.terms(code, (*SPENT, INCOME, *_BALANCES)):
            node = entry.get(var[1])
            stated = node.get(var[2]) if isinstance(node, dict) else node
            known = draft.read(SECTION, stated)
            if known is not None:
                sums.system.know(var, known)
    for var, name in ((USED_VAR, USED), (DISTRIBUTED_VAR, DISTRIBUTED)):
        known = draft.read(name, draft.data.get(name))
        if known is not None:
            sums.system.know(var, known)


def accounts(sums: FinalSums, draft: Draft) -> None:
    """State and ask for every amount of the accounts."""
    system = sums.system
    system.solve()
    system.drop_tails()
    reasons: dict[Var, str] = {}
    sure = _suppose(sums, draft, reasons)
    decided = {var: decide(system, var, reasons, sure) for var in sums.terms("", (*SPENT, INCOME, *_BALANCES))}
    unasked = _unasked(sums, decided)
    draft.findings += [_left_out("这些表", money, vars_) for money, vars_ in unasked.items() if vars_]
    silent = {var for vars_ in unasked.values() for var in vars_}
    for code in sums.codes:
        found = {
            var: fact
            for var in sums.terms(code, (*SPENT, INCOME, *_BALANCES))
            if (fact := decided[var]).is_something and var not in silent
        }
        if not found:
            continue
        first = next(iter(found.values()))
        path = draft.entry((SECTION,), "科目", code, from_table(first.table, first.places[:1]))
        for var, fact in found.items():
            _state(draft, (*path, *_steps(var)), f"{code} 的{var[1]}", var, fact)
    for var, name in ((USED_VAR, USED), (DISTRIBUTED_VAR, DISTRIBUTED)):
        fact = decide(system, var)
        if fact.is_something and system.telling(var):
            _state(draft, (name,), name, var, fact)


def _steps(var: Var) -> Path:
    """Where in an entry an amount stands: by money, by kind of income, or by itself."""
    return (var[1],) if var[1] in OWN else (var[1], var[2])


def _suppose(sums: FinalSums, draft: Draft, reasons: dict[Var, str]) -> Mapping[Var, Bounds]:
    """Suppose what is usual, with the reasons; the bounds before all but this: that no balance is negative."""
    system = sums.system
    everything = sums.terms("", (*SPENT, INCOME, *_BALANCES))
    sure = {var: system.bounds(var) for var in everything}
    _noting(sums, reasons, ONE_BUDGET, lambda: _suppose_each(system, _other_budgets(sums)))
    _noting(sums, reasons, NOT_NEGATIVE, lambda: _suppose_not_negative(sums, draft))
    sure |= {var: system.bounds(var) for var in sums.terms("", _BALANCES)}
    _noting(sums, reasons, BALANCED, lambda: _balance_others(sums))
    _noting(sums, reasons, NO_CHANGE, lambda: _suppose_unplaced(sums))
    return sure


def _suppose_each(system: System, groups: Iterable[list[Var]]) -> None:
    for none in groups:
        system.suppose(none)


def _suppose_not_negative(sums: FinalSums, draft: Draft) -> None:
    """Suppose it of all balances together; where that cannot be, say at which sum, and go on one by one."""
    system = sums.system
    balances = list(sums.terms("", _BALANCES))
    if system.suppose_not_negative(balances):
        return
    at = system.stuck
    what = f"{at.what}与其他数凑不平" if at else "有的数凑不平"
    message = f"按各科目的结转和结余不小于零，{what}：有科目超支，或者有一个合计不等于各项之和"
    place = at.places[0] if at and at.places else None
    draft.findings.append(Finding("GK178", Level.WARNING, message, "请核对收入、支出和结转和结余", (SECTION,), place))
    for var in balances:
        system.suppose_not_negative([var])


def _noting(sums: FinalSums, reasons: dict[Var, str], why: str, suppose: Callable[[], object]) -> None:
    """Suppose something, and note which amounts it decided."""
    before = [var for var in sums.terms("", (*SPENT, INCOME, *_BALANCES)) if _is_open(sums.system, var)]
    suppose()
    sums.system.drop_tails()
    for var in before:
        if not _is_open(sums.system, var):
            reasons.setdefault(var, why)


def _is_open(system: System, var: Var) -> bool:
    width = system.bounds(var).width
    return width is None or width > _ROUNDED


def _other_budgets(sums: FinalSums) -> Iterable[list[Var]]:
    for code in sums.codes:
        certain = [
            money
            for money in FISCAL_MONEY
            if any((sums.system.bounds(var).low or 0) > 0 for var in sums.terms(code, (BASIC, PROJECT), (money,)))
        ]
        if len(certain) == 1:
            others = [money for money in FISCAL_MONEY if money not in certain]
            parts = (BASIC, PROJECT, *_BALANCES)
            yield [var for var in sums.terms(code, parts, others) if _is_open(sums.system, var)]


def _balance_others(sums: FinalSums) -> None:
    """By 科目: carried in, income, what was used of balances = spending, what was distributed, carried out."""
    used, distributed = _bound(sums, USED_VAR), _bound(sums, DISTRIBUTED_VAR)
    none = Decimal(0)
    for var, whole in ((USED_VAR, used), (DISTRIBUTED_VAR, distributed)):
        parts: dict[object, int] = {(code, var[1], ""): 1 for code in sums.codes}
        sums.system.suppose_sum(Sum({**parts, var: -1}, none, none, BALANCED))
        if whole is not None and not whole:
            sums.system.suppose(list(parts))
    for code in sums.codes:
        other = (Money.OTHER.value,)
        terms = {
            **sums.terms(code, SPENT, other),
            **sums.terms(code, (CLOSING,), other),
            **sums.terms(code, (OPENING,), other, -1),
            **sums.terms(code, (INCOME,), [kind.value for kind in IncomeKind], -1),
            (code, USED, ""): -1,
            (code, DISTRIBUTED, ""): 1,
        }
        sums.system.suppose_sum(Sum(terms, none, none, BALANCED, (), code))


def _bound(sums: FinalSums, var: Var) -> Decimal | None:
    if not sums.system.telling(var):
        return None
    return sums.system.bounds(var).high


def _suppose_unplaced(sums: FinalSums) -> None:
    """Suppose that 科目 with no spending and no income of some money carry none of it, where that places all of it."""
    system = sums.system
    for money in Money:
        saved = system.snapshot()
        idle = [code for code in sums.codes if not _moves(sums, code, money)]
        balances = [var for code in idle for var in sums.terms(code, _BALANCES, (money.value,))]
        system.suppose([var for var in balances if _is_open(system, var)])
        if any(_is_open(system, var) for var in sums.terms("", _BALANCES, (money.value,))):
            system.restore(saved)


def _moves(sums: FinalSums, code: str, money: Money) -> bool:
    """Whether a 科目 may have any spending of some money, or income of it."""
    moved = [*sums.terms(code, SPENT, (money.value,))]
    moved += sums.terms(code, (INCOME,)) if money is Money.OTHER else ()
    return any(not sums.system.nothing(var) for var in moved)


def _unasked(sums: FinalSums, found: Mapping[Var, Decided]) -> dict[str, list[Var]]:
    """Of each money: balances that are open, but need not be anything, and for which nobody is asked.

    Where few 科目 have such money, all of these are asked for; where many have it, those that must have a balance.
    """
    unasked: dict[str, list[Var]] = {}
    for money in Money:
        open_ = [var for var in sums.terms("", _BALANCES, (money.value,)) if found[var].value is None]
        needed = {var[0] for var in open_ if (found[var].bounds.low or Decimal(0)) > _ROUNDED}
        active = {code for code in sums.codes if _is_active(sums, found, code, money)}
        asked = needed | active if len(needed | active) <= _MOST_ASKED else needed
        unasked[money.value] = [var for var in open_ if var[0] not in asked]
    return unasked


def _is_active(sums: FinalSums, found: Mapping[Var, Decided], code: str, money: Money) -> bool:
    """Whether a 科目 has any spending of some money, or income of it."""
    spent = any(found[var].is_something for var in sums.terms(code, SPENT, (money.value,)))
    return spent or (money is Money.OTHER and any(found[v].is_something for v in sums.terms(code, (INCOME,))))


def _left_out(tables: str, money: str, vars_: Sequence[Var]) -> Finding:
    codes = list(dict.fromkeys(code for code, _, _ in vars_))
    named = "、".join(codes[:10]) + ("等" if len(codes) > 10 else "")
    message = f"{tables}没有各科目的{money}年初、年末结转和结余，只有合计；{named}共 {len(codes)} 个科目按没有结转处理"
    return Finding("GK178", Level.WARNING, message, "请对照会计账核实，有结转的补上", (SECTION,))


def _state(draft: Draft, path: Path, what: str, var: Var, fact: Decided) -> None:
    if fact.value is None:
        told = f"{what}里，{var[2]}是多少" if var[2] else f"{what}是多少"
        low, high = fact.bounds.low, fact.bounds.high
        draft.ask(Question(path, told, _printed(low), _printed(high), _least(fact.bounds), fact.places))
    elif fact.how is How.LIKELY:
        draft.amount(path, fact.value, likely(fact.table, fact.places, fact.why))
    else:
        draft.amount(path, fact.value, from_table(fact.table, fact.places))


def _printed(bound: Decimal | None) -> Decimal | None:
    return None if bound is None else round_half_up(bound, 2)


def _least(bounds: Bounds) -> Decimal | None:
    """Of what is carried over, the least that the change of the year asks for is likely."""
    return _printed(bounds.low)
