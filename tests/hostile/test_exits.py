"""However hostile the surroundings, a run ends with a documented exit code and words in Chinese."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from gongkai.batch.record import NAME, Manifest
from gongkai.findings import Finding, Level, Place, visible
from gongkai.reports.findings.text import finding_lines
from support.fixtures import CLEAN, SCRIPT, SMALL_PACK, Done, invoked, write_pack

GLOSSARY = "预算/名词解释.html"
SMALL = ["--pack", "small", "--pack-dir", "packs"]
QUICK = {
    "check": ["check", CLEAN],
}
SLOW = {
    "rules": ["rules"],
    "unread": ["check", "没有.yaml"],
    "json": ["check", CLEAN, "--format", "json"],
    "render": ["render", CLEAN, *SMALL, "--format", "pdf"],
    "batch": ["batch", CLEAN, *SMALL, "--format", "html", "-o", "out"],
    "new": ["new", "新.yaml"],
    "schema": ["schema"],
    "doctor": ["doctor"],
    "explain": ["explain", "GK401"],
    "packs": ["pack", "list"],
    "pack": ["pack", "check", "small", "--pack-dir", "packs"],
    "preview": ["pack", "preview", "small", "--pack-dir", "packs"],
    "help": ["--help"],
    "version": ["--version"],
    "unknown": ["blah"],
    "extract": ["extract", CLEAN],
}
COMMANDS = {**QUICK, **SLOW}
EVERY = [*QUICK, *(pytest.param(name, marks=pytest.mark.slow) for name in SLOW)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_pack(tmp_path / "packs", "small", {"pack.yaml": SMALL_PACK, GLOSSARY: "<p>名词。</p>\n"})
    return tmp_path


def run(
    *arguments: str | Path | bytes,
    cwd: Path,
    env: dict[str, str] | None = None,
    stdout: int = subprocess.PIPE,
    stderr: int = subprocess.PIPE,
    before: Callable[[], None] | None = None,
) -> Done:
    """The command in a process of its own, with streams and surroundings as a test wants them."""
    done = subprocess.run(
        [SCRIPT, *arguments], cwd=cwd, env={**os.environ, **(env or {})}, stdout=stdout, stderr=stderr,
        preexec_fn=before, timeout=60, check=False,
    )  # fmt: skip
    said = [(text or b"").decode("utf-8", "surrogateescape") for text in (done.stdout, done.stderr)]
    return Done(done.returncode, *said)


def ended_well(done: Done) -> bool:
    """Whether a run ended as it is documented, and spared the clerk Python's own words."""
    said = done.stdout + done.stderr
    words = ("Traceback", " in main", "程序出错了", "Exception ignored")
    return done.returncode in (0, 1, 2) and not any(word in said for word in words)


# --- streams ---


@dataclass(frozen=True)
class _Streams:
    """Which of the two streams is not as it should be, and how."""

    out: str = "pipe"
    err: str = "pipe"

    @contextmanager
    def opened(self) -> Iterator[tuple[int, int]]:
        handles = [_handle(self.out), _handle(self.err)]
        try:
            yield handles[0], handles[1]
        finally:
            for handle in handles:
                if handle >= 0:
                    os.close(handle)

    def close(self) -> None:
        """What the new process does before it becomes the command."""
        for number, how in ((1, self.out), (2, self.err)):
            if how == "closed":
                os.close(number)


def _handle(how: str) -> int:
    if how == "full":
        return os.open("/dev/full", os.O_WRONLY)
    if how == "unread":
        reader, writer = os.pipe()
        os.close(reader)
        return writer
    return subprocess.PIPE


STREAMS = {
    "output full": _Streams(out="full"),
    "errors full": _Streams(err="full"),
    "both full": _Streams("full", "full"),
    "output unread": _Streams(out="unread"),
    "errors unread": _Streams(err="unread"),
    "output closed": _Streams(out="closed"),
    "errors closed": _Streams(err="closed"),
    "both closed": _Streams("closed", "closed"),
}


