import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from alterations import ALTERATIONS, PAGES, sentences_of
from growing import assert_linear, repeated
from hypothesis import given
from hypothesis import strategies as st

from summarizer.markup import Unmarked
from summarizer.source import Match, Span
from summarizer.validate import Index, locate
from summarizer.validate.edges import is_before_particle
from summarizer.validate.fold import simplify

TEXTS = {
    path.stem: path.read_text("utf-8")
    for path in sorted((Path(__file__).parents[1] / "corpus").glob("*.txt"))
}
INDEXES = {name: Index(text) for name, text in TEXTS.items()}
PAGE_INDEXES = {name: Index(PAGES["all"](text)) for name, text in TEXTS.items()}
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


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", TEXTS)
def test_sentence_is_found_on_every_page_that_says_it(name: str, page: str) -> None:
    text = PAGES[page](TEXTS[name])
    index = Index(text)
    for _, sentence in sentences_of(TEXTS[name]):
        span = index.locate(sentence)

        assert span is not None, sentence
        found = Unmarked(text[span.span.start : span.span.end]).text.replace("-", "")
        assert simplify(found, "typography") == simplify(sentence.replace("-", ""), "typography")
        assert span.span.match in ("exact", "typography")


@pytest.mark.parametrize("kind", ALTERATIONS)
def test_altered_quote_is_found_on_no_page(kind: str) -> None:
    for name, text in TEXTS.items():
        for _, sentence in list(sentences_of(text))[::3]:
            altered = ALTERATIONS[kind](sentence, text)

            assert [quote for quote in altered if PAGE_INDEXES[name].locate(quote)] == []


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
    # Words hyphenated at a line's end.
    "line's end": ("missiles", "the mis-\nsiles flew", "mis-\nsiles", "typography"),
    "line's end, indented": ("missiles", "mis- \r\n  siles", "mis- \r\n  siles", "typography"),
    "line's end, soft hyphen": ("missiles", "mis\u00ad\nsiles", "mis\u00ad\nsiles", "typography"),
    "line's end, capitals": ("MISSILES", "MIS-\nSILES", "MIS-\nSILES", "typography"),
    "line's end, other case": ("Missiles", "the mis-\nsiles", "mis-\nsiles", "case"),
    "line's end, diacritics": ("Turkiye", "Tür-\nkiye", "Tür-\nkiye", "folded"),
    "line's end as written": ("mis-\nsiles", "mis-\nsiles", "mis-\nsiles", "exact"),
    "two lines' ends": (
        *("two missiles hit the centre", "two mis-\nsiles hit the cen-\ntre"),
        *("two mis-\nsiles hit the cen-\ntre", "typography"),
    ),
    "compound at a line's end": ("air-defence", "air-\ndefence", "air-\ndefence", "typography"),
    "compound and word": (
        *("air-defence missiles", "air-\ndefence mis-\nsiles", "air-\ndefence mis-\nsiles"),
        "typography",
    ),
    "name at a line's end": ("al-Sharaa", "al-\nSharaa", "al-\nSharaa", "typography"),
    "designation at a line's end": ("F-16 jets", "F-\n16 jets", "F-\n16 jets", "typography"),
    "number word at a line's end": ("twenty-five", "twenty-\nfive", "twenty-\nfive", "typography"),
    "suspended hyphen": (
        "short- and long-range",
        "short-\nand long-range",
        "short-\nand long-range",
        "typography",
    ),
    "first of a compound at a line's end": ("Iran", "Iran-\nbacked men", None, ""),
    "second of a compound at a line's end": ("men", "Ye-\nmen left", None, ""),
    "first of a name at a line's end": ("Rabban", "Rabban-\nSharaa", "Rabban", "exact"),
    "beginning of a word": ("Iran", "Iran-\nian forces", None, ""),
    "end of a word": ("siles", "mis-\nsiles", None, ""),
    "end of a number word": ("five men", "twenty-\nfive men", None, ""),
    "number of a designation": ("16 jets", "F-\n16 jets", None, ""),
    "end of a range": ("15 tanks", "10-\n15 tanks", None, ""),
    "range run together": ("1015 tanks", "10-\n15 tanks", None, ""),
    "negating prefix at a line's end": ("lethal aid", "non-\nlethal aid", None, ""),
    "hyphen removed": ("antitank guns", "anti-tank guns", None, ""),
    "hyphen added": ("anti-tank guns", "antitank guns", None, ""),
    "hyphen of a name removed": ("Iranbacked", "Iran-\nbacked", None, ""),
    "hyphen of a name in small letters removed": ("alSharaa", "al-\nSharaa", None, ""),
    "hyphen that makes another word": ("he resigned", "he re-\nsigned", None, ""),
    "hyphen that the text has elsewhere": ("antitank", "anti-tank, anti-\ntank", None, ""),
    "hyphen added elsewhere": ("anti-tank, an-titank", "anti-tank, anti-\ntank", None, ""),
    "hyphen with a word between": ("mis siles", "mis-\nsiles", None, ""),
    "blank line": ("missiles", "mis-\n\nsiles", None, ""),
    "hyphen within the line": ("missiles", "mis- siles", None, ""),
    "dash at a line's end": ("warpeace", "war —\npeace", None, ""),
    # Marks of Markdown.
    "bold": ("ground forces", "**ground** forces", "**ground** forces", "typography"),
    "bold whole": ("ground forces", "**ground forces** left", "ground forces", "exact"),
    "bold at the end": (
        "the ground forces",
        "the __ground forces__.",
        "the __ground forces__",
        "typography",
    ),
    "nested": (
        "the ground forces",
        "the ***ground** forces* left",
        "the ***ground** forces*",
        "typography",
    ),
    "low lines": ("met Hamas leaders", "met _Hamas_ leaders", "met _Hamas_ leaders", "typography"),
    "in low lines": ("Hamas", "met _Hamas_ leaders", "Hamas", "exact"),
    "bold initials": (
        "United Nations",
        "**U**nited **N**ations",
        "**U**nited **N**ations",
        "typography",
    ),
    "bold part": ("unbelievable", "un**believ**able", "un**believ**able", "typography"),
    "bold number": ("sent 50 tanks", "sent **50** tanks", "sent **50** tanks", "typography"),
    "bold money": ("$50 million aid", "**$50 million** aid", "**$50 million** aid", "typography"),
    "code": ("the F-16 jets", "the `F-16` jets", "the `F-16` jets", "typography"),
    "backticks as quotation marks": (
        "the 'red' line",
        "the `red` line",
        "the `red` line",
        "typography",
    ),
    "escapes": ("U.S. aid*", "U\\.S\\. aid\\*", "U\\.S\\. aid\\*", "typography"),
    "link": (
        *("Bloomberg said", "[Bloomberg](https://a.b/c_(d)) said"),
        *("[Bloomberg](https://a.b/c_(d)) said", "typography"),
    ),
    "words of a link": ("Bloomberg", "[Bloomberg](https://a.b) said", "Bloomberg", "exact"),
    "address of a link": ("https://a.b/c", "[x](https://a.b/c)", "https://a.b/c", "exact"),
    "footnote": ("struck the base", "struck[^3] the base", "struck[^3] the base", "typography"),
    "quoted lines": ("will send it", "> will\n> send it", "will\n> send it", "typography"),
    "marks of the quote": ("**ground** forces", "ground forces", "ground forces", "typography"),
    "marks as written": ("**ground** forces", "**ground** forces", "**ground** forces", "exact"),
    "marks and case": ("Ground forces", "**ground** forces", "**ground** forces", "case"),
    "word of another": ("Iran", "**Iran**ian forces", None, ""),
    "digit of a number": ("5", "**5**0 tanks", None, ""),
    "rest of a number": ("0 tanks", "**5**0 tanks", None, ""),
    "bold before a scale": ("50", "**50** million", None, ""),
    "factor": ("3 tanks", "2*3 tanks", None, ""),
    "factors run together": ("23 tanks", "2*3 tanks", None, ""),
    "product": ("2 3 tanks", "2 * 3 tanks", None, ""),
    "power": ("10 men", "10^6 men", None, ""),
    "range with a tilde": ("15 tanks", "10~15 tanks", None, ""),
    "struck out": ("sent 50 60 tanks", "sent ~~50~~ 60 tanks", None, ""),
    "struck out digit": ("50 tanks", "5~~0~~ tanks", None, ""),
    "low line in a number": ("10000", "10_000", None, ""),
    "star of a footnote": ("tanks and jets", "tanks* and jets", None, ""),
    "two stars of footnotes": ("50 tanks, 30 jets", "50* tanks, 30* jets", None, ""),
    "masked words": ("fk and st", "f**k and s**t", None, ""),
    "marks of two paragraphs": ("a b c", "**a\n\nb** c", None, ""),
    "more than": ("lost 50 tanks", "> lost\n> 50 tanks", None, ""),
    "words before a link": ("saw Bulgaria", "saw [Syria](https://Bulgaria.test)", None, ""),
    "image": ("the map shows", "the ![map](a.png) shows", None, ""),
    # HTML entities.
    "ampersand": ("A & B", "A &amp; B", "A &amp; B", "typography"),
    "apostrophe": ("it's", "it&#39;s", "it&#39;s", "typography"),
    "no-break space": ("50 tanks", "50&nbsp;tanks", "50&nbsp;tanks", "typography"),
    "letter": ("café open", "caf&eacute; open", "caf&eacute; open", "typography"),
    "letter without its accent": ("cafe open", "caf&eacute; open", "caf&eacute; open", "folded"),
    "combining": ("café", "cafe&#769;", "cafe&#769;", "typography"),
    "hexadecimal": (
        "Yıldız said",
        "Y&#x131;ld&#x131;z said",
        "Y&#x131;ld&#x131;z said",
        "typography",
    ),
    "quotation marks": (
        '"no," he said',
        "&ldquo;no,&rdquo; he said",
        "&ldquo;no,&rdquo; he said",
        "typography",
    ),
    "twice": ("it's", "it&amp;#39;s", "it&amp;#39;s", "typography"),
    "ampersand before a name": ("R&Dept", "R&amp;Dept; x", "R&amp;Dept", "typography"),
    "entity of the quote": ("A &amp; B", "A & B", "A & B", "typography"),
    "entity as written": ("A &amp; B", "A &amp; B", "A &amp; B", "exact"),
    "money": ("€50 million", "&euro;50 million", "&euro;50 million", "typography"),
    "thousands in entities": ("50 000 men", "50&nbsp;000 men", "50&nbsp;000 men", "typography"),
    "digit": ("50 tanks", "5&#48; tanks", "5&#48; tanks", "typography"),
    "digit cut off": ("5", "5&#48; tanks", None, ""),
    "number of an entity": ("48", "5&#48; tanks", None, ""),
    "end of an entity in digits": ("0 tanks", "&#53;0 tanks", None, ""),
    "name of an entity": ("amp", "A &amp; B", None, ""),
    "entity alone": ("&nbsp;", "a &nbsp; b", None, ""),
    "another character": ("A < B", "A &gt; B", None, ""),
    "written-out entity": ("A < B", "A &lt B", None, ""),
    "thousands in entities cut": ("50", "50&nbsp;000 men", None, ""),
    "currency in an entity": ("50 million", "&euro;50 million", None, ""),
    "minus in an entity": ("5 degrees", "&minus;5 degrees", None, ""),
    "superscript in an entity": ("10 men", "10&sup2; men", None, ""),
    "half in an entity": ("5 tanks", "5&frac12; tanks", None, ""),
    "word with an entity cut": ("caf", "caf&eacute; open", None, ""),
    "unknown entity": ("a b", "a &foo; b", None, ""),
    # Korean particles.
    "particle": ("서울", "회담이 서울에서 열렸다", "서울", "typography"),
    "free before particle": ("서울", "서울에서 서울 시장이", "서울", "exact"),
    "two words": ("한국 정부", "한국 정부는 말했다", "한국 정부", "typography"),
    "latin letters": ("NATO", "NATO는", "NATO", "typography"),
    "designation with a particle": ("F-16", "F-16을 보냈다", "F-16", "typography"),
    "particles": ("서울", "서울에서는", "서울", "typography"),
    "particle and particle": ("서울로", "서울로부터", None, ""),
    "part of a particle": ("서울에", "서울에서", None, ""),
    "half a word": ("서", "서울에서", None, ""),
    "end of a word after it": ("울에서", "서울에서", None, ""),
    "particle alone": ("에서", "서울에서", None, ""),
    "people of a state": ("한국", "한국인은", None, ""),
    "army of a state": ("이라크", "이라크군이", None, ""),
    "word that ends like a particle": ("정상회", "정상회의", None, ""),
    "word of one syllable": ("국", "국가", None, ""),
    "gulf": ("페르시아", "페르시아만", None, ""),
    "province": ("경기", "경기도", None, ""),
    "ten thousands": ("50", "50만 명", None, ""),
    "jamo with a particle": (
        "한국",
        unicodedata.normalize("NFD", "한국은"),
        unicodedata.normalize("NFD", "한국"),
        "typography",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_quote_is_found_in_its_class_or_not_at_all(case: tuple[str, str, str | None, str]) -> None:
    quote, text, words, match = case

    span = locate(quote, text)

    assert (text[span.start : span.end] if span else None) == words
    assert (span.match if span else "") == match


def test_compound_of_words_that_stand_elsewhere_may_be_cut_at_a_line_s_end() -> None:
    text = "Iran-\nbacked men, whom Iran backed"

    assert locate("Iran", text, within=(0, 16)) == Span(0, 4)
    assert locate("backed men", text) == Span(6, 16)


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
        elif words == quote:
            assert is_before_particle(text, span.end)
        else:
            same = _same(words, quote, span.match)
            assert same or _same(_page(words), _page(quote), span.match)


def _same(words: str, quote: str, match: Match) -> bool:
    assert match != "exact"
    return simplify(words, match) == simplify(quote, match).strip()


def _page(text: str) -> str:
    return Unmarked(text).text.replace("-", "")


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


def _stars(size: int) -> str:
    return "*a " * (size // 6) + "_b " * (size // 6)


def _brackets(size: int) -> str:
    return "[" * (size // 3) + "](" * (size // 3)


HOSTILE: dict[str, tuple[Callable[[int], str], int, str]] = {
    "one letter": (repeated("a"), 200_000, "a" * 1000),
    "one word": (repeated("ha "), 90_000, "ha " * 300 + "ho"),
    "marks": (repeated("e\u0301"), 100_000, "é"),
    "no spaces": (repeated("是"), 20_000, "是是是是"),
    "prefixes": (repeated("non-"), 80_000, "non-non"),
    "flags": (repeated("🇹🇷"), 40_000, "🇹🇷"),
    "ranges": (repeated("1-"), 20_000, "1-1"),
    "lines' ends": (repeated("mis-\n"), 100_000, "mismis"),
    "compounds at lines' ends": (repeated("mis-\nsiles "), 110_000, "mis-siles " * 50),
    "stars": (_stars, 180_000, "a a"),
    "pairs": (repeated("*a* _b_ "), 80_000, "a b " * 50),
    "entities": (repeated("&amp;"), 100_000, "& & a"),
    "links": (repeated("[a](b) "), 70_000, "a a " * 50),
    "brackets": (_brackets, 150_000, "a"),
    "korean": (repeated("서울에서"), 80_000, "서울"),
    "particles": (repeated("서울에서 "), 100_000, "서울"),
}


@pytest.mark.parametrize(("made", "largest", "quote"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_searched_in_linear_time(
    made: Callable[[int], str], largest: int, quote: str
) -> None:
    def step(text: str) -> None:
        # The same words stand in thousands of places; to look at them once is enough.
        for found in {text[span.start : span.end] for span in Index(text).locate_all(quote)}:
            assert simplify(Unmarked(found).text, "folded").replace("-", "") == (
                simplify(quote, "folded").strip().replace("-", "")
            )

    assert_linear(step, made, largest)
