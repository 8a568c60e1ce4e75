"""Word and Excel files against the schemas of their standard (ISO/IEC 29500), as the Open XML SDK applies them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from gongkai.document.parse import parse_document
from gongkai.output.docx.writer import render_docx
from gongkai.output.xlsx.writer import render_xlsx
from support.fixtures import ROOT
from support.laid_out import BUDGET, EXAMPLES, SHARE_LAYOUTS, example_layout, rendered
from support.office import complaints
from support.set_text import STYLE

pytestmark = [SHARE_LAYOUTS, pytest.mark.slow]


def word_file(name: str, path: Path) -> Path:
    document, layout = example_layout(name)
    path.write_bytes(render_docx(document, STYLE, layout.pages))
    return path


@pytest.mark.parametrize("name", EXAMPLES)
def test_word_file_is_valid(name, tmp_path):
    assert complaints(word_file(name, tmp_path / "a.docx")) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_excel_file_is_valid(name, tmp_path):
    path = tmp_path / "a.xlsx"
    text = rendered(ROOT / "examples" / f"{name}.yaml")
    path.write_bytes(render_xlsx(parse_document(text), text))

    assert complaints(path) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"<w:pageBreakBefore/>", b"<w:pageBreakBefor/>"),
        (b"</w:tcPr>", b'<w:tcW w:w="1" w:type="dxa"/></w:tcPr>'),
        (b'w:type="dxa"', b'w:type="points"'),
    ],
)
def test_validator_sees_a_mistake(right, wrong, tmp_path):
    whole = word_file(BUDGET, tmp_path / "a.docx")
    broken = tmp_path / "b.docx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(right, wrong, 1) if name == "word/document.xml" else data)

    assert len(complaints(broken)) == 1
