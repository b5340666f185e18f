"""What may not be written to is opened to read; permission lost while open is told and kept."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from channelplot.errors import PlotFileFault
from channelplot.store.check import check
from channelplot.store.geopackage import ReadOnlyReason
from helpers.operator import Operator, wait_until
from helpers.plot_files import file_rows
from helpers.trouble import ruled_by_permissions, says_saved, trouble_shows_after_ms
from unit.store.files import (
    acts,
    adding_a_report,
    closed_file,
    fault_of_saving,
    names,
    new_file,
    opened,
    save,
    unprivileged,
)

Fault = PlotFileFault
LINE = "0250Z 50 58.0N 001 41.0E {people}pob"


@pytest.fixture
def _plain_account() -> Iterator[None]:
    """Work as an account that may not write everywhere."""
    with ruled_by_permissions():
        yield


@pytest.mark.parametrize(
    ("what", "mode", "reason"),
    [("file", 0o444, ReadOnlyReason.FILE), ("folder", 0o555, ReadOnlyReason.FOLDER)],
)
def test_it_is_opened_to_read_and_nothing_of_it_changes(
    open_folder: Path,
    figure: Callable[[str], None],
    what: str,
    mode: int,
    reason: ReadOnlyReason,
) -> None:
    path = open_folder / "night.gpkg"
    with unprivileged():
        plot = closed_file(path)
        content, there = path.read_bytes(), names(open_folder)
        (path if what == "file" else open_folder).chmod(mode)
        with opened(path) as file:
            assert file.read_only_reason is reason
            assert file.load().plot == plot
            assert fault_of_saving(file, plot) is Fault.READ_ONLY
        open_folder.chmod(0o777)
    assert path.read_bytes() == content
    assert names(open_folder) == there
    figure(f"{what}: opened to read, not a byte changed")


def test_permission_lost_while_open_is_told_and_work_goes_on_when_it_is_back(
    open_folder: Path, figure: Callable[[str], None]
) -> None:
    path = open_folder / "night.gpkg"
    with unprivileged(), new_file(path) as file:
        plot = file.load().plot
        open_folder.chmod(0o555)
        assert fault_of_saving(file, plot) is Fault.READ_ONLY
        assert file.load().plot == plot
        open_folder.chmod(0o777)
        save(file, plot, adding_a_report(plot)[0])
    assert acts(path) == 2
    figure("store: permission lost and back, 0 lost")


@pytest.mark.usefixtures("_plain_account")
def test_the_desk_says_that_permission_is_lost_and_saves_when_it_is_back(
    operator: Operator, night: Path, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    path = night.rename(folder / night.name)
    operator.opens(path)
    operator.enters_line(LINE.format(people=45))

    folder.chmod(0o555)
    operator.types_line(LINE.format(people=40) + " >A")
    operator.presses("Return")
    after_ms = trouble_shows_after_ms(operator)
    assert operator.sees_saved_mark() == "1 not saved"
    assert not says_saved(operator)
    assert file_rows(path, "SELECT people_total FROM reports") == [(45,)]

    folder.chmod(0o777)
    operator.waits_until_saved()
    wait_until(lambda: "saved again" in operator.sees_banner(), "the banner says so")
    assert operator.file_rows("SELECT people_total FROM reports") == [(45,), (40,)]
    operator.closes()

    path.chmod(0o444)
    content = path.read_bytes()
    operator.opens(path)
    assert len(operator.reads_panel("Reports")) == 2
    assert "reading" in operator.sees_banner()
    assert not says_saved(operator)
    operator.closes()
    assert path.read_bytes() == content
    assert check(path) == ()
    figure(f"window: banner after {after_ms:.0f} ms, saved again by itself; opened to read")
