"""Any plot, written and read, is the plot that was written; and so is any other after it."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from channelplot.geodesy.position import Position
from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.approach_watch import ApproachWatch
from channelplot.model.beach import Beach, Mark
from channelplot.model.codes import (
    AlertCode,
    BoatType,
    CountBasis,
    Craft,
    LimitPurpose,
    PatternKind,
    ReckoningRule,
    TrackStatus,
    Turn,
)
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.limit import LoadedLimit
from channelplot.model.log_line import LogLine
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.predicted_crossing import PredictedCrossing
from channelplot.model.reference_layer import (
    Dash,
    ReferenceKind,
    ReferenceLayer,
    ReferenceSchema,
    ReferenceStyle,
)
from channelplot.model.report import Report
from channelplot.model.rules import ProblemCode
from channelplot.model.search import PlannedSearch
from channelplot.model.track import StatusChange, Track
from channelplot.store.check import Finding, check
from channelplot.store.rewind import rewound
from channelplot.store.tables import TABLES, WITHDRAWN
from helpers import any_report
from helpers.any_report import POSITIONS, TEXTS
from helpers.chartwork_builders import an_area
from helpers.full_plot import full_plot
from unit.store.files import a_plot, new_file, opened, rows, save

REALS = st.floats(allow_nan=False, allow_infinity=False)
NUMBERS = st.none() | REALS
COUNTS = st.none() | st.integers(-3, 200)
TIMES = st.integers(0, 10**8).map(
    lambda ms: datetime(2026, 9, 15, tzinfo=UTC) + timedelta(milliseconds=ms)
)
POINTS = st.lists(POSITIONS, max_size=5).filter(lambda points: len(points) != 1).map(tuple)
"""Of one point no line can be drawn: no command lets one into a plot."""
PEOPLE = st.builds(
    PeopleCount, st.sampled_from(CountBasis), *[COUNTS] * 7, is_estimate=st.booleans()
)

TRACK_UIDS = [f"00000000-0000-4000-8000-00000000000{n}" for n in range(3)]
REPORT_UIDS = [f"00000000-0000-4000-8000-00000000001{n}" for n in range(6)]
BEACH_UIDS = [f"00000000-0000-4000-8000-00000000002{n}" for n in range(2)]
MARK_UIDS = [f"00000000-0000-4000-8000-00000000003{n}" for n in range(2)]
LINE_UIDS = [f"00000000-0000-4000-8000-00000000004{n}" for n in range(2)]
ALERT_UIDS = [f"00000000-0000-4000-8000-00000000005{n}" for n in range(2)]
CHARTWORK_UIDS = [f"00000000-0000-4000-8000-00000000006{n}" for n in range(2)]
"""Few, so that the same thing comes, changes, goes and comes back."""


def reports(uid: str, track_uid: str | None) -> st.SearchStrategy[Report]:
    return any_report.reports(
        st.just(uid), track_uid, times=TIMES, received=TIMES, numbers=NUMBERS, people=PEOPLE
    )


def tracks(uid: str) -> st.SearchStrategy[Track]:
    changes = [
        st.builds(
            StatusChange,
            st.just(f"{uid}/{n}"),
            st.sampled_from(TrackStatus),
            TIMES,
            *[TEXTS] * 5,
            unaccounted=COUNTS,
            unaccounted_children=COUNTS,
        )
        for n in range(3)
    ]
    return st.builds(
        Track,
        uid=st.just(uid),
        name=TEXTS,
        craft=st.sampled_from(Craft),
        created_at_utc=TIMES,
        status=st.sampled_from(TrackStatus),
        launch_beach_uid=st.none() | st.sampled_from(BEACH_UIDS),
        note=TEXTS,
        uk_reference=TEXTS,
        fr_reference=TEXTS,
        boat_type=st.none() | st.sampled_from(BoatType),
        colour=TEXTS,
        length_m=NUMBERS,
        engine=TEXTS,
        same_as_uid=st.none() | st.sampled_from(TRACK_UIDS),
        contact_interval_min=COUNTS,
        speed_kn=NUMBERS,
        created_by=TEXTS,
        status_changes=st.permutations(range(3)).flatmap(
            lambda order: st.integers(0, 3).flatmap(
                lambda count: st.tuples(*[changes[n] for n in order[:count]])
            )
        ),
    )


def beaches(uid: str) -> st.SearchStrategy[Beach]:
    texts = dict.fromkeys(["name", "commune", "department", "country", "source", "note"], TEXTS)
    return st.builds(Beach, uid=st.just(uid), position=POSITIONS, error_m=NUMBERS, **texts)


def marks(uid: str) -> st.SearchStrategy[Mark]:
    texts = dict.fromkeys(["code", "name", "kind", "source"], TEXTS)
    return st.builds(Mark, uid=st.just(uid), position=POSITIONS, error_m=NUMBERS, **texts)


def log_lines(uid: str, track_uid: str | None) -> st.SearchStrategy[LogLine]:
    return st.builds(
        LogLine,
        uid=st.just(uid),
        at_utc=TIMES,
        text=TEXTS,
        operator=TEXTS,
        track_uid=st.just(track_uid),
    )


def acknowledgements(uid: str) -> st.SearchStrategy[Acknowledgement]:
    return st.builds(
        Acknowledgement,
        uid=st.just(uid),
        alert=st.sampled_from(AlertCode),
        entity_uid=st.sampled_from(TRACK_UIDS),
        raised_at_utc=TIMES,
        at_utc=TIMES,
        by=TEXTS,
    )


SOME_TRACK = st.none() | st.sampled_from([*TRACK_UIDS, "never here"])


def conditions(uid: str) -> st.SearchStrategy[ConditionsEntry]:
    times = dict.fromkeys(["valid_from_utc", "valid_until_utc", "logged_at_utc"], TIMES)
    numbers = dict.fromkeys(
        ["stream_set_deg", "stream_rate_kn", "wind_from_deg", "wind_speed_kn", "leeway_percent"],
        NUMBERS,
    )
    return st.builds(
        ConditionsEntry,
        uid=st.just(uid),
        track_uid=SOME_TRACK,
        source=TEXTS,
        logged_by=TEXTS,
        **times,
        **numbers,
    )


def approach_watches(uid: str) -> st.SearchStrategy[ApproachWatch]:
    return st.builds(
        ApproachWatch,
        uid=st.just(uid),
        first_track_uid=st.sampled_from(TRACK_UIDS),
        second_track_uid=TEXTS,
        distance_m=REALS,
        within_min=st.integers(-3, 200),
        created_at_utc=TIMES,
        created_by=TEXTS,
    )


def predicted_crossings(uid: str) -> st.SearchStrategy[PredictedCrossing]:
    texts = dict.fromkeys(["limit_code", "from_side", "to_side", "fix_uid"], TEXTS)
    return st.builds(
        PredictedCrossing,
        uid=st.just(uid),
        track_uid=st.sampled_from(TRACK_UIDS),
        is_legal=st.booleans(),
        position=POSITIONS,
        crosses_at_utc=TIMES,
        rule=st.sampled_from(ReckoningRule),
        course_deg=NUMBERS,
        speed_kn=REALS,
        logged_at_utc=TIMES,
        **texts,
    )


def limits(uid: str) -> st.SearchStrategy[LoadedLimit]:
    texts = dict.fromkeys(["name", "left", "right", "source", "loaded_by"], TEXTS)
    return st.builds(
        LoadedLimit,
        uid=st.just(uid),
        purpose=st.sampled_from(LimitPurpose),
        points=POINTS,
        is_area=st.booleans(),
        is_legal=st.booleans(),
        loaded_at_utc=TIMES,
        **texts,
    )


def searches(uid: str) -> st.SearchStrategy[PlannedSearch]:
    texts = dict.fromkeys(["name", "searcher", "created_by"], TEXTS)
    reals = dict.fromkeys(
        [
            "radius_m",
            "drift_m",
            "initial_error_m",
            "searcher_error_m",
            "drift_error_share",
            "safety_factor",
            "first_leg_deg",
            "spacing_m",
        ],
        REALS,
    )
    return st.builds(
        PlannedSearch,
        uid=st.just(uid),
        kind=st.sampled_from(PatternKind),
        datum=POSITIONS,
        datum_at_utc=TIMES,
        turn=st.sampled_from(Turn),
        waypoints=POINTS,
        created_at_utc=TIMES,
        length_m=NUMBERS,
        width_m=NUMBERS,
        track_uid=SOME_TRACK,
        **texts,
        **reals,
    )


def reference_layers(uid: str) -> st.SearchStrategy[ReferenceLayer]:
    style = st.builds(
        ReferenceStyle,
        dash=st.sampled_from(Dash),
        **dict.fromkeys(["line", "fill", "label_column"], TEXTS),
        **dict.fromkeys(["width_px", "fill_opacity", "point_px", "label_size_pt"], REALS),
    )
    return st.builds(
        ReferenceLayer,
        uid=st.just(uid),
        kind=st.sampled_from(ReferenceKind),
        schema=st.sampled_from(ReferenceSchema),
        style=style,
        **dict.fromkeys(["name", "path", "table", "crs", "credit"], TEXTS),
    )


@st.composite
def plots(draw: st.DrawFn, *, is_example: bool = False) -> Plot:
    """Return a plot with some of the things that carry the identifiers above."""

    def some(uids: list[str]) -> list[str]:
        return draw(st.lists(st.sampled_from(uids), unique=True))

    plot = Plot(is_example=is_example)
    for uid in some(TRACK_UIDS):
        plot = plot.with_track(draw(tracks(uid)))
    for uid in some(REPORT_UIDS):
        home = draw(st.sampled_from([None, *plot.tracks]))
        plot = plot.with_report(draw(reports(uid, home)))
    for uid in some(BEACH_UIDS):
        plot = plot.with_beach(draw(beaches(uid)))
    for uid in some(MARK_UIDS):
        plot = plot.with_mark(draw(marks(uid)))
    for uid in some(LINE_UIDS):
        home = draw(st.sampled_from([None, *plot.tracks]))
        plot = plot.with_log_line(draw(log_lines(uid, home)))
    for uid in some(ALERT_UIDS):
        plot = plot.with_acknowledgement(draw(acknowledgements(uid)))
    for uid in some(CHARTWORK_UIDS):
        plot = plot.with_conditions(draw(conditions(uid)))
        plot = plot.with_approach_watch(draw(approach_watches(uid)))
    for uid in some(CHARTWORK_UIDS):
        plot = plot.with_predicted_crossing(draw(predicted_crossings(uid)))
        plot = plot.with_search(draw(searches(uid)))
    for uid in some(CHARTWORK_UIDS):
        plot = plot.with_limit(draw(limits(uid)))
    for uid in some(CHARTWORK_UIDS):
        plot = plot.with_reference_layer(draw(reference_layers(uid)))
    return plot


def standing_rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return what stands in a file, table by table, without the numbers of the rows."""
    return {
        table.name: rows(
            path,
            f"SELECT {', '.join(table.column_names)} FROM {table.name}"
            " WHERE withdrawn_at_utc IS NULL ORDER BY uid",
        )
        for table in TABLES
        if WITHDRAWN in table.column_names
    }


