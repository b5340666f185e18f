"""What the plot answers of one craft, in lines: who is near, who can help, whence it came, legs."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Final

from PySide6.QtCore import QCoreApplication

from channelplot.analysis.answers import AnsweredLeg, Answers
from channelplot.analysis.back_track import Confidence, LaunchCandidate
from channelplot.analysis.closest_approach import Apart, Approaching, ClosestApproach
from channelplot.analysis.intercept import Intercept
from channelplot.analysis.legs import plausible_speed_of
from channelplot.analysis.whose_waters import WhoseWaters
from channelplot.chart.wording import state_letters
from channelplot.geodesy.text import (
    bearing_text,
    distance_text,
    duration_text,
    speed_text,
    zulu_seconds_text,
)
from channelplot.geodesy.units import METRES_PER_NM, SECONDS_PER_HOUR
from channelplot.model.plot import Plot
from channelplot.ui.chartwork_row import (
    EMPTY,
    WARNING_SIGN,
    Cell,
    Row,
    Section,
    Tone,
    faint,
    heading,
    number,
    sentence,
)
from channelplot.ui.words.chartwork_text import Wording

translate = QCoreApplication.translate
MOST_APPROACHES: Final = 5
MOST_BEACHES: Final = 5
BEST_BEACHES: Final = 3
"""Of those, so many are the likeliest; the others are the plot's own first: a desk put them in."""
MOST_LEGS: Final = 50
"""The latest; those before stand in the Reports panel."""
_CABLE_M: Final = METRES_PER_NM / 10.0


def letters_text(waters: WhoseWaters) -> str:
    """Return whose waters in a column: ``FR``, or ``FR?`` where that is indicative."""
    letters = state_letters(waters.state)
    return letters if waters.is_legal or waters.state is None else f"{letters}?"


def closest_rows(answers: Answers, wording: Wording) -> Iterator[Row]:
    """Yield how close the nearest other craft come."""
    if answers.reckoned is None:
        return
    titles = ("CPA", "", translate("Chartwork", "in"), translate("Chartwork", "at"))
    bears = translate("Chartwork", "bears")
    title = translate("Chartwork", "Closest")
    if answers.is_met_adrift:
        title = translate("Chartwork", "Closest, if adrift")
    yield heading(Section.CLOSEST, title, *titles, bears)
    for uid, approach in answers.approaches[:MOST_APPROACHES]:
        yield _approach_row(uid, approach, answers, wording)
    if not answers.approaches:
        said = translate("Chartwork", "No other open craft with a position of the last six hours.")
        yield sentence(Section.CLOSEST, "none", said)


def help_rows(answers: Answers, wording: Wording) -> Iterator[Row]:
    """Yield who can meet the craft, the soonest first; then those nobody knows the speed of."""
    if answers.reckoned is None:
        return
    titles = (
        translate("Chartwork", "course"),
        "",
        translate("Chartwork", "in"),
        translate("Chartwork", "ETA"),
        translate("Chartwork", "in waters"),
    )
    title = translate("Chartwork", "Nearest help")
    if answers.is_met_adrift:
        title = translate("Chartwork", "Nearest help, if adrift")
    yield heading(Section.HELP, title, *(titles if answers.intercepts else ()))
    for one in answers.intercepts:
        if one.asset.uid != answers.track.uid:
            yield _help_row(one, answers, wording)
    for uid in answers.without_speed:
        fixed, is_old = _fixed_text(uid, answers, wording)
        unknown = translate("Chartwork", "speed not known: give it in its record (F2)")
        yield faint(
            Row(
                key=f"help/{uid}",
                section=Section.HELP,
                cells=(Cell(wording.name(uid)), EMPTY, EMPTY, EMPTY, EMPTY, EMPTY),
                detail=f"{fixed}, {unknown}",
                detail_tone=Tone.WARNING if is_old else Tone.FAINT,
                track_uid=uid,
                name=wording.name(uid),
            )
        )
    if not (answers.intercepts or answers.without_speed):
        said = translate("Chartwork", "No rescue vessel, aircraft or ship with a position.")
        yield sentence(Section.HELP, "none", said)


def came_from_rows(answers: Answers, wording: Wording) -> Iterator[Row]:
    """Yield the beaches it may have left, the likeliest first."""
    if not answers.track.has_people:
        return
    yield heading(
        Section.CAME_FROM,
        translate("Chartwork", "Came from"),
        translate("Chartwork", "bearing"),
        "",
        translate("Chartwork", "off"),
        translate("Chartwork", "left"),
        "",
    )
    back = answers.back_track
    if back is None or not back.candidates:
        said = translate("Chartwork", "Two positions under way are needed to track it back.")
        yield sentence(Section.CAME_FROM, "none", said)
        return
    for one in _shown_beaches(back.candidates, wording.plot):
        yield _beach_row(one, wording)


