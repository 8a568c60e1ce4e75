"""Many units at once: each on its own, to be continued, and nothing half-written whatever happens."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from gongkai.batch.errors import BusyError, ClusterError, SourceError
from gongkai.batch.jobs import Job, find_jobs
from gongkai.batch.record import NAME, Manifest, alone_in
from gongkai.batch.run import BatchSettings, run_batch
from gongkai.batch.stop import Stop
from gongkai.batch.task import Task, task_of
from gongkai.batch.workers import toolchain
from gongkai.batch.workers.order import Order
from gongkai.batch.workers.pack_snapshot import take_snapshot
from gongkai.cli.main import cli
from gongkai.files.write import write_all
from gongkai.findings import Finding, FindingsError, Level, Place
from gongkai.reports.batch.outcomes import Report, State
from gongkai.source.text_file import held, read_bytes
from support.batches import InPlace, codes, documents, left_over, make_units, report, small_pack, spoil, states
from support.diary import Diary
from support.fixtures import EXAMPLE, SCRIPT, SMALL_PACK, example_input, gongkai, write_input, write_pack

SECRET = "不可说的项目"


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["batch", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def small(tmp_path: Path) -> list[str]:
    return [*small_pack(tmp_path / "packs"), "--format", "html", "--workers", "1", "-o", str(tmp_path / "out")]


@pytest.fixture
def in_place(monkeypatch, tmp_path):
    """Run a batch in this process; ``before`` happens between making and writing."""
    small_pack(tmp_path / "packs")

    def run(before: Callable[[Task], None] = lambda task: None, **changes: object) -> Report:
        settings = BatchSettings(tmp_path / "out", ("html",), "small", [tmp_path / "packs"])
        settings = replace(settings, **changes)  # type: ignore[arg-type]
        monkeypatch.setattr("gongkai.batch.run._runner", lambda chosen, order, *_: InPlace(chosen, order, before))
        return run_batch(find_jobs([str(tmp_path / "in")]), settings, Stop(), Diary())

    return run


# --- which files ---


def test_folder_is_searched_with_what_is_below(tmp_path):
    make_units(tmp_path / "县", 1)
    make_units(tmp_path / "县/下级", 1)
    (tmp_path / "县/.git").mkdir()
    (tmp_path / "县/.git/设置.yaml").write_text("", encoding="utf-8")
    (tmp_path / "县/说明.md").write_text("", encoding="utf-8")

    assert [job.key for job in find_jobs([str(tmp_path / "县")])] == ["下级/局01", "局01"]


def test_template_packs_below_a_folder_are_no_units(tmp_path):
    make_units(tmp_path, 1)
    small_pack(tmp_path / "packs")

    assert [job.key for job in find_jobs([str(tmp_path)])] == ["局01"]


def test_pattern_and_list_keep_the_sub_folders(tmp_path, monkeypatch):
    for name in ("甲县", "乙县"):
        make_units(tmp_path / name, 1)
    (tmp_path / "清单.txt").write_text("# 今年的\n甲县/局01.yaml\n\n乙县/局01.yaml\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    keys = ["乙县/局01", "甲县/局01"]
    assert [job.key for job in find_jobs(["*县/*.yaml"])] == keys
    assert [job.key for job in find_jobs(["清单.txt"])] == keys
    assert [job.key for job in find_jobs(["甲县/局01.yaml", "乙县/局01.yaml"])] == keys
    assert [job.key for job in find_jobs(["甲县/局01.yaml"])] == ["局01"]


def test_file_named_twice_is_one_unit(tmp_path):
    [file] = make_units(tmp_path, 1)

    assert len(find_jobs([str(tmp_path), str(file)])) == 1


def test_two_files_with_one_output_are_refused(tmp_path):
    [file] = make_units(tmp_path, 1)
    file.with_suffix(".yml").write_bytes(file.read_bytes())

    with pytest.raises(SourceError, match="同名"):
        find_jobs([str(tmp_path)])


def test_file_below_a_folder_and_by_itself_is_one_unit_in_its_sub_folder(tmp_path):
    [file] = make_units(tmp_path / "in/下级", 1)

    assert [job.key for job in find_jobs([str(tmp_path / "in"), str(file)])] == ["下级/局01"]


@pytest.mark.parametrize("name", ["index", "批量报告"])
def test_unit_called_like_a_report_is_refused(name, small, tmp_path):
    [file] = make_units(tmp_path / "in", 1)
    file.rename(file.with_stem(name))

    run = invoke(tmp_path / "in", *small)

    assert run.exit_code == 2
    assert "同名" in run.output


def test_folder_that_cannot_be_read_is_wrong_use(tmp_path, monkeypatch):
    make_units(tmp_path / "in/密", 1)
    make_units(tmp_path / "in", 1)
    real = os.scandir

    def scan(folder: str) -> object:
        if str(folder).endswith("密"):
            raise PermissionError(errno.EACCES, "", folder)
        return real(folder)

    monkeypatch.setattr(os, "scandir", scan)

    with pytest.raises(SourceError, match="in/密 读不了"):
        find_jobs([str(tmp_path / "in")])


def test_link_in_a_circle_costs_that_unit_only(small, tmp_path):
    make_units(tmp_path / "in", 1)
    (tmp_path / "in/局02.yaml").symlink_to("局02.yaml")

    assert invoke(tmp_path / "in", *small).exit_code == 1
    assert states(tmp_path / "out") == {"局01": "完成", "局02": "失败"}


def test_file_whose_name_is_no_text_costs_that_unit_only(small, tmp_path):
    make_units(tmp_path / "in", 1)
    source = (tmp_path / "in/局01.yaml").read_bytes()
    (tmp_path / "in" / os.fsdecode("乱码".encode("gb18030") + b".yaml")).write_bytes(source)

    for more in ([], ["--resume"]):
        assert invoke(tmp_path / "in", *small, *more).exit_code == 1
        [bad] = [entry for entry in report(tmp_path / "out")["entries"] if entry["state"] == "失败"]
        assert [finding["code"] for finding in bad["findings"]] == ["GK628"]
        assert len(documents(tmp_path / "out")) == 1


@pytest.mark.parametrize("source", ["空", "没有", "*.yaml", "空清单.txt", "不是文字.txt"])
def test_source_without_files_is_wrong_use(source, small, tmp_path, monkeypatch):
    (tmp_path / "空").mkdir()
    (tmp_path / "空清单.txt").write_text("# 还没有\n", encoding="utf-8")
    (tmp_path / "不是文字.txt").write_bytes(b"\xff\xfe\x00")
    monkeypatch.chdir(tmp_path)

    run = invoke(source, *small)

    assert run.exit_code == 2
    assert source in run.output
    assert not (tmp_path / "out").exists()


# --- a whole batch ---


def test_every_unit_gets_its_documents_in_its_sub_folder(small, tmp_path):
    make_units(tmp_path / "in", 2)
    make_units(tmp_path / "in/下级", 1)

    run = invoke(tmp_path / "in", *small, "--workers", "2")

    assert run.exit_code == 0, run.output
    assert list(documents(tmp_path / "out")) == ["下级/局01.html", "局01.html", "局02.html"]
    assert "示例县第2局" in documents(tmp_path / "out")["局02.html"].decode()
    assert left_over(tmp_path / "out") == []
    names = ("批量报告.txt", "批量报告.json", "批量报告.xlsx", "index.html")
    assert run.output.splitlines()[-4:] == [str(tmp_path / "out" / name) for name in names]


def test_batch_makes_the_same_bytes_as_render(small, tmp_path):
    [file] = make_units(tmp_path / "in", 1)
    invoke(file, *small, "--format", "pdf,docx,html")
    pack = small[: small.index("--format")]
    CliRunner().invoke(cli, ["render", str(file), *pack, "--format", "pdf,docx,html", "-o", str(tmp_path / "one")])

    for suffix in ("pdf", "docx", "html"):
        assert documents(tmp_path / "out", suffix) == documents(tmp_path / "one", suffix)
    assert report(tmp_path / "out")["entries"][0]["pages"] > 1


def test_bad_file_costs_that_unit_only(small, tmp_path):
    files = make_units(tmp_path / "in", 3)
    spoil(files[0])
    files[1].write_bytes("单位: 商务局".encode("gb18030"))

    run = invoke(tmp_path / "in", *small)

    assert run.exit_code == 1
    assert states(tmp_path / "out") == {"局01": "失败", "局02": "失败", "局03": "完成"}
    assert codes(tmp_path / "out", "局02") == ["GK105"]
    assert "GK105" in run.output
    assert list(documents(tmp_path / "out")) == ["局03.html"]


def test_listed_file_that_is_not_there_is_that_units_failure(small, tmp_path):
    make_units(tmp_path, 1)
    (tmp_path / "清单.txt").write_text("局01.yaml\n局02.yaml\n", encoding="utf-8")

    assert invoke(tmp_path / "清单.txt", *small).exit_code == 1
    assert codes(tmp_path / "out", "局02") == ["GK101"]
    assert states(tmp_path / "out")["局01"] == "完成"


def test_warnings_fail_a_unit_only_when_strict(small, tmp_path):
    data = example_input()
    data["整体绩效目标"]["指标"][0]["权重"] = "20"
    file = write_input(tmp_path, data)

    assert invoke(file, *small).exit_code == 0
    assert invoke(file, *small, "--strict").exit_code == 1


def test_edition_of_the_pack_may_be_chosen(small, tmp_path):
    """克州's form of 2025 gives its own name to the first section."""
    make_units(tmp_path / "in", 1)
    text = {}
    for edition in ("2024", "2025"):
        out = tmp_path / edition
        assert invoke(tmp_path / "in", *small, "--pack", "克州", "--edition", edition, "-o", out).exit_code == 0
        text[edition] = documents(out)["局01.html"].decode("utf-8")

    assert "收支预算情况的总体说明" in text["2024"]
    assert "收支预算情况总体说明" in text["2025"]


