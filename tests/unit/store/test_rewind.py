"""The plot before an act, from the log; and where there is no way back to it."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.model.change import difference
from channelplot.model.codes import BoatType, CountBasis, TrackStatus
from channelplot.model.ids import new_uid
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.track import StatusChange
from channelplot.store import log_text
from channelplot.store import save as saving
from channelplot.store.log import LoggedAct, LoggedRows, geometry_text
from channelplot.store.rewind import CannotRewind, Rewinder, rewound
from channelplot.store.values import line_value
from helpers.builders import R5, a_beach, a_log_line, a_mark, a_report, a_track, at
from helpers.chartwork_builders import a_crossing, a_limit, some_conditions
from unit.store.files import a_plot, an_act, edit, new_file, opened, rows, the_track


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.gpkg"


def loose_report_to_b(plot: Plot) -> Plot:
    return plot.with_report(replace(plot.unattributed[0], track_uid=the_track(plot, "B").uid))


def later_observed(plot: Plot) -> Plot:
    return plot.with_report(replace(the_track(plot).reports[0], observed_at_utc=at("0500")))


def counted_again(plot: Plot) -> Plot:
    """Only the row of the count changes."""
    people = PeopleCount(CountBasis.COUNTED, 47, 30, 10, 7, 2)
    return plot.with_report(replace(the_track(plot).reports[-1], people=people))


def nobody_counted(plot: Plot) -> Plot:
    return plot.with_report(replace(the_track(plot).reports[0], people=None))


def explained(plot: Plot) -> Plot:
    """Only a row of a change of status is new."""
    track = the_track(plot)
    change = StatusChange(new_uid(), track.status, at("0500"), "all told", explained_by="Ann")
    return plot.with_track(replace(track, status_changes=(*track.status_changes, change)))


def merged(plot: Plot) -> Plot:
    track, into = the_track(plot, "B"), the_track(plot)
    for report in track.reports:
        plot = plot.with_report(replace(report, track_uid=into.uid))
    change = StatusChange(new_uid(), TrackStatus.SAME_AS, at("0500"))
    left = plot.tracks[track.uid]
    return plot.with_track(
        replace(left, status=change.status, status_changes=(change,), same_as_uid=into.uid)
    )


def amended(plot: Plot) -> Plot:
    track = the_track(plot)
    return plot.with_track(
        replace(track, name="Alpha", boat_type=BoatType.RHIB, length_m=None, colour="")
    )


def track_gone(plot: Plot) -> Plot:
    return plot.without_track(the_track(plot).uid)


def track_added(plot: Plot) -> Plot:
    return plot.with_track(a_track("C", (a_report("0300"), a_report("0301", position=None))))


def others_changed(plot: Plot) -> Plot:
    beach = next(iter(plot.beaches.values()))
    plot = plot.with_beach(replace(beach, note="steep")).with_beach(a_beach("Wissant"))
    plot = replace(plot, marks={}, acknowledgements={})
    return plot.with_mark(a_mark("WRK")).with_log_line(a_log_line("Relieved"))


def chartwork_changed(plot: Plot) -> Plot:
    """Something of each kind is new, amended or gone."""
    (entry,) = plot.conditions.values()
    (search,) = plot.searches.values()
    area = next(limit for limit in plot.limits.values() if limit.is_area)
    plot = plot.with_conditions(replace(entry, stream_set_deg=245.0, wind_from_deg=None))
    plot = plot.with_conditions(some_conditions())
    plot = plot.with_search(replace(search, waypoints=search.waypoints[::-1], length_m=None))
    plot = plot.without_limit(area.uid).with_limit(a_limit("Another"))
    plot = plot.with_predicted_crossing(a_crossing(the_track(plot, "B").uid))
    return replace(plot, approach_watches={})


def everything_gone(plot: Plot) -> Plot:
    return Plot()


CHANGES = (
    loose_report_to_b,
    later_observed,
    counted_again,
    nobody_counted,
    explained,
    merged,
    amended,
    track_gone,
    track_added,
    others_changed,
    chartwork_changed,
    everything_gone,
)


IN_ORDER = (
    loose_report_to_b,
    nobody_counted,
    counted_again,
    later_observed,
    explained,
    track_added,
    merged,
    amended,
    others_changed,
    chartwork_changed,
    everything_gone,
)


def saved(path: Path, plot: Plot, change: Callable[[Plot], Plot]) -> tuple[Plot, LoggedAct]:
    """Save a change to a new file of the plot; return what is loaded then, and the act."""
    with new_file(path, plot) as file:
        file.save(difference(plot, change(plot)), an_act("change"))
        loaded = file.load()
    return loaded.plot, loaded.acts[-1]


@pytest.mark.parametrize("change", CHANGES)
def test_there_and_back(path: Path, change: Callable[[Plot], Plot]) -> None:
    before = a_plot()
    after, act = saved(path, before, change)
    assert rewound(after, act) == before
    rewinder = Rewinder(before)
    rewinder.forth(act)
    assert rewinder.plot == after
    rewinder.back(act)
    assert rewinder.plot == before
    assert not difference(rewound(after, act), before).reports, "each where it belongs"


@pytest.fixture
def told_at_length(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows fill a row of the log, and each is taken for a long one."""
    monkeypatch.setattr(saving, "ROWS_OF_AN_ACT", 2)
    monkeypatch.setattr(saving, "_LOT", 1)
    monkeypatch.setattr(log_text, "LONG_TEXT", 0)


