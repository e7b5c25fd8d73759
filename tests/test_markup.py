import re

import pytest
from growing import assert_linear, repeated
from hypothesis import given
from hypothesis import strategies as st

from summarizer.markup import Unmarked

READ = {
    "plain": ("Norway sent 5 tanks.", "Norway sent 5 tanks."),
    "bold": ("**Norway** sent", "Norway sent"),
    "nested": ("***a** b* __c__ _d_", "a b c d"),
    "rest of a run": ("**a* b", "*a b"),
    "code": ("`F-16` and ``a`` and `a *b*`", "F-16 and a and a *b*"),
    "link": ('[a *b*](https://x.y/z_(w) "t") c', "a b c"),
    "image": ("![a](b.png) c", "![a](b.png) c"),
    "escape": (r"1\. \*a\* C:\d", r"1. *a* C:\d"),
    "footnote": ("a[^1] b\n[^1]: c", "a b\n[^1]: c"),
    "quoted lines": ("> a\n> b\n\n> c\n> 5", "> a\nb\n\n> c\n> 5"),
    "stars that are none": ("2*3 2 * 3 a* b* f**k s**t", "2*3 2 * 3 a* b* f**k s**t"),
    "names with low lines": ("MAX_SIZE a_b_c", "MAX_SIZE a_b_c"),
    "many stars": ("**** a ****", "**** a ****"),
    "two paragraphs": ("*a\n\nb*", "*a\n\nb*"),
    "entities": ("&amp; &#39; &#x27; &nbsp;&eacute;", "& ' ' \u00a0é"),
    "entities that are none": ("AT&T &foo; &lt a&b;", "AT&T &foo; &lt a&b;"),
    "entity twice": ("&amp;lt; &amp;amp; R&amp;D;", "< & R&D;"),
    "entity that is a mark": ("&#42;a&#42;", "*a*"),
    "line's end": ("mis-\nsiles, mis\u2010\r\n  siles", "missiles, missiles"),
    "soft hyphen": ("mis\u00ad\nsiles", "missiles"),
    "hyphen that stays": (
        "al-\nSharaa F-\n16 155-\nmm NATO-\nled",
        "al-Sharaa F-16 155-mm NATO-led",
    ),
    "hyphen that tells words apart": ("re-\nsigned self-\ndefence", "re-signed self-defence"),
    "hyphen that is there elsewhere": ("drone-boat drone-\nboat", "drone-boat drone-boat"),
    "suspended": ("short-\nand long", "short- and long"),
    "no line's end": ("mis- siles a -\nb c-\n\nd —\ne", "mis- siles a -\nb c-\n\nd —\ne"),
}


@pytest.mark.parametrize(("source", "page"), READ.values(), ids=READ.keys())
def test_page_is_read_past_its_markup(source: str, page: str) -> None:
    assert Unmarked(source).text == page


def test_place_leaves_out_marks_whose_other_half_is_not_in_it() -> None:
    source = "the **ground forces** of [Syria](x) left"
    page = Unmarked(source)

    def place(words: str) -> str:
        start = page.text.index(words)
        found = page.place(start, start + len(words))
        return source[slice(*found)] if found else ""

    assert place("ground forces") == "ground forces"
    assert place("ground") == "ground"
    assert place("the ground") == "the **ground"
    assert place("ground forces of") == "**ground forces** of"
    assert place("forces of Syria") == "forces** of [Syria](x)"
    assert place("of Syria left") == "of [Syria](x) left"


def test_a_character_of_two_is_not_cut() -> None:
    page = Unmarked("a &NotEqualTilde; b")

    assert page.place(0, 3) is None
    assert page.place(0, 4) == (0, 17)


def test_joints_are_where_words_were_joined() -> None:
    page = Unmarked("mis-\nsiles and si-\nlos")

    assert (page.text, page.joints) == ("missiles and silos", (3, 15))


BROKEN = """
    mis-siles direct-or thous-and in-to deep-ening govern-ment inter-national air-craft with-in
    under-lined head-quarters cease-fire un-der organi-zation Iran-ian coopera-tion Tür-kiye
    Shai-bani de-fence ex-plosion pro-gram over-throw
"""
COMPOUNDS = """
    surface-to-air so-called state-run air-defence long-range high-value spill-over
    counter-terrorism co-chaired anti-tank non-lethal Iran-backed US-led NATO-led self-propelled
    re-signed al-Sharaa Two-Week two-thirds third-party north-eastern twenty-five post-conflict
    Cyclone-class FS-LIDS
"""


@pytest.mark.parametrize("word", BROKEN.split())
def test_word_that_a_line_breaks_is_read_as_one(word: str) -> None:
    assert Unmarked(f"the {word} of".replace("-", "-\n")).text == f"the {word.replace('-', '')} of"


@pytest.mark.parametrize("word", COMPOUNDS.split())
def test_hyphen_of_a_compound_at_a_line_s_end_stays(word: str) -> None:
    assert Unmarked(f"the {word} of".replace("-", "-\n")).text == f"the {word} of"


def test_the_text_itself_tells_what_is_one_word() -> None:
    assert Unmarked("spillover, spill-\nover").text == "spillover, spillover"
    assert Unmarked("drone-boat, drone-\nboat").text == "drone-boat, drone-boat"
    assert Unmarked("mis-siles, mis-\nsiles").text == "mis-siles, mis-siles"


def test_lines_are_not_joined_when_not_asked_for() -> None:
    assert Unmarked("mis-\nsiles *a*", join_lines=False).text == "mis-\nsiles a"


MARKS = "aB1 é.\n\r-\u00ad\u2010*_`\\[]()^>&#;amplt39&"
texts = st.lists(
    st.sampled_from([*MARKS, "&amp;", "&#39;", "-\n", "**", "[a](b)", "[^1]", "\n> ", "\\*"])
).map("".join)


@given(texts | st.text())
def test_every_offset_leads_to_the_page_and_back(source: str) -> None:
    page = Unmarked(source)
    offsets = [page.offset(at) for at in range(len(source) + 1)]

    assert offsets == sorted(offsets)
    assert offsets[-1:] == [len(page.text)]
    for at in range(len(page.text)):
        place = page.place(at, at + 1)
        if place is not None:
            start, end = place
            assert 0 <= start < end <= len(source)
            assert page.offset(start) <= at < page.offset(end)
            assert page.inside(start) == page.inside(end) == "text"


@given(texts | st.text())
def test_no_letter_and_no_digit_is_lost_but_in_marks(source: str) -> None:
    def shown(text: str) -> list[str]:
        return re.findall(r"[^\W_]", text)

    bare = re.sub(r"&\w+;|&#\w+;|\]\([^()\s]+\)|\[\^\w+\]", "", source)
    rest = iter(shown(Unmarked(source).text))

    assert all(char in rest for char in shown(bare))


@pytest.mark.parametrize(
    "unit",
    [
        *("*", "**", "*a ", "a* ", "*a _b ", "_a *a b* ", "`", "`a ", "[", "[a](", "[a](b) "),
        *("](", "\\", "\\*", "&", "&amp;", "&#53;", "-\n", "a-\n", "a-\nb ", "\n> ", "> ", "[^1]"),
    ],
    ids=repr,
)
def test_hostile_text_is_read_in_linear_time(unit: str) -> None:
    assert_linear(Unmarked, repeated(unit), 100_000)
