"""The cassettes' own machinery: what is recorded replays, character by character."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import vcr  # type: ignore[import-untyped]
import yaml
from conftest import ReadableYaml, cassette_miss, check_played
from scripted import completion, failure, scripted_server
from vcr.errors import (  # type: ignore[import-untyped]
    CannotOverwriteExistingCassetteException,
)

from summarizer.ask import open_model
from summarizer.draft import Draft
from summarizer.errors import ModelUnavailable
from summarizer.settings import Settings

pytestmark = pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1"])

NASTY = (
    "“curly” ‘quotes’\n\n  indented\n",
    "trailing blank \nthen text",
    "no-break\u00a0space, \u200bzero width, \u202ebidi",
    "tab\tand\r\nCRLF \x85 \u2028 end",
    "Türkiye, İstanbul, cafe\u0301, 😀, 北京",
    "- looks: like yaml # comment\n'x' \"y\" {z} [w] | > & * !",
    "",
)


class Note(Draft):
    words: str


@pytest.fixture
def tape(tmp_path: Path, vcr_config: dict[str, Any]) -> Any:
    recorder = vcr.VCR(serializer="yaml", cassette_library_dir=str(tmp_path), **vcr_config)
    recorder.register_serializer("yaml", ReadableYaml)
    return recorder


def ask(base_url: str, article: str, key: str = "sk-secret") -> str:
    with open_model(
        base_url, key, "m", dialect="server", settings=Settings(), sleep=lambda _: None
    ) as model:
        draft = model.ask([{"role": "user", "content": article}], Note, text=article).draft
    assert draft is not None
    return draft.words


def test_recording_replays_without_a_server_and_without_a_change(tape: Any, tmp_path: Path) -> None:
    replies = [completion(Note(words=words).model_dump_json()) for words in NASTY]
    with scripted_server() as script, tape.use_cassette("t.yaml", record_mode="all"):
        script.will_reply(failure(429, headers={"retry-after": "3"}), *replies)
        recorded = [ask(script.base_url, f"{n} {words}") for n, words in enumerate(NASTY)]
        port = script.base_url.split(":")[2].split("/")[0]

    with tape.use_cassette("t.yaml", record_mode="none") as cassette:
        played = [ask("http://llm.test/v1", f"{n} {words}") for n, words in enumerate(NASTY)]
        assert cassette.all_played

    assert played == recorded == list(NASTY)
    text = (tmp_path / "t.yaml").read_text("utf-8")
    assert "sk-secret" not in text
    assert port not in text
    assert "“curly” ‘quotes’" in text
    bodies = [each["request"]["body"] for each in yaml.safe_load(text)["interactions"]]
    assert {body["json"]["model"] for body in bodies} == {"m"}


def test_changed_prompt_is_shown_as_a_missing_recording(tape: Any) -> None:
    with scripted_server() as script, tape.use_cassette("t.yaml", record_mode="all"):
        script.will_reply(completion('{"words": "x"}'))
        ask(script.base_url, "one")

    with (
        tape.use_cassette("t.yaml", record_mode="none") as cassette,
        pytest.raises(ModelUnavailable) as caught,
    ):
        ask("http://llm.test/v1", "another")

    assert isinstance(cassette_miss(caught.value), CannotOverwriteExistingCassetteException)
    with pytest.raises(pytest.fail.Exception, match="not asked for"):
        check_played({"vcr": cassette})


def test_other_errors_are_not_taken_for_a_missing_recording() -> None:
    assert cassette_miss(ModelUnavailable("gone")) is None


def test_playing_all_or_recording_is_no_failure() -> None:
    for mode, played in (("none", True), ("rewrite", False)):
        check_played(
            {"vcr": SimpleNamespace(record_mode=SimpleNamespace(value=mode), all_played=played)}
        )
    check_played({})


def test_fake_model_answers_by_draft_type(fake_model: Any) -> None:
    fake_model.enqueue(Note(words="a"), Note(words="b"))
    fake_model.enqueue_failure(Note, ModelUnavailable("gone"))

    got = [fake_model.part().ask([], Note, text="").draft.words for _ in range(2)]

    assert got == ["a", "b"]
    with pytest.raises(ModelUnavailable):
        fake_model.ask([], Note, text="")
    assert fake_model.usage.requests == len(fake_model.asked) == 3
