"""The acts of chartwork in the watch log: in words, in fields and in the table for spreadsheets."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.commands.alerts import acknowledge
from channelplot.commands.approach_watches import end_approach_watch, watch_approach
from channelplot.commands.claims import give_reports, merge_tracks, split_track
from channelplot.commands.closing import Closing, close_track
from channelplot.commands.command import Command
from channelplot.commands.conditions import add_conditions, amend_conditions, withdraw_conditions
from channelplot.commands.limits import load_limits, withdraw_limit
from channelplot.commands.predicted_crossings import log_predicted_crossing
from channelplot.commands.reference_layers import remove_reference_layer
from channelplot.commands.reports import add_report, amend_report, withdraw_report
from channelplot.commands.restore import restore
from channelplot.commands.searches import plan_search, withdraw_search
from channelplot.commands.tracks import amend_track, start_track
from channelplot.model.codes import (
    AlertCode,
    LimitPurpose,
    PatternKind,
    ReckoningRule,
    TrackStatus,
    Turn,
)
from channelplot.model.plot import Plot
from channelplot.store.log import LoggedAct
from channelplot.ui.log.facts import LogKind
from channelplot.ui.log.log_csv import log_csv
from helpers.builders import a_report, a_track, an_acknowledgement, at, night_plot
from helpers.chartwork_builders import (
    a_crossing,
    a_limit,
    a_reference_layer,
    a_search,
    an_approach_watch,
    an_area,
    some_conditions,
)
from helpers.clock import FixedClock
from helpers.told import Told, log_of, told_of

FERRY = a_track("FERRY", uid="ferry")


def night() -> Plot:
    """The night's plot with what chartwork there is to withdraw and amend, and a ferry."""
    plot = night_plot().with_track(FERRY)
    a = uid_of(plot, "A")
    plot = plot.with_conditions(some_conditions(uid="for all"))
    plot = plot.with_conditions(some_conditions(a, uid="for a"))
    plot = plot.with_approach_watch(an_approach_watch(a, "ferry", uid="watch"))
    plot = plot.with_limit(a_limit(uid="line")).with_limit(an_area(uid="area"))
    return plot.with_search(a_search("S1", a, uid="s1"))


def uid_of(plot: Plot, name: str) -> str:
    return next(track.uid for track in plot.tracks.values() if track.name == name)


def last_fix(plot: Plot) -> str:
    return plot.tracks[uid_of(plot, "A")].reports[2].uid


NIGHT = night()
BOAT = uid_of(NIGHT, "A")
CROSSING = a_crossing(BOAT, last_fix(NIGHT), uid="crossing")
GIVEN = replace(some_conditions(uid="new"), source="")

