"""A desk in a process of its own, for tests that need a second one or kill it.

Run with the plot's path: it opens the window, with no screen, says ``open``, and then does
what each line of its input says, answering with a line of its own once the window shows that
it is done. ``plot POSITION`` answers ``saved N``, N the number of reports; ``many`` plots on
until it is killed.
"""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from helpers.clock import FixedClock
from helpers.operator import Operator


def work(operator: Operator) -> None:
    """Do what the lines of the input say."""
    for line in sys.stdin:
        word, _, rest = line.strip().partition(" ")
        if word == "plot":
            plot(operator, rest)
        elif word == "many":
            while True:
                plot(operator, "50 58.0N 001 41.0E")


def plot(operator: Operator, where: str) -> None:
    """Plot a report; say so once the status bar says that it is saved."""
    operator.clock.advance(seconds=1)
    operator.plots(where)
    assert operator.sees_saved_mark().startswith("All saved")
    say(f"saved {len(operator.reads_panel('Reports'))}")


def say(text: str) -> None:
    """Tell whoever started this desk."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    """Open the window on the plot that the command line names, and work."""
    operator = Operator(QApplication(sys.argv[:1]), FixedClock())
    operator.opens(Path(sys.argv[1]))
    say("open")
    work(operator)
    operator.closes()


if __name__ == "__main__":
    main()
