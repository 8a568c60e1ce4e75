"""The sandbox remembers which names are safe, never which values: what it has allowed once it looks at again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from jinja2 import Undefined, UndefinedError

from gongkai.packs.load.find import Layer, Pack
from gongkai.packs.open import open_pack
from gongkai.packs.sandbox.environment import PackEnvironment
from gongkai.packs.sandbox.loader import LayeredLoader
from support.fixtures import SMALL_PACK, write_pack


@dataclass
class Item:
    """A value as templates get it: its Chinese name for ``name`` is 名称."""

    name: Any
    model_name: str = "机密"
    _name: str = "机密"


@pytest.fixture
def environment() -> PackEnvironment:
    return PackEnvironment(LayeredLoader(()), {})


def test_the_same_name_is_read_of_each_value(environment):
    items = [Item("甲"), Item("乙"), Item(None)]

    assert [environment.getattr(item, "名称") for item in items] == ["甲", "乙", None]
    assert [environment.getattr(item, "name") for item in items] == ["甲", "乙", None]


def test_a_function_is_refused_behind_a_name_that_was_data_before(environment):
    assert environment.getattr(Item("甲"), "名称") == "甲"

    for name in ("名称", "name"):
        assert isinstance(environment.getattr(Item(print), name), Undefined)
        assert isinstance(environment.getattr(Item(Item), name), Undefined)


@pytest.mark.parametrize("name", ["__class__", "_name", "model_name", "__init__", "__dict__"])
def test_an_unsafe_name_is_refused_every_time(name, environment):
    item = Item("甲")

    assert all(isinstance(environment.getattr(item, name), Undefined) for _ in range(3))


def test_a_name_that_is_safe_for_one_type_says_nothing_of_another(environment):
    class Other(Item):
        name = print

        def __init__(self) -> None:
            pass

    assert environment.getattr(Item("甲"), "name") == "甲"
    assert isinstance(environment.getattr(Other(), "name"), Undefined)


def test_a_value_without_what_another_of_its_type_has_is_told_so(environment):
    without = Item("甲")
    del without.name

    assert environment.getattr(Item("甲"), "名称") == "甲"
    assert isinstance(environment.getattr(without, "名称"), Undefined)


def test_an_entry_of_a_mapping_is_known_by_its_own_name_alone(environment):
    class Options(dict[str, str]):
        name = "不是条目"

    options = Options(名称="条目")

    assert environment.getattr(options, "name") == "不是条目"
    assert environment.getattr(options, "名称") == "条目"


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
