"""Which marks show, at which scale, and that each kind has a shape of its own."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.layers import DEFAULT_LAYERING, Layer
from channelplot.chart.palette import DAY
from channelplot.chart.pick import REGISTER_MARKS_BELOW_M_PER_PX
from channelplot.chart.renderers import marks
from channelplot.chart.renderers.marks import shown_marks
from channelplot.chart.renderers.symbols import draw_mark
from channelplot.geodesy.position import Position
from channelplot.model.codes import MarkKind
from channelplot.model.plot import Plot
from helpers.builders import R1, a_mark, ddm
from helpers.charts import a_scene, basemap, view_around

GRIS_NEZ = ddm(50, 52.1, 1, 35.0)
JERSEY = Position(-2.1, 49.2)

pytestmark = pytest.mark.usefixtures("qapp")


def codes(plot: Plot, m_per_px: float = 80.0) -> list[str]:
    """The codes of the marks in view around Cap Gris-Nez."""
    scene = a_scene(plot, view_around(GRIS_NEZ, m_per_px))
    return [mark.code for mark, _, _ in shown_marks(scene)]


def test_the_registers_marks_show_at_close_scales_and_the_plots_at_all() -> None:
    plot = Plot().with_mark(a_mark("WRK", GRIS_NEZ))
    assert codes(plot, REGISTER_MARKS_BELOW_M_PER_PX)[-1] == "WRK", "the plot's own lie on top"
    assert "CGN" in codes(plot, REGISTER_MARKS_BELOW_M_PER_PX)
    assert codes(plot, REGISTER_MARKS_BELOW_M_PER_PX + 1.0) == ["WRK"]
    assert codes(Plot(), 2_000.0) == []


def test_a_mark_of_the_plot_stands_in_the_place_of_the_registers() -> None:
    cgn = next(mark for mark in basemap().marks if mark.code == "CGN")
    of_that_code = a_mark("cgn", R1)
    assert [code for code in codes(Plot().with_mark(of_that_code)) if code != "CBN"] == ["cgn"]
    of_that_uid = replace(cgn, code="GN")
    shown = codes(Plot().with_mark(of_that_uid))
    assert "CGN" not in shown
    assert "GN" in shown


def test_marks_out_of_view_or_in_a_hidden_layer_do_not_show() -> None:
    plot = Plot().with_mark(a_mark("FAR", JERSEY)).with_mark(a_mark("NEAR", GRIS_NEZ))
    scene = a_scene(plot, view_around(GRIS_NEZ, 1_000.0))
    assert [mark.code for mark, _, _ in shown_marks(scene)] == ["NEAR"]
    assert shown_marks(replace(scene, layering=DEFAULT_LAYERING.hiding({Layer.MARKS}))) == []


def drawn(draw: Callable[[QPainter], None], size_px: int = 40) -> QImage:
    """A picture of what is drawn, on white."""
    image = QImage(size_px, size_px, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter)
    return image


def symbol(kind: str, *, is_pending: bool = False) -> QImage:
    ink, ground = QColor("black"), QColor("white")
    at = QPointF(20.0, 20.0)
    return drawn(lambda painter: draw_mark(painter, at, kind, ink, ground, is_pending=is_pending))


def dark_px(image: QImage) -> int:
    """How many pixels are rather dark than light."""
    return sum(
        image.pixelColor(x, y).lightness() < 128
        for x in range(image.width())
        for y in range(image.height())
    )


def test_every_kind_has_a_shape_of_its_own_without_any_colour() -> None:
    pictures = [symbol(kind) for kind in MarkKind]
    for number, one in enumerate(pictures):
        assert dark_px(one) >= 8
        assert one not in pictures[:number]
    assert symbol("grain silo") == symbol(MarkKind.OTHER), "another program's word"


@pytest.mark.parametrize("kind", list(MarkKind))
def test_a_mark_on_its_way_to_the_disk_is_hollow_and_larger(kind: MarkKind) -> None:
    pending = symbol(kind, is_pending=True)
    assert pending != symbol(kind)
    if kind in (MarkKind.LIGHT, MarkKind.OTHER):
        assert symbol(kind).pixelColor(20, 20).lightness() < 60
        assert pending.pixelColor(20, 20).lightness() > 200


def test_a_selected_mark_stands_on_a_yellow_ground() -> None:
    mark = a_mark("WRK", GRIS_NEZ)
    scene = a_scene(Plot().with_mark(mark), view_around(GRIS_NEZ, 1_000.0, 40.0))
    yellow = QColor(DAY.selection)

    def has_glow(uids: frozenset[str]) -> bool:
        chosen = replace(scene, selected_uids=uids)
        image = drawn(lambda painter: marks.draw(painter, chosen, Cancel()))
        return any(image.pixelColor(x, 20) == yellow for x in range(40))

    assert has_glow(frozenset({mark.uid}))
    assert not has_glow(frozenset({"another"}))


def test_a_cancelled_job_draws_no_mark() -> None:
    scene = a_scene(Plot().with_mark(a_mark("WRK", GRIS_NEZ)), view_around(GRIS_NEZ, 80.0, 40.0))
    cancel = Cancel()
    cancel.cancel()
    assert dark_px(drawn(lambda painter: marks.draw(painter, scene, cancel))) == 0
