"""What became of one data file: one record for the screen, for every report, and for the records of a batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from .findings import Finding, Place, visible


@dataclass(slots=True)
class Result:
    """One data file: whose it is as far as it could be read, everything found in reading order, what was written.

    ``unit`` (单位), ``kind`` (文种) and ``year`` (年度) are empty while the file could not be read, ``title`` and
    ``pages`` while nothing was rendered; ``engine`` is the one that set the pages, empty where none did. It is filled
    while the file is worked on, and never changed after that.
    """

    path: Path
    findings: Sequence[Finding] = ()
    failed: bool = False
    unit: str = ""
    kind: str = ""
    year: int = 0
    pack: str = ""
    title: str = ""
    pages: int = 0
    engine: str = ""
    hidden: Mapping[str, int] = field(default_factory=dict)
    """How many findings are not told because their rule is switched off (不查), by code."""
    written: Sequence[Path] = ()
    role: str = "数据文件"
    """What reports call the file."""

    @property
    def file(self) -> str:
        """The name of the file, as it can be printed and written into reports."""
        return visible(str(self.path))

    @property
    def passed(self) -> bool:
        """Whether nothing was found that stops the output."""
        return not self.failed

    @property
    def counted(self) -> list[Finding]:
        """The findings that count."""
        return [finding for finding in self.findings if finding.waived is None]

    @property
    def waived(self) -> list[Finding]:
        """The findings that the file waives (豁免)."""
        return [finding for finding in self.findings if finding.waived is not None]

    def add(self, findings: Iterable[Finding]) -> None:
        """Note what was found; what has no place of its own concerns the file as a whole."""
        here = Place(str(self.path))
        placed = (f if f.place is not None else replace(f, place=here) for f in findings)
        self.findings = [*self.findings, *placed]
