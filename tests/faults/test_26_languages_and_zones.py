"""Whatever the machine's language and time zone: the same is read, the same bytes are exported."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from channelplot.store.geopackage import PlotFile
from helpers.forked import Workers
from helpers.full_plot import full_plot
from helpers.ready_desks import run
from unit.store.files import an_act

LANGUAGES = {"de_DE": "Europe/Berlin", "fr_FR": "Europe/Paris", "en_GB": "Europe/London"}
FAR_ZONES = ("UTC", "Pacific/Kiritimati", "America/St_Johns")
NEUTRAL = ("C", "UTC")


@pytest.fixture
def languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cycles: Callable[[int, int], int]
) -> list[str]:
    """The languages, made for this machine where it has none of them: briefly the first."""
    localedef = shutil.which("localedef")
    if localedef is None:
        pytest.skip("no localedef: the system's languages can't be made")
    folder = tmp_path / "locales"
    folder.mkdir()
    chosen = list(LANGUAGES)[: cycles(1, 3)]
    for name in chosen:
        made = subprocess.run(
            [localedef, "-i", name, "-f", "UTF-8", str(folder / f"{name}.UTF-8")],
            check=False,
            capture_output=True,
        )
        if made.returncode != 0:
            pytest.skip(f"no source of {name} to make the language from")
    monkeypatch.setenv("LOCPATH", str(folder))
    return chosen


def test_the_same_is_read_and_the_same_bytes_are_exported(
    ready_desks: Workers,
    languages: list[str],
    tmp_path: Path,
    cycles: Callable[[int, int], int],
    figure: Callable[[str], None],
) -> None:
    plot = tmp_path / "night.gpkg"
    PlotFile.create(plot, full_plot(), an_act()).close()
    places = [NEUTRAL, *((f"{name}.UTF-8", LANGUAGES[name]) for name in languages)]
    if cycles(0, 1):
        places += [(f"{name}.UTF-8", zone) for name in languages for zone in FAR_ZONES]
    told = []
    for number, (language, zone) in enumerate(places):
        folder = tmp_path / f"machine{number}"
        folder.mkdir()
        words = language, zone, str(plot), str(folder), str(cycles(32, 1))
        done = run(ready_desks, folder, "helpers.locales", *words, env=os.environ)
        assert done.returncode == 0, done.stderr
        told.append(json.loads((folder / "told.json").read_text("utf-8")))

    there = told[1 : 1 + len(languages)]
    assert [each["qt"] for each in there] == languages, "Qt speaks the language"
    assert [each["is_comma_decimal"] for each in there] == [name != "en_GB" for name in languages]
    assert len({each["zone"] for each in told}) > 1, "the zones differ"
    assert {each["left_for_numbers"] for each in told} == {"C"}
    assert len({each["read"] for each in told}) == 1, "the same is read everywhere"
    for name in told[0]["exports"]:
        assert len({each["exports"][name] for each in told}) == 1, f"{name} differs"
    figure(
        f"{len(places)} machines: {told[0]['lines']} lines read alike,"
        f" {len(told[0]['exports'])} exports alike to the byte"
    )
