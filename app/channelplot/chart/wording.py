"""The words for the codes of a plot, in the operator's language.

Chart, snapshot and window all show them, so they stand here once. What a code means is
in ``model/codes.py``; errors and refusals are worded in ``ui/words/messages.py``.
"""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from channelplot.analysis.whose_waters import NO_STATE
from channelplot.chart.language import in_each, in_each_language, translate
from channelplot.model.codes import (
    BoatType,
    CountBasis,
    Craft,
    MarkKind,
    ReportKind,
    SourceKind,
    TrackStatus,
)
from channelplot.model.people import PeopleCount

_STATUSES: Final[Mapping[TrackStatus, object]] = {
    TrackStatus.REPORTED: QT_TRANSLATE_NOOP("Wording", "reported"),
    TrackStatus.CONFIRMED: QT_TRANSLATE_NOOP("Wording", "confirmed"),
    TrackStatus.UNDER_WAY: QT_TRANSLATE_NOOP("Wording", "under way"),
    TrackStatus.ADRIFT: QT_TRANSLATE_NOOP("Wording", "adrift"),
    TrackStatus.DISTRESS: QT_TRANSLATE_NOOP("Wording", "distress"),
    TrackStatus.ESCORTED: QT_TRANSLATE_NOOP("Wording", "escorted"),
    TrackStatus.RESCUED_PART: QT_TRANSLATE_NOOP("Wording", "rescued (part)"),
    TrackStatus.RESCUED_ALL: QT_TRANSLATE_NOOP("Wording", "rescued (all)"),
    TrackStatus.LANDED: QT_TRANSLATE_NOOP("Wording", "landed"),
    TrackStatus.RETURNED: QT_TRANSLATE_NOOP("Wording", "returned"),
    TrackStatus.PREVENTED: QT_TRANSLATE_NOOP("Wording", "prevented"),
    TrackStatus.LOST_CONTACT: QT_TRANSLATE_NOOP("Wording", "contact lost"),
    TrackStatus.SEARCH_SUSPENDED: QT_TRANSLATE_NOOP("Wording", "search suspended"),
    TrackStatus.SAME_AS: QT_TRANSLATE_NOOP("Wording", "same as another"),
    TrackStatus.NOT_SMALL_BOAT: QT_TRANSLATE_NOOP("Wording", "not a small boat"),
    TrackStatus.CLOSED_UNRESOLVED: QT_TRANSLATE_NOOP("Wording", "closed, unresolved"),
}
_CRAFTS: Final[Mapping[Craft, object]] = {
    Craft.SMALL_BOAT: QT_TRANSLATE_NOOP("Wording", "small boat"),
    Craft.RESCUE_VESSEL: QT_TRANSLATE_NOOP("Wording", "rescue vessel"),
    Craft.AIRCRAFT: QT_TRANSLATE_NOOP("Wording", "aircraft"),
    Craft.MERCHANT_VESSEL: QT_TRANSLATE_NOOP("Wording", "merchant vessel"),
    Craft.OTHER: QT_TRANSLATE_NOOP("Wording", "other craft"),
}
_BOAT_TYPES: Final[Mapping[BoatType, object]] = {
    BoatType.INFLATABLE: QT_TRANSLATE_NOOP("Wording", "inflatable"),
    BoatType.RHIB: QT_TRANSLATE_NOOP("Wording", "RHIB"),
    BoatType.RIGID: QT_TRANSLATE_NOOP("Wording", "rigid hull"),
    BoatType.KAYAK: QT_TRANSLATE_NOOP("Wording", "kayak, canoe"),
    BoatType.SAIL: QT_TRANSLATE_NOOP("Wording", "under sail"),
    BoatType.JET_SKI: QT_TRANSLATE_NOOP("Wording", "jet ski"),
    BoatType.OTHER: QT_TRANSLATE_NOOP("Wording", "other type"),
}
_SOURCES: Final[Mapping[SourceKind, object]] = {
    SourceKind.UNKNOWN: QT_TRANSLATE_NOOP("Wording", "not known"),
    SourceKind.AIRCRAFT: QT_TRANSLATE_NOOP("Wording", "aircraft"),
    SourceKind.PATROL: QT_TRANSLATE_NOOP("Wording", "patrol"),
    SourceKind.VESSEL: QT_TRANSLATE_NOOP("Wording", "ship"),
    SourceKind.CAMERA: QT_TRANSLATE_NOOP("Wording", "camera"),
    SourceKind.RADAR: QT_TRANSLATE_NOOP("Wording", "radar"),
    SourceKind.PHONE: QT_TRANSLATE_NOOP("Wording", "phone"),
    SourceKind.PARTNER: QT_TRANSLATE_NOOP("Wording", "partner"),
    SourceKind.OTHER: QT_TRANSLATE_NOOP("Wording", "other source"),
}
_KINDS: Final[Mapping[ReportKind, object]] = {
    ReportKind.POSITION: QT_TRANSLATE_NOOP("Wording", "position"),
    ReportKind.LAUNCH: QT_TRANSLATE_NOOP("Wording", "launch"),
    ReportKind.LANDING: QT_TRANSLATE_NOOP("Wording", "landing"),
    ReportKind.PREVENTED: QT_TRANSLATE_NOOP("Wording", "prevented attempt"),
    ReportKind.EVENT: QT_TRANSLATE_NOOP("Wording", "event"),
}
_MARK_KINDS: Final[Mapping[str, object]] = {
    MarkKind.LIGHT: QT_TRANSLATE_NOOP("Wording", "light"),
    MarkKind.LIGHT_FLOAT: QT_TRANSLATE_NOOP("Wording", "light vessel or float"),
    MarkKind.ENTRANCE: QT_TRANSLATE_NOOP("Wording", "harbour entrance"),
    MarkKind.HEADLAND: QT_TRANSLATE_NOOP("Wording", "headland"),
    MarkKind.BEACON: QT_TRANSLATE_NOOP("Wording", "beacon"),
    MarkKind.BUOY: QT_TRANSLATE_NOOP("Wording", "buoy"),
    MarkKind.OTHER: QT_TRANSLATE_NOOP("Wording", "other mark"),
}


