"""The acceptance night's chartwork at the desk, by keys alone: who is told of what, and when.

The ferry that comes close (step 8), the waters that change by themselves as predicted (9), the
stream and wind that bring the boat back over the boundary (11).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtGui import QGuiApplication

from channelplot.model.codes import AlertCode
from helpers.builders import at
from helpers.night_lines import NIGHT
from helpers.operator import Operator, wait_until
from helpers.plot_files import (
    assert_conforms,
    assert_log_is_whole,
    channelplot,
    file_rows,
    labels_in_log,
)

LINES: Final = {line.step: line for line in NIGHT}
CROSSINGS: Final = (
    "SELECT t.name, c.from_side, c.to_side, c.is_legal, substr(c.crosses_at_utc, 12, 5), c.rule"
    " FROM predicted_crossings AS c JOIN tracks AS t ON t.uid = c.track_uid ORDER BY c.fid"
)
CPA_ENGLISH: Final = (
    "FERRY, WARNING. Small boat with about 55 persons on board, last reported at 0245 UTC."
    " Predicted at 0300 UTC: bearing 285 degrees true, 5.5 nautical miles from you, in position"
    " 51 degrees 00.1 minutes north, 001 degrees 35.3 minutes east, course 301 degrees, speed"
    " 5 knots, position good to about 1.1 nautical miles. Boat may pass very close to you at about"
    " 0325 UTC, predicted closest approach 0.3 nautical miles. Keep a sharp lookout and keep clear."
)
CPA_FRENCH: Final = (
    "FERRY, AVERTISSEMENT. Petite embarcation avec environ 55 personnes à bord, dernier"
    " signalement à 0245 UTC. Prévision pour 0300 UTC : relèvement 285 degrés vrai, à 5,5 milles"
    " nautiques de vous, en position 51 degrés 00,1 minutes nord, 001 degrés 35,3 minutes est,"
    " route au 301, vitesse 5 nœuds, position à environ 1,1 mille nautique près. L'embarcation"
    " peut passer très près de vous vers 0325 UTC, rapprochement maximal prévu 0,3 mille nautique."
    " Exercez une veille attentive et tenez-vous à l'écart."
)


@dataclass
class ChartworkNight:
    """Works the night as far as a step, and knows what the Alerts panel showed."""

    desk: Operator
    plot: Path
    told: list[str] = field(default_factory=list)

    def up_to_the_ferry(self) -> None:
        """Steps 1 to 3 and the ferry's AIS; it is 0300Z then."""
        self.desk.opens(self.plot)
        self.desk.window.resize(1280, 800)
        for step in ("1", "2", "3", "8"):
            line = LINES[step]
            self.desk.sets_clock(line.clock)
            self.desk.enters_line(line.typed)
        self.desk.sets_clock("0300")
        self.settles()

    def stopped(self) -> None:
        """Step 10: R5, by which A is adrift."""
        desk = self.desk
        desk.sets_clock("0340")
        wait_until(lambda: file_rows(self.plot, CROSSINGS), "the crossing of 0334Z is logged")
        desk.enters_line(LINES["10"].typed)
        assert labels_in_log(self.plot)[-1] == "add_report"
        statuses = file_rows(self.plot, "SELECT status FROM tracks WHERE name = 'A'")
        assert statuses == [("adrift",)]

    def gives_stream_and_wind(self) -> None:
        """Step 11 by the keyboard."""
        desk = self.desk
        desk.sets_clock("0346")
        desk.presses("Ctrl+D")
        desk.types("060/1.9")
        desk.presses("Tab")
        desk.types("290/14")
        desk.presses("Tab", "Tab")
        desk.types("0245Z")
        desk.presses("Tab")
        desk.types("0515Z")

    def settles(self) -> None:
        """Wait until all is predicted and what is due is logged."""
        foresight = self.desk.window.desk.foresight
        wait_until(lambda: foresight.is_settled, "all is predicted")
        self.desk.waits_until_saved()

    def alerts(self) -> list[str]:
        """Go to the alerts, and return their rows as they show."""
        self.settles()
        self.desk.presses("F7")
        model = self.desk.table("Alerts").model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def picks_alert(self, code: AlertCode) -> None:
        """Go down to the first alert of a kind with the arrow keys."""
        panel = self.desk.window.panels.alerts
        self.desk.presses("F7")
        for _ in panel.model.rows:
            if panel.selected is not None and panel.selected.code is code:
                return
            self.desk.presses("Down")
        raise AssertionError(f"no {code} among the alerts")

    def reads_out(self) -> tuple[str, str]:
        """What there is to read out; the arrows go on to the French, and back."""
        desk = self.desk
        english = desk.label_text("To read out, English")
        while not desk.sees("To read out, French"):
            desk.presses("Right")
        french = desk.label_text("To read out, French")
        while not desk.sees("To read out, English"):
            desk.presses("Left")
        return english, french


