"""The English names that a template still has, found by their places: variables, functions, fields and blocks.

Only the template's own syntax tells what a word is, so the words are taken from its lexer, with their places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, nodes

from .edits import Edit, plain_breaks
from .register import Where, new_names

_OPTIONS = frozenset({"选项", "opt"})
_NOT_OURS = frozenset({"loop", *_OPTIONS})
"""What is behind the dot of these is named by the language, or by the pack."""
_SUMS = frozenset({"合计", "sum_of"})
"""Functions that take the name of a field as a text."""
_FALLBACKS = frozenset({"is", "|"})
"""By what a template may follow the name of a variable that is perhaps not there."""

# Neither trims what a tag leaves behind: every letter of the source is in one of the words.
_LEXER = Environment(keep_trailing_newline=True, autoescape=True).lexer


_Found = tuple[int, str, str]
"""Where an old name is, the old and the new one."""


@dataclass(frozen=True, slots=True)
class _Word:
    kind: str
    text: str
    at: int


@dataclass(frozen=True)
class Kept:
    """Names that are no old names where they are found: a template's own."""

    variables: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    """Entries of mappings that it makes itself."""
    imported: frozenset[str] = frozenset()
    """Templates that it imports as a whole: behind their dots are the names of macros."""

    def __or__(self, other: Kept) -> Kept:
        return Kept(self.variables | other.variables, self.fields | other.fields, self.imported | other.imported)


def own_names(tree: nodes.Template) -> Kept:
    """The names that a template sets, takes as parameters, defines as macros, imports, or gives to entries."""
    keys = (pair.key for made in tree.find_all(nodes.Dict) for pair in made.items)
    fields = {key.value for key in keys if isinstance(key, nodes.Const) and isinstance(key.value, str)}
    imported = {whole.target for whole in tree.find_all(nodes.Import)}
    return Kept(frozenset(given(tree)), frozenset(fields), frozenset(imported))


def given(tree: nodes.Template) -> Iterator[str]:
    """Names that a template sets, takes as parameters, defines as macros or imports."""
    for name in tree.find_all(nodes.Name):
        if name.ctx in {"store", "param"}:
            yield name.name
    for macro in tree.find_all(nodes.Macro):
        yield macro.name
    for whole in tree.find_all(nodes.Import):
        yield whole.target
    for imports in tree.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in imports.names)


def english_names(source: str, kept: Kept, options: Mapping[str, str] | None = None) -> list[Edit]:
    """What is to be written instead of each English name, and of each of these ``options`` by its old name.

    Raises TemplateSyntaxError for what is no template.
    """
    source = plain_breaks(source)
    found: list[Edit] = []
    for tag in _tags(source):
        for at, old, new in _of_tag(tag, kept, options or {}):
            line = source.count("\n", 0, at) + 1
            found.append(Edit(line, at - source.rfind("\n", 0, at), old, new))
    return found


def _tags(source: str) -> Iterator[list[_Word]]:
    """The words of each tag; the first is how it begins (block_begin, variable_begin)."""
    at = 0
    words: list[_Word] = []
    for _, kind, text in _LEXER.tokeniter(source, None):
        at = source.index(text, at)  # white space that a tag takes away (``{%-``) is in no word
        if kind.endswith("_begin"):
            words = []
        if kind != "whitespace":
            words.append(_Word(kind, text, at))
        if kind in {"variable_end", "block_end"}:
            yield words
        at += len(text)


def _of_tag(words: Sequence[_Word], kept: Kept, options: Mapping[str, str]) -> Iterator[_Found]:
    start = 1
    if words[0].kind == "block_begin" and len(words) > 2:
        tag, start = words[1].text, 2
        if tag in {"from", "import"}:
            return
        if tag in {"block", "endblock"}:
            yield from _renamed(words[2], new_names(Where.BLOCK), frozenset())
            return
    calls: list[str] = []
    for number in range(start, len(words) - 1):
        word, before = words[number], words[number - 1]
        if word.text == "(":
            calls.append(before.text if before.kind == "name" else "")
        elif word.text == ")" and calls:
            calls.pop()
        elif word.kind == "name":
            yield from _of_name(words, number, kept, options)
        elif word.kind == "string" and _names_field(words, number, calls[-1] if calls else ""):
            inner = _Word("name", word.text[1:-1], word.at + 1)
            yield from _renamed(inner, new_names(Where.FIELD), kept.fields)


def _of_name(words: Sequence[_Word], number: int, kept: Kept, options: Mapping[str, str]) -> Iterator[_Found]:
    word, before, after = words[number], words[number - 1].text, words[number + 1].text
    if before == ".":
        owner = words[number - 2]
        alone = words[number - 3].text != "."
        if owner.kind == "name" and alone and owner.text == "self":
            yield from _renamed(word, new_names(Where.BLOCK), frozenset())
        elif owner.kind == "name" and alone and owner.text in _OPTIONS - kept.variables:
            yield from _renamed(word, options, frozenset())
        elif not (owner.kind == "name" and alone and owner.text in _NOT_OURS | kept.imported):
            yield from _renamed(word, new_names(Where.FIELD), kept.fields)
        return
    if before == "|" or after == "=" or _is_test(words, number):
        return
    names = new_names(Where.VARIABLE, Where.FUNCTION)
    # One Chinese name stands for the names of both kinds of document: of which kind it is, it does not tell.
    shared = [*names.values()].count(names.get(word.text, "")) > 1
    if not (shared and after in _FALLBACKS):
        yield from _renamed(word, names, kept.variables)


def _is_test(words: Sequence[_Word], number: int) -> bool:
    before = [word.text for word in words[max(0, number - 2) : number]]
    return before[-1:] == ["is"] or before == ["is", "not"]


def _names_field(words: Sequence[_Word], number: int, call: str) -> bool:
    """Whether a text is the name of a field: in brackets behind a value, or for a function that asks for one."""
    before, after = words[number - 1].text, words[number + 1].text
    if before == "[" and after == "]":
        owner = words[number - 2]
        return (owner.kind == "name" or owner.text in {")", "]"}) and owner.text not in _NOT_OURS
    named = before == "=" and words[number - 2].text == "field"
    return call in _SUMS and (named or (before == "," and after == ")"))


def _renamed(word: _Word, names: Mapping[str, str], kept: frozenset[str]) -> Iterator[_Found]:
    if word.text in names and word.text not in kept:
        yield word.at, word.text, names[word.text]
