"""The people of a boat in words: reported, counted, unaccounted for, and who answers for them."""

from collections import Counter
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from channelplot.analysis.counts import Counts
from channelplot.analysis.ledger import Ledger, PlotLedger, closing_of
from channelplot.analysis.tally import Totals
from channelplot.chart.wording import source_text, status_text
from channelplot.geodesy.text import duration_text, zulu_text
from channelplot.model.report import Report
from channelplot.model.track import StatusChange, Track

translate = QCoreApplication.translate
_SEPARATOR = "  ·  "
OPEN = "◆"
"""Stands before a number of people nobody answers for: a shape, so that colour is not needed. No
triangle: that is an alarm's."""
EXPLAINED = "*"
"""Stands before what a named person answers for."""


def account_text(ledger: Ledger) -> str:
    """Return reported and counted for a column: ``45 est / 47``; nothing if nobody said.

    A dash stands for what is missing of the two where only counted is known.
    """
    reported = _number(ledger.reported_total, ledger.reported)
    if ledger.counted_total is None:
        return reported
    counted = _number(ledger.counted_total, ledger.counted)
    return f"{reported or '–'} / {counted}"


def unaccounted_cell(ledger: Ledger) -> str:
    """Return who is unaccounted for, for a column: ``◆ 8``, ``* 8`` if explained, or nothing."""
    if ledger.is_reconciled:
        return ""
    number = str(ledger.unaccounted)
    if ledger.unaccounted == 0:
        number = translate("Account", "{number} ch.").format(number=ledger.unaccounted_children)
    return f"{EXPLAINED if ledger.is_explained else OPEN} {number}"


def account_tip(ledger: Ledger) -> str:
    """Return reported and counted, each with when and by whom, on a line of its own."""
    lines = (
        (translate("Account", "Reported {words}"), reported_text(ledger), ledger.reported),
        (translate("Account", "Counted {words}"), counted_text(ledger), ledger.counted),
    )
    return "\n".join(
        f"{title.format(words=words)}  {told_by_text(report)}".strip()
        for title, words, report in lines
    )


def unaccounted_tip(ledger: Ledger) -> str:
    """Return who is unaccounted for and who answers for them; nothing if nobody is."""
    if ledger.is_reconciled:
        return ""
    if ledger.explanation is not None:
        return f"{EXPLAINED} {explanation_text(ledger.explanation)}"
    return translate("Account", "{group} unaccounted for").format(group=unaccounted_text(ledger))


def closed_with_explanation(track: Track) -> bool:
    """Return whether a track was closed although something was not settled."""
    closing = closing_of(track)
    return closing is not None and bool(closing.explained_by)


def totals_text(totals: Totals, bad_colour: str) -> str:
    """Return the sums of a plot, in lines of rich text; what happened ashore apart.

    Who is unaccounted for stands in bold behind its shape; explained people are told apart, but
    "nobody" is said only where nobody is. bad_colour: of what is wrong.
    """
    ledger, counts = totals.ledger, totals.counts
    crossings = (
        translate("Account", "1 crossing")
        if counts.crossings == 1
        else translate("Account", "{crossings} crossings").format(crossings=counts.crossings)
    )
    first = translate("Account", "{crossings}, {open} open").format(
        crossings=crossings, open=counts.open_boats
    )
    people = translate("Account", "{reported} reported, {counted} counted").format(
        reported=ledger.reported, counted=ledger.counted
    )
    lines = (
        _SEPARATOR.join((first, people)),
        unaccounted_line_text(totals, bad_colour),
        _ashore(counts),
    )
    return "<br>".join(filter(None, lines))


def unaccounted_line_text(totals: Totals, bad_colour: str) -> str:
    """Return the line of the sums that tells who is unaccounted for, in rich text."""
    ledger = totals.ledger
    explained = translate("Account", "{number} unaccounted, explained").format(
        number=ledger.explained
    )
    loose = translate("Account", "{number} in reports of no boat")
    parts = (
        _unaccounted_sum(ledger, bad_colour),
        f"{EXPLAINED} {explained}" if ledger.explained else "",
        loose.format(number=ledger.unattributed) if ledger.unattributed else "",
    )
    return _SEPARATOR.join(filter(None, parts))


def _unaccounted_sum(ledger: PlotLedger, bad_colour: str) -> str:
    people, children = ledger.unaccounted, ledger.unaccounted_children
    if not (people or children):
        return "" if ledger.explained else translate("Account", "nobody unaccounted for")
    words = translate("Account", "{people} unaccounted").format(people=people)
    if children:
        known = _children_words(children)
        more = translate("Account", "{children} or more")
        words += f" ({known if ledger.are_children_known else more.format(children=known)})"
    elif not ledger.are_children_known:
        unknown = translate("Account", "children not known")
        words += f" ({unknown})"
    return f'<b style="color: {bad_colour}">{OPEN}&nbsp;{words}</b>'


def _ashore(counts: Counts) -> str:
    parts = []
    if counts.prevented:
        words = (
            translate("Account", "1 prevented ({people})")
            if counts.prevented == 1
            else translate("Account", "{number} prevented ({people})")
        )
        people = group_text(counts.prevented_people, None)
        parts.append(words.format(number=counts.prevented, people=people))
    if counts.events:
        words = (
            translate("Account", "1 event")
            if counts.events == 1
            else translate("Account", "{number} events")
        )
        parts.append(words.format(number=counts.events))
    if not parts:
        return ""
    return translate("Account", "Ashore: {what}").format(what=", ".join(parts))


def reported_text(ledger: Ledger) -> str:
    """Return what was reported: ``55, 10 children``."""
    if ledger.reported_total is None:
        return translate("Account", "nobody has said how many")
    return _with_children(_number(ledger.reported_total, ledger.reported), ledger.reported_children)


