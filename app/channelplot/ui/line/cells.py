"""What each cell of the read-back says, in words and figures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.analysis.legs import Leg
from channelplot.chart.wording import (
    boat_type_text,
    craft_text,
    kind_text,
    source_text,
    status_given_text,
)
from channelplot.geodesy.text import (
    Notation,
    bearing_text,
    date_time_group,
    day_text,
    distance_text,
    duration_text,
    fr_text,
    position_text,
    speed_text,
    uk_text,
    zulu_text,
)
from channelplot.geodesy.units import nm_from_m
from channelplot.model.caller import report_meant
from channelplot.model.codes import BoatType, CountBasis, PositionForm, ReportKind, SourceKind
from channelplot.model.people import PeopleCount
from channelplot.reading.values import (
    CallerReading,
    Field,
    LineReading,
    PositionReading,
    Target,
    TargetKind,
    TimeForm,
    TimeReading,
)
from channelplot.tools.line_draft import LineView
from channelplot.ui.words.said_before import (
    call_text,
    called_before_text,
    closed_text,
    is_phone,
    same_as_texts,
)
from channelplot.ui.words.waters_text import waters_text

translate: Final = QCoreApplication.translate
WORTH_TELLING: Final = timedelta(minutes=1)
"""A time so far from now is shown with how long ago it was."""
IN_DAYS: Final = timedelta(days=2)
"""From here on a duration is told in days."""
MILES_FROM_M: Final = 1000.0
"""Errors are in metres up to here, in miles from here on."""


class Cell(StrEnum):
    """The cells, in the order they stand."""

    POSITION = "position"
    FORM = "form"
    NEAREST = "nearest"
    TIME = "time"
    MOTION = "motion"
    PEOPLE = "people"
    SOURCE = "source"
    TRACK = "track"
    WORDS = "words"
    WATERS = "waters"


@dataclass(frozen=True, slots=True)
class CellText:
    """What a cell shows: a value and a second line for what qualifies it.

    is_doubtful: the second line says something that an operator must not miss.
    """

    value: str = ""
    detail: str = ""
    is_doubtful: bool = False
    tooltip: str = ""


_CAPTIONS: Final[Mapping[Cell, object]] = {
    Cell.POSITION: QT_TRANSLATE_NOOP("PlotLine", "Position"),
    Cell.FORM: QT_TRANSLATE_NOOP("PlotLine", "Read as"),
    Cell.NEAREST: QT_TRANSLATE_NOOP("PlotLine", "From the nearest mark"),
    Cell.TIME: QT_TRANSLATE_NOOP("PlotLine", "Time"),
    Cell.MOTION: QT_TRANSLATE_NOOP("PlotLine", "Course, speed"),
    Cell.PEOPLE: QT_TRANSLATE_NOOP("PlotLine", "People"),
    Cell.SOURCE: QT_TRANSLATE_NOOP("PlotLine", "Source"),
    Cell.TRACK: QT_TRANSLATE_NOOP("PlotLine", "Track"),
    Cell.WORDS: QT_TRANSLATE_NOOP("PlotLine", "Words"),
    Cell.WATERS: QT_TRANSLATE_NOOP("PlotLine", "Waters"),
}
_FORMS: Final[Mapping[PositionForm, object]] = {
    PositionForm.DDM: QT_TRANSLATE_NOOP("PlotLine", "degrees, minutes"),
    PositionForm.DMS: QT_TRANSLATE_NOOP("PlotLine", "deg, min, seconds"),
    PositionForm.DECIMAL_DEGREES: QT_TRANSLATE_NOOP("PlotLine", "decimal degrees"),
    PositionForm.MGRS: QT_TRANSLATE_NOOP("PlotLine", "MGRS"),
    PositionForm.UTM: QT_TRANSLATE_NOOP("PlotLine", "UTM"),
    PositionForm.BEARING_DISTANCE: QT_TRANSLATE_NOOP("PlotLine", "bearing, distance"),
    PositionForm.RELATIVE: QT_TRANSLATE_NOOP("PlotLine", "from a track"),
    PositionForm.MARK: QT_TRANSLATE_NOOP("PlotLine", "a name"),
    PositionForm.BEARINGS: QT_TRANSLATE_NOOP("PlotLine", "bearings"),
    PositionForm.POINTED: QT_TRANSLATE_NOOP("PlotLine", "pointed at"),
    PositionForm.IMPORTED: QT_TRANSLATE_NOOP("PlotLine", "imported"),
}
_PARTS: Final[Mapping[str, tuple[object, object]]] = {
    "children": (
        QT_TRANSLATE_NOOP("PlotLine", "1 child"),
        QT_TRANSLATE_NOOP("PlotLine", "{n} children"),
    ),
    "men": (QT_TRANSLATE_NOOP("PlotLine", "1 man"), QT_TRANSLATE_NOOP("PlotLine", "{n} men")),
    "women": (
        QT_TRANSLATE_NOOP("PlotLine", "1 woman"),
        QT_TRANSLATE_NOOP("PlotLine", "{n} women"),
    ),
    "medical": (
        QT_TRANSLATE_NOOP("PlotLine", "1 medical case"),
        QT_TRANSLATE_NOOP("PlotLine", "{n} medical cases"),
    ),
    "deceased": (
        QT_TRANSLATE_NOOP("PlotLine", "1 deceased"),
        QT_TRANSLATE_NOOP("PlotLine", "{n} deceased"),
    ),
    "missing": (
        QT_TRANSLATE_NOOP("PlotLine", "1 missing"),
        QT_TRANSLATE_NOOP("PlotLine", "{n} missing"),
    ),
}
"""Children first: in a narrow window the end of the line is cut."""


def _worded(marked: object) -> str:
    """Return the translation of a text marked above (Qt types the mark as an object)."""
    return translate("PlotLine", str(marked))


def caption_text(cell: Cell) -> str:
    """Return the words that stand over a cell: ``From the nearest mark``."""
    return _worded(_CAPTIONS[cell])


def form_text(form: PositionForm) -> str:
    """Return the words for the form a position was given in: ``decimal degrees``."""
    return _worded(_FORMS[form])


def error_radius_text(error_m: float) -> str:
    """Return how far off a position may be: ``±13 m``, from 1,000 m on ``±0.64 NM``."""
    if error_m < MILES_FROM_M:
        return f"±{max(error_m, 1.0):.0f} m"
    return f"±{nm_from_m(error_m):.2f} NM"


def cell_texts(
    view: LineView, now_utc: datetime, notation: Notation, *, is_in_sight: bool
) -> dict[Cell, CellText]:
    """Return what every cell shows of a line that is not empty.

    is_in_sight: the position lies in the part of the chart that shows.
    """
    line = view.line
    return {
        Cell.POSITION: _position(line.position, notation, is_in_sight=is_in_sight),
        Cell.FORM: _form(line.position),
        Cell.NEAREST: _nearest(view),
        Cell.TIME: _time(line, now_utc),
        Cell.MOTION: _motion(view),
        Cell.PEOPLE: people_cell(line.people),
        Cell.SOURCE: _source(view),
        Cell.TRACK: _track(view),
        Cell.WORDS: CellText(line.words if line.log is None else line.log),
        Cell.WATERS: _waters(view),
    }


def _time(line: LineReading, now_utc: datetime) -> CellText:
    """Return when it was seen, and when we were told if the line says so.

    Nothing for a mark, nor where a time could not be read: another must not stand there.
    """
    if line.mark is not None or any(fault.field is Field.TIME for fault in line.faults):
        return CellText()
    cell = time_cell(line.time, now_utc)
    if line.received is None:
        return cell
    told = translate("PlotLine", "told {time}").format(time=zulu_text(line.received.at_utc))
    return replace(cell, detail=f"{cell.detail} · {told}" if cell.detail else told)


def position_cell(reading: PositionReading, notation: Notation = Notation.DDM) -> CellText:
    """Return a position and how it was read."""
    text = position_text(reading.position, notation=notation)
    return CellText(text, _form_and_error(reading))


def time_cell(time: TimeReading, now_utc: datetime) -> CellText:
    """Return a time on three clocks, its day where that is not today's, and how long ago it was."""
    at_utc = time.at_utc
    clocks = f"{zulu_text(at_utc)} {uk_text(at_utc)} {fr_text(at_utc)}"
    if time.form is TimeForm.UNSAID:
        return CellText(
            clocks, translate("PlotLine", "not said: now"), tooltip=date_time_group(at_utc)
        )
    lag = now_utc - at_utc
    said = []
    is_other_day = at_utc.date() != now_utc.date()
    if at_utc.date() == now_utc.date() - timedelta(days=1):
        said.append(translate("PlotLine", "yesterday"))
    elif is_other_day:
        said.append(day_text(at_utc))
    if lag >= WORTH_TELLING:
        said.append(translate("PlotLine", "{duration} ago").format(duration=_duration(lag)))
    elif -lag >= WORTH_TELLING:
        said.append(translate("PlotLine", "{duration} ahead").format(duration=_duration(-lag)))
    return CellText(
        clocks,
        " · ".join(said) or translate("PlotLine", "now"),
        is_doubtful=is_other_day or time.is_day_before or -lag >= WORTH_TELLING,
        tooltip=date_time_group(at_utc),
    )


