"""What the program is, whose data it shows and under which licences."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from channelplot.version import __version__

WIDTH_PX = 460


class AboutDialog(QDialog):
    """Version, purpose, credits."""

    def __init__(self, parent: QWidget, credits_shown: Sequence[str]) -> None:
        """Show the version and the credits of the chart's data."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Channel Plot"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(10)
        title = QLabel(f"Channel Plot {__version__}", self)
        title.setProperty("strong", True)
        layout.addWidget(title)
        for text in (
            self.tr(
                "A chart plotter for a watch desk on the English Channel. Not for navigation: "
                "coast, places and marks are approximate, and there are no depths."
            ),
            self.tr("Chart data: {credits}. OpenStreetMap's data are under the ODbL 1.0.").format(
                credits=" · ".join(credits_shown)
            ),
            self.tr(
                "The program is under the MIT licence. Qt (PySide6) is used under the LGPL 3, the "
                "Inter typeface under the OFL 1.1, the Lucide icons under the ISC licence. The "
                "texts of the data's, the typeface's and the icons' licences are in "
                "resources/licences."
            ),
        ):
            label = QLabel(text, self)
            label.setWordWrap(True)
            label.setMinimumWidth(WIDTH_PX)
            layout.addWidget(label)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        layout.addWidget(buttons)
