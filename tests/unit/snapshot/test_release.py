"""A release copy has nothing in it that it should not have: in no layer, text or metadata."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.chart.language import SheetLanguage
from channelplot.chart.layers import DEFAULT_LAYERING, reference_id
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.position import Position
from channelplot.model.codes import Craft, SourceKind, TrackStatus
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.reference_layer import ReferenceKind, ReferenceLayer
from channelplot.model.report import Report as PlottedReport
from channelplot.model.track import StatusChange
from channelplot.snapshot.release import PROFILES, on_grid, released
from channelplot.snapshot.settings import Extent, NamedArea, Page, Report, Series
from channelplot.snapshot.sheet import Format
from helpers.builders import R1, R3, R5, R6, a_beach, a_mark, a_plot, a_report, a_track, at
from helpers.chart_things import square_search, waters_limit
from helpers.sheets import made, pdf_texts, svg_texts

SECRETS = (
    "SECRETBOAT",
    "SECRETCUTTER",
    "SECRETWORDS",
    "SECRETSOURCE",
    "SECRETOPERATOR",
    "SECRETCLOSER",
    "SECRETNOTE",
    "SECRETBEACH",
    "SECRETMARK",
    "SECRETAUTHOR",
    "0612345678",
    "secret-uid",
)


def told(report: PlottedReport) -> PlottedReport:
    """The report with everything said that may not leave the desk."""
    return replace(
        report,
        as_received="SECRETWORDS of somebody",
        source=SourceKind.PHONE,
        source_name="SECRETSOURCE",
        caller="0612345678",
        grade="1A",
        logged_by="SECRETOPERATOR",
    )


def a_secret_plot() -> Plot:
    """A plot with something to hide in every field of it."""
    people = PeopleCount(total=47)
    boat = a_track(
        "SECRETBOAT",
        [told(a_report("0210", position=R1, people=people)), told(a_report("0245", position=R3))],
        uid="secret-uid-boat",
    )
    closed = StatusChange(
        uid="secret-uid-change",
        status=TrackStatus.CLOSED_UNRESOLVED,
        at_utc=at("0500"),
        reason="SECRETNOTE",
        by="SECRETOPERATOR",
        identified_by="SECRETCLOSER",
        explained_by="SECRETCLOSER",
    )
    cutter = a_track(
        "SECRETCUTTER",
        [told(a_report("0346", position=R5)), told(a_report("0412", position=R6))],
        uid="secret-uid-cutter",
        craft=Craft.RESCUE_VESSEL,
    )
    plot = a_plot(
        replace(
            boat,
            note="SECRETNOTE",
            uk_reference="SECRETNOTE",
            engine="SECRETNOTE",
            created_by="SECRETOPERATOR",
            status=TrackStatus.CLOSED_UNRESOLVED,
            status_changes=(closed,),
        ),
        cutter,
        unattributed=(told(a_report("0300", position=R3)),),
    )
    plot = plot.with_beach(replace(a_beach("SECRETBEACH"), uid="secret-uid-beach"))
    plot = plot.with_mark(replace(a_mark("SECRETM"), name="SECRETMARK"))
    return plot.with_search(replace(square_search(), name="SECRETNOTE")).with_limit(waters_limit())


def everything_in(data: bytes) -> Iterator[bytes]:
    """Yield a file and all its streams, unpacked."""
    yield data
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            yield zlib.decompress(found[1].rstrip(b"\r\n"))
        except zlib.error:
            yield found[1]


@pytest.mark.parametrize("kind", Format)
@pytest.mark.parametrize("series", [Series.NONE, Series.BOAT])
def test_nothing_dropped_remains_in_the_file(kind: Format, series: Series) -> None:
    files = made(
        a_secret_plot(),
        kind,
        profile="tenth",
        title="Release copy",
        author="SECRETAUTHOR",
        extent=Extent.ALL,
        track_uids=frozenset({"secret-uid-boat", "secret-uid-cutter"}),
        series=series,
        dpi=72,
        page=Page.A3,
    )

    for file in files:
        for part in everything_in(file.data):
            for secret in SECRETS:
                assert secret.encode() not in part, (secret, file.suffix)
                assert secret.encode("utf-16-be") not in part, (secret, file.suffix)
    said = "".join(
        pdf_texts(files[0].data)
        if kind is Format.PDF
        else svg_texts(files[0].data)
        if kind is Format.SVG
        else ["Release copy: positions to 0.1°"]
    )
    for secret in SECRETS:
        assert secret not in said
    assert "Release copy: positions to 0.1°" in said


@pytest.mark.parametrize("kind", Format)
@pytest.mark.parametrize("language", SheetLanguage)
def test_nor_in_reports_in_either_language(kind: Format, language: SheetLanguage) -> None:
    layer = ReferenceLayer(
        uid="secret-uid-layer", name="SECRETNOTE", path="SECRETNOTE.gpkg", kind=ReferenceKind.VECTOR
    )
    plot = a_secret_plot().with_reference_layer(layer)
    layering = DEFAULT_LAYERING.with_layers([reference_id(layer.uid)])
    files = made(
        plot, kind, profile="minute", title="Copy", author="SECRETAUTHOR", language=language,
        reports=tuple(Report), layering=layering, dpi=72,
    )  # fmt: skip

    for file in files:
        for part in everything_in(file.data):
            for secret in SECRETS:
                assert secret.encode() not in part, (secret, file.suffix)
    if kind is Format.PDF:
        said = "".join(pdf_texts(files[0].data))
        for secret in SECRETS:
            assert secret not in said


@pytest.mark.parametrize("kind", Format)
def test_nor_what_the_desk_calls_the_areas_of_a_series(kind: Format) -> None:
    areas = (NamedArea("SECRETNOTE", Bounds(1.2, 50.9, 1.8, 51.1)),)
    choices: dict[str, Any] = {"series": Series.AREA, "areas": areas, "title": "Copy", "dpi": 72}
    copy = made(a_secret_plot(), kind, profile="tenth", **choices)
    ordinary = made(a_secret_plot(), kind, **choices)

    assert not any(b"SECRETNOTE" in part for file in copy for part in everything_in(file.data))
    assert any(b"SECRETNOTE" in part for file in ordinary for part in everything_in(file.data))
    if kind is Format.PDF:
        assert "SECRETNOTE" not in "".join(pdf_texts(copy[0].data))


def test_a_copy_of_chosen_boats_tells_no_time_of_others() -> None:
    early = a_track("EARLY", [a_report("0210", position=R1)], uid="early")
    late = a_track("LATE", [a_report("0555", position=R3)], uid="late")
    (file,) = made(
        a_plot(early, late), Format.PDF, profile="tenth", track_uids=frozenset({"early"})
    )

    for part in everything_in(file.data):
        assert b"0555" not in part
    assert b"(D:20260915021000Z)" in file.data


def test_the_same_plot_says_all_that_on_an_ordinary_sheet() -> None:
    """Else the search above would find nothing whatever was drawn."""
    (file,) = made(a_secret_plot(), Format.PDF, title="T", author="SECRETAUTHOR", extent=Extent.ALL)
    said = "".join(pdf_texts(file.data))
    for shown in ("SECRETBOAT", "SECRETCUTTER", "SECRETBEACH", "SECRETAUTHOR"):
        assert shown in said


@given(st.floats(-180.0, 180.0), st.floats(-90.0, 90.0), st.sampled_from(sorted(PROFILES)))
def test_positions_are_rounded_to_the_grid(lon_deg: float, lat_deg: float, code: str) -> None:
    grid_deg = PROFILES[code].grid_deg

    rounded = on_grid(Position(lon_deg, lat_deg), grid_deg)

    for given_deg, rounded_deg in ((lon_deg, rounded.lon_deg), (lat_deg, rounded.lat_deg)):
        assert abs(given_deg - rounded_deg) <= grid_deg / 2.0 + 1e-9
        steps = rounded_deg / grid_deg
        assert abs(steps - round(steps)) < 1e-6


def test_what_is_kept_is_what_is_counted() -> None:
    plot = a_secret_plot()

    copy = released(plot, PROFILES["tenth"])

    assert copy.tracks.keys() == plot.tracks.keys()
    for uid, track in plot.tracks.items():
        other = copy.tracks[uid]
        assert (other.craft, other.status) == (track.craft, track.status)
        assert [r.observed_at_utc for r in other.reports] == [
            r.observed_at_utc for r in track.reports
        ]
        assert [r.people for r in other.reports] == [r.people for r in track.reports]
    assert [track.name for track in copy.tracks.values()] == ["#1", "R1"]