def _shown_beaches(
    candidates: Sequence[LaunchCandidate], plot: Plot
) -> tuple[LaunchCandidate, ...]:
    """Return the beaches to show in their order: the likeliest, the plot's own, then others."""
    rest = candidates[BEST_BEACHES:]
    own = [one for one in rest if one.beach.uid in plot.beaches]
    others = [one for one in rest if one.beach.uid not in plot.beaches]
    chosen = [*candidates[:BEST_BEACHES], *own, *others][:MOST_BEACHES]
    uids = {one.beach.uid for one in chosen}
    return tuple(one for one in candidates if one.beach.uid in uids)


def leg_rows(answers: Answers, wording: Wording) -> Iterator[Row]:
    """Yield the run, what was made good, and each leg, the latest first."""
    if not answers.legs:
        return
    yield heading(
        Section.LEGS,
        translate("Chartwork", "Legs"),
        translate("Chartwork", "course"),
        "",
        "",
        "",
    )
    run, good = answers.run, answers.made_good
    if run is not None:
        speed = "" if run.speed_mps is None else speed_text(run.speed_mps)
        distance = distance_text(run.distance_m)
        yield _leg_cells_row(
            "run",
            translate("Chartwork", "Run, mean"),
            ("", distance, duration_text(run.duration_s), speed),
            Tone.STRONG,
        )
    if good is not None:
        cells = _leg_texts(AnsweredLeg(good, is_impossible=False))
        yield _leg_cells_row("good", translate("Chartwork", "Made good"), cells, Tone.STRONG)
    fixes = answers.track.fixes
    times = {fix.uid: wording.time(fix.observed_at_utc) for fix in fixes}
    for one in islice(reversed(answers.legs), MOST_LEGS):
        leg = one.leg
        yield _leg_row(one, f"{times[leg.from_uid]} – {times[leg.to_uid]}", answers, wording)
    left_out = len(answers.legs) - MOST_LEGS
    if left_out > 0:
        said = translate("Chartwork", "and {number} before: they stand in the Reports panel")
        yield sentence(Section.LEGS, "more", said.format(number=left_out))


def _approach_row(uid: str, approach: ClosestApproach, answers: Answers, wording: Wording) -> Row:
    name, now, closest = wording.name(uid), approach.now, approach.closest
    how = approach.approaching
    detail = translate("Chartwork", "{time}: {distance} {bearing}").format(
        time=wording.time(now.at_utc),
        distance=distance_text(now.distance_m),
        bearing=_bears_text(now),
    )
    if how in (Approaching.AHEAD, Approaching.CLOSING):
        cells = (
            number(distance_text(closest.distance_m), Tone.STRONG),
            number(_cables_text(closest.distance_m), may_go=True),
            number(_minutes_text(approach.tcpa_s)),
            number(wording.time(closest.at_utc)),
            number(_bears_text(closest)),
        )
        if how is Approaching.CLOSING:
            detail += ", " + translate("Chartwork", "still closing then")
    else:
        word = {
            Approaching.STEADY: translate("Chartwork", "steady"),
            Approaching.PAST: translate("Chartwork", "parting"),
            Approaching.PARTING: translate("Chartwork", "parting"),
        }[how]
        cells = (
            number(distance_text(now.distance_m)),
            number(_cables_text(now.distance_m), may_go=True),
            number(word),
            number(""),
            number(_bears_text(now)),
        )
        detail = ""
    if uid in answers.reckoned_adrift:
        adrift = translate("Chartwork", "{name} if adrift").format(name=name)
        detail = ", ".join(filter(None, (detail, adrift)))
    row = Row(
        key=f"closest/{uid}",
        section=Section.CLOSEST,
        cells=(Cell(name), *cells),
        detail=detail,
        track_uid=uid,
        name=name,
    )
    return row if how in (Approaching.AHEAD, Approaching.CLOSING) else faint(row)


def _minutes_text(duration_s: float) -> str:
    """Return a time to go as ``25.1 min``; from an hour on ``1 h 25``."""
    if duration_s >= SECONDS_PER_HOUR:
        return duration_text(duration_s)
    return translate("Chartwork", "{minutes} min").format(minutes=f"{duration_s / 60.0:.1f}")


def _bears_text(apart: Apart) -> str:
    return "" if apart.bearing_deg is None else bearing_text(apart.bearing_deg)


def _cables_text(distance_m: float) -> str:
    """Return a short distance in cables as well; nothing from a mile on."""
    if distance_m >= METRES_PER_NM:
        return ""
    return translate("Chartwork", "{cables} cables").format(cables=f"{distance_m / _CABLE_M:.1f}")


