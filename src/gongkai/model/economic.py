"""What a clerk states for an economic 款 of basic spending: one amount, or 人员经费 and 公用经费 apart."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from .base import Amount, Model
from .reading import ZERO

AS_AMOUNT, IN_PARTS = "[amount]", "[in parts]"
"""The two ways to write it; in the place of a mistake the library names the one that was taken."""


class InParts(Model, title="分人员经费和公用经费"):
    """The money of one 款 that is 人员经费 in part: 离退休公用经费 stands under 303, as the pensions do."""

    staff: Amount = Field(ZERO, alias="人员经费")
    operating: Amount = Field(ZERO, alias="公用经费")

    @model_validator(mode="after")
    def _has_a_part(self) -> InParts:
        if not self.model_fields_set:
            message = "此处没有写“人员经费”，也没有写“公用经费”"
            advice = "不必分开的，直接写金额"
            raise PydanticCustomError("text_empty", "{message}", {"message": message, "advice": advice})
        return self

    @property
    def total(self) -> Decimal:
        """Both parts, 万元."""
        return self.staff + self.operating


def _way(value: Any) -> str:
    return IN_PARTS if isinstance(value, dict | InParts) else AS_AMOUNT


EconomicAmount = Annotated[Annotated[Amount, Tag(AS_AMOUNT)] | Annotated[InParts, Tag(IN_PARTS)], Discriminator(_way)]
"""Money of one economic 款 (万元): its class says whether it is 人员经费 or 公用经费, unless both are stated."""


def total_of(stated: Decimal | InParts) -> Decimal:
    """The whole amount, 万元."""
    return stated.total if isinstance(stated, InParts) else stated
