"""What is typed to find things: the conditions it is read into."""

from datetime import datetime, timedelta

import pytest

from channelplot.model.codes import BoatType, Craft, ReportKind, SourceKind, TrackStatus
from channelplot.tools.find import read_query
from channelplot.tools.find_words import (
    BOAT_TYPES,
    CRAFT,
    KEYS,
    KINDS,
    SOURCES,
    STATUSES,
    Key,
    Part,
)
from channelplot.tools.fold import folded
from channelplot.tools.query import (
    Caller,
    Coded,
    Condition,
    Count,
    FindContext,
    Grade,
    NoBoat,
    NotRead,
    OfBoat,
    Open,
    Period,
    Sign,
    Unread,
    Words,
)
from helpers.builders import at

CONTEXT = FindContext(
    at("0300"),
    {"a": frozenset({"a"}), "c": frozenset({"c", "a"}), "cutter 1": frozenset({"cutter"})},
)
"""Boats A and C, which was merged into it, and CUTTER-1."""


def words(typed: str) -> Words:
    return Words(typed, folded(typed))


def status(typed: str, *codes: TrackStatus) -> Coded:
    return Coded(Key.STATUS, typed, folded(typed), frozenset(codes))


def source(typed: str, *codes: SourceKind) -> Coded:
    return Coded(Key.SOURCE, typed, folded(typed), frozenset(codes))


def period(first: str | None, last: str | None, day: int = 15, to_day: int = 15) -> Period:
    """A period up to the minute that was typed, that minute included."""

    def moment(hhmm: str | None, of_day: int) -> datetime | None:
        return None if hhmm is None else at(hhmm, of_day)

    until = moment(last, to_day)
    return Period(moment(first, day), None if until is None else until + timedelta(minutes=1))


