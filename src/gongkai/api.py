"""What programs call: a data file checked, its disclosure written, a finished one audited; the same as the commands."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from gongkai.output.formats import FORMATS, USUAL, engine_of
from gongkai.output.pdf.engine import ENGINES
from gongkai.produce.naming import Naming
from gongkai.produce.unit import Settings, check_unit, render_unit
from gongkai.result import Result

Folders = str | PathLike[str] | Iterable[str | PathLike[str]]
"""One folder with packs, or a pack's file (``gongkai pack build``), or several of both."""


def check(
    file: str | PathLike[str],
    *,
    pack: str | None = None,
    pack_folders: Folders = (),
    edition: int | None = None,
    strict: bool = False,
) -> Result:
    """Read and check a data file (``gongkai check``).

    ``pack`` is a template pack (模板包) by name instead of the file's own, sought in ``pack_folders`` first;
    ``edition`` the fiscal year (年度) whose edition of it is meant. With ``strict`` a warning counts as an error.
    The result never raises for what is wrong with the file: that is in ``result.findings``.
    """
    return check_unit(Path(file), Settings(Path(), (), pack, _folders(pack_folders), strict, edition))


def render(
    file: str | PathLike[str],
    out: str | PathLike[str],
    *,
    formats: str | Iterable[str] = USUAL,
    pack: str | None = None,
    pack_folders: Folders = (),
    edition: int | None = None,
    strict: bool = False,
    by_title: bool = False,
    engine: str | None = None,
) -> Result:
    """Check a data file and write its disclosure into the folder ``out`` (``gongkai render``).

    ``formats`` are names of formats (pdf, docx, html, xlsx, data; sources, which is not to be published), also as
    one text (``"pdf,docx"``). With errors nothing is written, and files that exist stay; ``result.written`` lists
    what was. ``by_title`` names the files after unit and title, not after the data file. ``engine`` (weasyprint,
    typst) sets the pages of PDF and DOCX; without one it is the usual one, or, with a hint among the findings, what
    this machine can load: ``result.engine`` says which it was. Raises ValueError for a format or an engine that does
    not exist, and for no format at all.
    """
    named = formats.split(",") if isinstance(formats, str) else formats
    wanted = tuple(dict.fromkeys(name.strip() for name in named))
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown or not wanted:
        raise ValueError(f"no such format: {', '.join(unknown) or 'none'}; there are {', '.join(FORMATS)}")
    if engine is not None and engine not in ENGINES:
        raise ValueError(f"no such engine: {engine}; there are {', '.join(ENGINES)}")
    naming = Naming.TITLE if by_title else Naming.FILE
    settings = Settings(Path(out), wanted, pack, _folders(pack_folders), strict, edition, naming, engine)
    result = render_unit(Path(file), settings)
    if result.engine:
        ENGINES[result.engine].forget()  # a program may make hundreds
        result.add(engine_of(wanted, engine).notices)
    return result


def audit_document(
    file: str | PathLike[str],
    *,
    pack: str | None = None,
    pack_folders: Folders = (),
    last_year: str | PathLike[str] | None = None,
    strict: bool = False,
) -> Result:
    """Read a finished document (PDF, DOCX, workbook) and find what is wrong in it (``gongkai audit``).

    ``pack`` is the template pack by whose titles and sentences it is read, instead of the one that fits; ``last_year``
    the unit's document of the year before, with which it is compared. Places of findings have page and boxes where the
    document has pages. The result never raises for what is wrong with the file: that is in ``result.findings``.
    """
    from gongkai.produce.audited import AuditSettings, audit_file

    before = None if last_year is None else Path(last_year)
    return audit_file(Path(file), AuditSettings(pack, _folders(pack_folders), strict, before))


def _folders(given: Folders) -> list[Path]:
    return [Path(given)] if isinstance(given, str | PathLike) else [Path(folder) for folder in given]
