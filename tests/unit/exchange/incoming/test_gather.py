"""What readers tell of a file: each thing once, with the identifier it has in every file."""

import random
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from channelplot.errors import ImportFault
from channelplot.exchange.incoming import gather
from channelplot.exchange.incoming.found import (
    NO_TRACK,
    FoundPlace,
    FoundReport,
    FoundTrack,
    ReadOptions,
)
from channelplot.exchange.incoming.gather import BATCH, Gatherer
from channelplot.exchange.incoming.incoming import MOST_REFUSALS, Incoming, TrackIdentity
from channelplot.geodesy.position import Position
from channelplot.model.codes import Craft, PositionForm, SourceKind
from channelplot.model.ids import is_uid, new_uid
from channelplot.model.people import PeopleCount
from channelplot.model.report import Report
from helpers.builders import R1, R2, R3, a_beach, a_mark, a_track, at
from helpers.incoming import FILE, NOW, found, gathered


def reports(incoming: Incoming) -> list[Report]:
    return [report for own in incoming.reports.values() for report in own]


def uids(*things: FoundReport | FoundTrack, path: Path = FILE) -> set[str]:
    return {report.uid for report in reports(gathered(*things, path=path))}


def test_a_row_becomes_a_report_with_what_it_says() -> None:
    (report,) = reports(
        gathered(found("0210", R1, course_deg=310.0, speed_kn=4.5, source=SourceKind.PATROL))
    )
    assert is_uid(report.uid)
    assert (report.observed_at_utc, report.position) == (at("0210"), R1)
    assert (report.course_deg, report.speed_kn) == (310.0, 4.5)
    assert report.source is SourceKind.PATROL
    assert report.position_form is PositionForm.IMPORTED
    assert report.as_received == "row 1"


def test_what_a_file_does_not_say_is_the_time_the_desk_and_the_file_of_the_import() -> None:
    (report,) = reports(gathered(found()))
    assert (report.received_at_utc, report.logged_at_utc) == (NOW, NOW)
    assert (report.logged_by, report.source_name) == ("watch", "patrol.gpx")
    assert report.source is SourceKind.UNKNOWN


def test_a_report_of_this_program_stays_as_it_was() -> None:
    uid = new_uid()
    (report,) = reports(
        gathered(
            found(
                uid=uid,
                as_received="x" * 900,
                received_at_utc=at("0212"),
                logged_at_utc=at("0213"),
                position_form=PositionForm.DDM,
            )
        )
    )
    assert (report.uid, report.logged_by, report.source_name) == (uid, "", "")
    assert (report.received_at_utc, report.logged_at_utc) == (at("0212"), at("0213"))
    assert report.as_received == "x" * 900


def test_a_course_of_360_degrees_is_north() -> None:
    (report,) = reports(gathered(found(course_deg=360.0)))
    assert report.course_deg == 0.0


def test_times_are_cut_to_the_millisecond_as_a_plot_keeps_them() -> None:
    late = at("0210") + timedelta(microseconds=999_999)
    (report,) = reports(gathered(found(late)))
    assert report.observed_at_utc == at("0210") + timedelta(milliseconds=999)


def test_the_same_row_has_the_same_identifier_in_every_file_and_at_every_time() -> None:
    rows = (found("0210", R1), found("0228", R2, line=2))
    later = gathered(*reversed(rows), path=Path("copy.gpx"), now_utc=NOW + timedelta(days=3))
    assert {report.uid for report in reports(later)} == uids(*rows)


@pytest.mark.parametrize(
    "other",
    [
        found("0211", R1),
        found("0210", R2),
        found("0210", R1, track="B"),
        found("0210", R1, track=NO_TRACK),
        found("0210", None),
        found("0210", Position(R1.lon_deg + 2e-7, R1.lat_deg)),
    ],
)
def test_another_time_place_or_craft_is_another_report(other: FoundReport) -> None:
    assert len(uids(found("0210", R1), other)) == 2


def test_a_figure_beyond_a_centimetre_is_no_other_place() -> None:
    assert (
        len(uids(found(position=R1), found(position=Position(R1.lon_deg + 4e-9, R1.lat_deg)))) == 1
    )


