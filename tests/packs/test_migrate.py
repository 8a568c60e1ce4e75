"""Old names brought up to date: only names change, a second run changes nothing, and the documents stay the same."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml

from gongkai.document.compose import render_disclosure
from gongkai.findings import FindingsError
from gongkai.intake.read import read
from gongkai.kinds import KINDS
from gongkai.model.disclosure import Disclosure
from gongkai.model.own.sample import sampled
from gongkai.packs.load.find import find_pack, lineage, product_templates, search_path
from gongkai.packs.open import open_pack
from gongkai.packs.renaming import english, migrate
from gongkai.packs.renaming.edits import Edit, edited
from gongkai.packs.renaming.migrate import migrated_data, migrated_pack
from gongkai.packs.renaming.register import CHINESE_NAMES, Renaming, Where, new_names, renamings
from gongkai.packs.review.editions import combinations
from gongkai.packs.review.template_checks import verify
from support.fixtures import CLEAN, ROOT, invoked, one_of, write_pack

SHIPPED = sorted(folder.name for folder in product_templates().iterdir() if folder.name != "base")
MANIFEST = """\
名称: 自己   # 名
上级: base

选项:
  # 怎样自称
  自称: '我局'   # 尾注
  "决算自称": 本局

  列举末项: 和
  三公分隔: ；
  # 长的
  决算名词用车购置: |
    购置费
    第二行
  决算:
    人员分隔: "，"
  采购预算: 采购
版本:
  - {年度: 2024, 文种: [决算], 选项: {决算人员增减: false}}
  - {年度: 2023, 选项: {自称: 甲, 列举末项: 和, 决算自称: 乙, 决算: {人员增减: false}}}
"""
MIGRATED = """\
名称: 自己   # 名
上级: base

选项:
  # 怎样自称
  预算:
    自称: '我局'   # 尾注
    采购预算: 采购

  列举末项: 和
  决算:
    人员分隔: "，"
    "自称": 本局
    三公分隔: ；
    # 长的
    名词用车购置: |
      购置费
      第二行
版本:
  - {年度: 2024, 文种: [决算], 选项: {人员增减: false}}
  - {年度: 2023, 选项: {预算: {自称: 甲}, 列举末项: 和, 决算: {自称: 乙, 人员增减: false}}}
