"""Where the time of one warm document goes: its stages, and the parts of the renderer.

python bench/stages.py [--engine weasyprint]
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import pstats
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from content import EXAMPLE

from gongkai.document.compose import render_disclosure
from gongkai.document.parse import parse_document
from gongkai.intake.read import read
from gongkai.output.data.opendata import open_data
from gongkai.output.docx.writer import render_docx
from gongkai.output.pdf.engine import ENGINES, USUAL, Engine
from gongkai.packs.open import open_pack
from gongkai.produce.unit import Settings, check_unit

ROUNDS = 7
COMPILED = {"typst": "Typst", "pikepdf": "pikepdf", "compiler": "Typst"}
"""The libraries that are no Python, by what the names of their functions have in them."""
PARTS = {
    "weasyprint/css": "层叠样式",
    "weasyprint/formatting_structure": "盒子",
    "weasyprint/layout": "版面",
    "weasyprint/text": "文字（Pango）",
    "weasyprint/draw": "画页面",
    "weasyprint/pdf": "写 PDF",
    "pydyf": "写 PDF",
    "zlib": "写 PDF",
    "gongkai": "Gongkai 自己的",
    "jinja2": "Jinja",
    "lxml": "Gongkai 自己的",
}
"""The parts of a profile by what the names of their files have in them."""


class Watch:
    """Processor seconds of what was done under each name."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    @contextmanager
    def on(self, name: str) -> Iterator[None]:
        """Time what is done meanwhile."""
        started = time.process_time()
        yield
        self.spent[name] = time.process_time() - started


def stages(engine: Engine) -> dict[str, float]:
    """Processor seconds of every stage of one document, made as a worker makes it."""
    watch = Watch()
    gc.disable()
    _make(watch, engine)
    gc.enable()
    with watch.on("整理内存"):
        gc.collect()
    return watch.spent


def _make(watch: Watch, engine: Engine) -> None:
    with watch.on("核对"):
        check_unit(EXAMPLE, Settings(Path(), ()))
    model = read(EXAMPLE).model
    pack = open_pack(model.pack or "base", model.kind, model.year)
    with watch.on("模板"):
        rendered = render_disclosure(model, pack)
    with watch.on("读成文档"):
        document = parse_document(rendered)
    with watch.on("开放数据"):
        data = open_data(rendered)
    with watch.on("列宽和排版"):
        layout = engine.paginate(document, pack.style)
    with watch.on("画和写 PDF"):
        layout.to_pdf(data)
    with watch.on("DOCX"):
        render_docx(document, pack.style, layout.pages)


def parts(engine: Engine) -> Counter[str]:
    """The shares of what the functions of each part took by themselves.

    Built-in ones count where they are called, but for those of a compiled library.
    """
    profile = cProfile.Profile()
    profile.runcall(stages, engine)
    shares: Counter[str] = Counter()
    for (file, _, name), (_, _, own, _, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        library = next((what for word, what in COMPILED.items() if file == "~" and word in name.lower()), None)
        if library is not None:
            shares[library] += own
        elif file == "~":
            for (caller, _, _), (_, _, spent, _) in callers.items():
                shares[_part(caller)] += spent
        else:
            shares[_part(file)] += own
    return shares


def _part(file: str) -> str:
    return next((name for place, name in PARTS.items() if f"/{place}" in file), "其他")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=[*ENGINES], default=USUAL)
    engine = ENGINES[parser.parse_args().engine]
    stages(engine)
    rounds = [stages(engine) for _ in range(ROUNDS)]
    medians = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    whole = sum(medians.values())
    print("| 一步 | 处理器（秒） | 占 |\n|---|---|---|")
    for name, seconds in medians.items():
        print(f"| {name} | {seconds:.3f} | {seconds / whole:.0%} |")
    shares = parts(engine)
    print("\n| 程序的哪一部分 | 占 |\n|---|---|")
    for name, seconds in shares.most_common():
        print(f"| {name} | {seconds / shares.total():.0%} |")


if __name__ == "__main__":
    main()
