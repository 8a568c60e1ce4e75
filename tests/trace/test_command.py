"""``gongkai trace``: its words, its JSON, its exit codes, and what of secrets and of wrong files it does not tell.

``pytest --update-golden`` writes the golden files anew.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongkai.cli.main import cli
from gongkai.packs.review.manual import MARK
from gongkai.reports.trace import KEYS, reference
from support.fixtures import CLEAN, EXAMPLE, ROOT, example_input, write_input
from support.secrets import SECRETS, budget
from support.traced import as_book

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "trace"
ASKED = {
    "kezhou-swj-2024-budget": ("表5:合计:基本支出", "287.46", "机关运行经费财政拨款预算"),
    "shili-ju-2024-budget": ("表1:合计:收入", "表7:合计", "表10:合计", "房屋"),
    "shili-ju-2024-final": ("公开04表:合计", "表1:本年收入合计", "涉密项目"),
    "minimal-final": ("表1:总计",),
}


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are named as they are given, so that golden words hold on every machine."""
    monkeypatch.chdir(ROOT)


def trace(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["trace", *map(str, arguments)], catch_exceptions=False)


@pytest.mark.parametrize("name", ASKED)
def test_it_prints_the_golden_words(name, golden):
    run = trace(f"examples/{name}.yaml", *ASKED[name])
    assert run.exit_code == 0, run.output
    assert run.stdout == golden.text(GOLDEN / f"{name}.txt", run.stdout)


def test_it_prints_the_golden_json(golden):
    run = trace("examples/kezhou-swj-2024-budget.yaml", "表5:合计:基本支出", "没有的", "--format", "json")
    assert run.exit_code == 1
    assert run.stdout == golden.text(GOLDEN / "kezhou-swj-2024-budget.json", run.stdout)
    data = json.loads(run.stdout)
    [found] = data["asked"][0]["found"]
    assert sum(Decimal(one["amount"]) * one["count"] for one in found["addends"]) == Decimal(found["total"])
    assert data["asked"][1]["found"] == []
    assert data["asked"][1]["near"]


def test_every_key_of_the_json_is_in_the_manual():
    data = json.loads(trace("examples/kezhou-swj-2024-budget.yaml", "表5:合计", "--format", "json").stdout)
    [first, *_] = data["asked"][0]["found"]
    words = " ".join(KEYS)
    assert [key for key in (*data, *data["asked"][0], *first, *first["addends"][0]) if key not in words] == []


def test_the_manual_is_up_to_date():
    """make docs"""
    manual = (ROOT / "docs" / "数的出处.md").read_text(encoding="utf-8")
    assert manual.partition(MARK)[2].strip() == reference().strip()


def test_what_the_manual_shows_is_what_the_command_prints():
    run = trace("examples/kezhou-swj-2024-budget.yaml", "表5:合计:基本支出")
    shown = run.stdout.replace("examples/kezhou-swj-2024-budget.yaml", "商务局.yaml")
    assert shown in (ROOT / "docs" / "数的出处.md").read_text(encoding="utf-8")


def test_places_of_a_workbook_are_cells(tmp_path):
    run = trace(as_book(EXAMPLE, tmp_path), "表5:合计:项目支出")
    assert run.exit_code == 0, run.output
    assert "kezhou-swj-2024-budget.xlsx 支出!" in run.stdout
    assert "支出 › 第3条 › 项目支出 › 一般公共预算（2011399 其他商贸事务支出）" in run.stdout


def test_the_approved_total_is_told_where_it_is_printed_instead(tmp_path):
    data = example_input() | {"核定数": {"收支总计": "1046.83"}}
    run = trace(write_input(tmp_path, data), "表1:合计:收入")
    assert run.exit_code == 0, run.output
    assert "印的是核定数 1,046.83，不印合计 1,046.82" in run.stdout
    assert "核定数 › 收支总计" in run.stdout


def test_rounding_is_told(tmp_path):
    data = example_input()
    data["支出"][0]["基本支出"]["一般公共预算"] = "287.463"
    run = trace(write_input(tmp_path, data), "表5:2011301:基本支出")
    assert "准确数 287.463 四舍五入，印 287.46" in run.stdout


def test_a_file_that_does_not_pass_is_traced_all_the_same(tmp_path):
    data = example_input() | {"核定数": {"收支总计": "2000"}}
    run = trace(write_input(tmp_path, data), "表1:合计:收入")
    assert run.exit_code == 0
    assert "核对没有通过" in run.stderr
    assert "＝1,046.82" in run.stdout


def test_a_file_that_cannot_be_read_is_told_as_check_tells_it(tmp_path):
    file = tmp_path / "单位.yaml"
    file.write_text("文种: 预算\n年度: 二〇二四\n", encoding="utf-8")
    run = trace(file, "表1")
    assert run.exit_code == 1
    assert "查不了" in run.stderr
    assert "GK" in run.stderr
    assert run.stdout == ""


def test_what_is_not_found_is_told_with_what_is_near():
    run = trace(CLEAN, "表5:合什")
    assert run.exit_code == 1
    assert run.stderr.startswith("没有找到“表5:合什”；相近的行：")


WHOLE = [*(f"表{number}" for number in range(1, 20)), "万元", "项目", "涉密"]


@pytest.mark.parametrize("form", ["text", "json"])
def test_nothing_of_a_secret_project_is_told(tmp_path, form):
    file = write_input(tmp_path, budget())
    run = trace(file, *WHOLE, "--format", form)
    assert "涉密项目（不显示）" in run.stdout
    assert [word for word in SECRETS.values() if word in run.output] == []
    lines = [number for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1) if "夜莺" in line]
    first, last = min(lines[-20:]), max(lines)
    told = [number for number in range(first, last + 1) if f"{file.name}:{number}:" in run.stdout]
    assert told == []


def test_a_sentence_that_tells_a_secret_is_not_shown(tmp_path):
    data = budget()
    data["支出变动"]["项目支出"]["原因"] = f"新增{SECRETS['名称']}"
    run = trace(write_input(tmp_path, data), "项目支出")
    assert run.exit_code == 1
    assert "GK771" in run.stderr
    assert [word for word in SECRETS.values() if word in run.output] == []
