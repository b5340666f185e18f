"""A boat that lies stopped: ``stopped``, ``engine stopped``, ``adrift``, ``à la dérive``.

Only what can be said of nothing but the boat of the report, and now, counts. Whatever is denied,
supposed, past or said of another vessel stays words.
"""

import re
from typing import Final

from channelplot.model.codes import SourceKind
from channelplot.reading.candidate import Scan
from channelplot.reading.values import Span
from channelplot.reading.vocabulary import SOURCES

_WORD: Final = r"(?<![A-Z0-9-])(?:{})(?![A-Z0-9-])"
_L: Final = r"\s*'?\s*"
_STILL: Final = re.compile(
    _WORD.format(
        r"(?P<stopped>STOPPED|STOPPEE?S?)"
        r"|(?P<dead>DEAD\s+IN\s+THE\s+WATER)"
        r"|ADRIFT|NOT\s+UNDER\s*WAY|STATIONARY"
        rf"|A\s+L{_L}ARRET|A\s+LA\s+DERIVE|SANS\s+ERRE"
        r"|(?P<engine>MOTEURS?\s+(?:EST\s+|SONT\s+)?ARRETEE?S?)"
    )
)
_REACH: Final = 80
"""As many characters before the words may say of whom they are."""
_CLAUSE: Final = re.compile(
    r"[,;:()!?\"/]|\.(?![0-9])"
    r"|\b(?:REPORTS?|REPORTED|REPORTING|SAYS?|SAID|SIGHTS?|SIGHTED|SEES?|STATES"
    r"|SIGNALE(?:NT)?|DIT|DISENT|INDIQUE(?:NT)?|ANNONCE|VOIT)\b"
)
_VESSELS: Final = "|".join(
    sorted(
        {
            word.upper()
            for phrase, kind in SOURCES.items()
            if kind in {SourceKind.PATROL, SourceKind.VESSEL}
            for word in phrase.split()
        }
        - {"BOAT", "BATEAU", "DE", "AIS", "AUX"}
    )
)
_DENIED: Final = re.compile(
    _WORD.format(
        # denied
        r"NOT?|N|NON|NEVER|PAS|PLUS|JAMAIS|NI|NEITHER|NOR|NONE|AUCUNE?|[A-Z]+N'T|CANNOT|NEGATIVE"
        # supposed
        r"|IF|SI|WHEN|QUAND|UNTIL|UNLESS|MAY|MIGHT|COULD|MAYBE|PERHAPS|POSSIBLY|POSSIBLE|PROBABLY"
        r"|PROBABLE|LIKELY|SEEMS?|APPEARS?|APPARENTLY|PRESUMED|ASSUMED|BELIEVED|UNSURE|UNCLEAR"
        r"|PEUT|ETRE|SEMBLE|SERAIT|PROBABLEMENT|ALMOST|NEARLY|PRESQUE|WHETHER"
        # past or to come
        r"|WAS|WERE|HAD|BEEN|BEFORE|AFTER|EARLIER|PREVIOUSLY|ONCE|ETAIT|ETAIENT|AVAIT|AVAIENT|ETE"
        r"|APRES|BE|WILL|MUST|TOLD|ASKED|ORDERED|SERA|VA"
        # of another, or of one engine of several
        r"|OTHER|ANOTHER|AUTRES?|SECOND|2ND|RESCUE|PILOT|GUARD|SAFETY|SUPPORT|CUTTER|VEDETTE"
        rf"|{_VESSELS}"
        r"|(?:ONE|1|PORT|STARBOARD|UN|BABORD|TRIBORD|AUXILIARY|AUXILIAIRE|SPARE)\s+"
        r"(?:ENGINE|MOTOR|MOTEUR|OUTBOARD)"
    )
)
_NOT_SO: Final = re.compile(r"\bNOT\b[\s,]*$")
"""Not, repeat not, stopped."""
_AUXILIARY: Final = re.compile(
    r"(?:\s*\b(?:IS|ARE|HAS|HAVE|NOW|LYING|STILL|AGAIN|COMPLETELY|ALL|BOTH|FULLY|EST|SONT|A|ONT"
    r"|MAINTENANT|TOUJOURS|ENCORE|ACTUELLEMENT|IT'S|THEY'RE|EN|FOUND|AND|ET)\b)*\s*$"
)
_SUBJECT: Final = re.compile(
    r"(?<![A-Z0-9-])(?:BOAT|BOATS|CRAFT|INFLATABLE|DINGHY|RIB|RHIB|ZODIAC|KAYAK|CANOE|RAFT|TARGET"
    r"|CONTACT|IT|THEY|ENGINES?|MOTORS?|MOTEURS?|OUTBOARDS?|EMBARCATION|BATEAU|CANOT"
    r"|PNEUMATIQUE|SEMI-RIGIDE|CIBLE|ILS?|ELLE|ON\s+BOARD|ABOARD|A\s+BORD)$"
    r"|(?<![A-Z])(?:POB|P\.O\.B\.?|PAX)$"
)
_PEOPLE_BEFORE: Final = re.compile(
    r"(?<![A-Z])(?:PEOPLE|PERSONS|PERSONNES|MIGRANTS|CHILDREN|ENFANTS|CH|PERS\.?)$"
)
_TELLER: Final = re.compile(
    r"(?<![A-Z])(?:PHONE|CALL|CALLER|RADAR|CAMERA|CCTV|AIRCRAFT|HELICOPTER|DRONE|APPEL|AVION)$"
)
"""They tell of a boat adrift; but ``phone stopped``."""
_FIGURE: Final = re.compile(r"(?<![A-Z0-9-])[0-9.,]*[0-9][A-Z+°']?$")
_AFTER_STOPPED: Final = re.compile(
    r"\s*(?:$|[,;:.()/>!\"-]|//"
    r"|(?:NOW|AGAIN|IN|AT|OFF|NEAR|SINCE|WITH|ON|HERE|NEW|DANS|DEPUIS|AVEC|PRES|DEVANT|AU|SUR"
    r"|MAINTENANT|ICI|A|GRADE|COTE)(?![A-Z])"
    r"|(?:AND|ET)\s+(?:TAKING|SINKING|ADRIFT|DRIFTING|DEFLATING|COULE|PREND|A\s+LA\s+DERIVE)\b"
    r"|(?![0-9]+\s*(?:PEOPLE|PERS|MIGRANTS|MEN\b|WOMEN\b|BOATS|INFLATABLES|BATEAUX|TIMES|FOIS))"
    r"[0-9])"
)
_OBJECT: Final = re.compile(r"\s+A\s+(?!LA\b|L'|BORD\b|L\b)[A-Z]{2}")
"""``stopped a search``."""
_AFTER_OTHERS: Final = re.compile(rf"\s*(?:\?|(?:{_VESSELS})(?![A-Z]))")
_GOES_ON: Final = re.compile(
    r"(?<!NOT )(?<!NOT YET )(?<!PAS )(?<!PLUS )\b(?:UNDER\s*WAY|RESTARTED|RESUMED|RESUMES|RESTARTS"
    r"|MOVING|MAKING\s+WAY|UNDER\s+TOW|TOWED|IN\s+TOW|TOWING|PADDLING|ROWING|UNDER\s+(?:OARS|SAIL)"
    r"|THEN|WENT\s+ON|CONTINUES|CONTINUING|UNTIL|REPARTIE?S?|REDEMARREE?S?|REPRIS|REPREND"
    r"|(?:EN\s+)?REMORQUEE?S?|EN\s+REMORQUE|FAIT\s+ROUTE|EN\s+ROUTE|PUIS|RAME|RAMENT"
    r"|NO\s+LONGER|N'EST\s+PLUS|NE\s+SONT\s+PLUS)\b"
)
"""What says that the boat makes way all the same, or is made to."""


