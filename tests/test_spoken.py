"""Where servers put an answer, and what of it is only thought."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.ask.body import JsonObject
from summarizer.ask.spoken import aloud, declined, spoken

ANSWER = '{"a": 1}'
DRAFT = '{"a": 2}'


def choice(finish_reason: Any = "stop", **message: Any) -> JsonObject:
    """Return a choice as a server sends it: nothing of it is checked."""
    return {"finish_reason": finish_reason, "message": {"role": "assistant", **message}}


REASONED = {
    "think": f"<think>maybe {DRAFT}</think>{ANSWER}",
    "think in capitals": f"<THINK>{DRAFT}</THINK>\n{ANSWER}",
    "thinking": f"<thinking>{DRAFT}</thinking>{ANSWER}",
    "two thoughts": f"<think>{DRAFT}</think>well<think>{DRAFT}</think>{ANSWER}",
    "thought within thought": f"<think>a<think>b</think>{DRAFT}</think>{ANSWER}",
    "opened by the template": f"maybe {DRAFT}\n</think>\n\n{ANSWER}",
    "not closed, behind the answer": f"{ANSWER}<think>or {DRAFT}",
    "closed, behind the answer": f"{ANSWER}<think>or {DRAFT}</think>",
    "reasoning": f"<reasoning>{DRAFT}</reasoning><answer>{ANSWER}</answer>",
    "reflection": f"<reflection>{DRAFT}</reflection>{ANSWER}",
    "analysis": f"<analysis>{DRAFT}</analysis>{ANSWER}",
    "scratchpad": f"<scratchpad>{DRAFT}</scratchpad>{ANSWER}",
    "claude": f"<antThinking>{DRAFT}</antThinking>{ANSWER}",
    "seed": f"<seed:think>{DRAFT}</seed:think>{ANSWER}",
    "magistral": f"[THINK]{DRAFT}[/THINK]{ANSWER}",
    "kimi": f"◁think▷{DRAFT}◁/think▷{ANSWER}",
    "openthinker": f"<|begin_of_thought|>{DRAFT}<|end_of_thought|>"
    f"<|begin_of_solution|>{ANSWER}<|end_of_solution|>",
    "cohere": f"<|START_THINKING|>{DRAFT}<|END_THINKING|>"
    f"<|START_RESPONSE|>{ANSWER}<|END_RESPONSE|>",
    "deepseek": f"{DRAFT}<｜end▁of▁thinking｜>{ANSWER}<｜end▁of▁sentence｜>",
    "gpt-oss": f"<|channel|>analysis<|message|>{DRAFT}<|end|><|start|>assistant"
    f"<|channel|>final<|message|>{ANSWER}<|return|>",
    "gpt-oss without its marks": f"analysisWe need {DRAFT}assistantfinal{ANSWER}",
    "gpt-oss calls": f"<|channel|>analysis<|message|>{DRAFT}<|end|><|start|>assistant"
    f"<|channel|>commentary to=functions.x <|constrain|>json<|message|>{ANSWER}<|call|>",
    "gemma": f"<|channel>thought\n{DRAFT}<channel|>{ANSWER}<turn|>",
    "medgemma": f"<unused94>thought\n{DRAFT}<unused95>{ANSWER}",
    "granite": f"Here is my thought process: {DRAFT} Here is my response: {ANSWER}",
    "fence": f"```thinking\n{DRAFT}\n```\n{ANSWER}",
}


@pytest.mark.parametrize("name", REASONED)
def test_what_is_only_thought_is_not_said(name: str) -> None:
    text, thought = aloud(REASONED[name])

    assert thought
    assert DRAFT not in text
    assert ANSWER in text


@pytest.mark.parametrize(
    "opening",
    [
        *("<think>", "<thinking>", "[THINK]", "◁think▷", "<|begin_of_thought|>", "<seed:think>"),
        *("<|channel|>analysis<|message|>", "analysisWe ", "<unused94>thought", "```thinking\n"),
    ],
)
def test_reasoning_that_is_not_closed_goes_on_to_the_end(opening: str) -> None:
    assert aloud(f"{opening} so {DRAFT}, or {ANSWER}") == ("", True)


@pytest.mark.parametrize(
    "text",
    [
        f"Reasoning: none. {ANSWER}",
        f"[Analysis] {ANSWER}",
        f"<result>{ANSWER}</result>.",
        '{"a": "<think>", "b": "assistantfinal </think> x"}',
        '["[/THINK]"]',
        ANSWER,
        "",
    ],
)
def test_what_is_no_reasoning_stays(text: str) -> None:
    assert aloud(text) == (text, False)


@pytest.mark.parametrize(
    "end", ["```", "</s>", "<|im_end|>", "<end_of_turn>\n", "<|eot_id|></answer>", "<｜tool▁end｜>"]
)
def test_what_closes_a_turn_is_taken_off(end: str) -> None:
    assert aloud(f"{ANSWER}\n{end}")[0] == ANSWER


@pytest.mark.parametrize(
    "message",
    [
        {"content": ANSWER},
        {"content": [{"type": "text", "text": ANSWER}]},
        {"content": ['{"a"', {"type": "output_text", "text": ": 1}"}]},
        {
            "content": [
                {"type": "thinking", "thinking": [{"type": "text", "text": DRAFT}]},
                {"type": "reasoning", "text": DRAFT},
                {"type": "text", "text": ANSWER},
            ]
        },
        {"content": {"a": 1}},
        {"content": None, "reasoning_content": ANSWER},
        {"content": "", "reasoning": f"```json\n{ANSWER}\n```"},
        {"content": None, "thinking": ANSWER},
        {"content": "\n", "reasoning_content": f"so {DRAFT}</think>{ANSWER}"},
        {"content": None, "tool_calls": [{"function": {"name": "x", "arguments": ANSWER}}]},
        {"content": "I call it.", "tool_calls": [{"function": {"arguments": {"a": 1}}}]},
        {"content": None, "function_call": {"name": "x", "arguments": ANSWER}},
        {
            "content": ANSWER,
            "reasoning_content": DRAFT,
            "tool_calls": [{"function": {"name": "x", "arguments": DRAFT}}],
        },
    ],
    ids=json.dumps,
)
def test_answer_is_found_where_the_server_puts_it(message: dict[str, Any]) -> None:
    text = spoken(choice(**message)).text

    assert DRAFT not in text
    assert json.loads(text.strip("`json\n")) == {"a": 1}


@pytest.mark.parametrize(
    "message",
    [
        {"content": None, "reasoning_content": f"Let me see: {DRAFT} perhaps."},
        {"content": None, "reasoning_content": f"{DRAFT} No, that is not it."},
        {"content": None, "reasoning": "Hm."},
        {"content": f"<think>{DRAFT}"},
        {"content": None},
        {"content": 7, "tool_calls": "none", "function_call": 7},
        {"content": [7, None, {"text": 7}], "tool_calls": [7, {"function": "x"}]},
    ],
    ids=json.dumps,
)
def test_where_there_is_no_answer_none_is_found(message: dict[str, Any]) -> None:
    assert spoken(choice(**message)).text == ""


def test_answer_that_breaks_off_is_one_among_reasoning_too() -> None:
    assert spoken(choice(content=None, reasoning_content='{"a": [1, 2')).text == '{"a": [1, 2'


@pytest.mark.parametrize(
    ("reason", "cut"),
    [
        *((reason, True) for reason in ("length", "max_tokens", "MAX_TOKENS", "model_length")),
        *((reason, False) for reason in ("stop", "end_turn", None, 7, "tool_calls")),
    ],
)
def test_token_limit_is_known_by_its_names(reason: Any, cut: bool) -> None:
    assert spoken(choice(reason, content=ANSWER)).cut is cut


@pytest.mark.parametrize(
    ("given", "want"),
    [
        ({"content": None, "refusal": "I cannot."}, True),
        ({"content": [{"type": "refusal", "refusal": "I cannot."}]}, True),
        ({"content": None, "finish_reason": "content_filter"}, True),
        ({"content": "", "finish_reason": "SAFETY"}, True),
        ({"content": ANSWER, "refusal": ""}, False),
        ({"content": ANSWER, "finish_reason": "tool_calls"}, False),
    ],
)
def test_refusal_is_known_by_its_signs(given: dict[str, Any], want: bool) -> None:
    assert declined(choice(**given)) is want


PIECES = st.sampled_from(
    [
        "<think>",
        "</think>",
        "[THINK]",
        "```",
        "<|channel|>",
        "analysis",
        "final",
        "{",
        "}",
        '"',
        "<",
    ]
)


@given(st.lists(PIECES | st.text(max_size=5)).map("".join))
def test_no_text_makes_it_stumble_or_say_what_does_not_stand_there(text: str) -> None:
    said, _ = aloud(text)

    assert all(line in text for line in said.split("\n"))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["content", "reasoning", "tool_calls", "function", "arguments", "text", "type"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_no_message_makes_it_stumble(message: Any) -> None:
    odd = {"finish_reason": message, "message": message}

    declined(odd)
    assert isinstance(spoken(odd).text, str)
