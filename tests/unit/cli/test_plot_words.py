"""``channelplot plot``: its clock and language, and what may stand on its command line."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from channelplot.geodesy.measure import distance_m
from channelplot.settings import REPORT_LANGUAGE, Settings, config_folder
from channelplot.ui.clock import utc_now
from helpers.plot_command import NOW, R1, Command, position_of, reports_in
from helpers.plot_files import channelplot, run_python, without_screen

# The clock and the language


@pytest.mark.parametrize(
    ("text", "now"),
    [
        (NOW, "2026-09-15T03:00:00.000Z"),
        ("2026-09-15T04:30:15.5+01:00", "2026-09-15T03:30:15.500Z"),
        ("150300Z SEP 26", "2026-09-15T03:00:00.000Z"),
        ("150400A SEP 26", "2026-09-15T03:00:00.000Z"),
        ("15092026 0300", "2026-09-15T03:00:00.000Z"),
        ("150300Z SEP 2031", "2031-09-15T03:00:00.000Z"),
    ],
)
def test_at_sets_the_clock_in_any_form(plot_command: Command, text: str, now: str) -> None:
    record = plot_command("--dry-run", "--at", text, "now 50 58.0N 001 41.0E").record

    assert record["observed_at_utc"] == record["received_at_utc"] == now


@pytest.mark.parametrize("hhmm", ["0000", "0005", "1200", "2344", "2350", "2359"])
def test_at_takes_a_time_of_day_as_todays(plot_command: Command, hhmm: str) -> None:
    day = datetime.now(UTC).date()
    done = plot_command("--dry-run", "--at", hhmm, "-12 50 58.0N 001 41.0E")
    if datetime.now(UTC).date() != day:
        pytest.skip("midnight came in between")

    record = done.record
    assert record["received_at_utc"] == f"{day}T{hhmm[:2]}:{hhmm[2:]}:00.000Z"
    now = datetime.fromisoformat(str(record["received_at_utc"]))
    assert datetime.fromisoformat(str(record["observed_at_utc"])) == now - timedelta(minutes=12)


def test_at_counts_minutes_back_from_the_real_clock(plot_command: Command) -> None:
    record = plot_command("--dry-run", "--at", "-90", "50 58.0N 001 41.0E").record

    back = utc_now() - datetime.fromisoformat(str(record["received_at_utc"]))
    assert timedelta(minutes=90) <= back < timedelta(minutes=95)


def test_the_language_says_what_an_o_is(plot_command: Command, home: Path) -> None:
    words = ("--dry-run", "--at", NOW)
    line = "0255Z 49 50.0N 001 41.0O"

    french = plot_command(*words, "--lang", "fr", line)
    english = plot_command(*words, "--lang", "en", line)
    Settings(config_folder()).choose(REPORT_LANGUAGE, "fr")
    chosen = plot_command(*words, line)

    assert french.code == chosen.code == 0
    assert french.record["lon_deg"] == pytest.approx(-R1.lon_deg)
    assert chosen.said == french.said
    assert english.code == 3
    assert english.part("question")["code"] == "west_in_french"


# What may stand on the command line


@pytest.mark.parametrize(
    "words",
    [
        ("--dry-run", "-12 50 58.0N 001 41.0E"),
        ("-12 50 58.0N 001 41.0E", "--dry-run"),
        ("--dry-run", "--", "-12 50 58.0N 001 41.0E"),
        ("--dry-run", "-12min 50 58.0N 001 41.0E"),
        ("--dry-run", "-12 50°58′00″N 1°41’00”E"),
        ("PLOT", "--dry-run", "-12 50 58.0N 001 41.0E"),
        ("PLOT", "-12 50 58.0N 001 41.0E", "--dry-run"),
        ("--dry-run", "PLOT", "-12 50 58.0N 001 41.0E"),
    ],
)
def test_options_stand_anywhere_and_a_minus_begins_a_line(
    plot_command: Command, plot: Path, words: tuple[str, ...]
) -> None:
    given = [str(plot) if word == "PLOT" else word for word in words]

    done = plot_command("--at", NOW, *given)

    assert done.code == 0
    assert distance_m(position_of(done.record), R1) < 1.0
    assert done.record["observed_at_utc"] == "2026-09-15T02:48:00.000Z"


@pytest.mark.parametrize("line", ["-12", "-12min"])
def test_a_line_may_be_a_minus_and_a_number(plot_command: Command, line: str) -> None:
    done = plot_command("--dry-run", "--at", NOW, "--answer", "1", line)

    assert done.code == 0
    assert done.record["observed_at_utc"] == "2026-09-15T02:48:00.000Z"
    assert done.record["as_received"] == line


def test_words_are_kept_as_they_were_typed(plot_command: Command, plot: Path) -> None:
    line = """0250Z 50°58,0′N 1°41,0′E dit « moteur en panne » "d'accord" 100% ~$HOME 🚤"""

    done = plot_command("--at", NOW, plot, line)

    assert done.code == 0
    assert reports_in(plot) == [(line, "B")]


def test_two_lines_of_the_input_are_refused_not_one_of_them_dropped() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "channelplot", "plot", "--dry-run", "--at", NOW, "-"],
        env=without_screen(),
        input=b"0255Z 50 58.0N 001 41.0E\n0256Z 50 59.0N 001 42.0E\n",
        capture_output=True,
        check=False,
        timeout=120,
    )

    assert (done.returncode, done.stdout) == (2, b"")
    assert b"more than one line" in done.stderr


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"0255Z 50 58.0N 001 41.0E vu pr\xc3\xa8s\r\n\r\n", 0),
        (b"0255Z 50 58.0N 001 41.0E vu pr\xc3\xa8s", 0),
        (b"0255Z 50 58.0N 001 41.0E vu pr\xe8s\n", 1),
        (b"", 1),
    ],
)
def test_a_minus_alone_reads_one_line_of_the_input(sent: bytes, code: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "channelplot", "plot", "--dry-run", "--at", NOW, "-"],
        env=without_screen(),
        input=sent,
        capture_output=True,
        check=False,
        timeout=120,
    )

    assert (done.returncode, done.stderr) == (code, b"")
    record = json.loads(done.stdout)
    if code == 0:
        assert record["as_received"] == "0255Z 50 58.0N 001 41.0E vu près"
    else:
        assert record["refused"]["code"] in ("control_character", "empty")


def test_output_in_another_character_set_is_no_failure(plot: Path) -> None:
    env = {"PYTHONIOENCODING": "ascii"}
    line = "50 58.0N 001 41.0E vu près 🚤"

    as_json = channelplot("plot", "--dry-run", line, env=env)
    read_back = channelplot("plot", str(plot), line, env=env)
    refused = channelplot("plot", str(plot), f"{line} >Z", env=env)

    assert (as_json.returncode, as_json.stderr) == (0, "")
    assert json.loads(as_json.stdout)["as_received"] == line
    assert (read_back.returncode, read_back.stderr) == (0, "")
    assert "50?58.00'N 001?41.00'E" in read_back.stdout
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert reports_in(plot) == [(line, "B")]


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("PLOT",),
        ("--dry-run",),
        ("--dry-run", "PLOT"),
        ("PLOT", "50 58.0N 001 41.0E", "more"),
        ("PLOT", "50 58.0N 001 41.0E", "--nonsense"),
        ("PLOT", "50 58.0N 001 41.0E", "--lang", "de"),
        ("PLOT", "50 58.0N 001 41.0E", "--answer", "one"),
        ("PLOT", "50 58.0N 001 41.0E", "--at", ""),
        ("PLOT", "50 58.0N 001 41.0E", "--at", "2575"),
        ("PLOT", "50 58.0N 001 41.0E", "--at", "late"),
        ("PLOT", "50 58.0N 001 41.0E", "--at", "2026-10-25 0130 UK"),
        ("PLOT", "50 58.0N 001 41.0E", "--at", "2026-03-29 0130 UK"),
    ],
)
def test_wrong_use_is_exit_code_2_and_plots_nothing(
    plot_command: Command, plot: Path, words: tuple[str, ...]
) -> None:
    before = plot.read_bytes()

    done = plot_command(*(str(plot) if word == "PLOT" else word for word in words))

    assert (done.code, done.said) == (2, "")
    assert done.complaint.splitlines()[-1].startswith("channelplot")
    assert plot.read_bytes() == before


def test_it_needs_no_display_and_none_of_qt_that_draws() -> None:
    done = run_python(
        "-c",
        "import sys; from channelplot.cli.main import main; code = main(sys.argv[1:]);"
        "drawing = {'PySide6.QtGui', 'PySide6.QtWidgets', 'geopandas', 'pyogrio'};"
        "print(drawing & set(sys.modules), file=sys.stderr); sys.exit(code)",
        "plot", "--dry-run", "--at", NOW, "0255Z 50 58.0N 001 41.0E",
        env={"DISPLAY": ":987", "QT_QPA_PLATFORM": "xcb"},
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "set()\n")
