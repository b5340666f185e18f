"""What a supervisor may choose, and what is refused."""

import json
from typing import Any

import pytest

from channelplot.errors import SheetRecordError
from channelplot.geodesy.bounds import Bounds
from channelplot.snapshot.record import SheetRecord, read_record, record_text
from channelplot.snapshot.settings import (
    LEAST_DPI,
    MOST_DPI,
    MOST_SCALE,
    MOST_TEXT,
    NamedArea,
    Page,
    Report,
    Series,
    SheetSettings,
)

BOX = Bounds(1.0, 50.9, 1.5, 51.2)


@pytest.mark.parametrize(
    "choices",
    [
        {"dpi": LEAST_DPI - 1},
        {"dpi": MOST_DPI + 1},
        {"scale": 999},
        {"scale": MOST_SCALE + 1},
        {"shape": 0.0},
        {"shape": 5.0},
        {"shape": float("nan")},
        {"title": "x" * (MOST_TEXT + 1)},
        {"marking": "two\nlines"},
        {"author": "\x00"},
        {"areas": (NamedArea("a\tb", BOX),)},
        {"reports": (Report.LOG, Report.LOG)},
    ],
)
def test_what_makes_no_sheet_is_refused(choices: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not the settings of a sheet"):
        SheetSettings(**choices)


@pytest.mark.parametrize(
    ("page", "across_mm", "upright_mm"),
    [
        (Page.A4, (297.0, 210.0), (210.0, 297.0)),
        (Page.A3, (420.0, 297.0), (297.0, 420.0)),
        (Page.A2, (594.0, 420.0), (420.0, 594.0)),
        (Page.LETTER, (279.4, 215.9), (215.9, 279.4)),
    ],
)
def test_paper_has_its_standard_size_both_ways(
    page: Page, across_mm: tuple[float, float], upright_mm: tuple[float, float]
) -> None:
    assert SheetSettings(page=page).size_mm() == across_mm
    assert SheetSettings(page=page, is_landscape=False).size_mm() == upright_mm


@pytest.mark.parametrize("shape", [0.25, 0.5, 1.0, 1.6, 2.1, 4.0])
def test_a_screen_keeps_its_shape_and_has_room_for_title_and_scale(shape: float) -> None:
    width_mm, height_mm = SheetSettings(page=Page.SCREEN, shape=shape).size_mm()

    assert width_mm / height_mm == pytest.approx(shape)
    assert max(width_mm, height_mm) >= 297.0 - 1e-9
    assert min(width_mm, height_mm) >= 140.0 - 1e-9


@pytest.mark.parametrize("dpi", [LEAST_DPI, 150, MOST_DPI])
def test_a_sheet_is_as_large_as_its_paper_at_any_resolution(dpi: int) -> None:
    sheet = SheetSettings(page=Page.A3, dpi=dpi).sheet()

    assert sheet.width_mm == pytest.approx(420.0, abs=25.4 / dpi)
    assert sheet.height_mm == pytest.approx(297.0, abs=25.4 / dpi)


def test_the_areas_of_a_series_are_in_the_record() -> None:
    settings = SheetSettings(series=Series.AREA, areas=(NamedArea("Dover", BOX),))

    assert read_record(record_text(SheetRecord(settings, None))).settings == settings


@pytest.mark.parametrize("areas", [[["Dover", 1.0, 50.9, 1.5]], [["Dover"]], ["Dover"], None])
def test_a_record_with_half_an_area_is_none(areas: object) -> None:
    fields = json.loads(record_text(SheetRecord(SheetSettings(), None)))
    fields["settings"]["areas"] = areas

    with pytest.raises(SheetRecordError):
        read_record(json.dumps(fields))
