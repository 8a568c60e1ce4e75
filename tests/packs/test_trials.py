"""A pack tried on data: the examples that it brings along (例子), and a designer's own files."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongkai.batch.workers.pack_snapshot import take_snapshot
from gongkai.cli.main import cli
from gongkai.produce.preview import Trial
from support.fixtures import CLEAN, ROOT, SMALL_PACK, write_pack

UNIT = "示例县地方志编纂室"
FAILING = "<p>{% if 单位.名称 == '试用局' %}{{ 选项.章节标题.没有这一节 }}{% endif %}没有错。</p>\n"
"""A template in which everything is well but for one unit."""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["pack", *map(str, arguments)])


def own_unit(file: Path, name: str = "试用局", **changes: str) -> Path:
    """The nearly empty example as another unit's."""
    text = CLEAN.read_text(encoding="utf-8")
    assert UNIT in text
    text = text.replace(UNIT, name)
    for old, new in changes.items():
        assert f"{old}: " in text
        text = "\n".join(f"{old}: {new}" if row.startswith(f"{old}: ") else row for row in text.splitlines())
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def small(tmp_path, monkeypatch) -> Path:
    """A folder with a small pack; of the built-in examples the nearly empty budget."""
    monkeypatch.setattr("gongkai.produce.preview.example_files", lambda: [CLEAN])
    write_pack(tmp_path / "packs", "small", {"pack.yaml": SMALL_PACK, "预算/名词解释.html": "<p>没有错。</p>\n"})
    return tmp_path / "packs"


def broken(small: Path) -> None:
    """The template fails for one unit, and no look at it alone shows that."""
    (small / "small/预算/名词解释.html").write_text(FAILING, encoding="utf-8")


def test_check_renders_the_packs_own_examples_too(small):
    broken(small)
    assert run("check", "small", "--pack-dir", small).exit_code == 0
    own_unit(small / "small/例子/试用局.yaml")

    checked = run("check", "small", "--pack-dir", small)

    assert checked.exit_code == 1
    assert f"{small / 'small/预算/名词解释.html'}:1" in checked.output
    assert "没有“没有这一节”" in checked.output


def test_check_checks_the_packs_own_examples_as_a_clerk_would(small):
    example = own_unit(small / "small/例子/试用局.yaml", 年度="两千")

    checked = run("check", "small", "--pack-dir", small)

    assert checked.exit_code == 1
    assert f"{example}:" in checked.output


def test_check_of_a_file_of_ones_own_takes_that_alone_or_the_examples_as_well(small, tmp_path):
    own_unit(small / "small/例子/试用局.yaml", 年度="两千")
    file = own_unit(tmp_path / "单位.yaml", "另一局")

    alone, beside = (run("check", "small", file, "--pack-dir", small, *more) for more in ([], ["--examples"]))

    assert alone.exit_code == 0, alone.output
    assert beside.exit_code == 1
    broken(small)
    own_unit(file)
    assert run("check", "small", file, "--pack-dir", small).exit_code == 1


def test_check_uses_the_pack_whatever_the_file_names(small, tmp_path):
    broken(small)
    file = own_unit(tmp_path / "单位.yaml")
    file.write_text(f"模板: 克州\n{file.read_text(encoding='utf-8')}", encoding="utf-8")

    assert run("check", "small", file, "--pack-dir", small).exit_code == 1


def test_check_of_a_file_takes_the_edition_of_the_year_asked_for(small, tmp_path):
    manifest = f"{SMALL_PACK}版本:\n  - {{年度: 2030, 文种: [预算], 目录: 新}}\n"
    write_pack(
        small,
        "small",
        {"pack.yaml": manifest, "新/预算/名词解释.html": FAILING},
    )
    file = own_unit(tmp_path / "单位.yaml")

    assert run("check", "small", file, "--pack-dir", small).exit_code == 0
    assert run("check", "small", file, "--year", 2030, "--pack-dir", small).exit_code == 1


def test_a_file_that_is_not_there_is_told(small, tmp_path):
    checked = run("check", "small", tmp_path / "没有.yaml", "--pack-dir", small)

    assert checked.exit_code == 1
    assert "没有.yaml" in checked.output


def test_preview_shows_the_packs_own_examples_and_files_of_ones_own(small, tmp_path):
    own_unit(small / "small/例子/试用局.yaml")
    file = own_unit(tmp_path / "单位.yaml", "另一局")

    def written(*more: object) -> list[str]:
        out = tmp_path / f"样子{len(more)}"
        shown = run("preview", "small", *more, "--pack-dir", small, "-o", out, "--engine", "typst")
        assert shown.exit_code == 0, shown.output
        return sorted(path.name for path in out.glob("*.html"))

    assert written() == ["minimal-budget.html", "试用局.html"]
    assert written(file) == ["单位.html"]
    assert written(file, "--examples") == ["minimal-budget.html", "单位.html", "试用局.html"]


