"""From report to brief: the whole way with a model that only pretends."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from conftest import FakeModel
from drafts import answers, shares, texts, verbatim
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted import completion, scripted_server

from summarizer import (
    Brief,
    CitationError,
    Document,
    InputError,
    Progress,
    Settings,
    SettingsError,
    SummarizerError,
    check,
    locate,
    pipeline,
    summarize,
    summarize_many,
)
from summarizer.ask import Dialect, open_model
from summarizer.brief import PledgeStatus
from summarizer.choose import MOST
from summarizer.draft import (
    ActorDraft,
    ActorsDraft,
    Draft,
    EventDraft,
    EventsDraft,
    PledgeDraft,
    PledgesDraft,
    RepairDraft,
    StatementDraft,
    SummaryDraft,
)
from summarizer.pipeline import HOSTED_MODEL, open_engine
from summarizer.profile import PROFILES, ProfileName
from summarizer.prompt import prompts_sha256
from summarizer.read import Article
from summarizer.segment import segment

CORPUS = Path(__file__).parents[1] / "corpus"
HOSTED = Settings(engine="openai", model="m")
TEXT = "Norway met Denmark in Oslo on Friday.\nNorway plans to supply Ukraine with 20 howitzers."
LINE = StatementDraft(text="Norway plans to supply Ukraine with 20 howitzers.", sentences=(2,))
loopback = pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1"])


def enqueue(model: FakeModel, *drafts: Draft, repairs: int = 0) -> None:
    nothing: tuple[Draft, ...] = (
        ActorsDraft(actors=()),
        EventsDraft(events=()),
        PledgesDraft(pledges=()),
        SummaryDraft(statements=(LINE,)),
    )
    own = {type(draft): draft for draft in drafts}
    model.enqueue(*(own.get(type(draft), draft) for draft in nothing))
    model.enqueue(*[RepairDraft(words=None)] * repairs)


def pledge(**given: Any) -> PledgesDraft:
    told = {"supplier": "Norway", "recipient": "Ukraine", "items": ("20 howitzers",), "sentence": 2}
    return PledgesDraft(pledges=(PledgeDraft(**{**told, **given}),))


def brief_of(
    model: FakeModel, *drafts: Draft, text: str = TEXT, repairs: int = 0, strict: bool = False
) -> Brief:
    enqueue(model, *drafts, repairs=repairs)
    document = Document(text)
    options = HOSTED.model_copy(update={"strict": strict})
    brief = summarize(document, settings=options, model=model)
    assert_holds(brief, document)
    return brief


def assert_holds(brief: Brief, document: Document) -> None:
    report = check(brief, document.text, sentences=segment(document))
    assert report.findings == ()


def test_brief_says_what_made_it_and_of_what(fake_model: FakeModel) -> None:
    brief = brief_of(fake_model)

    assert brief.document.sha256 == Document(TEXT).sha256
    assert (brief.engine.name, brief.engine.model, brief.engine.profile) == (
        "openai",
        "fake",
        "large",
    )
    assert brief.engine.prompts_sha256 == prompts_sha256()
    assert (brief.usage.requests, brief.usage.prompt_tokens) == (4, 400)


def test_model_that_is_given_says_itself_what_it_is(
    fake_model: FakeModel, small_model: FakeModel
) -> None:
    """No settings that know of no endpoint make a hosted model a local one."""
    enqueue(fake_model)
    small_model.enqueue_shares(*[{}] * MOST)

    made = [
        summarize(Document(TEXT), settings=Settings(), model=m) for m in (fake_model, small_model)
    ]

    assert [(b.engine.name, b.engine.profile) for b in made] == [
        ("openai", "large"),
        ("local", "small"),
    ]


def test_pledge_has_each_field_from_its_own_words(fake_model: FakeModel) -> None:
    (made,) = brief_of(fake_model, pledge(status="reported_planned")).pledges

    assert [party.name for party in made.supplier] == ["Norway"]
    assert [party.name for party in made.recipient] == ["Ukraine"]
    assert [(item.text, item.quantity) for item in made.items] == [("20 howitzers", 20)]
    assert (made.status, made.status_words.value) == ("reported_planned", "plans to supply")


@pytest.mark.parametrize("claimed", ["pledged", "partly_delivered", "delivered"])
def test_status_stronger_than_its_words_is_lowered(
    fake_model: FakeModel, claimed: PledgeStatus
) -> None:
    (made,) = brief_of(fake_model, pledge(status=claimed)).pledges

    assert made.status == "reported_planned"
    assert (made.kiel, made.sipri_eligible) == ("none", False)


def test_lowered_status_is_warned_of(fake_model: FakeModel) -> None:
    brief = brief_of(fake_model, pledge(status="delivered"))

    assert [w for w in brief.warnings if "delivered" in w and "reported_planned" in w]


def test_what_is_planned_does_not_become_actual(fake_model: FakeModel) -> None:
    event = EventDraft(
        kind="supply", who=("Norway",), to_whom=("Ukraine",), sentence=2, realis="actual"
    )

    (made,) = brief_of(fake_model, EventsDraft(events=(event,))).events

    assert made.realis == "planned"
    assert made.factuality != "CT+"


def test_rejected_value_is_named_and_costs_no_other(fake_model: FakeModel) -> None:
    brief = brief_of(fake_model, pledge(items=("20 howitzers", "30 tanks")), repairs=1)

    assert [item.text for item in brief.pledges[0].items] == ["20 howitzers"]
    assert [(r.kind, r.field, r.value, r.reason) for r in brief.rejections] == [
        ("pledge", "items", "30 tanks", "not_in_source")
    ]


def test_office_that_stands_in_another_sentence_is_not_the_actors(fake_model: FakeModel) -> None:
    text = "A senior official spoke at length.\nThe prime minister of Norway met Danes in Oslo."
    actor = ActorDraft(
        name="A senior official", kind="person", sentence=1, position="prime minister of Norway"
    )

    brief = brief_of(fake_model, ActorsDraft(actors=(actor,)), text=text)

    assert [a.position for a in brief.actors if a.name.lower().endswith("official")] == [None]
    assert "prime minister of Norway" in {rejection.value for rejection in brief.rejections}


def test_repaired_value_is_marked(fake_model: FakeModel) -> None:
    enqueue(fake_model, pledge(items=("twenty howitzers",)))
    fake_model.enqueue(RepairDraft(words="20 howitzers"))

    brief = summarize(Document(TEXT), settings=HOSTED, model=fake_model)

    assert [item.text for item in brief.pledges[0].items] == ["20 howitzers"]
    assert [w for w in brief.warnings if "“twenty howitzers”" in w and "“20 howitzers”" in w]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Norway supplied Ukraine with 21 howitzers.", "not_supported"),
        ("Norway plans to supply Sudoria with 20 howitzers.", "not_supported"),
        ("Norway does not plan to supply Ukraine with 20 howitzers.", "not_supported"),
        ("Norland supplies Ukraine.", "not_supported"),
    ],
)
def test_line_that_its_sentences_do_not_bear_out_is_rejected(
    fake_model: FakeModel, line: str, reason: str
) -> None:
    statements = (LINE, StatementDraft(text=line, sentences=(2,)))

    brief = brief_of(fake_model, SummaryDraft(statements=statements))

    assert [statement.text for statement in brief.summary] == [LINE.text]
    assert [(r.kind, r.value, r.reason) for r in brief.rejections] == [("summary", line, reason)]


def test_summary_is_made_of_the_report_when_no_line_stands(fake_model: FakeModel) -> None:
    wrong = StatementDraft(text="Sudoria won.", sentences=(1,))

    brief = brief_of(fake_model, SummaryDraft(statements=(wrong,)), pledge())

    assert brief.summary
    assert all(statement.text in TEXT for statement in brief.summary)


def test_strict_makes_a_rejection_an_error(fake_model: FakeModel) -> None:
    with pytest.raises(CitationError, match=r"document: 1 values .* pledge items “30 tanks”"):
        brief_of(fake_model, pledge(items=("20 howitzers", "30 tanks")), repairs=1, strict=True)


def test_strict_is_content_without_rejections(fake_model: FakeModel) -> None:
    assert brief_of(fake_model, pledge(), strict=True).rejections == ()


def test_progress_is_told_to_the_end(fake_model: FakeModel) -> None:
    seen: list[Progress] = []
    enqueue(fake_model)

    summarize(Document(TEXT, id="r"), settings=HOSTED, model=fake_model, progress=seen.append)

    assert [(p.document, p.stage) for p in seen] == [
        ("r", stage) for stage in ("actor", "event", "pledge", "summary", "verify", "done")
    ]


def test_file_is_read_with_its_day_of_publication(fake_model: FakeModel, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, "utf-8")
    event = EventDraft(
        kind="meeting", who=("Norway",), to_whom=("Denmark",), sentence=1, when="Friday"
    )
    enqueue(fake_model, EventsDraft(events=(event,)))

    brief = summarize(str(path), published="2025-10-18", settings=HOSTED, model=fake_model)

    assert brief.document.id == "report"
    assert brief.events[0].date is not None
    assert brief.events[0].date.edtf == "2025-10-17"


def test_open_date_is_warned_of_when_the_day_of_publication_is_unknown(
    fake_model: FakeModel,
) -> None:
    event = EventDraft(kind="meeting", who=("Norway",), to_whom=("Denmark",), sentence=1)

    brief = brief_of(fake_model, EventsDraft(events=(event,)))

    assert brief.events[0].date is not None
    assert brief.events[0].date.edtf is None
    assert [w for w in brief.warnings if "“Friday”" in w or "“on Friday”" in w]


def test_endpoint_needs_the_name_of_its_model() -> None:
    with (
        pytest.raises(SettingsError, match="--model"),
        open_engine(Settings(base_url="http://llm.test/v1")),
    ):
        pass


def test_key_alone_means_the_usual_model() -> None:
    with open_engine(Settings(api_key="sk-x")) as model:
        assert model.name == HOSTED_MODEL


@pytest.mark.parametrize(
    ("dialect", "wanted", "want"),
    [
        ("embedded", "auto", "small"),
        ("server", "auto", "large"),
        ("openai", "auto", "large"),
        ("embedded", "large", "large"),
        ("server", "small", "small"),
    ],
)
def test_model_carries_its_profile(
    dialect: Dialect, wanted: Literal["auto", "small", "large"], want: str
) -> None:
    address = "http://llm.test/v1", None, "m"
    with open_model(*address, dialect=dialect, settings=Settings(profile=wanted)) as model:
        assert model.profile.name == model.part().profile.name == want


# What a large model might answer about one article of the corpus. Invented for this test: it was
# written by hand, with faults that must not get through (see the assertions), and recorded nowhere.
ACTORS = {
    "actors": [
        {"name": "Recep Tayyip Erdogan", "kind": "person", "sentence": 1, "position": "President"},
        {"name": "İlkay Altındağ", "kind": "person", "sentence": 4, "affiliation": "Turkish"},
        {"name": "Hakan Fidan", "kind": "person", "sentence": 7, "position": "Foreign Minister"},
        {"name": "Bloomberg", "kind": "media", "sentence": 20},
        {"name": "Vladimir Putin", "kind": "person", "sentence": 3},
    ]
}
EVENTS = {
    "events": [
        {
            "kind": "visit",
            "who": ["Lieutenant General Ilkay Altindag"],
            "to_whom": ["Syrian Defense Minister Murhaf Abu Qasra"],
            "sentence": 4,
            "when": "On Friday",
            "where": "Damascus",
            "said_by": "the Turkish Ministry of Defense",
            "realis": "actual",
        },
        {
            "kind": "meeting",
            "who": ["foreign and defense ministers", "intelligence chiefs"],
            "to_whom": [],
            "sentence": 6,
            "when": "October 13",
            "where": "Ankara",
            "realis": "actual",
        },
    ]
}
PLEDGES = {
    "pledges": [
        {
            "supplier": "Türkiye",
            "recipient": "Damascus",
            "items": ["armored vehicles", "drones", "artillery", "50 tanks"],
            "sentence": 20,
            "status": "delivered",
            "status_words": "plans to supply",
            "said_by": "Bloomberg",
            "delivery": "in the coming weeks",
            "deployment": "northern Syria",
        }
    ]
}
SUMMARY = {
    "statements": [
        {
            "text": "Türkiye plans to supply Damascus with drones, Bloomberg reports.",
            "sentences": [20],
        },
        {"text": "Türkiye supplied Damascus with 50 tanks.", "sentences": [20]},
    ]
}

AGREED = {"verdicts": [{"claim": number, "verdict": "yes"} for number in range(1, 100)]}


@pytest.fixture
def hosted_brief() -> Iterator[Brief]:
    path = CORPUS / "turkiye-syria-troop-mandate.txt"
    with scripted_server() as script:
        script.will_reply(
            *(completion(json.dumps(answer)) for answer in (ACTORS, EVENTS, PLEDGES, SUMMARY)),
            completion(json.dumps(AGREED)),
        )
        # One at a time they come in this order; repairs are asked for behind all questions.
        repairs = ('{"words": null}', '{"words": "October 12"}', '{"words": null}')
        for at, words in enumerate(repairs, 4):
            script.replies.insert(at, completion(words))
        settings = Settings(base_url=script.base_url, model="m", jobs=1)
        yield summarize(path, published="2025-10-18", settings=settings)
        assert [request["model"] for request in script.requests] == ["m"] * 8


@loopback
def test_hosted_answers_become_a_brief_of_the_same_structure(hosted_brief: Brief) -> None:
    path = CORPUS / "turkiye-syria-troop-mandate.txt"
    text = path.read_bytes().decode()

    assert check(hosted_brief, text, sentences=segment(Document(text))).findings == ()
    assert (hosted_brief.engine.name, hosted_brief.usage.requests) == ("openai", 7)
    assert {actor.name for actor in hosted_brief.actors} >= {
        *("Recep Tayyip Erdogan", "Ilkay Altindag", "Hakan Fidan", "Bloomberg")
    }
    assert {event.label for event in hosted_brief.events} >= {"visit", "meeting"}
    (pledge,) = hosted_brief.pledges
    assert pledge.status == "reported_planned"
    assert {item.text for item in pledge.items} >= {"armored vehicles", "drones", "artillery"}
    assert [line.text for line in hosted_brief.summary] == [
        "Türkiye plans to supply Damascus with drones, Bloomberg reports."
    ]


@loopback
def test_faults_of_hosted_answers_are_told_and_do_not_get_through(hosted_brief: Brief) -> None:
    told = {(r.kind, r.field, r.value) for r in hosted_brief.rejections}

    assert told >= {
        ("actor", "name", "Vladimir Putin"),
        ("pledge", "items", "50 tanks"),
        ("summary", "text", "Türkiye supplied Damascus with 50 tanks."),
    }
    assert [w for w in hosted_brief.warnings if "“October 13”" in w and "“October 12”" in w]
    kept = hosted_brief.model_dump_json(exclude={"rejections", "warnings"})
    assert [word for word in ("Putin", "50 tanks", "October 13") if word in kept] == []


@loopback
def test_one_report_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    for name, text in (("a", TEXT), ("b", "   "), ("c", TEXT)):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    paths = [tmp_path / f"{name}.txt" for name in "abc"]
    nothing: dict[str, list[object]] = {"actors": [], "events": [], "pledges": [], "statements": []}
    with scripted_server() as script:
        # Unknown keys are left out, so that one reply fits every question.
        script.will_reply(completion(json.dumps(nothing)))
        settings = Settings(base_url=script.base_url, model="m", jobs=2)
        outcomes = list(summarize_many(paths, settings=settings))

    assert [outcome.path for outcome in outcomes] == paths
    assert [type(outcome.error) for outcome in outcomes] == [type(None), InputError, type(None)]
    assert [outcome.brief is None for outcome in outcomes] == [False, True, False]


NOTHING: dict[str, list[object]] = {"actors": [], "events": [], "pledges": [], "statements": []}


def written(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / f"{name}.txt").write_text(f"{TEXT} It was {name}.", "utf-8")
    return [folder / f"{name}.txt" for name in names]


@loopback
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("step", ["read", "segment"])
def test_fault_that_nobody_foresaw_costs_one_report_and_quotes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int, step: str
) -> None:
    where = pipeline if step == "segment" else Article
    real = getattr(where, step)

    def faulty(given: Any) -> Any:
        if "a" in (getattr(given, "id", ""), Path(getattr(given, "name", "")).stem):
            raise RuntimeError("words of the article")
        return real(given)

    monkeypatch.setattr(where, step, faulty)
    with scripted_server() as script:
        script.will_reply(completion(json.dumps(NOTHING)))
        settings = Settings(base_url=script.base_url, model="m", jobs=jobs)
        outcomes = list(summarize_many(written(tmp_path, *"abc"), settings=settings))

    assert [outcome.brief is None for outcome in outcomes] == [True, False, False]
    error = outcomes[0].error
    assert isinstance(error, SummarizerError)
    assert re.fullmatch(
        r"\S+a\.txt: unexpected RuntimeError in \w+\.py:\d+, a fault of this program; .*",
        str(error),
    )
    assert isinstance(error.__cause__, RuntimeError)


@loopback
@pytest.mark.parametrize("jobs", [1, 2])
def test_file_is_read_when_its_turn_comes(tmp_path: Path, jobs: int) -> None:
    paths = [*written(tmp_path, "a", "b"), tmp_path / "z.txt"]

    def write_the_last(_: Progress) -> None:
        if not paths[-1].exists():
            written(tmp_path, "z")

    with scripted_server() as script:
        script.will_reply(completion(json.dumps(NOTHING)))
        settings = Settings(base_url=script.base_url, model="m", jobs=jobs)
        outcomes = summarize_many(paths, settings=settings, progress=write_the_last)
        made = [outcome for outcome in outcomes if outcome.brief]

    assert [outcome.path.stem for outcome in made] == ["a", "b", "z"]


def test_no_engine_is_started_when_nothing_can_be_read(tmp_path: Path) -> None:
    settings = Settings(engine="local", model=str(tmp_path / "none.gguf"))

    outcomes = list(summarize_many([tmp_path / "a.txt", tmp_path / "b.txt"], settings=settings))

    assert [type(outcome.error) for outcome in outcomes] == [InputError, InputError]


@loopback
def test_more_jobs_than_a_machine_has_threads_are_as_many_as_it_takes(tmp_path: Path) -> None:
    with scripted_server() as script:
        script.will_reply(completion(json.dumps(NOTHING)))
        settings = Settings(base_url=script.base_url, model="m", jobs=9_999_999)
        outcomes = list(summarize_many(written(tmp_path, *"abc"), settings=settings))

    assert [outcome.error for outcome in outcomes] == [None] * 3


def test_what_reading_had_to_guess_is_in_the_warnings(
    fake_model: FakeModel, tmp_path: Path
) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes("Norway’s minister met Denmark’s.".encode("cp1252"))
    path.with_name("report.meta.json").write_text('{"titel": "x"}', "utf-8")
    enqueue(fake_model)

    brief = summarize(path, settings=HOSTED, model=fake_model)

    assert [warning.split(",")[0] for warning in brief.warnings[:2]] == [
        "read as cp1252",
        "report.meta.json: ignored",
    ]


def citations(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "quote" in value and "start" in value:
            yield value
        for inner in value.values():
            yield from citations(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from citations(inner)


@settings(max_examples=60)
@given(st.data(), st.sampled_from(sorted(PROFILES)), st.none() | st.text(max_size=8))
def test_any_answers_about_any_text_give_a_brief_that_holds(
    models: dict[ProfileName, FakeModel],
    data: st.DataObject,
    profile: ProfileName,
    repaired: str | None,
) -> None:
    """Every citation is true; every value that stands nowhere is rejected, or repaired and named.

    What stands in the text may still be left out, as resolving finds better words or merges.
    """
    text = data.draw(texts())
    document = Document(text)
    last = len(segment(document))
    made = data.draw(answers(text, last))
    one_model = models[profile]
    one_model.forget()
    for draft in made.values():
        one_model.enqueue(*[draft] * last)
    one_model.enqueue(*[RepairDraft(words=repaired)] * PROFILES["large"].repairs)
    one_model.enqueue_shares(*data.draw(st.lists(shares(), min_size=MOST, max_size=MOST)))

    brief = summarize(document, settings=Settings(), model=one_model)

    assert_holds(brief, document)
    cited = list(citations(brief.model_dump(mode="json", exclude={"rejections"})))
    assert all(text[c["start"] : c["end"]] == c["quote"] for c in cited)
    told = {rejection.value for rejection in brief.rejections}
    asked = {kind for kind, _ in one_model.asked}
    for draft in (draft for kind, draft in made.items() if kind in asked):
        for _, value in verbatim(draft):
            marked = any(f"“{value}”" in warning for warning in brief.warnings)
            assert value in told or marked or locate(value, text)
