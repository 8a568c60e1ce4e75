"""Procurement and state-owned assets (政府采购、国有资产占用)."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from .base import ZERO, Amount, Count, Model, Quantity


class Procurement(Model, title="政府采购"):
    """Government procurement, and what is reserved for small firms."""

    goods: Amount = Field(ZERO, alias="货物")
    works: Amount = Field(ZERO, alias="工程")
    services: Amount = Field(ZERO, alias="服务")
    reserved_small_medium: Amount = Field(ZERO, alias="面向中小企业", description="面向中小企业预留的采购预算")
    reserved_small: Amount = Field(ZERO, alias="面向小微企业", description="其中面向小微企业预留的采购预算")

    @property
    def total(self) -> Decimal:
        """政府采购预算, 万元."""
        return self.goods + self.works + self.services


class House(Model, title="房屋"):
    """Buildings held."""

    area: Quantity = Field(ZERO, alias="面积", description="平方米")
    value: Amount = Field(ZERO, alias="价值")


class Vehicles(Model, title="车辆"):
    """Vehicles of one kind."""

    count: Count = Field(0, alias="数量", description="辆")
    value: Amount = Field(ZERO, alias="价值")


class Fleet(Model, title="车辆（按类别）"):
    """Vehicles by kind."""

    general: Vehicles = Field(Vehicles(), alias="一般公务用车")
    enforcement: Vehicles = Field(Vehicles(), alias="执法执勤用车")
    other: Vehicles = Field(Vehicles(), alias="其他车辆")

    @property
    def count(self) -> int:
        """All vehicles, 辆."""
        return self.general.count + self.enforcement.count + self.other.count

    @property
    def value(self) -> Decimal:
        """All vehicles, 万元."""
        return self.general.value + self.enforcement.value + self.other.value


class PlannedPurchases(Model, title="本年拟购置的车辆和大型设备"):
    """Vehicles and large equipment to be bought this year."""

    vehicles: Amount = Field(ZERO, alias="车辆经费", description="购置车辆的经费")
    over_half_million: Count = Field(0, alias="50万元以上设备", description="台（套）")
    over_million: Count = Field(0, alias="100万元以上设备", description="台（套）")


class Assets(Model, title="国有资产（截至上年底）"):
    """State-owned assets held at the end of last year."""

    houses: House = Field(House(), alias="房屋")
    fleet: Fleet = Field(Fleet(), alias="车辆")
    furniture: Amount = Field(ZERO, alias="办公家具", description="办公家具价值")
    other: Amount = Field(ZERO, alias="其他资产", description="其他资产价值")
    over_half_million: Count = Field(0, alias="50万元以上设备", description="台（套）")
    over_million: Count = Field(0, alias="100万元以上设备", description="台（套）")
    planned: PlannedPurchases = Field(PlannedPurchases(), alias="本年购置")