def test_findings_about_a_pack_name_its_own_files(small, tmp_path):
    make_units(tmp_path / "in", 1)
    template = tmp_path / "packs/small/预算/名词解释.html"
    template.write_text("<p>{{ 没有的 }}</p>\n", encoding="utf-8")

    assert invoke(tmp_path / "in", *small).exit_code == 1
    [finding] = report(tmp_path / "out")["entries"][0]["findings"]
    assert (finding["place"]["file"], finding["place"]["line"]) == (str(template), 1)


def test_unknown_pack_is_told_with_the_folders_that_were_searched(small, tmp_path):
    make_units(tmp_path / "in", 1)

    run = invoke(tmp_path / "in", *small, "--pack", "无此包")

    assert run.exit_code == 1
    assert codes(tmp_path / "out", "局01") == ["GK503"]
    assert str(tmp_path / "packs") in run.output
    assert "gongkai-" not in run.output


def test_secret_project_is_in_no_output_and_no_report(small, tmp_path):
    data = example_input()
    project = data["项目"][2]
    project.update({"涉密": "是", "名称": SECRET})
    file = write_input(tmp_path, data)
    data["基本支出经济分类"]["30101"] = "113.06"
    wrong = write_input(tmp_path, data, "有错.yaml")

    run = invoke(file, wrong, *small)

    assert run.exit_code == 1
    assert SECRET not in run.output
    for made in (tmp_path / "out").rglob("*"):
        if made.is_file() and made.suffix != ".xlsx":
            assert SECRET.encode() not in made.read_bytes()
    book = openpyxl.load_workbook(tmp_path / "out/批量报告.xlsx")
    assert SECRET not in str([row for sheet in book for row in sheet.values])


