"""The YAML parser's complaints, in a clerk's words and at the place where the mistake begins.

The parser says where it could not go on, which is often some lines below the mistake: a
full-width colon or an open quote swallows what follows. So each diagnosis looks at the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml

from gongkai.findings import Finding, Level, Place

from .colons import colon_not_allowed, no_colon, without_colon
from .scene import ALIGN, COLON, HASH_ADVICE, Diagnosis, Scene, Spot, column, remark
from .secret_marks import may_hide

_INDENT = "请改用半角空格，每级两个"
_ODD_INDENT = "用了全角空格（或不间断空格）缩进"
_DASH = "清单的各条以“- ”开头，“-”后面空一格"
_QUOTED = "请给这段文字加上引号"
_ODD_SPACE = re.compile(r"[^\S \n\t]")
_OF_PERSONS = re.compile(r"联系|负责人|\d{7}")
"""A line that may tell of a person is not repeated."""


def _odd_indent(scene: Scene) -> Diagnosis | None:
    for spot in (scene.began, scene.at):
        line = scene.line(spot.line)
        odd = _ODD_SPACE.search(line[: len(line) - len(line.lstrip())])
        if odd:
            return Diagnosis(_ODD_INDENT, _INDENT, Spot(spot.line, odd.start()), "GK118")
    return None


def _tab(scene: Scene) -> Diagnosis | None:
    if scene.rest.startswith("\t") or "tab character" in scene.problem:
        return Diagnosis("用了制表符（Tab）缩进", _INDENT, scene.at, "GK118")
    return None


def _open_quote(scene: Scene) -> Diagnosis | None:
    at = scene.began if "unexpected end of stream" in scene.problem else scene.spilled
    return None if at is None else Diagnosis("引号没有闭合", "请在这段文字的末尾补上另一半引号", at)


def _open_bracket(scene: Scene) -> Diagnosis | None:
    for closing, opening, name in (("]", "[", "方括号"), ("}", "{", "花括号")):
        if f"',' or '{closing}'" not in scene.problem:
            continue
        if scene.at.line != scene.began.line or closing not in scene.rest:
            hash_at = remark(scene.line(scene.began.line), scene.began.column)
            if hash_at is not None:
                message = f"“#”后面的都当成了说明，{name} {opening} 没有闭合"
                return Diagnosis(message, f"{HASH_ADVICE}，写在括号外面", Spot(scene.began.line, hash_at), "GK140")
            wrong = re.search(r"[)）｝】］]$", scene.line(scene.began.line).rstrip())
            if wrong:
                message = f"此处的“{wrong[0]}”应是半角的“{closing}”"
                return Diagnosis(message, f"请改为 {closing}", Spot(scene.began.line, wrong.start()))
            return Diagnosis(f"{name} {opening} 没有闭合", f"请补上 {closing}，各项之间用半角逗号", scene.began)
        comma = scene.before.rfind("，")
        if comma > max(scene.before.rfind(mark) for mark in (",", opening, ": ")):
            advice = "请改为半角逗号，后面空一格；属于文字的，要给这段文字加引号"
            return Diagnosis(f"{name}里用全角逗号“，”分隔", advice, Spot(scene.at.line, comma))
        advice = "各项之间用半角逗号，后面空一格；文字里有“: ”、引号或括号的要整段加引号"
        return Diagnosis(f"{name}里此处缺少逗号", advice, scene.at)
    return None


def _misplaced(scene: Scene) -> Diagnosis | None:
    """Something stands where the next line of a list or mapping is due."""
    if not re.search(r"did not find expected (key|'-' indicator|<document start>|node content)", scene.problem):
        return None
    tight = re.match(r"\s*(?P<dash>-)[{\[\"']", scene.line(scene.at.line))
    if tight:
        return Diagnosis("“-”后面缺少空格", _DASH, Spot(scene.at.line, tight.start("dash")))
    if not scene.rest.strip() and "flow" in scene.context:
        return Diagnosis("括号没有闭合", "请补上后一半括号", scene.began)
    if scene.rest[:1] in {"]", "}", ","}:
        return Diagnosis(f"此处多了“{scene.rest[0]}”", "请删去，或补上前一半括号；属于文字的要加引号", scene.at)
    if scene.rest.startswith(":"):
        quoted = scene.before.endswith(('"', "'"))
        return Diagnosis("冒号后面缺少空格" if quoted else "冒号前面没有名称", COLON, scene.at)
    if scene.before.strip():
        return _behind(scene)
    if "<document start>" in scene.problem:
        return _outside(scene)
    if "'-' indicator" in scene.problem:
        return Diagnosis("清单里混有不是“- ”开头的行", f"清单的各条以“- ”开头，{ALIGN}", scene.at)
    return _odd_first_line(scene) or Diagnosis("缩进不齐", ALIGN, scene.at)


def _behind(scene: Scene) -> Diagnosis:
    """Something stands behind a text in quotes or brackets."""
    rest = scene.rest.strip()
    if rest.startswith("："):
        return Diagnosis("引号后面用了全角冒号", COLON, scene.at)
    if re.fullmatch(r"[，。；、,;.]+", rest):
        return Diagnosis(f"此处多了“{rest}”", "请删去；属于文字的，写在引号里面", scene.at)
    advice = "文字以引号或括号开头的，整段外面再加一层引号：'……'"
    return Diagnosis("引号或括号后面还有文字", advice, scene.at)


def _outside(scene: Scene) -> Diagnosis:
    """The file's entries ended, and more follows: perhaps because the first of them is indented."""
    top = next((n for n, line in enumerate(scene.lines) if line.strip() and not line.lstrip().startswith("#")), 0)
    if scene.line(top).startswith(" ") and top < scene.at.line:
        return Diagnosis("这一行前面多了空格", ALIGN, Spot(top, column(scene.line(top))))
    return Diagnosis("数据到上一行已经结束，此处多出内容", "请核对缩进；不要写“---”“...”", scene.at)


