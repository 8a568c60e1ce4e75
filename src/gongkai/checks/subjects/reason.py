"""A reason with the two figures whose difference it explains."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gongkai.findings import Path


@dataclass(frozen=True, slots=True)
class Reason:
    """Why ``now`` is not ``before`` (万元); ``base`` says what ``before`` is: 上年, 年初预算, 上年执行数."""

    path: Path
    what: str
    text: str
    now: Decimal
    before: Decimal
    base: str = "上年"

    @property
    def change(self) -> Decimal:
        """本年 − 上年 (决算 − 预算), 万元."""
        return self.now - self.before

    @property
    def over_years(self) -> bool:
        """Whether it is compared with another year, not with the year's own budget."""
        return self.base.startswith("上年")
