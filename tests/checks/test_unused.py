"""What a clerk writes is printed, or she is told that it is not: neither lost in silence nor blamed falsely.

Every text of a file is replaced by a mark of its own, the document is made, and the marks are looked for.
"""

from __future__ import annotations

import copy
from pathlib import Path as File
from typing import Any

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from gongkai.checks.run import check
from gongkai.checks.subjects.texts import texts
from gongkai.document.compose import render_disclosure
from gongkai.document.unprinted import settled
from gongkai.findings import Finding, Path
from gongkai.model.disclosure import Disclosure
from gongkai.packs.open import open_pack
from gongkai.produce.unit import Settings, check_unit
from gongkai.statements.figures import figures_of
from support.examples import budget_of
from support.fixtures import ROOT, write_input, write_pack
from support.pairs import pairs
from support.strategies import budgets
from support.strategies_final import account_of, file_data, final_accounts

Data = dict[str, Any]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
BUDGET, FINAL = (ROOT / "examples" / f"shili-ju-2024-{kind}.yaml" for kind in ("budget", "final"))
PACKS = ("base", "xinjiang", "kezhou", "changji", "bozhou", "waisheng")

ONLY_CHECKED = {
    ("项目", "#", "名称"): "a project that no table lists is held against 支出 by its money, and named in messages",
    ("项目绩效自评", "#", "指标", "#", "依据"): "the file may have it for the form of another year",
}
"""Texts that need not be printed, and why nobody is told."""


def model_of(data: Data) -> Disclosure:
    return budget_of(data) if data["文种"] == "预算" else account_of(data)


def pattern(path: Path) -> tuple[str, ...]:
    return tuple("#" if isinstance(step, int) else step for step in path)


def marked(data: Data) -> tuple[Data, dict[Path, str]]:
    """The same file with a mark for every text that may be published."""
    data = copy.deepcopy(data)
    marks = {text.path: f"记{n:04d}号" for n, text in enumerate(texts(figures_of(model_of(data))))}
    for path, mark in marks.items():
        holder: Any = data
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = mark
    return data, marks


def told(findings: list[Finding], path: Path) -> bool:
    """Whether a finding says that the text at a path is not printed; one may stand for all like it."""
    for finding in findings:
        if finding.code == "GK487" and path[:2] == finding.path:
            return True
        if finding.code in {"GK439", "GK486"} and finding.path == path:
            return True
        if finding.code == "GK486" and "另有" in finding.message and pattern(finding.path) == pattern(path):
            return True
    return False


def unlike(data: Data, name: str) -> list[str]:
    """The texts that are lost in silence, or said to be lost and printed, in one pack."""
    marks_in, marks = marked(data)
    model = model_of(marks_in)
    pack = open_pack(name, model.kind, model.year)
    document = render_disclosure(model, pack).html
    findings = settled(check(model, pack.regions), figures_of(model), pack)
    blamed = {finding.path for finding in findings if finding.code == "GK486"}
    wrong = []
    for path, mark in marks.items():
        lost = mark not in document
        if lost and not told(findings, path) and pattern(path) not in ONLY_CHECKED:
            wrong.append(f"{path} is lost in silence")
        if not lost and path in blamed:
            wrong.append(f"{path} is printed all the same")
    return wrong


ORPHANS: dict[str, Data] = {
    "预算": {
        "补充说明": {"重点工作": "办好展会", "没有这一段": "没有用到"},
        "支出用途": {"205": "教师工资"},
        "科目名称": {"2050199": "另一个名称", "201": "又一个名称"},
        "收入": {"国有资本经营预算": {"上年": "0", "原因": "未安排"}},
        "未公开绩效目标原因": "由援疆单位填报",
    },
    "决算": {
        "补充说明": {"没有这一段": "没有用到"},
        "科目名称": {"2050199": "另一个名称"},
        "总体变动": {"国有资本经营预算": {"上年": "0", "原因": "未安排", "差异原因": "未安排"}},
    },
}
"""What goes beyond what the random files write: nothing belongs to it, or perhaps something."""


