"""The chart on screen: shows finished pictures, draws the overlay, passes the mouse on.

It knows neither the document nor the tools: it is handed a plot and a pointer handler.
"""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from channelplot.chart.cancel import NEVER, RightOfWay
from channelplot.chart.chart_lines import ChartLine
from channelplot.chart.conditions_note import ConditionsNote
from channelplot.chart.crowding import DensityMode
from channelplot.chart.drawing import Drawing
from channelplot.chart.error_circles import ErrorCircle
from channelplot.chart.home import STRAIT, home_viewport
from channelplot.chart.label_memory import LabelMemory
from channelplot.chart.layers import Layering
from channelplot.chart.mouse import button_of, chart_event, qt_cursor
from channelplot.chart.navigation import KEY_ZOOM, after_key, after_wheel, zoomed_about_centre
from channelplot.chart.outdated import outdated_by
from channelplot.chart.overlay import Overlay
from channelplot.chart.palette import Palette
from channelplot.chart.pointer import Button, CursorShape, PointerHandler
from channelplot.chart.qt_guard import qt_guarded
from channelplot.chart.reckoned import ReckonedMark
from channelplot.chart.renderers import chart_lines
from channelplot.chart.renderers.chart_lines import lines_rect
from channelplot.chart.renderers.overlay import draw_overlay, overlay_rect
from channelplot.chart.renderers.pens import saved
from channelplot.chart.renderers.table import (
    Group,
    actual_groups,
    differing_groups,
)
from channelplot.chart.scene import Scene
from channelplot.chart.unreckoned import UnreckonedNote
from channelplot.chart.urgency import Urgency
from channelplot.chart.viewport import Viewport, viewport_of
from channelplot.chart.warm_up import warm_up
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import Notation
from channelplot.model.plot import Plot

if TYPE_CHECKING:
    from channelplot.basemap.basemap import Basemap
    from channelplot.basemap.levels import Levels
    from channelplot.basemap.mbtiles import MbTiles
    from channelplot.chart.reference import ReferenceFeatures

SETTLED_S: Final = 0.5
"""So long after its first picture the window may still be finding its layout."""


