"""How the tests run: profiles of Hypothesis, what counts as failed, golden files."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

from support.golden import Golden

settings.register_profile("steady", deadline=None, derandomize=True, database=None)
"""The same random documents at every run, however slow the machine."""
settings.register_profile("fuzz", deadline=None, database=None, print_blob=True)
"""Other random documents at every run (``make fuzz``)."""
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--skip-nothing", action="store_true", help="a test that is skipped has failed")
    parser.addoption("--update-golden", action="store_true", help="golden files become what is found now")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """The golden files, compared or written anew."""
    return Golden(request.config.getoption("--update-golden"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and item.config.getoption("--skip-nothing") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report
