"""A plot open with each kind of store, and a post box in the place of an event loop."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.builders import night_plot
from helpers.clock import FixedClock
from helpers.opened import Opened, open_plot
from helpers.post_box import PostBox


@pytest.fixture
def post_box() -> PostBox:
    return PostBox()


@pytest.fixture(params=["memory", "file"])
def opened(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator[Opened]:
    """The night's plot, open, with a store in memory and with a file."""
    folder = tmp_path if request.param == "file" else None
    it = open_plot(night_plot(), clock=clock, folder=folder)
    yield it
    it.document.close()
