"""What “允许公开” hides: each text that a file allows is told with the number of findings that it takes away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.findings import Finding, Level
from gongkai.kinds import KINDS
from gongkai.model.disclosure import Disclosure
from gongkai.statements.figures import figures_of

_CONFIDENTIAL = ("GK75", "GK77")
_MOST = 20
"""Texts that are looked at one by one; of more, how many findings they hide together."""


def allowances(disclosure: Disclosure) -> Iterator[Finding]:
    """A hint for each text that may be published by this file's own word."""
    allowed = disclosure.validation.allowed
    if not allowed:
        return
    without = _found(disclosure, ())
    if len(allowed) > _MOST:
        hidden = without - _found(disclosure, allowed)
        message = f"“允许公开”的 {len(allowed)} 条文字一共盖住了 {hidden} 处个人信息、涉密的问题"
        yield Finding("GK750", Level.HINT, message, "请复核人逐条看一看", ("校验", "允许公开"))
        return
    for number, words in enumerate(allowed):
        hidden = without - _found(disclosure, (words,))
        message = f"“允许公开”第 {number + 1} 条盖住了 {hidden} 处个人信息、涉密的问题"
        advice = "请复核人看一看确经审查同意公开" if hidden else "没有用到的请删去"
        yield Finding("GK750", Level.HINT, message, advice, ("校验", "允许公开", number))


def _found(disclosure: Disclosure, allowed: Sequence[str]) -> int:
    """How much the rules of privacy and secrecy find when only these texts are allowed."""
    validation = disclosure.validation.model_copy(update={"allowed": tuple(allowed)})
    figures = figures_of(disclosure.model_copy(update={"validation": validation}))
    rules = (rule for rule in KINDS[disclosure.kind].rules.value if rule.code.startswith(_CONFIDENTIAL))
    return sum(1 for rule in rules for _ in rule.findings(figures))
