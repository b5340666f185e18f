"""The settings: made from their declarations, each with its source and its default."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from channelplot.chart.wording import craft_text, source_text
from channelplot.geodesy.text import distance_text, speed_text
from channelplot.geodesy.units import SECONDS_PER_HOUR
from channelplot.model.codes import Craft, SourceKind
from channelplot.settings import (
    ALERT_SOUND,
    APPROACH_DISTANCE_M,
    APPROACH_WITHIN_MIN,
    BACKUP_FOLDER,
    CONTACT_ADRIFT_MIN,
    CONTACT_INTERVAL_MIN,
    CROSSING_WARNING_MIN,
    ERROR_GROWTH,
    ERROR_GROWTH_ADRIFT,
    LEEWAY_PERCENT,
    MARKINGS,
    PLAUSIBLE_SPEED_FAST_BOAT_KN,
    PLAUSIBLE_SPEED_KN,
    POSITION_ERROR_M,
    TEXT_SCALE_PERCENT,
    Setting,
)
from channelplot.tools.figures import Figures
from channelplot.ui.dialogs.setting_rows import SettingRow, Wording

WIDTH_CHARACTERS: Final = 84
HEIGHT_LINES: Final = 32
"""Of the dialog, in the font it has; no higher than the window it belongs to."""
_MARGIN_PX: Final = 16

Row = tuple[Setting, Wording]


class SettingsDialog(QDialog):
    """Pages of settings. A choice counts at once; closing the dialog asks nothing."""

    def __init__(self, parent: QWidget, figures: Figures) -> None:
        """Show what holds now."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._figures = figures
        self.rows: list[SettingRow] = []
        self.pages = QTabWidget(self)
        self.pages.setDocumentMode(True)
        self.pages.tabBar().setDrawBase(False)
        tr = self.tr
        self._add_page(tr("Desk"), "", self._desk_rows())
        self._add_page(
            tr("Position errors"),
            tr(
                "How far a position may be off when it is told, by who told us: the radius that"
                " holds the boat half of the time; twice as large, 15 times in 16. What the form"
                " of the position leaves open is added to it."
            ),
            self._error_rows(),
        )
        self._add_page(
            tr("Growth"),
            tr("How fast an error circle grows while nothing more is heard."),
            self._growth_rows(),
        )
        self._add_page(
            tr("Speeds"),
            tr(
                "What a craft can make over the ground. A report that would need more is not taken"
                " for the same boat."
            ),
            self._speed_rows(),
        )
        self._add_page(
            tr("Chartwork"),
            tr("What is offered for watched approaches and winds, and when the desk is told."),
            self._chartwork_rows(),
        )
        self.fault = QLabel(self)
        self.fault.setProperty("bad", True)
        self.fault.setWordWrap(True)
        self.fault.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAutoDefault(False)  # Enter ends a figure, not the dialog
        self.buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        layout.setSpacing(12)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.fault)
        layout.addWidget(self.buttons)
        metrics = self.fontMetrics()
        wanted = QSize(
            metrics.averageCharWidth() * WIDTH_CHARACTERS, metrics.lineSpacing() * HEIGHT_LINES
        )
        self.resize(wanted.boundedTo(parent.window().size() - QSize(80, 80)))
        figures.changed.connect(self._figure_changed)
        self.finished.connect(lambda _: figures.changed.disconnect(self._figure_changed))

    def _add_page(self, title: str, introduction: str, rows: Sequence[Row]) -> None:
        page = QWidget(self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        for setting, wording in rows:
            row = SettingRow(
                page,
                setting,
                wording,
                partial(self._figures.value, setting),
                self._choose,
            )
            row.put_into(grid)
            self.rows.append(row)
        column = QVBoxLayout(page)
        column.setContentsMargins(2, 12, 10, 4)
        column.setSpacing(12)
        if introduction:
            words = QLabel(introduction, page)
            words.setWordWrap(True)
            column.addWidget(words)
        column.addLayout(grid)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.pages.addTab(scroll, title)

    def _choose(self, setting: Setting, value: str | int) -> None:
        """Let a choice count, and say so if it can't be kept or there is no such folder."""
        if setting is BACKUP_FOLDER and value and not _is_folder(str(value)):
            self.fault.setText(
                self.tr(
                    "There is no folder {path}. Give one that is there, from the root of its disk."
                ).format(path=value)
            )
            self.fault.show()
            return
        try:
            self._figures.choose(setting, value)
        except OSError:
            self.fault.setText(
                self.tr(
                    "The settings can't be written to the disk. What was chosen holds until the"
                    " program ends."
                )
            )
            self.fault.show()
        else:
            self.fault.hide()

    def _figure_changed(self, setting: Setting) -> None:
        for row in self.rows:
            if row.setting is setting:
                row.show_value()

    def _desk_rows(self) -> list[Row]:
        tr = self.tr
        return [
            (
                TEXT_SCALE_PERCENT,
                Wording(
                    tr("Text size"),
                    tr("Text size"),
                    "%",
                    note=tr("On the chart at once, in the window from the next start."),
                ),
            ),
            (CONTACT_INTERVAL_MIN, _plain(tr("Contacts are due every"), tr("min"))),
            (
                CONTACT_ADRIFT_MIN,
                _plain(tr("Contacts with boats adrift or in distress every"), tr("min")),
            ),
            (ALERT_SOUND, _plain(tr("Sound for urgent alerts"), "")),
            (
                BACKUP_FOLDER,
                Wording(
                    tr("Second folder for backups"),
                    tr("Second folder for backups"),
                    "",
                    note=tr(
                        "Every backup is kept beside the plot, and a copy of it here: best on"
                        " another disk, with a folder for each plot."
                    ),
                ),
            ),
            (
                MARKINGS,
                Wording(
                    tr("Markings of sheets"),
                    tr("Markings of sheets"),
                    "",
                    note=tr(
                        "What may stand at the head and the foot of a sheet, semicolons between."
                        " They stand as they are, in whatever language the sheet is."
                    ),
                    is_list=True,
                ),
            ),
        ]

    def _chartwork_rows(self) -> list[Row]:
        tr = self.tr
        approach = tr("Watched approach, {name}")
        return [
            (
                APPROACH_DISTANCE_M,
                _under(approach, tr("nearer than"), "m", distance_text),
            ),
            (APPROACH_WITHIN_MIN, _under(approach, tr("within"), tr("min"))),
            (
                CROSSING_WARNING_MIN,
                _plain(tr("Told of a limit of waters that is crossed within"), tr("min")),
            ),
            (LEEWAY_PERCENT, _plain(tr("Leeway, of the wind's speed"), "%")),
        ]

    def _error_rows(self) -> list[Row]:
        heading = self.tr("Position error, {name}")
        return [
            (
                POSITION_ERROR_M[source],
                _under(heading, source_text(source), "m", distance_text),
            )
            for source in SourceKind
        ]

    def _growth_rows(self) -> list[Row]:
        heading, unit = self.tr("Growth, {name}"), self.tr("m an hour")
        named = [
            (ERROR_GROWTH_ADRIFT, self.tr("stopped or adrift")),
            *((ERROR_GROWTH[craft], craft_text(craft)) for craft in Craft),
        ]
        return [
            (
                setting,
                _under(heading, name, unit, lambda value: speed_text(value / SECONDS_PER_HOUR)),
            )
            for setting, name in named
        ]

    def _speed_rows(self) -> list[Row]:
        heading = self.tr("Plausible speed, {name}")
        named = [
            (PLAUSIBLE_SPEED_KN[Craft.SMALL_BOAT], craft_text(Craft.SMALL_BOAT)),
            (PLAUSIBLE_SPEED_FAST_BOAT_KN, self.tr("RHIB or jet ski")),
            *(
                (PLAUSIBLE_SPEED_KN[craft], craft_text(craft))
                for craft in Craft
                if craft is not Craft.SMALL_BOAT
            ),
        ]
        return [(setting, _under(heading, name, "kn")) for setting, name in named]


def _is_folder(text: str) -> bool:
    """Return whether a text names a folder that is there, wherever the program was started."""
    path = Path(text)
    return path.is_absolute() and path.is_dir()


def _plain(name: str, unit: str) -> Wording:
    return Wording(name, name, unit)


def _under(
    heading: str, name: str, unit: str, in_other_unit: Callable[[int], str] | None = None
) -> Wording:
    """Return the wording of one of several settings under a heading."""
    return Wording(name[:1].upper() + name[1:], heading.format(name=name), unit, in_other_unit)
