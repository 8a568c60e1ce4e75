"""YAML and book say the same: every fact goes from one to the other and back."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.book.convert import file_bytes
from gongkai.book.yaml_text import yaml_text
from gongkai.cli.main import cli
from gongkai.intake.book.read import read_book
from gongkai.intake.data_file import read_tree
from gongkai.intake.read import read_alone
from gongkai.model.schema import known
from gongkai.source.tree import parse
from support.books import EXAMPLES, without_blanks
from support.hostile_texts import HOSTILE
from support.strategies import budgets
from support.strategies_final import final_accounts


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_goes_into_a_book_and_back(example: Path, tmp_path: Path) -> None:
    steps = [str(example), *(str(tmp_path / name) for name in ("甲.xlsx", "乙.yaml", "丙.xlsx", "丁.yaml"))]
    for source, target in pairwise(steps):
        done = CliRunner().invoke(cli, ["convert", source, target])
        assert done.exit_code == 0, done.output
    data, model, _ = read_alone(example)
    for name in ("甲.xlsx", "乙.yaml", "丙.xlsx", "丁.yaml"):
        told, same, _ = read_alone(tmp_path / name)
        assert without_blanks(told) == without_blanks(data)
        assert same == model
    assert (tmp_path / "乙.yaml").read_bytes() == (tmp_path / "丁.yaml").read_bytes()


def leaves(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(node, dict):
        return [leaf for key, value in node.items() for leaf in leaves(value, (*path, key))]
    if isinstance(node, list):
        return [leaf for index, value in enumerate(node) for leaf in leaves(value, (*path, index))]
    return [path]


TEXTS = ("原因", "名称", "三级", "指标值", "依据", "佐证", "政策依据", "总体目标", "预期目标", "完成情况", "执行时间")


def with_hostile_texts(data: dict[str, Any], seed: int) -> dict[str, Any]:
    """The data with some of its texts replaced by such as programs take for something else."""
    chance = random.Random(seed)
    for path in leaves(data):
        in_list = isinstance(path[-1], int)
        if (path[-1] in TEXTS or in_list) and chance.random() < 0.3:
            around: Any = data
            for step in path[:-1]:
                around = around[step]
            # A row with nothing but such a name is a total or a remark, and told to be none of the list.
            around[path[-1]] = chance.choice(HOSTILE if path[-1] != "名称" else [*{*HOSTILE} - {"合计", "注：说明"}])
    return data


def assert_kept(data: dict[str, Any], folder: Path) -> None:
    book, text = folder / "单位.xlsx", folder / "单位.yaml"
    book.write_bytes(file_bytes(book, data))
    text.write_bytes(file_bytes(text, data))
    tree, plain = read_book(book), read_tree(text)
    # What a random file does not compare with is printed as 0, which a book tells.
    assert [finding.message for finding in (*tree.findings, *plain.findings) if finding.code != "GK221"] == []
    assert without_blanks(tree.data) == without_blanks(data)
    assert without_blanks(plain.data) == without_blanks(data)


@given(st.one_of(budgets(), final_accounts()), st.integers(0, 2**32))
@settings(max_examples=15)
def test_random_files_are_kept(tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any], seed: int) -> None:
    assert_kept(with_hostile_texts(data, seed), tmp_path_factory.mktemp("kept"))


@pytest.mark.slow
@given(st.one_of(budgets(), final_accounts()), st.integers(0, 2**32))
@settings(max_examples=2_000)
def test_two_thousand_random_files_are_kept(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any], seed: int
) -> None:
    assert_kept(with_hostile_texts(data, seed), tmp_path_factory.mktemp("kept"))


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_stands_in_yaml(text: str) -> None:
    data: dict[str, Any] = {
        "文种": "预算",
        "其他说明": [text, text],
        "补充说明": {text.strip(): text},
        "单位": {"名称": text},
    }
    tree = parse(yaml_text(data), "单位.yaml", known())
    assert tree.findings == []
    assert tree.data == data
