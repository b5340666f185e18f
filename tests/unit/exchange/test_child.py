"""A child that answers, dies, hangs or says too much; and what it sends back."""

import json
import struct
import sys
from pathlib import Path

import pytest

from channelplot.errors import LimitFileError, LimitFileFault
from channelplot.exchange import vector_file
from channelplot.exchange.child import ChildEnd, ChildFailed, run_child
from channelplot.exchange.limit_shapes import LimitBounds, LimitShape, ShapeProblem
from channelplot.exchange.vector_file import packed, packed_fault, read_vector_file
from channelplot.geodesy.position import Position

BOUNDS = LimitBounds(most_bytes=10_000, most_shapes=10, most_points=100)
CHILD = """
import json, os, sys, time
what = sys.argv[1]
if what == "tell":
    told = {"cwd": os.getcwd(), "beside": os.listdir(), "names": sorted(os.environ)}
    sys.stdout.write(json.dumps(told))
elif what == "die":
    os.abort()
elif what == "hang":
    time.sleep(60)
elif what == "close and hang":
    os.close(1)
    time.sleep(60)
else:
    sys.stdout.write("x" * 100_000)
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "tried_child.py").write_text(CHILD, "utf-8")
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    return "tried_child"


def test_a_child_has_an_empty_folder_and_an_environment_of_its_own(
    module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "ours")
    said = json.loads(run_child(module, "tell", environment={"THEIRS": "1"}, most_bytes=100_000))
    assert said["beside"] == []
    assert not Path(said["cwd"]).exists(), "the folder is removed"
    assert "THEIRS" in said["names"]
    assert "SECRET" not in said["names"]


@pytest.mark.parametrize(
    ("what", "timeout_s", "end"),
    [
        ("die", 60.0, ChildEnd.DIED),
        ("hang", 0.3, ChildEnd.TOO_SLOW),
        ("close and hang", 1.0, ChildEnd.TOO_SLOW),
        ("say much", 60.0, ChildEnd.TOO_MUCH),
    ],
)
def test_a_child_that_does_not_answer(
    module: str, what: str, timeout_s: float, end: ChildEnd
) -> None:
    with pytest.raises(ChildFailed) as failed:
        run_child(module, what, environment={}, most_bytes=1_000, timeout_s=timeout_s)
    assert failed.value.end is end


@pytest.mark.parametrize(
    ("end", "fault"),
    [
        (ChildEnd.DIED, LimitFileFault.UNREADABLE),
        (ChildEnd.TOO_SLOW, LimitFileFault.UNREADABLE),
        (ChildEnd.TOO_MUCH, LimitFileFault.TOO_LARGE),
    ],
)
def test_what_becomes_of_the_child_is_a_fault_of_the_file(
    monkeypatch: pytest.MonkeyPatch, end: ChildEnd, fault: LimitFileFault
) -> None:
    def fails(*_: object, **__: object) -> bytes:
        raise ChildFailed(end)

    monkeypatch.setattr(vector_file, "run_child", fails)
    with pytest.raises(LimitFileError) as refused:
        read_vector_file(Path("a.gpkg"), BOUNDS)
    assert refused.value.fault is fault


def answered(monkeypatch: pytest.MonkeyPatch, said: bytes) -> tuple[LimitShape, ...]:
    monkeypatch.setattr(vector_file, "run_child", lambda *_, **__: said)
    return read_vector_file(Path("a.gpkg"), BOUNDS)


def test_what_is_sent_comes_out_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    points = (Position(1.25, 50.5), Position(-1.0 / 3.0, 51.0), Position(1.25, 50.5))
    shapes = (
        LimitShape(name="Médiane", points=points, is_area=True, layer="a", source="Shom"),
        LimitShape(
            name="", points=(), is_area=False, layer="", source="", problem=ShapeProblem.NO_PLACE
        ),
    )
    assert answered(monkeypatch, packed(shapes)) == shapes
    assert answered(monkeypatch, packed(())) == ()
    with pytest.raises(LimitFileError) as refused:
        answered(monkeypatch, packed_fault(LimitFileFault.NO_CRS, "why"))
    assert (refused.value.fault, refused.value.detail) == (LimitFileFault.NO_CRS, "why")


def framed(head: object, numbers: bytes = b"") -> bytes:
    text = json.dumps(head).encode()
    return struct.pack("<Q", len(text)) + text + numbers


SHAPE = {"name": "", "layer": "", "source": "", "is_area": False, "problem": None, "count": 1}


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"x",
        b"\xff" * 100,
        framed([]),
        framed({}),
        framed({"shapes": 1}),
        framed({"shapes": [SHAPE]}),
        framed({"shapes": [{**SHAPE, "count": -1}]}),
        framed({"shapes": [{**SHAPE, "problem": "?"}]}, struct.pack("<dd", 1.0, 50.0)),
        framed({"shapes": [SHAPE]}, struct.pack("<dd", 1.0, 95.0)),
        framed({"shapes": [SHAPE]}, struct.pack("<d", 1.0)),
        framed({"fault": "none", "detail": ""}),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(
    monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    with pytest.raises(LimitFileError) as refused:
        answered(monkeypatch, said)
    assert refused.value.fault is LimitFileFault.UNREADABLE
