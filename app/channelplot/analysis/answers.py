"""Everything the plot can answer of one craft at one time: a value for panels and scripts.

Where it is reckoned to be, under way and adrift; whose waters that is and when that changes; what
comes close to it; who can meet it where; which beach it left; and the legs it made. Each answer is
that of the module that knows it; here they are asked for the same time, place and conditions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from channelplot.analysis.answers_others import (
    MOST_APPROACHES,
    Approaches,
    assets_of,
    nearest_approaches,
    open_reckonings,
)
from channelplot.analysis.back_track import BackTrack, back_track
from channelplot.analysis.coast_changes import CoastChange
from channelplot.analysis.conditions import conditions_for
from channelplot.analysis.dead_reckoning import (
    AS_KNOWN,
    Reckoned,
    Reckoning,
    Supposition,
    most_likely,
    reckoned_at,
    reckoning_of,
)
from channelplot.analysis.error_model import ErrorModel
from channelplot.analysis.fix_off import FixOff, fix_off
from channelplot.analysis.intercept import Intercept, intercepts
from channelplot.analysis.legs import (
    Leg,
    Run,
    is_faster,
    legs_of,
    made_good,
    plausible_speed_of,
    run_of,
)
from channelplot.analysis.passage import Passage
from channelplot.analysis.sar_regions import SarChange, SarRegion
from channelplot.analysis.whose_waters import WatersChange, WatersChart, WhoseWaters
from channelplot.geodesy.measure import distance_m
from channelplot.model.beach import Beach
from channelplot.model.plot import Plot
from channelplot.model.track import Track

_EVER_SINCE: Final = datetime.min.replace(tzinfo=UTC)
"""Before any fix: a drift from then on begins at the fix."""
SAME_BEACH_M: Final = 1_500.0
"""A beach of the register that is nearer to one of the plot's own is the same sand under another
name or with a point of its own: nobody at a desk tells such two apart by a course made good."""


@dataclass(frozen=True, slots=True)
class AnsweredLeg:
    """A leg, and whether it is faster than such a craft can go."""

    leg: Leg
    is_impossible: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the plot answers of a craft at a time, by what was known of it until then.

    track: as it is in the plot, with later reports too. legs, run, made_good, back_track: of its
    fixes until at_utc; legs in the order of time.

    reckoned: where it is as reckoned; None, as is everything that follows from it, before its first
    fix. adrift: where it would be had it had no way since its last fix, carried by stream and wind;
    None without either, and for a craft that is reckoned to be adrift by then, of which there is
    no second opinion. waters, sar: at ``reckoned``; waters_adrift: at ``adrift``. sar: None where
    no search and rescue region is loaded.

    change_under_way: when it next comes from one state's waters into another's, or no state's, if
    it makes way as reckoned; change_adrift: if it has none; each None if that does not happen
    within six hours, or is not reckoned: of a craft that is adrift there is only change_adrift.
    sar_change: of the region, as reckoned. All are predictions.

    fix_off: how far its last fix lies from where it was reckoned to be by those before.

    approaches: other open craft by uid, the least distance from now on first. intercepts: of
    every asset with a speed, the soonest first; meeting_waters: whose waters it meets the boat in,
    by the asset's uid; without_speed: uids of assets of which nobody has said how fast they go;
    fixed_at_utc: when each open craft was last fixed, by uid. is_met_adrift: approaches and
    intercepts are those of the craft at ``adrift``, since it is a boat of which no motion is known
    (``most_likely``); else at ``reckoned``. reckoned_adrift: the other boats of which that is so.
    """

    track: Track
    at_utc: datetime
    legs: tuple[AnsweredLeg, ...]
    run: Run | None
    made_good: Leg | None
    back_track: BackTrack | None
    reckoning: Reckoning | None = None
    reckoned: Reckoned | None = None
    adrift: Reckoned | None = None
    waters: WhoseWaters | None = None
    waters_adrift: WhoseWaters | None = None
    sar: SarRegion | None = None
    change_under_way: WatersChange | CoastChange | None = None
    change_adrift: WatersChange | CoastChange | None = None
    sar_change: SarChange | None = None
    fix_off: FixOff | None = None
    approaches: Approaches = ()
    intercepts: tuple[Intercept, ...] = ()
    meeting_waters: Mapping[str, WhoseWaters]
    without_speed: tuple[str, ...] = ()
    fixed_at_utc: Mapping[str, datetime]
    is_met_adrift: bool = False
    reckoned_adrift: frozenset[str] = frozenset()


