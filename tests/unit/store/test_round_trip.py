"""Any plot, written and read, is the plot that was written; and so is any other after it."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from channelplot.geodesy.position import Position
from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.beach import Beach, Mark
from channelplot.model.codes import (
    AlertCode,
    BoatType,
    CountBasis,
    Craft,
    PositionForm,
    ReportKind,
    SourceKind,
    TrackStatus,
)
from channelplot.model.log_line import LogLine
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.rules import ProblemCode
from channelplot.model.track import StatusChange, Track
from channelplot.store.check import Finding, check
from channelplot.store.rewind import rewound
from channelplot.store.tables import TABLES, WITHDRAWN
from unit.store.files import new_file, opened, rows, save

TEXTS = st.text(max_size=12)
NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False)
COUNTS = st.none() | st.integers(-3, 200)
TIMES = st.integers(0, 10**8).map(
    lambda ms: datetime(2026, 9, 15, tzinfo=UTC) + timedelta(milliseconds=ms)
)
POSITIONS = st.builds(Position, st.floats(-180.0, 180.0), st.floats(-90.0, 90.0))
PEOPLE = st.builds(
    PeopleCount, st.sampled_from(CountBasis), *[COUNTS] * 7, is_estimate=st.booleans()
)

TRACK_UIDS = [f"00000000-0000-4000-8000-00000000000{n}" for n in range(3)]
REPORT_UIDS = [f"00000000-0000-4000-8000-00000000001{n}" for n in range(6)]
BEACH_UIDS = [f"00000000-0000-4000-8000-00000000002{n}" for n in range(2)]
MARK_UIDS = [f"00000000-0000-4000-8000-00000000003{n}" for n in range(2)]
LINE_UIDS = [f"00000000-0000-4000-8000-00000000004{n}" for n in range(2)]
ALERT_UIDS = [f"00000000-0000-4000-8000-00000000005{n}" for n in range(2)]
"""Few, so that the same thing comes, changes, goes and comes back."""


def reports(uid: str, track_uid: str | None) -> st.SearchStrategy[Report]:
    return st.builds(
        Report,
        uid=st.just(uid),
        kind=st.sampled_from(ReportKind),
        observed_at_utc=TIMES,
        received_at_utc=TIMES,
        logged_at_utc=TIMES,
        track_uid=st.just(track_uid),
        position=st.none() | POSITIONS,
        position_form=st.none() | st.sampled_from(PositionForm),
        as_received=TEXTS,
        error_m=NUMBERS,
        source=st.sampled_from(SourceKind),
        source_name=TEXTS,
        grade=TEXTS,
        course_deg=NUMBERS,
        speed_kn=NUMBERS,
        people=st.none() | PEOPLE,
        boat_type=st.none() | st.sampled_from(BoatType),
        caller=TEXTS,
        logged_by=TEXTS,
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