def counted_text(ledger: Ledger) -> str:
    """Return what was counted: ``47, 7 children``, and how many of them are missing."""
    if ledger.counted_total is None:
        return translate("Account", "nobody counted yet")
    text = _with_children(_number(ledger.counted_total, ledger.counted), ledger.counted_children)
    people = ledger.counted.people if ledger.counted is not None else None
    if people is not None and people.missing:
        text += translate("Account", ", {number} missing").format(number=people.missing)
    return text


def told_by_text(report: Report | None) -> str:
    """Return when and by whom: ``0412Z CUTTER-1``; nothing without a report."""
    if report is None:
        return ""
    return f"{zulu_text(report.observed_at_utc)} {_teller(report)}".strip()


def unaccounted_text(ledger: Ledger) -> str:
    """Return who is unaccounted for: ``8 people, 3 of them children``, ``nobody``."""
    people, children = ledger.unaccounted, ledger.unaccounted_children
    if ledger.is_reconciled:
        return translate("Account", "nobody")
    are_children_told = (ledger.reported_children, ledger.counted_children) != (None, None)
    return group_text(people, children, is_open=children is None and are_children_told)


def group_text(people: int, children: int | None, *, is_open: bool = False) -> str:
    """Return a number of people with the children among them: ``8 people, 3 of them children``.

    is_open: nobody knows how many of them are children.
    """
    if people == 0 and children:
        return _children_words(children)
    words = (
        translate("Account", "1 person")
        if people == 1
        else translate("Account", "{people} people").format(people=people)
    )
    if is_open:
        rest = translate("Account", ", perhaps children among them")
    elif not children:
        rest = ""
    elif children > people:
        rest = translate("Account", ", and {children}").format(children=_children_words(children))
    elif people == 1:
        rest = translate("Account", ", a child")
    elif children == people:
        rest = translate("Account", ", all of them children")
    elif children == 1:
        rest = translate("Account", ", 1 of them a child")
    else:
        rest = translate("Account", ", {children} of them children").format(children=children)
    return words + rest


def lost_text(people: int, children: int | None) -> str:
    """Return who would no longer be looked for: ``8 people, 3 of them children, would ...``."""
    return translate("Account", "{group} would no longer be looked for.").format(
        group=as_subject(group_text(people, children))
    )


def as_subject(group: str) -> str:
    """Return a group's words as they stand before a verb: closed with a comma if they hold one."""
    return f"{group}," if "," in group else group


def explanation_text(change: StatusChange) -> str:
    """Return who answers for what: ``8 people, 3 of them children, unaccounted for: ...``.

    For a change that nobody had to answer for: nothing.
    """
    if not change.explained_by:
        return ""
    who = translate("Account", "{name} answers for it: {reason}").format(
        name=change.explained_by, reason=change.reason
    )
    if not change.unaccounted and not change.unaccounted_children:
        return who
    return translate("Account", "{group} unaccounted for, {who}").format(
        group=group_text(change.unaccounted or 0, change.unaccounted_children), who=who
    )


def status_history_text(track: Track, explanation: StatusChange | None) -> str:
    """Return a track's status with its time and what it rests on, in one line.

    ``rescued (all) 0457Z, identified by CUTTER-1 (alongside)``; then who answers for people
    unaccounted for, if somebody does.
    """
    text = status_text(track.status)
    if track.status_changes:
        text += f" {zulu_text(track.status_changes[-1].at_utc)}"
    closing = closing_of(track)
    if closing is not None and closing.identified_by:
        words = (
            translate("Account", ", identified by {name} ({how})")
            if closing.identified_how
            else translate("Account", ", identified by {name}")
        )
        text += words.format(name=closing.identified_by, how=closing.identified_how)
    answered = closing if closing is not None and closing.explained_by else explanation
    if answered is not None:
        text += f"; {explanation_text(answered)}"
    return text


def last_known_text(track: Track, now_utc: datetime) -> str:
    """Return when it was last known where a track was: ``last known 0245Z, 2 h 10 ago``.

    Nothing for a track without a fix; no age where the fix is ahead of the clock.
    """
    if not track.fixes:
        return ""
    fix_utc = track.fixes[-1].observed_at_utc
    age_s = (now_utc - fix_utc).total_seconds()
    if age_s < 0:
        return translate("Account", "last known {time}").format(time=zulu_text(fix_utc))
    return translate("Account", "last known {time}, {age} ago").format(
        time=zulu_text(fix_utc), age=duration_text(age_s)
    )


def sources_text(track: Track) -> str:
    """Return how many reports a track has and from whom: ``5 reports: aircraft 2, phone 1``.

    Those who told most come first.
    """
    number = len(track.reports)
    if number == 0:
        return translate("Account", "no reports")
    words = (
        translate("Account", "1 report: {tellers}")
        if number == 1
        else translate("Account", "{number} reports: {tellers}")
    )
    tellers = Counter(_teller(report) for report in track.reports).most_common()
    return words.format(
        number=number, tellers=", ".join(f"{teller} {times}" for teller, times in tellers)
    )


def _teller(report: Report) -> str:
    return report.source_name or source_text(report.source)


def _number(total: int | None, report: Report | None) -> str:
    if total is None:
        return ""
    people = report.people if report is not None else None
    if people is not None and people.is_estimate:
        return translate("Wording", "{total} est").format(total=total)
    return str(total)


def _with_children(text: str, children: int | None) -> str:
    return text if children is None else f"{text}, {_children_words(children)}"


def _children_words(number: int) -> str:
    if number == 0:
        return translate("Account", "no children")
    if number == 1:
        return translate("Wording", "1 child")
    return translate("Wording", "{number} children").format(number=number)