@pytest.mark.usefixtures("told_at_length")
@pytest.mark.parametrize("change", CHANGES)
def test_there_and_back_over_an_act_in_several_rows_of_the_log(
    path: Path, change: Callable[[Plot], Plot]
) -> None:
    before = a_plot()
    after = change(before)
    with new_file(path, before) as file:
        logged = file.save(difference(before, after), an_act("change"))
        loaded = file.load()
    parts = (*file.logged_parts, logged)
    assert all(part.is_long for part in parts)
    assert loaded.acts[-len(parts) :] == parts
    rewinder = Rewinder(loaded.plot)
    rewinder.back(*parts)
    assert rewinder.plot == before
    rewinder.forth(*parts)
    assert rewinder.plot == loaded.plot == after
    assert not difference(rewinder.plot, loaded.plot).reports, "each where it belongs"
    rewinder.back(*parts)
    assert rewinder.plot == before


@pytest.mark.usefixtures("told_at_length")
def test_one_goes_back_over_long_and_short_acts_in_turn(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plot = a_plot()
    plots = [plot]
    acts: list[tuple[LoggedAct, ...]] = []
    with new_file(path, plot) as file:
        for number, change in enumerate(IN_ORDER):
            is_long = number % 2 == 1
            monkeypatch.setattr(log_text, "LONG_TEXT", 0 if is_long else 1_000_000)
            monkeypatch.setattr(saving, "ROWS_OF_AN_ACT", 2 if is_long else 20_000)
            plots.append(change(plots[-1]))
            logged = file.save(difference(plots[-2], plots[-1]), an_act("change"))
            acts.append((*file.logged_parts, logged))
        loaded = file.load()
    rewinder = Rewinder(loaded.plot)
    for parts, expected in zip(reversed(acts), reversed(plots[:-1]), strict=True):
        rewinder.back(*parts)
        assert rewinder.plot == expected
    for parts, expected in zip(acts, plots[1:], strict=True):
        rewinder.forth(*parts)
        assert rewinder.plot == expected


def test_one_goes_back_over_many_acts_and_forth_again(path: Path) -> None:
    plot = a_plot()
    plots = [plot]
    with new_file(path, plot) as file:
        for change in IN_ORDER:
            plots.append(change(plots[-1]))
            file.save(difference(plots[-2], plots[-1]), an_act("change"))
        loaded = file.load()
    rewinder = Rewinder(loaded.plot)
    acts = loaded.acts[1:]
    for act, expected in zip(reversed(acts), reversed(plots[:-1]), strict=True):
        rewinder.back(act)
        assert rewinder.plot == expected
    for act, expected in zip(acts, plots[1:], strict=True):
        rewinder.forth(act)
        assert rewinder.plot == expected


def test_what_an_act_did_not_touch_is_shared(path: Path) -> None:
    after, act = saved(path, a_plot(), later_observed)
    before = rewound(after, act)
    other = the_track(after, "B").uid
    assert before.tracks[other] is after.tracks[other]
    assert before.unattributed is after.unattributed
    assert before.beaches is after.beaches


def touched(plot: Plot) -> list[Plot]:
    """Return the plot after ``loose_report_to_b``, changed by another program since."""
    track = the_track(plot, "B")
    moved = next(report for report in track.reports if report.observed_at_utc == at("0105"))
    return [
        plot.with_report(replace(moved, position=R5)),
        plot.with_report(replace(moved, logged_by="QGIS")),
        plot.with_report(replace(moved, track_uid=None)),
        plot.without_report(moved.uid),
        plot.without_track(track.uid),
        plot.with_report(replace(moved, track_uid=the_track(plot).uid)),
    ]


def test_where_another_program_was_at_work_there_is_no_way_back(path: Path) -> None:
    after, act = saved(path, a_plot(), loose_report_to_b)
    for plot in touched(after):
        with pytest.raises(CannotRewind):
            rewound(plot, act)
    elsewhere = after.with_report(replace(the_track(after).reports[0], grade="3C"))
    assert rewound(elsewhere, act).unattributed, "it is about other things"


@pytest.mark.usefixtures("told_at_length")
def test_nor_is_there_over_an_act_in_several_rows_of_the_log(path: Path) -> None:
    plot = a_plot()
    after, act = saved(path, plot, loose_report_to_b)
    assert act.is_long
    twice = replace(after, unattributed=plot.unattributed)
    for touched_plot in [*touched(after), twice]:
        with pytest.raises(CannotRewind):
            rewound(touched_plot, act)
    assert rewound(after, act) == plot


@pytest.mark.usefixtures("told_at_length")
def test_a_new_track_with_more_reports_by_now_stays_over_several_rows_too(path: Path) -> None:
    plot = a_plot()
    with new_file(path, plot) as file:
        logged = file.save(difference(plot, track_added(plot)), an_act("change"))
        loaded = file.load()
    parts = (*file.logged_parts, logged)
    assert len(parts) > 1
    track = the_track(loaded.plot, "C")
    rewinder = Rewinder(loaded.plot.with_report(a_report("0400", track_uid=track.uid)))
    with pytest.raises(CannotRewind, match="not there"):
        rewinder.back(*parts)
    rewinder = Rewinder(plot)
    with pytest.raises(CannotRewind, match="twice"):
        rewinder.forth(*parts, parts[-1])
    assert rewinder.plot is plot
    rewinder.forth(*parts)
    assert rewinder.plot == loaded.plot


def test_a_track_that_was_withdrawn_but_is_there_is_no_way_back(path: Path) -> None:
    before = a_plot()
    _, act = saved(path, before, track_gone)
    with pytest.raises(CannotRewind):
        rewound(before, act)


def test_a_new_track_that_has_more_reports_by_now_does_not_vanish_with_them(path: Path) -> None:
    after, act = saved(path, a_plot(), track_added)
    track = the_track(after, "C")
    with pytest.raises(CannotRewind):
        rewound(after.with_report(a_report("0400", track_uid=track.uid)), act)


def test_after_a_step_that_can_not_be_taken_one_is_where_one_was(path: Path) -> None:
    after, act = saved(path, a_plot(), loose_report_to_b)
    rewinder = Rewinder(after)
    with pytest.raises(CannotRewind):
        rewinder.forth(act)
    assert rewinder.plot is after
    rewinder.back(act)
    assert len(rewinder.plot.unattributed) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"reports"', '"sightings"'),
        ('"kind":"prevented"', '"kind":"nonsense"'),
        ('"observed_at_utc":"2026-09-15T01:05', '"observed_at_utc":"at 01:05'),
        ('"geom":null', '"geom":"POINT (2 north)"'),
        ('"geom":null', '"geom":"POINT (200.0 51.0)"'),
        ('"track_uid":null', '"track_uid":"nowhere"'),
        ('"track_uid":null', '"track_uid":7'),
        ('"people_total":null,', ""),
        ('{"reports"', '{"reports'),
    ],
)
def test_a_log_that_says_what_can_not_be_read_is_no_way_back(
    path: Path, old: str, new: str
) -> None:
    after, act = saved(path, a_plot(), loose_report_to_b)
    assert old in act.before
    with pytest.raises(CannotRewind):
        rewound(after, replace(act, before=act.before.replace(old, new)))


