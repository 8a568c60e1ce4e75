"""Writes what ``gongkai check`` says of each file of the error gallery; look at the differences before you commit."""

from __future__ import annotations

import os
from pathlib import Path

from click.testing import CliRunner

from gongkai.cli.main import cli
from gongkai.packs.load.find import product_templates

GALLERY = Path(__file__).resolve().parents[1] / "tests" / "errors"


def main() -> None:
    """Replace every golden file by what is said now."""
    os.chdir(GALLERY)
    os.environ.pop("GONGKAI_PACKS", None)
    for file in sorted(Path().glob("*.yaml")):
        said = CliRunner().invoke(cli, ["check", str(file)]).output
        file.with_suffix(".txt").write_text(said.replace(str(product_templates()), "templates"), encoding="utf-8")


if __name__ == "__main__":
    main()
