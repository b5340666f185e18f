"""Amending a report: only what was touched, with a reason, the words never."""

from dataclasses import replace
from datetime import timedelta

import pytest

from channelplot.commands.reports import add_report, amend_report, withdraw_report
from channelplot.geodesy.text import Notation
from channelplot.model.caller import same_as_report
from channelplot.model.codes import (
    BoatType,
    CountBasis,
    PositionForm,
    ReportKind,
    SourceKind,
)
from channelplot.model.people import PeopleCount
from channelplot.model.report import Report
from channelplot.reading.values import Fault, FaultCode, QuestionCode
from channelplot.reading.values import Question as Asked
from channelplot.tools.amend_draft import AmendDraft, AmendFault, AmendFaultCode, AmendField
from channelplot.tools.questions import QuestionCode as DoubtCode
from helpers.builders import R3, a_report, at, ddm
from helpers.desk import Desk

COUNTED = PeopleCount(CountBasis.COUNTED, 47, men=31, women=9, children=7)


def report_of(desk: Desk, uid: str) -> Report:
    report = desk.session.document.plot.report(uid)
    assert report is not None
    return report


@pytest.fixture
def r3(desk: Desk) -> Report:
    """The telephone's report, with everything a report can say; selected."""
    (a,) = [t for t in desk.session.document.plot.tracks.values() if t.name == "A"]
    report = a_report(
        "0258",
        uid="r3",
        received_at_utc=at("0259"),
        track_uid=a.uid,
        position=R3,
        position_form=PositionForm.DMS,
        error_m=15.0,
        as_received="0345A 50 59 30N 001 37 00E engine failing",
        source=SourceKind.PHONE,
        source_name="999",
        grade="2C",
        course_deg=300.0,
        speed_kn=4.5,
        people=PeopleCount(total=55, children=10),
        boat_type=BoatType.INFLATABLE,
        caller="+33612345678",
    )
    desk.session.document.apply(add_report(report))
    desk.session.selection.set(frozenset({"r3"}))
    return report


@pytest.fixture
def draft(desk: Desk, r3: Report) -> AmendDraft:
    """The amendment of R3, begun."""
    draft = AmendDraft(desk.session, desk.reader, lambda _: 0.0)
    assert draft.begin()
    assert draft.uid == r3.uid
    return draft


def test_the_fields_say_what_the_report_does(draft: AmendDraft, r3: Report) -> None:
    text = draft.text
    assert text.position == "50°59.500'N 001°37.000'E"
    assert (text.observed, text.received) == ("0258Z", "0259Z")
    assert (text.people, text.course, text.speed) == ("55 (10 children)", "300", "4.5")
    assert (text.grade, text.caller, text.source_name) == ("2C", "+33612345678", "999")
    assert (text.kind, text.source, text.boat_type) == (
        ReportKind.POSITION,
        SourceKind.PHONE,
        BoatType.INFLATABLE,
    )
    reading = draft.reading()
    assert reading.amended == r3
    assert reading.changed == ()
    assert draft.is_empty


def test_nothing_typed_is_no_act(desk: Desk, draft: AmendDraft) -> None:
    before = len(desk.store.saved)
    assert draft.commit()
    assert len(desk.store.saved) == before


def test_everything_can_be_amended_but_the_words(desk: Desk, draft: AmendDraft, r3: Report) -> None:
    draft.edit(
        position="51 00.0N 001 36.0E",
        observed="0257Z",
        received="0300Z",
        source=SourceKind.VESSEL,
        source_name=" FERRY ",
        caller="call sign MABC2",
        people="47 counted (31 men, 9 women, 7 children)",
        course="310",
        speed="5",
        grade="1a",
        boat_type=BoatType.RHIB,
    )
    reading = draft.reading()
    assert reading.faults == ()
    assert set(reading.changed) == set(AmendField) - {AmendField.KIND}
    draft.edit(why="read back by the ferry")
    assert draft.commit()

    after = report_of(desk, "r3")
    assert after == replace(
        r3,
        position=after.position,
        position_form=PositionForm.DDM,
        error_m=after.error_m,
        observed_at_utc=at("0257"),
        received_at_utc=at("0300"),
        source=SourceKind.VESSEL,
        source_name="FERRY",
        caller="MABC2",
        people=COUNTED,
        course_deg=310.0,
        speed_kn=5.0,
        grade="1A",
        boat_type=BoatType.RHIB,
    )
    assert after.position == ddm(51, 0.0, 1, 36.0)
    assert after.error_m is not None
    assert after.error_m > 100.0, "a tenth of a minute is left open"
    _, act = desk.store.saved[-1]
    assert (act.label, act.name, act.reason) == ("amend_report", "A", "read back by the ferry")
    assert draft.is_empty
    assert draft.text.grade == "1A", "and shows what the plot has now"
    desk.session.document.undo()
    assert report_of(desk, "r3") == r3


