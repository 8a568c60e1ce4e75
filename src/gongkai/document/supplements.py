"""Paragraphs under 补充说明 whose names the pack does not know: a misspelt name would lose one."""

from __future__ import annotations

import re
from collections.abc import Callable

from gongkai.checks.both.unused import UNPRINTED
from gongkai.findings import Finding, Level, shown
from gongkai.model.own.declared import FactType, Owner
from gongkai.packs.assembled import AssembledPack
from gongkai.packs.load.merged import nearest
from gongkai.packs.review.in_use import templates_in_use
from gongkai.texts.suggest import alike

_SECTION = "补充说明"
_NAMED = re.compile(r"""(?:补充说明|supplements)(?:\.(?P<dot>\w+)|\[\s*(?P<mark>["'])(?P<name>[^"']+)(?P=mark)\s*\])""")


def as_misspelt(pack: AssembledPack) -> Callable[[Finding], Finding]:
    """What tells of a paragraph that is not printed, as an error where its name is like one that the pack knows."""

    def judged(finding: Finding) -> Finding:
        path = finding.path
        if finding.code != UNPRINTED or len(path) != 2 or path[0] != _SECTION:
            return finding
        known, name = known_names(pack), str(path[1])
        if name in known or not alike(name, known):
            return finding
        message = f"“{_SECTION}”里的“{shown(name)}”没有印出来：所用的模板包没有这个名称"
        return Finding("GK489", Level.ERROR, message, nearest(name, known), path)

    return judged


def known_names(pack: AssembledPack) -> list[str]:
    """The names of paragraphs that the templates in use name, and of texts that the pack declares."""
    said = [match for used in templates_in_use(pack) for match in _NAMED.finditer(used.source)]
    declared = [fact.name for fact in pack.declared.of(Owner.FILE) if fact.type is FactType.TEXT]
    return list(dict.fromkeys([*(match["dot"] or match["name"] for match in said), *declared]))
