"""Findings that do not show what is secret (涉密): one way to leave it out, whoever knows what that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from gongkai.findings import Finding, Path, describe

_NOT_SHOWN = "（涉密，不显示）"


def hidden_at(finding: Finding, path: Path) -> Finding:
    """The finding as it may be told of what stands at a path: that something is wrong there, and no more."""
    where = f"“{describe(path)}”里" if path else "文件里"
    message = f"{where}有一处问题（涉密项目，不显示内容）"
    advice = "请照这一行的位置核对写法；规则的说明见 gongkai explain"
    return replace(finding, message=message, advice=advice, path=path, stated=None, expected=None)


def without(finding: Finding, repeats: Callable[[str, Path], bool]) -> Finding:
    """The finding without what it must not repeat in its position, its words and the reason of its waiver.

    ``repeats`` says so of a text, and of the path to which it belongs.
    """
    path = finding.path
    told = next((path[:end] for end in range(len(path), 0, -1) if not repeats(describe(path[:end]), ())), ())
    if repeats(f"{finding.message}\n{finding.advice}", path):
        finding = hidden_at(finding, told)
    if finding.waived is not None and repeats(finding.waived, ()):
        finding = replace(finding, waived=_NOT_SHOWN)
    return replace(finding, path=told)
