"""How one reference layer is drawn: tried on the chart at once, kept with OK."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from channelplot.commands.reference_layers import restyle_reference_layer
from channelplot.errors import CommandRefused
from channelplot.model.reference_layer import (
    LABEL_SIZE_PT,
    POINT_PX,
    USUAL_COLOUR,
    WIDTH_PX,
    Dash,
    ReferenceLayer,
    ReferenceSchema,
    ReferenceStyle,
)
from channelplot.ui.desk import Desk
from channelplot.ui.dialogs.colour import SWATCH, ColourDialog, swatch
from channelplot.ui.dialogs.primary import make_primary
from channelplot.ui.references import References
from channelplot.ui.spin_text import set_text_apart
from channelplot.ui.words.messages import error_text
from channelplot.ui.words.reference_text import dash_text, schema_text

_MARGIN_PX: Final = 16
_COLOURS: Final = (
    "#0a5fb4",
    "#0b6e75",
    "#15803d",
    "#8c4a9c",
    "#b45309",
    "#b91c1c",
    "#4b5563",
)
"""Offered beside the chart's own: each reads on sea and land by day."""


class ReferenceStyleDialog(QDialog):
    """Colours, line, points and labels of one layer. Not modal.

    What is chosen shows on the chart at once; OK makes one act of it, Cancel leaves all as it was.
    """

    def __init__(
        self, parent: QWidget, desk: Desk, references: References, layer: ReferenceLayer
    ) -> None:
        """Show the style that the layer has."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Style of {name}").format(name=layer.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._references = references
        self.layer_uid = layer.uid
        self.style_now = layer.style
        self.name = QLineEdit(layer.name, self)
        self.line = _ColourBox(self.tr("Colour of lines"), layer.style.line, self)
        self.line_width = self._spin(layer.style.width_px, WIDTH_PX, 0.2, self.tr(" px"))
        self.dash = QComboBox(self)
        for dash in Dash:
            self.dash.addItem(dash_text(dash), dash)
        self.dash.setCurrentIndex(list(Dash).index(layer.style.dash))
        self.fill = _ColourBox(self.tr("Colour of areas"), layer.style.fill, self)
        self.opacity = QSlider(Qt.Orientation.Horizontal, self)
        self.opacity.setRange(0, 100)
        self.opacity.setPageStep(10)
        self.opacity.setValue(round(100.0 * layer.style.fill_opacity))
        self.opacity_text = QLabel(self)
        self.opacity_text.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 %"))
        self.opacity_text.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.point = self._spin(layer.style.point_px, POINT_PX, 1.0, self.tr(" px"))
        self.label_column = QComboBox(self)
        self.label_size = self._spin(layer.style.label_size_pt, LABEL_SIZE_PT, 0.5, self.tr(" pt"))
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.accept_button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.cancel_button = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        make_primary(self.accept_button)
        self._offer_columns()
        self._lay_out(layer)
        for signal in (
            self.line_width.valueChanged,
            self.point.valueChanged,
            self.label_size.valueChanged,
            self.opacity.valueChanged,
            self.dash.currentIndexChanged,
            self.label_column.currentIndexChanged,
            self.line.currentIndexChanged,
            self.fill.currentIndexChanged,
        ):
            signal.connect(lambda _: self._try())
        self.buttons.accepted.connect(self._keep)
        self.buttons.rejected.connect(self.reject)
        references.changed.connect(self._offer_columns)
        self.finished.connect(lambda _: self._leave())
        self._show_opacity()

    # How it is made

    def _spin(
        self, value: float, bounds: tuple[float, float], step: float, unit: str
    ) -> QDoubleSpinBox:
        box = QDoubleSpinBox(self)
        box.setRange(*bounds)
        box.setSingleStep(step)
        box.setDecimals(1)
        box.setSuffix(unit)
        box.setValue(value)
        set_text_apart(box)
        return box

    def _with_button(self, box: "_ColourBox", text: str) -> QHBoxLayout:
        """Return a box of colours and beside it, with a key of its own, the way to any other."""
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.setAccessibleName(self.tr("Another {colour}").format(colour=box.title.lower()))
        button.setToolTip(button.accessibleName())
        button.clicked.connect(box.choose_other)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(box, 1)
        row.addWidget(button)
        return row

    def _lay_out(self, layer: ReferenceLayer) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(7)
        opacity = QHBoxLayout()
        opacity.addWidget(self.opacity, 1)
        opacity.addWidget(self.opacity_text)
        lines = self._with_button(self.line, self.tr("C&ustom..."))
        areas = self._with_button(self.fill, self.tr("Custo&m..."))
        rows: tuple[tuple[str, QWidget | QHBoxLayout, QWidget], ...] = (
            (self.tr("&Name"), self.name, self.name),
            (self.tr("&Lines"), lines, self.line),
            (self.tr("&Width"), self.line_width, self.line_width),
            (self.tr("&Dash"), self.dash, self.dash),
            (self.tr("&Areas"), areas, self.fill),
            (self.tr("O&pacity of areas"), opacity, self.opacity),
            (self.tr("Po&ints"), self.point, self.point),
            (self.tr("La&bels"), self.label_column, self.label_column),
            (self.tr("&Size of labels"), self.label_size, self.label_size),
        )
        for title, field, buddy in rows:
            label = QLabel(title, self)
            label.setBuddy(buddy)
            if not buddy.accessibleName():
                buddy.setAccessibleName(title.replace("&", ""))
            form.addRow(label, field)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        column.setSpacing(12)
        if layer.schema is not ReferenceSchema.PLAIN:
            known = QLabel(
                self.tr(
                    "Drawn as {schema}, in the chart's own colours and lines; the style holds for "
                    "what is not known of them."
                ).format(schema=schema_text(layer.schema)),
                self,
            )
            known.setWordWrap(True)
            known.setProperty("faint", True)
            column.addWidget(known)
        column.addLayout(form)
        column.addWidget(self.said)
        column.addStretch(1)
        column.addWidget(self.buttons)
        self.said.hide()
        self.setMinimumWidth(360)

    def _offer_columns(self) -> None:
        """Offer the columns that are known by now, and the one that is chosen."""
        chosen = self.style_now.label_column
        names = dict.fromkeys((*self._references.columns(self.layer_uid), chosen))
        offered = [name for name in names if name]
        with QSignalBlocker(self.label_column):
            self.label_column.clear()
            self.label_column.addItem(self.tr("none"), "")
            for name in offered:
                self.label_column.addItem(name, name)
            self.label_column.setCurrentIndex(offered.index(chosen) + 1 if chosen else 0)

    # What is done in it

    def _try(self) -> None:
        """Show on the chart what is chosen by now."""
        self._show_opacity()
        self.style_now = self._chosen()
        self._references.preview(self.layer_uid, self.style_now)

    def _chosen(self) -> ReferenceStyle:
        return replace(
            self.style_now,
            line=self.line.colour,
            width_px=self.line_width.value(),
            dash=Dash(self.dash.currentData()),
            fill=self.fill.colour,
            fill_opacity=self.opacity.value() / 100.0,
            point_px=self.point.value(),
            label_column=str(self.label_column.currentData() or ""),
            label_size_pt=self.label_size.value(),
        )

    def _show_opacity(self) -> None:
        self.opacity_text.setText(self.tr("{number} %").format(number=self.opacity.value()))

    def _keep(self) -> None:
        command = restyle_reference_layer(self.layer_uid, self.style_now, self.name.text())
        try:
            self._desk.session.document.apply(command)
        except CommandRefused as refusal:
            self.said.setText(error_text(refusal))
            self.said.show()
            return
        self.accept()

    def _leave(self) -> None:
        self._references.changed.disconnect(self._offer_columns)
        self._references.preview(self.layer_uid, None)


class _ColourBox(QComboBox):
    """A colour: the chart's own, one of a few, or another."""

    def __init__(self, title: str, colour: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setIconSize(SWATCH)
        self.title = title
        self.addItem(self.tr("The chart's own"), USUAL_COLOUR)
        self.setToolTip(self.tr("The chart's own colour is another by day, dusk and night"))
        for each in dict.fromkeys((*_COLOURS, colour)):
            if each != USUAL_COLOUR:
                self._add(each)
        self.setCurrentIndex(self.findData(colour))

    @property
    def colour(self) -> str:
        """Return the colour as a style keeps it."""
        return str(self.currentData())

    def choose_other(self) -> None:
        """Ask for a colour that is not among those offered."""
        start = _COLOURS[0] if self.colour == USUAL_COLOUR else self.colour
        dialog = ColourDialog(self, self.title, start)
        dialog.colorSelected.connect(lambda colour: self._take(colour.name()))
        dialog.open()

    def _add(self, colour: str) -> None:
        self.addItem(swatch(colour), colour, colour)

    def _take(self, colour: str) -> None:
        if self.findData(colour) < 0:
            self._add(colour)
        self.setCurrentIndex(self.findData(colour))