@pytest.fixture
def watch(operator: Operator, night: Path) -> Iterator[ChartworkNight]:
    """Somebody who will work the night."""
    yield ChartworkNight(operator, night)
    if operator.is_open:
        operator.closes()
    assert_log_is_whole(night)


def _logged(desk: Operator, piece: str) -> list[str]:
    """The texts of the watch log that hold a piece."""
    rows = desk.reads_panel("Watch log")
    return [text for row in rows for text in row.values() if piece in text]


def test_8_the_ferry_is_watched_and_the_warning_is_ready(watch: ChartworkNight) -> None:
    watch.up_to_the_ferry()
    desk = watch.desk
    desk.picks_row("Tracks", "Track", "A")
    keys = desk.keys_pressed
    desk.presses("Ctrl+K")
    desk.types("1")
    assert desk.reads_back().startswith("FERRY: 0.33 NM 0325Z, 25 min")
    desk.presses("Return")
    assert desk.keys_pressed - keys == 3
    desk.waits_until_saved()

    assert "A and FERRY: closest 0.33 NM at 0325Z (in 25 min)\nSince 0300Z, not acknowledged" in (
        watch.alerts()
    )
    watch.picks_alert(AlertCode.CLOSEST_APPROACH)
    assert watch.reads_out() == (CPA_ENGLISH, CPA_FRENCH)
    desk.presses("Ctrl+C")
    assert QGuiApplication.clipboard().text() == f"{CPA_ENGLISH}\n\n{CPA_FRENCH}"

    desk.sets_clock("0316")
    (urgent, *_) = watch.alerts()
    assert urgent == (
        "A and FERRY: closest 0.33 NM at 0325Z (in 9 min)\nUrgent: since 0300Z, not acknowledged"
    )
    watch.picks_alert(AlertCode.CLOSEST_APPROACH)
    desk.presses("Return")
    desk.waits_until_saved()
    assert file_rows(watch.plot, "SELECT alert FROM acknowledgements") == [("closest_approach",)]
    desk.sets_clock("0340")
    assert not any("FERRY: closest" in row for row in watch.alerts())


def test_9_the_change_of_waters_is_logged_by_itself_as_predicted(watch: ChartworkNight) -> None:
    watch.up_to_the_ferry()
    desk = watch.desk
    assert (
        "A: into UK waters 0334Z (in 34 min), predicted, legal\nSince 0245Z, not acknowledged"
        in (watch.alerts())
    )
    desk.sets_clock("0334")
    watch.settles()
    assert file_rows(watch.plot, CROSSINGS) == [], "eight seconds to go"

    desk.clock.set(at("0334") + timedelta(seconds=10))
    desk.window.show_clocks()
    wait_until(lambda: file_rows(watch.plot, CROSSINGS), "the crossing is logged")
    logged = [("A", "FR", "GB", 1, "03:34", "made_good")]
    assert file_rows(watch.plot, CROSSINGS) == logged
    assert labels_in_log(watch.plot)[-1] == "log_predicted_crossing"
    assert file_rows(watch.plot, "SELECT operator FROM edit_log ORDER BY seq DESC LIMIT 1") == [
        ("Channel Plot",)
    ]
    assert not any("waters" in row for row in watch.alerts())

    desk.undoes()
    assert labels_in_log(watch.plot)[-1] == "undo.start_track", "the ferry's line is taken back"
    assert file_rows(watch.plot, CROSSINGS) == logged
    desk.redoes()
    assert file_rows(watch.plot, f"{CROSSINGS}") == logged
    desk.sets_clock("0336")
    watch.settles()
    assert file_rows(watch.plot, CROSSINGS) == logged, "once"
    withdrawn = "SELECT count(*) FROM predicted_crossings WHERE withdrawn_at_utc IS NOT NULL"
    assert file_rows(watch.plot, withdrawn) == [(0,)]


def test_9_it_stands_in_the_watch_log_as_a_prediction(watch: ChartworkNight) -> None:
    watch.up_to_the_ferry()
    desk = watch.desk
    desk.sets_clock("0335")
    wait_until(lambda: file_rows(watch.plot, CROSSINGS), "the crossing is logged")
    desk.presses("Alt+W")
    wait_until(lambda: _logged(desk, "0334Z"), "the watch log shows it")
    (told,) = _logged(desk, "0334Z")
    assert "Predicted" in told
    assert "51°01.61'N 001°31.38'E" in told


