"""The boxes of comments: patched as text, whatever else is drawn."""

from __future__ import annotations

import time

import pytest
from lxml import etree

from gongkai.findings import FindingsError
from gongkai.reports.marked.boxes import Boxes
from gongkai.reports.marked.sizes import Measures
from support.marked_books import FILE

PLAIN = Measures(etree.fromstring("<worksheet/>"))
SIZE = (300, 60)


def added(boxes: Boxes, *cells: tuple[int, int], block: int = 1) -> Boxes:
    boxes.add([(cell, PLAIN.anchor(cell, SIZE), SIZE) for cell in cells], block)
    return boxes


def test_boxes_are_added_and_taken_away_again():
    boxes = added(Boxes.new(FILE), (7, 4), block=3)
    etree.fromstring(boxes.data())
    assert (boxes.cells(), boxes.blocks) == ({(7, 4)}, {3})
    one = boxes.text
    added(boxes, (8, 1), (9, 1), block=5)
    assert (boxes.cells(), boxes.blocks) == ({(7, 4), (8, 1), (9, 1)}, {3, 5})
    boxes.remove({(8, 1), (9, 1)})
    assert boxes.text == one
    boxes.remove({(7, 4)})
    assert boxes.empty


def test_bytes_that_are_no_text_and_other_shapes_stay():
    data = b'<xml><v:shape id="a">\xb5<br></v:shape><v:line/></xml>'
    boxes = Boxes.read(data, FILE)
    boxes.remove({(1, 1)})
    boxes.enlarge({(1, 1): SIZE}, PLAIN)
    assert (boxes.data(), boxes.cells(), boxes.empty) == (data, set(), False)


def test_a_box_that_is_too_small_is_enlarged_and_a_large_one_left():
    boxes = added(Boxes.new(FILE), (7, 4))
    before = boxes.text
    boxes.enlarge({(7, 4): (200, 50)}, PLAIN)
    assert boxes.text == before
    boxes.enlarge({(7, 4): (300, 500)}, PLAIN)
    assert boxes.text != before
    after = boxes.text
    boxes.enlarge({(7, 4): (300, 500)}, PLAIN)
    assert boxes.text == after


def test_a_box_without_an_anchor_gets_one():
    note = '<s:ClientData ObjectType="Note"><s:Row>6</s:Row><s:Column>3</s:Column></s:ClientData>'
    boxes = Boxes(f"<xml><a:shape>{note}</a:shape></xml>", FILE)
    boxes.enlarge({(7, 4): SIZE}, PLAIN)
    assert ">4, 15, 5, 2, 8, 59, 8, 2<" in boxes.text
    assert boxes.cells() == {(7, 4)}


def test_a_part_without_an_end_is_told():
    with pytest.raises(FindingsError):
        added(Boxes("<xml/>", FILE), (1, 1))


def test_a_hostile_part_takes_no_long_time():
    start = time.process_time()
    for text in ("<v:shape>" * 300_000, "<v:ClientData ObjectType=" * 100_000, '<o:idmap data="' * 100_000):
        boxes = Boxes(f"{text}</xml>", FILE)
        boxes.remove({(1, 1)})
        assert boxes.cells() == set()
        added(boxes, (1, 1))
    assert time.process_time() - start < 10
