"""Who has the watch: taken up from last time, over, taken, and signed with."""

from pathlib import Path

import pytest

from channelplot.document.session import Session
from channelplot.document.watch import WatchKeeper
from channelplot.model.plot import Plot
from channelplot.settings import Settings, Watch, login_name
from helpers.builders import at
from helpers.clock import FixedClock
from helpers.opened import open_plot

LAST = Watch("Officer One", at("1900", day=14))


@pytest.fixture
def session(clock: FixedClock) -> Session:
    """It is 0300Z."""
    return Session(open_plot(Plot(), clock=clock).document, clock)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path)


def test_at_first_nobody_has_it_and_acts_are_under_the_login_name(
    session: Session, settings: Settings
) -> None:
    keeper = WatchKeeper(session, settings)
    assert (keeper.current, keeper.last) == (None, None)
    assert keeper.operator == session.document.operator == login_name()
    assert not keeper.is_overlong


def test_whoever_took_it_last_has_it_still(session: Session, settings: Settings) -> None:
    settings.begin_watch(LAST)
    keeper = WatchKeeper(session, settings)
    assert keeper.current == keeper.last == LAST
    assert session.document.operator == "Officer One"


def test_a_watch_that_is_over_is_nobody_s(
    session: Session, settings: Settings, clock: FixedClock
) -> None:
    settings.begin_watch(LAST)
    clock.set(at("0701"))
    keeper = WatchKeeper(session, settings)
    assert keeper.current is None
    assert keeper.last == LAST
    assert session.document.operator == login_name()


def test_a_watch_goes_on_in_an_open_window_but_is_overlong(
    session: Session, settings: Settings, clock: FixedClock
) -> None:
    settings.begin_watch(LAST)
    keeper = WatchKeeper(session, settings)
    told = []
    for time in ("0300", "0700", "0701"):
        clock.set(at(time))
        told.append(keeper.is_overlong)
    assert told == [False, False, True]
    assert session.document.operator == "Officer One"


def test_taking_it_signs_from_now_on_and_is_kept(
    session: Session, settings: Settings, tmp_path: Path
) -> None:
    settings.begin_watch(LAST)
    keeper = WatchKeeper(session, settings)
    heard: list[Watch] = []
    keeper.changed.connect(heard.append)

    keeper.take("Officer Two")

    taken = Watch("Officer Two", at("0300"))
    assert heard == [taken]
    assert keeper.current == keeper.last == taken
    assert session.document.operator == "Officer Two"
    assert Settings(tmp_path).watch() == taken


def test_it_counts_where_it_cannot_be_kept(session: Session, tmp_path: Path) -> None:
    keeper = WatchKeeper(session, Settings(tmp_path))
    (tmp_path / "settings.json").mkdir()  # in the way of the file
    heard: list[OSError] = []
    keeper.not_kept.connect(heard.append)

    keeper.take("Officer Two")

    assert session.document.operator == "Officer Two"
    (error,) = heard
    assert error.strerror
