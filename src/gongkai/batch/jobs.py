"""Which files a batch works on, and where the outputs of each go."""

from __future__ import annotations

import glob
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gongkai.files.data_files import BOOKS, DATA_SUFFIXES, MARKED, OLD_BOOKS, is_book
from gongkai.files.read import read_regular
from gongkai.packs.load.find import MANIFEST

from .errors import SourceError

SUFFIXES = DATA_SUFFIXES
_OPEN = ("~$", ".")
"""How the names begin that office programs give to what says that a workbook is open; and hidden files."""
_LARGEST_LIST = 10_000_000
"""Bytes: a hundred thousand names."""


@dataclass(frozen=True, slots=True)
class Job:
    """One unit's file, and the folder below the output folder that its documents go to."""

    path: Path
    folder: Path

    @property
    def key(self) -> str:
        """What tells this unit from the others of the batch: sub-folder and name."""
        return _printable((self.folder / self.path.stem).as_posix())

    @property
    def shown(self) -> str:
        """Its file, as it can be printed and written into reports."""
        return _printable(str(self.path))

    @property
    def is_nameable(self) -> bool:
        """Whether the name of its file is text: one from another system may be bytes that are not UTF-8."""
        return self.shown == str(self.path)


def _printable(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()


def find_jobs(sources: Sequence[str], reserved: Collection[str] = ()) -> list[Job]:
    """The jobs of folders, patterns, lists and files, ordered by their keys.

    The sub-folders of a folder, or below what the files of a list have in common, are kept. Raises
    SourceError when a source is not there or empty, when two files would write over each other, or when
    one in the folder itself is called like what else is written there (``reserved``).
    """
    single = [Path(source) for source in sources if _is_data_file(source)]
    found = list(_below(single)) if single else []
    for source in sources:
        if not _is_data_file(source):
            found += _jobs_of(source)
    jobs: dict[str, Job] = {}
    for job in {os.path.realpath(job.path): job for job in found}.values():  # never fails, not even in a circle
        if job.key in reserved:
            raise SourceError(f"{job.shown} 生成的文件会与批量的报告同名，请改名")
        other = jobs.setdefault(job.key, job)
        if other is not job:
            raise SourceError(f"{other.shown} 和 {job.shown} 会生成同名的文件，请改名或放进不同的文件夹")
    return [jobs[key] for key in sorted(jobs)]


def _is_data_file(source: str) -> bool:
    return source.lower().endswith(SUFFIXES) and not is_pattern(source) and not Path(source).is_dir()


def is_pattern(source: str) -> bool:
    """Whether a source is meant for all files whose names fit it, and is not the name of one."""
    return glob.has_magic(source) and not Path(source).exists()


def _jobs_of(source: str) -> list[Job]:
    path = Path(source)
    if path.is_dir():
        jobs = [Job(file, file.parent.relative_to(path)) for file in _data_files(path)]
        missing = f"{source} 里没有 .yaml 文件或填报簿（.xlsx）"
    elif is_pattern(source):
        files = (Path(name) for name in glob.glob(source, recursive=True))  # noqa: PTH207 - may begin anywhere
        jobs = list(_below(file for file in files if _is_unit(file.name) and file.is_file()))
        missing = f"没有合于 {source} 的 .yaml 文件或填报簿（.xlsx）"
    else:
        jobs = list(_below(_listed(path)))
        missing = f"{source} 里没有列出文件，应一行写一个"
    if not jobs:
        raise SourceError(missing)
    return jobs


def _data_files(folder: Path) -> Iterator[Path]:
    """The data files in a folder and below, without hidden folders and template packs."""
    for above, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if MANIFEST in names:
            folders.clear()
            continue
        yield from (file for name in sorted(names) if _is_unit(name) and _is_data(file := Path(above, name)))


def unreadable(error: OSError) -> None:
    """Raise SourceError for a folder that cannot be gone through."""
    raise SourceError(f"{_printable(str(error.filename))} 读不了，请核对权限") from None


def _is_unit(name: str) -> bool:
    return name.lower().endswith(SUFFIXES) and not is_hidden(name)


def is_hidden(name: str) -> bool:
    """Whether a file only says that another one is open, or is hidden."""
    return name.startswith(_OPEN)


def _is_data(file: Path) -> bool:
    """Whether a file in a folder is a unit's: not a workbook of another kind, and no marked copy beside its book."""
    if file.suffix.lower() not in BOOKS or file.suffix.lower() in OLD_BOOKS:
        return True
    original = file.stem.removesuffix(MARKED)
    if original != file.stem and file.with_stem(original).exists():
        return False
    return is_book(file)


def _listed(path: Path) -> list[Path]:
    """The files that a list names, one in a line, as seen from the list's own folder."""
    try:
        text = read_regular(path, _LARGEST_LIST).decode("utf-8-sig")
    except FileNotFoundError:
        raise SourceError(f"找不到 {path}") from None
    except (OSError, UnicodeDecodeError):
        raise SourceError(f"{path} 读不出来：应是 UTF-8 编码的清单，一行写一个文件") from None
    lines = (line.strip() for line in text.splitlines())
    return [path.parent / line for line in lines if line and not line.startswith("#")]


def _below(paths: Iterable[Path]) -> Iterator[Job]:
    """Jobs in the sub-folders that are left when what all have in common is taken away."""
    files = list(paths)
    parents = [os.path.abspath(file.parent) for file in files]  # noqa: PTH100 - links stay as they are
    try:
        common = os.path.commonpath(parents) if parents else ""
    except ValueError:  # Windows: C: and D: have nothing in common
        raise SourceError("文件在不同的盘上，请分几次运行，一次只做一个盘上的") from None
    for file, parent in zip(files, parents, strict=True):
        yield Job(file, Path(os.path.relpath(parent, common)))
