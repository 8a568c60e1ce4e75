"""The page of names: made from the code, complete, and true of what templates really get."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from typing import Any, get_args, get_type_hints

import pytest
from jinja2 import Undefined
from lxml import html
from pydantic import BaseModel

import docs
from gongkai.document import manual as document_manual
from gongkai.document.compose import render_disclosure, words_of
from gongkai.document.vocabulary import ELEMENTS
from gongkai.intake.read import read
from gongkai.kinds import KINDS
from gongkai.packs.contract import CONTEXT_MEANINGS, FUNCTION_EXAMPLES, FUNCTIONS, KNOWN_NAMES
from gongkai.packs.names import ATTRIBUTES, names_behind
from gongkai.packs.open import open_pack
from gongkai.packs.review.data_fields import data_models, data_rows
from gongkai.packs.review.inspect import block_rows
from gongkai.packs.review.manual import MARK
from gongkai.packs.review.meanings import FIELDS, TITLES
from gongkai.packs.review.names_manual import reference
from gongkai.packs.sandbox.environment import PackEnvironment
from gongkai.packs.sandbox.loader import LayeredLoader
from gongkai.statements.charts import Chart
from gongkai.statements.tables.table import Table
from support.fixtures import ROOT, write_pack

PAGE = "docs/模板包名称表.md"
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
ROOTS = (*(kind.view.value for kind in KINDS.values()), Table, Chart)


def test_the_page_is_up_to_date():
    """make docs"""
    written = (ROOT / PAGE).read_text(encoding="utf-8")
    assert written.partition(MARK)[2].strip() == docs.MANUALS[PAGE]().strip()


def is_record(kind: Any) -> bool:
    return isinstance(kind, type) and (is_dataclass(kind) or (issubclass(kind, tuple) and hasattr(kind, "_fields")))


def records(kind: Any, seen: dict[type, None]) -> None:
    """A record and all that stand in its fields."""
    for inner in get_args(kind):
        records(inner, seen)
    if is_record(kind) and kind not in seen:
        seen[kind] = None
        for hint in get_type_hints(kind).values():
            records(hint, seen)


def test_every_field_of_every_record_has_a_meaning():
    found: dict[type, None] = {}
    for root in ROOTS:
        records(root, found)
    assert found.keys() == FIELDS.keys() == TITLES.keys()
    for kind, fields in FIELDS.items():
        derived = [name for name, entry in vars(kind).items() if isinstance(entry, property)]
        assert [ATTRIBUTES[name] for name in fields] == [*get_type_hints(kind), *derived]
        assert all(fields.values())
    assert len({*TITLES.values(), *data_models()}) == len(TITLES) + len(data_models())


@pytest.mark.parametrize("title", data_models())
def test_every_field_of_the_data_file_has_a_meaning(title):
    model = data_models()[title]
    rows = list(data_rows(model))
    assert len(rows) >= len(model.model_fields)
    assert all(what and meaning for _, what, meaning in rows)
    assert len({name for name, _, _ in rows}) == len(rows)


def values_in(value: Any) -> Iterator[Any]:
    """A value and all that is in it, of every type once for each value."""
    if isinstance(value, BaseModel):
        inner = [getattr(value, name) for name in type(value).model_fields]
    elif is_record(type(value)):
        inner = [getattr(value, name) for name in get_type_hints(type(value))]
    elif isinstance(value, Mapping):
        inner = list(value.values())
    else:
        inner = list(value) if isinstance(value, list | tuple) else []
    if isinstance(value, BaseModel) or is_record(type(value)):
        yield value
    for part in inner:
        yield from values_in(part)


def context_of(example: Any) -> Mapping[str, Any]:
    model = read(example).model
    pack = open_pack(model.pack or "base", model.kind, model.year)
    context: Mapping[str, Any] = KINDS[model.kind].context.value(model, pack, words_of(model, pack))
    return context


def documented(value: Any) -> list[str]:
    if isinstance(value, BaseModel):
        return [name.removeprefix('["').removesuffix('"]') for name, _, _ in data_rows(type(value))]
    return list(FIELDS[type(value)])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)
def test_every_documented_name_is_there_in_what_templates_get(example):
    environment = PackEnvironment(LayeredLoader(()), {})
    titles = {model: title for title, model in data_models().items()}
    seen: set[type] = set()
    for value in values_in(list(context_of(example).values())):
        if type(value) in seen:
            continue
        seen.add(type(value))
        assert isinstance(value, BaseModel) is (type(value) in titles)
        missing = [n for n in documented(value) if isinstance(environment.getitem(value, n), Undefined)]
        assert missing == []
        dotted = [name for name in documented(value) if name.isidentifier()]
        assert [n for n in dotted if isinstance(environment.getattr(value, n), Undefined)] == []
        assert {n for n in dotted if not n.isascii()} <= {*names_behind(value), *ATTRIBUTES}
    assert len(seen) > 20


def test_every_variable_and_every_function_is_on_the_page():
    page = reference()
    assert {*FUNCTION_EXAMPLES} == {*FUNCTIONS}
    written = set(re.findall(r"^\| `([^`(]+?)(?:\(.*?\))?` \|", page, re.MULTILINE))
    assert {name for name in KNOWN_NAMES if not name.isascii()} <= written
    assert written >= CONTEXT_MEANINGS.keys()
    assert "| `完成率(actual, planned, base)` |" in page
    assert '`增减(545.70, 486.40, "上年预算")` | 比上年预算增加59.30万元，增长12.19% |' in page


def test_every_block_is_on_the_page_with_how_it_begins():
    page = reference()
    for kind in KINDS:
        for row in block_rows(open_pack("base", kind, 2024)):
            line = next(line for line in page.splitlines() if line.startswith(f"| `{row.template}` | `{row.block}` | "))
            assert line.removesuffix(" |").rpartition(" | ")[2]
    assert "| `预算/说明/其他事项.html` | `房屋` | 1.房屋…平方米，价值…万元。 |" in page
    assert "| `document.html` | `一图读懂` | 〔一图读懂.html〕 |" in page


def test_every_element_and_class_of_the_documents_is_on_the_page(tmp_path):
    charts = "  图表: [收入结构, 支出结构, 三公经费]\n  一图读懂: true\n"
    write_pack(tmp_path, "all", {"pack.yaml": f"名称: 全\n上级: base\n选项:\n{charts}"})
    page = document_manual.reference()
    told = {tuple(token.split(".")) for line in page.splitlines() for token in re.findall("`([^`]+)`", line)}
    by_element = {element: {name for tag, *names in told if tag == element for name in names} for element in ELEMENTS}
    for example in EXAMPLES:
        model = read(example).model
        text = render_disclosure(model, open_pack("all", model.kind, model.year, [tmp_path])).html
        for element in html.fromstring(text).find("body").iter():
            if element.tag != "data":  # which only functions print
                assert element.tag == "body" or (element.tag,) in told
                names = {name for name in (element.get("class") or "").split() if not name.startswith("in-")}
                assert names <= by_element[element.tag]
                assert {name for name in element.attrib if (name,) not in told} == set()
