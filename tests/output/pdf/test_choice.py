"""Which engine sets the pages: asked for, usual, or what the machine can load; told once, and decided once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from gongkai import render
from gongkai.batch.jobs import Job, find_jobs
from gongkai.batch.run import BatchSettings, run_batch
from gongkai.batch.stop import Stop
from gongkai.batch.task import task_of
from gongkai.batch.workers import toolchain
from gongkai.batch.workers.order import Order
from gongkai.batch.workers.pack_snapshot import take_snapshot
from gongkai.batch.workers.worker import Worker
from gongkai.findings import FindingsError, Level
from gongkai.output.formats import engine_of
from gongkai.output.pdf.choice import choose, refused
from gongkai.output.pdf.engine import ENGINES, USUAL, Engine
from gongkai.reports.batch.outcomes import State
from gongkai.reports.batch.report import write_reports
from support.batches import HIDDEN, InPlace, make_units, small_pack
from support.diary import Diary
from support.engines import WITHOUT_PACKAGE, Machine, paginate
from support.fixtures import CLEAN, invoked, write_pack


@pytest.fixture
def machine(tmp_path, monkeypatch) -> Iterator[Machine]:
    folder = tmp_path / "modules"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    machine = Machine(folder)
    yield machine
    machine.leave()


def test_the_usual_engine_is_taken_and_nothing_is_said(machine):
    assert (choose(None).engine.name, choose(None).notices) == (USUAL, ())


def test_what_is_asked_for_is_taken_without_looking_at_the_usual_one(machine):
    machine.lacks(USUAL, "raise SystemExit('looked at')")

    assert choose("lazy").engine.name == "lazy"


def test_where_the_usual_one_cannot_be_loaded_another_is_taken_and_said(machine):
    machine.lacks(USUAL)

    choice = choose(None)

    assert choice.engine.name == "lazy"
    [notice] = choice.notices
    assert (notice.code, notice.level) == ("GK644", Level.HINT)
    assert "没有排版库 Pango" in notice.message
    assert "lazy" in notice.message
    assert "请安装 Pango" in notice.advice


def test_what_is_asked_for_and_cannot_be_loaded_is_refused_with_what_can(machine):
    machine.lacks(USUAL)

    with pytest.raises(FindingsError) as caught:
        choose(USUAL)

    [finding] = caught.value.findings
    assert (finding.code, finding.level) == ("GK641", Level.ERROR)
    assert finding.advice == "请安装 Pango；不装也行：--engine lazy 本机能用"


def test_engine_whose_package_is_missing_is_refused_with_how_to_install(machine):
    machine.lacks("lazy", WITHOUT_PACKAGE)

    with pytest.raises(FindingsError, match="本机没有装 nowhere_to_be_found") as caught:
        choose("lazy")

    assert "make setup" in caught.value.findings[0].advice
    assert f"--engine {USUAL}" in caught.value.findings[0].advice
    assert choose(None).notices == ()


def test_engine_whose_package_is_broken_is_refused(machine):
    machine.lacks("lazy", "raise ImportError('DLL load failed', name='typst')")

    with pytest.raises(FindingsError, match="typst 装载不了"):
        choose("lazy")


def test_machine_without_any_engine_is_told_of_each(machine):
    machine.lacks(USUAL)
    machine.lacks("lazy", WITHOUT_PACKAGE)

    with pytest.raises(FindingsError) as caught:
        choose(None)
    with pytest.raises(FindingsError) as asked:
        choose(USUAL)

    assert [finding.code for finding in caught.value.findings] == ["GK641", "GK641"]
    assert asked.value.findings[0].advice == "请安装 Pango"


def test_mistake_of_ours_and_want_of_handles_are_not_taken_for_a_missing_package(machine):
    ours = Engine("ours", "", (), ("gongkai.no_such_module",), paginate, list)
    handles = machine.lacks("lazy", "import errno, os\nraise ImportError(os.strerror(errno.EMFILE), name='typst')")

    with pytest.raises(ModuleNotFoundError):
        refused(ours)
    with pytest.raises(ImportError):
        refused(handles)


def test_no_engine_is_loaded_where_no_format_has_pages(machine):
    machine.lacks(USUAL, "raise SystemExit('loaded')")

    assert engine_of(["html", "xlsx", "data"], None).engine.name == USUAL
    assert engine_of(["html"], "lazy").engine.name == "lazy"


# --- through the commands ---


@pytest.fixture
def small(tmp_path) -> list[str]:
    return small_pack(tmp_path / "packs")


def test_render_says_once_for_all_files_which_engine_it_took(machine, small, tmp_path):
    machine.lacks(USUAL)
    files = make_units(tmp_path / "in", 2)

    run = invoked("render", *files, "-o", tmp_path / "out", "--format", "pdf,docx", *small, cwd=tmp_path)

    assert run.returncode == 0, run.stderr
    assert run.stderr.count("GK644") == 1
    assert len(list((tmp_path / "out").iterdir())) == 4


def test_render_refuses_what_was_asked_for_by_file_and_writes_nothing(machine, small, tmp_path):
    machine.lacks(USUAL)

    run = invoked("render", CLEAN, "--engine", USUAL, "-o", tmp_path / "out", *small, cwd=tmp_path)

    assert run.returncode == 1
    assert "GK641" in run.stderr
    assert "--engine lazy" in run.stderr
    assert not (tmp_path / "out").exists()


def test_unknown_engine_is_wrong_use_and_those_there_are_are_listed(machine, small, tmp_path):
    for words in (["render", CLEAN], ["batch", CLEAN, "-o", "out"], ["pack", "preview", "base"]):
        run = invoked(*words, "--engine", "latex", cwd=tmp_path)

        assert run.returncode == 2
        assert f"没有排版引擎“latex”，可用：{USUAL}、lazy" in run.stderr


def test_file_that_has_an_error_costs_no_engine(machine, tmp_path):
    machine.lacks(USUAL, "raise SystemExit('loaded')")
    (tmp_path / "错.yaml").write_text("文种: 预算\n", encoding="utf-8")

    assert invoked("render", tmp_path / "错.yaml", cwd=tmp_path).returncode == 1


def test_the_name_of_an_engine_may_be_in_capitals(machine, small, tmp_path):
    run = invoked("render", CLEAN, "--engine", "Lazy", "--format", "pdf", "-o", tmp_path, *small, cwd=tmp_path)

    assert run.returncode == 0, run.stderr
    assert (tmp_path / f"{CLEAN.stem}.pdf").read_bytes().startswith(b"%PDF-data")


def test_preview_takes_an_engine_and_says_once_which(machine, tmp_path, monkeypatch):
    write_pack(tmp_path / "packs", "own", {"pack.yaml": "名称: 自己\n上级: base\n"})
    monkeypatch.setattr("gongkai.produce.preview.example_files", lambda: [CLEAN, CLEAN])
    preview = ["pack", "preview", "own", "--pack-dir", tmp_path / "packs", "-o", tmp_path / "out"]
    asked = invoked(*preview, "--engine", "lazy", cwd=tmp_path)
    machine.lacks(USUAL)
    unasked = invoked(*preview, cwd=tmp_path)

    assert (asked.returncode, unasked.returncode) == (0, 0)
    assert (asked.stderr.count("GK644"), unasked.stderr.count("GK644")) == (0, 1)


def test_programs_learn_from_the_result_which_engine_it_was(machine, tmp_path):
    usual, asked = render(CLEAN, tmp_path, formats="pdf"), render(CLEAN, tmp_path, formats="pdf", engine="lazy")
    machine.lacks(USUAL)
    instead, none = render(CLEAN, tmp_path, formats="pdf"), render(CLEAN, tmp_path, formats="html")

    assert [result.engine for result in (usual, asked, instead, none)] == [USUAL, "lazy", "lazy", ""]
    said = [[f.code for f in result.findings if f.code == "GK644"] for result in (usual, asked, instead, none)]
    assert said == [[], [], ["GK644"], []]
    with pytest.raises(ValueError, match="no such engine: latex; there are"):
        render(CLEAN, tmp_path, engine="latex")


# --- many units ---


def batch(folder, pack_folder, **changes):
    """A batch in this process: only here are the engines ours."""
    settings = BatchSettings(folder / "out", ("pdf",), "small", [pack_folder], **changes)
    diary = Diary()
    return run_batch(find_jobs([str(folder / "in")]), settings, Stop(), diary), diary


@pytest.fixture
def in_process(monkeypatch, tmp_path):
    monkeypatch.setattr("gongkai.batch.run._runner", lambda settings, order, *_: InPlace(settings, order))
    small_pack(tmp_path / "packs")
    make_units(tmp_path / "in", 2)


def test_all_units_of_a_batch_are_made_by_the_engine_that_was_taken_once(machine, in_process, tmp_path):
    machine.lacks(USUAL)

    report, diary = batch(tmp_path, tmp_path / "packs")

    assert [notice.code for notice in diary.notices] == ["GK644"]
    assert [finding.code for finding in report.findings] == ["GK644"]
    assert report.complete
    assert [entry.result.engine for entry in report.entries] == ["lazy", "lazy"]
    assert "GK644" not in {finding.code for entry in report.entries for finding in entry.result.findings}


def test_batch_for_an_engine_that_cannot_be_loaded_begins_with_no_unit(machine, in_process, tmp_path):
    machine.lacks(USUAL)

    with pytest.raises(FindingsError, match="没有排版库 Pango"):
        batch(tmp_path, tmp_path / "packs", engine=USUAL)

    assert list((tmp_path / "out").glob("*.pdf")) == []


def test_unit_that_another_engine_made_is_made_again(machine, in_process, tmp_path):
    batch(tmp_path, tmp_path / "packs")

    def states(**changes):
        report, _ = batch(tmp_path, tmp_path / "packs", resume=True, **changes)
        return {entry.state for entry in report.entries}

    assert states() == {State.UNCHANGED}
    assert states(engine=USUAL) == {State.UNCHANGED}
    assert states(engine="lazy") == {State.DONE}
    machine.lacks(USUAL)
    assert states() == {State.UNCHANGED}, "what is taken instead counts like what is asked for"


def test_only_the_engine_in_use_says_whether_a_unit_is_up_to_date(machine, in_process, tmp_path, monkeypatch):
    other, newer = Engine("other", "", ("xlrd",), ("gongkai.prose.phrases",), paginate, list), iter(range(99))
    monkeypatch.setitem(ENGINES, "other", other)
    batch(tmp_path, tmp_path / "packs")
    known = toolchain.version
    monkeypatch.setattr(toolchain, "version", lambda name: str(next(newer)) if name == "xlrd" else known(name))

    report, _ = batch(tmp_path, tmp_path / "packs", resume=True)
    assert {entry.state for entry in report.entries} == {State.UNCHANGED}

    batch(tmp_path, tmp_path / "packs", engine="other")
    again, _ = batch(tmp_path, tmp_path / "packs", engine="other", resume=True)
    assert {entry.state for entry in again.entries} == {State.DONE}


def test_the_record_and_the_reports_say_which_engine_made_each_unit(machine, in_process, tmp_path):
    report, _ = batch(tmp_path, tmp_path / "packs", engine="lazy")
    write_reports(report, tmp_path / "out")

    record = json.loads((tmp_path / "out" / HIDDEN).read_text(encoding="utf-8"))
    told = json.loads((tmp_path / "out/批量报告.json").read_text(encoding="utf-8"))
    sheet = openpyxl.load_workbook(tmp_path / "out/批量报告.xlsx")["单位"]
    column = [cell.value for cell in sheet[1]].index("排版引擎")
    assert {unit["result"]["engine"] for unit in record["units"].values()} == {"lazy"}
    assert [entry["engine"] for entry in told["entries"]] == ["lazy", "lazy"]
    assert [row[column].value for row in sheet.iter_rows(min_row=2)] == ["lazy", "lazy"]


def test_what_a_batch_took_instead_counts_against_nobody(machine, in_process, tmp_path):
    machine.lacks(USUAL)
    report, _ = batch(tmp_path, tmp_path / "packs")
    write_reports(report, tmp_path / "out")

    assert json.loads((tmp_path / "out/批量报告.json").read_text(encoding="utf-8"))["complete"] is True
    assert "GK644" in (tmp_path / "out/批量报告.txt").read_text(encoding="utf-8")
    assert "GK644" in (tmp_path / "out/index.html").read_text(encoding="utf-8")


def test_workers_load_the_engine_of_the_order_and_no_other(machine, tmp_path):
    machine.lacks(USUAL, "raise SystemExit('loaded')")
    small_pack(tmp_path / "packs")
    packs = take_snapshot([tmp_path / "packs"]).unpack(tmp_path / "unpacked")
    [file] = make_units(tmp_path / "in", 1)

    outcome = Worker(Order(("pdf",), "small", engine="lazy"), packs).make(task_of(Job(file, Path())))

    assert (outcome.result.failed, outcome.result.engine) == (False, "lazy")
