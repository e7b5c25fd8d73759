import pytest
from growing import assert_linear, repeated
from hypothesis import given
from hypothesis import strategies as st

from summarizer.numbers import find_numbers, parts

# (text, what stands in the mention, low, high, estimate, kind, unit)
READINGS = {
    "digits": ("31 Abrams tanks", "31", 31, None, False, "count", None),
    "separator": ("1,200 shells", "1,200", 1200, None, False, "count", None),
    "no-break space": ("50\u00a0000 shells", "50\u00a0000", 50_000, None, False, "count", None),
    "indian groups": ("1,00,000 men", "1,00,000", 100_000, None, False, "count", None),
    "decimal scale": ("1.5 million rounds", "1.5 million", 1_500_000, None, False, "count", None),
    "word": ("twelve drones", "twelve", 12, None, False, "count", None),
    "tens and ones": ("Ninety-nine men", "Ninety-nine", 99, None, False, "count", None),
    "hundred and": (
        "two hundred and fifty",
        "two hundred and fifty",
        250,
        None,
        False,
        "count",
        None,
    ),
    "scales": (
        "one million two hundred thousand",
        "one million two hundred thousand",
        *(1_200_000, None, False, "count", None),
    ),
    "hundred below thousand": (
        "one hundred forty-four thousand",
        "one hundred forty-four thousand",
        *(144_000, None, False, "count", None),
    ),
    "dozen": ("a dozen launchers", "a dozen", 12, None, False, "count", None),
    "two dozen": ("two dozen jets", "two dozen", 24, None, False, "count", None),
    "half": ("half a million shells", "half a million", 500_000, None, False, "count", None),
    "pair": ("a pair of frigates", "a pair", 2, None, False, "count", None),
    "up to": ("up to 20 tanks", "20", 20, 20, True, "count", None),
    "more than": ("more than 100 drones", "100", 100, None, True, "count", None),
    "at least": ("at least five killed", "five", 5, None, True, "count", None),
    "odd": ("30-odd vehicles", "30", 30, None, True, "count", None),
    "hyphen range": ("2-3 ships", "2-3", 2, 3, True, "count", None),
    "dash range": ("10–15 jets", "10–15", 10, 15, True, "count", None),
    "to range": ("10 to 15 jets", "10 to 15", 10, 15, True, "count", None),
    "between": ("between 10 and 15 jets", "10 and 15", 10, 15, True, "count", None),
    "range shares its scale": (
        *("10 to 15 million rounds", "10 to 15 million", 10_000_000, 15_000_000),
        *(True, "count", None),
    ),
    "vague": ("hundreds of drones", "hundreds", None, None, True, "vague", None),
    "vague scale": ("several hundred men", "several hundred", None, None, True, "vague", None),
    "dollars": ("$1.2 billion", "$1.2 billion", 1_200_000_000, None, False, "money", "$"),
    "m after currency": ("a €50m loan", "€50m", 50_000_000, None, False, "money", "€"),
    "code": ("NOK 3bn", "NOK 3bn", 3_000_000_000, None, False, "money", "NOK"),
    "currency word": ("5 million euros", "5 million", 5_000_000, None, False, "money", "€"),
    "percent": ("50 percent", "50 percent", 50, None, False, "percent", "%"),
    "per cent": ("12 per cent", "12 per cent", 12, None, False, "percent", "%"),
    "sign": ("12.5%", "12.5%", 12.5, None, False, "percent", "%"),
    "calibre": ("155mm shells", "155mm", 155, None, False, "measure", "mm"),
    "calibre with hyphen": ("155-mm shells", "155", 155, None, False, "measure", "mm"),
    "distance": ("300 km", "300", 300, None, False, "measure", "km"),
    "years": ("for three years", "three", 3, None, False, "measure", "year"),
    "ordinal": ("the 3rd brigade", "3rd", 3, None, False, "ordinal", None),
    "ordinal word": ("a third visit", "third", 3, None, False, "ordinal", None),
    "day before month": ("on 13 August", "13", 13, None, False, "date", None),
    "day after month": ("on Oct. 12", "12", 12, None, False, "date", None),
    "year": ("in 2025", "2025", 2025, None, False, "date", None),
    "decade": ("the 1990s", "1990s", 1990, None, False, "date", None),
    "year-like count": ("2000 soldiers left", "2000", 2000, None, False, "count", None),
    "minus": ("at -5 degrees", "-5", -5, None, False, "measure", "degree"),
    "arabic digits": ("١٢ دبابة", "١٢", 12, None, False, "count", None),
    "before a designation": ("18 KJ howitzers", "18", 18, None, False, "count", None),
    "times": ("2x NASAMS", "2", 2, None, False, "count", None),
    "fewer than": ("fewer than 10 tanks", "10", 10, 10, True, "count", None),
    "no fewer than": ("no fewer than 10 tanks", "10", 10, None, True, "count", None),
    "lakh": ("1.5 lakh jackets", "1.5 lakh", 150_000, None, False, "count", None),
    "tens of thousands": (
        *("tens of thousands of men", "tens of thousands"),
        *(None, None, True, "vague", None),
    ),
    "before han": ("在50辆", "50", 50, None, False, "count", None),
    "measure before han": ("155mm榴弹炮", "155mm", 155, None, False, "measure", "mm"),
    "before a particle": ("50대를", "50", 50, None, False, "count", None),
    "entity in thousands": ("1&nbsp;000 men", "1&nbsp;000", 1000, None, False, "count", None),
    "entity for a digit": ("5&#48; men", "5&#48;", 50, None, False, "count", None),
    "entity for a sign": ("&euro;50m loan", "&euro;50m", 50_000_000, None, False, "money", "€"),
    "bold": ("**50** million men", "**50** million", 50_000_000, None, False, "count", None),
    "bold number": ("**up to** **20** tanks", "20", 20, 20, True, "count", None),
    "line's end": ("two hun-\ndred men", "two hun-\ndred", 200, None, False, "count", None),
    "tens at a line's end": ("twenty-\nfive men", "twenty-\nfive", 25, None, False, "count", None),
    "millions of millions": (
        *("three million million", "three million million"),
        *(3 * 10**12, None, False, "count", None),
    ),
}


