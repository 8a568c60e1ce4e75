"""Checking takes time in proportion to the file: twice the entries or twice the text is twice the work."""

from __future__ import annotations

import gc
import sys
import time

import pytest
import yaml

from gongkai.checks.budget.rules import RULES
from gongkai.checks.final.rules import RULES as FINAL_RULES
from gongkai.document.compose import render_disclosure
from gongkai.intake import bounds
from gongkai.intake.read import read
from gongkai.model.schema import known
from gongkai.output.data.opendata import open_data
from gongkai.packs.open import open_pack
from gongkai.produce.unit import Settings, check_unit
from gongkai.source.tree import parse
from gongkai.statements.figures import figures_of
from support.examples import EXAMPLE
from support.fixtures import one_of

BUDGET = EXAMPLE.with_name("shili-ju-2024-budget.yaml")
FINAL = EXAMPLE.with_name("shili-ju-2024-final.yaml")
EXAMPLES = {"预算": BUDGET, "决算": FINAL}
LINKS = ("上年文件", "上年决算文件", "预算文件", "校验")


def data_of(kind):
    data = dict(parse(EXAMPLES[kind].read_text(encoding="utf-8"), kind, known()).data)
    return {key: value for key, value in data.items() if key not in LINKS}


def lists_of(value, path=()):
    """The way to every list of a file, into the first entry of each."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from lists_of(child, (*path, key))
    elif isinstance(value, list) and value:
        yield path
        yield from lists_of(value[0], (*path, 0))


def copy_of(value):
    if isinstance(value, dict):
        return {key: copy_of(child) for key, child in value.items()}
    return [copy_of(child) for child in value] if isinstance(value, list) else value


def another(entry, number):
    """An entry like this one, with a name and a code of its own."""
    if isinstance(entry, str):
        return f"{entry}之{number}"
    new = copy_of(entry)
    for key in ("名称", "三级"):
        if key in new:
            new[key] = f"{new[key]}之{number}"
    if isinstance(new.get("科目"), str):
        new["科目"] = f"{2010101 + number * 7919 % 39000:07d}"
    return new


def grown(kind, path, more):
    data = copy_of(data_of(kind))
    entries = data
    for step in path:
        entries = entries[step]
    entries += [another(entries[-1], number) for number in range(more)]
    return data


def written(data, file):
    file.write_text(yaml.dump(data, allow_unicode=True, sort_keys=False, width=10**9, Dumper=yaml.CSafeDumper), "utf-8")
    return file


def checked(file):
    check_unit(file, Settings(file.parent))


def printed(file):
    """Made whatever the rules say of it."""
    model = read(file).model
    assert model is not None
    rendered = render_disclosure(model, open_pack("base", model.kind, model.year))
    assert open_data(rendered)


def work(act, file):
    """How many calls it takes to do something with a file, those of the libraries among them."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in {"call", "c_call"}

    gc.collect()
    gc.disable()  # what earlier tests left behind is no work of this file
    sys.setprofile(count)
    try:
        act(file)
    finally:
        sys.setprofile(None)
        gc.enable()
    return calls


def steps(act, file):
    """How many lines of the product and of its libraries are run, each turn of a loop counted."""
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        count += event == "line"
        return trace

    gc.disable()
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        act(file)
    finally:
        sys.settrace(before)
        gc.enable()
    return count


LISTS = {f"{kind}-{'-'.join(map(str, path))}": (kind, path) for kind in EXAMPLES for path in lists_of(data_of(kind))}


@pytest.mark.parametrize("name", one_of(4, LISTS))
def test_more_entries_are_so_much_more_work(tmp_path, name):
    kind, path = LISTS[name]
    file = tmp_path / "单位.yaml"
    # The first is not counted: what a process loads and keeps is no work of a file.
    _, some, more, most = (work(checked, written(grown(kind, path, number), file)) for number in (5, 5, 15, 45))
    assert most - more < 3 * (more - some) * 1.3


@pytest.mark.slow
@pytest.mark.parametrize("name", LISTS)
def test_more_entries_are_so_much_more_to_print(tmp_path, name):
    """Every entry is a row of some tables: none goes over all the others again."""
    kind, path = LISTS[name]
    file = tmp_path / "单位.yaml"
    _, some, more, most = (steps(printed, written(grown(kind, path, number), file)) for number in (5, 20, 80, 320))
    assert most - more < 4 * (more - some) * 1.3


WORDS = """
1 1, 1. 1- a a@ 1234@ a. （ ( 甲(甲 ） 《 《甲 《甲甲 “ 【 [ 〔2024 × ＸX _ … 。 ， 、 - — = % { } < <= 甲
甲乙 的 一 十 第 减少 增加 持平 新增 无 没有 上年 比上年 比上年减少1 2023年 2024 1万元 万元 本年 本年项目 项目
预算 数 单位 局 县 市某局 主要原因是 导致 严控 退休 压减比例 人 3人 在职 车辆 共 计划 总计 安排 资金 总投资 分年
实施 习近平 《中华人民共和国 党委 任务 正常 完成 待 请 0991- 账号 身份证 办〔 号 12345678 13 正 两年 决算 预算数
甲： 甲: ① 1、 （一） 1）
"""
UNITS = (*WORDS.split(), "1 ", " ", "　")
"""Of what the patterns of the rules look for, and what they go over while they look."""


def with_texts(kind, length):
    """A file that says each of these over and over, wherever it may say something."""
    data = copy_of(data_of(kind))
    said = [(unit * length)[:length] for unit in UNITS]
    texts = [text.strip() or "甲" for text in [*(f"甲{one}" for one in said), *(f"{one}甲" for one in said)]]
    data["其他说明"] = list(texts)
    data["概况"]["主要职能"] = list(texts)
    entries, changes = ("支出", "变动") if kind == "预算" else ("科目收支", "变动")
    model = next(entry for entry in data[entries] if "一般公共预算" in entry.get(changes, {}))
    for number, text in enumerate(texts):
        entry = another(model, number)
        entry[changes]["一般公共预算"]["原因"] = text
        data[entries].append(entry)
    if kind == "预算":
        data["项目"] += [
            {**copy_of(data["项目"][0]), "名称": f"甲{i}", "政策依据": t, "资金分配": t} for i, t in enumerate(texts)
        ]
    return data


def seconds_by_rule(kind, length, file):
    model = read(written(with_texts(kind, length), file)).model
    figures = figures_of(model)
    spent = {}
    for rule in RULES if kind == "预算" else FINAL_RULES:
        start = time.process_time()
        for _ in rule.findings(figures):
            pass
        spent[rule.code] = time.process_time() - start
    return spent


@pytest.mark.slow
@pytest.mark.parametrize("kind", EXAMPLES)
def test_longer_texts_are_so_much_more_work_for_every_rule(tmp_path, kind, monkeypatch):
    monkeypatch.setattr(bounds, "MOST_CHARACTERS", 10**7)
    short, long = (seconds_by_rule(kind, length, tmp_path / "单位.yaml") for length in (800, 6000))
    grown = {code: (short[code], long[code]) for code in long if long[code] > 0.2 + 7.5 * 1.8 * short[code]}
    assert not grown
