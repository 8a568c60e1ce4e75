"""What a clerk typed into exact values: amounts, counts, dates, codes and texts, each refused with what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NoReturn

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

from gongkai.findings import shown
from gongkai.source.flags import FALSE, TRUE
from gongkai.texts.plain import INVISIBLE

PLAUSIBLE_LIMIT = Decimal(1_000_000)
"""万元; a larger single amount in a unit's budget is nearly always 元 written as 万元."""

ZERO = Decimal(0)

_FEN = Decimal("0.000001")
"""One 分 in 万元."""

MAX_DIGITS = 20
"""More digits than any budget has; exact in every calculation, and no work for a hostile file."""

CurrencyUnit = Literal["元", "万元"]
"""金额单位."""


def in_unit(unit: object) -> dict[str, Any]:
    """How amounts of a unit are read: 元 has two decimals, 万元 six, both exact to the 分."""
    return {"scale": Decimal("0.0001"), "places": 2} if unit == "元" else {"scale": Decimal(1), "places": 6}


_DECIMAL = re.compile(r"(?P<sign>[+-]?)(?P<whole>\d+|\d{1,3}(?:,\d{3})+)(?:\.(?P<fraction>\d+))?", re.ASCII)
COUNT = re.compile(r"\d+|\d{1,3}(?:,\d{3})+", re.ASCII)
CHANGE = re.compile(rf"[+-]?(?:{COUNT.pattern})", re.ASCII)
_DATE = re.compile(r"(?P<y>\d{4})(?:-(?P<m>\d{1,2})-(?P<d>\d{1,2})|年(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日)", re.ASCII)
_LIKE_A_DATE = re.compile(
    r"(\d{4})\s*[年./、—–-]?\s*(0?[1-9]|1[0-2])\s*[月./、—–-]?\s*(0?[1-9]|[12]\d|3[01])\s*日?", re.ASCII
)

ANSWERS_NOTHING = re.compile(r"(?:无|没有|暂无|不适用|略|无原因|没有原因|N/?A|[-—–－/、.。]+)[。.]?", re.IGNORECASE)
"""What is written where there is nothing to say."""

_CONTROL = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f]|{INVISIBLE.pattern}")
"""What no text has: an escape of YAML may have put it there."""

AS_TEXT = "[text]"
"""That something was written as a text; in the place of a mistake the library names the way that was taken."""

_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，－−＋", "0123456789.,--+")
_DIGITS_FOR_LETTERS = str.maketrans("OoＯlI", "00011")
_FULL_WIDTH_QUOTES = "“”‘’＂＇「」"


def _refuse(kind: str, message: str, advice: str = "") -> NoReturn:
    # Braces in a clerk's text must not be read as placeholders of the message.
    raise PydanticCustomError(kind, "{message}", {"message": message, "advice": advice})


def _as_text(value: Any, what: str) -> str:
    if isinstance(value, list):
        advice = "不要用“- ”或 [ ]；以 [ 开头的文字要整段加引号"
        _refuse("scalar_expected", f"此处应填{what}，现为清单", advice)
    if not isinstance(value, str):
        advice = "文字里有半角冒号加空格“: ”的，要整段加引号" if what == "文字" else f"请在冒号后面直接写{what}"
        _refuse("scalar_expected", f"此处应填{what}，现为若干子项", advice)
    text = value.strip()
    if not text:
        _refuse("text_empty", "此处不能是空白", "请填写")
    return text


