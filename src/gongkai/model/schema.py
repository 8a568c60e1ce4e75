"""The JSON Schema of the input, for editors that complete and check while a clerk types."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from .disclosure import MODELS

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def _without_docstrings(definitions: dict[str, Any]) -> dict[str, Any]:
    # The docstrings are for developers; a clerk's editor shows the titles instead.
    for definition in definitions.values():
        definition.pop("description", None)
        if "enum" in definition:
            definition.pop("title", None)  # the class's name
        if "上年" in definition.get("required", ()):
            definition["required"].remove("上年")  # last year's file may supply it; the reader tells when none does
        for field in definition.get("properties", {}).values():
            if "patternProperties" in field:
                field["additionalProperties"] = False  # a map by code holds nothing but codes
    return definitions


def kind_schema(kind: str) -> dict[str, Any]:
    """JSON Schema of one kind of document (预算, 决算); of a budget when the kind is unknown."""
    model = MODELS.get(kind, MODELS["预算"])
    schema = model.model_json_schema(by_alias=True)
    definitions = schema.pop("$defs", {})
    _without_docstrings({**definitions, kind: schema})
    return {**schema, "$defs": definitions}


def input_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of an input file of either kind, with Chinese keys, titles and descriptions."""
    references, schema = models_json_schema([(model, "validation") for model in MODELS.values()], by_alias=True)
    budget, final = (references[model, "validation"] for model in MODELS.values())
    return {
        "$schema": _DRAFT,
        "title": "预决算公开数据文件",
        "type": "object",
        "if": {"properties": {"文种": {"const": "决算"}}, "required": ["文种"]},
        "then": final,
        "else": budget,
        "$defs": _without_docstrings(schema["$defs"]),
    }
