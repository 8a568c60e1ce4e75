"""A pack's YAML files, read without surprises and merged from parent to child."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from gongkai.findings import Finding, FindingsError, Level, Place


def pack_error(message: str, file: Path, advice: str = "", line: int = 0, column: int = 0) -> FindingsError:
    """An error of a pack, to be raised."""
    place = Place(str(file), line, column)
    return FindingsError([Finding("GK501", Level.ERROR, message, advice, place=place)])


def load_mapping(file: Path) -> dict[str, Any]:
    """The mapping in a YAML file; an absent file is an empty mapping.

    Raises FindingsError with the position for text that is not YAML or not a mapping.
    """
    try:
        value = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except FileNotFoundError:
        return {}
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise pack_error("模板包的 YAML 写法有误", file, "请核对缩进、冒号和引号", line, column) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise pack_error(f"模板包的文件读不出来：{error}", file) from None
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise pack_error("模板包的文件应由“名称: 内容”组成", file)
    return value


def merge(parent: dict[str, Any], child: dict[str, Any]) -> dict[str, Any]:
    """The child's values over the parent's: mappings are merged, everything else is replaced."""
    merged = dict(parent)
    for key, value in child.items():
        below = merged.get(key)
        merged[key] = merge(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


_M = TypeVar("_M", bound=BaseModel)


def validate(model: type[_M], data: dict[str, Any], file: Path) -> _M:
    """``data`` as a model; raises FindingsError that names the file and every wrong value."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        findings = [
            Finding("GK502", Level.ERROR, f"“{' › '.join(map(str, e['loc']))}”：{_meaning(e['type'], e['msg'])}",
                    place=Place(str(file)))
            for e in error.errors(include_url=False)
        ]  # fmt: skip
        raise FindingsError(findings) from None


def _meaning(kind: str, message: str) -> str:
    known = {"extra_forbidden": "不认识的名称", "missing": "缺少此项"}
    return known.get(kind, message.removeprefix("Value error, "))
