"""Folders that stand in for a file: what was unpacked from it, which people know by the name of the file alone."""

from __future__ import annotations

import os

BETWEEN = "!"
"""What stands between the name of a file and that of an entry in it: 示例州.模板包.zip!shili/pack.yaml."""

_FILES: dict[str, str] = {}
"""Folders, each with the file from which its contents are."""


def stands_for(folder: str, file: str) -> None:
    """From now on messages name ``file`` where they would name ``folder``, or something in it."""
    _FILES[folder] = file


def as_known(text: str) -> str:
    """A text in which no stand-in is named: what is in such a folder is named as an entry of the file."""
    for folder, file in _FILES.items():
        if folder in text:
            text = text.replace(f"{folder}{os.sep}", f"{file}{BETWEEN}").replace(folder, file)
    return text
