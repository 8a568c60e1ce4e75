"""The unit itself: what budget and final account both say about it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from .base import Count, CountChange, Model, Text
from .listed import Duties, Names


class Scope(StrEnum):
    """口径: whether the document is a single unit's or a whole department's."""

    UNIT = "单位"
    DEPARTMENT = "部门"


class UnitNature(StrEnum):
    """单位性质; decides 机关运行经费 or 事业单位运行经费."""

    ADMINISTRATIVE = "行政单位"
    CIVIL_SERVICE_LIKE = "参公事业单位"
    PUBLIC_INSTITUTION = "事业单位"


class Unit(Model, title="单位"):
    """The unit that publishes."""

    name: Text = Field(alias="名称", description="单位全称，全文都用它")
    nature: UnitNature = Field(alias="性质", description="行政单位、参公事业单位（参照公务员法管理）或事业单位")


class Organisation(Model, title="机构设置"):
    """Internal offices and subordinate units (机构设置)."""

    office_word: Text = Field("科室", alias="机构称谓", description="内设机构怎样称呼：科室、处室、股室等")
    offices: Names = Field((), alias="内设机构", description="内设机构名称，一行一个")
    subordinates: Names = Field((), alias="下属单位", description="下属预算单位名称，没有就不写")


class Headcount(Model, title="人数与比上年增减"):
    """A headcount and its change since last year."""

    count: Count = Field(alias="人数", description="实有人数")
    change: CountChange = Field(0, alias="增减", description="比上年增加的人数；减少写负数，如 -2")


class People(Model, title="人员情况"):
    """The people of a unit by standing."""

    serving: Headcount = Field(alias="在职", description="在职人员")
    retired: Headcount = Field(alias="退休", description="退休人员")
    veteran_retired: Headcount = Field(
        Headcount.model_validate({"人数": "0"}), alias="离休", description="离休人员，没有就不写"
    )

    @property
    def total(self) -> int:
        """实有人数."""
        return self.serving.count + self.retired.count + self.veteran_retired.count


class Staffing(People, title="编制和人员"):
    """Authorised posts and people; a budget states both."""

    posts: Count = Field(alias="编制数", description="批准的编制数")


class FinalProfile(Model, title="单位概况"):
    """Duties, organisation and people, as a final account states them."""

    lead: Text | None = Field(None, alias="职能引言", description="主要职能前面的一段话，没有就不写")
    stated_duties: Duties = Field(
        alias="主要职能",
        description="主要职能，一条一行，不写（一）（二），序号自动编；不分条的直接写成一段文字，照印，不编序号",
    )
    organisation: Organisation = Field(Organisation(), alias="机构设置", description="下属单位和内设机构")
    staffing: People = Field(alias="人员", description="实有人数")

    @property
    def duties(self) -> tuple[str, ...]:
        """主要职能, a paragraph each."""
        stated = self.stated_duties
        return tuple(line.strip() for line in stated.split("\n")) if isinstance(stated, str) else stated

    @property
    def duties_numbered(self) -> bool:
        """Whether they are printed with （一）（二）: a list of more than one."""
        return not isinstance(self.stated_duties, str) and len(self.stated_duties) > 1


class Profile(FinalProfile, title="概况"):
    """Duties, organisation and staff with authorised posts, as a budget states them."""

    staffing: Staffing = Field(alias="人员", description="编制和实有人数")
