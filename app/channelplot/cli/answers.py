"""``channelplot answers``: everything a plot answers of one craft at one time.

``--json`` prints one object. Units and references stand in the names: ``_nm`` nautical miles,
``_kn`` knots, ``_min`` minutes, ``_deg`` degrees, courses and bearings true, ``_utc`` times in UTC;
positions are WGS 84, ``lon_deg`` and ``lat_deg``. Nothing is rounded. null: not known, or there is
none. The keys, all of them always there unless said:

- ``track``, ``uid``, ``craft``, ``status``, ``at_utc``: what was asked of, and for when.
- ``legs``: a list of ``from_utc``, ``to_utc``, ``course_deg``, ``distance_nm``, ``duration_min``,
  ``speed_kn``, ``is_impossible`` (faster than such a craft can go). ``run``: along them, with
  ``distance_nm``, ``duration_min``, ``speed_kn``; ``made_good``: straight, with ``course_deg`` too.
- ``reckoned``: ``kind`` (fix, dr, ep), ``rule`` (made_good, reported, stated, drift, stopped,
  last_fix), ``lon_deg``, ``lat_deg``, ``error_radius_nm``, ``course_deg``, ``speed_kn``,
  ``run_nm``, ``from_fix_utc``, ``from_fix_uid``, ``fixes``, ``outside_validity_min`` (how long a
  stream or wind was reckoned with that did not hold), ``is_stream_missing`` (through the water, in
  a stream nobody gave), ``waters``. ``adrift``: the same for a craft without way since its last
  fix; null without stream and wind, or if ``reckoned`` is adrift.
- ``waters``: ``state`` (ISO 3166-1 code, or as a loaded limit calls it), ``is_legal``, ``basis``,
  ``limit_code``, ``limit_name``, ``disputed_by``, ``boundary_lon_deg``, ``boundary_lat_deg``,
  ``boundary_distance_nm``, ``boundary_bearing_deg`` (of the nearest limit, however far), and of
  the charted coast ``coast_lon_deg``, ``coast_lat_deg``, ``coast_distance_nm``,
  ``coast_bearing_deg``.
- ``conditions``: ``stream_set_deg``, ``stream_rate_kn``, ``wind_from_deg``, ``wind_speed_kn``,
  ``leeway_percent``, ``is_valid`` at that time, ``drift_course_deg``, ``drift_speed_kn``.
- ``sar_region``: ``name``, ``is_legal``, ``limit_code``, ``limit_name``, ``limit_lon_deg``,
  ``limit_lat_deg``, ``limit_distance_nm``, ``limit_bearing_deg``.
- ``crossing_under_way``, ``crossing_adrift``: ``crosses_at_utc``, ``lon_deg``, ``lat_deg``,
  ``from_state``, ``to_state`` (XZ: no state's), ``by`` (limit; twelve_miles from the coast or
  nearest_coast of another state, both without a limit and indicative), ``is_legal``,
  ``limit_code``, ``limit_name``, ``course_deg``, ``run_nm``, ``is_predicted`` (always true).
  ``sar_region_crossing``: the same with ``from_region`` and ``to_region``, without ``by``.
- ``last_fix_off``: how far the last fix lies from where those before it led: ``fix_utc``,
  ``fix_uid``, ``kind`` (dr, ep), ``distance_nm``, ``bearing_deg`` from there to the fix.
- ``approaches_by``, ``intercepts_by``: ``reckoned``, or ``adrift`` for a boat whose motion nobody
  knows: then those two are of the position under ``adrift``.
- ``approaches``: the closest first, a list of ``track``, ``uid``, ``other_by`` (reckoned, adrift:
  how that craft is taken to go on), ``approaching`` (ahead, steady,
  past, parting, closing), at that time ``distance_nm``, ``bearing_deg``, ``back_bearing_deg``,
  ``lon_deg``, ``lat_deg``, ``other_lon_deg``, ``other_lat_deg``; at the closest ``cpa_nm``,
  ``tcpa_min``, ``cpa_at_utc`` and the others of ``cpa_...``; ``relative_speed_kn``.
- ``intercepts``: the soonest first, a list of ``track``, ``uid``, ``speed_kn``, ``fix_utc``,
  ``start_lon_deg``, ``start_lat_deg`` (null if ``is_before_fix``: sent before its last fix),
  ``can_meet`` and, if it can, ``course_deg``, ``distance_nm``, ``duration_min``, ``eta_utc``,
  ``lon_deg``, ``lat_deg``, ``waters``. ``assets_without_speed``.
- ``back_track``: ``fix_utc``, ``course_deg``, ``distance_nm``, ``duration_min``, ``speed_kn`` made
  good over the first fixes; ``beaches``, the best first: ``beach``, ``bearing_deg`` to that fix,
  ``distance_nm``, ``left_utc``, ``left_within_min``, ``off_course_deg``, ``confidence``,
  ``launch_reported_utc``.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from channelplot.analysis.answers import Answers, answers_of, known_beaches
from channelplot.analysis.dead_reckoning import Supposition
from channelplot.analysis.error_model import ErrorModel, error_model
from channelplot.analysis.overdue import UsualIntervals
from channelplot.analysis.whose_waters import WatersChart
from channelplot.basemap.basemap import load_basemap
from channelplot.basemap.beaches import read_beaches
from channelplot.basemap.boundary import boundary_limit
from channelplot.basemap.land import Land
from channelplot.cli.answers_arguments import (
    Asked,
    NoAnswer,
    asked_of,
    in_conditions,
    moment_text,
    track_named,
    tracks_against,
)
from channelplot.cli.answers_record import answers_record
from channelplot.cli.answers_words import answer_lines
from channelplot.cli.main import complain
from channelplot.cli.output import print_json, print_line
from channelplot.cli.times import reference_utc
from channelplot.cli.wrong_use import WrongUse
from channelplot.errors import ChannelPlotError
from channelplot.geodesy.text import Notation
from channelplot.model.beach import Beach
from channelplot.model.plot import Plot
from channelplot.settings import (
    CONTACT_ADRIFT_MIN,
    CONTACT_INTERVAL_MIN,
    POSITION_NOTATION,
    Settings,
    config_folder,
)
from channelplot.store.closed_file import loaded_from
from channelplot.ui.clock import utc_now
from channelplot.ui.words.chartwork_text import Wording, supposed_text
from channelplot.ui.words.messages import error_text

ANSWERED: Final = 0
REFUSED: Final = 1
WRONG_USE: Final = 2
_DESCRIPTION: Final = """\
Channel Plot: where a craft is reckoned to be, whose waters that is and until when, what comes close
to it, who can meet it, which beach it left, and its legs. The plot is only read. Everything is
reckoned by what had been observed until the time that is asked for; nothing of it is a fact.
"""
_EPILOG: Final = """\
exit codes: 0 answered, 1 the plot has no answer, 2 used wrongly

