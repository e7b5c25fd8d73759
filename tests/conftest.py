"""Shared fixtures: cassettes, no network, no settings from outside, and a model that only pretends.

Cassettes hold what the embedded model really answered. Recording them anew needs its weights:
``pytest -n 0 --record-mode=rewrite tests/test_x.py``; everything else replays them.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict, deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import pytest
import vcr  # type: ignore[import-untyped]  # vcrpy has no types
import yaml
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pydantic import BaseModel
from scripted import Script, scripted_server

from summarizer.ask import Answer, Dialect, Model, open_model
from summarizer.ask.connection import Connection
from summarizer.ask.meter import Meter
from summarizer.brief import Brief
from summarizer.draft import VerdictsDraft
from summarizer.engine.server import Endpoint, serve
from summarizer.engine.weights import DEFAULT, find_weights
from summarizer.errors import SummarizerError
from summarizer.pipeline import summarize
from summarizer.profile import ProfileName
from summarizer.settings import Settings

TESTS = Path(__file__).parent
CASSETTES = TESTS.parent / "cassettes"
FOLDERS = {"corpus": TESTS.parent / "corpus", "articles": TESTS / "articles"}
ARTICLES = [path for folder in FOLDERS.values() for path in sorted(folder.glob("*.txt"))]
D = TypeVar("D", bound=BaseModel)

# The same examples in every run, however busy the machine: a failure in CI is a failure here.
hypothesis_settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("repeatable")


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as a block, so that prompts can be read and compared."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    lines = text.split("\n")
    block = len(lines) > 1 and not any(line.endswith((" ", "\t")) for line in lines)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if block else None)


_Dumper.add_representer(str, _text)


def _unpack(body: Any) -> dict[str, Any]:
    try:
        return {"json": json.loads(body)}
    except (TypeError, ValueError):
        return {"text": body}


def _pack(body: dict[str, Any]) -> Any:
    return json.dumps(body["json"], ensure_ascii=False) if "json" in body else body["text"]


class ReadableYaml:
    """Cassettes as YAML with parsed bodies; no character of them is cleaned up or changed."""

    @staticmethod
    def serialize(cassette: dict[str, Any]) -> str:
        # Requests that are sent at once are answered in any order.
        cassette["interactions"].sort(key=lambda each: str(each["request"]["body"]))
        for each in cassette["interactions"]:
            each["request"]["body"] = _unpack(each["request"]["body"])
            answer = each["response"]["body"] = _unpack(each["response"]["body"]["string"])
            if isinstance(answer.get("json"), dict) and "choices" in answer["json"]:
                for changing in ("timings", "system_fingerprint"):
                    answer["json"].pop(changing, None)
                answer["json"].update(id="chatcmpl-recorded", created=0)
        return yaml.dump(cassette, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)

    @staticmethod
    def deserialize(text: str) -> dict[str, Any]:
        cassette: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
        for each in cassette["interactions"]:
            each["request"]["body"] = _pack(each["request"]["body"])
            each["response"]["body"] = {"string": _pack(each["response"]["body"])}
        return cassette


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--answers", help="folder of a large model's answers, for recording them")


def pytest_recording_configure(config: pytest.Config, vcr: Any) -> None:
    vcr.register_serializer("yaml", ReadableYaml)


def _any_endpoint(request: Any) -> Any:
    """Leave nothing in a request that differs by machine: no port, no key, no version."""
    request.uri = "http://llm.test" + request.path
    request.headers = {k: v for k, v in request.headers.items() if k.lower() == "content-type"}
    return request


def _few_headers(response: dict[str, Any]) -> dict[str, Any]:
    kept = {"content-type", "retry-after"}
    headers = response["headers"].items()
    response["headers"] = {k.lower(): v for k, v in headers if k.lower() in kept}
    return response


def cassette_options() -> dict[str, Any]:
    return {
        "match_on": ["method", "uri", "body"],
        "decode_compressed_response": True,
        "before_record_request": _any_endpoint,
        "before_record_response": _few_headers,
    }


@pytest.fixture
def vcr_config() -> dict[str, Any]:
    return cassette_options()


@pytest.fixture(scope="module")
def vcr_cassette_dir(request: pytest.FixtureRequest) -> str:
    return str(CASSETTES / Path(request.path).relative_to(TESTS).with_suffix(""))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Show a request that no cassette holds as such, and fail on answers that nobody asked for."""
    try:
        outcome = yield
    except Exception as error:
        if miss := cassette_miss(error):
            raise miss from None
        raise
    check_played(getattr(item, "funcargs", {}))
    return outcome


def check_played(arguments: Mapping[str, Any]) -> None:
    cassette = arguments.get("vcr")
    if cassette is not None and cassette.record_mode.value == "none" and not cassette.all_played:
        pytest.fail("the cassette holds answers that were not asked for: record it anew")


def cassette_miss(error: BaseException | None) -> BaseException | None:
    seen: list[BaseException] = []
    queue = [error]
    while queue:
        if (error := queue.pop()) is None or error in seen:
            continue
        if type(error).__name__ == "CannotOverwriteExistingCassetteException":
            return error
        seen.append(error)
        queue += [error.__cause__, error.__context__]
    return None


@pytest.fixture(scope="session")
def endpoint(record_mode: str) -> Iterator[Endpoint]:
    """The embedded engine: a recording of it, or itself when cassettes are recorded."""
    if record_mode == "none":
        yield Endpoint("http://llm.test/v1", "none", DEFAULT.name)
        return
    with serve(find_weights(Settings()).path, alias=DEFAULT.name) as running:
        yield running


