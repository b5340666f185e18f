"""The shipped basemap for sheets; letters are measured, so all of these tests need Qt."""

import pytest
from PySide6.QtWidgets import QApplication

from channelplot.basemap.basemap import Basemap
from helpers import charts


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Sheets measure their letters."""


@pytest.fixture
def basemap() -> Basemap:
    return charts.basemap()
