"""Blocks: every sentence of every section stands in one, and a child changes one without copying a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import nodes
from lxml import html

from gongkai.document.compose import render_disclosure
from gongkai.intake.read import read
from gongkai.packs.names import OLD_BLOCKS
from gongkai.packs.open import open_pack
from gongkai.packs.review.inspect import block_rows
from gongkai.packs.sandbox.environment import PackEnvironment
from gongkai.packs.sandbox.loader import LayeredLoader, read_template
from support.fixtures import ROOT, write_pack

BASE = ROOT / "templates" / "base"
MACROS = {"图表宏.html", "表格宏.html", "预算/说明/句.html", "决算/说明/句.html"}
"""What they print stands where they are called."""
TEMPLATES = sorted(name for file in BASE.rglob("*.html") if (name := file.relative_to(BASE).as_posix()) not in MACROS)
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
VISIBLE = re.compile(r"[^\s<>]")
MANIFEST = "名称: 改块\n上级: base\n选项: {一图读懂: true}\n"


def tree_of(name: str) -> nodes.Template:
    return PackEnvironment(LayeredLoader(()), {}).parse(read_template(BASE / name))


def outside(node: nodes.Node) -> Iterator[nodes.Node]:
    """What prints and stands in no block; macros print where they are called."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block | nodes.Macro):
            continue
        if isinstance(child, nodes.Output):
            yield from child.nodes
        yield from outside(child)


def words_outside(name: str) -> str:
    """What a page shows of a template outside its blocks; a value is shown as …."""
    parts = (part.data if isinstance(part, nodes.TemplateData) else "…" for part in outside(tree_of(name)))
    _, _, body = "".join(parts).rpartition("<body>")
    return "".join(VISIBLE.findall(re.sub(r"<[^<>]*>", "", body)))


@pytest.mark.parametrize("name", TEMPLATES)
def test_everything_that_is_seen_stands_in_a_block(name):
    assert words_outside(name) == ""


def blocks_of(name: str, *, outermost: bool) -> list[str]:
    def within(node: nodes.Node) -> Iterator[str]:
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Block):
                yield child.name
            if not (outermost and isinstance(child, nodes.Block)):
                yield from within(child)

    return list(within(tree_of(name)))


def changed(name: str, blocks: list[str], body: str) -> str:
    written = "".join(f"{{% block {block} scoped %}}{body.format(name, block)}{{% endblock %}}" for block in blocks)
    return f'{{% extends "parent:{name}" %}}{written}'


def printed(folder: Path, example: Path) -> str:
    disclosure = read(example).model
    return render_disclosure(disclosure, open_pack("change", disclosure.kind, disclosure.year, [folder])).html


def test_a_pack_that_empties_all_blocks_prints_nothing(tmp_path):
    files = {name: changed(name, blocks_of(name, outermost=True), "") for name in TEMPLATES if name != "document.html"}
    own = [block for block in blocks_of("document.html", outermost=False) if block not in {"正文", "一图读懂"}]
    write_pack(tmp_path, "change", {"pack.yaml": MANIFEST, **files, "document.html": changed("document.html", own, "")})

    for example in EXAMPLES:
        body = html.fromstring(printed(tmp_path, example)).find("body")
        assert body.text_content().split() == []


SELDOM = {
    ("概况.html", "人员"),
    ("决算/说明/一般公共预算.html", "没有支出"), ("决算/说明/一般公共预算.html", "没有结构"),
    ("决算/说明/一般公共预算.html", "没有具体情况"), ("决算/说明/基本支出.html", "没有基本支出"),
    ("预算/说明/一般公共预算.html", "没有拨款"), ("预算/说明/一般公共预算.html", "没有结构"),
    ("预算/说明/一般公共预算.html", "没有具体使用"), ("预算/说明/基本支出.html", "没有基本支出"),
    ("预算/说明/财政拨款.html", "没有财政拨款"),
}  # fmt: skip
"""Sentences of units without any money of a kind, which no example is; and one that each kind of document has anew."""


def test_each_block_can_be_changed_by_itself(tmp_path):
    files = {
        name: changed(name, blocks_of(name, outermost=False), "〔{0}›{1}〕{{{{ super() }}}}") for name in TEMPLATES
    }
    write_pack(tmp_path, "change", {"pack.yaml": MANIFEST, **files})
    there = {
        (row.template, row.block) for kind in ("预算", "决算") for row in block_rows(open_pack("base", kind, 2024))
    }

    seen = {tuple(mark) for example in EXAMPLES for mark in re.findall("〔(.*?)›(.*?)〕", printed(tmp_path, example))}

    assert there - seen == SELDOM


def test_a_template_that_names_blocks_as_before_changes_the_same_ones(tmp_path):
    old = {
        "概况.html": '{% extends "parent:概况.html" %}{% block organisation scoped %}<p>机构从略。</p>{% endblock %}',
        "预算/说明/其他事项.html": '{% extends "parent:预算/说明/其他事项.html" %}'
        "{% block running scoped %}{{ super() }}<p>运行经费见下。</p>{% endblock %}",
        "决算/概况.html": '{% extends "概况.html" %}{% block people scoped %}'
        "{% block staffing scoped %}<p>人员从略。</p>{% endblock %}{{ self.organisation() }}{% endblock %}",
    }
    write_pack(tmp_path, "change", {"pack.yaml": MANIFEST, **old})

    budget, final = (printed(tmp_path, ROOT / "examples" / f"minimal-{kind}.yaml") for kind in ("budget", "final"))

    assert "<p>机构从略。</p>" in budget
    assert re.search(r"机关运行经费财政拨款预算.*</p>\s*<p>运行经费见下。</p>", budget)
    assert re.search(r"<p>人员从略。</p>\s*<p>机构从略。</p>", final)


def test_every_old_name_has_a_block_of_its_own():
    names = {block for name in TEMPLATES for block in blocks_of(name, outermost=False)}
    assert set(OLD_BLOCKS.values()) <= names
    assert len({*OLD_BLOCKS.values()}) == len(OLD_BLOCKS)
    assert [name for name in names if name.isascii()] == []


def test_one_sentence_of_both_funds_is_changed_in_one_place(tmp_path):
    """domain: 政府性基金 and 国有资本经营 are told alike; a prefecture changes the sentence of both, or of one."""
    both = '{% extends "parent:预算/说明/基金.html" %}{% block 没有拨款 scoped %}<p>无{{ name }}。</p>{% endblock %}'
    one = '{% extends "parent:预算/说明/国有资本经营.html" %}{% block 没有拨款 scoped %}<p>空表。</p>{% endblock %}'
    write_pack(
        tmp_path, "change", {"pack.yaml": MANIFEST, "预算/说明/基金.html": both, "预算/说明/国有资本经营.html": one}
    )

    text = printed(tmp_path, ROOT / "examples" / "minimal-budget.yaml")

    assert "<p>无政府性基金预算。</p>" in text
    assert "<p>空表。</p>" in text
    assert "无国有资本经营预算。" not in text
