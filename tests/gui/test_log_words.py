"""The acts of the watch log in words: one sensible sentence for everything that can be done."""

import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.commands.alerts import acknowledge
from channelplot.commands.beaches import add_beach, amend_beach, move_beach, withdraw_beach
from channelplot.commands.claims import give_reports, merge_tracks, split_track
from channelplot.commands.closing import Closing, close_track, explain_people, reopen_track
from channelplot.commands.command import Command
from channelplot.commands.log_lines import add_log_line, amend_log_line, withdraw_log_line
from channelplot.commands.marks import add_mark, amend_mark
from channelplot.commands.reports import add_report, amend_report, move_report, withdraw_report
from channelplot.commands.restore import restore, restore_several
from channelplot.commands.together import together
from channelplot.commands.tracks import amend_track, set_status, start_track, withdraw_track
from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.caller import same_as_report
from channelplot.model.codes import (
    AlertCode,
    BoatType,
    CountBasis,
    Craft,
    PositionForm,
    ReportKind,
    SourceKind,
    TrackStatus,
)
from channelplot.model.log_line import LogLine
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import StatusChange, Track
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from channelplot.store.log import LoggedAct
from channelplot.ui.log import log_text
from channelplot.ui.log.facts import LogKind
from channelplot.ui.log.sentences import SENTENCES
from channelplot.ui.words.act_words import ACTS
from helpers.builders import R2, R3, R5, a_beach, a_mark, a_report, a_track, at, ddm, night_plot
from helpers.clock import FixedClock
from helpers.every_command import EVERY_COMMAND
from helpers.full_plot import WITHDRAWN, full_plot
from helpers.told import Told, log_of, told_of

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}")
FULL = full_plot()

Made = Callable[[Plot], Command]


def named(plot: Plot, name: str) -> Track:
    return next(track for track in plot.tracks.values() if track.name == name)


def r3(plot: Plot) -> Report:
    return named(plot, "A").reports[2]


def log_line(text: str, **fields: str) -> LogLine:
    return LogLine(uid="new-line", at_utc=at("0300"), text=text, operator="watch", **fields)


def closing(status: TrackStatus = TrackStatus.RESCUED_ALL, **fields: str) -> Closing:
    return Closing(status=status, change_uid="c", at_utc=at("0300"), by="watch", **fields)


