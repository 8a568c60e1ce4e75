"""Colours that say which fill a cell had before."""

from __future__ import annotations

import pytest

from gongkai.findings import Level
from gongkai.reports.marked.colours import SHADES, number_of, shade


@pytest.mark.parametrize("light_letters", [False, True])
@pytest.mark.parametrize("level", Level)
def test_every_shade_tells_its_number_and_looks_alike(level, light_letters):
    shades = [shade(level, number, light_letters=light_letters) for number in range(SHADES)]
    assert [number_of(colour) for colour in shades] == [*range(SHADES)]
    assert [number_of(colour[2:]) for colour in shades] == [*range(SHADES)]
    assert {(colour[:4], colour[4], colour[6]) for colour in shades} == {(shades[0][:4], shades[0][4], shades[0][6])}


@pytest.mark.parametrize("colour", ["", "FFFFC7CE", "FFFFEB9C", "FFC6EFCE", "FFFF0000", "FFFFFF00", "红", "FBC0C"])
def test_colours_of_others_are_none_of_ours(colour):
    assert number_of(colour) is None
