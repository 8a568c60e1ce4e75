"""The JSON Schema that an editor completes and checks with: it must say what the reader says."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from gongkai.model.schema import input_schema, kind_schema, known
from gongkai.source.tree import parse
from support.examples import EXAMPLE, ROOT, Data

CHINESE = re.compile(r"[\u4e00-\u9fff]")
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


class EditorLoader(yaml.CSafeLoader):
    """YAML as editors read it (YAML 1.2): numbers are numbers, but a date is text."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

SCHEMA = input_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


@cache
def _loaded(path: Path) -> Data:
    data: Data = yaml.load(path.read_text(encoding="utf-8"), Loader=EditorLoader)
    return data


def loaded(path: Path = EXAMPLE) -> Data:
    """A file as an editor reads it, for a test to change as it likes."""
    return copy.deepcopy(_loaded(path))


def complaints(data: Data) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(data)]


def with_value(value: object, *path: str | int) -> Data:
    """The example with a value at a place; sections that are missing on the way are made."""
    data = loaded()
    *way, last = path
    here: Any = data
    for step in way:
        here = here[step] if isinstance(step, int) else here.setdefault(step, {})
    here[last] = value
    return data


def resolved(schema: Data) -> Data:
    """A schema with its reference followed; its own title and description win."""
    if "$ref" not in schema:
        return schema
    name = schema["$ref"].removeprefix("#/$defs/")
    return {**resolved(SCHEMA["$defs"][name]), **{key: value for key, value in schema.items() if key != "$ref"}}


def properties() -> Iterator[tuple[str, Data]]:
    """Every property of every object that the schema defines."""
    for name, definition in SCHEMA["$defs"].items():
        for key, schema in definition.get("properties", {}).items():
            yield f"{name}.{key}", schema


def test_it_is_a_schema_of_the_draft_it_names():
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(SCHEMA)
    assert CHINESE.search(SCHEMA["title"])


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_every_example_is_valid_for_an_editor(path):
    assert complaints(loaded(path)) == []


def test_every_property_has_its_clerks_word_as_key_and_a_chinese_title():
    everything = list(properties())
    assert len(everything) > 100
    assert [where for where, _ in everything if not CHINESE.search(where.partition(".")[2])] == []
    assert [where for where, schema in everything if not CHINESE.search(resolved(schema).get("title", ""))] == []


def test_nothing_of_the_code_is_shown_to_a_clerk():
    """Docstrings and names of classes are for developers: an editor shows titles and descriptions."""
    texts = {
        name: f"{definition.get('title', '')} {definition.get('description', '')}".strip()
        for name, definition in SCHEMA["$defs"].items()
    }
    assert {name: text for name, text in texts.items() if text and not CHINESE.search(text)} == {}


@pytest.mark.parametrize("value", [12, 12.5, 0, "12", "12.50", "1,046.82"], ids=repr)
@pytest.mark.parametrize(
    "path",
    [
        ("收入", "一般公共预算", "上年"),
        ("支出", 0, "基本支出", "一般公共预算"),
        ("基本支出经济分类", "30101"),
        ("项目", 0, "资金", 0, "金额"),
        ("三公经费", "公务接待费", "一般公共预算"),
        ("政府采购", "货物"),
        ("国有资产", "房屋", "面积"),
        ("整体绩效目标", "指标", 0, "权重"),
        ("核定数", "收支总计"),
    ],
    ids=lambda path: path[-1],
)
def test_an_amount_may_be_a_number_or_text(path, value):
    assert complaints(with_value(value, *path)) == []


@pytest.mark.parametrize("value", [-1, True, ["12"], {"金额": 12}], ids=repr)
def test_an_amount_is_nothing_else(value):
    assert complaints(with_value(value, "收入", "一般公共预算", "上年")) != []


