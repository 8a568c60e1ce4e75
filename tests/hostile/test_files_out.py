"""What is written: never over what was read, never instead of a device or a link, and there at every moment."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import tempfile
import threading
from pathlib import Path

import pytest

from gongkai.files.write import sweep, write_all
from gongkai.findings import FindingsError
from support.fixtures import SCRIPT, SMALL_PACK, Done, example_input, gongkai, invoked, write_input, write_pack

GLOSSARY = "预算/名词解释.html"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_pack(tmp_path / "packs", "small", {"pack.yaml": SMALL_PACK, GLOSSARY: "<p>名词。</p>\n"})
    return write_input(tmp_path, {**example_input(), "模板": "small"})


def small(*arguments: str | Path, cwd: Path) -> Done:
    return invoked(*arguments, "--pack-dir", cwd / "packs", cwd=cwd)


# --- what is there already and is no file ---


def test_null_device_takes_the_report_and_stays(source, tmp_path):
    run = small("check", source, "--format", "json", "-o", "/dev/null", cwd=tmp_path)

    assert run.returncode == 0
    assert Path("/dev/null").is_char_device()


def test_link_to_a_device_stays_a_link(source, tmp_path):
    link = tmp_path / "报告.json"
    link.symlink_to("/dev/null")

    assert small("check", source, "-o", link, cwd=tmp_path).returncode == 0
    assert link.is_symlink()


def test_link_to_a_file_stays_and_what_it_leads_to_is_written(source, tmp_path):
    (tmp_path / "真.json").write_text("旧", encoding="utf-8")
    link = tmp_path / "报告.json"
    link.symlink_to("真.json")

    assert small("check", source, "-o", link, cwd=tmp_path).returncode == 0
    assert link.is_symlink()
    assert (tmp_path / "真.json").read_text(encoding="utf-8").startswith("{")


def test_pipe_that_somebody_reads_gets_the_report(source, tmp_path):
    pipe = tmp_path / "管道.json"
    os.mkfifo(pipe)
    heard: list[bytes] = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_bytes()))
    reader.start()
    while small("check", source, "-o", pipe, cwd=tmp_path).returncode != 0:
        pass  # the reader has not come yet
    reader.join(10)

    assert heard[0].startswith(b"{")
    assert pipe.is_fifo()


def test_pipe_that_nobody_reads_is_refused_and_not_waited_for(source, tmp_path):
    pipe = tmp_path / "管道.json"
    os.mkfifo(pipe)
    run = small("check", source, "-o", pipe, cwd=tmp_path)

    assert run.returncode == 2
    assert "没有程序在读这个管道" in run.stderr
    assert pipe.is_fifo()


def test_standard_output_may_be_named(source, tmp_path):
    packs = tmp_path / "packs"
    run = gongkai("check", source, "--format", "sarif", "-o", "/dev/stdout", "--pack-dir", packs, cwd=tmp_path)

    assert run.returncode == 0
    assert run.stdout.startswith("{")


# --- what was read ---


@pytest.mark.parametrize("name", ["上年.yaml", "别的.yml", "清单.YAML"])
def test_no_report_is_written_over_a_data_file(name, source, tmp_path):
    other = tmp_path / name
    other.write_text("文种: 预算\n", encoding="utf-8")
    run = small("check", source, "--format", "json", "-o", other, cwd=tmp_path)

    assert run.returncode == 2
    assert "数据文件" in run.stderr
    assert other.read_text(encoding="utf-8") == "文种: 预算\n"


@pytest.mark.parametrize("way", [os.symlink, os.link])
def test_no_report_is_written_over_a_data_file_under_another_name(way, source, tmp_path):
    """Last year's file, which this run has not read."""
    other, link = tmp_path / "上年.yaml", tmp_path / "报告.json"
    other.write_text("# 说明\n文种: 预算\n", encoding="utf-8")
    way(other, link)
    run = small("check", source, "-o", link, cwd=tmp_path)

    assert run.returncode == 2
    assert "数据文件" in run.stderr
    assert other.read_text(encoding="utf-8") == "# 说明\n文种: 预算\n"


def test_output_that_goes_into_a_log_is_added_to_it(source, tmp_path):
    log = tmp_path / "log.txt"
    log.write_text("昨天的\n", encoding="utf-8")
    with log.open("ab") as stream:
        command = [SCRIPT, "check", source, "--format", "json", "-o", "/dev/stdout", "--pack-dir", tmp_path / "packs"]
        done = subprocess.run(command, stdout=stream, check=False, cwd=tmp_path)

    lines = log.read_text(encoding="utf-8").splitlines()
    assert done.returncode == 0
    assert lines[:2] == ["昨天的", "{"]
    assert lines[-1] == "写好了 /dev/stdout"


def test_memory_that_looks_like_a_device_is_a_folder_like_others(source):
    folder = Path("/dev/shm")
    if not os.access(folder, os.W_OK):
        pytest.skip("there is none here")
    with tempfile.TemporaryDirectory(dir=folder) as name:
        file = Path(name) / "公开.html"
        for data in (b"old", b"new"):
            write_all({file: data})
        assert [path.read_bytes() for path in Path(name).iterdir()] == [b"new"]


