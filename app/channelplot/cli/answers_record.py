"""What ``channelplot answers`` tells a program: keys and values for JSON.

The keys are documented in ``cli/answers.py``.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from channelplot.analysis.answers import AnsweredLeg, Answers
from channelplot.analysis.back_track import BackTrack, LaunchCandidate
from channelplot.analysis.closest_approach import Apart, ClosestApproach
from channelplot.analysis.coast_changes import CoastChange
from channelplot.analysis.dead_reckoning import Reckoned, Reckoning
from channelplot.analysis.drift import carried_at
from channelplot.analysis.fix_off import FixOff
from channelplot.analysis.intercept import Intercept
from channelplot.analysis.legs import Leg, Run
from channelplot.analysis.sar_regions import SarChange, SarRegion
from channelplot.analysis.whose_waters import NO_STATE, WatersChange, WhoseWaters
from channelplot.cli.plot_record import Record
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import kn_from_mps, nm_from_m
from channelplot.model.track import Track
from channelplot.store.times import time_text

_S_PER_MIN: Final = 60.0
_RECKONED: Final = "reckoned"
_ADRIFT: Final = "adrift"


def answers_record(answers: Answers, tracks: Mapping[str, Track]) -> Record:
    """Return everything that is answered of a craft. tracks: the plot's, by uid."""
    track = answers.track
    return {
        "track": track.name,
        "uid": track.uid,
        "craft": track.craft.value,
        "status": track.status.value,
        "at_utc": time_text(answers.at_utc),
        **_legs_record(answers),
        "reckoned": _reckoned_record(answers.reckoned, answers.waters),
        "adrift": _reckoned_record(answers.adrift, answers.waters_adrift),
        "conditions": _conditions_record(answers.reckoning, answers.at_utc),
        "sar_region": _sar_record(answers.sar),
        "crossing_under_way": _change_record(answers.change_under_way),
        "crossing_adrift": _change_record(answers.change_adrift),
        "sar_region_crossing": _sar_change_record(answers.sar_change),
        "last_fix_off": _fix_off_record(answers.fix_off),
        "approaches_by": _met_by(answers),
        "approaches": [
            {**_approach_record(tracks[uid], one), "other_by": _other_by(uid, answers)}
            for uid, one in answers.approaches
        ],
        "intercepts_by": _met_by(answers),
        "intercepts": [
            _intercept_record(one, tracks[one.asset.uid], answers) for one in answers.intercepts
        ],
        "assets_without_speed": [tracks[uid].name for uid in answers.without_speed],
        "back_track": _back_track_record(answers.back_track),
    }


def _met_by(answers: Answers) -> str:
    return _ADRIFT if answers.is_met_adrift else _RECKONED


def _other_by(uid: str, answers: Answers) -> str:
    return _ADRIFT if uid in answers.reckoned_adrift else _RECKONED


def _fix_off_record(off: FixOff | None) -> Record | None:
    if off is None:
        return None
    return {
        "fix_utc": time_text(off.fix.observed_at_utc),
        "fix_uid": off.fix.uid,
        "kind": off.reckoned.kind.value,
        "distance_nm": nm_from_m(off.distance_m),
        "bearing_deg": off.bearing_deg,
    }


def _legs_record(answers: Answers) -> Record:
    run, good = answers.run, answers.made_good
    times = {r.uid: r.observed_at_utc for r in answers.track.fixes}
    return {
        "legs": [_leg_record(one, times) for one in answers.legs],
        "run": None if run is None else _motion_record(run),
        "made_good": None if good is None else _over_leg_record(good),
    }


def _leg_record(one: AnsweredLeg, times: Mapping[str, datetime]) -> Record:
    return {
        "from_utc": time_text(times[one.leg.from_uid]),
        "to_utc": time_text(times[one.leg.to_uid]),
        **_over_leg_record(one.leg),
        "is_impossible": one.is_impossible,
    }


def _over_leg_record(leg: Leg) -> Record:
    return {"course_deg": leg.course_deg, **_motion_record(leg)}


