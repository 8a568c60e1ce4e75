"""The templates of which a pack's documents of its kind are made: what it leaves out, nothing is printed of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from gongkai.packs.assembled import AssembledPack
from gongkai.packs.contract import DOCUMENT
from gongkai.packs.names import in_english
from gongkai.packs.sandbox.loader import PARENT, read_template

_SECTIONS, _SENTENCES = "说明", "句"


class Used(NamedTuple):
    """A template: its name, the layer that has it, and its source with Chinese names and with English ones."""

    name: str
    layer: str
    source: str
    english: str


@lru_cache(maxsize=8)
def templates_in_use(pack: AssembledPack) -> Sequence[Used]:
    """The templates that a document is made of; those of parts and sections that the pack leaves out are not."""
    parts, sections = "部分", "章节"
    omitted = left_out(pack, parts)
    found: list[Used] = []
    of_sections: list[Used] = []
    shared: list[Used] = []
    """Templates that are no part and no section, which others call by their names."""
    replaced: set[str] = set()
    for name, layer, file in pack.template_files():
        if name in replaced:
            continue  # a more specific layer has a file of its own, which uses nothing of this one
        text = read_template(file)
        used = Used(name, layer, text, in_english(text))
        if PARENT not in text:
            replaced.add(name)
        if "/" not in name and name != DOCUMENT:
            shared.append(used)
            continue
        folder, *rest = name.removesuffix(".html").split("/")
        if rest and folder != pack.folder:
            continue
        if rest[:1] != [_SECTIONS]:
            found += [] if rest[:1] and rest[0] in omitted else [used]
        elif rest[1] == _SENTENCES or rest[1] in pack.listed(sections):
            of_sections.append(used)
        else:  # what sections have in common, as 基金.html
            shared.append(used)
    included = any(f"/{_SECTIONS}/" in one.english for one in found)
    own = [*found, *(of_sections if included else ())]
    said = "\n".join(one.english for one in own)
    return [*own, *(one for one in shared if f'"{one.name}"' in said)]


def left_out(pack: AssembledPack, option: str) -> set[str]:
    """What an option could list by its default, and the pack does not list."""
    whole = pack.definitions[option].default
    return {*whole} - {*pack.listed(option)} if isinstance(whole, list) else set()
