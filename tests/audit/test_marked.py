"""A PDF with what was found in it highlighted; and that clean documents of every format have nothing to be told."""

from __future__ import annotations

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from click.testing import CliRunner

from gongkai import audit_document
from gongkai.cli.main import cli
from gongkai.findings import Finding, Level, Place
from gongkai.produce.unit import Settings, render_unit
from gongkai.reports.findings.pdf import marks, pdf_report
from gongkai.result import Result
from support.claimed import kept
from support.fixtures import CLEAN, ROOT, example_input, write_input

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
SETTINGS = {"engine": "typst"}


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    """A PDF in which a reason is left empty, a clean one, and a Word document."""
    folder = tmp_path_factory.mktemp("documents")
    data = example_input()
    data["概况"]["主要职能"] = ["负责XX工作，，承担其他任务。"]
    data["校验"] = {"级别": {"GK706": {"级别": "警告", "理由": "错例"}}}
    render_unit(write_input(folder, data, "没有填完.yaml"), Settings(folder, ("pdf",), **SETTINGS))
    render_unit(CLEAN, Settings(folder, ("pdf", "docx"), **SETTINGS))
    return folder


def run(*arguments: object):
    return CliRunner().invoke(cli, ["audit", *map(str, arguments)], catch_exceptions=False)


def notes(file) -> list[tuple[int, str]]:
    """The page and the note of every highlight."""
    found = []
    document = pypdfium2.PdfDocument(file)
    for number, page in enumerate(document, 1):
        for at in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
            annotation = pdfium.FPDFPage_GetAnnot(page.raw, at)
            if pdfium.FPDFAnnot_GetSubtype(annotation) in {pdfium.FPDF_ANNOT_HIGHLIGHT, pdfium.FPDF_ANNOT_TEXT}:
                found.append((number, _contents(annotation)))
            pdfium.FPDFPage_CloseAnnot(annotation)
    return found


def _contents(annotation) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
    buffer = (pdfium.FPDF_WCHAR * (length // 2))()
    pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, length)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def test_what_is_wrong_is_highlighted_in_a_copy(documents, tmp_path):
    original = (documents / "没有填完.pdf").read_bytes()

    done = run(documents / "没有填完.pdf", "-o", tmp_path / "标.pdf")
    assert done.exit_code == 1
    told = notes(tmp_path / "标.pdf")
    assert any("错误 GK871\n有没有填完的地方：“XX”" in note for _, note in told)
    assert any("警告 GK873\n标点重复或位置不对：“，，”" in note for _, note in told)
    assert (documents / "没有填完.pdf").read_bytes() == original


def test_copies_of_several_go_into_a_folder(documents, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    done = run(documents, "--format", "pdf")
    assert sorted(path.name for path in (tmp_path / "审核").iterdir()) == [
        f"{CLEAN.stem}-审核.pdf",
        "没有填完-审核.pdf",
    ]
    assert "共 3 份：通过 2，不通过 1" in done.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([f"{CLEAN.stem}.docx", "--format", "pdf"], "这里没有 PDF"),
        ([f"{CLEAN.stem}.pdf", "-o", f"{CLEAN.stem}.pdf"], "不能写在上面"),
        ([".", "-o", "标.pdf"], "-o 请写一个文件夹"),
    ],
)
def test_wrong_use_is_told(arguments, said, documents, monkeypatch):
    monkeypatch.chdir(documents)

    done = run(*arguments)
    assert done.exit_code == 2
    assert said in done.output


def test_consequences_are_marked_at_their_own_places(documents):
    further = Finding("GK821", Level.ERROR, "合计不等", place=Place("公开.pdf", page=2))
    finding = Finding(
        "GK801", Level.ERROR, "这个数不对", "请核对", place=Place("公开.pdf", page=1), consequences=(further,)
    )
    result = Result(documents / f"{CLEAN.stem}.pdf", [finding])

    first, second = marks(result)
    assert (first.page, second.page) == (1, 2)
    assert first.note == "错误 GK801\n这个数不对\n由此还有：GK821 第 2 页：合计不等\n请核对"
    assert second.note == "GK821 合计不等\n见 GK801 这个数不对"
    assert [page for page, _ in notes(pdf_report(result))] == [1, 2]


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.stem)
def test_the_documents_of_the_examples_are_clean(example, form, tmp_path):
    made = render_unit(example, Settings(tmp_path, (form,), **SETTINGS))

    result = audit_document(made.written[0])
    told = [finding for finding in result.findings if not kept(example.stem, finding.code)]
    assert [finding for finding in told if finding.level is not Level.HINT] == []
    assert result.pack == {"bozhou-swj-2024-final": "bozhou", "kezhou-swj-2024-budget": "kezhou",
                           "qitai-sgj-2024-budget": "changji"}.get(example.stem, "base")  # fmt: skip
