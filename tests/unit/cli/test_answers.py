"""``channelplot answers``: what is asked, what is printed, and one sentence for every bad input."""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from channelplot.analysis.conditions import conditions_for
from channelplot.analysis.dead_reckoning import Reference, Stated
from channelplot.basemap.basemap import load_basemap
from channelplot.basemap.land import Land
from channelplot.cli import answers as command
from channelplot.cli.answers_arguments import (
    Asked,
    asked_of,
    in_conditions,
)
from channelplot.cli.times import reference_utc
from channelplot.cli.wrong_use import WrongUse
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import nm_from_m
from channelplot.model.codes import LimitPurpose, ReportKind, TrackStatus
from channelplot.model.limit import LoadedLimit
from channelplot.model.plot import Plot
from channelplot.settings import POSITION_NOTATION, Settings, config_folder
from channelplot.store.geopackage import PlotFile
from channelplot.ui.clock import utc_now
from helpers.answers_command import Part, plot_file, run_answers
from helpers.builders import R1, a_plot, a_report, a_track, at, ddm
from helpers.night_at_sea import STREAM_AND_WIND, night_at_sea, night_at_sea_corrected
from helpers.plot_command import Ended
from helpers.plot_files import channelplot, without_screen

AT_0300 = ("--at", "2026-09-15T03:00Z")
REGIONS = LoadedLimit(
    uid="sar",
    purpose=LimitPurpose.SAR_REGION,
    name="Regions as they might be",
    points=(ddm(50, 50.0, 1, 20.0), ddm(51, 10.0, 1, 50.0)),
    is_area=False,
    left="North",
    right="South",
    is_legal=True,
    loaded_at_utc=at("0100"),
)


def full_night() -> Plot:
    """The night's plot with a merged boat, a boat without a fix, one left ashore and regions."""
    plot = night_at_sea().with_limit(REGIONS)
    merged = a_track("A1", status=TrackStatus.SAME_AS, same_as_uid="boat-a")
    closed = a_track("D", (a_report("0200"),), status=TrackStatus.RETURNED)
    old = a_track("OLD", (a_report(at("0300", 14)),))
    for track in (merged, closed, old, a_track("UNSEEN")):
        plot = plot.with_track(track)
    return plot


@pytest.fixture
def night(tmp_path: Path) -> Path:
    return plot_file(tmp_path, full_night())