def test_two_files_of_one_name_are_not_written_over_each_other(small, tmp_path):
    files = [own_unit(tmp_path / folder / "单位.yaml", folder) for folder in ("甲局", "乙局")]

    shown = run("preview", "small", *files, "--pack-dir", small, "-o", tmp_path / "样子", "--engine", "typst")

    assert shown.exit_code == 1
    assert "甲局" in (tmp_path / "样子" / "单位.html").read_text(encoding="utf-8")


def test_only_data_files_are_examples(small):
    for name in ("说明.txt", "图.png", "甲.yaml", "乙.yml"):
        (small / "small/例子").mkdir(exist_ok=True)
        (small / "small/例子" / name).write_text("", encoding="utf-8")

    assert [file.name for file in Trial("small", (small,)).data] == ["乙.yml", "甲.yaml"]


def test_of_more_examples_than_anybody_looks_at_none_is_tried(small):
    (small / "small/例子").mkdir()
    for number in range(51):
        (small / "small/例子" / f"{number}.yaml").touch()

    checked = run("check", "small", "--pack-dir", small)
    assert checked.exit_code == 1
    assert "例子太多：51 个，最多 50 个" in checked.output


def test_a_batch_takes_no_examples_along(small):
    own_unit(small / "small/例子/试用局.yaml")

    assert [name for name in take_snapshot((small,)).files if "例子" in name] == []


@pytest.mark.parametrize("link", ["itself", "named"])
def test_an_example_leads_to_no_file_outside_of_its_pack(small, tmp_path, link):
    outside = own_unit(tmp_path / "外面.yaml")
    example = small / "small/例子/试用局.yaml"
    if link == "itself":
        example.parent.mkdir()
        example.symlink_to(outside)
    else:
        own_unit(example)
        text = example.read_text(encoding="utf-8")
        example.write_text(f"上年文件: ../../../外面.yaml\n{text}", encoding="utf-8")

    checked = run("check", "small", "--pack-dir", small)

    assert checked.exit_code == 1
    assert "错误 GK501" in checked.output
    assert "包外面" in checked.output
    assert run("preview", "small", "--pack-dir", small, "-o", tmp_path / "样子").exit_code == 1
    assert not (tmp_path / "样子").exists()


# --- what differs in the printed text ---

EXAMPLE = ROOT / "examples" / "kezhou-swj-2024-budget.yaml"


def test_diff_of_a_file_says_what_is_printed_otherwise_under_which_heading():
    printed = run("diff", "克州", "克州", EXAMPLE, "--year", 2024, "--to-year", 2025).output

    assert printed.startswith(f"{EXAMPLE}：")
    assert "  第四部分　名词解释\n" in printed
    assert "    甲（2024 年）：" in printed
    assert "    乙（2025 年）：" in printed
    assert "甲（2024 年）：2024年02月25日\n" in printed
    assert "乙（2025 年）：2024年2月25日\n" in printed


def test_diff_of_a_file_with_one_pack_twice_says_that_nothing_differs():
    assert run("diff", "克州", "kezhou", EXAMPLE).output == f"{EXAMPLE}：0 处不同\n"


def test_diff_of_a_file_between_two_packs(small, tmp_path):
    manifest = SMALL_PACK.replace("小样", "另样")
    write_pack(small, "other", {"pack.yaml": manifest, "预算/名词解释.html": "<p>有些不同。</p>\n"})

    printed = run("diff", "small", "other", CLEAN, "--pack-dir", small)

    assert printed.exit_code == 0, printed.output
    assert printed.output == (
        f"{CLEAN}：1 处不同\n  第一部分　名词解释\n    small：没有错。\n    other：有些不同。\n"
    )  # fmt: skip


def test_diff_goes_on_past_a_file_that_cannot_be_read(tmp_path):
    printed = run("diff", "base", "base", tmp_path / "没有.yaml", CLEAN)

    assert printed.exit_code == 1
    assert f"{CLEAN}：0 处不同" in printed.output
    assert "没有.yaml" in printed.output


def test_the_kind_is_that_of_the_file():
    wrong = run("diff", "base", "base", CLEAN, "--kind", "决算")

    assert wrong.exit_code == 2
    assert "文种照文件" in wrong.output
