"""The boats of the acceptance night as the model holds them, with their people and sources."""

from typing import Final

from channelplot.geodesy.position import Position
from channelplot.model.codes import CountBasis, PositionForm, ReportKind, SourceKind
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track
from helpers.builders import R1, R2, R3, R5, R6, a_plot, a_report, a_track, ddm

R4: Final = Position(1.838226, 51.039953)
"""The corner of the square 31U DS 1855 5491."""
WISSANT: Final = ddm(50, 53.40, 1, 39.60)


def report_1() -> Report:
    """Return R1: the coastguard aircraft at 0210Z."""
    return a_report(
        "0210",
        uid="r1",
        position=R1,
        error_m=109.4,
        source=SourceKind.AIRCRAFT,
        course_deg=310.0,
        speed_kn=4.0,
        people=PeopleCount(total=45, is_estimate=True),
    )


def report_2() -> Report:
    """Return R2: a merchant ship at 0228Z, by bearing and distance."""
    return a_report(
        "0228",
        uid="r2",
        position=R2,
        position_form=PositionForm.BEARING_DISTANCE,
        error_m=149.1,
        source=SourceKind.VESSEL,
        people=PeopleCount(total=40, is_estimate=True),
    )


def report_3() -> Report:
    """Return R3: a telephone call at 0245Z, nobody knows the number."""
    return a_report(
        "0245",
        uid="r3",
        position=R3,
        error_m=18.2,
        source=SourceKind.PHONE,
        people=PeopleCount(total=55, children=10),
    )


def report_4() -> Report:
    """Return R4: the semaphore at 0252Z, seven minutes after R3 and 8.88 NM from it."""
    return a_report(
        "0252",
        uid="r4",
        position=R4,
        error_m=7.1,
        source=SourceKind.PARTNER,
        people=PeopleCount(total=22, children=3),
    )


def report_5() -> Report:
    """Return R5: an aircraft at 0340Z, the boat stopped."""
    return a_report("0340", uid="r5", position=R5, error_m=109.4, source=SourceKind.AIRCRAFT)


def report_6() -> Report:
    """Return R6: the cutter at 0412Z, which recovers and counts 47."""
    return a_report(
        "0412",
        uid="r6",
        position=R6,
        error_m=109.4,
        source=SourceKind.PATROL,
        people=PeopleCount(basis=CountBasis.COUNTED, total=47, men=31, women=9, children=7),
    )


def prevented_attempt() -> Report:
    """Return what was prevented at Wissant at 0105Z, which no boat claims."""
    return a_report(
        "0105",
        uid="r0",
        kind=ReportKind.PREVENTED,
        position=WISSANT,
        source=SourceKind.CAMERA,
        people=PeopleCount(total=30, children=8),
    )


def boat_a(*reports: Report) -> Track:
    """Return boat A with these reports."""
    return a_track("A", reports, uid="boat-a")


def boat_a_as_plotted() -> Track:
    """Return boat A before the correction: R1, R2, R3, R5, R6."""
    return boat_a(report_1(), report_2(), report_3(), report_5(), report_6())


def night_before_correction() -> Plot:
    """Return the plot of step 14: boats A and B, and the prevented attempt."""
    boat_b = a_track("B", (report_4(),), uid="boat-b")
    return a_plot(boat_a_as_plotted(), boat_b, unattributed=(prevented_attempt(),))


def night_after_correction() -> Plot:
    """Return the plot of step 16: R3 is boat C's."""
    boat_a_now = boat_a(report_1(), report_2(), report_5(), report_6())
    boat_b = a_track("B", (report_4(),), uid="boat-b")
    boat_c = a_track("C", (report_3(),), uid="boat-c")
    return a_plot(boat_a_now, boat_b, boat_c, unattributed=(prevented_attempt(),))
