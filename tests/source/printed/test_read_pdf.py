"""A PDF that we made says, once it was read, what the workbook of the same document says."""

import pytest

from gongkai.output.xlsx.writer import render_xlsx
from gongkai.source.printed.pdf.read import read_pdf_data
from gongkai.source.workbook.ooxml.book import read_package
from support.fixtures import ROOT
from support.laid_out import EXAMPLES, SHARE_LAYOUTS, example, rendered
from support.printed_tables import body, flat, pairs, titles

pytestmark = SHARE_LAYOUTS


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_cell_of_every_table_is_read(name):
    document, pdf = example(name)
    book = read_package(render_xlsx(document, rendered(ROOT / "examples" / f"{name}.yaml")), "book.xlsx")
    printed = read_pdf_data(pdf, "a.pdf")
    tables = pairs(book, printed.workbook)

    assert len(tables) >= 10
    for sheet, read in tables:
        wanted, found = body(sheet), body(read)
        assert flat(found) == flat(wanted)
        if not any("绩效" in title for title in titles(sheet)):
            assert found == wanted
    assert printed.findings == ()
