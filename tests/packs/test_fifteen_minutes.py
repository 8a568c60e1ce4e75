"""The tutorial for designers (docs/模板包十五分钟.md), step by step as it is printed."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from docx import Document
from openpyxl import load_workbook

from gongkai.cli.main import cli
from support.fixtures import CLEAN, ROOT

PAGE = ROOT / "docs" / "模板包十五分钟.md"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The folder with the pack and the file of the tutorial, and the output of its commands."""
    folder = tmp_path_factory.mktemp("tutorial")
    text = PAGE.read_text(encoding="utf-8")
    blocks = [part.split("\n", 1) for part in text.split("```")[1::2]]
    manifest, tables, style, stated = (block for kind, block in blocks if kind == "yaml")
    [template] = [block for kind, block in blocks if kind == "jinja"]
    commands = [
        line.removeprefix("$ gongkai ").split()
        for kind, block in blocks
        if kind == "console"
        for line in block.splitlines()
        if line.startswith("$ ")
    ]
    outputs = [run(folder, commands[0])]
    pack = folder / "我的模板" / "shili"
    (pack / "预算" / "说明").mkdir(parents=True)
    (pack / "pack.yaml").write_text(manifest, encoding="utf-8")
    (pack / "预算" / "表格.yaml").write_text(tables, encoding="utf-8")
    (pack / "预算" / "说明" / "会议经费.html").write_text(template, encoding="utf-8")
    (pack / "style.yaml").write_text(style, encoding="utf-8")
    (pack / "徽标.svg").write_bytes((ROOT / "templates" / "shifan" / "徽标.svg").read_bytes())
    own = CLEAN.read_text(encoding="utf-8").replace("文种: 预算\n", f"文种: 预算\n{stated}", 1)
    (folder / "单位预算.yaml").write_text(own, encoding="utf-8")
    outputs += [run(folder, command) for command in commands[1:]]
    return folder, outputs


def run(folder: Path, words: list[str]) -> str:
    """A command as the page prints it, in the folder of the tutorial."""
    places = [
        str(folder / word) if (folder / word).exists() or word in {"我的模板", "输出"} else word for word in words
    ]
    done = CliRunner().invoke(cli, places)
    assert done.exit_code == 0, done.output
    return done.output


def test_the_pack_is_right_and_the_file_too(made):
    _, outputs = made
    assert "通过（0 个错误，0 个警告）" in outputs[1]


def test_the_fact_the_table_the_section_and_the_emblem_are_in_every_output(made):
    folder, _ = made
    out = folder / "输出"
    page = (out / "单位预算.html").read_text(encoding="utf-8")
    words = re.sub(r"<[^>]*>", "", page)
    document = Document(str(out / "单位预算.docx"))
    paragraphs = "\n".join(paragraph.text for paragraph in document.paragraphs)
    said = (
        "2024年会议经费预算3.20万元，比上年预算增加1.20万元，增长60.00%，主要原因是新增一次全州地方志工作会议；"
        "比上年执行数增加1.35万元，增长72.97%，主要原因是上年少开一次会。见表 11。"
    )
    book = load_workbook(io.BytesIO((out / "单位预算.xlsx").read_bytes()))
    [sheet] = [book[name] for name in book.sheetnames if "会议经费" in name]
    figures = [[cell.value for cell in row] for row in sheet.iter_rows()][-1]

    assert said in words
    assert said in paragraphs
    assert figures == [3.2, 2, 1.85, 1.2, 0.6]
    assert "表 12　上年结转结余情况明细表" in words
    assert 'alt="示例州人民政府"' in page
    assert (out / "单位预算.pdf").stat().st_size > 10_000


def test_the_trace_names_the_lines_of_the_file(made):
    folder, outputs = made
    lines = (folder / "单位预算.yaml").read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines, 1) if "本年: 32000.00" in line)

    assert f"单位预算.yaml:{at}:" in outputs[-1]
    assert "会议经费 › 本年" in outputs[-1]


def test_the_file_of_the_page_is_yaml_that_says_only_what_is_new():
    blocks = PAGE.read_text(encoding="utf-8").split("```yaml\n")[1:]
    [stated] = [yaml.safe_load(block.split("```")[0]) for block in blocks if block.startswith("模板")]

    assert set(stated) == {"模板", "会议经费"}
