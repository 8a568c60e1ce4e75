"""The rules of the house that no linter knows: sizes of rooms, tests that stand alone, documents that lead on."""

from __future__ import annotations

import ast
import re

import pytest

from gongkai.document.vocabulary import CELLS, ROLES
from gongkai.output.docx.styles import PARAGRAPH_STYLES
from gongkai.output.look.css import SELECTORS
from support.fixtures import ROOT
from support.golden import Golden

SOURCE = ROOT / "src/gongkai"
MODULES = sorted(SOURCE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MOST_LINES, MOST_MODULES = 300, 14


def test_no_module_is_long_and_no_room_is_crowded():
    assert {
        str(file.relative_to(SOURCE)): lines
        for file in MODULES
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    } == {}
    rooms = {folder: len([*folder.glob("*.py")]) - 1 for folder in {file.parent for file in MODULES}}
    assert {str(room.relative_to(SOURCE)): count for room, count in rooms.items() if count > MOST_MODULES} == {}


def test_every_room_and_module_says_what_it_is():
    assert [file for file in MODULES if ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) is None] == []


def test_no_test_imports_another_and_every_helper_is_in_support():
    importing = re.compile(r"^\s*(?:from|import) (?:test_|conftest)", re.MULTILINE)
    assert [file for file in TESTS if importing.search(file.read_text(encoding="utf-8"))] == []
    helpers = {file for file in TESTS if not file.name.startswith("test_") and file.name != "conftest.py"}
    assert {file.parent.name for file in helpers} == {"support"}


def test_no_two_files_of_tests_have_one_name():
    """Of two modules of one name pytest takes the first and leaves the tests of the other out."""
    names = [file.name for file in TESTS if file.name.startswith("test_")]
    assert {name for name in names if names.count(name) > 1} == set()


DEVELOPERS = [ROOT / "docs/架构.md", *(ROOT / "docs/怎样加").glob("*.md"), *(ROOT / "docs/决策").glob("*.md")]
DOCUMENTS = [*ROOT.glob("*.md"), *(file for folder in ("docs", "templates") for file in (ROOT / folder).rglob("*.md"))]


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_what_a_document_leads_to_is_there(file):
    text = file.read_text(encoding="utf-8")
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert [link for link in links if link and not (file.parent / link).exists()] == []


@pytest.mark.parametrize("file", DEVELOPERS, ids=lambda file: file.stem)
def test_what_a_document_for_developers_names_is_there(file):
    """Files by their path in the product or the repository; what is to be written stands with a placeholder."""
    text = file.read_text(encoding="utf-8")
    named = re.findall(r"`((?:tests|bench|templates|[a-z]+)/[\w./一-鿿-]+\.(?:py|html|yaml))`", text)
    assert [
        name for name in named if "名称" not in name and not (ROOT / name).exists() and not (SOURCE / name).exists()
    ] == []


def test_the_vocabulary_and_the_word_styles_and_the_style_sheet_agree():
    roles = {style.id: style.role for style in PARAGRAPH_STYLES}
    assert {role.name: roles[role.word] for role in ROLES} == {role.name: role.name for role in ROLES}
    assert {kind.word for kind in CELLS.values()} <= roles.keys()
    assert {role.name for role in ROLES} <= SELECTORS.keys()


def test_golden_files_change_only_when_they_are_told_to(tmp_path):
    file = tmp_path / "new" / "页.txt"

    assert Golden(update=True).text(file, "甲\n") == "甲\n"
    assert Golden(update=False).text(file, "乙\n") == "甲\n"
    assert Golden(update=True).text(file, "乙\n") == "乙\n"
