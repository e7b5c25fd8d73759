"""Very many reports in partitions: cut, worked on by whoever is alive, written whole, resumed."""

from __future__ import annotations

import json
import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st
from scripted import Script, completion, failure, scripted_server

pyarrow = pytest.importorskip("pyarrow", reason="needs the extra ray")
pytest.importorskip("fsspec", reason="needs the extra ray")

from pyarrow import parquet  # noqa: E402

from summarizer.brief import Brief  # noqa: E402
from summarizer.cluster import Done  # noqa: E402
from summarizer.cluster.part import about  # noqa: E402
from summarizer.cluster.place import Place  # noqa: E402
from summarizer.cluster.plan import Partition, cut  # noqa: E402
from summarizer.cluster.reports import reports  # noqa: E402
from summarizer.cluster.share import Budget, Spent, fewest  # noqa: E402
from summarizer.cluster.work import Job, work  # noqa: E402
from summarizer.errors import InputError, LimitReached  # noqa: E402
from summarizer.ledger import runs  # noqa: E402
from summarizer.pipeline import summarize  # noqa: E402
from summarizer.read import articles  # noqa: E402
from summarizer.render import to_jsonl  # noqa: E402
from summarizer.settings import Settings  # noqa: E402
from summarizer.source import Document  # noqa: E402

pytestmark = pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1"])

LINE = {"text": "Poland sent tanks to Ukraine.", "sentences": [0]}
ANSWER = completion(json.dumps({"actors": [], "events": [], "pledges": [], "statements": [LINE]}))
QUESTIONS = 4  # that a report of one line is asked about


@pytest.fixture
def script() -> Iterator[Script]:
    with scripted_server() as script:
        script.will_reply(ANSWER)
        yield script


def settings(script: Script, **given: object) -> Settings:
    return Settings.model_validate(
        {"base_url": script.base_url, "model": "m", "verify": "off", "attempts": 1, **given}
    )


def told(number: int) -> str:
    return f"Poland sent {number + 2} tanks to Ukraine."


def news(folder: Path, count: int, name: str = "news.jsonl") -> str:
    lines = [json.dumps({"id": f"d{number}", "text": told(number)}) for number in range(count)]
    (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
    return str(folder / name)


def planned(url: str, size: int) -> tuple[Place, list[Partition]]:
    place, files = Place.of_input(url)
    return place, cut(place, files, size)


def texts(place: Place, partitions: list[Partition]) -> list[list[str]]:
    return [[each.read().text for each in reports(place, one.piece)] for one in partitions]


def bodies(script: Script) -> Counter[str]:
    return Counter(json.dumps(request, sort_keys=True) for request in script.requests)


def rows(part: Path) -> list[dict[str, Any]]:
    return list(parquet.read_table(part).to_pylist())


# Cutting


LINES = st.lists(st.sampled_from(["", "  ", "{bad", '{"text": "One."}', '{"text": "Zwei ü."}']))


@given(LINES, st.integers(1, 5), st.booleans())
def test_lines_of_all_partitions_are_those_of_the_file(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], size: int, ended: bool
) -> None:
    path = tmp_path_factory.mktemp("in") / "news.jsonl"
    path.write_text("\n".join(lines) + "\n" * ended, "utf-8")
    whole = [(article.name, article.part) for article in articles(path)]
    if not whole:
        with pytest.raises(InputError, match="no report in it"):
            planned(str(path), size)
        return
    place, partitions = planned(str(path), size)
    found = [[*reports(place, each.piece)] for each in partitions]

    assert [len(each) for each in found[:-1]] == [size] * (len(found) - 1)
    assert [(str(path.parent / each.name), each.part) for one in found for each in one] == whole


@given(st.integers(1, 40), st.integers(1, 12), st.integers(1, 9))
def test_rows_of_all_partitions_are_those_of_the_file(
    tmp_path_factory: pytest.TempPathFactory, count: int, size: int, group: int
) -> None:
    path = tmp_path_factory.mktemp("in") / "news.parquet"
    table = pyarrow.table({"text": [told(n) for n in range(count)], "other": [1] * count})
    parquet.write_table(table, path, row_group_size=group)
    place, partitions = planned(str(path), size)
    found = texts(place, partitions)

    assert max(map(len, found)) <= size
    assert [text for part in found for text in part] == [told(n) for n in range(count)]


