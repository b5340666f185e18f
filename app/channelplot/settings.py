"""Every setting once, where settings and plots are kept, and what is remembered.

Settings are choices of a person and stand in ``settings.json``; how the windows were
left stands apart, in ``state.json``, and may be thrown away. Both are plain files in the
standard place of the system; a key that is not known is kept.
"""

import getpass
import json
import locale
import logging
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import platformdirs

from channelplot.errors import SettingsError

APP_NAME: Final = "channelplot"
_LOG = logging.getLogger("channelplot.settings")

JsonValue: TypeAlias = "str | int | float | bool | list[JsonValue] | dict[str, JsonValue] | None"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its key, what it is before anyone chose, and what it can be.

    lowest, highest: the range of a number. choices: the texts there are; empty for any text.
    """

    key: str
    default: str | int
    lowest: int = 0
    highest: int = 0
    choices: tuple[str, ...] = ()

    def checked(self, value: JsonValue) -> str | int:
        """Return the value if the setting can have it. Raises SettingsError if not."""
        if isinstance(self.default, str):
            if isinstance(value, str) and (not self.choices or value in self.choices):
                return value
        elif isinstance(value, int) and self.lowest <= value <= self.highest:
            return value
        raise SettingsError(self.key, value)


def system_language() -> str:
    """Return the language that reports come in before anyone chose: ``fr`` or ``en``.

    French where the system speaks French, English everywhere else.
    """
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    spoken = next(filter(None, named), None) or locale.setlocale(locale.LC_CTYPE)
    language = re.split(r"[^a-z]", spoken.casefold(), maxsplit=1)[0]
    return "fr" if language in ("fr", "french") else "en"


OPERATOR: Final = Setting("operator", "")
"""Who is on watch; empty for the login name."""
TEXT_SCALE_PERCENT: Final = Setting("text_scale_percent", 100, 80, 200)
"""How large texts are, in the panels and on the chart."""
POSITION_NOTATION: Final = Setting("position_notation", "ddm", choices=("ddm", "dms", "dd", "mgrs"))
"""The form in which positions are shown and copied: a code of geodesy.text.Notation."""
REPORT_LANGUAGE: Final = Setting("report_language", system_language(), choices=("en", "fr"))
"""The language reports come in: a code of reading.values.Language."""
SETTINGS: Final = (OPERATOR, TEXT_SCALE_PERCENT, POSITION_NOTATION, REPORT_LANGUAGE)


def config_folder() -> Path:
    """Return the folder of settings.json and state.json; it need not exist."""
    return Path(platformdirs.user_config_dir(APP_NAME, appauthor=False))


def data_folder() -> Path:
    """Return the folder of the example plot's copy; it need not exist."""
    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def log_folder() -> Path:
    """Return the folder of the log and of crash reports; it need not exist."""
    return Path(platformdirs.user_log_dir(APP_NAME, appauthor=False))


def documents_folder() -> Path:
    """Return where a new plot or snapshot is offered to be kept: a folder that exists."""
    documents = Path(platformdirs.user_documents_dir())
    return documents if documents.is_dir() else Path.home()


def login_name() -> str:
    """Return the name of the account, ``operator`` where the system tells none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "operator"


class JsonFile:
    """Keys and values in a small file that is written whole or not at all.

    A file that is missing or unreadable counts as empty.
    """

    def __init__(self, path: Path) -> None:
        """Read the file, if there is one."""
        self._path = path
        self._values: dict[str, JsonValue] = {}
        self._is_written = True
        try:
            values = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            return
        except (OSError, ValueError):
            _LOG.warning("unreadable, taken as empty: %s", path.name)
            return
        if isinstance(values, dict):
            self._values = values

    def get(self, key: str) -> JsonValue:
        """Return the value of a key, None if it has none."""
        return self._values.get(key)

    def put(self, values: Mapping[str, JsonValue]) -> None:
        """Set keys and write the file if that changes anything.

        Raises OSError: the values count all the same, and the next call tries to write again.
        """
        is_new = any(key not in self._values or self._values[key] != values[key] for key in values)
        if self._is_written and not is_new:
            return
        self._values.update(values)
        self._is_written = False
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}.part")
        # In ASCII: a path that is not UTF-8 holds characters that UTF-8 can't hold.
        draft.write_text(json.dumps(self._values, indent=1), "ascii")
        draft.replace(self._path)
        self._is_written = True


class Settings:
    """The settings as chosen. Values out of range count as not chosen."""

    def __init__(self, folder: Path) -> None:
        """Read settings.json of the folder, if there is one."""
        self._file = JsonFile(folder / "settings.json")

    def value(self, setting: Setting) -> str | int:
        """Return what was chosen, else the default."""
        chosen = self._file.get(setting.key)
        if chosen is None:
            return setting.default
        try:
            return setting.checked(chosen)
        except SettingsError:
            _LOG.warning("setting out of range: %s", setting.key)
            return setting.default

    def choose(self, setting: Setting, value: str | int) -> None:
        """Keep a choice. Raises SettingsError if it is out of range, OSError if not kept."""
        self._file.put({setting.key: setting.checked(value)})

    def operator(self) -> str:
        """Return who is on watch: the name chosen, else the login name."""
        return str(self.value(OPERATOR)) or login_name()

    def text_scale(self) -> float:
        """Return the factor by which texts are larger than usual."""
        return int(self.value(TEXT_SCALE_PERCENT)) / 100.0
