"""What an operator reads of the same-boat test: a few words in a list, the rest where it fits."""

import math
from dataclasses import replace

import pytest

from channelplot.analysis.same_boat import Comparison, Fit, FitReason
from channelplot.geodesy.units import mps_from_kn
from channelplot.model.codes import BoatType
from channelplot.model.people import PeopleCount
from channelplot.ui.words.same_boat_text import boat_text, notes_text, sentence, verdict_text
from helpers.builders import a_report, a_track, at
from helpers.night_boats import boat_a, report_1, report_2, report_6

A_BOAT = boat_a(report_1(), report_2())
COUNTED = boat_a(report_1(), report_6())


def compared(
    fit: Fit,
    *reasons: FitReason,
    speed_kn: float | None = 4.23,
    previous_kn: float | None = None,
    circles: float | None = 0.4,
) -> Comparison:
    """How a sighting fits boat A."""
    return Comparison(
        track=A_BOAT,
        fit=fit,
        speed_mps=None if speed_kn is None else mps_from_kn(speed_kn),
        previous_speed_mps=None if previous_kn is None else mps_from_kn(previous_kn),
        from_utc=at("0228"),
        distance_m=2000.0,
        circles=circles,
        reasons=reasons,
    )


@pytest.mark.parametrize(
    ("comparison", "verdict", "named"),
    [
        (compared(Fit.FITS), "fits, 4.23 kn", "A fits, 4.23 kn"),
        (compared(Fit.FITS, speed_kn=None), "fits", "A fits"),
        (
            compared(Fit.FITS, FitReason.FASTER_THAN_BEFORE, FitReason.PEOPLE_DIFFER),
            "fits, 4.23 kn",
            "A fits, 4.23 kn",
        ),
        (
            compared(Fit.FITS, FitReason.SAME_CALLER, speed_kn=9.99),
            "fits, 9.99 kn, same caller",
            "A fits, 9.99 kn, same caller",
        ),
        (
            compared(Fit.FITS, FitReason.WITHIN_ERRORS, speed_kn=48.4),
            "fits, within the errors",
            "A fits, within the errors",
        ),
        (
            compared(Fit.POSSIBLE, FitReason.FAR, speed_kn=11.2),
            "possible, 11 kn, far off",
            "A: possible, 11 kn, far off",
        ),
        (
            compared(Fit.DOUBTFUL, FitReason.COUNTED_ALREADY, FitReason.TYPE_DIFFERS),
            "doubtful, 4.23 kn, counted before, another type",
            "A: doubtful, 4.23 kn, counted before, another type",
        ),
        (
            compared(Fit.DOUBTFUL, FitReason.TOO_FAST, FitReason.FAR, speed_kn=19.6),
            "needs 20 kn, doubtful",
            "A: needs 20 kn, doubtful",
        ),
        (
            compared(Fit.NOT_SAME, FitReason.TOO_FAST, FitReason.FAR, speed_kn=76.13),
            "needs 76 kn, not the same boat",
            "A: needs 76 kn, not the same boat",
        ),
        (
            compared(Fit.NOT_SAME, FitReason.TOO_FAST, speed_kn=math.inf),
            "two places at one time, not the same boat",
            "A: two places at one time, not the same boat",
        ),
    ],
)
def test_a_verdict_in_a_few_words(comparison: Comparison, verdict: str, named: str) -> None:
    assert verdict_text(comparison) == verdict
    assert boat_text(comparison) == named


def notes(comparison: Comparison, *people: PeopleCount, types: tuple[BoatType, ...] = ()) -> str:
    return notes_text(comparison, people, types)


def test_r3_is_faster_than_before_and_tells_of_more_people() -> None:
    reasons = (FitReason.FASTER_THAN_BEFORE, FitReason.PEOPLE_DIFFER)
    comparison = compared(Fit.FITS, *reasons, speed_kn=5.98, previous_kn=4.23)
    told = PeopleCount(total=55, children=10)
    assert notes(comparison, told) == "faster than before (4.23 kn); 55 people, A had 45"
    assert notes_text(comparison, [told], [], is_speed_asked=True) == "55 people, A had 45"
    assert notes(compared(Fit.FITS)) == ""


def test_the_count_is_what_a_boat_had() -> None:
    comparison = replace(compared(Fit.POSSIBLE, FitReason.PEOPLE_DIFFER), track=COUNTED)
    assert notes(comparison, PeopleCount(total=90)) == "90 people, A had 47"
    assert notes(comparison, PeopleCount(total=1)) == "1 person, A had 47"


def test_children_are_told_where_they_alone_differ() -> None:
    known = PeopleCount(total=22, children=3)
    track = a_track("B", (a_report(people=known),))
    comparison = replace(compared(Fit.FITS, FitReason.PEOPLE_DIFFER), track=track)
    assert notes(comparison, PeopleCount(total=22, children=9)) == "9 children, B had 3"
    assert notes(comparison, known, PeopleCount(children=9)) == "9 children, B had 3"
    assert notes(comparison, known) == "", "it agrees: nothing to remark"


def test_types_callers_counts_and_distances() -> None:
    track = replace(A_BOAT, boat_type=BoatType.INFLATABLE)
    reasons = (FitReason.COUNTED_ALREADY, FitReason.FAR, FitReason.TYPE_DIFFERS)
    comparison = replace(
        compared(Fit.DOUBTFUL, *reasons, FitReason.SAME_CALLER, circles=3.27), track=track
    )
    assert notes(comparison, types=(BoatType.INFLATABLE, BoatType.KAYAK)) == (
        "the people of A were counted before; 3.3 error circles from where A was expected;"
        " kayak, canoe, A was inflatable; the same caller"
    )
    assert "inflatable" not in notes(comparison)


def test_what_follows_from_a_speed_no_boat_has_is_not_said_besides() -> None:
    reasons = (FitReason.TOO_FAST, FitReason.FAR, FitReason.FASTER_THAN_BEFORE)
    comparison = compared(Fit.NOT_SAME, *reasons, FitReason.PEOPLE_DIFFER, speed_kn=76.0)
    assert notes(comparison, PeopleCount(total=100)) == "100 people, A had 45"
    within = compared(Fit.FITS, FitReason.WITHIN_ERRORS, speed_kn=48.4)
    assert notes(within) == "as told it needs 48 kn"


def test_notes_may_stand_as_a_sentence() -> None:
    assert sentence("faster than before (4.23 kn)") == "Faster than before (4.23 kn)."
    assert sentence("") == ""