def test_files_of_a_directory_are_those_that_summarize_takes(tmp_path: Path) -> None:
    names = ["a.txt", "b/a.md", ".hidden.txt", "a.brief.json", "README.md", "page_files/x.txt"]
    for name in [*names, "b/c.txt"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"About {name}.", "utf-8")
    (tmp_path / "own.html").write_text('<meta name="generator" content="summarizer">', "utf-8")
    (tmp_path / "a.meta.json").write_text('{"title": "Tanks"}', "utf-8")
    news(tmp_path, 3)
    place, partitions = planned(str(tmp_path), 2)

    found = [[each.name for each in reports(place, one.piece)] for one in partitions]
    assert found == [
        ["a.txt", "b/a.md"],
        ["b/c.txt"],
        ["news.jsonl:1", "news.jsonl:2"],
        ["news.jsonl:3"],
    ]
    assert next(reports(place, partitions[0].piece)).read().title == "Tanks"


def test_files_behind_a_url_are_read_with_what_is_beside_them(tmp_path: Path) -> None:
    store = pytest.importorskip("fsspec").filesystem("memory")
    root = f"/{tmp_path.name}"
    store.pipe_file(f"{root}/in/a.txt", b"About tanks.")
    store.pipe_file(f"{root}/in/a.meta.json", b'{"title": "Tanks"}')
    store.pipe_file(f"{root}/in/news.jsonl", b'\n{"text": "One."}\n{"text": "Two."}\n')
    place, partitions = planned(f"memory:/{root}/in", 1)

    found = [each for one in partitions for each in reports(place, one.piece)]
    assert [(each.name, each.read().text) for each in found] == [
        ("a.txt", "About tanks."),
        ("news.jsonl:2", "One."),
        ("news.jsonl:3", "Two."),
    ]
    assert found[0].read().title == "Tanks"


def test_relative_paths_mean_the_same_to_workers_in_other_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news(tmp_path, 1)
    monkeypatch.chdir(tmp_path)
    found = [Place.of_input(url)[0].url for url in ("news.jsonl", ".", f"file://{tmp_path}")]
    assert [*found, Place("out").url] == [str(tmp_path)] * 3 + [str(tmp_path / "out")]


def test_days_and_unknown_columns_of_a_parquet_file(tmp_path: Path) -> None:
    from datetime import date

    columns = {"text": ["Tanks."], "id": [7], "published": [date(2026, 2, 1)], "tone": [0.5]}
    parquet.write_table(pyarrow.table(columns), tmp_path / "news.parquet")
    place, partitions = planned(str(tmp_path / "news.parquet"), 10)
    (article,) = reports(place, partitions[0].piece)

    document = article.read()
    assert (document.id, document.published, document.warnings) == ("7", "2026-02-01", ())


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("news.parquet", b"PAR1 half", "not a whole Parquet file"),
        ("other.zip", b"PK", "no report in it"),
        (None, b"", "no such file or directory"),
    ],
)
def test_input_that_cannot_be_used_is_told(
    tmp_path: Path, name: str | None, content: bytes, message: str
) -> None:
    if name:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=message):
        planned(str(tmp_path / (name or "gone")), 10)


def test_parquet_without_text_is_told(tmp_path: Path) -> None:
    parquet.write_table(pyarrow.table({"body": ["x"]}), tmp_path / "a.parquet")
    with pytest.raises(InputError, match='no column "text"'):
        planned(str(tmp_path), 10)


@pytest.mark.parametrize("url", ["nosuch://bucket/x", "s4://x"])
def test_address_of_no_known_kind_is_told(url: str) -> None:
    with pytest.raises(InputError, match="cannot be reached"):
        Place(url)


def test_file_that_grows_has_new_work_at_its_end_alone(tmp_path: Path) -> None:
    before = planned(news(tmp_path, 10), 4)[1]
    after = planned(news(tmp_path, 14), 4)[1]

    assert [each.content for each in after[:2]] == [each.content for each in before[:2]]
    assert after[2].content != before[2].content
    assert len(after) == 4


# One partition


