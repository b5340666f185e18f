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
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
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
    source: where the figure comes from, for those who doubt it; empty for a matter of taste.
    """

    key: str
    default: str | int
    lowest: int = 0
    highest: int = 0
    choices: tuple[str, ...] = ()
    source: str = ""

    def checked(self, value: JsonValue) -> str | int:
        """Return the value if the setting can have it. Raises SettingsError if not."""
        if isinstance(self.default, str):
            if isinstance(value, str) and (not self.choices or value in self.choices):
                return value
        elif isinstance(value, int) and self.lowest <= value <= self.highest:
            return value
        raise SettingsError(self.key, value)


@dataclass(frozen=True, slots=True)
class Watch:
    """Somebody took the watch. began_at_utc: when; aware, in UTC."""

    name: str
    began_at_utc: datetime

    def lasts(self, now_utc: datetime) -> bool:
        """Return whether it is not over yet; one from ahead of the clock may be a wrong clock."""
        return abs(now_utc - self.began_at_utc) <= LONGEST_WATCH


def system_language() -> str:
    """Return the language that reports come in before anyone chose: ``fr`` or ``en``.

    French where the system speaks French, English everywhere else.
    """
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    spoken = next(filter(None, named), None) or locale.setlocale(locale.LC_CTYPE)
    language = re.split(r"[^a-z]", spoken.casefold(), maxsplit=1)[0]
    return "fr" if language in ("fr", "french") else "en"


OPERATOR: Final = Setting("operator", "")
"""Who took the watch last; empty for nobody yet."""
WATCH_BEGAN: Final = Setting("watch_began_at_utc", "")
"""When they took it, in ISO 8601; kept with the name, which means nothing without it."""
LONGEST_WATCH: Final = timedelta(hours=12)
"""A watch that began longer ago is over, whether anybody said so or not."""
TEXT_SCALE_PERCENT: Final = Setting("text_scale_percent", 100, 80, 200)
"""How large texts are, in the panels and on the chart."""
POSITION_NOTATION: Final = Setting("position_notation", "ddm", choices=("ddm", "dms", "dd", "mgrs"))
"""The form in which positions are shown and copied: a code of geodesy.text.Notation."""
REPORT_LANGUAGE: Final = Setting("report_language", system_language(), choices=("en", "fr"))
"""The language reports come in: a code of reading.values.Language."""

_FIX_TABLE: Final = (
    "IAMSAR Manual, volume II, probable errors of position by means of navigation, as printed in"
    " table J.1 of Australia's National Search and Rescue Manual: GNSS 0.1 NM, radar 1 NM,"
    " visual fix 1 NM"
)
_AS_VISUAL_FIX: Final = f"assumption of this program, as for a visual fix; {_FIX_TABLE}"
_DR_TABLE: Final = (
    "IAMSAR Manual, volume II, dead-reckoning error in parts of the distance: ships and aircraft"
    " with several engines 5 %, small craft 15 %"
)
_ASSUMED: Final = "assumption of this program"


def _error_m(source_kind: str, default: int, source: str) -> Setting:
    return Setting(f"position_error_{source_kind}_m", default, 5, 50_000, source=source)


def _growth(craft: str, default: int, source: str) -> Setting:
    return Setting(f"error_growth_{craft}_m_per_hour", default, 0, 100_000, source=source)


def _speed_kn(craft: str, default: int, source: str) -> Setting:
    return Setting(f"plausible_speed_{craft}_kn", default, 1, 600, source=source)


POSITION_ERROR_M: Final = {
    "unknown": _error_m("unknown", 1852, _AS_VISUAL_FIX),
    "aircraft": _error_m(
        "aircraft", 185, f"{_FIX_TABLE}; that it is over the boat is an {_ASSUMED}"
    ),
    "patrol": _error_m("patrol", 185, f"{_FIX_TABLE}; that it is at the boat is an {_ASSUMED}"),
    "vessel": _error_m("vessel", 1852, _FIX_TABLE),
    "camera": _error_m("camera", 1852, _AS_VISUAL_FIX),
    "radar": _error_m("radar", 1852, _FIX_TABLE),
    "phone": _error_m(
        "phone",
        1852,
        f"{_AS_VISUAL_FIX}. What a telephone sends by itself is within 50 m in nine calls of ten,"
        " its mast within 2.8 km (EENA and BT on Advanced Mobile Location, 2016)",
    ),
    "partner": _error_m("partner", 1852, _AS_VISUAL_FIX),
    "other": _error_m("other", 1852, _AS_VISUAL_FIX),
}
"""Radius of the error circle by who told us, metres; keys are codes of model.codes.SourceKind."""
ERROR_GROWTH: Final = {
    "small_boat": _growth(
        "small_boat",
        1852,
        f"1.0 kn: {_DR_TABLE}; 15 % of 5 kn, and 0.3 (the drift error of the same manual) of a"
        " drift of 2.3 kn, by the root of their squares",
    ),
    "rescue_vessel": _growth("rescue_vessel", 2037, f"1.1 kn, 5 % of 22 kn: {_DR_TABLE}"),
    "aircraft": _growth("aircraft", 11_112, f"6 kn, 5 % of 120 kn: {_DR_TABLE}"),
    "merchant": _growth("merchant", 1667, f"0.9 kn, 5 % of 18 kn: {_DR_TABLE}"),
    "other": _growth("other", 1852, f"{_ASSUMED}: as for a small boat"),
}
"""How an error circle grows while a craft keeps course and speed unheard of, metres an hour;
keys are codes of model.codes.Craft."""
ERROR_GROWTH_ADRIFT: Final = _growth(
    "adrift",
    5556,
    f"3 kn, {_ASSUMED}: a spring stream of the Strait of Dover with some leeway; an inflatable in"
    " 1.9 kn of stream and 14 kn of wind at 4 % leeway makes 2.3 kn",
)
"""How the circle of a stopped boat grows, metres an hour: nobody has said where it drifts."""
PLAUSIBLE_SPEED_KN: Final = {
    "small_boat": _speed_kn(
        "small_boat",
        12,
        f"{_ASSUMED}: laden inflatables make 4 to 6 kn; twice that for one with few aboard",
    ),
    "rescue_vessel": _speed_kn(
        "rescue_vessel", 40, f"{_ASSUMED}: all-weather lifeboats make 25 kn (RNLI), some boats more"
    ),
    "aircraft": _speed_kn("aircraft", 250, f"{_ASSUMED}: above rescue helicopters and patrols"),
    "merchant": _speed_kn("merchant", 40, f"{_ASSUMED}: the fastest ferries"),
    "other": _speed_kn("other", 40, f"{_ASSUMED}: nothing is known of it"),
}
"""What a craft can make over the ground, knots; keys are codes of model.codes.Craft."""
PLAUSIBLE_SPEED_FAST_BOAT_KN: Final = _speed_kn(
    "fast_boat", 40, f"{_ASSUMED}: what a lightly laden RHIB or a jet ski makes"
)
"""The same for a small boat that was called a RHIB or a jet ski."""
CONTACT_INTERVAL_MIN: Final = Setting(
    "contact_interval_min", 30, 1, 1440, source=f"{_ASSUMED}: half an hour"
)
"""Minutes after which a boat or an asset that says nothing is overdue."""
CONTACT_ADRIFT_MIN: Final = Setting(
    "contact_adrift_min", 15, 1, 1440, source=f"{_ASSUMED}: a quarter of an hour"
)
"""The same for a boat that is adrift or in distress."""
APPROACH_DISTANCE_M: Final = Setting(
    "approach_distance_m",
    1852,
    50,
    20_000,
    source=f"{_ASSUMED}: 1 NM, as much as one of the two positions may be off",
)
"""How close two craft that are watched may come, metres; offered when a watch is begun."""
APPROACH_WITHIN_MIN: Final = Setting(
    "approach_within_min",
    30,
    1,
    360,
    source=f"{_ASSUMED}: time to call a ferry, be understood, and for her to alter course early",
)
"""How long before that somebody is told, minutes; offered when a watch is begun."""
CROSSING_WARNING_MIN: Final = Setting(
    "crossing_warning_min",
    60,
    5,
    360,
    source=f"{_ASSUMED}: time for both desks to agree who has the boat",
)
"""How long before a boat is reckoned to cross a limit of waters the desk is told, minutes."""
LEEWAY_PERCENT: Final = Setting(
    "leeway_percent",
    4,
    0,
    100,
    source=f"{_ASSUMED}: an open boat of 5.5 m made 3.65 % of the wind at 10 m (Allen and"
    " Fitzgerald, The Leeway of an Open Boat and Three Life Rafts in Heavy Weather, US Coast"
    " Guard, 1997); an inflatable draws less water",
)
"""Of the wind's speed that a boat without way makes down the wind; offered, to be confirmed."""
ALERT_SOUND: Final = Setting("alert_sound", "on", choices=("on", "off"))
"""Whether alerts that nobody sees to are heard."""
PALETTE: Final = Setting("palette", "day", choices=("day", "dusk", "night"))
"""In what light the desk is: a code of ui.theme.Look and of chart.palette.PALETTES."""
BACKUP_FOLDER: Final = Setting("backup_folder", "")
"""A second folder for backups, on another disk if possible; empty for none."""
MARKINGS: Final = Setting("markings", "OFFICIAL; OFFICIAL-SENSITIVE; DIFFUSION RESTREINTE")
"""What may stand at head and foot of a sheet, semicolons between; never translated."""
MARKINGS_APART: Final = ";"

