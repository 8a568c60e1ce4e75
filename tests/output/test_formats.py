"""The register of formats: one record is all that a format needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gongkai.cli.options import Formats
from gongkai.output.formats import FORMATS, Format, Manuscript, listed, load, packages
from gongkai.output.pdf.engine import ENGINES, USUAL
from support.fixtures import EXAMPLE, invoked


def plain_text(made: Manuscript) -> bytes:
    return made.document.root.text_content().encode()


TEXT = Format("txt", "-正文.txt", plain_text, ("gongkai.document.parse",), (), "正文")


@pytest.fixture
def with_text(monkeypatch):
    monkeypatch.setitem(FORMATS, TEXT.name, TEXT)


def test_format_that_only_a_record_knows_is_written(with_text, tmp_path):
    run = invoked("render", EXAMPLE, "--format", "txt,html", "-o", tmp_path, cwd=tmp_path)

    assert run.returncode == 0
    [text] = tmp_path.glob("*-正文.txt")
    assert "收支总预算" in text.read_text(encoding="utf-8")
    assert "txt（正文）" in listed()


def test_format_without_a_record_is_refused_with_those_there_are(tmp_path):
    run = invoked("render", EXAMPLE, "--format", "pdf,txt", "-o", tmp_path, cwd=tmp_path)

    assert run.returncode == 2
    assert "不支持格式“txt”" in run.stderr
    assert "data" in run.stderr


def test_names_of_formats_are_taken_once_and_with_the_comma_of_chinese():
    assert Formats().convert("PDF，docx, pdf", None, None) == ("pdf", "docx")


@pytest.mark.parametrize("name", FORMATS)
def test_what_a_format_names_can_be_loaded(name):
    load([name])
    assert all(module in sys.modules for module in FORMATS[name].modules)


def test_distributions_that_make_bytes_are_named_once():
    named = packages(FORMATS, ENGINES[USUAL])

    assert len(named) == len(set(named))
    assert {"weasyprint", "python-docx", "xlsxwriter"} <= set(named)


def test_help_loads_no_format(tmp_path):
    code = (
        "import sys, gongkai.cli.main\n"
        "print([name for name in ('weasyprint', 'docx', 'lxml', 'xlsxwriter') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)

    assert run.stdout == "[]\n"
