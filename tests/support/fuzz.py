"""Mutated data files, others at every run: ``make fuzz [files [seed]]``.

Each file is checked as the command checks it. It ends in findings with a place inside the file or in
success; anything else is printed with its seed, and the file is kept.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from gongkai.produce.unit import Settings, check_unit
from support.slips import EXAMPLES, VALID, with_slips

SLOW = 5.0
"""Processor seconds after which a check counts as hanging."""


def fault_of(file: Path, text: str) -> str | None:
    """What is wrong with the answer to a file: an exception of ours, a place outside it, an answer too late."""
    began = time.process_time()
    try:
        findings = check_unit(file, Settings(file.parent)).findings
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {frame.name} ({Path(frame.filename).name}:{frame.lineno})"
    if time.process_time() - began > SLOW:
        return "too slow"
    lines = text.count("\n") + 1
    misplaced = [f.code for f in findings if f.place is None or f.place.line > lines]
    return f"{misplaced} without a place in the file" if misplaced else None


def main() -> None:
    """Check so many files; exit code 1 when one of them is not answered as it should be."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(10**9)
    sys.stdout.write(f"seed {seed}\n")
    chance = random.Random(seed)
    texts = [VALID, *(path.read_text(encoding="utf-8") for path in EXAMPLES)]
    faults: Counter[str] = Counter()
    folder = Path(tempfile.mkdtemp(prefix="gongkai-fuzz-"))
    file = folder / "数据.yaml"
    for number in range(count):
        text = with_slips(chance.choice(texts), chance)
        file.write_text(text, encoding="utf-8")
        if fault := fault_of(file, text):
            faults[fault] += 1
            file.rename(folder / f"{number}.yaml")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"{count} files, {sum(faults.values())} faults, {memory} MB at the most\n")
    for fault, times in faults.most_common():
        sys.stdout.write(f"    {times} × {fault} (kept in {folder})\n")
    if not faults:
        file.unlink(missing_ok=True)
        folder.rmdir()
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