# --- resume ---


def test_unchanged_units_are_not_made_again(small, tmp_path):
    files = make_units(tmp_path / "in", 3)
    assert invoke(tmp_path / "in", *small).exit_code == 0
    before = documents(tmp_path / "out")
    files[1].write_text(files[1].read_text(encoding="utf-8") + "\n# 改了\n", encoding="utf-8")

    run = invoke(tmp_path / "in", *small, "--resume")

    assert run.exit_code == 0
    assert states(tmp_path / "out") == {"局01": "未变", "局02": "完成", "局03": "未变"}
    assert documents(tmp_path / "out") == before
    assert "示例县第1局" in (tmp_path / "out/index.html").read_text(encoding="utf-8")


def test_without_resume_everything_is_made(small, tmp_path):
    make_units(tmp_path / "in", 1)
    invoke(tmp_path / "in", *small)
    invoke(tmp_path / "in", *small)

    assert states(tmp_path / "out") == {"局01": "完成"}


CHANGES: dict[str, Callable[[Path], object]] = {
    "document is gone": lambda tmp: (tmp / "out/局01.html").unlink(),
    "document was changed": lambda tmp: (tmp / "out/局01.html").write_bytes(b"<html>"),
    "pack was changed": lambda tmp: (tmp / "packs/small/预算/名词解释.html").write_text("<p>别的。</p>\n", "utf-8"),
    "record is spoilt": lambda tmp: (tmp / "out" / NAME).write_text("[1, 2]", encoding="utf-8"),
    "record is of another form": lambda tmp: (tmp / "out" / NAME).write_text('{"form": 0}', encoding="utf-8"),
    "input was changed": lambda tmp: spoil(tmp / "in/局01.yaml"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_unit_is_made_again_when(change, in_place, tmp_path):
    make_units(tmp_path / "in", 1)
    in_place()
    CHANGES[change](tmp_path)

    [entry] = in_place(resume=True).entries

    assert entry.state is (State.FAILED if change == "input was changed" else State.DONE)


def test_unit_is_made_again_by_another_version_or_with_other_options(in_place, tmp_path, monkeypatch):
    make_units(tmp_path / "in", 1)
    in_place()

    assert in_place(resume=True).entries[0].state is State.UNCHANGED
    assert in_place(resume=True, strict=True).entries[0].state is State.DONE
    assert in_place(resume=True, formats=("html", "docx")).entries[0].state is State.DONE
    in_place()
    monkeypatch.setattr(toolchain, "__version__", "99")
    assert in_place(resume=True).entries[0].state is State.DONE


def test_warnings_of_an_unchanged_unit_are_reported_again(in_place, tmp_path):
    data = example_input()
    data["整体绩效目标"]["指标"][0]["权重"] = "20"
    (tmp_path / "in").mkdir()
    write_input(tmp_path / "in", data)

    first, second = in_place().entries[0], in_place(resume=True).entries[0]

    assert second.state is State.UNCHANGED
    assert first.result.findings == second.result.findings
    assert first.result.findings


def test_failed_unit_is_tried_again(in_place, tmp_path):
    [file] = make_units(tmp_path / "in", 1)
    good = file.read_bytes()
    in_place()
    spoil(file)
    in_place()
    file.write_bytes(good)

    assert in_place(resume=True).entries[0].state is State.DONE


def test_last_years_file_belongs_to_the_unit(tmp_path):
    this, last = tmp_path / "2024.yaml", tmp_path / "旧/2023.yaml"
    last.parent.mkdir()
    this.write_text("文种: 预算\n上年文件: 旧/2023.yaml\n", encoding="utf-8")
    last.write_text("文种: 预算\n上年文件: 2022.yaml\n", encoding="utf-8")
    (last.parent / "2022.yaml").write_text("文种: 预算\n", encoding="utf-8")  # what it names in turn does not count
    before = task_of(Job(this, Path()))
    last.write_text("文种: 预算\n", encoding="utf-8")
    after = task_of(Job(this, Path()))

    assert set(before.files) == {str(this), str(last)}
    assert before.digest != after.digest
    last.unlink()
    assert set(task_of(Job(this, Path())).files) == {str(this)}


@pytest.mark.parametrize("text", ["上年文件: [\n", "上年文件: [甲]\n", "# 上年文件\n甲: 乙\n"])
def test_what_names_no_file_of_last_year_adds_none(text, tmp_path):
    file = tmp_path / "单位.yaml"
    file.write_text(text, encoding="utf-8")

    assert list(task_of(Job(file, Path())).files) == [str(file)]


def test_held_files_are_read_from_memory_and_others_from_the_disk(tmp_path):
    (tmp_path / "乙.yaml").write_bytes(b"disk")

    with held({str(tmp_path / "甲.yaml"): b"memory"}):
        assert read_bytes(tmp_path / "x/../甲.yaml") == b"memory"
        assert read_bytes(tmp_path / "乙.yaml") == b"disk"
    with pytest.raises(FindingsError):
        read_bytes(tmp_path / "甲.yaml")


# --- files that change, folders that cannot be written ---


@pytest.mark.slow
def test_pack_that_changes_during_a_batch_changes_none_of_its_units(tmp_path):
    make_units(tmp_path / "in", 2)
    small_pack(tmp_path / "packs")
    template = tmp_path / "packs/small/预算/名词解释.html"
    settings = BatchSettings(tmp_path / "out", ("html",), "small", [tmp_path / "packs"], recycle=1)
    diary = Diary(after_first=lambda: template.write_text("<p>改过的名词。</p>\n", encoding="utf-8") and None)

    assert run_batch(find_jobs([str(tmp_path / "in")]), settings, Stop(), diary).complete

    assert "改过" in template.read_text(encoding="utf-8")
    assert [data.count("<p>名词。</p>".encode()) for data in documents(tmp_path / "out").values()] == [1, 1]


def test_every_option_arrives_where_it_belongs(tmp_path, monkeypatch):
    asked: list[BatchSettings] = []

    def run(jobs: object, settings: BatchSettings, *others: object) -> Report:
        asked.append(settings)
        return Report([], 0.0, 1)

    monkeypatch.setattr("gongkai.batch.run.run_batch", run)
    make_units(tmp_path / "in", 1)
    invoke(
        tmp_path / "in", "-o", tmp_path / "out", "--format", "html,docx", "--workers", "3", "--recycle", "40",
        "--timeout", "500", "--resume", "--scheduler", "tcp://甲:8786", "--shared", "--pack", "克州",
        "--edition", "2025", "--pack-dir", tmp_path, "--strict", "--engine", "typst",
    )  # fmt: skip

    assert asked == [
        BatchSettings(
            out=tmp_path / "out", formats=("html", "docx"), pack="克州", pack_folders=(tmp_path,), strict=True,
            edition=2025, workers=3, recycle=40, timeout=500, resume=True, scheduler="tcp://甲:8786", shared=True,
            engine="typst",
        )
    ]  # fmt: skip
    assert (asked[0].order.timeout, asked[0].order.engine) == (500, "typst")


def test_file_that_changes_while_its_unit_is_made_is_made_again(in_place, tmp_path):
    [file] = make_units(tmp_path / "in", 1)
    changed: list[Task] = []

    def change_once(task: Task) -> None:
        if not changed:
            file.write_text(file.read_text(encoding="utf-8").replace("示例县第1局", "新的局"), encoding="utf-8")
        changed.append(task)

    assert in_place(change_once).complete
    assert len(changed) == 2
    assert "新的局" in documents(tmp_path / "out")["局01.html"].decode()


def test_unit_that_failed_because_half_of_it_was_saved_is_made_again(in_place, tmp_path):
    [file] = make_units(tmp_path / "in", 1)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])

    report = in_place(lambda task: file.write_bytes(whole))

    assert [entry.state for entry in report.entries] == [State.DONE]


