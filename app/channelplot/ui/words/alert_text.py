"""The words for alerts and next contacts: ``A: no contact for 47 min, due 0327Z``.

What is read out of an alert is in ``spoken_text.py``.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from channelplot.analysis.ahead import ApproachAhead
from channelplot.analysis.alerts import Alert
from channelplot.analysis.closest_approach import Approaching
from channelplot.analysis.error_circle import ErrorModel
from channelplot.analysis.ledger import ledger_of
from channelplot.analysis.overdue import Contact
from channelplot.chart.urgency import Urgency
from channelplot.chart.wording import status_text
from channelplot.geodesy.text import date_time_group, distance_text, duration_text
from channelplot.model.codes import AlertCode
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from channelplot.tools.lookout import Lookout
from channelplot.ui.words.account_text import as_subject, unaccounted_text
from channelplot.ui.words.spoken_text import SpokenText, crossing_text, warning_text
from channelplot.ui.words.time_text import time_text
from channelplot.ui.words.waters_text import waters_of_text, worth_text

_DAYS_FROM_S: Final = 48 * 3600.0
"""A silence as long as this is told in days."""
_NOW_S: Final = 60.0
"""What comes within a minute is now."""


def urgency_of(alert: Alert) -> Urgency:
    """Return in which shape an alert shows."""
    if alert.acknowledgement is not None:
        return Urgency.SEEN
    return Urgency.URGENT if alert.is_urgent else Urgency.STANDING


def alert_text(alert: Alert, plot: Plot, lookout: Lookout) -> str:
    """Return what wants attention, in one sentence; nothing once its track is gone."""
    if alert.approach is not None:
        return _approach_text(alert.approach, plot, lookout)
    track = plot.tracks.get(alert.entity_uid)
    return "" if track is None else _WORDINGS[alert.code](alert, track, lookout)


def spoken_text(alert: Alert, plot: Plot, model: ErrorModel) -> SpokenText | None:
    """Return what is read out of an alert, None where there is nothing to tell anybody."""
    if alert.approach is not None:
        return warning_text(alert.approach, model)
    if alert.crossing is not None:
        return crossing_text(*alert.crossing, plot, model)
    return None


def standing_text(alert: Alert, lookout: Lookout) -> str:
    """Return how urgent an alert is, since when, and who has seen it: a second line."""

    def told(words: str) -> str:
        seen = alert.acknowledgement
        return words.format(
            since=time_text(alert.raised_at_utc, lambda: lookout.now_utc),
            at=time_text(seen.at_utc, lambda: lookout.now_utc) if seen else "",
            by=seen.by if seen else "",
        )

    tr = QCoreApplication.translate
    if alert.code is not AlertCode.OVERDUE:
        if alert.acknowledgement is not None:
            return told(tr("Alerts", "Acknowledged {at} by {by}; since {since}"))
        if alert.is_urgent:
            return told(tr("Alerts", "Urgent: since {since}, not acknowledged"))
        return told(tr("Alerts", "Since {since}, not acknowledged"))
    if alert.acknowledgement is not None:
        return told(tr("Alerts", "Acknowledged {at} by {by}; overdue since {since}"))
    if alert.is_urgent:
        return told(tr("Alerts", "Urgent: overdue since {since}, not acknowledged"))
    return told(tr("Alerts", "Overdue since {since}, not acknowledged"))


def silence_text(seconds: float) -> str:
    """Return how long nothing was heard: ``47 min``, ``2 h 07``, ``3 days``."""
    if seconds < _DAYS_FROM_S:
        return duration_text(seconds)
    days = QCoreApplication.translate("Alerts", "{number} days")
    return days.format(number=int(seconds // 86400))


def next_contact_text(contact: Contact | None, lookout: Lookout) -> str:
    """Return when the next contact is due, ``0327Z``, or how long it is overdue, ``+12 min``."""
    if contact is None:
        return ""
    if not contact.is_overdue:
        return time_text(contact.due_at_utc, lambda: lookout.now_utc)
    if contact.overdue_s < _DAYS_FROM_S:
        return f"+{silence_text(contact.overdue_s)}"
    days = QCoreApplication.translate("Alerts", "+{number} d")
    return days.format(number=int(contact.overdue_s // 86400))


def next_contact_tip(contact: Contact | None, lookout: Lookout) -> str:
    """Return the same in a sentence, with the date."""
    if contact is None:
        return ""
    tr = QCoreApplication.translate
    if not contact.is_overdue:
        words = tr("Alerts", "Next contact due {due}")
        return words.format(due=date_time_group(contact.due_at_utc))
    due_utc = lookout.due_utc(contact)
    text = tr("Alerts", "Contact was due {due}").format(due=date_time_group(due_utc))
    if contact.acknowledged is not None:
        seen = tr("Alerts", "Acknowledged by {by}; raised again {due}")
        by, due = contact.acknowledged.by, date_time_group(contact.due_at_utc)
        text = f"{text}\n{seen.format(by=by, due=due)}"
    return text


def contact_urgency(contact: Contact | None) -> Urgency | None:
    """Return the shape that stands beside a contact that is overdue, None for the others."""
    if contact is None or not contact.is_overdue:
        return None
    if contact.acknowledged is not None:
        return Urgency.SEEN
    return Urgency.URGENT if contact.is_twice else Urgency.STANDING


def _overdue_text(alert: Alert, track: Track, lookout: Lookout) -> str:
    del alert  # the contact says it all
    contact = lookout.contact(track)
    if contact is None:
        return ""
    now_utc = lookout.now_utc
    words = QCoreApplication.translate("Alerts", "{name}: no contact for {duration}, due {due}")
    return words.format(
        name=track.name,
        duration=silence_text((now_utc - contact.last_utc).total_seconds()),
        due=time_text(lookout.due_utc(contact), lambda: now_utc),
    )


def _closed_unaccounted_text(alert: Alert, track: Track, lookout: Lookout) -> str:
    del alert, lookout  # the time does not matter
    ledger = ledger_of(track)
    is_one = (ledger.unaccounted or ledger.unaccounted_children) == 1
    tr = QCoreApplication.translate
    words = (
        tr("Alerts", "{name} is closed as {status}, but {people} is unaccounted for")
        if is_one
        else tr("Alerts", "{name} is closed as {status}, but {people} are unaccounted for")
    )
    return words.format(
        name=track.name,
        status=status_text(track.status),
        people=as_subject(unaccounted_text(ledger)),
    )


def _waters_text(alert: Alert, track: Track, lookout: Lookout) -> str:
    assert alert.crossing is not None, "an alert of waters ahead has its crossing"
    craft, change = alert.crossing
    tr = QCoreApplication.translate
    words = tr("Alerts", "{name}: into {waters} {at} ({wait}), predicted, {law}")
    if craft.reckoning.is_motion_unknown:
        words = tr("Alerts", "{name}, if adrift: into {waters} {at} ({wait}), predicted, {law}")
    elif craft.is_adrift(change.at_utc):
        words = tr("Alerts", "{name}, adrift: into {waters} {at} ({wait}), predicted, {law}")
    return words.format(
        name=track.name,
        waters=waters_of_text(change.to_state),
        at=time_text(change.at_utc, lambda: lookout.now_utc),
        wait=_wait_text(change.at_utc, lookout),
        law=worth_text(change.is_legal),
    )


def _approach_text(ahead: ApproachAhead, plot: Plot, lookout: Lookout) -> str:
    names = [
        plot.tracks[one.track.uid].name if one.track.uid in plot.tracks else one.track.name
        for one in (ahead.first, ahead.second)
    ]
    approach = ahead.approach
    tr = QCoreApplication.translate
    if ahead.is_parting(lookout.now_utc):
        words = tr("Alerts", "{first} and {second}: {apart} apart, parting")
    elif approach.approaching is Approaching.CLOSING:
        words = tr("Alerts", "{first} and {second}: {apart} apart, closing")
    elif approach.approaching is Approaching.STEADY:
        words = tr("Alerts", "{first} and {second}: {apart} apart, keeping their distance")
    else:
        words = tr("Alerts", "{first} and {second}: closest {distance} at {at} ({wait})")
    return words.format(
        first=names[0],
        second=names[1],
        distance=distance_text(approach.closest.distance_m),
        apart=distance_text(approach.now.distance_m),
        at=time_text(approach.closest.at_utc, lambda: lookout.now_utc),
        wait=_wait_text(approach.closest.at_utc, lookout),
    )


def _wait_text(moment_utc: datetime, lookout: Lookout) -> str:
    """Return how long it is until a time: ``in 25 min``, ``now``.

    In whole minutes from the minute that the clock shows, as forms and panels count.
    """
    tr = QCoreApplication.translate
    minute_utc = lookout.now_utc.replace(second=0, microsecond=0)
    wait_s = (moment_utc - minute_utc).total_seconds()
    if wait_s < _NOW_S:
        return tr("Alerts", "now")
    return tr("Alerts", "in {duration}").format(duration=duration_text(wait_s))


_WORDINGS: Final[Mapping[AlertCode, Callable[[Alert, Track, Lookout], str]]] = {
    AlertCode.OVERDUE: _overdue_text,
    AlertCode.CLOSED_UNACCOUNTED: _closed_unaccounted_text,
    AlertCode.WATERS_AHEAD: _waters_text,
}
"""What each kind of alert says of its track; another kind has its line here."""
