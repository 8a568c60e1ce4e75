"""What every model shares: strictness, and the field types that read a clerk's text.

Input reaches the models as text only, so that no YAML or spreadsheet rule can have
changed a figure before the types below look at it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, NoReturn

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

PLAUSIBLE_LIMIT = Decimal(1_000_000)
"""万元; a larger single amount in a unit's budget is nearly always 元 written as 万元."""

ZERO = Decimal(0)

_DECIMAL = re.compile(r"(?P<sign>[+-]?)(?P<whole>\d+|\d{1,3}(?:,\d{3})+)(?:\.(?P<fraction>\d+))?", re.ASCII)
_COUNT = re.compile(r"\d+", re.ASCII)
_CHANGE = re.compile(r"[+-]?\d+", re.ASCII)
_DATE = re.compile(r"(?P<y>\d{4})(?:-(?P<m>\d{1,2})-(?P<d>\d{1,2})|年(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日)", re.ASCII)
_FULL_WIDTH = re.compile(r"[０-９．，－＋]")
_TRUE, _FALSE = {"true", "是"}, {"false", "否"}


class Model(BaseModel):
    """A frozen record whose keys are the clerk's Chinese terms and nothing else."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        field_title_generator=lambda name, info: getattr(info, "alias", None) or name,
    )


def _refuse(kind: str, message: str) -> NoReturn:
    # Braces in a clerk's text must not be read as placeholders of the message.
    raise PydanticCustomError(kind, "{message}", {"message": message})


def _as_text(value: Any, what: str) -> str:
    if not isinstance(value, str):
        _refuse("scalar_expected", f"此处应填{what}，现为{'清单' if isinstance(value, list) else '若干子项'}")
    return value.strip()


def _refuse_number(text: str, what: str) -> NoReturn:
    if _FULL_WIDTH.search(text):
        half = text.translate({ord(c): chr(ord(c) - 0xFEE0) for c in "０１２３４５６７８９．，－＋"})
        _refuse("number_full_width", f"{what}“{text}”含全角数字或符号，请改为半角“{half}”")
    if re.search(r"\d[OoＯlI]|[OoＯlI]\d|[OoＯ]\.", text):
        _refuse("number_letter", f"{what}“{text}”里混有字母（如字母 O 与数字 0、字母 l 与数字 1），请改为数字")
    if re.fullmatch(r"[\d.,]+\s*(万元|元|万|亿元|%|人|辆)", text):
        _refuse("number_unit", f"{what}“{text}”不要带单位，只写数字（金额单位在文件开头的“金额单位”里写一次）")
    if re.fullmatch(r"[\d,]+(\.\d+)?", text):
        _refuse("number_grouping", f"{what}“{text}”的千分位逗号位置不对，请写作如 1,046.82 或 1046.82")
    _refuse("number_invalid", f"{what}“{text}”不是数字，请写作如 1046.82")


def _decimal(value: Any, what: str) -> Decimal:
    text = _as_text(value, what)
    match = _DECIMAL.fullmatch(text)
    if match is None:
        _refuse_number(text, what)
    return Decimal(text.replace(",", ""))


def _amount(value: Any, info: ValidationInfo) -> Any:
    """Amount in the file's unit → exact Decimal in 万元."""
    if isinstance(value, Decimal):
        return value
    number = _decimal(value, "金额")
    if number < 0:
        _refuse("amount_negative", f"金额“{value}”是负数，此处只能是零或正数")
    context = info.context or {}
    exponent = number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    allowed = context.get("places", 6)
    if places > allowed:
        _refuse("amount_precision", f"金额“{value}”有 {places} 位小数，比“分”还细（最多 {allowed} 位）")
    amount = number * context.get("scale", Decimal(1))
    limit = context.get("limit", PLAUSIBLE_LIMIT)
    if amount >= limit:
        _refuse(
            "amount_implausible",
            f"金额“{value}”折合 {amount:,.2f} 万元，大得不合常理，"
            "可能把“元”写进了以“万元”为单位的文件；确属实际金额的，请在文件开头写“金额上限”（万元）",
        )
    return amount


def _area(value: Any) -> Any:
    if isinstance(value, Decimal):
        return value
    number = _decimal(value, "数值")
    if number < 0:
        _refuse("amount_negative", f"数值“{value}”是负数，此处只能是零或正数")
    return number


def _count(value: Any) -> Any:
    if isinstance(value, int):
        return value
    text = _as_text(value, "整数")
    if _COUNT.fullmatch(text) is None:
        if _CHANGE.fullmatch(text):
            _refuse("count_negative", f"数量“{text}”不能是负数")
        if re.fullmatch(r"\d+\.\d+", text, re.ASCII):
            _refuse("count_fraction", f"数量“{text}”应为整数")
        _refuse_number(text, "数量")
    return int(text)


