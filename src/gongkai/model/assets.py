"""Procurement and state-owned assets (政府采购、国有资产占用)."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from .base import Amount, Count, Model, Quantity, Text
from .reading import ZERO


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

    @property
    def stated(self) -> list[tuple[str, int, Decimal]]:
        """Each kind of which number and value are told: its name, 辆, 万元."""
        kinds = (("一般公务用车", self.general), ("执法执勤用车", self.enforcement), ("其他车辆", self.other))
        return [(name, kind.count, kind.value) for name, kind in kinds]


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


class FinalProcurement(Model, title="政府采购支出"):
    """Government procurement spent, and the contracts given to small firms."""

    goods: Amount = Field(ZERO, alias="货物")
    works: Amount = Field(ZERO, alias="工程")
    services: Amount = Field(ZERO, alias="服务")
    small_medium: Amount = Field(ZERO, alias="授予中小企业", description="授予中小企业合同金额")
    small: Amount = Field(ZERO, alias="授予小微企业", description="其中授予小微企业合同金额")

    @property
    def total(self) -> Decimal:
        """政府采购支出总额, 万元."""
        return self.goods + self.works + self.services


class FinalFleet(Model, title="车辆（八类）"):
    """Vehicles held at the end of the year, in the eight kinds of the form (辆)."""

    value: Amount = Field(ZERO, alias="价值")
    provincial: Count = Field(0, alias="副部（省）级及以上领导用车")
    principal: Count = Field(0, alias="主要负责人用车")
    confidential: Count = Field(0, alias="机要通信用车")
    emergency: Count = Field(0, alias="应急保障用车")
    enforcement: Count = Field(0, alias="执法执勤用车")
    special: Count = Field(0, alias="特种专业技术用车")
    veterans: Count = Field(0, alias="离退休干部服务用车")
    other: Count = Field(0, alias="其他用车")
    other_note: Text | None = Field(None, alias="其他用车说明", description="其他用车主要是什么，没有就不写")

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """Name and number of each kind, in the order of the form."""
        fields = type(self).model_fields
        names = (n for n in fields if n not in {"value", "other_note"})
        return [(str(fields[name].alias), getattr(self, name)) for name in names]

    @property
    def count(self) -> int:
        """All vehicles, 辆."""
        return sum(number for _, number in self.kinds)

    @property
    def stated(self) -> list[tuple[str, int, Decimal]]:
        """All vehicles together: the value is told for all kinds as one (辆, 万元)."""
        return [("车辆", self.count, self.value)]


class FinalAssets(Model, title="国有资产（年末）"):
    """State-owned assets held at the end of the year."""

    fixed_assets: Amount | None = Field(None, alias="固定资产原值", description="没有要求公开的不写")
    houses: House = Field(House(), alias="房屋")
    fleet: FinalFleet = Field(FinalFleet(), alias="车辆")
    over_million: Count = Field(
        0, alias="100万元以上设备", description="单价100万元（含）以上设备（不含车辆），台（套）"
    )
