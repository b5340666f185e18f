import math
from dataclasses import replace
from datetime import timedelta

import pytest

from channelplot.model.codes import ReportKind, TrackStatus
from channelplot.model.ids import new_uid
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.rules import Problem, ProblemCode, problems_of
from channelplot.model.track import StatusChange, Track
from helpers.builders import (
    ReportFields,
    a_beach,
    a_log_line,
    a_mark,
    a_plot,
    a_report,
    a_track,
    an_acknowledgement,
    at,
    night_plot,
    night_track,
)


def codes_for(**fields: object) -> set[ProblemCode]:
    """Return what is wrong with a report that has these values."""
    report = a_report(**fields)  # type: ignore[arg-type]
    problems = problems_of(a_plot(unattributed=[report]))
    assert {(p.entity, p.uid) for p in problems} <= {("report", report.uid)}
    return {problem.code for problem in problems}


def test_the_plot_of_the_night_is_sound() -> None:
    assert problems_of(night_plot()) == ()


def test_an_empty_plot_is_sound() -> None:
    assert problems_of(Plot()) == ()


def test_a_launch_beach_that_was_withdrawn_is_no_problem() -> None:
    beach = a_beach()
    plot = a_plot(a_track(launch_beach_uid=beach.uid), beaches=[beach])
    assert problems_of(plot.without_beach(beach.uid)) == ()


@pytest.mark.parametrize("name", ["", "  ", "\t"])
def test_everything_has_a_name(name: str) -> None:
    track, beach, mark = a_track(name), a_beach(name), a_mark(name)
    plot = a_plot(track, beaches=[beach]).with_mark(mark)
    assert problems_of(plot) == (
        Problem(ProblemCode.NAME_EMPTY, "track", track.uid),
        Problem(ProblemCode.NAME_EMPTY, "beach", beach.uid),
        Problem(ProblemCode.NAME_EMPTY, "mark", mark.uid),
    )


def test_two_tracks_beaches_or_marks_do_not_share_a_name() -> None:
    plot = a_plot(a_track(), a_track(), beaches=[a_beach(), a_beach()])
    plot = plot.with_mark(a_mark()).with_mark(a_mark())
    assert [(p.code, p.entity) for p in problems_of(plot)] == [
        (ProblemCode.NAME_TWICE, "track"),
        (ProblemCode.NAME_TWICE, "beach"),
        (ProblemCode.NAME_TWICE, "mark"),
    ]


def test_a_track_a_beach_and_a_mark_may_share_one() -> None:
    plot = a_plot(a_track("Sangatte"), beaches=[a_beach("Sangatte")])
    assert problems_of(plot.with_mark(a_mark("SANGATTE"))) == ()


def test_two_marks_do_not_share_a_code_in_another_case() -> None:
    plot = Plot().with_mark(a_mark("WRK")).with_mark(a_mark("wrk"))
    assert [(p.code, p.entity) for p in problems_of(plot)] == [
        (ProblemCode.NAME_TWICE, "mark"),
        (ProblemCode.MARK_CODE, "mark"),
    ]


@pytest.mark.parametrize(
    ("code", "is_one"),
    [
        ("A", True),
        ("CGN", True),
        ("WRK-1", True),
        ("A2345678", True),
        ("A23456789", False),
        ("cgn", False),
        (" CGN", False),
        ("1A", False),
        ("-A", False),
        ("A B", False),
        ("ÎLE", False),
    ],
)
def test_a_marks_code_is_letters_digits_and_hyphens(code: str, is_one: bool) -> None:
    mark = a_mark(code)
    problems = () if is_one else (Problem(ProblemCode.MARK_CODE, "mark", mark.uid),)
    assert problems_of(Plot().with_mark(mark)) == problems


def test_everything_is_filed_under_its_own_uid() -> None:
    track, beach, mark = a_track(), a_beach(), a_mark()
    plot = Plot({"other": track}, (), {"other": beach}, {"other": mark})
    assert problems_of(plot) == (
        Problem(ProblemCode.FILED_WRONG, "track", track.uid),
        Problem(ProblemCode.FILED_WRONG, "beach", beach.uid),
        Problem(ProblemCode.FILED_WRONG, "mark", mark.uid),
    )


def test_a_report_is_filed_under_the_track_it_names() -> None:
    track = night_track()
    stray = a_report("0300", track_uid="another")
    plot = a_plot(replace(track, reports=(*track.reports, stray)))
    assert problems_of(plot) == (Problem(ProblemCode.FILED_WRONG, "report", stray.uid),)


def test_a_report_that_names_a_track_is_not_left_without() -> None:
    track = night_track()
    stray = a_report("0300", track_uid=track.uid)
    plot = replace(a_plot(track), unattributed=(stray,))
    assert problems_of(plot) == (Problem(ProblemCode.FILED_WRONG, "report", stray.uid),)


def test_a_report_is_there_once() -> None:
    track = night_track()
    again = replace(track.reports[0], track_uid=None)
    plot = replace(a_plot(track), unattributed=(again,))
    assert problems_of(plot) == (Problem(ProblemCode.REPORT_TWICE, "report", again.uid),)


