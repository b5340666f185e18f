"""The words of regrouping: what goes where, why it can't, what it changes, what was done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.analysis.regrouping import ReckonedDifference, TrackDifference, TrackFigures
from channelplot.analysis.same_boat import FitReason
from channelplot.geodesy.text import (
    Notation,
    bearing_text,
    distance_text,
    position_text,
    speed_text,
    zulu_text,
)
from channelplot.model.predicted_crossing import PredictedCrossing
from channelplot.model.report import Report
from channelplot.tools.boat_choice import BoatTarget, ChoiceFault, ChoiceProblem
from channelplot.tools.regroup_draft import Regrouping
from channelplot.ui.words.approach_text import approach_text
from channelplot.ui.words.chartwork_text import position_kind_text
from channelplot.ui.words.same_boat_text import boat_text, notes_text, sentence, verdict_text
from channelplot.ui.words.waters_text import waters_of_text

translate: Final = QCoreApplication.translate
ARROW: Final = "\N{RIGHTWARDS ARROW}"
NOTHING: Final = "\N{EN DASH}"
_SEPARATOR: Final = "  ·  "


class Figure(StrEnum):
    """A figure of a track, in the order of the columns."""

    REPORTS = "reports"
    RUN = "run"
    MEAN = "mean"
    MADE_GOOD = "made_good"
    TOLD = "told"
    COUNTED = "counted"
    UNACCOUNTED = "unaccounted"
    LAST = "last"


_CAPTIONS: Final[Mapping[Figure, object]] = {
    Figure.REPORTS: QT_TRANSLATE_NOOP("Regroup", "Reports"),
    Figure.RUN: QT_TRANSLATE_NOOP("Regroup", "Run"),
    Figure.MEAN: QT_TRANSLATE_NOOP("Regroup", "Mean speed"),
    Figure.MADE_GOOD: QT_TRANSLATE_NOOP("Regroup", "Made good"),
    Figure.TOLD: QT_TRANSLATE_NOOP("Regroup", "People/children"),
    Figure.COUNTED: QT_TRANSLATE_NOOP("Regroup", "Counted"),
    Figure.UNACCOUNTED: QT_TRANSLATE_NOOP("Regroup", "Unaccounted"),
    Figure.LAST: QT_TRANSLATE_NOOP("Regroup", "Last fix"),
}


def caption_text(figure: Figure) -> str:
    """Return what stands over a column: ``Mean speed``."""
    return translate("Regroup", str(_CAPTIONS[figure]))


def reports_text(reports: Sequence[Report], owners: Sequence[str]) -> str:
    """Return which reports of which boats: ``0245Z of A``, ``3 reports of A, 0210Z to 0245Z``.

    reports: in time order, one at least. owners: names, "" for no boat.
    """
    of = _listed(owners)
    first, last = (zulu_text(one.observed_at_utc) for one in (reports[0], reports[-1]))
    if len(reports) == 1:
        return translate("Regroup", "{time} of {of}").format(time=first, of=of)
    return translate("Regroup", "{number} reports of {of}, {first} to {last}").format(
        number=len(reports), of=of, first=first, last=last
    )


def target_text(target: BoatTarget) -> str:
    """Return where reports go: ``A``, ``a new boat, C``, ``no boat``, ``A, which is B too``."""
    if target.is_new:
        return translate("Regroup", "a new boat, {name}").format(name=target.name)
    if target.track_uid is None:
        return translate("Regroup", "no boat")
    if target.said:
        return translate("Regroup", "{name}, which {said} is the same as").format(
            name=target.name, said=target.said
        )
    return target.name


def listed_text(target: BoatTarget) -> tuple[str, str]:
    """Return a target's name in a list, and what is said of it: ``A``, ``fits, 4.23 kn``."""
    if target.is_new:
        return translate("Regroup", "new boat {name}").format(name=target.name), ""
    if target.track_uid is None:
        return translate("Regroup", "no boat"), ""
    if target.approach is not None:
        return target.name, approach_text(target.approach)
    comparison = target.comparison
    phone = translate("Regroup", "same phone") if target.is_same_phone else ""
    if comparison is None:
        return target.name, phone or translate("Regroup", "nothing to compare")
    if phone:
        reasons = (each for each in comparison.reasons if each is not FitReason.SAME_CALLER)
        comparison = replace(comparison, reasons=tuple(reasons))
    return target.name, ", ".join(filter(None, (phone, verdict_text(comparison))))


def track_text(difference: TrackDifference) -> str:
    """Return the name of a track in the table of what changes: ``A``, ``C, new``."""
    figures = difference.after or difference.before
    name = "" if figures is None else figures.name
    if difference.before is None:
        return translate("Regroup", "{name}, new").format(name=name)
    return name