SETTINGS: Final = (
    OPERATOR,
    WATCH_BEGAN,
    TEXT_SCALE_PERCENT,
    POSITION_NOTATION,
    REPORT_LANGUAGE,
    *POSITION_ERROR_M.values(),
    *ERROR_GROWTH.values(),
    ERROR_GROWTH_ADRIFT,
    *PLAUSIBLE_SPEED_KN.values(),
    PLAUSIBLE_SPEED_FAST_BOAT_KN,
    CONTACT_INTERVAL_MIN,
    CONTACT_ADRIFT_MIN,
    APPROACH_DISTANCE_M,
    APPROACH_WITHIN_MIN,
    CROSSING_WARNING_MIN,
    LEEWAY_PERCENT,
    ALERT_SOUND,
    PALETTE,
    BACKUP_FOLDER,
    MARKINGS,
)


def config_folder() -> Path:
    """Return the folder of settings.json and state.json; it need not exist."""
    return Path(platformdirs.user_config_dir(APP_NAME, appauthor=False))


def data_folder() -> Path:
    """Return the folder of the example plot's copy; it need not exist."""
    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def working_folder() -> Path:
    """Return the folder of the local copies of plots that are published elsewhere."""
    return data_folder() / "working"


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
        writer = f"{os.getpid()}-{threading.get_ident()}"
        draft = self._path.with_name(f"{self._path.name}.{writer}.part")
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

    def watch(self) -> Watch | None:
        """Return the watch that was taken last, None if none was or its time can't be read."""
        name = str(self.value(OPERATOR))
        try:
            began_at = datetime.fromisoformat(str(self.value(WATCH_BEGAN)))
        except ValueError:
            return None
        return Watch(name, began_at) if name and began_at.tzinfo is not None else None

    def begin_watch(self, watch: Watch) -> None:
        """Keep who took the watch, and when. Raises OSError if not kept."""
        began_at = watch.began_at_utc.isoformat()
        self._file.put({OPERATOR.key: watch.name, WATCH_BEGAN.key: began_at})

    def operator(self, now_utc: datetime) -> str:
        """Return under which name acts are: who has the watch, the login name if it is over."""
        watch = self.watch()
        return watch.name if watch is not None and watch.lasts(now_utc) else login_name()

    def backup_folder(self) -> Path | None:
        """Return the second folder for backups, None if none was chosen."""
        chosen = str(self.value(BACKUP_FOLDER))
        return Path(chosen) if chosen else None

    def text_scale(self) -> float:
        """Return the factor by which texts are larger than usual."""
        return int(self.value(TEXT_SCALE_PERCENT)) / 100.0