# What a clerk writes instead of a number, what is wrong with it, what to do. First match wins.
_NOT_NUMBERS: tuple[tuple[str, str, str, str], ...] = (
    (
        "number_unit",
        r"[+-]?[\d.,]+\s*(万元|亿元|元|万|亿)",
        "带了单位",
        "请只写数字；金额单位只在文件开头的“金额单位”写一次",
    ),
    (
        "number_unit",
        r"[+-]?[\d.,]+\s*(%|％|人|名|个|辆|台|套|年|分|平方米|㎡)",
        "带了单位",
        "请只写数字",
    ),
    ("number_invalid", r"[¥￥$]\s*[\d.,]+", "带了货币符号", "请只写数字"),
    ("number_grouping", r"[+-]?\d*,[\d,]*(\.\d*)?", "的千分位逗号位置不对", "请写作如 1,046.82 或 1046.82"),
    ("number_invalid", r"[(（][\d.,]+[)）]", "带了括号", "负数请在前面写半角的“-”，如 -848.41"),
    ("number_invalid", r"[-—–－/无]+", "不是数字", "没有的写 0，或删去整项"),
    ("number_invalid", r"[\d.,]+(\s+[\d.,]+)+", "中间有空格", "请删去空格"),
)


def _refuse_number(text: str, what: str, example: str = "1046.82") -> NoReturn:
    this = f"{what}“{shown(text)}”"
    half = text.translate(_HALF_WIDTH).strip(_FULL_WIDTH_QUOTES)
    if half != text and _DECIMAL.fullmatch(half):
        _refuse("number_full_width", f"{this}含全角的数字或符号", f"请改为半角“{shown(half)}”")
    digits = text.translate(_DIGITS_FOR_LETTERS)
    if digits != text and _DECIMAL.fullmatch(digits):
        advice = f"字母 O 像数字 0，字母 l 像数字 1；是否想写“{shown(digits)}”？"
        _refuse("number_letter", f"{this}里混有字母", advice)
    for kind, pattern, message, advice in _NOT_NUMBERS:
        if re.fullmatch(pattern, text, re.ASCII):
            _refuse(kind, this + message, advice)
    _refuse("number_invalid", f"{this}不是数字", f"请只写数字，如 {example}")


def _number_text(value: Any, what: str, pattern: re.Pattern[str], example: str) -> str:
    """The text of a number that ``pattern`` allows."""
    text = _as_text(value, what)
    if pattern.fullmatch(text) is None:
        _refuse_number(text, what, example)
    if len(text) > MAX_DIGITS:
        _refuse("number_invalid", f"{what}“{shown(text)}”的位数太多", f"请核对；最多 {MAX_DIGITS} 位")
    return text


def _decimal(value: Any, what: str) -> Decimal:
    return Decimal(_number_text(value, what, _DECIMAL, "1046.82").replace(",", ""))


def read_amount(value: Any, info: ValidationInfo) -> Any:
    """Amount in the file's unit → exact Decimal in 万元."""
    return value if isinstance(value, Decimal) else _money(value, info, signed=False)


def read_balance(value: Any, info: ValidationInfo) -> Any:
    """The same, below zero or not."""
    return value if isinstance(value, Decimal) else _money(value, info, signed=True)


def _money(value: Any, info: ValidationInfo, *, signed: bool) -> Decimal:
    number = _decimal(value, "金额")
    if number < 0 and not signed:
        _refuse("amount_negative", f"金额“{value}”是负数", "此处只能是零或正数；没有的写 0，或删去整项")
    context = info.context or {}
    exponent = number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    allowed, scale = context.get("places", 6), context.get("scale", Decimal(1))
    if places > allowed:
        unit = "万元" if scale == 1 else "元"
        advice = f"以{unit}为单位的金额最多 {allowed} 位小数；请核对小数点"
        _refuse("amount_precision", f"金额“{value}”有 {places} 位小数，比“分”还细", advice)
    # 元 are exact to the 分, however few decimals were typed: six places of 万元.
    amount: Decimal = number if scale == 1 else (number * scale).quantize(_FEN)
    if abs(amount) >= context.get("limit", PLAUSIBLE_LIMIT):
        mistake = "是否把“元”写进了以“万元”为单位的文件？" if scale == 1 else "请核对小数点和零的个数；"
        _refuse(
            "amount_implausible",
            f"金额“{value}”折合 {amount:,.2f} 万元，大得不合常理",
            f"{mistake}确属实际金额的，在文件开头写“金额上限: 比它大的数（万元）”",
        )
    return amount


