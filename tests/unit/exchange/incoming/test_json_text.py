"""JSON read through a window: the same values however a file is cut, and lines of what is none."""

import io
import json
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.incoming import json_text
from channelplot.exchange.incoming.json_text import JsonText, NoNumber

NOWHERE = Path("made-up.geojson")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def texts_of(data: bytes) -> list[tuple[int, Any, str]]:
    """Line, value and text of each JSON text of a file."""
    text = JsonText(io.BytesIO(data), NOWHERE, Event())
    found = []
    while text.next_text():
        line = text.line
        found.append((line, *text.value()))
    return found


def refused(data: bytes) -> tuple[ImportFault, int]:
    """Why a file is refused, and the line."""
    with pytest.raises(ImportFileError) as error:
        texts_of(data)
    assert error.value.path == NOWHERE
    return error.value.fault, error.value.line


@pytest.fixture(params=[1, 7, 1 << 18], ids="{} bytes at a time".format)
def _cut(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_text, "_CHUNK", request.param)


@pytest.mark.usefixtures("_cut")
def test_texts_follow_one_another_on_lines_of_their_own() -> None:
    data = (
        '{"a":\n1}\n\n{"b": [1.5, -2e3, "\\ud83d\\ude00é"]}\r\n\x1e-12345678901\x1etrue\x1e1.5e-9'
    ).encode()
    assert texts_of(b"\xef\xbb\xbf" + data) == [
        (1, {"a": 1}, '{"a":\n1}'),
        (4, {"b": [1.5, -2000.0, "\U0001f600é"]}, '{"b": [1.5, -2e3, "\\ud83d\\ude00é"]}'),
        (5, -12345678901, "-12345678901"),
        (5, True, "true"),
        (5, 1.5e-9, "1.5e-9"),
    ]


@given(st.lists(VALUES, max_size=4), st.integers(1, 40))
def test_values_are_what_they_were_however_the_file_is_cut(values: list[Any], size: int) -> None:
    data = "\n".join(json.dumps(value, indent=1, ensure_ascii=False) for value in values)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_text, "_CHUNK", size)
        found = texts_of(data.encode("utf-8", "replace"))
    clean = json.loads(json.dumps(values, ensure_ascii=False).encode("utf-8", "replace"))
    assert [value for _, value, _ in found] == clean


@pytest.mark.usefixtures("_cut")
@pytest.mark.parametrize(
    ("data", "fault", "line"),
    [
        (b'{"a": 1} {"b": 2}', ImportFault.NOT_JSON, 1),
        (b'\n{"a": 1,\n"b": 2,\n"a": 3}', ImportFault.NOT_JSON, 2),
        (b'{"a": 1,\n\n"b": tru }', ImportFault.NOT_JSON, 3),
        (b'{"a": 1,\n\n"b": "', ImportFault.NOT_JSON, 3),
        (b'{"a": 1,\n"b": "x\ny"}', ImportFault.NOT_JSON, 2),
        (b'{"a": 1,\n"b": [1,\n', ImportFault.NOT_JSON, 3),
        (b'{"a": 1,}', ImportFault.NOT_JSON, 1),
        (b"{'a': 1}", ImportFault.NOT_JSON, 1),
        (b'{"a": 01}', ImportFault.NOT_JSON, 1),
        (b'{"a":\n"\xff"}', ImportFault.ENCODING, 2),
        (b'{"a":\n"\xc3"}', ImportFault.ENCODING, 2),
        (b'{"a":\n\n"b', ImportFault.NOT_JSON, 3),
        (b'{"a":\n"\xc3', ImportFault.ENCODING, 2),
        ("{}".encode("utf-16"), ImportFault.ENCODING, 1),
        (b'{"a":\n"\0"}', ImportFault.ZERO_BYTE, 2),
        (b"\n" + b"[" * 20_000, ImportFault.TOO_DEEP, 2),
        (b"\n" + b'{"a":' * 20_000, ImportFault.TOO_DEEP, 2),
    ],
)
def test_what_is_no_json_is_refused_with_its_line(
    data: bytes, fault: ImportFault, line: int
) -> None:
    assert refused(data) == (fault, line)


def test_what_is_no_number_stands_as_such() -> None:
    ((_, value, _),) = texts_of(b'{"a": [NaN, Infinity, -Infinity]}')
    assert all(isinstance(each, NoNumber) for each in value["a"])
    assert [each.text for each in value["a"]] == ["NaN", "Infinity", "-Infinity"]


@pytest.mark.usefixtures("_cut")
def test_a_whole_number_of_thousands_of_figures_is_none() -> None:
    figures = "9" * 5_000
    ((_, value, _),) = texts_of(f'{{"a": [-{figures}, 7, 1.5], "b": {figures}}}'.encode())
    assert [value["a"][0].text, value["b"].text] == [f"-{figures}", figures]
    assert value["a"][1:] == [7, 1.5]


@pytest.mark.usefixtures("_cut")
def test_a_line_that_is_no_json_can_be_left() -> None:
    text = JsonText(io.BytesIO(b'{"a": 1,\n\n{"b": 2}  \r\n3 4'), NOWHERE, Event())
    assert text.next_text()
    with pytest.raises(ImportFileError) as error:
        text.value()
    assert (error.value.line, text.line) == (3, 1)
    text.skip_line()
    assert text.next_text()
    assert (text.line, text.value()[0], text.is_at_line_end()) == (3, {"b": 2}, True)
    assert text.next_text()
    assert (text.line, text.value()[0], text.is_at_line_end()) == (4, 3, False)
    text.skip_line()
    assert not text.next_text()


def test_a_value_too_large_is_refused_without_being_read_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(json_text, "_CHUNK", 1000)
    monkeypatch.setattr(json_text, "MOST_VALUE", 20_000)
    file = io.BytesIO(b'"' + b"x" * 100_000)
    with pytest.raises(ImportFileError) as error:
        JsonText(file, NOWHERE, Event()).value()
    assert error.value.fault is ImportFault.TOO_LARGE
    assert file.tell() < 50_000


def test_brackets_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_text, "_CHUNK", 1000)
    monkeypatch.setattr(json_text, "_MOST_BRACKETS", 1000)
    assert refused(b"[" + b"[]," * 20_000)[0] is ImportFault.TOO_LARGE


def test_a_file_too_large_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_text, "MOST_BYTES", 10)
    assert refused(b'{"a": 12345}')[0] is ImportFault.TOO_LARGE


def test_it_ends_when_it_is_told_to() -> None:
    stop = Event()
    stop.set()
    with pytest.raises(ImportFileError) as error:
        JsonText(io.BytesIO(b"{}"), NOWHERE, stop).next_text()
    assert error.value.fault is ImportFault.STOPPED
