import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from alterations import ALTERATIONS, sentences_of
from hypothesis import given
from hypothesis import strategies as st

from summarizer.source import Span
from summarizer.validate import Index, locate
from summarizer.validate.fold import simplify

TEXTS = {
    path.stem: path.read_text("utf-8")
    for path in sorted((Path(__file__).parents[1] / "corpus").glob("*.txt"))
}
INDEXES = {name: Index(text) for name, text in TEXTS.items()}
VARIANTS: dict[str, Callable[[str], str]] = {
    "straight quotes": lambda s: s.translate(str.maketrans("“”‘’", "\"\"''")),
    "curly quotes": lambda s: re.sub("'", "’", re.sub('"', "”", s)),
    "single quotes": lambda s: re.sub('[“”"]', "'", s),
    "hyphens for dashes": lambda s: re.sub("[–—]", "-", s),
    "dashes for hyphens": lambda s: s.replace("-", "–"),
    "line breaks": lambda s: s.replace(" ", "\r\n"),
    "no-break spaces": lambda s: s.replace(" ", "\u00a0"),
    "double spaces": lambda s: f"  {s.replace(' ', '  ')} ",
    "zero width": lambda s: s.replace(" ", " \u200b").replace("e", "e\u2060"),
    "decomposed": lambda s: unicodedata.normalize("NFD", s),
    "composed": lambda s: unicodedata.normalize("NFC", s),
    "full-width digits": lambda s: s.translate({c: c + 0xFEE0 for c in range(48, 58)}),
    "upper case": lambda s: s.upper() if "ı" not in s else s,
    "lower case": lambda s: s.lower(),
    "no diacritics": lambda s: s.translate(str.maketrans("üğışçöÜĞİŞÇÖ", "ugiscoUGISCO")),
}


@pytest.mark.parametrize("name", TEXTS)
def test_every_sentence_is_found_where_it_stands(name: str) -> None:
    text = TEXTS[name]
    for start, sentence in sentences_of(text):
        found = INDEXES[name].locate(sentence, near=start)

        assert found is not None, sentence
        assert found.span == Span(start, start + len(sentence), "exact")


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS.keys())
@pytest.mark.parametrize("name", TEXTS)
def test_typographic_variant_is_found_where_the_sentence_stands(
    name: str, variant: Callable[[str], str]
) -> None:
    for start, sentence in sentences_of(TEXTS[name]):
        found = INDEXES[name].locate(variant(sentence), near=start)

        assert found is not None, variant(sentence)
        assert (found.span.start, found.span.end) == (start, start + len(sentence))


@pytest.mark.parametrize("kind", ALTERATIONS)
def test_altered_quote_is_never_found(kind: str) -> None:
    altered = [
        (name, quote)
        for name, text in TEXTS.items()
        for _, sentence in sentences_of(text)
        for quote in ALTERATIONS[kind](sentence, text)
    ]

    accepted = [quote for name, quote in altered if INDEXES[name].locate(quote)]

    assert len(altered) >= 5, "the alteration applies too rarely to mean anything"
    assert accepted == []


