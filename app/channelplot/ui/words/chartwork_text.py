"""What the plot answers of one craft, in lines: where it is, and whose waters those are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from channelplot.analysis.answers import Answers
from channelplot.analysis.coast_changes import CoastChange
from channelplot.analysis.dead_reckoning import PositionKind, Reckoned, Reckoning, Supposition
from channelplot.analysis.drift import Conditions, Stream, Wind, carried_at
from channelplot.analysis.error_model import ErrorModel
from channelplot.analysis.expected import FIXES_RECKONED_FROM, RECKONED_WITHIN
from channelplot.analysis.fix_off import FixOff
from channelplot.analysis.overdue import UsualIntervals
from channelplot.analysis.passage import HORIZON
from channelplot.analysis.sar_regions import SarChange, SarRegion
from channelplot.analysis.whose_waters import WatersChange, WhoseWaters
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import (
    Notation,
    bearing_text,
    distance_text,
    duration_text,
    position_text,
    speed_text,
)
from channelplot.geodesy.units import mps_from_kn, nm_from_m
from channelplot.model.codes import ReckoningRule
from channelplot.model.plot import Plot
from channelplot.ui.chartwork_row import (
    EMPTY,
    UNBROKEN,
    WARNING_SIGN,
    Cell,
    Row,
    Section,
    Tone,
    heading,
    number,
    sentence,
)
from channelplot.ui.words.time_text import time_text
from channelplot.ui.words.waters_text import (
    answer_text,
    basis_text,
    boundary_beside_text,
    coast_change_text,
    disputed_text,
    limit_text,
    no_region_text,
    told_point,
    waters_of_text,
    worth_text,
)

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Wording:
    """What answers are worded with: the plot they are of, the time it is, how positions are shown.

    is_now: they are asked for now, not for a time that was chosen. usual: how long a desk
    waits for craft without an interval of their own.
    """

    plot: Plot
    now_utc: datetime
    notation: Notation
    model: ErrorModel
    is_now: bool
    usual: UsualIntervals

    def time(self, at_utc: datetime) -> str:
        """Return a time as ``0334Z``, with its day where that could be in doubt."""
        return time_text(at_utc, lambda: self.now_utc)

    def position(self, position: Position) -> str:
        """Return a position in the desk's notation."""
        return position_text(position, notation=self.notation)

    def unbroken(self, position: Position) -> str:
        """Return a position for the details of a line, which has it in one line."""
        return self.position(position).replace(" ", UNBROKEN)

    def name(self, track_uid: str) -> str:
        """Return the name of a craft."""
        track = self.plot.tracks.get(track_uid)
        return "?" if track is None else track.name


def position_rows(answers: Answers, wording: Wording) -> Iterator[Row]:
    """Yield where the craft is as reckoned, and where it would be adrift."""
    yield heading(Section.POSITION, translate("Chartwork", "Position"))
    reckoned, reckoning = answers.reckoned, answers.reckoning
    if reckoned is None or reckoning is None:
        yield sentence(Section.POSITION, "none", _no_position_text(answers, wording))
        return
    lead = f"{position_kind_text(reckoned.kind)} {wording.time(answers.at_utc)}"
    yield _position_row("reckoned", lead, reckoned, _by_text(reckoned, reckoning, wording), wording)
    if answers.adrift is not None:
        drift = _drift_text(answers.adrift, reckoning.conditions)
        by = ", ".join(filter(None, (drift, _run_text(answers.adrift, wording))))
        lead = translate("Chartwork", "If adrift")
        yield _position_row("adrift", lead, answers.adrift, by, wording)
    if answers.fix_off is not None:
        yield _fix_off_row(answers.fix_off, wording)


def waters_rows(answers: Answers, wording: Wording) -> Iterator[Row]:
    """Yield whose waters the craft is in, when that changes, and its search and rescue region."""
    waters, reckoned = answers.waters, answers.reckoned
    if waters is None or reckoned is None:
        return
    yield heading(Section.WATERS, translate("Chartwork", "Waters"))
    at = translate("Chartwork", "Now") if wording.is_now else wording.time(answers.at_utc)
    yield _waters_row("here", at, waters, wording)
    adrift = answers.waters_adrift
    if adrift is not None:
        yield _waters_row("there", translate("Chartwork", "If adrift"), adrift, wording)
    yield from _change_rows(answers, reckoned, wording)
    yield from _sar_rows(answers, answers.sar, wording)


