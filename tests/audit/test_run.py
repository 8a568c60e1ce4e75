"""One mistake with all that comes of it; what could not be read; which pack fits."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from gongkai.audit.cover import own_name
from gongkai.audit.fitting import fitting
from gongkai.audit.recognise import UNREAD
from gongkai.audit.rule import Fault, audit_rule
from gongkai.audit.run import audit, under_causes
from gongkai.findings import Level, Place
from support.small_documents import COVER, SPENDING, TABLES, audited

CELL, TOTAL = Place("公开.pdf", 5, 2, "收支总表", 1, 7), Place("公开.pdf", 9, 2, "收支总表", 1, 7)
TEXT = Place("公开.pdf", page=12, paragraph=30, column=4)


def ruled(code: str, level: Level, *faults: Fault):
    return [*audit_rule(code, "请核对", level)(lambda document: faults).findings(audited("甲"))]


def test_faults_of_one_cause_are_one_finding_led_by_what_stands_at_the_cause():
    pairs = [
        *ruled("GK801", Level.ERROR, Fault(TOTAL, "合计不等", Decimal(3), Decimal(2), cause=CELL)),
        *ruled("GK806", Level.ERROR, Fault(CELL, "这个数不对", Decimal(1), Decimal(2))),
        *ruled("GK841", Level.WARNING, Fault(TEXT, "文字不符", cause=CELL)),
    ]

    [found] = under_causes(pairs)
    assert (found.code, found.message, found.difference) == ("GK806", "这个数不对", Decimal(-1))
    assert [each.code for each in found.consequences] == ["GK801", "GK841"]


def test_the_gravest_leads_where_nothing_stands_at_the_cause_itself():
    pairs = [
        *ruled("GK841", Level.WARNING, Fault(TEXT, "文字不符", cause=CELL)),
        *ruled("GK801", Level.ERROR, Fault(TOTAL, "合计不等", cause=CELL)),
    ]

    [found] = under_causes(pairs)
    assert (found.code, [each.code for each in found.consequences]) == ("GK801", ["GK841"])


def test_faults_at_one_place_without_a_cause_stay_apart():
    pairs = [*ruled("GK871", Level.ERROR, Fault(TEXT, "没有填完")), *ruled("GK873", Level.WARNING, Fault(TEXT, "标点"))]

    assert [(found.code, found.consequences) for found in under_causes(pairs)] == [("GK871", ()), ("GK873", ())]


def test_a_table_that_is_not_known_is_said_once_and_never_guessed():
    strange = [["各单位车辆情况一览"], ["车型", "辆"], ["轿车", "2"]]

    found = [each for each in audit(audited(*COVER, TABLES, strange)) if each.code == UNREAD]
    assert [(each.level, each.place.paragraph) for each in found] == [(Level.HINT, 4)]
    assert found[0].message == "读不出：“各单位车辆情况一览”不像任何一张公开表"


def test_kind_year_unit_and_scope_come_from_the_tables_or_else_from_the_cover():
    tables = audited(*COVER, TABLES, SPENDING).tables
    assert (tables.kind, tables.year, tables.unit_name, tables.scope) == ("预算", 2024, "示例县商务局", "部门")

    tables = audited("示例县商务局2023年度单位决算", "本单位没有收入。").tables
    assert (tables.kind, tables.year, tables.scope) == ("决算", 2023, "单位")


def test_whose_a_document_is_stands_on_its_cover_in_one_line_or_two_or_else_in_its_tables():
    assert own_name(audited("示例县审计局2024年度单位决算")) == "示例县审计局"
    of_district = [[[cell.replace("示例县", "示例市青山区") for cell in row] for row in t] for t in (TABLES, SPENDING)]
    assert own_name(audited("示例市青山区", "商务局", "2024年部门预算", *of_district)) == "示例市青山区商务局"
    assert own_name(audited("2024年部门预算", TABLES, SPENDING)) == "示例县商务局"
    assert own_name(audited("2024年部门预算")) == ""


def test_a_document_that_is_like_no_pack_has_none():
    document = audited(*COVER, TABLES)

    assert document.pack is None
    assert fitting("本部门的情况说明。", "预算", 2024, "部门") is None


def test_of_one_rule_so_many_are_told_as_anybody_reads():
    many = [Fault(replace(TEXT, column=number), f"第 {number} 处") for number in range(250)]
    rule = audit_rule("GK873", "请核对", Level.WARNING)(lambda document: many)

    found = audit(audited("甲"), [rule])
    assert len(found) == 201
    assert found[-1].message == "从这里起还有 50 处同样的问题，不再一一列出；如：第 200 处"
    assert found[-1].place.column == 200