class ChartCanvas(QWidget):
    """The chart.

    Signals: viewport_changed(Viewport); pointer_moved(Position | None), None when the
    pointer left or is beyond the Earth; chart_drawn(), when all of the chart is up to
    date, sharp and painted; tracks_drawn(), when the tracks will be painted as they now are.
    """

    viewport_changed = Signal(object)  # Viewport
    pointer_moved = Signal(object)  # Position | None
    chart_drawn = Signal()
    tracks_drawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        warm_up()
        self._overlay = Overlay()
        self._arriving = Overlay()
        self._handler: PointerHandler | None = None
        self._viewport = viewport_of(STRAIT, self.width(), self.height(), 0.0)
        self._shown = Scene(plot=Plot(), viewport=self._viewport, label_memory=LabelMemory())
        self._is_view_chosen = False

        self._drawing = Drawing(self, self.scene)
        self._drawing.changed.connect(self.update)
        self._drawing.tracks_taken.connect(self.tracks_drawn)
        self._is_announced = False
        self._drawn_at_s: float | None = None
        self._looked_at_from_s: float | None = None
        self._window_size = self.window().size()
        self._device_pixel_ratio = self.devicePixelRatioF()

        self._pan_from: tuple[QPointF, Viewport] | None = None
        self._is_space_down = False
        self._pressed = Button.NONE
        self._is_after_double_click = False

        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Chart"))
        self.setMinimumSize(200, 150)

    # What is shown

    @property
    def viewport(self) -> Viewport:
        """Return what part of the chart shows."""
        return self._viewport

    @property
    def is_drawn(self) -> bool:
        """Return whether all of the chart is up to date and sharp, on the screen it is on."""
        is_of_screen = self._device_pixel_ratio == self.devicePixelRatioF()
        return is_of_screen and self._drawing.is_complete(self._viewport)

    @property
    def drawn_at_s(self) -> float | None:
        """Return when the full chart was last painted, on ``time.monotonic``; None if never."""
        return self._drawn_at_s

    def scene(self) -> Scene:
        """Return what the chart shows at this moment, for a snapshot."""
        return replace(
            self._shown, viewport=self._viewport, device_pixel_ratio=self.devicePixelRatioF()
        )

    def set_basemap(self, basemap: "Basemap", levels: "Levels") -> None:
        """Show the coast and the other layers of the chart itself."""
        self._shown = replace(self._shown, basemap=basemap, levels=levels)
        self._is_announced = False
        self._drawing.outdate_all()

    def set_plot(self, plot: Plot, pending_uids: frozenset[str] = frozenset()) -> None:
        """Show a plot; pending_uids: what of it is not on disk yet.

        Only what differs from the plot before is drawn anew.
        """
        outdated = outdated_by(self._shown.plot, plot)
        if pending_uids != self._shown.pending_uids:
            outdated |= {Group.SHORE, Group.TRACKS, Group.LABELS}
        self._shown = replace(self._shown, plot=plot, pending_uids=pending_uids)
        self._outdate(outdated)

    def set_selection(self, uids: frozenset[str]) -> None:
        """Show the tracks, reports, beaches and marks with these uids as selected."""
        if uids != self._shown.selected_uids:
            self._shown = replace(self._shown, selected_uids=uids)
            self._outdate({Group.SHORE, Group.TRACKS, Group.LABELS})

    def set_layering(self, layering: Layering) -> None:
        """Show the layers in another way; only the pictures that differ are drawn anew."""
        before = self._shown.layering
        if layering != before:
            self._shown = replace(self._shown, layering=layering)
            self._is_announced = False
            self._drawing.outdate(differing_groups(before, layering))

    def set_density_mode(self, mode: DensityMode) -> None:
        """Show tracks as it suits the view, always as lines, or always counted."""
        if mode is not self._shown.density_mode:
            self._shown = replace(self._shown, density_mode=mode)
            self._outdate({Group.TRACKS, Group.LABELS})

    def set_references(self, references: "Mapping[str, ReferenceFeatures | MbTiles]") -> None:
        """Show what is loaded of the plot's reference layers, by their uids."""
        if references != self._shown.references:
            self._shown = replace(self._shown, references=references)
            self._outdate({Group.BASE, Group.LABELS})

    def set_overdue(self, overdue: Mapping[str, Urgency]) -> None:
        """Mark the tracks with these uids as overdue; drawn anew only if that is a change."""
        if overdue != self._shown.overdue:
            self._shown = replace(self._shown, overdue=overdue)
            self._outdate({Group.TRACKS, Group.LABELS})

    def set_error_circles(self, circles: tuple[ErrorCircle, ...]) -> None:
        """Show these error circles instead of those before."""
        before = self._shown.error_circles
        if circles == before:
            return
        self._shown = replace(self._shown, error_circles=circles)
        labelled = [[each for each in some if each.is_of_selected] for some in (before, circles)]
        is_label_same = labelled[0] == labelled[1]
        self._outdate({Group.SHORE} if is_label_same else {Group.SHORE, Group.LABELS})

    def set_reckoned(self, marks: tuple[ReckonedMark, ...]) -> None:
        """Show where craft are reckoned to be; drawn anew only if that is a change."""
        if marks != self._shown.reckoned:
            self._shown = replace(self._shown, reckoned=marks)
            self._outdate({Group.SHORE, Group.LABELS})

    def set_lines(self, lines: tuple[ChartLine, ...]) -> None:
        """Show these bearing lines, rings and measured lines, at once and with every frame.

        No more is painted than what changes: a line follows the pointer.
        """
        scene = self.scene()
        before = scene.lines
        changed = lines_rect(tuple(each for each in before if each not in lines), scene)
        changed = changed.united(
            lines_rect(tuple(each for each in lines if each not in before), scene)
        )
        self._shown = replace(self._shown, lines=lines)
        self.update(changed.intersected(QRectF(self.rect())).toAlignedRect())

    def set_conditions(self, note: ConditionsNote | None) -> None:
        """Tell of the stream and wind that are reckoned with; None for nothing."""
        if note != self._shown.conditions:
            self._shown = replace(self._shown, conditions=note)
            self.update()

    def set_unreckoned(self, note: UnreckonedNote | None) -> None:
        """Tell of the craft that could not be reckoned; None for nothing."""
        if note != self._shown.unreckoned:
            self._shown = replace(self._shown, unreckoned=note)
            self.update()

    def set_chart_palette(self, palette: Palette) -> None:
        """Show the chart in other colours."""
        if palette != self._shown.palette:
            self._shown = replace(self._shown, palette=palette)
            self._is_announced = False
            self._drawing.recolour()

    def set_text_factor(self, factor: float) -> None:
        """Show texts larger or smaller than usual (1.0)."""
        if factor != self._shown.text_factor:
            self._shown = replace(self._shown, text_factor=factor)
            self._outdate(set(Group))

    def set_notation(self, notation: Notation) -> None:
        """Label the graticule in another form, and draw it where that has round figures."""
        if notation is not self._shown.notation:
            self._shown = replace(self._shown, notation=notation)
            self._outdate({Group.BASE})

    def set_overlay(self, overlay: Overlay) -> None:
        """Show a tool's shapes above the chart, instead of those before."""
        if overlay != self._overlay:
            before, self._overlay = self._overlay, overlay
            self._update_shapes(before, overlay)

    def set_arriving(self, overlay: Overlay) -> None:
        """Show what would come in from a file, below a tool's shapes, instead of that before."""
        if overlay != self._arriving:
            before, self._arriving = self._arriving, overlay
            self._update_shapes(before, overlay)

    # Where it is shown

    def set_viewport(self, viewport: Viewport) -> None:
        """Show another part of the chart, in the widget's own size and kept in its area."""
        self._is_view_chosen = True
        self._show(viewport)

    def home(self) -> None:
        """Show all open tracks, the Dover Strait when there is none."""
        self.set_viewport(home_viewport(self._shown.plot, self._viewport))

    def zoom_in(self) -> None:
        """Magnify about the centre."""
        self.set_viewport(zoomed_about_centre(self._viewport, KEY_ZOOM))

    def zoom_out(self) -> None:
        """Show more, about the same centre."""
        self.set_viewport(zoomed_about_centre(self._viewport, 1.0 / KEY_ZOOM))

    def zoom_to(self, bounds: Bounds) -> None:
        """Show all of the bounds, as closely as that goes."""
        self.set_viewport(self._viewport.fitted(bounds))

    def centre_on(self, position: Position) -> None:
        """Show the position in the middle, in the same scale."""
        self.set_viewport(self._viewport.centred_on(position))

    def set_handler(self, handler: PointerHandler | None) -> None:
        """Pass the mouse on to a handler; panning and zooming stay with the chart."""
        self._handler = handler
        self._update_cursor()

    @property
    def right_of_way(self) -> RightOfWay:
        """Return what others who do long work wait for: any thread may."""
        return self._drawing.right_of_way

    def pause_drawing(self) -> None:
        """Leave the interpreter to something more urgent for a moment: an act being saved."""
        self._drawing.pause()

    def update_cursor(self) -> None:
        """Ask the handler again how the cursor looks."""
        self._update_cursor()

    # Drawing

    def _show(self, viewport: Viewport) -> None:
        viewport = viewport.resized(self.width(), self.height())
        if viewport != self._viewport:
            self._viewport = viewport
            self._redraw()
            self.viewport_changed.emit(viewport)

    def _update_shapes(self, before: Overlay, after: Overlay) -> None:
        """Paint no more than what changes: a ghost moves with every key that is typed."""
        scene = self.scene()
        changed = overlay_rect(before, scene).united(overlay_rect(after, scene))
        self.update(changed.toAlignedRect())

    def _outdate(self, groups: set[Group]) -> None:
        """Draw these anew; the groups as they are while the layers are in their usual order."""
        if groups:
            self._is_announced = False
            self._drawing.outdate(actual_groups(self._shown.layering, groups))

    def _redraw(self) -> None:
        """Paint what there is, and draw what is missing once the event loop comes round."""
        self._is_announced = False
        self._drawing.draw_missing()

    @qt_guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """Put the pictures on screen, and above them what belongs to the screen."""
        scene = self.scene()
        if scene.device_pixel_ratio != self._device_pixel_ratio:  # moved to another screen
            self._device_pixel_ratio = scene.device_pixel_ratio
            self._outdate(set(Group))
        with QPainter(self) as painter:
            self._drawing.paint(painter, scene, lambda painter: self._paint_above(painter, scene))
        if not self._is_announced and self.is_drawn:
            self._is_announced = True
            QTimer.singleShot(0, self, self._announce)

    def _paint_above(self, painter: QPainter, scene: Scene) -> None:
        """Paint the lines and shapes that follow the pointer."""
        with saved(painter):
            chart_lines.draw(painter, scene, NEVER)
        for overlay in (self._arriving, self._overlay):
            if overlay.shapes:
                with saved(painter):
                    draw_overlay(painter, overlay, scene)

    def _announce(self) -> None:
        self._drawn_at_s = time.monotonic()
        if self._looked_at_from_s is None:
            self._looked_at_from_s = self._drawn_at_s + SETTLED_S
        self.chart_drawn.emit()

    # Events

    @qt_guarded(QSize(800, 600))
    def sizeHint(self) -> QSize:
        """Return a usual size."""
        return QSize(800, 600)

    @qt_guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the scale; until a view was chosen, show the home view.

        A form that opens below must not move what the pointer is on: while the window keeps its
        size, a chart that is being looked at keeps its top left corner. Else the centre stays.
        """
        before, self._window_size = self._window_size, self.window().size()
        looked_at_from_s = self._looked_at_from_s
        is_looked_at = looked_at_from_s is not None and time.monotonic() > looked_at_from_s
        if is_looked_at and before == self._window_size and event.oldSize().isValid():
            grown = event.size() - event.oldSize()
            self._show(self._viewport.panned(-grown.width() / 2.0, -grown.height() / 2.0))
        elif self._is_view_chosen:
            self._show(self._viewport)
        else:
            resized = self._viewport.resized(self.width(), self.height())
            self._show(home_viewport(self._shown.plot, resized))
        self._redraw()

    @qt_guarded(None)
    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was not drawn while nobody looked."""
        self._redraw()

    @qt_guarded(None)
    def hideEvent(self, event: QHideEvent) -> None:
        """Drop a drag that was begun."""
        self._interrupt()

    @qt_guarded(None)
    def changeEvent(self, event: QEvent) -> None:
        """Drop a drag that was begun when another window comes to the front."""
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._interrupt()
        super().changeEvent(event)

    @qt_guarded(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin panning with the middle button or Space, else pass it on."""
        button = button_of(event)
        if button is Button.MIDDLE or (button is Button.LEFT and self._is_space_down):
            self._pan_from = (event.position(), self._viewport)
            self._update_cursor()
            return
        self._is_after_double_click = False
        self._pressed = button
        if self._handler is not None and button is not Button.NONE:
            self._handler.press(chart_event(event, button, self._viewport))
            self._update_cursor()

    @qt_guarded(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan, or pass it on; either way say where the pointer is."""
        at = event.position()
        if self._pan_from is not None:
            start, viewport = self._pan_from
            ratio = self.devicePixelRatioF()
            self.set_viewport(
                viewport.panned(
                    round((at.x() - start.x()) * ratio) / ratio,
                    round((at.y() - start.y()) * ratio) / ratio,
                )
            )
        elif self._handler is not None:
            self._handler.move(chart_event(event, self._pressed, self._viewport))
            self._update_cursor()
        self.pointer_moved.emit(self._viewport.position_at(at.x(), at.y()))

    @qt_guarded(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End panning, or pass it on; the release after a double click is swallowed."""
        button = button_of(event)
        if self._pan_from is not None:
            if button in (Button.MIDDLE, Button.LEFT):
                self._pan_from = None
                self._update_cursor()
            return
        was_pressed, self._pressed = self._pressed, Button.NONE
        if self._is_after_double_click:
            self._is_after_double_click = False
            return
        if self._handler is not None and button is was_pressed and button is not Button.NONE:
            self._handler.release(chart_event(event, button, self._viewport))
            self._update_cursor()

    @qt_guarded(None)
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Pass it on; a press and a release came before it."""
        button = button_of(event)
        if button in (Button.MIDDLE, Button.NONE) or self._is_space_down:
            self.mousePressEvent(event)
            return
        self._is_after_double_click = True
        if self._handler is not None:
            self._handler.double_click(chart_event(event, button, self._viewport))
            self._update_cursor()

    @qt_guarded(None)
    def leaveEvent(self, event: QEvent) -> None:
        """Say that the pointer is over no position."""
        self.pointer_moved.emit(None)

    @qt_guarded(None)
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer; a press that was begun goes on with the new view."""
        turned = event.angleDelta().y()
        if turned and self._pan_from is None:
            at = event.position()
            is_fine = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.set_viewport(after_wheel(self._viewport, turned, at.x(), at.y(), is_fine=is_fine))
        event.accept()

    @qt_guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pan and zoom with the keys that do; leave the others to the window."""
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._is_space_down = True
                self._update_cursor()
            return
        if event.key() == Qt.Key.Key_Home and not event.modifiers():
            self.home()
            return
        moved = (
            None
            if event.modifiers() & ~_KEYPAD_AND_SHIFT
            else after_key(self._viewport, event.key())
        )
        if moved is None:
            event.ignore()
        else:
            self.set_viewport(moved)

    @qt_guarded(None)
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Take the end of Space."""
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._is_space_down = False
                self._update_cursor()
            return
        event.ignore()

    @qt_guarded(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget Space: its release goes to another widget."""
        self._is_space_down = False
        self._update_cursor()

    def _interrupt(self) -> None:
        """Drop what was begun with the mouse: its release will not come."""
        self._pan_from = None
        self._is_space_down = False
        if self._pressed is not Button.NONE:
            self._pressed = Button.NONE
            if self._handler is not None:
                self._handler.cancel()
        self._update_cursor()

    def _update_cursor(self) -> None:
        if self._pan_from is not None:
            shape = CursorShape.CLOSED_HAND
        elif self._is_space_down:
            shape = CursorShape.OPEN_HAND
        else:
            shape = self._handler.cursor if self._handler is not None else CursorShape.ARROW
        wanted = qt_cursor(shape)
        if self.cursor().shape() != wanted:
            self.setCursor(wanted)


_KEYPAD_AND_SHIFT: Final = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
