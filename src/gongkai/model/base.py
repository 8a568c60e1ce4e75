"""What every model shares: strictness, and the field types that read a clerk's text.

Input reaches the models as text only, so that no YAML or spreadsheet rule can have
changed a figure before the types below look at it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, WithJsonSchema, WrapValidator

from .own.declared import NOTHING, Declared
from .reading import (
    CHANGE,
    COUNT,
    read_amount,
    read_balance,
    read_change,
    read_code,
    read_count,
    read_date,
    read_flag,
    read_quantity,
    read_text,
)


class Model(BaseModel):
    """A frozen record whose keys are the clerk's Chinese terms and nothing else."""

    own_declared: ClassVar[Declared] = NOTHING
    """What the pack of a document declares, that the document's model has."""
    own_base: ClassVar[type[BaseModel] | None] = None
    """Of a model with what a pack declares: the one of the product from which it was made."""

    model_config = ConfigDict(
        defer_build=True,
        frozen=True,
        extra="forbid",
        field_title_generator=lambda name, info: getattr(info, "alias", None) or name,
    )


_NUMBER_SCHEMA: dict[str, Any] = {"type": ["number", "string"], "minimum": 0}


def _alone(read: Callable[[Any, ValidationInfo], Any]) -> WrapValidator:
    """Reading that is not followed by the library's own check of a Decimal: it would forget what a traced one knows."""

    def reading(value: Any, checked: object, info: ValidationInfo) -> Any:
        return read(value, info)

    return WrapValidator(reading)


_AMOUNT, _BALANCE = _alone(read_amount), _alone(read_balance)
MONEY = (_AMOUNT, _BALANCE)
"""What reads money: by these marks a field is known to be an amount in 万元."""

Amount = Annotated[Decimal, _AMOUNT, WithJsonSchema(_NUMBER_SCHEMA)]
"""Money ≥ 0, read in the file's unit, held exactly in 万元."""

Balance = Annotated[Decimal, _BALANCE, WithJsonSchema({"type": ["number", "string"]})]
"""Money that may be less than nothing: what is carried over (结转和结余), and totals with it in them."""

Quantity = Annotated[Decimal, BeforeValidator(read_quantity), WithJsonSchema(_NUMBER_SCHEMA)]
"""A measured number ≥ 0, such as 平方米 or a weight."""

_COUNT_SCHEMA: dict[str, Any] = {"type": ["integer", "string"], "minimum": 0, "pattern": rf"^({COUNT.pattern})$"}

Count = Annotated[int, BeforeValidator(read_count), WithJsonSchema(_COUNT_SCHEMA)]
"""A whole number ≥ 0: persons, vehicles, pieces."""

Year = Annotated[
    int,
    BeforeValidator(read_count),
    Field(ge=2000, le=2100),
    WithJsonSchema({"type": ["integer", "string"], "minimum": 2000, "maximum": 2100, "pattern": r"^20\d\d$|^2100$"}),
]
"""A fiscal year."""

CountChange = Annotated[
    int,
    BeforeValidator(read_change),
    WithJsonSchema({"type": ["integer", "string"], "pattern": rf"^({CHANGE.pattern})$"}),
]
"""A whole number with sign: persons more or fewer than last year."""

Day = Annotated[date, BeforeValidator(read_date), WithJsonSchema({"type": "string", "format": "date"})]
Flag = Annotated[bool, BeforeValidator(read_flag), WithJsonSchema({"enum": [True, False, "是", "否"]})]
Text = Annotated[str, BeforeValidator(read_text), WithJsonSchema({"type": ["string", "number"], "minLength": 1})]

FunctionalItem = Annotated[
    str,
    BeforeValidator(read_code(r"\d{7}", '七位的支出功能分类“项”级编码，如 "2011301"')),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^\d{7}$"}),
]
"""支出功能分类 项, seven digits (实施条例第六条: published to the 项)."""

FunctionalClass = Annotated[
    str,
    BeforeValidator(read_code(r"\d{3}", '三位的支出功能分类“类”级编码，如 "201"')),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^\d{3}$"}),
]
"""支出功能分类 类, three digits."""

EconomicItem = Annotated[
    str,
    BeforeValidator(read_code(r"\d{5}", '五位的部门经济分类“款”级编码，如 "30101"')),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^\d{5}$"}),
]
"""部门预算支出经济分类 款, five digits (basic spending is published to the 款)."""

EconomicAny = Annotated[
    str,
    BeforeValidator(read_code(r"\d{3}|\d{5}", '三位（类）或五位（款）的部门经济分类编码，如 "302"')),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^\d{3}(\d{2})?$"}),
]
"""部门预算支出经济分类 类 or 款; projects are published to the 类."""

AnyCode = Annotated[
    str,
    BeforeValidator(read_code(r"\d{3}|\d{5}|\d{7}", "三位、五位或七位的科目编码")),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^\d{3}(\d{2}){0,2}$"}),
]
"""A functional or economic code of any level."""


class Explained(Model, title="上年数与变动原因"):
    """Last year's figure and why this year's differs."""

    prior: Amount = Field(alias="上年", description="上年预算数，单位同文件的金额单位；上年没有就写 0")
    reason: Text = Field(alias="原因", description="变动的主要原因，写在“主要原因是”之后的话，末尾不加句号")


class RunningCosts(Explained, title="机关运行经费"):
    """机关运行经费: all of 公用经费 unless less is stated, as where institutions (事业单位) share in it."""

    current: Amount | None = Field(
        None,
        alias="本年",
        description="本年数，就是公用经费的不写；部门有下属事业单位的，写公用经费减去事业单位的部分",
    )
