"""What packs say of the tables of their region: nearest first, and used by the import."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai.cli.main import cli
from gongkai.findings import FindingsError
from gongkai.intake.data_file import read_tree
from gongkai.packs.import_mapping import import_mapping
from support.books import EXAMPLES

PARENT = "名称: 某省\n上级: base\n"
CHILD = "名称: 某县\n上级: 某省\n"


def packs(folder: Path, **mappings: str) -> Path:
    for name, manifest in (("某省", PARENT), ("某县", CHILD)):
        (folder / name).mkdir(parents=True)
        (folder / name / "pack.yaml").write_text(manifest, encoding="utf-8")
        if name in mappings:
            (folder / name / "取数.yaml").write_text(mappings[name], encoding="utf-8")
    return folder


def test_a_pack_adds_to_what_its_parent_says(tmp_path: Path) -> None:
    folder = packs(
        tmp_path,
        某省="工作表: {甲表: 支出总体, 乙表: 收支总体}\n金额单位: 元\n不取用: [封面]\n",
        某县="工作表: {甲表: 项目支出}\n不取用: [目次]\n",
    )
    assert import_mapping("某县", [folder]) == {
        "工作表": {"甲表": "项目支出", "乙表": "收支总体"}, "金额单位": "元", "不取用": ["目次", "封面"],
    }  # fmt: skip
    assert import_mapping("某省", [folder])["工作表"]["甲表"] == "支出总体"  # type: ignore[index]
    assert import_mapping("base") == {}


def test_a_mistake_in_it_is_told(tmp_path: Path) -> None:
    folder = packs(tmp_path, 某县="- 清单\n")
    with pytest.raises(FindingsError) as told:
        import_mapping("某县", [folder])
    assert told.value.findings[0].code == "GK501"


def test_the_import_leaves_alone_what_the_pack_says(tmp_path: Path) -> None:
    example = next(path for path in EXAMPLES if path.stem == "minimal-budget")
    run = CliRunner().invoke(cli, ["render", str(example), "-o", str(tmp_path), "--format", "xlsx"])
    assert run.exit_code == 0
    tables = tmp_path / "minimal-budget.xlsx"
    folder = packs(tmp_path / "包", 某县="不取用: [表6一般公共预算基本支出情况表]\n")

    def imported(name: str, *options: str) -> dict[str, object]:
        done = CliRunner().invoke(cli, ["import", str(tables), "-o", str(tmp_path / name), *options])
        assert done.exit_code == 0, done.output
        return dict(read_tree(tmp_path / name).data)

    whole = imported("全.yaml")
    less = imported("少.yaml", "--pack", "某县", "--pack-dir", str(folder))
    assert less["模板"] == "某县"
    assert "基本支出经济分类" in whole
    assert "基本支出经济分类" not in less