def _motion_record(gone: Leg | Run) -> Record:
    speed_mps = gone.speed_mps
    return {
        "distance_nm": nm_from_m(gone.distance_m),
        "duration_min": gone.duration_s / _S_PER_MIN,
        "speed_kn": None if speed_mps is None else kn_from_mps(speed_mps),
    }


def _reckoned_record(reckoned: Reckoned | None, waters: WhoseWaters | None) -> Record | None:
    if reckoned is None or waters is None:
        return None
    return {
        "kind": reckoned.kind.value,
        "rule": reckoned.rule.value,
        **_position_record(reckoned.position),
        "error_radius_nm": nm_from_m(reckoned.radius_m),
        "course_deg": reckoned.course_deg,
        "speed_kn": kn_from_mps(reckoned.speed_mps),
        "run_nm": nm_from_m(reckoned.run_m),
        "from_fix_utc": time_text(reckoned.fix.observed_at_utc),
        "from_fix_uid": reckoned.fix.uid,
        "fixes": len(reckoned.fixes),
        "outside_validity_min": reckoned.outside_s / _S_PER_MIN,
        "is_stream_missing": reckoned.is_stream_missing,
        "waters": _waters_record(waters),
    }


def _conditions_record(reckoning: Reckoning | None, at_utc: datetime) -> Record | None:
    if reckoning is None or reckoning.conditions is None:
        return None
    carried = carried_at(reckoning.conditions, at_utc)
    stream, wind = carried.stream, carried.wind
    return {
        "stream_set_deg": None if stream is None else stream.set_deg,
        "stream_rate_kn": None if stream is None else stream.rate_kn,
        "wind_from_deg": None if wind is None else wind.from_deg,
        "wind_speed_kn": None if wind is None else wind.speed_kn,
        "leeway_percent": None if wind is None else wind.leeway_percent,
        "is_valid": carried.is_valid,
        "drift_course_deg": carried.course_deg,
        "drift_speed_kn": kn_from_mps(carried.speed_mps),
    }


def _waters_record(waters: WhoseWaters) -> Record:
    coast, coast_m = waters.coast, waters.coast_m
    return {
        "state": waters.state,
        "is_legal": waters.is_legal,
        "basis": waters.basis.value,
        "limit_code": waters.limit_code,
        "limit_name": waters.limit_name or None,
        "disputed_by": waters.disputed_by or None,
        "boundary_lon_deg": waters.nearest.lon_deg,
        "boundary_lat_deg": waters.nearest.lat_deg,
        "boundary_distance_nm": nm_from_m(waters.distance_m),
        "boundary_bearing_deg": waters.bearing_deg,
        "coast_lon_deg": None if coast is None else coast.position.lon_deg,
        "coast_lat_deg": None if coast is None else coast.position.lat_deg,
        "coast_distance_nm": None if coast_m is None else nm_from_m(coast_m),
        "coast_bearing_deg": None if coast is None else coast.bearing_deg,
    }


def _sar_record(region: SarRegion | None) -> Record | None:
    if region is None:
        return None
    return {
        "name": region.name,
        "is_legal": region.is_legal,
        "limit_code": region.limit_code,
        "limit_name": region.limit_name or None,
        "limit_lon_deg": region.nearest.lon_deg,
        "limit_lat_deg": region.nearest.lat_deg,
        "limit_distance_nm": nm_from_m(region.distance_m),
        "limit_bearing_deg": region.bearing_deg,
    }


def _change_record(change: WatersChange | CoastChange | None) -> Record | None:
    if change is None:
        return None
    sides: Record = {
        "from_state": change.from_state or NO_STATE,
        "to_state": change.to_state or NO_STATE,
    }
    if not isinstance(change, CoastChange):
        return _crossing_record(change) | sides | {"by": "limit"}
    by = "twelve_miles" if change.is_at_twelve_miles else "nearest_coast"
    of_no_limit: Record = {"is_legal": False, "limit_code": None, "limit_name": None, "by": by}
    return _way_there_record(change) | of_no_limit | sides