def faults_of_the_file(path: Path) -> list[Finding]:
    """Return what is wrong with a file, apart from a plot in it that is made to be odd."""
    return [finding for finding in check(path) if finding.code not in set(ProblemCode)]


@given(st.booleans().flatmap(lambda is_example: plots(is_example=is_example)))
def test_a_plot_comes_back_as_it_was(plot: Plot) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "night.gpkg"
        with new_file(path, plot) as file:
            assert file.load().plot == plot
        with opened(path) as file:
            assert file.load().plot == plot
        assert faults_of_the_file(path) == []


def test_every_field_of_everything_comes_back(tmp_path: Path) -> None:
    for number, plot in enumerate((full_plot(), a_plot())):
        with new_file(tmp_path / f"{number}.gpkg", plot) as file:
            assert file.load().plot == plot
        assert check(tmp_path / f"{number}.gpkg") == ()


def test_an_outline_of_very_many_points_is_saved_loaded_withdrawn_and_put_back(
    tmp_path: Path,
) -> None:
    turns = np.linspace(0.0, 2.0 * np.pi, 29_999, endpoint=False)
    outline = [Position(2.0 + float(np.sin(turn)), 51.0 + float(np.cos(turn))) for turn in turns]
    area = an_area("Many", (*outline, outline[0]))
    path = tmp_path / "night.gpkg"
    plot = a_plot()
    with new_file(path, plot) as file:
        loaded = plot.with_limit(area)
        save(file, plot, loaded)
        assert file.load().plot == loaded
        save(file, loaded, plot)
        assert [gone.entity for gone in file.withdrawn()] == [area]
        acts = file.load().acts
        assert rewound(plot, acts[-1]) == loaded
        assert rewound(loaded, acts[-2]) == plot
        save(file, plot, loaded)
    assert check(path) == ()
    with opened(path) as file:
        assert file.load().plot.limits[area.uid].points == area.points


@given(st.lists(plots(), min_size=2, max_size=5))
@settings(max_examples=20)
def test_any_row_of_changes_leaves_what_it_says_and_going_back_leaves_the_rows_as_they_were(
    states: list[Plot],
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "night.gpkg"
        with new_file(path, states[0]) as file:
            found = [standing_rows(path)]
            for old, new in pairwise(states):
                save(file, old, new)
                loaded = file.load()
                assert loaded.plot == new
                if old != new:
                    assert rewound(new, loaded.acts[-1]) == old
                found.append(standing_rows(path))
            for new, old, before in zip(states[:0:-1], states[-2::-1], found[-2::-1], strict=True):
                save(file, new, old)
                assert file.load().plot == old
                assert standing_rows(path) == before
        assert faults_of_the_file(path) == []
