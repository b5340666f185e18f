"""An act that a kill cut off is rolled back also where there is no room for a copy."""

import errno
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store.check import check
from channelplot.store.recovery import application_id_on_first_page
from channelplot.store.schema import APPLICATION_ID
from unit.store.files import closed_file, opened, outside
from unit.store.test_first_look import kill_a_writer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.gpkg"


def without_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where every folder for temporary files lies on the full disk."""

    def none_usable() -> str:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "gettempdir", none_usable)


def without_room(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(shutil, "copyfile", full)


NO_COPY = pytest.mark.parametrize("no_copy", [without_a_folder, without_room])


@NO_COPY
def test_a_plot_is_rolled_back_where_it_lies(
    path: Path, monkeypatch: pytest.MonkeyPatch, no_copy: Callable[[pytest.MonkeyPatch], None]
) -> None:
    plot = closed_file(path)
    whole = path.read_bytes()
    journal = kill_a_writer(path)
    assert path.read_bytes() != whole
    no_copy(monkeypatch)
    with opened(path) as file:
        assert not file.is_read_only
        assert file.recovered is not None
        assert file.recovered.had_unfinished_act
        assert file.load().plot == plot
    assert not journal.exists()
    assert path.read_bytes() == whole


@NO_COPY
def test_another_programs_file_is_left_alone(
    path: Path, monkeypatch: pytest.MonkeyPatch, no_copy: Callable[[pytest.MonkeyPatch], None]
) -> None:
    with outside(path) as conn:
        conn.execute("CREATE TABLE mine (value)")
    journal = kill_a_writer(path)
    before = path.read_bytes(), journal.read_bytes()
    no_copy(monkeypatch)
    with pytest.raises(PlotFileError) as caught:
        opened(path).__enter__()
    assert caught.value.fault is PlotFileFault.NOT_GEOPACKAGE
    assert (path.read_bytes(), journal.read_bytes()) == before


@NO_COPY
def test_a_check_says_that_the_disk_is_full(
    path: Path, monkeypatch: pytest.MonkeyPatch, no_copy: Callable[[pytest.MonkeyPatch], None]
) -> None:
    closed_file(path)
    journal = kill_a_writer(path)
    no_copy(monkeypatch)
    with pytest.raises(PlotFileError) as caught:
        check(path)
    assert caught.value.fault is PlotFileFault.FULL
    assert journal.exists(), "a check changes nothing"


def test_a_file_says_on_its_first_page_what_it_is(path: Path) -> None:
    closed_file(path)
    assert application_id_on_first_page(path) == APPLICATION_ID
    path.write_bytes(path.read_bytes()[:99])
    assert application_id_on_first_page(path) is None
    path.write_bytes(b"no database" * 100)
    assert application_id_on_first_page(path) is None
