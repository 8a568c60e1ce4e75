"""Writes the generated parts of the manuals; a test proves that they are up to date."""

from __future__ import annotations

from pathlib import Path

from gongkai.packs import manual as packs
from gongkai.reports import manual as rules

DOCS = Path(__file__).resolve().parents[1] / "docs"
MANUALS = {"模板包手册.md": packs.reference, "校验规则.md": rules.reference}


def main() -> None:
    """Replace everything below the mark by what the code says now."""
    for name, reference in MANUALS.items():
        manual = DOCS / name
        written, _, _ = manual.read_text(encoding="utf-8").partition(packs.MARK)
        manual.write_text(f"{written}{packs.MARK}\n\n{reference()}", encoding="utf-8")


if __name__ == "__main__":
    main()