@pytest.mark.parametrize("reading", READINGS.values(), ids=READINGS.keys())
def test_number_is_read_with_its_place(reading: tuple[object, ...]) -> None:
    text = str(reading[0])
    (mention,) = find_numbers(text)

    got = (mention.low, mention.high, mention.estimate, mention.kind, mention.unit)

    assert (text[mention.start : mention.end], *got) == reading[1:]


@pytest.mark.parametrize(
    "name",
    [
        "F-16",
        "F-16s",
        "M1A2",
        "T-72",
        "M142",
        "S-400",
        "Su-35",
        "AIM-120",
        "2A6",
        "MiG-29",
        "TB2",
        "Geran-2",
        "С-400",
        "CH-47F",
        "F-&#49;6",
        "F-\n16",
    ],
)
def test_designation_is_no_count(name: str) -> None:
    (mention,) = find_numbers(f"the {name} was seen")

    assert (mention.kind, mention.low) == ("designation", None)


def test_model_number_is_no_count() -> None:
    found = find_numbers("14 Leopard 2 tanks under Resolution 2254")

    assert [(mention.low, mention.kind) for mention in found] == [
        (14, "count"),
        (None, "designation"),
        (None, "designation"),
    ]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("12 T-72s", "count"),
        ("24 M-346s", "count"),
        ("two M142 launchers", "count"),
        ("six T‑90 tanks", "count"),
        ("up to three M-346s", "count"),
        ("eight MW-1 pods", "count"),
        ("12 t of aid", "measure"),
        ("40 m-long craft", "measure"),
        ("3 km-5 km", "measure"),
    ],
)
def test_letter_of_a_designation_is_no_unit(text: str, want: str) -> None:
    assert find_numbers(text)[0].kind == want


def test_designation_after_a_count_is_no_scale() -> None:
    text = "18 K9 howitzers, nine K10, 12 K-2 tanks"

    assert [m.low for m in find_numbers(text)] == [18, None, 9, None, 12, None]


@pytest.mark.parametrize(
    "text", ["72 105mm howitzers", "72 105 mm howitzers", "72 105-mm howitzers"]
)
def test_a_count_before_a_calibre_is_not_part_of_it(text: str) -> None:
    assert [(m.low, m.kind) for m in find_numbers(text)] == [(72, "count"), (105, "measure")]


def test_from_and_to_are_two_numbers() -> None:
    assert [mention.low for mention in find_numbers("rose from 10 to 15 tanks")] == [10, 15]


def test_several_numbers_stay_apart() -> None:
    text = "40 vehicles, two radars and 1,000 drones worth $725 million by 2026"

    assert [mention.low for mention in find_numbers(text)] == [40, 2, 1000, 725_000_000, 2026]


@given(st.text(alphabet=st.sampled_from("0123456789.,-–:/$€% amonkbhtwd\n’²½٣") | st.characters()))
def test_mentions_are_ordered_and_inside_any_text(text: str) -> None:
    ends = [0]
    for mention in find_numbers(text):
        assert ends[-1] <= mention.start < mention.end <= len(text)
        ends.append(mention.end)


WORDS = (
    "one ſix sıx two hundred millions a few dozens tens scores several pair of couple first and or "
    "type Leopard Mirage K x mm kg F-16 T-72 Т-72 2x 8 x 1 23 4567 99999999999999999999 - − – ‐ . "
    ", / : ( ) [ ] _ % ‰ é \u0301 한 中"
).split()


@given(st.lists(st.sampled_from((*WORDS, " ", " ", "\u00a0"))).map("".join))
def test_nothing_is_missed_where_no_number_is_looked_for(text: str) -> None:
    everywhere = [match.span() for match in parts._TOKEN.finditer(text)]

    assert [match.span() for match in parts._matches(text)] == everywhere


@given(st.integers(0, 10**15))
def test_digits_are_read_with_and_without_separators(number: int) -> None:
    plain, separated = find_numbers(f"x {number} y"), find_numbers(f"x {number:,} y")

    assert [m.low for m in plain] == [m.low for m in separated] == [number]


def test_designation_ends_where_korean_begins() -> None:
    (mention,) = find_numbers("F-16을 보냈다")

    assert (mention.start, mention.end, mention.kind) == (0, 4, "designation")


def test_scales_without_end_are_several_numbers() -> None:
    found = find_numbers("million " * 9)

    assert [mention.low for mention in found] == [10**18] * 3


PIECES = [
    *("1", "1,", "11,22,33,", "two ", "A1-", "1 000 ", "half a ", "million ", "a million "),
    *("hundred thousand ", "two hundred and ", "five thousand five million ", "tens of ", "Aa "),
    *("1-", "1 to ", "&#49;", "**1** ", "one-\n", "twenty-five ", "F-16을 "),
]


@pytest.mark.parametrize("piece", PIECES)
def test_long_hostile_text_is_read_in_linear_time(piece: str) -> None:
    assert_linear(find_numbers, repeated(piece), 50_000)