def test_file_that_keeps_changing_is_named_and_nothing_is_written(in_place, tmp_path):
    [file] = make_units(tmp_path / "in", 1)

    def change(task: Task) -> None:
        with file.open("a", encoding="utf-8") as stream:
            stream.write("# 又改了\n")

    [entry] = in_place(change).entries
    assert [finding.code for finding in entry.result.findings] == ["GK623"]
    assert documents(tmp_path / "out") == {}


def test_file_that_disappears_while_its_unit_is_made_is_named(in_place, tmp_path):
    [file] = make_units(tmp_path / "in", 1)

    [entry] = in_place(lambda task: file.unlink()).entries

    assert [finding.code for finding in entry.result.findings] == ["GK101"]


def test_document_that_cannot_be_written_costs_that_unit_only(in_place, tmp_path, monkeypatch):
    make_units(tmp_path / "in", 2)
    real = os.fsync
    calls = iter([False, True])  # the first document finds the disk full

    def full(handle: int) -> None:
        if not Path(f"/proc/self/fd/{handle}").readlink().name.startswith(".局"):
            return
        if not next(calls):
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full)

    report = in_place()

    assert [entry.state for entry in report.entries] == [State.FAILED, State.DONE]
    assert "磁盘满了" in report.entries[0].result.findings[0].message
    assert list(documents(tmp_path / "out")) == ["局02.html"]
    assert left_over(tmp_path / "out") == []