@pytest.mark.parametrize("streams", STREAMS.values(), ids=[*STREAMS])
@pytest.mark.parametrize("command", EVERY)
def test_streams_that_cannot_be_written_break_nothing(command, streams, folder):
    whole = {"unread": 1, "extract": 1, "unknown": 2}.get(command, 0)
    with streams.opened() as (out, err):
        done = run(*COMMANDS[command], cwd=folder, stdout=out, stderr=err, before=streams.close)

    assert ended_well(done)
    said_something = command not in ("unread", "extract", "unknown", "preview")
    if streams.out == "full" and said_something:
        assert done.returncode == 2
        assert streams.err == "full" or "GK634 要显示的没有写全：磁盘满了" in done.stderr
    elif streams.out != "full":
        assert done.returncode == whole


def test_work_is_finished_when_the_reader_of_the_output_goes_away(folder):
    for name in ("甲", "乙", "丙"):
        (folder / f"{name}.yaml").write_bytes(CLEAN.read_bytes())
    with _Streams(out="unread").opened() as (out, err):
        done = run(
            "render", "甲.yaml", "乙.yaml", "丙.yaml", *SMALL, "--format", "html", cwd=folder, stdout=out, stderr=err
        )

    assert done.returncode == 0
    assert sorted(file.name for file in (folder / "output").iterdir()) == ["丙.html", "乙.html", "甲.html"]


# --- characters of names and screens ---

ENCODINGS = {
    "C": {},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "ascii strict": {"PYTHONIOENCODING": "ascii:strict"},
    "gbk": {"PYTHONIOENCODING": "gbk"},
    "latin": {"PYTHONIOENCODING": "latin-1"},
}


@pytest.mark.parametrize("encoding", ["C", *(pytest.param(e, marks=pytest.mark.slow) for e in ENCODINGS if e != "C")])
@pytest.mark.parametrize("command", EVERY)
def test_language_of_the_machine_makes_no_difference(command, encoding, folder):
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run(*COMMANDS[command], cwd=folder, env={**plain, **ENCODINGS[encoding]})

    assert ended_well(done)
    assert done.returncode == {"unread": 1, "extract": 1, "unknown": 2}.get(command, 0)


def test_character_that_the_screen_lacks_is_replaced(folder):
    rare = folder / "𠀀局.yaml"
    rare.write_bytes(CLEAN.read_bytes())
    done = run("check", rare.name, cwd=folder, env={"PYTHONIOENCODING": "gbk"})

    assert done.returncode == 0
    assert done.stdout.encode("utf-8", "surrogateescape").decode("gbk").startswith("?局.yaml：通过")


NAMES = {
    "not UTF-8": b"\xb5\xa5\xce\xbb.yaml",
    "escape": b"\x1b[2J\x1b[31m.yaml",
    "C1": "\x9b2J.yaml".encode(),
    "new line": b"a\nb.yaml",
    "carriage return": b"a\rb.yaml",
    "turned round": "\u202e.yaml".encode(),
    "blank": b" .yaml",
    "nothing but a suffix": b".yaml",
    "250 characters": b"x" * 245 + b".yaml",
}
TOO_LONG = b"x" * 300 + b".yaml"
USES = {
    "json": ["--format", "json"],
    "sarif": ["--format", "sarif"],
    "html": ["--format", "html", "-o", "r.html"],
    "xlsx": ["--format", "xlsx", "-o", "r.xlsx"],
}


@pytest.mark.parametrize("name", NAMES.values(), ids=[*NAMES])
@pytest.mark.parametrize("use", USES)
def test_any_name_of_a_file_can_be_reported(name, use, folder):
    file = folder / os.fsdecode(name)
    file.write_bytes(CLEAN.read_bytes())

    assert invoked("check", file, *USES[use], cwd=folder).returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES.values(), ids=[*NAMES])
def test_any_name_of_a_file_can_be_shown(name, folder):
    (folder / os.fsdecode(name)).write_bytes(CLEAN.read_bytes())
    done = run("check", name, cwd=folder)

    assert ended_well(done)
    assert done.returncode == 0
    assert visible(done.stdout, lines=True) == done.stdout