def read_quantity(value: Any) -> Any:
    """A measured number ≥ 0."""
    if isinstance(value, Decimal):
        return value
    number = _decimal(value, "数值")
    if number < 0:
        _refuse("amount_negative", f"数值“{value}”是负数", "此处只能是零或正数")
    return number


def read_count(value: Any) -> Any:
    """A whole number ≥ 0."""
    if isinstance(value, int):
        return value
    text = _as_text(value, "整数")
    if CHANGE.fullmatch(text) and text.startswith("-"):
        _refuse("count_negative", f"数量“{shown(text)}”是负数", "此处只能是零或正数")
    return _whole(text, "数量", COUNT, "28")


def read_change(value: Any) -> Any:
    """A whole number with its sign."""
    if isinstance(value, int):
        return value
    return _whole(_as_text(value, "整数"), "增减数", CHANGE, "3；减少的写负数，如 -2")


def _whole(text: str, what: str, pattern: re.Pattern[str], example: str) -> int:
    if re.fullmatch(r"[+-]?\d+\.\d+", text, re.ASCII):
        _refuse("count_fraction", f"{what}“{shown(text)}”带小数", "此处应为整数")
    return int(_number_text(text, what, pattern, example).replace(",", ""))


def read_date(value: Any) -> Any:
    """A day, as 2024-02-25 or 2024年2月25日."""
    if isinstance(value, date):
        return value
    text = _as_text(value, "日期")
    match = _DATE.fullmatch(text)
    if match is None:
        _refuse("date_format", f"日期“{shown(text)}”写法不对", _date_advice(text))
    try:
        return date(int(match["y"]), int(match["m"] or match["m2"]), int(match["d"] or match["d2"]))
    except ValueError:
        _refuse("date_impossible", f"没有“{text}”这一天", "请核对年、月、日")


def _date_advice(text: str) -> str:
    """How to write a date, by the very date where it can be told from what stands there."""
    parts = _LIKE_A_DATE.fullmatch(text.translate(_HALF_WIDTH))
    if parts is None:
        return "请写作如 2024-02-25 或 2024年2月25日"
    return f"是否想写“{parts[1]}-{int(parts[2]):02d}-{int(parts[3]):02d}”？"


def read_flag(value: Any) -> Any:
    """是 or 否."""
    if isinstance(value, bool):
        return value
    text = _as_text(value, "“是”或“否”").lower()
    if text not in TRUE | FALSE:
        _refuse("flag_invalid", f"只能写“是”或“否”，现为“{shown(text)}”")
    return text in TRUE


def read_text(value: Any) -> Any:
    """A text without blanks around it and without characters that nobody sees."""
    text = _as_text(value, "文字")
    control = _CONTROL.search(text)
    if control is not None:
        _refuse("text_control", f"文字里有不可见的控制字符（U+{ord(control[0]):04X}）", "请删去该字符")
    return text


def read_code(pattern: str, what: str) -> Callable[[Any], Any]:
    """The reader of codes of one form; ``what`` says which codes are due."""
    compiled = re.compile(pattern, re.ASCII)

    def read(value: Any) -> Any:
        text = _as_text(value, what)
        if compiled.fullmatch(text):
            return text
        likely = text.translate(_HALF_WIDTH).translate(_DIGITS_FOR_LETTERS).strip(_FULL_WIDTH_QUOTES)
        first = re.match(r"\d*", likely, re.ASCII)
        if first and compiled.fullmatch(first[0]):
            advice = f'只写半角数字的编码，是否想写 "{first[0]}"？名称不用写，由科目目录得出'
        else:
            advice = f"此处应填{what}"
        quoted = f"“{shown(text)}”"
        message = f"科目编码{quoted}是 {len(text)} 位的" if text.isdecimal() else f"{quoted}不是科目编码"
        _refuse("code_format", message, advice)

    return read
