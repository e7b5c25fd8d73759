"""Any answer of a server: what is kept of it, what is said, and how often it is asked for.

The server's replies are invented (``scripted``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field
from scripted import Reply, Script, as_json, completion, failure, scripted_server

from summarizer import Document, summarize
from summarizer.ask import Answer, Dialect, Model, open_model
from summarizer.draft import Draft, SentenceId, Verbatim
from summarizer.errors import CitationError, ModelError, ModelOutputError, ModelRefused
from summarizer.settings import Settings

pytestmark = pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1"])

TEXT = "Ankara plans to send tanks."
MESSAGES = (
    {"role": "system", "content": "Find pledges."},
    {"role": "user", "content": TEXT},
)


class Pledge(Draft):
    supplier: Verbatim
    status: Literal["planned", "delivered"]
    sentence: SentenceId
    conditions: tuple[Verbatim, ...] = ()


class Pledges(Draft):
    pledges: Annotated[tuple[Pledge, ...], Field(max_length=3)]


PLANNED = {"supplier": "Ankara", "status": "planned", "sentence": 1}
WANT = Pledges(pledges=(Pledge(supplier="Ankara", status="planned", sentence=1),))
GOOD = json.dumps({"pledges": [PLANNED]})
DRAFT = json.dumps({"pledges": [{**PLANNED, "status": "delivered"}]})
CUT = GOOD[:-2] + ', {"supplier": "Ankara", "status": "deli'


@pytest.fixture(params=["server", "openai"])
def model(script: Script, request: pytest.FixtureRequest) -> Iterator[Model]:
    with opened(script, request.param) as model:
        yield model


def opened(script: Script, dialect: Dialect = "server") -> Model:
    return open_model(
        script.base_url,
        None,
        "m",
        dialect=dialect,
        settings=Settings(attempts=1),
        sleep=lambda _: None,
    )


def ask(model: Model, turns: Any = MESSAGES) -> Answer[Pledges]:
    return model.ask(turns, Pledges, text=TEXT, sentence_ids=[1])


def message(finish_reason: str | None = "stop", tokens: int = 100, **given: Any) -> Reply:
    """Return a completion whose message a server writes as it likes."""
    return as_json(
        {
            "choices": [{"index": 0, "finish_reason": finish_reason, "message": given}],
            "usage": {"prompt_tokens": tokens, "completion_tokens": 10, "total_tokens": 10},
        }
    )


def called(arguments: Any) -> list[dict[str, Any]]:
    return [{"id": "1", "type": "function", "function": {"name": "f", "arguments": arguments}}]


WHOLE = {
    "prose behind": message(content=f"{GOOD}\nI hope this helps!"),
    "fence behind": message(content=f"{GOOD}\n```"),
    "bracket behind": message(content=f"{GOOD}}}"),
    "end of turn": message(content=f"{GOOD}<|im_end|>"),
    "end of text": message(content=f"{GOOD}</s>"),
    "twice": message(content=f"{GOOD}\n{GOOD}"),
    "brackets in front": message(content=f"[one case]: {GOOD}"),
    "note in front": message(content=f"[Note]\n```json\n{GOOD}\n```"),
    "reasoning": message(content=f"<think>{DRAFT}</think>{GOOD}"),
    "reasoning opened by the template": message(content=f"{DRAFT}</think>{GOOD}"),
    "parts": message(
        content=[{"type": "thinking", "thinking": DRAFT}, {"type": "text", "text": GOOD}]
    ),
    "reasoning_content": message(content=None, reasoning_content=GOOD),
    "reasoning field": message(content=None, reasoning=GOOD),
    "tool call": message("tool_calls", content=None, tool_calls=called(GOOD)),
    "tool call unpacked": message(content="", tool_calls=called({"pledges": [PLANNED]})),
    "function call": message(content=None, function_call={"name": "f", "arguments": GOOD}),
    "tool call in words": message(
        content=f'<tool_call>{{"name": "f", "arguments": {GOOD}}}</tool_call>'
    ),
    "in a list": message(content=f"[{GOOD}]"),
    "under its name": message(content=f'{{"Pledges": {GOOD}}}'),
    "list alone": message(content=json.dumps([PLANNED])),
    "packed twice": message(content=json.dumps(GOOD)),
    "trailing comma": message(content=GOOD.replace("]", ",]")),
    "control characters": message(content=GOOD.replace(", ", ",\r\n\x0b\t ")),
    "needless escape": message(content=GOOD.replace("planned", "pl\\anned").replace("\\a", "a")),
    "null for an empty list": message(content=GOOD.replace("1}", '1, "conditions": null}')),
    "single quotes": message(content=GOOD.replace('"', "'")),
    "token limit behind the end": message("length", content=GOOD + "\n" * 50),
}


@pytest.mark.parametrize("name", WHOLE)
def test_good_answer_counts_in_any_wrapping_and_is_asked_for_once(
    script: Script, model: Model, name: str
) -> None:
    script.will_reply(WHOLE[name])

    assert ask(model) == Answer(WANT, ())
    assert len(script.requests) == 1


def test_null_for_the_list_is_an_empty_one(script: Script, model: Model) -> None:
    script.will_reply(message(content='{"pledges": null}'))

    answer = ask(model)

    assert answer == Answer(Pledges(pledges=()), ())
    assert not answer.is_lost


def test_last_of_two_answers_counts_and_that_is_said(script: Script, model: Model) -> None:
    script.will_reply(message(content=f"{DRAFT}\nNo, it is only planned:\n{GOOD}"))

    answer = ask(model)

    assert (answer.draft, answer.problems) == (WANT, ())
    assert answer.notes == ("the answer was given 2 times; the last whole one counts",)
    assert len(script.requests) == 1


@pytest.mark.parametrize(
    "reply",
    [
        message(content=f"<think>perhaps {DRAFT}"),
        message("length", content=f"<think>perhaps {DRAFT}"),
        message(content=None, reasoning_content=f"Perhaps {DRAFT}, let me see."),
        message(content=f"{DRAFT}</think>"),
    ],
    ids=["open", "cut", "field", "closed"],
)
def test_draft_within_the_reasoning_is_never_the_answer(
    script: Script, model: Model, reply: Reply
) -> None:
    script.will_reply(reply)

    answer = ask(model)

    assert answer.draft is None
    assert answer.is_lost
    assert [problem.detail for problem in answer.problems] == ["nothing but reasoning"]


@pytest.mark.parametrize("reason", ["stop", None, "length", "max_tokens", "MAX_TOKENS", "odd"])
def test_answer_that_breaks_off_is_kept_as_far_as_it_goes_and_not_paid_for_again(
    script: Script, model: Model, reason: str | None
) -> None:
    script.will_reply(message(reason, content=CUT))

    answer = ask(model)

    assert answer.draft == WANT
    assert not answer.is_lost
    assert [problem.reason for problem in answer.problems] == ["truncated"]
    assert len(script.requests) == 1


def test_answer_that_broke_off_before_anything_was_finished_is_asked_for_again(
    script: Script, model: Model
) -> None:
    script.will_reply(message(content='{"pledges": [{"supplier": "Ank'), message(content=GOOD))

    assert ask(model).draft == WANT
    assert len(script.requests) == 2


def test_answer_that_is_asked_for_again_is_not_sent_back_with_its_calls_or_reasoning(
    script: Script, model: Model
) -> None:
    bad = json.dumps({"pledges": "none"})
    script.will_reply(
        message(content=f"<think>hm</think>{bad}", tool_calls=called("{}")), message(content=GOOD)
    )

    assert ask(model).draft == WANT
    assert script.requests[1]["messages"][2] == {"role": "assistant", "content": bad}


def test_empty_second_answer_does_not_cost_the_first(script: Script, model: Model) -> None:
    half = json.dumps({"pledges": [PLANNED, 7]})
    script.will_reply(message(content=half), message(content='{"pledges": []}'))

    assert ask(model).draft == WANT


@pytest.mark.parametrize(
    ("content", "lost"),
    [
        ('{"pledges": []}', False),
        ('{"pledges": [7]}', True),
        ('{"pledges": [', True),
        ("", True),
        ("{}", True),
        ("I found nothing.", True),
    ],
)
def test_answer_of_which_nothing_is_left_is_no_answer_that_says_nothing(
    script: Script, model: Model, content: str, lost: bool
) -> None:
    script.will_reply(message(content=content))

    assert ask(model).is_lost is lost


@pytest.mark.parametrize(
    "body",
    [
        {"choices": {}},
        {"choices": {"0": {}}},
        {"choices": [{"message": "hello"}]},
        {"choices": [{"message": ["hello"]}]},
        {"choices": ["hello"]},
        {"choices": [[]]},
        {"choices": 7},
        {"choices": [{"text": GOOD}]},
        {"choices": [None]},
    ],
    ids=json.dumps,
)
def test_what_is_no_completion_is_told_in_one_line(
    script: Script, model: Model, body: object
) -> None:
    script.will_reply(as_json(body))

    with pytest.raises(ModelOutputError, match="no chat completion"):
        ask(model)


@pytest.mark.parametrize(
    "reply",
    [
        message(content=None, refusal="I cannot"),
        message(content=[{"type": "refusal", "refusal": "I cannot"}]),
        message("content_filter", content=None),
        message("SAFETY", content=""),
    ],
    ids=["field", "part", "filter", "safety"],
)
def test_refusal_is_told_as_one(script: Script, model: Model, reply: Reply) -> None:
    script.will_reply(reply)

    with pytest.raises(ModelRefused, match="declined to answer"):
        ask(model)
    assert len(script.requests) == 1


# A prompt that was cut off: the server's own count of what it read shows it.


def long_turns(characters: int) -> tuple[dict[str, str], ...]:
    return ({"role": "user", "content": "a word " * (characters // 7)},)


@pytest.mark.parametrize(("sent", "read"), [(60_000, 2_048), (30_000, 2_047), (100_000, 4_096)])
def test_prompt_that_the_server_cut_is_an_error(
    script: Script, model: Model, sent: int, read: int
) -> None:
    script.will_reply(message(content=GOOD, tokens=read))

    with pytest.raises(ModelError, match=f"read only {read:,} tokens") as caught:
        ask(model, long_turns(sent))
    assert "word" not in str(caught.value)


@pytest.mark.parametrize(
    ("sent", "read"), [(60_000, 13_000), (60_000, 0), (60_000, 59_000), (12_000, 100)]
)
def test_prompt_that_may_have_been_read_whole_is_none(
    script: Script, model: Model, sent: int, read: int
) -> None:
    script.will_reply(message(content=GOOD, tokens=read))

    assert ask(model, long_turns(sent)).draft == WANT


def test_server_that_counts_only_what_is_new_to_it_is_believed_once_it_has_read_as_much(
    script: Script,
) -> None:
    with opened(script) as model:
        script.will_reply(message(content=GOOD, tokens=13_000), message(content=GOOD, tokens=40))
        for _ in range(2):
            assert ask(model.part(), long_turns(60_000)).draft == WANT

        with pytest.raises(ModelError, match="read only 40 tokens"):
            ask(model.part(), long_turns(90_000))


# Any content at all.

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["pledges", "supplier", "status", "sentence", "conditions", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


@pytest.fixture(scope="module")
def shared() -> Iterator[tuple[Script, Model]]:
    with scripted_server() as script, opened(script) as model:
        yield script, model


@settings(max_examples=60)
@given(
    st.binary(max_size=100).map(lambda raw: raw.decode("utf-8", "replace"))
    | st.text(max_size=60)
    | VALUES.map(json.dumps)
    | VALUES.map(json.dumps).map(lambda text: text[:-3])
    | VALUES
)
def test_any_content_gives_an_answer(shared: tuple[Script, Model], content: Any) -> None:
    script, model = shared
    script.will_reply(message(content=content))

    answer = ask(model)

    assert answer.draft is not None or answer.problems
    assert len(script.requests) <= 2
    script.requests.clear()


def test_usual_completion_is_an_answer(script: Script, model: Model) -> None:
    script.will_reply(completion(GOOD))

    assert ask(model) == Answer(WANT, ())


# A brief of the rest, whatever becomes of one of its four questions.

REPORT = "Norway will send Ukraine 20 howitzers, Bloomberg said.\nTore Sandvik met Rustem Umerov.\n"
SAID: tuple[dict[str, Any], ...] = (
    {"actors": [{"name": "Tore Sandvik", "kind": "person", "sentence": 2}]},
    {"events": [{"kind": "meeting", "who": ["Tore Sandvik"], "to_whom": ["Rustem Umerov"]}]},
    {"pledges": [{"supplier": "Norway", "recipient": "Ukraine", "items": ["20 howitzers"]}]},
    {"statements": [{"text": "Norway will send Ukraine 20 howitzers.", "sentences": [1]}]},
)
ASPECTS = ("actors", "events", "pledges", "summary")
FATES = {
    "refused": completion(None, refusal="I cannot"),
    "filtered": completion(None, finish_reason="content_filter"),
    "filtered by the gateway": failure(400, code="content_filter"),
    "500": failure(500),
    "no choices": as_json({"choices": []}),
    "no message": as_json({"choices": [{"message": "hello"}]}),
    "a page": Reply(200, b"<html>", {"content-type": "text/html"}),
    "silence": Reply(hangs=True),
    "prose": completion("I am sorry."),
    "nothing": completion(None),
    "reasoning": completion("<think>" + json.dumps(SAID[0])),
}


@pytest.mark.parametrize("failing", range(4))
@pytest.mark.parametrize("fate", FATES)
def test_no_fate_of_one_question_costs_what_the_others_gave(
    script: Script, fate: str, failing: int
) -> None:
    replies = [completion(json.dumps(said)) for said in SAID]
    replies[failing] = FATES[fate]
    if fate in ("prose", "nothing", "reasoning"):  # it is asked for once more, behind the others
        replies.insert(len(replies) if failing else 1, FATES[fate])
    script.will_reply(*replies)
    options = Settings(
        base_url=script.base_url,
        model="m",
        jobs=1,
        attempts=1,
        timeout=0.5 if fate == "silence" else 20,
        verify="off",
    )

    brief = summarize(Document(REPORT), settings=options)

    (lacking,) = (warning for warning in brief.warnings if warning.startswith("no answer about"))
    assert lacking.startswith(f"no answer about {ASPECTS[failing]},")
    # Who takes part in an event is an actor all the same, and a summary that the model does not
    # write is put together from the records.
    kept = {aspect for aspect in ASPECTS if getattr(brief, aspect)}
    assert kept == set(ASPECTS) - ({ASPECTS[failing]} & {"events", "pledges"})
    script.will_reply(*replies)
    with pytest.raises(CitationError):
        summarize(Document(REPORT), settings=options.model_copy(update={"strict": True}))
