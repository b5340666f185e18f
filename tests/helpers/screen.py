"""A screen of its own with a window manager, and the program on it, seen from outside."""

import contextlib
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from helpers.plot_files import file_rows, without_screen

PATIENCE_S: Final = 20.0
_ASKS_EVERY_S: Final = 0.05
_GRAB: Final = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
picture = app.primaryScreen().grabWindow(0)
sys.exit(0 if picture.save(sys.argv[1]) else 1)
"""


def wait_until(condition: Callable[[], object], what: str) -> None:
    """Ask again and again until the condition holds; fail, saying what was waited for."""
    end_s = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end_s, f"waited {PATIENCE_S:g} s in vain: {what}"
        time.sleep(_ASKS_EVERY_S)


class Screen:
    """A virtual screen, its window manager, and hands: xdotool."""

    def __init__(self, display: str, home: Path) -> None:
        self.env: dict[str, str] = {
            **{k: v for k, v in without_screen().items() if not k.startswith("QT_")},
            "DISPLAY": display,
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_STATE_HOME": str(home / "state"),
            "XDG_CACHE_HOME": str(home / "cache"),
        }

    def xdotool(self, *words: str) -> str:
        """What xdotool answers; "" where it found nothing."""
        done = subprocess.run(
            ["xdotool", *words],
            env=self.env,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        return done.stdout.strip()

    def keys(self, *keys: str) -> None:
        """Press keys, in whatever has the keyboard."""
        self.xdotool("key", "--clearmodifiers", *keys)

    def types(self, text: str) -> None:
        """Type text."""
        self.xdotool("type", "--clearmodifiers", "--delay", "4", text)

    def clicks(self, x_px: int, y_px: int) -> None:
        """Click a place of the screen."""
        self.xdotool("mousemove", "--sync", str(x_px), str(y_px), "click", "1")

    def window(self, name: str) -> str:
        """The number of the visible window of that name, once it is there."""
        found: list[str] = []

        def look() -> bool:
            found[:] = self.xdotool("search", "--onlyvisible", "--name", name).split()
            return bool(found)

        wait_until(look, f"a window named {name!r}")
        return found[-1]

    def rectangle(self, window: str) -> tuple[int, int, int, int]:
        """Left, top, width and height of a window on the screen, in pixels."""
        text = self.xdotool("getwindowgeometry", "--shell", window)
        values = dict(line.split("=") for line in text.splitlines() if "=" in line)
        return int(values["X"]), int(values["Y"]), int(values["WIDTH"]), int(values["HEIGHT"])

    def grab(self, path: Path) -> None:
        """Save what is on the screen as a picture, through a second Qt process."""
        subprocess.run(
            [sys.executable, "-c", _GRAB, str(path)],
            env={**self.env, "QT_QPA_PLATFORM": "xcb"},
            check=True,
            timeout=PATIENCE_S,
        )


class Program:
    """The program in a process of its own, on a screen."""

    def __init__(self, screen: Screen, plot: Path) -> None:
        self.screen, self.plot = screen, plot
        self.process = subprocess.Popen(
            [sys.executable, "-m", "channelplot", str(plot)],
            env=screen.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """Ask the plot from outside."""
        assert self.process.poll() is None, f"the program ended: {self.errors()}"
        return file_rows(self.plot, sql)

    def waits_for_rows(self, sql: str, rows: list[tuple[object, ...]]) -> None:
        """Ask the plot from outside until it answers so."""
        wait_until(lambda: self.rows(sql) == rows, f"{sql} gives {rows}")

    def errors(self) -> str:
        """What an ended program said on its error output."""
        assert self.process.stderr is not None
        return self.process.stderr.read()


@contextlib.contextmanager
def ended_after(process: "subprocess.Popen[str]") -> Iterator[None]:
    """End a process whatever happens meanwhile."""
    try:
        yield
    finally:
        if process.poll() is None:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(5.0)
        if process.poll() is None:
            process.kill()
        process.communicate()


def start_x(size: str) -> "tuple[subprocess.Popen[str], str]":
    """Start Xvfb on a display that it chooses itself: one with a lock left over is passed over."""
    reading, writing = os.pipe()
    # -noreset: it would start over, and end its clients, whenever the last of them leaves.
    options = ["-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"]
    process = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), *options],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    os.close(writing)
    with os.fdopen(reading) as number_comes:
        ready, _, _ = select.select([number_comes], [], [], PATIENCE_S)
        # The whole line: Xvfb writes it in two parts, and ends if nobody reads the second.
        number = number_comes.readline().strip() if ready else ""
    if not number:
        process.kill()
        process.communicate()
        raise AssertionError("Xvfb did not start")
    return process, f":{number}"


def is_managed(env: Mapping[str, str]) -> bool:
    """Whether a window manager has taken charge of the screen."""
    done = subprocess.run(
        ["xdotool", "get_num_desktops"], env=dict(env), capture_output=True, check=False
    )
    return done.returncode == 0
