"""补充说明: what a pack now declares as a fact is read as that, and a name that is nearly one is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from gongkai.findings import Finding, FindingsError, Level
from gongkai.intake.read import DataFile, read, read_alone
from gongkai.model.own.extend import field_name
from gongkai.produce.models import models_of_packs
from gongkai.produce.unit import Settings, check_unit
from support.fixtures import CLEAN, line_with, write_pack

MANIFEST = """\
名称: 自己
上级: base
校验级别: {GK486: 不查}
事实:
  会议说明: {类型: 文字}
  会议次数: {类型: 数量}
选项: {预算: {部分: [情况说明], 章节: [总体]}, 决算: {部分: [情况说明], 章节: [总体]}}
"""
TEMPLATE = """\
<h2>{{ n }}、总体</h2>
<p>{{ 数据.会议说明 or "" }}{{ 数据.补充说明["重点工作"] | default("没有。") }}</p>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_pack(tmp_path, "own", {"pack.yaml": MANIFEST, "预算/说明/总体.html": TEMPLATE})
    return tmp_path


def file_with(folder: Path, more: str) -> Path:
    file = folder / "单位.yaml"
    file.write_text(f"{CLEAN.read_text(encoding='utf-8')}模板: 自己\n{more}", encoding="utf-8")
    return file


def opened(folder: Path, more: str) -> DataFile:
    return read(file_with(folder, more), models_of_packs([folder]))


def found(folder: Path, more: str) -> list[Finding]:
    findings = check_unit(file_with(folder, more), Settings(folder, pack_folders=[folder])).findings
    return [finding for finding in findings if finding.code in {"GK133", "GK486", "GK489"}]


def test_a_declared_text_in_its_old_place_is_read_as_the_fact(folder):
    file = opened(folder, "补充说明:\n  会议说明: 会议不多\n  重点工作: 办好展会\n")

    model: Any = file.model
    assert getattr(model, field_name("会议说明")) == "会议不多"
    assert model.supplements == {"重点工作": "办好展会"}


def test_that_it_was_is_a_notice_at_its_place(folder):
    more = "补充说明:\n  会议说明: 会议不多\n"

    [notice] = found(folder, more)

    assert (notice.code, notice.level) == ("GK133", Level.HINT)
    assert notice.place.line == line_with(file_with(folder, more).read_text(encoding="utf-8"), "  会议说明")


def test_one_in_its_own_place_is_no_notice(folder):
    assert found(folder, "会议说明: 会议不多\n补充说明: {重点工作: 办好展会}\n") == []


def test_written_twice_is_an_error(folder):
    with pytest.raises(FindingsError) as refused:
        opened(folder, "会议说明: 甲\n补充说明:\n  会议说明: 乙\n")

    assert [finding.code for finding in refused.value.findings] == ["GK117"]


def test_a_file_that_is_converted_has_it_in_its_own_place(folder):
    data, _, _ = read_alone(file_with(folder, "补充说明:\n  会议说明: 会议不多\n"), models_of_packs([folder]))

    assert data["会议说明"] == "会议不多"
    assert "补充说明" not in data


def test_another_pack_reads_it_as_before(folder):
    file = file_with(folder, "补充说明:\n  会议说明: 会议不多\n")

    assert read(file).model.supplements == {"会议说明": "会议不多"}


@pytest.mark.parametrize(
    ("name", "meant"), [("重点工做", "重点工作"), ("会议说名", "会议说明")], ids=["of a template", "of a fact"]
)
def test_a_misspelt_name_is_an_error_with_the_one_that_is_meant(name, meant, folder):
    more = f"补充说明:\n  {name}: 办好展会\n"

    [error] = found(folder, more)

    assert (error.code, error.level) == ("GK489", Level.ERROR)
    assert f"是否想写“{meant}”？" in error.advice
    assert error.place.line == line_with(file_with(folder, more).read_text(encoding="utf-8"), name)


def test_it_may_be_waived(folder):
    waiver = "校验: {豁免: [{代码: GK489, 位置: 补充说明 › 重点工做, 理由: 另一段话}]}"

    [waived] = found(folder, f"补充说明:\n  重点工做: 办好展会\n{waiver}\n")

    assert waived.waived


def test_the_example_has_no_supplements():
    assert "补充说明" not in yaml.safe_load(CLEAN.read_text(encoding="utf-8"))