@pytest.fixture(scope="session")
def briefs(endpoint: Endpoint, record_mode: str) -> dict[str, Brief]:
    """One brief an article, by its stem; every recorded answer must have been asked for."""
    settings = Settings(engine="local")
    recorder = vcr.VCR(record_mode="none" if record_mode == "none" else "all", **cassette_options())
    recorder.register_serializer("yaml", ReadableYaml)
    made = {}
    address = endpoint.base_url, endpoint.api_key, endpoint.model
    with open_model(*address, dialect="embedded", settings=settings) as model:
        for path in ARTICLES:
            cassette = CASSETTES / "test_corpus_briefs" / f"{path.stem}.yaml"
            if record_mode != "none":
                cassette.unlink(missing_ok=True)
            with recorder.use_cassette(str(cassette)) as played:
                made[path.stem] = summarize(path, settings=settings, model=model)
            if record_mode == "none":
                assert played.all_played, f"{cassette.name} holds answers that nobody asked for"
    return made


@pytest.fixture(autouse=True)
def nothing_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own key, endpoint or proxy must not change a test."""
    for name in os.environ:
        if name.startswith(("OPENAI_", "SUMMARIZER_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


class FakeModel(Model):
    """Answers with what was put in the queue of the draft type asked for; ``asked`` is a log.

    As a second reader it says yes to everything, unless verdicts were put in the queue.
    """

    def __init__(self, dialect: Dialect = "server") -> None:
        settings = Settings()
        meter = Meter(settings)
        connection = Connection(
            "http://llm.test/v1", None, "fake", dialect=dialect, settings=settings, meter=meter
        )
        super().__init__(connection, meter)
        self.asked: list[tuple[type[BaseModel], tuple[Mapping[str, str], ...]]] = []
        self._queues: dict[type[BaseModel], deque[Answer[Any] | SummarizerError]] = defaultdict(
            deque
        )
        self.weighed: list[tuple[Mapping[str, str], ...]] = []
        self._shares: deque[Mapping[str, float]] = deque()

    def enqueue(self, *answers: BaseModel) -> None:
        """Answer with these drafts, in turn."""
        for draft in answers:
            self._queues[type(draft)].append(Answer(draft, ()))

    def enqueue_shares(self, *answers: Mapping[str, float]) -> None:
        """Answer questions for one word with these shares, in turn; words not named get none."""
        self._shares.extend(answers)

    def enqueue_failure(
        self, draft: type[BaseModel], failure: Answer[Any] | SummarizerError
    ) -> None:
        """Answer the next question for *draft* with problems, or not at all."""
        self._queues[draft].append(failure)

    def forget(self) -> None:
        """Empty the queues and the log, so that one model serves many examples."""
        self._queues.clear()
        self._shares.clear()
        self.weighed.clear()
        self.asked.clear()

    def part(self) -> Model:
        return self

    def start(
        self,
        messages: Sequence[Mapping[str, Any]],
        draft: type[D],
        *,
        text: str,
        sentence_ids: Sequence[int] = (),
        max_tokens: int | None = None,
    ) -> Future[Answer[D]]:
        self.asked.append((draft, tuple(messages)))
        self._meter.add(seconds=0.0, prompt=100, completion=10)
        done: Future[Answer[D]] = Future()
        if draft is VerdictsDraft and not self._queues[draft]:
            agreed = [{"claim": number, "verdict": "yes"} for number in range(1, 401)]
            done.set_result(Answer(draft.model_validate({"verdicts": agreed}), ()))
            return done
        assert self._queues[draft], f"nothing in the queue for {draft.__name__}"
        answer = self._queues[draft].popleft()
        if isinstance(answer, SummarizerError):
            done.set_exception(answer)
        else:
            done.set_result(answer)
        return done

    def start_weighing(
        self, messages: Sequence[Mapping[str, Any]], words: Sequence[str]
    ) -> Future[Mapping[str, float]]:
        self.weighed.append(tuple(messages))
        self._meter.add(seconds=0.0, prompt=100, completion=1)
        assert self._shares, f"no shares in the queue for {messages[-1]['content']!r}"
        done: Future[Mapping[str, float]] = Future()
        done.set_result(dict.fromkeys(words, 0.0) | dict(self._shares.popleft()))
        return done


KEY = "sk-secret-0123456789"
Opener = Callable[..., Model]


@pytest.fixture
def script() -> Iterator[Script]:
    """A server that answers as the test says."""
    with scripted_server() as script:
        yield script


@pytest.fixture
def waits() -> list[float]:
    """The pauses that were asked for; none is really made."""
    return []


@pytest.fixture
def dialect() -> Dialect:
    """What the models of ``opened`` speak where a test does not say it."""
    return "server"


@pytest.fixture
def opened(script: Script, waits: list[float], dialect: Dialect) -> Iterator[Opener]:
    """Opens models of the scripted server, or of another address, with the settings given."""
    usual, models = dialect, list[Model]()

    def opener(dialect: Dialect = usual, base_url: str | None = None, **given: Any) -> Model:
        model = open_model(
            base_url or script.base_url,
            KEY,
            "scripted",
            dialect=dialect,
            settings=Settings(**given),
            sleep=waits.append,
        )
        models.append(model)
        return model

    yield opener
    for model in models:
        model.close()


@pytest.fixture
def fake_model() -> Iterator[FakeModel]:
    """A model of an endpoint, which is asked what a large one is asked."""
    with FakeModel() as model:
        yield model


@pytest.fixture
def small_model() -> Iterator[FakeModel]:
    """The embedded model, as it were."""
    with FakeModel("embedded") as model:
        yield model


@pytest.fixture(scope="module")
def models() -> Iterator[dict[ProfileName, FakeModel]]:
    """A model a profile for all examples of a property: making one takes longer than asking it."""
    with FakeModel("embedded") as small, FakeModel() as large:
        yield {"small": small, "large": large}
