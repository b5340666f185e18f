"""Time the answers about one boat among 500 craft with 50,000 reports, and what they are made of.

Ten of the craft can be sent, one in twenty is adrift; a stream and a wind are given, and the coast
is asked. Times are of an answer that is asked for again: the first also reads every track's line.
"""

import gc
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

import numpy as np

from channelplot.analysis.answers import answers_of, known_beaches
from channelplot.analysis.answers_others import open_reckonings
from channelplot.analysis.closest_approach import closest_approaches
from channelplot.analysis.error_model import error_model
from channelplot.analysis.passage import Passage
from channelplot.analysis.whose_waters import WatersChart
from channelplot.basemap.basemap import load_basemap
from channelplot.basemap.beaches import read_beaches
from channelplot.basemap.boundary import boundary_limit
from channelplot.basemap.land import Land
from channelplot.model.codes import Craft, TrackStatus
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.plot import Plot
from helpers.figures import median_line
from helpers.made_up_plots import START_UTC, made_up_plot

REPORTS = 50_000
TIMES = 40
ASSET_EVERY = 50
ADRIFT_EVERY = 20
AT_UTC = START_UTC + timedelta(hours=8, minutes=20)
ANSWERS_AIM_MS = 20.0
PAIRS_AIM_MS = 200.0
WATERS_AIM_MS = 1.0
CHANGE_AIM_MS = 3.0


def main() -> None:
    """Print the figures."""
    gc.disable()  # as in the window, which collects between events (ui/inside/garbage.py)
    plot = a_busy_plot()
    tracks = list(plot.tracks.values())
    boats = [track for track in tracks if track.has_people]
    model = error_model(lambda setting: setting.default)
    waters = WatersChart(boundary_limit(), (), Land(load_basemap()))
    beaches = known_beaches(plot, read_beaches())

    def answered(number: int) -> object:
        track = boats[number]
        return answers_of(plot, track, AT_UTC, waters=waters, model=model, beaches=beaches)

    first_ms = milliseconds(lambda: answered(0))
    print(f"{'all answers, the first of a run':<46} {first_ms:15.2f} ms")
    print(median_line("all answers, one of 500", timed(answered), "ms", ANSWERS_AIM_MS))

    passages = [one.passage for one in open_reckonings(plot, AT_UTC).values()]
    pairs = np.column_stack(np.triu_indices(len(passages), 1))
    values = timed(lambda _: closest_approaches(passages, passages, pairs, AT_UTC))
    name = f"closest approaches, {len(passages)} craft, {len(pairs)} pairs"
    print(median_line(name, values, "ms", PAIRS_AIM_MS))
    reckoned = timed(lambda _: open_reckonings(plot, AT_UTC))
    print(median_line("all craft reckoned", reckoned, "ms"))

    places = [passage.position_at(AT_UTC) for passage in passages]
    waters.whose(places[0])
    values = timed(lambda number: waters.whose(places[number]))
    print(median_line("whose waters", values, "ms", WATERS_AIM_MS))
    changes = [waters.next_change(passage, AT_UTC) for passage in passages]
    crossing = [p for p, change in zip(passages, changes, strict=True) if change is not None]
    for name, some in (("that cross", crossing), ("of all", passages)):
        found = partial(changed, waters, some)
        name = f"next change of waters, {name}"
        print(median_line(name, timed(found), "ms", CHANGE_AIM_MS))


def changed(waters: WatersChart, passages: Sequence[Passage], number: int) -> object:
    """Return what one of some craft crosses next."""
    return waters.next_change(passages[number % len(passages)], AT_UTC)


def a_busy_plot() -> Plot:
    """Return the plot that is asked."""
    tracks = dict(made_up_plot(REPORTS).tracks)
    for number, (uid, track) in enumerate(list(tracks.items())):
        if number % ASSET_EVERY == 1:
            tracks[uid] = replace(track, craft=Craft.RESCUE_VESSEL, speed_kn=20.0)
        elif number % ADRIFT_EVERY == 2:
            tracks[uid] = replace(track, status=TrackStatus.ADRIFT)
    conditions = ConditionsEntry(
        uid="conditions",
        valid_from_utc=START_UTC,
        valid_until_utc=START_UTC + timedelta(hours=12),
        logged_at_utc=START_UTC,
        stream_set_deg=60.0,
        stream_rate_kn=1.9,
        wind_from_deg=290.0,
        wind_speed_kn=14.0,
        leeway_percent=4.0,
    )
    return Plot(tracks=tracks).with_conditions(conditions)


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long some work takes."""
    begun_s = time.perf_counter()
    work()
    return 1000.0 * (time.perf_counter() - begun_s)


def timed(work: Callable[[int], object]) -> list[float]:
    """Return how long some work takes, each time of many; it is given the number of the time."""
    return [milliseconds(partial(work, number)) for number in range(TIMES)]


if __name__ == "__main__":
    main()
    sys.exit(0)
