"""The command ``runs``: what a ledger tells, whether all is there, and what can go."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from summarizer.ask import Kept
from summarizer.brief import Usage
from summarizer.cli import main
from summarizer.ledger import FILE, Ledger

USED = Usage(
    requests=1,
    prompt_tokens=10,
    cached_tokens=0,
    completion_tokens=1,
    cost_usd=None,
    seconds=0.1,
)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Two runs: one with a brief and a failure, then one that was stopped."""
    return _run(tmp_path, "a", files=["one"], state="done") and _run(tmp_path, "b", state="stopped")


def _run(directory: Path, *asked: str, files: list[str] | None = None, state: str | None) -> Path:
    """Write a run that asked so much, and made so many briefs; without a state it was killed."""
    with Ledger(directory) as ledger:
        ledger.begin("gpt\x1b[31m-4.1")
        for each in asked:
            asyncio.run(ledger.keep(each, Kept("{}", USED)))
        for name in files or ():
            (directory / f"{name}.brief.json").write_text("{}", "utf-8")
            ledger.note(f"{name}.txt", "0" * 64, f"{name}.brief.json", None)
        ledger.note("broken.txt", None, None, "InputError")
        if state:
            ledger.end(state)
    return directory


def _answers(directory: Path) -> list[str]:
    with closing(sqlite3.connect(directory / FILE)) as own:
        return [row[0] for row in own.execute("select asked from answers order by asked")]


def test_runs_are_listed_with_what_came_of_them(
    directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(directory, state=None)
    assert main(["runs", str(directory)]) == 0

    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == "run began (UTC) ended state briefs failed answers kept model".split()
    cells = [row.split() for row in rows]
    assert [each[0] for each in cells] == ["1", "2", "3"]
    assert [each[-4:] for each in cells] == [
        ["1", "1", "1", "gpt\\x1b[31m-4.1"],
        ["0", "1", "1", "gpt\\x1b[31m-4.1"],
        ["0", "1", "0", "gpt\\x1b[31m-4.1"],
    ]
    assert " done " in rows[0]
    assert " stopped " in rows[1]
    assert " -                 running, or killed " in rows[2]


def test_killed_run_is_called_so_once_another_one_has_begun(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(_run(tmp_path, state=None), state="done")
    main(["runs", str(tmp_path)])

    first, second = capsys.readouterr().out.splitlines()[1:]
    assert " killed " in first
    assert " done " in second


def test_whole_ledger_is_verified(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["runs", str(directory), "--verify"]) == 0

    assert capsys.readouterr().out.startswith("2 runs: the ledger is whole")


def test_brief_that_is_gone_is_a_fault(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (directory / "one.brief.json").unlink()

    assert main(["runs", str(directory), "--verify"]) == 1
    captured = capsys.readouterr()
    assert captured.out == f"{directory / 'one.brief.json'}: the brief is gone\n"
    assert "run summarize again with the same --out" in captured.err


def test_cleaning_keeps_what_the_last_run_with_briefs_needed_and_what_came_after(
    directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["runs", str(directory), "--clean"]) == 0
    assert capsys.readouterr().out.startswith("0 answers removed")
    assert _answers(directory) == ["a", "b"]

    _run(directory, "c", state="done")  # a run that made nothing, as with a wrong key
    main(["runs", str(directory), "--clean"])
    assert _answers(directory) == ["a", "b", "c"]

    _run(directory, "d", files=["one"], state="done")
    capsys.readouterr()
    assert main(["runs", str(directory), "--clean"]) == 0
    assert capsys.readouterr().out.startswith("3 answers removed")
    assert _answers(directory) == ["d"]


@pytest.mark.parametrize("option", [[], ["--verify"], ["--clean"]], ids=" ".join)
@pytest.mark.parametrize("kind", ["none", "file", "empty", "rubbish", "another database"])
def test_what_is_no_ledger_is_one_line(
    kind: str, option: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    directory = tmp_path / "briefs"
    if kind == "file":
        directory.write_text("x", "utf-8")
    elif kind != "none":
        directory.mkdir()
        (directory / FILE).write_bytes(b"rubbish" * 1000 if kind == "rubbish" else b"")
    if kind == "another database":
        with closing(sqlite3.connect(directory / FILE)) as own:
            own.execute("create table runs (id integer)")

    assert main(["runs", str(directory), *option]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert re.fullmatch(
        r"summarizer: .*(no run was made here|cannot be (read|written)).*\n", captured.err
    )


def test_ledger_of_a_run_at_work_is_not_cleaned(
    directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Ledger(directory):
        assert main(["runs", str(directory), "--clean"]) == 1
        assert "another run is at work here" in capsys.readouterr().err
        assert main(["runs", str(directory)]) == 0


def test_verify_and_clean_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["runs", "briefs", "--verify", "--clean"])

    assert end.value.code == 2
    assert "not allowed with argument" in capsys.readouterr().err