def _fixed_text(uid: str, answers: Answers, wording: Wording) -> tuple[str, bool]:
    """Return when a craft that could help was last fixed, and whether that is long ago.

    Longer than the time between two contacts with it.
    """
    fixed_utc = answers.fixed_at_utc[uid]
    text = translate("Chartwork", "fix {time}").format(time=wording.time(fixed_utc))
    age_s = (answers.at_utc - fixed_utc).total_seconds()
    track = wording.plot.tracks[uid]
    interval_min = track.contact_interval_min or wording.usual.for_status(track.status)
    if age_s <= timedelta(minutes=interval_min).total_seconds():
        return text, False
    old = translate("Chartwork", "{warning} {fix} is {age} old")
    return old.format(warning=WARNING_SIGN, fix=text, age=duration_text(age_s)), True


def _help_row(one: Intercept, answers: Answers, wording: Wording) -> Row:
    uid = one.asset.uid
    fixed, is_old = _fixed_text(uid, answers, wording)
    name, meeting = wording.name(uid), one.meeting
    speed = speed_text(one.asset.speed_mps)
    if meeting is None:
        detail = translate("Chartwork", "at {speed} can't meet it within six hours")
        if one.is_before_fix:
            detail = translate(
                "Chartwork", "sent before its last fix: where it was is not reckoned"
            )
        cells: tuple[Cell, ...] = (EMPTY, EMPTY, EMPTY, EMPTY, EMPTY)
        detail = detail.format(speed=speed)
    else:
        whose = answers.meeting_waters.get(uid)
        cells = (
            number("" if meeting.course_deg is None else bearing_text(meeting.course_deg)),
            number(distance_text(meeting.distance_m)),
            number(_minutes_text(meeting.duration_s), may_go=True),
            number(zulu_seconds_text(meeting.at_utc), Tone.STRONG),
            number("" if whose is None else letters_text(whose)),
        )
        detail = translate("Chartwork", "at {speed}, meets it at {position}").format(
            speed=speed, position=wording.unbroken(meeting.position)
        )
    return Row(
        key=f"help/{uid}",
        section=Section.HELP,
        cells=(Cell(name), *cells),
        detail=f"{fixed}, {detail}",
        detail_tone=Tone.WARNING if is_old else Tone.FAINT,
        track_uid=uid,
        name=name,
    )


def _beach_row(one: LaunchCandidate, wording: Wording) -> Row:
    word = {
        Confidence.CONFIRMED: translate("Chartwork", "confirmed"),
        Confidence.LIKELY: translate("Chartwork", "likely"),
        Confidence.POSSIBLE: translate("Chartwork", "possible"),
        Confidence.UNLIKELY: translate("Chartwork", "unlikely"),
    }[one.confidence]
    within = translate("Chartwork", "left within {duration} of {time}").format(
        duration=duration_text(one.left_within_s), time=wording.time(one.left_utc)
    )
    row = Row(
        key=f"came_from/{one.beach.uid}",
        section=Section.CAME_FROM,
        cells=(
            Cell(one.beach.name),
            number("" if one.bearing_deg is None else bearing_text(one.bearing_deg), may_go=True),
            number(distance_text(one.distance_m)),
            number(f"{one.off_course_deg:.1f}°"),
            number(wording.time(one.left_utc), Tone.STRONG),
            number(word),
        ),
        tip=within,
    )
    return faint(row) if one.confidence is Confidence.UNLIKELY else row


def _leg_row(one: AnsweredLeg, times: str, answers: Answers, wording: Wording) -> Row:
    row = _leg_cells_row(one.leg.to_uid, times, _leg_texts(one), Tone.PLAIN)
    if not one.is_impossible:
        return row
    most = speed_text(plausible_speed_of(answers.track, wording.model))
    said = translate("Chartwork", "{warning} impossible: more than {speed} for such a craft")
    cells = (*row.cells[:-1], number(f"{WARNING_SIGN} {row.cells[-1].text}", Tone.BAD))
    return Row(
        key=row.key,
        section=row.section,
        cells=cells,
        detail=said.format(warning=WARNING_SIGN, speed=most),
        detail_tone=Tone.BAD,
    )


def _leg_texts(one: AnsweredLeg) -> tuple[str, str, str, str]:
    leg = one.leg
    course = "" if leg.course_deg is None else bearing_text(leg.course_deg)
    speed = "" if leg.speed_mps is None else speed_text(leg.speed_mps)
    return course, distance_text(leg.distance_m), duration_text(leg.duration_s), speed


def _leg_cells_row(key: str, lead: str, texts: tuple[str, str, str, str], tone: Tone) -> Row:
    return Row(
        key=f"legs/{key}",
        section=Section.LEGS,
        cells=(Cell(lead, tone), *(number(text, tone) for text in texts)),
    )
