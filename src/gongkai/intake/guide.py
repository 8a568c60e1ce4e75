"""The input schema, asked about places in a file: what may stand there, and what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from gongkai.findings import Path
from gongkai.kinds import KINDS, USUAL
from gongkai.model.disclosure import Disclosure
from gongkai.model.own.extend import OWN_MARK
from gongkai.model.schema import model_schema

_NUMBERS = {"number", "integer"}
_MODELS_REMEMBERED = 32

Schema = Mapping[str, Any]


def _entry(mapping: Schema, name: str) -> Schema:
    """What rules the entry of a name, or of a code; nothing where the mapping knows none such."""
    named = mapping.get("properties", {}).get(name)
    by_code = (rule for code, rule in mapping.get("patternProperties", {}).items() if re.search(code, name))
    entry = named or next(by_code, mapping.get("additionalProperties", {}))
    return entry if isinstance(entry, dict) else {}


class Guide:
    """The input schema, asked about places in a file."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._definitions: Schema = schema.get("$defs", {})
        fields = (part.get("properties", {}).values() for part in (schema, *self._definitions.values()))
        self._has_own = any(OWN_MARK in field for part in fields for field in part)
        self._homes: dict[str, list[Path]] = {}
        for path, names in self._mappings(self._resolve(schema), ()):
            # A fact never belongs among the settings of its checking.
            for name in names if path and path[0] != "校验" else ():
                self._homes.setdefault(name, []).append(path)

    def _resolve(self, schema: Schema) -> Schema:
        while True:
            if "$ref" in schema:
                schema = self._definitions[schema["$ref"].rpartition("/")[2]]
            elif "anyOf" in schema:
                schema = next(option for option in schema["anyOf"] if option.get("type") != "null")
            elif "oneOf" in schema:  # a text or an amount, or a mapping: only the latter has names to tell
                options = map(self._resolve, schema["oneOf"])
                schema = next(option for option in options if option.get("type") == "object")
            else:
                return schema

    def at(self, path: Path) -> Schema:
        """The part of the schema that rules the value at ``path``; empty where it knows nothing."""
        here = self._resolve(self._schema)
        for step in path:
            child = here.get("items", {}) if isinstance(step, int) else _entry(here, step)
            if not isinstance(child, dict):
                return {}
            here = self._resolve(child)
        return here

    def names(self, path: Path) -> list[str]:
        """The names that may be written in the mapping at ``path``; none when they are codes."""
        here = self.at(path)
        keys = here.get("propertyNames")
        return list(self._resolve(keys).get("enum", [])) if keys else list(here.get("properties", {}))

    def knows(self, path: Path) -> bool:
        """Whether all names on the way to ``path`` are the schema's, none of them the clerk's."""
        return all(isinstance(step, int) or step in self.names(path[:end]) for end, step in enumerate(path))

    def is_code(self, path: Path) -> bool:
        """Whether the name at ``path`` may stand there, where names are codes; true wherever they are none."""
        codes = self.at(path[:-1]).get("patternProperties", {})
        return not codes or any(re.search(code, str(path[-1])) for code in codes)

    def description(self, path: Path) -> str:
        """What the name at ``path`` means."""
        own = self.at(path[:-1]).get("properties", {}).get(path[-1], {})
        return str(own.get("description") or self.at(path).get("description", ""))

    def descriptions(self, path: Path) -> dict[str, str]:
        """What the names in the mapping at ``path`` mean, as far as the schema says."""
        fields = self.at(path).get("properties", {})
        return {name: str(field["description"]) for name, field in fields.items() if "description" in field}

    def own_type(self, path: Path) -> str:
        """The type (类型) of what a pack has declared at ``path``; empty where that is the product's own."""
        for end in range(len(path), 0, -1) if self._has_own else ():
            field = self.at(path[: end - 1]).get("properties", {}).get(path[end - 1], {})
            if OWN_MARK in field:
                return str(field[OWN_MARK])
        return ""

    def is_figure(self, path: Path) -> bool:
        """Whether a number is due at ``path`` that is 0 where it is not stated."""
        entry = _entry(self.at(path[:-1]), str(path[-1]))
        if any(option.get("type") == "null" for option in entry.get("anyOf", ())):
            return False  # derived, or not printed
        kinds = (self._resolve(option).get("type", ()) for option in entry.get("oneOf", [entry]))
        # Of a text, a code or a flag the first kind is another.
        return any(kind and kind[0] in _NUMBERS for kind in kinds)

    def homes(self, name: str) -> list[Path]:
        """Where in the file a name belongs: the mappings that know it."""
        return self._homes.get(name, [])

    def _mappings(self, schema: Schema, path: Path) -> Iterator[tuple[Path, Schema]]:
        properties: Schema = schema.get("properties", {})
        if properties:
            yield path, properties
        children = [((*path, name), child) for name, child in properties.items()]
        children += [(path, schema[key]) for key in ("items", "additionalProperties") if key in schema]
        for place, child in children:
            if isinstance(child, dict):
                yield from self._mappings(self._resolve(child), place)


@cache
def guide_of(kind: str) -> Guide:
    """The guide of a kind of document (文种); that of a budget when the kind is unknown."""
    return guide_of_model(KINDS.get(kind, KINDS[USUAL]).model.value)


@lru_cache(_MODELS_REMEMBERED)
def guide_of_model(model: type[Disclosure]) -> Guide:
    """The guide of the data files of a model, with what a pack declares where it is that of a pack."""
    return Guide(model_schema(model))
