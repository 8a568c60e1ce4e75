"""One engine sets the same document so many times in one process, as its users would at their best.

python bench/engines.py ENGINE COUNT CONTENT_FOLDER
"""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path


def _gongkai(count: int, folder: Path, formats: tuple[str, ...], engine: str = "weasyprint") -> None:
    import tempfile

    from content import EXAMPLE

    from gongkai.batch.jobs import Job
    from gongkai.batch.task import task_of
    from gongkai.batch.workers.order import Order
    from gongkai.batch.workers.pack_snapshot import take_snapshot
    from gongkai.batch.workers.worker import Worker

    with tempfile.TemporaryDirectory() as packs:
        worker = Worker(Order(formats, engine=engine), take_snapshot(()).unpack(Path(packs)))
        for _ in range(count):
            outcome = worker.make(task_of(Job(EXAMPLE, Path())))
            if outcome.result.failed:
                raise SystemExit(str(outcome.result.findings))
            for name, data in outcome.contents.items():
                (folder / name).write_bytes(data)


def gongkai(count: int, folder: Path) -> None:
    """Check, PDF and DOCX."""
    _gongkai(count, folder, ("pdf", "docx"))


def gongkai_pdf(count: int, folder: Path) -> None:
    """Check and PDF."""
    _gongkai(count, folder, ("pdf",))


def gongkai_typst(count: int, folder: Path) -> None:
    """Check, PDF and DOCX, the pages set by Typst."""
    _gongkai(count, folder, ("pdf", "docx"), "typst")


def gongkai_typst_pdf(count: int, folder: Path) -> None:
    """Check and PDF, set by Typst."""
    _gongkai(count, folder, ("pdf",), "typst")


def gongkai_docx(count: int, folder: Path) -> None:
    """DOCX alone, of a document that is parsed and whose pages are known."""
    from content import EXAMPLE

    from gongkai.document.compose import render_disclosure
    from gongkai.document.parse import parse_document
    from gongkai.intake.read import read
    from gongkai.output.docx.writer import render_docx
    from gongkai.packs.open import open_pack

    model = read(EXAMPLE).model
    pack = open_pack(model.pack or "base", model.kind, model.year)
    document = parse_document(render_disclosure(model, pack))
    pages: defaultdict[str, int] = defaultdict(int)
    for _ in range(count):
        (folder / "alone.docx").write_bytes(render_docx(document, pack.style, pages))


def check(count: int, folder: Path) -> None:
    """Check alone."""
    from content import EXAMPLE

    from gongkai.produce.unit import Settings, check_unit

    for _ in range(count):
        check_unit(EXAMPLE, Settings(folder, ()))


def _weasyprint(count: int, folder: Path, css: str) -> None:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    for _ in range(count):
        fonts = FontConfiguration()  # without one the faces that the style names by file are not found
        style = CSS(folder / css, font_config=fonts)
        HTML(folder / "final.html").write_pdf(folder / "weasyprint.pdf", stylesheets=[style], font_config=fonts)


def weasyprint(count: int, folder: Path) -> None:
    """The renderer by itself, with the final HTML, style and faces, and garbage left until the next document."""
    import gc

    gc.disable()
    for _ in range(count):
        _weasyprint(1, folder, "print.css")
        gc.collect()


def weasyprint_first(count: int, folder: Path) -> None:
    """The renderer by itself, with the style as one would write it at first."""
    _weasyprint(count, folder, "first.css")


def typst(count: int, folder: Path) -> None:
    """Typst by itself, compiled from the same text and tables, without our style."""
    import typst as engine

    folders = (folder / "fonts.txt").read_text(encoding="utf-8").splitlines()
    fonts = engine.Fonts(font_paths=folders)
    for _ in range(count):
        compiler = engine.Compiler(str(folder / "final.typ"), font_paths=fonts)
        (folder / "typst.pdf").write_bytes(compiler.compile(format="pdf"))


def chromium(count: int, folder: Path) -> None:
    """The final HTML and style printed by one headless Chromium."""
    import shutil

    from playwright.sync_api import sync_playwright

    text = (folder / "final.html").read_text(encoding="utf-8")
    style = (folder / "print.css").read_text(encoding="utf-8")
    file = folder / "chromium.html"
    file.write_text(text.replace("</head>", f"<style>{style}</style></head>"), encoding="utf-8")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for _ in range(count):
            page = browser.new_page()
            page.goto(file.as_uri())
            page.pdf(path=folder / "chromium.pdf", prefer_css_page_size=True, tagged=True, outline=True)
            page.close()
        browser.close()


def libreoffice(count: int, folder: Path) -> None:
    """docxtpl opens and writes a finished document, and one LibreOffice turns all files into PDF."""
    from docxtpl import DocxTemplate

    filled = folder / "filled"
    filled.mkdir(exist_ok=True)
    files = []
    for number in range(count):
        template = DocxTemplate(folder / "template.docx")
        template.render({})
        files.append(filled / f"{number}.docx")
        template.save(files[-1])
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", filled, *files]
    subprocess.run([str(word) for word in command], check=True, capture_output=True)


ENGINES: dict[str, Callable[[int, Path], None]] = {
    function.__name__: function
    for function in (
        gongkai,
        gongkai_pdf,
        gongkai_typst,
        gongkai_typst_pdf,
        gongkai_docx,
        check,
        weasyprint_first,
        weasyprint,
        libreoffice,
        chromium,
        typst,
    )
}
OWN = {"weasyprint": "gongkai", "typst": "gongkai_typst"}
"""Our own engines, and which of these makes PDF and DOCX with each."""
PEERS = {"libreoffice", "chromium"}
"""Those that live in an environment of their own."""


if __name__ == "__main__":
    ENGINES[sys.argv[1]](int(sys.argv[2]), Path(sys.argv[3]))
