"""A watch whose plot lies on a network: it works on a local copy, and others see the plot."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from channelplot import settings
from channelplot.cli.main import main
from channelplot.store.lock import lock_path
from channelplot.ui.menus.publishing import LOCAL_COPY_CODE, PUBLISH_CODE
from helpers.networks import a_network, locked_elsewhere
from helpers.operator import Operator, wait_until
from helpers.plot_files import file_rows

LINE = "0250Z 50 58.0N 001 41.0E 45pob new"
SECOND = "0255Z 50 59.0N 001 40.0E >A"
THEIR_LINE = (
    "INSERT INTO log_lines (uid, at_utc, text, operator) VALUES"
    " ('7a3f0000-0000-4000-8000-000000000001', '2026-09-15T02:00:00.000Z', 'families told', 'Bob')"
)


@pytest.fixture
def plot(night: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty plot in a folder on a network."""
    folder = a_network(tmp_path, monkeypatch)
    return Path(shutil.move(night, folder / "night.gpkg"))


def reports(plot: Path) -> int:
    ((count,),) = file_rows(plot, "SELECT count(*) FROM reports")
    assert isinstance(count, int)
    return count


def begins_local_copy(operator: Operator, plot: Path) -> None:
    operator.opens(plot)
    assert "network drive" in operator.sees_banner()
    button = operator.window.banner.action_button
    assert button.text() == "Work on a local copy"
    button.click()
    wait_until(lambda: operator.plot_path != plot, "the local copy is open")
    assert str(plot) in operator.sees_banner()
    assert operator.window.windowTitle() == f"night (local copy of {plot}) - Channel Plot"


def plots(operator: Operator, line: str) -> None:
    operator.enters_line(line)
    operator.waits_until_saved()


def tries_now(operator: Operator) -> None:
    """Publish at once, as after a minute."""
    operator.window.banner.action_wanted.emit(PUBLISH_CODE)
    publisher = operator.window.desk.session.document.publisher
    assert publisher is not None
    assert publisher.finish()


def test_what_is_plotted_in_a_local_copy_is_published(operator: Operator, plot: Path) -> None:
    begins_local_copy(operator, plot)
    plots(operator, LINE)
    # The first publication is due at once.
    wait_until(lambda: reports(plot) == 1, "it is published")
    plots(operator, SECOND)
    operator.closes()
    assert reports(plot) == 2, "it is published when the desk is left"
    assert not lock_path(plot).exists()


def test_the_next_day_the_desk_goes_on_in_its_local_copy(operator: Operator, plot: Path) -> None:
    begins_local_copy(operator, plot)
    local = operator.plot_path
    plots(operator, LINE)
    operator.closes()
    operator.opens()
    assert operator.plot_path == local, "it is the last plot, and goes on where it was"
    assert f"local copy of {plot}" in operator.sees_banner()
    operator.window.files.open(plot)
    assert operator.plot_path == local, "it is open already"
    plots(operator, SECOND)
    operator.closes()
    assert reports(plot) == 2


def test_a_network_that_is_away_is_told_and_the_plot_goes_on(
    operator: Operator, plot: Path
) -> None:
    begins_local_copy(operator, plot)
    away = plot.parent.rename(plot.parent.with_name("away"))
    plots(operator, LINE)
    wait_until(lambda: "could not be published" in operator.sees_banner(), "the banner says so")
    assert "is not to be found" in operator.sees_banner()
    assert "1 act is not published" in operator.sees_banner()
    assert operator.sees_saved_mark().startswith("All saved")
    away.rename(plot.parent)
    assert operator.window.banner.action_button.text() == "Try now"
    operator.window.banner.action_button.click()
    wait_until(lambda: "published again" in operator.sees_banner(), "the banner says so")
    assert reports(plot) == 1


def test_what_somebody_else_plotted_meanwhile_is_kept_and_told(
    operator: Operator, plot: Path
) -> None:
    begins_local_copy(operator, plot)
    theirs = plot.with_name("theirs.gpkg")
    shutil.copy(plot, theirs)
    with closing(sqlite3.connect(theirs)) as conn:
        conn.execute(THEIR_LINE)
        conn.commit()
    theirs.replace(plot)
    plots(operator, LINE)
    wait_until(lambda: "Somebody else has changed" in operator.sees_banner(), "the banner says so")
    assert file_rows(plot, "SELECT count(*) FROM log_lines") == [(1,)]
    (ours,) = plot.parent.glob("night from *.gpkg")
    assert ours.name in operator.sees_banner()
    assert reports(ours) == 1


def test_a_lock_that_nobody_holds_any_more_can_be_passed_over(
    operator: Operator, plot: Path
) -> None:
    begins_local_copy(operator, plot)
    locked_elsewhere(plot)
    plots(operator, LINE)
    wait_until(lambda: "dover-2 has it open" in operator.sees_banner(), "the banner says so")
    button = operator.window.banner.also_button
    assert button.text() == "Nobody has it: publish"
    button.click()
    wait_until(lambda: "published again" in operator.sees_banner(), "it is published")
    assert reports(plot) == 1


def test_a_plot_that_another_desk_has_is_not_worked_on_here(operator: Operator, plot: Path) -> None:
    operator.opens(plot)
    locked_elsewhere(plot)
    operator.window.banner.action_wanted.emit(LOCAL_COPY_CODE)
    assert operator.plot_path == plot
    assert "dover-2" in operator.sees_banner(), "it says who has it"
    assert operator.window.desk.session.document.is_read_only
    lock_path(plot).unlink()
    operator.window.files.open_in_place(plot)
    spare = settings.working_folder()
    spare.parent.mkdir(parents=True, exist_ok=True)
    spare.write_text("no folder")
    operator.window.banner.action_button.click()
    assert operator.plot_path == plot
    assert "local" not in operator.window.windowTitle()
    assert operator.sees_banner()


def test_a_plot_in_a_synced_folder_is_worked_on_in_a_local_copy_too(
    operator: Operator, night: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "OneDrive"
    folder.mkdir()
    plot = Path(shutil.move(night, folder / "night.gpkg"))
    operator.opens(plot)
    assert "OneDrive" in operator.sees_banner()
    operator.window.banner.action_button.click()
    plots(operator, LINE)
    tries_now(operator)
    assert reports(plot) == 1


def test_a_plot_that_is_left_while_the_network_is_away_is_told(
    operator: Operator, plot: Path
) -> None:
    begins_local_copy(operator, plot)
    local = operator.plot_path
    plot.parent.rename(plot.parent.with_name("away"))
    plots(operator, LINE)
    other = plot.parent.parent / "other.gpkg"
    assert main(["new", str(other)]) == 0
    operator.window.files.open(other)
    assert operator.plot_path == other
    assert "1 act is not published yet" in operator.sees_banner()
    assert "when the plot is opened the next time" in operator.sees_banner()
    assert reports(local) == 1
