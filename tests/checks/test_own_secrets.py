"""Facts that a pack declares of projects: of a secret (涉密) one nothing is in any output, or said by the command."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from gongkai.checks.run import check
from gongkai.intake.read import read
from gongkai.produce.models import models_of_packs
from support.fixtures import Data, example_input, gongkai, invoked, write_input, write_pack
from support.secrets import SECRETS, budget, everything, final_account, found_in

FORMATS = ("pdf", "docx", "html", "xlsx", "data", "sources")
OWN = {
    "行动代号": "白鹭行动辰",
    "规模": {"本年": "7654.32", "上年": "6543.21", "规模原因": "白鹭扩建巳"},
    "台数": "86421975",
    "比率": "43.7913",
    "启动日": "2023-11-17",
}
NEEDLES = (
    "白鹭行动辰", "白鹭扩建巳", "7654.32", "7,654.32", "76543200", "6543.21", "6,543.21", "1111.11", "1,111.11",
    "16.98", "86421975", "86,421,975", "43.7913", "43.79", "2023-11-17", "2023年11月17日",
)  # fmt: skip
"""What is written, and what is made of it: sums, growth, dates and figures as they are printed."""
PUBLIC = {
    "行动代号": "喜鹊行动午",
    "规模": {"本年": "17.34", "上年": "15.31", "规模原因": "喜鹊扩建未"},
    "台数": "4321",
    "比率": "37.1234",
    "启动日": "2023-09-13",
}
SEEN = ("喜鹊行动午", "喜鹊扩建未")
MANIFEST = """\
名称: 自己
上级: base
事实:
  行动代号: {类型: 文字, 属于: 项目}
  规模: {类型: 金额, 属于: 项目, 比较: {上年: {原因: 规模原因}}}
  台数: {类型: 数量, 属于: 项目}
  比率: {类型: 比率, 属于: 项目}
  启动日: {类型: 日期, 属于: 项目}
  新增资产: {类型: 金额, 属于: 科目, 文种: [预算]}
  资产用途: {类型: 文字, 属于: 科目, 文种: [预算]}
比较:
  上年执行数: {用于: [科目变动], 文种: [预算], 原因: 执行原因, 必填: 否}
选项:
  预算: {部分: [公开表, 情况说明], 章节: [总体], 表格: [收支总体, 规模表, 资产表]}
  决算: {部分: [情况说明], 章节: [总体]}
"""
TABLES = """\
规模表:
  标题: 项目规模表
  行集: [{项目: 项目资金}]
  列数: {代号: 行动代号, 规模: 规模, 上年: 规模@上年, 台数: 台数, 比率: 比率}
  栏目:
    - {标目: 名称, 列: 项目名称, 类型: 文字, 宽: 20}
    - {标目: 代号, 类型: 文字, 宽: 20}
    - {标目: 规模, 宽: 15}
    - {标目: 上年, 宽: 15}
    - {标目: 台数, 宽: 15}
    - {标目: 比率, 宽: 15}
  合计行: {列: 项目名称}
资产表:
  标题: 资产表
  行集: [{科目: 新增资产}]
  列数: {金额: 新增资产, 用途: 资产用途}
  栏目: [{标目: 编码, 类型: 编码, 宽: 40}, {标目: 用途, 类型: 文字, 宽: 30}, {标目: 金额, 宽: 30}]
  合计行: {列: 编码}