def test_record_that_cannot_be_written_does_not_stop_the_batch(in_place, tmp_path):
    make_units(tmp_path / "in", 2)
    (tmp_path / "out" / NAME).mkdir(parents=True)

    report = in_place()

    assert [entry.state for entry in report.entries] == [State.DONE, State.DONE]
    assert [finding.code for finding in report.findings] == ["GK611"]
    assert not report.complete


def test_output_folder_that_cannot_be_made_is_one_finding(small, tmp_path):
    make_units(tmp_path / "in", 1)
    (tmp_path / "out").write_bytes(b"")

    run = invoke(tmp_path / "in", *small[:-1], tmp_path / "out/下级")

    assert run.exit_code == 1
    assert "GK611" in run.output
    assert "Traceback" not in run.output


def test_report_that_cannot_be_written_is_told_and_the_summary_too(small, tmp_path):
    make_units(tmp_path / "in", 1)
    (tmp_path / "out/index.html").mkdir(parents=True)

    run = invoke(tmp_path / "in", *small)

    assert run.exit_code == 1
    assert "GK611" in run.output
    assert "共 1 个单位：完成 1" in run.output
    assert list(documents(tmp_path / "out")) == ["局01.html"]


def test_pack_file_that_cannot_be_read_costs_only_those_who_need_it(tmp_path, monkeypatch):
    small_pack(tmp_path / "packs")
    real = os.open

    def refuse(path: Path, *flags: int) -> int:
        if Path(path).name == "名词解释.html" and Path(path).is_relative_to(tmp_path):
            raise PermissionError
        return real(path, *flags)

    monkeypatch.setattr(os, "open", refuse)
    files = take_snapshot([tmp_path / "packs"]).files

    assert "00/small/pack.yaml" in files
    assert "00/small/预算/名词解释.html" not in files


