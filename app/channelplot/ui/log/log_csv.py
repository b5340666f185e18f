"""The watch log as a table for spreadsheets: comma-separated values that run nothing."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from channelplot.exchange.formulas import SIGNS
from channelplot.geodesy.text import position_text
from channelplot.model.caller import ways_of, with_masked_number, with_masked_numbers
from channelplot.store.log import LoggedAct
from channelplot.store.tables import REPORTS
from channelplot.store.times import time_text
from channelplot.store.whole_acts import whole_acts
from channelplot.ui.log.facts import Names, facts_of, text_of
from channelplot.ui.log.log_text import Detail, LogWords

COLUMNS: Final = (
    "seq",
    "at_utc",
    "operator",
    "act",
    "about",
    "words",
    "before",
    "after",
    "reason",
    "hash",
)
LONGEST: Final = 32_000
"""A cell of a spreadsheet holds 32,767 characters: so many fields of an act fill it, too."""
_LATER_FIELD: Final = re.compile(rf"([;\t|]\s*)(?=[{re.escape(SIGNS)}])")
"""Where a spreadsheet that expects another separator would begin a field."""
_NO_FIGURES: Final = re.compile(r"[^0-9]+")
_TAIL: Final = 6
"""So many last figures of a number stand together in any way of writing it."""


def log_csv(
    acts: Sequence[LoggedAct],
    hashes: Mapping[int, str],
    *,
    is_masked: bool,
    only: frozenset[int] | None = None,
) -> str:
    """Return the acts of a log as CSV with titles, the oldest first, lines ended by CR LF.

    An act that the log tells in several rows is one here, under the last one's number and hash.
    Positions are in degrees and decimal minutes whatever the desk shows them in: the table is
    the same whoever makes it. is_masked: of telephone numbers, and of what may be one, the last
    two figures stay. only: the numbers in the log of the acts that are wanted; None for all.
    Fields that a spreadsheet would take for a formula begin with an apostrophe.
    """
    whole = list(whole_acts(acts))
    names = Names()
    for act in whole:
        names.note(act)
    words = LogWords(names, position_text)
    mask = mask_of(acts) if is_masked else _unmasked
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for act in whole:
        if only is None or act.seq in only:
            row = _row(act, words, hashes.get(act.seq, ""))
            writer.writerow([safe_field(field) for field in mask(row)])
    return out.getvalue()


def safe_field(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, an apostrophe before what would be.

    Line breaks and tabs become blanks. What begins with a control character, too, gets an
    apostrophe; and so does a sign behind a semicolon or the like, which other spreadsheets take
    for the end of a field.
    """
    if text and (text[0] in SIGNS or not text[0].isprintable()):
        text = f"'{text}"
    flat = "".join(character if character.isprintable() else " " for character in text)
    return _LATER_FIELD.sub(r"\1'", flat)


def _row(act: LoggedAct, words: LogWords, own_hash: str) -> list[str]:
    entry = words.entry(act)
    details = list(islice(words.details(act), LONGEST))
    return [
        str(act.seq),
        time_text(act.at_utc),
        act.operator,
        act.label,
        entry.about,
        entry.words,
        _side(details, lambda detail: detail.before),
        _side(details, lambda detail: detail.after),
        entry.why,
        own_hash,
    ]


def _side(details: Sequence[Detail], text: Callable[[Detail], str]) -> str:
    """Return what stood, or stands, in every field: ``report 0245Z of A: People 55; Children 10``.

    What it is of stands before the fields where the act changed several things.
    """
    has_headings = len({detail.thing for detail in details}) > 1
    parts, thing = [], ""
    for detail in details:
        said = text(detail)
        if not said:
            continue
        if has_headings and detail.thing != thing:
            thing = detail.thing
            parts.append(f"[{thing}] {detail.field}: {said}")
        else:
            parts.append(f"{detail.field}: {said}")
    whole = "; ".join(parts)
    return whole if len(whole) <= LONGEST else f"{whole[:LONGEST]} \N{HORIZONTAL ELLIPSIS}"


def _unmasked(row: list[str]) -> list[str]:
    return row


def mask_of(acts: Sequence[LoggedAct]) -> Callable[[list[str]], list[str]]:
    """Return a function that masks the telephone numbers in a row.

    Every number that the log knows of a caller, in any grouping, and then all that may be one.
    """
    by_tail: dict[str, set[str]] = {}
    for caller in _callers(acts):
        figures = _NO_FIGURES.sub("", caller)
        if len(figures) >= _TAIL:
            by_tail.setdefault(figures[-_TAIL:], set()).update(ways_of(caller))

    def mask(row: list[str]) -> list[str]:
        seq, at, *texts, own_hash = row
        figures = _NO_FIGURES.sub("", "".join(texts))
        for tail, numbers in by_tail.items():
            if tail in figures:
                for number in sorted(numbers, key=len, reverse=True):
                    texts = [with_masked_number(text, number) for text in texts]
        return [seq, at, *map(with_masked_numbers, texts), own_hash]

    return mask


def _callers(acts: Iterable[LoggedAct]) -> Iterator[str]:
    for act in acts:
        if '"caller":"' not in act.after and '"caller":"' not in act.before:
            continue
        for pair in facts_of(act).of(REPORTS.name):
            for row in (pair.before, pair.after):
                if row is not None:
                    yield text_of(row, "caller")
