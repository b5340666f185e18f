"""Planning a search at the desk: step 17 of the night, every input changed, every refusal."""

from dataclasses import replace

import pytest

from channelplot.analysis.dead_reckoning import Stated, Supposition
from channelplot.chart.overlay import Ghost, GhostCircle, GhostPath
from channelplot.document.session import Session
from channelplot.geodesy.units import m_from_nm, nm_from_m
from channelplot.model.codes import PatternKind, Turn
from channelplot.model.plot import Plot
from channelplot.model.search import PlannedSearch
from channelplot.tools.anchors import Anchors
from channelplot.tools.chartwork import Chartwork
from channelplot.tools.line_reader import LineReader
from channelplot.tools.questions import Question, QuestionCode
from channelplot.tools.search_draft import SearchDraft
from channelplot.tools.search_reading import (
    DatumBasis,
    SearchFault,
    SearchField,
    SearchReading,
)
from helpers.builders import R3, a_plot, a_report, a_track, at
from helpers.clock import FixedClock
from helpers.memory_store import MemoryStore
from helpers.night_at_sea import STREAM_AND_WIND
from helpers.night_chartwork import is_at
from helpers.opened import open_plot


def plot_of_c(*, has_conditions: bool = True) -> Plot:
    """C of the night, with R3 alone, and the stream and wind of step 11."""
    boat = a_track("C", [a_report("0245", uid="r3", position=R3)], uid="boat-c")
    plot = a_plot(boat, a_track("E", uid="boat-e"))
    if not has_conditions:
        return plot
    return plot.with_conditions(STREAM_AND_WIND)


def draft_on(plot: Plot, clock: FixedClock, selected: str = "boat-c") -> SearchDraft:
    session = Session(open_plot(plot, clock=clock, store=MemoryStore(plot)).document, clock)
    session.selection.set(frozenset({selected} if selected else ()))
    anchors = Anchors(session, Chartwork(session), LineReader(session), tuple)
    draft = SearchDraft(session, anchors)
    assert draft.begin()
    return draft


@pytest.fixture
def draft(clock: FixedClock) -> SearchDraft:
    clock.set(at("0456"))
    return draft_on(plot_of_c(), clock)


def edit(draft: SearchDraft, **values: object) -> SearchReading:
    draft.edit(replace(draft.text, **values))  # type: ignore[arg-type]  # named as declared
    return draft.reading()


class TestStep17:
    def test_datum_and_radius(self, draft: SearchDraft) -> None:
        reading = edit(draft, time="0500Z")
        assert reading.datum is not None
        assert reading.radius is not None
        assert is_at(reading.datum.position, 51, 1.20, 1, 44.74)
        assert nm_from_m(reading.datum.drift_m) == pytest.approx(5.18, abs=0.01)
        assert reading.datum.net[0] == pytest.approx(70.7, abs=0.1)
        assert nm_from_m(reading.radius.error_m) == pytest.approx(1.85, abs=0.01)
        assert nm_from_m(reading.radius.radius_m) == pytest.approx(2.03, abs=0.01)
        assert reading.datum.outside_s == 0.0

    def test_the_square_begins_into_the_wind(self, draft: SearchDraft) -> None:
        reading = edit(draft, time="0500Z", legs="5")
        assert reading.first_leg_deg == 290.0
        assert reading.pattern is not None
        corners = [leg.end for leg in reading.pattern.legs]
        assert is_at(corners[0], 51, 1.54, 1, 43.25)
        assert is_at(corners[1], 51, 2.48, 1, 43.79)
        assert is_at(corners[2], 51, 1.80, 1, 46.77)
        assert is_at(corners[3], 50, 59.92, 1, 45.69)
        assert is_at(corners[4], 51, 0.94, 1, 41.22)

    def test_the_other_hypothesis_is_where_it_would_be_under_way(self, draft: SearchDraft) -> None:
        draft.anchors.chartwork.suppose(
            "boat-c", Supposition(stated=Stated(course_deg=300.7, speed_kn=5.04))
        )
        reading = edit(draft, time="0500Z", basis=DatumBasis.RECKONED)
        assert reading.datum is not None
        assert is_at(reading.datum.position, 51, 5.27, 1, 21.54)
        assert nm_from_m(reading.datum.drift_m) == pytest.approx(11.34, abs=0.01)

    def test_it_is_written_into_the_plot_with_every_figure(self, draft: SearchDraft) -> None:
        edit(draft, time="0500Z", legs="5", searcher="Lifeboat 17-09")
        assert draft.commit()
        search = next(iter(draft.session.document.plot.searches.values()))
        assert (search.name, search.track_uid, search.searcher) == (
            "S1",
            "boat-c",
            "Lifeboat 17-09",
        )
        assert search.datum_at_utc == at("0500")
        assert search.kind is PatternKind.EXPANDING_SQUARE
        assert len(search.waypoints) == 6
        assert nm_from_m(search.radius_m) == pytest.approx(2.03, abs=0.01)
        assert (search.initial_error_m, search.searcher_error_m) == (
            m_from_nm(1.0),
            m_from_nm(0.1),
        )
        assert (search.drift_error_share, search.safety_factor) == (0.3, 1.1)
        assert not draft.is_begun
        draft.begin()
        assert draft.reading().name == "S2"


