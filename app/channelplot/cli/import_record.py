"""What a file brings in, as JSON: codes and figures, times in UTC."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from channelplot.errors import ChannelPlotError, ImportFileError
from channelplot.exchange.incoming.conflict import Conflict
from channelplot.exchange.incoming.found import Encoding
from channelplot.exchange.incoming.plan import ImportPlan, ImportSummary
from channelplot.store.times import time_text
from channelplot.ui.words.import_faults import refusal_text
from channelplot.ui.words.messages import error_text


def file_record(path: Path, plan: ImportPlan, remembered: Encoding | None) -> dict[str, object]:
    """Return what a file brings in, and all that is refused as far as its lines are kept.

    remembered: what it was read in, where that was neither found nor said.
    """
    return {
        "file": str(path),
        "remembered_encoding": None if remembered is None else remembered.value,
        **_summary_record(plan.summary),
        "new": [
            {
                "track_uid": each.uid or None,
                "name": each.name or None,
                "name_in_file": each.name_in_file or each.name or None,
                "is_new_track": each.is_new_track,
                "craft": each.craft.value if each.uid else None,
                "reports": each.count,
                "first_at_utc": _time(each.first_at_utc),
                "last_at_utc": _time(each.last_at_utc),
            }
            for each in plan.reports
            if plan.takes(each.uid)
        ],
        "told_more_fully": [_conflict_record(plan, each) for each in plan.changed],
        "told_differently": [_conflict_record(plan, each) for each in _differing(plan)],
        "refusals": [
            {
                "line": refusal.line or None,
                "fault": refusal.fault.value,
                "detail": refusal.detail or None,
                "text": refusal_text(refusal),
            }
            for refusal in plan.incoming.refusals
        ],
    }


def fault_record(path: Path, error: ChannelPlotError) -> dict[str, object]:
    """Return why nothing of a file comes in."""
    record: dict[str, object] = {"file": str(path), "text": error_text(error)}
    if isinstance(error, ImportFileError):
        record |= {
            "fault": error.fault.value,
            "line": error.line or None,
            "detail": error.detail or None,
        }
    return record


def _summary_record(summary: ImportSummary) -> Mapping[str, object]:
    bounds = summary.bounds
    return {
        "tracks": {
            "found": summary.found_tracks,
            "new": summary.new_tracks,
            "new_boats": summary.new_boats,
            "known": summary.known_tracks,
        },
        "reports": {
            "found": summary.found_reports,
            "new": summary.new_reports,
            "new_of_no_track": summary.unattributed,
            "new_of_known_tracks": summary.into_known_tracks,
            "known": summary.known_reports,
            "said_twice": summary.said_twice,
        },
        "places": {
            "found": summary.found_places,
            "new_beaches": summary.new_beaches,
            "new_marks": summary.new_marks,
            "known": summary.known_places,
        },
        "first_at_utc": _time(summary.first_at_utc),
        "last_at_utc": _time(summary.last_at_utc),
        "bounds_deg": (
            None
            if bounds is None
            else [bounds.west_deg, bounds.south_deg, bounds.east_deg, bounds.north_deg]
        ),
        "renamed": [{"in_file": in_file, "in_plot": here} for in_file, here in summary.renamed],
        "changed": summary.changed,
        "conflicts": summary.conflicts,
        "taken_changes": summary.taken_changes,
        "decided_before": summary.decided,
        "withdrawn": summary.withdrawn,
        "left_out": summary.left,
        "refused": summary.refused,
        "refused_by_fault": {fault.value: count for fault, count in summary.refusals.items()},
    }


def _differing(plan: ImportPlan) -> Iterator[Conflict]:
    """Yield what the file tells otherwise, and what is settled already where it is taken anew."""
    yield from plan.conflicts
    yield from (each for each in plan.decided if plan.takes_version(each))


def _conflict_record(plan: ImportPlan, conflict: Conflict) -> dict[str, object]:
    return {
        "entity": conflict.entity.value,
        "uid": conflict.uid,
        "name": conflict.name or None,
        "observed_at_utc": _time(conflict.observed_at_utc),
        "ours": dict(conflict.ours),
        "theirs": dict(conflict.theirs),
        "is_taken": plan.takes_version(conflict),
    }


def _time(moment_utc: datetime | None) -> str | None:
    return None if moment_utc is None else time_text(moment_utc)