@pytest.mark.parametrize("name", [b"\xb5\xa5.yaml", b"\x1b[2J.yaml"], ids=["not UTF-8", "escape"])
def test_name_is_spelt_out_where_a_terminal_would_obey_it(name, folder):
    done = run("check", name, cwd=folder)

    assert done.returncode == 1
    assert visible(os.fsdecode(name)) in done.stderr
    assert visible(done.stderr, lines=True) == done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ("check", TOO_LONG), ("check", CLEAN, "-o", TOO_LONG), ("render", TOO_LONG), ("render", CLEAN, "-o", TOO_LONG),
        ("batch", TOO_LONG, "-o", "out"), ("batch", CLEAN, "-o", TOO_LONG), ("new", TOO_LONG), ("schema", TOO_LONG),
        ("extract", TOO_LONG), ("pack", "new", TOO_LONG), ("check", CLEAN, "--pack", TOO_LONG),
        ("check", CLEAN, "--pack-dir", TOO_LONG), ("pack", "new", b"\xb5"), ("pack", "new", "q", "--title", b"\xb5"),
        ("explain", b"\xb5\x1b"), ("pack", "show", b"\x1b\xb5"), ("pack", "diff", b"\xb5", b"\x1b"),
        ("check", CLEAN, "--format", b"\xb5"), (b"\xb5\x1b",), ("new", b"\xb5\x1b/x.yaml", b"y"),
    ],
    ids=lambda arguments: " ".join(str(a)[-12:] for a in arguments),
)  # fmt: skip
def test_names_that_cannot_be_are_refused(arguments, folder):
    done = run(*arguments, cwd=folder)

    assert ended_well(done)
    assert done.returncode in (1, 2)
    assert visible(done.stdout + done.stderr, lines=True) == done.stdout + done.stderr


def test_finding_spells_out_what_a_terminal_would_obey():
    finding = Finding(
        "GK101", Level.ERROR, "有“\x1b[2J”", "改掉\x07", place=Place("a\x1b\nb.yaml", 3, 1), excerpt="\x9b1m"
    )
    lines = ["".join(run.text for run in line) for line in finding_lines([finding])]

    assert lines == [
        r"a\x1b\x0ab.yaml:3:1：错误 GK101 有“\x1b[2J”",
        r"    原文：\x9b1m",
        r"    → 改掉\x07",
    ]


# --- the rest of what a system may refuse ---


@pytest.mark.parametrize("command", EVERY)
def test_folder_that_is_gone_is_told(command, folder):
    def leave() -> None:
        gone = folder / "gone"
        gone.mkdir()
        os.chdir(gone)
        gone.rmdir()

    done = run(*COMMANDS[command], cwd=folder, before=leave)

    assert done.returncode == 2
    assert "GK635 当前文件夹已经不在了" in done.stderr
    assert ended_well(done)


@pytest.mark.parametrize("command", EVERY)
@pytest.mark.parametrize(
    "handles", [20, pytest.param(12, marks=pytest.mark.slow), pytest.param(8, marks=pytest.mark.slow)]
)
def test_few_file_handles_are_told(command, handles, folder):
    done = run(
        *COMMANDS[command], cwd=folder, before=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (handles,) * 2)
    )

    assert ended_well(done)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(24, "Too many open files"), "GK636 同时打开的文件太多"),
        (OSError(28, "No space", "/tmp/x\x1b"), r"GK636 /tmp/x\x1b：磁盘满了"),
        (OSError("cannot load library 'x': x: cannot open: Too many open files"), "GK636 同时打开的文件太多"),
        (ImportError("x.so: cannot open shared object file: Too many open files"), "GK636 同时打开的文件太多"),
        (MemoryError(), "GK636 内存不够"),
    ],
    ids=["handles", "disk", "library", "module", "memory"],
)  # fmt: skip
def test_what_the_system_refuses_in_the_middle_is_no_bug_of_ours(error, words, capsys):
    from gongkai.cli.ends import code_of

    def refuse() -> None:
        raise error

    assert code_of(refuse) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"\xff\x00\x1b", b"[" * 100_000, b'{"form": 99}', b'{"form": 1}', b'{"form": 1, "units": []}', b"[]",
     b"1", b'{"form": 1, "units": {"a": 1}}', b'{"form": 1, "units": {"a": {"findings": [1]}}}'],
)  # fmt: skip
def test_damaged_record_of_a_batch_counts_for_nothing(data, tmp_path):
    (tmp_path / NAME).write_bytes(data)

    assert Manifest.load(tmp_path).records == {}
