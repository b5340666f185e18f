"""Files that are dropped on the window: what they can be, and what becomes of them."""

import functools
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from channelplot.document.session import Session
from channelplot.exchange.limit_file import SUFFIXES as LIMIT_SUFFIXES
from channelplot.exchange.other_geopackage import is_of_another_program
from channelplot.tools.reference_loading import SUFFIXES as LAYER_SUFFIXES
from channelplot.ui.dialogs.use_of_files import Use, UseDialog
from channelplot.ui.files.dragged import dragged_files
from channelplot.ui.files.plot_files import SUFFIX


@functools.cache
def _suffixes() -> Mapping[Use, Sequence[str]]:
    """Return what files of each use end in, the likeliest use first."""
    # Imported when files are dropped: the window shows without all that reads them.
    from channelplot.exchange.incoming.read import SUFFIXES as IMPORT_SUFFIXES

    return {
        Use.IMPORT: IMPORT_SUFFIXES,
        Use.REFERENCE: LAYER_SUFFIXES,
        Use.LIMITS: LIMIT_SUFFIXES,
    }


class DroppedFiles(QObject):
    """Does with dropped files what they can be, and asks where that is several things."""

    def __init__(
        self,
        window: QWidget,
        session: Session,
        acts: Mapping[Use, Callable[[Sequence[Path]], object]],
    ) -> None:
        """Take what is done with files for each use."""
        super().__init__(window)
        self._window = window
        self._session = session
        self._acts = acts

    def paths_of(self, event: QDropEvent) -> tuple[Path, ...]:
        """Return the files that are dragged, if by their names they can be anything here."""
        paths = dragged_files(event)
        return paths if paths and self._uses_by_name(paths) else ()

    def drop(self, paths: Sequence[Path]) -> None:
        """Do with files what they can be, once the drop itself is over."""
        QTimer.singleShot(0, self, partial(self._take, tuple(paths)))

    def _take(self, paths: tuple[Path, ...]) -> None:
        uses = self._uses(paths)
        if len(uses) == 1:
            self._acts[uses[0]](paths)
        elif uses:
            dialog = UseDialog(self._window, paths, uses)
            dialog.chosen.connect(lambda use: self._acts[use](paths))
            dialog.open()

    def _uses(self, paths: tuple[Path, ...]) -> list[Use]:
        """Return what files can be, plots told from the GeoPackages of other programs."""
        uses = self._uses_by_name(paths)
        plots = [p for p in paths if p.suffix == SUFFIX and not is_of_another_program(p)]
        if len(plots) == len(paths):
            return [use for use in uses if use in (Use.PLOT, Use.IMPORT)]
        if plots:
            return [use for use in uses if use is Use.IMPORT]
        return [use for use in uses if use is not Use.PLOT]

    def _uses_by_name(self, paths: tuple[Path, ...]) -> list[Use]:
        is_plot = len(paths) == 1 and paths[0].suffix == SUFFIX
        uses = [Use.PLOT] if is_plot else []
        if self._session.document.is_read_only:
            return uses
        for use, suffixes in _suffixes().items():
            may_be = all(path.suffix.lower() in suffixes for path in paths)
            if may_be and (use is not Use.LIMITS or len(paths) == 1):
                uses.append(use)
        return uses
