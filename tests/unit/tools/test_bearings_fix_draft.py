"""A fix from bearings at the desk: read, shown, asked about, plotted as one report."""

import pytest

from channelplot.analysis.bearings_fix import FixFault
from channelplot.chart.overlay import Ghost, GhostPath
from channelplot.commands.tracks import start_track
from channelplot.document.session import Session
from channelplot.geodesy.measure import bearing_deg, destination, distance_m
from channelplot.geodesy.units import m_from_nm
from channelplot.model.codes import Craft, PositionForm, SourceKind
from channelplot.model.plot import Plot
from channelplot.tools.anchors import Anchors
from channelplot.tools.bearings_fix_draft import BearingsFixDraft
from channelplot.tools.chartwork import Chartwork
from channelplot.tools.line_reader import LineReader
from channelplot.tools.questions import QuestionCode
from channelplot.tools.report_draft import TrackChoice
from helpers.builders import R2, a_mark, a_plot, a_report, a_track, at, ddm
from helpers.clock import FixedClock
from helpers.memory_store import MemoryStore
from helpers.night_chartwork import CGN, DOVER
from helpers.opened import open_plot

CALAIS = ddm(50, 58.0, 1, 50.0)


def plot_with_marks() -> Plot:
    plot = a_plot(a_track("A", [a_report("0210", uid="r1")], uid="boat-a"))
    for code, place in (("CGN", CGN), ("DOV", DOVER), ("CAL", CALAIS)):
        plot = plot.with_mark(a_mark(code, place, error_m=300.0))
    return plot


@pytest.fixture
def draft(clock: FixedClock) -> BearingsFixDraft:
    clock.set(at("0230"))
    plot = plot_with_marks()
    session = Session(open_plot(plot, clock=clock, store=MemoryStore(plot)).document, clock)
    anchors = Anchors(session, Chartwork(session), LineReader(session), tuple)
    return BearingsFixDraft(session, anchors, lambda _: 0.0)


def type_sights(draft: BearingsFixDraft, *sights: tuple[str, str]) -> None:
    for number, (mark, bearing) in enumerate(sights):
        draft.edit_sight(number, mark=mark, bearing=bearing)


def seen_from(mark: str) -> str:
    places = {"CGN": CGN, "DOV": DOVER, "CAL": CALAIS}
    return f"{bearing_deg(places[mark], R2):05.1f}"


def test_nothing_typed_is_no_fix_and_no_fault(draft: BearingsFixDraft) -> None:
    assert draft.begin()
    reading = draft.reading()
    assert (reading.fix, reading.fault, reading.is_whole) == (None, None, False)
    assert draft.shapes() == ()
    assert not draft.commit()


def test_two_bearings_of_the_boat_make_a_report(draft: BearingsFixDraft) -> None:
    draft.session.selection.set(frozenset({"boat-a"}))
    draft.begin()
    type_sights(draft, ("CGN", seen_from("CGN")), ("CAL", f"{seen_from('CAL')}T"))
    draft.edit(time="0228Z", source=SourceKind.CAMERA, source_name="Calais VTS")
    fix = draft.reading().fix
    assert fix is not None
    assert distance_m(fix.position, R2) < 30.0
    assert draft.commit()
    assert draft.is_empty
    report = draft.session.document.plot.tracks["boat-a"].reports[-1]
    assert report.position == fix.position
    assert report.position_form is PositionForm.BEARINGS
    assert report.observed_at_utc == at("0228")
    assert (report.source, report.source_name) == (SourceKind.CAMERA, "Calais VTS")
    assert report.as_received == f"CGN {seen_from('CGN')}; CAL {seen_from('CAL')}T"
    assert report.error_m is not None
    assert report.error_m > 300.0, "that of the marks is in it"


def test_three_show_their_cocked_hat(draft: BearingsFixDraft) -> None:
    type_sights(draft, *((mark, seen_from(mark)) for mark in ("CGN", "CAL")))
    draft.edit_sight(2, mark="DOV", bearing=f"{bearing_deg(DOVER, R2) + 2.0:05.1f}")
    fix = draft.reading().fix
    assert fix is not None
    assert fix.hat_m > 500.0
    shapes = draft.shapes()
    paths = [shape for shape in shapes if isinstance(shape, GhostPath)]
    assert [len(path.points) for path in paths] == [2, 2, 2, 4]
    assert paths[-1].points[0] == paths[-1].points[-1], "the hat is closed"
    assert [shape.position for shape in shapes if isinstance(shape, Ghost)] == [fix.position]


def test_bearings_of_the_marks_taken_from_the_boat(draft: BearingsFixDraft) -> None:
    type_sights(
        draft,
        ("CGN", f"{bearing_deg(R2, CGN):05.1f}"),
        ("CAL", f"{bearing_deg(R2, CALAIS):05.1f}"),
    )
    assert draft.reading().fault is FixFault.APART
    draft.edit(is_of_marks=True)
    fix = draft.reading().fix
    assert fix is not None
    assert distance_m(fix.position, R2) < 30.0
    line = draft.shapes()[0]
    assert isinstance(line, GhostPath)
    assert distance_m(line.points[-1], R2) < 0.2 * distance_m(CGN, R2)