def test_only_what_was_touched_is_amended(desk: Desk, draft: AmendDraft, r3: Report) -> None:
    draft.edit(people="45 est", why="counted again")
    elsewhere = replace(r3, grade="1A", position=ddm(51, 0.0, 1, 36.0))
    desk.session.document.apply(amend_report(elsewhere, "by another"))
    assert draft.text.people == "45 est", "what is being typed stays"
    assert draft.reading().changed == (AmendField.PEOPLE,)
    assert draft.commit()
    assert report_of(desk, "r3") == replace(
        elsewhere, people=PeopleCount(total=45, is_estimate=True)
    )


def test_without_a_reason_it_is_asked_for_and_nothing_changes(
    desk: Desk, draft: AmendDraft, r3: Report
) -> None:
    draft.edit(people="45")
    assert not draft.commit()
    assert report_of(desk, "r3") == r3
    wanted = [draft.is_why_wanted]
    draft.edit(why="  ")
    wanted.append(draft.is_why_wanted)
    assert wanted == [True, False], "asked again at the next Enter only"
    assert not draft.commit()
    draft.edit(why="misheard")
    assert draft.commit()
    people = report_of(desk, "r3").people
    assert people is not None
    assert people.total == 45


@pytest.mark.parametrize(
    ("values", "changes"),
    [
        ({"position": ""}, {"position": None, "position_form": None, "error_m": None}),
        ({"people": ""}, {"people": None}),
        ({"caller": ""}, {"caller": ""}),
        ({"course": "", "speed": ""}, {"course_deg": None, "speed_kn": None}),
        ({"grade": ""}, {"grade": ""}),
        ({"boat_type": None}, {"boat_type": None}),
        ({"source_name": ""}, {"source_name": ""}),
        ({"kind": ReportKind.LAUNCH}, {"kind": ReportKind.LAUNCH}),
        ({"observed": "142300Z SEP 26"}, {"observed_at_utc": at("2300", 14)}),
        ({"observed": "0357A"}, {"observed_at_utc": at("0257")}),
        ({"received": "now"}, {"received_at_utc": at("0300")}),
        ({"position": "023 CGN 7.2"}, {"position_form": PositionForm.BEARING_DISTANCE}),
    ],
)
def test_a_field_can_be_emptied_or_given_in_another_form(
    desk: Desk, draft: AmendDraft, r3: Report, values: dict[str, object], changes: dict[str, object]
) -> None:
    draft.edit(**values, why="so")
    amended = draft.reading().amended
    assert amended is not None
    for name, value in changes.items():
        assert getattr(amended, name) == value
    assert draft.commit()
    assert report_of(desk, "r3") == amended
    assert amended.as_received == r3.as_received


@pytest.mark.parametrize(
    ("values", "faults"),
    [
        ({"observed": ""}, [(AmendFaultCode.NO_TIME, AmendField.OBSERVED)]),
        ({"observed": "2575"}, [(AmendFaultCode.NOT_READ, AmendField.OBSERVED)]),
        ({"observed": "0300Z"}, [(AmendFaultCode.RECEIVED_FIRST, AmendField.RECEIVED)]),
        ({"received": "0240Z"}, [(AmendFaultCode.RECEIVED_FIRST, AmendField.RECEIVED)]),
        ({"received": "0305Z"}, [(AmendFaultCode.RECEIVED_FIRST, AmendField.RECEIVED)]),
        ({"position": "somewhere"}, [(AmendFaultCode.NOT_READ, AmendField.POSITION)]),
        ({"position": "51 62.0N 001 00.0E"}, [(AmendFaultCode.NOT_READ, AmendField.POSITION)]),
        ({"people": "many"}, [(AmendFaultCode.NOT_READ, AmendField.PEOPLE)]),
        ({"course": "400"}, [(AmendFaultCode.NOT_READ, AmendField.COURSE)]),
        ({"speed": "fast"}, [(AmendFaultCode.NOT_READ, AmendField.SPEED)]),
        ({"grade": "Z9"}, [(AmendFaultCode.NOT_READ, AmendField.GRADE)]),
        ({"caller": "12"}, [(AmendFaultCode.NOT_READ, AmendField.CALLER)]),
        (
            {"course": "x", "speed": "x"},
            [
                (AmendFaultCode.NOT_READ, AmendField.COURSE),
                (AmendFaultCode.NOT_READ, AmendField.SPEED),
            ],
        ),
    ],
)
def test_what_cannot_be_read_stops_it(
    desk: Desk,
    draft: AmendDraft,
    r3: Report,
    values: dict[str, object],
    faults: list[tuple[AmendFaultCode, AmendField]],
) -> None:
    draft.edit(**values, why="so")
    reading = draft.reading()
    assert [(fault.code, fault.field) for fault in reading.faults] == faults
    assert reading.amended is None
    assert not draft.commit()
    assert report_of(desk, "r3") == r3


