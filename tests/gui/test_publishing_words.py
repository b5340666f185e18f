"""What is said of publishing: why it did not go, that nothing is lost, what is kept apart."""

from pathlib import Path

import pytest

from channelplot.document.publisher import PublishState
from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store.geopackage import ReadOnlyReason
from channelplot.ui.files.publishing_text import (
    is_held_elsewhere,
    kept_apart_text,
    not_published_text,
)
from channelplot.ui.words.file_messages import read_only_text

PLOT = Path("/net/plots/night.gpkg")


def failed(fault: PlotFileFault, detail: str = "") -> PublishState:
    return PublishState(PLOT, 3, None, PlotFileError(fault, PLOT, detail), None)


@pytest.mark.parametrize("fault", list(PlotFileFault))
def test_every_fault_is_told_with_its_reason_and_that_nothing_is_lost(
    fault: PlotFileFault,
) -> None:
    text = not_published_text(failed(fault, "Host is down"))
    assert text.startswith("night.gpkg could not be published in /net/plots: ")
    assert "Everything is saved on this computer; 3 acts are not published yet." in text
    assert "{" not in text
    assert text.endswith("It is tried again every minute.")
    assert "opened the next time" in not_published_text(failed(fault), is_left=True)
    assert ": . " not in not_published_text(failed(fault)), "there is always a reason"


def test_who_has_it_is_named() -> None:
    state = failed(PlotFileFault.LOCKED, "dover-2")
    assert "dover-2 has it open" in not_published_text(state)
    assert is_held_elsewhere(state)
    another_program = failed(PlotFileFault.LOCKED)
    assert "another program is writing to it" in not_published_text(another_program)
    assert not is_held_elsewhere(another_program)
    assert not is_held_elsewhere(failed(PlotFileFault.FULL, "no space"))
    assert not is_held_elsewhere(PublishState(PLOT, 0, None, None, None))


def test_what_the_system_says_is_the_reason_where_nothing_better_is_known() -> None:
    text = not_published_text(failed(PlotFileFault.INPUT_OUTPUT, "Host is down"))
    assert "in /net/plots: Host is down." in text


def test_both_names_are_told_where_two_went_on() -> None:
    ours = PLOT.with_name("night from dover-1.gpkg")
    text = kept_apart_text(PublishState(ours, 0, None, None, PLOT))
    assert "changed night.gpkg meanwhile" in text
    assert "beside it as night from dover-1.gpkg" in text


@pytest.mark.parametrize("reason", [ReadOnlyReason.NETWORK, ReadOnlyReason.SYNCED])
def test_the_way_out_is_named_with_the_reason(reason: ReadOnlyReason) -> None:
    text = read_only_text(PLOT, reason, None)
    assert text.startswith("night.gpkg is open for reading only: ")
    assert "To plot, work on a local copy" in text
