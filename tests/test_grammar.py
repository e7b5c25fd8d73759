from __future__ import annotations

import datetime
import enum
import json
from typing import Annotated, Any, Literal

import pytest
from drafts import written
from growing import assert_linear, repeated
from hypothesis import assume, given
from hypothesis import strategies as st
from llguidance import LLMatcher, LLTokenizer
from pydantic import BaseModel, Field

from summarizer.draft import Draft, SentenceId, Verbatim
from summarizer.draft.shape import DraftTypeError
from summarizer.engine.grammar import grammar, pieces
from summarizer.korean import particle_start
from summarizer.validate import Index


class Kind(enum.StrEnum):
    TANK = "tank"
    OTHER = 'other "kind"'


class Item(Draft):
    what: Verbatim
    count: int | None
    kind: Kind


class Offer(Draft):
    supplier: Annotated[tuple[Verbatim, ...], Field(max_length=2)]
    items: list[Item]
    status: Literal["planned", "none"]
    sure: bool
    when: Verbatim | None
    sentence: SentenceId
    note: Annotated[str, Field(max_length=20)]
    share: float


class Offers(Draft):
    offers: Annotated[tuple[Offer, ...], Field(min_length=1, max_length=3)]


class Words(Draft):
    words: Verbatim


class Own(BaseModel):
    """A user's draft."""

    words: Verbatim


TEXT = 'Türkiye said: "Send\n\n1,500 T-72 tanks" \\ 😀 cafe\u0301 “x” for 10-15 days.'

OFFER = Offers(
    offers=(
        Offer(
            supplier=("Türkiye", "😀"),
            items=[
                Item(what='"Send 1,500 T-72 tanks"', count=-5, kind=Kind.OTHER),
                Item(what="\\", count=None, kind=Kind.TANK),
            ],
            status="planned",
            sure=True,
            when="10-15 days.",
            sentence=12,
            note='a "b" \\ é',
            share=0.5,
        ),
    )
)


def accepts(lark: str, answer: str) -> bool:
    """Tell whether llguidance, as llama.cpp has it inside, lets a model write *answer*."""
    tokenizer = LLTokenizer("byte")
    matcher = LLMatcher(tokenizer, lark)
    assert not matcher.is_error(), matcher.get_error()
    tokens = tokenizer.tokenize_str(answer)
    if matcher.validate_tokens(tokens) < len(tokens):
        return False
    matcher.consume_tokens(tokens)
    return bool(matcher.is_accepting())


def test_what_is_written_reads_as_the_same_draft() -> None:
    assert Offers.model_validate_json(written(OFFER)) == OFFER


def test_grammar_admits_what_is_written() -> None:
    lark = grammar(Offers, TEXT, [1, 12])

    assert accepts(lark, written(OFFER))


class Frame(Draft):
    who: Verbatim
    where: Verbatim | None = None


def test_fields_with_a_default_are_written_too() -> None:
    answer = written(Frame(who="tanks"))

    assert answer == '{"who": "tanks", "where": null}'
    assert accepts(grammar(Frame, TEXT), answer)


def test_users_own_model_is_written_as_object() -> None:
    answer = written(Own(words="tanks"))

    assert answer == '{"words": "tanks"}'
    assert accepts(grammar(Own, TEXT), answer)


@pytest.mark.parametrize(
    "change",
    [
        {"status": "delivered"},
        {"sentence": 2},
        {"sentence": 1.5},
        {"sure": None},
        {"supplier": ["Türkiye", "Türkiye", "Türkiye"]},
        {"supplier": ["Turkey"]},
        {"when": ""},
        {"note": "x" * 21},
        {"items": [{"what": "tanks", "count": 1, "kind": "ship"}]},
        {"extra": 1},
    ],
    ids=[
        "choice",
        "sentence",
        "half-sentence",
        "null",
        "too-many",
        "foreign-word",
        "empty-words",
        "too-long",
        "nested",
        "extra-key",
    ],
)
def test_grammar_admits_nothing_else(change: dict[str, Any]) -> None:
    lark = grammar(Offers, TEXT, [1, 12])
    answer = json.loads(written(OFFER))
    answer["offers"][0] |= change

    assert not accepts(lark, json.dumps(answer, ensure_ascii=False))


def test_list_keeps_its_lower_bound() -> None:
    assert not accepts(grammar(Offers, TEXT, [1]), '{"offers": []}')


@pytest.mark.parametrize(
    ("quote", "admitted"),
    [
        ("Türkiye", True),
        ('said: "Send', True),
        ("Send 1,500 T-72 tanks", True),
        ("1,500", True),
        ("500", False),
        ("72 tanks", False),
        ("15 days", False),
        ("T-72", True),
        ("tank", False),
        ("cafe\u0301", True),
        ("cafe", False),
        ("“x”", True),
        ("\\ 😀", True),
        (" said", False),
        ("said ", False),
        ("", False),
        ("tanks for", False),
        ("türkiye", False),
    ],
)
def test_verbatim_takes_whole_words_in_order(quote: str, admitted: bool) -> None:
    lark = grammar(Words, TEXT)

    assert accepts(lark, written(Words(words=quote))) is admitted


class Few(Draft):
    words: Annotated[Verbatim, Field(max_length=9)]
    more: Verbatim


@pytest.mark.parametrize(
    ("quote", "admitted"), [("said: ", False), ("tanks", True), ("T-72 tanks", False), ("", False)]
)
def test_verbatim_keeps_its_bound(quote: str, admitted: bool) -> None:
    lark = grammar(Few, TEXT)
    answer = json.dumps({"words": quote, "more": "T-72 tanks"})

    assert accepts(lark, answer) is admitted


