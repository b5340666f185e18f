"""Reports drawn by lot, every field of them, for tests of what is kept of a report."""

from datetime import datetime

from hypothesis import strategies as st

from channelplot.geodesy.position import Position
from channelplot.model.codes import BoatType, PositionForm, ReportKind, SourceKind
from channelplot.model.people import PeopleCount
from channelplot.model.report import Report

TEXTS = st.text(max_size=12)
POSITIONS = st.builds(Position, st.floats(-180.0, 180.0), st.floats(-90.0, 90.0))


def reports(
    uids: st.SearchStrategy[str],
    track_uid: str | None,
    *,
    times: st.SearchStrategy[datetime],
    received: st.SearchStrategy[datetime],
    numbers: st.SearchStrategy[float | None],
    people: st.SearchStrategy[PeopleCount],
) -> st.SearchStrategy[Report]:
    """Reports of a track, or of none. times: observed and logged."""
    return st.builds(
        Report,
        uid=uids,
        kind=st.sampled_from(ReportKind),
        observed_at_utc=times,
        received_at_utc=received,
        logged_at_utc=times,
        track_uid=st.just(track_uid),
        position=st.none() | POSITIONS,
        position_form=st.none() | st.sampled_from(PositionForm),
        as_received=TEXTS,
        error_m=numbers,
        source=st.sampled_from(SourceKind),
        source_name=TEXTS,
        grade=TEXTS,
        course_deg=numbers,
        speed_kn=numbers,
        people=st.none() | people,
        boat_type=st.none() | st.sampled_from(BoatType),
        caller=TEXTS,
        logged_by=TEXTS,
    )
