"""What each sheet may have, a workbook of hundreds of them may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.findings import FindingsError
from support.raw_book import parts_of, read_parts, sheet


def test_merged_cells_are_counted_over_all_sheets(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    whole = sheet(rows, after='<mergeCells count="1"><mergeCell ref="A1:NJ1000"/></mergeCells>')
    assert read_parts(parts_of({"表1": whole}), tmp_path).sheets[0].merges
    with pytest.raises(FindingsError) as told:
        read_parts(parts_of({f"表{number}": whole for number in range(60)}), tmp_path)
    assert told.value.findings[0].code == "GK152"
