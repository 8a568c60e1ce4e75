"""The JSON Schema of the input, for editors that complete and check while a clerk types."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from gongkai.kinds import KINDS, USUAL
from gongkai.source.known import Known

from .words import EACH, PAIR, synonyms

Schema = dict[str, Any]
Case = tuple[str, str]
"""A kind of document and a 口径, which is empty where it is any."""

_OF_INDICATOR = ("一级", "二级", "指标值", "依据", "权重")
_SUPPLIED = {
    "单位概况": ("主要职能",),
    "整体绩效自评": ("预期目标",),
    "项目绩效自评": ("预期目标",),
    "整体绩效指标完成情况": _OF_INDICATOR,
    "项目绩效指标完成情况": _OF_INDICATOR,
}
"""What a final account may leave to the budget that it names, by the titles of what has it."""

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def _without_docstrings(definitions: dict[str, Any]) -> dict[str, Any]:
    # The docstrings are for developers; a clerk's editor shows the titles instead.
    for definition in definitions.values():
        definition.pop("description", None)
        if "enum" in definition:
            definition.pop("title", None)  # the class's name
        required = definition.get("required", ())
        for name in {"上年", *_SUPPLIED.get(str(definition.get("title")), ())} & {*required}:
            required.remove(name)  # a file that is named may supply it; the reader tells when none does
        for field in definition.get("properties", {}).values():
            if "patternProperties" in field:
                field["additionalProperties"] = False  # a map by code holds nothing but codes
    return definitions


def kind_schema(kind: str) -> dict[str, Any]:
    """JSON Schema of one kind of document (预算, 决算); of a budget when the kind is unknown."""
    return model_schema(KINDS.get(kind, KINDS[USUAL]).model.value)


def model_schema(model: type[BaseModel]) -> dict[str, Any]:
    """JSON Schema of one model of a document, with what a pack declares where it is that of a pack."""
    schema = model.model_json_schema(by_alias=True)
    definitions = schema.pop("$defs", {})
    _without_docstrings({**definitions, "": schema})
    return {**schema, "$defs": definitions}


def input_schema(models: Mapping[Case, type[BaseModel]] | None = None) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of an input file of any kind, with Chinese keys, titles and descriptions.

    ``models`` are those of a pack, one for each kind, and further ones where it declares other facts for a 口径.
    """
    models = models or {(kind.name, ""): kind.model.value for kind in KINDS.values()}
    references, schema = models_json_schema([(model, "validation") for model in models.values()], by_alias=True)
    roots = {case: references[model, "validation"] for case, model in models.items()}
    done: set[tuple[int, str]] = set()
    for kind in PAIR:
        for case in (case for case in roots if case[0] == kind):
            _with_words_of_the_other_kind(kind, roots[case], schema["$defs"], done)
    return {
        "$schema": _DRAFT,
        "title": "预决算公开数据文件",
        "type": "object",
        **_by_kind(roots),
        "$defs": _without_docstrings(schema["$defs"]),
    }


def _by_kind(roots: Mapping[Case, Schema]) -> Schema:
    """The schema that the 文种 of a file chooses, and perhaps its 口径; the usual one where none is written."""
    chosen = roots[USUAL, ""]
    for kind, scope in sorted((case for case in roots if case != (USUAL, "")), key=lambda case: case[1] != ""):
        said = {"文种": kind, "口径": scope} if scope else {"文种": kind}
        written = {"properties": {name: {"const": word} for name, word in said.items()}, "required": [*said]}
        chosen = {"if": written, "then": roots[kind, scope], "else": chosen}
    return chosen


def _with_words_of_the_other_kind(kind: str, root: Schema, definitions: Schema, done: set[tuple[int, str]]) -> None:
    """Let a file of a kind have the other kind's words where they mean the same, in the place of its own.

    ``done`` are the words of mappings that have them already: several roots share what a pack does not change.
    """
    for own, other in synonyms(kind):
        container = _inner(root, own.at, definitions)
        word = (id(container), "·".join((*own.names, "", *other.names)))
        if word in done:
            continue
        done.add(word)
        if "propertyNames" in container:
            names = _resolved(container["propertyNames"], definitions)["enum"]
            container["propertyNames"] = {"enum": [*names, other.names[-1]]}
            continue
        meant = _inner(container, own.names[:-1], definitions)["properties"][own.names[-1]]
        value = {**meant, "description": f"同“{own.names[-1]}”"}
        properties = container["properties"]
        for name in reversed(other.names[1:]):
            value = {
                "type": "object",
                "title": other.names[0],
                "additionalProperties": False,
                "properties": {name: value},
            }
        first = properties.setdefault(other.names[0], value)
        if first is not value:  # two words within one mapping
            first["properties"] |= value["properties"]
        required = container.get("required", [])
        if own.names[0] in required:
            required.remove(own.names[0])
            either = [{"required": [own.names[0]]}, {"required": [other.names[0]]}]
            container.setdefault("allOf", []).append({"anyOf": either})


def _inner(schema: Schema, at: Sequence[str], definitions: Schema) -> Schema:
    """What rules the mapping at a place."""
    here = _resolved(schema, definitions)
    for step in at:
        here = _resolved(here["items"] if step == EACH else here["properties"][step], definitions)
    return here


def _resolved(schema: Schema, definitions: Schema) -> Schema:
    while "$ref" in schema or "anyOf" in schema:
        if "$ref" in schema:
            schema = definitions[schema["$ref"].rpartition("/")[2]]
        else:
            schema = next(option for option in schema["anyOf"] if option.get("type") != "null")
    return schema


@cache
def known() -> Known:
    """Every name of the input, and every word that is an answer by itself.

    They are read from the schema as it is installed: making it of the models took most of the time of a first check.
    """
    schema = json.loads((files("gongkai.model") / "schema.json").read_text(encoding="utf-8"))
    definitions = schema["$defs"].values()
    names = frozenset(name for part in definitions for name in (*part.get("properties", ()), *part.get("enum", ())))
    fields = (field for part in definitions for field in part.get("properties", {}).values())
    return Known(
        names, names | {str(word) for field in fields for word in (*field.get("enum", ()), field.get("const"))}
    )
