"""What the indicators of a final account reached: next year's targets state it as 上年完成值."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.model.final.final_account import FinalAccount

from .facts import Entry, Fact, Measure, Use, Where

REACHED = "上年完成值"


def reached_facts(account: FinalAccount, section: str, way: tuple[str, ...]) -> Iterator[Fact]:
    """The results of all projects that are public, for the project of the same name in a ``section``.

    ``way`` leads from its entry there to the mapping that has the indicators.
    """
    for i, project in enumerate(account.project_evaluations):
        names = [result.third for result in project.results]
        for j, result in enumerate(project.results if not project.secret else ()):
            if names.count(result.third) > 1:
                continue  # which of them is meant cannot be told
            where: Where = (section, Entry("名称", project.name), *way, "指标", Entry("三级", result.third))
            source = ("项目绩效自评", i, "指标", j, "完成值")
            value = result.actual.removeprefix("=")
            what = f"指标“{result.third}”的完成值"
            yield Fact(where, REACHED, value, Measure.TEXT, Use.TAKEN, what, source, code="GK131")
