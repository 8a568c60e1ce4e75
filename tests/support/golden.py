"""Golden files: what is found must be what was found before, or becomes that (``pytest --update-golden``)."""

from __future__ import annotations

from pathlib import Path


class Golden:
    """Reads golden files; with ``update`` it writes what is found first. Look at the differences before you commit."""

    def __init__(self, update: bool) -> None:
        self._update = update

    def text(self, file: Path, found: str) -> str:
        """What the file says, to be compared with what was found."""
        return self.data(file, found.encode("utf-8")).decode("utf-8")

    def data(self, file: Path, found: bytes) -> bytes:
        """The bytes of the file, to be compared with what was found."""
        if self._update and not (file.exists() and file.read_bytes() == found):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(found)
        return file.read_bytes()
