"""What ``channelplot plot`` tells a program of a line: keys and values for JSON."""

from datetime import datetime

from channelplot.cli.plot_words import choice_text
from channelplot.geodesy.units import kn_from_mps
from channelplot.model.codes import BoatType, SourceKind
from channelplot.model.people import PeopleCount
from channelplot.reading.values import (
    CallerReading,
    Choice,
    Fault,
    LineReading,
    PositionReading,
    Span,
    Target,
    TargetKind,
    TimeReading,
)
from channelplot.store.times import time_text
from channelplot.tools.line_draft import LineQuestion, LineView
from channelplot.ui.words.line_messages import fault_text, question_text

Record = dict[str, object]
"""None for what was not said."""


def line_record(view: LineView, now_utc: datetime) -> Record:
    """Return how a line is read, or what is asked of it, or why it is refused."""
    told = view.line.received
    heard: Record = {
        "as_received": view.line.text.strip(),
        "received_at_utc": time_text(told.at_utc if told is not None else now_utc),
    }
    if view.fault is not None:
        return {"refused": _fault_record(view.fault, view.line), **heard}
    if view.question is not None:
        return {"question": _question_record(view, view.question, now_utc), **heard}
    return {**reading_record(view), **heard}


def reading_record(view: LineView) -> Record:
    """Return everything that is read in a line.

    In degrees, metres, knots and UTC; bearings and courses are true. craft: of the track that
    the report goes to, else what the line says. status: which the report gives that track, None for
    none. caller: in full. log: the words of a line of the
    watch log, which has no position or time of its own; track is what it is about.
    """
    line, near, leg = view.line, view.nearest, view.leg
    is_report = line.mark is None and line.log is None
    leg_speed_mps = None if leg is None else leg.speed_mps
    craft = view.craft or line.craft
    return {
        **_position_record(line.position),
        **_time_record(line.time if is_report else None),
        "course_deg": line.course_deg,
        "course_variation_deg": line.course_variation_deg,
        "speed_kn": line.speed_kn,
        **_people_record(line.people),
        "source": None if line.source is SourceKind.UNKNOWN else line.source.value,
        "source_name": line.source_name or None,
        "grade": line.grade or None,
        "caller": line.caller or None,
        "called_before": [_call_record(call) for call in view.called_before] or None,
        "kind": line.kind.value if is_report else None,
        "craft": craft.value if craft and is_report else None,
        "boat_type": None if view.boat_type is None else view.boat_type.value,
        "track": view.track_name or None,
        "is_new_track": view.is_new_track,
        "status": None if view.status is None else view.status.value,
        "leg_from_utc": _time(view.leg_from_utc),
        "leg_course_deg": None if leg is None else leg.course_deg,
        "leg_distance_m": None if leg is None else leg.distance_m,
        "leg_speed_kn": None if leg_speed_mps is None else kn_from_mps(leg_speed_mps),
        "nearest_mark": None if near is None else near.name,
        "nearest_mark_code": None if near is None else near.code,
        "nearest_mark_bearing_deg": None if near is None else near.bearing_deg,
        "nearest_mark_distance_m": None if near is None else near.distance_m,
        "mark_code": None if line.mark is None else line.mark.code,
        "mark_name": None if line.mark is None else line.mark.name,
        "log": line.log,
        "words": line.words or None,
    }


def _fault_record(fault: Fault, line: LineReading) -> Record:
    return {"code": fault.code.value, "text": fault_text(fault), **_place(fault.span, line)}


def _question_record(view: LineView, question: LineQuestion, now_utc: datetime) -> Record:
    readings = [
        {
            "number": number,
            "text": choice_text(choice, question, now_utc),
            **_choice_record(choice, view),
        }
        for number, choice in enumerate(question.choices, 1)
    ]
    return {
        "code": question.code,
        "text": question_text(question),
        **_place(question.span, view.line),
        "readings": readings,
    }


def _choice_record(choice: Choice, view: LineView) -> Record:
    if isinstance(choice, PositionReading):
        return _position_record(choice)
    if isinstance(choice, TimeReading):
        return _time_record(choice)
    if isinstance(choice, PeopleCount):
        return _people_record(choice)
    if isinstance(choice, Target):
        is_new = choice.kind is TargetKind.NEW
        return {"track": choice.name or None, "is_new_track": is_new}
    if isinstance(choice, CallerReading):
        return _call_record(choice)
    if isinstance(choice, BoatType):
        return {"boat_type": choice.value}
    if isinstance(choice, SourceKind):
        return {"source": choice.value}
    # The line as it is: all of it, once nothing else is asked.
    return _position_record(None) if view.line.questions else reading_record(view)


def _call_record(call: CallerReading) -> Record:
    return {
        "caller": call.caller,
        "observed_at_utc": _time(call.at_utc),
        "track": call.track_name or None,
    }


def _place(span: Span | None, line: LineReading) -> Record:
    if span is None:
        return {"start": None, "end": None, "piece": None}
    return {"start": span.start, "end": span.end, "piece": line.text[span.start : span.end]}


def _position_record(reading: PositionReading | None) -> Record:
    if reading is None:
        names = (
            "lon_deg", "lat_deg", "position_form", "error_m", "origin", "origin_at_utc",
            "origin_bearing_deg", "origin_distance_m", "origin_variation_deg",
        )  # fmt: skip
        return dict.fromkeys(names)
    return {
        "lon_deg": reading.position.lon_deg,
        "lat_deg": reading.position.lat_deg,
        "position_form": reading.form.value,
        "error_m": reading.error_m,
        "origin": reading.origin or None,
        "origin_at_utc": _time(reading.origin_at_utc),
        "origin_bearing_deg": reading.bearing_deg,
        "origin_distance_m": reading.distance_m,
        "origin_variation_deg": reading.variation_deg,
    }


def _time_record(reading: TimeReading | None) -> Record:
    if reading is None:
        return dict.fromkeys(("observed_at_utc", "time_form", "time_zone", "is_day_before"))
    return {
        "observed_at_utc": time_text(reading.at_utc),
        "time_form": reading.form.value,
        "time_zone": reading.zone,
        "is_day_before": reading.is_day_before,
    }


def _people_record(people: PeopleCount | None) -> Record:
    return {
        "people_total": None if people is None else people.total,
        "people_men": None if people is None else people.men,
        "people_women": None if people is None else people.women,
        "people_children": None if people is None else people.children,
        "people_medical": None if people is None else people.medical,
        "people_deceased": None if people is None else people.deceased,
        "people_missing": None if people is None else people.missing,
        "people_is_estimate": None if people is None else people.is_estimate,
        "people_basis": None if people is None else people.basis.value,
    }


def _time(moment_utc: datetime | None) -> str | None:
    return None if moment_utc is None else time_text(moment_utc)
