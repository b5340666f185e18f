"""Whose waters the boats of a list were last in."""

import re

from channelplot.geodesy.position import Position
from channelplot.model.codes import ReportKind
from channelplot.snapshot.boat_waters import waters_of_boats
from channelplot.snapshot.settings import Report
from channelplot.snapshot.sheet import Format
from helpers import charts
from helpers.builders import R3, R6, a_plot, a_report, a_track
from helpers.night_boats import night_after_correction
from helpers.sheets import made, pdf_texts

MID_CHANNEL = Position(-0.9, 50.1)
"""More than 12 NM off every coast."""


def test_the_night_s_boats_are_told_apart_by_the_boundary() -> None:
    plot = night_after_correction()
    waters = waters_of_boats(plot.tracks.values(), plot, charts.basemap())
    assert waters == {"boat-a": "UK", "boat-b": "FR", "boat-c": "FR"}


def test_what_is_nobody_s_and_what_has_no_place() -> None:
    far = a_track("FAR", (a_report(position=MID_CHANNEL),), uid="far")
    told = a_track("TOLD", (a_report(position=None, kind=ReportKind.EVENT),), uid="told")
    plot = a_plot(far, told)
    waters = waters_of_boats(plot.tracks.values(), plot, charts.basemap())
    assert waters["far"].rstrip("?") == "-"
    assert "told" not in waters


def test_beyond_the_boundary_s_ends_it_is_an_indication() -> None:
    off_boulogne = a_track("B", (a_report(position=Position(1.50, 50.70)),), uid="b")
    plot = a_plot(off_boulogne)
    assert waters_of_boats(plot.tracks.values(), plot, charts.basemap()) == {"b": "FR?"}


def test_they_stand_in_the_list_on_paper() -> None:
    a, c = a_track("A", (a_report(position=R6),)), a_track("C", (a_report(position=R3),))
    (pdf,) = made(a_plot(a, c), Format.PDF, reports=(Report.BOATS,))
    rows = pdf_texts(pdf.data)[1]
    assert "Waters" in rows
    assert re.search(r"51°02\.30'N 001°32\.20'E\s+UK", rows)
    assert re.search(r"50°59\.50'N 001°37\.00'E\s+FR", rows)


def test_a_release_copy_does_not_say_whose_waters_a_rounded_place_is_in() -> None:
    plot = a_plot(a_track("A", (a_report(position=R6),)))
    (pdf,) = made(plot, Format.PDF, reports=(Report.BOATS,), profile="tenth")
    assert "Waters" not in pdf_texts(pdf.data)[1]