"""
TEMPLATE = """\
{% extends "parent:预算/说明/其他事项.html" %}
{%- block running scoped -%}
{# unit, amount #}{{ super() }}<p class="unit">{{ unit.name }}：{{ amount(d.staff_costs) }}万元，{{ opt.预算自称 }}。
{% set year2 = year %}{% set count = {"total": "甲"} %}{{ count.total }}{{ year2 -}}
{{ change(d.staff_costs, d["operating_costs"], base=opt.比较基数) }}{{ amount(sum_of(d.income, "amount")) }}
{% for item in d.income %}{{ loop.index }}{{ "d.total" if item.amount | default("amount") else "" }}{% endfor %}</p>
{% if account is defined %}{{ account.total }}{% endif %}
{%- endblock running %}
"""
CHINESE = """\
{% extends "parent:预算/说明/其他事项.html" %}
{%- block 运行经费 scoped -%}
{# unit, amount #}{{ super() }}<p class="unit">{{ 单位.名称 }}：{{ 金额(数.人员经费) }}万元，{{ 选项.自称 }}。
{% set year2 = 年度 %}{% set count = {"total": "甲"} %}{{ count.total }}{{ year2 -}}
{{ 增减(数.人员经费, 数["公用经费"], base=选项.比较基数) }}{{ 金额(合计(数.收入, "金额")) }}
{% for item in 数.收入 %}{{ loop.index }}{{ "d.total" if item.金额 | default("amount") else "" }}{% endfor %}</p>
{% if account is defined %}{{ 数据.total }}{% endif %}
{%- endblock 运行经费 %}
"""


@cache
def example_models() -> dict[str, Disclosure]:
    return {file.name: read(file).model for file in sorted((ROOT / "examples").glob("*.yaml"))}


FULLEST = ("shili-ju-2024-budget.yaml", "shili-ju-2024-final.yaml")
"""The examples that state most, one of each kind."""


def shown(name: str, *folders: Path, examples: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """The built-in examples, or some of them, with a pack, in every edition that a document can meet."""
    for kind, year, scope in combinations(lineage(find_pack(name, search_path(folders)), search_path(folders))):
        for file, model in example_models().items():
            if model.kind == kind and (not examples or file in examples):
                pack = open_pack(name, kind, year, folders, scope)
                yield (
                    f"{file} {kind} {year} {scope}",
                    render_disclosure(sampled(model, pack.model, whole=True), pack).html,
                )


def written(folder: Path, name: str) -> Mapping[Path, bytes]:
    """The files of a pack after its migration, which is made."""
    found = migrated_pack(name, [folder])
    assert found.by_hand == []
    for file, data in found.contents.items():
        file.write_bytes(data)
    return found.contents


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_only_the_names_are_changed(mark, ends, tmp_path):
    pack = write_pack(tmp_path, "own", {})
    files = {"pack.yaml": (MANIFEST, MIGRATED), "预算/说明/其他事项.html": (TEMPLATE, CHINESE)}
    for name, (before, _) in files.items():
        (pack / name).parent.mkdir(parents=True, exist_ok=True)
        (pack / name).write_bytes((mark + before.replace("\n", ends)).encode())

    written(tmp_path, "own")

    for name, (_, after) in files.items():
        assert (pack / name).read_bytes().decode() == mark + after.replace("\n", ends)
    assert migrated_pack("own", [tmp_path]).contents == {}


def test_the_command_shows_first_writes_when_told_and_then_has_nothing_to_do(tmp_path):
    template = TEMPLATE.replace("{% if account is defined %}{{ account.total }}{% endif %}\n", "")
    pack = write_pack(tmp_path, "own", {"pack.yaml": MANIFEST, "预算/说明/其他事项.html": template})
    before = {file: file.read_bytes() for file in pack.rglob("*.*")}
    documents = dict(shown("own", tmp_path, examples=FULLEST))

    dry = invoked("migrate", "own", "--pack-dir", ".", cwd=tmp_path)
    assert dry.returncode == 0, dry.stderr
    assert "own/pack.yaml:7:3：决算自称 → 决算: {自称: …}\n" in dry.stdout
    assert "own/预算/说明/其他事项.html:2:11：running → 运行经费\n" in dry.stdout
    assert "加 --write 改好" in dry.stdout
    assert {file: file.read_bytes() for file in pack.rglob("*.*")} == before

    warned = invoked("pack", "check", "own", "--pack-dir", ".", cwd=tmp_path).stderr
    assert "GK507" in warned
    assert re.search("GK524 模板里有 [0-9]+ 处以前的英文名称，如“running”，现在叫“运行经费”", warned)
    assert "gongkai migrate own" in warned

    assert "改好了 2 个文件" in invoked("migrate", "own", "--pack-dir", ".", "--write", cwd=tmp_path).stdout
    again = invoked("migrate", str(pack), "--write", cwd=tmp_path)
    assert (again.returncode, again.stdout) == (0, f"{pack}：没有要改的旧名称\n")
    assert dict(shown("own", tmp_path, examples=FULLEST)) == documents
    assert "警告 GK5" not in invoked("pack", "check", "own", "--pack-dir", ".", cwd=tmp_path).stderr


def in_english(text: str, kind: str) -> str:
    """A template with the English names that it could have had, by the same words and places."""
    found = english.english_names(text, english.Kept())
    assert found == [], "the shipped templates are in Chinese"
    # Of several old names of one new one, the first: those behind a dot come before those of the data file.
    first = list(reversed(renamings()))
    blocks, fields = ({r.new: r.old for r in first if r.where is where} for where in (Where.BLOCK, Where.FIELD))
    names = {r.new: r.old for r in renamings() if r.where in {Where.VARIABLE, Where.FUNCTION}}
    evaluated = {"整体绩效表": "unit_target", "各项目绩效表": "project_targets", "数据": "budget"}
    names |= evaluated if kind == "预算" else {}
    inverse = {(Where.BLOCK,): blocks, (Where.FIELD,): fields, (Where.VARIABLE, Where.FUNCTION): names}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(english, "new_names", lambda *where: inverse[where])
        patch.setattr(english, "_FALLBACKS", frozenset())
        tree = english.Environment(autoescape=True, extensions=[]).parse(text)
        return edited(text, english.english_names(text, english.own_names(tree)))


def test_every_shipped_template_in_english_comes_back_as_it_was(tmp_path):
    pack = write_pack(tmp_path, "english", {"pack.yaml": "名称: 英文\n上级: base\n"})
    originals = {}
    for kind in KINDS:
        for file in sorted((product_templates() / "base" / kind).rglob("*.html")):
            name = file.relative_to(product_templates() / "base")
            originals[pack / name] = text = file.read_text(encoding="utf-8")
            (pack / name).parent.mkdir(parents=True, exist_ok=True)
            (pack / name).write_text(in_english(text, kind), encoding="utf-8")
    documents = dict(shown("english", tmp_path))
    assert documents == {name: html for name, html in shown("base") if name in documents} != {}

    changed = written(tmp_path, "english")

    assert len(changed) > 30
    assert dict(shown("english", tmp_path)) == documents
    for file, text in originals.items():  # 值 and 价值 were one word
        assert file.read_text(encoding="utf-8").replace(".价值", ".值") == text.replace(".价值", ".值")
    assert migrated_pack("english", [tmp_path]).contents == {}


@pytest.mark.parametrize("name", one_of(3, SHIPPED))
def test_every_shipped_pack_written_with_old_option_names_makes_the_same(name, tmp_path):
    documents = dict(shown(name))
    folder = tmp_path / name
    shutil.copytree(product_templates() / name, folder)
    data = yaml.load((folder / "pack.yaml").read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    budget = open_pack("base", "预算", 2024).definitions
    grouped = []
    for options in (data.get("选项", {}), *(edition.get("选项", {}) for edition in data.get("版本", []))):
        for kind in KINDS:
            group = options.get(kind, {})
            common = {option: group[option] for option in group if option in open_pack(name, kind, 2024).common}
            old = {option: value for option, value in group.items() if option not in common}
            grouped += [*old]
            options.pop(kind, None)
            options |= {f"{kind}{o}" if kind == "决算" and o in budget else o: value for o, value in old.items()}
            options |= {kind: common} if common else {}
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, default_style='"', width=9999)
    (folder / "pack.yaml").write_text(text, encoding="utf-8")
    assert dict(shown(name, tmp_path)) == documents

    changed = written(tmp_path, name)

    assert bool(changed) == (grouped != [])
    assert dict(shown(name, tmp_path)) == documents
    for kind, year, scope in combinations(
        lineage(find_pack(name, [tmp_path, product_templates()]), search_path([tmp_path]))
    ):
        assert [f for f in verify(open_pack(name, kind, year, [tmp_path], scope)) if f.code in {"GK507", "GK524"}] == []


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ("选项:\n  决算自称: 本局 # 注\n  决算: {人员增减: false}\n", 4),
        ("选项:\n  决算自称: |\n    本局\n  决算: {人员增减: false}\n", 4),
        ("选项:\n  决算自称: 本局,我们\n  决算: {人员增减: false}\n", 4),
        ("选项:\n  决算自称: 本局\n  决算: {\n    人员增减: false\n  }\n", 4),
        ("选项: {决算自称: 本局,\n  列举末项: 和}\n", 3),
    ],
    ids=["a comment", "lines", "a comma", "a brace by itself", "braces over two lines"],
)
def test_what_cannot_be_moved_by_lines_is_left_to_a_person(options, line, tmp_path):
    text = f"名称: 自己\n上级: base\n{options}"
    pack = write_pack(tmp_path, "own", {"pack.yaml": text})

    run = invoked("migrate", "own", "--pack-dir", ".", "--write", cwd=tmp_path)

    assert run.returncode == 1
    assert f"own/pack.yaml:{line}:" in run.stderr
    assert "写作 决算: {自称: …}" in run.stderr
    assert (pack / "pack.yaml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  决算自称: 本局\n  决算: {人员增减: false} # 注\n", "  决算: {人员增减: false, 自称: 本局} # 注\n"),
        ('  决算: { }\n  "决算自称": "甲, 乙"\n', '  决算: {"自称": "甲, 乙" }\n'),
        ("  自称: 甲\n  决算自称: 乙", "  预算:\n    自称: 甲\n  决算:\n    自称: 乙\n"),
        (
            "  自称: 甲\n  预算:\n      采购预算: 丙\n\n  # 和\n  列举末项: 和\n",
            "  预算:\n      采购预算: 丙\n      自称: 甲\n\n  # 和\n  列举末项: 和\n",
        ),
        (
            "  章节标题:\n    # 收\n    收入: >-\n      乙\n\n      丙\n  列举末项: 和\n",
            "  预算:\n    章节标题:\n      # 收\n      收入: >-\n        乙\n\n        丙\n  列举末项: 和\n",
        ),
    ],
    ids=["into braces", "into empty braces", "no line end", "another indent", "lines of its own"],
)
def test_options_are_moved_with_what_belongs_to_them(before, after, tmp_path):
    pack = write_pack(tmp_path, "own", {"pack.yaml": f"名称: 自己\n上级: base\n选项:\n{before}"})

    written(tmp_path, "own")

    assert (pack / "pack.yaml").read_text(encoding="utf-8") == f"名称: 自己\n上级: base\n选项:\n{after}"


def test_a_change_that_would_show_is_not_made(tmp_path, monkeypatch):
    section = "<p>{{ unit.name }}，{{ year }}。</p>"
    pack = write_pack(tmp_path, "own", {"pack.yaml": "名称: 自己\n上级: base\n", "预算/说明/其他事项.html": section})
    monkeypatch.setattr(english, "new_names", lambda *where: {"unit": "单位", "year": "上年度"})

    run = invoked("migrate", "own", "--pack-dir", ".", "--write", cwd=tmp_path)

    assert run.returncode == 1
    assert "印出来的不一样，没有改" in run.stderr
    assert (pack / "预算/说明/其他事项.html").read_text(encoding="utf-8") == section


def test_a_pack_with_errors_is_mended_first(tmp_path):
    write_pack(tmp_path, "own", {"pack.yaml": MANIFEST, "预算/说明/其他事项.html": "<p>{{ unit.nonsense }}</p>"})

    run = invoked("migrate", "own", "--pack-dir", ".", "--write", cwd=tmp_path)

    assert run.returncode == 1
    assert "其他事项.html:1:" in run.stderr


@pytest.mark.parametrize(
    ("name", "data", "code", "says"),
    [
        ("甲.yaml", CLEAN.read_bytes(), 0, "甲.yaml：没有要改的旧名称"),
        ("甲.yaml", b"\xff\xfe", 1, "GK105"),
        ("甲.xlsx", b"PK", 0, "填报簿的旧写法都认得，不用改"),
        ("甲.zip", b"PK", 1, "做好的模板包文件不能改"),
    ],
)
def test_other_files_are_told_what_to_do(name, data, code, says, tmp_path):
    (tmp_path / name).write_bytes(data)

    run = invoked("migrate", name, "--write", cwd=tmp_path)

    assert run.returncode == code
    assert says in run.stdout + run.stderr
    assert (tmp_path / name).read_bytes() == data


def test_names_in_yaml_files_are_changed_by_the_register(tmp_path, monkeypatch):
    text = '# 名称: 一\r\n"名称" : 名称   # 名称\r\n单位: {名称: 乙, 别的: "名称: 丙"}\r\n'
    (tmp_path / "甲.yaml").write_bytes(text.encode())
    monkeypatch.setattr(migrate, "new_names", lambda where: {"名称": "全称"} if where is Where.DATA else {})

    found = migrated_data(tmp_path / "甲.yaml")

    changed = '# 名称: 一\r\n"全称" : 名称   # 名称\r\n单位: {全称: 乙, 别的: "名称: 丙"}\r\n'
    assert found.contents == {tmp_path / "甲.yaml": changed.encode()}
    assert [(each.place.line, each.old, each.new) for each in found.renamed] == [
        (2, "名称", "全称"),
        (3, "名称", "全称"),
    ]


def test_the_register_says_of_every_name_since_and_until_when():
    assert Renaming("unit", "单位", Where.VARIABLE, CHINESE_NAMES) in renamings()
    assert {(each.change.since, each.change.until) for each in renamings()} == {("0.2.0", "2027 年底")}
    assert new_names(Where.BLOCK)["cover"] == "封面"
    assert new_names(Where.FIELD)["value"] in {"值", "价值"}
    with pytest.raises(FindingsError):
        migrated_pack("没有这个包")
    assert edited("甲乙\r甲", [Edit(1, 2, "乙", "丙丁"), replace(Edit(2, 1, "甲", "戊"))]) == "甲丙丁\r戊"
