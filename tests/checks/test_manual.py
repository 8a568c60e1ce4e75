"""Every code has its page: in ``gongkai explain``, in ``gongkai rules``, and in docs/校验规则.md."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner, Result

from gongkai.audit.register import RULES as AUDIT_RULES
from gongkai.checks.budget.rules import RULES
from gongkai.checks.final.rules import RULES as FINAL_RULES
from gongkai.checks.manual import EXAMPLES, HEADINGS, Page, listing, nearest, pages
from gongkai.cli.main import cli
from gongkai.findings import Level
from gongkai.model.schema import input_schema
from gongkai.packs.review.manual import MARK
from gongkai.reports.findings.manual import reference
from support.fixtures import ROOT

SOURCES = [*(ROOT / "src").rglob("*.py")]
QUOTED_CODE = re.compile(r"\"(GK\d{3})\"")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), catch_exceptions=False)


def test_every_code_in_use_has_a_page_and_every_page_a_code():
    used = {code for file in SOURCES for code in QUOTED_CODE.findall(file.read_text(encoding="utf-8"))}
    assert used == set(pages())


@pytest.mark.parametrize("page", pages().values(), ids=pages())
def test_a_page_has_the_four_headings_in_order(page):
    of_audit = page.code in {rule.code for rule in AUDIT_RULES}
    assert tuple(page.texts) == ((*HEADINGS, *EXAMPLES) if of_audit else HEADINGS)
    for text in page.texts.values():
        assert len(text) >= 5
        assert text.endswith("。")
        assert "\n" not in text


def test_a_rule_is_for_the_documents_among_whose_rules_it_is_registered():
    by_kind = {kind: {code for code, page in pages().items() if kind in page.kinds} for kind in ("预算", "决算")}
    assert {rule.code for rule in RULES} <= by_kind["预算"]
    assert {rule.code for rule in FINAL_RULES} <= by_kind["决算"]
    assert {rule.code for rule in RULES} - {rule.code for rule in FINAL_RULES} == {
        rule.code for rule in RULES if pages()[rule.code].kinds == ("预算",)
    }


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({}, "预算、决算"),
        ({"kinds": ("决算",)}, "决算"),
        ({"since": 2025}, "预算、决算，2025 年起"),
        ({"until": 2023}, "预算、决算，2023 年及以前"),
        ({"since": 2020, "until": 2023, "region": "xinjiang"}, "预算、决算，2020—2023 年，限 xinjiang"),
    ],
)
def test_applicability_is_told_in_words(limits, words):
    assert Page("GK499", Level.ERROR, {}, **limits).applicability == words


def test_rules_lists_every_code_in_one_line():
    lines = run("rules").output.splitlines()
    assert [line.split("\t")[0] for line in lines] == sorted(pages())
    assert "GK401\t错误\t预算\t一般公共预算基本支出按科目的合计等于按经济分类的合计。" in lines


def test_rules_as_json_say_the_same():
    data = json.loads(run("rules", "--format", "json").output)
    assert [entry["code"] for entry in data] == sorted(pages())
    [rule] = [entry for entry in data if entry["code"] == "GK401"]
    assert rule == {
        "code": "GK401", "level": "错误", "kinds": ["预算"], "since": None, "until": None, "region": None,
        "applicability": "预算", "summary": pages()["GK401"].summary,
    }  # fmt: skip


def test_explain_prints_the_page_of_each_code_asked_for():
    said = run("explain", "gk401", "GK105").output
    assert said.startswith("GK401　错误　预算\n检查什么：")
    assert "\n\nGK105　错误　预算、决算\n检查什么：" in said
    for heading in HEADINGS:
        assert said.count(f"{heading}：") == 2


def test_explain_shows_what_is_wrong_and_what_is_right_of_a_rule_for_finished_documents():
    said = run("explain", "GK874").output

    assert "\n反例：比上年增长 13.95。\n正例：比上年增长 13.95%。\n" in said


@pytest.mark.parametrize(("typed", "hint"), [("GK4O1", "是否想写 GK401？"), ("预算", "全部代码见 gongkai rules")])
def test_explain_answers_an_unknown_code_with_the_near_one(typed, hint):
    said = run("explain", typed)
    assert said.exit_code == 2
    assert hint in said.output


def test_a_near_code_differs_in_one_character():
    assert nearest("GK4O1") == "GK401"
    assert nearest("GK000") is None


def test_the_manual_of_rules_is_up_to_date():
    """make docs"""
    manual = (ROOT / "docs" / "校验规则.md").read_text(encoding="utf-8")
    assert manual.partition(MARK)[2].strip() == reference().strip()


@pytest.mark.parametrize(("file", "data"), [("model/schema.json", input_schema), ("checks/rules.json", listing)])
def test_what_commands_print_is_up_to_date(file, data):
    """make docs"""
    assert json.loads((ROOT / "src/gongkai" / file).read_text(encoding="utf-8")) == data()


@pytest.mark.parametrize("command", ["schema", "rules"])
def test_what_renders_nothing_loads_no_models(command):
    """Loading them takes longer than all that these commands do."""
    code = (
        "import sys; from gongkai.cli.main import cli; cli([sys.argv[1]], standalone_mode=False); "
        "sys.exit('pydantic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, command], capture_output=True, check=False)

    assert done.returncode == 0
    assert len(done.stdout) > 1000
