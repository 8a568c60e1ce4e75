"""Which version of the program a pack needs (需要程序), and whether this one is as new."""

from __future__ import annotations

import re

from gongkai import __version__

PATTERN = r"^>= ?\d{1,4}(\.\d{1,4}){0,2}$"
"""How a pack says it: >=0.2."""

CODE = "GK522"


def at_least(version: str) -> str:
    """A version as a pack says that it needs it."""
    return f">={version}"


def is_met(needed: str) -> bool:
    """Whether this program is as new; what is not written as it should be needs nothing here, and is told elsewhere."""
    if not re.fullmatch(PATTERN, needed):
        return True
    return numbers(needed) <= numbers(__version__)


def refusal(needed: str) -> tuple[str, str]:
    """What to say of a pack that needs a newer program, and what to do."""
    version = needed.removeprefix(">=").strip()
    message = f"这个模板包需要 {version} 或更新的程序，现在的是 {__version__}"
    return message, f"请把程序升级到 {version} 以上，或请做包的人给一份旧程序能用的"


def numbers(version: str) -> tuple[int, int, int]:
    """What versions are compared by: (0, 2, 0) of >=0.2."""
    found = [int(number) for number in re.findall(r"\d+", version)[:3]]
    major, minor, patch = (*found, 0, 0, 0)[:3]
    return major, minor, patch
