"""Make the README's screenshot: the program's own window on the example plot.

The window draws itself offscreen, at 1280 x 800, as it is in the example's night. Run it with the
project's environment: ``.venv/bin/python packaging/build_screenshot.py [OUT.png [WxH]]``.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

OUTPUT = Path(__file__).resolve().parents[1] / "resources" / "readme" / "window.png"
SIZE_PX = (1280, 800)
PATIENCE_S = 20.0
AT_UTC = datetime(2026, 9, 15, 5, 15, tzinfo=UTC)
"""In the night of the example: by today's clock everything of it is months overdue."""


def main(words: list[str]) -> int:
    """Write the picture; return 0, or 1 if the chart was not drawn in time."""
    output = Path(words[0]) if words else OUTPUT
    size_px = tuple(map(int, words[1].split("x"))) if len(words) > 1 else SIZE_PX
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        for name in ("CONFIG", "DATA", "STATE"):
            os.environ[f"XDG_{name}_HOME"] = str(Path(home) / name)
        from PySide6.QtCore import QEventLoop
        from PySide6.QtWidgets import QApplication

        from channelplot.cli.gui import build_window
        from channelplot.geodesy.measure import is_ready
        from channelplot.settings import Settings, Watch, config_folder

        app = QApplication([])
        Settings(config_folder()).begin_watch(Watch("operator", AT_UTC - timedelta(hours=4)))
        window = build_window(app, None, lambda: AT_UTC)
        window.resize(*size_px)
        window.show()

        def settled(is_so: Callable[[], bool]) -> bool:
            begun_s = time.monotonic()
            while not is_so() and time.monotonic() - begun_s < PATIENCE_S:
                app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
            return is_so()

        canvas, session = window.desk.canvas, window.desk.session
        if not settled(lambda: canvas.is_drawn and is_ready()):
            return 1
        track = next(t for t in session.document.plot.tracks.values() if t.name == "C")
        session.selection.set(frozenset({track.uid}))
        if not settled(lambda: canvas.is_drawn):
            return 1
        app.processEvents()
        output.parent.mkdir(parents=True, exist_ok=True)
        is_written = window.grab().save(str(output))
        window.close()
    return 0 if is_written else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