def test_what_is_doubtful_is_asked_and_amended_all_the_same(desk: Desk, r3: Report) -> None:
    draft = AmendDraft(desk.session, desk.reader, desk.report.inland_distance_m)
    assert draft.begin()
    assert draft.reading().questions == (), "what nobody has touched is not asked about"
    draft.edit(position="50 50.0N 002 30.0E", why="as given")
    (land, fast) = draft.reading().questions
    assert (land.code, fast.code) == (DoubtCode.ON_LAND, DoubtCode.TOO_FAST)
    assert not draft.commit()
    assert not draft.commit(frozenset({land.code}))
    assert draft.commit(frozenset({land.code, fast.code}))
    assert report_of(desk, "r3").position == ddm(50, 50.0, 2, 30.0)


def test_a_time_days_back_is_asked_about(desk: Desk, draft: AmendDraft) -> None:
    draft.edit(observed="100258Z SEP 26", why="so")
    assert [question.code for question in draft.reading().questions] == [DoubtCode.LONG_AGO]


def test_the_same_phone_as_another_report(desk: Desk, draft: AmendDraft) -> None:
    call = a_report("0255", uid="call", source=SourceKind.PHONE)
    desk.session.document.apply(add_report(call))
    draft.edit(caller="same phone as 0255Z", why="said so")
    assert draft.commit()
    assert report_of(desk, "r3").caller == same_as_report("call")
    assert draft.text.caller == "same phone as 0255Z"
    draft.edit(caller=" same phone as 0255Z ")
    amended = draft.reading().amended
    assert amended == report_of(desk, "r3"), "what is written is read as the same"


def test_no_report_is_from_its_own_telephone(draft: AmendDraft) -> None:
    draft.edit(caller="", why="not his number")
    assert draft.commit()
    draft.edit(caller="same phone as 0258Z", why="so")
    (fault,) = draft.reading().faults
    assert isinstance(fault.problem, Fault)
    assert fault.problem.code is FaultCode.NO_SUCH_CALLER


def test_two_calls_of_one_minute_are_asked_about(desk: Desk, draft: AmendDraft) -> None:
    for uid in ("one", "two"):
        call = a_report("0255", uid=uid, source=SourceKind.PHONE)
        desk.session.document.apply(add_report(call))
    draft.edit(caller="same phone as 0255Z", why="so")
    (fault,) = draft.reading().faults
    assert isinstance(fault.problem, Asked)
    assert fault.problem.code is QuestionCode.WHICH_CALLER


def test_it_begins_with_one_report_or_the_last_of_one_track(desk: Desk) -> None:
    draft = AmendDraft(desk.session, desk.reader, lambda _: 0.0)
    assert not draft.begin()
    assert draft.reading().faults == (AmendFault(AmendFaultCode.GONE),)
    a, b = desk.session.document.plot.tracks.values()
    desk.session.selection.set(frozenset({a.uid}))
    assert draft.begin()
    assert draft.report == a.reports[-1]
    desk.session.selection.set(frozenset({b.reports[0].uid}))
    assert draft.report == b.reports[0], "what else is selected is taken up"
    draft.edit(grade="1A")
    desk.session.selection.set(frozenset({a.uid}))
    assert draft.report == b.reports[0], "but not once something is typed"


def test_a_report_that_is_gone_is_not_amended(desk: Desk, draft: AmendDraft) -> None:
    draft.edit(grade="1A", why="so")
    desk.session.document.apply(withdraw_report("r3", "told twice"))
    assert draft.reading().faults == (AmendFault(AmendFaultCode.GONE),)
    assert not draft.commit()


def test_an_untouched_form_follows_what_others_change(
    desk: Desk, draft: AmendDraft, r3: Report
) -> None:
    desk.session.document.apply(amend_report(replace(r3, grade="1A"), "by another"))
    assert draft.text.grade == "1A"
    assert draft.is_empty


def test_positions_are_in_the_desk_s_form(draft: AmendDraft) -> None:
    draft.use_notation(Notation.MGRS)
    assert draft.text.position.startswith("31U DS")
    assert draft.is_empty
    draft.edit(position="51 00.0N 001 36.0E")
    draft.use_notation(Notation.DDM)
    assert draft.text.position == "51 00.0N 001 36.0E", "what is being typed stays"
    assert draft.reading().changed == (AmendField.POSITION,)


def test_a_time_of_another_day_is_written_with_it(desk: Desk, draft: AmendDraft) -> None:
    desk.session.document.apply(
        add_report(a_report(at("0300") - timedelta(days=1), uid="old", position=R3))
    )
    desk.session.selection.set(frozenset({"old"}))
    assert draft.begin()
    assert draft.text.observed == "140300Z SEP 26"
    assert draft.text.caller == ""
