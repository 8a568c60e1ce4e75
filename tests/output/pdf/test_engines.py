"""The register of PDF engines: an engine is one record and its module; ``USUAL`` says which is used."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.document.compose import render_disclosure
from gongkai.findings import Finding, Level
from gongkai.intake.read import read
from gongkai.output.formats import FORMATS, Manuscript, load, packages
from gongkai.output.pdf.engine import ENGINES, USUAL, Engine
from gongkai.packs.open import open_pack
from support.fixtures import EXAMPLE


@dataclass
class OnePage:
    """Everything on one page, as an engine that does nothing would set it."""

    pages: dict[str, int]
    page_count: int = 1
    findings: list[Finding] = field(default_factory=list)

    def to_pdf(self, files):
        self.findings.append(Finding("GK602", Level.WARNING, "没有排版"))
        return b"%PDF-" + "、".join(files).encode()


def paginate(document, style):
    return OnePage({element.get("id"): 7 for element in document.root.iter("h1", "h2", "h3", "p")})


LAZY = Engine("lazy", ("lxml",), ("gongkai.prose.phrases",), paginate, list)


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


def test_what_an_engine_needs_is_loaded_and_named(monkeypatch):
    monkeypatch.setitem(ENGINES, LAZY.name, LAZY)

    load(["pdf", "html"], LAZY)
    assert "lxml" in packages()
    assert {"weasyprint", "pydyf"} <= set(packages())


def test_the_usual_engine_says_which_libraries_of_the_system_it_needs():
    needed = ENGINES[USUAL].libraries()

    assert [library.name for library in needed][:2] == ["Pango", "HarfBuzz"]
    assert all(library.version for library in needed)