def people_cell(people: PeopleCount | None) -> CellText:
    """Return a number of people, whether told or counted, and who they are."""
    if people is None:
        return CellText()
    if people.total is None:
        value = translate("PlotLine", "no total")
    elif people.is_estimate:
        value = translate("PlotLine", "{total} est").format(total=people.total)
    else:
        value = str(people.total)
    if people.basis is CountBasis.COUNTED:
        value = translate("PlotLine", "{people} counted").format(people=value)
    parts = []
    for name, (one, more) in _PARTS.items():
        number: int | None = getattr(people, name)
        if number is not None:
            parts.append(_worded(one if number == 1 else more).format(n=number))
    return CellText(value, ", ".join(parts))


def leg_text(leg: Leg) -> str:
    """Return a leg as ``308.5°T 1.27 NM 4.23 kn``, without what it has not."""
    course = [] if leg.course_deg is None else [bearing_text(leg.course_deg)]
    speed = [] if leg.speed_mps is None else [speed_text(leg.speed_mps)]
    return " ".join([*course, distance_text(leg.distance_m), *speed])


def target_cell(target: Target) -> CellText:
    """Return a track that a report may go to, as a choice, and what it was closed as."""
    if target.kind is TargetKind.TRACK:
        return CellText(
            translate("PlotLine", "It is {track}'s").format(track=target.name), closed_text(target)
        )
    return CellText(translate("PlotLine", "It starts a new track"))


