"""What a validator says of an office file."""

from __future__ import annotations

from pathlib import Path

from openxml_audit import FileFormat, OpenXmlValidator


def complaints(path: Path) -> list[str]:
    validator = OpenXmlValidator(file_format=FileFormat.OFFICE_2019, max_errors=20)
    return [f"{error.part_uri} {error.path}: {error.description}" for error in validator.validate(path).errors]
