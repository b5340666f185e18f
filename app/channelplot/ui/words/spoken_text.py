"""What is read out over the radio or the telephone: a warning to a ship, a word to both desks.

English and French are made at once, whatever language the window speaks: they are for those who
listen, and are no texts of the window. So they stand here side by side and not in the translations.
The English keeps to the IMO Standard Marine Communication Phrases where these have one. Figures are
rounded as they are spoken: bearings in three figures, miles and knots to a tenth.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from channelplot.analysis.ahead import ApproachAhead, CraftAhead
from channelplot.analysis.closest_approach import Apart, Approaching
from channelplot.analysis.drift import carried_at
from channelplot.analysis.error_circle import ErrorModel
from channelplot.analysis.ledger import ledger_of
from channelplot.analysis.passage import Way
from channelplot.analysis.whose_waters import NO_STATE, WatersChange
from channelplot.basemap.boundary import BOUNDARY_CODE
from channelplot.geodesy.angles import wrapped_deg
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import METRES_PER_NM, kn_from_mps, nm_from_m
from channelplot.model.codes import Craft, ReckoningRule
from channelplot.model.plot import Plot
from channelplot.model.track import Track


@dataclass(frozen=True, slots=True)
class SpokenText:
    """The same in both languages."""

    english: str
    french: str

    @property
    def both(self) -> str:
        """Return both, the English first, with an empty line between."""
        return f"{self.english}\n\n{self.french}"

    def __add__(self, other: "SpokenText") -> "SpokenText":
        """Return this and another, one sentence behind the other."""
        return SpokenText(f"{self.english} {other.english}", f"{self.french} {other.french}")

    def told(self, **parts: "SpokenText | str") -> "SpokenText":
        """Return the text with parts put in where it names them, each in its language."""
        english = {k: p.english if isinstance(p, SpokenText) else p for k, p in parts.items()}
        french = {k: p.french if isinstance(p, SpokenText) else p for k, p in parts.items()}
        return SpokenText(self.english.format(**english), self.french.format(**french))


_CRAFT: Final[Mapping[Craft, SpokenText]] = {
    Craft.SMALL_BOAT: SpokenText("small boat", "petite embarcation"),
    Craft.RESCUE_VESSEL: SpokenText("rescue vessel {name}", "navire de sauvetage {name}"),
    Craft.AIRCRAFT: SpokenText("aircraft {name}", "aéronef {name}"),
    Craft.MERCHANT_VESSEL: SpokenText("vessel {name}", "navire {name}"),
    Craft.OTHER: SpokenText("craft", "embarcation"),
}
_IT: Final[Mapping[Craft, SpokenText]] = {
    Craft.SMALL_BOAT: SpokenText("boat", "l'embarcation"),
    Craft.RESCUE_VESSEL: SpokenText("vessel", "le navire"),
    Craft.AIRCRAFT: SpokenText("aircraft", "l'aéronef"),
    Craft.MERCHANT_VESSEL: SpokenText("vessel", "le navire"),
    Craft.OTHER: SpokenText("craft", "l'embarcation"),
}
_WARNING: Final = SpokenText(
    "{to}, WARNING. {what}, last reported at {fixed} UTC. Predicted at {at} UTC: {place},"
    " {motion}, position good to about {error}.",
    "{to}, AVERTISSEMENT. {what}, dernier signalement à {fixed} UTC. Prévision pour {at} UTC :"
    " {place}, {motion}, position à environ {error} près.",
)
_WARNING_OF_FIX: Final = SpokenText(
    "{to}, WARNING. {what}, reported at {fixed} UTC: {place}, {motion}, position good to about"
    " {error}.",
    "{to}, AVERTISSEMENT. {what}, signalement de {fixed} UTC : {place}, {motion}, position à"
    " environ {error} près.",
)
_PLACE: Final = SpokenText(
    "bearing {bearing} degrees true, {distance} from you, in position {position}",
    "relèvement {bearing} degrés vrai, à {distance} de vous, en position {position}",
)
_PLACE_ON_TOP: Final = SpokenText("in your position, {position}", "dans votre position, {position}")
_PEOPLE: Final = SpokenText(
    "{craft} with about {people} persons on board", "{craft} avec environ {people} personnes à bord"
)
_ONE_PERSON: Final = SpokenText(
    "{craft} with one person on board", "{craft} avec une personne à bord"
)
_CLOSEST: Final = SpokenText(
    "Predicted closest approach {distance} at {at} UTC, {it} then bearing {bearing} degrees true.",
    "Rapprochement maximal prévu {distance} à {at} UTC, {it} alors au relèvement {bearing} degrés"
    " vrai.",
)
_VERY_CLOSE: Final = SpokenText(
    "{it} may pass very close to you at about {at} UTC, predicted closest approach {distance}.",
    "{it} peut passer très près de vous vers {at} UTC, rapprochement maximal prévu {distance}.",
)
_MEETING: Final = SpokenText("Risk of collision:", "Risque d'abordage :")
_MEETING_M: Final = METRES_PER_NM / 20.0
"""A closest approach that is spoken as less than a tenth of a mile: no bearing is good then."""
_STILL_CLOSING: Final = SpokenText("Distance is decreasing.", "La distance diminue.")
_STEADY: Final = SpokenText("Distance is not changing.", "La distance ne change pas.")
_PARTING: Final = SpokenText("Distance is increasing.", "La distance augmente.")
_LOOKOUT: Final = SpokenText(
    "Keep a sharp lookout and keep clear.",
    "Exercez une veille attentive et tenez-vous à l'écart.",
)
_UNDER_WAY: Final = SpokenText(
    "course {course} degrees, speed {speed}", "route au {course}, vitesse {speed}"
)
_ADRIFT: Final = SpokenText(
    "adrift, drifting {course} degrees, {speed}", "à la dérive vers le {course}, {speed}"
)
_IF_ADRIFT: Final = SpokenText(
    "motion not known, if adrift drifting {course} degrees, {speed}",
    "mouvement inconnu, si à la dérive vers le {course}, {speed}",
)
_NO_WAY: Final = SpokenText("not making way", "sans erre")
_UNKNOWN_WAY: Final = SpokenText("course and speed not known", "route et vitesse inconnues")
_WATERS: Final = SpokenText(
    "INFORMATION. Boat {name}, {motion}, is predicted to {enter} {to} waters at {at} UTC,"
    " in position {position}, good to about {error}, coming from {of} waters.",
    "INFORMATION. L'embarcation {name}, {motion}, devrait {enter} dans les eaux {to} à {at} UTC,"
    " en position {position}, à environ {error} près, venant des eaux {of}.",
)
_ENTER: Final = SpokenText("enter", "entrer")
_ENTER_AGAIN: Final = SpokenText("re-enter", "entrer de nouveau")
_LAW: Final = SpokenText("Boundary of 1988, legal.", "Limite de 1988, légale.")
_LOADED_LAW: Final = SpokenText("Limit {limit}, legal.", "Limite {limit}, légale.")
_INDICATIVE: Final = SpokenText(
    "Limit {limit}, indicative only.", "Limite {limit}, à titre indicatif seulement."
)
_OF_1988: Final = SpokenText("of 1988", "de 1988")
_RECKONED: Final = SpokenText(
    "Reckoned from its position at {at} UTC{by}.",
    "Estime faite depuis sa position de {at} UTC{by}.",
)
_BY: Final = SpokenText(", {given} as given", ", {given} tels que donnés")
_BY_ONE: Final = SpokenText(", {given} as given", ", {given} tel que donné")
_BOTH: Final = SpokenText("{one} and {other}", "{one} et {other}")
_STREAM: Final = SpokenText(
    "stream setting {to} degrees {speed}", "courant portant au {to} à {speed}"
)
_WIND: Final = SpokenText(
    "wind from {of} degrees {speed} with leeway {leeway} per cent",
    "vent du {of} à {speed} avec {leeway} pour cent de dérive au vent",
)
_OUTDATED: Final = SpokenText(
    "Stream or wind is no longer valid then.", "Courant ou vent ne sont plus valables alors."
)
_PREDICTION: Final = SpokenText(
    "Prediction, not observation.", "Ceci est une prévision, non une observation."
)
_WATERS_OF: Final[Mapping[str, SpokenText]] = {
    "GB": SpokenText("UK", "britanniques"),
    "FR": SpokenText("French", "françaises"),
    "BE": SpokenText("Belgian", "belges"),
    "NL": SpokenText("Dutch", "néerlandaises"),
    "JE": SpokenText("Jersey", "de Jersey"),
    "GG": SpokenText("Guernsey", "de Guernesey"),
    NO_STATE: SpokenText("international", "internationales"),
}
_POSITION: Final = SpokenText(
    "{lat} degrees {lat_min} minutes {ns}, {lon} degrees {lon_min} minutes {ew}",
    "{lat} degrés {lat_min} minutes {ns}, {lon} degrés {lon_min} minutes {ew}",
)
_NORTH: Final = SpokenText("north", "nord")
_SOUTH: Final = SpokenText("south", "sud")
_EAST: Final = SpokenText("east", "est")
_WEST: Final = SpokenText("west", "ouest")


def warning_text(ahead: ApproachAhead, model: ErrorModel) -> SpokenText:
    """Return the warning to one of two craft that come too close to each other.

    It is for the one that is no boat, of two alike for the second, and says everything as seen
    from there: when the other was last reported, where it is reckoned to be, and how far that may
    be off by the model. A closest approach within the error of the two is not told as a figure to
    pass by.
    """
    is_to_second = ahead.first.track.has_people or not ahead.second.track.has_people
    to, other = (ahead.second, ahead.first) if is_to_second else (ahead.first, ahead.second)
    now = ahead.approach.now
    bearing_deg = _bearing_deg(now, is_to_second=is_to_second)
    fixed_utc = other.reckoning.fix.observed_at_utc
    warning = (_WARNING if now.at_utc > fixed_utc else _WARNING_OF_FIX).told(
        to=to.track.name,
        what=_capital(_what(other.track)),
        fixed=_time(fixed_utc),
        at=_time(now.at_utc),
        place=(_PLACE if bearing_deg is not None else _PLACE_ON_TOP).told(
            bearing=_three(bearing_deg or 0.0),
            distance=_miles(now.distance_m),
            position=_position(now.first if is_to_second else now.second),
        ),
        motion=_motion(other, other.reckoning.passage.onward(now.at_utc), now.at_utc),
        error=_error(other, now.at_utc, model),
    )
    match ahead.approach.approaching:
        case Approaching.AHEAD if ahead.approach.closest.at_utc > now.at_utc:
            coming = _coming(ahead, other.track, model, is_to_second=is_to_second)
        case Approaching.CLOSING:
            coming = _STILL_CLOSING
        case Approaching.STEADY:
            coming = _STEADY
        case _:
            coming = _PARTING
    return warning + coming + _LOOKOUT


def _coming(
    ahead: ApproachAhead, other: Track, model: ErrorModel, *, is_to_second: bool
) -> SpokenText:
    """Return how close another craft comes; as very close where nobody can know better."""
    closest = ahead.approach.closest
    then_deg = _bearing_deg(closest, is_to_second=is_to_second)
    errors_m = (
        craft.reckoning.radius_m(closest.at_utc, model) for craft in (ahead.first, ahead.second)
    )
    is_meeting = then_deg is None or closest.distance_m < _MEETING_M
    is_very_close = is_meeting or closest.distance_m < math.hypot(*errors_m)
    it = _IT[other.craft]
    coming = (_VERY_CLOSE if is_very_close else _CLOSEST).told(
        distance=_miles(closest.distance_m),
        at=_time(closest.at_utc),
        it=_capital(it) if is_very_close and not is_meeting else it,
        bearing=_three(then_deg or 0.0),
    )
    return _MEETING + coming if is_meeting else coming


def crossing_text(
    craft: CraftAhead, change: WatersChange, plot: Plot, model: ErrorModel
) -> SpokenText:
    """Return what both desks are told of a boat that is reckoned to cross a limit of waters.

    With how far its position there may be off by the model.
    """
    way = craft.reckoning.passage.way_at(change.at_utc)
    text = _WATERS.told(
        name=craft.track.name,
        motion=_motion(craft, way, change.at_utc),
        enter=_ENTER_AGAIN if _was_there(craft, change, plot) else _ENTER,
        to=_waters(change.to_state),
        of=_waters(change.from_state),
        at=_time(change.at_utc),
        position=_position(change.position),
        error=_error(craft, change.at_utc, model),
    )
    limit = change.limit_name or _OF_1988
    if change.is_legal:
        law = _LAW if change.limit_code == BOUNDARY_CODE else _LOADED_LAW
    else:
        law = _INDICATIVE
    return text + law.told(limit=limit) + _reckoned(craft, change) + _PREDICTION


def _reckoned(craft: CraftAhead, change: WatersChange) -> SpokenText:
    """Return what the craft is reckoned from: its fix, and the stream and wind that carry it."""
    conditions, given = craft.reckoning.conditions, list[SpokenText]()
    is_valid = True
    if conditions is not None and craft.is_adrift(change.at_utc):
        carried = carried_at(conditions, change.at_utc)
        is_valid = carried.is_valid
        if carried.stream is not None:
            stream = carried.stream
            given.append(_STREAM.told(to=_three(stream.set_deg), speed=_knots(stream.rate_kn)))
        if carried.wind is not None:
            wind = carried.wind
            given.append(
                _WIND.told(
                    of=_three(wind.from_deg),
                    speed=_knots(wind.speed_kn),
                    leeway=_number(wind.leeway_percent),
                )
            )
    by: SpokenText | str = ""
    if len(given) > 1:
        by = _BY.told(given=_BOTH.told(one=given[0], other=given[1]))
    elif given:
        by = _BY_ONE.told(given=given[0])
    text = _RECKONED.told(at=_time(craft.reckoning.fix.observed_at_utc), by=by)
    return text if is_valid else text + _OUTDATED


def _was_there(craft: CraftAhead, change: WatersChange, plot: Plot) -> bool:
    """Return whether a craft was in those waters before, by what was logged or is reckoned."""
    logged = (
        one.from_side
        for one in plot.predicted_crossings.values()
        if one.track_uid == craft.track.uid and one.crosses_at_utc < change.at_utc
    )
    reckoned = (one.from_state for one in craft.changes if one.at_utc < change.at_utc)
    return change.to_state in {*logged, *reckoned}


def _what(track: Track) -> SpokenText:
    craft = _CRAFT[track.craft].told(name=track.name)
    ledger = ledger_of(track)
    if not track.has_people or ledger.counted is not None or not ledger.reported_total:
        return craft
    words = _ONE_PERSON if ledger.reported_total == 1 else _PEOPLE
    return words.told(craft=craft, people=str(ledger.reported_total))


def _motion(craft: CraftAhead, way: Way, at_utc: datetime) -> SpokenText:
    if way.course_deg is None or not way.is_moving:
        is_known = craft.reckoning.rule_at(at_utc) is not ReckoningRule.LAST_FIX
        return _NO_WAY if is_known else _UNKNOWN_WAY
    words = _ADRIFT if craft.is_adrift(at_utc) else _UNDER_WAY
    if craft.reckoning.is_motion_unknown:
        words = _IF_ADRIFT
    return words.told(course=_three(way.course_deg), speed=_knots(kn_from_mps(way.speed_mps)))


def _bearing_deg(apart: Apart, *, is_to_second: bool) -> float | None:
    """Return how the other bears from the one who is told."""
    return apart.back_bearing_deg if is_to_second else apart.bearing_deg


def _waters(state: str) -> SpokenText:
    return _WATERS_OF.get(state, SpokenText(state, state))


def _position(position: Position) -> SpokenText:
    lat, lat_min = _degrees(position.lat_deg)
    lon, lon_min = _degrees(position.lon_deg)
    return _POSITION.told(
        lat=f"{lat:02d}",
        lat_min=lat_min,
        ns=_SOUTH if position.lat_deg < 0.0 else _NORTH,
        lon=f"{lon:03d}",
        lon_min=lon_min,
        ew=_WEST if position.lon_deg < 0.0 else _EAST,
    )


def _degrees(angle_deg: float) -> tuple[int, SpokenText]:
    """Return whole degrees, and the minutes to a tenth; rounded once, so that 60 carries."""
    degrees, tenths = divmod(round(abs(angle_deg) * 600.0), 600)
    return degrees, _decimal(f"{tenths / 10.0:04.1f}")


def _error(craft: CraftAhead, at_utc: datetime, model: ErrorModel) -> SpokenText:
    """Return how far a craft may be from where it is reckoned to be, rounded up to a tenth."""
    radius_nm = nm_from_m(craft.reckoning.radius_m(at_utc, model))
    return _miles(METRES_PER_NM * math.ceil(10.0 * radius_nm) / 10.0)


def _miles(distance_m: float) -> SpokenText:
    figure = f"{nm_from_m(distance_m):.1f}"
    if figure == "0.0":
        return SpokenText("less than 0.1 nautical miles", "moins de 0,1 mille nautique")
    plural = "s" if float(figure) >= 2.0 else ""
    number = _decimal(figure)
    return SpokenText(
        f"{number.english} nautical miles", f"{number.french} mille{plural} nautique{plural}"
    )


def _knots(speed_kn: float) -> SpokenText:
    number = _number(speed_kn)
    english = "knot" if number.english == "1" else "knots"
    french = "nœuds" if round(speed_kn, 1) >= 2.0 else "nœud"
    return SpokenText(f"{number.english} {english}", f"{number.french} {french}")


def _number(value: float) -> SpokenText:
    """Return a number to a tenth, without one that is nought."""
    return _decimal(f"{value:.1f}".removesuffix(".0"))


def _decimal(figure: str) -> SpokenText:
    return SpokenText(figure, figure.replace(".", ","))


def _three(angle_deg: float) -> str:
    return f"{wrapped_deg(round(angle_deg)):03.0f}"


def _time(moment_utc: datetime) -> str:
    """Return a time in four figures, truncated to the minute as everywhere."""
    return f"{moment_utc:%H%M}"


def _capital(text: SpokenText) -> SpokenText:
    return SpokenText(
        text.english[:1].upper() + text.english[1:], text.french[:1].upper() + text.french[1:]
    )