CASES: dict[str, tuple[Command, str]] = {
    "add_conditions": (
        add_conditions(GIVEN),
        "Stream 060° 1.9 kn, wind from 290° 14 kn, leeway 4 %, 0245Z to 0515Z",
    ),
    "a stream alone, for one boat, with its source": (
        add_conditions(
            replace(GIVEN, stream_set_deg=62.5, wind_from_deg=None, wind_speed_kn=None,
                    leeway_percent=None, track_uid=BOAT, source=" tidal atlas ")
        ),
        "Stream 062.5° 1.9 kn, 0245Z to 0515Z, for A alone (tidal atlas)",
    ),
    "a wind alone, until another day": (
        add_conditions(
            replace(GIVEN, stream_set_deg=None, stream_rate_kn=None,
                    valid_until_utc=at("2300", day=16))
        ),
        "Wind from 290° 14 kn, leeway 4 %, 0245Z to 162300Z",
    ),
    "amend_conditions": (
        amend_conditions(
            replace(some_conditions(BOAT, uid="for a"), stream_rate_kn=2.1, leeway_percent=5.0),
            "misread",
        ),
        "conditions 0245Z to 0515Z for A amended: rate of the stream 1.90 kn → 2.10 kn, "
        "leeway 4 % → 5 %",
    ),
    "withdraw_conditions": (
        withdraw_conditions("for all", "old"),
        "withdrawn: conditions 0245Z to 0515Z",
    ),
    "watch_approach": (
        watch_approach(an_approach_watch(uid_of(NIGHT, "B"), "ferry")),
        "approach of B and FERRY watched: within 1.00 NM in the next 30 min",
    ),
    "another watch of the same two": (
        watch_approach(replace(an_approach_watch("ferry", BOAT), distance_m=926.0, within_min=20)),
        "approach of FERRY and A watched: within 0.50 NM in the next 20 min, instead of within "
        "1.00 NM in the next 30 min",
    ),
    "end_approach_watch": (
        end_approach_watch("watch"),
        "approach of A and FERRY no longer watched",
    ),
    "load_limits": (
        load_limits((a_limit("SRR limit", uid="srr"),)),
        "limit SRR limit loaded: search and rescue region, GB to the left and FR to the right, "
        "legal",
    ),
    "an area loaded": (
        load_limits((an_area("Belgian waters", uid="be"),)),
        "area Belgian waters loaded: waters of BE, indicative",
    ),
    "limits loaded": (
        load_limits(tuple(a_limit(f"L{n}", uid=f"l{n}") for n in range(6))),
        "6 limits loaded: L0, L1, L2, L3, 2 more",
    ),
    "withdraw_limit": (withdraw_limit("area", "old"), "withdrawn: area Box"),
    "plan_search": (
        plan_search(a_search("S2", BOAT)),
        "search S2 planned: parallel track, datum 51°01.90'N 001°30.70'E 0430Z, radius 1.67 NM, "
        "spacing 0.50 NM, first leg 060.0°T, turns to port, for A, by LIFEBOAT",
    ),
    "a search for nobody by nobody": (
        plan_search(
            replace(a_search("S3"), searcher="", kind=PatternKind.SECTOR, turn=Turn.STARBOARD)
        ),
        "search S3 planned: sector, datum 51°01.90'N 001°30.70'E 0430Z, radius 1.67 NM, "
        "spacing 0.50 NM, first leg 060.0°T, turns to starboard",
    ),
    "withdraw_search": (withdraw_search("s1", "ended"), "withdrawn: search S1"),
    "an asset's speed": (
        amend_track(replace(FERRY, speed_kn=22.0)),
        "boat FERRY amended: speed: 22.00 kn",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_it_is_told_in_one_sentence(case: str, tmp_path: Path, clock: FixedClock) -> None:
    command, words = CASES[case]
    done, undone, redone = log_of(tmp_path, NIGHT, command, clock=clock, back_and_forth=True)
    assert done.words == words
    assert undone.words == f"undone: {words}"
    assert redone.words == f"done again: {words}"


@pytest.mark.parametrize(
    ("withdrawal", "entity", "words"),
    [
        (
            withdraw_conditions("for a"),
            NIGHT.conditions["for a"],
            "restored: conditions 0245Z to 0515Z for A",
        ),
        (
            end_approach_watch("watch"),
            NIGHT.approach_watches["watch"],
            "approach of A and FERRY watched again: within 1.00 NM in the next 30 min",
        ),
        (withdraw_limit("line"), NIGHT.limits["line"], "restored: limit Middle line"),
        (withdraw_search("s1"), NIGHT.searches["s1"], "restored: search S1"),
    ],
)
def test_what_is_put_back_is_told(
    withdrawal: Command, entity: object, words: str, tmp_path: Path, clock: FixedClock
) -> None:
    (kind,) = (kind for kind in KINDS if isinstance(entity, kind))
    assert isinstance(entity, kind)
    told = log_of(tmp_path, NIGHT, withdrawal, restore(entity), clock=clock)
    assert told[1].words == words


def test_a_reference_layer_that_is_put_back_is_told(tmp_path: Path, clock: FixedClock) -> None:
    layer = a_reference_layer("Zones")
    plot = NIGHT.with_reference_layer(layer)
    told = log_of(tmp_path, plot, remove_reference_layer(layer.uid), restore(layer), clock=clock)
    assert [each.words for each in told] == [
        "reference layer Zones removed",
        "restored: reference layer Zones",
    ]


KINDS = tuple(
    type(found)
    for found in (
        NIGHT.conditions["for a"],
        NIGHT.approach_watches["watch"],
        NIGHT.limits["line"],
        NIGHT.searches["s1"],
    )
)


# Boats that are merged or closed


CLOSING = Closing(
    status=TrackStatus.RESCUED_ALL,
    change_uid="c",
    at_utc=at("0320"),
    by="watch",
    explained_by="Officer Two",
    reason="told so",
)


def merging(track_uid: str, into_uid: str) -> Command:
    return merge_tracks(track_uid, into_uid, change_uid="m", at_utc=at("0310"), by="watch")


def test_a_merged_boat_s_chartwork_is_told_of(tmp_path: Path, clock: FixedClock) -> None:
    b = uid_of(NIGHT, "B")
    words = (
        "boat A is the same boat as B: reports 0210Z, 0228Z, 0245Z moved to B;"
        " approach of B and FERRY watched instead of A and FERRY: within 1.00 NM in the next 30"
        " min; stream 060° 1.9 kn, wind from 290° 14 kn, leeway 4 % for B now; search S1 for B now"
    )
    done, undone, _ = log_of(tmp_path, NIGHT, merging(BOAT, b), clock=clock, back_and_forth=True)
    assert done.words == words
    assert undone.words == f"undone: {words}"


def test_watches_that_end_with_a_merging_are_told_of(tmp_path: Path, clock: FixedClock) -> None:
    b = uid_of(NIGHT, "B")
    plot = NIGHT.with_approach_watch(
        replace(an_approach_watch(b, "ferry", uid="other"), distance_m=926.0)
    ).with_approach_watch(an_approach_watch(BOAT, b, uid="each other"))
    (told,) = log_of(tmp_path, plot, merging(BOAT, b), clock=clock)
    assert "approach of A and FERRY no longer watched" in told.words
    assert "approach of A and B no longer watched" in told.words
    limits = "within 1.00 NM in the next 30 min"
    assert f"approach of B and FERRY watched: {limits}, the stricter of two watches" in told.words


def test_what_was_acknowledged_of_a_watch_keeps_its_boats(
    tmp_path: Path, clock: FixedClock
) -> None:
    seen = replace(an_acknowledgement("watch"), alert=AlertCode.CLOSEST_APPROACH)
    commands = (acknowledge(seen), merging(BOAT, uid_of(NIGHT, "B")))
    told = log_of(tmp_path, NIGHT, *commands, clock=clock)
    assert "A and FERRY" in told[0].words


def test_a_boat_that_is_closed_is_no_longer_watched(tmp_path: Path, clock: FixedClock) -> None:
    ended = end_approach_watch("watch")
    told = log_of(tmp_path, NIGHT, close_track(BOAT, CLOSING), ended, clock=clock)
    assert told[0].words.endswith(", no longer watched against FERRY")


def test_a_watch_that_ended_before_does_not_end_with_a_boat(
    tmp_path: Path, clock: FixedClock
) -> None:
    ended = end_approach_watch("watch")
    told = log_of(tmp_path, NIGHT, ended, close_track(BOAT, CLOSING), clock=clock)
    assert "watched" not in told[1].words


# A prediction


def crossing_told(folder: Path, clock: FixedClock, *commands: Command) -> Told:
    told = log_of(folder, NIGHT, *commands, clock=clock)
    return told[-1]


def test_a_crossing_is_told_as_a_prediction_never_as_a_fact(
    tmp_path: Path, clock: FixedClock
) -> None:
    told = crossing_told(tmp_path, clock, log_predicted_crossing(CROSSING))
    assert told.words == (
        "Predicted: A crosses from French into UK waters 0334Z at 51°01.61'N 001°31.38'E "
        "(1988 line, legal), reckoned from 0245Z by course and speed made good"
    )
    assert told.act.operator == "Channel Plot"
    assert told.entry.track_uids == (BOAT,)
    assert ("Crosses, predicted", "", "150334Z SEP 26") in fields_of(told)
    assert ("Limit", "", "1988 line") in fields_of(told)
    assert ("Into", "", "UK waters") in fields_of(told)


def fields_of(told: Told) -> set[tuple[str, str, str]]:
    return {(detail.field, detail.before, detail.after) for detail in told.details}


def test_adrift_by_a_limit_that_a_desk_has_loaded(tmp_path: Path, clock: FixedClock) -> None:
    by_area = replace(
        CROSSING,
        limit_code="area",
        is_legal=False,
        to_side="XZ",
        rule=ReckoningRule.DRIFT,
        crosses_at_utc=at("2330", day=15),
    )
    told = crossing_told(tmp_path, clock, log_predicted_crossing(by_area))
    assert told.words == (
        "Predicted: A crosses from French waters into no state's waters 152330Z at "
        "51°01.61'N 001°31.38'E (Box, indicative), reckoned from 0245Z by its drift"
    )


def test_the_fix_is_the_one_of_that_moment(tmp_path: Path, clock: FixedClock) -> None:
    """A fix that was given another time later, and one that came with a new boat."""
    fix = NIGHT.tracks[BOAT].reports[2]
    told = log_of(
        tmp_path,
        NIGHT,
        log_predicted_crossing(CROSSING),
        amend_report(replace(fix, observed_at_utc=at("0249"))),
        log_predicted_crossing(replace(CROSSING, uid="second")),
        add_report(a_report("0230", uid="f", track_uid="k"), a_track("K", uid="k")),
        log_predicted_crossing(replace(CROSSING, uid="third", track_uid="k", fix_uid="f")),
        add_report(a_report("0240", uid="g", track_uid="k")),
        log_predicted_crossing(replace(CROSSING, uid="fourth", track_uid="k", fix_uid="g")),
        clock=clock,
    )
    assert [one.words.rpartition("), ")[2] for one in told if "Predicted" in one.words] == [
        "reckoned from 0245Z by course and speed made good",
        "reckoned from 0249Z by course and speed made good",
        "reckoned from 0230Z by course and speed made good",
        "reckoned from 0240Z by course and speed made good",
    ]


def test_what_became_of_the_fix_since_corrects_the_prediction(
    tmp_path: Path, clock: FixedClock
) -> None:
    fix = last_fix(NIGHT)
    b = uid_of(NIGHT, "B")

    def predicted(name: str, *commands: Command) -> str:
        folder = tmp_path / name
        folder.mkdir()
        told = log_of(folder, NIGHT, log_predicted_crossing(CROSSING), *commands, clock=clock)
        return told[0].words.rpartition("speed made good")[2]

    to_b = give_reports([fix], b)
    because = "(corrected: reckoned from a report that "
    assert predicted("moved", to_b) == f" {because}was moved to B since)"
    assert predicted("back", to_b, give_reports([fix], BOAT)) == ""
    new = a_track("K", uid="k")
    assert predicted("new", give_reports([fix], None, new_track=new)) == (
        f" {because}was moved to K since)"
    )
    later = split_track(BOAT, NIGHT.tracks[BOAT].reports[2].observed_at_utc, new)
    assert predicted("split", later) == f" {because}was moved to K since)"
    assert predicted("none", give_reports([fix], None, reason="unsure")) == (
        f" {because}is of no boat since then)"
    )
    assert predicted("gone", withdraw_report(fix, "a slip")) == f" {because}was withdrawn since)"
    merged = merge_tracks(BOAT, b, change_uid="m", at_utc=at("0300"), by="watch")
    assert predicted("merged", merged) == "", "B is the boat now"
    assert predicted("another", give_reports([NIGHT.tracks[BOAT].reports[0].uid], b)) == ""


def test_what_the_log_does_not_name_is_left_open(tmp_path: Path, clock: FixedClock) -> None:
    unknown = replace(CROSSING, fix_uid="gone", limit_code="gone", from_side="NL")
    told = crossing_told(tmp_path, clock, log_predicted_crossing(unknown))
    assert told.words == (
        "Predicted: A crosses from Dutch into UK waters 0334Z at 51°01.61'N 001°31.38'E "
        "(a limit not named in this log, legal), reckoned by course and speed made good"
    )


# Alerts


@pytest.mark.parametrize(
    ("alert", "words", "about"),
    [
        (AlertCode.CLOSEST_APPROACH, "A and FERRY coming close to each other", "A, FERRY"),
        (AlertCode.WATERS_AHEAD, "A about to cross a limit of waters", "A"),
    ],
)
def test_an_alert_is_acknowledged(
    alert: AlertCode, words: str, about: str, tmp_path: Path, clock: FixedClock
) -> None:
    is_of_two = alert is AlertCode.CLOSEST_APPROACH
    seen = replace(an_acknowledgement("watch" if is_of_two else BOAT), alert=alert)
    (told,) = log_of(tmp_path, NIGHT, acknowledge(seen), clock=clock)
    assert told.words == f"alert acknowledged by Ann: {words}"
    assert set(told.entry.track_uids) == ({BOAT, "ferry"} if is_of_two else {BOAT})
    assert told.entry.about == about
    assert told.entry.kinds == {LogKind.ALERTS}


# What it is found by


@pytest.mark.parametrize(
    ("case", "boats", "about"),
    [
        ("add_conditions", (), ""),
        ("a stream alone, for one boat, with its source", ("A",), "A"),
        ("another watch of the same two", ("FERRY", "A"), "A, FERRY"),
        ("end_approach_watch", ("A", "FERRY"), "A, FERRY"),
        ("withdraw_limit", (), "area Box"),
        ("plan_search", ("A",), "A, search S2"),
    ],
)
def test_it_is_chartwork_about_boats(
    case: str, boats: tuple[str, ...], about: str, tmp_path: Path, clock: FixedClock
) -> None:
    (told,) = log_of(tmp_path, NIGHT, CASES[case][0], clock=clock)
    assert told.entry.kinds == {LogKind.CHARTWORK}
    assert set(told.entry.track_uids) == {uid_of(NIGHT, name) for name in boats}
    assert set(told.entry.about.split(", ")) == set(about.split(", "))
    assert set(told.entry.track_uids) <= set(told.entry.targets)


# Fields


def test_figures_have_units(tmp_path: Path, clock: FixedClock) -> None:
    (told,) = log_of(tmp_path, NIGHT, plan_search(a_search("S2", BOAT)), clock=clock)
    assert {detail.thing for detail in told.details} == {"search S2"}
    assert [(d.field, d.after) for d in told.details] == [
        ("Points", "4"),
        ("Name", "S2"),
        ("Kind", "parallel track"),
        ("Boat", "A"),
        ("Searched by", "LIFEBOAT"),
        ("Speed of the searcher", "8.00 kn"),
        ("Longitude of the datum", "001°30.70'E"),
        ("Latitude of the datum", "51°01.90'N"),
        ("Datum at", "150430Z SEP 26"),
        ("Radius", "1.67 NM"),
        ("Drift", "2.27 NM"),
        ("Error of the last fix", "0.27 NM"),
        ("Error of the searcher", "0.05 NM"),
        ("Error of the drift", "30 %"),
        ("Safety factor", "1.1"),
        ("First leg", "060.0°T"),
        ("Spacing", "0.50 NM"),
        ("Turns", "to port"),
        ("Length", "4.00 NM"),
        ("Width", "2.00 NM"),
        ("Started", "150435Z SEP 26"),
        ("Started by", "watch"),
    ]


def test_a_limit_tells_how_many_points_it_has(tmp_path: Path, clock: FixedClock) -> None:
    (told,) = log_of(tmp_path, NIGHT, load_limits((an_area("Sea"),)), clock=clock)
    assert [(d.field, d.after) for d in told.details][:5] == [
        ("Points", "5"),
        ("Parts", "waters"),
        ("Name", "Sea"),
        ("Area", "yes"),
        ("To the left", "BE"),
    ]


# Logs of newer files, and damaged ones


def an_act(label: str, table: str, row: str) -> LoggedAct:
    after = f'{{"{table}": {{"x": {row}}}}}'
    return LoggedAct(1, at("0300"), "watch", label, "conditions", "x", "A", "", "{}", after)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (an_act("watch_approach", "limits", "{}"), "watch approach A"),
        (an_act("load_limits", "reports", "{}"), "load limits (A)"),
        (
            an_act("plan_search", "searches", '{"name": "S1", "kind": "spiral", "turn": "up"}'),
            "search S1 planned: spiral, datum  ?, radius ?, spacing ?, first leg ?, turns up",
        ),
        (
            an_act(
                "plan_search",
                "searches",
                '{"name": "S1", "kind": "sector", "turn": "port", "datum_lon_deg": 999.0, '
                '"datum_lat_deg": 1.0}',
            ),
            "search S1 planned: sector, datum  ?, radius ?, spacing ?, first leg ?, turns to port",
        ),
        (
            an_act("load_limits", "limits", '{"name": "L", "purpose": "fishing", "is_area": 1}'),
            "area L loaded: fishing of , indicative",
        ),
        (
            an_act("log_predicted_crossing", "predicted_crossings", '{"rule": "stars"}'),
            "Predicted: a boat not named in this log crosses from  into  waters ? at ? "
            "(?, indicative), reckoned stars",
        ),
    ],
)
def test_what_can_not_be_read_is_told_as_far_as_it_goes(act: LoggedAct, words: str) -> None:
    (told,) = told_of([act])
    assert told.words == words


