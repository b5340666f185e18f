"""The Layers panel: what shows on the chart, in what order, how strongly and at which scales."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from channelplot.chart.canvas import ChartCanvas
from channelplot.chart.layers import ALWAYS_ON_TOP, WITHOUT_OPACITY, Layering
from channelplot.chart.qt_guard import qt_guarded
from channelplot.document.session import Session
from channelplot.ui.chart_layers import ChartLayers
from channelplot.ui.panels.entity_panel import MARGIN_PX, dress_table
from channelplot.ui.panels.layers_model import (
    CREDIT,
    NAME,
    OPACITY,
    SCALES,
    LayerRow,
    LayersModel,
)
from channelplot.ui.panels.layers_table import LayersTable
from channelplot.ui.panels.scale_box import ScaleBox
from channelplot.ui.panels.whole_rows import height_px, keep_whole_rows
from channelplot.ui.spin_text import set_text_apart
from channelplot.ui.words.layers_text import (
    credit_text,
    layer_text,
    not_shown_text,
)

STEP_PERCENT: Final = 25
_PADDING_PX: Final = 10
_BOX_PX: Final = 24
_LEAST_CREDIT: Final = "© OpenStreetMap"
"""Where there is room for less than this the credits are left out: the names' tips have them."""
_ENDS: Final = (Qt.Key.Key_Home, Qt.Key.Key_End)


