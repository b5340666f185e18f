"""The acceptance night worked through at the desk by keys alone, and what was seen on the way.

Each step works the window as an operator does and keeps what it showed. What must have been
there is said by the tests.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

from channelplot.ui.entry.difference_table import DifferenceTable
from channelplot.ui.line.fixed_text import FixedText
from helpers.night_lines import BEACHES, MARK_LINE, NIGHT
from helpers.operator import TRACK, Operator, Row, wait_until
from helpers.plot_files import labels_in_log

OFFICER: Final = "M. Roe"
PHONE: Final = "tel 06 12 34 56 78"
LINES: Final = {line.step: line for line in NIGHT}
R2_TOLD: Final = LINES["2"].typed.removesuffix(" >A")
R3_TOLD: Final = LINES["3"].typed.removesuffix(" >A").replace("phone call", PHONE)
R4_TOLD: Final = LINES["5"].typed.removesuffix(" new")
RETURNED: Final = "0420Z returned to Calais by PATROL-FR-2, 22 counted incl. 3 children >B"
CALL_AGAIN: Final = f"{PHONE} 0455Z still adrift, water coming in >none"
_TAG: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the window showed at a moment.

    line, cells, asked: of the plot line, its message, read-back and question. form, labels, table:
    of the form in the strip, what it reads back, its labelled texts, what would change. cut: the
    names of texts of the read-back that have no room. selected: the times of the reports that are
    selected and in sight. log: the labels of all acts in the file.
    keys: how many had been pressed.
    """

    line: str
    cells: dict[str, tuple[str, str]]
    asked: list[str]
    tracks: dict[str, Row]
    reports: list[Row]
    sums: list[str]
    banner: str
    form: str
    labels: dict[str, str]
    table: list[Row]
    cut: list[str]
    selected: list[str]
    focus: str
    log: list[str]
    keys: int

    def of_track(self, name: str) -> dict[str, Row]:
        """The reports of a track by their times."""
        return {row["Time"]: row for row in self.reports if row[TRACK] == name}


class ModalWatch:
    """Looks out for modal boxes, also while one runs, and gets rid of them."""

    def __init__(self) -> None:
        """Look from now on, until ``ends``."""
        self.seen: list[str] = []
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(5)

    def ends(self) -> None:
        """Look a last time."""
        self._timer.stop()
        self._look()

    def _look(self) -> None:
        box = QApplication.activeModalWidget()
        if box is not None:
            self.seen.append(f"{type(box).__name__} {box.windowTitle()!r}")
            box.close()