def people(sign: Sign, number: int, part: Part = Part.TOTAL) -> Count:
    return Count(part, sign, number)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("   ", []),
        ("... - !", []),
        ("white", [words("white")]),
        ("white hull", [words("white"), words("hull")]),
        ('"white hull"', [words("white hull")]),
        ("«coque blanche»", [words("coque blanche")]),
        ('"white', [words("white")]),
        ("white, white", [words("white")]),
        ("À la dérive", [Words("À", "a"), Words("la", "la"), Words("dérive", "derive")]),
        ("GN-2017/42", [Words("GN-2017/42", "gn 2017 42")]),
        ("0252", [words("0252")]),
        ("0252Z", [words("0252Z")]),
        # boats
        ("A", [OfBoat("A", ("A",), frozenset({"a"}))]),
        ("c", [OfBoat("c", ("C",), frozenset({"a", "c"}))]),
        ('"a"', [words("a")]),
        ("B", [words("B")]),
        ("CUTTER-1", [Words("CUTTER-1", "cutter 1")]),
        ("boat:CUTTER-1", [OfBoat("CUTTER-1", ("CUTTER 1",), frozenset({"cutter"}))]),
        ("bateau: c", [OfBoat("c", ("C",), frozenset({"a", "c"}))]),
        ("boat:cut", [OfBoat("cut", ("CUTTER 1",), frozenset({"cutter"}))]),
        ("boat:ZZ", [Unread(NotRead.NO_SUCH_VALUE, "ZZ", "boat")]),
        # status
        ("status:adrift", [status("adrift", TrackStatus.ADRIFT)]),
        ("STATUS: adrift", [status("adrift", TrackStatus.ADRIFT)]),
        ("statut:dérive", [Coded(Key.STATUS, "dérive", "derive", frozenset({TrackStatus.ADRIFT}))]),
        ("status:under way", [status("under way", TrackStatus.UNDER_WAY)]),
        ('status:"under way" way', [status("under way", TrackStatus.UNDER_WAY), words("way")]),
        ("status:under white", [status("under", TrackStatus.UNDER_WAY), words("white")]),
        ("status:ad", [status("ad", TrackStatus.ADRIFT)]),
        (
            "status:rescued",
            [status("rescued", TrackStatus.RESCUED_PART, TrackStatus.RESCUED_ALL)],
        ),
        ("status:rescued all", [status("rescued all", TrackStatus.RESCUED_ALL)]),
        ("status:", [Unread(NotRead.NO_VALUE, "", "status")]),
        ("status:blue", [Unread(NotRead.NO_SUCH_VALUE, "blue", "status")]),
        # source, kind, craft, type
        ("source:phone", [source("phone", SourceKind.PHONE)]),
        ("source:appel", [source("appel", SourceKind.PHONE)]),
        ("source:CUTTER-1", [Coded(Key.SOURCE, "CUTTER-1", "cutter 1", frozenset())]),
        ("kind:launch", [Coded(Key.KIND, "launch", "launch", frozenset({ReportKind.LAUNCH}))]),
        (
            "nature:débarquement",
            [Coded(Key.KIND, "débarquement", "debarquement", frozenset({ReportKind.LANDING}))],
        ),
        (
            "craft:small boat",
            [Coded(Key.CRAFT, "small boat", "small boat", frozenset({Craft.SMALL_BOAT}))],
        ),
        ("type:rhib", [Coded(Key.TYPE, "rhib", "rhib", frozenset({BoatType.RHIB}))]),
        # grade and caller
        ("grade:2c", [Grade("2C")]),
        ("cote:B", [Grade("B")]),
        ("tel:06 12 34 56 78", [Caller("06 12 34 56 78", "612345678")]),
        (
            "tel:+33 6 12 34 56 78 adrift",
            [Caller("+33 6 12 34 56 78", "33612345678"), words("adrift")],
        ),
        ("caller:cutter-1", [Caller("cutter-1", "CUTTER-1")]),
        # times: the clock says 0300Z
        ("0200-0400", [period("0200", "0400")]),
        ("0200Z - 0400Z", [period("0200", "0400")]),
        ("0200 to 0245", [period("0200", "0245")]),
        ("0200 à 0245", [period("0200", "0245")]),
        ("2300-0100", [period("2300", "0100", 14)]),
        ("0330A-0400A", [period("0230", "0300")]),
        ("0430 FR-0500 FR", [period("0230", "0300")]),
        ("142300Z-150100Z", [period("2300", "0100", 14)]),
        (">0200", [period("0200", None)]),
        (">=0200", [period("0200", None)]),
        ("since 0200", [period("0200", None)]),
        ("depuis 2300", [period("2300", None, 14)]),
        ("<0200", [period(None, "0200")]),
        ("before 0400", [period(None, "0400")]),
        ("<2300", [period(None, "2300", to_day=14)]),
        ("avant 0400Z", [period(None, "0400")]),
        ("<160000Z", [period(None, "0000", to_day=16)]),
        ("time:0200-0400", [period("0200", "0400")]),
        ("time:>0200", [period("0200", None)]),
        ("heure:0200", [period("0200", "0200")]),
        ("time:noon", [Unread(NotRead.NO_TIME, "noon", "time")]),
        (">2500", [Unread(NotRead.NO_TIME, ">2500")]),
        ("0612-3456", [Words("0612-3456", "0612 3456")]),
        # people
        ("people>40", [people(Sign.MORE, 40)]),
        ("people > 40", [people(Sign.MORE, 40)]),
        (">40 people", [people(Sign.MORE, 40)]),
        ("> 40 personnes", [people(Sign.MORE, 40)]),
        (">40", [people(Sign.MORE, 40)]),
        ("40+ pob", [people(Sign.AT_LEAST, 40)]),
        ("pob>=40", [people(Sign.AT_LEAST, 40)]),
        ("people≤10", [people(Sign.AT_MOST, 10)]),
        ("people<10", [people(Sign.LESS, 10)]),
        ("people=45", [people(Sign.EXACTLY, 45)]),
        ("people:45", [people(Sign.EXACTLY, 45)]),
        ("pob:>45", [people(Sign.MORE, 45)]),
        ("45 people", [people(Sign.EXACTLY, 45)]),
        ("children>3", [people(Sign.MORE, 3, Part.CHILDREN)]),
        (">3 enfants", [people(Sign.MORE, 3, Part.CHILDREN)]),
        ("missing>0", [people(Sign.MORE, 0, Part.MISSING)]),
        ("children", [words("children")]),
        ("people:many", [Unread(NotRead.NO_NUMBER, "many", "people")]),
        ("people:", [Unread(NotRead.NO_VALUE, "", "people")]),
        # flags
        ("open", [Open(True)]),
        ("ouverts", [Open(True)]),
        ("closed", [Open(False)]),
        ("clos", [Open(False)]),
        ("fermés", [Open(False)]),
        ("close", [words("close")]),
        ("unattributed", [NoBoat()]),
        ("non attribués", [NoBoat()]),
        ("sans bateau", [NoBoat()]),
        # unknown keys
        ("colour:grey", [Unread(NotRead.NO_SUCH_KEY, "grey", "colour")]),
        ("MAYDAY:", [Unread(NotRead.NO_SUCH_KEY, "MAYDAY", "MAYDAY")]),
        ("VHF 16", [words("VHF"), words("16")]),
        ("http://x", [Words("http://x", "http x")]),
        # several
        (
            "adrift phone 0200-0400 >40 people open",
            [
                words("adrift"),
                words("phone"),
                period("0200", "0400"),
                people(Sign.MORE, 40),
                Open(True),
            ],
        ),
    ],
)
def test_what_is_typed_is_read(text: str, expected: list[Condition]) -> None:
    assert list(read_query(text, CONTEXT).conditions) == expected


