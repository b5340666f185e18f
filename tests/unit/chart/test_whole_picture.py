"""The one image that all pictures are put together in, while those of another scale are drawn."""

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from channelplot.chart.palette import DAY
from channelplot.chart.pictures import Order, Pictures
from channelplot.chart.render_job import Picture
from channelplot.chart.renderers.table import Group
from channelplot.chart.viewport import Viewport
from helpers.charts import CALAIS, STRAIT, view
from helpers.images import count_of

BEFORE, AFTER = "#102030", "#c0d0e0"
BELOW = [group for group in Group if group is not Group.LABELS]

pytestmark = pytest.mark.usefixtures("qtbot")


def of_one_colour(group: Group | None, shown: Viewport, colour: str) -> Picture:
    """Return a picture in one colour; those above the lowest have nothing on them."""
    image = QImage(
        round(shown.width_px), round(shown.height_px), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.fill(QColor(colour if group in (None, Group.BASE) else "transparent"))
    return Picture(1, group, image, shown, 0.0)


def complete(shown: Viewport) -> Pictures:
    """Return pictures of a view, all of them there."""
    pictures = Pictures()
    order = Order(tuple(Group), shown, dict.fromkeys(Group, 0))
    for group in Group:
        pictures.accept(of_one_colour(group, shown, BEFORE), group, order)
    pictures.accept_whole(of_one_colour(None, shown, BEFORE))
    return pictures


def has_new_colour(pictures: Pictures, shown: Viewport) -> bool:
    image = QImage(round(shown.width_px), round(shown.height_px), QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        pictures.draw(painter, shown, DAY, 1.0)
    return count_of(image, AFTER) > 0


def first_with_new_colour(before: Viewport, after: Viewport) -> Group | None:
    """Return the group with whose picture the screen changes over to another view."""
    pictures = complete(before)
    order = Order(tuple(Group), after, dict.fromkeys(Group, 0))
    for group in BELOW:
        pictures.accept(of_one_colour(group, after, AFTER), group, order)
        if has_new_colour(pictures, after):
            return group
    return None


@pytest.mark.parametrize("factor", [0.5, 1.25, 3.0])
def test_while_zooming_the_screen_changes_over_when_all_is_there(factor: float) -> None:
    """One image is scaled in the time of a frame; four are not."""
    before = view(STRAIT)
    after = before.zoomed(factor, 160.0, 100.0)
    assert first_with_new_colour(before, after) is BELOW[-1]


def test_a_picture_in_the_same_scale_is_shown_as_soon_as_it_is_there() -> None:
    """It fills the edge while the chart is dragged, and shows what was plotted."""
    before = view(STRAIT)
    assert first_with_new_colour(before, before) is BELOW[0]
    assert first_with_new_colour(before, before.panned(80.0, 0.0)) is BELOW[0]


def test_after_a_jump_each_picture_is_shown_as_soon_as_it_is_there() -> None:
    before = view(STRAIT)
    far = view(CALAIS).panned(-40_000.0, 0.0)
    assert first_with_new_colour(before, far) is BELOW[0]
    assert first_with_new_colour(before, before.zoomed(20.0, 160.0, 100.0)) is BELOW[0]
