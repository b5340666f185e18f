"""The words of the same-boat test, for the plot line and for the forms that move reports."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.analysis.ledger import least_total, ledger_of
from channelplot.analysis.likeness import people_differ, types_differ, types_of
from channelplot.analysis.same_boat import Comparison, Fit, FitReason
from channelplot.chart.wording import boat_type_text
from channelplot.geodesy.text import speed_text
from channelplot.geodesy.units import kn_from_mps
from channelplot.model.codes import BoatType
from channelplot.model.people import PeopleCount
from channelplot.model.track import Track

translate: Final = QCoreApplication.translate
_WHOLE_FROM_KN: Final = 10.0
"""Speeds no small boat makes are told in whole knots."""
_BRIEFLY: Final[Mapping[FitReason, object]] = {
    FitReason.COUNTED_ALREADY: QT_TRANSLATE_NOOP("SameBoat", "counted before"),
    FitReason.FAR: QT_TRANSLATE_NOOP("SameBoat", "far off"),
    FitReason.PEOPLE_DIFFER: QT_TRANSLATE_NOOP("SameBoat", "people differ"),
    FitReason.TYPE_DIFFERS: QT_TRANSLATE_NOOP("SameBoat", "another type"),
    FitReason.SAME_CALLER: QT_TRANSLATE_NOOP("SameBoat", "same caller"),
}
"""What is said in a list; the rest is said of the boat that was picked."""
_ABOUT_SPEED: Final = frozenset(
    {FitReason.FAR, FitReason.FASTER_THAN_BEFORE, FitReason.WITHIN_ERRORS}
)
"""Not to be said where it is said that a boat needs more speed than it has."""


def verdict_text(comparison: Comparison) -> str:
    """Return how a sighting fits a boat, to stand after its name, in a few words.

    ``fits, 4.23 kn``; ``needs 76 kn, not the same boat``; ``possible, 5.98 kn, far off``.
    """
    fit, reasons = comparison.fit, comparison.reasons
    if _is_too_fast(comparison):
        judged = (
            translate("SameBoat", "not the same boat")
            if fit is Fit.NOT_SAME
            else translate("SameBoat", "doubtful")
        )
        return f"{needs_text(comparison.speed_mps)}, {judged}"
    first = {
        Fit.FITS: translate("SameBoat", "fits"),
        Fit.POSSIBLE: translate("SameBoat", "possible"),
        Fit.DOUBTFUL: translate("SameBoat", "doubtful"),
    }[fit]
    if FitReason.WITHIN_ERRORS in reasons:
        speed = translate("SameBoat", "within the errors")
    else:
        speed = "" if comparison.speed_mps is None else _speed(comparison.speed_mps)
    said = [str(_BRIEFLY[reason]) for reason in reasons if _is_brief(reason, fit)]
    return ", ".join(filter(None, (first, speed, *(translate("SameBoat", s) for s in said))))


def boat_text(comparison: Comparison) -> str:
    """Return a boat's name and how a sighting fits it: ``A fits, 4.23 kn``; ``B: needs ...``."""
    name, verdict = comparison.track.name, verdict_text(comparison)
    return f"{name} {verdict}" if comparison.fit is Fit.FITS else f"{name}: {verdict}"


def notes_text(
    comparison: Comparison,
    people: Iterable[PeopleCount],
    boat_types: Iterable[BoatType],
    *,
    is_speed_asked: bool = False,
) -> str:
    """Return what is to be remarked of a fit, "" for nothing.

    people, boat_types: what was told by what is compared. is_speed_asked: a question beside it
    is about the speed. ``faster than before (4.23 kn); 55 people, A had 45``.
    """
    told = _Told(tuple(people), tuple(boat_types))
    is_speed_said = is_speed_asked or _is_too_fast(comparison)
    reasons = (r for r in comparison.reasons if not (is_speed_said and r in _ABOUT_SPEED))
    return "; ".join(filter(None, (_note(reason, comparison, told) for reason in reasons)))


