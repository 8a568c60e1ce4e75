"""Engines that set nothing, and engines that a machine cannot load, for tests of everything around an engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from gongkai.document.parse import HtmlDocument
from gongkai.findings import Finding, Level
from gongkai.output.pdf.engine import ENGINES, USUAL, Engine, Library
from gongkai.packs.style import Style


@dataclass
class OnePage:
    """Everything on one page, as an engine that does nothing would set it."""

    pages: dict[str, int]
    page_count: int = 1
    findings: list[Finding] = field(default_factory=list)

    def to_pdf(self, files):
        self.findings.append(Finding("GK602", Level.WARNING, "没有排版"))
        return b"%PDF-" + "、".join(files).encode()


def paginate(document: HtmlDocument, style: Style) -> OnePage:
    return OnePage({element.get("id"): 7 for element in document.root.iter("h1", "h2", "h3", "p")})


LAZY = Engine("lazy", "不排版", ("lxml",), ("gongkai.prose.phrases",), paginate, list)
"""An engine that sets everything on page 7."""

WITHOUT_PANGO = """
from gongkai.findings import Finding, FindingsError, Level
raise FindingsError([Finding("GK641", Level.ERROR, "本机没有排版库 Pango（试）", "请安装 Pango")])
"""
WITHOUT_PACKAGE = "import nowhere_to_be_found\n"


class Machine:
    """A machine whose engines are ours: the usual one and ``lazy``, each as it is said to be."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before = dict(ENGINES)
        ENGINES.clear()
        self.has(USUAL)
        self.has("lazy")

    def leave(self) -> None:
        """The engines that there are are there again, in their order."""
        ENGINES.clear()
        ENGINES.update(self._before)

    def has(self, name: str) -> Engine:
        """An engine of this name works here."""
        return self._put(Engine(name, "不排版", ("lxml",), ("gongkai.prose.phrases",), paginate, list))

    def lacks(self, name: str, why: str = WITHOUT_PANGO) -> Engine:
        """The module of the engine cannot be imported here."""
        module = f"broken_engine_{len(list(self._folder.iterdir()))}_{id(self)}"
        (self._folder / f"{module}.py").write_text(why, encoding="utf-8")
        missing = [Library("Pango", "排版", "", "请安装 Pango")] if why == WITHOUT_PANGO else []
        return self._put(Engine(name, "不排版", ("lxml",), (module,), paginate, lambda: missing))

    def _put(self, engine: Engine) -> Engine:
        ENGINES[engine.name] = engine
        return engine
