"""What every data file begins with: which document of which year and unit, and how it is to be printed."""

from __future__ import annotations

from typing import Any

from pydantic import Field, ValidationInfo, ValidatorFunctionWrapHandler, field_validator

from .base import Day, Model, Quantity, Text, Year
from .reading import CurrencyUnit, in_unit
from .unit import Scope, Unit


def section_units_field(example: str) -> Any:
    """The field 分节金额单位 of a kind of document, whose sections it names."""
    return Field(
        default_factory=dict,
        alias="分节金额单位",
        description=f"个别部分的金额另用单位的写在这里，写作 {{{example}}}；都用文件的金额单位就不写",
    )


class Head(Model):
    """The head of a data file; each kind of document (文种) says which it is and what its 口径 commonly is."""

    kind: str = Field(alias="文种")
    year: Year = Field(alias="年度", description="预算或决算年度，如 2024")
    scope: Scope = Field(alias="口径")
    pack: Text | None = Field(None, alias="模板", description="模板包的名称，如 克州；不写就用基础模板")
    edition: Year | None = Field(
        None, alias="模板年度", description="用模板包哪一年的版本；不写就用不晚于“年度”的最新一版"
    )
    last_years_file: Text | None = Field(
        None, alias="上年文件", description="上年的数据文件，如 ../2023/单位预算.yaml；没有写“上年”“增减”的地方由它得出"
    )
    currency_unit: CurrencyUnit = Field(alias="金额单位", description="本文件里所有金额的单位")
    section_units: Any = Field(alias="分节金额单位")
    amount_limit: Quantity | None = Field(
        None, alias="金额上限", description="单个金额的合理上限（万元），只在金额特大时写"
    )
    published: Day = Field(alias="公开日期", description="封面和落款的日期，如 2024-02-25")
    approved: Day | None = Field(None, alias="批复日期", description="财政部门（主管部门）批复的日期，写了就核对期限")
    unit: Unit = Field(alias="单位")

    def unit_of(self, section: object) -> CurrencyUnit:
        """The unit in which the amounts of a section (a key of the file) are written."""
        units: dict[str, CurrencyUnit] = self.section_units
        return units.get(str(section), self.currency_unit)

    @field_validator("*", mode="wrap")
    @classmethod
    def _in_its_own_unit(cls, value: Any, read: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        """Read a section whose amounts have a unit of their own (context: units) in that unit."""
        context = info.context if isinstance(info.context, dict) else {}
        section = cls.model_fields[str(info.field_name)].alias
        if section not in context.get("units", {}):
            return read(value)
        outer = dict(context)
        context.update(in_unit(context["units"][section]))
        try:
            return read(value)
        finally:
            context.update(outer)
