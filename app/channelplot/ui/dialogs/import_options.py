"""What somebody has to say of a file that it does not say itself."""

from collections.abc import Iterable
from enum import StrEnum

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QWidget

from channelplot.chart.wording import craft_text
from channelplot.exchange.incoming.found import DateOrder, Zone
from channelplot.exchange.incoming.incoming import IncomingTrack
from channelplot.exchange.incoming.mapped_columns import Need
from channelplot.exchange.incoming.plan import ImportPlan, craft_of
from channelplot.model.codes import Craft


class ImportOptions(QWidget):
    """A row of choices; the clock and the order of dates show where a file asks for them.

    Signals: times_said(), when the file has to be read again by another clock or order;
    craft_said(), when what comes in of it is to be another.
    """

    times_said = Signal()
    craft_said = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Nothing is said yet."""
        super().__init__(parent)
        zones = (
            (Zone.UTC, "UTC"),
            (Zone.UK, self.tr("UK time")),
            (Zone.FR, self.tr("French time")),
        )
        orders = (
            (DateOrder.DAY_FIRST, self.tr("day first")),
            (DateOrder.MONTH_FIRST, self.tr("month first")),
        )
        self.zone_label, self.zone = self._box(self.tr("Its times are &by"), zones)
        self.order_label, self.order = self._box(self.tr("Its &dates are"), orders)
        crafts = ((craft, craft_text(craft)) for craft in Craft)
        self.craft_label, self.craft = self._box(self.tr("&New tracks are"), crafts, is_asked=False)
        self._is_craft_said = False
        self.places = QCheckBox(self.tr("Places without a time as beac&hes"), self)
        self.places.setChecked(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for each in (
            self.zone_label,
            self.zone,
            self.order_label,
            self.order,
            self.craft_label,
            self.craft,
            self.places,
        ):
            row.addWidget(each)
        row.addStretch(1)
        for box in (self.zone, self.order):
            box.currentIndexChanged.connect(lambda _: self.times_said.emit())
        self.craft.activated.connect(self._say_craft)
        self.places.toggled.connect(lambda _: self.craft_said.emit())
        self.begin()

    @property
    def said_zone(self) -> Zone | None:
        """Return the clock that times are by, None if nobody has said."""
        return Zone(self.zone.currentData()) if self.zone.currentData() else None

    @property
    def said_date_order(self) -> DateOrder | None:
        """Return how dates are read, None if nobody has said."""
        return DateOrder(self.order.currentData()) if self.order.currentData() else None

    @property
    def said_craft(self) -> Craft | None:
        """Return what new tracks are of which the file does not say, None if nobody has said."""
        return Craft(self.craft.currentData()) if self._is_craft_said else None

    @property
    def has_places(self) -> bool:
        """Return whether places come in."""
        return self.places.isChecked()

    @property
    def first_label(self) -> QLabel | None:
        """Return the label that the row begins with, None where nothing is asked."""
        labels = (self.zone_label, self.order_label, self.craft_label)
        return next((label for label in labels if not label.isHidden()), None)

    def begin(self) -> None:
        """Forget what was said of the file before; craft and places stay."""
        for box in (self.zone, self.order):
            with QSignalBlocker(box):
                box.setCurrentIndex(0)
        self.show_needs(frozenset())

    def show_needs(self, needs: frozenset[Need]) -> None:
        """Show the boxes that a file asks for, and those in which something is said."""
        for label, box, need in (
            (self.zone_label, self.zone, Need.ZONE),
            (self.order_label, self.order, Need.DATE_ORDER),
        ):
            is_shown = need in needs or bool(box.currentData())
            label.setVisible(is_shown)
            box.setVisible(is_shown)

    def take_keys(self) -> None:
        """Put the keys into the first box that asks."""
        for box in (self.zone, self.order):
            if not box.isHidden() and not box.currentData():
                box.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def show_plan(self, plan: ImportPlan | None) -> None:
        """Offer only what makes a difference to what comes in."""
        is_unsaid = plan is not None and any(
            _is_unsaid(track) for track in plan.matched.new_tracks.values()
        )
        for each in (self.craft_label, self.craft):
            each.setVisible(is_unsaid)
        if plan is not None and is_unsaid:
            taken_for = next(
                craft_of(track, plan.choices)
                for track in plan.matched.new_tracks.values()
                if _is_unsaid(track)
            )
            with QSignalBlocker(self.craft):
                self.craft.setCurrentIndex(self.craft.findData(taken_for.value))
        self.places.setVisible(plan is not None and bool(plan.places))

    def _say_craft(self, _: int) -> None:
        self._is_craft_said = True
        self.craft_said.emit()

    def _box(
        self, text: str, choices: Iterable[tuple[StrEnum, str]], *, is_asked: bool = True
    ) -> tuple[QLabel, QComboBox]:
        label, box = QLabel(text, self), QComboBox(self)
        label.setBuddy(box)
        if is_asked:
            box.addItem(self.tr("not said"), "")
        for code, words in choices:
            box.addItem(words, code.value)
        return label, box


def _is_unsaid(track: IncomingTrack) -> bool:
    """Return whether a file does not say what a track is a track of."""
    return track.found.record is None and track.found.craft is None