def test_folder_of_a_pack_may_be_a_link_to_another_of_its_own(tmp_path):
    """It is gone through as what it leads to; one that leads to what holds it is no way without end."""
    small_pack(tmp_path / "packs")
    pack = tmp_path / "packs/small"
    (pack / "旧版").symlink_to("预算", target_is_directory=True)
    (pack / "预算/自己").symlink_to("..", target_is_directory=True)
    (pack / "外面").symlink_to(tmp_path, target_is_directory=True)
    snapshot = take_snapshot([tmp_path / "packs"])
    names = {name for name in snapshot.files if name.startswith("00/small/")}

    own = {file.relative_to(pack).as_posix() for file in pack.rglob("*") if file.is_file()}
    assert {f"00/small/{name}" for name in own} <= names
    assert {name for name in names if "旧版" in name} == {
        f"00/small/旧版/{f.name}" for f in (pack / "预算").iterdir() if f.is_file()
    }
    assert not [name for name in names if "自己" in name]
    assert snapshot.outside == {"00/small/外面"}


def test_findings_do_not_tell_where_the_copies_of_the_packs_are(tmp_path):
    write_pack(tmp_path / "packs", "甲", {"pack.yaml": "名称: 甲\n"})
    packs = take_snapshot([tmp_path / "packs"]).unpack(tmp_path / "unpacked")
    copied = tmp_path / "unpacked/00/甲/pack.yaml"
    finding = Finding(
        "GK503", Level.ERROR, f"见 {copied}", f"查找过：{tmp_path / 'unpacked/00'}", place=Place(str(copied), 3)
    )

    shown = packs.shown(finding)

    assert shown.place == Place(str(tmp_path / "packs/甲/pack.yaml"), 3)
    assert shown.message == f"见 {tmp_path / 'packs/甲/pack.yaml'}"
    assert str(tmp_path / "packs") in shown.advice
    assert "unpacked" not in shown.advice


