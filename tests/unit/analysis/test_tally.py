"""The tally says what the whole plot would, and looks only at what changed."""

import gc
import random
import weakref

import pytest

from channelplot.analysis import ledger
from channelplot.analysis.counts import counts_of
from channelplot.analysis.ledger import Ledger, ledger_of, plot_ledger
from channelplot.analysis.tally import Tally
from channelplot.commands.claims import give_reports
from channelplot.errors import CommandRefused
from channelplot.model.codes import ReportKind
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from helpers.builders import R1, a_plot, a_report, a_track, night_plot
from helpers.every_command import EVERY_COMMAND


def test_after_any_act_it_says_what_the_whole_plot_does() -> None:
    dice, plot, tally = random.Random(8), night_plot(), Tally()
    most_reported = most_crossings = 0
    for _ in range(300):
        entry = dice.choice(list(EVERY_COMMAND.values()))
        command = entry.allowed(plot, dice)
        if command is None:
            continue
        try:
            plot = command.edit(plot)
        except CommandRefused:
            continue
        totals = tally.totals(plot)
        assert totals.ledger == plot_ledger(plot)
        assert totals.counts == counts_of(plot)
        for track in plot.tracks.values():
            assert tally.ledger(track) == ledger_of(track)
        most_reported = max(most_reported, totals.ledger.reported)
        most_crossings = max(most_crossings, totals.counts.crossings)
    assert most_reported > 0
    assert most_crossings > 1


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the tracks that the ledger was made out for."""
    names: list[str] = []
    made_out = ledger._ledger_of

    def counting(track: Track) -> Ledger:
        names.append(track.name)
        return made_out(track)

    monkeypatch.setattr(ledger, "_ledger_of", counting)
    return names


def plot_of(number: int) -> Plot:
    return a_plot(*(a_track(f"T{i}", (a_report("0210"), a_report("0228"))) for i in range(number)))


def test_only_tracks_that_changed_are_looked_at_again(asked: list[str]) -> None:
    tally, plot = Tally(), plot_of(20)
    tally.totals(plot)
    assert len(asked) == 20
    asked.clear()

    tracks = list(plot.tracks.values())
    plot = give_reports((tracks[3].reports[0].uid,), tracks[7].uid).edit(plot)
    tally.totals(plot)
    tally.ledger(plot.tracks[tracks[3].uid])

    assert sorted(asked) == ["T3", "T7"]


def test_another_plot_s_tracks_are_forgotten() -> None:
    tally, plot = Tally(), plot_of(20)
    track = weakref.ref(next(iter(plot.tracks.values())))
    tally.totals(plot)
    tally.totals(Plot())
    assert track() is not None
    del plot
    gc.collect()
    assert track() is None


def test_what_happened_ashore_to_no_boat_is_counted_once_told() -> None:
    tally = Tally()
    told = a_report(kind=ReportKind.PREVENTED, people=PeopleCount(total=30))
    assert tally.totals(Plot()).counts.prevented == 0
    assert tally.totals(a_plot(unattributed=(told,))).counts.prevented_people == 30


def test_sums_of_parts_are_the_sums_of_all() -> None:
    many = [
        a_track(f"N{n}", [a_report("0210", position=R1, people=PeopleCount(total=n % 7))])
        for n in range(600)
    ]
    tally = Tally()
    for changed in (0, 299, 599):
        many[changed] = a_track(
            "longer", [a_report("0215", position=R1, people=PeopleCount(total=50))]
        )
        plot = a_plot(*many)
        totals = tally.totals(plot)
        assert totals.ledger == plot_ledger(plot)
        assert totals is tally.totals(plot)