def worked(url: str, out: Path, given: Settings, size: int = 100) -> list[Done]:
    place, partitions = planned(url, size)
    return [work(each, Job(place.url, str(out), None), given) for each in partitions]


def test_part_holds_a_row_a_report_in_the_order_of_the_input(
    script: Script, tmp_path: Path
) -> None:
    url = news(tmp_path, 5)
    with Path(url).open("a", encoding="utf-8") as stream:
        stream.write('{"no": "text"}\n')
    (done,) = worked(url, tmp_path / "out", settings(script, jobs=4))

    found = rows(tmp_path / "out" / "part-00000.parquet")
    assert [row["source"] for row in found] == [f"news.jsonl:{n}" for n in range(1, 7)]
    assert (done.reports, done.failed, done.lacking, done.stopped) == (6, 1, 0, None)
    assert done.asked == len(script.requests) == 5 * QUESTIONS
    assert 'no "text" in it' in found[5]["error"]
    assert found[5]["brief"] is None
    alone = summarize(Document(told(2), id="d2"), settings=settings(script))
    brief = Brief.model_validate_json(found[2]["brief"])
    assert found[2]["sha256"] == alone.document.sha256
    timeless = {"usage": {"seconds"}}
    assert brief.model_dump(exclude=timeless) == alone.model_dump(exclude=timeless)
    assert found[2]["brief"] == to_jsonl(brief).rstrip("\n")


def test_partition_that_was_stopped_asks_nothing_twice(script: Script, tmp_path: Path) -> None:
    url, given = news(tmp_path, 6), settings(script, jobs=1)
    (first,) = worked(url, tmp_path / "out", settings(script, jobs=1, max_tokens=1000))
    assert isinstance(first.stopped, LimitReached)
    assert first.used_up
    assert first.spent.tokens == 110 * len(script.requests) >= 1000
    assert not (tmp_path / "out" / "part-00000.parquet").exists()

    (second,) = worked(url, tmp_path / "out", given)
    assert second.stopped is None
    assert first.asked + second.asked == 6 * QUESTIONS == len(script.requests)
    assert max(bodies(script).values()) == 1
    assert [run.state for run in runs(tmp_path / "out" / "part-00000.ledger")] == [
        "stopped",
        "done",
    ]


def test_limit_that_only_shows_as_a_warning_stops_the_partition_too(
    script: Script, tmp_path: Path
) -> None:
    """The last report of a partition has no one behind it who would be refused."""
    url = news(tmp_path, 1)
    (done,) = worked(url, tmp_path / "out", settings(script, jobs=1, max_tokens=250))

    assert isinstance(done.stopped, LimitReached)
    assert len(script.requests) == 3
    assert not (tmp_path / "out" / "part-00000.parquet").exists()


def test_reports_that_failed_are_lacking_and_those_that_cannot_be_read_are_not(
    script: Script, tmp_path: Path
) -> None:
    script.will_reply(failure(500))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(told(1), "utf-8")
    (tmp_path / "in" / "b.txt").write_text("", "utf-8")
    (done,) = worked(str(tmp_path / "in"), tmp_path / "out", settings(script))

    assert (done.reports, done.failed, done.lacking) == (2, 2, 1)
    part = about(Place(str(tmp_path / "out")), "part-00000.parquet")
    assert part
    assert part.lacking == 1


