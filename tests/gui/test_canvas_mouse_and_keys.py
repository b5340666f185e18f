"""The chart widget: what the mouse and the keys do, and what reaches the pointer handler."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from channelplot.chart.canvas import ChartCanvas
from channelplot.chart.pointer import Button, ChartEvent, CursorShape, Modifier
from channelplot.geodesy.position import Position
from helpers.charts import CALAIS

LEFT, MIDDLE, RIGHT = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.MiddleButton,
    Qt.MouseButton.RightButton,
)
NONE = Qt.MouseButton.NoButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


class Handler:
    """A pointer handler that notes what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, ChartEvent | None]] = []
        self.shape = CursorShape.CROSS

    @property
    def cursor(self) -> CursorShape:
        return self.shape

    def press(self, event: ChartEvent) -> None:
        self.told.append(("press", event))

    def move(self, event: ChartEvent) -> None:
        self.told.append(("move", event))

    def release(self, event: ChartEvent) -> None:
        self.told.append(("release", event))

    def double_click(self, event: ChartEvent) -> None:
        self.told.append(("double_click", event))

    def cancel(self) -> None:
        self.told.append(("cancel", None))

    def names(self) -> list[str]:
        return [name for name, _ in self.told]

    def last(self) -> ChartEvent:
        event = self.told[-1][1]
        assert event is not None
        return event


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[ChartCanvas]:
    widget = ChartCanvas()
    qtbot.addWidget(widget)
    widget.resize(640, 400)
    widget.show()
    yield widget
    widget.close()


@pytest.fixture
def handler(canvas: ChartCanvas) -> Handler:
    handler = Handler()
    canvas.set_handler(handler)
    return handler


def move(canvas: ChartCanvas, x: float, y: float, held: Qt.MouseButton = NONE) -> None:
    at = QPointF(x, y)
    event = QMouseEvent(QEvent.Type.MouseMove, at, canvas.mapToGlobal(at), NONE, held, NO_KEYS)
    QCoreApplication.sendEvent(canvas, event)