def needs_text(speed_mps: float | None) -> str:
    """Return what a boat would need: ``needs 76 kn``; ``two places at one time`` for no speed."""
    if speed_mps is None or math.isinf(speed_mps):
        return translate("SameBoat", "two places at one time")
    return translate("SameBoat", "needs {speed}").format(speed=_speed(speed_mps))


def sentence(notes: str) -> str:
    """Return notes with a capital and a full stop, "" for none."""
    return f"{notes[:1].upper()}{notes[1:]}." if notes else ""


@dataclass(frozen=True, slots=True)
class _Told:
    """What was told of the boat that is compared."""

    people: tuple[PeopleCount, ...]
    boat_types: tuple[BoatType, ...]


def _is_too_fast(comparison: Comparison) -> bool:
    return comparison.fit is Fit.NOT_SAME or FitReason.TOO_FAST in comparison.reasons


def _is_brief(reason: FitReason, fit: Fit) -> bool:
    """Return whether a list says this: what makes a fit doubtful, and that the caller is one."""
    return reason in _BRIEFLY and (fit is not Fit.FITS or reason is FitReason.SAME_CALLER)


def _speed(speed_mps: float) -> str:
    speed_kn = kn_from_mps(speed_mps)
    return speed_text(speed_mps) if speed_kn < _WHOLE_FROM_KN else f"{speed_kn:.0f} kn"


def _note(reason: FitReason, comparison: Comparison, told: _Told) -> str:
    name = comparison.track.name
    if reason is FitReason.FASTER_THAN_BEFORE and comparison.previous_speed_mps is not None:
        return translate("SameBoat", "faster than before ({speed})").format(
            speed=_speed(comparison.previous_speed_mps)
        )
    if reason is FitReason.PEOPLE_DIFFER:
        return _people_note(comparison.track, told.people)
    if reason is FitReason.TYPE_DIFFERS:
        return _type_note(comparison.track, told.boat_types)
    if reason is FitReason.COUNTED_ALREADY:
        return translate("SameBoat", "the people of {name} were counted before").format(name=name)
    if reason is FitReason.FAR and comparison.circles is not None:
        return translate(
            "SameBoat", "{number} error circles from where {name} was expected"
        ).format(number=f"{comparison.circles:.1f}", name=name)
    if reason is FitReason.WITHIN_ERRORS and comparison.speed_mps is not None:
        return translate("SameBoat", "as told it needs {speed}").format(
            speed=_speed(comparison.speed_mps)
        )
    if reason is FitReason.SAME_CALLER:
        return translate("SameBoat", "the same caller")
    return ""


def _people_note(track: Track, told: Iterable[PeopleCount]) -> str:
    """Return two numbers that differ: of all people, else of the children."""
    ledger = ledger_of(track)
    known = [report.people for report in track.count_reports if report.people is not None]
    for people in told:
        if people_differ(replace(people, children=None), known):
            had = ledger.counted_total if ledger.counted is not None else ledger.reported_total
            total = least_total(people)
            words = (
                translate("SameBoat", "1 person, {name} had {had}")
                if total == 1
                else translate("SameBoat", "{told} people, {name} had {had}")
            )
            return words.format(told=total, name=track.name, had=had)
        if people_differ(people, known):
            had = ledger.counted_children
            had = ledger.reported_children if had is None else had
            return translate("SameBoat", "{told} children, {name} had {had}").format(
                told=people.children, name=track.name, had=had
            )
    return ""


def _type_note(track: Track, told: Iterable[BoatType]) -> str:
    known = types_of(track)
    other = next((each for each in told if types_differ(each, known)), None)
    if other is None:
        return ""
    return translate("SameBoat", "{type}, {name} was {types}").format(
        type=boat_type_text(other),
        name=track.name,
        types=" / ".join(sorted(map(boat_type_text, known))),
    )