def caller_cell(caller: CallerReading) -> CellText:
    """Return whose call is meant, as a choice: when it was and of which boat."""
    assert caller.at_utc is not None, "a call that is offered has a time"
    is_said = report_meant(caller.caller) is None
    return CellText(call_text(caller, caller.at_utc), caller.caller if is_said else "")


def boat_or_source_cell(choice: BoatType | SourceKind) -> CellText:
    """Return what a word for a boat may mean, as a choice: the boat itself, or who told us."""
    if isinstance(choice, BoatType):
        return CellText(translate("PlotLine", "It is the boat"), boat_type_text(choice))
    return CellText(translate("PlotLine", "It told us"), source_text(choice))


def goes_to_text(view: LineView) -> str:
    """Return where a report goes: ``A``, ``new B, inflatable``, ``no track``."""
    if not view.track_name:
        return translate("PlotLine", "no track") if view.line.target.kind is TargetKind.NONE else ""
    if not view.is_new_track:
        return view.track_name
    if view.craft is None:
        return translate("PlotLine", "new {name}").format(name=view.track_name)
    looks = craft_text(view.craft) if view.boat_type is None else boat_type_text(view.boat_type)
    return translate("PlotLine", "new {name}, {craft}").format(name=view.track_name, craft=looks)


def _position(
    reading: PositionReading | None, notation: Notation, *, is_in_sight: bool
) -> CellText:
    if reading is None:
        return CellText()
    other = "" if notation is Notation.DDM else position_text(reading.position, notation=notation)
    unseen = "" if is_in_sight else translate("PlotLine", "outside the view")
    return CellText(
        position_text(reading.position),
        " · ".join(filter(None, (other, unseen))),
        is_doubtful=not is_in_sight,
    )


def _form(reading: PositionReading | None) -> CellText:
    if reading is None:
        return CellText()
    value = form_text(reading.form)
    said = [] if reading.error_m is None else [error_radius_text(reading.error_m)]
    if reading.origin:
        at_utc = reading.origin_at_utc
        said.append(reading.origin if at_utc is None else f"{reading.origin} {zulu_text(at_utc)}")
    if reading.variation_deg is not None:
        said.append(_variation(reading.variation_deg))
    return CellText(value, " ".join(said))


