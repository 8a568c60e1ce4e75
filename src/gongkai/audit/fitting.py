"""Which pack a document looks like: by the titles of its parts and sections, then by sentences that only one has."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from gongkai.findings import FindingsError
from gongkai.packs.load.find import Pack, available, layers, search_path
from gongkai.packs.load.merged import Branch, Merged
from gongkai.packs.options import definitions_of, stated_options
from gongkai.texts.plain import bare

_SECTIONS, _TITLES = "章节", "章节标题"
_LEAST = 0.5
"""Of the titles of its sections a document must have so many to be read by a pack."""
_SHORTEST = 4
_WORD = re.compile(r"\{[^{}]*\}")
_MOST_TEXT = 400_000


def fitting(text: str, kind: str, year: int, scope: str, folders: Sequence[Path] = ()) -> str | None:
    """The name of the pack by which a document of this text was most likely printed; None where none fits.

    Of several that fit alike the one above the others in their line is taken: it claims least.
    """
    said = bare(text[:_MOST_TEXT])
    texts = {pack.id: _texts(pack, kind, year, scope, tuple(search_path(folders))) for pack in _packs(folders)}
    like = {name: share for name, options in texts.items() if (share := _share(options, said)) >= _LEAST}
    if not like:
        return None
    best = max(like.values())
    candidates = [name for name, share in like.items() if share == best]
    points = _points({name: texts[name] for name in candidates}, said)
    return max(candidates, key=lambda name: (points[name], name == "base"))


def _packs(folders: Sequence[Path]) -> list[Pack]:
    return available(search_path(folders))


_Texts = Mapping[str, str]


@lru_cache(maxsize=64)
def _texts(pack: Pack, kind: str, year: int, scope: str, folders: tuple[Path, ...]) -> _Texts:
    """Every text of the options of a pack by its path, as it is found in documents; nothing of a pack that is wrong."""
    try:
        chain = layers(pack, folders, kind, year, scope)
        definitions = definitions_of(chain)
        stated = stated_options(chain, definitions)
    except FindingsError:
        return {}
    said: dict[str, list[Branch]] = {name: [] for name in definitions[kind]}
    for each in stated:
        if each.kind in (kind, None) and each.name in said:
            said[each.name].append(each.branch)
    merged = {name: Merged([*said[name], defined.default]).data for name, defined in definitions[kind].items()}
    return {path: text for name, data in merged.items() for path, text in _leaves(data, name)}


def _leaves(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, f"{path}/{key}")
    elif isinstance(value, list):
        yield from ((f"{path}/{number}", item) for number, item in enumerate(value) if isinstance(item, str))
    elif isinstance(value, str):
        yield path, value


def _share(texts: _Texts, said: str) -> float:
    """How many of the titles of its sections stand in the text."""
    listed = {text for path, text in texts.items() if path.startswith(f"{_SECTIONS}/")}
    titles = [
        text for path, text in texts.items() if path.startswith(f"{_TITLES}/") and path[len(_TITLES) + 1 :] in listed
    ]
    return sum(_stands(text, said) for text in titles) / len(titles) if titles else 0


def _points(texts: Mapping[str, _Texts], said: str) -> dict[str, int]:
    """For each pack how many texts the document has of those that not all of these packs have alike."""
    points = dict.fromkeys(texts, 0)
    for path in {path for each in texts.values() for path in each}:
        whose: dict[str, list[str]] = defaultdict(list)
        for name, each in texts.items():
            whose[each.get(path, "")].append(name)
        if len(whose) < 2:
            continue
        for text, names in whose.items():
            if _stands(text, said):
                points |= {name: points[name] + 1 for name in names}
    return points


def _stands(text: str, said: str) -> bool:
    """Whether a text stands in a document, whatever its words in braces were filled with."""
    pieces = [piece for word in _WORD.split(text) if (piece := bare(word))]
    if sum(map(len, pieces)) < _SHORTEST:
        return False
    longest = max(pieces, key=len)
    return longest in said and bool(_pattern(tuple(pieces)).search(said))


@lru_cache(maxsize=4096)
def _pattern(pieces: tuple[str, ...]) -> re.Pattern[str]:
    first, *others = map(re.escape, pieces)
    # Each piece is the next one after that before it, once and for all: a pack's text may have any number of them.
    return re.compile(first + "".join(f"(?>.{{0,40}}?{piece})" for piece in others))
