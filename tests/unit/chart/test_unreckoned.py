"""The note of those that are not reckoned: who is in it, and how it is worded."""

from dataclasses import replace

import numpy as np
import pytest

from channelplot.chart.conditions_note import note_of
from channelplot.chart.renderers import conditions_note, unreckoned_note
from channelplot.chart.renderers.unreckoned_note import note_text
from channelplot.chart.scene import Scene
from channelplot.chart.unreckoned import UnreckonedNote, unreckoned_of
from channelplot.model.codes import Craft, TrackStatus
from channelplot.model.plot import Plot
from helpers.builders import a_report, a_track, at
from helpers.charts import STRAIT, a_scene, view
from helpers.images import drawn_by, pixels
from helpers.night_chartwork import NIGHT_CONDITIONS

pytestmark = pytest.mark.usefixtures("qapp")


def test_open_craft_whose_last_fix_is_too_old_or_is_still_to_come_boats_first() -> None:
    cutter = a_track("CUTTER", [a_report("0200")], craft=Craft.RESCUE_VESSEL)
    old = a_track("C", [a_report("0200")])
    fresh = a_track("B", [a_report("0300")])
    nowhere = a_track("E")
    later = a_track("F", [a_report("0900")])
    closed = a_track("D", [a_report("0200")], status=TrackStatus.RETURNED)
    note = unreckoned_of((cutter, old, fresh, nowhere, later, closed), at("0801"))
    assert note == UnreckonedNote(too_old=("C", "CUTTER"), unplaced=("E", "F"))
    assert unreckoned_of((fresh, closed), at("0801")) is None
    assert unreckoned_of((), at("0801")) is None


@pytest.mark.parametrize(
    ("too_old", "unplaced", "text"),
    [
        ("C", "", "Last fix too old to reckon: C"),
        ("CD", "E", "Last fix too old to reckon: C, D · no position yet: E"),
        ("", "EF", "No position yet: E, F"),
        ("ABCDEF", "", "Last fix too old to reckon: A, B, C, D and 2 more"),
    ],
)
def test_it_is_said_by_name_and_many_are_counted(too_old: str, unplaced: str, text: str) -> None:
    assert note_text(UnreckonedNote(tuple(too_old), tuple(unplaced))) == text


def box_of(scene: Scene, without: Scene) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of all pixels in which two scenes differ, both notes drawn."""
    images = [
        pixels(drawn_by(each, conditions_note.draw, unreckoned_note.draw))
        for each in (scene, without)
    ]
    rows, columns = np.nonzero((images[0] != images[1]).any(axis=-1))
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


def test_it_stands_above_the_scale_bar_and_above_the_note_of_stream_and_wind() -> None:
    bare = a_scene(Plot(), view(STRAIT, 900, 600))
    note = UnreckonedNote(("C", "D"), ())
    alone = box_of(replace(bare, unreckoned=note), bare)
    in_stream = replace(bare, conditions=note_of(NIGHT_CONDITIONS, at("0300")))
    of_stream = box_of(in_stream, bare)
    above = box_of(replace(in_stream, unreckoned=note), in_stream)
    assert alone[3] == of_stream[3], "the lower note stands at one height"
    assert above[3] < of_stream[1]
    assert above[0] == of_stream[0] == alone[0]


def test_it_is_cut_short_where_the_chart_is_narrow() -> None:
    narrow = a_scene(Plot(), view(STRAIT, 220, 300))
    names = tuple(f"LONG NAME {number}" for number in range(9))
    _, _, right, _ = box_of(replace(narrow, unreckoned=UnreckonedNote(names, names)), narrow)
    assert right < 220 - 1
