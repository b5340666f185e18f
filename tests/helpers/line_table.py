"""Reads the table of lines, ``tests/unit/reading/lines.txt``; the top of that file explains it."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from channelplot.geodesy.text import MONTHS
from channelplot.reading.values import Language

STANDARD_CLOCK: Final = datetime(2026, 9, 15, 3, 0, tzinfo=UTC)
_CASE: Final = re.compile(r"(en|fr|both): ?(.*)")
_WORD: Final = re.compile(r'"([^"]*)"|(\d{6}Z [A-Z]{3} \d{2}|\S+)')
_REPEATED: Final = re.compile(r"\{([^{}]*)\*(\d+)\}")
_CHARACTER: Final = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|([nt]))")
_TIME: Final = re.compile(r"(\d{2})?(\d{2})(\d{2})(?::(\d{2}))?Z")
_LANGUAGES: Final = {
    "en": (Language.ENGLISH,),
    "fr": (Language.FRENCH,),
    "both": (Language.ENGLISH, Language.FRENCH),
}
_THERE: Final = {"lat": "50.96667", "lon": "1.68333", "form": "ddm"}
_KEYS: Final = frozenset((
    "lat", "lon", "form", "error", "from", "fix", "bearing", "distance", "variation",
    "at", "zone", "time", "course", "coursevar", "speed",
    "people", "men", "women", "children", "medical", "deceased", "missing",
    "grade", "source", "said", "craft", "type", "caller", "kind",
    "track", "called", "as", "mark", "log", "words", "has",
))  # fmt: skip
"""What a case can state with a value."""
_OR_DOUBTED: Final = " or doubted"
_FLAGS: Final = frozenset({"est", "counted", "daybefore"})


@dataclass(frozen=True)
class Refusal:
    """A reason why a line is refused. codes: any of them; piece: part of the line, "" for any."""

    codes: frozenset[str]
    piece: str


@dataclass(frozen=True)
class Asked:
    """A question. readings: as the table writes them; has_more: others may follow."""

    codes: frozenset[str]
    readings: tuple[str, ...]
    has_more: bool
    is_in_order: bool


@dataclass
class Case:
    """A line of the table and what is expected of it. stated: what the case names, with values."""

    group: str
    number: int
    language: Language
    clock_utc: datetime
    line: str
    expected: list[str] = field(default_factory=list)
    stated: dict[str, str] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    questions: list[Asked] = field(default_factory=list)
    is_doubted: bool = False
    may_be_doubted: bool = False

    @property
    def name(self) -> str:
        """Return a short name for the list of tests, in ASCII."""
        line = self.line if len(self.line) <= 60 else f"{self.line[:50]}... {len(self.line)}"
        return f"{self.number} {self.language} {ascii(line)[1:-1]}"

    def is_free(self, key: str) -> bool:
        """Return whether the case leaves this open."""
        return self.stated.get(key) == "?"

    def expect(self, text: str) -> None:
        """Take a line of expectations. Raises ValueError if it says nothing known."""
        self.expected.append(text)
        self.may_be_doubted |= text.endswith(_OR_DOUBTED)
        text, _, question = text.removesuffix(_OR_DOUBTED).partition("asks ")
        if question:
            self.questions.append(_asked(question))
        words = [m[2] if m[1] is None else m[1] for m in _WORD.finditer(text)]
        while words:
            word = words.pop(0)
            if word == "refused":
                codes, *pieces = words
                self.refusals.append(Refusal(frozenset(codes.split("|")), "".join(pieces)))
                return
            if word == "there":
                self.stated.update(_THERE)
            elif word == "doubted":
                self.is_doubted = True
            elif word in _FLAGS:
                self.stated[word] = "yes"
            elif word in _KEYS:
                self.stated[word] = words.pop(0)
                if word in {"at", "fix"}:
                    moment(self.stated[word], self.clock_utc)
            else:
                raise ValueError(f"unknown word {word!r}")


def read_cases(file: Path) -> tuple[Case, ...]:
    """Return the cases of a table. Raises ValueError with the number of a line it cannot read."""
    cases = []
    group, clock_utc = "", STANDARD_CLOCK
    current: list[Case] = []
    for number, text in enumerate(file.read_text("utf-8").split("\n"), 1):
        match = _CASE.fullmatch(text)
        try:
            if match:
                line = characters(match[2])
                current = [
                    Case(group, number, language, clock_utc, line)
                    for language in _LANGUAGES[match[1]]
                ]
                cases += current
            elif text.startswith("    ") and current:
                for case in current:
                    case.expect(text.strip())
            elif text.startswith("== "):
                group, clock_utc, current = text.strip("= "), STANDARD_CLOCK, []
            elif text.startswith("clock "):
                clock_utc, current = moment(text.removeprefix("clock "), STANDARD_CLOCK), []
            elif text and not text.startswith("#"):
                raise ValueError("neither a case nor anything else")
        except (ValueError, LookupError) as error:
            raise ValueError(f"{file.name}:{number}: {error}: {text}") from error
    for case in cases:
        if not case.expected:
            raise ValueError(f"{file.name}:{case.number}: nothing is expected of {case.line!r}")
    return tuple(cases)


def characters(text: str) -> str:
    """Return a line with what stands for hidden characters and repetitions replaced."""
    text = _CHARACTER.sub(
        lambda m: {"n": "\n", "t": "\t"}[m[3]] if m[3] else chr(int(m[1] or m[2], 16)), text
    )
    return _REPEATED.sub(lambda m: m[1] * int(m[2]), text)


def moment(text: str, clock_utc: datetime) -> datetime:
    """Return ``0210Z``, ``0210:30Z`` (on the clock's day) or ``150210Z SEP 26`` as a time."""
    group, *month_and_year = text.split()
    match = _TIME.fullmatch(group)
    if not match:
        raise ValueError(f"no time: {text}")
    day = clock_utc
    if month_and_year:
        month, year = month_and_year
        day = datetime(2000 + int(year), MONTHS.index(month) + 1, int(match[1]), tzinfo=UTC)
    return day.replace(hour=int(match[2]), minute=int(match[3]), second=int(match[4] or 0))


def _asked(text: str) -> Asked:
    codes, _, readings = text.partition(":")
    is_in_order = not codes.endswith(" in any order")
    listed = [reading.strip() for reading in readings.split("|") if reading.strip()]
    has_more = not listed or listed[-1].endswith("...")
    if listed:
        listed[-1] = listed[-1].removesuffix("...").strip()
    return Asked(
        codes=frozenset(codes.removesuffix(" in any order").strip().split("|")),
        readings=tuple(reading for reading in listed if reading),
        has_more=has_more,
        is_in_order=is_in_order,
    )
