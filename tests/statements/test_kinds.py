"""The register of kinds: one record, and a pack, are all that a kind of document needs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import pytest
from lxml import html
from pydantic import Field

from gongkai.checks.both import form
from gongkai.checks.budget import balance
from gongkai.checks.rule import Rule
from gongkai.document.contexts import DeclaredTables
from gongkai.kinds import KINDS, Deadline, Kind, Part
from gongkai.model.budget.budget import Budget
from gongkai.output.formats import FORMATS
from gongkai.packs.assembled import AssembledPack
from gongkai.prose.numbers import amount
from gongkai.statements.budget.figures import BudgetFigures
from support.examples import budget_of, example_data
from support.fixtures import invoked, write_input, write_pack

NAME = "预算简表"


class Brief(Budget, title="预算简表"):
    """A budget of which two tables and one section are published."""

    kind: Literal["预算简表"] = Field(alias="文种")  # type: ignore[assignment]


RULES: tuple[Rule, ...] = (
    balance.basic_equals_economic,
    balance.projects_equal_spending,
    form.approval_is_told,
)


def context(shown: Brief, pack: AssembledPack, words: Mapping[str, str]) -> dict[str, Any]:
    figures = BudgetFigures(shown)
    tables = DeclaredTables(figures, pack, words)
    return {"brief": shown, "d": {"total": figures.total}, "tables": tables.published()}


class View:
    """What templates find in ``d``."""

    total: str


BRIEF = Kind(
    name=NAME,
    english="brief-budget",
    deadline=Deadline(0, 6),
    model=Part("test_kinds:Brief"),
    figures=KINDS["预算"].figures,
    public=KINDS["预算"].public,
    facts=KINDS["预算"].facts,
    rules=Part("test_kinds:RULES"),
    context=Part("test_kinds:context"),
    view=Part("test_kinds:View"),
    language=KINDS["预算"].language,
)

PACK = {
    "pack.yaml": f"""\
名称: 简表
上级: base
选项定义:
  {NAME}:
    封面标题: {{含义: 标题, 默认: "{{年度}}年预算简表"}}
    部分: {{含义: 部分, 类型: 清单, 默认: [公开表, 情况说明]}}
    部分标题: {{含义: 标题, 类型: 对照, 默认: {{公开表: 预算简表, 情况说明: 预算说明}}}}
    部分引语: {{含义: 引语, 类型: 对照, 默认: {{}}}}
    表格: {{含义: 各表, 类型: 清单, 默认: [支出总体, 基本支出]}}
    章节: {{含义: 各节, 类型: 清单, 默认: [支出]}}
""",
    f"{NAME}/表格.yaml": """\
支出总体:
  编号: 简表 1
  标题: "{口径}支出表"
  表头左: "编制{口径}：{单位}"
  表头右: "单位：{表格金额单位}"
  栏目:
    - {标目: 科目, 列: 科目名称, 类型: 文字, 宽: 60}
    - {标目: 合计, 列: 合计, 宽: 20}
    - {标目: 项目支出, 列: 项目支出, 宽: 20}
  合计行: {列: 科目名称}
  行集: [{科目树: 支出}]
  列数: {合计: 支出, 项目支出: "支出[性质=项目支出]"}
基本支出:
  编号: 简表 2
  标题: 基本支出表
  表头左: "编制{口径}：{单位}"
  表头右: "单位：{表格金额单位}"
  栏目:
    - {标目: 经济分类, 列: 科目名称, 类型: 文字, 宽: 70}
    - {标目: 合计, 列: 合计, 宽: 30}
  合计行: {列: 科目名称}
  行集: [{经济分类树: 基本支出经济分类}]
  列数: {合计: 基本支出经济分类}
""",
    f"{NAME}/公开表.html": """\
{% from "表格宏.html" import sheet with context %}
{% for table in tables %}{{ sheet(table, contents=table.number ~ "　" ~ table.title) }}{% endfor %}
""",
    f"{NAME}/情况说明.html": """\
{% for section in opt.章节 %}{% include kind ~ "/说明/" ~ section ~ ".html" %}{% endfor %}
""",
    f"{NAME}/说明/支出.html": """\
<h2>一、支出预算说明</h2>
<p>{{ unit.name }}{{ year }}年支出预算{{ amount(d.total) }}万元。</p>
""",
}


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The kind registered, its pack written, and a file of it."""
    monkeypatch.setitem(KINDS, NAME, BRIEF)
    write_pack(tmp_path / "packs", "brief", PACK)
    return write_input(tmp_path, {**example_data(), "文种": NAME, "模板": "brief"})


def test_third_kind_is_written_in_every_format(brief, tmp_path):
    formats = ",".join(FORMATS)
    run = invoked("render", brief, "--format", formats, "-o", tmp_path, "--pack-dir", tmp_path / "packs", cwd=tmp_path)

    assert run.returncode == 0, run.stderr
    page = html.fromstring(brief.with_suffix(".html").read_text(encoding="utf-8")).text_content()
    total = amount(BudgetFigures(budget_of(example_data())).total)
    assert "2024年预算简表" in page
    assert "简表 2　基本支出表" in page
    assert f"2024年支出预算{total}万元。" in page
    for each in FORMATS.values():
        assert brief.with_name(brief.stem + each.ending).stat().st_size > 1000, each.name


def test_third_kind_is_checked_by_its_own_rules_only(brief, tmp_path):
    text = brief.read_text(encoding="utf-8")
    assert "批复日期" not in text
    data = example_data()
    data["基本支出经济分类"] = dict(list(data["基本支出经济分类"].items())[1:])
    write_input(tmp_path, {**data, "文种": NAME, "模板": "brief"}, brief.name)

    run = invoked("check", brief, "--pack-dir", tmp_path / "packs", cwd=tmp_path)

    assert run.returncode == 1
    assert "GK401" in run.stderr
    assert "GK725" in run.stderr
    assert "GK425" not in run.stderr


def test_kind_that_nobody_registered_is_refused(brief, tmp_path, monkeypatch):
    monkeypatch.delitem(KINDS, NAME)

    run = invoked("check", brief, cwd=tmp_path)

    assert run.returncode == 1
    assert "“文种”：不能写“预算简表”" in run.stderr


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_part_of_a_record_is_there(kind):
    parts = [value for value in (getattr(kind, name) for name in kind.__slots__) if isinstance(value, Part)]

    assert len(parts) >= 7
    assert all(part.value is not None for part in parts)
    assert kind.model.value.model_fields["kind"].annotation == Literal[kind.name]
