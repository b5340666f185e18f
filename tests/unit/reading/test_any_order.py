"""The pieces of a report in any order and any company: read as by themselves, or doubted."""

from dataclasses import dataclass
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from channelplot.reading.values import Language
from helpers.line_judge import judged
from helpers.line_table import STANDARD_CLOCK, Case


@dataclass(frozen=True)
class Piece:
    """A piece of a line and what the table would expect of it; nothing if it stays words."""

    text: str
    expected: str = ""


HERE: Final = "lat 50.96667 lon 1.68333"
R3: Final = "lat 50.99167 lon 1.61667 form dms"
R2: Final = "lat 50.97981 lon 1.65719 form bearing_distance"
POSITIONS: Final = (
    Piece("50 58.0N 001 41.0E", f"{HERE} form ddm"),
    Piece("50-58N 001-41E", f"{HERE} form ddm"),
    Piece("5058.0N 00141.0E", f"{HERE} form ddm"),
    Piece("5103.2N00128.4E", "lat 51.05333 lon 1.47333 form ddm"),
    Piece("N50 58 E1 41", f"{HERE} form ddm"),
    Piece("50°58.0'N, 1°41'E", f"{HERE} form ddm"),
    Piece("51°03,2′N 001°28,4′E", "lat 51.05333 lon 1.47333 form ddm"),
    Piece("50 58.0 north 001 41.0 east", f"{HERE} form ddm"),
    Piece("lat 50 58.0N lon 001 41.0E", f"{HERE} form ddm"),
    Piece("50 59 30N 001 37 00E", R3),
    Piece("50°59'30\"N 001°37'00\"E", R3),
    Piece("505930N 0013700E", R3),
    Piece("50.96667N 1.68333E", f"{HERE} form dd"),
    Piece("lat 50.96667 lon 1.68333", f"{HERE} form dd"),
    Piece("31U DS 1855 5491", "lat 51.04000 lon 1.83830 form mgrs"),
    Piece("31UDS18555491", "lat 51.04000 lon 1.83830 form mgrs"),
    Piece("31U 418558 5654915", "lat 51.04000 lon 1.83834 form utm"),
    Piece("023 CGN 7.2NM", R2),
    Piece("7.2NM 023T from Cap Gris-Nez", R2),
    Piece("à 7,2 milles dans le 023 du Gris-Nez", R2),
    Piece("4 cables SW of Sandettie LV", "lat 51.15029 lon 1.77585 form bearing_distance"),
)
TIMES: Final = (
    Piece("0210Z", "at 0210Z"),
    Piece("0310A", "at 0210Z zone A"),
    Piece("0428B", "at 0228Z zone B"),
    Piece("0310 UK", "at 0210Z zone UK"),
    Piece("0410 FR", "at 0210Z zone FR"),
    Piece("02:10Z", "at 0210Z"),
    Piece("150228Z SEP 26", "at 0228Z"),
    Piece("15092026 0210", "at 0210Z"),
    Piece("2026-09-15T02:10Z", "at 0210Z"),
    Piece(""),
)
MOTIONS: Final = (
    Piece("310/4", "course 310 speed 4"),
    Piece("course 310 4 kn", "course 310 speed 4"),
    Piece("course 310", "course 310"),
    Piece("310T 4kn", "course 310 speed 4"),
    Piece("cap 310 4 nds", "course 310 speed 4"),
    Piece("speed 4 kn", "speed 4"),
    Piece(""),
)
PEOPLE: Final = (
    Piece("45pob", "people 45"),
    Piece("POB 45", "people 45"),
    Piece("45 people", "people 45"),
    Piece("45 incl 8 ch", "people 45 children 8"),
    Piece("45 personnes dont 8 enfants", "people 45 children 8"),
    Piece("40+ pob", "people 40 est"),
    Piece("POB 45 est", "people 45 est"),
    Piece("environ 45 personnes", "people 45 est"),
    Piece(""),
)
TARGETS: Final = (
    Piece(">A", "track A"),
    Piece(">CUTTER-1", "track CUTTER-1"),
    Piece(""),
)
GRADES: Final = (Piece("1A", "grade 1A"), Piece("B2", "grade B2"), Piece(""))
SOURCES: Final = (
    Piece("phone", "source phone"),
    Piece("radar", "source radar"),
    Piece("tel 06 12 34 56 78", 'caller "0612345678" source phone'),
    Piece("phone +33 6 12 34 56 78", 'caller "+33612345678" source phone'),
    Piece("mobile 07700 900123", 'caller "07700900123" source phone'),
    Piece("same phone as 0345A", 'caller "call of A 0245Z" source phone'),
    Piece("même téléphone que A 0345A", 'caller "call of A 0245Z" source phone'),
    Piece("call sign MABC2", 'caller "MABC2"'),
    Piece(""),
)
TYPES: Final = (
    Piece("inflatable", "type inflatable craft ?"),
    Piece("semi-rigide", "type rhib craft ?"),
    Piece("wooden boat", 'type rigid craft ? has "wooden boat"'),
    Piece(""),
)
WORDS: Final = (
    Piece("engine failing", 'has "engine failing"'),
    Piece("moteur en panne", 'has "moteur en panne"'),
    Piece("NW slowly", 'has "NW slowly"'),
    Piece(""),
)
LOOSE: Final = (
    Piece("50.96667 1.68333", f"{HERE} form dd"),
    Piece("50.96667, -1.68333", "lat 50.96667 lon -1.68333 form dd"),
    Piece("51,05 1,47", "lat 51.05 lon 1.47 form dd"),
    Piece("50 58,0 nord 1 41,0 est", f"{HERE} form ddm"),
    Piece("023 CGN 7.2", R2),
)
"""A number beside one of these, or an estimate, may make it doubtful."""
LOOSE_TIMES: Final = (Piece("-12", "at 0248Z"), Piece("0210", "at 0210Z"), Piece("now", "at 0300Z"))
LOOSE_PEOPLE: Final = (Piece("40+", "people 40 est"), Piece("ca 50", "people 50 est"), Piece(""))
NOISE: Final = (
    Piece("VHF 16"),
    Piece("tel 06 12 34 56 78", 'source phone caller "0612345678"'),
    Piece("tel +32 470 12 34 56", 'source phone caller "+32470123456"'),
    Piece("MMSI 235012345"),
    Piece("wind 290/14"),
    Piece("8 m"),
    Piece("A16"),
    Piece("E"),
    Piece("45"),
    Piece("2182 kHz"),
    Piece("off Calais"),
)


