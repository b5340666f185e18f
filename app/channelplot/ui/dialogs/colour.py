"""Choosing a colour: swatches and Qt's own dialog, both no brighter than the night allows."""

from typing import Final, cast

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractSpinBox, QColorDialog, QDialogButtonBox, QWidget

from channelplot.chart.qt_guard import qt_guarded
from channelplot.chart.shown_colour import shown_colour
from channelplot.ui.dialogs.primary import make_primary
from channelplot.ui.spin_text import set_text_apart
from channelplot.ui.theme import Look, chart_palette, shown_look, theme

SWATCH: Final = QSize(28, 14)
_NIGHT_SHARE: Final = 0.32
"""Of every colour, over the dark ground of a window: white keeps below luminance 0.13."""
_COLOURED: Final = (
    "QColorWell",
    "QtPrivate::QColorPicker",
    "QtPrivate::QColorLuminancePicker",
    "QtPrivate::QColorShowLabel",
)
"""Qt's widgets that show colours; a test looks whether they are still called so."""
_ENGINES: Final[list[QIconEngine]] = []
"""Qt has the engines, and Python what they draw with: none must go before the other."""
_NO_PIXMAP: Final = cast("QPixmap", None)
_NO_ENGINE: Final = cast("QIconEngine", None)


def swatch(colour: str) -> QIcon:
    """Return a patch of a colour, ``#rrggbb``, as the chart shows it in the look of the moment."""
    return QIcon(_engine(colour))


def _engine(colour: str) -> "_Swatch":
    engine = _Swatch(colour)
    _ENGINES.append(engine)
    return engine


class _Swatch(QIconEngine):
    """Draws a patch of colour, at any size."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = colour

    @qt_guarded(None)
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Fill a rectangle."""
        painter.fillRect(rect, QColor(shown_colour(self._colour, chart_palette())))

    @qt_guarded(_NO_PIXMAP)
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the patch in so many pixels of the screen."""
        pixmap = QPixmap(size)
        pixmap.fill(QColor(shown_colour(self._colour, chart_palette())))
        return pixmap

    @qt_guarded(_NO_ENGINE)
    def clone(self) -> QIconEngine:
        """Return another one that draws the same."""
        return _engine(self._colour)


class ColourDialog(QColorDialog):
    """Qt's own dialog for any colour; at night its fields of colour are dimmed.

    What it gives is the colour by day; the chart dims that by itself.
    """

    def __init__(self, parent: QWidget, title: str, colour: str) -> None:
        """Begin with a colour, ``#rrggbb``."""
        super().__init__(QColor(colour), parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        self.setOption(QColorDialog.ColorDialogOption.NoEyeDropperButton)
        for box in self.findChildren(QAbstractSpinBox):
            set_text_apart(box)
        for buttons in self.findChildren(QDialogButtonBox):
            make_primary(buttons.button(QDialogButtonBox.StandardButton.Ok))
        dimmer = _Dimmer(self)
        names = {
            "QtPrivate::QColorPicker": self.tr("Hue and saturation"),
            "QtPrivate::QColorLuminancePicker": self.tr("Brightness"),
        }
        for widget in self.findChildren(QWidget):
            kind = widget.metaObject().className()
            if kind in _COLOURED:
                widget.installEventFilter(dimmer)
            if kind in names:
                widget.setAccessibleName(names[kind])


class _Dimmer(QObject):
    """Dims, at night, the widgets it watches: the dark of the window is laid over them."""

    @qt_guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the widget draw itself, and then so much of the window's ground over it."""
        if event.type() is not QEvent.Type.Paint or shown_look() is not Look.NIGHT:
            return False
        assert isinstance(watched, QWidget), "widgets alone are watched"
        watched.event(event)
        ground = QColor(theme().window)
        ground.setAlphaF(1.0 - _NIGHT_SHARE)
        with QPainter(watched) as painter:
            painter.fillRect(watched.rect(), ground)
        return True
