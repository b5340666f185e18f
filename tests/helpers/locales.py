"""What is read and written under a machine's language and time zone, in a process of its own."""

import ctypes
import hashlib
import json
import locale
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication

from channelplot.cli import main as command_line
from channelplot.exchange.gpx_route import route_gpx
from channelplot.reading.line import read_line
from helpers.chartwork_builders import a_search
from helpers.line_judge import context_of
from helpers.line_noise import TABLE
from helpers.line_table import read_cases

CASES = read_cases(TABLE)


def work(language: str, zone: str, plot: str, folder: str, each: str) -> None:
    """Take up a language and a zone, read lines, export a plot, and tell of it in told.json.

    each: of the lines of the table so many-th are read.
    """
    for name in ("LANG", "LC_ALL", "LC_NUMERIC", "LC_TIME"):
        os.environ[name] = language
    os.environ["TZ"] = zone
    time.tzset()
    app = QGuiApplication(["channelplot", "-platform", "offscreen"])
    libc = ctypes.CDLL(None)
    libc.strtod.restype = ctypes.c_double
    told: dict[str, object] = {
        "qt": QLocale().name(),
        "zone": time.strftime("%Z", time.localtime(0)),
        # What C makes of a number before the program has its say.
        "is_comma_decimal": libc.strtod(b"1,5", None) == 1.5,
    }
    exports = {
        "sheet.png": ["snapshot", "--fit", "--dpi", "72"],
        "sheet.pdf": ["snapshot", "--fit"],
        "sheet.svg": ["snapshot", "--fit"],
        "log.csv": ["log"],
    }
    for name, words in exports.items():
        out = Path(folder) / name
        assert command_line.main([*words, plot, str(out)]) == 0
    told["left_for_numbers"] = locale.setlocale(locale.LC_NUMERIC)
    read = hashlib.sha256()
    for case in CASES[:: int(each)]:
        read.update(repr(read_line(case.line, context_of(case))).encode())
    (Path(folder) / "route.gpx").write_bytes(route_gpx(a_search(uid="search")))
    told["lines"] = len(CASES[:: int(each)])
    told["read"] = read.hexdigest()
    told["exports"] = {
        name: hashlib.sha256((Path(folder) / name).read_bytes()).hexdigest()
        for name in (*exports, "route.gpx")
    }
    (Path(folder) / "told.json").write_text(json.dumps(told), "utf-8")
    del app


def main() -> None:
    """Do what the command line says."""
    work(*sys.argv[1:])
