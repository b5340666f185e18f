"""The thirty things a plot file has to survive, and where each one is shown.

Every test file of ``tests/faults`` begins with the number of what it is about.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

THIRTY: Final = {
    1: "killed while it saves",
    2: "power cut at any moment",
    3: "killed while a file is brought up to date",
    4: "killed while it exports, backs up or publishes",
    5: "full disk",
    6: "full disk while a picture is written",
    7: "read-only file or folder, permission lost",
    8: "deleted, moved, replaced, cut short while open",
    9: "second desk; locks that are stale, foreign or empty",
    10: "another program edits at the same time",
    11: "another program holds the write lock",
    12: "nothing else touches the live file",
    13: "plot files with flipped bytes",
    14: "other versions, write-ahead logs, no plot at all",
    15: "triggers, views and names that mean harm",
    16: "XML that means harm",
    17: "files that are not what they say",
    18: "positions that are none",
    19: "times that are doubtful",
    20: "tables of text",
    21: "archives that mean harm",
    22: "very long lines and very many reports",
    23: "errors inside the program",
    24: "references to None",
    25: "running for weeks",
    26: "languages and time zones of the machine",
    27: "killed and started again",
    28: "screens and clocks that change",
    29: "every backup opens",
    30: "other programs read what is left behind",
}
_FILE_NAME: Final = re.compile(r"test_(\d\d)_\w+\.py")


@dataclass
class Shown:
    """What became of the tests about one thing, and the figures they told."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    figures: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        """Few words; what was not run is not said to hold."""
        if self.failed:
            return "FAILED"
        if self.passed:
            return "holds, in part" if self.skipped else "holds"
        return "not run" if self.skipped else "no test"


def number_of(path: Path) -> int | None:
    """Return the number that a test file begins with, None for any other file."""
    match = _FILE_NAME.fullmatch(path.name)
    return int(match[1]) if match else None


def lines_of(shown: dict[int, Shown]) -> Iterable[str]:
    """Yield a line for each of the thirty."""
    for number, title in THIRTY.items():
        each = shown.get(number, Shown())
        figures = "; ".join(each.figures)
        counts = f"{each.passed} passed" + (f", {each.skipped} skipped" if each.skipped else "")
        counts += f", {each.failed} failed" if each.failed else ""
        yield f"{number:2} {each.verdict:14} {title}: {figures or counts} ({each.seconds:.0f} s)"