class TestInputs:
    def test_every_input_of_the_radius_can_be_changed(self, draft: SearchDraft) -> None:
        reading = edit(
            draft,
            time="0500Z",
            initial_error="2,0",
            drift_share="0.15",
            searcher_error="0.5 NM",
            factor="1.6",
        )
        radius = reading.radius
        assert radius is not None
        assert nm_from_m(radius.initial_error_m) == pytest.approx(2.0)
        assert nm_from_m(radius.searcher_error_m) == pytest.approx(0.5)
        assert (radius.drift_error_share, radius.safety_factor) == (0.15, 1.6)
        assert radius.radius_m == pytest.approx(1.6 * radius.error_m)

    def test_without_a_number_of_legs_they_cover_the_radius(self, draft: SearchDraft) -> None:
        reading = edit(draft, time="0500Z")
        assert reading.legs == 10

    def test_a_sector_has_the_radius_and_a_parallel_track_twice_it(
        self, draft: SearchDraft
    ) -> None:
        reading = edit(draft, time="0500Z", kind=PatternKind.SECTOR)
        assert reading.pattern is not None
        assert len(reading.pattern.legs) == 9
        assert reading.radius is not None
        assert reading.pattern.legs[0].distance_m == pytest.approx(reading.radius.radius_m)
        reading = edit(draft, kind=PatternKind.PARALLEL_TRACK)
        assert reading.radius is not None
        assert reading.length_m == pytest.approx(2.0 * reading.radius.radius_m)
        assert reading.width_m == pytest.approx(2.0 * reading.radius.radius_m)
        reading = edit(draft, length="6", width="3", spacing="0,5", first_leg="045T")
        assert reading.pattern is not None
        assert reading.pattern.legs[0].distance_m == pytest.approx(m_from_nm(5.5))
        assert reading.pattern.legs[0].course_deg == pytest.approx(45.0, abs=0.1)
        assert draft.commit()
        search = next(iter(draft.session.document.plot.searches.values()))
        assert (search.length_m, search.width_m) == (m_from_nm(6.0), m_from_nm(3.0))

    def test_turns_to_port_mirror_it(self, draft: SearchDraft) -> None:
        reading = edit(draft, time="0500Z", legs="2", turn=Turn.PORT)
        assert reading.pattern is not None
        assert reading.pattern.legs[1].course_deg == pytest.approx(200.0, abs=0.1)

    def test_a_datum_typed_needs_no_boat(self, clock: FixedClock) -> None:
        clock.set(at("0456"))
        draft = draft_on(plot_of_c(), clock, selected="")
        assert draft.text.basis is DatumBasis.TYPED
        assert draft.reading().fault is SearchFault.NO_POSITION
        reading = edit(draft, position="51 01.2N 001 44.7E", drift="2")
        assert reading.datum is not None
        assert reading.datum.at_utc == at("0456")
        assert reading.radius is not None
        assert nm_from_m(reading.radius.drift_m) == pytest.approx(2.0)
        assert draft.commit()
        assert next(iter(draft.session.document.plot.searches.values())).track_uid is None

    def test_drift_past_its_validity_is_told(self, draft: SearchDraft) -> None:
        reading = edit(draft, time="0615Z")
        assert reading.datum is not None
        assert reading.datum.outside_s == 3600.0

    def test_values_that_do_not_hold_are_asked_about(self, draft: SearchDraft) -> None:
        assert edit(draft, time="0515Z").questions == ()
        reading = edit(draft, time="0615Z")
        assert reading.questions == (Question(QuestionCode.NOT_VALID, 3600.0),)
        assert not draft.commit()
        assert draft.session.document.plot.searches == {}
        assert draft.commit(frozenset({QuestionCode.NOT_VALID}))

    def test_where_the_stream_turns_the_net_drift_is_less_than_its_path(
        self, clock: FixedClock
    ) -> None:
        clock.set(at("0456"))
        plot = plot_of_c(has_conditions=False)
        for uid, begin, end, set_deg in (("x", "0245", "0400", 60.0), ("y", "0400", "0515", 240.0)):
            stream = replace(STREAM_AND_WIND, uid=uid, stream_set_deg=set_deg, stream_rate_kn=2.0)
            stream = replace(stream, wind_from_deg=None, wind_speed_kn=None, leeway_percent=None)
            plot = plot.with_conditions(
                replace(stream, valid_from_utc=at(begin), valid_until_utc=at(end))
            )
        reading = edit(draft_on(plot, clock), time="0500Z", first_leg="290")
        assert reading.datum is not None
        assert reading.radius is not None
        towards_deg, net_m = reading.datum.net
        assert nm_from_m(net_m) == pytest.approx(0.5, abs=0.001), "2.5 NM out and 2.0 back"
        assert towards_deg == pytest.approx(60.0, abs=0.3), "back along its own course"
        assert nm_from_m(reading.datum.drift_m) == pytest.approx(4.5, abs=0.001)
        assert reading.radius.drift_m == reading.datum.drift_m

    def test_the_searcher_s_speed_tells_how_long_the_legs_take(self, draft: SearchDraft) -> None:
        reading = edit(draft, time="0500Z", legs="5")
        assert reading.takes_s is None
        reading = edit(draft, speed="8 kn")
        assert reading.takes_s == pytest.approx(9.0 / 8.0 * 3600.0, rel=1e-4)
        assert reading.questions == ()
        reading = edit(draft, speed="0.37")
        assert [question.code for question in reading.questions] == [QuestionCode.SEARCH_LONG]
        assert not draft.commit()
        edit(draft, speed="8")
        assert draft.commit()
        assert next(iter(draft.session.document.plot.searches.values())).searcher_speed_kn == 8.0


