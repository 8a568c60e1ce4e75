"""Typst sets every document in the process that asks for it: what it keeps in mind is there for the next one."""

from __future__ import annotations

import subprocess
import sys

from support.fixtures import CLEAN

WATCH = """
import sys
started = []
STARTS = {"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.exec", "os.spawn", "os.system"}
sys.addaudithook(lambda event, about: started.append(event) if event in STARTS else None)
from gongkai import render
results = [render(sys.argv[1], sys.argv[2], formats="pdf,docx", engine="typst") for _ in range(2)]
print([result.passed for result in results], started)
import subprocess
subprocess.run([sys.executable, "-c", ""])
print(len(started) > 0)
"""


def test_no_other_process_is_started_for_a_document(tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", WATCH, CLEAN, tmp_path], capture_output=True, encoding="utf-8", check=True
    )

    assert run.stdout.splitlines() == ["[True, True] []", "True"]
