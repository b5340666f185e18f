"""Where reports may go, each target beside the key that picks it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from channelplot.analysis.same_boat import Fit
from channelplot.chart.qt_guard import qt_guarded
from channelplot.tools.boat_choice import BoatTarget
from channelplot.ui.line.fixed_text import FixedText
from channelplot.ui.words.regroup_text import listed_text

ROWS: Final = 5
COLUMNS: Final = 2
_GAP_PX: Final = 6
_INSIDE_PX: Final = 4


class TargetButton(QPushButton):
    """One target: its key, its name, and how it fits. Takes no caret; a click picks it."""

    def __init__(self, parent: QWidget) -> None:
        """Start with no target."""
        super().__init__(parent)
        self.target = BoatTarget("")
        self.setProperty("target", True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._key = QLabel(self)
        self._key.setProperty("key", True)
        self._key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._key.setFixedWidth(self.fontMetrics().horizontalAdvance("N") + 4 * _INSIDE_PX)
        self._name = QLabel(self)
        self._name.setProperty("strong", True)
        self._fit = FixedText(self, asks_for_width=True)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(_INSIDE_PX, 0, _INSIDE_PX, 0)
        row.setSpacing(_GAP_PX)
        row.addWidget(self._key)
        row.addWidget(self._name)
        row.addWidget(self._fit, 1)
        for label in (self._key, self._name, self._fit):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_target(self, target: BoatTarget, *, is_picked: bool) -> None:
        """Show a target, and whether it is the one that is picked."""
        self.target = target
        name, said = listed_text(target)
        self._key.setText(target.key)
        self._name.setText(name)
        self._fit.show_text(said)
        comparison = target.comparison
        is_out = comparison is not None and comparison.fit is Fit.NOT_SAME
        self._fit.set_property("faint", is_out)
        self._fit.set_property("good", comparison is not None and comparison.fit is Fit.FITS)
        if bool(self.property("picked")) != is_picked:
            self.setProperty("picked", is_picked)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setAccessibleName(f"{target.key} {name} {said}".strip())
        self.setToolTip(f"{name} {said}".strip())
        self.updateGeometry()

    @qt_guarded(QSize(0, 0))
    def sizeHint(self) -> QSize:
        """Return what the texts need; QPushButton would ask for its own text alone."""
        return self._row.sizeHint()

    @qt_guarded(QSize(0, 0))
    def minimumSizeHint(self) -> QSize:
        """Return what key and name need: how it fits is cut first."""
        needed = self._key.width() + self._name.sizeHint().width() + 4 * _GAP_PX
        return QSize(needed, self._row.sizeHint().height())


class TargetList(QWidget):
    """The targets in two columns, the first ones down the left. Emits picked(str), the key."""

    picked = Signal(str)

    def __init__(self) -> None:
        """Make the list, empty."""
        super().__init__()
        self.setAccessibleName(self.tr("Where they can go"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * _GAP_PX)
        grid.setVerticalSpacing(0)
        self.buttons = tuple(TargetButton(self) for _ in range(ROWS * COLUMNS))
        for number, button in enumerate(self.buttons):
            grid.addWidget(button, number % ROWS, number // ROWS)
            button.clicked.connect(lambda _=False, button=button: self._pick(button))
        for row in range(ROWS):
            grid.setRowStretch(row, 1)

    def show_targets(
        self, targets: Sequence[BoatTarget], picked: BoatTarget | None, most_px: int
    ) -> None:
        """Show targets; picked: the one chosen, if it is one of them.

        most_px: where two columns are wider than that, those farthest down the list are left out;
        a new boat and no boat always stand at the end.
        """
        self._show(targets, picked)
        if self.sizeHint().width() > most_px and len(targets) > ROWS:
            fixed = [target for target in targets if target.key and not target.key.isdigit()]
            boats = [target for target in targets if target not in fixed]
            self._show([*boats[: ROWS - len(fixed)], *fixed], picked)

    def _show(self, targets: Sequence[BoatTarget], picked: BoatTarget | None) -> None:
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(targets))
            if number < len(targets):
                target = targets[number]
                button.show_target(target, is_picked=target == picked)

    def _pick(self, button: TargetButton) -> None:
        self.picked.emit(button.target.key)