def test_without_a_place_the_words_tell_reports_apart() -> None:
    events = (found("0210", None, as_received="called"), found("0210", None, as_received="rang"))
    assert len(uids(*events)) == 2
    assert uids(*events) == uids(*events)


def test_a_row_that_stands_there_twice_comes_in_once() -> None:
    incoming = gathered(
        found(line=1), found(as_received="row 1", line=2), found("0228", R2, line=3)
    )
    assert incoming.report_count == 2
    assert incoming.said_twice == 1
    assert incoming.refusals == ()


@pytest.mark.parametrize(
    "otherwise",
    [
        {"people": PeopleCount(total=30)},
        {"course_deg": 311.0},
        {"speed_kn": None},
        {"source": SourceKind.PATROL},
        {"source_name": "HELI"},
        {"as_received": "another note"},
        {"position": Position(R1.lon_deg + 4e-9, R1.lat_deg), "speed_kn": 5.0},
    ],
)
def test_of_two_of_one_craft_time_and_place_that_say_otherwise_the_second_is_refused(
    otherwise: dict[str, object],
) -> None:
    said: dict[str, object] = {
        "as_received": "T,50.97", "people": PeopleCount(total=45),
        "course_deg": 310.0, "speed_kn": 4.0,
    }  # fmt: skip
    first, second = found(**said), found(line=3, **{**said, **otherwise})  # type: ignore[arg-type]
    incoming = gathered(first, found(line=2, **said), second)  # type: ignore[arg-type]
    (report,) = reports(incoming)
    assert report.people == PeopleCount(total=45)
    assert incoming.said_twice == 1
    assert [(r.line, r.fault, r.detail) for r in incoming.refusals] == [
        (3, ImportFault.REPORT_TWICE, second.as_received)
    ]


def test_a_place_that_differs_by_less_than_a_centimetre_says_nothing_else() -> None:
    incoming = gathered(found(), found(position=Position(R1.lon_deg + 4e-9, R1.lat_deg)))
    assert (incoming.report_count, incoming.said_twice, incoming.refusals) == (1, 1, ())


def test_without_a_place_reports_of_the_same_words_that_say_otherwise_are_two() -> None:
    events = (found("0210", None, as_received="rang", people=PeopleCount(total=n)) for n in (4, 5))
    assert [r.fault for r in gathered(*events).refusals] == [ImportFault.REPORT_TWICE]


def test_a_row_under_two_crafts_of_one_name_comes_in_once() -> None:
    names = [FoundTrack(line=1, key=key, name="Track 1") for key in "12"]
    incoming = gathered(*names, found(track="1"), found(track="2"))
    assert (incoming.report_count, incoming.said_twice, incoming.refusals) == (1, 1, ())


def test_of_two_with_one_identifier_that_say_otherwise_the_second_is_refused() -> None:
    uid = new_uid()
    incoming = gathered(
        found(uid=uid, line=1),
        found(uid=uid, as_received="row 1", line=2),
        found("0300", uid=uid, line=3),
    )
    (report,) = reports(incoming)
    assert report.observed_at_utc == at("0210")
    assert incoming.said_twice == 1
    assert [(r.line, r.fault, r.detail) for r in incoming.refusals] == [
        (3, ImportFault.UID_TWICE, uid)
    ]