def test_lost_cluster_ends_with_a_report_of_what_was_done(in_place, tmp_path):
    make_units(tmp_path / "in", 2)

    def lose(task: Task) -> None:
        if task.job.key == "局02":
            raise ClusterError("与调度器的连接断了")

    report = in_place(lose)

    assert [entry.state for entry in report.entries] == [State.DONE, State.NOT_BEGUN]
    assert [finding.code for finding in report.findings] == ["GK626"]
    assert not report.complete


def test_pack_is_the_one_that_render_would_take(tmp_path):
    make_units(tmp_path / "in", 1)
    for folder, name in (("甲", "zeta"), ("乙", "alpha")):
        files = {"pack.yaml": SMALL_PACK.replace("小样", "同名"), "预算/名词解释.html": f"<p>{folder}的名词。</p>\n"}
        write_pack(tmp_path / folder, name, files)
    packs = ["--pack-dir", tmp_path / "甲", "--pack-dir", tmp_path / "乙", "--pack", "同名"]

    assert invoke(tmp_path / "in", "-o", tmp_path / "out", "--format", "html", *packs).exit_code == 0
    [page] = documents(tmp_path / "out").values()
    assert "甲的名词" in page.decode()


def test_another_font_is_another_maker(tmp_path, monkeypatch):
    snapshot = take_snapshot(())
    before = toolchain.toolchain_of(snapshot.files, Order(("pdf",)))
    (tmp_path / "FandolSong-Regular.otf").write_bytes(b"another font")
    monkeypatch.setenv("GONGKAI_FONTS", str(tmp_path))

    after = toolchain.toolchain_of(snapshot.files, Order(("pdf",)))
    changed = {name for name, said in after.items() if said != before.get(name)}

    assert changed == {"FandolSong-Regular.otf"}
    fingerprint = snapshot.unpack(tmp_path / "with").fingerprint("kezhou")
    monkeypatch.delenv("GONGKAI_FONTS")
    assert fingerprint != snapshot.unpack(tmp_path / "without").fingerprint("kezhou")


def test_pack_that_cannot_be_put_together_has_no_fingerprint(tmp_path):
    write_pack(tmp_path / "packs", "甲", {"pack.yaml": "名称: 甲\n上级: nowhere\n"})
    packs = take_snapshot([tmp_path / "packs"]).unpack(tmp_path / "unpacked")

    assert packs.fingerprint("甲") is None
    assert packs.fingerprint("base") is not None


def test_second_batch_in_one_folder_is_refused(small, tmp_path):
    make_units(tmp_path / "in", 1)
    (tmp_path / "out").mkdir()

    with alone_in(tmp_path / "out"):
        run = invoke(tmp_path / "in", *small)
        with pytest.raises(BusyError), alone_in(tmp_path / "out"):
            pass

    assert run.exit_code == 2
    assert "另一个批量任务" in run.output
    assert left_over(tmp_path / "out") == []
    assert documents(tmp_path / "out") == {}


def test_leftovers_of_a_killed_run_are_swept(in_place, tmp_path):
    make_units(tmp_path / "in", 1)
    out = tmp_path / "out"
    out.mkdir()
    others = [".别人的.html.gongkai-abcd1234", ".局01.html.20240229", ".局01.html.old", "局01.html.old"]
    for name in (".局01.html.gongkai-abcd1234", ".局01.html.gongkai-abcd1234.old", *others):
        (out / name).write_bytes(b"half")
    in_place()

    assert [path.name for path in sorted(out.iterdir()) if path.read_bytes() == b"half"] == others


def test_there_is_a_whole_file_at_every_moment_of_a_replacement(tmp_path, monkeypatch):
    file = tmp_path / "单位.pdf"
    file.write_bytes(b"old")
    seen = []
    real = Path.replace
    monkeypatch.setattr(Path, "replace", lambda path, target: (seen.append(file.read_bytes()), real(path, target)))

    write_all({file: b"new"})

    assert seen == [b"old"]
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"new"]