@pytest.mark.parametrize(
    "line",
    [
        "LINESTRING (1.0 51.0, 2.0 north)",
        "LINESTRING (1.0 51.0, 2.0)",
        "LINESTRING (1.0 51.0 3.0, 2.0 51.0 3.0)",
        "LINESTRING (1.0 51.0, 2.0 91.0)",
        "LINESTRING (1.0 51.0, 2.0 nan)",
        "POLYGON ((1.0 51.0, 2.0 51.0, 2.0 52.0, 1.0 51.0))",
    ],
)
def test_a_log_that_tells_of_no_line_is_no_way_back(path: Path, line: str) -> None:
    before = a_plot()
    area = next(limit for limit in before.limits.values() if limit.is_area)
    after, act = saved(path, before, lambda plot: plot.without_limit(area.uid))
    told = geometry_text(line_value(area.points) or b"")
    assert told in act.before
    with pytest.raises(CannotRewind):
        rewound(after, replace(act, before=act.before.replace(told, line)))
    emptied = replace(act, before=act.before.replace(told, "LINESTRING EMPTY"))
    assert rewound(after, emptied).limits[area.uid] == replace(area, points=())


def told_otherwise(act: LoggedAct, tell: Callable[[LoggedRows, LoggedRows], None]) -> LoggedAct:
    """Return an act whose log somebody has rewritten."""
    before, after = act.rows()
    tell(before, after)
    return replace(act, before=json.dumps(before), after=json.dumps(after))