@pytest.mark.parametrize("form", ["html", "xlsx", "pdf", "docx"])
def test_no_document_is_written_over_its_own_data(form, source, tmp_path):
    own = source.rename(tmp_path / f"单位.{form}")
    before = own.read_bytes()
    run = small("render", own, "--format", form, "-o", tmp_path, cwd=tmp_path)

    assert run.returncode == 1
    assert own.read_bytes() == before


@pytest.mark.parametrize("way", ["hard", "soft", "folder"])
def test_other_names_of_the_data_count_as_well(way, source, tmp_path):
    before = source.read_bytes()
    other = tmp_path / "报告.json"
    if way == "hard":
        os.link(source, other)
    elif way == "soft":
        other.symlink_to(source)
    else:
        (tmp_path / "这里").symlink_to(tmp_path)
        other = tmp_path / "这里" / source.name
    run = small("check", source, "-o", other, "--format", "json", cwd=tmp_path)

    assert run.returncode == 2
    assert source.read_bytes() == before


def test_no_report_is_written_over_the_pack(source, tmp_path):
    file = tmp_path / "packs" / "small" / "pack.yaml"
    before = file.read_bytes()
    run = small("check", source, "--format", "html", "-o", file, cwd=tmp_path)

    assert run.returncode == 2
    assert file.read_bytes() == before


def test_page_is_not_written_over_the_template_that_made_it(source, tmp_path):
    folder = tmp_path / "packs" / "small" / "预算"
    before = (folder / "名词解释.html").read_bytes()
    data = source.rename(tmp_path / "名词解释.yaml")
    run = small("render", data, "--format", "html", "-o", folder, cwd=tmp_path)

    assert run.returncode == 1
    assert "这次运行读过它" in run.stderr
    assert (folder / "名词解释.html").read_bytes() == before


def test_batch_writes_over_no_data(source, tmp_path):
    own = source.rename(tmp_path / "单位.html")
    listed = tmp_path / "清单.txt"
    listed.write_text("单位.html\n", encoding="utf-8")
    before = own.read_bytes()
    small("batch", listed, "--format", "html", "-o", tmp_path, "--workers", "1", cwd=tmp_path)

    assert own.read_bytes() == before


def test_document_is_written_again_and_again(source, tmp_path):
    """What was written is not what was read, even where the system gives out the numbers of files again."""
    for year in ("2024", "2025", "2026"):
        text = source.read_text(encoding="utf-8")
        source.unlink()
        source.write_text(text.replace("年度: 2024", f"年度: {year}"), encoding="utf-8")
        run = small("render", source, "--format", "html,xlsx", "-o", tmp_path / "out", cwd=tmp_path)
        assert "GK612" not in run.stderr


# --- names, and other writers ---


def test_only_what_we_put_there_is_swept(tmp_path):
    theirs = {
        ".局.html.old",
        ".局.html.20240229",
        "局.html.old",
        ".局.html.gongkai-2024",
        ".别局.html.gongkai-abcd1234",
    }
    ours = {".局.html.gongkai-abcd1234", ".局.html.gongkai-a_cd123z.old"}
    for name in theirs | ours:
        (tmp_path / name).write_bytes(b"x")

    assert {path.name for path in sweep([tmp_path / "局.html"])} == ours
    assert {path.name for path in tmp_path.iterdir()} == theirs


def _write(file: Path, letter: bytes, times: int) -> None:
    for _ in range(times):
        write_all({file: letter * 100_000})


def test_file_that_four_write_is_there_and_whole_at_every_moment(tmp_path):
    file = tmp_path / "公开.html"
    write_all({file: b"0" * 100_000})
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(file, letter, 40)) for letter in (b"a", b"b", b"c", b"d")]
    for writer in writers:
        writer.start()
    looks = 0
    while any(writer.is_alive() for writer in writers):
        data = file.read_bytes()  # raises when it is absent
        assert len(data) == 100_000
        assert len(set(data)) == 1
        looks += 1
    for writer in writers:
        writer.join()

    assert [writer.exitcode for writer in writers] == [0, 0, 0, 0]
    assert looks > 10
    assert [path.name for path in tmp_path.iterdir()] == ["公开.html"]


def test_file_system_without_links_has_the_file_at_every_moment(tmp_path, monkeypatch):
    file = tmp_path / "公开.html"
    write_all({file: b"old"})
    seen: list[bool] = []
    replace = Path.replace

    def refuse(*paths: object) -> None:
        raise OSError

    def watched(path: Path, target: Path) -> Path:
        seen.append(file.exists())
        return replace(path, target)

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(Path, "replace", watched)
    write_all({file: b"new"})

    assert seen == [True]
    assert file.read_bytes() == b"new"


def test_refusal_comes_before_anything_is_written(tmp_path):
    first, own = tmp_path / "一.html", tmp_path / "数据.yaml"
    own.write_text("文种: 预算\n", encoding="utf-8")
    with pytest.raises(FindingsError):
        write_all({first: b"new", own: b"new"})

    assert not first.exists()
