"""The register of PDF engines: an engine is one record and its module; ``USUAL`` says which is used."""

from __future__ import annotations

import subprocess
import sys

from gongkai.document.compose import render_disclosure
from gongkai.intake.read import read
from gongkai.output.formats import FORMATS, Manuscript, load, packages
from gongkai.output.pdf.engine import ENGINES, USUAL, listed
from gongkai.packs.open import open_pack
from support.engines import LAZY
from support.fixtures import EXAMPLE


def manuscript() -> Manuscript:
    model = read(EXAMPLE).model
    return Manuscript(render_disclosure(model, open_pack("kezhou", model.kind, model.year)), engine=LAZY)


def test_an_engine_that_only_a_record_knows_sets_the_pages_of_every_format():
    made = manuscript()

    assert made.paged_already is None
    assert FORMATS["pdf"].write(made).startswith(b"%PDF-")
    assert FORMATS["docx"].write(made).startswith(b"PK")
    assert made.paged_already is not None
    assert [finding.code for finding in made.paged_already.findings] == ["GK602"]


def test_what_an_engine_needs_is_named_for_what_has_pages():
    load(["pdf", "html"], LAZY)

    assert packages(["docx"], LAZY) == ["lxml", "python-docx", "typst"]
    assert packages(["xlsx"], LAZY) == ["xlsxwriter"]


def test_only_the_engine_that_was_chosen_is_loaded(tmp_path):
    code = (
        "import sys; from gongkai.output.formats import load; from gongkai.output.pdf.engine import ENGINES\n"
        "load(['pdf'], ENGINES['typst']); print('weasyprint' in sys.modules, 'typst' in sys.modules)\n"
        "load(['html'], ENGINES['weasyprint']); print('weasyprint' in sys.modules)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)

    assert run.stdout.split() == ["False", "True", "False"]


def test_the_help_explains_every_engine_by_its_record():
    assert [name in listed() for name in ("weasyprint（要系统里的 Pango）", "typst（")] == [True, True]
    assert list(ENGINES) == ["weasyprint", "typst"]


def test_the_usual_engine_says_which_libraries_of_the_system_it_needs():
    needed = ENGINES[USUAL].libraries()

    assert [library.name for library in needed][:2] == ["Pango", "HarfBuzz"]
    assert all(library.version for library in needed)
