"""What findings count as: levels set by packs and by the file (校验级别、级别), and waivers (豁免)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gongkai.findings import Finding, Level, Path, describe
from gongkai.model.validation import Setting, Validation, Waiver

from .manual import known, levels, nearest

_PROTECTED = ("GK1", "GK2", "GK5", "GK6", "GK75", "GK77")
"""Reading, packs, output, privacy and secrecy: no setting makes these less than they are."""

_CONFIDENTIAL = ("GK75", "GK77")
"""Privacy and secrecy: waived one by one, never as a whole."""

_OUTPUT = "GK6"
"""Findings of output, which a mere check does not meet."""

_SETTINGS = {Setting.ERROR: Level.ERROR, Setting.WARNING: Level.WARNING, Setting.HINT: Level.HINT}


def protected(code: str) -> bool:
    """Whether findings of the code guard the correctness or secrecy of output, so that none may be lowered."""
    return code.startswith(_PROTECTED)


def setting_problem(code: str, setting: Setting) -> tuple[str, str] | None:
    """Why a level cannot be set, and what to do; or None."""
    if protected(code) and setting is not Setting.ERROR:
        return f"{code} 的级别不能改为“{setting.value}”：它保证公开文件正确、不泄密", "请改正它指出的问题，删去这一行"
    return None


def pack_problem(code: str, setting: Setting) -> tuple[str, str] | None:
    """Why a pack cannot set a level, and what to do; or None: it makes no less of an error than a warning."""
    if setting in {Setting.HINT, Setting.OFF} and _lowers_an_error(code, setting):
        return f"{code} 是错误级的规则，模板包里只能改为“警告”", "个别单位不适用的，由数据文件写明理由"
    return setting_problem(code, setting)


def unknown_code(code: str) -> tuple[str, str] | None:
    """That there is no such rule, and which may be meant; or None."""
    if known(code):
        return None
    near = nearest(code)
    return f"没有代码为 {code} 的规则", f"是否想写 {near}？" if near else "全部代码见 gongkai rules"


@dataclass(frozen=True)
class Policy:
    """The settings in force for one file: the pack's, and over them the file's own."""

    validation: Validation
    pack_levels: Mapping[str, Setting]

    def judge(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings at their levels, without those that are switched off (不查), the waived ones marked."""
        return [self._waived(finding) for found in findings if (finding := self._levelled(found)) is not None]

    def _levelled(self, finding: Finding) -> Finding | None:
        code = finding.code
        own = self.validation.settings.get(code)
        if own is not None and (setting_problem(code, own) or self._lacks_reason(code, own)):
            own = None  # told as a mistake; the finding stays what it is
        setting = own or self.pack_levels.get(code)
        if setting is None:
            return finding
        return None if setting is Setting.OFF else replace(finding, level=_SETTINGS[setting])

    def _lacks_reason(self, code: str, setting: Setting) -> bool:
        return code not in self.validation.reasons and _lowers_an_error(code, setting)

    def switched_off(self, findings: Iterable[Finding]) -> Mapping[str, int]:
        """How many of these findings nobody is told of because their rule is switched off (不查), by code."""
        return Counter(finding.code for finding in findings if self._levelled(finding) is None)

    def lowered(self, findings: Sequence[Finding]) -> Iterator[Finding]:
        """What the file itself gives another level with a reason, and how many findings that concerns."""
        found = Counter(finding.code for finding in findings)
        for code, reason in self.validation.reasons.items():
            setting = self.validation.settings[code]
            if known(code) and not setting_problem(code, setting):
                was = levels()[code].value
                message = f"{code} 由{was}改为“{setting.value}”，关系到 {found[code]} 个问题（理由：{reason}）"
                yield Finding("GK750", Level.HINT, message, "请复核人看一看理由", ("校验", "级别", code))

    def _waived(self, finding: Finding) -> Finding:
        waiver = next((waiver for waiver in self.validation.waivers if _covers(waiver, finding)), None)
        return finding if waiver is None else replace(finding, waived=waiver.reason)

    def mistakes(self, findings: Sequence[Finding]) -> Iterator[Finding]:
        """What is wrong with the file's settings and waivers, given all that was found in it."""
        for code, setting in self.validation.settings.items():
            path: Path = ("校验", "级别", code)
            problem = setting_problem(code, setting)
            if problem:
                yield Finding("GK392", Level.ERROR, *problem, path)
            elif self._lacks_reason(code, setting):
                message = f"{code} 是错误级的规则，改为“{setting.value}”没有写理由"
                advice = f"请写明理由：{code}: {{级别: {setting.value}, 理由: …}}"
                yield Finding("GK392", Level.ERROR, message, advice, path)
            yield from _unknown(code, path)
        for i, waiver in enumerate(self.validation.waivers):
            path = ("校验", "豁免", i)
            if not known(waiver.code):
                yield from _unknown(waiver.code, (*path, "代码"))
            elif _too_wide(waiver):
                message = f"{waiver.code} 关系到隐私和保密，不能整个豁免"
                yield Finding("GK392", Level.ERROR, message, "请写明“位置”，一处一条", (*path, "代码"))
            elif hidden := sum(_covers(waiver, finding) for finding in findings):
                if waiver.position is None:
                    advice = "请从核对结果里抄来“位置”，一处写一条；以后新出的同类问题就不会被盖住"
                    message = f"豁免 {waiver.code} 没有写位置，盖住了 {hidden} 个问题"
                    yield Finding("GK749", Level.HINT, message, advice, path)
            elif not waiver.code.startswith(_OUTPUT):
                where = f"（位置：{waiver.position}）" if waiver.position else ""
                advice = "问题已经改正的，请删去这条豁免；否则请核对代码，从核对结果里抄来位置"
                message = f"豁免 {waiver.code}{where}没有对上任何问题"
                yield Finding("GK393", Level.WARNING, message, advice, path)


def _lowers_an_error(code: str, setting: Setting) -> bool:
    """Whether a rule whose findings are errors is made to count less."""
    return setting is not Setting.ERROR and known(code) and levels()[code] is Level.ERROR


def _unknown(code: str, path: Path) -> Iterator[Finding]:
    problem = unknown_code(code)
    if problem:
        yield Finding("GK391", Level.WARNING, *problem, path)


def _too_wide(waiver: Waiver) -> bool:
    return waiver.position is None and waiver.code.startswith(_CONFIDENTIAL)


def _covers(waiver: Waiver, finding: Finding) -> bool:
    if waiver.code != finding.code or _too_wide(waiver):
        return False
    return waiver.position is None or _steps(waiver.position) == _steps(describe(finding.path))


def _steps(position: str) -> list[str]:
    """A position as it may be written: 项目 › 第3条 › 绩效目标, 项目 > 3 > 绩效目标, 项目/3/绩效目标."""
    steps = (re.sub(r"\s+", "", step) for step in re.split("[›>/]", position))
    return [re.sub(r"^第(\d+)条$", r"\1", step) for step in steps]
