"""Codes that only the watch log words; those that the chart shows too: ``chart/wording.py``."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.model.codes import AlertCode, CountBasis, LimitPurpose, ReckoningRule

_BASES: Final[Mapping[CountBasis, object]] = {
    CountBasis.REPORTED: QT_TRANSLATE_NOOP("WatchLog", "reported"),
    CountBasis.COUNTED: QT_TRANSLATE_NOOP("WatchLog", "counted"),
}
_ALERTS: Final[Mapping[AlertCode, object]] = {
    AlertCode.OVERDUE: QT_TRANSLATE_NOOP("WatchLog", "overdue"),
    AlertCode.CLOSED_UNACCOUNTED: QT_TRANSLATE_NOOP(
        "WatchLog", "closed with people unaccounted for"
    ),
    AlertCode.CLOSEST_APPROACH: QT_TRANSLATE_NOOP("WatchLog", "coming close to each other"),
    AlertCode.WATERS_AHEAD: QT_TRANSLATE_NOOP("WatchLog", "about to cross a limit of waters"),
}
_RULES: Final[Mapping[ReckoningRule, object]] = {
    ReckoningRule.MADE_GOOD: QT_TRANSLATE_NOOP("WatchLog", "by course and speed made good"),
    ReckoningRule.REPORTED: QT_TRANSLATE_NOOP("WatchLog", "by course and speed as reported"),
    ReckoningRule.STATED: QT_TRANSLATE_NOOP("WatchLog", "by course and speed as stated"),
    ReckoningRule.DRIFT: QT_TRANSLATE_NOOP("WatchLog", "by its drift"),
    ReckoningRule.STOPPED: QT_TRANSLATE_NOOP("WatchLog", "as stopped"),
    ReckoningRule.LAST_FIX: QT_TRANSLATE_NOOP("WatchLog", "by its last fix"),
}
_PURPOSES: Final[Mapping[LimitPurpose, object]] = {
    LimitPurpose.WATERS: QT_TRANSLATE_NOOP("WatchLog", "waters"),
    LimitPurpose.SAR_REGION: QT_TRANSLATE_NOOP("WatchLog", "search and rescue region"),
}


def alert_word(alert: AlertCode) -> str:
    """Return the word for what an alert is about: ``overdue``."""
    return _worded(_ALERTS[alert])


def basis_word(basis: CountBasis) -> str:
    """Return whether people were told of or counted: ``counted``."""
    return _worded(_BASES[basis])


def rule_words(rule: ReckoningRule) -> str:
    """Return by what a craft was reckoned: ``by course and speed made good``."""
    return _worded(_RULES[rule])


def purpose_words(purpose: LimitPurpose) -> str:
    """Return what a limit parts: ``waters``."""
    return _worded(_PURPOSES[purpose])


def _worded(marked: object) -> str:
    return QCoreApplication.translate("WatchLog", str(marked))
