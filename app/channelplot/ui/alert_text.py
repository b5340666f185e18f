"""The words for alerts and next contacts: ``A: no contact for 47 min, due 0327Z``."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication

from channelplot.analysis.alerts import Alert
from channelplot.analysis.ledger import ledger_of
from channelplot.analysis.overdue import Contact
from channelplot.chart.urgency import Urgency
from channelplot.chart.wording import status_text
from channelplot.geodesy.text import date_time_group, duration_text
from channelplot.model.codes import AlertCode
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from channelplot.tools.lookout import Lookout
from channelplot.ui.account_text import as_subject, unaccounted_text
from channelplot.ui.time_text import time_text

_DAYS_FROM_S: Final = 48 * 3600.0
"""A silence as long as this is told in days."""


def urgency_of(alert: Alert) -> Urgency:
    """Return in which shape an alert shows."""
    if alert.acknowledgement is not None:
        return Urgency.SEEN
    return Urgency.URGENT if alert.is_urgent else Urgency.STANDING


def alert_text(alert: Alert, plot: Plot, lookout: Lookout) -> str:
    """Return what wants attention, in one sentence; nothing once its track is gone."""
    track = plot.tracks.get(alert.entity_uid)
    return "" if track is None else _WORDINGS[alert.code](track, lookout)


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
        return told(tr("Alerts", "Urgent: since {since}, not acknowledged"))
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
    if contact.is_overdue:
        return f"+{silence_text(contact.overdue_s)}"
    return time_text(contact.due_at_utc, lambda: lookout.now_utc)


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


def _overdue_text(track: Track, lookout: Lookout) -> str:
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


def _closed_unaccounted_text(track: Track, lookout: Lookout) -> str:
    del lookout  # the time does not matter
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


_WORDINGS: Final[Mapping[AlertCode, Callable[[Track, Lookout], str]]] = {
    AlertCode.OVERDUE: _overdue_text,
    AlertCode.CLOSED_UNACCOUNTED: _closed_unaccounted_text,
}
"""What each kind of alert says of its track; another kind has its line here."""
