"""Documents of everything that a pack may write, however odd: both engines set them, and print the same characters."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from gongkai.findings import FindingsError
from support.parity import characters_apart, set_by_both
from support.random_documents import contents


@pytest.mark.slow
@given(contents())
@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_random_documents_have_the_same_characters_by_both(content):
    try:
        pair = set_by_both(content)
    except FindingsError:
        return  # what no pack may write
    assert [*characters_apart(pair)] == []