def with_orphans(data: Data) -> Data:
    data = copy.deepcopy(data)
    for section, more in ORPHANS[data["文种"]].items():
        if isinstance(more, dict):
            data[section] = {**more, **data.get(section, {})}
        else:
            data.setdefault(section, more)
    if data["文种"] == "预算":
        data["支出"].append({"科目": "2060199", "变动": {"一般公共预算": {"上年": "0", "原因": "两年都没有"}}})
        for project in data.get("项目", []):
            project.setdefault("政策依据", "某文件")
            project.setdefault("承担单位", "某中心")
        if "整体绩效目标" in data:
            data["整体绩效目标"] |= {"联系人": "×××", "联系电话": "×××"}
    return data


@given(data=st.one_of(budgets(), final_accounts()), orphans=st.booleans(), pack=st.sampled_from(PACKS))
@example(data=file_data(BUDGET), orphans=True, pack="waisheng")
@example(data=file_data(BUDGET), orphans=True, pack="changji")
@example(data=file_data(FINAL), orphans=True, pack="base")
@settings(max_examples=40)
def test_every_text_is_printed_or_told(data, orphans, pack):
    assert unlike(with_orphans(data) if orphans else data, pack) == []


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_nothing_in_the_examples_is_unused(file: File, tmp_path):
    found = check_unit(file, Settings(tmp_path)).findings
    assert not {finding.code for finding in found} & {"GK221", "GK446", "GK447", "GK486", "GK487", "GK488"}


def messages(folder: File, data: Data, code: str, pack: str = "base") -> list[str]:
    findings = check_unit(write_input(folder, data), Settings(folder, pack=pack, pack_folders=(folder,))).findings
    return [finding.message for finding in findings if finding.code == code]


def test_a_pack_that_prints_a_line_of_nothing_is_not_told_that_it_does_not(tmp_path):
    """Some say the reason also where neither year has anything."""
    data = file_data(ROOT / "examples" / "minimal-budget.yaml")
    data["支出变动"]["项目支出"] = {"上年": "0", "原因": "两年均未安排项目支出"}
    assert len(messages(tmp_path, data, "GK486")) == 1
    section = "<p>项目支出{{ amount(d.project.amount) }}万元，主要原因是{{ sentence(d.project.reason) }}。</p>"
    write_pack(tmp_path, "always", {"pack.yaml": "名称: 总是\n上级: base\n", "预算/说明/支出.html": section})
    assert messages(tmp_path, data, "GK486", "always") == []


def test_a_pack_says_once_what_it_leaves_out(tmp_path):
    [basis, use, period] = messages(tmp_path, file_data(BUDGET), "GK486", "waisheng")
    assert basis == "“项目 › 第1条 › 政策依据”写了，但没有印出来：本模板包不印（另有 4 处）"
    assert ("资金分配" in use, "执行时间" in period) == (True, True)


def test_a_pack_without_the_projects_says_that_it_leaves_out_who_bears_them(tmp_path):
    data = file_data(BUDGET)
    for project in data["项目"]:
        project.pop("绩效目标", None)
        project["承担单位"] = "某中心"
    data["未公开绩效目标原因"] = "由主管部门填报"

    assert any("承担单位" in message for message in messages(tmp_path, data, "GK486", "waisheng"))


def test_a_pack_without_the_prose_says_that_no_reason_is_printed(tmp_path):
    """A whole part is left out: nothing of its sections is printed, though their templates are there."""
    write_pack(tmp_path, "bare", {"pack.yaml": "名称: 光\n上级: base\n选项:\n  部分: [概况, 公开表]\n"})

    told = messages(tmp_path, file_data(BUDGET), "GK486", "bare")
    assert any("支出用途" in message for message in told)
    assert any("资金分配" in message for message in told)


def test_what_comes_from_a_named_file_is_not_told_to_be_unused(tmp_path):
    """The clerk of a final account did not write the offices that stand in the budget: nobody tells her of them."""
    write_pack(tmp_path, "bare", {"pack.yaml": "名称: 光\n上级: base\n", "决算/概况.html": "<p>略。</p>"})
    write_input(tmp_path, file_data(BUDGET), "预算.yaml")
    data = file_data(FINAL)
    assert any("内设机构" in message for message in messages(tmp_path, data, "GK486", "bare"))

    del data["概况"]["机构设置"]
    assert messages(tmp_path, {**data, "预算文件": "预算.yaml"}, "GK486", "bare") == []