def going_text(regrouping: Regrouping, *, is_asked: bool) -> str:
    """Return what Enter does: ``0245Z goes from A to a new boat, C.`` and how that fits.

    is_asked: a question about the speed stands before it, which is not said again.
    """
    reports = regrouping.reports
    words = (
        translate("Regroup", "{what} goes from {source} to {target}.")
        if len(reports) == 1
        else translate("Regroup", "{what} go from {source} to {target}.")
    )
    text = words.format(
        what=_what(reports), source=_sources(regrouping), target=target_text(regrouping.target)
    )
    fit = _fit_text(regrouping.target, reports, is_asked=is_asked)
    return " ".join(filter(None, (text, _left_text(regrouping), fit)))


def merging_text(regrouping: Regrouping, told: Sequence[Report], *, is_asked: bool) -> str:
    """Return what Enter does: ``B will be the same as A. A keeps its name; B still finds it.``.

    told: the reports of the boat that was compared. is_asked: as for `going_text`.
    """
    words = (
        translate("Regroup", "{merged} will be the same as {kept}.")
        if is_asked
        else translate(
            "Regroup",
            "{merged} will be the same as {kept}. {kept} keeps its name; {merged} still finds it.",
        )
    )
    text = words.format(merged=_merged(regrouping), kept=regrouping.target.name)
    return " ".join(filter(None, (text, _fit_text(regrouping.target, told, is_asked=is_asked))))


def moved_text(regrouping: Regrouping, notation: Notation) -> str:
    """Return what was done: ``0245Z moved from A to a new boat, C. Ctrl+Z takes that back.``.

    And what was said before that has to be corrected: positions reckoned for the time that answers
    are for, and crossings in the log that were reckoned from what moved.
    """
    moved = translate(
        "Regroup", "{what} moved from {source} to {target}. Ctrl+Z takes that back."
    ).format(
        what=_what(regrouping.reports),
        source=_sources(regrouping),
        target=target_text(regrouping.target),
    )
    return " ".join([moved, *_corrections(regrouping, notation)])


def merged_text(regrouping: Regrouping, notation: Notation) -> str:
    """Return what was done: ``B is the same as A now, and still finds it. Ctrl+Z ...``.

    And what has to be corrected, as in `moved_text`.
    """
    merged = translate(
        "Regroup", "{merged} is the same as {kept} now, and still finds it. Ctrl+Z takes that back."
    ).format(merged=_merged(regrouping), kept=regrouping.target.name)
    return " ".join([merged, *_corrections(regrouping, notation)])


def reckoned_text(
    differences: Sequence[ReckonedDifference], notation: Notation, *, is_brief: bool = False
) -> str:
    """Return where craft are reckoned before and after, and how far that is apart.

    ``A DR 0300Z: 51°00.14'N 001°35.29'E → 51°00.19'N 001°36.64'E, 0.86 NM apart``; those that read
    the same before and after are left out, "" for none. is_brief: without the positions.
    """
    texts = []
    for one in differences:
        old, new = _positions(one, notation)
        if old == new:
            continue
        if one.apart_m is None:
            words = translate("Regroup", "{name} {kind} {time}: {positions}")
        elif is_brief:
            words = translate("Regroup", "{name} {kind} {time}: {apart} apart")
        else:
            words = translate("Regroup", "{name} {kind} {time}: {positions}, {apart} apart")
        texts.append(
            words.format(
                name=one.name,
                kind=position_kind_text(one.kind),
                time=zulu_text(one.at_utc),
                positions=f"{old} {ARROW} {new or NOTHING}",
                apart="" if one.apart_m is None else distance_text(one.apart_m),
            )
        )
    return _SEPARATOR.join(texts)


def _corrections(regrouping: Regrouping, notation: Notation) -> list[str]:
    """Return sentences about what was reckoned before and was not so."""
    texts = []
    for one in regrouping.reckoned:
        old, new = _positions(one, notation)
        if old != new and one.apart_m is not None:
            words = translate(
                "Regroup",
                "Corrected: {name} {kind} {time} {position}, {apart} from the one used before.",
            )
            texts.append(
                words.format(
                    name=one.name,
                    kind=position_kind_text(one.kind),
                    time=zulu_text(one.at_utc),
                    position=new,
                    apart=distance_text(one.apart_m),
                )
            )
    names = {track.uid: track.name for track in regrouping.sources}
    texts += [_crossing_text(each, names[each.track_uid]) for each in regrouping.predicted]
    return texts


def _crossing_text(crossing: PredictedCrossing, name: str) -> str:
    return translate(
        "Regroup",
        "Corrected: that {name} crosses into {waters} {time}, as the log predicts, was reckoned"
        " from a report that moved.",
    ).format(
        name=name,
        waters=waters_of_text(crossing.to_side),
        time=zulu_text(crossing.crosses_at_utc),
    )


def _positions(one: ReckonedDifference, notation: Notation) -> tuple[str, str]:
    old = position_text(one.before, notation=notation)
    return old, "" if one.after is None else position_text(one.after, notation=notation)


