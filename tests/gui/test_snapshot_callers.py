"""What is released says nothing of who called, nor in what words."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from channelplot.chart.palette import DAY
from channelplot.model.codes import SourceKind
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.snapshot.compose import composition_of
from channelplot.snapshot.content import Told
from channelplot.snapshot.paper import Sheet
from channelplot.snapshot.png import drawn
from channelplot.snapshot.view import all_bounds
from helpers import charts
from helpers.builders import R1, R3, R5, a_plot, a_report, a_track
from helpers.images import pixels

NUMBER = "0612345678"


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Sheets draw letters."""


def called(report: Report) -> Report:
    """The report as somebody told it by telephone."""
    return replace(
        report,
        as_received=f"tel {NUMBER}: engine failing",
        caller=NUMBER,
        source=SourceKind.PHONE,
        source_name=NUMBER,
        grade="2C",
    )


def sheet_of(plot: Plot) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    scene = replace(charts.a_scene(plot), palette=DAY)
    sheet = Sheet.of_pixels(1131, 800)
    return pixels(drawn(composition_of(sheet, scene, all_bounds(plot), Told("Night"))))


def test_a_sheet_shows_no_number_no_words_and_no_source() -> None:
    own = (
        a_report("0210", uid="r1", position=R1, people=PeopleCount(total=45)),
        a_report("0245", uid="r3", position=R3),
    )
    loose = a_report("0340", uid="r5", position=R5)
    boat = a_track("A", own, uid="a", note="")
    silent = a_plot(boat, unattributed=(loose,))
    told = a_plot(
        replace(boat, reports=tuple(map(called, boat.reports)), note=f"the caller has {NUMBER}"),
        unattributed=(called(loose),),
    )
    assert np.array_equal(sheet_of(told), sheet_of(silent))
    renamed = told.with_track(replace(told.tracks["a"], name="HUNTER"))
    assert not np.array_equal(sheet_of(renamed), sheet_of(silent)), "what shows makes a difference"
