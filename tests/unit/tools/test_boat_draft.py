"""The record of a boat: what is typed is read, and only what differs is saved."""

from dataclasses import replace

import pytest

from channelplot.commands.reports import withdraw_report
from channelplot.commands.tracks import amend_track, start_track, withdraw_track
from channelplot.errors import CommandRefused
from channelplot.model.codes import BoatType, Craft
from channelplot.model.track import Track
from channelplot.tools.boat_draft import BoatDraft, BoatFault, BoatField
from helpers.builders import a_track
from helpers.desk import Desk


def named(desk: Desk, name: str) -> Track:
    (track,) = [t for t in desk.session.document.plot.tracks.values() if t.name == name]
    return track


@pytest.fixture
def boat(desk: Desk) -> BoatDraft:
    """The record of A, taken up."""
    draft = BoatDraft(desk.session, desk.beach)
    desk.session.selection.set(frozenset({named(desk, "A").uid}))
    assert draft.begin()
    return draft


def test_a_record_is_begun_with_one_track_alone(desk: Desk) -> None:
    draft = BoatDraft(desk.session, desk.beach)
    assert not draft.begin()
    assert draft.reading().faults == (BoatFault.GONE,)
    a, b = named(desk, "A"), named(desk, "B")
    desk.session.selection.set(frozenset({a.uid, b.uid}))
    assert not draft.begin()
    desk.session.selection.set(frozenset({b.reports[0].uid}))
    assert draft.begin()
    assert draft.text.name == "B"


def test_the_name_alone_is_changed_and_undone(desk: Desk, boat: BoatDraft) -> None:
    before = named(desk, "A")
    boat.edit(name="HUNTER")
    assert boat.reading().changed == (BoatField.NAME,)
    assert boat.commit()
    assert named(desk, "HUNTER") == replace(before, name="HUNTER")
    assert desk.store.labels == ["amend_track"]
    assert boat.is_empty
    desk.session.document.undo()
    assert named(desk, "A") == before
    assert boat.text.name == "A", "an untouched record shows what the plot has"


def test_every_field_is_kept_and_read_back(desk: Desk, boat: BoatDraft) -> None:
    boat.edit(
        craft=Craft.OTHER,
        boat_type=BoatType.INFLATABLE,
        colour=" grey ",
        length="7,5 m",
        engine="40 hp",
        uk_reference="HUM 123",
        fr_reference="Gris-Nez SAR 2026/42",
        beach="sangatte",
        interval="15",
        speed="28,5 kn",
        note="engine failing",
        why="seen from the air",
    )
    assert set(boat.reading().changed) == set(BoatField) - {BoatField.NAME}
    assert boat.commit()

    track = named(desk, "A")
    plot = desk.session.document.plot
    assert (track.craft, track.boat_type, track.colour) == (
        Craft.OTHER, BoatType.INFLATABLE, "grey",
    )  # fmt: skip
    assert (track.length_m, track.engine, track.note) == (7.5, "40 hp", "engine failing")
    assert (track.uk_reference, track.fr_reference) == ("HUM 123", "Gris-Nez SAR 2026/42")
    assert plot.beaches[track.launch_beach_uid or ""].name == "Sangatte"
    assert (track.contact_interval_min, track.speed_kn) == (15, 28.5)
    assert desk.store.saved[-1][1].reason == "seen from the air"
    assert (boat.text.length, boat.text.beach, boat.text.interval) == ("7.5", "Sangatte", "15")
    assert boat.text.speed == "28.5"
    assert boat.why == ""

    boat.edit(boat_type=None, colour="", length="", beach="", interval="", speed="")
    assert boat.commit()
    track = named(desk, "A")
    assert (track.boat_type, track.colour, track.length_m) == (None, "", None)
    assert (track.launch_beach_uid, track.contact_interval_min) == (None, None)
    assert track.speed_kn is None


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"name": "  "}, BoatFault.NAME_EMPTY),
        ({"name": "B"}, BoatFault.NAME_TAKEN),
        ({"name": "b"}, BoatFault.NAME_TAKEN),
        ({"length": "long"}, BoatFault.LENGTH),
        ({"length": "0"}, BoatFault.LENGTH),
        ({"length": "501"}, BoatFault.LENGTH),
        ({"length": "1.2.3"}, BoatFault.LENGTH),
        ({"length": "."}, BoatFault.LENGTH),
        ({"interval": "0"}, BoatFault.INTERVAL),
        ({"interval": "1441"}, BoatFault.INTERVAL),
        ({"interval": "²"}, BoatFault.INTERVAL),
        ({"interval": "99999999999"}, BoatFault.INTERVAL),
        ({"interval": "soon"}, BoatFault.INTERVAL),
        ({"speed": "0"}, BoatFault.SPEED),
        ({"speed": "-4"}, BoatFault.SPEED),
        ({"speed": "nan"}, BoatFault.SPEED),
        ({"speed": "fast"}, BoatFault.SPEED),
        ({"speed": "1000"}, BoatFault.SPEED),
        ({"beach": "Deauville"}, BoatFault.BEACH_UNKNOWN),
    ],
)
def test_what_cannot_be_read_is_not_saved(
    desk: Desk, boat: BoatDraft, values: dict[str, str], fault: BoatFault
) -> None:
    boat.edit(**values)
    assert boat.reading().faults == (fault,)
    assert not boat.commit()
    assert desk.store.saved == []
    boat.clear()
    assert boat.is_empty


