"""What may be secret (涉密) in a file, however it is marked: of that, findings show nothing.

Findings go to screens, logs and reports (预算法第十四条: 涉密的不公开).
"""

from __future__ import annotations

import re
from collections.abc import Collection

from gongkai.findings import Finding, Path
from gongkai.texts.discreet import hidden_at

from .flags import FALSE

_MARK = re.compile("[密秘]")
"""涉密, and what it may be misspelt as."""

_HIDDEN = re.compile(r"[密秘]|\\[xuU]")


def may_hide(text: str) -> bool:
    """Whether a file's text may mark something as secret; the word may be spelt with an escape."""
    return _HIDDEN.search(text) is not None


def marks_secret(key: str, value: str | None) -> bool:
    """Whether an entry may mark what it stands in: misspelt, too, or with something else than 是 behind it."""
    return _MARK.search(key) is not None and (value is None or value.strip().lower() not in FALSE)


def discreet(finding: Finding, secrets: Collection[Path]) -> Finding:
    """The finding, without showing what stands there if it is inside one of these mappings; the mark may be shown."""
    path = finding.path
    part = next((path[:end] for end in range(len(path) + 1) if path[:end] in secrets), None)
    if part is None or (path[:-1] == part and path != part and _MARK.search(str(path[-1]))):
        return finding
    return hidden_at(finding, part)
