"""Plots drawn by lot, every field of what goes out to other formats and comes in again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from channelplot.geodesy.position import Position
from channelplot.model.beach import Beach, Mark
from channelplot.model.codes import (
    BoatType,
    CountBasis,
    Craft,
    PositionForm,
    ReportKind,
    SourceKind,
    TrackStatus,
)
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import StatusChange, Track
from channelplot.reading.motion import FASTEST_KN

FIRST_UTC = datetime(2026, 9, 14, 18, tzinfo=UTC)
LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn"))
WORDS = st.text(LETTERS | st.sampled_from("\t\n\r=+-@';|\"<>&,\u00e9"), max_size=10)
"""Anything a person or another program may have written that every format can hold."""
UIDS = st.uuids(version=4).map(str)
TIMES = st.integers(0, 48 * 3600 * 1000).map(lambda ms: FIRST_UTC + timedelta(milliseconds=ms))
SIZES = st.none() | st.floats(0.0, 1e6)
SPEEDS_KN = st.none() | st.floats(0.0, FASTEST_KN)
FIGURES = st.none() | st.integers(0, 9)
POSITIONS = st.builds(
    Position,
    st.floats(-180.0, 180.0).map(lambda deg: deg if abs(deg) > 1e-9 else 0.0),
    st.floats(-90.0, 90.0).map(lambda deg: deg if abs(deg) > 1e-9 else 0.0),
)
"""To the last bit; but a tenth of a millimetre from a meridian is on it."""
PEOPLE = st.builds(
    PeopleCount,
    basis=st.sampled_from(CountBasis),
    total=st.none() | st.integers(30, 90),
    men=FIGURES,
    women=FIGURES,
    children=FIGURES,
    medical=FIGURES,
    deceased=FIGURES,
    missing=FIGURES,
    is_estimate=st.booleans(),
)
REPORTS = st.builds(
    Report,
    uid=UIDS,
    kind=st.sampled_from(ReportKind),
    observed_at_utc=TIMES,
    received_at_utc=TIMES,
    logged_at_utc=TIMES,
    position=st.none() | POSITIONS,
    position_form=st.none() | st.sampled_from(PositionForm),
    as_received=WORDS,
    error_m=SIZES,
    source=st.sampled_from(SourceKind),
    source_name=WORDS,
    grade=WORDS,
    course_deg=st.none() | st.floats(0.0, 360.0, exclude_max=True),
    speed_kn=SPEEDS_KN,
    people=st.none() | PEOPLE,
    boat_type=st.none() | st.sampled_from(BoatType),
    caller=WORDS,
    logged_by=WORDS,
)
CHANGES = st.builds(
    StatusChange,
    uid=UIDS,
    status=st.sampled_from(TrackStatus),
    at_utc=TIMES,
    reason=WORDS,
    by=WORDS,
    identified_by=WORDS,
    identified_how=WORDS,
    explained_by=WORDS,
    unaccounted=FIGURES,
    unaccounted_children=FIGURES,
)
TRACKS = st.builds(
    Track,
    uid=UIDS,
    name=st.just(""),
    craft=st.sampled_from(Craft),
    created_at_utc=TIMES,
    status=st.sampled_from(TrackStatus),
    launch_beach_uid=st.none() | UIDS,
    note=WORDS,
    uk_reference=WORDS,
    fr_reference=WORDS,
    boat_type=st.none() | st.sampled_from(BoatType),
    colour=WORDS,
    length_m=st.none() | st.floats(0.1, 400.0),
    engine=WORDS,
    contact_interval_min=st.none() | st.integers(1, 600),
    speed_kn=st.none() | st.floats(0.1, 60.0),
    created_by=WORDS,
    status_changes=st.lists(CHANGES, max_size=2).map(tuple),
    reports=st.lists(REPORTS, max_size=3).map(tuple),
)
NAMES = st.text(LETTERS, max_size=6)
BEACHES = st.builds(
    Beach,
    uid=UIDS,
    name=NAMES,
    position=POSITIONS,
    commune=WORDS,
    department=WORDS,
    country=WORDS,
    source=WORDS,
    error_m=SIZES,
    note=WORDS,
)
MARKS = st.builds(
    Mark,
    uid=UIDS,
    code=st.just(""),
    name=NAMES,
    kind=WORDS,
    position=POSITIONS,
    error_m=SIZES,
    source=WORDS,
)


def a_plot(
    tracks: list[Track], unattributed: list[Report], beaches: list[Beach], marks: list[Mark]
) -> Plot:
    """Return a sound plot of things drawn by lot: each with a name, in order."""
    own = [
        _sound(track, f"{chr(65 + number)}{track.note[:1].strip()}")
        for number, track in enumerate(tracks)
    ]
    coded = [
        replace(mark, code=f"M{number}", name=f"m{mark.name}") for number, mark in enumerate(marks)
    ]
    named = [replace(beach, name=f"{number}{beach.name}") for number, beach in enumerate(beaches)]
    return Plot(
        tracks={track.uid: track for track in own},
        unattributed=tuple(sorted(unattributed, key=Report.time_order)),
        beaches={beach.uid: beach for beach in named},
        marks={mark.uid: mark for mark in coded},
    )


def _sound(track: Track, name: str) -> Track:
    reports = sorted(
        (replace(report, track_uid=track.uid) for report in track.reports), key=Report.time_order
    )
    status = track.status_changes[-1].status if track.status_changes else track.status
    return replace(track, name=name, reports=tuple(reports), status=status)


PLOTS = st.builds(
    a_plot,
    st.lists(TRACKS, max_size=3),
    st.lists(REPORTS, max_size=3),
    st.lists(BEACHES, max_size=2),
    st.lists(MARKS, max_size=2),
)
