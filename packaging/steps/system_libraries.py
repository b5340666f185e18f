"""The libraries and programs that come from the operating system, not from a Python wheel.

What is missing is found by trying to load it, which needs no package manager; only Debian and its
relatives are then helped to what is missing.
"""

import ctypes
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from steps.say import Stopped, quietly, say, tail

# Shared library, and the Debian package that brings it. What these packages depend on comes along,
# fonts and keyboard tables included. Debian 13 and Ubuntu 24.04 answer to libglib2.0-0 as well.
LIBRARIES: Final = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
# Programs that only the tests run: a screen in memory, a hand, a window manager, an outside reader.
TEST_PROGRAMS: Final = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "openbox": "openbox",
    "sqlite3": "sqlite3",
}
PACKAGE_LISTS: Final = Path("/var/lib/apt/lists")
LISTS_STALE_AFTER_DAYS: Final = 7


def ensure(*, for_tests: bool) -> None:
    """Have every library that a window needs, and the programs that the tests run.

    Looks on Linux only: elsewhere the wheels bring all there is. Raises Stopped, saying what is
    missing, where it cannot be installed from here.
    """
    if sys.platform.startswith("linux"):
        _ensure(lambda: missing(for_tests=for_tests))


def missing(*, for_tests: bool) -> dict[str, str]:
    """What is not there: library or program, and the Debian package that brings it."""
    lacking = {name: package for name, package in LIBRARIES.items() if not _loads(name)}
    if for_tests:
        lacking |= {
            name: package for name, package in TEST_PROGRAMS.items() if shutil.which(name) is None
        }
    return lacking


def ensure_package(name: str, package: str, present: Callable[[], bool]) -> None:
    """Have one thing, `name` to a person, that `package` brings; raises Stopped without it."""
    _ensure(lambda: {} if present() else {name: package})


def _ensure(find_missing: Callable[[], dict[str, str]]) -> None:
    lacking = find_missing()
    if not lacking:
        return
    if shutil.which("apt-get") is None:
        raise Stopped(
            "These are missing and have to come from this system's own packages: "
            f"{', '.join(lacking)}."
        )
    _apt_install(sorted(set(lacking.values())))
    still = find_missing()
    if still:
        raise Stopped(
            f"Installed {', '.join(sorted(set(lacking.values())))}, and still missing: "
            f"{', '.join(still)}."
        )


def _apt_install(packages: list[str]) -> None:
    prefix = _as_root()
    if prefix is None:
        raise Stopped(
            "Some system packages are missing, and installing them needs the administrator:\n\n"
            f"    apt-get install -y --no-install-recommends {' '.join(packages)}\n"
        )
    say(f"Installing system packages: {' '.join(packages)} ...")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    apt += ["-q", "-y", "-o", "DPkg::Lock::Timeout=300"]
    install = [*apt, "install", "--no-install-recommends", *packages]
    updated = not _lists_serve()
    if updated:
        quietly([*apt, "update"])
    done = quietly(install)
    if done.returncode != 0 and not updated:
        quietly([*apt, "update"])
        done = quietly(install)
    if done.returncode != 0:
        raise Stopped(f"apt-get could not install {' '.join(packages)}:\n{tail(done)}")


def _as_root() -> list[str] | None:
    """What to put before a command to run it as root; None where there is no way."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    if sys.stdin is not None and sys.stdin.isatty():
        return [sudo]
    # Nobody is there to type a password.
    return [sudo, "-n"] if quietly([sudo, "-n", "true"]).returncode == 0 else None


def _lists_serve() -> bool:
    """Whether apt's package lists are there and not old."""
    times = [path.stat().st_mtime for path in PACKAGE_LISTS.glob("*_Packages*")]
    return bool(times) and time.time() - max(times) < LISTS_STALE_AFTER_DAYS * 86_400


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
