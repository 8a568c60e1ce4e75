"""The record in the output folder of what every document was made from, so that a later run need not make it again."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from gongkai.batch.workers.order import Order
from gongkai.batch.workers.toolchain import versions
from gongkai.files.read import read_regular
from gongkai.files.write import write_all
from gongkai.output.formats import on_pages
from gongkai.produce.inputs import digest
from gongkai.produce.naming import Naming
from gongkai.result import Result

from .errors import BusyError
from .task import Outcome

NAME = ".gongkai-batch.json"
LOCK = ".gongkai-batch.lock"
_FORM = 2
_LARGEST = 1_000_000_000
"""Bytes; a thousand units take two million."""
_PAUSE = 2.0
_SHARE = 0.05
"""At most this part of a run goes into writing the record."""


@dataclass(frozen=True, slots=True)
class Record:
    """A unit that was made: from what (``identity``), into what (hashes by name), and what was said of it."""

    identity: str
    result: Result
    digests: Mapping[str, str]


@dataclass
class Manifest:
    """All records of an output folder, by the keys of the units."""

    folder: Path
    records: dict[str, Record] = field(default_factory=dict)
    _due: float = 0.0

    @classmethod
    def load(cls, folder: Path) -> Manifest:
        """What earlier runs wrote down; a record that cannot be read counts for nothing."""
        try:
            data = json.loads(read_regular(folder / NAME, _LARGEST, source=False))
            if data["form"] != _FORM:
                return cls(folder)
            return cls(folder, TypeAdapter(dict[str, Record]).validate_python(data["units"]))
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return cls(folder)

    def keep(self, outcome: Outcome, identity: str) -> None:
        """Note a unit that was made, or strike out one that was not; written from time to time."""
        key = outcome.job.key
        if outcome.result.failed:
            self.records.pop(key, None)
        else:
            self.records[key] = Record(identity, outcome.result, outcome.digests)
        if time.monotonic() >= self._due:
            self.write()

    def write(self) -> None:
        """Put the record into its file, whole. Raises FindingsError when it cannot be written."""
        started = time.monotonic()
        units = {key: asdict(record) for key, record in sorted(self.records.items())}
        text = json.dumps({"form": _FORM, "units": units}, ensure_ascii=False, default=str)
        write_all({self.folder / NAME: text.encode("utf-8")})
        ended = time.monotonic()
        self._due = ended + max(_PAUSE, (ended - started) / _SHARE)


def identity(task_digest: str, packs: str | None, order: Order) -> str:
    """A hash of all that decides over the bytes of a unit's documents."""
    parts = [task_digest, packs, order.pack, order.edition, order.strict, sorted(order.formats), versions(order)]
    if order.naming is not Naming.FILE:
        parts.append(order.naming)
    if on_pages(order.formats):
        parts.append(order.engine)
    return digest(json.dumps(parts).encode())


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep a second batch out of the folder. Raises BusyError when there is one already."""
    from filelock import FileLock, Timeout  # a tenth of a second to load

    # The file stays: taking it away would let two in.
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise BusyError from None
    try:
        yield
    finally:
        lock.release()
