"""The public interface for programs: check and render."""

from __future__ import annotations

import subprocess
import sys

import pytest

import gongkai
from gongkai import Level, Result, check, render
from support.fixtures import EXAMPLE, ROOT


def test_check_tells_everything_and_raises_nothing(tmp_path):
    wrong = tmp_path / "单位.yaml"
    wrong.write_text("文种：预算\n", encoding="utf-8")

    good, bad, absent = check(EXAMPLE), check(str(wrong)), check(tmp_path / "没有.yaml")

    assert isinstance(good, Result)
    assert (good.passed, good.kind, good.year) == (True, "预算", 2024)
    assert all(finding.level is not Level.ERROR for finding in good.counted)
    assert (bad.passed, bad.findings[0].place.line) == (False, 1)
    assert [finding.code for finding in absent.findings] == ["GK101"]


def test_strict_counts_warnings():
    assert not check(EXAMPLE, strict=True).passed


def test_render_writes_what_is_asked_for(tmp_path):
    result = render(EXAMPLE, tmp_path, formats=["html", "data", "html"], pack="base")

    assert result.passed
    assert [file.name for file in result.written] == [f"{EXAMPLE.stem}.html", f"{EXAMPLE.stem}-数据.zip"]
    assert all(file.stat().st_size for file in result.written)


def test_formats_and_folders_may_be_one_text(tmp_path):
    result = render(EXAMPLE, tmp_path, formats="html, data", pack="base", pack_folders=str(tmp_path))

    assert [file.suffix for file in result.written] == [".html", ".zip"]


@pytest.mark.parametrize("none", ["", (), "doc"])
def test_formats_that_are_none_are_refused(none, tmp_path):
    with pytest.raises(ValueError, match="no such format"):
        render(EXAMPLE, tmp_path, formats=none)
    assert not list(tmp_path.iterdir())


def test_render_names_files_by_their_title_and_takes_packs_from_a_folder(tmp_path):
    (tmp_path / "packs" / "own").mkdir(parents=True)
    manifest = '名称: 自己\n上级: base\n选项:\n  预算: {封面标题: "{年度}年预算"}\n'
    (tmp_path / "packs" / "own" / "pack.yaml").write_text(manifest, encoding="utf-8")

    result = render(
        EXAMPLE, tmp_path, formats=["html"], pack="own", pack_folders=[str(tmp_path / "packs")], by_title=True
    )

    assert result.title.endswith("2024年预算")
    assert result.written[0].name == f"{result.title}.html"


def test_format_that_does_not_exist_is_a_mistake_of_the_program(tmp_path):
    with pytest.raises(ValueError, match="no such format: txt"):
        render(EXAMPLE, tmp_path, formats=["txt"])


def test_only_what_is_used_is_loaded_and_types_come_along():
    code = "import gongkai, sys; print([m for m in sys.modules if m.startswith('gongkai.')]); print(gongkai.__all__)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)

    assert run.stdout.splitlines()[0] == "[]"
    assert (ROOT / "src/gongkai/py.typed").exists()
    assert all(getattr(gongkai, name) for name in gongkai.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = gongkai.nothing