def choice_fault_text(fault: ChoiceFault) -> str:
    """Return why what was typed picks no boat."""
    if fault.problem is ChoiceProblem.NO_SUCH_KEY:
        return translate("Regroup", "No boat stands at {value}.").format(value=fault.value)
    if fault.problem is ChoiceProblem.SEVERAL:
        return translate("Regroup", "{value} may be {names}: type more of it.").format(
            value=fault.value, names=" / ".join(fault.names)
        )
    return translate("Regroup", "No boat is called {value}.").format(value=fault.value)


def figure_texts(difference: TrackDifference) -> dict[Figure, str]:
    """Return what changes of a track, ``8.64 → 8.63 NM``; of a new one what it has.

    Figures that read the same before and after are left out.
    """
    before, after = difference.before, difference.after
    found = {}
    for figure, (text, unit) in _FIGURES.items():
        old = "" if before is None else text(before)
        new = "" if after is None else text(after)
        if old != new:
            found[figure] = _changed(old, new, unit, is_new=before is None)
    return found


def _changed(old: str, new: str, unit: str, *, is_new: bool) -> str:
    """Return a figure before and after, with its unit once."""
    unit = f" {unit}" if unit else ""
    if is_new:
        return f"{new}{unit}"
    if not new:
        return f"{old}{unit} {ARROW} {NOTHING}"
    return f"{old or NOTHING} {ARROW} {new}{unit}"


def _fit_text(target: BoatTarget, told: Sequence[Report], *, is_asked: bool) -> str:
    """Return how reports fit the boat they are compared with, "" where there is nothing to say."""
    comparison = target.comparison
    if comparison is None:
        return ""
    notes = notes_text(
        comparison,
        [report.people for report in told if report.people is not None],
        [report.boat_type for report in told if report.boat_type is not None],
        is_speed_asked=is_asked,
    )
    if is_asked:
        return sentence(notes)
    return "; ".join(filter(None, (boat_text(comparison), notes))) + "."


def _what(reports: Sequence[Report]) -> str:
    first, last = (zulu_text(one.observed_at_utc) for one in (reports[0], reports[-1]))
    if len(reports) == 1:
        return first
    return translate("Regroup", "{number} reports, {first} to {last},").format(
        number=len(reports), first=first, last=last
    )


def _sources(regrouping: Regrouping) -> str:
    names = [track.name for track in regrouping.sources]
    return _listed([*names, ""] if regrouping.has_loose else names)


def _listed(names: Sequence[str]) -> str:
    """Return names as ``A, B and no boat``; "" stands for no boat."""
    said = [name or translate("Regroup", "no boat") for name in names]
    if len(said) < 2:
        return "".join(said)
    return translate("Regroup", "{names} and {last}").format(
        names=", ".join(said[:-1]), last=said[-1]
    )


def _merged(regrouping: Regrouping) -> str:
    return _listed([track.name for track in regrouping.sources])


def _left_text(regrouping: Regrouping) -> str:
    names = ", ".join(regrouping.left_empty)
    if not names:
        return ""
    return translate("Regroup", "{names} is left without reports.").format(names=names)


def _run(figures: TrackFigures) -> str:
    return "" if figures.run_m is None else distance_text(figures.run_m).removesuffix(" NM")


def _mean(figures: TrackFigures) -> str:
    speed_mps = figures.mean_speed_mps
    return "" if speed_mps is None else speed_text(speed_mps).removesuffix(" kn")


def _made_good(figures: TrackFigures) -> str:
    leg = figures.made_good
    if leg is None:
        return ""
    course = [] if leg.course_deg is None else [bearing_text(leg.course_deg)]
    return " ".join((*course, distance_text(leg.distance_m)))


def _told(figures: TrackFigures) -> str:
    ledger = figures.ledger
    return "" if ledger is None else _people(ledger.reported_total, ledger.reported_children)


def _counted(figures: TrackFigures) -> str:
    ledger = figures.ledger
    return "" if ledger is None else _people(ledger.counted_total, ledger.counted_children)


def _unaccounted(figures: TrackFigures) -> str:
    ledger = figures.ledger
    return "" if ledger is None else _people(ledger.unaccounted, ledger.unaccounted_children)


def _people(total: int | None, children: int | None) -> str:
    """Return a number of people and of the children among them, ``55/10``; nothing if not said."""
    if total is None:
        return ""
    return f"{total}/{children}" if children else str(total)


def _last(figures: TrackFigures) -> str:
    return "" if figures.last_fix_utc is None else zulu_text(figures.last_fix_utc)


_FIGURES: Final[Mapping[Figure, tuple[Callable[[TrackFigures], str], str]]] = {
    Figure.REPORTS: (lambda figures: str(figures.reports), ""),
    Figure.RUN: (_run, "NM"),
    Figure.MEAN: (_mean, "kn"),
    Figure.MADE_GOOD: (_made_good, ""),
    Figure.TOLD: (_told, ""),
    Figure.COUNTED: (_counted, ""),
    Figure.UNACCOUNTED: (_unaccounted, ""),
    Figure.LAST: (_last, ""),
}
"""How each is written, and its unit."""
