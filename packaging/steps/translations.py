"""The French of chart and sheets: new texts gathered into the .ts, the .qm made of it.

`resources/translations/channelplot_fr.ts` is what people edit, by hand or in Qt Linguist. It holds
no places in the code, so a line that moves changes nothing in it.
"""

from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from steps import environment, system_libraries
from steps.environment import Environment
from steps.say import ROOT, Stopped, quietly, say, tail

FRENCH: Final = ROOT / "resources" / "translations" / "channelplot_fr.ts"
WORDED: Final = ("app/channelplot/chart", "app/channelplot/snapshot")
"""Where texts are that may stand on a sheet."""


def run() -> int:
    """Bring both files up to date; returns 0, or 1 where a text has no French yet."""
    system_libraries.ensure(for_tests=False)
    venv = environment.main_environment()
    environment.ensure(venv, for_tests=False)
    gather(venv, FRENCH)
    release(venv, FRENCH, FRENCH.with_suffix(".qm"))
    missing = without_french(FRENCH)
    for text in missing:
        say(f"No French yet: {text}")
    say(f"{FRENCH.name}: {'every text has its French' if not missing else 'translate these'}.")
    return 1 if missing else 0


def gather(venv: Environment, ts: Path) -> None:
    """Put the texts of the code into a .ts, in an order that is always the same. Raises Stopped.

    Those that are gone from the code go; what is translated stays as it is. A text that changed
    counts as new: the program guesses no French.
    """
    languages = ["-source-language", "en", "-target-language", "fr"]
    guesses = ["-disable-heuristic", "sametext", "-disable-heuristic", "similartext"]
    shape = ["-locations", "none", "-no-obsolete", "-sort-messages", *guesses]
    _tool(venv, "lupdate", "-extensions", "py", *WORDED, "-ts", str(ts), *languages, *shape)


def release(venv: Environment, ts: Path, qm: Path) -> None:
    """Make the .qm that the program reads. Raises Stopped."""
    _tool(venv, "lrelease", str(ts), "-qm", str(qm))


def without_french(ts: Path) -> list[str]:
    """The texts of a .ts that are not translated, or not finished."""
    return [
        message.findtext("source", "")
        for message in ET.parse(ts).iter("message")
        if not message.findtext("translation") or message.find("translation[@type]") is not None
    ]


def _tool(venv: Environment, name: str, *words: str) -> None:
    done = quietly([str(venv.program(f"pyside6-{name}")), *words])
    if done.returncode != 0:
        raise Stopped(f"{name} failed:\n{tail(done)}")
