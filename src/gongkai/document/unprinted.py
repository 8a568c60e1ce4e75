"""What a clerk has written and this pack does not print.

The rule about unused texts knows why a text is not printed as a rule; whether the pack in force prints it all
the same is seen by printing: the texts in question are replaced by marks, and the marks are looked for. A file
in which nothing is in question is not printed for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from gongkai.checks.both.unused import UNPRINTED, not_printed
from gongkai.checks.subjects.texts import texts
from gongkai.findings import Finding, FindingsError, Level, Path
from gongkai.model.disclosure import Disclosure
from gongkai.packs.assembled import AssembledPack
from gongkai.packs.review.in_use import left_out, templates_in_use
from gongkai.statements.figures import Figures
from gongkai.statements.tables.form import TableForm

from .compose import render_disclosure
from .demands import in_vain
from .supplements import as_misspelt

_CAUSE = "本模板包不印"
_ADVICE = "可以不写；换一个模板包才用得着"

_TABLES: Mapping[tuple[str, ...], tuple[str, str]] = {
    ("整体绩效目标",): ("整体绩效目标", r"sheet\((unit_target|整体绩效表)\)"),
    ("项目", "#", "绩效目标"): ("项目绩效目标", r"in (project_targets|各项目绩效表)\b"),
    ("整体绩效自评",): ("整体绩效自评", r"sheet\((unit_evaluation|整体绩效表)\)"),
    ("项目绩效自评", "#"): ("项目绩效自评", r"in (project_evaluations|各项目绩效表)\b"),
}
"""Which table prints what stands there, and what a template must say to print the table.

The columns and form cells of the table are named as the facts are.
"""

_OTHERWISE_NAMED = {"一级": "一级指标", "二级": "二级指标", "三级": "三级指标", "名称": "项目名称"}

_MENTIONS: Mapping[tuple[str, ...], str] = {
    ("收入", "*", "原因"): r"d\.income\b",
    ("支出变动", "基本支出", "原因"): r"d\.basic\b",
    ("支出变动", "项目支出", "原因"): r"d\.project\b",
    ("支出变动", "一般公共预算基本支出", "原因"): r"d\.general\.basic",
    ("支出变动", "一般公共预算项目支出", "原因"): r"d\.general\.project",
    ("支出", "#", "变动", "一般公共预算", "原因"): r"d\.general\.items",
    ("支出", "#", "变动", "政府性基金预算", "原因"): r"d\.government\b",
    ("支出", "#", "变动", "国有资本经营预算", "原因"): r"d\.capital\b",
    ("支出用途", "*"): r"\.use\b",
    ("支出用途", "*", "*"): r"\.use\b",
    ("项目", "#", "承担单位"): r"\.bearer\b",
    ("项目", "#", "政策依据"): r"\.basis\b",
    ("项目", "#", "资金分配"): r"\.allocation\b",
    ("项目", "#", "执行时间"): r"\.period\b",
    ("三公经费", "*", "原因"): r"d\.(three_public|items)\b",
    ("三公经费", "原因"): r"d\.three_public\b",
    ("三公经费", "差异原因"): r"d\.three_public\b",
    ("三公经费", "公务用车原因"): r"d\.vehicles\b",
    ("三公经费", "*", "开支内容"): r"\.content\b",
    ("三公经费", "*", "保有量差异原因"): r"\.fleet_reason\b",
    ("机关运行经费", "原因"): r"d\.running_costs\b",
    ("未公开绩效目标原因",): r"\.untargeted_reason\b",
    ("其他说明", "#"): r"\.other_notes\b",
    ("概况", "职能引言"): r"\.lead\b",
    ("概况", "主要职能", "#"): r"\.duties\b",
    ("概况", "机构设置", "内设机构", "#"): r"\.offices\b",
    ("概况", "机构设置", "下属单位", "#"): r"\.subordinates\b",
    ("科目收支", "#", "变动", "一般公共预算", "原因"): r"d\.general\b",
    ("科目收支", "#", "变动", "政府性基金预算", "原因"): r"d\.government\b",
    ("科目收支", "#", "变动", "国有资本经营预算", "原因"): r"d\.capital\b",
    ("总体变动", "收支总计", "原因"): r"d\.total\b",
    ("总体变动", "财政拨款", "*"): r"d\.fiscal\b",
    ("总体变动", "一般公共预算", "*"): r"d\.general\b",
    ("总体变动", "政府性基金预算", "*"): r"d\.government\b",
    ("总体变动", "国有资本经营预算", "*"): r"d\.capital\b",
    ("国有资产", "车辆", "其他用车说明"): r"\.other_note\b",
    ("绩效管理", "*", "#"): r"\.narrative\b",
}
"""What a template must mention to print what stands there; * is any name, # the place in a list."""


