"""Validation errors of the model, in a clerk's words and at their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pydantic_core import ErrorDetails

from gongkai.findings import Finding, Level, Path, Place, describe, shown
from gongkai.model.budget.budget import BY_FUND
from gongkai.model.economic import AS_AMOUNT, IN_PARTS
from gongkai.model.listed import AS_LIST
from gongkai.model.reading import AS_TEXT
from gongkai.model.validation import ALONE, WITH_REASON
from gongkai.model.words import EACH, PAIR, elsewhere, explained, other_kind
from gongkai.source.secret_marks import discreet
from gongkai.source.tree import Tree
from gongkai.texts.suggest import MEANINGS, meant, suggestion

from .guide import Guide, Schema, guide_of

# The model's own refusals carry a Chinese message; this gives each its code.
_CODES: Mapping[str, str] = {
    "scalar_expected": "GK203",
    "number_full_width": "GK205",
    "number_letter": "GK205",
    "number_unit": "GK205",
    "number_grouping": "GK205",
    "number_invalid": "GK205",
    "amount_precision": "GK205",
    "amount_negative": "GK206",
    "count_negative": "GK206",
    "count_fraction": "GK205",
    "amount_implausible": "GK207",
    "date_format": "GK208",
    "date_impossible": "GK208",
    "code_format": "GK209",
    "flag_invalid": "GK204",
    "text_empty": "GK202",
    "text_control": "GK210",
    "text_short": "GK204",
}

_MAPPING_ERRORS = {"model_type", "model_attributes_type", "dict_type"}
_LIST_ERRORS = {"list_type", "tuple_type"}
_ITEMS = "每条一行，以“- ”开头，“-”后面空一格"
_WAYS = {AS_TEXT, AS_LIST, BY_FUND, AS_AMOUNT, IN_PARTS, ALONE, WITH_REASON}
"""Steps of the library for what may be written in two ways."""
_SECRECY = "涉密"
_APPROVED = "核定数"
"""Totals that are held against the sums where they are stated; without one, the sum is printed."""
_YES_OR_NO = "涉密的写“是”，不涉密的写“否”，或删去这一行"
"""Of all names with nothing behind them only this one is not the same as no name: a secret would be published."""
_MANY = 3
"""A name that belongs in more places than this is too common to say where it belongs."""


def _without_indexes(path: Path) -> Path:
    return tuple(step for step in path if isinstance(step, str))


def _colon_hint(value: object, names: Sequence[str] = ()) -> str:
    """What is wrong with the colon in a text that should be an entry, perhaps of one of these ``names``."""
    if not isinstance(value, str):
        return ""
    if "：" in value:
        return "此处像是用了全角冒号“：”，作分隔的冒号要用半角“: ”，后面空一格"
    name = next((name for name in names if value.startswith(name)), "")
    if name and value.removeprefix(name).startswith(":"):
        return f"“{name}”的冒号后面缺少空格"
    return f"“{name}”后面缺少冒号，写作“{name}: 内容”" if name else ""


def _instead(value: object) -> str:
    """What was found where something else is due."""
    if isinstance(value, str):
        return f"，现为“{shown(value)}”"
    return "，现为清单" if isinstance(value, list) else "，现为子项"


_QUOTED = re.compile(r"'([^']+)'")


class _Translator:
    def __init__(self, tree: Tree, schema: Schema) -> None:
        self._tree = tree
        self._guide = Guide(schema)
        self._meant: set[Path] = set()
        """What unknown names most likely stand for: not to be called missing as well."""

    def translate(self, errors: Sequence[ErrorDetails]) -> Iterator[Finding]:
        """The findings; a mistake's mere consequences are left out."""
        for path in self._tree.blanks:
            names = self._guide.names(path[:-1])
            if names and path[-1] not in names:
                yield self._unknown(path)
            elif not names and not self._guide.is_code(path):
                message = f"“{describe(path[:-1])}”里不认识“{shown(str(path[-1]))}”"
                yield self._make_at_key("GK201", path, message, "此处的名称是编码；没有内容的，请删去这一行")
            elif path[-1] == _SECRECY:
                yield self._make_at_key("GK202", path, f"“{describe(path)}”没有填写", _YES_OR_NO)
        errors = [{**error, "loc": self._written(error["loc"])} for error in errors]
        for error in errors:
            if error["type"] == "extra_forbidden":
                yield self._unknown(error["loc"])
            elif error["type"] != "missing" and not (error["type"] == "too_short" and error["input"]):
                # A list counts as too short when one of its items is wrong.
                yield self._wrong(error)
        for error in errors:
            if error["type"] == "missing" and not self._explained(error["loc"]):
                yield self._missing(error["loc"])

    def _written(self, path: Path) -> Path:
        """The path without the library's step for the way in which something is written, if no clerk wrote that."""
        for at, step in enumerate(path):
            if step in _WAYS and path[: at + 1] not in self._tree.keys:
                return (*path[:at], *path[at + 1 :])
        return path

    def _explained(self, path: Path) -> bool:
        """Whether what is missing has been named under another name or place."""
        return _without_indexes(path) in self._meant or path[:-1] in self._tree.torn

    def _wrong(self, error: ErrorDetails) -> Finding:
        path: Path = error["loc"]
        # The library marks a wrong key with this step, which a clerk's own key could also be.
        if path[-1:] == ("[key]",) and path not in self._tree.keys:
            return self._bad_key(path[:-1], error)
        if error["type"] in _CODES:
            advice = error["ctx"].get("advice") or self._guide.description(path)
            return self._make(_CODES[error["type"]], path, error["msg"], advice)
        return self._wrong_value(path, error["type"], error)

    def _make(self, code: str, path: Path, message: str, advice: str) -> Finding:
        where = f"“{describe(path)}”：" if path else ""
        return Finding(code, Level.ERROR, where + message, advice, path, self._tree.place(path))

    def _make_at_key(self, code: str, path: Path, message: str, advice: str) -> Finding:
        return Finding(code, Level.ERROR, message, advice, path, self._tree.key_place(path))

    def _missing(self, path: Path) -> Finding:
        parent, name = path[:-1], path[-1]
        advice = self._guide.description(path) or "请补上"
        if path in self._tree.commented:
            advice = "“#”后面是不读的注释；以 # 开头的文字要加引号"
        if path in self._tree.keys or path in self._tree.due:
            return self._make_at_key("GK202", path, f"“{describe(path)}”没有填写", advice)
        where = f"“{describe(parent)}”" if parent else "文件"
        place = self._tree.key_place(parent) if parent else Place(self._tree.file)
        return Finding("GK202", Level.ERROR, f"{where}缺少“{name}”", advice, path, place)

    def _unknown(self, path: Path) -> Finding:
        parent, name = path[:-1], str(path[-1])
        where = f"“{describe(parent)}”里" if parent else ""
        choices = self._guide.names(parent)
        foreign = self._of_other_kind(parent, name)
        if foreign:
            return self._make_at_key("GK201", path, f"{where}不认识“{shown(name)}”", foreign)
        # A mapping that has all of these names and one more is no place from which something slipped in here.
        homes = self._guide.homes(name)
        homes = [home for home in homes if not choices or not set(choices) <= {*self._guide.names(home)}]
        # Money that is asked for here, under a name that it has elsewhere, belongs here all the same.
        of_money = name in MEANINGS and bool(MEANINGS.keys() & set(choices))
        if not of_money and 0 < len(homes) <= _MANY:
            self._meant |= {(*home, name) for home in homes}
            places = "或".join(f"“{describe(home)}”" for home in homes)
            advice = f"“{name}”应写在{places}下面，请核对缩进"
        else:
            self._meant |= {_without_indexes((*parent, near)) for near in meant(name, choices)}
            advice = _colon_hint(name) or suggestion(name, choices, self._guide.descriptions(parent))
        return self._make_at_key("GK201", path, f"{where}不认识“{shown(name)}”", advice)

    def _of_other_kind(self, parent: Path, name: str) -> str:
        """What is written here instead of a name that the other kind of document has at this place."""
        kind = self._tree.data.get("文种")
        if not isinstance(kind, str) or kind not in PAIR:
            return ""
        at = tuple(EACH if isinstance(step, int) else step for step in parent)
        told = explained(kind, at, name)
        if told or 0 < len(self._guide.homes(name)) <= _MANY:
            return told or ""
        there = guide_of(other_kind(kind)).names(tuple(0 if step == EACH else step for step in elsewhere(kind, at)))
        return f"“{name}”是{other_kind(kind)}里写的，{kind}不印，请删去" if name in there else ""

    def _bad_key(self, path: Path, error: ErrorDetails) -> Finding:
        parent, name = path[:-1], str(path[-1])
        # Where text may stand instead of a mapping, only the error itself knows the names of the mapping.
        choices = self._guide.names(parent) or _QUOTED.findall(error.get("ctx", {}).get("expected", ""))
        if choices:
            message = f"“{describe(parent)}”里不认识“{shown(name)}”"
            advice = self._of_other_kind(parent, name) or _colon_hint(name) or suggestion(name, choices)
            return self._make_at_key("GK201", path, message, advice)
        code = _CODES.get(error["type"], "GK209")
        return self._make_at_key(code, path, f"“{describe(parent)}”里：{error['msg']}", error["ctx"]["advice"])

    def _wrong_value(self, path: Path, kind: str, error: ErrorDetails) -> Finding:
        value = error["input"]
        shape = self._guide.at(path)
        if kind in {"enum", "literal_error"}:
            choices = [str(choice) for choice in shape.get("enum", [shape.get("const", "")])]
            if not isinstance(value, str):
                return self._make("GK203", path, "此处只应写一个词", suggestion("", choices))
            return self._make("GK204", path, f"不能写“{shown(value)}”", suggestion(value, choices))
        if kind in _MAPPING_ERRORS:
            message = f"此处应是若干“名称: 内容”的子项{_instead(value)}"
            return self._make("GK203", path, message, self._mapping_advice(path, value))
        if kind in _LIST_ERRORS:
            return self._make("GK203", path, f"此处应是清单{_instead(value)}", _ITEMS)
        if kind == "too_short":
            return self._make("GK202", path, "清单是空的，至少要有一条", _ITEMS)
        if kind in {"greater_than_equal", "less_than_equal"}:
            limit = error["ctx"].get("ge", error["ctx"].get("le"))
            bound = "小于" if kind == "less_than_equal" else "大于"
            advice = f"应{bound}或等于 {limit}"
            return self._make("GK204", path, f"“{shown(str(value))}”不在合理范围内", advice)
        return self._make("GK204", path, "此处填写的内容不合要求", self._guide.description(path))

    def _mapping_advice(self, path: Path, value: object) -> str:
        names = self._guide.names(path)
        parts = (
            self._guide.description(path) or "写作“名称: 内容”",
            "写在 { } 里，或每行一个；不用 [ ]，不以“- ”开头" if isinstance(value, list) else "",
            f"名称可用：{'、'.join(names)}" if names else "",
        )
        return _colon_hint(value, names) or "；".join(part for part in parts if part)