def turn_wheel(
    canvas: ChartCanvas, x: float, y: float, eighths: int, keys: Qt.KeyboardModifier = NO_KEYS
) -> None:
    at = QPointF(x, y)
    event = QWheelEvent(
        at, canvas.mapToGlobal(at), QPoint(), QPoint(0, eighths), NONE, keys,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QCoreApplication.sendEvent(canvas, event)


def test_press_move_and_release_reach_the_handler_with_position_and_keys(
    canvas: ChartCanvas, handler: Handler
) -> None:
    control_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.mousePress(canvas, LEFT, control_shift, QPoint(100, 50))
    pressed = handler.last()
    assert (pressed.x_px, pressed.y_px, pressed.button) == (100.0, 50.0, Button.LEFT)
    assert pressed.modifiers == Modifier.CONTROL | Modifier.SHIFT
    assert pressed.position == canvas.viewport.position_at(100.0, 50.0)
    assert pressed.viewport == canvas.viewport
    move(canvas, 120.0, 70.0, LEFT)
    assert handler.last().button is Button.LEFT
    QTest.mouseRelease(canvas, LEFT, NO_KEYS, QPoint(130, 80))
    assert handler.last().modifiers is Modifier.NONE
    move(canvas, 140.0, 90.0)
    assert handler.last().button is Button.NONE
    assert handler.names() == ["press", "move", "release", "move"]


def test_a_right_click_reaches_the_handler(canvas: ChartCanvas, handler: Handler) -> None:
    QTest.mouseClick(canvas, RIGHT, NO_KEYS, QPoint(10, 10))
    assert handler.names() == ["press", "release"]
    assert handler.last().button is Button.RIGHT


def test_a_double_click_comes_after_one_press_and_release(
    canvas: ChartCanvas, handler: Handler
) -> None:
    QTest.mouseClick(canvas, LEFT, NO_KEYS, QPoint(100, 50))
    QTest.mouseDClick(canvas, LEFT, NO_KEYS, QPoint(100, 50))
    assert handler.names()[-1] == "double_click"
    assert handler.names().count("press") == handler.names().count("release")
    QTest.mouseClick(canvas, LEFT, NO_KEYS, QPoint(100, 50))
    assert handler.names()[-2:] == ["press", "release"]


def test_the_pointers_position_is_told_and_that_it_left(qtbot: QtBot, canvas: ChartCanvas) -> None:
    with qtbot.waitSignal(canvas.pointer_moved) as moved:
        move(canvas, 200.0, 100.0)
    assert moved.args == [canvas.viewport.position_at(200.0, 100.0)]
    assert isinstance(moved.args[0], Position)
    with qtbot.waitSignal(canvas.pointer_moved) as left:
        QCoreApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert left.args == [None]


def test_dragging_with_the_middle_button_pans_and_the_handler_hears_nothing(
    canvas: ChartCanvas, handler: Handler
) -> None:
    before = canvas.viewport
    QTest.mousePress(canvas, MIDDLE, NO_KEYS, QPoint(300, 200))
    assert canvas.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    move(canvas, 330.0, 190.0, MIDDLE)
    assert canvas.viewport == before.panned(30.0, -10.0)
    move(canvas, 250.0, 150.0, MIDDLE)
    QTest.mouseRelease(canvas, MIDDLE, NO_KEYS, QPoint(250, 150))
    assert canvas.viewport == before.panned(-50.0, -50.0)
    assert handler.names() == []
    assert canvas.cursor().shape() == Qt.CursorShape.CrossCursor


def test_dragging_with_space_held_pans(canvas: ChartCanvas, handler: Handler) -> None:
    before = canvas.viewport
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    assert canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    QTest.mousePress(canvas, LEFT, NO_KEYS, QPoint(300, 200))
    move(canvas, 310.0, 205.0, LEFT)
    QTest.mouseRelease(canvas, LEFT, NO_KEYS, QPoint(310, 205))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.viewport == before.panned(10.0, 5.0)
    assert handler.names() == []
    QTest.mouseClick(canvas, LEFT, NO_KEYS, QPoint(300, 200))
    assert handler.names() == ["press", "release"]


def test_space_is_forgotten_when_the_focus_goes(canvas: ChartCanvas, handler: Handler) -> None:
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    QCoreApplication.sendEvent(canvas, QFocusEvent(QEvent.Type.FocusOut))
    assert canvas.cursor().shape() == Qt.CursorShape.CrossCursor
    QTest.mouseClick(canvas, LEFT, NO_KEYS, QPoint(300, 200))
    assert handler.names() == ["press", "release"]


@pytest.mark.parametrize(("x", "y"), [(0.0, 0.0), (500.0, 100.0), (320.0, 200.0)])
def test_the_wheel_zooms_about_the_pointer(canvas: ChartCanvas, x: float, y: float) -> None:
    place = canvas.viewport.position_at(x, y)
    assert place is not None
    before = canvas.viewport.m_per_px
    for _ in range(2):
        turn_wheel(canvas, x, y, 120)
    assert canvas.viewport.m_per_px == pytest.approx(before / 2.0)
    assert canvas.viewport.pixel_of(place) == pytest.approx((x, y), abs=1e-6)
    turn_wheel(canvas, x, y, -120, Qt.KeyboardModifier.ControlModifier)
    assert before / 2.0 < canvas.viewport.m_per_px < before
    assert canvas.viewport.pixel_of(place) == pytest.approx((x, y), abs=1e-6)


@pytest.mark.parametrize(
    ("key", "east", "north"),
    [
        (Qt.Key.Key_Left, -1, 0),
        (Qt.Key.Key_Right, 1, 0),
        (Qt.Key.Key_Up, 0, 1),
        (Qt.Key.Key_Down, 0, -1),
    ],
)
def test_arrows_pan(canvas: ChartCanvas, key: Qt.Key, east: int, north: int) -> None:
    before = canvas.viewport
    QTest.keyClick(canvas, key)
    moved = (
        canvas.viewport.centre_x_m - before.centre_x_m,
        canvas.viewport.centre_y_m - before.centre_y_m,
    )
    step_m = 50.0 * before.m_per_px
    assert moved == pytest.approx((east * step_m, north * step_m))


@pytest.mark.parametrize(
    ("key", "closer"),
    [
        (Qt.Key.Key_PageUp, True),
        (Qt.Key.Key_Plus, True),
        (Qt.Key.Key_PageDown, False),
        (Qt.Key.Key_Minus, False),
    ],
)
def test_keys_zoom_about_the_middle(canvas: ChartCanvas, key: Qt.Key, closer: bool) -> None:
    before = canvas.viewport
    QTest.keyClick(canvas, key)
    assert (canvas.viewport.m_per_px < before.m_per_px) == closer
    assert canvas.viewport.centre_x_m == pytest.approx(before.centre_x_m)


def test_home_and_buttons_zoom(canvas: ChartCanvas) -> None:
    start = canvas.viewport
    canvas.zoom_in()
    assert canvas.viewport.m_per_px < start.m_per_px
    canvas.zoom_out()
    assert canvas.viewport.m_per_px == pytest.approx(start.m_per_px)
    canvas.zoom_to(CALAIS)
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.viewport.m_per_px == pytest.approx(start.m_per_px)
    canvas.centre_on(Position(1.5, 51.0))
    assert canvas.viewport.centre.lon_deg == pytest.approx(1.5)


def test_other_keys_and_arrows_with_control_are_left_to_the_window(
    qtbot: QtBot, canvas: ChartCanvas
) -> None:
    before = canvas.viewport
    QTest.keyClick(canvas, Qt.Key.Key_A)
    QTest.keyClick(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert canvas.viewport == before


def test_a_press_is_cancelled_when_its_release_will_not_come(
    canvas: ChartCanvas, handler: Handler
) -> None:
    QTest.mousePress(canvas, LEFT, NO_KEYS, QPoint(100, 50))
    canvas.hide()
    assert handler.names() == ["press", "cancel"]
    canvas.show()
    QTest.mouseRelease(canvas, LEFT, NO_KEYS, QPoint(100, 50))
    assert handler.names() == ["press", "cancel"]


def test_the_cursor_is_the_handlers(canvas: ChartCanvas, handler: Handler) -> None:
    assert canvas.cursor().shape() == Qt.CursorShape.CrossCursor
    handler.shape = CursorShape.MOVE
    move(canvas, 10.0, 10.0)
    assert canvas.cursor().shape() == Qt.CursorShape.SizeAllCursor
    canvas.set_handler(None)
    assert canvas.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_what_a_handler_raises_goes_to_the_hook_and_the_chart_goes_on(
    qtbot: QtBot, canvas: ChartCanvas, handler: Handler, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(event: ChartEvent) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(handler, "press", fail)
    with qtbot.captureExceptions() as raised:
        QTest.mouseClick(canvas, LEFT, NO_KEYS, QPoint(100, 50))
    assert [kind for kind, _, _ in raised] == [ZeroDivisionError]
    assert handler.names() == ["release"]
