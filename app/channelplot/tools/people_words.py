"""A whole count of people in one field, in the plot line's own words, written and read back.

``47 counted (31 men, 9 women, 7 children)``, ``45 est``, ``counted ~40``, ``10 children``.
"""

import re
from dataclasses import replace
from typing import Final

from channelplot.model.codes import CountBasis
from channelplot.model.people import PeopleCount
from channelplot.reading.candidate import Scan
from channelplot.reading.line import refusal_of
from channelplot.reading.people import read_people
from channelplot.reading.plain import plain, says_something
from channelplot.reading.values import Fault, FaultCode, Field, Question, Span
from channelplot.tools.field_reading import Problem

_PARTS: Final = (
    ("men", "man", "men"),
    ("women", "woman", "women"),
    ("children", "child", "children"),
    ("medical", "medical", "medical"),
    ("deceased", "dead", "dead"),
    ("missing", "missing", "missing"),
)
"""Each part with its word for one and for more, as the line reads them."""
_BARE: Final = re.compile(r"\s*~?\s*[0-9]+\s*\+?\s*(?=$|,|\()")
"""A number alone, which a line would not take for people."""
_COUNTED: Final = re.compile(r"(?:COUNTED|COMPTEE?S?)")


def people_words(people: PeopleCount | None) -> str:
    """Return a count of people in words that ``people_of`` reads as the same; "" for none."""
    if people is None:
        return ""
    parts = [
        f"{number} {one if number == 1 else more}"
        for name, one, more in _PARTS
        if (number := getattr(people, name)) is not None
    ]
    is_counted = people.basis is CountBasis.COUNTED
    if people.total is None:
        return " ".join([*(["counted"] if is_counted else []), ", ".join(parts)]).strip()
    total = str(people.total)
    if people.is_estimate:
        total = f"counted ~{total}" if is_counted else f"{total} est"
    elif is_counted:
        total = f"{total} counted"
    return f"{total} ({', '.join(parts)})" if parts else total


def people_of(text: str) -> PeopleCount | Problem | None:
    """Return the count of people that a field gives, or what the reader says instead.

    None for an empty field. A bare number is a number of people here.
    """
    if not text.strip():
        return None
    refused = refusal_of(text)
    if refused is not None:
        return replace(refused, field=Field.PEOPLE)
    bare = _BARE.match(text)
    typed = text if bare is None else f"{bare[0].rstrip()} pob {text[bare.end() :]}"
    line = plain(typed)
    people = read_people(Scan(line))
    if people.faults:
        return people.faults[0]
    if people.question is not None:
        return Question(people.question, Field.PEOPLE, Span(0, len(text)), people.choices)
    rest = _left(line.text, people.spans)
    count = people.count
    if count is not None and _COUNTED.fullmatch(rest):
        count, rest = replace(count, basis=CountBasis.COUNTED), ""
    if count is None or rest:
        span = Span(0, len(text))
        return Fault(FaultCode.PEOPLE_NOT_READ, Field.PEOPLE, span, text.strip())
    return count


def _left(text: str, spans: tuple[Span, ...]) -> str:
    """Return what no number of people was read from, without signs."""
    left, start = [], 0
    for span in sorted(spans):
        left.append(text[start : span.start])
        start = max(start, span.end)
    words = " ".join((*left, text[start:])).split()
    return " ".join(word.strip("(),;.+") for word in words if says_something(word)).strip()
