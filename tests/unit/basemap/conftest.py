"""The shipped basemap, read once for all tests of it, and a place for damaged ones."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from channelplot import resources
from channelplot.basemap.basemap import Basemap, load_basemap
from channelplot.basemap.land import Land
from channelplot.basemap.levels import Levels


@pytest.fixture(scope="session")
def basemap() -> Basemap:
    return load_basemap()


@pytest.fixture(scope="session")
def levels(basemap: Basemap) -> Levels:
    return Levels(basemap)


@pytest.fixture(scope="session")
def land(basemap: Basemap) -> Land:
    return Land(basemap)


@pytest.fixture
def copied_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Let the program find copies of shipped files, made by name, in a folder of their own.

    The folder's name holds what must be quoted in a URI.
    """
    package = tmp_path / "a #b?c%20"
    (package / "resources").mkdir(parents=True)

    def copy(relative: str) -> Path:
        target = package / "resources" / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(resources.resource_path(relative), target)
        monkeypatch.setattr(resources, "_PACKAGE", package)
        return target

    return copy
