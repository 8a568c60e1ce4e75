"""However a package is damaged: it is marked, or refused in the clerk's words."""

from __future__ import annotations

import random

import pytest
from lxml import etree

from gongkai.files.zips import zip_bytes
from gongkai.findings import FindingsError
from gongkai.reports.marked.mark import marked
from support.fixtures import one_of
from support.marked_books import BOOKS, FILE, FINDINGS, parts_of

ODD = ["", "0", "-1", "99999999", "A1:", "ZZZ1", "A0", "rId1", "nan", "..", "FFFBC0C1", "'", "wrong"]


def damage(parts: dict[str, bytes], chance: random.Random) -> None:
    """One thing removed, doubled, renamed or made nonsense."""
    name = chance.choice([name for name in parts if name.endswith((".xml", ".rels", ".vml"))])
    root = etree.fromstring(parts[name])
    element = chance.choice([*root.iter("*")])
    parent, how = element.getparent(), chance.randrange(6)
    if how == 0 and parent is not None:
        parent.remove(element)
    elif how == 1:
        element.text = chance.choice(ODD)
    elif how == 2:
        element.tag = "wrong"
    elif how == 3 and parent is not None:
        element.addnext(etree.fromstring(etree.tostring(element, with_tail=False)))
    elif how == 4:
        del parts[name]
        return
    elif element.attrib:
        element.set(chance.choice([*element.attrib]), chance.choice(ODD))
    parts[name] = etree.tostring(root)


@pytest.mark.parametrize("seed", one_of(2, range(4)))
@pytest.mark.parametrize("made", BOOKS)
@pytest.mark.parametrize("twice", [False, True])
def test_a_damaged_package_is_marked_or_refused(made, seed, twice):
    chance = random.Random(seed)
    book = BOOKS[made]()
    whole = parts_of(marked(book, FINDINGS, file=FILE) if twice else book)
    outcomes = set()
    for _ in range(40):
        parts = dict(whole)
        for _ in range(chance.randint(1, 3)):
            damage(parts, chance)
        try:
            data = marked(zip_bytes(parts.items()), FINDINGS, file=FILE)
        except FindingsError as error:
            outcomes |= {finding.code for finding in error.findings}
        else:
            assert parts_of(data).keys() >= {"[Content_Types].xml"}
            outcomes.add("marked")
    assert outcomes == {"GK157", "marked"}
