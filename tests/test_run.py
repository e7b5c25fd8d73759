"""Many reports in one run: at once, in processes, in order or as they come, and when to stop."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from scripted import Reply, Script, completion, failure, scripted_server

from summarizer import pipeline, run
from summarizer.apart import apart, traced
from summarizer.ask import Posted
from summarizer.ask.request import WordQuestion
from summarizer.brief import Brief
from summarizer.errors import Deferred, InputError, LimitReached, ModelUnavailable, SummarizerError
from summarizer.ledger import Ledger
from summarizer.pipeline import Progress, open_engine, summarize
from summarizer.run import Outcome, summarize_many
from summarizer.settings import Settings
from summarizer.source import Document
from summarizer.workers import Workers

pytestmark = pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1"])

LINE = {"text": "Poland sent tanks to Ukraine.", "sentences": [0]}
ANSWER = completion(json.dumps({"actors": [], "events": [], "pledges": [], "statements": [LINE]}))


@pytest.fixture
def script() -> Iterator[Script]:
    with scripted_server() as script:
        script.will_reply(ANSWER)
        yield script


def settings(script: Script, **given: object) -> Settings:
    return Settings.model_validate(
        {"base_url": script.base_url, "model": "m", "verify": "off", "attempts": 1, **given}
    )


def written(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"{number:03}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(f"Poland sent {number + 2} tanks to Ukraine.", "utf-8")
    return paths


class Page:
    """What a step works on."""


@pytest.mark.parametrize("kind", [InputError, ValueError])
def test_error_of_a_report_holds_nothing_that_was_worked_on(kind: type[Exception]) -> None:
    made: list[weakref.ref[Page]] = []

    def parse() -> None:
        page = Page()
        made.append(weakref.ref(page))
        raise KeyError(id(page))

    def read() -> None:
        page = Page()
        made.append(weakref.ref(page))
        try:
            parse()
        except KeyError:
            raise kind(id(page))  # noqa: B904 (its context holds frames, too)

    error = apart("a.html", read)

    assert isinstance(error, SummarizerError)
    assert [page() for page in made] == [None, None]
    assert (traced(error) is None) == (kind is InputError)


def test_what_goes_on_after_an_error_is_not_ended_by_it() -> None:
    def found() -> Iterator[Exception]:
        for number in range(3):
            try:
                raise InputError(str(number))
            except InputError as error:
                yield error

    def step() -> None:
        raise next(errors)

    errors = found()

    assert [str(apart("a.jsonl", step)) for _ in range(3)] == ["0", "1", "2"]


def timeless(brief: Brief) -> dict[str, Any]:
    """What a brief says, but how long its questions took."""
    said = brief.model_dump()
    said["usage"].pop("seconds")
    said["second_reading"]["usage"].pop("seconds")
    return said


def test_processes_give_the_brief_that_this_one_gives(script: Script) -> None:
    given = settings(script, jobs=4, verify="auto")
    documents = [Document(f"Poland sent {n} tanks to Ukraine.", id=f"d{n}") for n in range(2, 5)]
    seen: list[Progress] = []
    with open_engine(given) as model:
        here = [summarize(document, settings=given, model=model) for document in documents]
        with Workers(2, model, model, given) as workers:
            there = [workers.brief(document, seen.append) for document in documents]

    assert list(map(timeless, there)) == list(map(timeless, here))
    assert {progress.document for progress in seen} == {"d2", "d3", "d4"}


def test_process_that_is_killed_costs_its_reports_and_is_replaced(script: Script) -> None:
    given = settings(script)
    document = Document("Poland sent 2 tanks to Ukraine.")
    with open_engine(given) as model, Workers(1, model, model, given) as workers:
        assert workers.brief(document, None)
        script.will_reply(Reply(hangs=True))
        pid = workers._staff[0]._process.pid
        assert pid
        threading.Timer(0.5, os.kill, (pid, signal.SIGKILL)).start()
        with pytest.raises(SummarizerError, match="the process that worked on it ended"):
            workers.brief(Document("Latvia sent 20 drones."), None)
        script.will_reply(ANSWER)
        assert workers.brief(document, None)


def test_processes_end_with_the_one_that_asks(script: Script) -> None:
    script.will_reply(Reply(hangs=True))
    program = (
        "import sys\n"
        "from summarizer.pipeline import open_engine\n"
        "from summarizer.settings import Settings\n"
        "from summarizer.source import Document\n"
        "from summarizer.workers import Workers\n"
        "if __name__ == '__main__':\n"
        "    given = Settings(base_url=sys.argv[1], model='m')\n"
        "    with open_engine(given) as model, Workers(1, model, model, given) as workers:\n"
        "        print(workers._staff[0]._process.pid, flush=True)\n"
        "        workers.brief(Document('Poland sent 2 tanks to Ukraine.'), None)\n"
    )
    command = [sys.executable, "-c", program, script.base_url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as asking:
        assert asking.stdout
        worker = int(asking.stdout.readline())
        _wait_until(lambda: bool(script.requests))
        asking.kill()

    _wait_until(lambda: not _lives(worker))


def _wait_until(come: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not come():
        assert time.monotonic() < until
        time.sleep(0.05)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_fault_in_a_process_is_told_as_one_of_this_program(script: Script) -> None:
    given = settings(script)
    with open_engine(given) as model, Workers(1, model, model, given) as workers:
        broken = Document("Poland sent tanks.", warnings=5)  # type: ignore[arg-type]
        with pytest.raises(SummarizerError, match="a fault of this program") as caught:
            workers.brief(broken, None)
    assert "Traceback" in str(caught.value.__cause__)


def test_process_tells_what_the_endpoint_has_refused(script: Script) -> None:
    script.will_reply(failure(400, "Unsupported parameter: 'seed'", param="seed"), ANSWER)
    given = settings(script)
    with open_engine(given) as model, Workers(1, model, model, given) as workers:
        brief = workers.brief(Document("Poland sent 2 tanks to Ukraine."), None)
        again = workers.brief(Document("Poland sent 3 tanks to Ukraine."), None)

    assert (brief.engine.seed, brief.engine.temperature) == (None, 0.0)
    assert again.engine == brief.engine


def test_process_finds_what_was_answered_before(script: Script, tmp_path: Path) -> None:
    given = settings(script, verify="auto")
    document = Document("Poland sent 2 tanks to Ukraine.")
    with Ledger(tmp_path) as ledger:
        ledger.begin("m")
        with open_engine(given, memory=ledger) as model:
            here = summarize(document, settings=given, model=model)
            asked = len(script.requests)
            with Workers(1, model, model, given) as workers:
                there = workers.brief(document, None)

    assert there == here
    assert len(script.requests) == asked


def test_question_of_a_process_waits_for_a_batch(script: Script, tmp_path: Path) -> None:
    given = settings(script)
    with Ledger(tmp_path, defers=True) as ledger:
        ledger.begin("m")
        with (
            open_engine(given, memory=ledger) as model,
            Workers(1, model, model, given) as workers,
        ):
            assert workers.brief(Document("Poland sent 2 tanks to Ukraine."), None)
            with pytest.raises(Deferred):
                workers.brief(Document("Poland sent 3 tanks to Ukraine."), None)
        assert len(list(ledger.unsent())) == 4


@pytest.mark.parametrize("status", [401, 500])
def test_failure_of_the_endpoint_is_told_as_here(script: Script, status: int) -> None:
    script.will_reply(failure(status))
    given = settings(script)
    document = Document("Poland sent 2 tanks to Ukraine.")
    with open_engine(given) as model, Workers(1, model, model, given) as workers:
        with pytest.raises(ModelUnavailable) as here:
            summarize(document, settings=given, model=model)
        with pytest.raises(ModelUnavailable) as there:
            workers.brief(document, None)

    assert str(there.value) == str(here.value)
    assert there.value.retryable == here.value.retryable


def test_question_of_a_report_that_has_ended_is_not_asked(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = settings(script)
    late = Posted([{"role": "user", "content": "Which word?"}], WordQuestion(), reasked=True)
    sent: list[Any] = []
    with open_engine(given) as model, Workers(1, model, model, given) as workers:
        (worker,) = workers._staff
        monkeypatch.setattr(worker, "_send", sent.append)
        worker._take_post(7, 0, 3, late)

    ((kind, at, reply),) = sent
    assert (kind, at, str(reply.answer)) == ("reply", 3, "the report has ended")
    assert not script.requests


class Stubborn(Exception):
    def __reduce__(self) -> str:
        raise TypeError("it stays here")


def test_error_that_cannot_be_sent_holds_nobody_up(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def post(*_: object, **__: object) -> None:
        raise Stubborn("no way")

    given = settings(script)
    with open_engine(given) as model, Workers(1, model, model, given) as workers:
        monkeypatch.setattr(model._connection, "post", post)
        with pytest.raises(SummarizerError, match="a fault of this program") as caught:
            workers.brief(Document("Poland sent 2 tanks to Ukraine."), None)
    assert "Stubborn: no way" in str(caught.value.__cause__)


@pytest.mark.parametrize("ordered", [True, False])
def test_order_is_that_of_the_input_or_that_of_being_done(
    script: Script, tmp_path: Path, ordered: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = threading.Event()
    real = pipeline.brief_of

    def held_up(document: Document, **given: object) -> object:
        if document.id == "000":
            slow.wait(10)
        return real(document, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(run, "brief_of", held_up)
    outcomes = summarize_many(
        written(tmp_path, 6), settings=settings(script, jobs=3), ordered=ordered
    )
    if ordered:
        threading.Timer(0.5, slow.set).start()
    names = [next(outcomes).path.stem for _ in range(5)]
    slow.set()
    names += [outcome.path.stem for outcome in outcomes]

    assert (names == sorted(names)) == ordered
    assert sorted(names) == [f"{number:03}" for number in range(6)]


def test_nothing_is_read_before_its_turn(script: Script, tmp_path: Path) -> None:
    paths = written(tmp_path, 400)
    taken = 0

    def sources() -> Iterator[Path]:
        nonlocal taken
        for path in paths:
            taken += 1
            yield path

    outcomes = summarize_many(sources(), settings=settings(script, jobs=3), ordered=False)
    next(outcomes)
    begun = taken
    outcomes.close()

    assert begun < 40


@pytest.mark.parametrize("jobs", [1, 4])
def test_run_that_only_fails_is_ended_early(script: Script, tmp_path: Path, jobs: int) -> None:
    script.will_reply(failure(401, "no such key"))
    outcomes: list[Outcome] = []
    with pytest.raises(LimitReached, match=r"5 reports in a row failed alike: .* answered 401"):
        outcomes.extend(summarize_many(written(tmp_path, 40), settings=settings(script, jobs=jobs)))

    assert 5 <= len(outcomes) < 15
    assert len(script.requests) < 20


def test_failures_of_several_causes_end_nothing(script: Script, tmp_path: Path) -> None:
    script.will_reply(*[failure(401), failure(500), failure(500)] * 20, ANSWER)
    outcomes = list(summarize_many(written(tmp_path, 12), settings=settings(script, jobs=1)))

    assert len(outcomes) == 12


def test_run_ends_at_its_limit_and_says_so(script: Script, tmp_path: Path) -> None:
    given = settings(script, jobs=1, max_tokens=1_000)
    outcomes: list[Outcome] = []
    with pytest.raises(LimitReached, match="max_tokens is 1,000"):
        outcomes.extend(summarize_many(written(tmp_path, 40), settings=given))

    assert len(script.requests) == 10
    assert len(outcomes) == 3


def test_limit_that_is_reached_with_the_last_report_ends_nothing(
    script: Script, tmp_path: Path
) -> None:
    given = settings(script, jobs=1, max_tokens=440)

    assert len(list(summarize_many(written(tmp_path, 1), settings=given))) == 1


def test_run_that_is_given_up_waits_for_nothing(script: Script, tmp_path: Path) -> None:
    paths = written(tmp_path, 30)
    outcomes = summarize_many(paths, settings=settings(script, jobs=4), ordered=False)
    next(outcomes)
    script.will_reply(Reply(hangs=True))
    _wait_until(lambda: len(script.held) >= 4)
    began = time.monotonic()
    outcomes.close()

    assert time.monotonic() - began < 60  # a request may take ten minutes
