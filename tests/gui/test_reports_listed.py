"""The Reports panel of a large plot: the latest reports, and others once somebody wants them."""

from pathlib import Path

import pytest

from channelplot.ui.panels import reports
from channelplot.ui.panels.reports import ReportsPanel
from helpers.operator import TRACK, Operator

LATEST = ["0252Z", "0245Z", "0240Z"]


@pytest.fixture
def large(operator: Operator, night: Path, monkeypatch: pytest.MonkeyPatch) -> Operator:
    """A plot of six reports, in a program that lists three."""
    monkeypatch.setattr(reports, "MOST_LISTED", 3)
    operator.opens(night)
    operator.plots("50 58.0N 001 41.0E", time="0210", words="white hull")
    operator.plots("50 58.8N 001 39.4E", time="0228", words="white hull", track="A")
    operator.plots("51 02.0N 001 50.0E", time="0233", words="white hull", track="no track")
    operator.plots("50 59.5N 001 37.0E", time="0240", words="grey hull", track="A")
    operator.plots("51 02.4N 001 50.3E", time="0245", track="new B, small boat")
    operator.plots("51 02.9N 001 50.9E", time="0252", words="white hull", track="B")
    operator.presses("Escape")
    panel(operator).show_plot()
    return operator


def panel(operator: Operator) -> ReportsPanel:
    return operator.window.panels.reports


def times(operator: Operator) -> list[str]:
    return operator.reads_column("Reports", "Time")


def uid_of(operator: Operator, time: str) -> str:
    plot = operator.window.desk.session.document.plot
    (uid,) = (r.uid for r in plot.reports() if f"{r.observed_at_utc:%H%M}" == time)
    return uid


def test_the_latest_are_listed_and_the_count_says_so(large: Operator) -> None:
    assert times(large) == LATEST
    assert panel(large).count.text() == "latest 3 of 6"
    assert "observed last" in panel(large).count.toolTip()


def test_another_order_is_of_what_is_listed(large: Operator) -> None:
    large.clicks_header("Reports", TRACK)
    assert sorted(large.reads_column("Reports", TRACK)) == ["A", "B", "B"]
    large.clicks_header("Reports", "Time")
    assert sorted(times(large), reverse=True) == LATEST
    assert panel(large).count.text() == "latest 3 of 6"


def test_a_report_that_is_selected_on_the_chart_is_listed_and_selected(large: Operator) -> None:
    uid = uid_of(large, "0210")
    large.window.desk.session.selection.set(frozenset({uid}))
    assert times(large) == [*LATEST, "0210Z"]
    assert panel(large).selected_uids() == {uid}
    assert panel(large).count.text() == "latest 4 of 6"
    large.selects("Reports", 1)
    assert panel(large).selected_uids() == {uid_of(large, "0245")}
    assert times(large) == [*LATEST, "0210Z"]


def test_older_reports_are_listed_while_they_are_found(large: Operator) -> None:
    large.finds("white 0228")
    assert times(large) == ["0228Z"]
    assert panel(large).count.text() == "1 of 6"
    large.presses("Escape")
    assert times(large) == LATEST
    assert panel(large).count.text() == "latest 3 of 6"


def test_of_more_than_are_listed_the_latest_are_found(large: Operator) -> None:
    large.finds("white")
    assert times(large) == ["0252Z", "0233Z", "0228Z"]
    assert panel(large).count.text() == "3 of 6"


def test_a_selected_report_that_is_older_stays_listed_after_finding(large: Operator) -> None:
    large.finds("white 0228")
    large.selects("Reports", 0)
    large.finds("")
    assert panel(large).selected_uids() == {uid_of(large, "0228")}
    assert times(large) == [*LATEST, "0228Z"]


def test_all_reports_of_the_selected_track_are_listed(large: Operator) -> None:
    large.selects("Tracks", large.reads_column("Tracks", "Track").index("A"))
    panel(large).of_track.click()
    assert times(large) == ["0240Z", "0228Z", "0210Z"]
    assert panel(large).count.text() == "3 of 6"
    panel(large).of_track.click()
    assert times(large) == LATEST


def test_all_reports_without_a_track_are_listed(large: Operator) -> None:
    panel(large).loose.click()
    assert times(large) == ["0233Z"]
    panel(large).loose.click()
    assert times(large) == LATEST


def test_a_new_report_comes_on_top_and_is_counted(large: Operator) -> None:
    large.plots("51 03.4N 001 51.9E", time="0300", track="B")
    assert times(large)[:2] == ["0300Z", "0252Z"]
    assert panel(large).count.text() == "latest 4 of 7"
    large.undoes()
    assert times(large) == LATEST
    assert panel(large).count.text() == "latest 3 of 6"


def test_a_plot_that_is_listed_whole_says_nothing_of_it(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.plots("50 58.0N 001 41.0E", time="0210")
    assert panel(operator).count.text() == "1"
    assert panel(operator).count.toolTip() == ""