def test_many_batches_are_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(9)
    rows = [
        found(
            at("0210") + timedelta(seconds=n // 3),
            Position(1.0 + dice.random(), 51.0),
            track=f"T{n % 7}",
            line=n + 1,
        )
        for n in range(200)
    ]
    whole = gathered(*rows, *rows[:5])
    monkeypatch.setattr(gather, "BATCH", 9)
    parts = gathered(*rows, *rows[:5])
    assert BATCH > 200
    assert whole.reports == parts.reports
    assert whole.tracks.keys() == parts.tracks.keys()
    assert whole.said_twice == parts.said_twice == 5


# Tracks


def test_a_craft_is_called_as_the_file_calls_it_and_known_by_its_first_report() -> None:
    rows = (found("0210", R1, track="7"), found("0228", R2, track="7"))
    told = FoundTrack(line=1, key="7", name="Track  1")
    ((uid, track),) = gathered(told, *rows).tracks.items()
    assert track.track.name == "Track 1"
    assert track.identity is TrackIdentity.REPORTS
    assert track.track.uid == uid
    assert [*gathered(*rows, told).tracks] == [uid]
    assert [*gathered(replace(told, name="Track 2"), *rows).tracks] != [uid]


def test_a_craft_that_the_file_never_tells_of_is_called_by_its_key() -> None:
    ((_, track),) = gathered(found(track="GUARDIAN")).tracks.items()
    assert (track.track.name, track.track.craft) == ("GUARDIAN", Craft.OTHER)


def test_a_craft_without_a_name_is_called_by_the_file() -> None:
    told = FoundTrack(line=1, key="1")
    ((_, track),) = gathered(told, found(track="1")).tracks.items()
    assert track.track.name == "patrol"


def test_two_tracks_of_one_name_stay_two() -> None:
    incoming = gathered(
        FoundTrack(line=1, key="1", name="Track 1"),
        FoundTrack(line=5, key="2", name="Track 1"),
        found("0210", R1, track="1"),
        found("0210", R2, track="2"),
    )
    assert len(incoming.tracks) == 2


def test_a_craft_with_a_number_is_the_same_in_every_file() -> None:
    told = FoundTrack(line=1, key="227123456", name="MANCHE", is_craft_id=True)
    ((one, track),) = gathered(told, found("0210", track="227123456")).tracks.items()
    ((two, _),) = gathered(
        replace(told, name=""), found("0400", R3, track="227123456")
    ).tracks.items()
    assert one == two
    assert track.identity is TrackIdentity.CRAFT_ID
    assert track.track.name == "MANCHE"


def test_of_a_craft_that_is_told_twice_only_what_is_new_counts() -> None:
    incoming = gathered(
        FoundTrack(line=1, key="1", name="A", craft=Craft.AIRCRAFT),
        FoundTrack(line=9, key="1", name="B", craft=Craft.MERCHANT_VESSEL, length_m=12.0, note="x"),
        found(track="1"),
    )
    ((_, track),) = incoming.tracks.items()
    kept = track.track
    assert (kept.name, kept.craft, kept.length_m, kept.note) == ("A", Craft.AIRCRAFT, 12.0, "x")


def test_a_record_of_this_program_comes_with_its_identifier_even_without_reports() -> None:
    record = a_track("A")
    incoming = gathered(FoundTrack(line=1, key=record.uid, name="A", record=record))
    assert {uid: each.track for uid, each in incoming.tracks.items()} == {record.uid: record}
    assert incoming.reports == {}


def test_a_craft_without_reports_is_none() -> None:
    told = FoundTrack(line=1, key="227123456", is_craft_id=True)
    assert gathered(told, FoundTrack(line=2, key="x", name="X")).tracks == {}


@pytest.mark.parametrize(("length_m", "speed_kn"), [(-3.0, None), (None, 999.5)])
def test_a_record_that_can_not_be_is_refused_and_its_reports_come_in(
    length_m: float | None, speed_kn: float | None
) -> None:
    record = replace(a_track("A"), length_m=length_m, speed_kn=speed_kn)
    incoming = gathered(
        FoundTrack(line=4, key=record.uid, name="A", record=record), found(track=record.uid)
    )
    assert [(r.line, r.fault) for r in incoming.refusals] == [(4, ImportFault.NUMBER_NOT_READ)]
    ((uid, track),) = incoming.tracks.items()
    assert (uid, track.track.name, track.track.length_m) == (record.uid, "A", None)


def test_reports_of_no_track_are_of_none() -> None:
    incoming = gathered(found(track=NO_TRACK))
    assert list(incoming.reports) == [None]
    assert incoming.tracks == {}


# What is refused


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (found(NOW + timedelta(minutes=16)), ImportFault.TIME_AHEAD),
        (found(datetime(1, 1, 1, tzinfo=UTC)), ImportFault.TIME_LONG_AGO),
        (found(datetime(1969, 12, 31, 23, 59, tzinfo=UTC)), ImportFault.TIME_LONG_AGO),
        (found(course_deg=400.0), ImportFault.NUMBER_NOT_READ),
        (found(course_deg=float("nan")), ImportFault.NUMBER_NOT_READ),
        (found(speed_kn=-1.0), ImportFault.NUMBER_NOT_READ),
        (found(error_m=float("inf")), ImportFault.NUMBER_NOT_READ),
        (found(people=PeopleCount(total=3, children=5)), ImportFault.NUMBER_NOT_READ),
        (found(as_received="a\0b"), ImportFault.ZERO_BYTE),
        (found(as_received="\ud800"), ImportFault.ENCODING),
        (found(track="A\ud800"), ImportFault.ENCODING),
        (found(uid="x" * 65), ImportFault.ENCODING),
    ],
)
def test_what_no_plot_can_hold_is_refused_with_its_line_and_the_others_come_in(
    row: FoundReport, fault: ImportFault
) -> None:
    incoming = gathered(found("0200", line=1), replace(row, line=7), found("0228", R2, line=8))
    assert [(r.line, r.fault) for r in incoming.refusals] == [(7, fault)]
    assert incoming.refused == {fault: 1}
    assert incoming.report_count == 2
    (track,) = incoming.tracks.values()
    assert track.track.name == "A"


