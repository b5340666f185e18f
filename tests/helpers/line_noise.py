"""Lines nobody would write: random characters, words of the grammar at random, broken lines."""

import random
import re
from pathlib import Path
from typing import Final

from channelplot.model.codes import PositionForm
from helpers.line_table import STANDARD_CLOCK, Case, read_cases
from helpers.line_writer import Written, a_position

TABLE: Final = Path(__file__).parents[1] / "unit" / "reading" / "lines.txt"
LINES: Final = tuple(sorted({case.line for case in read_cases(TABLE) if 0 < len(case.line) <= 200}))
"""The lines of the table that are no tests of length."""

_HEMISPHERES: Final = (
    *"NSEWOnsewo", "north", "south", "east", "west", "nord", "sud", "est", "ouest", "North", "Est",
)  # fmt: skip
_MARKS: Final = (
    *"°'\",;:/|-+.=()<>~#%_*&@!?", "′", "″", "’", "\u201d", "''", "º", "–", "−", "deg", "min",
    "sec", "degrees", "minutes", "seconds", *"dmsDMS", "mn", "//", ">", "..", "--", "\u00a0",
    "\u2009",
)  # fmt: skip
_VOCABULARY: Final = """
    lat lon long latitude longitude pos psn MGRS UTM 31U 30U 29U DS CS YA BR XB U DS CGN VLV SLV
    cgn Sandettie Varne LV Cap Gris-Nez Gris Nez Dover Calais Sangatte Wissant A B C >A >B >CUTTER-1
    CUTTER-1 new >new none >none from of off du de des dans le la l' à au a the at to and et
    bearing brg distance range NM nm miles milles mille M m km cables cable encablures metres T M
    true mag magnetic vrai V Z A B z UK FR UTC now maintenant ago min il y SEP SEP26 2026 26
    course cap heading speed vitesse kn kt nds pob POB people personnes incl dont with avec ch
    enfants children men women est ca env about + recovered landed launched counted 1A B2 E2 2C 1E
    phone radar aircraft camera vessel small boat ferry rescue vessel mark NaN inf nan infinity O OO
    I l north-west NW SSW sud-ouest NNO wind VHF 16 tel MMSI 1e5 0x10 e E5 N5 W0 1.5N
    téléphone number call sign caller same as même que +33 06 12 34 56 78 log journal inflatable
    RHIB yacht fishing >BOAT-2 BOAT-3 >BOAT-4"""
_WORDS: Final = tuple(_VOCABULARY.split())


def a_number(dice: random.Random) -> str:
    """Return figures such as stand in reports: degrees, minutes, times, bearings, or any."""
    kind = dice.randrange(12)
    if kind == 0:
        return str(dice.choice((49, 50, 51)))
    if kind == 1:
        return dice.choice(("001", "1", "01", "0", "000", "002"))
    if kind == 2:
        return f"{dice.uniform(0, 61):.{dice.randint(0, 3)}f}"
    if kind == 3:
        return f"{dice.uniform(48, 52):.{dice.randint(1, 6)}f}"
    if kind == 4:
        return f"{dice.uniform(-3, 3):.{dice.randint(1, 6)}f}"
    if kind == 5:
        return f"{dice.randint(0, 23):02d}{dice.randint(0, 59):02d}"
    if kind == 6:
        return f"{dice.randint(0, 361):03d}"
    if kind == 7:
        return f"50{dice.randint(0, 59):02d}.{dice.randint(0, 9)}"
    if kind == 8:
        return f"001{dice.randint(0, 59):02d}.{dice.randint(0, 9)}"
    if kind == 9:
        return f"{dice.uniform(0, 61):.1f}".replace(".", ",")
    if kind == 10:
        return str(dice.randint(0, 10 ** dice.randint(1, 9)))
    return f"{dice.randint(0, 60):02d}"


def random_words(dice: random.Random) -> str:
    """Return words, figures and marks of the grammar, in any order."""
    line = ""
    for _ in range(dice.randint(1, 14)):
        kind = dice.random()
        if kind < 0.5:
            line += a_number(dice)
        elif kind < 0.7:
            line += dice.choice(_HEMISPHERES)
        elif kind < 0.8:
            line += dice.choice(_MARKS)
        else:
            line += dice.choice(_WORDS)
        line += dice.choice((" ", " ", " ", "", ", ", ","))
    return line


def random_characters(dice: random.Random) -> str:
    """Return characters of all of Unicode, plain ones more often than others."""
    return "".join(_character(dice) for _ in range(dice.randint(0, 60)))


def _character(dice: random.Random) -> str:
    kind = dice.random()
    if kind < 0.3:
        return dice.choice("0123456789")
    if kind < 0.5:
        return dice.choice(" .,NSEWO°'\"-/")
    if kind < 0.8:
        return chr(dice.randint(32, 126))
    if kind < 0.9:
        return chr(dice.randint(0x80, 0x24F))
    if kind < 0.97:
        return chr(dice.randint(0, 0xFFFF))
    return chr(dice.randint(0x10000, 0x10FFFF))


_ODD: Final = "0123456789NSEWOnsewoABZMTDdmU .,:;-+/°'\"()\u00a0′″–>~ 5505"
_CONFUSABLE: Final = {
    "0": "Oo8", "1": "Il7", "5": "S6", "8": "B3", "O": "0Q", ".": ",:; ", ",": ". ;",
    " ": "\u00a0-.",
    "N": "MnW", "E": "FeW3", "W": "VEw", "S": "5Ns", "°": "º ", "'": '"′', "-": " –",
}  # fmt: skip


