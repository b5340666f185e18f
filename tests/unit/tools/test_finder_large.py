"""In a large plot, read from its file, the same is found, and of many reports the latest."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from channelplot.model.codes import BoatType, CountBasis, ReportKind, SourceKind
from channelplot.model.packed import PackedReports
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from channelplot.tools import finder as module
from channelplot.tools.find import read_query
from channelplot.tools.finder import Finder, Found
from helpers.builders import a_plot, a_report, a_track, at

if TYPE_CHECKING:
    from pathlib import Path

WORDS = (
    "white hull", "coque blanche, appelé à l’aide", "Straße 7", "œuf", "\u017ftrasse", "船 25",
    "engine", "engine failing", "", "1A", "N 51", "x́y",
)  # fmt: skip
SOURCES = ("", "CUTTER-1", "Dœuvre", "Ωmega", "straße")
QUERIES = (
    "white", "hull", "h", "l", "e", "s", "strasse", "stra", "œuf", "oeuf", "uf", "船", "25", "x",
    "y", "engine failing", '"engine failing"', '"failing engine"', "engine", "fail", "0210",
    "0211Z", "150211z", "021", "150", "z", ">10 people", "2 children", "counted", "phone", "radar",
    "source:cutter", "source:omega", "source:straße", "kind:launch", "type:rhib", "rhib",
    "grade:1", "caller:0612", "0612345678", "0205-0220", "since 0215", "white 0205-0212 >5 people",
    "boat:B", "B", "unattributed", "status:adrift", "open", "closed", "whatever",
)  # fmt: skip


def _plot() -> Plot:
    tracks = [
        a_track(
            name,
            [
                a_report(
                    f"02{10 + number:02d}",
                    uid=f"{name}{number}",
                    as_received=words,
                    source_name=SOURCES[(number + shift) % len(SOURCES)],
                    source=(SourceKind.PHONE, SourceKind.RADAR)[number % 2],
                    kind=ReportKind.LAUNCH if number % 5 == 4 else ReportKind.POSITION,
                    boat_type=BoatType.RHIB if number % 4 == 1 else None,
                    grade="1A" if number % 3 == 0 else "",
                    caller="+33612345678" if number % 6 == 2 else "",
                    people=PeopleCount(CountBasis.COUNTED, total=4 * number, children=number % 4)
                    if number % 2
                    else None,
                )
                for number, words in enumerate(WORDS)
                if (number + shift) % 3
            ],
        )
        for shift, name in enumerate(("A", "B", "C"))
    ]
    loose = [
        a_report(f"03{n:02d}", uid=f"u{n}", as_received=words) for n, words in enumerate(WORDS)
    ]
    return a_plot(*tracks, unattributed=tuple(loose))


@pytest.fixture(scope="module")
def plot(tmp_path_factory: pytest.TempPathFactory) -> Plot:
    """A plot with letters of all kinds, as it is read from its file."""
    path: Path = tmp_path_factory.mktemp("finder") / "letters.gpkg"
    PlotFile.create(path, _plot(), ActRecord("new_plot", "plot", "", "watch", at("0100"))).close()
    file = PlotFile.open(path)
    loaded = file.load().plot
    file.close()
    assert all(isinstance(track.reports, PackedReports) for track in loaded.tracks.values())
    return loaded


def found(plot: Plot, text: str) -> Found:
    finder = Finder()
    return finder.found(plot, read_query(text, finder.context(plot, at("0457"))))


@pytest.mark.parametrize("query", QUERIES)
def test_the_same_is_found(plot: Plot, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one_by_one = found(plot, query)
    monkeypatch.setattr(module, "MOST_KEPT", 0)
    assert found(plot, query) == one_by_one
    monkeypatch.setattr(module, "_LOT", 2)
    assert found(plot, query) == one_by_one


def test_the_queries_find_something() -> None:
    many = [len(found(_plot(), query).reports) for query in QUERIES]
    assert sum(1 for number in many if number) > len(QUERIES) * 2 / 3


def test_of_many_reports_the_latest_are_named_and_the_others_counted(
    plot: Plot, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = found(plot, "e")
    monkeypatch.setattr(module, "MOST_KEPT", 0)
    monkeypatch.setattr(module, "MOST_FOUND", 2)
    late = found(plot, "e")
    assert late.tracks == everything.tracks
    assert len(late.reports) == 2
    assert late.older_reports == len(everything.reports) - 2
    assert {report.uid for report in late.listed} == late.reports
    times = {r.uid: r.observed_at_utc for r in plot.reports() if r.uid in everything.reports}
    latest = sorted(times, key=times.__getitem__)[-2:]
    assert late.reports == frozenset(latest)


def test_an_edited_boat_of_a_large_plot_is_looked_through(
    plot: Plot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_KEPT", 0)
    report = next(iter(plot.tracks.values())).reports[0]
    edited = plot.with_report(replace(report, as_received="whatever else"))
    assert found(plot, "whatever").reports == frozenset()
    assert found(edited, "whatever").reports == {report.uid}