def test_clocks_may_differ_by_a_quarter_of_an_hour() -> None:
    assert gathered(found(NOW + timedelta(minutes=15))).report_count == 1


def test_the_first_moment_of_1970_is_not_long_ago() -> None:
    assert gathered(found(datetime(1970, 1, 1, tzinfo=UTC))).report_count == 1


def test_only_the_first_of_very_many_refusals_are_kept_and_all_are_counted() -> None:
    gatherer = Gatherer(FILE, ReadOptions(now_utc=NOW))
    for line in range(1, MOST_REFUSALS + 6):
        gatherer.refuse(line, ImportFault.TIME_MISSING)
    incoming = gatherer.finish()
    assert len(incoming.refusals) == MOST_REFUSALS
    assert incoming.refused_count == MOST_REFUSALS + 5


# Places


def test_a_place_becomes_a_beach_with_the_same_identifier_each_time() -> None:
    place = FoundPlace(line=2, name=" Buoy  7 ", position=R1, note="lit")
    one, two = (gathered(place, place) for _ in range(2))
    (each,) = one.places
    assert one.places == two.places
    assert (each.place.name, each.place.position, each.is_given) == ("Buoy 7", R1, False)
    assert one.said_twice == 1


def test_a_place_without_a_name_is_refused() -> None:
    incoming = gathered(FoundPlace(line=2, name=" ", position=R1))
    assert [(r.line, r.fault) for r in incoming.refusals] == [(2, ImportFault.NO_NAME)]
    assert incoming.places == ()


def test_beaches_and_marks_of_this_program_come_as_they_were() -> None:
    beach, mark = a_beach(), a_mark()
    incoming = gathered(
        FoundPlace(line=1, name=beach.name, position=beach.position, record=beach),
        FoundPlace(line=2, name=mark.name, position=mark.position, record=mark),
    )
    assert [each.place for each in incoming.places] == [beach, mark]
    assert all(each.is_given for each in incoming.places)


def test_beaches_and_marks_of_which_nobody_knows_where_on_earth_they_are_are_refused() -> None:
    beach, mark = replace(a_beach(), error_m=20_040_001.0), replace(a_mark(), error_m=1e308)
    incoming = gathered(
        FoundPlace(line=7, name=beach.name, position=beach.position, record=beach),
        FoundPlace(line=7, name=mark.name, position=mark.position, record=mark),
    )
    assert [(r.line, r.fault) for r in incoming.refusals] == [(7, ImportFault.NUMBER_NOT_READ)] * 2
    assert incoming.places == ()


def test_progress_is_handed_on() -> None:
    told: list[float] = []
    gatherer = Gatherer(
        FILE, ReadOptions(now_utc=NOW, stop=threading.Event()), progress=told.append
    )
    gatherer.progress(0.25)
    assert told == [0.25]


def test_nothing_is_nothing() -> None:
    incoming = gathered()
    assert incoming.is_empty
    assert incoming.report_count == 0