def test_partition_at_work_elsewhere_is_left_alone(
    script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.cluster.work._LOCKED", 0.0)
    ledger = tmp_path / "out" / "part-00000.ledger"
    ledger.mkdir(parents=True)
    with FileLock(ledger / ".summarizer.sqlite.lock"):
        (done,) = worked(news(tmp_path, 1), tmp_path / "out", settings(script))

    assert "another run is at work here" in str(done.stopped)
    assert not script.requests


def test_lock_of_a_worker_that_is_just_dying_is_waited_for(script: Script, tmp_path: Path) -> None:
    ledger = tmp_path / "out" / "part-00000.ledger"
    ledger.mkdir(parents=True)
    lock = FileLock(ledger / ".summarizer.sqlite.lock", thread_local=False)
    lock.acquire()
    threading.Timer(0.3, lock.release).start()
    (done,) = worked(news(tmp_path, 1), tmp_path / "out", settings(script))

    assert done.stopped is None


@pytest.mark.parametrize("kept", [0, 100, 0.5, -1], ids=["empty", "start", "half", "footer cut"])
def test_half_written_part_is_none(script: Script, tmp_path: Path, kept: float) -> None:
    worked(news(tmp_path, 3), tmp_path / "out", settings(script))
    part = tmp_path / "out" / "part-00000.parquet"
    data = part.read_bytes()
    assert about(Place(str(part.parent)), part.name)
    part.write_bytes(data[: int(kept * len(data)) if kept == 0.5 else int(kept)])

    assert about(Place(str(part.parent)), part.name) is None


def test_part_is_whole_or_not_there(
    script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, out = news(tmp_path, 3), tmp_path / "out"
    monkeypatch.setattr(os, "fsync", _full_disk)
    (done,) = worked(url, out, settings(script))

    assert "cannot be written (No space left on device)" in str(done.stopped)
    assert [path.name for path in out.iterdir()] == ["part-00000.ledger"]
    monkeypatch.undo()
    (done,) = worked(url, out, settings(script))
    assert (done.stopped, done.asked) == (None, 0)


def _full_disk(_: int) -> None:
    raise OSError(28, "No space left on device")


def test_ledger_stays_on_the_machine_when_parts_go_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    partition = planned(news(tmp_path, 1), 1)[1][0]

    assert Job("in", "memory://out", None).ledger(partition).is_relative_to(tmp_path)
    assert Job("in", "memory://out", Path("/x")).ledger(partition) == Path("/x/part-00000.ledger")
    assert Job("in", "memory://out", None) != Job("in", "memory://other", None)


# Shares


PRICES = {"prompt_price": 1.0, "completion_price": 1.0}


@given(
    st.integers(1, 8),
    st.integers(1, 10_000),
    st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60),
)
def test_shares_never_add_up_to_more_than_the_limit(
    workers: int, limit: int, tasks: list[tuple[float, bool]]
) -> None:
    """Each task spends some part of its share, or is killed, which counts as all of it."""
    whole = Settings.model_validate({"max_tokens": limit, "max_cost": 5.0, **PRICES})
    budget = Budget(whole, workers)
    under_way: list[tuple[Settings, float, bool]] = []
    tokens, cost = 0, 0.0
    for part, killed in tasks:
        while len(under_way) < workers and (share := budget.share(workers - len(under_way))):
            under_way.append((share, part, killed))
        if not under_way:
            break
        held = sum(share.max_tokens or 0 for share, _, _ in under_way)
        assert tokens + held <= limit
        assert cost + sum(share.max_cost or 0 for share, _, _ in under_way) <= 5.0 + 1e-9
        share, part, killed = under_way.pop(0)
        used = Spent(int(part * (share.max_tokens or 0)), part * (share.max_cost or 0))
        budget.settle(share, None if killed else used)
        known = Spent(share.max_tokens or 0, share.max_cost or 0) if killed else used
        tokens, cost = tokens + known.tokens, cost + known.cost


def test_what_one_task_did_not_need_is_there_for_the_next() -> None:
    budget = Budget(Settings(max_tokens=100), 2)
    first, second = budget.share(2), budget.share(1)
    assert first
    assert second
    assert (first.max_tokens, second.max_tokens) == (50, 50)
    assert budget.share(1) is None
    budget.settle(first, Spent(10))
    third = budget.share(1)
    assert third
    assert third.max_tokens == 40


def test_rates_and_jobs_are_divided() -> None:
    whole = Settings(jobs=10, requests_per_minute=60, tokens_per_minute=9_000, workers=3)
    share = Budget(whole, 4).share(4)

    assert share
    assert (share.jobs, share.requests_per_minute, share.tokens_per_minute) == (2, 15, 2_250)
    assert share.workers == 0
    assert fewest(Settings(requests_per_minute=3), 8) == 3
    assert fewest(Settings(), 8) == 8


def test_time_is_the_same_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    budget = Budget(Settings(max_seconds=60), 4)
    began = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: began + 45)
    share = budget.share(4)
    assert share
    assert share.max_seconds == pytest.approx(15, abs=1)
    monkeypatch.setattr(time, "monotonic", lambda: began + 61)
    assert budget.share(4) is None
    assert "max_seconds is 60" in budget.ended()
