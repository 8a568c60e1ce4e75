"""The YAML parser's complaints, in a clerk's words."""

from __future__ import annotations

import yaml

from gongkai.findings import Finding, Level, Place

# What the parser says → what it means and what to do. First match wins.
_MEANINGS: tuple[tuple[str, str, str], ...] = (
    ("mapping values are not allowed", "此处的冒号不合写法", "同级各行要左对齐；文字里有“: ”的要加引号"),
    ("did not find expected ',' or ']'", "方括号 [ 没有闭合", "请补上 ]，各项之间用半角逗号"),
    ("did not find expected ',' or '}'", "花括号 { 没有闭合", "请补上 }，各项之间用半角逗号"),
    ("found unexpected end of stream", "引号没有闭合", "请补上另一半引号"),
    ("found unknown escape character", "双引号里的反斜杠 \\ 不合写法", "请改用单引号，或把 \\ 写成 \\\\"),
    ("could not find expected ':'", "名称后面缺少冒号", "写作“名称: 内容”，冒号用半角，后面空一格"),
    ("did not find expected key", "缩进不齐", "同级各行要左对齐，下级多空两格"),
    ("did not find expected '-' indicator", "缩进不齐：清单里混有不是“- ”开头的行", "同级各行要左对齐"),
    ("block sequence entries are not allowed", "清单的“- ”不能写在这里", "请另起一行并左对齐"),
    ("did not find expected <document start>", "这一行不合写法", "写作“名称: 内容”，冒号用半角，后面空一格"),
)


def _meaning(problem: str, line: str, column: int) -> tuple[str, str, str]:
    if "cannot start any token" in problem:
        character = line[column : column + 1]
        if character == "\t":
            return "GK118", "用了制表符（Tab）缩进", "请改用空格，每级两个"
        return "GK111", f"文字不能以“{character}”开头", "请给这段文字加上引号"
    for known, message, advice in _MEANINGS:
        if known in problem:
            return "GK111", message, advice
    return "GK111", "YAML 写法有误", "请核对这一行的冒号、引号、括号和缩进"


def syntax_finding(error: yaml.MarkedYAMLError, text: str, file: str) -> Finding:
    """The finding for a syntax error, placed where the mistake begins."""
    problem = error.problem or ""
    mark = error.problem_mark
    unclosed = "expected ',' or" in problem or "unexpected end of stream" in problem
    if unclosed and error.context_mark is not None:
        mark = error.context_mark
    line_number, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    line = lines[line_number] if line_number < len(lines) else ""
    code, message, advice = _meaning(problem, line, column)
    nearby = "\n".join(lines[max(0, line_number - 1) : line_number + 1])
    if "：" in nearby and code == "GK111" and not unclosed:
        advice += "；此处或上一行有全角冒号“：”，作分隔的冒号要用半角“: ”"
    return Finding(code, Level.ERROR, message, advice, place=Place(file, line_number + 1, column + 1))