def _change(value: Any) -> Any:
    if isinstance(value, int):
        return value
    text = _as_text(value, "整数")
    if _CHANGE.fullmatch(text) is None:
        _refuse_number(text, "增减数")
    return int(text)


def _date(value: Any) -> Any:
    if isinstance(value, date):
        return value
    text = _as_text(value, "日期")
    match = _DATE.fullmatch(text)
    if match is None:
        _refuse("date_format", f"日期“{text}”写法不对，请写作如 2024-02-25")
    try:
        return date(int(match["y"]), int(match["m"] or match["m2"]), int(match["d"] or match["d2"]))
    except ValueError:
        _refuse("date_impossible", f"日期“{text}”不存在，请核对年月日")


def _flag(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    text = _as_text(value, "“是”或“否”").lower()
    if text not in _TRUE | _FALSE:
        _refuse("flag_invalid", f"“{value}”应为“是”或“否”")
    return text in _TRUE


def _text(value: Any) -> Any:
    text = _as_text(value, "文字")
    if not text:
        _refuse("text_empty", "此处不能是空白")
    control = next((c for c in text if ord(c) < 32 and c not in "\n\t"), None)
    if control is not None:
        _refuse("text_control", f"文字里有不可见的控制字符（U+{ord(control):04X}），请删去")
    return text


def _code(pattern: str, what: str) -> Callable[[Any], Any]:
    compiled = re.compile(pattern, re.ASCII)

    def read(value: Any) -> Any:
        text = _as_text(value, what)
        if compiled.fullmatch(text) is None:
            _refuse("code_format", f"科目编码“{text}”写法不对，此处应填{what}")
        return text

    return read


_NUMBER_SCHEMA: dict[str, Any] = {"type": ["number", "string"], "minimum": 0}

Amount = Annotated[Decimal, BeforeValidator(_amount), WithJsonSchema(_NUMBER_SCHEMA)]
"""Money ≥ 0, read in the file's unit, held exactly in 万元."""

Quantity = Annotated[Decimal, BeforeValidator(_area), WithJsonSchema(_NUMBER_SCHEMA)]
"""A measured number ≥ 0, such as 平方米 or a weight."""

Count = Annotated[int, BeforeValidator(_count), WithJsonSchema({"type": "integer", "minimum": 0})]
"""A whole number ≥ 0: persons, vehicles, pieces."""

CountChange = Annotated[int, BeforeValidator(_change), WithJsonSchema({"type": "integer"})]
"""A whole number with sign: persons more or fewer than last year."""

Day = Annotated[date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"enum": [True, False, "是", "否"]})]
Text = Annotated[str, BeforeValidator(_text), WithJsonSchema({"type": ["string", "number"], "minLength": 1})]

FunctionalItem = Annotated[
    str,
    BeforeValidator(_code(r"\d{7}", '七位的支出功能分类“项”级编码，如 "2011301"')),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^\d{7}$"}),
]
"""支出功能分类 项, seven digits (实施条例第六条: published to the 项)."""

FunctionalClass = Annotated[
    str,
    BeforeValidator(_code(r"\d{3}", '三位的支出功能分类“类”级编码，如 "201"')),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^\d{3}$"}),
]
"""支出功能分类 类, three digits."""

EconomicItem = Annotated[
    str,
    BeforeValidator(_code(r"\d{5}", '五位的部门经济分类“款”级编码，如 "30101"')),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^\d{5}$"}),
]
"""部门预算支出经济分类 款, five digits (basic spending is published to the 款)."""

EconomicAny = Annotated[
    str,
    BeforeValidator(_code(r"\d{3}|\d{5}", '三位（类）或五位（款）的部门经济分类编码，如 "302"')),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^\d{3}(\d{2})?$"}),
]
"""部门预算支出经济分类 类 or 款; projects are published to the 类."""

AnyCode = Annotated[
    str,
    BeforeValidator(_code(r"\d{3}|\d{5}|\d{7}", "三位、五位或七位的科目编码")),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^\d{3}(\d{2}){0,2}$"}),
]
"""A functional or economic code of any level."""


class Explained(Model, title="上年数与变动原因"):
    """Last year's figure and why this year's differs."""

    prior: Amount = Field(alias="上年", description="上年预算数，单位同文件的金额单位；上年没有就写 0")
    reason: Text = Field(alias="原因", description="变动的主要原因，写在“主要原因是”之后的话，末尾不加句号")
