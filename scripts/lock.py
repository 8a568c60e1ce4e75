"""Writes the locks: for every purpose, each distribution that it needs with its version and hashes.

A lock is complete, so that it is installed without resolving anything (``scripts/setup.sh``). All hold the same
version of a distribution. Run by ``make lock``; ``--upgrade`` takes newer versions, otherwise those locked stay.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "locks"

DEVELOPING = "dev"
PURPOSES = {
    DEVELOPING: ("--group", "dev"),
    "all": ("--group", "all"),
    "run": (),
    "cluster": ("--extra", "cluster"),
    "app": ("--group", "app"),
    "build": ("--only-group", "build"),
    "lock": ("--only-group", "lock"),
}
"""What is locked: the name of the lock, and what of ``pyproject.toml`` it holds beside (or instead of) what runs."""


def lock(purpose: str, *options: str) -> None:
    """Write one lock; the others follow the versions of what develops, which is the widest."""
    file = LOCKS / f"{purpose}.lock"
    wanted = PURPOSES[purpose]
    source = [] if "--only-group" in wanted else ["pyproject.toml"]
    groups = [word.replace("--only-group", "--group") for word in wanted]
    follow = [] if purpose == DEVELOPING else ["-c", f"locks/{DEVELOPING}.lock"]
    command = [
        "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-annotate",
        "--custom-compile-command", "make lock", *source, *groups, *follow, *options, "-o", f"locks/{file.name}",
    ]  # fmt: skip
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - our own words


def main() -> None:
    """Write all locks; what develops first."""
    for purpose in PURPOSES:
        lock(purpose, *sys.argv[1:])


if __name__ == "__main__":
    main()
