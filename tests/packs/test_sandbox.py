"""Templates are found, read and compiled once for all documents of a pack."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError

from gongkai.packs.load.find import Layer, Pack
from gongkai.packs.open import open_pack
from gongkai.packs.sandbox.environment import PackEnvironment
from gongkai.packs.sandbox.loader import LayeredLoader
from support.fixtures import SMALL_PACK, write_pack


def _printed(loader: LayeredLoader, name: str) -> str:
    environment = PackEnvironment(loader, {})
    return environment.get_template(loader.find(name)).render()


def test_a_template_is_read_once_for_all_documents_of_a_loader(tmp_path):
    folder = write_pack(tmp_path, "样", {"页.html": "<p>一</p>"})
    layer = Layer("样", folder, Pack(folder))
    loader = LayeredLoader([layer])

    assert _printed(loader, "页.html") == "<p>一</p>"
    (folder / "页.html").write_text("<p>二</p>", encoding="utf-8")
    assert _printed(loader, "页.html") == "<p>一</p>"
    assert _printed(LayeredLoader([layer]), "页.html") == "<p>二</p>"


def test_a_template_that_was_changed_or_added_is_seen_when_the_pack_is_opened(tmp_path):
    def printed() -> str:
        return _printed(open_pack("small", "预算", 2024, [tmp_path]).loader, "概况.html")

    write_pack(tmp_path, "small", {"pack.yaml": SMALL_PACK})
    with pytest.raises(UndefinedError):  # that of the parent, which needs its data
        printed()
    for text in ("<p>一</p>", "<p>二，改过</p>"):
        write_pack(tmp_path, "small", {"概况.html": text})
        assert printed() == text
