"""The YAML parser's complaints, in a clerk's words and at the place where the mistake begins.

The parser says where it could not go on, which is often some lines below the mistake: a
full-width colon or an open quote swallows what follows. So each diagnosis looks at the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import yaml

from gongkai.findings import Finding, Level, Place
from gongkai.model.schema import input_schema

_COLON = "写作“名称: 内容”，冒号用半角，后面空一格"
_ALIGN = "同级各行左边对齐，下级比上级多空两格"
_INDENT = "请改用半角空格，每级两个"
_ODD_INDENT = "用了全角空格（或不间断空格）缩进"
_ODD_SPACE = re.compile(r"[^\S \n\t]")
_FULL_WIDTH_KEY = re.compile(r"[\s-]*(?P<key>[^\s：:，。、；,;{}\[\]\"'#]{1,20})：")
_TIGHT_KEY = re.compile(r"[\s-]*[^\s：:，。、；,;{}\[\]\"'#]{1,20}:\S")


@dataclass(frozen=True, slots=True)
class Spot:
    """A line and a column, both from 0 as the parser counts."""

    line: int
    column: int

    @classmethod
    def of(cls, mark: yaml.Mark | None) -> Spot | None:
        """The spot of a parser's mark."""
        return None if mark is None else cls(mark.line, mark.column)


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the parser said, and the text around it."""

    problem: str
    context: str
    lines: list[str]
    at: Spot
    began: Spot
    spilled: Spot | None

    def line(self, number: int) -> str:
        return self.lines[number] if number < len(self.lines) else ""

    @property
    def before(self) -> str:
        return self.line(self.at.line)[: self.at.column]

    @property
    def rest(self) -> str:
        return self.line(self.at.line)[self.at.column :]


@dataclass(frozen=True, slots=True)
class _Diagnosis:
    message: str
    advice: str
    at: Spot
    code: str = "GK111"


def _odd_indent(scene: _Scene) -> _Diagnosis | None:
    for spot in (scene.began, scene.at):
        line = scene.line(spot.line)
        odd = _ODD_SPACE.search(line[: len(line) - len(line.lstrip())])
        if odd:
            return _Diagnosis(_ODD_INDENT, _INDENT, Spot(spot.line, odd.start()), "GK118")
    return None


def _tab(scene: _Scene) -> _Diagnosis | None:
    if scene.rest.startswith("\t") or "tab character" in scene.problem:
        return _Diagnosis("用了制表符（Tab）缩进", _INDENT, scene.at, "GK118")
    return None


def _open_quote(scene: _Scene) -> _Diagnosis | None:
    at = scene.began if "unexpected end of stream" in scene.problem else scene.spilled
    return None if at is None else _Diagnosis("引号没有闭合", "请在这段文字的末尾补上另一半引号", at)


def _open_bracket(scene: _Scene) -> _Diagnosis | None:
    for closing, opening, name in (("]", "[", "方括号"), ("}", "{", "花括号")):
        if f"',' or '{closing}'" not in scene.problem:
            continue
        if scene.at.line != scene.began.line or closing not in scene.rest:
            return _Diagnosis(f"{name} {opening} 没有闭合", f"请补上 {closing}，各项之间用半角逗号", scene.began)
        comma = scene.before.rfind("，")
        if comma > max(scene.before.rfind(mark) for mark in (",", opening, ": ")):
            advice = "请改为半角逗号，后面空一格；属于文字的，要给这段文字加引号"
            return _Diagnosis(f"{name}里用全角逗号“，”分隔", advice, Spot(scene.at.line, comma))
        advice = "各项之间用半角逗号，后面空一格；文字里有“: ”、引号或括号的要整段加引号"
        return _Diagnosis(f"{name}里此处缺少逗号", advice, scene.at)
    return None


@cache
def known_names() -> frozenset[str]:
    """Every name of the input: what stands before a full-width colon in prose is none of them."""
    definitions = input_schema()["$defs"].values()
    return frozenset(name for part in definitions for name in (*part.get("properties", ()), *part.get("enum", ())))


def _full_width_colon(scene: _Scene) -> _Diagnosis | None:
    """A full-width colon in the lines that the parser has taken for one long text."""
    if "mapping values are not allowed" not in scene.problem and "could not find expected ':'" not in scene.problem:
        return None
    first = last = scene.at.line
    if "could not find" in scene.problem:
        first = last = scene.began.line
    else:
        while first > 0 and not re.search(r":(\s|$)|^\s*(#|$)", scene.line(first - 1)):
            first -= 1
    for number in range(first, last + 1):
        match = _FULL_WIDTH_KEY.match(scene.line(number))
        if match and (match["key"] in known_names() or match["key"].isdecimal()):
            advice = f"请改为半角冒号，后面空一格：“{match['key']}: ”"
            return _Diagnosis(f"“{match['key']}：”用了全角冒号", advice, Spot(number, match.end() - 1))
    return None


def _colon_not_allowed(scene: _Scene) -> _Diagnosis | None:
    if "mapping values are not allowed" not in scene.problem:
        return None
    if re.search(r":\s", scene.before):
        return _Diagnosis("一行里有两个“: ”", "文字里有半角冒号加空格的，要整段加引号，或改用全角冒号", scene.at)
    indent = len(scene.before) - len(scene.before.lstrip())
    return _Diagnosis("这一行缩进过深，被当成了上一行的续行", _ALIGN, Spot(scene.at.line, indent))


def _no_colon(scene: _Scene) -> _Diagnosis | None:
    if "could not find expected ':'" not in scene.problem:
        return None
    if _TIGHT_KEY.match(scene.line(scene.began.line)[scene.began.column :]):
        return _Diagnosis("冒号后面缺少空格", _COLON, scene.began)
    return _Diagnosis("这一行没有冒号", f"{_COLON}；清单的各条以“- ”开头；续行要比上一行多空两格", scene.began)


def _misplaced(scene: _Scene) -> _Diagnosis | None:
    """Something stands where the next line of a list or mapping is due."""
    if not re.search(r"did not find expected (key|'-' indicator|<document start>|node content)", scene.problem):
        return None
    if not scene.rest.strip() and "flow" in scene.context:
        return _Diagnosis("括号没有闭合", "请补上后一半括号", scene.began)
    if scene.rest[:1] in {"]", "}", ","}:
        return _Diagnosis(f"此处多了“{scene.rest[0]}”", "请删去，或补上前一半括号；属于文字的要加引号", scene.at)
    if scene.rest.startswith(":"):
        return _Diagnosis("冒号前面没有名称", _COLON, scene.at)
    if scene.before.strip():
        advice = "文字以引号或括号开头的，整段外面再加一层引号：'……'"
        return _Diagnosis("引号或括号后面还有文字", advice, scene.at)
    if "<document start>" in scene.problem:
        return _Diagnosis("数据到上一行已经结束，此处多出内容", "请核对缩进；不要写“---”“...”", scene.at)
    if "'-' indicator" in scene.problem:
        return _Diagnosis("清单里混有不是“- ”开头的行", f"清单的各条以“- ”开头，{_ALIGN}", scene.at)
    return _Diagnosis("缩进不齐", _ALIGN, scene.at)


# What the parser said (problem or context) → code, meaning, what to do. First match wins.
_MEANINGS: tuple[tuple[str, str, str, str], ...] = (
    ("an anchor", "GK112", "文字不能以“&”开头", "请给这段文字加上引号"),
    ("an alias", "GK112", "文字不能以“*”开头", "请给这段文字加上引号"),
    ("a tag", "GK113", "文字不能以“!”开头", "请给这段文字加上引号"),
    ("undefined tag handle", "GK113", "文字不能以“!”开头", "请给这段文字加上引号"),
    ("a block scalar", "GK111", "文字不能以“>”或“|”开头", '请给这段文字加上引号，如 ">=5%"'),
    ("a directive", "GK111", "一行不能以“%”开头", "请核对这一行；属于文字的要加引号"),
    ("cannot start any token", "GK111", "文字不能以“{rest}”开头", "请给这段文字加上引号"),
    ("escape", "GK111", "双引号里的反斜杠 \\ 不合写法", "请改用单引号，或把 \\ 写成 \\\\"),
    ("hexdecimal", "GK111", "双引号里的反斜杠 \\ 不合写法", "请改用单引号，或把 \\ 写成 \\\\"),
    ("unexpected ':'", "GK111", "冒号后面缺少空格", _COLON),
    ("block sequence entries", "GK111", "清单的“- ”不能写在这里", "请另起一行，各条左边对齐"),
    ("mapping keys are not allowed", "GK111", "文字不能以“? ”开头", "请给这段文字加上引号"),
    ("unexpected document indicator", "GK111", "引号没有闭合", "请补上另一半引号"),
)


def _known(scene: _Scene) -> _Diagnosis | None:
    for said, code, message, advice in _MEANINGS:
        if said in scene.problem or said in scene.context:
            at = scene.at if "escape" in scene.problem or "hexdecimal" in scene.problem else scene.began
            return _Diagnosis(message.replace("{rest}", scene.rest[:1]), advice, at, code)
    return None


_DIAGNOSES: tuple[Callable[[_Scene], _Diagnosis | None], ...] = (
    _odd_indent,
    _tab,
    _open_quote,
    _open_bracket,
    _full_width_colon,
    _colon_not_allowed,
    _no_colon,
    _misplaced,
    _known,
)


def syntax_finding(error: yaml.MarkedYAMLError, text: str, file: str, spilled: Spot | None = None) -> Finding:
    """The finding for a syntax error.

    ``spilled`` is where a quoted text began that runs over several lines and ends just
    where the parser stopped: most likely its closing quote is missing.
    """
    at = Spot.of(error.problem_mark) or Spot(0, 0)
    began = Spot.of(error.context_mark) or at
    scene = _Scene(error.problem or "", error.context or "", text.split("\n"), at, began, spilled)
    found = next((diagnosis for diagnose in _DIAGNOSES if (diagnosis := diagnose(scene))), None)
    if found is None:
        found = _Diagnosis("此处的写法有误", "请核对这一行的冒号、引号、括号和缩进", at)
    place = Place(file, found.at.line + 1, found.at.column + 1)
    return Finding(found.code, Level.ERROR, found.message, found.advice, place=place)


def odd_indent_finding(place: Place) -> Finding:
    """The finding for a line that begins with a full-width or non-breaking space."""
    return Finding("GK118", Level.ERROR, _ODD_INDENT, _INDENT, place=place)
