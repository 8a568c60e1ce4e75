"""Lines whose colon is none to the parser: full-width, without a blank behind it, or not there at all."""

from __future__ import annotations

import re

from .scene import ALIGN, COLON, HASH_ADVICE, Diagnosis, Scene, Spot, column, remark

_FULL_WIDTH_KEY = re.compile(r"[\s-]*(?P<key>[^\s：:，。、；,;{}\[\]\"'#]{1,20})：")
_TIGHT_KEY = re.compile(r"[\s-]*[^\s：:，。、；,;{}\[\]\"'#]{1,20}:(?=[^\s\u3000])")
_WIDE_AFTER_COLON = re.compile(r"[\s-]*[^\s：:，。、；,;{}\[\]\"'#]{1,20}:(?=[\u3000\xa0])")
_NAME = re.compile(r"[\s-]*(?P<key>[^\s：:，。、；,;{}\[\]\"'#]{1,20})(?=[\s：:]|$)")


def without_colon(scene: Scene) -> Diagnosis | None:
    """The first of the lines that the parser has taken for one long text: its colon is not one to the parser."""
    if "could not find expected ':'" in scene.problem:
        first = last = scene.began.line
    elif "mapping values are not allowed" in scene.problem:
        first, last = _first_of_text(scene), scene.at.line
    else:
        return None
    due = column(scene.line(last))
    for number in range(first, last + 1):
        line = scene.line(number)
        name = _NAME.match(line)
        known = name is not None and (name["key"] in scene.names or name["key"].isdecimal())
        wide = _FULL_WIDTH_KEY.match(line)
        if wide and known:
            advice = f"请改为半角冒号，后面空一格：“{wide['key']}: ”"
            return Diagnosis(f"“{wide['key']}：”用了全角冒号", advice, Spot(number, wide.end() - 1))
        if number < last and (known or column(line) == due):
            return _no_colon_in(line, Spot(number, column(line)))
    return None


def _first_of_text(scene: Scene) -> int:
    """The first line of the text that runs to where the parser stopped; a blank line does not end it."""
    first = number = scene.at.line
    while number > 0 and not re.search(r":(\s|$)|^\s*#", scene.line(number - 1)):
        number -= 1
        first = number if scene.line(number).strip() else first
    return first


def _no_colon_in(line: str, at: Spot) -> Diagnosis:
    """What is wrong with a line that should have a name and a colon."""
    if _TIGHT_KEY.match(line):
        return Diagnosis("冒号后面缺少空格", COLON, at)
    if _WIDE_AFTER_COLON.match(line):
        return Diagnosis("冒号后面是全角空格", COLON, at)
    return Diagnosis("这一行没有冒号", f"{COLON}；清单的各条以“- ”开头；续行要比上一行多空两格", at)


def colon_not_allowed(scene: Scene) -> Diagnosis | None:
    """A colon where the parser cannot have one: a second one on the line, or one on a line that is too deep."""
    if "mapping values are not allowed" not in scene.problem:
        return None
    bracket = re.search(r":\s+(?P<open>[｛［【（(])", scene.before)
    if bracket:
        at = Spot(scene.at.line, bracket.start("open"))
        return Diagnosis(f"此处的“{bracket['open']}”不是花括号", "几个子项写在一行里的，用半角花括号 { }", at)
    line = scene.line(scene.at.line)
    name = _NAME.match(line)
    if name and name["key"] in scene.names and _TIGHT_KEY.match(line):
        return Diagnosis("冒号后面缺少空格", COLON, Spot(scene.at.line, column(line)))
    if re.search(r":\s", scene.before):
        if scene.rest.rstrip().endswith("}") and "{" not in scene.line(scene.at.line):
            at = Spot(scene.at.line, re.search(r":\s+", scene.before).end())  # type: ignore[union-attr]
            return Diagnosis("花括号只有后一半", "请补上前一半 {", at)
        second = re.search(r"[^\s：:，。；,;]+$", scene.before)
        if second and second[0] in scene.names:
            at = Spot(scene.at.line, second.start())
            return Diagnosis(f"“{second[0]}”前面还有别的内容", f"“{second[0]}”另起一行；{ALIGN}", at)
        return Diagnosis("一行里有两个“: ”", "文字里有半角冒号加空格的，要整段加引号，或改用全角冒号", scene.at)
    indent = len(scene.before) - len(scene.before.lstrip())
    return Diagnosis("这一行缩进过深，被当成了上一行的续行", ALIGN, Spot(scene.at.line, indent))


def no_colon(scene: Scene) -> Diagnosis | None:
    """A line that the next one shows to lack a colon."""
    if "could not find expected ':'" not in scene.problem:
        return None
    line = scene.line(scene.began.line)
    at = remark(line, scene.began.column)
    if at is not None and re.search(r":(\s|$)", line[at:]):
        return Diagnosis("“#”后面的都当成了说明，这一行没有冒号", HASH_ADVICE, Spot(scene.began.line, at), "GK140")
    return _no_colon_in(line[scene.began.column :], scene.began)
