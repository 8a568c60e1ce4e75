"""Documents of everything that a pack may write, however odd: no character of them is lost, and nothing breaks."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from gongkai.findings import FindingsError
from support.compiled import parsed
from support.parity import SECOND, make
from support.random_documents import contents
from support.set_text import STYLE
from support.squeezed import squeezed


@pytest.mark.slow
@given(contents())
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # to make a failing one smaller takes longer than to read it
    suppress_health_check=list(HealthCheck),
)
def test_no_character_of_a_random_document_is_lost(content):
    try:
        document = parsed(content)
        made = make(SECOND, document, STYLE)
    except FindingsError:
        return  # what no pack may write
    wanted = Counter(squeezed("".join(document.root.find("body").itertext())))
    assert not wanted - Counter(made.tagged.root.text)
