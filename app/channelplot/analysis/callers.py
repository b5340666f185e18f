"""Which reports come from one caller.

A caller is a telephone number or a call sign; or, where nobody knows the number, "the same
telephone as that report's".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from channelplot.model.caller import may_be_same, report_meant, same_as_report, ways_of
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track


def same_caller(plot: Plot, caller: str) -> tuple[Report, ...]:
    """Return the reports that come from a caller, in time order; none for an empty caller.

    caller: as a report has it, tidied: a number, a call sign or ``report:UID``. A number that is
    learnt later joins: ``report:UID`` means that report's number once it has one. A report that
    others name as the same telephone is one of them though its number is not known. A number
    said with its country and one said without may be the same telephone: both are found.
    """
    if not caller:
        return ()
    wanted = _identity(plot, caller)
    found = [r for r in _called(plot) if may_be_same(_identity(plot, r.caller), wanted)]
    meant = report_meant(wanted)
    if meant is not None:
        first = plot.report(meant)
        if first is not None and not first.caller:
            found.append(first)
    return tuple(sorted(found, key=Report.time_order))


def reports_by_caller(plot: Plot) -> Mapping[str, tuple[Report, ...]]:
    """Return, by the uid of each report that is known to be from a caller, all of that caller's.

    As ``same_caller`` finds them, in time order, with one look at every report.
    """
    found: dict[str, list[Report]] = {}
    for report in _called(plot):
        found.setdefault(_identity(plot, report.caller), []).append(report)
    for identity, reports in found.items():
        meant = report_meant(identity)
        first = plot.report(meant) if meant is not None else None
        if first is not None and not first.caller:
            reports.append(first)
    together: dict[str, set[str]] = {identity: {identity} for identity in found}
    for identity in found:
        for other in found.keys() & set(ways_of(identity)):
            together[identity].add(other)
            together[other].add(identity)
    return {
        report.uid: all_of_it
        for identity, others in together.items()
        for all_of_it in [_in_time_order(found, others)]
        for report in found[identity]
    }


def _called(plot: Plot) -> Iterator[Report]:
    """Yield the reports whose caller is known."""
    yield from chain.from_iterable(plot.track_blocks.worked_out(_called_of))
    yield from (report for report in plot.unattributed if report.caller)


def _called_of(tracks: Iterable[Track]) -> tuple[Report, ...]:
    return tuple(report for track in tracks for report in track.caller_reports)


def _in_time_order(
    found: Mapping[str, Sequence[Report]], identities: Iterable[str]
) -> tuple[Report, ...]:
    reports = (report for identity in identities for report in found[identity])
    return tuple(sorted(reports, key=Report.time_order))


def _identity(plot: Plot, caller: str) -> str:
    """Return who a caller is: a number, a call sign, or the report whose telephone it was.

    Follows from report to report. Reports that name each other in a ring are all the one with the
    least uid.
    """
    followed: list[str] = []
    meant = report_meant(caller)
    while meant is not None:
        if meant in followed:
            return same_as_report(min(followed[followed.index(meant) :]))
        followed.append(meant)
        report = plot.report(meant)
        if report is None or not report.caller:
            return same_as_report(meant)
        caller = report.caller
        meant = report_meant(caller)
    return caller