def supposed_text(supposition: Supposition, wording_time: str = "") -> str:
    """Return what an operator supposes of a craft; nothing if that is nothing.

    ``300.7°T 5.04 kn through the water, adrift since 0340Z``. wording_time: the time it has been
    adrift since, in words.
    """
    said = []
    stated = supposition.stated
    if stated is not None:
        motion = f"{bearing_text(stated.course_deg)} {speed_text(mps_from_kn(stated.speed_kn))}"
        through = {
            "water": translate("Chartwork", "{motion} through the water"),
            "ground": translate("Chartwork", "{motion} over the ground"),
        }[stated.reference]
        said.append(through.format(motion=motion))
    fixes, within = supposition.fixes_reckoned_from, supposition.reckoned_within
    if (fixes, within) != (FIXES_RECKONED_FROM, RECKONED_WITHIN) and stated is None:
        said.append(
            translate("Chartwork", "by the last {number} fixes within {duration}").format(
                number=fixes, duration=duration_text(within.total_seconds())
            )
        )
    if supposition.drifts_from_utc is not None:
        said.append(translate("Chartwork", "adrift since {time}").format(time=wording_time))
    return ", ".join(said)


def conditions_text(stream: Stream | None, wind: Wind | None) -> str:
    """Return stream and wind as ``stream 060.0°T 1.9 kn, wind from 290.0°T 14 kn, leeway 4 %``."""
    said = []
    if stream is not None:
        said.append(
            translate("Chartwork", "stream {set} {rate} kn").format(
                set=_whole_text(stream.set_deg), rate=f"{stream.rate_kn:g}"
            )
        )
    if wind is not None:
        said.append(
            translate("Chartwork", "wind from {direction} {speed} kn, leeway {percent} %").format(
                direction=_whole_text(wind.from_deg),
                speed=f"{wind.speed_kn:g}",
                percent=f"{wind.leeway_percent:g}",
            )
        )
    return ", ".join(said)


def motion_text(course_deg: float | None, speed_mps: float) -> str:
    """Return course and speed as ``300.7°T 5.04 kn``, without a course the speed alone."""
    course = [] if course_deg is None else [bearing_text(course_deg)]
    return " ".join([*course, speed_text(speed_mps)])


def _whole_text(bearing_deg: float) -> str:
    """Return a bearing that was given to a degree as it was given: ``060°T``."""
    return bearing_text(bearing_deg, 0 if bearing_deg.is_integer() else 1)


def _position_row(key: str, lead: str, reckoned: Reckoned, by: str, wording: Wording) -> Row:
    radius = translate("Chartwork", "± {radius} NM").format(
        radius=f"{nm_from_m(reckoned.radius_m):.2f}"
    )
    tone = Tone.FAINT
    if reckoned.outside_s > 0.0:
        tone = Tone.WARNING
        late = translate(
            "Chartwork", "{warning} stream or wind reckoned with {duration} outside its time"
        )
        late = late.format(warning=WARNING_SIGN, duration=duration_text(reckoned.outside_s))
        by = f"{by}\n{late}"
    if reckoned.is_stream_missing:
        tone = Tone.WARNING
        missing = translate("Chartwork", "{warning} no stream given: reckoned as over the ground")
        if reckoned.kind is PositionKind.EP:
            missing = translate("Chartwork", "{warning} no stream given: reckoned by wind alone")
        by = f"{by}\n{missing.format(warning=WARNING_SIGN)}"
    return Row(
        key=f"position/{key}",
        section=Section.POSITION,
        cells=(
            Cell(lead),
            Cell(wording.position(reckoned.position), Tone.STRONG),
            number(radius),
        ),
        detail=by,
        detail_tone=tone,
        tip=translate("Chartwork", "The error circle holds it half of the time"),
    )


def _fix_off_row(off: FixOff, wording: Wording) -> Row:
    """Return how far the reckoning was off when the last fix came: ``0.21 NM 269°T from EP``."""
    bearing = [] if off.bearing_deg is None else [bearing_text(off.bearing_deg, 0)]
    text = translate("Chartwork", "{time} fix {off} from {kind}").format(
        time=wording.time(off.fix.observed_at_utc),
        off=" ".join([distance_text(off.distance_m), *bearing]),
        kind=position_kind_text(off.reckoned.kind),
    )
    return sentence(Section.POSITION, "off", text)