class TestPlannedAnew:
    def planned(self, draft: SearchDraft) -> PlannedSearch:
        edit(
            draft, time="0500Z", legs="5", searcher="Lifeboat 17-09", speed="8", factor="1.6",
            initial_error="0.7", turn=Turn.PORT,
        )  # fmt: skip
        assert draft.commit()
        return next(iter(draft.session.document.plot.searches.values()))

    def test_it_opens_with_its_figures_and_the_old_one_stays(self, draft: SearchDraft) -> None:
        old = self.planned(draft)
        assert draft.begin_anew(old.uid)
        assert draft.is_begun
        assert not draft.is_empty
        assert draft.commit()
        plot = draft.session.document.plot
        assert plot.searches[old.uid] == old
        (new,) = (search for search in plot.searches.values() if search.uid != old.uid)
        assert new.name == "S2"
        assert (new.datum, new.datum_at_utc, new.waypoints) == (
            old.datum,
            old.datum_at_utc,
            old.waypoints,
        )
        assert new.radius_m == pytest.approx(old.radius_m, abs=0.5), "figures to 0.0001 NM"
        assert (new.track_uid, new.searcher, new.searcher_speed_kn, new.turn) == (
            "boat-c",
            "Lifeboat 17-09",
            8.0,
            Turn.PORT,
        )

    def test_a_parallel_track_has_its_sides_again(self, draft: SearchDraft) -> None:
        edit(draft, time="0500Z", kind=PatternKind.PARALLEL_TRACK, length="6", width="3")
        assert draft.commit()
        (old,) = draft.session.document.plot.searches.values()
        draft.begin_anew(old.uid)
        reading = draft.reading()
        assert (reading.length_m, reading.width_m) == (m_from_nm(6.0), m_from_nm(3.0))
        assert draft.text.legs == ""

    def test_a_datum_reckoned_again_has_its_own_drift(self, draft: SearchDraft) -> None:
        draft.begin_anew(self.planned(draft).uid)
        reading = edit(draft, basis=DatumBasis.ADRIFT, time="0510Z")
        assert reading.radius is not None
        assert reading.datum is not None
        assert reading.radius.drift_m == reading.datum.drift_m
        assert nm_from_m(reading.datum.drift_m) == pytest.approx(5.56, abs=0.01)
        assert nm_from_m(reading.radius.initial_error_m) == pytest.approx(0.7), "as it was typed"

    def test_one_that_is_not_there_is_not_begun(self, draft: SearchDraft) -> None:
        assert not draft.begin_anew("nobody")
        assert draft.is_empty