In JSON, units and references are in the names: distance_nm, speed_kn, duration_min, course_deg and
bearing_deg (true), lon_deg and lat_deg (WGS 84), at_utc. Parts: legs, run, made_good, reckoned,
adrift, conditions, sar_region, crossing_under_way, crossing_adrift (crosses_at_utc, from_state,
to_state), last_fix_off, approaches (cpa_nm, tcpa_min), approaches_by, intercepts (eta_utc),
intercepts_by, back_track. null: there is none.

examples:
  channelplot answers night.gpkg --track A
  channelplot answers night.gpkg --track A --at 0300Z --against FERRY
  channelplot answers night.gpkg --track C --at 2026-09-15T05:00Z --stated 300.7/5.04
  channelplot answers night.gpkg --track A --stream 060/1.9 --wind 290/14 --leeway 4 --json
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the plot, the craft, the time and what is supposed."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.allow_abbrev = False
    parser.description, parser.epilog = _DESCRIPTION, _EPILOG
    parser.add_argument("plot", metavar="PLOT", help="the plot file; it is only read")
    parser.add_argument("--track", metavar="NAME", required=True, help="the craft, by its name")
    parser.add_argument(
        "--at",
        metavar="TIME",
        help="for when: 0300Z is the nearest to now, +30 and -12 are minutes; of a plot whose last "
        "report is over 12 hours old, to that report; by default now, or that report's time",
    )
    parser.add_argument(
        "--sent", metavar="TIME", help="when those that help leave; by default at that time"
    )
    parser.add_argument(
        "--against",
        metavar="NAME",
        nargs="+",
        action="extend",
        help="tell the closest approach to these; by default to whatever comes nearest",
    )
    parser.add_argument(
        "--stream",
        metavar="SET/RATE",
        help="degrees true it sets to and knots, instead of the plot's streams",
    )
    parser.add_argument(
        "--wind",
        metavar="FROM/SPEED",
        help="degrees true it blows from and knots, instead of the plot's winds; with --leeway",
    )
    parser.add_argument(
        "--leeway",
        metavar="PERCENT",
        help="how much of the wind's speed craft drift with: of --wind, or of the plot's winds",
    )
    parser.add_argument(
        "--stated",
        metavar="COURSE/SPEED",
        help="suppose that it goes so from its last fix on: degrees true and knots over the ground",
    )
    parser.add_argument(
        "--through-water", action="store_true", help="--stated is meant through the water"
    )
    parser.add_argument(
        "--own-beaches",
        action="store_true",
        help="track back to the plot's own beaches, not to those of the register too",
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")


def run(args: argparse.Namespace) -> int:
    """Print the answers. Returns 0, 1 if the plot has none, 2 for wrong use, with a sentence."""
    try:
        now_utc = utc_now()
        asked_of(args, now_utc)  # what makes no sense is said before the plot is looked at
        plot = loaded_from(Path(args.plot).absolute()).plot
        asked = asked_of(args, reference_utc(now_utc, plot.last_observed_at_utc()))
        plot = in_conditions(plot, asked)
        settings = Settings(config_folder())
        model = error_model(settings.value)
        beaches = known_beaches(plot, () if args.own_beaches else read_beaches())
        answers = _answers(plot, asked, beaches, model)
    except WrongUse as error:
        complain(str(error))
        return WRONG_USE
    except NoAnswer as error:
        complain(str(error))
        return REFUSED
    except ChannelPlotError as error:
        complain(error_text(error))
        return REFUSED
    if args.json:
        print_json(answers_record(answers, plot.tracks))
        return ANSWERED
    wording = Wording(
        plot=plot,
        now_utc=asked.at_utc,
        notation=Notation(str(settings.value(POSITION_NOTATION))),
        model=model,
        is_now=asked.at_utc == now_utc,
        usual=UsualIntervals(
            int(settings.value(CONTACT_INTERVAL_MIN)), int(settings.value(CONTACT_ADRIFT_MIN))
        ),
    )
    for line in answer_lines(answers, wording, supposed_text(Supposition(stated=asked.stated))):
        print_line(line)
    return ANSWERED


def _answers(plot: Plot, asked: Asked, beaches: Iterable[Beach], model: ErrorModel) -> Answers:
    """Return what the plot answers. Raises NoAnswer and BasemapError."""
    track = track_named(plot, asked.track)
    against = tracks_against(plot, track, asked.against)
    answers = answers_of(
        plot,
        track,
        asked.at_utc,
        waters=WatersChart(boundary_limit(), plot.limits.values(), Land(load_basemap())),
        model=model,
        beaches=beaches,
        supposition=Supposition(stated=asked.stated),
        against=None if against is None else [other.uid for other in against],
        sent_utc=asked.sent_utc,
    )
    at = moment_text(asked.at_utc)
    if answers.reckoned is None:
        msg = f"{track.name} has no position by {at}; give a later time, with its date"
        raise NoAnswer(msg)
    reckoned = {uid for uid, _ in answers.approaches}
    for other in against or ():
        if other.uid not in reckoned:
            msg = f"--against: {other.name} has no position of the six hours before {at}"
            raise NoAnswer(msg)
    return answers
