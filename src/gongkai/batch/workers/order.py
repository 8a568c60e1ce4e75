"""What a batch was asked for, as all its workers must know it: plain data that can travel to another machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.output.pdf.engine import USUAL
from gongkai.produce.naming import Naming

if TYPE_CHECKING:
    from gongkai.produce.audited import AuditSettings


@dataclass(frozen=True, slots=True)
class Order:
    """What the whole batch was asked for. With ``shared`` workers write to that folder themselves.

    A unit may take ``timeout`` seconds: the process in which it takes longer is ended. All units are set by one
    ``engine``, wherever they are made.
    """

    formats: Sequence[str]
    pack: str | None = None
    strict: bool = False
    shared: Path | None = None
    edition: int | None = None
    timeout: int = 1800
    naming: Naming = Naming.FILE
    engine: str = USUAL
    audit: AuditSettings | None = None
    """Where finished documents are audited and nothing is made: what their audit was asked for."""
