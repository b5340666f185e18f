"""Stream and wind being typed: how they are read, what they replace, what is offered."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from channelplot.commands.conditions import add_conditions
from channelplot.document.session import Session
from channelplot.errors import RefusalReason
from channelplot.model.conditions import ConditionsEntry
from channelplot.settings import LEEWAY_PERCENT, Settings
from channelplot.tools.conditions_draft import ConditionsDraft, ConditionsField
from channelplot.tools.figures import Figures
from channelplot.tools.questions import Question, QuestionCode
from helpers.builders import NIGHT_DAY, a_plot, a_report, a_track, at
from helpers.chartwork_builders import some_conditions
from helpers.clock import FixedClock
from helpers.memory_store import MemoryStore
from helpers.opened import open_plot


class Typing:
    """Somebody who types into the draft."""

    def __init__(self, folder: Path, *, is_read_only: bool = False) -> None:
        self.clock = FixedClock()
        self.clock.set(at("0346"))
        plot = a_plot(a_track("A", (a_report("0340"),), uid="a"), a_track("B", uid="b"))
        store = MemoryStore(plot, is_read_only=is_read_only)
        opened = open_plot(plot, clock=self.clock, store=store)
        self.session = Session(opened.document, self.clock)
        self.figures = Figures(Settings(folder))
        self.draft = ConditionsDraft(self.session, self.figures)

    def adds(self, entry: ConditionsEntry) -> ConditionsEntry:
        """Put an entry into the plot."""
        self.session.document.apply(add_conditions(entry))
        return entry

    @property
    def entries(self) -> list[ConditionsEntry]:
        """What is in the plot."""
        return list(self.session.document.plot.conditions.values())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Typing]:
    """Somebody at 0346Z."""
    typing = Typing(tmp_path)
    yield typing
    typing.session.document.close()


def span(desk: Typing) -> tuple[datetime, datetime] | None:
    """From when until when what is typed would hold."""
    entry = desk.draft.reading().entry
    return None if entry is None else (entry.valid_from_utc, entry.valid_until_utc)


def test_times_and_leeway_are_offered_and_stream_and_wind_are_not(desk: Typing) -> None:
    assert desk.draft.begin()
    text = desk.draft.text
    assert (text.stream, text.wind) == ("", "")
    assert (text.leeway, text.valid_from, text.valid_until) == ("4", "0346Z", "0616Z")
    assert desk.draft.is_empty
    reading = desk.draft.reading()
    assert reading.refusal is not None
    assert reading.refusal.reason is RefusalReason.NO_STREAM_OR_WIND
    assert not reading.can_commit
    assert not desk.draft.commit()


def test_the_night_s_drift_is_read_back_and_added(desk: Typing) -> None:
    desk.draft.begin()
    desk.draft.edit(stream="060/1.9", wind="290/14", valid_from="0245Z", valid_until="0515Z")
    desk.draft.edit(source=" tidal atlas ")
    reading = desk.draft.reading()
    assert reading.drift is not None
    assert reading.drift.course_deg == pytest.approx(70.7, abs=0.05)
    assert reading.drift.speed_mps * 3600 / 1852 == pytest.approx(2.30, abs=0.005)
    assert reading.drift_utc == at("0346")
    assert reading.can_commit
    assert not desk.draft.is_empty
    assert desk.draft.commit()
    (entry,) = desk.entries
    assert (entry.stream_set_deg, entry.stream_rate_kn) == (60.0, 1.9)
    assert (entry.wind_from_deg, entry.wind_speed_kn, entry.leeway_percent) == (290.0, 14.0, 4.0)
    assert (entry.valid_from_utc, entry.valid_until_utc) == (at("0245"), at("0515"))
    assert (entry.track_uid, entry.source, entry.logged_by) == (None, "tidal atlas", "watch")
    assert entry.logged_at_utc == at("0346")
    assert desk.draft.is_empty


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (ConditionsField.STREAM, "060"),
        (ConditionsField.STREAM, "361/2"),
        (ConditionsField.STREAM, "060M/2"),
        (ConditionsField.WIND, "north"),
        (ConditionsField.WIND, "290/fast"),
        (ConditionsField.LEEWAY, "a bit"),
        (ConditionsField.LEEWAY, "101"),
        (ConditionsField.LEEWAY, "1.2.3"),
        (ConditionsField.VALID_FROM, "2560Z"),
        (ConditionsField.VALID_UNTIL, "soon"),
    ],
)
def test_what_can_t_be_read_is_named(desk: Typing, field: ConditionsField, text: str) -> None:
    desk.draft.begin()
    desk.draft.edit(stream="060/1.9")
    desk.draft.edit(**{field.value: text})
    reading = desk.draft.reading()
    assert (reading.entry, reading.wrong) == (None, field)
    assert (reading.problem is not None) is (field.value.startswith("valid"))
    assert not desk.draft.commit()
    assert desk.entries == []


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        ("0600Z", "0900Z", (at("0600"), at("0900"))),
        ("2300Z", "0100Z", (at("2300", NIGHT_DAY - 1), at("0100"))),
        ("2300Z", "1059Z", (at("2300", NIGHT_DAY - 1), at("1059"))),
        ("0346Z", "1900Z", (at("0346"), at("1900"))),
        ("0346Z", "160100Z", (at("0346"), at("0100", NIGHT_DAY + 1))),
        ("-30", "+150", (at("0316"), at("0546"))),
        ("", "", (at("0346"), at("0616"))),
        ("0345A", "0515Z", (at("0245"), at("0515"))),
        ("142300Z", "150300Z", (at("2300", NIGHT_DAY - 1), at("0300"))),
    ],
)
def test_times_are_about_now_and_until_comes_after_from(
    desk: Typing, begin: str, end: str, expected: tuple[datetime, datetime]
) -> None:
    desk.draft.begin()
    desk.draft.edit(stream="060/1.9", valid_from=begin, valid_until=end)
    assert span(desk) == expected


@pytest.mark.parametrize("end", ["-10", "0345Z", "0100Z", "142300Z"])
def test_a_span_that_ends_before_it_begins_is_refused(desk: Typing, end: str) -> None:
    desk.draft.begin()
    desk.draft.edit(stream="060/1.9", valid_from="0346Z", valid_until=end)
    refusal = desk.draft.reading().refusal
    assert refusal is not None
    assert refusal.reason is RefusalReason.VALIDITY_ORDER


def test_a_wind_needs_its_leeway_and_a_stream_none(desk: Typing) -> None:
    desk.draft.begin()
    desk.draft.edit(wind="290/14", leeway="")
    refusal = desk.draft.reading().refusal
    assert refusal is not None
    assert refusal.reason is RefusalReason.LEEWAY_MISSING
    desk.draft.edit(wind="", stream="360 2,5 kn")
    entry = desk.draft.reading().entry
    assert entry is not None
    assert (entry.stream_set_deg, entry.stream_rate_kn) == (0.0, 2.5)
    assert entry.leeway_percent is None


def test_a_stream_alone_is_reckoned_with_the_wind_there_is(desk: Typing) -> None:
    wind = replace(some_conditions(), stream_set_deg=None, stream_rate_kn=None)
    desk.adds(wind)
    desk.draft.begin()
    desk.draft.choose("")
    desk.draft.edit(stream="060/1.9")
    drift = desk.draft.reading().drift
    assert drift is not None
    assert drift.course_deg == pytest.approx(70.7, abs=0.05)
    assert desk.draft.reading().replaced == (), "a stream replaces no wind"


def test_the_leeway_given_last_is_offered_else_the_desk_s(desk: Typing) -> None:
    desk.figures.choose(LEEWAY_PERCENT, 3)
    desk.draft.begin()
    assert desk.draft.text.leeway == "3"
    assert desk.draft.leeway_used() is None
    desk.adds(replace(some_conditions(), leeway_percent=3.5, valid_until_utc=at("0300")))
    desk.draft.begin()
    assert desk.draft.text.leeway == "3.5"
    assert desk.draft.leeway_used() == 3.5


def test_the_next_tide_is_a_new_entry_from_the_end_of_the_one_in_force(desk: Typing) -> None:
    end_utc = at("0515") + timedelta(seconds=7)
    before = desk.adds(replace(some_conditions(), valid_until_utc=end_utc))
    desk.clock.set(at("0456"))
    desk.draft.begin()
    assert desk.draft.before is None
    assert desk.draft.in_force == before
    text = desk.draft.text
    assert (text.stream, text.wind) == ("", "")
    assert (text.valid_from, text.valid_until) == ("0515Z", "0745Z")
    desk.draft.edit(stream="240/1.4")
    reading = desk.draft.reading()
    assert reading.replaced == ()
    assert reading.questions == ()
    assert desk.draft.commit()
    first, second = desk.entries
    assert first == before, "the past drift is as it was"
    assert (second.stream_set_deg, second.valid_from_utc) == (240.0, end_utc)
    assert second.valid_until_utc == at("0745")


@pytest.mark.parametrize(
    ("now", "expected"),
    [("0414", "0414Z"), ("0415", "0515Z"), ("0530", "0515Z"), ("0615", "0515Z"), ("0616", "0616Z")],
)
def test_an_end_that_is_near_is_offered_else_now(desk: Typing, now: str, expected: str) -> None:
    desk.adds(some_conditions())
    desk.clock.set(at(now))
    desk.draft.begin()
    assert desk.draft.text.valid_from == expected


def test_an_end_that_something_follows_already_is_not_offered(desk: Typing) -> None:
    desk.adds(some_conditions(uid="first"))
    later = replace(some_conditions(uid="next"), valid_from_utc=at("0515"))
    desk.adds(replace(later, valid_until_utc=at("0745")))
    desk.clock.set(at("0456"))
    desk.draft.begin()
    assert desk.draft.text.valid_from == "0456Z"


def before_uid(desk: Typing) -> str | None:
    """The entry that is being amended, None for a new one."""
    before = desk.draft.before
    return None if before is None else before.uid


def test_a_second_key_changes_over_between_amending_and_a_new_entry(desk: Typing) -> None:
    desk.draft.begin()
    desk.draft.change_over()
    assert before_uid(desk) is None, "nothing is in force"
    desk.adds(some_conditions(uid="given"))
    desk.draft.change_over()
    assert before_uid(desk) == "given"
    desk.draft.change_over()
    assert before_uid(desk) is None
    assert desk.draft.text.stream == ""


def test_what_would_take_a_reckoned_drift_away_is_asked(desk: Typing) -> None:
    before = desk.adds(some_conditions())
    desk.draft.begin()
    desk.draft.change_over()
    desk.draft.edit(stream="240/1.4", valid_from="0515Z", valid_until="0745Z")
    (question,) = desk.draft.reading().questions
    assert question == Question(QuestionCode.PAST_DRIFT, 61 * 60.0), "from 0245 to now"
    assert not desk.draft.commit()
    assert desk.entries == [before]
    desk.draft.edit(valid_from="0300Z", valid_until="0515Z")
    assert desk.draft.reading().questions == (Question(QuestionCode.PAST_DRIFT, 15 * 60.0),)
    assert desk.draft.commit(frozenset({QuestionCode.PAST_DRIFT}))
    assert desk.entries[0].valid_from_utc == at("0300")


def test_what_is_not_reckoned_with_yet_may_begin_later(desk: Typing) -> None:
    later = replace(some_conditions(uid="later"), valid_from_utc=at("0400"))
    desk.adds(later)
    desk.draft.begin()
    desk.draft.choose("later")
    desk.draft.edit(valid_from="0430Z")
    assert desk.draft.reading().questions == ()
    desk.draft.edit(valid_from="0330Z")
    assert desk.draft.reading().questions == (), "earlier takes nothing away"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"stream": "060/6"}, None),
        ({"stream": "060/19"}, QuestionCode.STREAM_FAST),
        ({"wind": "290/80"}, None),
        ({"wind": "290/140"}, QuestionCode.WIND_STRONG),
        ({"wind": "290/14", "leeway": "10"}, None),
        ({"wind": "290/14", "leeway": "40"}, QuestionCode.LEEWAY_LARGE),
        ({"stream": "060/1.9", "leeway": "40"}, None),
        ({"stream": "060/1.9", "valid_until": "1046Z"}, None),
        ({"stream": "060/1.9", "valid_until": "1047Z"}, QuestionCode.HOLDS_LONG),
        ({"stream": "060/1.9", "valid_until": "160246Z"}, QuestionCode.HOLDS_LONG),
        ({"wind": "290/14", "valid_until": "1600Z"}, None),
    ],
)
def test_what_no_stream_or_wind_is_likely_to_be_is_asked(
    desk: Typing, values: dict[str, str], code: QuestionCode | None
) -> None:
    desk.draft.begin()
    desk.draft.edit(**values)
    codes = [question.code for question in desk.draft.reading().questions]
    assert codes == ([] if code is None else [code])
    if code is not None:
        assert not desk.draft.commit()
    assert desk.draft.commit(frozenset(codes))
    assert len(desk.entries) == 1


def test_what_is_in_force_is_taken_up_to_be_amended(desk: Typing) -> None:
    before = desk.adds(replace(some_conditions(), valid_from_utc=at("0245") + timedelta(seconds=7)))
    desk.draft.begin()
    desk.draft.change_over()
    text = desk.draft.text
    assert (text.stream, text.wind, text.leeway) == ("060/1.9", "290/14", "4")
    assert (text.valid_from, text.valid_until) == ("0245Z", "0515Z")
    assert desk.draft.reading().is_unchanged
    assert not desk.draft.commit()
    desk.draft.edit(stream="060/2.1")
    reading = desk.draft.reading()
    assert reading.before == before
    assert reading.replaced == (), "it stands in its own place"
    assert desk.draft.commit()
    (after,) = desk.entries
    assert after.uid == before.uid
    assert after.stream_rate_kn == 2.1
    assert after.valid_from_utc == before.valid_from_utc, "its seconds are kept"
    assert after.logged_at_utc == at("0346"), "known since now"
    desk.session.document.undo()
    assert desk.entries == [before]


def test_what_holds_for_the_selected_craft_alone_comes_first(desk: Typing) -> None:
    desk.adds(some_conditions(uid="all"))
    desk.adds(some_conditions("a", uid="own"))
    desk.draft.begin()
    assert [one.uid for one in (desk.draft.in_force,) if one] == ["all"]
    assert desk.draft.text == replace(desk.draft.text, track_uid=None)
    desk.session.selection.set(frozenset({"a"}))
    desk.draft.begin()
    assert [one.uid for one in (desk.draft.in_force,) if one] == ["own"]
    assert desk.draft.text.track_uid == "a"
    assert [one.uid for one in desk.draft.crafts()] == ["a"]
    desk.session.selection.set(frozenset({"b"}))
    assert [one.uid for one in desk.draft.crafts()] == ["a", "b"]
    assert {one.uid for one in desk.draft.choices()} == {"all", "own"}


def test_what_is_over_or_to_come_is_not_in_force(desk: Typing) -> None:
    over = replace(some_conditions(uid="over"), valid_from_utc=at("0145"))
    desk.adds(replace(over, valid_until_utc=at("0245")))
    desk.adds(replace(some_conditions(uid="later"), valid_from_utc=at("0400")))
    desk.draft.begin()
    assert desk.draft.in_force is None
    assert desk.draft.before is None
    assert [one.uid for one in desk.draft.choices()] == ["later", "over"]
    desk.draft.choose("over")
    assert desk.draft.text.valid_until == "0245Z"


def test_what_it_stands_in_place_of_is_named(desk: Typing) -> None:
    before = desk.adds(some_conditions())
    desk.draft.begin()
    desk.draft.choose("")
    desk.draft.edit(stream="070/1.5")
    assert desk.draft.reading().replaced == (before,)
    desk.draft.edit(valid_from="0520Z", valid_until="0800Z")
    assert desk.draft.reading().replaced == (), "the other is over by then"
    assert desk.draft.reading().drift_utc == at("0520")
    desk.draft.edit(valid_from="0300Z", valid_until="0500Z", track_uid="a")
    assert desk.draft.reading().replaced == (), "for others"


def test_a_time_long_ago_is_offered_with_its_day(desk: Typing) -> None:
    early = at("0800", NIGHT_DAY - 1)
    desk.adds(replace(some_conditions(uid="x"), valid_from_utc=early))
    desk.draft.choose("x")
    assert desk.draft.text.valid_from == "140800Z"
    desk.draft.edit(source="atlas")
    assert span(desk) == (early, at("0515"))


def test_they_are_withdrawn_by_a_second_key(desk: Typing) -> None:
    before = desk.adds(some_conditions())
    desk.draft.begin_withdrawing()
    assert not desk.draft.is_withdrawing, "nothing is taken up"
    desk.draft.begin()
    desk.draft.change_over()
    desk.draft.edit(stream="1")
    desk.draft.begin_withdrawing()
    assert desk.draft.text.stream == "060/1.9"
    assert not desk.draft.is_empty
    desk.draft.clear()
    assert not desk.draft.is_withdrawing
    desk.draft.begin_withdrawing()
    assert desk.draft.commit()
    assert desk.entries == []
    desk.session.document.undo()
    assert desk.entries == [before]


def test_typing_takes_the_withdrawal_back(desk: Typing) -> None:
    desk.adds(some_conditions())
    desk.draft.begin()
    desk.draft.change_over()
    desk.draft.begin_withdrawing()
    desk.draft.edit(source="atlas")
    assert not desk.draft.is_withdrawing
    assert desk.draft.commit()
    assert desk.entries[0].source == "atlas"


def test_a_direction_of_tenths_and_one_of_two_figures_are_written_out(desk: Typing) -> None:
    entry = replace(some_conditions(uid="x"), stream_set_deg=5.5)
    desk.adds(replace(entry, wind_from_deg=None, wind_speed_kn=None, leeway_percent=None))
    desk.draft.choose("x")
    assert (desk.draft.text.stream, desk.draft.text.wind) == ("005.5/1.9", "")


def test_nothing_begins_in_a_plot_that_is_read_only(tmp_path: Path) -> None:
    desk = Typing(tmp_path, is_read_only=True)
    assert not desk.draft.begin()


def test_it_starts_over_in_another_plot(desk: Typing) -> None:
    desk.draft.begin()
    desk.draft.edit(stream="060/1.9")
    desk.session.show(open_plot(a_plot(), clock=desk.clock).document)
    assert desk.draft.is_empty