def test_times_of_day_are_the_latest_before_the_reference() -> None:
    later = FindContext(at("1500"))
    assert read_query(">0200", later).conditions == (period("0200", None),)
    assert read_query("<0400", later).conditions == (period(None, "0400"),)
    assert read_query(">2000", later).conditions == (period("2000", None, 14),)


def test_the_last_minute_of_a_period_is_the_one_typed() -> None:
    (condition,) = read_query("0200-0400", CONTEXT).conditions
    assert isinstance(condition, Period)
    assert condition.last_utc == at("0400")
    assert Period(from_utc=at("0200")).last_utc is None


def test_only_what_was_not_understood_is_a_fault() -> None:
    query = read_query("adrift colour:grey status:blue", CONTEXT)
    assert [fault.typed for fault in query.faults] == ["grey", "blue"]
    assert not query.is_empty
    assert read_query(" , ", CONTEXT).is_empty


@pytest.mark.parametrize(
    "text", ["a" * 2000, "status:" * 50, '"' * 9, ">" * 40, "0200-" * 30, "«»"]
)
def test_anything_can_be_typed(text: str) -> None:
    for end in range(0, len(text), max(1, len(text) // 60)):
        query = read_query(text[:end], CONTEXT)
        assert all(fault.typed in text for fault in query.faults)


def test_every_code_has_names_that_are_folded() -> None:
    for names, codes in (
        (STATUSES, TrackStatus),
        (SOURCES, SourceKind),
        (KINDS, ReportKind),
        (CRAFT, Craft),
        (BOAT_TYPES, BoatType),
    ):
        assert set(names) == set(codes)
        for name in (name for known in names.values() for name in known):
            assert name == folded(name), name
    assert all(key == folded(key) for key in KEYS)


@pytest.mark.parametrize(
    ("text", "alike"),
    [
        ("À la DÉRIVE, cœur", "a la derive  coeur"),
        ("50°58.0'N", "50 58 0 n"),
        ("l’eau", "l eau"),
        ("Ærø", "aer "),
        ("قارب 40", "قارب 40"),
        ("Łódź 3", "łodz 3"),
        ("under_way", "under way"),
    ],
)
def test_texts_are_made_alike(text: str, alike: str) -> None:
    assert folded(text) == alike
