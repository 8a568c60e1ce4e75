"""A pack made into one file: it prints what the folder prints, in every way in which packs are used."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import zipfile
from pathlib import Path

import pytest

from gongkai import render
from gongkai.batch.jobs import Job
from gongkai.batch.task import task_of
from gongkai.batch.workers.order import Order
from gongkai.batch.workers.pack_snapshot import take_snapshot
from gongkai.batch.workers.worker import Worker
from gongkai.files import scratch
from gongkai.findings import FindingsError
from gongkai.packs.handing.build import build
from gongkai.packs.load.find import search_path
from gongkai.packs.load.label import LABEL
from gongkai.produce.file_state import state_of_unit
from gongkai.produce.preview import state_of
from support.fixtures import CLEAN, PACKS, ROOT, gongkai, invoked, write_pack

BUDGET, FINAL = ROOT / "examples/minimal-budget.yaml", ROOT / "examples/minimal-final.yaml"
SMALL = "名称: 示例州\n上级: base\n校验级别: {GK486: 不查}\n选项:\n  部分: [名词解释]\n"
FORMATS = ("pdf", "docx", "html", "xlsx", "data")


def small(folder: Path, extra: str = "", **files: str) -> Path:
    return write_pack(folder, "shili", {"pack.yaml": SMALL + extra, **files})


def built(folder: Path, name: str, *dirs: Path) -> Path:
    """The file of a pack, in a folder of its own."""
    made = build(name, dirs)
    file = folder / made.name
    file.write_bytes(made.data)
    return file


@pytest.mark.parametrize("data", [BUDGET, FINAL], ids=["budget", "final"])
@pytest.mark.parametrize("pack", ["county", "emblem"])
def test_a_built_pack_makes_the_same_bytes_as_its_folder(pack, data, tmp_path):
    file = built(tmp_path, pack, PACKS)

    ways = {"folder": PACKS, "file": file}
    made = {
        way: render(data, tmp_path / way, formats=FORMATS, pack=pack, pack_folders=place, engine="typst")
        for way, place in ways.items()
    }

    assert not any(result.failed for result in made.values())
    both = [{path.name: path.read_bytes() for path in result.written} for result in made.values()]
    assert both[0] == both[1]
    assert len(both[0]) >= len(FORMATS)


def test_a_file_holds_the_pack_and_the_parents_that_the_program_has_not_and_nothing_else(tmp_path):
    packs = tmp_path / "packs"
    shutil.copytree(PACKS, packs)
    for name in ("pack.yaml~", ".DS_Store", "笔记.txt", "~$表.xlsx", "README", ".git/config", "程序.py"):
        (packs / "county" / name).parent.mkdir(exist_ok=True)
        (packs / "county" / name).write_text("x", encoding="utf-8")
    for name in ("取数.yaml", "例子/单位.yaml", "字体.otf"):
        (packs / "county" / name).parent.mkdir(exist_ok=True)
        (packs / "county" / name).write_text("{}", encoding="utf-8")

    made = build("county", [packs])

    with zipfile.ZipFile(built(tmp_path, "county", packs)) as archive:
        names = archive.namelist()
    assert names == [
        LABEL, "city/2024/预算/名词解释.html", "city/pack.yaml", "city/style.yaml", "city/预算/名词解释.html",
        "city/预算/概况.html", "city/预算/表格.yaml", "county/pack.yaml", "county/例子/单位.yaml", "county/取数.yaml",
        "county/字体.otf", "county/预算/名词解释.html",
    ]  # fmt: skip
    assert [Path(name).name for name in made.left] == [
        ".DS_Store",
        "README",
        "pack.yaml~",
        "~$表.xlsx",
        "程序.py",
        "笔记.txt",
    ]
    assert (made.label.packed, made.label.shipped) == (("county", "city"), ("base",))


def test_equal_contents_are_equal_bytes_whatever_the_clock_and_the_place(tmp_path):
    first = small(tmp_path / "甲", "版本号: 1.2\n")
    shutil.copytree(first, tmp_path / "乙/shili")
    os.utime(tmp_path / "乙/shili/pack.yaml", (1, 1))

    one, two = build("shili", [tmp_path / "甲"]), build("shili", [tmp_path / "乙"])

    assert one.data == two.data
    assert one.name == "示例州-1.2.模板包.zip"


def test_the_label_says_what_is_needed_and_pack_show_reads_it(tmp_path):
    small(tmp_path / "packs", '版本号: "3"\n需要程序: ">=0.1"\n')
    run = invoked("pack", "build", "shili", "--pack-dir", "packs", cwd=tmp_path)
    file = tmp_path / "示例州-3.模板包.zip"
    with zipfile.ZipFile(file) as archive:
        label = json.loads(archive.read(LABEL))

    assert run.returncode == 0, run.stderr
    assert (label["标识"], label["名称"], label["版本号"], label["需要程序"]) == ("shili", "示例州", "3", ">=0.1")
    of_file, of_folder = (invoked("pack", "show", each, cwd=tmp_path).stdout for each in (file.name, "packs/shili"))
    for shown in (of_file, of_folder):
        assert "示例州（shili），版本号：3\n需要程序：>=0.1（" in shown
        assert f"摘要：{label['摘要']}" in shown


def test_a_pack_with_errors_is_not_built(tmp_path):
    small(tmp_path / "packs", **{"预算/名词解释.html": "<p>{{ 没有这个 }}</p>"})

    run = invoked("pack", "build", "packs/shili", cwd=tmp_path)

    assert run.returncode == 1
    assert "模板用了不存在的名称“没有这个”" in run.stderr
    assert "有错误，没有做" in run.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["packs"]


@pytest.mark.parametrize("name", ["甲.html", "子/乙.yaml"])
def test_what_is_a_link_out_of_the_pack_is_not_built(name, tmp_path):
    pack = small(tmp_path / "packs")
    outside = tmp_path / "外面.html"
    outside.write_text("秘密", encoding="utf-8")
    (pack / name).parent.mkdir(exist_ok=True)
    (pack / name).symlink_to(outside)

    with pytest.raises(FindingsError) as caught:
        build("shili", [tmp_path / "packs"])

    [finding] = caught.value.findings
    assert (finding.code, finding.place.file) == ("GK523", str(pack / name))


def test_names_that_some_systems_cannot_tell_apart_are_not_built(tmp_path):
    pack = small(tmp_path / "packs")
    (pack / "A.html").write_text("", encoding="utf-8")
    (pack / "a.html").write_text("", encoding="utf-8")
    if len([*pack.glob("?.html")]) < 2:
        pytest.skip("a file system that cannot, either")

    with pytest.raises(FindingsError) as caught:
        build("shili", [tmp_path / "packs"])

    [finding] = caught.value.findings
    assert finding.code == "GK523"
    assert "只差大小写" in finding.message
    assert finding.place.file.startswith(str(pack))


def test_a_pack_that_comes_with_the_program_is_not_built():
    with pytest.raises(FindingsError) as caught:
        build("kezhou")

    assert caught.value.findings[0].code == "GK523"


def test_an_edition_may_have_an_empty_folder_in_a_file_and_in_a_batch(tmp_path):
    pack = small(tmp_path / "packs", '版本:\n  - {年度: 2020, 目录: "2020"}\n')
    (pack / "2020").mkdir()
    file = built(tmp_path, "shili", tmp_path / "packs")

    for place in (file, tmp_path / "packs"):
        run = invoked("check", CLEAN, "--pack", "shili", "--pack-dir", place, cwd=tmp_path)
        assert run.returncode == 0, run.stderr
        folders = take_snapshot([place]).unpack(tmp_path / place.name.replace(".", "-")).folders
        assert (folders[0] / "shili/2020").is_dir()


def test_a_mistake_in_a_file_is_told_by_file_and_entry(tmp_path):
    small(tmp_path / "packs", **{"预算/表格.yaml": "统一:\n  编号行: true\n  没有的: 甲\n"})
    file = built(tmp_path, "shili", tmp_path / "packs")
    where = f"{file.name}!shili/预算/表格.yaml:3:"

    for command in (("check", CLEAN, "--pack", "shili"), ("pack", "check", "shili")):
        run = invoked(*command, "--pack-dir", file.name, cwd=tmp_path)
        assert where in run.stderr, run.stderr
        assert "gongkai-run-" not in run.stderr + run.stdout
    absent = invoked("check", CLEAN, "--pack", "没有", "--pack-dir", file.name, cwd=tmp_path)
    assert f"还查找过：{file.name}）" in absent.stderr


def test_workers_get_the_contents_and_tell_mistakes_by_file_and_entry(tmp_path):
    small(tmp_path / "packs", **{"预算/名词解释.html": "<p>{{ 金额(甲) }}</p>"})
    file = built(tmp_path, "shili", tmp_path / "packs")
    (tmp_path / "in").mkdir()
    shutil.copy(CLEAN, tmp_path / "in/甲.yaml")

    run = gongkai(
        "batch", "in", "--pack", "shili", "--pack-dir", file.name, "--format", "html", "-o", "o", cwd=tmp_path
    )

    assert run.returncode == 1
    assert f"{file.name}!shili/预算/名词解释.html:1:" in run.stderr + run.stdout
    assert "gongkai-run-" not in run.stderr + run.stdout + (tmp_path / "o/批量报告.json").read_text(encoding="utf-8")


def test_a_batch_makes_the_same_with_a_file_from_the_environment_and_leaves_nothing(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "临时").mkdir()
    shutil.copy(CLEAN, tmp_path / "in/甲.yaml")
    file = built(tmp_path, "county", PACKS)
    made = []
    for number, place in enumerate((PACKS, file)):
        env = {"GONGKAI_PACKS": str(place), "TMPDIR": str(tmp_path / "临时")}
        run = gongkai("batch", "in", "--pack", "county", "--format", "html", "-o", f"o{number}", cwd=tmp_path, env=env)
        assert run.returncode == 0, run.stderr
        made.append((tmp_path / f"o{number}/甲.html").read_bytes())

    assert made[0] == made[1]
    assert [*(tmp_path / "临时").iterdir()] == []


def test_a_machine_of_the_cluster_needs_no_file(tmp_path):
    file = built(tmp_path, "county", PACKS)
    snapshots = [pickle.loads(pickle.dumps(take_snapshot([place]))) for place in (file, PACKS)]
    file.unlink()

    made = []
    for number, snapshot in enumerate(snapshots):
        worker = Worker(Order(("html",), "county"), snapshot.unpack(tmp_path / str(number)))
        made.append(worker.make(task_of(Job(CLEAN, Path()))).contents)

    assert snapshots[0].origins["00/county"] == f"{file}!county"
    assert made[0] == made[1] != {}


def test_a_content_is_unpacked_once_and_anew_when_the_file_is_another(tmp_path):
    small(tmp_path / "packs")
    file = built(tmp_path, "shili", tmp_path / "packs")
    copy = Path(shutil.copy(file, tmp_path / "副本.zip"))
    before, of_unit = state_of("shili", [file]), state_of_unit(CLEAN, [file])

    first, again, other = (search_path([each])[0] for each in (file, file, copy))
    small(tmp_path / "packs", "版本号: 2\n")
    file.write_bytes(build("shili", [tmp_path / "packs"]).data)

    assert first == again == other
    assert search_path([file])[0] != first
    assert state_of("shili", [file]) != before
    assert state_of_unit(CLEAN, [file]) != of_unit
    assert first.is_relative_to(scratch.run_folder())


@pytest.mark.parametrize("needs", [">=0.9", ">=1", ">= 0.2.1"])
def test_a_pack_that_needs_a_newer_program_says_which(needs, tmp_path):
    # What only the newer program knows stands before what says so.
    pack = write_pack(tmp_path, "shili", {"pack.yaml": f'{SMALL}新的东西: 甲\n需要程序: "{needs}"\n'})

    run = invoked("check", CLEAN, "--pack", "shili", "--pack-dir", ".", cwd=tmp_path)

    version = needs.removeprefix(">=").strip()
    assert f"GK522 这个模板包需要 {version} 或更新的程序，现在的是 0." in run.stderr
    assert "新的东西" not in run.stderr
    assert f"{pack.name}/pack.yaml:7:" in run.stderr


@pytest.mark.parametrize("line", ["需要程序: 0.2\n", "需要程序: 新的\n", "版本号: 一 二\n"])
def test_versions_that_nobody_can_compare_are_told(line, tmp_path):
    small(tmp_path, line)

    run = invoked("check", CLEAN, "--pack", "shili", "--pack-dir", ".", cwd=tmp_path)

    assert f"GK502 “{line.partition(':')[0]}”：" in run.stderr
    assert "shili/pack.yaml:6:" in run.stderr