def test_a_beach_is_found_by_how_it_begins_and_the_register_s_is_copied(
    desk: Desk, boat: BoatDraft
) -> None:
    assert boat.beach_names() == ("Sangatte", "Wissant", "Oye", "Blériot")
    boat.edit(beach="ble")
    reading = boat.reading()
    assert reading.new_beach is not None
    assert reading.new_beach.name == "Blériot"
    assert boat.commit()
    assert named(desk, "A").launch_beach_uid == "b"
    assert desk.session.document.plot.beaches["b"].name == "Blériot"
    assert desk.store.labels == ["amend_track"], "one act"

    boat.edit(beach="Oye")
    assert boat.commit()
    desk.session.document.undo()
    desk.session.document.undo()
    assert named(desk, "A").launch_beach_uid is None
    assert "b" not in desk.session.document.plot.beaches


def test_a_beginning_of_several_beaches_names_them(desk: Desk, boat: BoatDraft) -> None:
    desk.beach.use_register((replace(desk.beach.register[0], uid="s", name="Sangatte Est"),))
    boat.edit(beach="Sang")
    assert boat.reading().faults == (BoatFault.BEACH_SEVERAL,)
    assert boat.reading().beaches == ("Sangatte", "Sangatte Est")
    boat.edit(beach="Sangatte")
    assert boat.reading().faults == (), "a whole name counts before a beginning"


def test_what_others_change_meanwhile_stays(desk: Desk, boat: BoatDraft) -> None:
    boat.edit(colour="grey")
    desk.session.document.apply(amend_track(replace(named(desk, "A"), engine="40 hp")))
    assert boat.text.colour == "grey"
    assert boat.commit()
    track = named(desk, "A")
    assert (track.colour, track.engine) == ("grey", "40 hp")


def test_enter_on_an_untouched_record_does_nothing_and_is_done(desk: Desk, boat: BoatDraft) -> None:
    assert boat.commit()
    boat.edit(why="just looking")
    assert boat.commit()
    boat.edit(length="  ")
    assert boat.commit()
    assert desk.store.saved == []


def test_a_track_withdrawn_meanwhile_can_not_be_amended(desk: Desk, boat: BoatDraft) -> None:
    boat.edit(colour="grey")
    desk.session.document.apply(withdraw_track(boat.uid))
    assert boat.reading().faults == (BoatFault.GONE,)
    assert not boat.commit()


def test_the_record_follows_the_selection_while_nothing_is_typed(
    desk: Desk, boat: BoatDraft
) -> None:
    b = named(desk, "B")
    desk.session.selection.set(frozenset({b.uid}))
    assert boat.text.name == "B"
    desk.session.selection.set(frozenset({named(desk, "A").uid}), is_chosen=False)
    assert boat.text.name == "B", "the program's own choice moves nothing"
    boat.edit(colour="grey")
    desk.session.selection.set(frozenset({named(desk, "A").uid}))
    assert (boat.text.name, boat.text.colour) == ("B", "grey")


def test_a_craft_that_would_hide_people_is_refused(desk: Desk, boat: BoatDraft) -> None:
    desk.report.edit(position="51 00.0N 001 36.0E", time="0250", track=boat.uid, people="40")
    assert desk.report.commit()
    boat.edit(craft=Craft.MERCHANT_VESSEL)
    with pytest.raises(CommandRefused):
        boat.commit()
    assert boat.text.craft is Craft.MERCHANT_VESSEL, "what was typed is not lost"


def test_another_act_shows_in_a_record_nobody_types_into(desk: Desk, boat: BoatDraft) -> None:
    announced: list[None] = []
    boat.changed.connect(announced.append)
    desk.session.document.apply(withdraw_report(named(desk, "B").reports[0].uid))
    assert announced
    desk.session.document.apply(start_track(a_track("C")))
    boat.edit(name="c")
    assert boat.reading().faults == (BoatFault.NAME_TAKEN,)