def test_11_stream_and_wind_bring_it_back_and_both_desks_can_be_told(
    watch: ChartworkNight,
) -> None:
    watch.up_to_the_ferry()
    watch.stopped()
    desk = watch.desk
    assert not any("waters" in row for row in watch.alerts())
    desk.picks_row("Tracks", "Track", "A")
    watch.gives_stream_and_wind()
    assert desk.reads_back().startswith("Adrift 0346Z: 070.7°T 2.30 kn  ·  holds 0245Z to 0515Z")
    desk.presses("Return")
    desk.waits_until_saved()

    assert (
        "A, adrift: into French waters 0430Z (in 44 min), predicted, legal\n"
        "Since 0346Z, not acknowledged"
    ) in watch.alerts()
    watch.picks_alert(AlertCode.WATERS_AHEAD)
    english, french = watch.reads_out()
    assert "Boat A, adrift, drifting 071 degrees, 2.3 knots, is predicted to re-enter" in english
    assert "French waters at 0430 UTC, in position 51 degrees 02.5 minutes north" in english
    assert "33.6 minutes east, good to about 0.6 nautical miles, coming from UK waters" in english
    assert english.endswith("as given. Prediction, not observation.")
    assert "devrait entrer de nouveau dans les eaux françaises à 0430 UTC" in french
    assert french.endswith("Ceci est une prévision, non une observation.")

    desk.presses("Return")
    desk.waits_until_saved()
    assert any("into French" in row and "Acknowledged 0346Z" in row for row in watch.alerts())
    desk.sets_clock("0416")
    assert any("into French" in row and "not acknowledged" in row for row in watch.alerts())

    desk.sets_clock("0431")
    wait_until(lambda: len(file_rows(watch.plot, CROSSINGS)) == 2, "the drift is logged")
    assert file_rows(watch.plot, CROSSINGS) == [
        ("A", "FR", "GB", 1, "03:34", "made_good"),
        ("A", "GB", "FR", 1, "04:30", "drift"),
    ]


def test_13_the_drift_goes_on_from_the_cutter_s_fix_and_raises_its_alert(
    watch: ChartworkNight,
) -> None:
    watch.up_to_the_ferry()
    watch.stopped()
    watch.gives_stream_and_wind()
    desk = watch.desk
    desk.presses("Return")
    desk.waits_until_saved()
    for step in ("12, CUTTER-1", "13"):
        desk.sets_clock(LINES[step].clock)
        desk.enters_line(LINES[step].typed)
    (row,) = (row for row in watch.alerts() if "into French" in row)
    assert row.startswith("A, adrift: into French waters ")
    assert "predicted, legal" in row
    watch.picks_alert(AlertCode.WATERS_AHEAD)
    english, _ = watch.reads_out()
    assert "Boat A, adrift, drifting 071 degrees, 2.3 knots, is predicted to re-enter" in english


def test_another_stream_is_another_alert(watch: ChartworkNight) -> None:
    watch.up_to_the_ferry()
    watch.stopped()
    desk = watch.desk
    watch.gives_stream_and_wind()
    desk.presses("Return")
    desk.waits_until_saved()
    watch.settles()
    watch.picks_alert(AlertCode.WATERS_AHEAD)
    desk.presses("Return")
    desk.waits_until_saved()
    desk.sets_clock("0350")
    desk.presses("Ctrl+D")
    desk.types("060/2.0")
    desk.presses("Return")
    desk.waits_until_saved()
    (row,) = (row for row in watch.alerts() if "into French" in row)
    assert row.endswith("Since 0350Z, not acknowledged")


def test_the_night_s_file_is_sound_and_keeps_what_was_done(watch: ChartworkNight) -> None:
    watch.up_to_the_ferry()
    desk = watch.desk
    desk.picks_row("Tracks", "Track", "A")
    desk.presses("Ctrl+K")
    desk.types("1")
    desk.presses("Return")
    desk.waits_until_saved()
    watch.stopped()
    watch.gives_stream_and_wind()
    desk.presses("Return")
    desk.waits_until_saved()
    watch.settles()
    desk.closes()
    assert_conforms(watch.plot)
    checked = channelplot("check", str(watch.plot))
    assert (checked.returncode, checked.stderr) == (0, "")

    desk.opens(watch.plot)
    watch.settles()
    assert any("into French waters 0430Z" in row for row in watch.alerts())
    desk.undoes(2)
    assert labels_in_log(watch.plot)[-2:] == ["undo.add_conditions", "undo.add_report"]
    assert len(file_rows(watch.plot, CROSSINGS)) == 1
