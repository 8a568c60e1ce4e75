"""What a batch makes of faults: broken files, killed workers, a full disk, read-only folders, files that change.

    python bench/faults.py [--units 100] [--format html] [--workers 2]

For every fault a batch of generated units is run and looked over: a unit is lost when it has neither its
documents nor a failure that is named; a document is half-written when its bytes are not those of a run
without faults. Mounting the small file systems needs root; without it those faults are left out.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from units import SEED, make_units

GONGKAI = Path(sys.executable).with_name("gongkai")
RECORDS = {".gongkai-batch.json", ".gongkai-batch.lock", "批量报告.txt", "批量报告.json", "批量报告.xlsx", "index.html"}


@dataclass
class Bench:
    """Units, the documents that they should give, and where to work."""

    work: Path
    units: int
    formats: str
    workers: int

    def __post_init__(self) -> None:
        self.good = self.work / "好"
        make_units(self.good, self.units)
        run = self.start(self.good, self.work / "无故障")
        _, said = run.communicate()  # a run whose words nobody reads comes to a stop
        self.reference = documents(self.work / "无故障")
        if run.returncode or len(self.reference) != self.units * len(self.formats.split(",")):
            raise RuntimeError(f"the run without faults was not whole: {said[-2000:]}")

    def start(self, folder: Path, out: Path, *more: str) -> subprocess.Popen[str]:
        command = [GONGKAI, "batch", folder, "-o", out, "--format", self.formats, "--workers", self.workers, *more]
        return subprocess.Popen(
            [str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )

    def copy(self, name: str) -> Path:
        folder = self.work / f"{name}-数据"
        shutil.copytree(self.good, folder)
        return folder


@dataclass
class Seen:
    """What was found after a fault."""

    fault: str
    exit_code: int
    documents: int
    failed: int
    lost: int
    half: int
    named: Counter[str]


def documents(out: Path) -> dict[str, bytes]:
    files = (file for file in out.rglob("*") if file.is_file() and file.name not in RECORDS)
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in files}


def look(bench: Bench, fault: str, out: Path, exit_code: int, said: str = "") -> Seen:
    """Compare what is there with what a run without faults gave, and with what the report says."""
    found = documents(out)
    half = sum(data != bench.reference.get(name) for name, data in found.items())
    entries = {}
    if (out / "批量报告.json").is_file():
        entries = {e["key"]: e for e in json.loads((out / "批量报告.json").read_text(encoding="utf-8"))["entries"]}
    named: Counter[str] = Counter()
    failed = lost = 0
    for key in {name.rpartition(".")[0] for name in bench.reference}:
        whole = all(f"{key}.{suffix}" in found for suffix in bench.formats.split(","))
        entry = entries.get(key)
        if entry is None:
            lost += not whole
        elif entry["state"] == "失败":
            failed += 1
            lost += not entry["findings"]
            named.update({finding["code"] for finding in entry["findings"] if finding["level"] == "错误"})
        else:
            lost += not whole
    if not entries:  # the report had no room either: what was said on the screen must name every unit
        failed = len(re.findall(r"^\[\d+/\d+\] 失败 ", said, re.MULTILINE))
        lost = 0 if not found and "GK611" in said else max(0, lost - failed)
        named.update(re.findall(r"错误 (GK\d+)", said))
    return Seen(fault, exit_code, len(found), failed, lost, half, named)


def broken_files(bench: Bench) -> Seen:
    folder, out = bench.work / "坏-数据", bench.work / "坏"
    wrong = make_units(folder, bench.units, 0.03)
    run = bench.start(folder, out)
    _, said = run.communicate()
    seen = look(bench, f"数据文件有错（{len(wrong)} 个）", out, run.returncode, said)
    if seen.failed != len(wrong):
        seen.lost += abs(seen.failed - len(wrong))
    return seen


def killed_workers(bench: Bench) -> Seen:
    out = bench.work / "杀进程"
    chance = random.Random(SEED)
    run = bench.start(bench.good, out)
    kills = 0
    drain = threading.Thread(target=run.communicate)
    drain.start()
    while run.poll() is None:
        time.sleep(chance.uniform(4, 12))
        workers = list(children(run.pid))
        if workers:
            try:
                os.kill(chance.choice(workers), signal.SIGKILL)
            except ProcessLookupError:
                continue
            kills += 1
    drain.join()
    return look(bench, f"随机杀掉工作进程（{kills} 次）", out, run.returncode)


def children(process: int) -> Iterator[int]:
    """The worker processes of a batch."""
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text()
        for child in map(int, text.split()):
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                yield child
    except OSError:
        return


def killed_batch(bench: Bench) -> Seen:
    out = bench.work / "杀总进程"
    chance = random.Random(SEED)
    kills = 0
    for _ in range(5):
        run = bench.start(bench.good, out, "--resume")
        assert run.stderr is not None
        made = chance.randrange(3, 3 + bench.units // 6)
        while made and (line := run.stderr.readline()):
            made -= "] 完成 " in line  # those that are as they were are only passed by
        kills += run.poll() is None
        run.kill()
        run.communicate()
    run = bench.start(bench.good, out, "--resume")
    _, said = run.communicate()
    return look(bench, f"杀掉整个批量（{kills} 次）再 --resume", out, run.returncode, said)


def full_disk(bench: Bench) -> Seen | None:
    size = sum(map(len, bench.reference.values())) // 2
    with small_disk(bench.work / "满盘", size) as out:
        if out is None:
            return None
        run = bench.start(bench.good, out)
        _, said = run.communicate()
        return look(bench, "磁盘写到一半满了", out, run.returncode, said)


def read_only(bench: Bench) -> Seen | None:
    with small_disk(bench.work / "只读", 1 << 20) as out:
        if out is None:
            return None
        subprocess.run(["mount", "-o", "remount,ro", str(out)], check=True)
        run = bench.start(bench.good, out)
        _, said = run.communicate()
        return look(bench, "输出文件夹只读", out, run.returncode, said)


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path | None]:
    """A file system of its own of this many bytes; None where that is not allowed."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def changing_files(bench: Bench) -> Seen:
    """Somebody saves files while they are read, the way editors do and the way copying does: emptied, then filled."""
    folder, out = bench.copy("改"), bench.work / "改"
    files = sorted(folder.rglob("*.yaml"))
    originals = {file: file.read_bytes() for file in files}
    chance = random.Random(SEED)
    done = threading.Event()
    saved = 0

    def save() -> None:
        nonlocal saved
        while not done.is_set():
            file = chance.choice(files)
            # Only a remark is new: the documents must be the same.
            data = originals[file] + f"# 第 {saved} 次保存\n".encode()
            with file.open("wb") as stream:
                stream.write(data[: len(data) // 2])
                stream.flush()
                time.sleep(0.002)
                stream.write(data[len(data) // 2 :])
            saved += 1
            time.sleep(0.01)

    saver = threading.Thread(target=save)
    saver.start()
    run = bench.start(folder, out)
    _, said = run.communicate()
    done.set()
    saver.join()
    return look(bench, f"处理期间反复保存数据文件（{saved} 次）", out, run.returncode, said)


FAULTS: list[Callable[[Bench], Seen | None]] = [
    broken_files, killed_workers, killed_batch, full_disk, read_only, changing_files,
]  # fmt: skip


def main() -> None:
    """Run every fault and print the table; ends with 1 when anything was lost or half-written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=100)
    parser.add_argument("--format", dest="formats", default="html")
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory(prefix="gongkai-faults-") as work:
        bench = Bench(Path(work), arguments.units, arguments.formats, arguments.workers)
        print(f"单位 {arguments.units} 个，格式 {arguments.formats}，工作进程 {arguments.workers} 个\n")
        print("| 故障 | 退出码 | 文件 | 失败的单位 | 丢失 | 写了一半 | 报告里的代码 |\n|---|---|---|---|---|---|---|")
        for fault in FAULTS:
            seen = fault(bench)
            if seen is None:
                print(f"| {fault.__name__} | 不是 root，没有做 | | | | | |")
                continue
            bad += seen.lost + seen.half
            codes = "、".join(f"{code}×{count}" for code, count in sorted(seen.named.items()))
            row = (seen.fault, seen.exit_code, seen.documents, seen.failed, seen.lost, seen.half, codes)
            print(f"| {' | '.join(map(str, row))} |", flush=True)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
