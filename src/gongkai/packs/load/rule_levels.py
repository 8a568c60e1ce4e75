"""The levels that a chain of packs gives to rules (pack.yaml: 校验级别)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gongkai.checks.policy import pack_problem, unknown_code
from gongkai.findings import Finding, FindingsError, Level
from gongkai.model.validation import Setting

from .find import Layer

_KEY = "校验级别"


def levels(chain: Sequence[Layer]) -> Mapping[str, Setting]:
    """The setting of each rule that any pack of the chain speaks of; the most specific pack wins.

    Raises FindingsError for codes that no rule has, and for rules that no pack may lower.
    """
    settings: dict[str, Setting] = {}
    findings: list[Finding] = []
    for pack in dict.fromkeys(layer.pack for layer in reversed(chain)):
        for code, setting in pack.manifest.levels.items():
            problem = unknown_code(code) or pack_problem(code, setting)
            if problem:
                findings.append(Finding("GK501", Level.ERROR, *problem, place=pack.place(_KEY, code)))
            settings[code] = setting
    if findings:
        raise FindingsError(findings)
    return settings