def test_reports_are_in_order_of_time() -> None:
    track = night_track()
    turned = replace(track, reports=track.reports[::-1])
    loose = (a_report("0300"), a_report("0200"))
    plot = replace(a_plot(turned), unattributed=loose)
    assert problems_of(plot) == (
        Problem(ProblemCode.NOT_IN_TIME_ORDER, "track", track.uid),
        Problem(ProblemCode.NOT_IN_TIME_ORDER, "plot", ""),
    )


def test_no_report_needs_a_position() -> None:
    """A caller who can't say where the boat is has told us of a boat all the same."""
    for kind in ReportKind:
        assert codes_for(position=None, kind=kind) == set()


def test_a_time_ahead_of_the_clock_is_sound_once_the_operator_has_insisted() -> None:
    logged = at("0300")
    assert codes_for(observed=logged + timedelta(minutes=45), logged_at_utc=logged) == set()


@pytest.mark.parametrize(
    ("field", "code"),
    [("error_m", ProblemCode.ERROR_RANGE), ("speed_kn", ProblemCode.SPEED_RANGE)],
)
def test_a_size_is_a_number_and_not_negative(field: str, code: ProblemCode) -> None:
    for sound in (None, 0.0, 1e6):
        assert codes_for(**{field: sound}) == set()
    for wrong in (-0.1, math.nan, math.inf):
        assert codes_for(**{field: wrong}) == {code}


def test_the_error_of_a_beach_or_a_mark_is_a_size_too() -> None:
    beach, mark = replace(a_beach(), error_m=-1.0), replace(a_mark(), error_m=math.inf)
    assert problems_of(a_plot(beaches=[beach]).with_mark(mark)) == (
        Problem(ProblemCode.ERROR_RANGE, "beach", beach.uid),
        Problem(ProblemCode.ERROR_RANGE, "mark", mark.uid),
    )


def test_a_course_is_from_0_up_to_360() -> None:
    for sound in (None, 0.0, 359.999):
        assert codes_for(course_deg=sound) == set()
    for wrong in (-0.1, 360.0, math.nan, math.inf):
        assert codes_for(course_deg=wrong) == {ProblemCode.COURSE_RANGE}


@pytest.mark.parametrize(
    "people",
    [
        PeopleCount(),
        PeopleCount(total=0),
        PeopleCount(total=47, men=31, women=9, children=7, medical=2, deceased=1, missing=47),
        PeopleCount(total=45, children=45),
        PeopleCount(children=10),
    ],
)
def test_parts_that_fit_their_total_are_sound(people: PeopleCount) -> None:
    assert codes_for(people=people) == set()


@pytest.mark.parametrize(
    "people",
    [
        PeopleCount(total=47, men=31, women=9, children=8),
        PeopleCount(total=5, children=6),
        PeopleCount(total=5, medical=6),
        PeopleCount(total=5, deceased=6),
        PeopleCount(total=0, missing=1),
    ],
)
def test_parts_are_not_more_than_their_total(people: PeopleCount) -> None:
    assert codes_for(people=people) == {ProblemCode.PEOPLE_PARTS}


@pytest.mark.parametrize(
    "part", ["total", "men", "women", "children", "medical", "deceased", "missing"]
)
def test_there_are_never_fewer_people_than_none(part: str) -> None:
    people = PeopleCount(**{part: -1})  # type: ignore[arg-type]
    found = codes_for(people=people)
    assert ProblemCode.PEOPLE_NEGATIVE in found


def track_with_status(status: TrackStatus, *changes: TrackStatus) -> Track:
    made = tuple(StatusChange(f"c{n}", code, at("0300")) for n, code in enumerate(changes))
    return a_track(status=status, status_changes=made)


def test_the_status_of_a_track_is_the_last_that_it_was_given() -> None:
    assert problems_of(a_plot(track_with_status(TrackStatus.ADRIFT))) == ()
    sound = track_with_status(TrackStatus.ADRIFT, TrackStatus.DISTRESS, TrackStatus.ADRIFT)
    assert problems_of(a_plot(sound)) == ()
    wrong = track_with_status(TrackStatus.ADRIFT, TrackStatus.ADRIFT, TrackStatus.LANDED)
    assert problems_of(a_plot(wrong)) == (Problem(ProblemCode.STATUS_DIFFERS, "track", wrong.uid),)


def test_everything_that_is_wrong_is_collected() -> None:
    fields = ReportFields(position=None, speed_kn=-1.0, people=PeopleCount(total=-1))
    plot = a_plot(a_track(" "), unattributed=[a_report(**fields)])
    assert [problem.code for problem in problems_of(plot)] == [
        ProblemCode.NAME_EMPTY,
        ProblemCode.SPEED_RANGE,
        ProblemCode.PEOPLE_NEGATIVE,
        ProblemCode.PEOPLE_PARTS,
    ]


