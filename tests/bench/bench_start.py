"""Time from starting the process to the window, and to the first full chart.

The program is started as a user starts it, on the example plot, offscreen, with
compiled bytecode; its own log says when it got where. One start before those counted
warms the disk.
"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from helpers.figures import median_line

RUNS = 9
PATIENCE_S = 30.0


def started(home: Path) -> tuple[float, float]:
    """Start the program once; return seconds to its window and to its first full chart."""
    log = home / "state" / "channelplot" / "log" / "channelplot.log"
    log.unlink(missing_ok=True)
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(home),
        **{f"XDG_{name.upper()}_HOME": str(home / name) for name in ("config", "data", "state")},
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun_s = time.time()
    with subprocess.Popen([sys.executable, "-m", "channelplot"], env=environment) as process:
        try:
            while "chart drawn" not in (text := log.read_text("utf-8") if log.exists() else ""):
                if time.time() - begun_s > PATIENCE_S or process.poll() is not None:
                    raise TimeoutError(text)
                time.sleep(0.01)
        finally:
            process.kill()
    return _seconds(text, "window shown") - begun_s, _seconds(text, "chart drawn") - begun_s


def _seconds(log: str, words: str) -> float:
    """Return when the log says something, in seconds since the epoch."""
    line = next(line for line in log.splitlines() if words in line)
    moment = datetime.strptime(line.split()[0], "%Y-%m-%dT%H:%M:%S.%f%z")
    return moment.timestamp()


def main() -> None:
    """Print the medians."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        started(home)
        runs = [started(home) for _ in range(RUNS)]
    print(median_line("process start to window", [run[0] for run in runs], "s", 0.8))
    print(median_line("process start to first full chart", [run[1] for run in runs], "s", 1.2))


if __name__ == "__main__":
    main()
