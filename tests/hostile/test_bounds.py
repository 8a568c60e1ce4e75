"""What is at the edge of what a file may hold: told to the clerk, at its place, in her own terms."""

from __future__ import annotations

import pytest

from conftest import EXAMPLE
from gongkai.batch.unit import Settings, make_unit

UNIT = "克孜勒苏柯尔克孜自治州商务局"
FINAL = EXAMPLE.with_name("shili-ju-2024-final.yaml")
PACKS = ["base", "kezhou", "xinjiang", "waisheng"]


def made(tmp_path, replaced, formats=("html", "xlsx", "data"), example=EXAMPLE, pack="base"):
    """What becomes of an example in which texts are replaced by others."""
    source = example.read_text(encoding="utf-8")
    for old, new in replaced.items():
        assert old in source
        source = source.replace(old, new)
    file = tmp_path / "单位.yaml"
    file.write_text(source, encoding="utf-8")
    return make_unit(file, Settings(tmp_path, formats, pack=pack))


@pytest.mark.parametrize(
    "name", ["{单位}局", "{{ unit.name }}局", "{% if %}局", "{局", "局}", "{自称}局", "{#局", "{年度"]
)
@pytest.mark.parametrize("pack", PACKS)
def test_braces_in_the_words_of_a_unit_are_text(tmp_path, name, pack):
    result, contents = made(tmp_path, {UNIT: f"'{name}'"}, ["html"], pack=pack)
    assert not result.failed, result.findings
    assert result.title.startswith(name)
    assert contents["单位.html"].decode().count(name.replace("&", "&amp;")) > 5


@pytest.mark.parametrize("name", ["{单位}局", "{{ unit.name }}局", "{局"])
def test_braces_in_the_words_of_a_final_account_are_text(tmp_path, name):
    result, contents = made(tmp_path, {"  名称: 示例县示例局": f"  名称: '{name}'"}, ["html"], example=FINAL)
    assert not result.failed, result.findings
    assert name in contents["单位.html"].decode()