def test_a_magnetic_bearing_is_corrected_by_the_variation_there(draft: BearingsFixDraft) -> None:
    type_sights(draft, ("CGN", "023M"))
    sight = draft.reading().sights[0]
    assert sight.variation_deg is not None
    assert sight.bearing_deg == pytest.approx(23.0 + sight.variation_deg)
    assert 0.5 < sight.variation_deg < 3.0, "easterly in the Strait in 2026"


def test_a_magnetic_bearing_of_a_year_without_a_model(
    draft: BearingsFixDraft, clock: FixedClock
) -> None:
    clock.set(clock().replace(year=2031))
    type_sights(draft, ("CGN", "023M"))
    sight = draft.reading().sights[0]
    assert sight.is_variation_unknown
    assert sight.bearing_deg is None


@pytest.mark.parametrize("bearing", ["400", "abc", "-5", "3M5"])
def test_what_is_no_bearing_is_said_to_be_none(draft: BearingsFixDraft, bearing: str) -> None:
    type_sights(draft, ("CGN", bearing), ("CAL", "270"))
    reading = draft.reading()
    assert reading.sights[0].is_bearing_wrong
    assert reading.fix is None
    assert not draft.commit()


def test_a_mark_nobody_knows_is_a_problem(draft: BearingsFixDraft) -> None:
    type_sights(draft, ("NOWHERE", "270"), ("CAL", "270"))
    reading = draft.reading()
    assert reading.sights[0].problem is not None
    assert reading.fix is None


def test_half_a_line_of_sight_is_waited_for(draft: BearingsFixDraft) -> None:
    type_sights(draft, ("CGN", seen_from("CGN")), ("CAL", seen_from("CAL")), ("DOV", ""))
    reading = draft.reading()
    assert reading.fix is None
    assert reading.fault is None


def test_a_time_ahead_is_asked_about(draft: BearingsFixDraft) -> None:
    type_sights(draft, *((mark, seen_from(mark)) for mark in ("CGN", "CAL")))
    draft.edit(time="0234Z")
    assert [q.code for q in draft.reading().questions] == [QuestionCode.IN_THE_FUTURE]
    assert not draft.commit()
    assert draft.commit(frozenset({QuestionCode.IN_THE_FUTURE}))


def test_lines_that_cut_at_little_are_asked_about(draft: BearingsFixDraft) -> None:
    type_sights(draft, ("CGN", "350"), ("CAL", "335"))
    (question,) = draft.reading().questions
    assert question.code is QuestionCode.WEAK_FIX
    assert question.value == pytest.approx(15.0, abs=0.5)
    assert not draft.commit()
    assert draft.commit(frozenset({QuestionCode.WEAK_FIX}))


def test_bearings_that_disagree_are_asked_about(draft: BearingsFixDraft) -> None:
    type_sights(draft, *((mark, seen_from(mark)) for mark in ("CGN", "CAL", "DOV")))
    codes = {question.code for question in draft.reading().questions}
    assert QuestionCode.BEARINGS_DISAGREE not in codes
    draft.edit_sight(2, bearing=f"{bearing_deg(DOVER, R2) + 12.0:05.1f}")
    asked = {question.code: question.value for question in draft.reading().questions}
    fix = draft.reading().fix
    assert fix is not None
    assert asked[QuestionCode.BEARINGS_DISAGREE] == fix.disagreement_deg > 2.0
    assert not draft.commit(frozenset(asked) - {QuestionCode.BEARINGS_DISAGREE})
    assert draft.commit(frozenset(asked))


def test_a_new_boat_or_none(draft: BearingsFixDraft) -> None:
    draft.begin()
    assert draft.track == TrackChoice.NEW_TRACK
    type_sights(draft, *((mark, seen_from(mark)) for mark in ("CGN", "CAL")))
    assert draft.commit()
    plot = draft.session.document.plot
    assert {track.name for track in plot.tracks.values()} == {"A", "B"}
    type_sights(draft, *((mark, seen_from(mark)) for mark in ("CGN", "CAL")))
    draft.edit(track=TrackChoice.NO_TRACK)
    assert draft.commit()
    assert len(draft.session.document.plot.unattributed) == 1


def test_a_craft_took_its_bearing_from_where_it_was_then(draft: BearingsFixDraft) -> None:
    cutter = a_track(
        "CUTTER-1",
        [a_report("0218", position=CALAIS, course_deg=0.0, speed_kn=12.0)],
        craft=Craft.RESCUE_VESSEL,
        uid="cutter",
    )
    draft.session.document.apply(start_track(cutter))
    then = destination(CALAIS, 0.0, m_from_nm(2.0))
    type_sights(draft, ("CGN", seen_from("CGN")), ("CUTTER-1", f"{bearing_deg(then, R2):05.1f}"))
    draft.edit(time="0228Z")
    fix = draft.reading().fix
    assert fix is not None
    assert distance_m(fix.position, R2) < 50.0


def test_what_was_typed_stays_when_the_form_is_begun_again(draft: BearingsFixDraft) -> None:
    type_sights(draft, ("CGN", "023"))
    draft.session.selection.set(frozenset({"boat-a"}))
    draft.begin()
    assert draft.sights[0].mark == "CGN"
    assert draft.track == TrackChoice.NEW_TRACK
    draft.clear()
    assert draft.is_empty
