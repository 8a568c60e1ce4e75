"""The proof that a pack whose files are changed still makes the same documents, before anything is written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from gongkai.document.compose import render_disclosure
from gongkai.files.scratch import filling, scratch
from gongkai.findings import FindingsError
from gongkai.intake.read import read
from gongkai.model.disclosure import Disclosure
from gongkai.model.own.sample import sampled
from gongkai.packs.load.find import Pack, lineage, search_path
from gongkai.packs.open import open_pack
from gongkai.packs.review.editions import combinations

from .preview import example_files
from .unit import as_asked


def first_difference(pack: Pack, folders: Sequence[Path], contents: Mapping[Path, bytes]) -> str | None:
    """Which example the pack would show otherwise with these ``contents`` of its files; None where it shows all alike.

    Every built-in example is composed in every edition that a document can meet. Raises FindingsError where that
    cannot be done with the pack as it is.
    """
    line = lineage(pack, search_path(folders))
    models = [(path, read(path).model) for path in example_files()]
    with scratch("proof") as folder, filling():
        copy = folder / pack.id
        shutil.copytree(pack.folder, copy, symlinks=True)
        for file, data in contents.items():
            (copy / file.relative_to(pack.folder)).write_bytes(data)
        for kind, year, scope in combinations(line):
            for path, model in models:
                if model.kind == kind and not _is_same(pack.id, as_asked(model, year, scope), folders, folder):
                    return f"{path.name}（{kind} {year} 年版，{scope}）"
    return None


def _is_same(name: str, disclosure: Disclosure, folders: Sequence[Path], changed: Path) -> bool:
    before = list(_shown(name, disclosure, folders))
    try:
        return before == list(_shown(name, disclosure, [changed, *folders]))
    except FindingsError:
        return False


def _shown(name: str, disclosure: Disclosure, folders: Sequence[Path]) -> Iterator[str]:
    pack = open_pack(name, disclosure.kind, disclosure.edition or disclosure.year, folders, disclosure.scope.value)
    # What the pack itself declares is there in one, and only where it must be in the other.
    for whole in (True, False):
        yield render_disclosure(sampled(disclosure, pack.model, whole=whole), pack).html
    yield repr(pack.layouts)
