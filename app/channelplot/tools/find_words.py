"""What can be typed to find things: the words of both languages for every code, and for fields.

In small letters without accents, as ``tools/fold.py`` makes every text. What the window shows for
a code is in ``chart/wording.py``.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final, TypeVar

from channelplot.model.codes import BoatType, Craft, ReportKind, SourceKind, TrackStatus

_C = TypeVar("_C", bound=StrEnum)
Names = Mapping[_C, tuple[str, ...]]
"""The names of each code, in both languages."""


def _names(words: Mapping[_C, str]) -> Names[_C]:
    return {code: tuple(name.strip() for name in text.split(",")) for code, text in words.items()}


STATUSES: Final = _names(
    {
        TrackStatus.REPORTED: "reported, signale",
        TrackStatus.CONFIRMED: "confirmed, confirme",
        TrackStatus.UNDER_WAY: "under way, underway, en route",
        TrackStatus.ADRIFT: "adrift, stopped, drifting, a la derive, derive, stoppe",
        TrackStatus.DISTRESS: "distress, in distress, en detresse, detresse",
        TrackStatus.ESCORTED: "escorted, escorte",
        TrackStatus.RESCUED_PART: "rescued part, secouru partiel",
        TrackStatus.RESCUED_ALL: "rescued all, secouru total",
        TrackStatus.LANDED: "landed, debarque",
        TrackStatus.RETURNED: "returned, retourne",
        TrackStatus.PREVENTED: "prevented, prevented ashore, empeche, empeche a terre",
        TrackStatus.LOST_CONTACT: "contact lost, lost contact, contact perdu",
        TrackStatus.SEARCH_SUSPENDED: "search suspended, recherche suspendue",
        TrackStatus.SAME_AS: "same as, merged, doublon",
        TrackStatus.NOT_SMALL_BOAT: "not a small boat, hors objet",
        TrackStatus.CLOSED_UNRESOLVED: "closed unresolved, unresolved, clos non elucide",
    }
)
SOURCES: Final = _names(
    {
        SourceKind.UNKNOWN: "not known, unknown, inconnu",
        SourceKind.AIRCRAFT: "aircraft, plane, helicopter, drone, avion, helicoptere, aeronef",
        SourceKind.PATROL: "patrol, lifeboat, patrouille",
        SourceKind.VESSEL: "ship, vessel, merchant ship, navire",
        SourceKind.CAMERA: "camera, cctv",
        SourceKind.RADAR: "radar",
        SourceKind.PHONE: "phone, telephone, call, appel",
        SourceKind.PARTNER: "partner, partenaire",
        SourceKind.OTHER: "other source, autre source",
    }
)
KINDS: Final = _names(
    {
        ReportKind.POSITION: "position",
        ReportKind.LAUNCH: "launch, depart, mise a l eau",
        ReportKind.LANDING: "landing, debarquement",
        ReportKind.PREVENTED: "prevented attempt, prevented, tentative empechee, empeche",
        ReportKind.EVENT: "event ashore, event, evenement a terre",
    }
)
CRAFT: Final = _names(
    {
        Craft.SMALL_BOAT: "small boat, petite embarcation",
        Craft.RESCUE_VESSEL: "rescue vessel, navire de sauvetage",
        Craft.AIRCRAFT: "aircraft, aeronef",
        Craft.MERCHANT_VESSEL: "merchant vessel, navire marchand",
        Craft.OTHER: "other craft, autre",
    }
)
BOAT_TYPES: Final = _names(
    {
        BoatType.INFLATABLE: "inflatable, dinghy, pneumatique",
        BoatType.RHIB: "rhib, rib, semi rigide",
        BoatType.RIGID: "rigid hull, coque rigide",
        BoatType.KAYAK: "kayak, canoe",
        BoatType.SAIL: "under sail, sailing boat, voilier",
        BoatType.JET_SKI: "jet ski, scooter des mers",
        BoatType.OTHER: "other type, autre type",
    }
)


class Key(StrEnum):
    """What can stand before a colon."""

    STATUS = "status"
    SOURCE = "source"
    KIND = "kind"
    CRAFT = "craft"
    TYPE = "type"
    GRADE = "grade"
    BOAT = "boat"
    CALLER = "caller"
    TIME = "time"


KEYS: Final[Mapping[str, Key]] = {
    name: key
    for key, names in {
        Key.STATUS: "status statut etat",
        Key.SOURCE: "source",
        Key.KIND: "kind nature genre",
        Key.CRAFT: "craft engin",
        Key.TYPE: "type",
        Key.GRADE: "grade cote cotation",
        Key.BOAT: "boat track bateau piste",
        Key.CALLER: "caller tel phone telephone appelant",
        Key.TIME: "time heure",
    }.items()
    for name in names.split()
}
"""The keys by every word that may be typed for them."""


class Part(StrEnum):
    """A number of people: all of them, or some, as ``PeopleCount`` names it."""

    TOTAL = "total"
    MEN = "men"
    WOMEN = "women"
    CHILDREN = "children"
    MEDICAL = "medical"
    DECEASED = "deceased"
    MISSING = "missing"


_PARTS: Final = _names(
    {
        Part.TOTAL: "people, person, persons, pob, pax, personnes, personne, gens",
        Part.MEN: "men, man, hommes, homme",
        Part.WOMEN: "women, woman, femmes, femme",
        Part.CHILDREN: "children, child, enfants, enfant, minors, mineurs",
        Part.MEDICAL: "medical, injured, blesses",
        Part.DECEASED: "deceased, dead, morts, decedes",
        Part.MISSING: "missing, disparus",
    }
)
PARTS: Final[Mapping[str, Part]] = {n: part for part, names in _PARTS.items() for n in names}
"""The numbers of people by every word that may be typed for them."""
OPEN: Final = frozenset(["open", "ouvert", "ouverte", "ouverts", "ouvertes"])
CLOSED: Final = frozenset(["closed", "clos", "ferme", "fermee", "fermes", "fermees"])
UNATTRIBUTED: Final = (
    "unattributed", "no boat", "no track", "sans bateau", "sans piste", "non attribue",
    "non attribues",
)  # fmt: skip


def all_names(names: Iterable[str]) -> str:
    """Return every word of some names once, with blanks between."""
    return " ".join(dict.fromkeys(word for name in names for word in name.split()))


def part_names(part: Part) -> tuple[str, ...]:
    """Return the words for a number of people."""
    return _PARTS[part]
