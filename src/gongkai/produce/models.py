"""The model of a data file: that of its pack, which may declare facts of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from gongkai.findings import Finding, FindingsError
from gongkai.intake.models import Models, plain_model
from gongkai.kinds import KINDS
from gongkai.model.disclosure import Disclosure
from gongkai.model.unit import Scope
from gongkai.packs.load.find import ROOT_PACK
from gongkai.packs.open import ANY_YEAR, model_of_pack
from gongkai.source.tree import Node

_YEAR = 4
"""Digits of a year."""


def models_of_packs(
    folders: Sequence[Path] = (),
    pack: str | None = None,
    edition: int | None = None,
    scope: str | None = None,
    *,
    needed: bool = False,
    failed: list[Finding] | None = None,
) -> Models:
    """The model of a file's own pack, or of the one that a run was asked for.

    Where the pack cannot be opened it is the plain model, and ``failed`` gets to know why: what a file says for its
    pack is unknown then, which is no mistake of the file. Where it is ``needed``, as by what only reads and writes
    data, FindingsError is raised.
    """

    def model(data: Mapping[str, Node]) -> type[Disclosure] | None:
        kind = data.get("文种")
        plain = plain_model(data)
        year = edition or _year(data.get("模板年度")) or _year(data.get("年度")) or ANY_YEAR
        if not isinstance(kind, str) or kind not in KINDS:
            return plain
        said = data.get("口径")
        asked = scope or (said.strip() if isinstance(said, str) and said.strip() in {*Scope} else None)
        name = pack or data.get("模板")
        try:
            name = name.strip() if isinstance(name, str) and name.strip() else ROOT_PACK
            return model_of_pack(name, kind, year, folders, asked)
        except FindingsError as error:
            if needed:
                raise
            if failed is not None:
                failed.extend(error.findings)
            return plain

    return model


def _year(value: Node | None) -> int | None:
    said = value.strip() if isinstance(value, str) else ""
    return int(said) if len(said) == _YEAR and said.isascii() and said.isdecimal() else None