"""
SENTENCES = """\
<h2>{{{{ n }}}}、总体</h2>
{{% for one in 数据.{list} %}}
<p>{{{{ one.名称 }}}}：{{{{ one.行动代号 or "" }}}}{{% if one.规模 %}}，{{{{ 增减(one.规模.本年, one.规模.上年) }}}}，
{{{{ 句(one.规模.规模原因) }}}}{{% endif %}}{{% if one.台数 %}}{{{{ one.台数 }}}}{{% endif %}}
{{% if one.启动日 %}}{{{{ 日期(one.启动日, "{{年}}年{{月}}月{{日}}日") }}}}{{% endif %}}
{{% if one.比率 %}}{{{{ 百分数(one.比率) }}}}{{% endif %}}</p>
{{% endfor %}}
"""
CHANGES = """\
{% for one in 数据.支出 %}<p>{{ one.资产用途 or "" }}{% for fund in one.变动 %}
{{ one.变动[fund].执行原因 or "" }}{% endfor %}</p>{% endfor %}
"""


def documents(kind: str) -> Data:
    """A document with the facts of one secret and one public project, and of a 科目 whose money is all secret."""
    if kind == "final account":
        data = final_account()
        data["项目绩效自评"][2] |= OWN
        data["项目绩效自评"][0] |= PUBLIC
        return data
    data = budget()
    data["项目"][-2] |= OWN
    data["项目"][0] |= PUBLIC
    data["支出"][-1] |= {"新增资产": "3.21", "资产用途": "白鹭用途申"}
    data["支出"][-1]["变动"]["一般公共预算"] |= {"上年执行数": "2.34", "执行原因": "白鹭执行酉"}
    return data


HIDDEN = (*NEEDLES, "白鹭用途申", "白鹭执行酉")


def pack(folder: Path) -> Path:
    files = {"pack.yaml": MANIFEST, "预算/表格.yaml": TABLES}
    for kind, projects, more in (("预算", "项目", CHANGES), ("决算", "项目绩效自评", "")):
        files[f"{kind}/说明/总体.html"] = SENTENCES.format(list=projects) + more
    write_pack(folder, "own", files)
    return folder


@pytest.fixture(scope="module", params=["budget", "final account"])
def published(request, tmp_path_factory) -> tuple[Path, list[Path], str]:
    """The input, its outputs, and everything that the command said."""
    folder = tmp_path_factory.mktemp("own")
    source = write_input(folder, documents(request.param) | {"模板": "自己"}, f"{request.param}.yaml")
    formats = ",".join(FORMATS)
    run = gongkai("render", source, "--pack-dir", pack(folder), "--format", formats, "-o", folder / "out", cwd=folder)
    assert run.returncode == 0, run.stderr
    return source, sorted((folder / "out").iterdir()), run.stdout + run.stderr


def test_none_of_them_is_in_any_output_or_said(published):
    source, paths, said = published

    assert len(found_in("input", source.read_bytes(), HIDDEN)) >= 7
    assert len(paths) == len(FORMATS)
    assert [hit for path in paths for name, data in everything(path) for hit in found_in(name, data, HIDDEN)] == []
    assert found_in("said", said.encode(), HIDDEN) == []


def test_those_of_a_public_project_are_in_all_of_them(published):
    """Or else the test above would be worth nothing."""
    _, paths, _ = published

    for path in paths:
        hits = [hit for name, data in everything(path) for hit in found_in(name, data, SEEN[:1])]
        assert hits or (path.suffix == ".xlsx" and "final" in path.name), path.name


def test_open_data_has_them_under_their_own_names(published):
    _, paths, _ = published
    [package] = [path for path in paths if path.suffix == ".zip"]
    with zipfile.ZipFile(package) as files:
        facts = json.loads(files.read("数据.json"))["事实"]

    projects = facts.get("项目") or facts["项目绩效自评"]
    assert {key: projects[0][key] for key in OWN} == {
        "行动代号": "喜鹊行动午",
        "规模": {"本年": 17.34, "上年": 15.31, "规模原因": "喜鹊扩建未"},
        "台数": 4321,
        "比率": 37.1234,
        "启动日": "2023-09-13",
    }
    assert not any(project["名称"] == SECRETS["名称"] for project in projects)


@pytest.mark.parametrize("ask", ["规模表", "7654.32", "86421975", "白鹭行动辰"])
def test_no_trace_tells_them(ask, tmp_path):
    source = write_input(tmp_path, documents("budget") | {"模板": "自己"})

    run = invoked("trace", source, ask, "--pack-dir", pack(tmp_path), cwd=tmp_path)

    said = (run.stdout + run.stderr).replace(ask, "")
    assert found_in("said", said.encode(), HIDDEN) == []


@pytest.mark.parametrize("text", ["白鹭行动辰", "白鹭扩建巳"])
def test_a_text_that_repeats_one_is_told_and_does_not_repeat_it(text, tmp_path):
    data = documents("budget") | {"模板": "自己"}
    data["机关运行经费"]["原因"] = f"因{text}增加支出"

    run = invoked("check", write_input(tmp_path, data), "--pack-dir", pack(tmp_path), cwd=tmp_path)

    assert "GK771" in run.stderr
    assert text not in run.stderr


@pytest.mark.parametrize(
    ("key", "value"),
    [("台数", "白鹭行动辰"), ("规模", {"本年": "7654.32"}), ("启动日", "2023-13-17"), ("代号", "白鹭行动辰")],
)
def test_a_slip_in_one_does_not_tell_it(key, value, tmp_path):
    data = documents("budget") | {"模板": "自己"}
    data["项目"][-2] |= {key: value}

    run = invoked("check", write_input(tmp_path, data), "--pack-dir", pack(tmp_path), cwd=tmp_path)

    assert run.returncode == 1
    assert found_in("said", (run.stdout + run.stderr).encode(), [*HIDDEN, "2023-13-17"]) == []


def test_no_rule_repeats_one(tmp_path):
    source = write_input(tmp_path, documents("budget") | {"模板": "自己"})
    model = read(source, models_of_packs([pack(tmp_path)])).model

    assert not any(needle in f"{found.message}{found.advice}" for found in check(model) for needle in HIDDEN)


def test_the_example_says_none_of_these_words():
    assert found_in("example", str(example_input()).encode(), [*HIDDEN, *SEEN]) == []
