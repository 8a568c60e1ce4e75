"""What it costs to see a document again while ``gongkai render --watch`` waits for saved files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from content import EXAMPLE
from measure import family, processor_of, processor_of_children

GONGKAI = Path(sys.executable).with_name("gongkai")
REASON = "本年人员工资调增"


def watched(work: Path, times: int, engine: str) -> Iterator[float]:
    """Processor seconds of each new rendering after a reason was changed; the first rendering is not counted.

    Raises RuntimeError when the command ends, or has a process set pages for it: then they would not be counted.
    """
    text = EXAMPLE.read_text(encoding="utf-8")
    if REASON not in text:
        raise ValueError("the example has another reason")
    file = work / "watched.yaml"
    file.write_text(text, encoding="utf-8")
    command = [GONGKAI, "render", file, "-o", work, "--watch", "--engine", engine]
    with subprocess.Popen(
        [str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        used = _used_when_it_waits(process)
        for number in range(times):
            saved = work / "saved"
            saved.write_text(text.replace(REASON, f"{REASON}第{number}档"), encoding="utf-8")
            saved.replace(file)
            now = _used_when_it_waits(process)
            if len(family(process.pid)) > 1 or processor_of_children(process.pid):
                raise RuntimeError("it has other processes work for it")
            yield now - used
            used = now
        process.terminate()


def _used_when_it_waits(process: subprocess.Popen[str]) -> float:
    """Processor seconds so far, at the moment when it says that it waits for a file to be saved."""
    assert process.stderr is not None
    said = ""
    while "等着" not in (line := process.stderr.readline()):
        said += line
        if process.poll() is not None:
            raise RuntimeError(said)
    return processor_of(process.pid)