def translate(errors: Sequence[ErrorDetails], tree: Tree, schema: Schema) -> Iterator[Finding]:
    """The findings of shape: wrong and unknown names and values, each at its place."""
    guide = Guide(schema)
    for finding in _Translator(tree, schema).translate(errors):
        # That something is missing under a name of the schema tells nothing of what is there.
        yield finding if finding.code == "GK202" and guide.knows(finding.path) else discreet(finding, tree.secrets)


def unknown_kind(tree: Tree, value: object, kinds: Sequence[str]) -> Finding:
    """The finding for a 文种 that is missing or not one of the kinds of document."""
    path: Path = ("文种",)
    usable = "或".join(f"“文种: {kind}”" for kind in kinds)
    if value is None:
        message = "“文种”没有填写" if path in tree.keys else "文件缺少“文种”"
        return Finding("GK202", Level.ERROR, message, f"请写{usable}", path, tree.key_place(path))
    near = meant(value, kinds) if isinstance(value, str) else []
    advice = f"是否想写“{near[0]}”？" if near else f"请写{usable}"
    what = f"“{shown(value)}”" if isinstance(value, str) else "清单或子项"
    return Finding("GK204", Level.ERROR, f"“文种”：不能写{what}", advice, path, tree.place(path))


def blank_figures(tree: Tree, schema: Schema) -> Iterator[Finding]:
    """A warning for each name of a figure with nothing behind it, where that is printed as 0.

    What is not stated at all is nothing; a name without a figure may be a figure that was forgotten.
    """
    guide = Guide(schema)
    for path in tree.blanks:
        if path[0] != _APPROVED and guide.is_figure(path):
            message = f"“{describe(path)}”没有填写，将印出 0"
            advice = "有数的请补上；确实没有的写 0，或删去这个名称"
            yield Finding("GK221", Level.WARNING, message, advice, path, tree.key_place(path))