def _worded(marked: object) -> str:
    """Return the translation of a text marked above (Qt types the mark as an object)."""
    return translate("Wording", str(marked))


def status_text(status: TrackStatus) -> str:
    """Return the words for a track's status: ``under way``."""
    return _worded(_STATUSES[status])


@in_each
def status_given_text(status: TrackStatus | None) -> str:
    """Return that a report gives its track a status: ``status: adrift``; "" for none."""
    if status is None:
        return ""
    text = translate("Wording", "status: {status}")
    return text.format(status=status_text(status))


def craft_text(craft: Craft) -> str:
    """Return the words for what a track is a track of: ``small boat``."""
    return _worded(_CRAFTS[craft])


def boat_type_text(boat_type: BoatType) -> str:
    """Return the words for what a boat looks like: ``inflatable``."""
    return _worded(_BOAT_TYPES[boat_type])


def source_text(source: SourceKind) -> str:
    """Return the words for who or what told us: ``ship``."""
    return _worded(_SOURCES[source])


def kind_text(kind: ReportKind) -> str:
    """Return the words for what a report tells of: ``prevented attempt``."""
    return _worded(_KINDS[kind])


def mark_kind_text(kind: str) -> str:
    """Return the words for what a mark is: ``headland``; another program's word as it is."""
    return _worded(_MARK_KINDS[kind]) if kind in _MARK_KINDS else kind


def people_text(people: PeopleCount | None) -> str:
    """Return a number of people for a label: ``47``, ``45 est``; nothing if not said.

    In both languages it stands once, in English: a label has no room for more.
    """
    if people is None or people.total is None:
        return ""
    if people.is_estimate:
        return in_each_language(lambda: translate("Wording", "{total} est"))[0].format(
            total=people.total
        )
    return str(people.total)


@in_each
def people_and_children_text(people: PeopleCount | None) -> str:
    """Return a number of people with its basis and children: ``47 counted, 7 children``.

    Reported numbers stand without a word, since most are: ``55, 10 children``; nothing
    if neither was said.
    """
    text = people_text(people)
    if people is None or not (text or people.children is not None):
        return ""
    if not text:
        text = translate("Wording", "total not said")
    if people.basis is CountBasis.COUNTED:
        text = translate("Wording", "{people} counted").format(people=text)
    if people.children is not None:
        children = (
            translate("Wording", "1 child")
            if people.children == 1
            else translate("Wording", "{number} children")
        )
        text = f"{text}, {children.format(number=people.children)}"
    return text


def state_letters(state: str | None) -> str:
    """Return the letters for whose waters, in narrow places: ``UK``, ``FR``; ``-`` for nobody's."""
    if state is None or state == NO_STATE:
        return "-"
    return "UK" if state == "GB" else state