# (quote, text, the words found or None, match)
CASES = {
    "year holds twelve": ("12", "in 2012", None, ""),
    "demonym": ("Iran", "Iranian forces", None, ""),
    "possessive": ("Syria", "Syria’s army", "Syria", "exact"),
    "thousands": ("50", "50,000 rounds", None, ""),
    "end of thousands": ("000 rounds", "50,000 rounds", None, ""),
    "spaced thousands": ("50", "50 000 rounds", None, ""),
    "decimals": ("50", "1.50 percent", None, ""),
    "scale": ("50", "50 million rounds", None, ""),
    "scale word": ("two", "two hundred men", None, ""),
    "after scale": ("fifty men", "two hundred and fifty men", None, ""),
    "ones of tens": ("five men", "twenty-five men", None, ""),
    "percent": ("50", "50% of it", None, ""),
    "currency": ("50 million", "$50 million", None, ""),
    "range": ("15 tanks", "10–15 tanks", None, ""),
    "minus": ("5", "at -5 degrees", None, ""),
    "minus added": ("-5", "at 5 degrees", None, ""),
    "minus sign": ("-5 degrees", "at −5 degrees", "−5 degrees", "typography"),
    "superscript": ("102", "10² men", None, ""),
    "before superscript": ("10", "10² men", None, ""),
    "designation": ("16 jets", "F-16 jets", None, ""),
    "mid-year": ("2024", "mid-2024", "2024", "exact"),
    "full width": ("12 tanks", "１２ tanks", "１２ tanks", "typography"),
    "ligature": ("official", "an oﬃcial", "oﬃcial", "typography"),
    "negating prefix": ("lethal aid", "non-lethal aid", None, ""),
    "opposing prefix": ("government forces", "anti-government forces", None, ""),
    "negating prefix before the hyphen": ("-lethal aid", "non-lethal aid", None, ""),
    "compound": ("backed militias", "Iran-backed militias", "backed militias", "exact"),
    "contraction": ("can", "It can't", None, ""),
    "will": ("they", "they'll come", "they", "exact"),
    "cannot": ("can", "It cannot", None, ""),
    "elided article": ("Ukraine", "l’Ukraine", "Ukraine", "exact"),
    "curly": ("won't", "it won’t", "won’t", "typography"),
    "ellipsis sign": ("well...", "well…", "well…", "typography"),
    "part of ellipsis": ("well..", "well…", None, ""),
    "em dash as hyphens": ("a -- b", "a — b", "a — b", "typography"),
    "dash dropped": ("a b", "a — b", None, ""),
    "feet and inches": ("5' gun", '5" gun', None, ""),
    "quote closed after a digit": ("'on May 8'", "“on May 8”", "“on May 8”", "typography"),
    "decomposed text": ("Café", "Cafe\u0301 X", "Cafe\u0301", "typography"),
    "before a mark": ("Caf", "Cafe\u0301", None, ""),
    "mark cut off": ("Cafe", "Cafe\u0301", "Cafe\u0301", "folded"),
    "hangul jamo": (
        "한국",
        unicodedata.normalize("NFD", "한국 군"),
        unicodedata.normalize("NFD", "한국"),
        "typography",
    ),
    "diacritics": ("Turkiye", "in Türkiye", "Türkiye", "folded"),
    "dotless i": ("Altindag", "Altındağ said", "Altındağ", "folded"),
    "dotted capital": ("Istanbul", "in İstanbul", "İstanbul", "folded"),
    "upper case i": ("ISTANBUL", "in İstanbul", "İstanbul", "folded"),
    "cyrillic letter is no accent": ("мои", "это мой", None, ""),
    "case": ("the ministry", "The Ministry", "The Ministry", "case"),
    "sharp s": ("STRASSE", "Straße", "Straße", "case"),
    "arabic": ("العراق", "\u2067العراق\u2069", "العراق", "exact"),
    "arabic vowels": ("محمد", "مُحَمَّد", "مُحَمَّد", "folded"),
    "arabic with article": ("عراق", "العراق", None, ""),
    "han": ("土耳其", "据土耳其国防部", "土耳其", "exact"),
    "han numeral": ("十辆", "五十辆坦克", None, ""),
    "digits before han": ("50", "50万发", None, ""),
    "digits with han": ("50", "给了50辆", "50", "exact"),
    "thai": ("ทหาร", "ส่งทหารไป", "ทหาร", "exact"),
    "emoji": ("👍", "ok 👍 yes", "👍", "exact"),
    "emoji family": ("👨", "a 👨‍👩‍👧 b", None, ""),
    "skin tone": ("👍", "ok 👍🏽 yes", None, ""),
    "flag": ("🇹🇷 army", "the 🇹🇷 army", "🇹🇷 army", "exact"),
    "half a flag": ("🇷 army", "the 🇹🇷 army", None, ""),
    "soft hyphen": ("missiles", "mis\u00adsiles", "mis\u00adsiles", "typography"),
    "hidden join": ("Iran", "Iran\u200bian", None, ""),
    "crlf": ("a b", "a\r\nb", "a\r\nb", "typography"),
    "surrounding space": ("  army ", "the army.", "army", "exact"),
    "word dropped": ("the army", "the big army", None, ""),
    "punctuation": (".", "The end.", None, ""),
    "empty": ("", "The end.", None, ""),
    "blank": (" \u200b\n", "The end.", None, ""),
    "longer than the text": ("The end. More", "The end.", None, ""),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_quote_is_found_in_its_class_or_not_at_all(case: tuple[str, str, str | None, str]) -> None:
    quote, text, words, match = case

    span = locate(quote, text)

    assert (text[span.start : span.end] if span else None) == words
    assert (span.match if span else "") == match


def test_strictest_class_wins_over_the_first_place() -> None:
    text = "TÜRKIYE, Turkiye, Türkiye"

    assert locate("Türkiye", text) == Span(18, 25, "exact")


def test_repeated_words_are_told_and_the_nearest_taken() -> None:
    index = Index("Ankara said. Ankara denied. Ankara left.")
    found = index.locate("Ankara", near=26)

    assert found is not None
    assert (found.span, found.occurrences, found.ambiguous) == (Span(28, 34), 3, True)


def test_within_looks_nowhere_else() -> None:
    text = "Ankara said. Ankara denied."

    assert locate("Ankara", text, within=(5, 27)) == Span(13, 19)
    assert locate("Ankara", text, within=Span(1, 18)) is None


def test_all_places_are_given_in_order() -> None:
    assert Index("one tank, one jet, One ship").locate_all("one") == (Span(0, 3), Span(10, 13))


LETTERS = (
    "aAeéiIİıßﬁ1½²5٣,.'’\"“-–—… \n\r\t\u00a0\u200b\u200d\u0301\u0327한ᄒ\u1161是五🇹🇷👩🏽\u2067عُ"
)
anything = st.text(st.sampled_from(LETTERS) | st.characters(exclude_categories=["Cs"]), max_size=40)


@given(st.data(), anything)
def test_found_words_are_the_quote_in_the_class_told(data: st.DataObject, text: str) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = data.draw(st.sampled_from([text[start:end], text[start:end].upper()]) | anything)
    for span in Index(text).locate_all(quote):
        words = text[span.start : span.end]

        assert words == words.strip() != ""
        if span.match == "exact":
            assert words == quote.strip().strip(_invisible(quote)).strip()
        else:
            assert simplify(words, span.match) == simplify(quote, span.match).strip()
            assert words != quote


def _invisible(quote: str) -> str:
    return "".join(char for char in quote if unicodedata.category(char) == "Cf") or " "


@given(st.data(), anything)
def test_true_slice_at_edges_is_found(data: st.DataObject, text: str) -> None:
    index = Index(text)
    edges = [at for at in range(len(text) + 1) if index.is_edge(at)]
    starts = [at for at in edges if index.is_edge(at, opening=True)]
    start = data.draw(st.sampled_from(starts))
    end = data.draw(st.sampled_from([at for at in edges if at >= start]))
    quote = text[start:end]
    if not any(char.isalnum() for char in quote) or quote != quote.strip(_invisible(quote)).strip():
        return
    spans = index.locate_all(quote)

    assert Span(start, end) in spans


@given(st.data(), st.text(st.sampled_from("aAbé 1-.’"), max_size=30))
def test_exact_places_are_those_of_a_naive_search(data: st.DataObject, text: str) -> None:
    start = data.draw(st.integers(0, len(text)))
    quote = text[start : start + data.draw(st.integers(1, 8))].strip()
    if not any(char.isalnum() for char in quote):
        return
    index = Index(text)
    naive = [
        Span(at, at + len(quote))
        for at in range(len(text))
        if text.startswith(quote, at)
        and index.is_edge(at, opening=True)
        and index.is_edge(at + len(quote))
    ]
    found = [span for span in index.locate_all(quote) if span.match == "exact"]

    assert found == naive


HOSTILE = {
    "one letter": ("a" * 200_000, "a" * 1000),
    "one word": ("ha " * 30_000, "ha " * 300 + "ho"),
    "marks": ("e\u0301" * 50_000, "é"),
    "no spaces": ("是" * 20_000, "是是是是"),
    "prefixes": ("non-" * 20_000, "non-non"),
    "flags": ("🇹🇷" * 20_000, "🇹🇷"),
    "ranges": ("1-" * 10_000, "1-1"),
}


@pytest.mark.parametrize(("text", "quote"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_does_not_hang(text: str, quote: str) -> None:
    for span in Index(text).locate_all(quote):
        assert simplify(text[span.start : span.end], "folded") == simplify(quote, "folded").strip()