def answers_of(
    plot: Plot,
    track: Track,
    at_utc: datetime,
    *,
    waters: WatersChart,
    model: ErrorModel,
    beaches: Iterable[Beach],
    supposition: Supposition = AS_KNOWN,
    against: Sequence[str] | None = None,
    sent_utc: datetime | None = None,
) -> Answers:
    """Return everything the plot answers of a craft at a time, past, now or ahead.

    supposition: what the operator supposes of this craft; without conditions in it, it is in the
    stream and wind of the plot, as all others are. against: uids of the tracks to tell the closest
    approach to, all of them; None for the nearest few. sent_utc: when assets leave, each from where
    it is reckoned to be then; by default at at_utc.

    Closed and merged tracks come into no approach and no intercept, nor do those whose last fix is
    older than six hours (``HORIZON``) before at_utc; of the craft asked about itself, closed or
    old, everything is answered.
    """
    known = _until(track, at_utc)
    answers = Answers(
        track=track,
        at_utc=at_utc,
        legs=_legs(known, model),
        run=run_of(known),
        made_good=made_good(known),
        back_track=back_track(known, beaches),
        meeting_waters={},
        fixed_at_utc={},
    )
    if supposition.conditions is None:
        supposition = replace(supposition, conditions=conditions_for(plot, track.uid))
    reckoning = reckoning_of(track, at_utc, supposition)
    if reckoning is None:
        return answers
    adrift = _adrift(track, at_utc, supposition)
    met = most_likely(track, at_utc, supposition) or reckoning
    answers = replace(
        _with_waters(answers, reckoning, adrift, waters, model),
        fix_off=fix_off(known, supposition.conditions, model),
        is_met_adrift=met.is_motion_unknown,
    )
    return _with_others(answers, plot, met.passage, waters, against, sent_utc or at_utc)


def known_beaches(plot: Plot, register: Iterable[Beach]) -> tuple[Beach, ...]:
    """Return the plot's beaches, then those of the register that it has none of its own for.

    One of its own stands in for those of the same name, and for those within 1.5 km
    (``SAME_BEACH_M``).
    """
    own = tuple(plot.beaches.values())
    names = {beach.name.casefold() for beach in own}
    return (
        *own,
        *(
            beach
            for beach in register
            if beach.uid not in plot.beaches
            and beach.name.casefold() not in names
            and all(distance_m(beach.position, one.position) > SAME_BEACH_M for one in own)
        ),
    )


def _until(track: Track, at_utc: datetime) -> Track:
    """Return a track with the reports observed until a time; itself if those are all."""
    if not track.reports or track.reports[-1].observed_at_utc <= at_utc:
        return track
    return replace(track, reports=tuple(r for r in track.reports if r.observed_at_utc <= at_utc))


def _legs(track: Track, model: ErrorModel) -> tuple[AnsweredLeg, ...]:
    speed_mps = plausible_speed_of(track, model)
    return tuple(AnsweredLeg(leg, is_faster(leg, speed_mps)) for leg in legs_of(track))


def _adrift(track: Track, at_utc: datetime, supposition: Supposition) -> Reckoning | None:
    """Return the reckoning without way since the last fix, None where nothing would carry it."""
    if supposition.conditions is None:
        return None
    without_way = Supposition(conditions=supposition.conditions, drifts_from_utc=_EVER_SINCE)
    return reckoning_of(track, at_utc, without_way)


def _with_waters(
    answers: Answers,
    reckoning: Reckoning,
    adrift: Reckoning | None,
    waters: WatersChart,
    model: ErrorModel,
) -> Answers:
    at_utc = answers.at_utc
    reckoned = reckoned_at(reckoning, at_utc, model)
    is_adrift = reckoning.drifts_from_utc is not None and reckoning.drifts_from_utc <= at_utc
    change = waters.next_change_of_any(reckoning.passage, at_utc)
    answers = replace(
        answers,
        reckoning=reckoning,
        reckoned=reckoned,
        waters=waters.whose(reckoned.position),
        sar=waters.sar_region(reckoned.position),
        sar_change=waters.next_sar_change(reckoning.passage, at_utc),
    )
    if is_adrift:
        return replace(answers, change_adrift=change)
    if adrift is None:
        return replace(answers, change_under_way=change)
    would_be = reckoned_at(adrift, at_utc, model)
    return replace(
        answers,
        change_under_way=change,
        adrift=would_be,
        waters_adrift=waters.whose(would_be.position),
        change_adrift=waters.next_change_of_any(adrift.passage, at_utc),
    )


def _with_others(
    answers: Answers,
    plot: Plot,
    passage: Passage,
    waters: WatersChart,
    against: Sequence[str] | None,
    sent_utc: datetime,
) -> Answers:
    """Return the answers with those of other craft. passage: that they meet the craft on."""
    reckonings = open_reckonings(plot, answers.at_utc)
    reckonings.pop(answers.track.uid, None)
    uids = [uid for uid in against if uid in reckonings] if against is not None else reckonings
    passages = {uid: reckonings[uid].passage for uid in uids}
    most = MOST_APPROACHES if against is None else None
    assets, without_speed = assets_of(plot.tracks.values(), reckonings, answers.at_utc)
    found = intercepts(assets, passage, sent_utc)
    meetings = {one.asset.uid: one.meeting for one in found if one.meeting is not None}
    whose = waters.whose_of([meeting.position for meeting in meetings.values()])
    return replace(
        answers,
        approaches=nearest_approaches(passage, passages, answers.at_utc, most),
        intercepts=found,
        meeting_waters=dict(zip(meetings, whose, strict=True)),
        without_speed=without_speed,
        fixed_at_utc={uid: one.fix.observed_at_utc for uid, one in reckonings.items()},
        reckoned_adrift=frozenset(uid for uid, one in reckonings.items() if one.is_motion_unknown),
    )