class TestRefusals:
    def test_no_boat_no_fix_no_conditions(self, clock: FixedClock) -> None:
        clock.set(at("0456"))
        draft = draft_on(plot_of_c(), clock, selected="")
        assert edit(draft, basis=DatumBasis.ADRIFT).fault is SearchFault.NO_BOAT
        assert draft_on(plot_of_c(), clock, "boat-e").reading().fault is SearchFault.NO_FIX
        without = draft_on(plot_of_c(has_conditions=False), clock)
        assert without.reading().fault is SearchFault.NO_CONDITIONS
        assert edit(without, basis=DatumBasis.RECKONED).fault is SearchFault.NO_FIRST_LEG
        assert edit(without, first_leg="090").pattern is not None

    def test_before_the_first_fix_there_is_no_datum(self, draft: SearchDraft) -> None:
        assert edit(draft, time="0200Z").fault is SearchFault.BEFORE_FIX

    @pytest.mark.parametrize(
        ("values", "wrong"),
        [
            ({"time": "soon"}, SearchField.TIME),
            ({"first_leg": "500"}, SearchField.FIRST_LEG),
            ({"spacing": "wide"}, SearchField.SPACING),
            ({"legs": "2.5"}, SearchField.LEGS),
            ({"legs": "0"}, SearchField.LEGS),
            ({"initial_error": "-1"}, SearchField.INITIAL_ERROR),
            ({"speed": "fast"}, SearchField.SPEED),
            ({"speed": "0"}, SearchField.SPEED),
        ],
    )
    def test_a_field_that_can_not_be_read_is_named(
        self, draft: SearchDraft, values: dict[str, str], wrong: SearchField
    ) -> None:
        reading = edit(draft, **values)
        assert reading.wrong == {wrong}
        assert reading.pattern is None
        assert not draft.commit()

    @pytest.mark.parametrize(
        ("values", "fault"),
        [
            ({"spacing": "0"}, SearchFault.SPACING),
            ({"factor": "0"}, SearchFault.SPACING),
            ({"kind": PatternKind.PARALLEL_TRACK, "length": "0.5"}, SearchFault.SPACING),
            ({"kind": PatternKind.PARALLEL_TRACK, "width": "0"}, SearchFault.SPACING),
            ({"legs": "61"}, SearchFault.TOO_MANY_LEGS),
            ({"kind": PatternKind.PARALLEL_TRACK, "spacing": "0.01"}, SearchFault.TOO_MANY_LEGS),
        ],
    )
    def test_a_search_that_can_not_be_made(
        self, draft: SearchDraft, values: dict[str, object], fault: SearchFault
    ) -> None:
        assert edit(draft, **values).fault is fault

    def test_a_name_that_is_used_is_refused_at_once(self, draft: SearchDraft) -> None:
        edit(draft, time="0500Z", name="S7")
        assert draft.commit()
        draft.begin()
        reading = edit(draft, time="0500Z", name=" S7 ")
        assert reading.fault is SearchFault.NAME_TAKEN
        assert reading.wrong == {SearchField.NAME}
        assert not draft.commit()
        assert edit(draft, name="S8").fault is None

    def test_a_position_that_can_not_be_read(self, draft: SearchDraft) -> None:
        reading = edit(draft, basis=DatumBasis.TYPED, position="51 99N 001E")
        assert reading.wrong == {SearchField.POSITION}
        assert reading.fault is SearchFault.NO_POSITION


def test_it_shows_itself_while_it_is_planned(draft: SearchDraft) -> None:
    edit(draft, time="0500Z", legs="5")
    kinds = [type(shape) for shape in draft.shapes()]
    assert kinds == [GhostPath, GhostCircle, GhostPath, Ghost]
    draft.clear()
    assert draft.is_begun, "cleared once, it is still being planned"
    draft.clear()
    assert draft.shapes() == ()


def test_it_follows_what_is_asked_and_supposed(draft: SearchDraft) -> None:
    heard: list[None] = []
    draft.changed.connect(heard.append)
    draft.anchors.chartwork.choose_time(at("0500"))
    assert heard == [None]
    datum = draft.reading().datum
    assert datum is not None
    assert datum.at_utc == at("0500")
