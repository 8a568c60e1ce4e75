"""What YAML takes out of a text, or into it, without a word: comments (#), and lines that look like entries.

The parser sees nothing wrong in either: “购置 #3 设备” ends before the number sign, and a line that is
indented too far becomes part of the text above it. Nothing that a clerk wrote may be lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .flags import FALSE, TRUE
from .known import Known
from .scene import HASH_ADVICE

# A remark stands apart from what it remarks on: “# 说明”, “#---”; “#3” is part of a text.
_TORN_OFF = re.compile(r"[ \t]+(?P<hash>#(?![\s#=\-—~*!])[^\n]*)")
_REMARK = re.compile(r"(?P<gap>[ \t]+)(?P<hash>#)[ \t]+(?P<said>[^\n]+)")
# What cannot begin a remark, and what cannot end a text: “三号 # ，四号楼”, “购置（ # 3 设备）”.
_GOES_ON = re.compile(r"[，。；：、）》”！？)]")
_UNENDED = re.compile(r"[，；：、（《“(]$")
_NUMBERED = re.compile(r"\d+(?![\d.,年月日/\-])")
_APART = "是文字的，整段加上引号；是说明的，单独写一行，放在这一行上面"
_PAIRS = (("（", "）"), ("(", ")"), ("《", "》"), ("“", "”"), ("【", "】"))
_NO_TEXT = re.compile(r"[\d.,+\-/年月日 ]*")
_ENTRY = re.compile(r"(?P<key>[^\s：:，。、；,;{}\[\]\"'#]{1,20})[ \t]*(?P<colon>[:：])")


@dataclass(frozen=True, slots=True)
class Swallowed:
    """What is wrong in a text: so many characters after its beginning (``offset``)."""

    code: str
    message: str
    advice: str
    offset: int


def swallowed(text: str, start: int, end: int, known: Known) -> Iterator[Swallowed]:
    """What the plain text from ``start`` to ``end`` has lost, and what it has swallowed."""
    yield from _lost(text, start, end, known.answers)
    yield from _taken_in(text[start:end], known.names)


def _lost(text: str, start: int, end: int, answers: frozenset[str]) -> Iterator[Swallowed]:
    value = text[start:end].strip()
    if _NO_TEXT.fullmatch(value) or value in answers or value.lower() in TRUE | FALSE:
        return
    line_end = min(len(text), end + 500)
    if found := _TORN_OFF.match(text, end, line_end):
        yield _not_read(found.start("hash") - start, HASH_ADVICE)
    elif (found := _REMARK.match(text, end, line_end)) and _goes_on(value, found):
        yield _not_read(found.start("hash") - start, _APART)


def _goes_on(value: str, remark: re.Match[str]) -> bool:
    """Whether a remark looks like the rest of the text before it: who remarks on a text stands apart from it."""
    said = remark["said"]
    numbered = remark["gap"] == " " and _NUMBERED.match(said)
    torn = any(value.count(a) > value.count(b) and said.count(b) > said.count(a) for a, b in _PAIRS)
    return bool(numbered or torn or _GOES_ON.match(said) or _UNENDED.search(value))


def _not_read(offset: int, advice: str) -> Swallowed:
    message = "“#”后面的没有读进去：空格后面的“#”表示说明，不会印出来"
    return Swallowed("GK140", message, advice, offset)


def _taken_in(raw: str, names: frozenset[str]) -> Iterator[Swallowed]:
    first = _ENTRY.match(raw)
    if first and first["key"] in names:
        return  # an entry whose own colon is wrong, with all that belongs to it
    offset = 0
    for number, line in enumerate(raw.split("\n")):
        words = line.lstrip()
        at = offset + len(line) - len(words)
        offset += len(line) + 1
        entry = _ENTRY.match(words) if number else None
        if entry and entry["key"] in names:
            message = f"“{entry['key']}{entry['colon']}”这一行被并进了上一行的文字"
            advice = "冒号用半角，后面空一格，与同级各行左边对齐；确是上一行的文字的，整段加引号"
            yield Swallowed("GK141", message, advice, at)
        elif number and words.startswith("- "):
            advice = "清单的各条左边对齐；确是上一行的文字的，整段加引号"
            yield Swallowed("GK141", "这一条缩进过深，被并进了上一行的文字", advice, at)