def _form_and_error(reading: PositionReading) -> str:
    form = _form(reading)
    return f"{form.value} {form.detail}"


def _variation(variation_deg: float) -> str:
    """Return a magnetic variation as ``var 1.3°E``."""
    side = "W" if variation_deg < 0 else "E"
    return translate("PlotLine", "var {angle}").format(angle=f"{abs(variation_deg):.1f}°{side}")


def _nearest(view: LineView) -> CellText:
    near = view.nearest
    if near is None:
        return CellText()
    if near.bearing_deg is None:
        return CellText(translate("PlotLine", "on the spot"), near.name)
    return CellText(
        f"{bearing_text(near.bearing_deg)} {distance_text(near.distance_m)}",
        translate("PlotLine", "from {mark}").format(mark=near.name),
    )


def _waters(view: LineView) -> CellText:
    """Return whose waters, what that is worth, and the boundary, in full words."""
    if view.waters is None:
        return CellText()
    text = waters_text(view.waters)
    return CellText(text[:1].upper() + text[1:], is_doubtful=bool(view.waters.disputed_by))


def _motion(view: LineView) -> CellText:
    """Return course and speed, how they were given, and the status that follows from them."""
    line, said = view.line, list[str]()
    if line.course_deg is not None:
        said.append(bearing_text(line.course_deg, 0 if line.course_deg.is_integer() else 1))
    if line.speed_kn == 0.0:
        said.append(translate("PlotLine", "stopped"))
    elif line.speed_kn is not None:
        said.append(f"{line.speed_kn:g} kn")
    variation = line.course_variation_deg
    detail = (
        ""
        if variation is None
        else translate("PlotLine", "magnetic, {var}").format(var=_variation(variation))
    )
    status = status_given_text(view.status)
    return CellText(" ".join(said), " · ".join(filter(None, (detail, status))))


def _source(view: LineView) -> CellText:
    """Return who told us: what it is, its number or call sign; whether it has called before."""
    line = view.line
    said = [] if line.source is SourceKind.UNKNOWN else [source_text(line.source)]
    if report_meant(line.caller) is None and line.caller != line.source_name.upper():
        said.append(line.caller)
    rest = f"{line.source_name} · {line.grade}"
    if not (line.source_name and line.grade):
        grade = translate("PlotLine", "grade {grade}").format(grade=line.grade)
        rest = line.source_name or (grade if line.grade else "")
    calls = called_before_text(view)
    same = translate("PlotLine", "{calls}, same caller")
    if is_phone(line.caller):
        same = translate("PlotLine", "{calls}, same phone")
    before = [same.format(calls=calls)] if calls else []
    return CellText(
        " ".join(filter(None, said)), " · ".join(filter(None, (*before, rest))), bool(calls)
    )


def _track(view: LineView) -> CellText:
    line = view.line
    if line.mark is not None:
        return CellText(
            translate("PlotLine", "mark {code}").format(code=line.mark.code), line.mark.name
        )
    same_as = same_as_texts(view)
    if line.log is not None:
        about = translate("PlotLine", "about {track}").format(track=view.track_name)
        rest = (about if view.track_name else "", *same_as)
        return CellText(
            translate("PlotLine", "watch log"), " · ".join(filter(None, rest)), bool(same_as)
        )
    kind = [] if line.kind is ReportKind.POSITION else [kind_text(line.kind)]
    looks = [] if view.is_new_track or not view.boat_type else [boat_type_text(view.boat_type)]
    value = " · ".join(filter(None, (*kind, goes_to_text(view), *looks)))
    doubts = tuple(filter(None, (*same_as, closed_text(line.target))))
    if view.leg is None:
        return CellText(value, " · ".join(doubts), bool(doubts))
    leg = leg_text(view.leg)
    since = "" if view.leg_from_utc is None else zulu_text(view.leg_from_utc)
    return CellText(
        value,
        " · ".join((*doubts, leg)),
        bool(doubts),
        tooltip=translate("PlotLine", "{track}: {leg} from {time}").format(
            track=value, leg=leg, time=since
        ),
    )


def _duration(duration: timedelta) -> str:
    """Return a duration as ``35 min``, ``1 h 25`` or ``3 days``."""
    if duration < IN_DAYS:
        return duration_text(duration.total_seconds())
    return translate("PlotLine", "{n} days").format(n=duration.days)
