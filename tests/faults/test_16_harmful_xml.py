"""XML that means harm is refused, without much memory, and without opening or asking anything."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest

from channelplot.errors import LimitFileFault
from faults.hostile import Told, read_apart

Root = tuple[str, str]
ROOTS: tuple[Root, ...] = ((".gpx", "gpx"), (".kml", "kml"))
SLOW = ("wide", "long")
MOST_MB = 200
IMPORTED = {
    "wide": "empty",
    "zero_bytes": "zero_byte",
    "gigabyte": "zero_byte",
    "long_text.gpx": "not_xml",
}
"""An import may have more elements than a limit, zero bytes are told as what they are, and a text
that nobody wants is not kept: then the file ends too soon."""
REFUSED_S = 2.0
"""What is aimed at; told, not required, since machines differ."""


def laughs(root: str) -> str:
    levels = "\n".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE {root} [<!ENTITY l0 "lol">{levels}]><{root}><name>&l9;</name></{root}>'


def quadratic(root: str) -> str:
    entity = f'<!ENTITY a "{"a" * 100_000}">'
    return f"<!DOCTYPE {root} [{entity}]><{root}><name>{'&a;' * 50_000}</name></{root}>"


def outside(root: str, place: str) -> str:
    entity = f'<!ENTITY x SYSTEM "{place}">'
    return f"<!DOCTYPE {root} [{entity}]><{root}><name>&x;</name></{root}>"


def harmful(root: str) -> Iterator[tuple[str, str, LimitFileFault]]:
    """Yield a name, the text, and why it must be refused."""
    entities = LimitFileFault.ENTITIES
    yield "laughs", laughs(root), entities
    yield "quadratic", quadratic(root), entities
    for name, place in (
        ("file", "file:///etc/passwd"),
        ("host", "http://127.0.0.1:9/a"),
        ("device", "/dev/zero"),
    ):
        yield f"outside_{name}", outside(root, place), entities
        yield f"dtd_{name}", f'<!DOCTYPE {root} SYSTEM "{place}"><{root}/>', entities
    parameter = '[<!ENTITY % p SYSTEM "http://127.0.0.1:9/a.dtd"> %p;]'
    yield "parameter", f"<!DOCTYPE {root} {parameter}><{root}/>", entities
    yield "plain_doctype", f"<!DOCTYPE {root}><{root}/>", entities
    yield "unknown_entity", f"<{root}><name>&nbsp;</name></{root}>", LimitFileFault.NOT_XML
    yield "deep", f"<{root}>{'<a>' * 20_000}", LimitFileFault.TOO_DEEP
    yield "wide", f"<{root}>{'<a/>' * 3_000_000}</{root}>", LimitFileFault.TOO_LARGE
    yield "long_tag", f'<{root} a="{"a" * 20_000_000}"/>', LimitFileFault.TOO_LARGE
    yield "long_comment", f"<{root}><!--{'a' * 20_000_000}--></{root}>", LimitFileFault.TOO_LARGE
    yield "long_text", f"<{root}><name>{'a' * 20_000_000}", LimitFileFault.TOO_LARGE
    yield "bad_name", f"<{root} xmlns:a='urn:a'><b:c/></{root}>", LimitFileFault.NOT_XML
    yield "zero_bytes", f"<{root}>\0\0</{root}>", LimitFileFault.NOT_XML
    yield (
        "odd_encoding",
        f'<?xml version="1.0" encoding="utf-7"?><{root}/>',
        LimitFileFault.ENCODING,
    )


@pytest.mark.parametrize("of", ["shapes", "things"])
def test_xml_that_means_harm_is_refused_and_opens_nothing(
    tmp_path: Path,
    figure: Callable[[str], None],
    cycles: Callable[[int, int], int],
    of: Literal["shapes", "things"],
) -> None:
    """Loaded as limits, or imported."""
    wanted: dict[Path, str] = {}
    for suffix, root in ROOTS:
        is_whole = cycles(suffix == ".gpx", True)
        for name, text, fault in harmful(root):
            if is_whole or not name.startswith(SLOW):
                path = tmp_path / f"{name}{suffix}"
                path.write_text(text, encoding="utf-8")
                wanted[path] = str(fault)
        huge = tmp_path / f"gigabyte{suffix}"
        huge.write_text(f"<{root}><name>", encoding="utf-8")
        os.truncate(huge, 1 << 30)
        wanted[huge] = str(LimitFileFault.TOO_LARGE)
    told = read_apart(*wanted, of=of)
    expected = wanted if of == "shapes" else {p: imported(p, fault) for p, fault in wanted.items()}
    assert {each.path: each.answer for each in told} == expected
    for each in told:
        assert set(each.touched) <= {str(each.path)}, "nothing but the file itself is opened"
    assert max(each.grown_mb for each in told) < MOST_MB
    figure(f"{len(told)} refused, {slowest(told)}, {told[-1].grown_mb:.0f} MB")


def imported(path: Path, fault: str) -> str:
    """What is said of a file that is imported."""
    return IMPORTED.get(path.name, IMPORTED.get(path.stem, fault))


def slowest(told: list[Told]) -> str:
    """The longest that one took, and how many took longer than asked."""
    longest = max(told, key=lambda each: each.took_s)
    over = sum(each.took_s > REFUSED_S for each in told)
    name = longest.path.stem
    return f"{longest.took_s:.1f} s of processor at most ({name}), {over} over {REFUSED_S:.0f} s"
