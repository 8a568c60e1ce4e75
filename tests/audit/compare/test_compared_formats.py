"""What is printed is what is read: every fact of every example out of every format equals its data."""

from __future__ import annotations

import pytest

from gongkai.audit.compare.compare import compare
from gongkai.book.importing import import_files
from gongkai.intake.export.imported import How
from gongkai.intake.export.importing import import_tables
from gongkai.intake.models import plain_model
from gongkai.source.printed.read import SUFFIXES, read_printed
from support.exports import EXAMPLES, data_of
from support.finished import SOME_PAGE, composed_of, finished, printed_of
from support.import_facts import compared

TABLES = ("docx", "xlsx")
FORMS = tuple(form for form in ("docx", "xlsx", "pdf") if f".{form}" in SUFFIXES)

pytestmark = pytest.mark.xdist_group("finished")  # the documents are made once


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("example", EXAMPLES)
def test_nothing_differs_between_a_document_and_its_data(example, form, tmp_path):
    found = compare(composed_of(example), printed_of(example, form, tmp_path))

    assert (found.facts, found.tables, found.sentences) == ([], [], [])
    assert found.same
    assert found.compared > 300
    assert {finding.code for finding in found.findings} == ({"GK897"} if form == "xlsx" else set())


@pytest.mark.parametrize("form", TABLES)
@pytest.mark.parametrize("example", EXAMPLES)
def test_every_fact_of_an_example_comes_back_from_its_document(example, form, tmp_path):
    against = compared(data_of(example), import_files([finished(example, form, tmp_path)], None, None, plain_model))

    assert (against.wrong, against.outside) == ([], [])


@pytest.mark.skipif("pdf" not in FORMS, reason="no PDF is read")
@pytest.mark.parametrize("example", EXAMPLES)
def test_every_fact_of_an_example_comes_back_from_its_pdf_by_its_tables_and_by_its_attachment(example, tmp_path):
    file = finished(example, "pdf", tmp_path)
    tables = compared(data_of(example), import_tables([read_printed(file).workbook]))
    attached = import_files([file], None, None, plain_model)

    assert (tables.wrong, tables.outside) == ([], [])
    assert {origin.how for origin in attached.origins.values()} == {How.ATTACHED}
    assert [finding for finding in attached.findings if finding.code == "GK172"] == []
    assert compared(data_of(example), attached).wrong == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_word_document_tells_what_the_tables_as_a_workbook_tell(example, tmp_path):
    """As many facts, as sure: reading a document loses nothing."""
    word, book = (
        compared(data_of(example), import_tables([printed_of(example, form, tmp_path).workbook])) for form in TABLES
    )

    assert word.by_how == book.by_how
    assert set(word.absent) <= set(book.absent)


@pytest.mark.parametrize("example", EXAMPLES)
def test_contents_and_headings_of_a_document_agree(example, tmp_path):
    printed = printed_of(example, "docx", tmp_path)
    said = {"".join(each.text.split()) for each in printed.paragraphs if each.heading}
    said |= {"".join(table.sheet.cells[1, 1].text.split()) for table in printed.tables}
    entries = ["".join(text.split()) for text, _ in printed.outline]

    assert {page for _, page in printed.outline} == {SOME_PAGE}
    assert [entry for entry in entries if not any(entry.startswith(each) for each in said)] == []
