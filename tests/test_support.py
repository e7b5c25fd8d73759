from pathlib import Path

import pytest
from growing import assert_linear, repeated
from hypothesis import given
from hypothesis import strategies as st

from summarizer.validate import support

CORPUS = sorted((Path(__file__).parents[1] / "corpus").glob("*.txt"))
PLAN = (
    "Türkiye plans to supply 12 armored vehicles and up to 20 Leopard 2A6 tanks to Syria within "
    "weeks, Bloomberg reported on Friday, October 17."
)
REFUSAL = "Germany did not agree to supply Taurus missiles to Ukraine."
DENIAL = "Ankara denied that the Turkish army had supplied missiles to Syria."
# (value, cited words, verdict)
CASES = {
    "digits for word": ("twelve armoured vehicles", PLAN, "supported"),
    "dozen for digits": ("a dozen armored vehicles", PLAN, "supported"),
    "inflection": ("planned supply of armored vehicle", PLAN, "supported"),
    "diacritics": ("Turkiye plans to supply Syria", PLAN, "supported"),
    "month short": ("Oct. 17", PLAN, "supported"),
    "same estimate": ("up to 20 Leopard 2A6 tanks", PLAN, "supported"),
    "british spelling": ("a defence programme", "the defense program", "supported"),
    "irregular verb": ("Norway gives 4 jets", "Norway gave four jets.", "supported"),
    "currency word": ("$5 million", "worth 5 million dollars", "supported"),
    "bare number of a measure": ("300", "300 km away", "supported"),
    "denial of a denial word": ("denied supplying missiles", DENIAL, "supported"),
    "same negation": ("Germany did not agree", REFUSAL, "supported"),
    "item of a refused supply": ("Taurus missiles", REFUSAL, "supported"),
    "name in a denial": ("Turkish army", DENIAL, "supported"),
    "denial for no": (
        "Zadran denies that there was a fighter in the house",
        "“There was no fighter in that house,” Zadran said.",
        "partial",
    ),
    "in march": ("sent in March", "In March, it was sent.", "supported"),
    "not only": ("tanks were sent", "Not only tanks were sent.", "supported"),
    "word missing": ("Türkiye plans urgent supply of armored vehicles", PLAN, "partial"),
    "plan as fact": ("Türkiye supplied armored vehicles to Syria", PLAN, "partial"),
    "estimate as figure": ("20 Leopard 2A6 tanks", PLAN, "partial"),
    "one end of a range": ("15 tanks", "10 to 15 tanks", "partial"),
    "other number": ("50 armored vehicles", PLAN, "unsupported"),
    "other number word": ("thirteen armored vehicles", PLAN, "unsupported"),
    "number in a longer one": ("2 armored vehicles", PLAN, "unsupported"),
    "designation as number": ("16 jets", "F-16 jets", "unsupported"),
    "other designation": ("Leopard 2A7 tanks", PLAN, "unsupported"),
    "other vague amount": ("hundreds of drones", "dozens of drones", "unsupported"),
    "other weekday": ("on Thursday", PLAN, "unsupported"),
    "other month": ("November 17", PLAN, "unsupported"),
    "may as month": ("May 17", "They may send 17 jets in June.", "unsupported"),
    "other currency": ("€5 million", "$5 million", "unsupported"),
    "percent as count": ("50 vehicles", "50 percent of the vehicles", "unsupported"),
    "other unit": ("3 months", "three years", "unsupported"),
    "ordinal as count": ("two meetings", "the second meeting", "unsupported"),
    "other country first": ("Russia plans to supply armored vehicles", PLAN, "unsupported"),
    "other country inside": ("plans to supply armored vehicles to Iraq", PLAN, "unsupported"),
    "state for demonym": ("Forces from Iran attacked", "Iranian forces attacked.", "unsupported"),
    "negation added": ("Türkiye will not supply vehicles", PLAN, "unsupported"),
    "negation dropped": ("Germany agreed to supply Taurus missiles", REFUSAL, "unsupported"),
    "negated infinitive": ("Germany will supply missiles", REFUSAL, "unsupported"),
    "denial dropped": ("The Turkish army supplied missiles to Syria", DENIAL, "unsupported"),
    "refusal dropped": ("Paris supplies jets", "Paris refused to supply jets.", "unsupported"),
    "no dropped": ("missiles were sent", "No missiles were sent.", "unsupported"),
    "contracted not dropped": ("it was agreed", "It wasn’t agreed.", "unsupported"),
    "lethal for non-lethal": ("lethal aid", "a package of non-lethal aid", "unsupported"),
    "something else": ("the economy grows fast", PLAN, "unsupported"),
    "empty": ("", PLAN, "unsupported"),
    "nothing cited": ("tanks", "", "unsupported"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_value_is_borne_out_or_not(case: tuple[str, str, str]) -> None:
    value, cited, want = case

    verdict = support(value, cited)

    assert verdict.support == want, verdict.detail
    assert (verdict.detail is None) == (want == "supported")


def test_reason_names_the_number_in_plain_words() -> None:
    assert support("50 tanks", PLAN).detail == "the number 50 is not in the cited words"


def test_words_that_the_caller_knows_count_as_cited() -> None:
    value, cited = "Erdogan met Putin", "He met Putin."

    assert support(value, cited).support == "unsupported"
    assert support(value, cited, known="Recep Tayyip Erdoğan").support == "supported"


def test_known_words_never_bring_a_number() -> None:
    assert support("50 tanks", "the tanks", known="50 tanks").support == "unsupported"


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_every_line_bears_itself_out(path: Path) -> None:
    for line in filter(str.strip, path.read_text("utf-8").splitlines()):
        assert support(line, line).support == "supported", (line, support(line, line).detail)


@given(st.text(max_size=60), st.text(max_size=60), st.integers(100, 10**6))
def test_a_number_found_nowhere_is_never_borne_out(before: str, cited: str, number: int) -> None:
    value = f"{before} {number} tanks"
    if str(number)[:2] in cited or any(char.isdigit() for char in cited):
        return

    assert support(value, cited).support == "unsupported"


@pytest.mark.parametrize("piece", ["not ", "denied that ", "no to ", "plans to ", "a.", "’t "])
def test_long_hostile_citation_is_read_in_linear_time(piece: str) -> None:
    value = "Ankara did not supply 12 tanks"

    assert_linear(lambda cited: support(value, cited), repeated(piece), 100_000)
