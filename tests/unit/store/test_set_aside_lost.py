"""A plot that is lost gives up its name, and only such a one."""

import shutil
from pathlib import Path

import pytest

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store.backups import set_aside_if_lost
from channelplot.store.lock import PlotLock
from helpers.builders import at
from unit.store.files import closed_file, names, opened

NOW = at("0500")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "night.gpkg"
    closed_file(path)
    return path


def test_a_damaged_plot_is_kept_under_another_name(path: Path) -> None:
    path.write_bytes(b"garbage")
    set_aside_if_lost(path, NOW)
    assert names(path.parent) == ["night.gpkg.corrupt-20260915T050000Z"]


def test_a_sound_plot_keeps_its_name(path: Path) -> None:
    set_aside_if_lost(path, NOW)
    with opened(path) as file:
        assert not file.is_read_only


def test_a_plot_that_somebody_has_open_keeps_its_name(path: Path) -> None:
    whole = shutil.copyfile(path, path.with_name("whole"))
    lock = PlotLock.take(path)
    assert isinstance(lock, PlotLock)
    path.write_bytes(b"garbage")
    with pytest.raises(PlotFileError) as caught:
        set_aside_if_lost(path, NOW)
    assert caught.value.fault is PlotFileFault.LOCKED
    assert path.read_bytes() == b"garbage"
    Path(whole).replace(path)
    lock.release()