@given(st.text(st.characters(codec="utf-8")), st.data())
def test_every_run_of_any_text_can_be_written(text: str, data: st.DataObject) -> None:
    parts = pieces(text)
    starts = [index for index, piece in enumerate(parts) if piece != " "]
    assume(starts)
    start = data.draw(st.sampled_from(starts))
    end = data.draw(st.sampled_from([index for index in starts if index >= start]))
    quote = "".join(parts[start : end + 1])

    lark = grammar(Words, text)

    assert accepts(lark, written(Words(words=quote)))


@given(st.text())
def test_pieces_lose_nothing_but_the_kind_of_white_space(text: str) -> None:
    joined = "".join(pieces(text))

    assert "".join(joined.split()) == "".join(text.split())
    assert len(joined.split()) == len(text.split())


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("1,500 men", ["1,500", " ", "men"]),
        ("F-16s, 2.5m", ["F-16s", ",", " ", "2.5m"]),
        ("2024/25.", ["2024/25", "."]),
        ("Assad’s", ["Assad", "’", "s"]),
        ("al-Sharaa", ["al", "-", "Sharaa"]),
        ("a \r\n\u2028 b", ["a", " ", "b"]),
        ("كتابٌ", ["كتابٌ"]),
        ("हिन्दी", ["हिन्दी"]),
        ("北京说", ["北", "京", "说"]),
        ("서울에서 회담이", ["서울", "에서", " ", "회담", "이"]),
        ("NATO는 F-16을", ["NATO", "는", " ", "F-16", "을"]),
        ("정상회의 한국인", ["정상회의", " ", "한국인"]),
        ("can't Assad's", ["can't", " ", "Assad", "'", "s"]),
        ("mis-\nsiles", ["mis- siles"]),
        ("Iran-\nbacked al-\nSharaa", ["Iran- backed", " ", "al", "-", " ", "Sharaa"]),
        ("caf&eacute; A&amp;B", ["caf&eacute;", " ", "A", "&amp;", "B"]),
        ("un**believ**able **a**", ["un**believ**able", " ", "**", "a", "**"]),
        ("10~15 2*3 10^6", ["10~15", " ", "2*3", " ", "10^6"]),
        ("", []),
    ],
)
def test_pieces(text: str, want: list[str]) -> None:
    assert pieces(text) == want


NOUNS = ("서울", "러시아")
HALF_WORDS = (
    "서울에서 정상회의가 열렸고 한국 대통령은 NATO와 F-16을 논의했다. 이란의 미사일도 있었다.",
    "They can't say the mis-\nsiles or Iran-\nian long-\nrange F-\n16 jets won’t come.",
    "The caf&eacute; of **U**nited, [Reuters](https://a.b) said, cost 5&#48; and 2*3, then 10~15.",
)


@pytest.mark.parametrize("text", HALF_WORDS, ids=["korean", "lines", "markup"])
def test_what_the_grammar_lets_be_written_is_no_half_word(text: str) -> None:
    index, parts = Index(text), pieces(text)
    starts = [at for at, part in enumerate(parts) if part[0].isalnum()]

    refused = {parts[at] for at in starts if index.locate(parts[at]) is None}

    # A piece of its own that begins in a word can't be told from a word by this grammar.
    assert {each for each in refused if not any(particle_start(n + each) for n in NOUNS)} == set()


@pytest.mark.parametrize("unit", ["a", "1-", "\u0301", " \n", "1.a", "서울에서"])
def test_long_text_without_a_full_stop_takes_linear_time(unit: str) -> None:
    assert_linear(pieces, repeated(unit), 200_000)


@pytest.mark.parametrize("unit", ["a-\nb", "mis-\nsiles ", "&amp;", "**a** ", "[a](b) "])
def test_long_text_of_markup_takes_linear_time(unit: str) -> None:
    assert_linear(pieces, repeated(unit), 50_000)


def test_same_draft_and_window_give_the_same_grammar() -> None:
    class Local(Draft):
        items: list[Item]

    class Other(Draft):
        items: list[Item]

    first, second = (grammar(draft, TEXT) for draft in (Local, Other))

    assert first == second


def test_lone_surrogate_does_not_reach_the_grammar() -> None:
    assert grammar(Words, "half \ud83d pair").encode()


class HasDate(Draft):
    when: datetime.date


class HasUnion(Draft):
    value: int | str


class HasMapping(Draft):
    counts: dict[str, int]


class HasAlias(Draft):
    name: Annotated[str, Field(alias="Name")]


class HasPair(Draft):
    pair: tuple[int, str]


class Empty(Draft):
    pass


class Endless(Draft):
    more: list[Endless]


@pytest.mark.parametrize(
    ("draft", "text", "complaint"),
    [
        (HasDate, "a", "field 'when' of draft HasDate has the type"),
        (HasUnion, "a", "field 'value'"),
        (HasMapping, "a", "field 'counts'"),
        (HasAlias, "a", "field 'name' of draft HasAlias has an alias"),
        (HasPair, "a", "field 'pair'"),
        (Empty, "a", "no fields"),
        (Endless, "a", "contains itself"),
        (Words, " \n", "words in it"),
        (Words, "", "words in it"),
        (Offers, "a", "at least one sentence id"),
    ],
)
def test_what_cannot_be_asked_for_is_told_by_name(
    draft: type[BaseModel], text: str, complaint: str
) -> None:
    with pytest.raises(DraftTypeError, match=complaint) as caught:
        grammar(draft, text)
    assert isinstance(caught.value, TypeError)