def a_case(pieces: list[Piece], between: str, language: Language) -> Case:
    """Return these pieces as one line, of which all is expected that each of them says."""
    said = [piece for piece in pieces if piece.text]
    case = Case("", 0, language, STANDARD_CLOCK, between.join(piece.text for piece in said))
    for piece in said:
        case.expect(piece.expected)
    return case


def in_any_order(*choices: tuple[Piece, ...]) -> st.SearchStrategy[list[Piece]]:
    """Return the strategy that takes one piece of each and mixes them."""
    return st.tuples(*map(st.sampled_from, choices)).flatmap(lambda one: st.permutations(one))


@settings(max_examples=500, derandomize=True)
@given(
    in_any_order(POSITIONS, TIMES, MOTIONS, PEOPLE, TARGETS, GRADES, SOURCES, TYPES, WORDS),
    st.sampled_from((" ", ", ", " ; ")),
    st.sampled_from(Language),
)
def test_a_report_is_read_in_any_order(
    pieces: list[Piece], between: str, language: Language
) -> None:
    """Nothing in these pieces can be part of another: each is read as by itself."""
    verdict = judged(a_case(pieces, between, language))
    assert not verdict, f"\n{verdict}"


@settings(max_examples=500, derandomize=True)
@given(
    in_any_order(POSITIONS + LOOSE, TIMES + LOOSE_TIMES, PEOPLE + LOOSE_PEOPLE, NOISE, NOISE),
    st.sampled_from((" ", ", ")),
    st.sampled_from(Language),
)
def test_a_line_is_never_read_wrong(pieces: list[Piece], between: str, language: Language) -> None:
    """Numbers and letters that mean something else change nothing, or the line is doubted."""
    case = a_case(pieces, between, language)
    case.may_be_doubted = True
    verdict = judged(case)
    assert not verdict, f"\n{verdict}"
