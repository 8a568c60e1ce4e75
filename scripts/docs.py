"""Writes the generated parts of the manuals; a test proves that they are up to date."""

from __future__ import annotations

from pathlib import Path

from gongkai.packs.manual import MARK, reference

MANUAL = Path(__file__).resolve().parents[1] / "docs" / "模板包手册.md"


def main() -> None:
    """Replace everything below the mark by what the code says now."""
    written, _, _ = MANUAL.read_text(encoding="utf-8").partition(MARK)
    MANUAL.write_text(f"{written}{MARK}\n\n{reference()}", encoding="utf-8")


if __name__ == "__main__":
    main()
