"""What a format can't hold is counted before it is written, and nothing else is missing."""

import math
from dataclasses import replace

import pytest

from channelplot.exchange.outgoing import texts
from channelplot.exchange.outgoing.cannot_hold import Unheld, cannot_hold, held
from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.selection import Selection
from helpers.builders import a_log_line, a_report, an_acknowledgement, at
from helpers.full_plot import full_plot
from unit.exchange.outgoing.written import a_varied_plot, packed_plot

OF_THINGS = [kind for kind in Format if kind is not Format.CSV]


@pytest.mark.parametrize("kind", OF_THINGS)
def test_a_plot_of_tracks_and_places_is_held_whole(kind: Format) -> None:
    assert cannot_hold(Selection(plot=a_varied_plot()), kind) == {}


def test_a_table_holds_reports_alone() -> None:
    selection = Selection(plot=a_varied_plot())
    unheld = cannot_hold(selection, Format.CSV)
    assert unheld == {
        Unheld.EMPTY_TRACKS: 1,
        Unheld.STATUS_CHANGES: 1,
        Unheld.TRACK_NOTES: 1,
        Unheld.TRACK_DETAILS: 2,
        Unheld.BEACHES: 1,
        Unheld.MARKS: 1,
    }
    counts = held(selection.counts(), unheld)
    assert (counts.reports, counts.tracks, counts.beaches, counts.marks) == (6, 2, 0, 0)


@pytest.mark.parametrize("kind", OF_THINGS)
def test_what_stands_beside_the_tracks_is_held_by_none(kind: Format) -> None:
    plot = full_plot()
    plot = plot.with_acknowledgement(an_acknowledgement(next(iter(plot.tracks))))
    assert cannot_hold(Selection(plot=plot), kind) == {
        Unheld.LOG_LINES: 1,
        Unheld.CONDITIONS: 2,
        Unheld.SEARCHES: 1,
        Unheld.LIMITS: 2,
        Unheld.APPROACH_WATCHES: 1,
        Unheld.PREDICTED_CROSSINGS: 1,
        Unheld.ACKNOWLEDGEMENTS: 1,
        Unheld.REFERENCE_LAYERS: 1,
    }


def test_of_chosen_tracks_what_is_about_them_counts() -> None:
    plot = full_plot().with_log_line(a_log_line())
    a, b = list(plot.tracks)[:2]
    of_a = cannot_hold(Selection(plot=plot, track_uids=frozenset({a})), Format.GPX)
    of_b = cannot_hold(Selection(plot=plot, track_uids=frozenset({b})), Format.GPX)
    assert of_a == {
        Unheld.LOG_LINES: 1,
        Unheld.CONDITIONS: 1,
        Unheld.SEARCHES: 1,
        Unheld.APPROACH_WATCHES: 1,
        Unheld.PREDICTED_CROSSINGS: 1,
    }
    assert of_b == {Unheld.APPROACH_WATCHES: 1}


def test_of_a_period_what_happened_in_it_counts() -> None:
    plot = full_plot()
    before = cannot_hold(Selection(plot=plot, to_utc=at("0259")), Format.GPX)
    within = cannot_hold(Selection(plot=plot, from_utc=at("0300")), Format.GPX)
    assert Unheld.LOG_LINES not in before
    assert within[Unheld.LOG_LINES] == 1
    assert before[Unheld.CONDITIONS] == within[Unheld.CONDITIONS] == 2


@pytest.mark.parametrize("is_packed", [False, True], ids=["plain", "packed"])
@pytest.mark.parametrize(
    ("words", "of_xml", "of_others"),
    [
        ("\t\r\n plain \u00e9 \U0001f6a4", 0, 0),
        ("bell \x07", 1, 0),
        ("no character \ufffe", 1, 0),
        ("zero \0", 1, 1),
    ],
)
def test_texts_are_counted_that_a_format_has_no_way_to_write(
    words: str, of_xml: int, of_others: int, is_packed: bool
) -> None:
    plot = a_varied_plot().with_report(a_report("0300", as_received=words))
    selection = Selection(plot=packed_plot(plot) if is_packed else plot)
    for kind in Format:
        expected = of_xml if kind in (Format.GPX, Format.KML) else of_others
        assert cannot_hold(selection, kind).get(Unheld.TEXTS, 0) == expected, kind


@pytest.mark.parametrize("blanks", range(8))
def test_a_character_is_found_wherever_it_stands_among_packed_words(
    blanks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "_BYTES_AT_ONCE", 4)
    plot = a_varied_plot().with_report(a_report("0300", as_received=" " * blanks + "\ufffe"))
    assert cannot_hold(Selection(plot=packed_plot(plot)), Format.GPX) == {Unheld.TEXTS: 1}


def test_texts_of_tracks_and_places_and_short_ones_of_reports_are_looked_at_too() -> None:
    plot = a_varied_plot()
    plot = plot.with_track(replace(plot.tracks["t-2"], note="\x01"))
    plot = plot.with_beach(replace(plot.beaches["beach-1"], commune="\x02"))
    plot = plot.with_report(a_report("0300", uid="r\x03", caller="\x04", logged_by="\x05"))
    for selection in (Selection(plot=plot), Selection(plot=packed_plot(plot))):
        assert cannot_hold(selection, Format.KML) == {Unheld.TEXTS: 5}


@pytest.mark.parametrize("kind", OF_THINGS)
def test_figures_that_are_none_are_counted(kind: Format) -> None:
    plot = a_varied_plot().with_report(a_report("0300", speed_kn=math.inf, error_m=-math.inf))
    plot = plot.with_beach(replace(plot.beaches["beach-1"], error_m=math.inf))
    assert cannot_hold(Selection(plot=plot), kind) == {Unheld.NUMBERS: 3}
    assert cannot_hold(Selection(plot=packed_plot(plot)), kind) == {Unheld.NUMBERS: 3}


def test_an_example_is_said_to_be_one_by_no_format() -> None:
    selection = Selection(plot=replace(a_varied_plot(), is_example=True))
    assert cannot_hold(selection, Format.GPX) == {Unheld.EXAMPLE: 1}
