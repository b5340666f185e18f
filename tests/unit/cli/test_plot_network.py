"""``channelplot plot`` and a plot on a network."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from channelplot.settings import working_folder
from channelplot.store.working_copy import WorkingCopy
from helpers.builders import at
from helpers.networks import a_network, locked_elsewhere
from helpers.plot_command import NOW, Command, names_in
from helpers.plot_files import labels_in_log

LINE = "0250Z 50 58.0N 001 41.0E 45pob new"


@pytest.fixture
def published(plot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The plot, in a folder on a network."""
    return Path(shutil.move(plot, a_network(tmp_path, monkeypatch) / "night.gpkg"))


def begin_local_copy(published: Path) -> WorkingCopy:
    """Make a local copy, as the window does."""
    copy = WorkingCopy.make(published, working_folder(), at("0250"), take_over=False)
    copy.close()
    return copy


def test_a_plot_on_a_network_is_not_written_to_and_it_is_said_what_to_do(
    plot_command: Command, published: Path
) -> None:
    before = published.read_bytes()
    done = plot_command("--at", NOW, published, LINE)
    assert done.code == 1
    assert "network drive" in done.complaint
    assert "open it in the window once" in done.complaint
    assert published.read_bytes() == before
    assert names_in(published.parent) == ["night.gpkg"]


def test_it_can_be_read(plot_command: Command, published: Path) -> None:
    assert plot_command("--dry-run", "--at", NOW, published, LINE).code == 0


def test_a_line_goes_into_the_local_copy_and_is_published(
    plot_command: Command, published: Path
) -> None:
    copy = begin_local_copy(published)
    done = plot_command("--at", NOW, published, LINE)
    assert (done.code, done.complaint) == (0, "")
    assert labels_in_log(published) == labels_in_log(copy.path) == ["new_plot", "start_track"]
    assert names_in(published.parent) == ["night.gpkg"]


def test_what_can_not_be_published_is_saved_and_said(
    plot_command: Command, published: Path
) -> None:
    copy = begin_local_copy(published)
    away = published.parent.rename(published.parent.with_name("away"))
    done = plot_command("--at", NOW, published, LINE)
    assert done.code == 0, "it is saved"
    assert "could not be published" in done.complaint
    assert "when the plot is opened the next time" in done.complaint
    assert labels_in_log(copy.path) == ["new_plot", "start_track"]
    away.rename(published.parent)
    assert plot_command("--at", NOW, published, "log families told").complaint == ""
    assert labels_in_log(published) == labels_in_log(copy.path)


def test_what_is_kept_apart_is_said(plot_command: Command, published: Path) -> None:
    begin_local_copy(published)
    published.write_bytes(b"something else")
    done = plot_command("--at", NOW, published, LINE)
    assert done.code == 0
    assert "Somebody else has changed night.gpkg" in done.complaint
    (ours,) = published.parent.glob("night from *.gpkg")
    assert labels_in_log(ours) == ["new_plot", "start_track"]
    assert published.read_bytes() == b"something else"


def test_another_desk_that_has_it_is_named(plot_command: Command, published: Path) -> None:
    copy = begin_local_copy(published)
    locked_elsewhere(published)
    done = plot_command("--at", NOW, published, LINE)
    assert done.code == 1
    assert "dover-2" in done.complaint
    with closing(copy):
        assert labels_in_log(copy.path) == ["new_plot"]