def gone_elsewhere(before: LoggedRows, after: LoggedRows) -> None:
    gone = {"withdrawn_at_utc": "2026-09-15T05:00:00.000Z"}
    for rows_here in (before, after):
        rows_here.setdefault("status_changes", {})["gone"] = {**gone, "track_uid": "nowhere"}
        rows_here.setdefault("people_counts", {})["gone"] = {**gone, "report_uid": "nowhere"}


def test_rows_that_were_gone_before_and_are_gone_after_are_no_obstacle(path: Path) -> None:
    before = a_plot()
    after, act = saved(path, before, later_observed)
    assert rewound(after, told_otherwise(act, gone_elsewhere)) == before


def test_a_track_that_is_told_of_and_did_not_change_is_no_obstacle(path: Path) -> None:
    before = a_plot()
    after, act = saved(path, before, amended)

    def told_twice(_: LoggedRows, rows_after: LoggedRows) -> None:
        rows_before = act.rows()[0]
        rows_after["tracks"] = rows_before["tracks"]

    with pytest.raises(CannotRewind, match="changed nothing"):
        rewound(before, told_otherwise(act, told_twice))
    assert rewound(after, act) == before


def change_of_nothing(_: LoggedRows, after: LoggedRows) -> None:
    (row,) = after["status_changes"].values()
    row["track_uid"] = "nowhere"


