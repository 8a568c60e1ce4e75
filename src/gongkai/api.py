"""What programs call: one data file checked, or its disclosure written; the same as the commands of these names."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from gongkai.output.formats import FORMATS, USUAL
from gongkai.produce.naming import Naming
from gongkai.produce.unit import Settings, check_unit, render_unit
from gongkai.result import Result


def check(
    file: str | PathLike[str],
    *,
    pack: str | None = None,
    pack_folders: Iterable[str | PathLike[str]] = (),
    edition: int | None = None,
    strict: bool = False,
) -> Result:
    """Read and check a data file (``gongkai check``).

    ``pack`` is a template pack (模板包) by name instead of the file's own, sought in ``pack_folders`` first;
    ``edition`` the fiscal year (年度) whose edition of it is meant. With ``strict`` a warning counts as an error.
    The result never raises for what is wrong with the file: that is in ``result.findings``.
    """
    return check_unit(Path(file), Settings(Path(), (), pack, [Path(f) for f in pack_folders], strict, edition))


def render(
    file: str | PathLike[str],
    out: str | PathLike[str],
    *,
    formats: Iterable[str] = USUAL,
    pack: str | None = None,
    pack_folders: Iterable[str | PathLike[str]] = (),
    edition: int | None = None,
    strict: bool = False,
    by_title: bool = False,
) -> Result:
    """Check a data file and write its disclosure into the folder ``out`` (``gongkai render``).

    ``formats`` are names of formats (pdf, docx, html, xlsx, data). With errors nothing is written, and files that
    exist stay; ``result.written`` lists what was. ``by_title`` names the files after unit and title, not after
    the data file. Raises ValueError for a format that does not exist.
    """
    wanted = tuple(dict.fromkeys(formats))
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown:
        raise ValueError(f"no such format: {', '.join(unknown)}; there are {', '.join(FORMATS)}")
    folders = [Path(folder) for folder in pack_folders]
    naming = Naming.TITLE if by_title else Naming.FILE
    return render_unit(Path(file), Settings(Path(out), wanted, pack, folders, strict, edition, naming))
