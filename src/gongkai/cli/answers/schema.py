"""``gongkai schema --pack``: the JSON Schema of the data files of a pack."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path


def schema_of_pack(pack: str, folders: Sequence[Path]) -> str:
    """The schema with what a pack declares; ends the command where the pack cannot be read."""
    from gongkai.cli.workbooks.books import stop
    from gongkai.findings import FindingsError
    from gongkai.model.schema import input_schema
    from gongkai.packs.open import models_by_scope

    try:
        schema = input_schema(models_by_scope(pack, folders))
    except FindingsError as error:
        stop(error.findings)
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