def _odd_first_line(scene: Scene) -> Diagnosis | None:
    """The first line of a block when it is that which is out of line: what follows it stands together."""
    between = scene.lines[scene.began.line + 1 : scene.at.line]
    following = next((line for line in scene.lines[scene.at.line + 1 :] if line.strip()), "")
    if scene.began.column >= scene.at.column or any(line.strip() for line in between):
        return None
    if len(following) - len(following.lstrip()) != scene.at.column:
        return None
    if re.match(r"-[^\s\d-]", scene.line(scene.began.line)[scene.began.column :]):
        return Diagnosis("“-”后面缺少空格", _DASH, scene.began)
    advice = f"{ALIGN}；清单里一条的第一行以“- ”开头"
    return Diagnosis("这一行与下面各行没有对齐", advice, scene.began)


# What the parser said (problem or context) → code, meaning, what to do. First match wins.
_MEANINGS: tuple[tuple[str, str, str, str], ...] = (
    ("an anchor", "GK112", "文字不能以“&”开头", _QUOTED),
    ("an alias", "GK112", "文字不能以“*”开头", _QUOTED),
    ("a tag", "GK113", "文字不能以“!”开头", _QUOTED),
    ("undefined tag handle", "GK113", "文字不能以“!”开头", _QUOTED),
    ("a block scalar", "GK111", "文字不能以“>”或“|”开头", _QUOTED),
    ("a directive", "GK111", "一行不能以“%”开头", "请核对这一行；属于文字的要加引号"),
    ("cannot start any token", "GK111", "文字不能以“{rest}”开头", _QUOTED),
    ("escape", "GK111", "双引号里的反斜杠 \\ 不合写法", "请改用单引号，或把 \\ 写成 \\\\"),
    ("hexdecimal", "GK111", "双引号里的反斜杠 \\ 不合写法", "请改用单引号，或把 \\ 写成 \\\\"),
    ("unexpected ':'", "GK111", "冒号后面缺少空格", COLON),
    ("block sequence entries", "GK111", "清单的“- ”不能写在这里", "请另起一行，各条左边对齐"),
    ("mapping keys are not allowed", "GK111", "文字不能以“? ”开头", _QUOTED),
    ("unexpected document indicator", "GK111", "引号没有闭合", "请补上另一半引号"),
)


def _example(scene: Scene) -> str:
    """The text in quotes, as it can be typed, where it can be seen how far it goes."""
    line = scene.line(scene.began.line)
    if may_hide("\n".join(scene.lines)) or _OF_PERSONS.search(line):
        return ""
    rest = line[scene.began.column :]
    words = re.match(r"[^,{}\[\]\"'\\#]{1,20}(?=$|[,}\]])", rest)
    return f'，如 "{words[0].strip()}"' if words else ""


def _lone_dash(scene: Scene) -> Diagnosis | None:
    """A dash for “nothing”, which is the beginning of a list to the parser."""
    if "block sequence entries" not in scene.problem or scene.rest.strip() != "-":
        return None
    return Diagnosis("“-”不能当作内容", "没有的，删去这一行；要说明原因的，写明原因", scene.at)


def _known(scene: Scene) -> Diagnosis | None:
    for said, code, message, advice in _MEANINGS:
        if said in scene.problem or said in scene.context:
            at = scene.at if "escape" in scene.problem or "hexdecimal" in scene.problem else scene.began
            if advice == _QUOTED:
                advice += _example(scene)
            return Diagnosis(message.replace("{rest}", scene.rest[:1]), advice, at, code)
    return None


_DIAGNOSES: tuple[Callable[[Scene], Diagnosis | None], ...] = (
    _odd_indent,
    _tab,
    _open_quote,
    _open_bracket,
    without_colon,
    colon_not_allowed,
    no_colon,
    _misplaced,
    _lone_dash,
    _known,
)


def syntax_finding(
    error: yaml.MarkedYAMLError, text: str, file: str, names: frozenset[str], spilled: Spot | None = None
) -> Finding:
    """The finding for a syntax error, in a file whose reader knows these ``names``.

    ``spilled`` is where a quoted text began that runs over several lines and ends just
    where the parser stopped: most likely its closing quote is missing.
    """
    at = Spot.of(error.problem_mark) or Spot(0, 0)
    began = Spot.of(error.context_mark) or at
    scene = Scene(error.problem or "", error.context or "", text.split("\n"), at, began, spilled, names)
    found = next((diagnosis for diagnose in _DIAGNOSES if (diagnosis := diagnose(scene))), None)
    if found is None:
        found = Diagnosis("此处的写法有误", "请核对这一行的冒号、引号、括号和缩进", at)
    place = Place(file, found.at.line + 1, found.at.column + 1)
    return Finding(found.code, Level.ERROR, found.message, found.advice, place=place)


def odd_indent_finding(place: Place) -> Finding:
    """The finding for a line that begins with a full-width or non-breaking space."""
    return Finding("GK118", Level.ERROR, _ODD_INDENT, _INDENT, place=place)
