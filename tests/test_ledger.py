"""What a run remembers: answers before they are used, and what became of each report."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from itertools import count
from pathlib import Path
from typing import Self

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripted import Script, completion, failure, scripted_server

from summarizer.ask import Kept
from summarizer.brief import Usage
from summarizer.errors import InputError, LimitReached
from summarizer.ledger import FILE, Ledger, clean, faults, runs
from summarizer.pipeline import summarize
from summarizer.render import to_json
from summarizer.run import Outcome, summarize_many
from summarizer.settings import Settings
from summarizer.source import Document

pytestmark = pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1"])

LINE = {"text": "Poland sent tanks to Ukraine.", "sentences": [0]}
NOTHING = {"actors": [], "events": [], "pledges": [], "statements": [LINE]}
USED = Usage(
    requests=1, prompt_tokens=7, cached_tokens=0, completion_tokens=3, cost_usd=None, seconds=0.5
)


@pytest.fixture
def script() -> Iterator[Script]:
    with scripted_server() as script:
        script.will_reply(completion(json.dumps(NOTHING)))
        yield script


def reports(folder: Path, count: int) -> list[Path]:
    paths = []
    for number in range(count):
        paths.append(folder / f"r{number}.txt")
        paths[-1].write_text(f"Poland sent {number + 2} tanks to Ukraine on Monday.", "utf-8")
    return paths


def settings(script: Script, **given: object) -> Settings:
    return Settings.model_validate(
        {"base_url": script.base_url, "model": "m", "verify": "off", "attempts": 1, **given}
    )


def run(paths: list[Path], folder: Path, given: Settings, *, fresh: bool = False) -> list[Outcome]:
    with Ledger(folder, fresh=fresh) as ledger:
        ledger.begin("m")
        outcomes = list(summarize_many(paths, settings=given, ledger=ledger))
        for outcome in outcomes:
            ledger.note(outcome.name, None, f"{outcome.path.stem}.brief.json", None)
        ledger.end("done")
    return outcomes


def keep(ledger: Ledger, asked: str, said: str) -> None:
    asyncio.run(ledger.keep(asked, Kept(said, USED)))


def found(ledger: Ledger, asked: str) -> Kept | None:
    return asyncio.run(ledger.find(asked))


@given(st.dictionaries(st.text(), st.text().filter(lambda text: "\0" not in text), max_size=8))
def test_what_was_kept_is_found_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, answers: dict[str, str]
) -> None:
    folder = tmp_path_factory.mktemp("out")
    answers = {key: said for key, said in answers.items() if _can_be_written(key + said)}
    with Ledger(folder) as ledger:
        for asked, said in answers.items():
            keep(ledger, asked, said)
    with Ledger(folder) as ledger:
        assert {key: found(ledger, key) for key in answers} == {
            key: Kept(said, USED) for key, said in answers.items()
        }
        assert found(ledger, "never asked") is None or "never asked" in answers


def _can_be_written(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


def test_run_that_failed_asks_nothing_twice(script: Script, tmp_path: Path) -> None:
    paths = reports(tmp_path, 3)
    given = settings(script, jobs=1)
    good, bad = completion(json.dumps(NOTHING)), failure(500)
    script.will_reply(*[good] * 5, *[bad] * 3, *[bad] * 2, good)  # two failures end a report

    first = run(paths, tmp_path / "out", given)
    second = run(paths, tmp_path / "out", given)

    lacking = [bool(o.brief and "no answer" in str(o.brief.warnings)) for o in first]
    assert lacking == [False, True, False]
    assert [bool(outcome.error) for outcome in first] == [False, False, True]
    assert [bool(outcome.error) for outcome in second] == [False, False, False]
    bodies = [json.dumps(request, sort_keys=True) for request in script.requests]
    assert len(bodies) == 12 + 5
    assert len(set(bodies)) == 12


def test_brief_of_kept_answers_is_the_same_to_the_byte(script: Script, tmp_path: Path) -> None:
    paths = reports(tmp_path, 2)
    first = run(paths, tmp_path / "out", settings(script))
    asked = len(script.requests)
    second = run(paths, tmp_path / "out", settings(script))

    assert len(script.requests) == asked
    assert [to_json(o.brief) for o in first if o.brief] == [
        to_json(o.brief) for o in second if o.brief
    ]
    assert first[0].brief
    assert first[0].brief.usage.requests == 4


@pytest.mark.parametrize("change", [{"model": "n"}, {"seed": 1}, {"temperature": 0.5}])
def test_another_question_is_asked_anew(
    script: Script, tmp_path: Path, change: dict[str, object]
) -> None:
    paths = reports(tmp_path, 1)
    run(paths, tmp_path / "out", settings(script))
    run(paths, tmp_path / "out", settings(script, **change))

    assert len(script.requests) == 8


def test_changed_prompt_asks_anew_what_it_touches(
    script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = reports(tmp_path, 1)
    run(paths, tmp_path / "out", settings(script))
    from summarizer import interview, prompt

    def other(template: str, /, **slots: object) -> prompt.Messages:
        told = prompt.render(template, **slots)
        return (*told[:-1], {**told[-1], "content": told[-1]["content"] + "!"})

    touched = lambda template, **slots: (  # noqa: E731
        other(template, **slots) if template == "events" else prompt.render(template, **slots)
    )
    monkeypatch.setattr(interview, "render", touched)
    run(paths, tmp_path / "out", settings(script))

    assert len(script.requests) == 5


def test_fresh_run_asks_everything_again_and_keeps_it(script: Script, tmp_path: Path) -> None:
    paths = reports(tmp_path, 1)
    for fresh in (False, True, False):
        run(paths, tmp_path / "out", settings(script), fresh=fresh)

    assert len(script.requests) == 8


def test_answer_that_cannot_be_kept_ends_the_run(
    script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = reports(tmp_path, 9)
    with Ledger(tmp_path / "out") as ledger:
        ledger.begin("m")
        # As on a full disk: no page more than there is.
        ledger._writer.execute("pragma max_page_count = 1")
        outcomes = summarize_many(paths, settings=settings(script, jobs=1), ledger=ledger)
        with pytest.raises(LimitReached, match=r"cannot be written \(database or disk is full\)"):
            list(outcomes)

    assert len(script.requests) < 36


def test_ledger_that_vanishes_is_told(tmp_path: Path) -> None:
    with Ledger(tmp_path / "out") as ledger:
        (tmp_path / "out" / FILE).unlink()
        with pytest.raises(InputError, match="out: the ledger of answers cannot be written"):
            keep(ledger, "a", "b")


def test_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", "utf-8")

    with pytest.raises(InputError, match="check --out"):
        Ledger(tmp_path / "out")


@pytest.mark.parametrize("content", [b"no database at all", b"SQLite format 3\0" + b"\xff" * 4000])
def test_broken_ledger_is_set_aside(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)

    with Ledger(tmp_path) as ledger:
        keep(ledger, "a", "b")
        assert ledger.warning
        assert "broken, so set aside as" in ledger.warning
    (aside,) = tmp_path.glob(f"{FILE}.broken-*")
    assert aside.read_bytes() == content


def test_ledger_of_a_later_version_is_set_aside(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute("pragma user_version = 99")
    other.close()

    with Ledger(tmp_path) as ledger:
        assert ledger.warning


def test_two_runs_in_one_folder_are_refused(tmp_path: Path) -> None:
    with Ledger(tmp_path), pytest.raises(InputError, match="another run is at work here"):
        Ledger(tmp_path)
    with Ledger(tmp_path):
        pass


def test_runs_are_listed_and_one_that_was_killed_says_so(script: Script, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with Ledger(out) as ledger:
        ledger.begin("m")
    run(reports(tmp_path, 2), out, settings(script))

    states = [(each.id, each.state, each.answers) for each in runs(out)]
    assert states == [(1, "killed", 0), (2, "done", 8)]
    assert runs(out)[1].ended


def test_brief_that_is_gone_is_a_fault(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.begin("m")
        ledger.note("a.txt", "0" * 64, "a.brief.json", None)
    assert faults(tmp_path) == [f"{tmp_path / 'a.brief.json'}: the brief is gone"]

    (tmp_path / "a.brief.json").write_text("{}", "utf-8")
    assert faults(tmp_path) == []


def test_folder_without_a_ledger_is_told(tmp_path: Path) -> None:
    for ask in (runs, faults, clean):
        with pytest.raises(InputError, match="no run was made here"):
            ask(tmp_path)


def test_cleaning_leaves_what_the_last_run_needed(script: Script, tmp_path: Path) -> None:
    paths, out = reports(tmp_path, 1), tmp_path / "out"
    run(paths, out, settings(script))
    run(paths, out, settings(script, seed=1))

    assert clean(out) == 4
    run(paths, out, settings(script, seed=1))
    assert len(script.requests) == 8


def test_key_and_article_of_one_endpoint_serve_no_other(script: Script, tmp_path: Path) -> None:
    """The same model's name elsewhere may be another model."""
    paths = reports(tmp_path, 1)
    run(paths, tmp_path / "out", settings(script))
    with scripted_server() as other:
        other.will_reply(completion(json.dumps(NOTHING)))
        run(paths, tmp_path / "out", settings(other))
        assert len(other.requests) == 4