class NightWatch:
    """Works the night, step by step; ``seen`` by the step's number and a word for the moment."""

    def __init__(self, desk: Operator, plot: Path) -> None:
        """Take the seat at an empty plot. desk: has opened nothing yet."""
        self.desk = desk
        self.plot = plot
        self.seen: dict[str, Seen] = {}

    def works(self) -> None:
        """Work steps 0 to 3, 5, 6, 10, 13 to 16 and 19, and close the window."""
        self._takes_over()
        self._up_to_the_late_report()
        self._adrift_and_recovered()
        self._is_refused()
        self._returned()
        self._calls_again()
        self._undoes_and_redoes("19")
        self.desk.closes()
        self.desk.opens(self.plot)
        self._undoes_and_redoes("19 again")
        self.desk.closes()

    def keeps(self, moment: str) -> None:
        """Keep what the window shows now."""
        desk = self.desk
        has_form = desk.sees("Read-back")
        self.seen[moment] = Seen(
            line=desk.line_message(),
            cells=desk.reads_line_back(),
            asked=desk.line_asks(),
            tracks={row["Track"]: row for row in desk.reads_panel("Tracks")},
            reports=desk.reads_panel("Reports"),
            sums=sums_shown(desk),
            banner=desk.sees_banner(),
            form=desk.reads_back() if has_form else "",
            labels=labels_shown(desk),
            table=[row for table in _tables(desk) for row in table.rows()],
            cut=cut_cells(desk),
            selected=selected_in_sight(desk),
            focus=desk.focus_name,
            log=labels_in_log(self.plot),
            keys=desk.keys_pressed,
        )

    # The steps

    def _takes_over(self) -> None:
        desk = self.desk
        desk.opens(self.plot)
        desk.window.resize(1280, 800)
        desk.sets_clock("0100")
        desk.names_operator(OFFICER)
        for name, where in BEACHES.items():
            desk.adds_beach_by_keys(name, where)
        desk.presses("Escape")
        desk.enters_line(MARK_LINE)

    def _up_to_the_late_report(self) -> None:
        self._told("0", LINES["0"].typed)
        self._told("1", LINES["1"].typed)
        self._told("2", R2_TOLD, "fits", joins=True)
        self._told("3", R3_TOLD, "fits", joins=True)
        self._told("5", R4_TOLD, "not the same boat")
        self._told("6", LINES["6"].typed)

    def _adrift_and_recovered(self) -> None:
        self._told("10", LINES["10"].typed)
        self._told("12, CUTTER-1", LINES["12, CUTTER-1"].typed)
        self._told("13", LINES["13"].typed)

    def _is_refused(self) -> None:
        desk = self.desk
        desk.sets_clock("0414")
        desk.picks_row("Tracks", "Track", "A")
        desk.presses("F8", "1")
        self.keeps("14 before Enter")
        desk.presses("Return")
        self.keeps("14 refused")
        desk.presses("Tab")
        desk.types("CUTTER-1")
        desk.presses("Tab")
        desk.types("alongside, all aboard")
        desk.presses("Return")
        self.keeps("14 refused again")
        desk.presses("Escape", "Escape")
        self.keeps("14 left")

    def _returned(self) -> None:
        desk = self.desk
        desk.sets_clock("0420")
        desk.types_line(RETURNED)
        desk.presses("Return")
        self.keeps("15 asked")
        desk.answers_line(1)
        desk.presses("Return")
        desk.waits_until_saved()
        self.keeps("15 counted")
        desk.picks_row("Tracks", "Track", "B")
        desk.begins_closing(3, by="PATROL-FR-2", how="boat and people at the quay")
        self.keeps("15 before Enter")
        desk.presses("Return")
        desk.waits_until_saved()
        self.keeps("15 closed")

    def _calls_again(self) -> None:
        desk = self.desk
        desk.sets_clock("0455")
        desk.types_line(CALL_AGAIN)
        self.keeps("16 typed")
        desk.presses("Return")
        desk.answers_line(1)
        self.keeps("16 the same phone")
        desk.presses("Return")
        desk.waits_until_saved()
        desk.presses("Alt+L")
        desk.types("0245")
        self.keeps("16 selected")
        desk.presses("Ctrl+M", "N")
        self.keeps("16 before Enter")
        desk.presses("Return")
        desk.waits_until_saved()
        self.keeps("16 moved")
        desk.picks_row("Reports", "Time", "0455Z")
        desk.gives_report_to("C")
        self.keeps("16 the call too")
        self._record_of("A", "16 A, moved")
        desk.closes_boat(1, by="CUTTER-1", how="alongside, all aboard")
        self.keeps("16 closed")
        self._record_of("A", "16 A")
        self._record_of("C", "16 C")

    def _undoes_and_redoes(self, step: str) -> None:
        """Undo until the move of R3 is undone, what came after it before, and redo all."""
        desk = self.desk
        for key, moments in (
            ("Ctrl+Z", ("open again", "the call back", "R3 back")),
            ("Ctrl+Y", ("R3 moved", "the call moved", "closed")),
        ):
            for moment in moments:
                desk.presses(key)
                desk.waits_until_saved()
                self.keeps(f"{step} {moment}")

    def _told(self, step: str, text: str, says: str = "", *, joins: bool = False) -> None:
        """Type what was told, wait for what the line says, join the boat it suggests, Enter."""
        desk = self.desk
        desk.sets_clock(LINES[step].clock)
        desk.types_line(text)
        wait_until(lambda: says in desk.line_message(), f"{says!r} in {desk.line_message()!r}")
        self.keeps(f"{step} typed")
        if joins:
            desk.presses("Alt+J")
            self.keeps(f"{step} joined")
        desk.presses("Return")
        desk.waits_until_saved()
        self.keeps(f"{step} plotted")

    def _record_of(self, name: str, moment: str) -> None:
        """Look at the record of a boat, and leave it."""
        self.desk.picks_row("Tracks", "Track", name)
        self.desk.presses("F2")
        self.keeps(moment)
        self.desk.presses("Escape")


def sums_shown(desk: Operator) -> list[str]:
    """The lines of the sums under the tracks, without their looks; none where they don't show."""
    if not desk.sees("Sums of the plot"):
        return []
    lines = desk.label_text("Sums of the plot").replace("&nbsp;", " ").split("<br>")
    return [_TAG.sub("", line).replace("  ·  ", " · ") for line in lines]


def labels_shown(desk: Operator) -> dict[str, str]:
    """The texts in sight that have names, by their names."""
    labels = desk.window.findChildren(QLabel)
    return {
        each.accessibleName(): each.text()
        for each in labels
        if each.accessibleName() and each.isVisible()
    }


def cut_cells(desk: Operator) -> list[str]:
    """The cells of the line's read-back whose texts are cut: ``People, more``."""
    texts = [each for each in desk.window.findChildren(FixedText) if each.accessibleName()]
    return [
        each.accessibleName().removeprefix("Line: ")
        for each in texts
        if each.isVisible() and "".join(each.shown_lines()).endswith("…")
    ]


def selected_in_sight(desk: Operator) -> list[str]:
    """The times of the reports that are selected and in sight."""
    table, times = desk.table("Reports"), desk.reads_column("Reports", "Time")
    area = table.viewport().rect()
    return [
        times[row]
        for row in desk.selected_rows("Reports")
        if area.contains(table.visualRect(table.model().index(row, 0)))
    ]


def _tables(desk: Operator) -> list[DifferenceTable]:
    return [table for table in desk.window.findChildren(DifferenceTable) if table.isVisible()]
