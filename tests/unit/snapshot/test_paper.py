import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.snapshot.paper import LEAST_PX_PER_MM, Rect, Sheet

SIDES = st.integers(400, 8000)


def test_the_usual_sheet_is_a4_across() -> None:
    sheet = Sheet.of_pixels(1600, 1131)

    assert sheet.width_mm == pytest.approx(297.0, abs=0.2)
    assert sheet.height_mm == pytest.approx(210.0, abs=0.2)


def test_an_upright_sheet_is_as_large_as_one_across() -> None:
    assert Sheet.of_pixels(1131, 1600).px_per_mm == Sheet.of_pixels(1600, 1131).px_per_mm


@given(SIDES, SIDES)
def test_letters_are_never_printed_smaller_than_on_a_screen(width_px: int, height_px: int) -> None:
    sheet = Sheet.of_pixels(width_px, height_px)

    assert sheet.px_per_mm >= LEAST_PX_PER_MM
    long_mm, short_mm = sorted((sheet.width_mm, sheet.height_mm), reverse=True)
    if sheet.px_per_mm > LEAST_PX_PER_MM:  # then A4 just fits into it
        assert min(long_mm / 297.0, short_mm / 210.0) == pytest.approx(1.0)
    else:
        assert min(long_mm / 297.0, short_mm / 210.0) <= 1.0


def test_rectangles_with_a_common_edge_do_not_overlap() -> None:
    left, right = Rect(0.0, 0.0, 10.0, 10.0), Rect(10.0, 0.0, 5.0, 10.0)

    assert not left.overlaps(right)
    assert left.overlaps(Rect(9.9, 9.9, 1.0, 1.0))


def test_a_rectangle_holds_what_lies_inside_it_only() -> None:
    page = Rect(0.0, 0.0, 100.0, 50.0)

    assert page.holds(page.inset(1.0, 2.0, 3.0, 4.0))
    assert page.inset(1.0, 2.0, 3.0, 4.0) == Rect(1.0, 2.0, 96.0, 44.0)
    assert not page.holds(Rect(90.0, 0.0, 10.1, 1.0))
    assert not page.holds(Rect(0.0, -0.1, 10.0, 1.0))