def objects(node: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The paths of all mappings in the data; of a list's items, the first stands for all."""
    if isinstance(node, dict):
        yield path
        for key, value in node.items():
            yield from objects(value, (*path, key))
    elif isinstance(node, list) and node:
        yield from objects(node[0], (*path, 0))


def test_an_unknown_key_is_refused_wherever_it_stands():
    everywhere = list(objects(loaded()))
    assert len(everywhere) > 30
    accepted = [path for path in everywhere if VALIDATOR.is_valid(with_value("1", *path, "写错的名称"))]
    assert accepted == []


@pytest.mark.parametrize(
    "key", ["文种", "年度", "金额单位", "公开日期", "单位", "概况", "支出", "三公经费", "机关运行经费"]
)
def test_what_every_budget_has_must_be_there(key):
    data = loaded()
    del data[key]
    assert complaints(data) != []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("文种",), "概算"),
        (("金额单位",), "亿元"),
        (("口径",), "机关"),
        (("单位", "性质"), "企业"),
        (("年度",), 24),
        (("年度",), 20240),
        (("支出",), []),
        (("支出", 0, "科目"), "201130"),
        (("支出", 0, "基本支出", "一般公共预算收入"), "1.00"),
        (("基本支出经济分类", "3010"), 5),
        (("基本支出经济分类", "2011301"), 5),
        (("支出用途", "20113"), "机构运转"),
        (("支出用途", "201"), {"财政专户": "培训"}),
        (("科目名称", "20"), "某类"),
        (("项目", 0, "资金", 0, "来源"), "援疆资金"),
        (("项目", 0, "资金", 0, "经济分类"), "3021"),
        (("收入", "单位资金", "构成", "捐赠收入"), "1.00"),
        (("概况", "人员", "编制数"), -1),
        (("概况", "人员", "编制数"), 2.5),
        (("项目", 0, "涉密"), "保密"),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else repr(value),
)
def test_what_the_reader_refuses_the_editor_marks(path, value):
    assert complaints(with_value(value, *path)) != []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("口径",), "部门"),
        (("单位", "性质"), "参公事业单位"),
        (("项目", 0, "涉密"), "是"),
        (("项目", 0, "涉密"), True),
        (("支出", 0, "科目"), 2011301),
        (("支出用途", "211"), "节能环保"),
        (("支出用途", "212"), {"一般公共预算": "街面巡查", "政府性基金预算": "土地收储"}),
        (("机关运行经费", "本年"), 15.36),
        (("基本支出经济分类", "31002"), 5),
        (("科目名称", "20113"), "商贸事务"),
        (("支出", 0, "公用经费"), {"财政专户结转结余": 3}),
        (("概况", "人员", "在职", "增减"), -2),
        (("其他说明",), ["无"]),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else repr(value),
)
def test_what_the_reader_accepts_the_editor_accepts(path, value):
    assert complaints(with_value(value, *path)) == []


def test_the_years_limits_stand_in_the_schema():
    """They are what a message names when the year is out of range."""
    [year] = [schema for where, schema in properties() if where == "Budget.年度"]
    assert (year["minimum"], year["maximum"]) == (2000, 2100)


# --- the starter is the reference of every name ---


def names_of(kind: str) -> Iterator[str]:
    """Every name and every word of a choice that a file of this kind may have."""
    schema = kind_schema(kind)
    for part in (schema, *schema["$defs"].values()):
        yield from part.get("properties", {})
        choices = [part, *part.get("properties", {}).values()]
        yield from (word for choice in choices for word in choice.get("enum", ()) if isinstance(word, str))


@pytest.mark.parametrize("kind", ["预算", "决算"])
def test_every_name_stands_in_the_starter(kind):
    starter = (ROOT / f"src/gongkai/cli/starter-{kind}.yaml").read_text(encoding="utf-8")
    missing = [name for name in names_of(kind) if not re.search(rf"(?<![一-鿿]){re.escape(name)}(?![一-鿿])", starter)]
    assert missing == []


def examples_of(schema: object) -> Iterator[str]:
    """What descriptions give as an example: 如 2024-02-25."""
    if isinstance(schema, dict):
        if isinstance(schema.get("description"), str):
            yield from re.findall(r'如 ("[^"]*"|[^，；。、（）\s]+)', schema["description"])
        for part in schema.values():
            yield from examples_of(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from examples_of(part)


@pytest.mark.parametrize("example", sorted(set(examples_of(SCHEMA))))
def test_an_example_in_a_description_can_be_typed_as_it_is(example):
    """Advice repeats the descriptions: what they show must be read as it stands, quotes where YAML asks for them."""
    tree = parse(f"名称: {example}\n单位: {{名称: {example}}}\n", "预算.yaml", known())
    assert tree.findings == []
    assert tree.data == {"名称": example.strip('"'), "单位": {"名称": example.strip('"')}}
