"""A choice that is made at the desk, kept in the settings and followed wherever it shows."""

import contextlib
from collections.abc import Callable
from enum import StrEnum
from typing import Generic, TypeVar

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from channelplot.document.notice import Notice
from channelplot.settings import Setting, Settings

E = TypeVar("E", bound=StrEnum)


class Preference(Generic[E]):
    """One of a few codes, as the settings have it. Announces changed with the new one."""

    def __init__(self, settings: Settings, setting: Setting, codes: type[E]) -> None:
        """Start with what was chosen last time. codes: all that the setting can be."""
        self.changed = Notice[E]()
        self._settings = settings
        self._setting = setting
        self._codes = codes
        self._current = codes(str(settings.value(setting)))

    @property
    def current(self) -> E:
        """Return what holds now."""
        return self._current

    @property
    def codes(self) -> tuple[E, ...]:
        """Return all there are, in the order they follow one another."""
        return tuple(self._codes)

    def choose(self, code: E) -> None:
        """Keep a choice and announce it if it is another one."""
        if code is self._current:
            return
        self._current = code
        with contextlib.suppress(OSError):  # only the choice for next time is lost
            self._settings.choose(self._setting, code.value)
        self.changed.announce(code)

    def cycle(self) -> None:
        """Choose the one that comes next, after the last one the first."""
        codes = self.codes
        self.choose(codes[(codes.index(self._current) + 1) % len(codes)])


def preference_menu(
    title: str, parent: QWidget, preference: Preference[E], text_of: Callable[[E], str]
) -> QMenu:
    """Return a menu in which the choice is ticked, and made."""
    menu = QMenu(title, parent)
    group = QActionGroup(menu)
    actions = {}
    for code in preference.codes:
        action = menu.addAction(text_of(code))
        action.setCheckable(True)
        action.setActionGroup(group)
        action.triggered.connect(lambda _=False, code=code: preference.choose(code))
        actions[code] = action
    actions[preference.current].setChecked(True)
    preference.changed.connect(lambda code: actions[code].setChecked(True))
    return menu
