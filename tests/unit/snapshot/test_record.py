"""The record in a sheet's metadata: as it was put in, or none."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.chart.crowding import DensityMode
from channelplot.chart.language import SheetLanguage
from channelplot.chart.layers import DEFAULT_LAYERING, Layer, LayerView
from channelplot.errors import SheetRecordError
from channelplot.geodesy.bounds import Bounds
from channelplot.snapshot.record import PlotState, SheetRecord, read_record, record_text
from channelplot.snapshot.settings import (
    MOST_TEXT,
    Extent,
    Page,
    Report,
    Series,
    SheetSettings,
)
from channelplot.snapshot.sheet import Format, record_in
from helpers import charts
from helpers.sheets import STATE, made

TEXTS = st.text(
    st.characters(exclude_categories=("C", "Zl", "Zp", "Zs")) | st.just(" "), max_size=MOST_TEXT
)
TIMES = st.none() | st.datetimes(
    datetime(1900, 1, 1),  # noqa: DTZ001 (Hypothesis adds the zone)
    datetime(2999, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
UIDS = st.uuids().map(str)
SETTINGS = st.builds(
    SheetSettings,
    page=st.sampled_from(Page),
    is_landscape=st.booleans(),
    shape=st.floats(0.25, 4.0),
    dpi=st.integers(72, 600),
    scale=st.none() | st.integers(1_000, 100_000_000),
    extent=st.sampled_from(Extent)
    | st.builds(
        Bounds, st.floats(-9, 0), st.floats(45, 49), st.floats(0.1, 5), st.floats(49.1, 53)
    ),
    track_uids=st.none() | st.frozensets(UIDS, max_size=5),
    layering=st.builds(
        lambda hidden, opacity: DEFAULT_LAYERING.hiding(hidden).with_view(
            LayerView(Layer.TRACKS, True, opacity, 1_000, 2_000_000)
        ),
        st.frozensets(st.sampled_from(Layer)),
        st.floats(0.01, 1.0),
    ),
    density_mode=st.sampled_from(DensityMode),
    at_utc=TIMES,
    cut_off_utc=TIMES,
    language=st.sampled_from(SheetLanguage),
    title=TEXTS,
    author=TEXTS,
    marking=TEXTS,
    profile=st.sampled_from(["", "tenth"]),
    series=st.sampled_from(Series),
    has_all_boats=st.booleans(),
    reports=st.lists(st.sampled_from(Report), unique=True).map(tuple),
)
RECORDS = st.builds(
    SheetRecord,
    settings=SETTINGS,
    state=st.none()
    | st.builds(
        PlotState, st.integers(1, 10**9), st.text("0123456789abcdef", min_size=64, max_size=64)
    ),
)


@given(RECORDS)
def test_a_record_is_read_as_it_was_written(record: SheetRecord) -> None:
    text = record_text(record)

    assert read_record(text) == record
    assert text.isascii()
    assert "\n" not in text


@pytest.mark.parametrize("kind", Format)
def test_every_kind_of_file_carries_it(kind: Format) -> None:
    title = 'Night <b> & "more" \N{EM DASH} Brève'
    files = made(charts.night_plot(), kind, title=title, author="é", dpi=72)

    text = record_in(files[0].data)

    assert text is not None
    record = read_record(text)
    assert record.state == STATE
    assert (record.settings.title, record.settings.author) == (title, "é")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "[]",
        "{}",
        '{"program":"another"}',
        "[" * 100_000,
        '{"program":"Channel Plot","version":"1","qt":"6","state":null,"settings":{}}',
        '{"program":"Channel Plot","version":1,"qt":"6","state":null,"settings":{}}',
    ],
)
def test_what_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(SheetRecordError):
        read_record(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"dpi":200', '"dpi":99999'),
        ('"dpi":200', '"dpi":"200"'),
        ('"dpi":200', '"dpi":true'),
        ('"page":"a4"', '"page":"a0"'),
        ('"at_utc":null', '"at_utc":"2026-09-15"'),
        ('"extent":"open"', '"extent":[1,2,3]'),
        ('"extent":"open"', '"extent":[3,50,1,51]'),
        ('"seq":7', '"seq":"7"'),
        ('"title":"T"', '"title":"T\\u0000"'),
        ('"tracks"', '"tracks",1'),
    ],
)
def test_a_record_that_was_changed_into_nonsense_is_refused(old: str, new: str) -> None:
    text = record_text(SheetRecord(SheetSettings(title="T"), STATE))
    assert old in text

    with pytest.raises(SheetRecordError):
        read_record(text.replace(old, new, 1))


def test_a_picture_of_others_has_none() -> None:
    for data in (b"", b"%PDF-1.4 nothing", b"\x89PNG\r\n\x1a\n", b"<svg/>", bytes(range(256))):
        assert record_in(data) is None


def test_the_state_is_told_short() -> None:
    assert PlotState(128, "3f9a0c11b2d4" + "0" * 52).short_text == "#128 3f9a0c11b2d4"
    assert datetime(2026, 9, 15, tzinfo=UTC).isoformat() in record_text(
        SheetRecord(SheetSettings(at_utc=datetime(2026, 9, 15, tzinfo=UTC)), None)
    )
