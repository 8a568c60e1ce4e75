"""Examples composed to a document."""

from __future__ import annotations

from functools import cache

from gongkai.document.compose import Rendered, render_disclosure
from gongkai.intake.read import read
from gongkai.packs.open import open_pack
from support.fixtures import ROOT


@cache
def document_of(example: str) -> Rendered:
    disclosure = read(ROOT / "examples" / f"{example}.yaml").model
    return render_disclosure(disclosure, open_pack(disclosure.pack or "base", disclosure.kind, disclosure.year))