class LayersPanel(QWidget):
    """One row a layer, the top of the list the top of the chart; below it what can be changed.

    Signals: current_changed(str), the id of the layer that is selected, "" for none; left at Esc.
    """

    current_changed = Signal(str)
    left = Signal()

    def __init__(self, session: Session, canvas: ChartCanvas, layers: ChartLayers) -> None:
        """List the layers as they show now."""
        super().__init__()
        self._session = session
        self._canvas = canvas
        self._layers = layers
        self._reasons: dict[str, str] = {}
        self.model = LayersModel(self)
        self.table = LayersTable(self)
        self.table.setAccessibleName(self.tr("Layers"))
        self.table.setModel(self.model)
        self._dress()
        self.opacity = QSpinBox(self)
        self.opacity.setRange(5, 100)
        self.opacity.setSingleStep(STEP_PERCENT)
        self.opacity.setSuffix(self.tr(" %"))
        self.opacity.setKeyboardTracking(False)
        set_text_apart(self.opacity)
        self.closest, self.farthest = self._scale_box(), self._scale_box()
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        self.note.setProperty("warning", True)
        self.note.setAccessibleName(self.tr("What is wrong with a scale"))
        self.note.hide()
        self.up_button = QPushButton(self.tr("Up"), self)
        self.down_button = QPushButton(self.tr("Down"), self)
        self._buttons = QHBoxLayout()
        self._below = QVBoxLayout()
        self._lay_out()
        self._make_actions()
        self.up_button.clicked.connect(lambda: self.move_layer(1))
        self.down_button.clicked.connect(lambda: self.move_layer(-1))
        self.opacity.valueChanged.connect(lambda percent: self.set_opacity(percent))
        self.model.tick_wanted.connect(layers.set_shown)
        self.model.drop_wanted.connect(self._drop)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self.table.installEventFilter(self)
        self.table.viewport().installEventFilter(self)
        layers.changed.connect(lambda _: self.list_layers())
        canvas.viewport_changed.connect(lambda _: self.list_layers())
        session.plot_changed.connect(lambda fact: self._follow(bool(fact.change.reference_layers)))
        session.document_changed.connect(lambda _: self.list_layers())
        self.list_layers()
        self.table.setCurrentIndex(self.model.index(0, NAME))

    # For those who have more to offer for a layer

    @property
    def current(self) -> str:
        """Return the id of the layer that is selected, "" for none."""
        index = self.table.currentIndex()
        return str(self.model.rows[index.row()].view.layer) if index.isValid() else ""

    def select(self, layer: str) -> None:
        """Select a layer, if it is listed."""
        row = self.model.row_of(layer)
        if row is not None:
            self.table.setCurrentIndex(self.model.index(row, NAME))

    def wanted_px(self, rows: int) -> int:
        """Return the height in which so many rows show with what is below the list."""
        return self._below_px() + height_px(self.table, rows)

    def add_button(self, button: QPushButton) -> None:
        """Put a button beside the others."""
        self._buttons.addWidget(button)

    def set_reasons(self, reasons: dict[str, str]) -> None:
        """Say why layers, by id, can't be drawn: their file is missing, or still being read."""
        self._reasons = dict(reasons)
        self.list_layers()

    # What is done to the layer that is selected

    def show_or_hide(self) -> None:
        """Show the selected layer if it is hidden, else hide it."""
        if self.current:
            is_shown = self._layers.layering.view(self.current).is_shown
            self._layers.set_shown(self.current, not is_shown)

    def move_layer(self, steps: int) -> None:
        """Put the selected layer so many places higher on the chart, or lower."""
        layering = self._layers.layering
        if self.current:
            at = layering.ids.index(self.current)
            self._layers.show(layering.moved(self.current, at + steps))

    def step_opacity(self, steps: int) -> None:
        """Make the selected layer stronger, or fainter, by steps of 25 %."""
        if self.current:
            percent = round(100 * self._layers.layering.opacity(self.current))
            stepped = (percent // STEP_PERCENT + steps) * STEP_PERCENT
            if steps < 0 and percent % STEP_PERCENT:
                stepped += STEP_PERCENT
            self.set_opacity(min(max(stepped, STEP_PERCENT), 100))

    def set_opacity(self, percent: int) -> None:
        """Draw the selected layer so strongly."""
        if self.current and self.current not in WITHOUT_OPACITY:
            view = self._layers.layering.view(self.current)
            self._layers.show_view(replace(view, opacity=percent / 100))

    def list_layers(self) -> None:
        """Show the rows as they are now."""
        layering, plot = self._layers.layering, self._session.document.plot
        current, row = self.current, self.table.currentIndex().row()
        denominator = self._canvas.viewport.scale_denominator()
        self.model.show_rows(
            [
                LayerRow(
                    view,
                    layer_text(view.layer, plot),
                    credit_text(view.layer, plot),
                    self._why_not(view.layer, layering, denominator),
                )
                for view in reversed(layering.views)
            ]
        )
        if current and self.current != current:  # others were added, or it was removed
            now = self.model.row_of(current)
            row = min(row, self.model.rowCount() - 1) if now is None else now
            self.table.setCurrentIndex(self.model.index(row, NAME))
        self._fit_columns()
        self._show_current()

    @qt_guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show whole rows."""
        super().resizeEvent(event)
        keep_whole_rows(self.table, self.height() - self._below_px())

    @qt_guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go to the ends of the list at Home and End, over the window's keys; fit its columns."""
        if watched is self.table.viewport() and event.type() == QEvent.Type.Resize:
            self._fit_columns()
            keep_whole_rows(self.table, self.height() - self._below_px())
        if (
            not isinstance(event, QKeyEvent)
            or event.key() not in _ENDS
            or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            return super().eventFilter(watched, event)
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            row = 0 if event.key() == Qt.Key.Key_Home else self.model.rowCount() - 1
            self.table.setCurrentIndex(self.model.index(row, NAME))
        return True

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return text and keys of what the list itself does with keys."""
        native = QKeySequence.SequenceFormat.NativeText
        in_list = self.tr("In the list of layers: {act}")
        ends = (in_list.format(act=self.tr("First or last layer")), self.tr("Home / End"))
        return ends, *(
            (
                in_list.format(act=action.text().replace("&", "").rstrip(".")),
                action.shortcut().toString(native),
            )
            for action in self.table.actions()
            if not action.shortcut().isEmpty()
        )

    def _why_not(self, layer: str, layering: Layering, denominator: float) -> str:
        if not layering.view(layer).is_shown:
            return ""
        return self._reasons.get(layer) or not_shown_text(layer, layering, denominator)

    def _follow(self, is_changed: bool) -> None:
        if is_changed:
            self.list_layers()

    def _show_current(self) -> None:
        """Fill the fields below the list with the selected layer's values."""
        layer = self.current
        has_layer = bool(layer)
        self.current_changed.emit(layer)
        for widget in (self.closest, self.farthest):
            widget.setEnabled(has_layer)
        self.opacity.setEnabled(has_layer and layer not in WITHOUT_OPACITY)
        can_move = has_layer and layer not in ALWAYS_ON_TOP
        ids = self._layers.layering.ids
        top = sum(each not in ALWAYS_ON_TOP for each in ids) - 1
        at = ids.index(layer) if has_layer else 0
        self.up_button.setEnabled(can_move and at < top)
        self.down_button.setEnabled(can_move and at > 0)
        fixed = self.tr("Labels and lines are always above the other layers")
        for button, keys in ((self.up_button, "Alt+Up"), (self.down_button, "Alt+Down")):
            is_fixed = has_layer and not can_move
            button.setToolTip(fixed if is_fixed else f"{button.text()} ({keys})")
        if not has_layer:
            return
        view = self._layers.layering.view(layer)
        with QSignalBlocker(self.opacity):
            self.opacity.setValue(round(100 * view.opacity))
        for box, bound in (
            (self.closest, view.closest_denominator),
            (self.farthest, view.farthest_denominator),
        ):
            box.show_bound(bound)

    def _drop(self, layer: str, row: int) -> None:
        """Put a layer before a row of the list: above the layer that is there on the chart."""
        layering = self._layers.layering
        if layer not in layering.ids:
            return
        ids = [each for each in layering.ids if each != layer]
        above = [str(each.view.layer) for each in self.model.rows[:row]]
        index = len(ids) - sum(each in ids for each in above)
        self._layers.show(layering.moved(layer, index))
        self.select(layer)

    def _keep_to(self, box: ScaleBox, bound: int | None) -> None:
        """Keep the selected layer to the scales from or up to a bound."""
        self._tell("")
        if not self.current:
            return
        view = self._layers.layering.view(self.current)
        closest, farthest = view.closest_denominator, view.farthest_denominator
        if box is self.closest:
            closest = bound
        else:
            farthest = bound
        if closest is not None and farthest is not None and closest > farthest:
            closest = farthest = bound  # who moves one end past the other means this end
        self._layers.show_view(
            replace(view, closest_denominator=closest, farthest_denominator=farthest)
        )

    def _refuse(self, text: str) -> None:
        words = self.tr("“{text}” is no scale. Type one as 1:250 000.")
        self._tell(words.format(text=text))

    def _tell(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))
        keep_whole_rows(self.table, self.height() - self._below_px())

    def _below_px(self) -> int:
        """Return how high is what stands below the list, with the gaps around it."""
        below_px = self._below.totalHeightForWidth(self.width())
        if below_px < 0:  # nothing in it wraps
            below_px = self._below.sizeHint().height()
        return below_px + 2 * MARGIN_PX

    def _scale_box(self) -> ScaleBox:
        box = ScaleBox(lambda: self._canvas.viewport.scale_denominator(), self)
        box.chosen.connect(lambda bound: self._keep_to(box, bound))
        box.refused.connect(self._refuse)
        return box

    def _make_actions(self) -> None:
        """Give the list its keys, and its context menu."""
        for text, keys, slot in (
            (self.tr("&Show or hide"), "Space", self.show_or_hide),
            (self.tr("Move &up"), "Alt+Up", lambda: self.move_layer(1)),
            (self.tr("Move &down"), "Alt+Down", lambda: self.move_layer(-1)),
            (self.tr("S&tronger"), "Right", lambda: self.step_opacity(1)),
            (self.tr("&Fainter"), "Left", lambda: self.step_opacity(-1)),
            (self.tr("Usual &order"), "", self._layers.reset_order),
        ):
            action = QAction(text, self.table)
            if keys:
                action.setShortcut(QKeySequence(keys))
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _=False, slot=slot: slot())
            self.table.addAction(action)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        leave = QShortcut(QKeySequence("Escape"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.left.emit)

    def _dress(self) -> None:
        table = self.table
        dress_table(table)
        table.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        table.setDragDropOverwriteMode(False)
        table.setDropIndicatorShown(True)
        table.horizontalHeader().setMinimumSectionSize(28)
        metrics = table.fontMetrics()
        widest = max((metrics.horizontalAdvance(name) for name in self._names()), default=0)
        table.setColumnWidth(NAME, widest + _BOX_PX + _PADDING_PX)
        table.setColumnWidth(OPACITY, metrics.horizontalAdvance(self.tr("as labels")) + _PADDING_PX)

    def _fit_columns(self) -> None:
        """Let the scales have what their texts need; the credits show where there is room."""
        table, metrics = self.table, self.table.fontMetrics()
        texts = [str(self.model.index(row, SCALES).data()) for row in range(self.model.rowCount())]
        needed_px = max((metrics.horizontalAdvance(each) for each in texts), default=0)
        needed_px += _PADDING_PX
        taken_px = table.columnWidth(NAME) + table.columnWidth(OPACITY)
        room_px = table.viewport().width() - taken_px
        least_px = metrics.horizontalAdvance("1:250 000") + _PADDING_PX
        has_room = room_px - needed_px >= metrics.horizontalAdvance(_LEAST_CREDIT)
        table.setColumnHidden(CREDIT, not has_room)
        table.setColumnWidth(SCALES, needed_px if has_room else max(room_px, least_px))

    def _names(self) -> list[str]:
        plot = self._session.document.plot
        return [layer_text(layer, plot) for layer in self._layers.layering.ids]

    def _lay_out(self) -> None:
        fields = QGridLayout()
        fields.setHorizontalSpacing(MARGIN_PX)
        fields.setVerticalSpacing(2)
        for place, (title, widget) in enumerate(
            (
                (self.tr("Opacity"), self.opacity),
                (self.tr("Closest scale"), self.closest),
                (self.tr("Farthest scale"), self.farthest),
            )
        ):
            label = QLabel(title, self)
            label.setBuddy(widget)
            widget.setAccessibleName(title)
            fields.addWidget(label, 0, place)
            fields.addWidget(widget, 1, place)
            fields.setColumnStretch(place, 1 if place else 0)
        self._buttons.setSpacing(MARGIN_PX)
        for button in (self.up_button, self.down_button):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, MARGIN_PX)
        column.setSpacing(MARGIN_PX)
        column.addWidget(self.table, 1)
        column.addStretch()  # less than a row
        below = self._below
        below.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 0)
        below.setSpacing(MARGIN_PX)
        below.addLayout(fields)
        below.addWidget(self.note)
        below.addLayout(self._buttons)
        column.addLayout(below)
