"""A copy of a plot whose own file can no longer be read is written from what the desk knows."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from channelplot.document.document import Document
from channelplot.document.opening import document_of
from channelplot.document.writer import InlineWriter
from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store.check import check
from channelplot.store.closed_file import loaded_from
from channelplot.store.geopackage import PlotFile
from helpers.clock import FixedClock
from unit.store.files import closed_file

Fault = PlotFileFault


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "night.gpkg"
    closed_file(path)
    return path


@pytest.fixture
def document(path: Path, clock: FixedClock) -> Iterator[Document]:
    document = document_of(PlotFile.open(path), writer=InlineWriter(), clock=clock, operator="Ann")
    yield document
    document.close()


def fault_of(copying: Callable[[], None]) -> PlotFileFault:
    with pytest.raises(PlotFileError) as caught:
        copying()
    return caught.value.fault


def test_it_holds_the_plot_and_its_log(document: Document, path: Path, tmp_path: Path) -> None:
    os.truncate(path, 8192)

    document.save_copy(tmp_path / "copy.gpkg")

    assert loaded_from(tmp_path / "copy.gpkg").plot == document.plot
    assert list(loaded_from(tmp_path / "copy.gpkg").acts) == list(document.acts)
    assert check(tmp_path / "copy.gpkg") == ()


def test_where_it_cannot_be_written_that_is_said(document: Document, tmp_path: Path) -> None:
    copy = tmp_path / "not there" / "copy.gpkg"
    assert fault_of(lambda: document.save_copy(copy)) is Fault.FOLDER_MISSING


def test_nothing_is_written_over_by_it(document: Document, path: Path, tmp_path: Path) -> None:
    os.truncate(path, 8192)
    copy = tmp_path / "copy.gpkg"
    copy.write_bytes(b"what was there")

    assert fault_of(lambda: document.save_copy(copy)) is Fault.EXISTS
    assert copy.read_bytes() == b"what was there"


def test_without_a_log_there_is_nothing_to_write_it_from(
    path: Path, clock: FixedClock, tmp_path: Path
) -> None:
    file = PlotFile.open(path)
    document = Document(file, file.load().plot, writer=InlineWriter(), clock=clock, operator="Ann")
    os.truncate(path, 8192)

    assert fault_of(lambda: document.save_copy(tmp_path / "copy.gpkg")) is Fault.DAMAGED
    document.close()
