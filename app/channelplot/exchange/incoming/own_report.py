"""A report from the fields that this program writes into the files of other formats."""

from channelplot.exchange.fields import FieldReader, Texts
from channelplot.exchange.incoming.found import FoundReport
from channelplot.exchange.incoming.holdable import MOST_ERROR_M
from channelplot.model.codes import BoatType, PositionForm, ReportKind, SourceKind
from channelplot.reading.motion import FASTEST_KN


def found_report(texts: Texts, line: int, track: str) -> FoundReport:
    """Return the report of fields (``REPORT_FIELDS``). Raises FieldRefused."""
    read = FieldReader(texts)
    return FoundReport(
        line=line,
        track=track,
        uid=read.uid("uid"),
        kind=read.code("kind", ReportKind) or ReportKind.POSITION,
        observed_at_utc=read.required_time("observed_at_utc"),
        received_at_utc=read.time("received_at_utc"),
        logged_at_utc=read.time("logged_at_utc"),
        position=read.position(),
        position_form=read.code("position_form", PositionForm),
        as_received=read.text("as_received"),
        error_m=read.number("error_m", most=MOST_ERROR_M),
        source=read.code("source", SourceKind) or SourceKind.UNKNOWN,
        source_name=read.text("source_name"),
        grade=read.text("grade"),
        course_deg=read.number("course_deg"),
        speed_kn=read.number("speed_kn", most=FASTEST_KN),
        people=read.people(),
        boat_type=read.code("boat_type", BoatType),
        caller=read.text("caller"),
        logged_by=read.text("logged_by"),
    )
