"""The desk's figures: error circles, plausible speeds, intervals, limits of alerts, the sound."""

from datetime import timedelta

from channelplot.analysis.error_circle import ErrorModel, error_model
from channelplot.analysis.overdue import UsualIntervals
from channelplot.document.notice import Notice
from channelplot.settings import (
    ALERT_SOUND,
    CONTACT_ADRIFT_MIN,
    CONTACT_INTERVAL_MIN,
    CROSSING_WARNING_MIN,
    Setting,
    Settings,
)


class Figures:
    """The settings as they hold now, for all that reckon with them. Announces changed.

    Whatever needs the error model asks here each time, so that another figure counts at once.
    """

    def __init__(self, settings: Settings) -> None:
        """Start with what was chosen last time."""
        self.changed = Notice[Setting]()
        self._settings = settings
        self._model: ErrorModel | None = None

    @property
    def error_model(self) -> ErrorModel:
        """Return how far positions may be off and what speeds are plausible."""
        if self._model is None:
            self._model = error_model(self._settings.value)
        return self._model

    @property
    def usual_interval_min(self) -> int:
        """Return the minutes between contacts for craft without an interval of their own."""
        return int(self._settings.value(CONTACT_INTERVAL_MIN))

    @property
    def usual_intervals(self) -> UsualIntervals:
        """Return the same, and the minutes for craft that are adrift or in distress."""
        adrift_min = int(self._settings.value(CONTACT_ADRIFT_MIN))
        return UsualIntervals(self.usual_interval_min, adrift_min)

    @property
    def crossing_warning(self) -> timedelta:
        """Return how long before a boat is reckoned to cross a limit of waters one is told."""
        return timedelta(minutes=int(self._settings.value(CROSSING_WARNING_MIN)))

    @property
    def is_sound_on(self) -> bool:
        """Return whether alerts that nobody sees to are to be heard."""
        return self._settings.value(ALERT_SOUND) == "on"

    def value(self, setting: Setting) -> str | int:
        """Return what was chosen for a setting, else its default."""
        return self._settings.value(setting)

    def choose(self, setting: Setting, value: str | int) -> None:
        """Let a choice count from now on, and announce it if it is another one.

        Raises SettingsError if it is out of range, OSError if it can't be kept: it counts all
        the same until the program ends.
        """
        if setting.checked(value) == self._settings.value(setting):
            return
        try:
            self._settings.choose(setting, value)
        finally:
            self._model = None
            self.changed.announce(setting)