def step_of_nothing(_: LoggedRows, after: LoggedRows) -> None:
    (row,) = after["status_changes"].values()
    row["step"] = "first"


@pytest.mark.parametrize("tell", [change_of_nothing, step_of_nothing])
def test_a_change_of_status_in_no_place_is_no_way_back(
    path: Path, tell: Callable[[LoggedRows, LoggedRows], None]
) -> None:
    after, act = saved(path, a_plot(), explained)
    with pytest.raises(CannotRewind):
        rewound(after, told_otherwise(act, tell))


def test_a_count_of_no_report_is_no_way_back(path: Path) -> None:
    after, act = saved(path, a_plot(), counted_again)

    def count_of_nothing(_: LoggedRows, rows_after: LoggedRows) -> None:
        for row in rows_after["people_counts"].values():
            row["report_uid"] = "nowhere"

    with pytest.raises(CannotRewind):
        rewound(after, told_otherwise(act, count_of_nothing))


def test_a_report_that_a_plot_has_twice_is_no_way_back(path: Path) -> None:
    after, act = saved(path, a_plot(), loose_report_to_b)
    track = the_track(after, "B")
    moved = next(report for report in track.reports if report.observed_at_utc == at("0105"))
    twice = replace(after, unattributed=(replace(moved),))
    with pytest.raises(CannotRewind, match="where it belongs"):
        rewound(twice, act)


def test_reports_that_are_not_in_order_are_no_way_back(path: Path) -> None:
    after, act = saved(path, a_plot(), loose_report_to_b)
    track = the_track(after, "B")
    mixed = after.with_track(replace(track, reports=tuple(reversed(track.reports))))
    with pytest.raises(CannotRewind, match="where it belongs"):
        rewound(mixed, act)


def test_an_alert_of_another_version_is_no_obstacle(path: Path) -> None:
    before = a_plot()
    (seen,) = before.acknowledgements.values()
    after, act = saved(path, before, lambda plot: amended(replace(plot, acknowledgements={})))
    other = replace(act, before=act.before.replace('"alert":"overdue"', '"alert":"noise"'))
    assert rewound(after, other) == replace(before, acknowledgements={})
    assert rewound(after, act).acknowledgements == {seen.uid: seen}


def test_an_act_that_changed_nothing_is_no_way_back(path: Path) -> None:
    after, act = saved(path, a_plot(), loose_report_to_b)
    with pytest.raises(CannotRewind, match="changed nothing"):
        rewound(after, replace(act, before="{}", after="{}"))
    with pytest.raises(CannotRewind, match="changed nothing"):
        rewound(after, replace(act, before=act.after))


def test_a_count_that_only_stands_with_its_report_is_no_obstacle(path: Path) -> None:
    """Another program adds a report with a number and no row for its count."""
    with new_file(path, a_plot()):
        pass
    edit(path, "INSERT INTO reports (as_received, people_total) VALUES ('by QGIS', 12)")
    with opened(path) as file:
        before = file.load().plot
        (added,) = [report for report in before.reports() if report.as_received == "by QGIS"]
        file.save(difference(before, before.without_report(added.uid)), an_act("withdraw"))
        loaded = file.load()
    assert rewound(loaded.plot, loaded.acts[-1]) == before


def test_rows_that_another_program_left_without_texts_are_no_obstacle(path: Path) -> None:
    with new_file(path, a_plot()):
        pass
    edit(path, "UPDATE reports SET grade = NULL, source_name = NULL")
    edit(path, "UPDATE tracks SET launch_beach_uid = '', note = NULL")
    with opened(path) as file:
        before = file.load().plot
        assert {track.note for track in before.tracks.values()} == {""}
        after = amended(later_observed(before))
        file.save(difference(before, after), an_act("change"))
        loaded = file.load()
    assert rewound(loaded.plot, loaded.acts[-1]) == before
    assert rows(path, "SELECT count(*) FROM edit_log") == [(2,)]
