"""What a file makes light of is told: what it allows, lowers and switches off, with a count of what that hides."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support.fixtures import Done, example_input, invoked, write_input, write_pack

Data = dict[str, Any]
UNEQUAL = {"基本支出经济分类": {"30101": "1.00"}}
"""The economic items do not add up to what the subjects say: GK401, an error."""


def checked(folder: Path, settings: Data, changes: Data | None = None, *options: str) -> Done:
    data = {**example_input(), **(changes or {}), "校验": settings}
    return invoked("check", write_input(folder, data), *options, cwd=folder)


# --- levels ---


def test_rule_of_sums_is_not_switched_off_without_a_reason(tmp_path):
    run = checked(tmp_path, {"级别": {"GK401": "不查"}}, UNEQUAL)

    assert run.returncode == 1
    assert "错误 GK401" in run.stderr, "it counts as before"
    assert "GK392" in run.stderr
    assert "GK401: {级别: 不查, 理由: …}" in run.stderr


@pytest.mark.parametrize("level", ["警告", "提示", "不查"])
def test_rule_that_is_lowered_with_a_reason_is_told_with_its_count(level, tmp_path):
    run = checked(tmp_path, {"级别": {"GK401": {"级别": level, "理由": "财政局批复如此"}}}, UNEQUAL)

    assert "错误 GK401" not in run.stderr
    assert f"提示 GK750 GK401 由错误改为“{level}”，关系到 1 个问题（理由：财政局批复如此）" in run.stderr


def test_warning_may_be_lowered_in_the_short_form(tmp_path):
    run = checked(tmp_path, {"级别": {"GK426": "不查"}})

    assert "GK392" not in run.stderr
    assert "GK750" not in run.stderr
    assert "不查 GK426 2 个" in run.stdout + run.stderr


def test_reason_that_need_not_be_given_is_told_all_the_same(tmp_path):
    run = checked(tmp_path, {"级别": {"GK426": {"级别": "不查", "理由": "没有这一项"}}})

    assert "提示 GK750 GK426 由警告改为“不查”，关系到 2 个问题（理由：没有这一项）" in run.stderr


def test_rule_may_be_raised_without_a_reason(tmp_path):
    assert "GK392" not in checked(tmp_path, {"级别": {"GK426": "错误"}}).stderr


def test_reason_without_a_level_is_asked_for(tmp_path):
    run = checked(tmp_path, {"级别": {"GK401": {"理由": "财政局批复如此"}}})

    assert run.returncode == 1
    assert "缺少“级别”" in run.stderr


@pytest.mark.parametrize("code", ["GK771", "GK751", "GK101"])
def test_secrecy_is_not_lowered_with_whatever_reason(code, tmp_path):
    run = checked(tmp_path, {"级别": {code: {"级别": "警告", "理由": "没有关系"}}})

    assert run.returncode == 1
    assert "不能改为" in run.stderr


@pytest.mark.parametrize(("level", "refused"), [("提示", True), ("不查", True), ("警告", False)])
def test_pack_makes_no_less_of_an_error_than_a_warning(level, refused, tmp_path):
    manifest = f"名称: 松\n上级: base\n校验级别: {{GK401: {level}}}\n"
    write_pack(tmp_path / "packs", "loose", {"pack.yaml": manifest})
    data = example_input() | UNEQUAL | {"模板": "loose"}
    run = invoked("check", write_input(tmp_path, data), "--pack-dir", tmp_path / "packs", cwd=tmp_path)

    assert ("模板包里只能改为“警告”" in run.stderr) == refused
    assert ("警告 GK401" in run.stderr) != refused


@pytest.mark.parametrize("form", ["json", "sarif", "html", "xlsx", "text"])
def test_every_report_says_what_is_switched_off(form, tmp_path):
    out = tmp_path / f"报告.{form}"
    checked(tmp_path, {"级别": {"GK426": "不查"}}, None, "--format", form, "-o", str(out))

    if form == "json":
        assert json.loads(out.read_text(encoding="utf-8"))["files"][0]["hidden"] == {"GK426": 2}
    elif form == "sarif":
        [hidden] = json.loads(out.read_text(encoding="utf-8"))["runs"][0]["properties"]["hidden"].values()
        assert hidden == {"GK426": 2}
    elif form == "xlsx":
        import zipfile

        with zipfile.ZipFile(out) as book:
            assert "不查 GK426 2 个" in "".join(book.read(name).decode() for name in book.namelist() if "xml" in name)
    else:
        assert "不查 GK426 2 个" in out.read_text(encoding="utf-8")


def test_batch_says_what_is_switched_off(tmp_path):
    data = {**example_input(), "校验": {"级别": {"GK426": "不查"}}}
    (tmp_path / "in").mkdir()
    write_input(tmp_path / "in", data)
    out = tmp_path / "out"
    for _ in range(2):  # also of a unit that an earlier run made
        invoked("batch", tmp_path / "in", "-o", out, "--format", "html", "--workers", "1", "--resume", cwd=tmp_path)
        told = (out / "批量报告.json").read_text(encoding="utf-8")
        assert '"GK426": 2' in told


# --- what may be published ---


@pytest.mark.parametrize("words", ["电", "机关", "a1", "《一》", " 三 公 "])
def test_text_too_short_to_name_anything_is_refused(words, tmp_path):
    run = checked(tmp_path, {"允许公开": [words]})

    if words == "机关" or words == " 三 公 ":  # it may be a person's name
        assert "太短" not in run.stderr
    else:
        assert run.returncode == 1
        assert "太短，说不清允许公开的是什么" in run.stderr


def test_allowed_text_is_told_with_its_count(tmp_path):
    data = example_input()
    data["机关运行经费"]["原因"] += "，咨询电话13800138000"
    data["其他说明"] = ["联系13800138000"]
    run = checked(tmp_path, {"允许公开": ["13800138000", "13900139000"]}, data)

    assert "GK751" not in run.stderr
    assert "提示 GK750 “允许公开”第 1 条盖住了 2 处个人信息、涉密的问题" in run.stderr
    assert "提示 GK750 “允许公开”第 2 条盖住了 0 处" in run.stderr
    assert "13800138000" not in run.stderr


def test_many_allowed_texts_are_told_together(tmp_path):
    run = checked(tmp_path, {"允许公开": [f"{number}" for number in range(13800138000, 13800138030)]})

    assert "“允许公开”的 30 条文字一共盖住了 0 处" in run.stderr
