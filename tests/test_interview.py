"""The interview: what is asked about which window, and what becomes of the answers."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import FakeModel
from drafts import answers, shares, texts, verbatim
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import locate
from summarizer.annotate import annotate
from summarizer.ask import Answer, Problem
from summarizer.choose import MOST
from summarizer.claims import Claims
from summarizer.draft import (
    ActorDraft,
    ActorsDraft,
    Draft,
    EventsDraft,
    PledgeDraft,
    PledgesDraft,
    RepairDraft,
    StatementDraft,
    SummaryDraft,
)
from summarizer.errors import ModelError, ModelOutputError, ModelRefused, ModelUnavailable
from summarizer.interview import SecondChance, interview, numbered
from summarizer.profile import PROFILES, ProfileName
from summarizer.segment import segment
from summarizer.source import Document, Sentence, Span, Window, passages

ARTICLE_TEXT = """Norway to arm Ukraine

Norway will send Ukraine 20 howitzers, its defence minister said in Oslo.
He met Rustem Umerov there on Friday.
The package includes:
• 12 M119 howitzers;
• spare parts.
Advertisement
Denmark refused to send tanks.
"""
LINE = StatementDraft(text="Norway will send Ukraine 20 howitzers.", sentences=(2,))
NOTHING: tuple[Draft, ...] = (
    ActorsDraft(actors=()),
    EventsDraft(events=()),
    PledgesDraft(pledges=()),
    SummaryDraft(statements=(LINE,)),
)

LARGE = PROFILES["large"]


def interviewed(
    model: FakeModel, text: str, *, steps: list[tuple[str, int, int]] | None = None
) -> Claims:
    document = Document(text)
    told = steps if steps is not None else []
    return interview(
        model,
        annotate(document, segment(document)),
        step=lambda stage, done, total: told.append((stage, done, total)),
    )


def enqueue_whole(model: FakeModel, *drafts: Draft, times: int = 1) -> None:
    """Answer each question about a whole article: with one of *drafts* or with nothing."""
    own = {type(draft): draft for draft in drafts}
    for nothing in NOTHING:
        model.enqueue(*[own.get(type(nothing), nothing)] * times)


def junk(count: int) -> PledgesDraft:
    conditions = tuple(f"if {n} agree" for n in range(6))
    pledges = (
        PledgeDraft(
            supplier=f"Norland {n}",
            recipient=None,
            items=("20 howitzers",),
            sentence=2,
            conditions=conditions,
        )
        for n in range(count)
    )
    return PledgesDraft(pledges=tuple(pledges))


def test_large_model_is_asked_four_things_about_the_whole_article(fake_model: FakeModel) -> None:
    enqueue_whole(fake_model, times=1)
    steps: list[tuple[str, int, int]] = []

    interviewed(fake_model, ARTICLE_TEXT, steps=steps)

    assert [draft for draft, _ in fake_model.asked] == [type(nothing) for nothing in NOTHING]
    assert steps == [
        (stage, done, 4) for done, stage in enumerate(("actor", "event", "pledge", "summary"))
    ]
    shown = fake_model.asked[0][1][-1]["content"]
    assert "[1] Norway to arm Ukraine\n[2] Norway will send" in shown
    assert "Advertisement" not in shown
    assert "\n[8] Denmark refused to send tanks.\n" in shown


def test_small_model_is_asked_for_words_only_and_nothing_that_the_words_say(
    small_model: FakeModel,
) -> None:
    """What it is asked, and what becomes of its word, is tested where it chooses."""
    steps: list[tuple[str, int, int]] = []

    claims = interviewed(small_model, "Norland shelled Vesby.", steps=steps)

    assert [event.kind for event in claims.events] == ["strike"]
    assert (small_model.asked, small_model.weighed, steps) == ([], [], [])


def test_list_stays_with_the_sentence_that_introduces_it() -> None:
    sentences = segment(Document(ARTICLE_TEXT))

    assert [[s.id for s in run] for run in passages(sentences)] == [[2], [3], [4, 5, 6], [8]]


def test_long_list_is_cut() -> None:
    text = "The package includes:\n" + "\n".join(f"• {n} howitzers of a kind;" for n in range(500))

    runs = list(passages(segment(Document(text))))

    assert len(runs) > 1
    assert max(run[-1].end - run[0].start for run in runs) <= 6_000


def test_article_beyond_the_context_is_asked_about_in_parts(fake_model: FakeModel) -> None:
    far = "x" * 450  # long words, as each word is read and the length alone counts here
    text = "\n".join(f"Norway sent Ukraine {n} howitzers to {far}." for n in range(300))
    windows = -(-len(text) // LARGE.window_characters)
    enqueue_whole(fake_model, times=windows)

    interviewed(fake_model, text)

    assert windows == 2
    assert len(fake_model.asked) == 4 * windows


def test_sentence_is_one_line_behind_its_number() -> None:
    document = Document("Norway\nwill send\ttanks.\n\nUkraine\u2028thanked it.")
    sentences = segment(document)

    lines = numbered(Window(document, sentences)).split("\n")

    assert [line.split("]")[0] for line in lines] == [f"[{s.id}" for s in sentences]


def test_large_model_gets_a_second_chance_that_is_marked(fake_model: FakeModel) -> None:
    actor = ActorDraft(name="Rustam Umarov", kind="person", sentence=3)
    enqueue_whole(fake_model, ActorsDraft(actors=(actor,)), times=1)
    fake_model.enqueue(RepairDraft(words="Rustem Umerov"))

    claims = interviewed(fake_model, ARTICLE_TEXT)

    assert [(a.name.start, a.name.end) for a in claims.actors] == [
        (ARTICLE_TEXT.index("Rustem"), ARTICLE_TEXT.index(" there"))
    ]
    assert claims.warnings == (
        "actors[0].name: “Rustam Umarov” is not in the text; asked again, the model gave "
        "“Rustem Umerov”",
    )
    (first,) = (m[-1]["content"] for draft, m in fake_model.asked if draft is RepairDraft)
    assert "[3] He met Rustem Umerov there on Friday." in first
    assert first.endswith(
        "Wanted: actors[0].name\nRejected: Rustam Umarov\n"
        "Because: “Rustam Umarov” does not stand in the text"
    )


def test_second_chances_are_bounded_and_the_rest_is_rejected_all_the_same(
    fake_model: FakeModel,
) -> None:
    text = "Norway met.\nNorway will send Ukraine 20 howitzers."
    enqueue_whole(fake_model, junk(5))
    fake_model.enqueue(*[RepairDraft(words=None)] * LARGE.repairs)

    claims = interviewed(fake_model, text)

    assert sum(draft is RepairDraft for draft, _ in fake_model.asked) == LARGE.repairs
    assert len(claims.rejections) == 5 * 7
    assert len(claims.pledges) == 5


def test_one_bad_value_costs_no_other(fake_model: FakeModel) -> None:
    text = "Norway met.\nNorway will send Ukraine 20 howitzers on Friday."
    bad = PledgeDraft(
        supplier="Norway",
        recipient="Sudoria",
        items=("20 howitzers", "30 tanks"),
        sentence=2,
        delivery="Friday",
    )
    enqueue_whole(fake_model, PledgesDraft(pledges=(bad,)))
    fake_model.enqueue(*[RepairDraft(words=None)] * 2)

    claims = interviewed(fake_model, text)

    (pledge,) = claims.pledges
    kept = [pledge.supplier, *pledge.items, pledge.delivery]
    assert [text[s.start : s.end] for s in kept if s] == ["Norway", "20 howitzers", "Friday"]
    assert [(r.field, r.value) for r in claims.rejections] == [
        ("recipient", "Sudoria"),
        ("items", "30 tanks"),
    ]


def test_what_does_not_fit_the_draft_is_rejected_with_its_reason(fake_model: FakeModel) -> None:
    problems = (
        Problem("events.3.kind", '"dance"', "schema", "no such kind"),
        Problem("", "…", "truncated", "cut off at the token limit"),
    )
    fake_model.enqueue_failure(EventsDraft, Answer(EventsDraft(events=()), problems))
    fake_model.enqueue_failure(PledgesDraft, Answer(None, problems[1:]))
    fake_model.enqueue(NOTHING[0], NOTHING[3])

    claims = interviewed(fake_model, "Norway met.\nNorway will send Ukraine tanks.")

    assert [(r.kind, r.field, r.value, r.reason) for r in claims.rejections] == [
        ("event", "events.3.kind", '"dance"', "schema"),
        ("event", "", "…", "truncated"),
        ("pledge", "", "…", "truncated"),
    ]


FAILURES = (
    ModelRefused("m declined to answer"),
    ModelUnavailable("m did not answer in time"),
    ModelOutputError("m sent something that is no chat completion"),
    ModelError("the text is too long"),
)


@pytest.mark.parametrize("failure", FAILURES, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("failing", [type(nothing) for nothing in NOTHING])
def test_question_that_cannot_be_asked_costs_no_other_and_is_named(
    fake_model: FakeModel, failing: type[Draft], failure: ModelError
) -> None:
    actor = ActorDraft(name="Rustem Umerov", kind="person", sentence=3)
    pledge = PledgeDraft(supplier="Norway", recipient="Ukraine", items=("20 howitzers",))
    said = (ActorsDraft(actors=(actor,)), EventsDraft(events=()), PledgesDraft(pledges=(pledge,)))
    for draft in (*said, NOTHING[3]):
        if isinstance(draft, failing):
            fake_model.enqueue_failure(failing, failure)
        else:
            fake_model.enqueue(draft)

    claims = interviewed(fake_model, ARTICLE_TEXT)

    assert len(fake_model.asked) == 4
    about = failing.__name__.removesuffix("Draft").lower()
    assert claims.warnings == (f"no answer about {about}, sentences 1 to 8: {failure}",)
    assert len(claims.actors) == (failing is not ActorsDraft)
    assert len(claims.pledges) == (failing is not PledgesDraft)
    assert len(claims.statements) == (failing is not SummaryDraft)


@pytest.mark.parametrize("failure", FAILURES, ids=lambda error: type(error).__name__)
def test_model_that_cannot_be_asked_anything_is_an_error(
    fake_model: FakeModel, failure: ModelError
) -> None:
    fake_model.enqueue_failure(ActorsDraft, failure)
    for nothing in NOTHING[1:]:
        fake_model.enqueue_failure(type(nothing), ModelUnavailable("later"))

    with pytest.raises(ModelError) as caught:
        interviewed(fake_model, ARTICLE_TEXT)

    assert caught.value is failure


@pytest.mark.parametrize(("retryable", "requests"), [(True, 2), (False, 1)])
def test_endpoint_that_is_gone_from_the_start_is_not_waited_for_four_times(
    fake_model: FakeModel, retryable: bool, requests: int
) -> None:
    for nothing in NOTHING:
        gone = ModelUnavailable("gone", retryable=retryable)
        fake_model.enqueue_failure(type(nothing), gone)

    with pytest.raises(ModelUnavailable):
        interviewed(fake_model, ARTICLE_TEXT)

    assert len(fake_model.asked) == requests


def test_answer_of_no_use_does_not_pass_for_one_that_says_nothing(fake_model: FakeModel) -> None:
    problem = Problem("", "Sorry.", "schema", "no JSON")
    fake_model.enqueue(NOTHING[0], NOTHING[2], NOTHING[3])
    fake_model.enqueue_failure(EventsDraft, Answer(None, (problem,)))

    claims = interviewed(fake_model, ARTICLE_TEXT)

    assert claims.warnings == (
        "no answer about events, sentences 1 to 8: nothing of the model's answer could be kept",
    )
    assert [(r.kind, r.value) for r in claims.rejections] == [("event", "Sorry.")]


def test_how_an_answer_was_read_is_told_with_what_it_is_about(fake_model: FakeModel) -> None:
    fake_model.enqueue(*NOTHING[1:])
    fake_model.enqueue_failure(ActorsDraft, Answer(NOTHING[0], (), ("it was given 2 times",)))

    assert interviewed(fake_model, ARTICLE_TEXT).warnings == ("actors: it was given 2 times",)


@pytest.mark.parametrize("failure", FAILURES, ids=lambda error: type(error).__name__)
def test_second_chance_that_fails_leaves_the_value_rejected_and_costs_nothing_else(
    fake_model: FakeModel, failure: ModelError
) -> None:
    names = ("Rustam Umarov", "Rustem Umerow", "Norway")
    actors = tuple(ActorDraft(name=name, kind="person", sentence=3) for name in names)
    enqueue_whole(fake_model, ActorsDraft(actors=actors))
    for _ in range(2):
        fake_model.enqueue_failure(RepairDraft, failure)

    claims = interviewed(fake_model, ARTICLE_TEXT)

    assert [r.value for r in claims.rejections] == ["Rustam Umarov", "Rustem Umerow"]
    assert (len(claims.actors), len(claims.statements)) == (1, 1)
    missed = ["actors[0].name", "actors[1].name"]
    if isinstance(failure, ModelUnavailable):  # it is not waited for once more
        missed = missed[:1]
    assert claims.warnings == (f"{', '.join(missed)}: no second chance: {failure}",)


@pytest.mark.parametrize("profile", PROFILES)
def test_second_chance_leaves_an_endpoint_s_model_room_to_think(profile: ProfileName) -> None:
    asked: list[int | None] = []

    class Counting(FakeModel):
        def ask(self, *_: object, **given: object) -> Any:
            asked.append(given["max_tokens"])  # type: ignore[arg-type]
            return Answer(RepairDraft(words=None), ())

    with Counting("embedded" if profile == "small" else "server") as model:
        document = Document(ARTICLE_TEXT)
        window = Window(document, tuple(segment(document)))
        SecondChance(model, 1)(window, "name", "x", "why")

    assert asked == [200 if profile == "small" else None]


@pytest.mark.parametrize("text", ["", "Advertisement", "\n\n"], ids=repr)
@pytest.mark.parametrize("profile", PROFILES)
def test_text_without_a_sentence_is_not_asked_about(
    models: dict[ProfileName, FakeModel], text: str, profile: ProfileName
) -> None:
    models[profile].forget()
    assert interviewed(models[profile], text) == Claims()
    assert models[profile].asked == []


@settings(max_examples=40)
@given(st.data(), st.none() | st.text(max_size=8))
def test_any_value_that_is_nowhere_is_rejected_or_repaired(
    models: dict[ProfileName, FakeModel], data: st.DataObject, repaired: str | None
) -> None:
    text = data.draw(texts())
    last = len(segment(Document(text)))
    made = data.draw(answers(text, last))
    model = models["large"]
    model.forget()
    for draft in made.values():
        model.enqueue(*[draft] * last)
    model.enqueue(*[RepairDraft(words=repaired)] * LARGE.repairs)

    claims = interviewed(model, text)

    told = {r.value for r in claims.rejections}
    asked = {draft for draft, _ in model.asked}
    for draft in (made[kind] for kind in made if kind in asked):
        for _, value in verbatim(draft):
            repaired_too = any(f"“{value}”" in warning for warning in claims.warnings)
            assert value in told or repaired_too or locate(value, text)


@settings(max_examples=40)
@given(st.data())
def test_all_that_a_small_model_claims_stands_in_the_sentences_it_cites(
    models: dict[ProfileName, FakeModel], data: st.DataObject
) -> None:
    text = data.draw(texts())
    model = models["small"]
    model.forget()
    model.enqueue_shares(*data.draw(st.lists(shares(), min_size=MOST, max_size=MOST)))

    claims = interviewed(model, text)

    assert (model.asked, claims.rejections) == ([], ())
    for event in claims.events:
        assert all(is_within(span, event.sentence) for span in (*event.who, *event.to_whom))
    for pledge in claims.pledges:
        for item in pledge.items:
            assert any(is_within(item, sentence) for sentence in pledge.sentences)


def is_within(span: Span, sentence: Sentence) -> bool:
    return sentence.start <= span.start < span.end <= sentence.end