def broken(dice: random.Random, line: str) -> str:
    """Return a line with one to three slips of the hand."""
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        line = _slip(dice, line)
    return line


def _slip(dice: random.Random, line: str) -> str:
    if not line:
        return dice.choice(_ODD)
    at = dice.randrange(len(line))
    kind = dice.randrange(10)
    if kind == 0:
        return line[:at] + line[at + 1 :]
    if kind == 1:
        return line[:at] + dice.choice(_ODD) + line[at:]
    if kind == 2:
        return line[:at] + line[at : at + 2][::-1] + line[at + 2 :]
    if kind == 3:
        return line[:at] + dice.choice(_ODD) + line[at + 1 :]
    if kind == 4:
        return line[:at] + dice.choice(_CONFUSABLE.get(line[at], _ODD)) + line[at + 1 :]
    if kind == 5:
        return line[:at] + line[at] + line[at:]
    words = re.split(r"(\s+)", line)
    place = dice.randrange(len(words))
    if kind == 6:
        return "".join(words[:place] + words[place + 1 :])
    if kind == 7:
        return "".join([*words[:place], words[place], " ", *words[place:]])
    other = dice.randrange(len(words))
    if kind == 8:
        words[place], words[other] = words[other], words[place]
        return "".join(words)
    more = dice.choice(LINES).split() or [""]
    words.insert(place, f" {dice.choice(more)} ")
    return "".join(words)


def a_broken_line(dice: random.Random) -> str:
    """Return a line of the table, or one with a position of any form, with slips of the hand."""
    if dice.random() < 0.5:
        return broken(dice, dice.choice(LINES))
    line = a_position(dice).text
    if dice.random() < 0.5:
        line = f"{dice.choice(('0210', '0210Z', '-12', '45pob', '310/4', 'VHF 16'))} {line}"
    if dice.random() < 0.5:
        more = ("0210", "0210Z", "-12", "45pob", "310/4", ">A", "1A", "E2", "40+")
        line = f"{line} {dice.choice(more)}"
    return broken(dice, line)


# Reports

_PIECES: Final = (
    (("0210Z", "at 0210Z"), ("0310A", "at 0210Z"), ("0428B", "at 0228Z"), ("0310 UK", "at 0210Z"),
     ("02:10Z", "at 0210Z"), ("150228Z SEP 26", "at 0228Z"), ("15092026 0210", "at 0210Z"),
     ("2026-09-15T02:10Z", "at 0210Z"), ("", "")),
    (("310/4", "course 310 speed 4"), ("course 310 4 kn", "course 310 speed 4"),
     ("310T 4kn", "course 310 speed 4"), ("cap 310 4 nds", "course 310 speed 4"),
     ("speed 4 kn", "speed 4"), ("", "")),
    (("45pob", "people 45"), ("POB 45", "people 45"), ("45 incl 8 ch", "people 45 children 8"),
     ("45 personnes dont 8 enfants", "people 45 children 8"), ("40+ pob", "people 40 est"),
     ("", "")),
    ((">A", "track A"), (">CUTTER-1", "track CUTTER-1"), ("", ""), ("", "")),
    (("1A", "grade 1A"), ("B2", "grade B2"), ("E3", "grade E3"), ("", ""), ("", "")),
    (("phone", "source phone"), ("radar", "source radar"), ("", "")),
    (("engine failing", 'has "engine failing"'), ("moteur en panne", 'has "moteur en panne"'),
     ("NW slowly", 'has "NW slowly"'), ("", "")),
)  # fmt: skip
"""Nothing in these can be part of another; each is read as by itself."""


def a_report(dice: random.Random, written: Written) -> Case:
    """Return a line with a position among the pieces of a report, and what they say."""
    pieces = [dice.choice(choices) for choices in _PIECES]
    if written.form is PositionForm.RELATIVE:
        pieces[0] = "", ""  # measured from the fix of its time
    pieces = [piece for piece in pieces if piece[0]]
    dice.shuffle(pieces)
    place = dice.randint(0, len(pieces))
    texts = [text for text, _ in pieces]
    texts.insert(place, written.text)
    case = Case("", 0, written.language, STANDARD_CLOCK, dice.choice((" ", ", ", "; ")).join(texts))
    for _, expected in pieces:
        case.expect(expected)
    return case


_BLANKS: Final = ("  ", "   ", "\u00a0", "\u2009", "\u3000", "\u202f")
_ALIKE: Final = {
    "'": "′’`\u00b4\u02b9", '"': "″\u201d", "′": "'’", "°": "º˚", "-": "–−\u2011"
}  # fmt: skip


def mean_the_same(dice: random.Random, line: str, *, may_change_case: bool) -> str:
    """Return a line with other blanks, other quotes and dashes, in other case."""
    text = "".join(
        dice.choice(_BLANKS) if character == " " and dice.random() < 0.3
        else dice.choice(_ALIKE[character])
        if character in _ALIKE and dice.random() < 0.3 and line[max(0, at - 6) : at] != "CUTTER"
        else character
        for at, character in enumerate(line)
    )  # fmt: skip
    text = f"{' ' * dice.randint(0, 2)}{text}{' ' * dice.randint(0, 2)}"
    if not may_change_case or dice.random() < 0.5:
        return text
    return dice.choice((text.upper(), text.lower(), text.swapcase()))