def position_kind_text(kind: PositionKind) -> str:
    """Return what a position is: ``Fix``, ``DR``, ``EP``."""
    return {
        PositionKind.FIX: translate("Chartwork", "Fix"),
        PositionKind.DR: translate("Chartwork", "DR"),
        PositionKind.EP: translate("Chartwork", "EP"),
    }[kind]


def _no_position_text(answers: Answers, wording: Wording) -> str:
    fixes = answers.track.fixes
    if not fixes:
        return translate("Chartwork", "{name} has no position yet.").format(name=answers.track.name)
    return translate(
        "Chartwork", "No position by {time}: the first of {name} was observed at {first}."
    ).format(
        time=wording.time(answers.at_utc),
        name=answers.track.name,
        first=wording.time(fixes[0].observed_at_utc),
    )


def _by_text(reckoned: Reckoned, reckoning: Reckoning, wording: Wording) -> str:
    """Return by which rule and from which fix a craft was reckoned."""
    rule, motion = reckoned.rule, motion_text(reckoned.course_deg, reckoned.speed_mps)
    if rule is ReckoningRule.MADE_GOOD:
        by = translate("Chartwork", "{motion} made good over {number} fixes").format(
            motion=motion, number=len(reckoned.fixes)
        )
    elif rule is ReckoningRule.REPORTED:
        by = translate("Chartwork", "{motion} as reported").format(motion=motion)
    elif rule is ReckoningRule.STATED:
        by = translate("Chartwork", "{motion} over the ground, as supposed").format(motion=motion)
    elif rule is ReckoningRule.DRIFT:
        by = _drift_text(reckoned, reckoning.conditions)
    elif rule is ReckoningRule.STOPPED:
        by = translate("Chartwork", "stopped, no stream or wind given: it stays")
    else:
        by = translate("Chartwork", "no motion known: it stays")
    return ", ".join(filter(None, (by, _run_text(reckoned, wording))))


def _drift_text(reckoned: Reckoned, conditions: Conditions | None) -> str:
    motion = motion_text(reckoned.course_deg, reckoned.speed_mps)
    if conditions is None:
        return motion
    carried = carried_at(conditions, reckoned.at_utc)
    return translate("Chartwork", "drift {motion} by {conditions}").format(
        motion=motion, conditions=conditions_text(carried.stream, carried.wind)
    )


def _run_text(reckoned: Reckoned, wording: Wording) -> str:
    """Return how far it is from the last fix and how old that is; at the fix, that it is one."""
    age_s = (reckoned.at_utc - reckoned.fix.observed_at_utc).total_seconds()
    fix = wording.time(reckoned.fix.observed_at_utc)
    if age_s <= 0.0:
        return translate("Chartwork", "the fix of {time}").format(time=fix)
    return translate("Chartwork", "{run} in {age} from the fix of {time}").format(
        run=distance_text(reckoned.run_m), age=duration_text(age_s), time=fix
    )


def _waters_row(key: str, lead: str, waters: WhoseWaters, wording: Wording) -> Row:
    told = told_point(waters)
    return Row(
        key=f"waters/{key}",
        section=Section.WATERS,
        cells=(
            Cell(lead),
            Cell(answer_text(waters), Tone.STRONG if waters.is_legal else Tone.WARNING),
            number(distance_text(told.distance_m)),
            number("" if told.bearing_deg is None else bearing_text(told.bearing_deg)),
        ),
        detail=", ".join(
            filter(
                None,
                (
                    basis_text(waters),
                    worth_text(waters.is_legal),
                    disputed_text(waters),
                    wording.unbroken(told.position),
                    boundary_beside_text(waters),
                ),
            )
        ),
    )


