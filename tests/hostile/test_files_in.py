"""What is read: ordinary files of a stated size, and of a pack only what lies in it."""

from __future__ import annotations

import ast
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.batch.workers.pack_snapshot import take_snapshot
from gongkai.files.read import NotRegularError, OutsideError, TooLargeError, read_regular, was_read
from gongkai.produce.unit import Settings, check_unit, render_unit
from gongkai.source.text_file import MAX_BYTES
from support.fixtures import EXAMPLE, ROOT, SMALL_PACK, example_input, invoked, one_of, write_input, write_pack

CANARY = "别处的秘密一二三"
GLOSSARY = "预算/名词解释.html"


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A FIFO that nobody writes to: who opens it as a file waits for ever."""
    path = tmp_path / "管道"
    os.mkfifo(path)
    return path


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    path = tmp_path / "别处" / "秘密.txt"
    path.parent.mkdir()
    path.write_text(f"{CANARY}\n", encoding="utf-8")
    return path


# --- ordinary files ---


def test_only_an_ordinary_file_is_read(pipe, tmp_path):
    for path in (pipe, Path("/dev/zero"), tmp_path):
        with pytest.raises(NotRegularError):
            read_regular(path, 10)


def test_no_more_is_read_than_was_asked_for(tmp_path):
    file = tmp_path / "大.txt"
    file.write_bytes(b"x" * 11)

    with pytest.raises(TooLargeError) as told:
        read_regular(file, 10)
    assert told.value.size == 11
    assert read_regular(file, 11) == b"x" * 11


def test_link_leads_no_further_than_its_folder(canary, tmp_path):
    folder = tmp_path / "包"
    folder.mkdir()
    (folder / "里.txt").write_text("里", encoding="utf-8")
    (folder / "好.txt").symlink_to("里.txt")
    (folder / "坏.txt").symlink_to(canary)

    assert read_regular(folder / "好.txt", 10, within=folder) == "里".encode()
    with pytest.raises(OutsideError):
        read_regular(folder / "坏.txt", 10, within=folder)


def test_number_of_a_file_that_is_gone_is_no_file_that_was_read(tmp_path):
    """The system gives the number of a replaced file to the next new one."""
    old, new = tmp_path / "甲.yaml", tmp_path / "甲.pdf"
    old.write_bytes(b"x")
    read_regular(old, 10)
    assert was_read(old)

    old.rename(new)
    assert not was_read(new)


def test_file_that_was_saved_anew_since_it_was_read_counts_as_read(tmp_path):
    """Editors put a new file in the place of the old one."""
    file, new = tmp_path / "甲.html", tmp_path / "甲.tmp"
    file.write_bytes(b"x")
    read_regular(file, 10)
    new.write_bytes(b"y")
    new.replace(file)

    assert was_read(file)


def test_log_that_waits_for_its_next_line_is_no_file(tmp_path, monkeypatch):
    """The system calls /proc/kmsg a file; it answers that there is nothing yet."""

    class Waiting(io.FileIO):
        def read(self, size: int | None = -1) -> bytes:
            return None  # type: ignore[return-value]

    file = tmp_path / "kmsg"
    file.write_bytes(b"")
    monkeypatch.setattr(os, "fdopen", Waiting)
    with pytest.raises(NotRegularError):
        read_regular(file, 10)


@pytest.mark.parametrize("name", [GLOSSARY, "style.yaml", "预算/表格.yaml"])
@pytest.mark.parametrize("command", one_of(3, ["render", "batch", "pack check"]))
def test_link_that_leads_to_itself_breaks_nothing(command, name, tmp_path):
    packs = tmp_path / "packs"
    pack_with_link(packs, name, Path(name).name)
    if command.startswith("pack"):
        invoked(*command.split(), "small", "--pack-dir", packs, cwd=tmp_path)
    else:
        more = ["--pack", "small", "--pack-dir", packs, "--format", "html", "-o", tmp_path / "out"]
        run = invoked(command, write_input(tmp_path, example_input()), *more, cwd=tmp_path)
        assert "GK622" not in run.stdout + run.stderr


def test_link_out_of_a_pack_is_refused_where_nobody_may_make_links(canary, tmp_path, monkeypatch):
    pack_with_link(tmp_path / "packs", "style.yaml", canary)
    snapshot = take_snapshot([tmp_path / "packs"])

    def refuse(*paths: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "symlink_to", refuse)
    packs = snapshot.unpack(tmp_path / "copy")
    result = render_unit(EXAMPLE, Settings(tmp_path / "out", ("html",), "small", packs.folders))

    assert result.failed


@pytest.mark.parametrize("command", ["check", "render", "extract", "batch"])
def test_no_command_waits_for_a_pipe(command, pipe, tmp_path):
    more = ["-o", tmp_path / "out"] if command == "batch" else []
    run = invoked(command, pipe.rename(pipe.with_suffix(".yaml")), *more, cwd=tmp_path)

    assert run.returncode in {1, 2}
    assert re.search("不是普通文件|读不出来", run.stderr)


def test_list_of_a_batch_is_an_ordinary_file(pipe, tmp_path):
    run = invoked("batch", pipe.rename(tmp_path / "清单.txt"), "-o", tmp_path / "out", cwd=tmp_path)

    assert run.returncode == 2
    assert "读不出来" in run.stderr


@pytest.mark.parametrize("name", ["预算/名词解释.html", "pack.yaml", "style.yaml", "预算/表格.yaml"])
def test_no_file_of_a_pack_is_waited_for(name, tmp_path):
    folder = write_pack(tmp_path / "packs", "small", {"pack.yaml": SMALL_PACK, GLOSSARY: "<p>名词。</p>\n"})
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)

    result = render_unit(EXAMPLE, Settings(tmp_path / "out", ("html",), "small", (tmp_path / "packs",)))

    assert result.failed
    assert not list((tmp_path / "out").glob("*"))


@pytest.mark.parametrize("key", ["上年文件", "预算文件", "上年决算文件"])
def test_no_named_file_is_waited_for(key, pipe, tmp_path):
    pipe.rename(tmp_path / "管道.yaml")
    data = example_input() if key != "预算文件" else None
    if data is None:
        text = (ROOT / "examples" / "minimal-final.yaml").read_text(encoding="utf-8")
        file = tmp_path / "决算.yaml"
        file.write_text(f"{text}\n{key}: 管道.yaml\n", encoding="utf-8")
    else:
        file = write_input(tmp_path, {**data, key: "管道.yaml"})

    assert "GK121" in {finding.code for finding in check_unit(file, Settings(tmp_path)).findings}


def test_named_files_are_bounded_together(tmp_path):
    (tmp_path / "上年.yaml").write_bytes(b"#" * (MAX_BYTES - 100))

    findings = check_unit(
        write_input(tmp_path, {**example_input(), "上年文件": "上年.yaml"}), Settings(tmp_path)
    ).findings

    [finding] = [finding for finding in findings if finding.code == "GK121"]
    assert "加起来太大" in finding.message


# --- links out of a pack ---


def pack_with_link(folder: Path, name: str, target: str | Path) -> Path:
    pack = write_pack(folder, "small", {"pack.yaml": SMALL_PACK, GLOSSARY: "<p>名词。</p>\n"})
    (pack / name).unlink(missing_ok=True)
    (pack / name).symlink_to(target)
    return pack


@pytest.mark.parametrize("name", [GLOSSARY, "pack.yaml", "style.yaml", "预算/表格.yaml"])
@pytest.mark.parametrize("command", ["render", "batch", "pack check", "pack show"])
def test_link_out_of_a_pack_is_refused_and_nothing_of_it_told(command, name, canary, tmp_path):
    packs = tmp_path / "packs"
    pack_with_link(packs, name, canary)
    if command.startswith("pack"):
        run = invoked(*command.split(), "small", "--pack-dir", packs, cwd=tmp_path)
    else:
        more = ["--pack", "small", "--pack-dir", packs, "--format", "html", "-o", tmp_path / "out"]
        run = invoked(command, write_input(tmp_path, example_input()), *more, cwd=tmp_path)

    if command != "pack show" or name != GLOSSARY:  # to list a pack's templates, none of them is read
        assert run.returncode == 1
    told = run.stdout + run.stderr
    written = "".join(
        path.read_text("utf-8") for path in (tmp_path / "out").rglob("*") if path.suffix in {".html", ".txt"}
    )
    assert CANARY not in told + written
    assert str(canary) not in told


def test_folder_that_leads_out_of_a_pack_gives_no_template(canary, tmp_path):
    canary.with_name("名词解释.html").write_text(f"<p>{CANARY}</p>\n", encoding="utf-8")
    pack = write_pack(tmp_path / "packs", "small", {"pack.yaml": SMALL_PACK})
    (pack / "预算").symlink_to(canary.parent)

    result = render_unit(EXAMPLE, Settings(tmp_path / "out", ("html",), "small", (tmp_path / "packs",)))

    assert result.failed
    assert CANARY not in "".join(finding.message for finding in result.findings)
    assert not any(CANARY.encode() in data for data in take_snapshot([tmp_path / "packs"]).files.values())


def test_pack_that_is_a_link_itself_is_where_it_leads(tmp_path):
    real = write_pack(tmp_path / "别处", "small", {"pack.yaml": SMALL_PACK, GLOSSARY: "<p>名词。</p>\n"})
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "small").symlink_to(real)

    result = render_unit(EXAMPLE, Settings(tmp_path / "out", ("html",), "small", (tmp_path / "packs",)))

    assert not result.failed
    assert any(name.endswith("名词解释.html") and "small" in name for name in take_snapshot([tmp_path / "packs"]).files)


# --- one way to read ---

_OWN = {"files/read.py", "files/write.py", "files/scratch.py", "cli/streams.py"}
_READS = {"open", "read_text", "read_bytes"}
_OTHERS = {"files", "zipfile", "webbrowser", "archive", "Pdf", "stream", "page", "Image"}
"""What the product itself ships, and what is no file of the disk, may be read in any way."""


def opened_in(source: str) -> Iterator[str]:
    """Every call that opens a file by itself: open(…), x.open(…), x.read_text(…), os.open(…)."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        opens = function.id == "open" if isinstance(function, ast.Name) else getattr(function, "attr", "") in _READS
        names = {part.id for part in ast.walk(function) if isinstance(part, ast.Name)}
        if opens and not names & _OTHERS and "devnull" not in ast.unparse(node):
            yield f"{node.lineno}: {ast.unparse(node)}"


def test_nothing_else_opens_files_that_somebody_else_may_have_put_there():
    source = ROOT / "src/gongkai"
    found = [
        f"{name}:{call}"
        for path in sorted(source.rglob("*.py"))
        if (name := path.relative_to(source).as_posix()) not in _OWN
        for call in opened_in(path.read_text(encoding="utf-8"))
    ]

    assert found == []


@pytest.mark.parametrize("source", ["open(a)", "Path(a).read_text()", "os.open(a, 0)", "with a.open() as b: pass"])
def test_the_search_sees_every_way_to_open_a_file(source):
    assert len(list(opened_in(source))) == 1
