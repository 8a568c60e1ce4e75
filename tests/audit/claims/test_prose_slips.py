"""Slips in running text are noticed, and what is right is left alone: the examples under every pack."""

from __future__ import annotations

from functools import cache

import pytest

from gongkai.findings import Level
from support.claimed import few, findings, kept, rendered
from support.prose_slips import KINDS, Slip, slips

GOAL = 0.95


def test_of_a_document_that_is_right_nothing_is_said():
    assert _said(few()) == {}


@pytest.mark.slow
def test_of_no_document_that_is_right_anything_is_said():
    assert len(rendered()) > 40
    assert _said(()) == {}


def _said(names) -> dict[str, list[str]]:
    said = {
        name: [finding.message for finding in findings(made.document) if not kept(name, finding.code)]
        for name, made in rendered(names).items()
    }
    return {name: messages for name, messages in said.items() if messages}


@cache
def _tried() -> list[Slip]:
    return list(slips(list(rendered(few())), each=6))


@pytest.mark.parametrize("kind", KINDS)
def test_nearly_every_slip_is_noticed(kind):
    of_kind = [slip for slip in _tried() if slip.kind == kind and slip.told]
    missed = [(slip.file, slip.before, slip.after, slip.words) for slip in of_kind if not slip.noticed]
    assert len(of_kind) > 50
    assert len(missed) <= len(of_kind) * (1 - GOAL), missed


def test_what_is_noticed_is_mostly_more_than_a_hint():
    noticed = [slip for slip in _tried() if slip.told and slip.noticed]
    loud = sum(any(level is not Level.HINT for level in slip.levels) for slip in noticed)
    assert loud > 0.9 * len(noticed)
