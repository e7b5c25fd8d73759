"""Questions in batches: sent together, collected whenever, each answered and paid for once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from batching import BatchServer, answered, batch_server

from summarizer import batch
from summarizer.ask import files_of
from summarizer.brief import Brief
from summarizer.cli import main
from summarizer.ledger import Ledger

pytestmark = pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1"])

LINE = {"text": "Poland sent tanks to Ukraine.", "sentences": [0]}
SAID = {
    "ActorsDraft": {"actors": []},
    "EventsDraft": {"events": []},
    "PledgesDraft": {"pledges": []},
    "SummaryDraft": {"statements": [LINE]},
    "VerdictsDraft": {"verdicts": [{"claim": 1, "verdict": "yes"}]},
}


def answer(line: dict[str, Any]) -> dict[str, Any]:
    name = line["body"]["response_format"]["json_schema"]["name"]
    return answered(line, json.dumps(SAID.get(name, {"words": None})))


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "LOOK_SECONDS", 0.0)


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for number in range(4):
        text = f"Poland sent {number + 2} tanks to Ukraine."
        (tmp_path / f"r{number}.txt").write_text(text, "utf-8")
    return tmp_path


def command(server: BatchServer, *more: str) -> list[str]:
    where = ["--base-url", server.base_url, "--model", "m", "--quiet", "--workers", "0"]
    return ["summarize", ".", "--out", "briefs", "--batch", *where, *more]


def briefs() -> list[Brief]:
    paths = sorted(Path("briefs").glob("*.brief.json"))
    return [Brief.model_validate_json(path.read_bytes()) for path in paths]


def test_briefs_come_out_of_batches_as_they_do_otherwise(reports: Path) -> None:
    with batch_server(answer) as server:
        assert main(command(server)) == 0
        asked = [*server.direct, *server.asked]
        in_batches = briefs()
        plain = ["summarize", ".", "--out", "plain", "--quiet", "--workers", "0"]
        assert main([*plain, "--base-url", server.base_url, "--model", "m"]) == 0

    assert len(in_batches) == 4
    keys = [json.dumps(body, sort_keys=True) for body in asked]
    assert len(keys) == len(set(keys)) == 20
    assert len(server.batches) == 2  # the second reading follows from what the first ones gave
    others = [
        Brief.model_validate_json(path.read_bytes())
        for path in sorted(Path("plain").glob("*.brief.json"))
    ]
    assert [one.summary for one in in_batches] == [one.summary for one in others]


def test_table_counts_each_report_once(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All are gone through once a round, and one is done before the others."""
    (reports / "broken.html").write_bytes(b"\x00")

    def told(server: BatchServer) -> list[str]:
        main([part for part in command(server) if part != "--quiet"])
        lines = capsys.readouterr().err.splitlines()
        return [line for line in lines if line.startswith(("reports", "4 of"))]

    with batch_server(answer) as server:
        assert told(server) == ["reports   5: 4 new, 1 failed"]
        assert told(server) == [
            "reports   5: 4 up to date, 1 failed",
            "4 of 5 briefs are up to date",
        ]


def test_one_question_of_each_kind_is_asked_before_all_others(reports: Path) -> None:
    """Where something is refused, it is not refused fifty thousand times."""
    with batch_server(answer) as server:
        main(command(server))

    names = [body["response_format"]["json_schema"]["name"] for body in server.direct]
    assert set(names) == set(SAID)
    assert len(names) <= len(SAID) + 1  # each round has a connection of its own


def test_batch_is_found_again_after_a_kill(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with batch_server(answer) as server:
        with monkeypatch.context() as patched:
            patched.setattr(batch.answer_all, "__kwdefaults__", {"sleep": killed})
            assert main(command(server)) == 130
        assert len(server.batches) == 1
        assert main(command(server)) == 0

    bodies = [json.dumps(body, sort_keys=True) for body in server.asked]
    assert len(bodies) == len(set(bodies))
    assert len(briefs()) == 4


@pytest.mark.parametrize("state", ["expired", "cancelled", "completed"])
def test_what_a_batch_leaves_unanswered_goes_again(reports: Path, state: str) -> None:
    failed: set[str] = set()

    def patchy(line: dict[str, Any]) -> dict[str, Any]:
        key = line["custom_id"]
        if key and len(failed) < 3 and key not in failed:
            failed.add(key)
            return {"id": "y", "custom_id": key, "response": None, "error": {"code": "x"}}
        return answer(line)

    with batch_server(patchy) as server:
        server.state = state
        assert main(command(server)) == 0

    assert len(briefs()) == 4
    assert len(server.batches) >= 2


def test_what_is_twice_unanswered_ends_the_run(
    reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def never(line: dict[str, Any]) -> dict[str, Any]:
        return answered(line, "x", status=500) if line["custom_id"] else answer(line)

    with batch_server(never) as server:
        assert main(command(server)) == 1

    assert len(server.batches) == 2
    assert "were twice left unanswered" in capsys.readouterr().err


def test_batch_that_is_not_taken_is_told(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with batch_server(answer) as server:
        server.state = "failed"
        assert main(command(server)) == 1

    (line,) = capsys.readouterr().err.splitlines()
    assert "batch batch_0 failed (token_limit_exceeded)" in line


@pytest.mark.parametrize(
    "spoil",
    [
        lambda line: "not json",
        lambda line: [],
        lambda line: {"custom_id": line["custom_id"], "response": {"status_code": 200}},
        lambda line: answered({"custom_id": 5}, "x"),
        lambda line: answered({"custom_id": "f" * 64}, "x"),
    ],
)
def test_line_of_any_kind_costs_only_itself(
    reports: Path, spoil: Callable[[dict[str, Any]], Any]
) -> None:
    spoilt: list[str] = []

    def odd(line: dict[str, Any]) -> Any:
        if line["custom_id"] and not spoilt:
            spoilt.append(line["custom_id"])
            return spoil(line)
        return answer(line)

    with batch_server(odd) as server:
        assert main(command(server)) == 0

    assert len(briefs()) == 4


def test_files_hold_one_model_each_and_no_more_than_is_taken() -> None:
    requests = [(f"{n:03}", json.dumps({"model": f"m{n // 3}"})) for n in range(7)]

    assert [keys for keys, _ in files_of(requests)] == [
        ["000", "001", "002"],
        ["003", "004", "005"],
        ["006"],
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--batch"], "--batch needs --out"),
        (["--batch", "--out", "x", "--engine", "local"], "batches are for a large model"),
    ],
)
def test_batch_where_there_is_none_is_one_line(
    reports: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    try:
        code = main(["summarize", "r0.txt", *options])
    except SystemExit as error:
        code = int(str(error.code))

    assert code in (1, 2)
    assert said in capsys.readouterr().err


def test_ledger_keeps_what_waits(tmp_path: Path) -> None:
    import asyncio

    with Ledger(tmp_path, defers=True) as ledger:
        for asked in ("b", "a", "b"):
            asyncio.run(ledger.defer(asked, "{}"))
        assert list(ledger.unsent()) == [("a", "{}"), ("b", "{}")]
        ledger.sent(["a"], "batch_1")
    with Ledger(tmp_path, defers=True) as ledger:
        assert list(ledger.unsent()) == [("b", "{}")]
        assert ledger.batches() == ["batch_1"]
        assert ledger.missed("batch_1") == 0
        assert [asked for asked, _ in ledger.unsent()] == ["a", "b"]
