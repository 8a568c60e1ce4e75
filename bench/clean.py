"""What the audit says of documents in which nothing is wrong: every example under every pack, format and engine.

    python bench/clean.py [--format pdf,docx] [--engine weasyprint,typst] [--show]

An error is always one too many. Warnings are those that a reader must look at for nothing; hints are true differences
of the last place. What an example has kept of the mistakes of the document that it is like is not counted. The time
is that of the processor for reading and auditing, over 30 pages of PDF.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from cells import EXAMPLES, PACKS

from gongkai.api import render
from gongkai.audit.recognise import recognised
from gongkai.audit.run import audit
from gongkai.findings import Finding, Level
from gongkai.source.printed.read import read_printed

KEPT = {"bozhou-swj-2024-final": ("GK815", "GK864", "GK865", "GK866", "GK867")}
"""By example the codes that tell of mistakes which it has as the published document has them."""


def rendered(formats: Sequence[str], engine: str, work: Path) -> Iterator[Path]:
    """The examples, and those of the packs, as finished documents, under every pack that takes them."""
    samples = EXAMPLES.parent.glob("templates/*/例子/*.yaml")
    for example in (*sorted(EXAMPLES.glob("*.yaml")), *sorted(samples)):
        for pack in PACKS:
            made = render(example, work / (pack or "本包"), formats=formats, pack=pack or None, engine=engine)
            yield from made.written


def looked_at(file: Path) -> tuple[list[Finding], int, float]:
    """What is found in a document, how many pages it has, and how long it took."""
    start = time.process_time()
    document = recognised(read_printed(file))
    findings = [finding for finding in audit(document) if finding.code not in KEPT.get(file.stem, ())]
    return findings, document.printed.pages, time.process_time() - start


def main() -> None:
    """Audits all of them and says what was found, by format and engine."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--format", default="pdf,docx")
    parser.add_argument("--engine", default="weasyprint,typst")
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    for engine in asked.engine.split(","):
        count: dict[str, Counter[str]] = {form: Counter() for form in asked.format.split(",")}
        with tempfile.TemporaryDirectory() as work:
            for file in rendered(asked.format.split(","), engine, Path(work)):
                findings, pages, seconds = looked_at(file)
                tally = count[file.suffix[1:]]
                tally.update(documents=1, pages=pages, milliseconds=round(seconds * 1000))
                tally.update(str(finding.level.value) for finding in findings)
                for finding in findings if asked.show else ():
                    if finding.level in (Level.ERROR, Level.WARNING):
                        print(file.parent.name, file.name, finding.code, finding.message, sep="\t")
        for form, tally in count.items():
            each = tally["milliseconds"] / (tally["pages"] or tally["documents"] * 30) * 30 / 1000
            said = "，".join(
                f"{level.value} {tally[level.value]}" for level in (Level.ERROR, Level.WARNING, Level.HINT)
            )
            print(f"{engine}\t{form}\t{tally['documents']} 份\t{said}\t30 页 {each:.2f} 秒")


if __name__ == "__main__":
    main()