@pytest.mark.parametrize("length_m", [0.0, -1.0, math.nan, math.inf])
def test_a_boat_has_a_length_or_none_is_known(length_m: float) -> None:
    assert problems_of(a_plot(a_track(length_m=9.5), a_track("B"))) == ()
    track = a_track(length_m=length_m)
    assert problems_of(a_plot(track)) == (Problem(ProblemCode.LENGTH_RANGE, "track", track.uid),)


@pytest.mark.parametrize("interval_min", [0, -20])
def test_there_is_some_time_between_contacts(interval_min: int) -> None:
    assert problems_of(a_plot(a_track(contact_interval_min=1))) == ()
    track = a_track(contact_interval_min=interval_min)
    assert problems_of(a_plot(track)) == (Problem(ProblemCode.INTERVAL_RANGE, "track", track.uid),)


def a_merged_track(name: str, into_uid: str | None, uid: str | None = None) -> Track:
    return a_track(name, uid=uid or new_uid(), status=TrackStatus.SAME_AS, same_as_uid=into_uid)


def codes_of(*tracks: Track) -> dict[str, list[ProblemCode]]:
    """Return what is wrong with some tracks, by their names."""
    plot = a_plot(*tracks)
    found: dict[str, list[ProblemCode]] = {}
    for problem in problems_of(plot):
        found.setdefault(plot.tracks[problem.uid].name, []).append(problem.code)
    return found


def test_a_merged_track_is_the_same_as_one_that_is_there() -> None:
    a, b = a_track("A"), a_track("B")
    merged = a_merged_track("C", b.uid)
    assert codes_of(a, b, merged) == {}
    assert codes_of(a, merged) == {"C": [ProblemCode.SAME_AS_TRACK]}
    own = a_merged_track("C", "c", uid="c")
    assert codes_of(a, own) == {"C": [ProblemCode.SAME_AS_TRACK]}


def test_a_track_that_others_were_merged_into_may_be_merged_itself_but_not_in_a_circle() -> None:
    a = a_track("A", uid="a")
    assert codes_of(a, a_merged_track("B", "a", uid="b"), a_merged_track("C", "b")) == {}
    circle = (
        a_merged_track("B", "d", uid="b"),
        a_merged_track("C", "b", uid="c"),
        a_merged_track("D", "c", uid="d"),
        a_merged_track("E", "b", uid="e"),
    )
    assert codes_of(a, *circle) == {name: [ProblemCode.SAME_AS_TRACK] for name in "BCDE"}


def test_a_track_that_names_another_has_the_status_but_the_status_needs_no_other() -> None:
    a = a_track("A")
    assert codes_of(a, a_merged_track("B", None)) == {}
    open_one = a_track("B", same_as_uid=a.uid)
    assert codes_of(a, open_one) == {"B": [ProblemCode.SAME_AS_STATUS]}


def test_a_merged_track_has_given_its_reports_away() -> None:
    a = a_track("A")
    merged = a_merged_track("B", a.uid)
    report = a_report("0300", track_uid=merged.uid)
    plot = a_plot(a, merged).with_report(report)
    assert problems_of(plot) == (Problem(ProblemCode.SAME_AS_REPORTS, "track", merged.uid),)


def test_the_people_unaccounted_for_at_a_closing_are_a_number() -> None:
    def codes(people: int | None, children: int | None) -> list[ProblemCode]:
        change = StatusChange(
            "c", TrackStatus.ADRIFT, at("0300"), unaccounted=people, unaccounted_children=children
        )
        track = a_track(status=TrackStatus.ADRIFT, status_changes=(change,))
        return [problem.code for problem in problems_of(a_plot(track))]

    # As many were counted as were told of, but three children fewer: that can be.
    for people, children in ((None, None), (8, 3), (8, None), (0, 0), (0, 3), (None, 3)):
        assert codes(people, children) == []
    assert codes(-1, None) == [ProblemCode.PEOPLE_NEGATIVE]
    assert codes(3, -1) == [ProblemCode.PEOPLE_NEGATIVE]


def test_a_report_is_not_from_the_telephone_of_itself() -> None:
    assert codes_for(caller="+33612345678") == set()
    assert codes_for(caller="report:another") == set()
    assert codes_for(uid="it", caller="report:it") == {ProblemCode.CALLER_ITSELF}


def test_a_line_of_the_log_has_words_and_an_acknowledgement_a_name() -> None:
    plot = a_plot(a_track(uid="a")).with_log_line(a_log_line(track_uid="gone"))
    plot = plot.with_acknowledgement(an_acknowledgement("a"))
    assert problems_of(plot) == ()
    line, alert = a_log_line(" "), an_acknowledgement("a", by="")
    assert problems_of(plot.with_log_line(line).with_acknowledgement(alert)) == (
        Problem(ProblemCode.TEXT_EMPTY, "log_line", line.uid),
        Problem(ProblemCode.NAME_EMPTY, "acknowledgement", alert.uid),
    )
    misfiled = replace(plot, log_lines={"x": line}, acknowledgements={"y": alert})
    assert [(p.code, p.entity) for p in problems_of(misfiled)][:2] == [
        (ProblemCode.FILED_WRONG, "log_line"),
        (ProblemCode.FILED_WRONG, "acknowledgement"),
    ]