BARE = """\
名称: 光
上级: base
选项:
  部分: [公开表]
  决算部分: [报表]
  表格: [收支总体]
  决算表格: [收支总表]
"""
"""A pack that prints next to nothing, so that whatever may be blamed is blamed."""


def not_hers(folder: File, data: Data) -> list[str]:
    """What a clerk is told to have written in vain, and has not written."""
    settings = Settings(folder, pack="bare", pack_folders=(folder,))
    told = [
        f for f in check_unit(write_input(folder, data), settings).findings if f.code in {"GK486", "GK487", "GK488"}
    ]
    return [finding.message for finding in told if not stands(data, finding.path)]


def stands(data: Any, path: Path) -> bool:
    """Whether something is written at a path of a file; entries of a list are as the list."""
    for step in path:
        if step not in (range(len(data)) if isinstance(data, list) else data):
            return False
        data = data[step]
    return True


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> File:
    folder = tmp_path_factory.mktemp("named")
    write_pack(folder, "bare", {"pack.yaml": BARE})
    return folder


PLANNED: Data = {"主要职能": ["履职。"], "机构设置": {"内设机构": ["办公室", "业务科"], "下属单位": ["某站"]}}


@given(pair=pairs())
@settings(max_examples=12, phases=(Phase.generate,))
def test_nobody_is_blamed_for_what_the_budget_supplies(bare, pair):
    budget, final = pair
    write_input(bare, budget | {"概况": budget["概况"] | PLANNED}, "预算.yaml")
    for evaluation in (final.get("整体绩效自评", {}), *final.get("项目绩效自评", ())):
        for result in (evaluation, *evaluation.get("指标", ())):
            for key in ("预期目标", "依据", "赋分规则", "佐证", "上年完成值"):
                result.pop(key, None)
    final["概况"] = {"人员": final["概况"]["人员"]}
    assert not_hers(bare, final) == []


def test_nobody_is_blamed_for_what_the_budget_of_the_example_supplies(bare):
    """Offices and targets with their 赋分规则 and 佐证 are the budget's."""
    write_input(bare, file_data(BUDGET), "预算.yaml")
    final = file_data(FINAL) | {"预算文件": "预算.yaml"}
    final["概况"].pop("机构设置")
    for evaluation in final["项目绩效自评"]:
        for result in evaluation["指标"]:
            for key in ("依据", "赋分规则", "佐证", "上年完成值"):
                result.pop(key, None)
    assert not_hers(bare, final) == []


def test_nobody_is_blamed_for_what_last_year_supplies(bare):
    """Every figure of last year and every reached target comes from files that she names."""
    write_input(bare, file_data(BUDGET), "去年.yaml")
    write_input(bare, file_data(FINAL), "去年决算.yaml")
    later = without_priors(file_data(BUDGET)) | {"年度": "2025", "公开日期": "2025-02-20", "批复日期": "2025-02-08"}
    assert not_hers(bare, later | {"上年文件": "去年.yaml", "上年决算文件": "去年决算.yaml"}) == []


def without_priors(data: Any) -> Any:
    """The same file, with nothing of last year but the reasons."""
    if isinstance(data, dict):
        return {key: without_priors(value) for key, value in data.items() if key not in {"上年", "上年完成值"}}
    return [without_priors(value) for value in data] if isinstance(data, list) else data


def test_what_is_hers_is_told_in_such_a_pack(bare):
    """The tests above would not pass for want of findings."""
    told = check_unit(write_input(bare, file_data(BUDGET)), Settings(bare, pack="bare", pack_folders=(bare,))).findings
    unprinted = {pattern(finding.path) for finding in told if finding.code == "GK486"}
    assert len(unprinted) > 10
    assert ("项目", "#", "绩效目标", "指标", "#", "佐证") in unprinted  # no section prints the form of the projects


def test_what_a_pack_leaves_out_is_not_asked_for(tmp_path):
    data = file_data(BUDGET)
    del data["项目"][0]["政策依据"]
    assert len(messages(tmp_path, data, "GK422")) == 1
    assert messages(tmp_path, data, "GK422", "waisheng") == []