def test_replacement_works_where_files_cannot_be_linked(tmp_path, monkeypatch):
    def refuse(*paths: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    file = tmp_path / "单位.pdf"
    file.write_bytes(b"old")
    monkeypatch.setattr(os, "link", refuse)

    write_all({file: b"new"})

    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"new"]


# --- runs that are broken off, and others ---


@pytest.mark.slow
def test_ctrl_c_ends_with_a_report_and_resume_goes_on(small, tmp_path):
    make_units(tmp_path / "in", 12)
    command = [SCRIPT, "batch", tmp_path / "in", *small, "--workers", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True) as process:
        assert process.stderr is not None
        process.stderr.readline()  # the first unit is done
        os.killpg(process.pid, signal.SIGINT)
        said = process.stderr.read()

    out = tmp_path / "out"
    counts = report(out)
    assert process.returncode == 1
    assert "正在停：做完手上的就停" in said
    assert "中断了" in said
    assert counts["done"] + counts["not_begun"] == 12
    assert counts["not_begun"] > 0
    assert left_over(out) == []

    assert invoke(tmp_path / "in", *small, "--resume").exit_code == 0
    assert list(states(out).values()).count("未变") == counts["done"]
    assert len(documents(out)) == 12


@pytest.mark.slow
def test_batch_whose_reader_goes_away_is_finished(small, tmp_path):
    make_units(tmp_path / "in", 6)
    command = [SCRIPT, "batch", tmp_path / "in", *small]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()

    assert set(states(tmp_path / "out").values()) == {"完成"}
    assert len(documents(tmp_path / "out")) == 6


@pytest.mark.slow
def test_batch_that_was_killed_is_resumed(small, tmp_path):
    make_units(tmp_path / "in", 12)
    command = [SCRIPT, "batch", tmp_path / "in", *small]
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stderr is not None
        for _ in range(3):
            process.stderr.readline()
        process.kill()

    assert invoke(tmp_path / "in", *small, "--resume").exit_code == 0
    assert len(documents(tmp_path / "out")) == 12
    assert left_over(tmp_path / "out") == []


def test_shared_folder_without_a_cluster_is_wrong_use(small, tmp_path):
    make_units(tmp_path / "in", 1)

    assert invoke(tmp_path / "in", *small, "--shared").exit_code == 2


def test_piped_batch_prints_the_reports_and_nothing_else_to_standard_output(small, tmp_path):
    make_units(tmp_path / "in", 1)

    run = gongkai("batch", tmp_path / "in", *small, cwd=tmp_path)

    assert run.returncode == 0
    assert len(run.stdout.splitlines()) == 4
    assert run.stderr.splitlines()[0].startswith("[1/1] 完成 示例县第1局 2024 年预算（")


def test_record_keeps_units_of_other_runs(in_place, tmp_path):
    make_units(tmp_path / "in", 2)
    in_place()
    (tmp_path / "in/局02.yaml").unlink()
    in_place()

    assert set(Manifest.load(tmp_path / "out").records) == {"局01", "局02"}


@pytest.mark.parametrize(
    ("name", "value"), [("pages", "many"), ("findings", [{"code": 3}]), ("digests", ["a"]), ("hidden", {"涉密": "x"})]
)
def test_record_of_other_types_counts_for_nothing(in_place, tmp_path, name, value):
    make_units(tmp_path / "in", 1)
    in_place()
    file = tmp_path / "out" / NAME
    record = json.loads(file.read_text(encoding="utf-8"))
    assert Manifest.load(tmp_path / "out").records
    unit = record["units"]["局01"]
    (unit if name in unit else unit["result"])[name] = value
    file.write_text(json.dumps(record), encoding="utf-8")

    assert Manifest.load(tmp_path / "out").records == {}


def test_example_is_a_unit_like_any_other(in_place, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / EXAMPLE.name).write_bytes(EXAMPLE.read_bytes())

    assert in_place().complete
