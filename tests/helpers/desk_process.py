"""A desk in a process of its own, for tests that need a second one or kill it.

Run with the plot's path: it opens the window, with no screen, says ``open``, and then does
what each line of its input says, answering with a line of its own once the window shows that
it is done. ``plot POSITION`` answers ``saved N``, N the number of reports; ``clock HHMM`` sets
the clock; ``line TEXT`` enters it into the plot line and answers ``saved N``; ``type TEXT`` only
types it and answers ``typed`` 50 ms later; ``enter`` presses Enter there and answers with the
saved mark 50 ms later; ``form POSITION WORDS`` takes a report in the form, the words behind a
``;``, and answers the same 200 ms later; ``centre POSITION`` moves the chart there and answers
with longitude and latitude once that is remembered; ``many`` plots on until it is killed.
"""

import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from channelplot.geodesy.position import Position
from helpers.clock import FixedClock
from helpers.operator import Operator, wait_until


def work(operator: Operator) -> None:
    """Do what the lines of the input say."""
    for line in sys.stdin:
        word, _, rest = line.strip().partition(" ")
        if word == "plot":
            plot(operator, rest)
        elif word == "clock":
            operator.sets_clock(rest)
        elif word == "line":
            operator.enters_line(rest)
            say_saved(operator)
        elif word == "type":
            operator.types_line(rest)
            work_on()
            say("typed")
        elif word == "enter":
            operator.presses("Return")
            work_on()
            say(operator.sees_saved_mark())
        elif word == "form":
            where, _, words = rest.partition(";")
            operator.begins_report(where.strip(), words=words.strip())
            operator.presses("Return")
            for _ in range(4):
                work_on()
            say(operator.sees_saved_mark())
        elif word == "centre":
            centre(operator, rest)
        elif word == "many":
            while True:
                plot(operator, "50 58.0N 001 41.0E")


def work_on() -> None:
    """Let the window work for 50 ms."""
    end_s = time.monotonic() + 0.05
    while time.monotonic() < end_s:
        QApplication.processEvents()
    QApplication.processEvents()  # one turn may take long: what is due by now is done


def plot(operator: Operator, where: str) -> None:
    """Plot a report; say so once the status bar says that it is saved."""
    operator.clock.advance(seconds=1)
    operator.plots(where)
    say_saved(operator)


def centre(operator: Operator, where: str) -> None:
    """Move the chart to a position; say which once a new start would show it."""
    desk = operator.window.desk
    desk.canvas.centre_on(one_position(where))
    place = desk.canvas.viewport.centre
    path = desk.session.document.path
    operator.waits_for_chart()
    wait_until(lambda: (desk.state.view_of(path) or (None,))[0] == place, "the view is remembered")
    say(f"{place.lon_deg:.4f} {place.lat_deg:.4f}")


def one_position(text: str) -> Position:
    """The position that a text can only mean."""
    lat, lon = text.split("N")
    lat_deg, lon_deg = (
        int(degrees) + float(minutes) / 60.0
        for degrees, minutes in (lat.split(), lon.removesuffix("E").split())
    )
    return Position(lon_deg, lat_deg)


def say_saved(operator: Operator) -> None:
    """Say how many reports there are, all saved."""
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