CASES: dict[str, tuple[Made, str]] = {
    "add_report": (
        lambda plot: add_report(
            a_report(
                "0255",
                track_uid=named(plot, "A").uid,
                source=SourceKind.PHONE,
                people=PeopleCount(total=55, children=10),
                as_received="engine\nfailing",
            )
        ),
        "report 0255Z of A plotted: 55, 10 children, phone, “engine failing”",
    ),
    "a report that says that its boat is stopped": (
        lambda plot: add_report(
            a_report("0255", track_uid=named(plot, "A").uid, as_received="stopped", speed_kn=0.0),
            change=StatusChange("s", TrackStatus.ADRIFT, at("0255"), by="watch"),
        ),
        "report 0255Z of A plotted: “stopped”, status: adrift",
    ),
    "a report without words": (
        lambda plot: add_report(a_report("0255", position=R2)),
        "report 0255Z plotted: 50°58.79'N 001°39.43'E",
    ),
    "a report of yesterday": (
        lambda plot: add_report(a_report(at("2250", day=13), position=None, source_name="CCTV")),
        "report 132250Z plotted: CCTV",
    ),
    "a report from ashore": (
        lambda plot: add_report(
            a_report("0105", kind=ReportKind.PREVENTED, people=PeopleCount(total=30, children=8))
        ),
        "prevented attempt 0105Z plotted: 30, 8 children, 50°58.00'N 001°41.00'E",
    ),
    "start_track": (
        lambda plot: add_report(
            a_report("0210", track_uid="new", people=PeopleCount(total=45, is_estimate=True)),
            a_track("K", uid="new"),
        ),
        "new boat K, report 0210Z plotted: 45 est, 50°58.00'N 001°41.00'E",
    ),
    "start_track alone": (
        lambda plot: start_track(a_track("CUTTER-2", craft=Craft.RESCUE_VESSEL)),
        "new rescue vessel CUTTER-2",
    ),
    "move_report": (
        lambda plot: move_report(r3(plot).uid, R5, PositionForm.POINTED, None),
        "report 0245Z of A moved from 50°59.50'N 001°37.00'E to 51°01.90'N 001°30.70'E",
    ),
    "amend_report": (
        lambda plot: amend_report(
            replace(
                r3(plot),
                observed_at_utc=at("0247"),
                people=PeopleCount(total=54, children=9),
                source_name="caller",
            ),
            "misheard",
        ),
        "report 0245Z of A amended: observed 150245Z SEP 26 → 150247Z SEP 26, "
        "name of the source: caller, people 55 → 54, children 10 → 9",
    ),
    "people taken from a report": (
        lambda plot: amend_report(replace(r3(plot), people=None)),
        "report 0245Z of A amended: people 55, 10 children → nothing",
    ),
    "withdraw_report": (
        lambda plot: withdraw_report(r3(plot).uid, "told twice"),
        "withdrawn: report 0245Z of A",
    ),
    "restore_report": (lambda plot: restore(WITHDRAWN[1]), "restored: event 0125Z"),
    "give_reports": (
        lambda plot: give_reports([r3(plot).uid], None, new_track=a_track("C2")),
        "report 0245Z of A moved to new boat C2",
    ),
    "several given": (
        lambda plot: give_reports(
            [report.uid for report in named(plot, "A").reports], named(plot, "F").uid
        ),
        "reports 0210Z, 0228Z, 0245Z of A moved to F",
    ),
    "given to none": (
        lambda plot: give_reports([r3(plot).uid], None, reason="told twice"),
        "report 0245Z of A taken from it: of no boat now",
    ),
    "given from none": (
        lambda plot: give_reports([plot.unattributed[0].uid], named(plot, "A").uid),
        "prevented attempt 0105Z, of no boat before, moved to A",
    ),
    "split_track": (
        lambda plot: split_track(named(plot, "F").uid, at("0220"), a_track("G")),
        "F split at 0220Z: reports 0220Z, 0240Z moved to new boat G",
    ),
    "merge_tracks": (
        lambda plot: merge_tracks(
            named(plot, "F").uid,
            named(plot, "A").uid,
            change_uid="m",
            at_utc=at("0300"),
            by="watch",
            reason="the same hull",
        ),
        "boat F is the same boat as A: reports 0200Z, 0220Z, 0240Z moved to A",
    ),
    "amend_track": (
        lambda plot: amend_track(
            replace(
                named(plot, "A"),
                name="AA",
                boat_type=BoatType.INFLATABLE,
                length_m=7.5,
                note="white hull",
                launch_beach_uid=next(iter(plot.beaches)),
            )
        ),
        "boat A amended: name A → AA, launch beach: Sangatte, note: “white hull”, "
        "type of boat: inflatable, length: 7.5 m",
    ),
    "set_status": (
        lambda plot: set_status(
            named(plot, "A").uid,
            TrackStatus.ADRIFT,
            change_uid="s",
            at_utc=at("0245"),
            by="watch",
            reason="engine stopped",
        ),
        "boat A: reported → adrift from 0245Z on",
    ),
    "close_track": (
        lambda plot: close_track(
            named(plot, "B").uid,
            closing(TrackStatus.RETURNED, identified_by="CUTTER-1", identified_how="alongside"),
        ),
        "boat B closed as returned, identified by CUTTER-1 (alongside), no longer watched "
        "against A",
    ),
    "closed on a name": (
        lambda plot: close_track(
            named(plot, "A").uid, closing(explained_by="Officer Two", reason="miscounted")
        ),
        "boat A closed as rescued (all), 55 unaccounted for, 10 children among them, "
        "Officer Two answers for that, no longer watched against B",
    ),
    "reopen_track": (
        lambda plot: reopen_track(
            named(plot, "C").uid, change_uid="o", at_utc=at("0300"), by="watch", reason="not it"
        ),
        "boat C reopened: landed → reported",
    ),
    "explain_people": (
        lambda plot: explain_people(
            named(plot, "A").uid,
            change_uid="e",
            at_utc=at("0300"),
            by="watch",
            explained_by="Officer Two",
            reason="counted twice",
        ),
        "A: 55 unaccounted for, 10 children among them, Officer Two answers for that",
    ),
    "withdraw_several": (
        lambda plot: together(
            "withdraw_several",
            [withdraw_report(r3(plot).uid, "told twice"), withdraw_beach(next(iter(plot.beaches)))],
        ),
        "withdrawn: report 0245Z of A, beach Sangatte",
    ),
    "withdraw_track": (
        lambda plot: withdraw_track(named(plot, "F").uid),
        "withdrawn: boat F with its 3 reports",
    ),
    "restore_track": (
        lambda plot: restore(WITHDRAWN[0]),
        "restored: boat X with its report",
    ),
    "restore_several": (
        lambda plot: restore_several([WITHDRAWN[0], WITHDRAWN[2]]),
        "restored: boat X with its report, beach Oye",
    ),
    "add_beach": (lambda plot: add_beach(a_beach("Oye")), "beach Oye added"),
    "amend_beach": (
        lambda plot: amend_beach(replace(next(iter(plot.beaches.values())), name="Sangatte W")),
        "beach Sangatte amended: name Sangatte → Sangatte W",
    ),
    "move_beach": (
        lambda plot: move_beach(next(iter(plot.beaches)), R3),
        "beach Sangatte moved from 50°56.60'N 001°45.10'E to 50°59.50'N 001°37.00'E",
    ),
    "withdraw_beach": (
        lambda plot: withdraw_beach(next(iter(plot.beaches))),
        "withdrawn: beach Sangatte",
    ),
    "restore_beach": (lambda plot: restore(WITHDRAWN[2]), "restored: beach Oye"),
    "add_mark": (
        lambda plot: add_mark(a_mark("WRK-2", ddm(51, 5.0, 1, 40.0))),
        "mark WRK-2 added",
    ),
    "amend_mark": (
        lambda plot: amend_mark(replace(next(iter(plot.marks.values())), kind="buoy")),
        "mark CGN amended: kind headland → buoy",
    ),
    "restore_mark": (lambda plot: restore(WITHDRAWN[3]), "restored: mark WRK"),
    "add_log_line": (lambda plot: add_log_line(log_line("relief at 0600")), "relief at 0600"),
    "about a boat": (
        lambda plot: add_log_line(log_line("47 on board", track_uid=named(plot, "A").uid)),
        "about A: 47 on board",
    ),
    "of an earlier time": (
        lambda plot: add_log_line(replace(log_line("radar down"), at_utc=at("0212"))),
        "0212Z radar down",
    ),
    "amend_log_line": (
        lambda plot: amend_log_line(replace(plot.log_lines["line"], text="B called"), "misheard"),
        "log line “A called again” amended: words “A called again” → “B called”",
    ),
    "withdraw_log_line": (
        lambda plot: withdraw_log_line("line", "wrong desk"),
        "withdrawn: log line “A called again”",
    ),
    "restore_log_line": (
        lambda plot: restore(WITHDRAWN[4]),
        "restored: log line “radar restarted”",
    ),
    "acknowledge": (
        lambda plot: acknowledge(
            Acknowledgement(
                uid="ack",
                alert=AlertCode.OVERDUE,
                entity_uid=named(plot, "A").uid,
                raised_at_utc=at("0245"),
                at_utc=at("0300"),
                by="Officer Two",
            )
        ),
        "alert acknowledged by Officer Two: A overdue",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_told_in_one_sentence(case: str, tmp_path: Path, clock: FixedClock) -> None:
    make, words = CASES[case]
    done, undone, redone = log_of(tmp_path, FULL, make(FULL), clock=clock, back_and_forth=True)
    assert done.words == words
    assert undone.words == f"undone: {words}"
    assert redone.words == f"done again: {words}"


@pytest.fixture
def _no_makeshift(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where a sentence is made of the label, since the rows did not tell."""

    def act_text(label: str, name: str) -> str:
        raise AssertionError(f"the rows of {label} {name} do not tell")

    monkeypatch.setattr(log_text, "act_text", act_text)


@pytest.mark.usefixtures("_no_makeshift")
@pytest.mark.parametrize("lot", range(3))
@pytest.mark.parametrize("name", sorted(EVERY_COMMAND))
def test_every_command_has_a_sensible_sentence(
    name: str, lot: int, tmp_path: Path, clock: FixedClock
) -> None:
    command = EVERY_COMMAND[name].allowed(FULL, random.Random(lot))
    assert command is not None
    done, *turns = log_of(tmp_path, FULL, command, clock=clock, back_and_forth=True)
    assert done.act.label in SENTENCES
    for told in (done, *turns):
        assert_sensible(told)
    assert done.entry.why == command.reason.strip()
    if command.is_by_program:
        assert turns == []
        return
    undone, redone = turns
    assert undone.words == f"undone: {done.words}"
    assert redone.words == f"done again: {done.words}"
    assert (undone.entry.why, redone.entry.why) == ("", "")
    assert done.entry.kinds == undone.entry.kinds == redone.entry.kinds
    assert set(done.entry.track_uids) == set(undone.entry.track_uids)
    assert sorted((d.field, d.before, d.after) for d in undone.details) == sorted(
        (d.field, d.after, d.before) for d in redone.details
    )


def assert_sensible(told: Told) -> None:
    """Words for people: no codes, no identifiers, no blanks left; every field really differs."""
    said = [
        told.words,
        told.entry.about,
        *(f"{d.thing} {d.field} {d.before} {d.after}" for d in told.details),
    ]
    for text in said:
        assert not UUID.search(text), text
        assert "None" not in text
        assert "_" not in text
        assert "{" not in text
    assert told.words.strip() == told.words != ""
    assert "\n" not in told.words
    assert not told.words.endswith((",", ":"))
    assert told.details
    assert all(detail.before != detail.after for detail in told.details)


def test_every_label_there_is_has_a_sentence() -> None:
    assert SENTENCES.keys() == {*ACTS, "new_plot"}


def test_a_new_plot_tells_what_it_carried_over(tmp_path: Path, clock: FixedClock) -> None:
    for name, plot, words in (
        ("empty", Plot(), "new plot"),
        ("night", night_plot(), "new plot, carried over: A, B"),
    ):
        record = ActRecord("new_plot", "plot", "", "watch", clock())
        file = PlotFile.create(tmp_path / f"{name}.gpkg", plot, record)
        (told,) = told_of(file.load().acts)
        file.close()
        assert told.words == words


def an_act(label: str, **fields: str) -> LoggedAct:
    values = {
        "entity": "track",
        "entity_uid": "a",
        "name": "A",
        "reason": "",
        "before": "{}",
        "after": "{}",
    }
    return LoggedAct(1, at("0300"), "watch", label, **{**values, **fields})


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (an_act("tow_track"), "tow_track (A)"),
        (an_act("tow_track", name=""), "tow_track"),
        (an_act("undo.tow_track"), "undone: tow_track (A)"),
        (an_act("again.tow_track"), "again.tow_track (A)"),
        (an_act("close_track"), "close A"),
        (an_act("close_track", after="damaged"), "close A"),
        (an_act("give_reports", name="", after="[1]"), "give reports to no track"),
    ],
)
def test_what_a_newer_or_damaged_file_says_is_told_as_far_as_it_goes(
    act: LoggedAct, words: str
) -> None:
    (told,) = told_of([act])
    assert told.words == words
    assert told.details == ()


def test_codes_of_a_newer_file_show_as_they_are() -> None:
    row = '{"uid": "a", "name": "A", "craft": "submarine", "status": "dived", "depth_m": 40}'
    (told,) = told_of([an_act("start_track", after=f'{{"tracks": {{"a": {row}}}}}')])
    assert told.words == "new submarine A"
    assert {(d.field, d.after) for d in told.details} == {
        ("Name", "A"),
        ("Craft", "submarine"),
        ("Status", "dived"),
        ("Depth_m", "40"),
    }


def test_a_boat_is_called_what_it_was_called_then(tmp_path: Path, clock: FixedClock) -> None:
    plot = night_plot()
    boat = named(plot, "A")
    renamed = replace(boat, name="DOVER 3")
    told = log_of(
        tmp_path,
        plot,
        withdraw_report(boat.reports[0].uid),
        amend_track(renamed),
        withdraw_report(boat.reports[1].uid),
        clock=clock,
    )
    assert [one.words for one in told] == [
        "withdrawn: report 0210Z of A",
        "boat A amended: name A → DOVER 3",
        "withdrawn: report 0228Z of DOVER 3",
    ]


def test_why_is_told_where_it_was_said(tmp_path: Path, clock: FixedClock) -> None:
    make, _ = CASES["set_status"]
    (told,) = log_of(tmp_path, FULL, make(FULL), clock=clock)
    assert told.entry.why == "engine stopped"
    # Before schema version 2 the log had no reasons; the change of status had.
    (earlier,) = told_of([replace(told.act, reason="")])
    assert earlier.entry.why == "engine stopped"


@pytest.mark.parametrize(
    ("case", "kinds"),
    [
        ("add_report", {LogKind.REPORTS, LogKind.PEOPLE}),
        ("a report without words", {LogKind.REPORTS}),
        ("start_track", {LogKind.REPORTS, LogKind.BOATS, LogKind.PEOPLE}),
        ("given to none", {LogKind.REPORTS, LogKind.BOATS, LogKind.PEOPLE}),
        ("set_status", {LogKind.BOATS}),
        ("close_track", {LogKind.BOATS, LogKind.PEOPLE}),
        ("reopen_track", {LogKind.BOATS, LogKind.PEOPLE}),
        ("explain_people", {LogKind.BOATS, LogKind.PEOPLE}),
        ("acknowledge", {LogKind.ALERTS}),
        ("add_log_line", {LogKind.LINES}),
        ("add_beach", set()),
    ],
)
def test_it_is_of_the_kinds_that_its_rows_are(
    case: str, kinds: set[LogKind], tmp_path: Path, clock: FixedClock
) -> None:
    make, _ = CASES[case]
    (told,) = log_of(tmp_path, FULL, make(FULL), clock=clock)
    assert told.entry.kinds == kinds


def test_old_and_new_values_have_units_and_zones(tmp_path: Path, clock: FixedClock) -> None:
    before = replace(r3(FULL), error_m=18.2, course_deg=310.0, speed_kn=4.0, caller="+447700900123")
    plot = FULL.with_report(before)
    amended = replace(
        before,
        position=R5,
        error_m=1852.0,
        course_deg=None,
        speed_kn=5.5,
        source=SourceKind.AIRCRAFT,
        grade="1A",
        people=PeopleCount(CountBasis.COUNTED, 47, men=31, children=7, is_estimate=True),
        caller=same_as_report(plot.unattributed[0].uid),
        received_at_utc=at("0246").replace(second=7),
    )
    (told,) = log_of(tmp_path, plot, amend_report(amended, "heard again"), clock=clock)
    assert {d.thing for d in told.details} == {"report 0245Z of A"}
    assert [(d.field, d.before, d.after) for d in told.details] == [
        ("Position", "50°59.50'N 001°37.00'E", "51°01.90'N 001°30.70'E"),
        ("Received", "150245Z SEP 26", "150246:07Z SEP 26"),
        ("Error", "±18 m", "±1.00 NM"),
        ("Source", "not known", "aircraft"),
        ("Grade", "", "1A"),
        ("Course", "310.0°T", ""),
        ("Speed", "4.00 kn", "5.50 kn"),
        ("Caller", "+447700900123", "the same telephone as another report's"),
        ("People are", "reported", "counted"),
        ("People", "55", "47"),
        ("Men", "", "31"),
        ("Children", "10", "7"),
        ("Estimate", "no", "yes"),
    ]
    assert told.entry.why == "heard again"
    assert told.entry.about == "A, report 0245Z"
