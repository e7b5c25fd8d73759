"""What an endpoint refuses, in the words of the common servers: named, or left out.

The wordings are those that users of these servers report; the answers are invented.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Literal

import pytest
from conftest import Opener
from scripted import Reply, Script, as_json, completion, failure

from summarizer.ask import Answer, Model
from summarizer.draft import Draft
from summarizer.errors import ModelError, ModelRefused

pytestmark = pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1"])

TEXT = "Ankara plans to send tanks."


class Note(Draft):
    kind: Literal["plan", "fact"]


class Remark(Draft):
    kind: Literal["plan", "fact"]


GOOD = completion('{"kind": "plan"}')
MESSAGES = (
    {"role": "system", "content": "Classify."},
    {"role": "user", "content": TEXT},
)


def ask(model: Model, draft: type[Draft] = Note, max_tokens: int | None = None) -> Answer[Any]:
    return model.ask(MESSAGES, draft, text=TEXT, max_tokens=max_tokens)


WANT = Answer(Note(kind="plan"), ())


TOO_LONG = [
    "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens "
    "(4800 in the messages, 200 in the completion). Please reduce the length of the messages.",
    "The decoder prompt (length 5000) is longer than the maximum model length of 4096.",
    "This endpoint's maximum context length is 32768 tokens. However, you requested about 40000",
    "prompt is too long: 210000 tokens > 200000 maximum",
    "The input token count (1200000) exceeds the maximum number of tokens allowed (1048575).",
    "the request exceeds the available context size. try increasing the context size",
    "Trying to keep the first 5000 tokens when context the overflows. However, the model is "
    "loaded with context length of only 4096 tokens",
    "Input validation error: `inputs` must have less than 4096 tokens. Given: 5000",
    "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4097",
    "This model's maximum prompt length is 131072 but the request contains 150000 tokens.",
    "Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum "
    "context length",
    "Input is too long for requested model.",
    "Request too large for model `m` on tokens per minute (TPM): Limit 6000, Requested 9000",
    "Your request exceeded model token limit: 262144 (requested: 566084)",
    "Input length (265330) exceeds model's maximum context length (262144).",
    "Input length 131393 exceeds the maximum allowed input length of 131040 tokens.",
    "Prompt exceeds max length",
    "Range of input length should be [1, 30720]",
    "Your input exceeds the context window of this model",
    "Prompt too long: 5152 tokens exceeds max_seq_len 2048 (leave room for output tokens)",
    "too many tokens: total number of tokens in the prompt cannot exceed 4081",
]


@pytest.mark.parametrize("status", [400, 500])
@pytest.mark.parametrize("said", TOO_LONG, ids=lambda said: said[:40])
def test_text_beyond_the_context_is_called_too_long(
    script: Script, opened: Opener, said: str, status: int
) -> None:
    script.will_reply(failure(status, said))

    with pytest.raises(ModelError, match="too long for this model's context") as caught:
        ask(opened())
    assert type(caught.value) is ModelError
    assert len(script.requests) == 1


def test_entity_too_large_is_too_long_without_a_word(script: Script, opened: Opener) -> None:
    script.will_reply(Reply(413, b"<html>Request Entity Too Large</html>"))

    with pytest.raises(ModelError, match="413: the text is too long"):
        ask(opened())


@pytest.mark.parametrize(
    "told",
    [
        failure(
            400,
            "The response was filtered due to the prompt triggering Azure OpenAI's content "
            "management policy.",
            code="content_filter",
        ),
        as_json(
            {"error": {"code": None, "innererror": {"code": "ResponsibleAIPolicyViolation"}}}, 400
        ),
        failure(400, "Invalid prompt: your prompt was flagged", code="invalid_prompt"),
        failure(400, "Content Exists Risk"),
        failure(
            400, "Input text data may contain inappropriate content", code="data_inspection_failed"
        ),
        failure(400, "The request was rejected because it was considered high risk"),
        as_json(
            {"code": "denied", "error": "Content violates usage guidelines. SAFETY_CHECK_TYPE"}, 403
        ),
        as_json({"error": {"code": 403, "message": "m requires moderation. Input flagged"}}, 403),
        as_json({"error": {"message": "PROHIBITED_CONTENT", "code": 400}}),
        as_json({"error": {"message": "litellm: ContentPolicyViolation content_filter"}}, 500),
        failure(400, "input new_sensitive (1026)"),
    ],
    ids=lambda told: told.body[:50].decode(),
)
def test_filter_of_an_endpoint_declines(script: Script, opened: Opener, told: Reply) -> None:
    script.will_reply(told)

    with pytest.raises(ModelRefused, match="declined") as caught:
        ask(opened())
    assert len(script.requests) == 1
    assert "your" not in str(caught.value)


RAW = '{"error": {"message": "json_schema is not supported"}}'


def lists(loc: str, message: str) -> dict[str, Any]:
    """Return an error as pydantic words it, and FastAPI passes it on."""
    where = ["body", *loc.split(".")]
    return {"detail": [{"type": "extra_forbidden", "loc": where, "msg": message, "input": 0}]}


REFUSALS: dict[str, list[tuple[int, Any]]] = {
    "temperature": [
        (400, "Unsupported value: 'temperature' does not support 0.0 with this model."),
        (400, "`temperature` is deprecated for this model"),
        (400, "litellm.UnsupportedParamsError: gpt-5 models don't support temperature=0"),
        (400, "invalid temperature: only 1 is allowed for this model"),
        (422, "temperature (=0.0) has to be a strictly positive float"),
        (422, lists("temperature", "Input should be greater than 0")),
    ],
    "seed": [
        (400, "Unrecognized request argument supplied: seed"),
        (400, "property 'seed' is unsupported"),
        (400, "Malformed input request: #: extraneous key [seed] is not permitted"),
        (400, "Argument not supported on this model: seed"),
        (400, [{"error": {"message": 'Invalid JSON payload. Unknown name "seed"'}}]),
        (404, "No endpoints found that support the parameter seed"),
        (422, lists("seed", "Extra inputs are not permitted")),
        (422, {"message": lists("seed", "Extra inputs are not permitted"), "object": "error"}),
        (500, "ollama does not support parameters: {'seed': 1}. To drop these, set drop_params"),
    ],
    "max_tokens": [
        (400, "'max_tokens' is not supported with this model. Use 'max_completion_tokens'."),
        (500, "Unsupported parameter: 'max_tokens' is not supported with this model."),
    ],
    "response_format": [
        (400, "'response_format' of type 'json_schema' is not supported"),
        (400, "This response_format type is unavailable now"),
        (400, "This model does not support response format `json_schema`."),
        (400, "Model m does not support parameter responseFormat"),
        (400, {"error": "'response_format.type' must be 'text'"}),
        (400, "The provided JSON schema contains features not supported by xgrammar."),
        (400, "failed to parse grammar"),
        (400, "The specified schema produces a constraint with too many states"),
        (400, "Invalid schema for response_format 'Note': 'maximum' is not permitted"),
        (400, "Invalid schema: its total length exceeds the maximum length of names"),
        (400, {"error": {"message": "Provider returned error", "metadata": {"raw": RAW}}}),
        (422, "Failed to deserialize: response_format: unknown variant `json_schema`"),
        (422, lists("response_format.type", "Input should be 'text'")),
        (500, {"error": lists("response_format.type", "Input should be 'text'")}),
        (500, "Failed to convert the grammar from JSON schema to xgrammar"),
    ],
    "system": [
        (400, "Conversation roles must alternate user/assistant/user/assistant/..."),
        (400, "Developer instruction is not enabled for models/gemma-3-27b-it"),
        (400, "'messages[0].role' does not support 'system' with this model."),
        (400, "invalid chat setting: invalid role: system (2013)"),
        (400, "Only user, assistant and tool roles are supported"),
        (422, lists("messages.0.role", "Input should be 'user' or 'assistant'")),
        (500, "System role not supported"),
        (500, "Error rendering prompt with jinja template: Only user and assistant roles"),
    ],
}


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        pytest.param(name, status, said, id=f"{name} {status} {str(said)[:40]}")
        for name, refusals in REFUSALS.items()
        for status, said in refusals
    ],
)
def test_refused_part_is_left_out(
    script: Script,
    opened: Opener,
    waits: list[float],
    caplog: pytest.LogCaptureFixture,
    name: str,
    status: int,
    said: Any,
) -> None:
    told = failure(status, said) if isinstance(said, str) else as_json(said, status)
    script.will_reply(told, GOOD)
    model = opened()

    with caplog.at_level(logging.WARNING):
        assert ask(model, max_tokens=200) == WANT
        assert ask(model, max_tokens=200) == WANT

    assert waits == []
    sent, *others = script.requests
    assert has(sent, name)
    assert not has(others[0], name)
    assert all(has(others[0], other) for other in PARTS if other not in (name, "max_tokens"))
    # A clear refusal is learned at once, a server's own fault only when it comes again.
    assert has(others[-1], name) == (status == 500)
    (told_once,) = caplog.messages
    assert told_once.endswith("this time" if status == 500 else "from now on")


PARTS = ("temperature", "seed", "response_format", "system", "max_tokens")


def has(request: Mapping[str, Any], name: str) -> bool:
    roles = [turn["role"] for turn in request["messages"]]
    return "system" in roles if name == "system" else name in request


def test_other_name_of_the_length_is_taken(script: Script, opened: Opener) -> None:
    script.will_reply(failure(400, "Unsupported parameter: 'max_tokens'", param="max_tokens"), GOOD)
    ask(opened("server"), max_tokens=200)
    ask(opened("openai"), max_tokens=200)

    assert [r.get("max_tokens") for r in script.requests] == [200, None, None]
    assert [r.get("max_completion_tokens") for r in script.requests] == [None, 200, 200]


def test_length_is_left_out_when_neither_name_is_taken(script: Script, opened: Opener) -> None:
    refusals = [failure(400, f"Unknown parameter: {n}_tokens") for n in ("max_completion", "max")]
    script.will_reply(*refusals, GOOD)

    assert ask(opened("openai"), max_tokens=200) == WANT
    assert not {"max_tokens", "max_completion_tokens"} & script.requests[-1].keys()


def test_words_of_the_system_turn_go_into_the_first_user_turn(
    script: Script, opened: Opener
) -> None:
    script.will_reply(failure(400, "System role not supported"), GOOD)
    ask(opened())

    assert script.requests[1]["messages"] == [{"role": "user", "content": f"Classify.\n\n{TEXT}"}]


def test_old_model_of_openai_gets_the_schema_in_words(script: Script, opened: Opener) -> None:
    refusal = "'response_format' of type 'json_schema' is not supported with this model."
    script.will_reply(failure(400, refusal, param="response_format"), GOOD)

    assert ask(opened("openai")) == WANT
    assert '"enum": ["plan", "fact"]' in script.requests[1]["messages"][-1]["content"]


def test_schema_is_refused_for_one_draft_only(script: Script, opened: Opener) -> None:
    script.will_reply(failure(400, "Invalid schema for response_format 'Note'"), GOOD)
    model = opened()
    for draft in (Note, Remark, Note):
        ask(model, draft)

    assert [has(r, "response_format") for r in script.requests] == [True, False, True, False]


@pytest.mark.parametrize(
    "odd",
    [
        failure(400, "The seed of the temperature schema is invalid"),
        failure(422, "Bad: {'temperature': 0.0, 'seed': 0, 'response_format': {}}"),
        failure(400, "invalid response_format, seed or temperature"),
    ],
    ids=lambda told: told.body.decode()[:60],
)
def test_refusal_that_nothing_helps_against_teaches_nothing(
    script: Script, opened: Opener, odd: Reply
) -> None:
    script.will_reply(*[odd] * 9)
    model = opened()
    with pytest.raises(ModelError, match="does not accept the request"):
        ask(model)
    script.will_reply(GOOD)
    ask(model)

    assert all(has(script.requests[-1], name) for name in ("temperature", "seed"))
    assert has(script.requests[-1], "response_format")
    assert (model.temperature, model.seed) == (0.0, 0)


def test_one_odd_answer_costs_one_request_its_seed(script: Script, opened: Opener) -> None:
    odd = failure(400, "{'seed': 0, 'user': None}")
    script.will_reply(odd, GOOD, GOOD)
    model = opened()
    ask(model)
    ask(model)
    assert [has(r, "seed") for r in script.requests] == [True, False, True]
    assert model.seed == 0


def test_odd_answer_that_comes_again_at_once_is_believed(script: Script, opened: Opener) -> None:
    odd = failure(400, "{'seed': 0, 'user': None}")
    script.will_reply(odd, GOOD, odd, GOOD)
    model = opened()
    for _ in range(3):
        ask(model)
    assert [has(r, "seed") for r in script.requests] == [True, False, True, False, False]
    assert model.seed is None


def test_refusals_between_answers_teach_nothing(script: Script, opened: Opener) -> None:
    """The model wrote no JSON, at an endpoint that looks for itself."""
    odd = failure(400, "Failed to generate JSON.", code="json_validate_failed")
    script.will_reply(odd, GOOD, GOOD, odd, GOOD, GOOD, odd, GOOD)
    model = opened()
    for _ in range(5):
        assert ask(model) == WANT

    with_schema = [has(r, "response_format") for r in script.requests]
    assert with_schema == [True, False, True, True, False, True, True, False]


def test_echo_of_the_request_is_no_refusal(script: Script, opened: Opener) -> None:
    request = {"seed": 0, "temperature": 0, "response_format": {"type": "json_schema"}}
    script.will_reply(as_json({"error": {"message": "not supported"}, "request": request}, 400))

    with pytest.raises(ModelError, match="does not accept"):
        ask(opened())
    assert len(script.requests) == 1


def test_server_fault_that_names_a_parameter_in_passing_is_tried_again(
    script: Script, opened: Opener
) -> None:
    script.will_reply(failure(500, "GPU temperature is 90 degrees"), GOOD)

    assert ask(opened()) == WANT
    assert all(has(request, "temperature") for request in script.requests)
