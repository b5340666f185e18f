"""Where a report goes: ``>A``, ``new``, ``new CUTTER-1 rescue_vessel``, ``>none``."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from channelplot.model.codes import Craft
from channelplot.reading.candidate import Scan
from channelplot.reading.gazetteer import Words, words_of
from channelplot.reading.names import NamedTrack
from channelplot.reading.values import Fault, FaultCode, Field, Span, Target, TargetKind
from channelplot.reading.vocabulary import KINDS, NEW_CRAFT, SOURCES, Found, phrases_in

_TO: Final = re.compile(r"(?<![A-Z0-9<>])[-=]*>\s*")
_WORD: Final = re.compile(r"[A-Z0-9][A-Z0-9_-]*|-")
_NEW: Final = re.compile(r"(?<![A-Z0-9_-])(?:NEW|NOUVEAU|NOUVELLE)(?![A-Z0-9_-])")
_NAME: Final = re.compile(r"\s+(?P<name>[A-Z][A-Z0-9-]*)(?![A-Z0-9])")
_COORDINATE: Final = re.compile(r"[NSEWO][0-9]*")
_GRADE: Final = re.compile(r"[A-F][1-6]")
_EITHER: Final = re.compile(r"\s*(?:\?|/\s*[A-Z]|(?:OR|OU)\s+[A-Z]+)")
NO_TRACK: Final = frozenset({"NONE", "-", "AUCUN", "AUCUNE"})
"""What stands after a ``>`` for no track."""
_NEW_WORDS: Final = frozenset({"NEW", "NOUVEAU", "NOUVELLE"})
_GOES_ON: Final = re.compile(r"[A-Z0-9_-]")
_HEMISPHERES: Final = frozenset("NSEWO")
_BOATS: Final = frozenset({"BOAT", "TRACK", "BATEAU", "EMBARCATION", "PISTE"})
_BEFORE_ARTICLE: Final = frozenset({"FROM", "BY", "OF", "WITH", "OFF", "AS", "LIKE"})
MOST_IN_NAME: Final = 40


def read_target(scan: Scan, tracks: Mapping[Words, NamedTrack]) -> tuple[Target, tuple[Fault, ...]]:
    """Return where a line says that its report goes.

    tracks: by the words of their names. A ``new`` in lower case before an ordinary word is prose,
    unless it stands first or last.
    """
    faults: list[Fault] = []
    targets = [*_to(scan, tracks, faults), *_new(scan, tracks, faults)]
    if len(targets) > 1 and targets[0] != targets[1]:
        span = targets[1].span or Span(0, 0)
        faults.append(Fault(FaultCode.SAID_TWICE, Field.TRACK, span, scan.line.piece(span)))
    return (targets[0] if targets else Target()), tuple(faults)


def _to(scan: Scan, tracks: Mapping[Words, NamedTrack], faults: list[Fault]) -> list[Target]:
    found = []
    for match in _TO.finditer(scan.line.text, 0, scan.line.verbatim.start):
        known = track_at(scan, match.end(), tracks)
        if known is not None:
            named, end = known
            span = Span(match.start(), end)
            either = _EITHER.match(scan.line.text, end)
            if either is not None:
                at = Span(match.start(), either.end())
                faults.append(Fault(FaultCode.SAID_TWICE, Field.TRACK, at, scan.line.piece(at)))
            found.append(target_of(named, span))
            continue
        word = _WORD.match(scan.line.text, match.end())
        span = Span(match.start(), word.end() if word else match.end())
        if word is None:
            faults.append(Fault(FaultCode.NO_SUCH_TRACK, Field.TRACK, span, scan.line.piece(span)))
        elif word[0] in NO_TRACK:
            found.append(Target(TargetKind.NONE, span=span))
        elif word[0] not in _NEW_WORDS:
            name = scan.line.piece(Span(word.start(), word.end()))
            faults.append(Fault(FaultCode.NO_SUCH_TRACK, Field.TRACK, span, name))
            found.append(Target(TargetKind.TRACK, None, name, None, span))
    return found


def target_of(named: NamedTrack, span: Span) -> Target:
    """Return the target that a name of a track is, said in a piece of the line."""
    track = named.track
    closed_as = track.status if track.is_closed else None
    return Target(TargetKind.TRACK, track.uid, track.name, None, span, named.said, closed_as)


def track_at(
    scan: Scan, start: int, tracks: Mapping[Words, NamedTrack]
) -> tuple[NamedTrack, int] | None:
    """Return the track with the longest name that stands at a place, and where the name ends."""
    best = None
    for named in tracks.values():
        name = named.name.upper()
        end = start + len(name)
        if scan.line.typed[start:end].upper() != name or _GOES_ON.match(scan.line.text, end):
            continue
        if best is None or end > best[1]:
            best = named, end
    return best


def _new(scan: Scan, tracks: Mapping[Words, NamedTrack], faults: list[Fault]) -> list[Target]:
    found = []
    text = scan.line.text
    crafts = list(phrases_in(scan, NEW_CRAFT, also_taken=True))
    for match in _NEW.finditer(text, 0, scan.line.verbatim.start):
        start, end, name, craft = match.start(), match.end(), "", None
        before = text[: match.start()].rstrip()
        if before.endswith(">"):
            start = len(before) - 1
        named = _NAME.match(text, end, scan.line.verbatim.start)
        at_craft = _craft_at(crafts, scan, end)
        if named is not None and _is_name(scan, Span(*named.span("name"))):
            next_craft = _craft_at(crafts, scan, named.end())
            # A word for a craft is a name where another follows: new FERRY merchant.
            if at_craft is None or next_craft is not None or "-" in named["name"]:
                name, end = scan.line.piece(Span(*named.span("name"))), named.end()
                at_craft = next_craft
        if at_craft is not None:
            craft, end = at_craft
        is_alone = not name and craft is None
        is_edge = not before or not text[end : scan.line.verbatim.start].strip()
        if is_alone and not is_edge and not before.endswith(">") and _goes_on(text, end):
            continue
        span = Span(start, end)
        if name and words_of(name) in tracks:
            at = Span(*named.span("name")) if named is not None else span
            faults.append(Fault(FaultCode.NAME_TAKEN, Field.TRACK, at, name))
        found.append(Target(TargetKind.NEW, None, name[:MOST_IN_NAME], craft, span))
    return found


def _goes_on(text: str, end: int) -> bool:
    """Return whether an ordinary word follows: ``new position``, but not ``new radar``."""
    word = re.match(r"\s+([A-Z]{2,})", text[end:])
    return word is not None and word[1].lower() not in SOURCES


def _craft_at(crafts: list[Found[Craft]], scan: Scan, end: int) -> tuple[Craft, int] | None:
    for found in crafts:
        if found.span.start >= end and scan.line.is_gap(end, found.span.start):
            return found.code, found.span.end
    return None


def _is_name(scan: Scan, span: Span) -> bool:
    """Return whether a word after ``new`` is a name: with a figure, a hyphen, or in capitals."""
    typed, word = scan.line.piece(span), scan.line.text[span.start : span.end]
    if _COORDINATE.fullmatch(word) or _GRADE.fullmatch(word) or word.lower() in KINDS:
        return False
    if any(character.isdigit() or character == "-" for character in word):
        return True
    rest = scan.line.typed[: span.start] + scan.line.typed[span.end :]
    return typed.isupper() and (len(word) <= 2 or any(c.islower() for c in rest))


def named_tracks(
    scan: Scan, tracks: Mapping[Words, NamedTrack]
) -> Iterator[tuple[NamedTrack, Span]]:
    """Yield the tracks that what is left of a line names, the longest names, in its order.

    A name of one letter counts in upper case alone, and no hemisphere's: ``A 51 02.3N ...``. A
    part of a longer name is none: ``PATROL-FR-2`` is not PATROL-FR.
    """
    longest = max((len(words) for words in tracks), default=0)
    at = 0
    while at < len(scan.tokens):
        best: tuple[NamedTrack, int] | None = None
        words: list[str] = []
        last = at
        while scan.is_free(last) and len(words) < longest:
            token = scan.tokens[last]
            if token.text.isalpha() or token.is_number:
                words.append(token.text)
                named = tracks.get(tuple(words))
                if named is not None and is_whole(scan, at, last) and _is_meant(scan, at, last):
                    best = named, last
            elif token.text not in "-'." or not words:
                break
            last += 1
        if best is None:
            at += 1
            continue
        named, last = best
        yield named, Span(scan.tokens[at].start, scan.tokens[last].end)
        at = last + 1


def is_whole(scan: Scan, first: int, last: int) -> bool:
    """Return whether no letters or figures are glued to tokens, by a hyphen or without."""
    tokens, left, right = scan.tokens, first - 1, last + 1
    if scan.is_glued(left) and tokens[left].text in "-_":
        left -= 1
    if scan.is_glued(last) and tokens[right].text in "-_":
        right += 1
    return not (
        (scan.is_glued(left) and tokens[left].text.isalnum())
        or (scan.is_glued(right - 1) and tokens[right].text.isalnum())
    )


def _is_meant(scan: Scan, first: int, last: int) -> bool:
    """Return whether words are likely a track's name rather than prose or a number."""
    span = Span(scan.tokens[first].start, scan.tokens[last].end)
    typed = scan.line.piece(span)
    if any(character.isalpha() for character in typed[1:]):
        return scan.line.text[span.start : span.end] == typed.upper()
    if len(typed) != 1 or not typed.isupper() or typed in _HEMISPHERES:
        return False
    before = scan.tokens[first - 1].text if first else ""
    after = scan.tokens[last + 1] if last + 1 < len(scan.tokens) else None
    is_glued = scan.is_glued(last) and after is not None and after.text.isalnum()
    is_apart = not scan.is_glued(first - 1) and not is_glued
    is_called = before in _BOATS or after is None or not after.text.isalpha()
    return is_apart and is_called and before not in _BEFORE_ARTICLE
