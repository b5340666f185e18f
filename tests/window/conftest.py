"""A screen of its own with a window manager, and the program on it."""

import contextlib
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from helpers.screen import Program, Screen, ended_after, is_managed, start_x, wait_until


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """A screen of 1280 by 800 with a window manager."""
    for tool in ("Xvfb", "openbox", "xdotool"):
        assert shutil.which(tool), f"{tool} is missing: `tasks.py test` installs it"
    home = tmp_path / "home"
    home.mkdir()
    x_server, display = start_x("1280x800")
    with ended_after(x_server):
        there = Screen(display, home)
        manager = subprocess.Popen(
            ["openbox"],
            env=there.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        with ended_after(manager):
            wait_until(lambda: is_managed(there.env), "the window manager works")
            yield there


@pytest.fixture
def starts(screen: Screen) -> Iterator[Callable[[Path], Program]]:
    """Starts the program on a plot."""
    with contextlib.ExitStack() as running:

        def start(plot: Path) -> Program:
            program = Program(screen, plot)
            running.enter_context(ended_after(program.process))
            return program

        yield start
