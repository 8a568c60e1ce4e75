"""The web pages in a real browser, on a phone and on a desk: anybody can use them, and nothing is too wide."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.web_pages import EXAMPLES, made

CHROMIUM = shutil.which("chromium")
PHONE, DESK = 390, 1400
"""Widths in CSS pixels."""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


def opened(browser: Any, file: Path, width: int) -> Any:
    """A page in a window of that width; the page itself allows no script, not even that of the test."""
    page = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 900}).new_page()
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("example", EXAMPLES)
def test_no_barrier_and_nothing_too_wide(browser, tmp_path, example, width):
    """WCAG 2 A and AA and the best practices, as axe knows them."""
    from axe_playwright_python.sync_playwright import Axe

    file = tmp_path / "page.html"
    file.write_bytes(made(example)[1])
    page = opened(browser, file, width)
    found = Axe().run(page).response

    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
    assert len(found["passes"]) > 20
    assert page.evaluate(OVERFLOW) <= 0


def test_a_barrier_is_seen(browser, tmp_path):
    from axe_playwright_python.sync_playwright import Axe

    file = tmp_path / "page.html"
    file.write_bytes(made(EXAMPLES[0])[1].replace(b'<html lang="zh-CN"', b"<html", 1))

    assert "html-has-lang" in {rule["id"] for rule in Axe().run(opened(browser, file, DESK)).response["violations"]}
