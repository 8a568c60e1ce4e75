"""绩效目标 and 绩效自评 of the unit and of projects, from their forms; persons and telephones are left there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from gongkai.findings import Path, shown
from gongkai.intake.export.forms.words import plain
from gongkai.intake.export.imported import Question
from gongkai.intake.export.reading.amounts import NoAmountError, in_wan, number_of
from gongkai.intake.export.reading.found import Found
from gongkai.intake.export.reading.performance import Form, FormReader, Said, first, is_masked
from gongkai.source.workbook.cells import Cell, Kind

from .draft import Draft, from_table

_UNIT_TARGET = ("一级", "二级", "三级", "指标值", "依据", "权重")
_PROJECT_TARGET = (*_UNIT_TARGET, "上年完成值", "赋分规则", "佐证")
_UNIT_RESULT = (*_UNIT_TARGET, "完成值", "得分")
_PROJECT_RESULT = (*_PROJECT_TARGET, "完成值", "得分", "偏差原因")
_NUMBERS = ("权重", "得分")
_LINES: Mapping[str, str] = {
    "上级资金": "上级资金",
    "本级资金": "本级资金",
    "中央安排": "中央安排",
    "自治区安排": "自治区安排",
    "地(州、市)安排": "地州市安排",
    "县(市、区)安排": "县市区安排",
    "其他": "其他资金",
    "其他资金": "其他资金",
}
_PROJECT_LINES: Mapping[str, str] = {"当年财政拨款": "财政拨款", "财政拨款": "财政拨款", "其他资金": "其他资金"}


def performance(found: Iterable[Found], draft: Draft, unit: str) -> None:
    """State what the forms say; ``unit`` is the unit's name, which need not be repeated."""
    for table in found:
        form = FormReader(table).read()
        _STATE[table.form.key](form, draft, unit)


def _unit_target(form: Form, draft: Draft, unit: str) -> None:
    path = ("整体绩效目标",)
    _text(draft, form, (*path, "年度目标"), first(form.beside, "年度绩效目标", "年度目标", "年度总体目标"))
    _unit_name(form, draft, path, unit)
    _indicators(draft, form, (*path, "指标"), _UNIT_TARGET)


def _unit_name(form: Form, draft: Draft, path: Path, unit: str) -> None:
    said = first(form.beside, r"(单位|部门).*名称.*")
    if said is not None and unit and plain(said.text) != plain(unit):
        _text(draft, form, (*path, "单位名称"), said)


def _project_target(form: Form, draft: Draft, unit: str) -> None:
    name = first(form.beside, "项目名称")
    if name is None or is_masked(name.text):
        return
    project = draft.entry(("项目",), "名称", name.text, from_table(form.name, [name.place]))
    bearer = first(form.beside, "预算单位", "实施单位")
    if bearer is not None and unit and plain(bearer.text) != plain(unit):
        _text(draft, form, (*project, "承担单位"), bearer)
    path = (*project, "绩效目标")
    _text(draft, form, (*path, "总体目标"), first(form.beside, "项目总体目标", "年度总体目标", "项目绩效目标"))
    _indicators(draft, form, (*path, "指标"), _PROJECT_TARGET)
    _ask_for_money(form, draft, project, name)


def _ask_for_money(form: Form, draft: Draft, project: Path, name: Said) -> None:
    """A project that is in no table of money: its form tells the whole amount, and not of which 科目 and source."""
    if draft.has((*project, "资金")):
        return
    whole = _amount(first(form.beside, r"年度(预算|资金)总额"))
    told = f"共 {whole:,.2f} 万元，" if whole else ""
    what = f"项目“{shown(name.text)}”的资金{told}是哪个科目、哪种来源、哪类经济分类的"
    draft.ask(Question((*project, "资金"), what, whole, whole, None, (name.place,)))


def _amount(said: Said | None) -> Decimal | None:
    """An amount of a form, 万元; None for what is none."""
    try:
        number = number_of(Cell(Kind.TEXT, said.text, said.text)) if said is not None else None
    except NoAmountError:
        return None
    return in_wan(number, yuan=False) if number is not None else None


def _unit_evaluation(form: Form, draft: Draft, unit: str) -> None:
    path = ("整体绩效自评",)
    _unit_name(form, draft, path, unit)
    _goals(form, draft, path)
    for label, amounts in form.money.items():
        if label in _LINES:
            _money(draft, form, (*path, "资金", _LINES[label]), amounts)
    _indicators(draft, form, (*path, "指标"), _UNIT_RESULT)


def _project_evaluation(form: Form, draft: Draft, unit: str) -> None:
    name = first(form.beside, "项目名称")
    if name is None or is_masked(name.text):
        return
    path = draft.entry(("项目绩效自评",), "名称", name.text, from_table(form.name, [name.place]))
    for key in ("主管部门", "实施单位"):
        said = first(form.beside, key)
        if said is not None and unit and plain(said.text) != plain(unit):
            _text(draft, form, (*path, key), said)
    _goals(form, draft, path)
    for label, amounts in form.money.items():
        if label in _PROJECT_LINES:
            _money(draft, form, (*path, _PROJECT_LINES[label]), amounts)
    _indicators(draft, form, (*path, "指标"), _PROJECT_RESULT)


def _goals(form: Form, draft: Draft, path: Path) -> None:
    _text(draft, form, (*path, "预期目标"), first(form.below, "预期目标"))
    _text(draft, form, (*path, "完成情况"), first(form.below, "实际完成情况"))


def _text(draft: Draft, form: Form, path: Path, said: Said | None) -> None:
    if said is not None and said.text:
        draft.text(path, said.text, from_table(form.name, [said.place]))


def _money(draft: Draft, form: Form, path: Path, amounts: Mapping[str, Said]) -> None:
    """A line of money; forms are always in 万元."""
    for key, said in amounts.items():
        amount = _amount(said)
        if amount:
            draft.amount((*path, key), amount, from_table(form.name, [said.place]))


def _indicators(draft: Draft, form: Form, path: Path, keys: Sequence[str]) -> None:
    """The indicators in their order; where some are known already, they stay as they are."""
    if draft.has(path):
        return
    for entry in form.indicators:
        stated = {key: entry[key] for key in keys if key in entry}
        if "三级" not in stated:
            continue
        origin = from_table(form.name, [stated["三级"].place])
        at = draft.append(path, {"三级": stated["三级"].text}, origin)
        for key, said in stated.items():
            text = said.text.rstrip("分") if key in _NUMBERS else said.text
            if key != "三级":
                draft.text((*at, key), text, from_table(form.name, [said.place]))


_STATE = {
    "整体绩效目标": _unit_target,
    "项目绩效目标": _project_target,
    "整体绩效自评": _unit_evaluation,
    "项目绩效自评": _project_evaluation,
}