def test_a_unit_without_money_of_the_general_budget_need_not_compare_it(tmp_path):
    data = file_data(ROOT / "examples" / "minimal-final.yaml")
    data["科目收支"][0] = {"科目": "2010301", "基本支出": {"其他资金": "310000"}, "收入": {"事业收入": "310000"}}
    data["基本支出经济分类"] = {}
    explained = data["总体变动"].pop("一般公共预算")
    assert not messages(tmp_path, data, "GK454")
    data["总体变动"]["一般公共预算"] = explained | {"上年": "0", "年初预算": "0"}
    [reason, difference] = messages(tmp_path, data, "GK486")
    assert reason.startswith(
        "“总体变动 › 一般公共预算 › 原因”写了，但没有印出来：一般公共预算本年、上年和年初预算都是 0"
    )
    assert "差异原因" in difference


def test_a_supplement_that_the_pack_prints_is_used(tmp_path):
    data = file_data(BUDGET)
    data["补充说明"] = {"重点工作": "办好展会", "重点工做": "办好展会"}
    assert messages(tmp_path, data, "GK486") != []
    assert [m for m in messages(tmp_path, data, "GK486", "waisheng") if "补充说明" in m] == []
    assert messages(tmp_path, data, "GK489", "waisheng") == [
        "“补充说明”里的“重点工做”没有印出来：所用的模板包没有这个名称"
    ]


def test_a_supplement_like_none_that_the_pack_knows_is_one_warning(tmp_path):
    data = file_data(BUDGET)
    data["补充说明"] = {"防汛抗旱": "备好物资"}
    assert messages(tmp_path, data, "GK489", "waisheng") == []
    [told_here] = [m for m in messages(tmp_path, data, "GK486", "waisheng") if "补充说明" in m]
    assert told_here.startswith("“补充说明 › 防汛抗旱”写了，但没有印出来")


def test_what_is_secret_is_never_told_to_be_unprinted(tmp_path):
    data = file_data(BUDGET)
    found = check_unit(write_input(tmp_path, data), Settings(tmp_path)).findings
    secret = [i for i, project in enumerate(data["项目"]) if project.get("涉密")]
    assert secret
    assert not [f for f in found if f.code == "GK486" and f.path[:2] in {("项目", i) for i in secret}]


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("政府采购: {货物: 0}", "政府采购: {货物: 0, 工程: }", "政府采购 › 工程"),
        ('"30201": 23000.00', '"30201": 23000.00\n  "30202":', "基本支出经济分类 › 30202"),
        (
            "因公出国（境）费: {原因",
            "因公出国（境）费: {一般公共预算: , 原因",
            "三公经费 › 因公出国（境）费 › 一般公共预算",
        ),
        ("退休: {人数: 0}", "退休: {人数: 0, 增减: }", "概况 › 人员 › 退休 › 增减"),
        ("国有资产: {房屋: {面积: 0}}", "国有资产: {房屋: {面积: 0}, 50万元以上设备: }", "国有资产 › 50万元以上设备"),
    ],
)
def test_a_name_without_a_figure_is_asked_about(tmp_path, before, after, place):
    text = (ROOT / "examples" / "minimal-budget.yaml").read_text(encoding="utf-8")
    file = tmp_path / "单位预算.yaml"
    file.write_text(text.replace(before, after), encoding="utf-8")
    [asked] = [f for f in check_unit(file, Settings(tmp_path)).findings if f.code == "GK221"]
    assert asked.message == f"“{place}”没有填写，将印出 0"


@pytest.mark.parametrize("name", ["模板年度:", "批复日期:", "核定数: {收支总计: }", "其他说明:", "金额上限:"])
def test_a_name_of_what_is_no_figure_may_stay_without_one(tmp_path, name):
    text = (ROOT / "examples" / "minimal-budget.yaml").read_text(encoding="utf-8")
    file = tmp_path / "单位预算.yaml"
    file.write_text(f"{text}\n{name}\n", encoding="utf-8")
    assert not [f for f in check_unit(file, Settings(tmp_path)).findings if f.code == "GK221"]