@pytest.mark.parametrize("geometry", ["nonsense", "GP-00", ""])
def test_a_damaged_outline_does_not_matter(geometry: str) -> None:
    act = an_act("load_limits", "limits", f'{{"name": "L", "geom": "{geometry}"}}')
    (told,) = told_of([act])
    assert {(d.field, d.after) for d in told.details} - {("Points", geometry)} == {("Name", "L")}


# The table


def test_the_table_tells_it_and_masks_nothing_of_it(tmp_path: Path, clock: FixedClock) -> None:
    told = log_of(
        tmp_path,
        NIGHT,
        add_conditions(GIVEN),
        watch_approach(an_approach_watch(uid_of(NIGHT, "B"), "ferry")),
        load_limits((a_limit("SRR limit", uid="srr"),)),
        plan_search(a_search("S2", BOAT)),
        start_track(replace(a_track("K"), speed_kn=31.5)),
        log_predicted_crossing(CROSSING),
        clock=clock,
    )
    acts = [one.act for one in told]
    masked, plain = (log_csv(acts, {}, is_masked=is_masked) for is_masked in (True, False))
    assert masked == plain
    rows = list(csv.DictReader(io.StringIO(masked, newline="")))
    assert rows[0]["words"].startswith("Stream 060° 1.9 kn, wind from 290° 14 kn, leeway 4 %")
    assert rows[-1]["operator"] == "Channel Plot"
    assert rows[-1]["act"] == "log_predicted_crossing"
    assert rows[-1]["words"].startswith("Predicted: ")
    assert "Crosses, predicted: 150334Z SEP 26" in rows[-1]["after"]


def test_every_purpose_is_worded(tmp_path: Path, clock: FixedClock) -> None:
    limits = [replace(a_limit(f"L {p}"), purpose=p) for p in LimitPurpose]
    told = log_of(tmp_path, NIGHT, *(load_limits((limit,)) for limit in limits), clock=clock)
    assert ["waters," in told[0].words, "search and rescue region" in told[1].words] == [True] * 2