def is_stopped(scan: Scan) -> bool:
    """Return whether the words that are left of a line say that the boat of the report is stopped.

    Never where it is denied, supposed, past or said of another vessel, and where the line says
    that it makes way after all. ``engine failing`` is no word for it.
    """
    text, end = scan.line.text, scan.line.verbatim.start
    found = [
        match for match in _STILL.finditer(text, 0, end) if scan.is_span_free(Span(*match.span()))
    ]
    if not found or _GOES_ON.search(" ".join(text[:end].split())) is not None:
        return False
    return all(_is_of_boat(scan, match) for match in found)


def _is_of_boat(scan: Scan, match: re.Match[str]) -> bool:
    text, end = scan.line.text, scan.line.verbatim.start
    after = text[match.end() : min(end, match.end() + _REACH)]
    if not _is_free_after(scan, match, after):
        return False
    start = max(0, match.start() - _REACH)
    for span in scan.taken:
        if span.end <= match.start():
            start = max(start, span.end)
    before = text[start : match.start()]
    if _NOT_SO.search(before) is not None:
        return False
    breaks = [each.end() for each in _CLAUSE.finditer(before)]
    clause = before[breaks[-1] :] if breaks else before
    if _DENIED.search(clause) is not None:
        return False
    if match[0] == "STOPPED" and clause.split()[-1:] == ["A"]:
        return False  # the boat A, not "a stoppé"
    auxiliary = _AUXILIARY.search(clause)
    subject = clause[: auxiliary.start()].rstrip() if auxiliary is not None else clause.rstrip()
    if not subject.strip(" -'"):
        return True
    if _SUBJECT.search(subject) is not None:
        return True
    if match["dead"] is not None:
        return False  # 2 dead in the water
    if _FIGURE.search(subject) is not None or _PEOPLE_BEFORE.search(subject) is not None:
        return True
    return match["stopped"] is None and _TELLER.search(subject) is not None


def _is_free_after(scan: Scan, match: re.Match[str], after: str) -> bool:
    """Return whether what follows leaves the words as they are: not ``stopped search``."""
    if match["stopped"] is None:
        return _AFTER_OTHERS.match(after) is None
    next_place = match.end() + len(after) - len(after.lstrip())
    if not scan.is_span_free(Span(next_place, next_place + 1)):
        return True
    return _AFTER_STOPPED.match(after) is not None and _OBJECT.match(after) is None