def test_library_needs_no_ledger(script: Script) -> None:
    brief = summarize(Document("Poland sent tanks."), settings=settings(script))

    assert brief.usage.requests == 4


def test_broken_ledgers_are_all_kept(tmp_path: Path) -> None:
    """Whatever the clock says: one after another has its own name."""
    for content in (b"one", b"another"):
        (tmp_path / FILE).write_bytes(content)
        with Ledger(tmp_path):
            pass

    assert {aside.read_bytes() for aside in tmp_path.glob(f"{FILE}.broken-*")} == {
        b"one",
        b"another",
    }


def test_clock_that_jumps_back_changes_nothing_but_what_is_told(
    script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which run was the last one, and what it needed, no clock decides."""
    paths, out = reports(tmp_path, 1), tmp_path / "out"
    given = settings(script, max_seconds=60, requests_per_minute=100_000)
    run(paths, out, given)
    monkeypatch.setattr("summarizer.ledger.datetime", _Jumping)
    monkeypatch.setattr("time.time", lambda: _Jumping.now(UTC).timestamp())
    outcomes = run([*paths, *reports(out, 2)[1:]], out, given)

    assert [bool(outcome.error) for outcome in outcomes] == [False, False]
    assert len(script.requests) == 4 + 4
    assert [(one.id, one.state) for one in runs(out)] == [(1, "done"), (2, "done")]
    assert runs(out)[1].began < runs(out)[0].began
    assert clean(out) == 0
    run(paths, out, given)
    assert len(script.requests) == 8


class _Jumping(datetime):
    """A clock that is set back a day whenever it is asked."""

    _days = count(1)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls.fromtimestamp(1e9 - 86400 * next(cls._days), tz)
