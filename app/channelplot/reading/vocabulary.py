"""Words of both languages for sources, craft and kinds of report; accents and case do not count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from channelplot.model.codes import BoatType, Craft, ReportKind, SourceKind
from channelplot.reading.candidate import Scan
from channelplot.reading.values import Span

_C = TypeVar("_C", BoatType, Craft, ReportKind, SourceKind)
Phrases = Mapping[str, _C]


def _phrases(words: Mapping[_C, str]) -> Mapping[str, _C]:
    """Return the code of each phrase; phrases stand apart by commas, in any number of lines."""
    return {
        " ".join(phrase.split()): code
        for code, phrases in words.items()
        for phrase in phrases.split(",")
    }


SOURCES: Final = _phrases(
    {
        SourceKind.AIRCRAFT: """
            aircraft, plane, airplane, helicopter, helo, heli, drone, uav, rpas, avion, aeronef,
            helicoptere, helico, patrouille aerienne""",
        SourceKind.CAMERA: """
            camera, cameras, cctv, video, webcam, videosurveillance, thermal camera,
            camera thermique""",
        SourceKind.RADAR: "radar, vts",
        SourceKind.PHONE: """
            phone, phone call, telephone, telephone call, call, caller, 999, sms, whatsapp, mobile,
            appel, appel telephonique, appelant""",
        SourceKind.PATROL: """
            patrol, patrol boat, police, border force, customs, lifeboat, rnli, warship,
            patrouille, patrouilleur, gendarmerie, gendarmes, police aux frontieres, douane,
            douanes, snsm""",
        SourceKind.VESSEL: """
            vessel, ship, merchant, merchant ship, merchant vessel, cargo ship, ferry, tanker,
            trawler, fishing vessel, fishing boat, yacht, cargo, container ship, bulk carrier, tug,
            ais, navire, navire marchand, navire de commerce, chalutier, pecheur, bateau de peche,
            remorqueur, voilier""",
        SourceKind.PARTNER: """
            partner, coastguard, coast guard, hmcg, navy, ngo, alarm phone, mrcc, jrcc, mrsc,
            partenaire, garde cotes, cross, semaphore, prefecture maritime, premar,
            marine nationale, ong""",
    }
)
_GENERIC_SOURCES: Final = frozenset(
    _phrases(
        {
            SourceKind.UNKNOWN: """
                aircraft, plane, helicopter, helo, drone, camera, cctv, video, radar, phone,
                phone call, telephone, telephone call, call, caller, patrol, vessel, ship,
                merchant, merchant ship, merchant vessel, ferry, ais, partner, avion, helicoptere,
                appel, patrouille, navire, partenaire"""
        }
    )
)
"""They say no more than their kind does."""
_STRONGEST: Final = (
    SourceKind.AIRCRAFT,
    SourceKind.CAMERA,
    SourceKind.RADAR,
    SourceKind.PHONE,
    SourceKind.PATROL,
    SourceKind.VESSEL,
    SourceKind.PARTNER,
)
"""Of words side by side the first of these says what kind of source it is: coastguard aircraft."""

CRAFT: Final = _phrases(
    {
        Craft.SMALL_BOAT: """
            small boat, small boats, inflatable, dinghy, dinghies, rib, rhib, zodiac, kayak,
            kayaks, canoe, raft, taxi boat, pneumatique, semi rigide, canot, canot pneumatique,
            bateau pneumatique, embarcation, petite embarcation, petit bateau"""
    }
)
NEW_CRAFT: Final[Mapping[str, Craft]] = {
    **CRAFT,
    **{craft.value.replace("_", " "): craft for craft in Craft},
    **_phrases(
        {
            Craft.RESCUE_VESSEL: """
                rescue vessel, rescue, lifeboat, cutter, patrol boat, patrol vessel, tug, rnli,
                snsm, canot de sauvetage, navire de sauvetage, vedette, patrouilleur,
                remorqueur""",
            Craft.AIRCRAFT: "helicopter, plane, drone, avion, helicoptere, aeronef",
            Craft.MERCHANT_VESSEL: """
                merchant vessel, merchant ship, ferry, tanker, cargo, ship, container ship,
                bulk carrier, navire, navire marchand, navire de commerce""",
        }
    ),
}
"""What may stand after ``new``: codes and words."""

BOAT_TYPES: Final = _phrases(
    {
        BoatType.INFLATABLE: """
            inflatable, inflatables, dinghy, dinghies, rubber boat, rubber dinghy, zodiac,
            pneumatique, gonflable""",
        BoatType.RHIB: """
            rib, rhib, rigid inflatable, rigid hull inflatable, rigid hulled inflatable,
            hard hulled inflatable, semi rigide, semi rigide pneumatique,
            pneumatique semi rigide, zodiac semi rigide""",
        BoatType.RIGID: """
            wooden boat, wooden dinghy, wooden hull, wooden hulled, fishing boat, hard hull,
            hard hulled, hardhulled, rigid boat, rigid hull, rigid hulled, aluminium boat,
            metal boat, steel boat, fibreglass boat, coque rigide, coque dure, coque en bois,
            bateau en bois, bateau de peche, barque""",
        BoatType.KAYAK: "kayak, kayaks, canoe, canoes",
        BoatType.SAIL: """
            sailing boat, sailing dinghy, sailing yacht, sailboat, sail boat, yacht, voilier,
            bateau a voile""",
        BoatType.JET_SKI: """
            jet ski, jet skis, jetski, jetskis, scooter des mers, scooter de mer,
            scooter nautique""",
    }
)
"""What boats look like. Some of the words stand for who told us, too: a yacht."""

KINDS: Final = _phrases(
    {
        ReportKind.LAUNCH: """
            launched, launching, launch, departed from, mise a l eau,
            mis a l eau, mises a l eau, depart de, depart du, parti de, partis de, parti du,
            partis du""",
        ReportKind.LANDING: """
            landed, landing at, landing on, landing of, beached, debarque, debarques, debarquee,
            debarquees, debarquement""",
        ReportKind.PREVENTED: """
            prevented, prevented attempt, attempt prevented, prevented ashore, prevented departure,
            prevented launch, launch prevented, departure prevented, empeche, empechee,
            tentative empechee, depart empeche, empeche a terre, tentative dejouee,
            mise a l eau empechee""",
        ReportKind.EVENT: """
            event ashore, incident ashore, public order, ordre public, trouble a l ordre public,
            evenement a terre""",
    }
)
MOST_WORDS: Final = 5
"""No phrase has more; a test counts them."""
_NOT: Final = frozenset(
    {
        "NOT", "NO", "NON", "PAS", "UNTIL", "LIFEBOAT", "CUTTER", "HELICOPTER", "HELO", "RNLI",
        "SNSM", "AIRCRAFT",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found(Generic[_C]):
    """A phrase of a vocabulary in a line, tokens first up to last."""

    code: _C
    phrase: str
    first: int
    last: int
    span: Span


def phrases_in(
    scan: Scan, vocabulary: Phrases[_C], *, also_taken: bool = False
) -> Iterator[Found[_C]]:
    """Yield the longest phrases of a vocabulary, in the order of the line.

    Words may be joined by a hyphen or an apostrophe. A phrase after "not" or "pas" does not
    count. also_taken: look at what has been read as something else too.
    """
    tokens = scan.tokens
    most = MOST_WORDS
    at = 0
    while at < len(tokens):
        words: list[str] = []
        best: Found[_C] | None = None
        last = at
        while last < len(tokens) and len(words) < most and (also_taken or scan.is_free(last)):
            token = tokens[last]
            if token.text in "-'_" and words:
                last += 1
                continue
            if not (token.text.isalpha() or token.is_whole):
                break
            words.append(token.text.lower())
            last += 1
            phrase = " ".join(words)
            if phrase in vocabulary:
                span = Span(tokens[at].start, token.end)
                best = Found(vocabulary[phrase], phrase, at, last, span)
        if best is None or (at > 0 and tokens[at - 1].text in _NOT):
            at += 1
        else:
            yield best
            at = best.last


@dataclass(frozen=True, slots=True)
class Source:
    """Who told us, and the words for it if they say more than its kind."""

    kind: SourceKind
    name: str
    span: Span


def _is_sign(scan: Scan, index: int) -> bool:
    """Return whether the word there makes a call sign of the call before it."""
    return index < len(scan.tokens) and scan.tokens[index].text == "SIGN"


def _end_of_call_sign(scan: Scan, end: int) -> int:
    """Return where the call sign ends that words up to a token begin: ``PATROL-FR-2``.

    It ends in a figure and is glued together by hyphens; otherwise the words stand alone.
    """
    tokens, at = scan.tokens, end
    while scan.is_glued(at - 1) and scan.is_glued(at) and tokens[at].text == "-":
        if not (scan.is_free(at + 1) and tokens[at + 1].text.isalnum()):
            break
        at += 2
    goes_on = scan.is_glued(at - 1) and tokens[at].text.isalnum()
    return at if tokens[at - 1].is_whole and not goes_on else end


def read_source(scan: Scan) -> Source | None:
    """Return the first source of a line; words for sources side by side are one.

    A call sign that begins with such a word is the source's name.
    """
    run: list[Found[SourceKind]] = []
    for found in phrases_in(scan, SOURCES):
        if found.phrase == "call" and _is_sign(scan, found.last):
            continue
        if run and found.first != run[-1].last:
            break
        run.append(found)
    if not run:
        return None
    end = _end_of_call_sign(scan, run[-1].last)
    span = Span(run[0].span.start, scan.tokens[end - 1].end)
    kinds = {found.code for found in run}
    kind = next(kind for kind in _STRONGEST if kind in kinds)
    is_call_sign = end > run[-1].last
    is_name = len(run) > 1 or is_call_sign or run[0].phrase not in _GENERIC_SOURCES
    return Source(kind, " ".join(scan.line.piece(span).split()) if is_name else "", span)
