"""The graticule of a sheet and its divided frame."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.chart.palette import DAY
from channelplot.chart.renderers.graticule import DIVISIONS
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.position import Position
from channelplot.model.plot import Plot
from channelplot.snapshot.border import LEAST_SPACING_MM, steps_of
from channelplot.snapshot.compose import Composition, composition_of
from channelplot.snapshot.content import Told
from channelplot.snapshot.measures import bar_px
from channelplot.snapshot.paper import LEAST_PX_PER_MM, Rect, Sheet
from channelplot.snapshot.png import drawn
from channelplot.snapshot.view import sheet_viewport
from helpers import charts
from helpers.images import pixels, rgb


def composed(size_px: tuple[int, int] = (1600, 1131)) -> Composition:
    sheet = Sheet.of_pixels(*size_px)
    return composition_of(sheet, charts.a_scene(Plot()), charts.STRAIT, Told(""))


@given(st.floats(-6.5, 3.5), st.floats(48.5, 51.5), st.floats(0.02, 0.9))
def test_lines_stand_far_enough_apart_for_their_labels(
    lon_deg: float, lat_deg: float, size_deg: float
) -> None:
    sheet = Sheet.of_pixels(1600, 1131)
    bounds = Bounds(lon_deg, lat_deg, lon_deg + size_deg, lat_deg + size_deg / 2.0)
    viewport = sheet_viewport(Rect(0.0, 0.0, 1100.0, 900.0), sheet, bounds)

    steps = steps_of(viewport)

    middle = viewport.centre
    east = Position(middle.lon_deg + steps.meridians / 60.0, middle.lat_deg)
    north = Position(middle.lon_deg, middle.lat_deg + steps.parallels / 60.0)
    (x, y), (east_x, _), (_, north_y) = map(viewport.pixel_of, (middle, east, north))
    for spacing_mm in ((east_x - x) / LEAST_PX_PER_MM, (y - north_y) / LEAST_PX_PER_MM):
        assert spacing_mm >= LEAST_SPACING_MM * 0.99
    assert steps.parallels <= steps.meridians
    # The step below would have been too close.
    finer = [step for step in DIVISIONS if step < steps.meridians]
    if finer:
        assert (east_x - x) / LEAST_PX_PER_MM * max(finer) / steps.meridians < LEAST_SPACING_MM


@pytest.mark.parametrize("size_px", [(1600, 1131), (2480, 1754), (600, 400)])
def test_a_meridian_is_drawn_where_it_lies_from_edge_to_edge(size_px: tuple[int, int]) -> None:
    composition = composed(size_px)
    box, viewport = composition.layout.map, composition.scene.viewport
    picture = pixels(drawn(composition))[..., :3].astype(np.int16)

    for lon_deg in (1.0 + 1.0 / 3.0, 1.0 + 2.0 / 3.0):
        x_px, _ = viewport.pixel_of(Position(lon_deg, 51.0))
        column = round(box.x_px + x_px * composition.scene.device_pixel_ratio)
        down = picture[int(box.y_px) : int(box.bottom_px), column]
        share = (np.abs(down - rgb(DAY.graticule)) <= 2).all(axis=-1).mean()
        assert share > 0.85  # names and the coast cross it


def test_the_bar_around_the_map_is_closed_and_divided() -> None:
    composition = composed()
    layout = composition.layout
    picture = pixels(drawn(composition))[..., :3].astype(np.int16)
    dark = (np.abs(picture - rgb(DAY.frame_dark)) <= 2).all(axis=-1)
    box, thick_px = layout.map, bar_px(layout.sheet)

    left, top = int(box.x_px) - thick_px, int(box.y_px) - thick_px
    right, bottom = int(box.right_px) + thick_px, int(box.bottom_px) + thick_px
    assert dark[top, left:right].all()
    assert dark[bottom - 1, left:right].all()
    assert dark[top:bottom, left].all()
    assert dark[top:bottom, right - 1].all()
    middle = top + math.ceil(thick_px / 2)
    changes = np.count_nonzero(np.diff(dark[middle, left:right].astype(np.int8)))
    assert changes > 12