def _sar_change_record(change: SarChange | None) -> Record | None:
    if change is None:
        return None
    sides: Record = {"from_region": change.from_region, "to_region": change.to_region}
    return _crossing_record(change) | sides


def _crossing_record(change: WatersChange | SarChange) -> Record:
    return {
        **_way_there_record(change),
        "is_legal": change.is_legal,
        "limit_code": change.limit_code,
        "limit_name": change.limit_name or None,
    }


def _way_there_record(change: WatersChange | CoastChange | SarChange) -> Record:
    return {
        "crosses_at_utc": time_text(change.at_utc),
        **_position_record(change.position),
        "course_deg": change.course_deg,
        "run_nm": nm_from_m(change.run_m),
        "is_predicted": True,
    }


def _approach_record(other: Track, one: ClosestApproach) -> Record:
    return {
        "track": other.name,
        "uid": other.uid,
        "approaching": one.approaching.value,
        **_apart_record(one.now, ""),
        "cpa_nm": nm_from_m(one.closest.distance_m),
        "tcpa_min": one.tcpa_s / _S_PER_MIN,
        "cpa_at_utc": time_text(one.closest.at_utc),
        **_apart_record(one.closest, "cpa_"),
        "relative_speed_kn": kn_from_mps(one.relative_speed_mps),
    }


def _apart_record(apart: Apart, at: str) -> Record:
    """Return two craft at a time: of the distance at the CPA, ``cpa_nm`` is the only key."""
    distance: Record = {} if at else {"distance_nm": nm_from_m(apart.distance_m)}
    return {
        **distance,
        f"{at}bearing_deg": apart.bearing_deg,
        f"{at}back_bearing_deg": apart.back_bearing_deg,
        f"{at}lon_deg": apart.first.lon_deg,
        f"{at}lat_deg": apart.first.lat_deg,
        f"{at}other_lon_deg": apart.second.lon_deg,
        f"{at}other_lat_deg": apart.second.lat_deg,
    }


def _intercept_record(one: Intercept, asset: Track, answers: Answers) -> Record:
    meeting = one.meeting
    record: Record = {
        "track": asset.name,
        "uid": asset.uid,
        "speed_kn": kn_from_mps(one.asset.speed_mps),
        "fix_utc": time_text(answers.fixed_at_utc[one.asset.uid]),
        "start_lon_deg": None if one.start is None else one.start.lon_deg,
        "start_lat_deg": None if one.start is None else one.start.lat_deg,
        "is_before_fix": one.is_before_fix,
        "can_meet": meeting is not None,
    }
    if meeting is None:
        return record
    return {
        **record,
        "course_deg": meeting.course_deg,
        "distance_nm": nm_from_m(meeting.distance_m),
        "duration_min": meeting.duration_s / _S_PER_MIN,
        "eta_utc": time_text(meeting.at_utc),
        **_position_record(meeting.position),
        "waters": _waters_record(answers.meeting_waters[one.asset.uid]),
    }


def _back_track_record(back: BackTrack | None) -> Record | None:
    if back is None:
        return None
    return {
        "fix_utc": time_text(back.fix.observed_at_utc),
        **_over_leg_record(back.made_good),
        "beaches": [_launch_record(one) for one in back.candidates],
    }


def _launch_record(one: LaunchCandidate) -> Record:
    return {
        "beach": one.beach.name,
        "bearing_deg": one.bearing_deg,
        "distance_nm": nm_from_m(one.distance_m),
        "left_utc": time_text(one.left_utc),
        "left_within_min": one.left_within_s / _S_PER_MIN,
        "off_course_deg": one.off_course_deg,
        "confidence": one.confidence.value,
        "launch_reported_utc": (
            None if one.launch is None else time_text(one.launch.observed_at_utc)
        ),
    }


def _position_record(position: Position) -> Record:
    return {"lon_deg": position.lon_deg, "lat_deg": position.lat_deg}
