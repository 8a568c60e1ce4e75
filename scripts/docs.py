"""Writes what is generated from the code: parts of the manuals, and what commands print without loading the models.

A test proves that all of it is up to date.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from gongkai.checks.manual import listing
from gongkai.document import manual as document
from gongkai.intake.book import manual as books
from gongkai.model.schema import input_schema
from gongkai.packs.review import manual as packs
from gongkai.packs.review import names_manual
from gongkai.reports import compare, trace
from gongkai.reports.findings import manual as rules

ROOT = Path(__file__).resolve().parents[1]
MANUALS: Mapping[str, Callable[[], str]] = {
    "docs/模板包手册.md": packs.reference,
    "docs/模板包名称表.md": lambda: names_manual.reference() + document.reference(),
    "docs/校验规则.md": rules.reference,
    "docs/填报簿.md": books.reference,
    "docs/数的出处.md": trace.reference,
    "docs/对照.md": compare.reference,
}
DATA: Mapping[str, Callable[[], object]] = {
    "src/gongkai/model/schema.json": input_schema,
    "src/gongkai/checks/rules.json": listing,
}


def main() -> None:
    """Replace everything below the mark of a manual, and the data, by what the code says now."""
    for name, reference in MANUALS.items():
        manual = ROOT / name
        written, _, _ = manual.read_text(encoding="utf-8").partition(packs.MARK)
        manual.write_text(f"{written}{packs.MARK}\n\n{reference()}", encoding="utf-8")
    for name, data in DATA.items():
        text = json.dumps(data(), ensure_ascii=False, indent=2)
        (ROOT / name).write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