def settled(
    findings: Sequence[Finding],
    figures: Figures,
    pack: AssembledPack,
    written: Callable[[Path], bool] = lambda path: True,
) -> list[Finding]:
    """The findings as they are for this pack: about unused texts no more than it really leaves out, and all of that.

    What a rule asks for and the pack prints nowhere is not asked for. Of what the clerk has not ``written``, but a
    file that she names, nobody is told.
    """
    findings = [finding for finding in findings if finding.code not in _IDLE or written(finding.path)]
    disclosure: Disclosure = figures.document

    @cache  # hundreds of texts stand at some forty kinds of places
    def leaves_out(steps: tuple[str, ...]) -> bool:
        return _leaves_out(pack, steps)

    asked_for_nothing = in_vain(pack)
    of_file = (text.path for text in texts(figures) if written(text.path))
    absent = {path for path in of_file if _is_unlisted(figures, path) or leaves_out(_pattern(path))}
    known = {finding.path for finding in findings if finding.code == UNPRINTED}
    shown = _printed(disclosure, pack, known | absent)
    kept = [
        finding
        for finding in findings
        if not (finding.code == UNPRINTED and finding.path in shown) and not asked_for_nothing(finding)
    ]
    kept = [*map(as_misspelt(pack), kept)]
    return [*kept, *_of_pack([path for path in absent if path not in known and path not in shown], disclosure)]


_IDLE = {UNPRINTED, "GK487", "GK488"}
"""Rules that tell the clerk of what she has written for nothing."""


def _is_unlisted(figures: Figures, path: Path) -> bool:
    """Whether a path is that of the name of a 科目 without money this year, which the tables need not list."""
    if path[0] != "科目名称":
        return False
    code = str(path[1])
    return not figures.spent(code) and not figures.economic(code)


def _of_pack(paths: Collection[Path], disclosure: Disclosure) -> Iterator[Finding]:
    """One finding for each fact that the pack leaves out, however often it is written."""
    by_fact: dict[tuple[str, ...], list[Path]] = {}
    for path in sorted(paths, key=str):
        if not _required(disclosure, path):
            by_fact.setdefault(_pattern(path), []).append(path)
    for found in by_fact.values():
        first, more = found[0], len(found) - 1
        cause = f"{_CAUSE}（另有 {more} 处）" if more else _CAUSE
        yield Finding(UNPRINTED, Level.WARNING, not_printed(first, cause), _ADVICE, first)


def _required(disclosure: Disclosure, path: Path) -> bool:
    """Whether the file must have this text: what must be written is not blamed for being there."""
    value: Any = disclosure
    name = max(at for at, step in enumerate(path) if isinstance(step, str))  # an entry of a list is as due as the list
    for step in path[:name]:
        value = _child(value, step)
    fields = getattr(type(value), "model_fields", {})
    return any(field.alias == path[name] and field.is_required() for field in fields.values())


def _child(value: Any, step: str | int) -> Any:
    if isinstance(value, Mapping | tuple):
        return value[step]  # type: ignore[index]
    names = (name for name, field in type(value).model_fields.items() if field.alias == step)
    return getattr(value, next(names))


def _pattern(path: Path) -> tuple[str, ...]:
    return tuple("#" if isinstance(step, int) else step for step in path)


def _leaves_out(pack: AssembledPack, steps: tuple[str, ...]) -> bool:
    """Whether no table and no template of the pack seems to print what stands at places of such a pattern."""
    if steps[0] == "科目名称":  # somewhere among all tables each 科目 has its name
        return bool(left_out(pack, "表格"))
    for place, (table, mention) in _TABLES.items():
        if steps[: len(place)] == place:
            form = pack.layouts.get(table)
            if form is None or re.search(mention, _sources(pack)) is None:
                return True
            return _OTHERWISE_NAMED.get(steps[-1], steps[-1]) not in _form_keys(form)
    for place, mention in _MENTIONS.items():
        if len(place) == len(steps) and all(own in {"*", step} for own, step in zip(place, steps, strict=True)):
            return re.search(mention, _sources(pack)) is None
    return False


def _form_keys(layout: TableForm) -> frozenset[str]:
    """The facts that a performance table prints, by the names of its columns and form cells."""
    leaves = (leaf for node in layout.header for leaf in node.leaves)
    values = (cell.value for line in layout.form for cell in line)
    return frozenset({*(leaf.key or leaf.text for leaf in leaves), *filter(None, values)})


@lru_cache(maxsize=8)
def _sources(pack: AssembledPack) -> str:
    """The templates from which the pack's documents of this kind are made, in one text."""
    return "\n".join(used.english for used in templates_in_use(pack))


def _printed(disclosure: Disclosure, pack: AssembledPack, paths: Collection[Path]) -> set[Path]:
    """Those of the texts at these paths that the pack prints."""
    if not paths:
        return set()
    data = _plain(disclosure.model_dump(by_alias=True, exclude_unset=True))
    marks = {path: f"标{number:04d}记" for number, path in enumerate(sorted(paths, key=str))}
    for path, mark in marks.items():
        holder = data
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = mark
    try:
        document = render_disclosure(type(disclosure).model_validate(data), pack).html
    except FindingsError:
        return set()  # a document that cannot be made is told elsewhere
    return {path for path, mark in marks.items() if mark in document}


def _plain(value: Any) -> Any:
    """What may be written to: lists for tuples, and names as the file writes them."""
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    return [_plain(entry) for entry in value] if isinstance(value, list | tuple) else value
