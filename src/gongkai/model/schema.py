"""The JSON Schema of the input, for editors that complete and check while a clerk types."""

from __future__ import annotations

from typing import Any

from .budget import Budget


def input_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of the input file, with Chinese keys, titles and descriptions."""
    schema = Budget.model_json_schema(by_alias=True)
    for definition in [schema, *schema.get("$defs", {}).values()]:
        # The docstrings are for developers; a clerk's editor shows the titles instead.
        definition.pop("description", None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "预决算公开数据文件"}