class Ask:
    """The command on one plot."""

    def __init__(self, plot: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.plot = plot
        self.capfd = capfd

    def __call__(self, *words: str) -> Ended:
        return run_answers(self.capfd, self.plot, *words)


@pytest.fixture
def ask(night: Path, capfd: pytest.CaptureFixture[str]) -> Ask:
    return Ask(night, capfd)


def asked(*words: str) -> Asked:
    """What the arguments ask at 0300Z of the night."""
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return asked_of(parser.parse_intermixed_args(["x.gpkg", "--track", "A", *words]), at("0300"))


def keys_of(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from keys_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


class TestTheText:
    def test_an_officer_reads_it(self, ask: Ask) -> None:
        done = ask("--track", "A", *AT_0300, "--own-beaches")
        assert (done.code, done.complaint) == (0, "")
        lines = done.said.splitlines()
        assert lines[0] == "A  small boat  adrift  150300Z SEP 26"
        for part in (
            "51°00.14'N 001°35.29'E",
            "300.7°T 5.04 kn made good over 3 fixes",
            "drift 070.7°T 2.30 kn",
            "2.62 NM",
            "0334Z",
            "0.33 NM",
            "0325Z",
            "298.4°T",
            "South",
            "2.96 NM",
        ):
            assert part in done.said, part

    def test_numbers_of_a_column_end_below_each_other(self, ask: Ask) -> None:
        said = ask("--track", "A", *AT_0300, "--own-beaches").said
        after = said[said.index("Legs ") :]
        legs = [line for line in after.splitlines() if " NM " in line]
        assert len(legs) == 4
        assert len({line.index(" NM") for line in legs}) == 1
        assert len({len(line) for line in legs}) == 1

    def test_what_can_t_be_said_is_a_sentence(self, ask: Ask) -> None:
        said = ask("--track", "B", *AT_0300).said
        assert "\n  Two positions under way are needed to track it back.\n" in f"{said}\n"

    def test_what_is_supposed_is_said(self, ask: Ask) -> None:
        words = ("--track", "A", *AT_0300, "--stated", "300/5", "--through-water")
        done = ask(*words)
        assert done.said.splitlines()[1] == "Supposed: 300.0°T 5.00 kn through the water"

    def test_water_in_a_stream_that_nobody_gave_is_told_of(self, ask: Ask, tmp_path: Path) -> None:
        words = ("--track", "A", *AT_0300, "--stated", "300/5", "--through-water")
        assert "no stream given" not in ask(*words).said
        ask.plot = plot_file(tmp_path, replace(full_night(), conditions={}), "bare.gpkg")
        assert "no stream given: reckoned as over the ground" in ask(*words).said
        wind = ("--wind", "290/14", "--leeway", "4")
        assert "no stream given: reckoned by wind alone" in ask(*words, *wind).said
        assert "no stream given" not in ask(*words[:-1]).said, "over the ground"
        reckoned = Part(ask(*words, "--json").record).part("reckoned")
        assert reckoned.is_so("is_stream_missing")

    def test_who_is_sent_before_its_last_fix_has_no_start(self, ask: Ask) -> None:
        words = ("--track", "A", *AT_0300, "--sent", "2026-09-15T01:00Z")
        assert "sent before its last fix" in ask(*words).said
        for one in Part(ask(*words, "--json").record).parts("intercepts"):
            assert one.is_so("is_before_fix")
            assert one.values["start_lon_deg"] is one.values["start_lat_deg"] is None
            assert not one.is_so("can_meet")
        sent_now = ask(*words[:-2], "--json").record
        assert not any(one.is_so("is_before_fix") for one in Part(sent_now).parts("intercepts"))

    def test_it_is_in_the_desk_s_notation(self, ask: Ask) -> None:
        Settings(config_folder()).choose(POSITION_NOTATION, "mgrs")
        assert "31U " in ask("--track", "A", *AT_0300).said

    def test_more_approaches_than_the_text_holds_are_counted(self, ask: Ask) -> None:
        boats = full_night()
        for number in range(7):
            report = a_report("0250", position=ddm(51, number, 1, 45.0))
            boats = boats.with_track(a_track(f"X{number}", (report,)))
        plot_file(ask.plot.parent, boats, "more.gpkg")
        ask.plot = ask.plot.with_name("more.gpkg")
        names = [f"X{number}" for number in range(7)]
        done = ask("--track", "A", *AT_0300, "--against", *names)
        assert done.said.rstrip().endswith("2 more closest approaches: see --json")

    def test_a_screen_without_degree_signs_shows_question_marks(self, night: Path) -> None:
        words = ("answers", str(night), "--track", "A", *AT_0300)
        done = channelplot(*words, env={"PYTHONIOENCODING": "ascii"})
        assert (done.returncode, done.stderr) == (0, "")
        assert "300.7?T" in done.stdout
        done = channelplot(*words, "--json", env={"PYTHONIOENCODING": "ascii"})
        assert json.loads(done.stdout)["back_track"]["beaches"][0]["beach"]
        assert "Bl\\u00e9riot" in done.stdout

    def test_whoever_stops_reading_hears_no_complaint(self, night: Path) -> None:
        words = ("answers", str(night), "--track", "A", *AT_0300)
        with subprocess.Popen(
            [sys.executable, "-m", "channelplot", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=without_screen(),
        ) as running:
            assert running.stdout is not None
            assert running.stderr is not None
            running.stdout.close()
            assert running.stderr.read() == b""
        assert running.returncode == 0


class TestTheRecord:
    def test_every_key_is_documented(self, ask: Ask) -> None:
        documented = command.__doc__ or ""
        for words in (("A", *AT_0300), ("A", "--at", "2026-09-15T03:46Z")):
            record = ask("--track", *words, "--json").record
            for key in keys_of(record):
                assert f"``{key}``" in documented or key.startswith("cpa_"), key

    def test_the_help_names_the_parts(self, ask: Ask) -> None:
        done = run_answers(ask.capfd, "--help")
        for part in ask("--track", "A", *AT_0300, "--json").record:
            known = ("track", "uid", "craft", "status", "sar_region_crossing")
            assert part in done.said or part in (*known, "assets_without_speed"), part

    def test_regions_are_apart_from_waters(self, ask: Ask) -> None:
        record = Part(ask("--track", "A", *AT_0300, "--json").record)
        region = record.part("sar_region")
        assert (region.word("name"), region.word("limit_code")) == ("South", "sar")
        assert region.is_so("is_legal")
        crossing = record.part("sar_region_crossing")
        assert (crossing.word("from_region"), crossing.word("to_region")) == ("South", "North")
        assert record.part("reckoned").part("waters").word("limit_code") == "uk_fr_1988"

    def test_off_cherbourg_the_twelve_miles_are_predicted_as_indicative(
        self, capfd: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        off = a_report("0450", position=Position(-1.6, 49.75), course_deg=350.0, speed_kn=5.0)
        path = plot_file(tmp_path, a_plot(a_track("D", (off,))), "d.gpkg")
        words = (path, "--track", "D", "--at", "2026-09-15T04:55Z")
        crossing = Part(run_answers(capfd, *words, "--json").record).part("crossing_under_way")
        assert (crossing.word("from_state"), crossing.word("to_state")) == ("FR", "XZ")
        assert crossing.word("by") == "twelve_miles"
        assert (crossing.values["limit_code"], crossing.values["is_legal"]) == (None, False)
        assert crossing.is_so("is_predicted")
        land = Land(load_basemap())
        coast = land.nearest_coast(crossing.position())
        assert coast is not None
        assert nm_from_m(coast.distance_m) == pytest.approx(12.0, abs=0.003), "a second's way"
        said = run_answers(capfd, *words).said
        assert "no state's waters 0621Z" in said
        assert "12 NM from the charted coast, indicative" in said

    def test_whoever_s_motion_is_unknown_is_met_where_it_drifts(
        self, capfd: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        path = plot_file(tmp_path, night_at_sea_corrected(), "c.gpkg")
        at_0500 = (path, "--at", "2026-09-15T05:00Z", "--json", "--track")
        c = Part(run_answers(capfd, *at_0500, "C").record)
        assert (c.word("approaches_by"), c.word("intercepts_by")) == ("adrift", "adrift")
        drifted = c.part("adrift").numbers("lon_deg", "lat_deg")
        for other in c.parts("approaches"):
            assert other.numbers("lon_deg", "lat_deg") == pytest.approx(drifted)
        patrol = Part(run_answers(capfd, *at_0500, "PATROL-FR").record)
        assert patrol.word("approaches_by") == "reckoned"
        assert patrol.named("approaches", "C").word("other_by") == "adrift"
        there = patrol.named("approaches", "C").numbers("other_lon_deg", "other_lat_deg")
        assert there == pytest.approx(drifted)
        stated = Part(run_answers(capfd, *at_0500, "C", "--stated", "300.7/5.04").record)
        assert stated.word("intercepts_by") == "reckoned"

    def test_how_far_the_last_fix_is_from_the_drift(self, ask: Ask) -> None:
        off = Part(ask("--track", "A", "--at", "2026-09-15T04:12Z", "--json").record).part(
            "last_fix_off"
        )
        assert (off.word("kind"), off.time("fix_utc")) == ("ep", at("0412"))
        assert off.number("distance_nm") == pytest.approx(0.21, abs=0.0101)
        assert off.number("bearing_deg") == pytest.approx(269.0, abs=0.51)

    def test_the_coast_is_asked(self, ask: Ask) -> None:
        waters = (
            Part(ask("--track", "A", *AT_0300, "--json").record).part("reckoned").part("waters")
        )
        assert 5.0 < waters.number("coast_distance_nm") < 12.0

    def test_what_is_not_known_is_null(self, ask: Ask, tmp_path: Path) -> None:
        slow = replace(a_track("SLOW", (a_report("0250", position=R1),)), speed_kn=0.1)
        slow = replace(slow, craft=full_night().tracks["cutter-1"].craft)
        plot = replace(night_at_sea_corrected(), conditions={}).with_track(slow)
        ask.plot = plot_file(tmp_path, plot, "bare.gpkg")
        record = Part(ask("--track", "C", *AT_0300, "--json").record)
        for key in ("run", "made_good", "adrift", "conditions", "crossing_adrift", "back_track"):
            assert record.values[key] is None, key
        assert record.values["legs"] == []
        assert record.part("reckoned").word("rule") == "last_fix"
        assert not record.named("intercepts", "SLOW").is_so("can_meet")

    def test_a_leg_without_time_has_no_speed(self, ask: Ask, tmp_path: Path) -> None:
        twice = a_track("A", (a_report("0250", uid="1"), a_report("0250", uid="2")))
        ask.plot = plot_file(tmp_path, Plot().with_track(twice), "twice.gpkg")
        (leg,) = Part(ask("--track", "A", *AT_0300, "--json").record).parts("legs")
        assert leg.values["speed_kn"] is leg.values["course_deg"] is None
        assert not leg.is_so("is_impossible")

    def test_a_reported_launch_bears_a_beach_out(self, ask: Ask) -> None:
        plot = full_night()
        launch = plot.tracks["boat-a"].reports[0]
        launch = replace(launch, uid="launch", kind=ReportKind.LAUNCH, observed_at_utc=at("0130"))
        sangatte = next(b for b in plot.beaches.values() if b.name == "Sangatte")
        plot = plot.with_report(replace(launch, position=sangatte.position))
        ask.plot = plot_file(ask.plot.parent, plot, "launch.gpkg")
        back = Part(ask("--track", "A", *AT_0300, "--own-beaches", "--json").record)
        best, *_ = back.part("back_track").parts("beaches")
        assert best.word("confidence") == "confirmed"
        assert best.time("launch_reported_utc") == at("0130")

    def test_the_register_s_beaches_are_there_unless_left_out(self, ask: Ask) -> None:
        words = ("--track", "A", *AT_0300, "--json")
        own = Part(ask(*words, "--own-beaches").record).part("back_track").parts("beaches")
        every = Part(ask(*words).record).part("back_track").parts("beaches")
        names = [beach.word("beach") for beach in every]
        assert len(own) == 3
        assert len(every) > 30
        assert names.count("Sangatte") == 1


class TestNamesAndFiles:
    @pytest.mark.parametrize("name", ["a", " A ", "A1"])
    def test_a_track_is_found_by_its_name_in_any_case_and_by_a_merged_one(
        self, ask: Ask, name: str
    ) -> None:
        record = Part(ask("--track", name, *AT_0300, "--json", "--against", "ferry").record)
        assert record.word("track") == "A"
        assert [one.word("track") for one in record.parts("approaches")] == ["FERRY"]

    def test_the_plot_is_only_read_also_while_it_is_open_elsewhere(self, ask: Ask) -> None:
        before = ask.plot.read_bytes()
        file = PlotFile.open(ask.plot)
        try:
            assert ask("--track", "A", *AT_0300).code == 0
        finally:
            file.close()
        assert ask.plot.read_bytes() == before

    def test_now_is_the_clock_s(self, ask: Ask) -> None:
        seen = a_report(utc_now() - timedelta(minutes=10))
        ask.plot = plot_file(ask.plot.parent, Plot().with_track(a_track("A", (seen,))), "now.gpkg")
        record = Part(ask("--track", "A", "--json").record)
        assert timedelta(0) <= utc_now() - record.time("at_utc") < timedelta(minutes=5)

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (("--track", "Z"), "no track 'Z'; it has A, A1, B, CUTTER-1"),
            (("--track", "UNSEEN"), "UNSEEN has no position by 150300Z SEP 26"),
            (("--track", "A", "--at", "2026-09-15T02:00Z"), "A has no position by 150200Z SEP 26"),
            (("--track", "A", "--against", "Z"), "no track 'Z'"),
            (("--track", "A", "--against", "A1"), "A is the craft that is asked about"),
            (("--track", "A", "--against", "B", "D"), "D is closed"),
            (("--track", "A", "--against", "OLD"), "OLD has no position of the six hours before"),
        ],
    )
    def test_what_the_plot_can_t_answer_is_one_sentence(
        self, ask: Ask, words: tuple[str, ...], sentence: str
    ) -> None:
        done = ask(*AT_0300, *words)
        assert done.code == 1
        assert done.said == ""
        assert sentence in done.complaint
        assert done.complaint.count("\n") == 1

    def test_an_empty_plot_and_one_with_many_boats_say_what_they_have(self, ask: Ask) -> None:
        ask.plot = plot_file(ask.plot.parent, Plot(), "empty.gpkg")
        assert "it has none" in ask("--track", "A").complaint
        plot = Plot()
        for number in range(13):
            plot = plot.with_track(a_track(f"X{number:02}"))
        ask.plot = plot_file(ask.plot.parent, plot, "many.gpkg")
        assert "X08, X09 and 3 more" in ask("--track", "A").complaint

    def test_a_file_that_is_no_plot_is_one_sentence(self, ask: Ask) -> None:
        ask.plot = ask.plot.with_name("gone.gpkg")
        done = ask("--track", "A")
        assert (done.code, done.said) == (1, "")
        assert "no file gone.gpkg" in done.complaint

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (("--at", "25:99"), "--at:"),
            (("--at", ""), "--at: a time is needed"),
            (("--sent", "nonsense"), "--sent:"),
            (("--at", "25 Oct 2026 0130 UK"), "--at:"),
            (("--stream", "060"), "--stream: '060' is not where it sets to/knots"),
            (("--stream", "361/1"), "--stream: '361/1' is not"),
            (("--stream", "/1"), "--stream: '/1' is not"),
            (("--stream", "060/fast"), "is not where it sets to/knots, such as 060/1.9"),
            (("--wind", "290/14"), "--wind needs --leeway"),
            (("--wind", "290-14", "--leeway", "4"), "--wind: '290-14' is not"),
            (("--wind", "290/14", "--leeway", "much"), "--leeway: 'much' is not"),
            (("--wind", "290/14", "--leeway", "101"), "0 to 100"),
            (("--stated", "300.7"), "--stated: '300.7' is not course/speed"),
            (("--through-water",), "give --stated too"),
        ],
    )
    def test_wrong_use_is_one_sentence(
        self, ask: Ask, words: tuple[str, ...], sentence: str
    ) -> None:
        done = ask("--track", "A", *words)
        assert (done.code, done.said) == (2, "")
        assert sentence in done.complaint
        assert done.complaint.count("\n") == 1


class TestTheArguments:
    @pytest.mark.parametrize(
        ("text", "day", "hhmm"),
        [
            ("0300Z", 15, "0300"),
            ("0245", 15, "0245"),
            ("0500Z", 15, "0500"),
            ("0310Z", 15, "0310"),
            ("1600Z", 14, "1600"),
            ("+30", 15, "0330"),
            ("0345A", 15, "0245"),
            ("-12", 15, "0248"),
            ("150500Z SEP 26", 15, "0500"),
            ("2026-09-16T05:00Z", 16, "0500"),
        ],
    )
    def test_a_time_of_day_is_the_nearest(self, text: str, day: int, hhmm: str) -> None:
        assert asked("--at", f"{text} ").at_utc == at(hhmm, day)
        assert asked("--sent", f"{text} ").sent_utc == at(hhmm, day)

    def test_a_plot_of_another_night_is_asked_for_its_own_times(self) -> None:
        assert reference_utc(at("0300"), at("0245")) == at("0300")
        assert reference_utc(at("0300"), at("1459", 14)) == at("1459", 14)
        assert reference_utc(at("0300"), at("1501", 14)) == at("0300")
        assert reference_utc(at("0300"), None) == at("0300")

    def test_a_time_that_happens_twice_is_refused(self) -> None:
        with pytest.raises(WrongUse, match="happens twice; give it in Z"):
            asked("--at", "2026-10-25T01:30 UK")

    def test_nothing_said_is_now_with_nothing_supposed(self) -> None:
        found = asked()
        assert found == Asked(
            track="A",
            at_utc=at("0300"),
            sent_utc=None,
            against=None,
            stream=None,
            wind=None,
            leeway_percent=None,
            stated=None,
        )

    def test_a_leeway_alone_is_that_of_the_plot_s_own_winds(self) -> None:
        plot = in_conditions(night_at_sea(), asked("--leeway", "6"))
        (entry,) = plot.conditions.values()
        (was,) = night_at_sea().conditions.values()
        assert entry == replace(was, leeway_percent=6.0)
        with_stream = in_conditions(night_at_sea(), asked("--leeway", "6", "--stream", "60/1"))
        found = conditions_for(with_stream, "boat-a")
        assert found is not None
        assert [wind.leeway_percent for wind in found.winds] == [6.0]
        assert [stream.rate_kn for stream in found.streams] == [1.0]

    def test_a_leeway_without_any_wind_is_refused(self) -> None:
        for words in (("--leeway", "4"), ("--leeway", "4", "--stream", "60/1")):
            with pytest.raises(WrongUse, match="the plot has none: give --wind too"):
                in_conditions(replace(night_at_sea(), conditions={}), asked(*words))

    def test_names_to_hold_it_against_may_be_given_together_or_apart(self) -> None:
        assert asked("--against", "B", "C", "--against", "D").against == ("B", "C", "D")

    def test_a_course_and_speed_is_over_the_ground_unless_said(self) -> None:
        assert asked("--stated", "300,7°/5.04kn").stated == Stated(course_deg=300.7, speed_kn=5.04)
        through = asked("--stated", "300.7/5.04", "--through-water").stated
        assert through is not None
        assert through.reference is Reference.WATER

    def test_a_stream_stands_in_for_streams_and_a_wind_for_winds(self) -> None:
        plot = night_at_sea()
        assert in_conditions(plot, asked()) is plot
        streams = in_conditions(plot, asked("--stream", "200/1"))
        kept, typed = streams.conditions.values()
        assert not kept.has_stream
        assert kept.wind_from_deg == STREAM_AND_WIND.wind_from_deg
        assert (typed.stream_set_deg, typed.stream_rate_kn) == (200.0, 1.0)
        assert not typed.has_wind
        winds = in_conditions(plot, asked("--wind", "10/20", "--leeway", "3,5%"))
        kept, typed = winds.conditions.values()
        assert not kept.has_wind
        assert kept.stream_set_deg == STREAM_AND_WIND.stream_set_deg
        assert (typed.wind_from_deg, typed.wind_speed_kn) == (10.0, 20.0)
        assert typed.leeway_percent == 3.5