def _change_rows(answers: Answers, reckoned: Reckoned, wording: Wording) -> Iterator[Row]:
    """Yield the next change of waters under way, and adrift."""
    under_way, if_adrift = (
        translate("Chartwork", "Under way"),
        translate("Chartwork", "If adrift"),
    )
    rule = reckoned.rule
    if rule is ReckoningRule.STOPPED:
        lead = translate("Chartwork", "Stopped")
        unknown = translate("Chartwork", "no stream or wind given")
        yield _unknown_row("stopped", lead, unknown)
    elif rule is ReckoningRule.DRIFT:
        lead = translate("Chartwork", "Adrift")
        yield _change_row("adrift", lead, answers.change_adrift, answers.at_utc, wording)
    elif rule is ReckoningRule.LAST_FIX:
        yield _unknown_row("under_way", under_way, translate("Chartwork", "no motion known"))
    else:
        change = answers.change_under_way
        yield _change_row("under_way", under_way, change, answers.at_utc, wording)
    if answers.adrift is not None:
        change = answers.change_adrift
        yield _change_row("if_adrift", if_adrift, change, answers.at_utc, wording)


def _change_row(
    key: str,
    lead: str,
    change: WatersChange | CoastChange | None,
    at_utc: datetime,
    wording: Wording,
) -> Row:
    if change is None:
        until = wording.time(at_utc + HORIZON)
        said = translate("Chartwork", "no change of waters predicted by {time}").format(time=until)
        return Row(
            key=f"waters/{key}", section=Section.WATERS, cells=(Cell(lead), EMPTY), detail=said
        )
    into = translate("Chartwork", "{waters} {time}").format(
        waters=waters_of_text(change.to_state), time=wording.time(change.at_utc)
    )
    return Row(
        key=f"waters/{key}",
        section=Section.WATERS,
        cells=(
            Cell(lead),
            Cell(into, Tone.WARNING if isinstance(change, CoastChange) else Tone.STRONG),
            number(duration_text((change.at_utc - at_utc).total_seconds())),
            number(translate("Chartwork", "predicted")),
        ),
        detail=_crossing_text(change, wording),
        tip=_way_there_text(change),
    )


def _way_there_text(change: WatersChange | CoastChange | SarChange) -> str:
    """Return how far it goes until it crosses a limit, and on which course: ``2.87 NM 300.7°T``."""
    course = [] if change.course_deg is None else [bearing_text(change.course_deg)]
    return " ".join([distance_text(change.run_m), *course])


def _crossing_text(change: WatersChange | CoastChange | SarChange, wording: Wording) -> str:
    """Return which limit is crossed, what it is worth, and where."""
    if isinstance(change, CoastChange):
        by, is_legal = coast_change_text(change), False
    else:
        by, is_legal = limit_text(change.limit_code, change.limit_name), change.is_legal
    return f"{by}, {worth_text(is_legal)}, {wording.unbroken(change.position)}"


def _unknown_row(key: str, lead: str, said: str) -> Row:
    return Row(
        key=f"waters/{key}",
        section=Section.WATERS,
        cells=(Cell(lead), Cell(said, Tone.FAINT), EMPTY, EMPTY),
    )


def _sar_rows(answers: Answers, sar: SarRegion | None, wording: Wording) -> Iterator[Row]:
    lead = translate("Chartwork", "SAR")
    if sar is None:
        yield _unknown_row("sar", lead, no_region_text())
    else:
        yield _sar_row(lead, sar)
    if answers.sar_change is not None:
        change = answers.sar_change
        into = translate("Chartwork", "{region} {time}").format(
            region=change.to_region or no_region_text(),
            time=wording.time(change.at_utc),
        )
        yield Row(
            key="waters/sar_change",
            section=Section.WATERS,
            cells=(
                Cell(translate("Chartwork", "SAR next")),
                Cell(into, Tone.STRONG),
                number(duration_text((change.at_utc - answers.at_utc).total_seconds())),
                number(translate("Chartwork", "predicted")),
            ),
            detail=_crossing_text(change, wording),
            tip=_way_there_text(change),
        )


def _sar_row(lead: str, sar: SarRegion) -> Row:
    return Row(
        key="waters/sar",
        section=Section.WATERS,
        cells=(
            Cell(lead),
            Cell(sar.name, Tone.STRONG if sar.is_legal else Tone.WARNING),
            number(distance_text(sar.distance_m)),
            number("" if sar.bearing_deg is None else bearing_text(sar.bearing_deg)),
        ),
        detail=f"{sar.limit_name}, {worth_text(sar.is_legal)}",
    )
